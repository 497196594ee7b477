"""LibreOffice as a converter: a Word document laid out as PDF. Where it is missing, its users do without.

Runs ``soffice`` with a profile of its own, so that one that the officer has open is not in the way.
``PLANTRACK_SOFFICE`` names the program where it is not found; ``none`` does without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

_USUAL = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_SECONDS = 600
_WITH_BOOKMARKS = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'


def find_soffice() -> Path | None:
    """The program, or None where it is not installed."""
    named = os.environ.get("PLANTRACK_SOFFICE")
    if named:
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("soffice")
    return Path(found) if found else next((path for path in _USUAL if path.is_file()), None)


def write_pdf(document: Path, folder: Path) -> Path | None:
    """Writes ``document`` as PDF into ``folder``, its bookmarks as named destinations.

    None where LibreOffice is missing, fails, or takes longer than ten minutes.
    """
    soffice = find_soffice()
    if soffice is None:
        return None
    with TemporaryDirectory(prefix="plantrack-", ignore_cleanup_errors=True) as profile:
        command = [
            str(soffice),
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--convert-to",
            _WITH_BOOKMARKS,
            "--outdir",
            str(folder),
            str(document),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 no shell
        except (OSError, subprocess.TimeoutExpired):
            return None
    made = folder / f"{document.stem}.pdf"
    return made if made.exists() else None
