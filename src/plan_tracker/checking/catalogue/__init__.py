"""Every finding that plantrack can make: how much it weighs, what is wrong, how to mend it, an example.

English here; other languages have each text in their catalogue under the finding's code, so that the English may be
mended without losing them. ``{label}`` is the field's name on the form, ``{value}`` what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from plan_tracker.checking.catalogue.cells import CELLS, CELLS_CASES
from plan_tracker.checking.catalogue.files import FILES, FILES_CASES
from plan_tracker.checking.catalogue.rules import RULES
from plan_tracker.checking.catalogue.wording import Wording
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.parsing.reading import CASE, LIKELY
from plan_tracker.forms.definition.spec import Field
from plan_tracker.forms.definition.versions import field_of, section_of
from plan_tracker.i18n import Words, current_language

CONTEXT = "finding"  # of the texts in the catalogues
CATALOGUE: Final[Mapping[str, Wording]] = {**FILES, **CELLS, **RULES}
OTHER_CASES: Final[Mapping[str, Wording]] = {**FILES_CASES, **CELLS_CASES}


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in words."""

    message: str
    fix: str
    example: str
    label: str


def words(finding: Finding, language: str = "") -> FindingText:
    """What is wrong, how to mend it, an example; in ``language``, else the one in use."""
    language = language or current_language()
    case, wording = _case(finding)
    speech = Words(language)
    what, fix = said_in(speech, case, wording)
    field = field_of(finding.field)
    shown = {"label": field.label if field else "", "value": finding.value, "code": finding.project}
    shown |= {"sheet": finding.sheet} | dict(finding.params)
    example = _example(wording, field)
    message, mend, shown_example = (text.format_map(_Lenient(shown)) for text in (what, fix, example))
    if likely := finding.params.get(LIKELY):
        offer = speech.say("finding", "Probably meant: {likely}", likely=likely)
        mend = f"{mend} {offer}"
    return FindingText(message, mend, shown_example, shown["label"])


def said_in(words: Words, case: str, wording: Wording) -> tuple[str, str]:
    """What is wrong and how to mend it, unfilled; ``case`` is a code, or a code with the other case of it."""
    return (
        words.by_key(CONTEXT, f"{case} what", wording.what),
        words.by_key(CONTEXT, f"{case} fix", wording.fix),
    )


def keyed_texts() -> Iterator[tuple[str, str]]:
    """Every text by the key that catalogues have it under, with its English."""
    for case, wording in {**CATALOGUE, **OTHER_CASES}.items():
        yield f"{case} what", wording.what
        yield f"{case} fix", wording.fix


def _case(finding: Finding) -> tuple[str, Wording]:
    """What catalogues have the finding's texts under, a code or a code with the other case of it; and the texts."""
    case = f"{finding.code} {finding.params.get(CASE, '')}"
    if "closed_by" in finding.params:
        case = f"{finding.code} closed"
    elif finding.code == "PART" and finding.severity is Severity.NOTICE:
        case = "PART counts"
    return (case, OTHER_CASES[case]) if case in OTHER_CASES else (finding.code, CATALOGUE[finding.code])


def _example(wording: Wording, field: Field | None) -> str:
    """The finding's own example, else the field's where one value of it mends the finding."""
    if wording.example is not None:
        return wording.example
    return field.example if field and wording.severity is Severity.ERROR else ""


def heading(finding: Finding) -> str:
    """The numbered heading that the finding's field stands under; none for Form 2."""
    section = section_of(finding.field)
    return section.heading if section and not finding.field.startswith("k.") else ""


def note_of(field: str) -> str:
    """The note in which a unit confirms a warning on ``field``."""
    return "k.note" if field.startswith("k.") else field.partition(".")[0] + ".note"


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"
