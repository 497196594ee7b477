"""Brings the catalogues up to date with the code and compiles them: ``python -m tools.make_catalogue``.

Thai has every message of the code, every text of a finding and what a template's fields say; English the words that
forms have in Thai. A message that is new stands there untranslated, one that is gone goes. Tells on standard error how
many lack their translation.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import plan_tracker
from plan_tracker.checking import catalogue as findings
from plan_tracker.documents.report import template_fields
from plan_tracker.forms.definition.labels import keyed_labels
from plan_tracker.forms.definition.versions import CURRENT

SOURCE: Final = Path(plan_tracker.__file__).parent
# Which words mark a message, and where its context and its text stand
KEYWORDS: Final[Mapping[str, Any]] = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "N_": None,
    "say": ((1, "c"), 2),
    "Message": ((1, "c"), 2),
    "Plural": ((1, "c"), 2, 3),
}


def messages() -> Catalog:
    """All that the code says in English."""
    found = Catalog(locale="th")
    for _file, _line, text, comments, context in extract_from_dir(SOURCE, keywords=KEYWORDS, comment_tags=("NOTE",)):
        found.add(text, context=context, auto_comments=comments)
    for key, english in findings.keyed_texts():
        found.add(key, context=findings.CONTEXT, auto_comments=[english])
    for path in template_fields.report_fields():
        found.add(path, context=template_fields.CONTEXT)
    return found


def labels() -> Catalog:
    """All that the forms say in Thai and that is shown in English too."""
    found = Catalog(locale="en")
    for context, key, own in chain(keyed_labels(CURRENT.form1), keyed_labels(CURRENT.form2)):
        found.add(key, context=context, auto_comments=[] if own == key else [own])
    return found


def path_of(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES" / "plantrack.po"


def read_catalogue(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, found: Catalog) -> int:
    """Writes the catalogue of ``language`` with the messages ``found``; gives how many are not translated."""
    catalogue = read_catalogue(language)
    found.creation_date = catalogue.creation_date  # the same messages give the same bytes
    catalogue.update(found, no_fuzzy_matching=True)
    with path_of(language).open("wb") as file:
        write_po(file, catalogue, width=0, no_location=True, ignore_obsolete=True, sort_output=True)
    with path_of(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return sum(1 for message in catalogue if message.id and not message.string)


if __name__ == "__main__":
    for language, found in (("th", messages()), ("en", labels())):
        lacking = update(language, found)
        if lacking:
            sys.stderr.write(f"{language}: {lacking} without a translation\n")
