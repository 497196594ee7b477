"""Why a command can't go on. Wrong *data* is never an exception: it is a finding (see ``checking.findings``)."""

from __future__ import annotations


class PlantrackError(Exception):
    """Something a person has to put right before the command can go on.

    Caught once, in the command line, which prints ``what`` and ``advice`` and exits with 2.
    """

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice


class ConfigError(PlantrackError):
    """``config.toml`` or the workspace around it can't be used."""


class OrderError(PlantrackError):
    """A step was asked for before the step that it stands on."""


class UsageError(PlantrackError):
    """The command line names something that does not exist."""
