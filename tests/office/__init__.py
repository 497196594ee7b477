"""LibreOffice as the unit's spreadsheet program: opens a form, types into cells, saves it as other formats."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

_TYPIST = Path(__file__).with_name("typist.py")


@cache
def _python_with_uno() -> str | None:
    """A Python that can speak to LibreOffice: Debian's own, or the one that LibreOffice brings."""
    for candidate in ("/usr/bin/python3", shutil.which("libreoffice-python") or "", shutil.which("python3") or ""):
        if candidate and Path(candidate).exists():
            found = subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False)
            if found.returncode == 0:
                return candidate
    return None


def has_office() -> bool:
    return bool(shutil.which("soffice") and _python_with_uno())


def need_office() -> None:
    """Skips the test where LibreOffice is missing; in CI it must not be."""
    if has_office():
        return
    if os.environ.get("CI"):
        pytest.fail("LibreOffice (soffice and python3-uno) is missing in CI")
    pytest.skip("LibreOffice (soffice and python3-uno) is not installed")


def type_and_save(
    form: Path,
    typed: Mapping[tuple[str, str], str],
    saved_as: Sequence[Path],
    profile: Path,
    *,
    password: str = "",
) -> dict[str, str]:
    """Types ``typed`` (sheet and cell to keystrokes) into ``form`` and saves it once per path of ``saved_as``.

    What is saved has ``password`` put on it, if there is one.
    Gives what the cells of the cover's live list then show, by address.
    """
    python = _python_with_uno()
    assert python
    order = {
        "form": str(form),
        "typed": [[sheet, cell, text] for (sheet, cell), text in typed.items()],
        "saved_as": [str(path) for path in saved_as],
        "profile": profile.as_uri(),
        "password": password,
    }
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "LD_"))}
    done = subprocess.run(
        [python, str(_TYPIST)],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert isinstance(shown, dict)
    return shown
