"""The master workbook's first sheet: totals by plan, unit and quarter as tables, and native charts of them.

Writes one sheet of a workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.documents.tables import Column, ColumnType, Table
from plan_tracker.documents.wording import clean
from plan_tracker.documents.workbooks import overview_groups as groups
from plan_tracker.documents.workbooks.overview_groups import CountRow, OverviewGroup
from plan_tracker.documents.workbooks.sheets import LINE, Book
from plan_tracker.forms.house_style import FONT
from plan_tracker.i18n import THAI, Message

_NAME_WIDTH = 60
_MOST_BARS, _FEW_BARS = 20, 10  # the first in one chart; the second have room for larger names
_ROW_PIXELS = LINE * 4 // 3
_LEFT, _LEAST_TALL = 690, 220  # pixels: a chart's width, and how tall one is at the least
_LINES_TALL, _BAR = 260, 32  # the chart of the quarters, and what a bar takes
_COLUMN_PIXELS, _TITLE_PIXELS = 7.3, 60  # a letter of a column's width with what stands around; the title's rows
_PAGE_PIXELS, _LEAST_SCALE = (1030, 650), 0.4  # within the margins of A4 on its side; smaller is not legible
_RIGHT = 5  # the column at which the charts on the right begin
_INK, _LIGHT = "#1F3864", "#9DB2D6"
_LINES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("planned_percent", {"color": _LIGHT, "width": 2.25, "dash_type": "dash"}),
    ("progress_percent", {"color": _INK, "width": 2.25}),
    ("disbursed_percent", {"color": "#7F7F7F", "width": 2.25, "dash_type": "round_dot"}),
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A table where it stands: its rows of records, and the place of each column by key."""

    first: int
    last: int
    at: dict[str, int]


def write_overview(book: Book, reports: Sequence[PlanFigures], title: str, data_date: str) -> None:
    """Adds the sheet to ``book``. ``reports``: of each plan and quarter; totals are those of the last quarter."""
    _Overview(book, reports).write(title, data_date)


class _Overview:
    """Tables from the top down; the charts stand on the first page, above the tables that they are drawn from."""

    def __init__(self, book: Book, reports: Sequence[PlanFigures]) -> None:
        self._book, self._reports = book, reports
        self._sheet: Worksheet = book.add_sheet(THAI.of(Message("overview", "Overview")))
        last = max(found.period for found in reports)
        self._latest = [found for found in reports if found.period == last]
        self._row = 3

    def write(self, title: str, data_date: str) -> None:
        self._head(title, data_date)
        whole = groups.all_plans_of(THAI.of(Message("overview", "All plans together")), self._latest)
        plans = list(map(groups.of_plan, self._latest))
        self._totals("overview_plans", Message("column", "Plan"), [*plans, whole] if len(plans) > 1 else plans)
        units, quarters = groups.by_unit(self._latest), groups.by_quarter(self._reports)
        bars = max(1, min(sum(1 for unit in units if unit.disbursed_percent is not None), _MOST_BARS))
        lines = _LINES_TALL if len(quarters) > 1 else 0
        tall, band = max(2 * _LEAST_TALL + lines, 80 + _BAR * bars), self._row
        small = (tall - lines) // 2
        self._row += tall // _ROW_PIXELS + 2
        first_page = self._row
        by_unit = self._totals("overview_units", Message("column", "Unit"), units)
        if len(quarters) > 1:  # those of a year side by side
            by_quarter = self._totals("overview_quarters", Message("column", "Quarter"), quarters)
            self._lines((band, _RIGHT, 2 * small), by_quarter, (_LEFT, lines))
        stages = self._counts("overview_stages", Message("column", "Stage of the projects"), [*groups.stages(whole)])
        outcomes = self._counts(
            "overview_outcomes", Message("column", "KPIs against their targets"), [*groups.outcomes(self._latest)]
        )
        drawn = _Placed(by_unit.first, by_unit.first + bars - 1, by_unit.at)
        percent = THAI.of(Message("overview", "Disbursed by unit (per cent of the budget)"))
        self._bars((band, 0, 0), percent, drawn, "disbursed_percent", (_LEFT, tall))
        stage = THAI.of(Message("overview", "Projects by stage"))
        self._bars((band, _RIGHT, 0), stage, stages, "number", (_LEFT, small))
        kpis = THAI.of(Message("overview", "KPIs against their targets"))
        self._bars((band, _RIGHT, small), kpis, outcomes, "number", (_LEFT, small))
        self._print_on_pages(first_page)

    def _print_on_pages(self, first: int) -> None:
        """The first page ends with the row ``first``; what comes after has another where that leaves it legible.

        A sheet that is fitted to pages would have no breaks: programs pass them over.
        """
        wide = sum(_COLUMN_PIXELS * width for width in (_NAME_WIDTH, *(column.characters for column in groups.TOTALS)))
        after = _PAGE_PIXELS[1] / ((self._row - first) * _ROW_PIXELS + _TITLE_PIXELS)
        on_first = _PAGE_PIXELS[1] / (first * _ROW_PIXELS + _TITLE_PIXELS)
        scale = min(1, _PAGE_PIXELS[0] / wide, on_first, after if after > _LEAST_SCALE else 1)
        self._sheet.set_print_scale(max(10, int(100 * scale)))
        self._sheet.set_h_pagebreaks([first])

    def _head(self, title: str, data_date: str) -> None:
        self._sheet.hide_gridlines(2)
        self._sheet.set_default_row(LINE)
        self._sheet.set_column(0, 0, _NAME_WIDTH)
        for number, column in enumerate(groups.TOTALS, 1):
            self._sheet.set_column(number, number, column.characters)
        said = THAI.of(
            Message("overview", "Data as of {date}. A project of both plans counts once where plans are together.")
        )
        self._sheet.set_row(0, 32)
        self._sheet.write_string(0, 0, clean(title), self._book.looks.title)
        self._sheet.write_string(1, 0, said.format(date=data_date), self._book.looks.note)

    def _totals(self, name: str, title: Message, records: Sequence[OverviewGroup]) -> _Placed:
        first: Column[OverviewGroup] = Column("name", title, lambda one: one.name, width=_NAME_WIDTH)
        return self._place(Table(name, title, (first, *groups.TOTALS), records))

    def _counts(self, name: str, title: Message, records: Sequence[CountRow]) -> _Placed:
        first: Column[CountRow] = Column("name", title, lambda one: one.name, width=_NAME_WIDTH)
        number: Column[CountRow] = Column(
            "number", Message("column", "How many"), lambda one: one.number, ColumnType.WHOLE
        )
        return self._place(Table(name, title, (first, number), records))

    def _place(self, table: Table[Any]) -> _Placed:
        top, last = self._row, self._book.place_table(self._sheet, self._row, table, THAI)
        self._row = last + 2
        return _Placed(top + 1, last, {column.key: i for i, column in enumerate(table.columns)})

    def _bars(self, at: tuple[int, int, int], title: str, of: _Placed, key: str, size: tuple[int, int]) -> None:
        """Horizontal bars of the column ``key``, in the table's order from the top down, with their numbers.

        ``at``: row, column, and pixels below them.
        """
        chart = self._book.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": title,
                "categories": self._range(of, "name"),
                "values": self._range(of, key),
                "fill": {"color": _INK},
                "data_labels": {"value": True, "font": {"name": FONT, "size": 11}},
                "gap": 50,
            }
        )
        font = {"name": FONT, "size": 11 if of.last - of.first < _FEW_BARS else 9}
        chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none", "interval_unit": 1})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        self._insert(chart, at, title, size)

    def _lines(self, at: tuple[int, int, int], of: _Placed, size: tuple[int, int]) -> None:
        """A line for each of ``_LINES``, told apart in grey print too."""
        title = THAI.of(Message("overview", "Progress and disbursement by quarter (per cent)"))
        chart = self._book.book.add_chart({"type": "line"})
        heads = {column.key: column.title_in(THAI) for column in groups.TOTALS}
        for key, line in _LINES:
            chart.add_series(
                {
                    "name": heads[key],
                    "categories": self._range(of, "name"),
                    "values": self._range(of, key),
                    "line": line,
                    "marker": {"type": "circle", "size": 6, "fill": {"color": line["color"]}},
                }
            )
        chart.set_y_axis({"min": 0, "num_format": "0", "num_font": {"name": FONT, "size": 11}})
        chart.set_x_axis({"num_font": {"name": FONT, "size": 11}})
        self._insert(chart, at, title, size, legend=True)

    def _range(self, of: _Placed, key: str) -> list[Any]:
        return [self._sheet.get_name(), of.first, of.at[key], of.last, of.at[key]]

    def _insert(
        self, chart: Any, at: tuple[int, int, int], title: str, size: tuple[int, int], *, legend: bool = False
    ) -> None:
        chart.set_title({"name": title, "name_font": {"name": FONT, "size": 16, "bold": True}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 11}} if legend else {"none": True})
        chart.set_size({"width": size[0], "height": size[1]})
        row, column, below = at
        self._sheet.insert_chart(row, column, chart, {"description": title, "object_position": 1, "y_offset": below})
