"""Step 4, for what could not be taken in at all: a letter to the unit, where the file tells which that is (L10, R10).

Reads what became of the files of a run; writes ``outbox/…/corrections``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from plan_tracker.analysis.basis.returns import ACCEPTED, INCOMPLETE
from plan_tracker.checking.catalogue import words
from plan_tracker.checking.findings import Finding
from plan_tracker.documents.letters import Rejected, write_rejected
from plan_tracker.drafting.citing import cited, precedent
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.drafting.offers import Offer
from plan_tracker.drafting.unwritten import Unwritten, trapped
from plan_tracker.due import correction_due, return_due
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.intake.outcome import REJECTED, FileResult
from plan_tracker.register import Register, Unit
from plan_tracker.store import Letter, Store
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why files of a unit were rejected; a letter is written on each. ``form``: the name of one that goes with it."""

    period: Period
    unit: str
    finding: Finding
    files: tuple[str, ...]
    form: str = ""


def write_rejections(
    workspace: Workspace, store: Store, results: Sequence[FileResult], offers: Sequence[Offer] = ()
) -> tuple[list[Letter], list[Unwritten]]:
    """Drafts a letter for each unit and reason, but to a unit whose return for the period has come in the same run.

    ``offers`` go with the letters on what was copied out of a form. What can't be written is told, and stops no other.
    """
    came = {(one.unit, one.period) for one in results if one.outcome in (ACCEPTED, INCOMPLETE)}
    rejected = [one for one in results if one.outcome == REJECTED and (one.unit, one.period) not in came]
    forms = {(offer.unit, offer.period): Path(offer.form).name for offer in offers}
    ended = [_letter(workspace, store, _with_form(reason, forms)) for reason in _reasons(rejected)]
    return [one for one in ended if isinstance(one, Letter)], [one for one in ended if isinstance(one, Unwritten)]


def _reasons(rejected: Iterable[FileResult]) -> Iterator[_Reason]:
    known = [(one.period, one.unit, one.findings[0], one.file) for one in rejected if one.unit and one.period]
    known.sort(key=lambda one: (str(one[0]), one[1], one[2].code))
    for (period, unit, _code), group in groupby(known, lambda one: (one[0], one[1], one[2].code)):
        found = list(group)
        yield _Reason(period, unit, found[0][2], tuple(dict.fromkeys(file for *_known, file in found)))


def _with_form(reason: _Reason, forms: Mapping[tuple[str, Period], str]) -> _Reason:
    form = forms.get((reason.unit, reason.period), "") if reason.finding.code == "FORM-UNKNOWN" else ""
    return replace(reason, form=form)


def _letter(workspace: Workspace, store: Store, reason: _Reason) -> Letter | Unwritten | None:
    """One letter, None to what is no unit of the register, or why it could not be written."""
    register = store.register(fiscal_year=reason.period.fiscal_year)
    unit = register.unit_by_code.get(reason.unit) if register else None
    if register is None or unit is None:
        return None
    write = partial(_write, workspace, store, register, unit, reason)
    return trapped(workspace, reason.unit, " ".join(reason.files), write, _again())


def _again() -> str:
    return _("Mend what is wrong here, then take the file up again with: plantrack inbox retry")


def _write(workspace: Workspace, store: Store, register: Register, unit: Unit, reason: _Reason) -> Letter:
    said = words(reason.finding, "th")
    due = max(correction_due(workspace.config, workspace.today), return_due(workspace.config, reason.period))
    rejected = Rejected(
        reason.files,
        workspace.today,
        reason.finding.code,
        reason.finding.params,
        said.message,
        said.fix,
        due,
        (reason.form,) if reason.form else (),
    )
    write = partial(
        write_rejected,
        workspace,
        register,
        unit,
        reason.period,
        rejected,
        refers=cited(precedent(store, "L10", unit.code, reason.period)),
    )
    return LetterDrafts(workspace, store, reason.period, "corrections").write(
        "L10", unit.code, write, reason.finding.code
    )
