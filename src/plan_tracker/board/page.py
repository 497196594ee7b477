"""The board's page: everything in one file, no script, readable in the dark, on a phone and in print."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from plan_tracker.board import sections
from plan_tracker.board.basis import mark_tag
from plan_tracker.board.facts import Facts
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import _, current_language

_REFRESH = 300  # seconds after which a page that is left open is read anew


def build_page(facts: Facts, mark: str) -> str:
    """The whole page as HTML, with the ``mark`` of what it is made from in its head."""
    parts = (
        sections.cards(facts),
        sections.tasks(facts),
        sections.units(facts),
        sections.calendar(facts),
        sections.charts(facts),
        sections.orders(facts),
        sections.problems(facts),
    )
    head = Markup(
        '<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n{mark}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="refresh" content="{refresh}">\n<title>{title}</title>\n<style>\n{css}</style>\n'
    ).format(
        language=current_language(),
        mark=Markup(mark_tag(mark)),  # noqa: S704  # hexadecimal
        refresh=_REFRESH,
        title=_("Board of {period}").format(period=facts.period.spoken),
        css=Markup((files("plan_tracker.board") / "board.css").read_text(encoding="utf-8")),  # noqa: S704  # ours
    )
    top = Markup('<header><p class="office">{office}</p><h1>{period}</h1><p class="at">{at}</p></header>\n').format(
        office=facts.office,
        period=facts.period.spoken,
        at=_("as of {day}, {time}").format(day=spoken_date(facts.today, in_full=True), time=facts.at),
    )
    return head + top + Markup("<main>\n") + Markup("\n").join(parts) + Markup("\n</main>\n</html>\n")
