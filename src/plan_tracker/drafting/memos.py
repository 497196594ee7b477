"""The letters of a review: memos up to the readers (L5, L6), and their comments down to units (L9)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents.letters import (
    Again,
    Approval,
    PlanFacts,
    Remark,
    plan_facts,
    write_comments,
    write_consideration,
    write_to_executives,
)
from plan_tracker.documents.report.concerns import concerns_of
from plan_tracker.drafting.citing import cited, precedent
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.due import comments_due
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import field_of, section_of
from plan_tracker.i18n import _
from plan_tracker.merging.reports.plan_figures import figures_on_record
from plan_tracker.merging.reports.submissions import record_of
from plan_tracker.register import Register
from plan_tracker.review import Act, Reader, Review
from plan_tracker.store import Comment, Letter, Store, SubmittedReport, Volume
from plan_tracker.workspace.folders import Workspace


def _facts(found: ReportFigures) -> PlanFacts:
    """At the end of the year with what was completed by reports of earlier quarters alone."""
    before = [trend for trend in found.completed if not trend.is_current] if found.period.is_year_end else []
    return plan_facts(found.now, len(before))


def write_memo(workspace: Workspace, store: Store, review: Review, reports: tuple[SubmittedReport, ...]) -> Letter:
    """Drafts the memo to whoever has the report in ``review``; it speaks of ``reports`` as they were frozen."""
    reader, period = review.stage.reader, review.period
    assert reader is not None
    figures = figures_on_record(store, record_of(store, period, reports[0]))
    facts, names = [_facts(found) for found in figures], _names(reports)
    approvals, again = store.reviews.approvals(period), _again(store, review)
    days = [*(approved.day for approved in approvals), None, None][:2]
    amended = bool(approvals) and _hashes(approvals[0].reports) != _hashes(reports)
    if reader is Reader.EXECUTIVES:
        write = partial(
            write_to_executives,
            workspace,
            period,
            facts,
            names,
            concerns=concerns_of(figures),
            approved=days,
            amended=amended,
            again=again,
        )
    elif reader is Reader.STRATEGY:
        write = partial(
            write_consideration,
            workspace,
            period,
            facts,
            names,
            approved=Approval(_remarks(store, review), days[0], amended=amended),
            again=again,
            refers=cited(precedent(store, "L5", reader, period)),
        )
    else:
        write = partial(write_consideration, workspace, period, facts, names, again=again)
    return LetterDrafts(workspace, store, period).write(_kind(reader), reader, write, _about_round(review))


def plan_memo(workspace: Workspace, store: Store, review: Review) -> Letter:
    """The letter that ``write_memo`` would draft."""
    reader = review.stage.reader
    assert reader is not None
    return LetterDrafts(workspace, store, review.period).plan(_kind(reader), reader, _about_round(review))


def _kind(reader: Reader) -> str:
    return "L6" if reader is Reader.EXECUTIVES else "L5"


def _about_round(review: Review) -> str:
    return "" if review.round == 1 else str(review.round)


def _names(reports: Sequence[SubmittedReport]) -> list[str]:
    """The files of the reports themselves; their second volumes go with them."""
    return [Path(report.path).name for report in reports if report.volume is Volume.REPORT]


def _hashes(reports: Sequence[SubmittedReport]) -> list[tuple[str, str]]:
    return [(report.plan, report.sha256) for report in reports]


def _again(store: Store, review: Review) -> Again | None:
    """Why the report is considered once more; None in its first round."""
    reasons = [act.because for act in store.reviews.acts(review.period) if act.act is Act.REOPEN]
    return Again(review.round, reasons[-1]) if reasons else None


def write_comments_to(workspace: Workspace, store: Store, period: Period, reader: Reader, unit: str) -> Letter:
    """Drafts the letter that takes ``reader``'s open comments to ``unit``, but for those that a sent one took."""
    register = store.register_for(period)
    sent = {letter.id for letter in store.letters.to("L9", unit, period) if letter.is_sent}
    comments = [
        made
        for made in store.reviews.comments(period)
        if made.is_open and (made.unit, made.reader) == (unit, reader) and made.letter not in sent
    ]
    director = _name_of(workspace, reader)
    remarks = [Remark(made.text, _about(register, made)) for made in comments]
    due = comments_due(workspace.config, workspace.today)
    letter = LetterDrafts(workspace, store, period).write(
        "L9",
        unit,
        lambda path: write_comments(
            workspace,
            register,
            register.unit_by_code[unit],
            period,
            director,
            remarks,
            due,
            path,
            refers=cited(precedent(store, "L9", unit, period)),
        ),
        _about_reader(reader),
    )
    store.reviews.set_letter(comments, letter.id)
    return letter


def plan_comments_to(workspace: Workspace, store: Store, period: Period, reader: Reader, unit: str) -> Letter:
    """The letter that ``write_comments_to`` would draft."""
    return LetterDrafts(workspace, store, period).plan("L9", unit, _about_reader(reader))


def _about_reader(reader: Reader) -> str:
    return "" if reader is Reader.MONITORING else str(reader)


def find_subject(register: Register, unit: str, project: str, field: str) -> tuple[str, str]:
    """The unit and the project or KPI that a comment is on, by their codes; ``UsageError`` where there is none."""
    if project:
        owner = register.project_by_code.get(project) or register.kpi_by_code.get(project)
        if owner is None:
            raise UsageError(
                _("No project or KPI in the register has the code {code}.").format(code=project),
                _("See the codes in the register workbook."),
            )
        if unit and unit.upper() != owner.unit.upper():
            raise UsageError(
                _("{project} is not {unit}'s: it belongs to {owner}.").format(
                    project=project, unit=unit, owner=owner.unit
                ),
                _("Leave --unit out; the project says whose it is."),
            )
        unit = owner.unit
    if field and (not project or not _is_reported(field)):
        raise UsageError(
            _("A field is named with its project and its key, such as --project P001 --field f14.stage."),
            _("The keys are those that plantrack trace shows."),
        )
    by_code = {known.code.upper(): known.code for known in register.units}
    if unit and unit.upper() not in by_code:
        raise UsageError(
            _("Unit {code} is not in the register.").format(code=unit),
            _("Units: {codes}").format(codes=" ".join(by_code.values())),
        )
    return by_code[unit.upper()] if unit else "", project


def _is_reported(key: str) -> bool:
    """Whether ``key`` is a field of projects or KPIs in any version of the form."""
    return field_of(key) is not None and not key.startswith("o.")


def _remarks(store: Store, review: Review) -> int:
    """How many remarks the monitoring director has made in this round."""
    made = store.reviews.comments(review.period)
    return sum(1 for one in made if one.reader is Reader.MONITORING and one.round == review.round)


def _name_of(workspace: Workspace, reader: Reader) -> str:
    letters = workspace.config.letters
    return letters.monitoring_director if reader is Reader.MONITORING else letters.strategy_director


def _about(register: Register, comment: Comment) -> str:
    """``ชื่อโครงการ ข้อ (11) …``: what a remark is on, in the words of the form."""
    owner = register.project_by_code.get(comment.project) or register.kpi_by_code.get(comment.project)
    if owner is None:
        return ""
    section, field = section_of(comment.field), field_of(comment.field)
    numbered = section is not None and section.number
    where = f" ข้อ {section.heading}" if section and numbered else f" ช่อง {field.label}" if field else ""
    return owner.name + where
