"""Versions of the form: a version is a set of fields, and what it did not ask is never missed (domain §3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from openpyxl import load_workbook

from plan_tracker.demo.answers import answers_of
from plan_tracker.demo.units import fill_form
from plan_tracker.forms.definition import versions
from plan_tracker.forms.definition.form1.build import build_form1
from plan_tracker.forms.definition.form1.shapes import Form1Shape
from plan_tracker.forms.definition.unit import build_nothing_of_unit
from plan_tracker.forms.definition.versions import CURRENT, FormVersion, field_of, form_version, private_fields
from plan_tracker.forms.definition.workbook.signing import signing_key
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook, read_book
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.forms.writing.build import FormWriter
from plan_tracker.forms.writing.content import Content, Part, shown_texts
from plan_tracker.store import IssuedForm, Store
from plan_tracker.store.records import form_row
from plan_tracker.workspace.folders import Workspace
from tests.desk import Desk, Typed, codes

SMALL = FormVersion(  # nothing of the unit, few rows
    "0",
    build_form1(Form1Shape(2, 1, 3, 1), CURRENT.form1.columns),
    CURRENT.form2,
    CURRENT.orders,
    build_nothing_of_unit(CURRENT.unit.columns),
)


@contextmanager
def _readers_here(_files: int, _limits: SheetLimits, _cluster: str) -> Iterator[object]:
    """Reads in this very process, where the made-up version is known."""

    def read_all(contents: Sequence[bytes], limits: SheetLimits) -> list[RawBook | Refusal]:
        return [read_book(content, limits) for content in contents]

    yield read_all


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> FormVersion:
    """A made-up version that is still out."""
    monkeypatch.setitem(versions._VERSIONS, "0", SMALL)
    monkeypatch.setattr("plan_tracker.intake.readers.readers", _readers_here)
    return SMALL


@pytest.fixture
def out(small: FormVersion, desk: Desk, place: Workspace, opened: Store) -> IssuedForm:
    """YS's newest form, of the made-up version."""
    issued = desk.newest_form("YS")
    identity = issued.identity._replace(form_id="0" * 16, form_version="0")
    values = {
        code: {key: value for key, value in known.items() if key in small.fields}
        for code, known in issued.values.items()
    }
    projects, kpis = ([Part(code, code, values[code]) for code in each] for each in (issued.projects, issued.kpis))
    path = desk.form_path("YS")
    texts = dict.fromkeys(("title", "period", "unit"), "")
    writer, content = FormWriter(None, small), Content(identity, texts, projects, kpis)
    path.write_bytes(writer.workbook(content, identity.rows(signing_key(place.data))))
    form = issued._replace(
        identity=identity, values=values, units=(), layout=writer.layout.id, texts=shown_texts(content, small)
    )
    with opened.transaction():
        opened.layouts.add(writer.layout)
        opened.add_forms([form_row(form)])
    return form


def _send(desk: Desk, out: IssuedForm, changes: Typed | None = None) -> Typed:
    typed = {key: value for key, value in answers_of(out).items() if key.partition("/")[2] in out.version.inputs}
    typed |= dict(changes or {})
    fill_form(desk.form_path("YS"), typed, desk.inbox / "YS.xlsx")
    return typed


def test_a_form_asks_what_its_version_has(out: IssuedForm, desk: Desk) -> None:
    rows = load_workbook(desk.form_path("YS"), read_only=True)["_cells"].iter_rows(min_row=2, values_only=True)
    asked = {str(field).partition("/")[2] for field, _sheet, _cell in rows}
    assert asked == set(SMALL.form1.inputs) | set(SMALL.form2.inputs)
    assert "f13.problems[2].problem" not in asked
    assert "f2.contact_name" not in asked


def test_what_a_version_did_not_ask_is_never_missed(out: IssuedForm, desk: Desk) -> None:
    typed = _send(desk, out)
    file = desk.ingest_one()
    assert (file["outcome"], codes(file)) == ("accepted", set())
    store = Store(desk.root / "data" / "plantrack.db")
    entries = store.answers.counting_entries(store.answers.standing("YS", out.identity.period))
    store.close()
    kept = {f"{code}/{key}": answer.value for code, entry in entries.items() for key, answer in entry.answers.items()}
    assert kept == {key: value for key, value in typed.items() if value not in ("", None)}


def test_a_correction_form_is_of_the_version_that_came_back(out: IssuedForm, desk: Desk) -> None:
    _send(desk, out, {"P001/f7.indicators[1].result": None, "P002/f8.activities[3].activity": "อบรม (ตัวอย่าง)"})
    sent = desk.run("ingest")
    assert codes(sent["files"][0]) == {
        ("ROW-INCOMPLETE", "P002", "f8.activities[3].start"),
        ("ROW-INCOMPLETE", "P002", "f8.activities[3].end"),
        ("REQUIRED", "P001", "f7.indicators[1].result"),
    }
    corrected = load_workbook(desk.root / sent["corrections"][0]["form"], read_only=True)
    said = {str(key): value for key, value in corrected["_plantrack"].iter_rows(values_only=True)}
    assert (said["kind"], said["form_version"]) == ("correction", "0")
    asked = {str(row[0]).partition("/")[2] for row in corrected["_cells"].iter_rows(min_row=2, values_only=True)}
    assert asked == set(SMALL.form1.inputs)  # the KPI counts already


def test_an_unknown_version_is_refused(out: IssuedForm, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _send(desk, out)
    monkeypatch.delitem(versions._VERSIONS, "0")
    assert codes(desk.ingest_one()) == {("FORM-VERSION", "", "")}


def test_version_1_asks_what_it_always_asked() -> None:
    first = form_version("1")
    assert first is not None
    counts = {key: len(block.rows) for key, block in first.form1.blocks.items() if len(block.rows) > 3}
    assert counts == {"f5.outputs": 5, "f7.indicators": 5, "f8.activities": 8, "f13.problems": 5}
    assert {key for key in first.inputs if key.startswith(("f2.contact", "u."))} == {
        "f2.contact_name",
        "f2.contact_phone",
        "f2.contact_email",
    }
    assert first.form1.inputs["f10.provinces"].kind == "provinces"


def test_a_field_is_described_by_any_version_that_asks_it(small: FormVersion) -> None:
    assert set(small.fields) <= set(CURRENT.fields)
    assert all(field_of(key) is CURRENT.fields[key] for key in small.fields)
    first = form_version("1")
    assert first is not None
    assert field_of("f2.contact_name") is first.fields["f2.contact_name"]
    assert field_of("f99.nothing") is None
    assert {"f2.contact_name", "f2.contact_phone", "f2.contact_email"} <= set(private_fields())
