"""Gives TH Sarabun New its own size back, and lets it stand for TH SarabunPSK, so that pages are counted as in Word.

Reads a folder with the font's web edition, whose letters are half as large again so that they suit the sizes of web
pages; writes the mended files to ``~/.local/share/fonts`` and an alias for fontconfig:
``python -m tools.sarabun FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

KO_KAI = 0.386  # the width of ก in TH SarabunPSK, in ems
_ALIAS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <match target="pattern">
    <test qual="any" name="family"><string>TH SarabunPSK</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>TH Sarabun New</string></edit>
  </match>
</fontconfig>
"""


def ko_kai(font: TTFont) -> float:
    """The width of ก in ems: by it fonts of one design are told apart in size."""
    width, _bearing = font["hmtx"][font.getBestCmap()[ord("ก")]]
    return float(width / font["head"].unitsPerEm)


def write_in_own_size(source: Path, path: Path) -> None:
    """Writes the font ``source`` to ``path`` with as many units to the em as make ก as wide as it was drawn."""
    font = TTFont(source)
    head = font["head"]
    head.unitsPerEm = round(head.unitsPerEm * ko_kai(font) / KO_KAI)
    font.save(path)


def main(folder: Path, home: Path) -> None:
    fonts = home / ".local" / "share" / "fonts" / "sarabun"
    settings = home / ".config" / "fontconfig" / "conf.d"
    for made in (fonts, settings):
        made.mkdir(parents=True, exist_ok=True)
    for source in folder.rglob("*.ttf"):
        write_in_own_size(source, fonts / source.name)
    (settings / "70-sarabun.conf").write_text(_ALIAS, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path.home())
