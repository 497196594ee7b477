"""Catalogues: English source strings, Thai translations, by the standard library's gettext.

The Thai catalogue is ``locale/th/LC_MESSAGES/plantrack.po``; ``make catalogue`` compiles it.
"""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path

LANGUAGES = ("th", "en")
_LOCALE = Path(__file__).parent / "locale"
_current = os.environ.get("PLANTRACK_LANG", "th")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("plantrack", _LOCALE, [language], fallback=True)


def use_language(language: str) -> None:
    """Speak ``language`` (``th`` or ``en``) from now on, unless ``PLANTRACK_LANG`` already chose one."""
    global _current
    _current = os.environ.get("PLANTRACK_LANG", language)


def current_language() -> str:
    return _current


def translate(message: str, language: str) -> str:
    """``message`` (English, as written in the code) in ``language``."""
    return _catalogue(language).gettext(message) if message else ""


def _(message: str) -> str:
    """``message`` in the language in use."""
    return translate(message, _current)


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for it
    """Marks a string for the catalogue that is translated later, where it is shown."""
    return message
