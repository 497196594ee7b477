"""The rest of a year on sample data: reminders, reviews, publication, orders, three quarters and the year-end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from plan_tracker.demo.answers import answers_of
from plan_tracker.demo.playthrough import Playthrough
from plan_tracker.demo.units import fill_form
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.i18n import N_, _
from plan_tracker.merging.standing import unit_statuses
from plan_tracker.steps.collect.ingest import ingest
from plan_tracker.steps.collect.remind import remind
from plan_tracker.steps.decide import review
from plan_tracker.steps.decide.orders import add_order, write_order_letters
from plan_tracker.steps.decide.publish import publish
from plan_tracker.steps.prepare.issue_forms import issue_forms
from plan_tracker.steps.report.circulate import circulate
from plan_tracker.steps.report.report import write_reports
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace

Say = Callable[[str], None]
_SILENT = {2: "INNO", 3: "KS"}  # who does not answer, by quarter
_COMMENT = "ขอให้ชี้แจงแนวทางเร่งรัดการเบิกจ่ายงบลงทุน (ตัวอย่าง)"
_ANSWERED = "หน่วยงานชี้แจงแล้ว (ตัวอย่าง)"
_BY_ORDER = "เห็นชอบผลการดำเนินงาน ให้หน่วยงานเร่งรัดโครงการที่ล่าช้า (ตัวอย่าง)"
_ORDER = "ให้เร่งรัดโครงการลงทุนที่ยังไม่ลงนามในสัญญาให้แล้วเสร็จ (ตัวอย่าง)"


def play_year(workspace: Workspace, store: Store, first: Playthrough, say: Say) -> Playthrough:
    """Goes on where the first quarter ended; gives the board of the last one, and all that was written."""
    quarter = first.period
    _remind(workspace, store, quarter, say)
    letters = _pass_on(workspace, store, quarter, say)
    published = _publish(workspace, store, quarter, say)
    reports: list[str] = []
    for number in (2, 3, 4):
        quarter = Period(quarter.fiscal_year, number)
        reports += _play_quarter(workspace, store, quarter, say)
        letters += _pass_on(workspace, store, quarter, say)
        published += _publish(workspace, store, quarter, say)
    year_end = Period(quarter.fiscal_year, YEAR_END)
    at_end = _on(workspace, year_end, 40)
    say(_("The year-end: reports, and the letter on every KPI"))
    made = write_reports(at_end, store, year_end)
    reports += made.volumes
    letters += [letter.path for letter in made.letters]
    letters += _pass_on(workspace, store, year_end, say)
    published += _publish(workspace, store, year_end, say)
    sites = sorted(published, key=lambda path: not path.endswith("/publication/index.html"))
    added = [(N_("Word reports"), reports), (N_("Letters"), letters), (N_("Web sites and open data"), sites)]
    written = [*first.written, *added]
    return Playthrough(quarter, unit_statuses(at_end, store, quarter), written, first.next_steps)


def _on(workspace: Workspace, period: Period, days: int) -> Workspace:
    """The desk so many days after the period."""
    return replace(workspace, today=period.last_day + timedelta(days=days))


def _remind(workspace: Workspace, store: Store, quarter: Period, say: Say) -> None:
    say(_("Reminders to the units that are late: plantrack remind {period}").format(period=quarter.name))
    remind(_on(workspace, quarter, 20), store, quarter)


def _play_quarter(workspace: Workspace, store: Store, quarter: Period, say: Say) -> Sequence[str]:
    """Forms out, returns in, reports; gives the reports' paths."""
    say(_("{period}: forms, returns and reports").format(period=quarter.spoken))
    issued = issue_forms(_on(workspace, quarter, 2), store, quarter).forms
    newest = store.newest_form_ids(quarter)
    for item in issued:
        form = store.form(newest[item.unit])
        assert form is not None
        if item.unit != _SILENT.get(quarter.quarter):
            returned = workspace.inbox / f"แบบรายงาน {item.unit} ไตรมาส {quarter.quarter}.xlsx"
            fill_form(workspace.root / item.path, answers_of(form), returned)
    ingest(_on(workspace, quarter, 10), store)
    _remind(workspace, store, quarter, say)
    return write_reports(_on(workspace, quarter, 25), store, quarter).volumes


def _publish(workspace: Workspace, store: Store, period: Period, say: Say) -> list[str]:
    """The period's web site and data; gives their paths."""
    say(
        _("The web site and the open data of {period}: plantrack publish {name}").format(
            period=period.spoken, name=period.name
        )
    )
    return list(publish(_on(workspace, period, 50), store, period).written)


def _pass_on(workspace: Workspace, store: Store, period: Period, say: Say) -> list[str]:
    """The report through both directors to the executives' permission, then down to the units; gives the letters."""
    say(_("The review of {period}, up to the permission to publish").format(period=period.spoken))
    desk = _on(workspace, period, 30 if not period.is_year_end else 45)
    drafted = [*review.submit(desk, store, period).letters]
    standings = store.answers.standings(period.quarters[-1])
    unit = min(code for code, standing in standings.items() if standing.state.counts)
    commented = review.comment(desk, store, period, _COMMENT, unit=unit)
    drafted += commented.letters
    review.resolve(desk, store, period, commented.comments[-1].number, _ANSWERED)
    review.approve(desk, store, period, desk.today)
    drafted += review.submit(desk, store, period).letters
    review.approve(desk, store, period, desk.today)
    drafted += review.submit(desk, store, period).letters
    review.permit(desk, store, period, f"ดศ 0200/{period.name} (ตัวอย่าง)", desk.today)
    if not period.is_year_end:
        drafted += circulate(desk, store, period, _BY_ORDER, desk.today).letters
    if period.quarter == 1:
        add_order(desk, store, _ORDER, desk.today, desk.today + timedelta(days=60), [unit])
        drafted += write_order_letters(desk, store)
    return [letter.path for letter in drafted]
