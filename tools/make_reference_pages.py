"""Writes the Thai references of commands, settings and central forms, in docs/th, from the code:
``python -m tools.make_reference_pages``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from typer.main import get_command

from plan_tracker.cli.app import app
from plan_tracker.cli.command_table import COMMANDS, PARTS
from plan_tracker.cli.groups import page_of
from plan_tracker.config import Config
from plan_tracker.config.mistakes import every_setting
from plan_tracker.documents.central.layouts import BUNDLED, build_layout
from plan_tracker.documents.central.sources import FIGURES, answer_keys, parse_source
from plan_tracker.i18n import current_language, translate, use_language

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "th"
_COMMANDS = """# คำสั่งทั้งหมด

หน้านี้เขียนจากโปรแกรมเอง ตรงกับที่ `plantrack help คำสั่ง` หรือ `-h` ท้ายคำสั่งแสดง เริ่มต้นใช้งานดูที่
[คู่มือเจ้าหน้าที่](guide.md)

ทุกคำสั่งใช้ `--json` ได้ และคำสั่งที่เขียนไฟล์ใช้ `--dry-run` เพื่อดูก่อนโดยไม่ทำจริงได้ รหัสเมื่อจบ: 0
เสร็จ · 1 เสร็จและมีเรื่องที่ต้องให้คนดู ·
2 ไม่ได้ทำ เพราะพิมพ์ผิด ตั้งค่าผิด หรือยังไม่ถึงลำดับ · 3 โปรแกรมผิดพลาดเอง · 130 ถูกสั่งหยุด
"""
_SETTINGS = """# การตั้งค่าทั้งหมด

ทุกรายการอยู่ใน `config.toml` ของพื้นที่ทำงาน แก้ด้วย Notepad บันทึกเป็น UTF-8 แล้วตรวจด้วย `plantrack config check`
รายการที่ไม่ได้ระบุใช้ค่าตั้งต้น หน้านี้เขียนจากโปรแกรมเอง
"""
_EXPORTS = """# แบบของส่วนกลาง: eMENSCR และ สงป.301/302

หน่วยงานรายงานครั้งเดียว แล้ว `plantrack export`
นำข้อมูลเดียวกันมาเรียงตามแบบของส่วนกลางให้คัดลอกหรือนำเข้า หน้านี้เขียนจากโปรแกรมเอง

```console
$ plantrack export emenscr q1
$ plantrack export สงป.302 q1
$ plantrack export สงป.302
```

สองคำสั่งแรกเขียนไฟล์ลงใน `outbox/2569-q1/exports` ไม่ทับไฟล์เดิมที่อาจกรอกต่อไว้แล้ว (ระบุที่อื่นได้ด้วย
`--to ไฟล์.xlsx` หรือ `.csv`) คำสั่งที่สามซึ่งไม่ระบุไตรมาส
แสดงแผนผังว่าคอลัมน์ใดมาจากไหน แผ่นงานที่สองของไฟล์บอกที่มาของทุกคอลัมน์เช่นกัน ใช้เฉพาะคำตอบที่นับแล้ว
ถ้ายังไม่ครบ โปรแกรมบอกชื่อหน่วยงานและจบด้วยรหัส 1

**รูปแบบของส่วนกลางไม่ได้เผยแพร่ไว้ครบทุกช่อง** แผนผังด้านล่างจึงจัดจากส่วนที่ทราบทั่วไป
ก่อนใช้ครั้งแรกให้เทียบกับแบบจริงที่ได้รับ แล้วปรับครั้งเดียวตามสองข้อนี้

**1. ข้อมูลที่หน่วยงานไม่ได้กรอกในแบบรายงาน** เช่น รหัสโครงการใน eMENSCR รหัสงบประมาณ แผนการใช้จ่าย
เพิ่มเป็นคอลัมน์ในแผ่นงาน “โครงการ” ของ `register.xlsx` โดยให้รหัสคอลัมน์ในแถวที่ 2
ขึ้นต้นด้วย `x.` เช่น `x.emenscr` หรือ `x.budget_code` แล้วสั่ง `plantrack register load` ปีต่อไปโปรแกรมยกไปให้เอง

**2. หัวคอลัมน์หรือลำดับที่ไม่ตรง** เขียนไว้ใน `config.toml` เช่น

```toml
[export.emenscr.columns]
"สาเหตุ" = "-"
"รหัสหน่วยงานใน eMENSCR" = "= 0201"
"ประโยชน์ที่ได้รับ" = "f12.benefits"
"ลายมือชื่อผู้รายงาน" = ""

[export.monthly]
title = "แบบติดตามของสำนักตรวจ"
rows = "projects"
[export.monthly.columns]
"โครงการ" = "name"
"เบิกจ่ายไตรมาส 1" = "disbursed_in_quarter@q1"
```

ส่วนแรกปรับแบบที่มีอยู่ หัวคอลัมน์เดิมเปลี่ยนที่มา `-` คือไม่เอาคอลัมน์นั้น หัวใหม่ต่อท้าย
ส่วนที่สองเป็นแบบใหม่ทั้งแบบ สั่งด้วย `plantrack export monthly q1`
`rows` คือหนึ่งแถวต่อ `projects` (โครงการ) `money` (รายจ่ายประจำหรือลงทุนที่มีเงิน) `outputs` (ผลผลิต)
`indicators` (ตัวชี้วัด) `activities` (กิจกรรม) หรือ `problems` (ปัญหา)
ตรวจด้วย `plantrack config check`
"""
_VOCABULARY = """
## สิ่งที่เขียนในแผนผังได้

นอกจากคำในตารางนี้: `""` คือเว้นว่างไว้กรอกเอง · `= ข้อความ` คือข้อความเดียวกันทุกแถว · `x.…`
คือคอลัมน์ของทะเบียน · `row.indicator` เป็นต้น คือช่องของแถวนั้นเองในแบบที่แยกแถวตามตาราง ·
เติม `@q1` ถึง `@q4` คือของไตรมาสนั้น ไตรมาสที่ยังไม่ถึงจะว่าง ชื่อตารางที่มีหลายแถว เช่น
`f13.problems.problem` จะเรียงทุกแถวไว้ในช่องเดียว

| ในแผนผัง | คือ |
|---|---|
"""
_ROWS: Final = {"projects": "โครงการ", "money": "ประเภทรายจ่ายของโครงการ", "indicators": "ตัวชี้วัดของโครงการ"}
_THAI = re.compile("[ก-๙]")


def commands_page() -> str:
    """Every command's help, in the order of the work."""
    language = current_language()
    use_language("th")
    try:
        return _COMMANDS + "".join(_command_parts())
    finally:
        use_language(language)


def _command_parts() -> Iterator[str]:
    program: Any = get_command(app)
    with program.make_context("plantrack", [], resilient_parsing=True) as root:
        for part, heading in PARTS.items():
            yield f"\n## {translate(heading, 'th')}\n"
            for name in (name for name, listed in COMMANDS.items() if listed.part == part):
                for words in _below(program, root, name):
                    yield f"\n### `plantrack {' '.join(words)}`\n\n```text\n{page_of(root, words)}\n```\n"


def _below(program: Any, root: Any, name: str) -> list[tuple[str, ...]]:
    """The command, or those that follow its word."""
    found = program.get_command(root, name)
    return [(name, other) for other in found.commands] if hasattr(found, "commands") else [(name,)]


def settings_page() -> str:
    """Every setting by its table: what it is by default, and what it may be."""
    language = current_language()
    use_language("th")
    try:
        return _SETTINGS + "".join(_tables())
    finally:
        use_language(language)


def _tables() -> Iterator[str]:
    sample = (files("plan_tracker") / "sample" / "config.toml").read_text(encoding="utf-8")
    table: tuple[str, ...] | None = None
    for path, expected in every_setting():
        if path[:-1] != table:
            table = path[:-1]
            yield _heading(table, sample)
        default = _default(path)
        yield f"| `{path[-1]}` | {default} | {expected}{_remark(path[-1], sample)} |\n"


def _heading(table: tuple[str, ...], sample: str) -> str:
    name = f"`[{'.'.join(table)}]`" if table else "บนสุดของไฟล์"
    place = sample.find(f"\n[{'.'.join(table)}]") if table else -1
    above = sample[:place].split("\n\n")[-1].splitlines() if place > 0 else []
    said = " ".join(line.lstrip("# ") for line in above if line.startswith("#") and _is_thai(line))
    return f"\n## {name}\n\n" + (f"{said}\n\n" if said else "") + "| รายการ | ค่าตั้งต้น | ต้องเป็น |\n|---|---|---|\n"


def _is_thai(line: str) -> bool:
    return len(_THAI.findall(line)) > len(line) / 3


def _default(path: tuple[str, ...]) -> str:
    kind: Any = Config(fiscal_year=2569)
    for name in path:
        kind = getattr(kind, name)
    if path == ("fiscal_year",):
        return "ต้องระบุ"
    if isinstance(kind, bool):
        return f"`{str(kind).lower()}`"
    if isinstance(kind, tuple):
        return "ว่าง" if not any(kind) else f"`{list(kind)}`"
    return f"`{kind}`" if str(kind) else "ว่าง"


def _remark(name: str, sample: str) -> str:
    """What the sample says in Thai behind the setting."""
    line = re.search(rf"(?m)^{name} = .*?#\s*(.+)$", sample)
    said = line.group(1).rpartition("·")[2].strip() if line else ""
    return f" · {said}" if _THAI.search(said) else ""


def exports_page() -> str:
    """Every central form column by column, and all that a map of columns may say."""
    language = current_language()
    use_language("th")
    try:
        return _EXPORTS + "".join(_layouts()) + _VOCABULARY + "".join(_vocabulary())
    finally:
        use_language(language)


def _layouts() -> Iterator[str]:
    for name in BUNDLED:
        layout = build_layout(name, {})
        yield f"\n## {layout.title} (`{name}`)\n\nแถวละหนึ่ง{_ROWS[layout.rows]}\n\n"
        yield "| คอลัมน์ | ในแผนผัง | มาจาก |\n|---|---|---|\n"
        for one in layout.columns:
            yield f"| {one.heading} | `{one.said}` | {one.source.about if one.source else 'เว้นว่าง'} |\n"


def _vocabulary() -> Iterator[str]:
    for name, figure in FIGURES.items():
        yield f"| `{name}` | {translate(figure.label, 'th')} |\n"
    for key in answer_keys():
        source = parse_source(key)
        if "[" not in key and source:
            yield f"| `{key}` | {source.about} |\n"


REFERENCES: Final[Mapping[str, Callable[[], str]]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "exports.md": exports_page,
}


def main() -> None:
    """Writes every page."""
    for name, page in REFERENCES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
