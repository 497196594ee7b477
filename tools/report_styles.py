"""The styles of the report's templates, both volumes."""

from __future__ import annotations

from tools.thai_docx import NARROW_WIDTH, TEXT_WIDTH, WIDE_WIDTH, Writer, number_headings, style

_TAB, _NARROW_TAB, _WIDE_TAB = (round(width * 567) for width in (TEXT_WIDTH, NARROW_WIDTH, WIDE_WIDTH))
_KEEP = "<w:keepNext/><w:keepLines/>"
_ONE_LINE = "<w:spacing w:line='290' w:lineRule='exact'/>"  # so that 25 rows stand on a page
_CLOSE_LINE = "<w:spacing w:line='280' w:lineRule='exact'/>"  # of long tables that are looked things up in
_LEAST_LINE = "<w:spacing w:line='224' w:lineRule='exact'/>"  # so that 110 rows stand on three pages
_DENSE_LINE = "<w:spacing w:line='250' w:lineRule='exact'/>"  # so that most projects have a page
_CONTENTS = "<w:spacing w:before='20'/>"
_TABLE = "<w:spacing w:before='20' w:after='20'/>"
_DENSE = "<w:spacing w:before='20' w:after='20' w:line='296' w:lineRule='exact'/>"


def define_styles(writer: Writer) -> None:
    d = writer.document
    number_headings(
        d,
        (
            (("thaiNumbers", "บทที่ %1"), ("thaiNumbers", "%1.%2"), ("thaiNumbers", "%3)")),
            (("thaiLetters", "ภาคผนวก %1"),),
        ),
    )
    style(d, "Normal")
    style(
        d, "Body Text", paragraph="<w:spacing w:before='60'/><w:ind w:firstLine='850'/><w:jc w:val='thaiDistribute'/>"
    )
    style(d, "Lead", 14, paragraph=f"{_KEEP}<w:ind w:firstLine='567'/>", based_on="Body Text")
    centre = "<w:jc w:val='center'/>"
    style(d, "Title", 26, True, f"<w:spacing w:before='120'/>{centre}")
    style(d, "Cover Title", 30, True, f"<w:spacing w:before='1600' w:after='120'/>{centre}")
    style(d, "Cover Office", 20, True, f"<w:spacing w:before='2200'/>{centre}")
    style(d, "Cover Text", 20, bold=True, paragraph="<w:spacing w:before='120'/><w:jc w:val='center'/>")
    style(
        d,
        "Heading 1",
        20,
        True,
        f"{_KEEP}{_numbered(0)}<w:spacing w:before='360' w:after='120'/>{centre}<w:outlineLvl w:val='0'/>",
    )
    for level, size, space in ((2, 18, "w:before='160' w:after='40'"), (3, 16, "w:before='160'")):
        outline = f"<w:outlineLvl w:val='{level - 1}'/>"
        style(d, f"Heading {level}", size, True, f"{_KEEP}{_numbered(level - 1)}<w:spacing {space}/>{outline}")
    style(d, "Contents Title", 20, True, f"{_KEEP}<w:pageBreakBefore/><w:spacing w:after='200'/><w:jc w:val='center'/>")
    style(d, "List Title", 18, True, f"{_KEEP}<w:spacing w:before='160' w:after='40'/><w:jc w:val='center'/>")
    style(d, "Contents Edge", 1, paragraph="<w:keepNext/><w:spacing w:line='20' w:lineRule='exact'/>")
    style(d, "Caption", 15, paragraph=f"{_KEEP}<w:spacing w:before='160' w:after='60'/>")
    # Not "Figure": a PDF would have an empty figure around each chart, since LibreOffice names structures by styles
    style(d, "Chart", paragraph="<w:spacing w:before='60'/>")  # small charts may go on over a page, row by row
    style(d, "Chart Note", 14, paragraph=_KEEP)
    style(d, "Note", 14, paragraph="<w:spacing w:before='60' w:after='60'/>")
    style(d, "Imprint", 12, paragraph="<w:spacing w:before='600'/>")  # in the preface, below those who sign it
    style(d, "Method", 12, paragraph="<w:spacing w:before='60' w:after='60'/>")
    style(d, "Glance Note", 12, paragraph=f"{_KEEP}<w:spacing w:after='60' w:line='290' w:lineRule='exact'/>")
    style(d, "Summary", 14, paragraph="<w:spacing w:before='40'/><w:jc w:val='thaiDistribute'/>")
    style(d, "Long Summary", 13, based_on="Summary", paragraph="<w:spacing w:before='20'/>")
    style(d, "Summary Lead", 14, paragraph=_KEEP, based_on="Summary")
    style(d, "Closing", paragraph="<w:spacing w:before='60'/><w:jc w:val='right'/>")
    for kind, size, spacing in (
        ("Table", 14, _TABLE),
        ("Dense", 13, _DENSE),
        ("Close", 12, _CLOSE_LINE),
        ("Sheet", 12, _DENSE_LINE),
        ("Glance", 12, _ONE_LINE),
        ("Glance Close", 11, _LEAST_LINE),
    ):
        style(d, f"{kind} Text", size, paragraph=spacing)
        style(d, f"{kind} Number", size, paragraph=f"{spacing}<w:jc w:val='right'/>")
        style(d, f"{kind} Centre", size, paragraph=f"{spacing}<w:jc w:val='center'/>")
        style(d, f"{kind} Head", size, True, f"{_KEEP}{spacing}<w:jc w:val='center'/>")
    style(d, "Dense Told", 13, paragraph=f"{_DENSE}<w:ind w:left='425'/>")
    style(d, "Sheet Caption", 12, True, f"{_KEEP}<w:spacing w:before='20' w:line='260' w:lineRule='exact'/>")
    line = "<w:spacing w:line='260' w:lineRule='exact'/>"
    style(d, "Sheet Line", 12.5, paragraph=line)
    style(d, "Sheet Lead", 12.5, paragraph=f"{_KEEP}{line}")
    dots = f"<w:tabs><w:tab w:val='right' w:leader='dot' w:pos='{_TAB}'/></w:tabs>"
    style(d, "TOC 1", 14, True, f"{dots}{_CONTENTS}")
    style(d, "table of figures", 14, paragraph=f"{dots}{_CONTENTS}<w:ind w:left='1134' w:hanging='1134'/>")
    style(d, "Contents Hint", 12)
    style(d, "TOC 2", 14, paragraph=f"{dots}{_CONTENTS}<w:ind w:left='567'/>")
    tab = f"<w:tabs><w:tab w:val='right' w:pos='{_TAB}'/></w:tabs>"
    style(
        d,
        "Header",
        13,
        paragraph=f"<w:pBdr><w:bottom w:val='single' w:sz='4' w:space='1' w:color='7F7F7F'/></w:pBdr>{tab}",
    )
    narrow = f"<w:tabs><w:tab w:val='clear' w:pos='{_TAB}'/><w:tab w:val='right' w:pos='{_NARROW_TAB}'/></w:tabs>"
    style(d, "Header Narrow", 13, paragraph=narrow, based_on="Header")
    wide = f"<w:tabs><w:tab w:val='clear' w:pos='{_TAB}'/><w:tab w:val='right' w:pos='{_WIDE_TAB}'/></w:tabs>"
    style(d, "Header Wide", 13, paragraph=wide, based_on="Header")
    style(d, "Footer", 14, paragraph="<w:jc w:val='center'/>")


def _numbered(level: int, numbering: int = 1) -> str:
    """Of a style: which list numbers its paragraphs (0 for none), on which level."""
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{numbering}'/></w:numPr>"
