"""What units might answer, invented from what their form already says. The same form always gets the same answers."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from plan_tracker.fiscal import QUARTERS, Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.form1.build import BUDGETS
from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.rounding import half_up
from plan_tracker.store import IssuedForm
from plan_tracker.values import Value

Typed = dict[str, Value | int | float | None]

_PEOPLE = ("นางสาวสมหญิง ใจดี", "นายสมชาย ตั้งใจ", "นางมาลี รักงาน", "นายวิชัย พากเพียร", "นางสาวอรุณี ละเอียด")
_DOINGS = (
    "จัดประชุมคณะทำงานและจัดทำแผนการดำเนินงานโดยละเอียดแล้วเสร็จ",
    "จัดทำขอบเขตของงานและได้ตัวผู้รับจ้างแล้ว อยู่ระหว่างส่งมอบงานงวดแรก",
    "ลงพื้นที่เก็บข้อมูลและประสานหน่วยงานที่เกี่ยวข้องครบตามแผน",
    "พัฒนาและทดสอบระบบในส่วนหลัก พร้อมรับฟังความเห็นจากผู้ใช้งาน",
    "จัดกิจกรรมอบรมและถ่ายทอดความรู้แก่กลุ่มเป้าหมายตามแผน",
)
_PROBLEMS = (
    ("การส่งมอบอุปกรณ์จากต่างประเทศล่าช้ากว่ากำหนด", "ผู้ผลิตขาดแคลนชิ้นส่วน", "ปรับลำดับงานติดตั้งและเร่งรัดผู้รับจ้าง"),
    ("บุคลากรที่รับผิดชอบโครงการไม่เพียงพอ", "มีการโยกย้ายระหว่างปี", "ขอรับการสนับสนุนเจ้าหน้าที่จากหน่วยงานใกล้เคียง"),
    ("หน่วยงานร่วมส่งข้อมูลไม่ครบถ้วน", "รูปแบบข้อมูลของแต่ละแห่งต่างกัน", "จัดทำแบบข้อมูลกลางและจัดอบรมผู้ส่งข้อมูล"),
)
_BENEFITS = (
    "เปิดใช้งานแล้ว ประชาชนได้รับบริการเร็วขึ้นและไม่ต้องเดินทางมาติดต่อด้วยตนเอง",
    "ช่วยให้เจ้าหน้าที่ลดเวลาทำงานซ้ำซ้อน และตรวจสอบข้อมูลย้อนหลังได้",
    "ช่วยให้หน่วยงานที่เกี่ยวข้องใช้ข้อมูลชุดเดียวกันประกอบการตัดสินใจ",
    "ทำให้กลุ่มเป้าหมายนำความรู้ไปใช้ในงานและชีวิตประจำวันได้จริง",
    "ลดความเสียหายและระยะเวลาที่บริการหยุดชะงักจากเหตุที่เกิดขึ้น",
)
_MEASURED = ("ร้อยละ", "คะแนน", "ระดับ")  # units that are not counted whole
# KPIs that the projects' answers speak of, too: explained at the end of the year, and asked for until then
_EXPLAINED = {"K02": "ผลตามระบบบริหารการเงินการคลังภาครัฐ ซึ่งรวมรายจ่ายที่มิใช่โครงการด้วย (ตัวอย่าง)"}
_NEXT = (
    "ตรวจรับงานงวดถัดไปและรายงานผลต่อคณะกรรมการ",
    "จัดอบรมผู้ใช้งานและเริ่มให้บริการในพื้นที่นำร่อง",
    "สรุปผลการรับฟังความเห็นและปรับปรุงร่างข้อเสนอ",
)


def answer_project(
    code: str, unit: str, quarter: int, issued: Mapping[str, Value], version: FormVersion = CURRENT
) -> dict[str, Value]:
    """Plausible answers to a project's sheet, carried ones included, by field key; every rule holds."""
    pick = zlib.crc32(code.encode())
    answers = {key: value for key, value in issued.items() if key in version.form1.inputs}
    planned = _number(issued.get(f"f8.planned_q{quarter}"), Decimal(25 * quarter))
    late = pick % 4 == 0 and planned > 10
    done = planned >= 100 and not late
    ahead = Decimal(100) if done else min(planned + pick % 4, Decimal(99))
    progress = half_up(planned * Decimal("0.7"), 0) if late else ahead
    answers |= {key: value for key, value in _basics(unit, pick).items() if key in version.form1.inputs}
    answers |= _definitions(issued)
    answers |= _indicator_results(answers, progress)
    answers |= _money(answers, progress)
    answers |= _story(pick, quarter, progress)
    answers |= _stage(pick, late, progress)
    if done:
        answers |= _completed(answers, pick)
    return answers


def _basics(unit: str, pick: int) -> dict[str, Value]:
    return {
        "f2.contact_name": f"{_PEOPLE[pick % len(_PEOPLE)]} (ตัวอย่าง)",
        "f2.contact_phone": f"0 2000 {1000 + pick % 9000}",
        "f2.contact_email": f"{unit.lower()}@example.go.th",
    }


def _definitions(issued: Mapping[str, Value]) -> dict[str, Value]:
    """What the register did not know."""
    assumed: dict[str, Value] = {
        "f3.source[1]": c.ANNUAL_BUDGET if any(key in issued for key in BUDGETS) else c.NO_BUDGET,
        "f4.objectives": "เพื่อให้การดำเนินงานตามภารกิจมีประสิทธิภาพยิ่งขึ้น (ตัวอย่าง)",
        "f5.outputs[1].output": "ผลการดำเนินงานตามแผน (ตัวอย่าง)",
        "f5.outputs[1].quantity": Decimal(1),
        "f5.outputs[1].unit": "ชุด",
        "f6.summary": "โครงการนี้ดำเนินงานตามแผนปฏิบัติราชการของหน่วยงาน (ตัวอย่าง)",
        "f7.indicators[1].indicator": "ร้อยละความสำเร็จของงานตามแผน (ตัวอย่าง)",
        "f7.indicators[1].unit": "ร้อยละ",
        "f7.indicators[1].direction": c.HIGHER,
        "f7.indicators[1].target": Decimal(100),
        "f8.start_date": date(2025, 10, 1),
        "f8.end_date": date(2026, 9, 30),
        "f8.planned_q1": Decimal(25),
        "f8.planned_q2": Decimal(50),
        "f8.planned_q3": Decimal(75),
        "f8.planned_q4": Decimal(100),
        "f10.scope": c.SCOPES[0],
    }
    return {key: value for key, value in assumed.items() if key not in issued}


def _indicator_results(answers: Mapping[str, Value], progress: Decimal) -> dict[str, Value]:
    results: dict[str, Value] = {}
    for i in range(1, 11):
        row = f"f7.indicators[{i}]"
        target = answers.get(f"{row}.target")
        if target is not None:
            direction, unit = (str(answers.get(f"{row}.{key}", "")) for key in ("direction", "unit"))
            results[f"{row}.result"] = _toward(target, direction, unit, progress)
    return results


def _toward(target: Value, direction: str, unit: str, progress: Decimal) -> Value:
    """A result on the way to ``target``; what is counted is counted whole."""
    if not isinstance(target, Decimal):
        return "ดำเนินการแล้วเสร็จตามเป้าหมาย (ตัวอย่าง)" if progress >= 100 else "อยู่ระหว่างดำเนินการตามแผน (ตัวอย่าง)"
    if direction == c.LOWER:
        return half_up(target * Decimal("0.9"), 1)
    if direction == c.LEVELS:
        return min(target, Decimal(3))
    return half_up(target * progress / 100, 2 if unit in _MEASURED else 0)


def _money(answers: Mapping[str, Value], progress: Decimal) -> dict[str, Value]:
    money: dict[str, Value] = {}
    for budget_key in BUDGETS:
        budget = answers.get(budget_key)
        if isinstance(budget, Decimal) and budget > 0:
            kind = budget_key.rpartition(".")[0]
            spent = half_up(budget * min(progress, Decimal(95)) / 100 * Decimal("0.9"))
            money[f"{kind}.disbursed"] = spent
            money[f"{kind}.committed"] = half_up((budget - spent) * Decimal("0.4"))
    return money


def _story(pick: int, quarter: int, progress: Decimal) -> dict[str, Value]:
    doing = _DOINGS[(pick + quarter) % len(_DOINGS)]
    return {
        "f11.result_quarter": f"ไตรมาสที่ {quarter} {doing} (ตัวอย่าง)",
        "f11.result_cumulative": f"ตั้งแต่เริ่มโครงการถึงสิ้นไตรมาสที่ {quarter} มีผลงานสะสมร้อยละ {progress} {doing} (ตัวอย่าง)",
    }


def _stage(pick: int, late: bool, progress: Decimal) -> dict[str, Value]:
    stage: dict[str, Value] = {
        "f14.stage": c.UNDER_WAY if progress > 0 else c.NOT_STARTED,
        "f14.schedule": c.LATE if late else c.ON_TIME,
        "f14.progress_percent": progress,
        "f14.next_steps": f"{_NEXT[pick % len(_NEXT)]} (ตัวอย่าง)",
        "f13.problems[1].problem": c.NONE,
    }
    if late:
        problem, cause, remedy = _PROBLEMS[pick % len(_PROBLEMS)]
        stage |= {
            "f13.problems[1].problem": f"{problem} (ตัวอย่าง)",
            "f13.problems[1].cause": cause,
            "f13.problems[1].recommendation": remedy,
            "f13.problems[1].owner": "หน่วยงานเจ้าของโครงการ",
        }
    return stage


def _completed(answers: Mapping[str, Value], pick: int) -> dict[str, Value]:
    """What a project says of its end: on the last day of its plan, or of the quarter that was planned to finish it."""
    planned = {quarter: _number(answers.get(f"f8.planned_q{quarter}"), Decimal(0)) for quarter in QUARTERS}
    finishing = next(quarter for quarter, percent in planned.items() if percent >= 100)
    last_day, end = Period(2569, finishing).last_day, answers.get("f8.end_date")
    output = answers.get("f5.outputs[1].output", "ผลผลิตของโครงการ")
    return {
        "f14.stage": c.COMPLETED,
        "f14.progress_percent": Decimal(100),
        "f14.actual_end_date": min(last_day, end) if isinstance(end, date) else last_day,
        "f14.next_steps": "",
        "f12.benefits": f"{output} {_BENEFITS[pick % len(_BENEFITS)]} (ตัวอย่าง)",
    }


def answer_unit(unit: str, period: Period) -> dict[str, Value]:
    """Whom the office may ask, who reports and who vouches for it."""
    pick = zlib.crc32(unit.encode())
    contact = {key.replace("f2.", "u."): value for key, value in _basics(unit, pick).items()}
    return contact | {
        "u.reporter": contact["u.contact_name"],
        "u.certifier": f"{_PEOPLE[(pick + 1) % len(_PEOPLE)]} (ตัวอย่าง)",
        "u.certifier_position": "ผู้อำนวยการ (ตัวอย่าง)",
        "u.certified_date": period.last_day,
    }


def answer_order(code: str) -> dict[str, Value]:
    """What was done about an executive order, by field key."""
    return {"o.done": f"มอบหมายผู้รับผิดชอบและเร่งรัดการดำเนินงานตามข้อสั่งการ {code} แล้ว (ตัวอย่าง)"}


def answer_kpi(code: str, quarter: int, issued: Mapping[str, Value]) -> dict[str, Value]:
    """Plausible answers to a KPI's row; some are not due yet."""
    pick = zlib.crc32(code.encode())
    if pick % 5 == 0 and quarter < 4:
        return {"k.not_due": c.NOT_DUE}
    target = issued.get("k.target_quarter", issued.get("k.target", Decimal(0)))
    direction = str(issued.get("k.direction", c.HIGHER))
    share = Decimal(100) if "k.target_quarter" in issued else Decimal(25 * quarter)
    noted = {"k.note": _EXPLAINED[code]} if code in _EXPLAINED and quarter == max(QUARTERS) else {}
    return noted | {
        "k.details": f"ดำเนินการตามแผนของตัวชี้วัดในไตรมาสที่ {quarter} และรวบรวมหลักฐานแล้ว (ตัวอย่าง)",
        "k.result": _toward(target, direction, str(issued.get("k.measure", "")), share + 3 - pick % 7),
        "k.evidence": "รายงานสรุปผลของหน่วยงาน",
    }


def _number(value: Value | None, otherwise: Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else otherwise


def answers_of(form: IssuedForm) -> Typed:
    """A whole form's answers, by ``CODE/field``."""
    quarter, unit = int(form.identity.quarter), form.identity.unit
    typed: Typed = {
        f"{unit}/{key}": v for unit in form.units for key, v in answer_unit(unit, form.identity.period).items()
    }
    for code in form.projects:
        typed |= {
            f"{code}/{key}": v
            for key, v in answer_project(code, unit, quarter, form.values[code], form.version).items()
        }
    for code in form.kpis:
        typed |= {f"{code}/{key}": v for key, v in answer_kpi(code, quarter, form.values[code]).items()}
    for code in form.orders:
        typed |= {f"{code}/{key}": v for key, v in answer_order(code).items()}
    return typed
