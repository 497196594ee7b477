"""What the store remembers of a form, from what went into it. Nothing is read or written."""

from __future__ import annotations

from plan_tracker.forms.writing.content import Content
from plan_tracker.store import IssuedForm
from plan_tracker.values import Value


def as_issued(content: Content, register_version: int, path: str) -> IssuedForm:
    """A form made from a load of the register, to lie at ``path``; layout and texts are known once it is written."""
    values: dict[str, dict[str, Value]] = {}
    for part in content.parts:  # a unit's code may be a project's too
        values[part.code] = values.get(part.code, {}) | dict(part.values)
    return IssuedForm(
        content.identity,
        register_version,
        path,
        values,
        tuple(part.code for part in content.projects),
        tuple(part.code for part in content.kpis),
        frozenset(part.code for part in content.projects if part.closed),
        tuple(part.code for part in content.orders),
        units=(content.unit.code,) if content.unit else (),
        updates=_updates(content),
    )


def _updates(content: Content) -> dict[str, dict[str, Value | None]]:
    """What stood, by code and field, where the register has changed it."""
    changed = [part for part in content.projects if part.updates]
    return {part.code: {key: update.before for key, update in part.updates.items()} for part in changed}
