"""Papers that have become stale: a correction's list, form and letter once a clean answer has come, the letter on a
rejected file once a return has, and a reminder, or a request made once more, that was never sent once all that was
asked for counts.

Reads the store; moves what lies in ``outbox`` to the period's ``withdrawn`` as it marks the letter in the ledger. What
an officer has edited, and what went out under a number, stays where it is and is only marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from plan_tracker.store import Letter, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace, file_sha256

_FOLDER = "withdrawn"
_OF_FILES = (EventName.INGEST_ACCEPTED, EventName.INGEST_INCOMPLETE, EventName.INGEST_REJECTED)


def withdraw_settled(workspace: Workspace, store: Store) -> list[Letter]:
    """Withdraws what nobody need send or answer any more; gives the letters as they are then."""
    answered = [letter for letter in store.letters.not_withdrawn("L3") if _is_answered(store, letter)]
    on_rejected = store.letters.not_withdrawn("L10")
    followed = _followed(store, on_rejected) if on_rejected else []
    reminders = [letter for letter in store.letters.not_withdrawn("L2") if letter.is_draft]
    reminders += _requests_made_again(store)
    mailed = {mail.letter.id for mail in store.mails.of(reminders) if mail.may_be_gone}
    needless = [letter for letter in reminders if letter.id not in mailed and _has_all(store, letter)]
    return [withdraw_letter(workspace, store, letter) for letter in (*answered, *followed, *needless)]


def put_aside(workspace: Workspace, store: Store, paper: str) -> str:
    """Has a paper lie among its period's withdrawn ones once the transaction is committed; gives where.

    One that is gone stays where it was on record.
    """
    source = workspace.root / paper
    if not source.is_file():
        return paper
    place = PurePosixPath(paper)
    target = store.placing.free_path((place.parent.parent / _FOLDER / place.name).as_posix())
    store.placing.move(paper, target, ours=store.is_as_written(paper, file_sha256(source)))
    return target


def _is_answered(store: Store, letter: Letter) -> bool:
    """Whether all that a correction asked for has been answered since, or waived."""
    form = store.correction_form(letter.unit, letter.period, _version(letter))
    if form is None:
        return False
    answers = store.answers.standing(letter.unit, letter.period).answers
    return all(code not in answers or not answers[code].is_open for code in form.asked)


def _requests_made_again(store: Store) -> list[Letter]:
    """Drafts of requests to units that have been sent one before."""
    requests = store.letters.not_withdrawn("L1")
    sent = {(letter.unit, letter.period) for letter in requests if letter.is_sent}
    return [letter for letter in requests if letter.is_draft and (letter.unit, letter.period) in sent]


def _has_all(store: Store, letter: Letter) -> bool:
    """Whether all that the unit was asked for counts."""
    return store.answers.standing(letter.unit, letter.period).state.counts


def _version(letter: Letter) -> int:
    """The version of the return that a correction is about, such as ``v2``."""
    return int(letter.about.removeprefix("v"))


def _followed(store: Store, letters: Sequence[Letter]) -> list[Letter]:
    """The letters since which a return that could be used has come, after the last file rejected for their reason.

    By the log, whose entries have an order within one second, too.
    """
    returned: dict[tuple[str, str], int] = {}
    rejected: dict[tuple[str, str, str], int] = {}
    for event in store.events_of(*_OF_FILES):
        unit, period = event.details["unit"], event.details["period"]
        if event.what == EventName.INGEST_REJECTED:
            rejected[unit, period, event.details["because"]] = event.number
        else:
            returned[unit, period] = event.number
    return [
        letter
        for letter in letters
        if returned.get((letter.unit, str(letter.period)), 0)
        > rejected.get((letter.unit, str(letter.period), letter.about), 0)
    ]


def withdraw_letter(workspace: Workspace, store: Store, letter: Letter) -> Letter:
    """Marks a letter that nobody needs any more; its papers are put aside unless it has been sent."""
    with store.transaction():
        moved = {} if letter.is_sent else _move(workspace, store, [letter.path, *forms_with(store, letter)])
        path = moved.get(letter.path, letter.path)
        withdrawn = store.letters.withdraw(letter, path, workspace.timestamp())
        about = {"period": str(letter.period), "unit": letter.unit, "kind": letter.kind, "file": path}
        store.add_event(workspace.timestamp(), EventName.LETTERS_WITHDRAW, **about)
    return withdrawn


def forms_with(store: Store, letter: Letter) -> list[str]:
    """The form and the list that go with a correction's letter, the form with one on a copy that was understood."""
    if letter.kind == "L10" and letter.about == "FORM-UNKNOWN":
        offered = store.correction_form(letter.unit, letter.period, 0)
        return [offered.path] if offered else []
    form = store.correction_form(letter.unit, letter.period, _version(letter)) if letter.kind == "L3" else None
    return [form.path, form.path.replace("-form.xlsx", "-list.xlsx")] if form else []


def _move(workspace: Workspace, store: Store, papers: Sequence[str]) -> dict[str, str]:
    """Moves papers together, if all that are there are as they were written; gives where each is to lie."""
    there = [paper for paper in papers if (workspace.root / paper).is_file()]
    if not all(store.is_as_written(paper, file_sha256(workspace.root / paper)) for paper in there):
        return {}
    return {paper: put_aside(workspace, store, paper) for paper in there}
