"""Papers that have become stale: a correction's list, form and letter once a clean answer has come, the letter on a
rejected file once a return has.

Reads the store; moves what lies in ``outbox/…/corrections`` to ``outbox/…/withdrawn``, and marks the letter in the
ledger. What an officer has edited, and what went out under a number, stays where it is and is only marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.intake.files import free_name
from plan_tracker.store import Letter, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace import Workspace, file_sha256

FOLDER = "withdrawn"


def withdraw_settled(workspace: Workspace, store: Store) -> list[Letter]:
    """Withdraws what nobody need send or answer any more; gives the letters as they are then."""
    stale = [letter for kind, is_settled in _SETTLED.items() for letter in _current(store, kind, is_settled)]
    return [_withdraw(workspace, store, letter) for letter in stale]


def _current(store: Store, kind: str, is_settled: Callable[[Store, Letter], bool]) -> Iterator[Letter]:
    return (letter for letter in store.letters.not_withdrawn(kind) if is_settled(store, letter))


def _is_answered(store: Store, letter: Letter) -> bool:
    """Whether all that a correction asked for has been answered since, or waived."""
    form = store.correction_form(letter.unit, letter.period, _version(letter))
    if form is None:
        return False
    answers = store.answers.standing(letter.unit, letter.period).answers
    asked = (*form.projects, *form.kpis, *form.orders)
    return all(code not in answers or not answers[code].is_open for code in asked)


def _version(letter: Letter) -> int:
    """The version of the return that a correction is about, such as ``v2``."""
    return int(letter.about.removeprefix("v"))


def _has_returned(store: Store, letter: Letter) -> bool:
    """Whether a return that could be used has come since a file was last rejected for the letter's reason.

    By the log, whose entries have an order within one second, too.
    """
    returned = rejected = 0
    for event in store.events_of(*_OF_FILES):
        if (event.details["unit"], event.details["period"]) != (letter.unit, str(letter.period)):
            continue
        if event.what != EventName.INGEST_REJECTED:
            returned = event.number
        elif event.details["because"] == letter.about:
            rejected = event.number
    return returned > rejected


_OF_FILES = (EventName.INGEST_ACCEPTED, EventName.INGEST_INCOMPLETE, EventName.INGEST_REJECTED)
_SETTLED: Mapping[str, Callable[[Store, Letter], bool]] = {"L3": _is_answered, "L10": _has_returned}


def _withdraw(workspace: Workspace, store: Store, letter: Letter) -> Letter:
    """Moves first, and marks then: what was moved by a run that was cut off is marked by the next."""
    moved = {} if letter.is_sent else _move(workspace, store, _papers(store, letter))
    path = moved.get(letter.path, letter.path)
    with store.transaction():
        for target in moved.values():
            store.set_written(target, file_sha256(workspace.root / target))
        withdrawn = store.letters.withdraw(letter, path, workspace.timestamp())
        about = {"period": str(letter.period), "unit": letter.unit, "kind": letter.kind, "file": path}
        store.add_event(workspace.timestamp(), EventName.LETTERS_WITHDRAW, **about)
    return withdrawn


def _papers(store: Store, letter: Letter) -> list[str]:
    """The letter, and the form and the list that go with a correction's."""
    form = store.correction_form(letter.unit, letter.period, _version(letter)) if letter.kind == "L3" else None
    return [letter.path, *((form.path, form.path.replace("-form.xlsx", "-list.xlsx")) if form else ())]


def _move(workspace: Workspace, store: Store, papers: Sequence[str]) -> dict[str, str]:
    """Moves papers together, if all that are there are as they were written; gives where each lies now."""
    there = [workspace.root / paper for paper in papers if (workspace.root / paper).is_file()]
    if not all(store.is_as_written(workspace.relative(path), file_sha256(path)) for path in there):
        return {}
    moved: dict[str, str] = {}
    for path in there:
        target = free_name(path.parent.parent / FOLDER / path.name)
        if _try_move(path, target):
            moved[workspace.relative(path)] = workspace.relative(target)
    return moved


def _try_move(path: Path, target: Path) -> bool:
    """Moves a file; one that is held open elsewhere stays, and is marked all the same."""
    try:
        atomic.move_file(path, target)
    except OSError:
        return False
    return True
