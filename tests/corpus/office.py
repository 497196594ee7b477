"""Saving by LibreOffice, which units use: as .xlsx, .xls and .ods, with a password or without."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.piece import Piece
from tests.office import type_and_save

__all__ = ["office"]


@dataclass(frozen=True, slots=True)
class Saving:
    """An order to LibreOffice."""

    ending: str
    password: str = ""


def office(ending: str, password: str = "") -> Saving:
    """Opened in LibreOffice and saved by it as a file of that ending."""
    return Saving(ending, password)


def save_all(orders: Sequence[tuple[Piece, Saving]], folder: Path) -> None:
    """Has LibreOffice save every piece, in one go for each way of saving."""
    for wanted in sorted({order for _piece, order in orders}, key=repr):
        pieces = [piece for piece, order in orders if order == wanted]
        source = folder / "office" / f"from-{wanted.ending}{wanted.password}"
        target = folder / "office" / f"to-{wanted.ending}{wanted.password}"
        source.mkdir(parents=True, exist_ok=True)
        target.mkdir(exist_ok=True)
        paths = []
        for number, piece in enumerate(pieces):
            paths.append(source / f"{number}.{piece.name.rpartition('.')[2]}")
            paths[-1].write_bytes(piece.content)
        if wanted.password:
            for path in paths:
                saved = target / f"{path.stem}.{wanted.ending}"
                type_and_save(path, {}, [saved], folder / "profile", password=wanted.password)
        else:
            _convert(paths, wanted.ending, target, folder / "profile")
        for number, piece in enumerate(pieces):
            piece.content = (target / f"{number}.{wanted.ending}").read_bytes()
            piece.name = f"{piece.name.rpartition('.')[0]}.{wanted.ending}"


def _convert(paths: Sequence[Path], ending: str, target: Path, profile: Path) -> None:
    order = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", ending]
    done = subprocess.run(
        [*order, "--outdir", str(target), *map(str, paths)], capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
