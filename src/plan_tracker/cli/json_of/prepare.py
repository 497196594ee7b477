"""What scripts get of what is prepared: registers, templates, forms, the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plan_tracker.cli.json_of import shared

if TYPE_CHECKING:
    from pathlib import Path

    from plan_tracker.demo.playthrough import Playthrough
    from plan_tracker.documents.report.template_check import Flaw
    from plan_tracker.register import Register
    from plan_tracker.registerbook import RegisterProblem
    from plan_tracker.steps.prepare.issue_forms import IssuedForms
    from plan_tracker.steps.prepare.new_year import NewYear
    from plan_tracker.steps.prepare.register import RegisterCheck
    from plan_tracker.steps.prepare.settings import Note
    from plan_tracker.steps.prepare.templates import TemplatesCheck
    from plan_tracker.steps.prepare.upgrade import Restored, TemplateUpdate
    from plan_tracker.steps.prepare.withdraw import Withdrawn


def problem(problem: RegisterProblem) -> dict[str, str]:
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "value": problem.value,
        "message": problem.message,
        "level": str(problem.level),
    }


def register_load(loaded: RegisterCheck) -> dict[str, Any]:
    return {"version": loaded.version} | register_check(loaded)


def demo(folder: Path, played: Playthrough | None) -> dict[str, Any]:
    written = [path for _title, paths in played.written for path in paths] if played else []
    return {"workspace": str(folder), "written": written}


def register_check(checked: RegisterCheck) -> dict[str, Any]:
    return {
        "problems": [problem(found) for found in checked.problems],
        "changes": [shared.register_change(change) for change in checked.changes],
    }


def register(register: Register) -> dict[str, Any]:
    return {
        "version": register.version,
        "fiscal_year": register.fiscal_year,
        "plans": [{"code": p.code, "name": p.name} for p in register.plans],
        "units": [{"code": u.code, "name": u.name} for u in register.units],
        "projects": [
            {"code": p.code, "name": p.name, "plans": list(p.plans), "unit": p.unit} for p in register.projects
        ],
        "kpis": [{"code": k.code, "name": k.name, "plan": k.plan, "unit": k.unit} for k in register.kpis],
    }


def issued(issued: IssuedForms) -> dict[str, Any]:
    forms = [{"unit": form.unit, "path": form.path, "letter": form.letter} for form in issued.forms]
    return {
        "forms": forms,
        "register_changed": issued.register_changed,
        "kept": list(issued.kept),
        "how_to": list(issued.how_to),
        "taking_over": list(issued.taking_over),
        "asked_before": list(issued.asked_before),
    }


def new_year(begun: NewYear) -> dict[str, Any]:
    """The year that has begun, and what the one before still wants."""
    return {
        "year": begun.year,
        "open": [
            {
                "period": one.period.name,
                "fiscal_year": one.period.fiscal_year,
                "step": one.step.step,
                "name": one.step.name,
                "state": str(one.step.standing),
                "detail": one.step.detail or None,
                "command": one.step.command or None,
            }
            for one in begun.open
        ],
        "tasks": list(map(shared.task, begun.tasks)),
        "register": begun.register,
        "kept": begun.kept or None,
        "projects": list(begun.projects),
        "kpis": list(begun.kpis),
        "left": list(begun.left),
    }


def withdrawn(taken: Withdrawn) -> dict[str, Any]:
    """What was taken back, by the paths that it had; ``forms`` is what this run has issued."""
    units = [
        {
            "unit": one.unit,
            "forms": list(dict.fromkeys(form.path for form in one.forms)),
            "letters": [shared.letter(found) for found in one.letters],
        }
        for one in taken.units
    ]
    return {"forms": [], "withdrawn": units, "returned": list(taken.returned)}


def templates(checked: TemplatesCheck) -> dict[str, Any]:
    return {"templates": checked.names, "flaws": [flaw(found) for found in checked.flaws]}


def flaw(found: Flaw) -> dict[str, Any]:
    return {
        "file": found.file,
        "severity": "error" if found.is_error else "warning",
        "part": found.part,
        "paragraph": found.paragraph or None,
        "place": found.place,
        "text": found.text,
        "message": found.message,
        "fix": found.advice,
    }


def template_update(made: TemplateUpdate) -> dict[str, Any]:
    edited = [{"name": one.name, "release": one.release, "missing": one.lacks} for one in made.edited]
    return {"replaced": list(made.replaced), "added": list(made.added), "edited": edited}


def templates_restored(restored: Sequence[Restored]) -> dict[str, Any]:
    return {"restored": [{"name": one.name, "kept": one.kept} for one in restored]}


def settings(notes: Sequence[Note]) -> dict[str, Any]:
    return {"notes": [{"setting": note.setting, "message": note.message} for note in notes]}
