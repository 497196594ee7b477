"""What a report on record was made from, and what one would be made from now. Reads the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plan_tracker.config import NO_IMPRINT, Config, Imprint
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.datasets import take_bases
from plan_tracker.store import ReportRecord, Store, Volume
from plan_tracker.store.register_json import register_to_json
from plan_tracker.store.reporting.snapshots import QuarterSnapshot
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """What figures stand on: a basis for each quarter so far, and the settings.

    ``templates`` are the SHA-256 of the Word templates that a report on record was made with, by volume; blank where
    the record has none. A volume that the record lacks is not there. ``made_at``: when; blank where it would be now.
    """

    bases: Sequence[QuarterSnapshot]
    config: Config
    templates: Mapping[Volume, str] = field(default_factory=lambda: dict.fromkeys(Volume, ""))
    made_at: str = ""
    imprint: Imprint = NO_IMPRINT


def report_basis(workspace: Workspace, store: Store, period: Period, report: int | None = None) -> ReportBasis:
    """What the period's reports number ``report`` were made from, or, without a number, would be made from now."""
    if report is None:
        return ReportBasis(take_bases(store, workspace.config, period, workspace.today), workspace.config)
    record = find_record(store, period, report)
    templates = {Volume.REPORT: record.template}
    if record.sheets:
        templates[Volume.SHEETS] = record.sheets_template
    settings = record.settings
    return ReportBasis(record.bases, settings.config(period.fiscal_year), templates, record.made_at, settings.imprint)


def data_digest(store: Store, bases: Sequence[QuarterSnapshot]) -> str:
    """The SHA-256 of what figures stand on: the register, and which answers of which returns count, by their bytes."""
    said: list[list[str]] = []
    for basis in bases:
        for unit, snapshot in sorted(basis.units.items()):
            counted = {**snapshot.answers, **({"": snapshot.whole} if snapshot.whole else {})}
            for code, answer in sorted(counted.items()):
                ids = (answer.return_id, *(part.return_id for part in answer.parts))
                files = " ".join(store.kept(number).sha256 for number in ids)
                said.append([str(basis.period), unit, code, files, answer.waived_because])
        versions = {basis.register_version} | {unit.register_version for unit in basis.units.values()}
        registers = [store.register(version) for version in sorted(versions) if version]
        said += [[str(basis.period), register_to_json(register)] for register in registers if register]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8")).hexdigest()


def find_record(store: Store, period: Period, number: int) -> ReportRecord:
    """The making ``number`` of the period's reports; ``UsageError`` where there is none."""
    record = store.reports.find(period, number)
    if record is None:
        raise UsageError(
            _("No reports number {number} have been made for {period}.").format(number=number, period=period.spoken),
            _("See which have: plantrack report {period} --list").format(period=period.typed),
        )
    return record
