"""What of the settings a report's figures and words depend on, as values that a report puts on record.

A record is read by whatever plantrack comes later: what it doesn't know it passes over, and what it misses is as by
default. Records of before hold the text of ``config.toml``; the same is taken from them.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from plan_tracker.config.reading import build_config
from plan_tracker.config.tables import Config, Due, Kpis, Office, Report, Targets

_ANY_YEAR = 2569  # a report's year is its period's


class Imprint(NamedTuple):
    """What a report says of how it came to be: the ``program`` and its version, the SHA-256 of the ``data`` on record
    that it is made from, and the ``fingerprint`` of the office's key for what it publishes. Older records have none.
    """

    program: str = ""
    data: str = ""
    fingerprint: str = ""


NO_IMPRINT = Imprint()


class ReportSettings(NamedTuple):
    """The tables of ``config.toml`` that a report is made by; of the others it says nothing. With its ``imprint``."""

    office: Office
    report: Report
    targets: Targets
    kpis: Kpis
    due: Due = Due()
    imprint: Imprint = NO_IMPRINT

    @staticmethod
    def of(config: Config, imprint: Imprint = NO_IMPRINT) -> ReportSettings:
        return ReportSettings(config.office, config.report, config.targets, config.kpis, config.due, imprint)

    def config(self, fiscal_year: int) -> Config:
        """A configuration with these settings, the others as by default."""
        return Config(
            fiscal_year, office=self.office, report=self.report, targets=self.targets, kpis=self.kpis, due=self.due
        )

    def to_json(self) -> str:
        tables = {name: table._asdict() for name, table in self._asdict().items()}
        return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), default=_coded)

    @staticmethod
    def from_record(text: str) -> ReportSettings:
        """The settings that ``to_json`` wrote, or that stand in a ``config.toml`` of before."""
        raw = json.loads(text) if text.startswith("{") else tomllib.loads(text)
        names = [name for name in ReportSettings._fields if name != "imprint"]
        said = {name: raw[name] for name in names if isinstance(raw.get(name), dict)}
        _config, mistakes = build_config({"fiscal_year": _ANY_YEAR, **said})
        for mistake in mistakes:
            table, *rest = mistake.path
            for name in rest[:1]:
                said[table].pop(name, None)
        config, _left = build_config({"fiscal_year": _ANY_YEAR, **said})
        assert config is not None
        known = Imprint._fields
        return ReportSettings.of(
            config, Imprint(**{k: str(v) for k, v in raw.get("imprint", {}).items() if k in known})
        )


def _coded(value: object) -> Any:
    """A number or a day as JSON has it; the setting's kind reads the very same one from it."""
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, Decimal)
    return int(value) if str(value).isdigit() else float(value)
