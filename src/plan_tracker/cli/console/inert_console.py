"""A console on which texts are only text: what would drive the terminal is taken out wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from plan_tracker.values import inert


class InertConsole(Console):
    """Rich's own sequences are made after this; none in a text gets as far. Such signs have no width."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(inert(segment.text, ""), segment.style)
