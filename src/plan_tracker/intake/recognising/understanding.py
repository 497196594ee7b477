"""What a careful person understands of a file that can't be taken in as it is: it is offered, and never taken.

That is what was copied out of a form into another workbook, and the sheets of another unit in a form: they are checked
as if they had come on that unit's own form. Reads the store.
"""

from __future__ import annotations

from collections.abc import Iterable

from plan_tracker.checking.check import check_submissions
from plan_tracker.checking.submission import Submission
from plan_tracker.fiscal import Period
from plan_tracker.forms.reading.read import RawBook
from plan_tracker.intake.outcome import Understood
from plan_tracker.store import IssuedForm, Store


def understood_of(store: Store, form: IssuedForm, submission: Submission) -> Understood | None:
    """The answers that ``submission`` has of ``form``, but for those that count already; None without any."""
    if store.is_closed(form.identity.period):
        return None
    [checked] = check_submissions([submission])
    counting = store.answers.standing(form.identity.unit, form.identity.period).counting
    entries = {
        code: entry for code, entry in checked.entries.items() if code in checked.touched and code not in counting
    }
    findings = tuple(found for found in checked.findings if found.project in entries and found.holds_back)
    return Understood(form, entries, findings) if entries else None


def forms_of_others(store: Store, book: RawBook, period: Period, units: Iterable[str]) -> list[IssuedForm]:
    """The forms of ``units`` that sheets in ``book`` are probably of: those of the quarter, of the book's version."""
    found = [store.issued_form(unit, period) for unit in dict.fromkeys(units)]
    return [form for form in found if form and form.identity.form_version == book.said["form_version"]]
