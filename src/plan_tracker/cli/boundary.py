"""The one place where an error becomes a message and an exit code.

0 done · 1 done, and something needs a person · 2 not done: wrong use, configuration, or out of order ·
3 our fault, with the traceback in a file · 130 interrupted.
"""

from __future__ import annotations

import functools
import json
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import typer

from plan_tracker.cli.terminal import complain
from plan_tracker.errors import PlantrackError
from plan_tracker.i18n import _

P = ParamSpec("P")
DONE, NEEDS_A_PERSON, NOT_DONE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def guarded(command: Callable[P, int]) -> Callable[P, None]:
    """Turns a function that gives an exit code into a command that exits with it, whatever happens."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except PlantrackError as error:
            code = _not_done(error.what, error.advice, as_json=bool(kwargs.get("as_json")))
        except OSError as error:
            what = _("{path}: {error}").format(path=error.filename or "?", error=error.strerror or error)
            advice = _("Close it in other programs, or check that it may be written there, and try again.")
            code = _not_done(what, advice, as_json=bool(kwargs.get("as_json")))
        except KeyboardInterrupt:
            complain(_("Interrupted. What was done stays done; run the command again to go on."))
            code = INTERRUPTED
        except (typer.Exit, typer.Abort):
            raise
        except Exception:
            complain(
                _("Something went wrong in plantrack itself. Nothing is lost; what was done before stands."),
                _("Please send this file to whoever maintains plantrack: {path}").format(path=_write_traceback()),
            )
            code = OUR_FAULT
        raise typer.Exit(code)

    return run


def _not_done(what: str, advice: str, *, as_json: bool) -> int:
    """Says why, to people and to scripts."""
    complain(what, advice)
    if as_json:
        typer.echo(json.dumps({"error": what, "advice": advice}, ensure_ascii=False))
    return NOT_DONE


def _write_traceback() -> Path:
    with tempfile.NamedTemporaryFile(
        "w", prefix="plantrack-error-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(traceback.format_exc())
    return Path(log.name)
