"""The commands by name, in the order of the work: the module that holds each, and what ``--help`` says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from plan_tracker.i18n import N_


class Listed(NamedTuple):
    """A command before it is loaded. ``part`` is the module of ``cli.commands`` that has it, and its heading."""

    part: str
    help: str


PARTS: Final[Mapping[str, str]] = {
    "prepare": N_("Prepare"),
    "collect": N_("Collect"),
    "report": N_("Report"),
    "decide": N_("Decide"),
    "keep": N_("Keep and look up"),
    "mail": N_("Send and fetch"),
    "about": N_("About plantrack"),
}
COMMANDS: Final[Mapping[str, Listed]] = {
    "init": Listed("prepare", N_("Make a new workspace, with a sample register.")),
    "demo": Listed("prepare", N_("Play a whole quarter on sample data.")),
    "register": Listed("prepare", N_("The register of plans, units, projects and KPIs.")),
    "config": Listed("prepare", N_("The settings in config.toml.")),
    "templates": Listed("prepare", N_("The templates that you edit in Word and Excel.")),
    "new-year": Listed("prepare", N_("Begin the next fiscal year: its register and its settings.")),
    "issue-forms": Listed("prepare", N_("Write a form and a request letter for every unit.")),
    "ingest": Listed("collect", N_("Read, check and keep everything in the inbox.")),
    "inbox": Listed("collect", N_("Files that were rejected, or wait for a decision.")),
    "status": Listed("collect", N_("Show where every unit's return stands, and the nine steps.")),
    "remind": Listed("collect", N_("Write a reminder to every late unit.")),
    "accept": Listed("collect", N_("Take a unit's faulty return as it is, with the reason on record.")),
    "report": Listed("report", N_("Write the report on a quarter or the year-end, one per plan.")),
    "circulate": Listed("report", N_("Write its results and the order to every unit.")),
    "review": Listed("decide", N_("The reports before the two directors, then the executives.")),
    "plan": Listed("decide", N_("The projects' approved plans, and revisions of them.")),
    "publish": Listed("decide", N_("Build what goes onto the web site: pages, reports, open data.")),
    "orders": Listed("decide", N_("The executives' orders, until they are done.")),
    "board": Listed("keep", N_("Write one page of how the whole office stands, kept up to date.")),
    "letters": Listed("keep", N_("The ledger of letters.")),
    "calendar": Listed("keep", N_("Show by when each step is due, what is done and what is late.")),
    "problems": Listed("keep", N_("Show problems across quarters: new, continuing, solved.")),
    "trace": Listed("keep", N_("Lead a figure or a total back to its files, sheets and cells.")),
    "compare": Listed("keep", N_("Show what a unit says that it did not say the last time.")),
    "query": Listed("keep", N_("Put any fields of any periods and units into a table or file.")),
    "key": Listed("keep", N_("The key that signs your forms.")),
    "backup": Listed("keep", N_("Write the whole workspace into one file that can be put back.")),
    "restore": Listed("keep", N_("Put a backup back into a new folder.")),
    "verify": Listed("keep", N_("Look whether all that is kept is whole, here or in a backup.")),
    "rebuild": Listed("keep", N_("Make the database again from the journal beside it.")),
    "doctor": Listed("keep", N_("Look at everything, and say what is wrong and what to do.")),
    "log": Listed("keep", N_("Show who did what, when, with which file.")),
    "mail": Listed("mail", N_("Mails to the units: drafts, sending, and what has come back.")),
    "watch": Listed("mail", N_("Take in what comes as it comes, and answer with corrections.")),
    "help": Listed("about", N_("Show what a command does and what it takes.")),
    "completion": Listed("about", N_("Print what makes a shell complete commands, codes and periods.")),
    "version": Listed("about", N_("Show the version.")),
}
