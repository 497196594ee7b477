"""LibreOffice as a converter: a Word document laid out as PDF. Where it is missing, its users do without.

Runs ``soffice`` with a profile of its own, so that one that the officer has open is not in the way.
``PLANTRACK_SOFFICE`` names the program where it is not found; ``none`` does without.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from plan_tracker.documents.word.brackets import hold_brackets

_USUAL = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_SECONDS = 600
_AS_PLACES: Final = {"ExportBookmarksToPDFDestination": True}


def find_soffice() -> Path | None:
    """The program, or None where it is not installed."""
    named = os.environ.get("PLANTRACK_SOFFICE")
    if named:
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("soffice")
    return Path(found) if found else next((path for path in _USUAL if path.is_file()), None)


def write_pdf(document: Path, folder: Path, options: Mapping[str, bool] = _AS_PLACES) -> Path | None:
    """Writes ``document`` as PDF into ``folder``, with the ``options`` of LibreOffice's filter.

    Without any, bookmarks become named destinations. None where LibreOffice is missing, fails, or takes longer than
    ten minutes. It works on a copy: beside its document it may leave a lock file, which names user and computer.
    """
    soffice = find_soffice()
    if soffice is None:
        return None
    said = json.dumps({name: {"type": "boolean", "value": str(value).lower()} for name, value in options.items()})
    with copied_aside(document) as copy:
        command = ["--convert-to", f"pdf:writer_pdf_Export:{said}", "--outdir", str(copy.parent), str(copy)]
        run_soffice(soffice, command)
        return laid_into(folder, copy.with_suffix(".pdf"))


@contextmanager
def copied_aside(document: Path) -> Iterator[Path]:
    """A copy of ``document`` in a folder of its own, for the while: what LibreOffice leaves beside it goes with it.

    Its brackets stay with what they hold.
    """
    with TemporaryDirectory(prefix="plantrack-", ignore_cleanup_errors=True) as aside:
        copy = Path(aside).resolve() / document.name
        shutil.copyfile(document, copy)
        hold_brackets(copy)
        yield copy


def laid_into(folder: Path, made: Path) -> Path | None:
    """``made`` in ``folder``; None where it was not made."""
    if not made.exists():
        return None
    shutil.copyfile(made, folder / made.name)
    return folder / made.name


def run_soffice(
    soffice: Path, arguments: Sequence[str], prepare: Callable[[Path], None] = lambda _profile: None
) -> None:
    """Runs LibreOffice without a window and to its end; what came of it the caller looks for.

    ``prepare`` gets the folder of its new profile beforehand.
    """
    with TemporaryDirectory(prefix="plantrack-", ignore_cleanup_errors=True) as profile:
        prepare(Path(profile))
        command = [str(soffice), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run([*command, *arguments], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 no shell
