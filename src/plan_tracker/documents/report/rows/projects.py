"""Projects: a unit's table of them, and what each does next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.documents.report.rows.figures import MoneyText
from plan_tracker.documents.report.rows.plan_changes import planned_text
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import Words


@dataclass(frozen=True, slots=True)
class ProjectText:
    """A project's line in its unit's table, and its words below. ``status``: stage and schedule, a line each."""

    number: str
    code: str
    name: str
    reported: bool
    stage: str
    schedule: str
    status: str
    planned: str
    actual: str
    money: MoneyText
    result: str


@dataclass(frozen=True, slots=True)
class NextStepText:
    """What a project does next."""

    unit: str
    project: str
    planned: str
    text: str


def project_row(found: ProjectFigures, number: int, words: Words) -> ProjectText:
    entry = found.source.entry
    schedule = choice_label(found.schedule, words) if found.schedule else ""
    told = (entry.text("f11.result_quarter").strip() or words.of(w.NOT_STATED)) if entry else ""
    return ProjectText(
        number=str(number),
        code=found.source.project.code,
        name=found.source.project.name,
        reported=found.reported,
        stage=terms.stage_of(found, words),
        schedule=schedule or w.DASH,
        status="\n".join(filter(None, (terms.stage_of(found, words), schedule)))
        if found.stage
        else terms.unreported(found, words),
        planned=planned_text(found.planned, found.own.planned, words),
        actual=w.percent(found.actual),
        money=MoneyText.of(found.money),
        result=told or terms.unreported(found, words),
    )


def next_step_rows(projects: Iterable[ProjectFigures], words: Words) -> Iterator[NextStepText]:
    """Closed projects without a word about it are left out, others say what they are."""
    for project in projects:
        closed = project.stage in c.CLOSED_STAGES
        if closed and not project.next_steps:
            continue
        told = project.next_steps or words.of(w.NOT_STATED)
        text = told if project.reported else terms.unreported(project, words)
        yield NextStepText(
            unit=terms.short(project.source.unit),
            project=project.source.project.name,
            planned=w.DASH if closed else planned_text(project.planned_next, project.own.planned_next, words),
            text=f"({choice_label(project.stage, words)}) {text}" if closed else text,
        )
