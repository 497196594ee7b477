"""How sheets look, in whatever writes them: font, colours, margins, and how much room a text takes.

Plain values: openpyxl, which is slow to load, is for what makes templates with them (``writing.template.style``).
"""

from __future__ import annotations

import math
import re
from typing import Final

FONT: Final = "TH SarabunPSK"
SIZE, SMALL = 14, 12  # points
LINE_HEIGHT: Final = 20.0  # points of one line at SIZE
HIGHEST_ROW: Final = 409.0  # points; spreadsheet programs allow no more
MARGINS: Final = 0.3, 0.3, 0.4, 0.7  # inches: left, right, top, bottom
NAVY, GREY_TEXT, RED = "1F3864", "595959", "B00020"
RULE, BAND = "8C9AAF", "D9E2F0"
DATE_FORMAT: Final = "[$-107041E]d mmm yyyy;@"  # Thai month, Buddhist year
OF_A_LINE: Final = 0.88  # of its width is filled: words break before the edge
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f]")  # above and below letters


def text_lines(text: str, width: float) -> int:
    """How many lines ``text`` needs in a cell ``width`` characters wide. Thai marks take no room of their own."""
    per_line = max(1.0, width * OF_A_LINE)
    return sum(max(1, math.ceil(letters(line) / per_line)) for line in text.split("\n")) if text else 1


def letters(line: str) -> int:
    """How many of its characters take room."""
    return len(line) - len(_MARKS.findall(line))
