"""A whole quarter on sample data, in a folder of its own: every command a newcomer will use, with real files.

``year`` plays the rest of the year.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.demo.answers import Typed, answers_of
from plan_tracker.demo.playthrough import Playthrough
from plan_tracker.demo.units import fill_form
from plan_tracker.demo.year import play_year
from plan_tracker.drafting.corrections import WrittenCorrection
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import N_, _
from plan_tracker.intake.outcome import FileResult
from plan_tracker.merging.standing import unit_statuses
from plan_tracker.steps.collect.ingest import ingest
from plan_tracker.steps.prepare.init import init_workspace
from plan_tracker.steps.prepare.issue_forms import Issued, issue_forms
from plan_tracker.steps.prepare.register import load_register
from plan_tracker.steps.report.report import ReportRun, write_reports
from plan_tracker.store import Store
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace, open_workspace
from plan_tracker.workspace.root import CONFIG

MARK = ".plantrack-demo"

# What some units get wrong: field to what they type. The rest of their form is filled in well.
_SLIPS: dict[str, dict[str, Value | int | float | None]] = {
    "PT": {
        "P014/f14.progress_percent": 0.25,
        "P014/f9.recurrent.disbursed": "ประมาณ 12 ล้าน",
        "PT/u.contact_email": "pt-example.go.th",
        "P016/f11.result_quarter": "-",
        "P016/f14.actual_end_date": "31/2/2569",
    },
    "DJ": {
        "P009/f11.result_cumulative": "ตั้งแต่เริ่มโครงการถึงสิ้นไตรมาสที่ 1 มีผลงานสะสมร้อยละ 7 (ตัวอย่าง)",
        "P009/f14.schedule": "ล่าช้ากว่าแผน",
        "P009/f14.progress_percent": 7,
        "P009/f13.problems[1].problem": "ไม่มี",
        "P010/f10.scope": "ระบุจังหวัด",
        "P010/f10.provinces": "เชียงใหม่, ขอนแก่น, เมืองทอง",
        "K18/k.not_due": "ยังไม่ถึงรอบวัด",
        "K18/k.result": 1200,
        "K18/k.details": "รวบรวมข้อมูลผู้ใช้บริการ (ตัวอย่าง)",
    },
    "ETDA": {
        "P032/f8.start_date": "1/10/68",
        "P033/f9.recurrent.disbursed": 999_000_000,
        "P034/f5.outputs[2].output": "แนวปฏิบัติด้านธรรมาภิบาล (ตัวอย่าง)",
        "P034/f5.outputs[2].quantity": None,
        "P034/f5.outputs[2].unit": None,
    },
}
_THAI_TYPING: dict[str, Value | int | float | None] = {  # read, with a notice: Thai digits and a date in words
    "P021/f14.next_steps": "จัดซ้อมแผนรับมือเหตุการณ์\u00a0ครั้งที่ ๒ (ตัวอย่าง)",
    "P021/f8.start_date": "๑ ตุลาคม ๒๕๖๘",
}
_SILENT, _UNTOUCHED, _MENDED = "KS", "INNO", "DJ"


def play_demo(
    folder: Path, say: Callable[[str], None], *, whole_year: bool = False, dry_run: bool = False
) -> Playthrough | None:
    """Plays the first quarter of fiscal year 2569 in ``folder``, which must be new or an earlier demo's.

    ``whole_year``: the other three too, and the year-end, each through its review to its publication. A dry run only
    looks whether the folder may be taken, and gives None.
    """
    _check_folder(folder)
    if dry_run:
        return None
    _clear(folder)
    init_workspace(folder)
    (folder / MARK).touch()
    _mark(folder / CONFIG)
    opened = open_workspace(folder)
    period = Period(opened.config.fiscal_year, 1)
    workspace = replace(opened, today=period.last_day + timedelta(days=2))
    store = Store(workspace.database)
    try:
        played = _play(workspace, store, period, say)
        if whole_year:
            return play_year(workspace, store, played, say)
        return played
    finally:
        store.close()


def _mark(settings: Path) -> None:
    """Says in the settings that all is invented, so that nothing is ever sent from here."""
    text = settings.read_text(encoding="utf-8")
    said = "# A demo: all in it is invented, and nothing is ever sent from it. · ข้อมูลสาธิต ไม่มีการส่งสิ่งใดออกไป"
    atomic.write_text(settings, text.replace('\nlanguage = "th"\n', f'\nlanguage = "th"\n\n{said}\ndemo = true\n', 1))


def _check_folder(folder: Path) -> None:
    """``UsageError`` for a folder that holds anything but an earlier demo."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise UsageError(
            _("{folder} is not empty, and it is not an earlier demo.").format(folder=folder),
            _("Name a new folder: plantrack demo FOLDER"),
        )


def _clear(folder: Path) -> None:
    """Takes what an earlier demo left; the folder itself may be the one that the command was typed in."""
    for path in folder.iterdir() if folder.exists() else ():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _play(workspace: Workspace, store: Store, period: Period, say: Callable[[str], None]) -> Playthrough:
    say(_("1. The register: {path}").format(path="register.xlsx"))
    load_register(workspace, store)
    say(_("2. A form and a request letter for every unit: plantrack issue-forms q1"))
    issued = issue_forms(workspace, store, period).forms
    say(_("3. The units fill them in; some make mistakes, one does not answer."))
    _units_answer(workspace, store, period, issued)
    say(_("4. Everything that came back is read and checked: plantrack ingest"))
    workspace = replace(workspace, today=_later(workspace.today, 10))
    first = ingest(workspace, store)
    say("   " + _outcomes(first.files))
    say(_("5. One unit mends its form and sends it again: plantrack ingest"))
    workspace = replace(workspace, today=_later(workspace.today, 5))
    _unit_mends(workspace, store, period, first.corrections)
    second = ingest(workspace, store)
    say("   " + _outcomes(second.files))
    say(_("6. The report of each plan in Word, and the data as a workbook: plantrack report q1 --xlsx"))
    made = write_reports(workspace, store, period, workbook=True)
    statuses = unit_statuses(workspace, store, period)
    written = _what_was_written(workspace, period, issued, made)
    return Playthrough(period, statuses, written, _next_steps(workspace))


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _units_answer(workspace: Workspace, store: Store, period: Period, issued: Sequence[Issued]) -> None:
    """Drops what the units send into the inbox, and what else ends up there."""
    newest = store.newest_form_ids(period)
    for item in issued:
        form = store.form(newest[item.unit])
        assert form is not None
        returned = workspace.inbox / f"แบบรายงาน {item.unit} ไตรมาส 1.xlsx"
        if item.unit == _SILENT:
            continue
        if item.unit == _UNTOUCHED:
            shutil.copyfile(workspace.root / item.path, returned)
            continue
        typed = answers_of(form) | _SLIPS.get(item.unit, {})
        if item.unit == "ST":
            typed |= _THAI_TYPING
        fill_form(workspace.root / item.path, typed, returned)
    (workspace.inbox / "รายงานการประชุม.xlsx").write_text("นี่ไม่ใช่ไฟล์แบบรายงาน (ตัวอย่าง)\n", encoding="utf-8")
    (workspace.inbox / "~$แบบรายงาน YS.xlsx").write_bytes(b"\x00" * 165)
    again = workspace.inbox / "แบบรายงาน TMD ไตรมาส 1.xlsx"
    shutil.copyfile(again, workspace.inbox / "แบบรายงาน TMD (ส่งซ้ำ).xlsx")


def _unit_mends(workspace: Workspace, store: Store, period: Period, corrections: Sequence[WrittenCorrection]) -> None:
    """One unit puts right the marked cells of its correction form."""
    correction = next(c for c in corrections if c.unit == _MENDED)
    form = store.form(store.newest_form_ids(period)[_MENDED])
    assert form is not None
    mended: Typed = {
        "P009/f13.problems[1].problem": "การสำรวจสถานที่ตั้งศูนย์ใช้เวลานานกว่าแผน (ตัวอย่าง)",
        "P009/f13.problems[1].cause": "พื้นที่บางแห่งเดินทางยากในฤดูฝน",
        "P009/f13.problems[1].recommendation": "เพิ่มทีมสำรวจและปรับลำดับพื้นที่",
        "P010/f10.provinces": "เชียงใหม่, ขอนแก่น",
        "K18/k.not_due": None,
    }
    fill_form(workspace.root / correction.form, mended, workspace.inbox / "แบบแก้ไข ดจ.xlsx")


def _outcomes(results: Sequence[FileResult]) -> str:
    counts: dict[str, int] = {}
    for result in results:
        counts[result.outcome] = counts.get(result.outcome, 0) + 1
    return " · ".join(f"{_(outcome)} {count}" for outcome, count in counts.items())


def _what_was_written(
    workspace: Workspace, period: Period, issued: Sequence[Issued], made: ReportRun
) -> list[tuple[str, Sequence[str]]]:
    """By kind, where each paper lies now: a correction's have been moved once its answers have come."""
    folders = [workspace.outbox(period, name) for name in ("corrections", "withdrawn")]

    def lying(pattern: str) -> list[str]:
        return [workspace.relative(path) for folder in folders for path in sorted(folder.glob(pattern))]

    rejected = sorted(workspace.relative(path) for path in workspace.rejected.glob("*.txt"))
    originals = sorted(workspace.relative(path) for path in workspace.originals.rglob("*.xlsx"))
    return [
        (N_("Forms"), [item.path for item in issued]),
        (N_("Request letters"), [item.letter for item in issued]),
        (N_("Correction lists"), lying("*-list.xlsx")),
        (N_("Correction forms"), lying("*-form.xlsx")),
        (N_("Correction letters"), lying("*-L3.docx")),
        (N_("Returns kept, untouched"), originals),
        (N_("Rejected, with the reason"), rejected),
        (N_("Word reports"), made.volumes),
        (N_("Data as a workbook"), [made.workbook]),
    ]


def _next_steps(workspace: Workspace) -> Sequence[str]:
    return (
        _("Everything is in {folder}. Open the forms, the correction list and the report, then try:").format(
            folder=workspace.root
        ),
        f"  cd {workspace.root}",
        "  plantrack status q1",
        "  plantrack ingest",
    )
