"""R2, R3: the forms are the manual's, word for word; their keys are a contract; the template is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms.definition.spec import ALWAYS, Field, FieldKind, Form, Prefill
from plan_tracker.forms.definition.versions import CURRENT, private_fields
from plan_tracker.forms.definition.workbook.keys import find_places
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM1_SHEET, FORM2_SHEET, LISTS_SHEET
from plan_tracker.forms.writing.template.sheets import build_template

COMMITTED = Path(__file__).parents[2] / "templates" / "xlsx" / "form.xlsx"

# From the manual, ๒.๑ and ๒.๒.
TITLE_1 = "แบบรายงานผลการดำเนินงานประจำปีงบประมาณของ สป.ดศ. และ ดศ."
HEADINGS = (
    "ชื่อแผน/โครงการ",
    "ชื่อหน่วยงาน",
    "แผนงาน/โครงการ เป็นการขับเคลื่อนภายใต้งบประมาณใด",
    "วัตถุประสงค์",
    "เป้าหมาย/ผลผลิต ของโครงการ",
    "สรุปสาระสำคัญของโครงการ",
    "ตัวชี้วัด/ค่าเป้าหมาย",
    "แผนระยะเวลาดำเนินงานทั้งโครงการ",
    "โครงการใช้งบประมาณ",
    "พื้นที่ดำเนินการ",
    "สรุปผลการดำเนินงาน",
    "ประโยชน์ที่ได้รับ/ผลลัพธ์ของโครงการ",
    "ปัญหา/อุปสรรค และข้อเสนอแนะของการดำเนินงาน",
    "ความก้าวหน้าของการดำเนินการ",
)
TITLE_2 = "แบบรายงานผลการดำเนินงานตามตัวชี้วัดของ สป.ดศ. และ ดศ."
COLUMNS_2 = ("(1) รายละเอียดผลการดำเนินการ", "(2) ผลลัพธ์ที่ได้ตามค่าเป้าหมาย")


def expand(lines: str) -> list[str]:
    """``f5.outputs[1..10] .output .unit`` as ten keys; a line without suffixes as it stands."""
    keys = []
    for line in lines.split("\n"):
        row, *suffixes = line.split() or [""]
        span = re.search(r"\[1\.\.(\d+)\]", row)
        rows = [row.replace(span[0], f"[{i}]") for i in range(1, int(span[1]) + 1)] if span else [row]
        keys += [each + suffix for each in rows if each for suffix in suffixes or [""]]
    return keys


# From domain.md §3.
LOCKED_1 = expand("f1 .plan .project_code .project_name\nf2.unit_name")
CARRIED_1 = expand(
    """
    f3.source[1..3]
    f3.other
    f4.objectives
    f5.outputs[1..10] .output .quantity .unit
    f6.summary
    f7.indicators[1..10] .indicator .unit .direction .target
    f8 .start_date .end_date .planned_q1 .planned_q2 .planned_q3 .planned_q4
    f8.activities[1..15] .activity .start .end
    f9.recurrent .act_budget .budget
    f9.investment .act_budget .budget
    f10 .scope .provinces
    f10.provinces[1..10]
    """
)
ASKED_1 = expand(
    """
    f7.indicators[1..10] .result
    f9.recurrent .committed .disbursed
    f9.investment .committed .disbursed
    f11 .result_quarter .result_cumulative
    f12.benefits
    f13.problems[1..10] .problem .cause .recommendation .owner
    f14 .stage .schedule .progress_percent .actual_end_date .next_steps
    """
) + [f"f{n}.note" for n in range(1, 15)]
LOCKED_2 = expand("k .code .name .measure .direction .target .target_quarter")
CARRIED_U = expand("u .contact_name .contact_phone .contact_email")
ASKED_U = expand("u .reporter .certifier .certifier_position .certified_date")
ASKED_2 = expand("k .details .result .not_due .evidence .note")

KINDS = {
    FieldKind.NUMBER: "f5.outputs[1..10].quantity",
    FieldKind.MEASURE: "f7.indicators[1..10] .target .result",
    FieldKind.DATE: "f8 .start_date .end_date\nf8.activities[1..15] .start .end\nf14.actual_end_date",
    FieldKind.PERCENT: "f8 .planned_q1 .planned_q2 .planned_q3 .planned_q4\nf14.progress_percent",
    FieldKind.MONEY: "f9.recurrent .act_budget .budget .committed .disbursed\n"
    "f9.investment .act_budget .budget .committed .disbursed",
    FieldKind.CHOICE: "f3.source[1..3]\nf7.indicators[1..10].direction\nf10.scope\nf14 .stage .schedule",
    FieldKind.PROVINCES: "f10.provinces\nf10.provinces[1..10]",
}
CHOICES = {
    "f3.source[1]": "งบประมาณรายจ่ายประจำปี · งบกลาง · กองทุนพัฒนาดิจิทัลเพื่อเศรษฐกิจและสังคม · "
    "เงินรายได้/เงินนอกงบประมาณ · เงินกันไว้เบิกเหลื่อมปี · แหล่งอื่น (ระบุ) · ไม่ใช้งบประมาณ",
    "f7.indicators[5].direction": "ยิ่งมากยิ่งดี · ยิ่งน้อยยิ่งดี · ระดับ 1–5 · เชิงคุณภาพ",
    "f10.scope": "ส่วนกลาง · ทั่วประเทศ · ระบุจังหวัด",
    "f14.stage": "ยังไม่เริ่มดำเนินการ · อยู่ระหว่างดำเนินการ · ชะลอ/พักโครงการ · ดำเนินการแล้วเสร็จ · ยกเลิก",
    "f14.schedule": "เร็วกว่าแผน · เป็นไปตามแผน · ล่าช้ากว่าแผน",
    "k.not_due": "ยังไม่ถึงรอบวัด",
}
ALWAYS_DUE = expand(
    """
    f3.source[1]
    f4.objectives
    f5.outputs[1] .output .quantity .unit
    f6.summary
    f7.indicators[1] .indicator .unit .direction .target .result
    f8 .start_date .end_date .planned_q1 .planned_q2 .planned_q3 .planned_q4
    f10.scope
    f11 .result_quarter .result_cumulative
    f13.problems[1].problem
    f14 .stage .progress_percent
    """
)
NEVER_DUE = [f"f{n}.note" for n in range(1, 15)] + expand(
    """
    f3 .source[2] .source[3]
    f9.recurrent .act_budget .committed
    f9.investment .act_budget .budget .committed
    f10.provinces[1..10]
    f13.problems[1..10].owner
    """
)


# --- the definition --------------------------------------------------------------------------------------------------


def test_form_1_is_the_manuals() -> None:
    """R2: the title, and exactly 14 numbered fields, in the manual's wording and order."""
    assert CURRENT.form1.title == TITLE_1
    assert [(s.number, s.title) for s in CURRENT.form1.sections] == list(enumerate(HEADINGS, 1))
    assert [s.heading for s in CURRENT.form1.sections] == [f"({n}) {title}" for n, title in enumerate(HEADINGS, 1)]


def test_form_2_is_the_manuals() -> None:
    """R3: the title, and the two numbered columns side by side."""
    assert CURRENT.form2.title == TITLE_2
    labels = [f.label for f in CURRENT.form2.fields.values()]
    at = labels.index(COLUMNS_2[0])
    assert tuple(labels[at : at + 2]) == COLUMNS_2
    assert [label for label in labels if label.startswith("(")] == list(COLUMNS_2)


@pytest.mark.parametrize(
    ("form", "prefill", "keys"),
    [
        (CURRENT.form1, Prefill.LOCKED, LOCKED_1),
        (CURRENT.form1, Prefill.CARRIED, CARRIED_1),
        (CURRENT.form1, Prefill.ASKED, ASKED_1),
        (CURRENT.unit, Prefill.LOCKED, []),
        (CURRENT.unit, Prefill.CARRIED, CARRIED_U),
        (CURRENT.unit, Prefill.ASKED, ASKED_U),
        (CURRENT.form2, Prefill.LOCKED, LOCKED_2),
        (CURRENT.form2, Prefill.CARRIED, []),
        (CURRENT.form2, Prefill.ASKED, ASKED_2),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_the_keys_are_the_contract(form: Form, prefill: Prefill, keys: list[str]) -> None:
    """R5, domain §3: every key, where its first content comes from, and no others."""
    assert {key for key, f in form.fields.items() if f.prefill is prefill} == set(keys)


def test_every_field_stands_under_the_heading_of_its_number() -> None:
    """R2: ``f9.…`` under (9)."""
    for key, section in CURRENT.form1.section_of.items():
        assert re.match(r"f(\d+)\.", key), key
        assert key.startswith(f"f{section.number}."), key
    assert {s.number for s in CURRENT.form1.section_of.values()} == set(range(1, 15))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_its_type(kind: FieldKind) -> None:
    """R8: numbers, dates, choices; all else is text."""
    assert {key for key, f in CURRENT.form1.inputs.items() if f.kind is kind} == set(expand(KINDS[kind]))


@pytest.mark.parametrize("key", CHOICES)
def test_choices_are_word_for_word(key: str) -> None:
    """R2, domain §3."""
    assert " · ".join((CURRENT.form1.fields | CURRENT.form2.fields)[key].choices) == CHOICES[key]


def test_rows_of_a_table_offer_the_same_choices() -> None:
    """R2: so that one row's test stands for all."""
    for i in (1, 2, 3):
        assert CURRENT.form1.fields[f"f3.source[{i}]"].choices == CURRENT.form1.fields["f3.source[1]"].choices
    for i in range(1, 6):
        assert (
            CURRENT.form1.fields[f"f7.indicators[{i}].direction"].choices
            == CURRENT.form1.fields["f7.indicators[5].direction"].choices
        )


def test_what_is_always_due_and_what_never() -> None:
    """R7."""
    assert {key for key, f in CURRENT.form1.inputs.items() if f.due == ALWAYS} == set(ALWAYS_DUE)
    assert {key for key, f in CURRENT.form1.inputs.items() if f.due is None} == set(NEVER_DUE)
    assert {key for key, f in CURRENT.form2.inputs.items() if f.due is None} == {"k.not_due", "k.evidence", "k.note"}


def test_limits() -> None:
    """R8, domain §3: per cents are 0–100, amounts and numbers of outputs at least 0, the summary is no novel."""
    for key, f in CURRENT.form1.inputs.items():
        low = Decimal(0) if f.kind in (FieldKind.PERCENT, FieldKind.MONEY, FieldKind.NUMBER) else None
        assert (f.low, f.high) == (low, Decimal(100) if f.kind is FieldKind.PERCENT else None), key
    assert CURRENT.form1.fields["f6.summary"].max_length == 3000


def test_contact_persons_are_private() -> None:
    """Domain §7: names, phones and e-mail addresses never reach a report."""
    told = {key for key, field in CURRENT.fields.items() if field.private}
    assert told == {*CARRIED_U, *ASKED_U}
    assert set(private_fields()) == told | set(expand("f2 .contact_name .contact_phone .contact_email"))


def test_the_unit_is_asked_once() -> None:
    """Domain §3: the contact and who vouches are required, the day is not."""
    assert {key for key, f in CURRENT.unit.inputs.items() if f.due == ALWAYS} == {*CARRIED_U, *ASKED_U[:3]}
    assert CURRENT.unit.fields["u.contact_email"].kind is FieldKind.EMAIL
    assert CURRENT.unit.fields["u.certified_date"].kind is FieldKind.DATE


def test_conditions_speak_of_fields_that_exist() -> None:
    """R7: a misspelt key in a condition would never be due."""
    for form in (CURRENT.form1, CURRENT.form2):
        for field in form.fields.values():
            if field.due is not None:
                named = {*field.due.keys, *field.due.unless}
                assert named <= set(form.fields), field.key
                assert field.key not in named, field.key
                assert bool(named) or field.due == ALWAYS
            assert field.direction in ("", *form.fields)


def test_every_input_helps_whoever_fills_it_in() -> None:
    """R2: a label, a hint that a program can show, an example."""
    for field in (CURRENT.form1.inputs | CURRENT.form2.inputs).values():
        assert field.label, field.key
        assert 0 < len(field.hint) <= 255, field.key
        assert field.example, field.key


# --- the template ----------------------------------------------------------------------------------------------------

SHEETS = (COVER_SHEET, FORM1_SHEET, FORM2_SHEET)
FORMS = {COVER_SHEET: (CURRENT.unit, CURRENT.orders), FORM1_SHEET: (CURRENT.form1,), FORM2_SHEET: (CURRENT.form2,)}
FIELDS = {name: {key: f for form in forms for key, f in form.fields.items()} for name, forms in FORMS.items()}


@cache
def built() -> Workbook:
    """The template as it is made now, saved and loaded like the committed one."""
    file = BytesIO()
    build_template(CURRENT).save(file)
    return load_workbook(file)


@cache
def committed() -> Workbook:
    return load_workbook(COMMITTED)


def cells(sheet: Worksheet) -> Iterable[Any]:
    return (cell for row in sheet.iter_rows() for cell in row)


def look(cell: Any) -> tuple[object, ...]:
    """The parts of a cell's style that matter."""
    font, fill, align, border = cell.font, cell.fill, cell.alignment, cell.border
    edges = [(edge.style, edge.color.rgb if edge.color else None) for edge in (border.left, border.top, border.bottom)]
    return (
        (font.name, font.sz, font.b, font.i, font.color.rgb if font.color else None),
        (fill.fill_type, fill.fgColor.rgb),
        (align.horizontal, align.vertical, align.wrap_text),
        edges,
        cell.number_format,
        cell.protection.locked,
    )


def drop_downs(sheet: Worksheet) -> set[tuple[object, ...]]:
    return {
        (str(sorted(str(c.sqref).split())), c.type, c.operator, c.formula1, c.prompt, c.error, c.errorStyle)
        for c in sheet.data_validations.dataValidation
    }


def lights(sheet: Worksheet) -> set[tuple[str, str, str]]:
    return {
        (str(area.sqref), rule.formula[0], rule.dxf.fill.bgColor.rgb)
        for area in sheet.conditional_formatting
        for rule in area.rules
    }


def frame(sheet: Worksheet) -> dict[str, object]:
    """Everything of a sheet but its cells."""
    rows = {n: (row.height, row.hidden) for n, row in sheet.row_dimensions.items()}
    columns = {n: (column.width, column.hidden) for n, column in sheet.column_dimensions.items()}
    protection = sheet.protection
    return {
        "size": sheet.dimensions,
        "merged": {str(area) for area in sheet.merged_cells.ranges},
        "rows": {n: row for n, row in rows.items() if row != (None, False)},
        "columns": columns,
        "drop-downs": drop_downs(sheet),
        "lights": lights(sheet),
        "freeze": sheet.freeze_panes,
        "print": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.paperSize),
        "protection": (protection.sheet, protection.password, protection.formatRows, protection.formatColumns),
    }


def test_the_committed_template_has_the_sheets() -> None:
    """R2, R3: run ``make templates`` after the definition has changed."""
    assert committed().sheetnames == built().sheetnames == [*SHEETS, LISTS_SHEET]


@pytest.mark.parametrize("name", SHEETS)
def test_the_committed_template_is_what_the_definition_makes(name: str) -> None:
    """R2, R3: run ``make templates`` after the definition has changed."""
    old, new = committed()[name], built()[name]
    assert {c.coordinate: c.value for c in cells(old)} == {c.coordinate: c.value for c in cells(new)}
    assert frame(old) == frame(new)
    assert {c.coordinate: look(c) for c in cells(old)} == {c.coordinate: look(c) for c in cells(new)}


def placed(name: str) -> dict[str, str]:
    """Each field's address in the committed template, by its hidden keys."""
    sheet = committed()[name]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    places = list(find_places(rows, CURRENT.block_of_row))
    assert {code for code, *_rest in places} == {""}
    assert len(places) == len({field for _code, field, _row, _column in places})
    return {field: sheet.cell(row + 1, column + 1).coordinate for _code, field, row, column in places}


@pytest.mark.parametrize("name", FORMS)
def test_every_field_has_a_cell_and_stands_in_the_definitions_order(name: str) -> None:
    """R2, R3: from top to bottom and left to right; but notes beside the headings, and further rows below."""
    found = placed(name)
    assert set(found) == set(FIELDS[name])
    sheet = committed()[name]
    further = {
        row.key
        for form in FORMS[name]
        for block in form.blocks.values()
        if block.at_hand
        for row in block.rows[block.at_hand :]
    }
    low = {field for field in found if field.rpartition(".")[0] in further}
    inline = [field for field in FIELDS[name] if field not in low and not re.fullmatch(r"f\d+\.note", field)]
    order = sorted(inline, key=lambda field: (sheet[found[field]].row, sheet[found[field]].column))
    if name != COVER_SHEET:  # where the unit vouches at the end, after the orders
        assert order == inline
    last = max(sheet[found[field]].row for field in inline)
    assert all(sheet[found[field]].row > last for field in low)


def test_a_note_stands_in_a_column_beside_the_answers() -> None:
    found, sheet = placed(FORM1_SHEET), committed()[FORM1_SHEET]
    for number in range(1, 15):
        cell = sheet[found[f"f{number}.note"]]
        assert (cell.column_letter, sheet.cell(cell.row, 2).value) == ("I", CURRENT.form1.sections[number - 1].heading)


def test_no_answer_stands_in_merged_cells_and_no_row_is_hidden_but_for_keys() -> None:
    for name in SHEETS:
        sheet = committed()[name]
        assert not sheet.merged_cells.ranges
        for row, dimension in sheet.row_dimensions.items():
            assert not dimension.outlineLevel
            assert not dimension.hidden or str(sheet.cell(row, 1).value).startswith("#")


@pytest.mark.parametrize("name", SHEETS)
def test_inputs_are_unlocked_and_everything_else_is_locked(name: str) -> None:
    """R2, domain §3: protected without a password; merged cells are unlocked as a whole."""
    sheet = committed()[name]
    inputs = {address for field, address in placed(name).items() if FIELDS[name][field].is_input}
    assert {cell.coordinate for cell in cells(sheet) if not cell.protection.locked} == inputs
    assert sheet.protection.sheet
    assert sheet.protection.password is None


def test_form_1_shows_the_manuals_headings_in_order() -> None:
    """R2: as units see them; Arabic digits in Excel."""
    shown = [cell.value for cell in committed()[FORM1_SHEET]["B"] if isinstance(cell.value, str)]
    assert shown[0] == TITLE_1
    assert [text for text in shown if re.match(r"\(\d+\) ", text)] == [f"({n}) {t}" for n, t in enumerate(HEADINGS, 1)]


def test_form_2_shows_the_manuals_columns_side_by_side() -> None:
    """R3: as units see them."""
    sheet = committed()[FORM2_SHEET]
    assert sheet["B1"].value == TITLE_2
    (head,) = {cell.row for cell in cells(sheet) if str(cell.value).startswith(COLUMNS_2[0])}
    texts = [str(cell.value) for cell in sheet[head]]
    at = [next(n for n, text in enumerate(texts) if text.startswith(column)) for column in COLUMNS_2]
    assert at[1] == at[0] + 1


@pytest.mark.parametrize("name", FORMS)
def test_keys_are_hidden(name: str) -> None:
    """R2: units see neither the key columns nor the key rows, nor the counts and remarks."""
    sheet = committed()[name]
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and re.match(r"[#~=](?:$|[a-z])|\.[a-z_]|f\d+\.|k$", cell.value):
                hidden = sheet.row_dimensions[cell.row].hidden or sheet.column_dimensions[cell.column_letter].hidden
                assert hidden, cell.coordinate


@pytest.mark.parametrize("name", FORMS)
def test_choices_are_drop_downs_that_excel_can_hold(name: str) -> None:
    """R2: every choice field has its list, within Excel's 255 characters; wrong values are warned of, not refused."""
    found, fields = placed(name), FIELDS[name]
    at = {address: field for field, address in found.items()}
    lists: dict[str, Field] = {}
    for check in committed()[name].data_validations.dataValidation:
        assert len(check.prompt or "") <= 255
        assert check.errorStyle == "warning"
        for address in str(check.sqref).split():
            field = fields[at[address]]
            assert field.is_input
            assert check.prompt == field.hint
            if check.type == "list":
                if field.kind is FieldKind.PROVINCES:
                    assert check.formula1 == f"{LISTS_SHEET}!$A$1:$A$77"
                    assert [row[0].value for row in committed()[LISTS_SHEET].iter_rows()] == list(field.choices)
                else:
                    assert check.formula1 == '"' + ",".join(field.choices) + '"'
                    assert len(check.formula1) <= 257
                lists[field.key] = field
    assert set(lists) == {key for key, f in fields.items() if f.is_input and f.choices}
