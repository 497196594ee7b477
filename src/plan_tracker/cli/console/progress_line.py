"""One line on standard error of how far a command is, with rate and time left, once it takes longer than two seconds.

It is there on a terminal alone, and gone when the command ends; what is written meanwhile stands above it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from plan_tracker.i18n import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

PATIENCE: Final = 2.0  # seconds that a command may take without a word
_SHOWN: list[ProgressLine] = []  # the line of the command under way, if there is one


class ProgressLine:
    """The line. ``what`` the command is called; nothing is loaded or shown unless it takes longer than ``patience``."""

    def __init__(self, what: str, console: Console | None = None, patience: float = PATIENCE) -> None:
        self._told = (what, 0, 0)
        self._console, self._patience = console, patience
        self._bar: Progress | None = None
        self._timer: Timer | None = None

    def __enter__(self) -> ProgressLine:
        _SHOWN.append(self)
        self._wait()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        _SHOWN.remove(self)
        self.stop()

    def tell(self, what: str, done: int, total: int) -> None:
        """Takes note of how far it is; a listener of ``progress.counted``."""
        self._told = (what, done, total)
        if self._bar is not None:
            self._show(self._bar)

    def stop(self) -> None:
        """Takes the line away."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._timer = None
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _wait(self) -> None:
        if self._console is None and not _is_terminal():
            return
        self._timer = Timer(self._patience, self._begin)
        self._timer.daemon = True
        self._timer.start()

    def _begin(self) -> None:
        bar = _new_bar(self._console)
        if bar.console.is_terminal and not bar.console.is_dumb_terminal:
            self._show(bar)
            bar.start()
            self._bar = bar

    def _show(self, bar: Progress) -> None:
        """A new thing that is counted takes the place of the one before, and begins its own rate."""
        what, done, total = self._told
        if not bar.tasks or bar.tasks[-1].description != what:
            for task in bar.tasks:
                bar.update(task.id, visible=False)
            bar.add_task(what, total=total or None, completed=done)
        bar.update(bar.tasks[-1].id, total=total or None, completed=done)


@contextmanager
def progress_set_aside() -> Iterator[None]:
    """Within it no line is shown: somebody is asked for something."""
    for line in _SHOWN:
        line.stop()
    try:
        yield
    finally:
        for line in _SHOWN:
            line._wait()


def _is_terminal() -> bool:
    with suppress(AttributeError, ValueError):
        return sys.stderr.isatty()
    return False


def _new_bar(console: Console | None) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second, or a minute where they are slow; then the time that is left."""

        def render(self, task: Any) -> Text:
            if not task.total or not task.speed:
                return Text("")
            return Text(rate_text(task.speed))

    class Left(TimeRemainingColumn):
        def render(self, task: Any) -> Text:
            return Text(_("left") + " ") + super().render(task) if task.total else Text("")

    class Count(MofNCompleteColumn):
        def render(self, task: Any) -> Text:
            return super().render(task) if task.total else Text(str(int(task.completed) or ""))

    return Progress(
        SpinnerColumn("line"),
        TextColumn("{task.description}", markup=False),
        BarColumn(16),
        Count(),
        Rate(),
        Left(),
        TimeElapsedColumn(),
        console=console or Console(stderr=True),
        transient=True,
        redirect_stdout=False,
    )


def rate_text(speed: float) -> str:
    """``speed`` things a second, as people are told it."""
    if speed >= 1:
        return _("{count}/s").format(count=f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}")
    return _("{count}/min").format(count=f"{speed * 60:.0f}")
