"""The commands by name, in the order of the work: the module that holds each, and what ``--help`` says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from plan_tracker.i18n import N_


class CommandEntry(NamedTuple):
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
COMMANDS: Final[Mapping[str, CommandEntry]] = {
    "init": CommandEntry("prepare", N_("Make a new workspace, with a sample register.")),
    "demo": CommandEntry("prepare", N_("Play a whole quarter on sample data.")),
    "register": CommandEntry("prepare", N_("The register of plans, units, projects and KPIs.")),
    "config": CommandEntry("prepare", N_("The settings in config.toml.")),
    "templates": CommandEntry("prepare", N_("The templates that you edit in Word and Excel.")),
    "new-year": CommandEntry("prepare", N_("Begin the next fiscal year: its register and its settings.")),
    "issue-forms": CommandEntry("prepare", N_("Write a form and a request letter for every unit.")),
    "ingest": CommandEntry("collect", N_("Read, check and keep everything in the inbox.")),
    "inbox": CommandEntry("collect", N_("Files that were rejected, or wait for a decision.")),
    "status": CommandEntry("collect", N_("Show where every unit's return stands, and the nine steps.")),
    "remind": CommandEntry("collect", N_("Write a reminder to every late unit.")),
    "accept": CommandEntry("collect", N_("Take a unit's faulty return as it is, with the reason on record.")),
    "report": CommandEntry("report", N_("Write the report on a quarter or the year-end, one per plan.")),
    "circulate": CommandEntry("report", N_("Write its results and the order to every unit.")),
    "export": CommandEntry("report", N_("Lay out a central form (eMENSCR, bb302) from the answers.")),
    "review": CommandEntry("decide", N_("The reports before the two directors, then the executives.")),
    "plan": CommandEntry("decide", N_("The projects' approved plans, and revisions of them.")),
    "publish": CommandEntry("decide", N_("Build what goes onto the web site: pages, reports, open data.")),
    "orders": CommandEntry("decide", N_("The executives' orders, until they are done.")),
    "board": CommandEntry("keep", N_("Write one page of how the whole office stands, kept up to date.")),
    "letters": CommandEntry("keep", N_("The ledger of letters.")),
    "calendar": CommandEntry("keep", N_("Show by when each step is due, what is done and what is late.")),
    "problems": CommandEntry("keep", N_("Show problems across quarters: new, continuing, solved.")),
    "trace": CommandEntry("keep", N_("Lead a figure or a total back to its files, sheets and cells.")),
    "compare": CommandEntry("keep", N_("Show what a unit says that it did not say the last time.")),
    "query": CommandEntry("keep", N_("Put any fields of any periods and units into a table or file.")),
    "key": CommandEntry("keep", N_("The key that signs your forms.")),
    "backup": CommandEntry("keep", N_("Write the whole workspace into one file that can be put back.")),
    "restore": CommandEntry("keep", N_("Put a backup back into a new folder.")),
    "verify": CommandEntry("keep", N_("Look whether all that is kept is whole, here or in a backup.")),
    "rebuild": CommandEntry("keep", N_("Make the database again from the journal beside it.")),
    "doctor": CommandEntry("keep", N_("Look at everything, and say what is wrong and what to do.")),
    "log": CommandEntry("keep", N_("Show who did what, when, with which file.")),
    "mail": CommandEntry("mail", N_("Mails to the units: drafts, sending, and what has come back.")),
    "watch": CommandEntry("mail", N_("Take in what comes as it comes, and answer with corrections.")),
    "help": CommandEntry("about", N_("Show what a command does and what it takes.")),
    "completion": CommandEntry("about", N_("Print what makes a shell complete commands, codes and periods.")),
    "version": CommandEntry("about", N_("Show the version.")),
}
