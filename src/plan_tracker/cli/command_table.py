"""The commands by name: the module of this package that holds each, and the line that ``--help`` says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from plan_tracker.i18n import _


class Listed(NamedTuple):
    """A command before it is loaded. ``module`` has it in its ``commands``."""

    module: str
    help: str


COMMANDS: Final[Mapping[str, Listed]] = {
    "init": Listed("setup", _("Make a new workspace, with a sample register.")),
    "demo": Listed("setup", _("Play a whole quarter on sample data.")),
    "register": Listed("setup", _("The register of plans, units, projects and KPIs.")),
    "issue-forms": Listed("collect", _("Write a form and a request letter for every unit.")),
    "ingest": Listed("collect", _("Read, check and keep everything in the inbox.")),
    "status": Listed("collect", _("Show where every unit's return stands, and the nine steps.")),
    "accept": Listed("collect", _("Take a unit's faulty return as it is, with the reason on record.")),
    "trace": Listed("collect", _("Lead a figure or a total back to its files, sheets and cells.")),
    "log": Listed("collect", _("Show who did what, when, with which file.")),
    "report": Listed("reporting", _("Write the report on a quarter or the year-end, one per plan.")),
    "templates": Listed("reporting", _("The templates that you edit in Word and Excel.")),
    "review": Listed("reviewing", _("The reports before the two directors, then the executives.")),
    "publish": Listed("publishing", _("Build what goes onto the web site: pages, reports, open data.")),
    "remind": Listed("letters", _("Write a reminder to every late unit.")),
    "circulate": Listed("letters", _("Write its results and the order to every unit.")),
    "letters": Listed("letters", _("The ledger of letters.")),
    "orders": Listed("letters", _("The executives' orders, until they are done.")),
    "calendar": Listed("following", _("Show by when each step is due, what is done and what is late.")),
    "problems": Listed("following", _("Show problems across quarters: new, continuing, solved.")),
}
