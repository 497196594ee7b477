"""Lists the licence of everything that is locked, by what each package says of itself: ``python -m tools.licences``.

Writes docs/licences.md; exits with 1 where a licence is none of those that have been looked at.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE, LOCK = ROOT / "docs" / "licences.md", ROOT / "requirements.lock"
_HEAD = """# Licences

Of everything that `requirements.lock` names, by what each package says of itself. `make licences` writes this page,
and names what has a licence that nobody has looked at; a test holds the page to what is installed. *plantrack* marks
what an installation brings, *outlook* and *cluster* what these extras do; the rest is developers' alone.

| Package | Licence | Part of |
|---|---|---|
"""
# As packages write them, which is in many ways: by what the text has, the first that fits.
_FAMILIES = (
    (r"LGPL|Lesser General Public", "LGPL"),
    (r"Artistic", "Artistic (or GPL, as one likes)"),
    (r"\bGPL|General Public License", "GPL"),
    (r"MPL|Mozilla Public", "MPL-2.0"),
    (r"Apache", "Apache-2.0"),
    (r"0BSD|BSD", "BSD"),
    (r"ISC", "ISC"),
    (r"PSF|Python Software Foundation", "PSF-2.0"),
    (r"MIT|CMU", "MIT"),
    (r"Dual License", "BSD or Apache-2.0"),
)
_EXTRAS = ("outlook", "cluster")
LOOKED_AT = frozenset({name for _text, name in _FAMILIES} - {"GPL"})
# Looked up in the file that the package brings; the last two are Windows' alone, and not installed elsewhere.
_SAYS_NOTHING = {
    "atheris": "Apache-2.0",
    "axe-playwright-python": "MIT",
    "colorama": "BSD",
    "pywin32-ctypes": "BSD",
}


def licences() -> dict[str, str]:
    """The family of licences of everything that is locked, by name; blank where none can be told."""
    return {name: _SAYS_NOTHING.get(name) or _family(name) for name in locked()}


def locked() -> list[str]:
    """The names in the lock."""
    return re.findall(r"^([a-z0-9._-]+)==", LOCK.read_text("utf-8"), re.MULTILINE)


def listed() -> dict[str, str]:
    """What the page says."""
    return dict(re.findall(r"^\| ([a-z0-9._-]+) \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE))


def _family(name: str) -> str:
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    classifiers = [text for text in said.get_all("Classifier") or [] if text.startswith("License ::")]
    first = [(said.get_all(field) or [""])[0].partition("\n")[0] for field in ("License-Expression", "License")]
    texts = [first[0], *classifiers, first[1]]
    for text in filter(None, texts):
        for pattern, family in _FAMILIES:
            if re.search(pattern, text):
                return family
    return ""


def _brought_by(*extras: str) -> set[str]:
    """What an installation of plantrack brings with it, whatever the system."""
    found, left = set[str](), [_name(one) for one in requires("plantrack") or [] if _is_of(one, extras)]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += [_name(one) for one in _needs(name) if _is_of(one, ())]
    return found


def _needs(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def _name(wanted: str) -> str:
    return re.sub(r"[._]", "-", re.split(r"[ <>=!~;\[(]", wanted)[0]).lower()


def _is_of(wanted: str, extras: tuple[str, ...]) -> bool:
    extra = re.search(r"extra == ['\"]([\w-]+)['\"]", wanted)
    return extra is None or extra[1] in extras


def _rows() -> Iterator[str]:
    said, parts = licences(), {"plantrack": _brought_by()} | {extra: _brought_by(extra) for extra in _EXTRAS}
    for name in said:
        part = next((part for part, names in parts.items() if name in names), "developers")
        yield f"| {name} | {said[name]} | {part} |"


def main() -> int:
    """Writes the page; 1 where a licence is to be looked at."""
    PAGE.write_text(_HEAD + "\n".join(_rows()) + "\n", "utf-8")
    new = {name: said for name, said in licences().items() if said not in LOOKED_AT}
    for name, said in new.items():
        print(f"{name}: {said or 'says nothing of its licence'}", file=sys.stderr)  # noqa: T201
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
