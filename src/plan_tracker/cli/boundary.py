"""The one place where an error becomes a message and an exit code.

0 done · 1 done, and something needs a person · 2 not done: wrong use, configuration, or out of order ·
3 our fault, with the traceback in a file · 130 interrupted. Where ``--json`` is among the words, each of them comes
with one object on standard output.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import typer
from typer._click.exceptions import NoArgsIsHelpError
from typer._click.exceptions import UsageError as WrongUse

from plan_tracker.cli.console.terminal import complain, print_json, say
from plan_tracker.cli.help_pages import HelpAsked, usage
from plan_tracker.cli.usage import in_our_words
from plan_tracker.errors import PlantrackError
from plan_tracker.i18n import _

DONE, NEEDS_A_PERSON, NOT_DONE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def ends_with(work: Callable[[], int], words: Sequence[str]) -> int:
    """The exit code of ``work``, which is asked for by ``words``, whatever happens in it."""
    as_json = asks_for_json(words)
    try:
        return _used_rightly(work, as_json=as_json)
    except PlantrackError as error:
        return _told(NOT_DONE, error.what, error.advice, as_json=as_json)
    except BrokenPipeError:  # whoever was reading has read enough
        return NEEDS_A_PERSON
    except KeyboardInterrupt:
        what = _("Interrupted. What was done stays done; run the command again to go on.")
        return _told(INTERRUPTED, what, as_json=as_json)
    except Exception as error:
        known = _known_fault(error)
        if known:
            return _told(NOT_DONE, *known, as_json=as_json)
        log = _write_traceback()
        what = _("Something went wrong in plantrack itself. Nothing is lost; what was done before stands.")
        advice = _("Please send this file to whoever maintains plantrack: {path}").format(path=log or "–")
        return _told(OUR_FAULT, what, advice, as_json=as_json, traceback=str(log or traceback.format_exc()))


def _known_fault(error: Exception) -> tuple[str, str] | None:
    """What the disk, the drive or the database does, in words; None for a fault of ours.

    Also where a library hands it on inside an error of its own, as xlsxwriter does.
    """
    told = next((one for one in (error, *error.args) if isinstance(one, OSError)), None)
    if told:
        from plan_tracker.system import describe_os_error

        return describe_os_error(told)
    import sqlite3

    from plan_tracker.store.database.soundness import describe_fault

    return describe_fault(error) if isinstance(error, sqlite3.Error) else None


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether ``--json`` is among the words that are options."""
    options = words[: words.index("--")] if "--" in words else words
    return "--json" in options


def _used_rightly(work: Callable[[], int], *, as_json: bool) -> int:
    """As ``work`` ends; help that was asked for is shown, and wrong use said in our words."""
    try:
        return work()
    except typer.Exit as ended:
        return ended.exit_code
    except HelpAsked as asked:
        if as_json:
            print_json({"help": asked.page})
        else:
            say(asked.page)
        return DONE
    except NoArgsIsHelpError as error:
        complain(error.format_message())
        return NOT_DONE
    except WrongUse as error:
        if error.ctx:
            complain(usage(error.ctx.command, error.ctx))
        raise in_our_words(error) from error


def _told(code: int, what: str, advice: str = "", *, as_json: bool, **more: str) -> int:
    """Says why, to people and to scripts."""
    complain(what, advice)
    if as_json:
        print_json({"error": what, "advice": advice} | more)
    return code


def _write_traceback() -> Path | None:
    """Where the traceback lies; None where nothing can be written, and it goes to standard error."""
    import tempfile  # slow to load, and of use only where something is wrong

    said = traceback.format_exc()
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="plantrack-error-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as log:
            log.write(said)
    except OSError:
        complain(said)
        return None
    return Path(log.name)
