"""How a command is declared and run: it is a plain function of what is its own; what all share is added here.

``@command(commands, "remind", by_year=True, writes=True)`` gives the function ``--year``, ``--json``, ``--dry-run`` and
``--workspace``. It gets a ``Run``, calls one step, and gives back an ``CommandResult``; the rest is done here.
"""

from __future__ import annotations

import gc
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, redirect_stdout, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.cli.console.progress_line import ProgressLine
from plan_tracker.cli.console.terminal import complain, print_json
from plan_tracker.cli.groups import Command
from plan_tracker.cli.options import DryRunOption, JsonOption, WorkspaceOption, YearOption
from plan_tracker.errors import UsageError
from plan_tracker.progress import told_to
from plan_tracker.remarks import collecting_remarks

if TYPE_CHECKING:
    from datetime import date

    from plan_tracker.fiscal import Period
    from plan_tracker.register import Register
    from plan_tracker.store import Store
    from plan_tracker.workspace.folders import Workspace

Shared = Mapping[str, Any]  # what was given to the options that commands share, by their names
_ANNOTATIONS = {"year": YearOption, "as_json": JsonOption, "dry_run": DryRunOption, "workspace": WorkspaceOption}
_HARDLY_EVER = 1_000_000  # objects more, after which cycles are looked for in what is only read, and has none
_DEFAULTS: Shared = {"year": None, "as_json": False, "dry_run": False, "workspace": None}


class CommandResult(NamedTuple):
    """What came of a command: ``show`` tells people, ``content`` scripts; ``code`` is what it exits with.

    ``leads_on``: what is shown ends with the next step by itself.
    """

    show: Callable[[], None]
    content: Callable[[], dict[str, Any]]
    code: int = DONE
    leads_on: bool = False


def needs_a_person(is_needed: object) -> int:
    """The exit code of what is done, and may need a person."""
    return NEEDS_A_PERSON if is_needed else DONE


class Run:
    """A command under way. Its workspace is opened when asked for, and kept for this run alone where it writes."""

    def __init__(
        self, context: typer.Context, shared: Shared, stack: ExitStack, *, writes: bool, follows_release: bool
    ) -> None:
        self.context = context
        self.dry_run = bool(shared["dry_run"])
        self._shared, self._stack, self._writes = shared, stack, writes and not self.dry_run
        if not writes:
            stack.callback(gc.set_threshold, *gc.get_threshold())
            gc.set_threshold(_HARDLY_EVER)
        self._follows_release = follows_release

    @property
    def has_looked(self) -> bool:
        """Whether the command has read the workspace's data."""
        return "store" in self.__dict__

    @property
    def typed(self) -> set[str]:
        """The words of the command: its name, and what was given to it."""
        given = (value for value in self.context.params.values() if value)
        said = (str(one) for value in given for one in (value if isinstance(value, list | tuple) else [value]))
        return {*self.context.command_path.split(), *said}

    @property
    def has_written(self) -> bool:
        """Whether the command may have changed the workspace."""
        return self._writes

    @cached_property
    def workspace(self) -> Workspace:
        from plan_tracker.workspace.folders import open_workspace

        workspace = open_workspace(self._shared["workspace"] or self.context.obj)
        if self._writes:
            from plan_tracker.workspace.lock import locked

            self._stack.enter_context(locked(workspace, self.context.command_path.partition(" ")[2]))
        return workspace

    @cached_property
    def store(self) -> Store:
        from plan_tracker.store import Store

        store = Store(self.workspace.database)
        self._stack.callback(store.close)
        if self._writes:
            self._warn_of_clock(store)
            store.placing.go_on()
        if self._writes and self._follows_release:
            from plan_tracker.steps.prepare.follow_release import follow_release

            for line in follow_release(self.workspace, store):
                complain(line)
        return store

    def _warn_of_clock(self, store: Store) -> None:
        from plan_tracker.steps.keep.clock import check_clock

        said = check_clock(self.workspace, store)
        if said:
            complain(said)

    @contextmanager
    def turn(self) -> Iterator[tuple[Workspace, Store]]:
        """The workspace to itself for a while, as it stands then: for a command that goes on for days."""
        from plan_tracker.cli.afterwards import renew_board
        from plan_tracker.store import Store
        from plan_tracker.workspace.folders import open_workspace
        from plan_tracker.workspace.lock import locked

        workspace = open_workspace(self.workspace.root)
        with nullcontext() if self.dry_run else locked(workspace, self.context.command_path.partition(" ")[2]):
            store = Store(workspace.database)
            try:
                if not self.dry_run:
                    store.placing.go_on()
                yield workspace, store
                if not self.dry_run:
                    renew_board(workspace, store)
            finally:
                store.close()

    @property
    def _year(self) -> int:
        said = self._shared["year"]
        return self.year(said) if said else self.workspace.config.fiscal_year

    def year(self, text: str) -> int:
        """A fiscal year, B.E., as people write it."""
        from plan_tracker.fiscal import parse_year

        return parse_year(text)

    @property
    def year_if(self) -> int | None:
        """The year that was said after ``--year``; None where none was."""
        return self._year if self._shared["year"] else None

    def quarter(self, text: str) -> Period:
        """What forms are issued for: ``q2`` of ``--year``, else of the configured one."""
        from plan_tracker.fiscal import parse_quarter

        return parse_quarter(text, self._year)

    def period(self, text: str) -> Period:
        """What reports are written on: ``q2`` or ``year-end``."""
        from plan_tracker.fiscal import parse_period

        return parse_period(text, self._year)

    def period_if(self, text: str | None) -> Period | None:
        return self.period(text) if text else None

    def unit(self, text: str, period: Period | None = None) -> str:
        """A unit's code, from its code in any case, its short or its full name."""
        from plan_tracker.naming import find_unit

        return self._named(find_unit, text, period)

    def addressee(self, text: str, period: Period | None = None) -> str:
        """A unit's code, or what else letters go to, as it was typed."""
        try:
            return self.unit(text, period)
        except UsageError:
            return text

    def project(self, text: str, period: Period | None = None) -> str:
        """A project's or KPI's code."""
        from plan_tracker.naming import find_project

        return self._named(find_project, text, period)

    def anything(self, text: str, period: Period | None = None) -> str:
        """A project's, KPI's, unit's or plan's code."""
        from plan_tracker.naming import find_any

        return self._named(find_any, text, period)

    def _named(self, find: Callable[[Register, str], str], text: str, period: Period | None) -> str:
        """What the newest register calls so, else an earlier one: what is gone from it may still be looked up."""
        newest = self.store.register(fiscal_year=period.fiscal_year) if period else self.store.register()
        if newest is None or not text:
            return text
        try:
            return find(newest, text)
        except UsageError:
            for version in range(newest.version - 1, 0, -1):
                earlier = self.store.register(version)
                with suppress(UsageError):
                    return find(earlier, text) if earlier else text
            raise

    def day(self, text: str) -> date:
        from plan_tracker.fiscal import parse_date

        return parse_date(text)

    def day_if(self, text: str) -> date | None:
        return self.day(text) if text else None


def command(
    group: typer.Typer,
    name: str,
    says: str = "",
    *,
    by_year: bool = False,
    writes: bool = False,
    by_turns: bool = False,
    anywhere: bool = False,
    follows_release: bool = True,
    tells_by_itself: bool = False,
) -> Callable[[Callable[..., CommandResult]], Callable[..., CommandResult]]:
    """Declares a function of a ``Run`` as the command ``name`` of ``group``; help says of it what ``says``.

    ``by_year``: it takes a period, of which year ``--year`` tells. ``writes``: it has ``--dry-run``, and else keeps
    the workspace for itself; ``by_turns``: only for a while at a time. ``anywhere``: it needs no workspace.
    ``follows_release``: before it writes, templates that nobody has edited become those of this release.
    ``tells_by_itself``: it shows how far it is as it goes on, and needs no line for that.
    """
    has = {"year": by_year, "as_json": True, "dry_run": writes, "workspace": not anywhere}
    shared = [_option(option) for option, is_there in has.items() if is_there]

    def declare(function: Callable[..., CommandResult]) -> Callable[..., CommandResult]:
        def run(context: typer.Context, **given: Any) -> int:
            apart = {option: given.pop(option, default) for option, default in _DEFAULTS.items()}
            shown = nullcontext() if tells_by_itself else _progress(context)
            return run_command(
                function, context, given, apart, shown, writes=writes and not by_turns, follows_release=follows_release
            )

        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        parameters = [context, *(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own), *shared]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        group.command(name, cls=Command, help=says or COMMANDS[name].help)(run)
        return function

    return declare


def _option(name: str) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS[name], annotation=_ANNOTATIONS[name]
    )


def run_command(
    function: Callable[..., CommandResult],
    context: typer.Context,
    own: Shared,
    shared: Shared,
    shown: AbstractContextManager[None],
    *,
    writes: bool = False,
    follows_release: bool = True,
) -> int:
    """Runs it and tells: with ``--json`` scripts on standard output, and people on standard error.

    ``shown``: how people see how far it is, while it is at work.
    """
    as_json = shared["as_json"]
    with redirect_stdout(sys.stderr) if as_json else nullcontext():
        with ExitStack() as stack:
            run = Run(context, shared, stack, writes=writes, follows_release=follows_release)
            with shown, collecting_remarks() as remarks:
                ended = function(run, **own)
            lead_on = _looked_ahead(run, ended, as_json=as_json)
        ended.show()
        for told in remarks:
            complain(told)
        lead_on()
    if as_json:
        print_json(ended.content())
    return ended.code


@contextmanager
def _progress(context: typer.Context) -> Iterator[None]:
    with ProgressLine(context.command_path) as line, told_to(line.tell):
        yield


def _looked_ahead(run: Run, ended: CommandResult, *, as_json: bool) -> Callable[[], None]:
    """What is done once the command's own work is: gives how to tell people the next step."""
    if not run.has_looked:
        return lambda: None
    from plan_tracker.cli.afterwards import afterwards, warn_of_samples

    if run.has_written:
        warn_of_samples(run.workspace, run.store)
    is_told = not (as_json or ended.leads_on)
    return afterwards(run.workspace, run.store, run.typed, is_told=is_told, has_written=run.has_written)
