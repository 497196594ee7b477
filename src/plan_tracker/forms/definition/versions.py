"""The versions of the form: each is a set of fields, and forms of every version are read as long as they are out.

Whoever reads, checks, corrects or shows what came back asks the version of that very form (``_plantrack`` says it),
so that nothing is missed that it did not ask. New forms are of the ``CURRENT`` version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plan_tracker.forms.definition.form1.build import build_form1
from plan_tracker.forms.definition.form1.shapes import Form1Shape
from plan_tracker.forms.definition.form2 import build_form2
from plan_tracker.forms.definition.orders import build_orders
from plan_tracker.forms.definition.spec import Columns, Field, Form, Section
from plan_tracker.forms.definition.unit import build_nothing_of_unit, build_unit


@dataclass(frozen=True, eq=False)
class FormVersion:
    """What a workbook of one version asks: of each project, of each KPI, of each executive order, and of the unit."""

    number: str
    form1: Form
    form2: Form
    orders: Form
    unit: Form

    @property
    def forms_by_sheet(self) -> tuple[Form, ...]:
        """Its forms as the sheets of the template go: two on the cover, then Form 1, then Form 2."""
        return self.unit, self.orders, self.form1, self.form2

    @property
    def forms(self) -> tuple[Form, ...]:
        """All of its forms, in the order in which they are checked."""
        return self.unit, self.form1, self.form2, self.orders

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field of all its forms by its key, in the order of the workbook."""
        return {key: field for form in self.forms for key, field in form.fields.items()}

    @cached_property
    def inputs(self) -> dict[str, Field]:
        return {key: field for key, field in self.fields.items() if field.is_input}

    @cached_property
    def block_of_row(self) -> dict[str, str]:
        """The key row that names the columns of a row, on any of its sheets."""
        return {row: block for form in self.forms for row, block in form.block_of_row.items()}

    @cached_property
    def form_of(self) -> dict[str, Form]:
        """The form that each field belongs to."""
        return {key: form for form in self.forms for key in form.fields}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section that each field belongs to."""
        return {key: section for form in self.forms for key, section in form.section_of.items()}


def _version_1() -> FormVersion:
    form1 = Columns(last="I", before="", says="K", remark="J", mirror="L", marks="M")
    form2 = Columns(last="L", before="", says="N", remark="M", mirror="O", marks="P")
    cover = Columns(last="G", before="", says="I", remark="H", mirror="J", marks="K")
    shape = Form1Shape(5, 5, 8, 5, contact_in_project=True, shared_key_rows=False)
    return FormVersion(
        "1", build_form1(shape, form1), build_form2(form2), build_orders(cover), build_nothing_of_unit(cover)
    )


def _version_2() -> FormVersion:
    shape = Form1Shape(10, 10, 15, 10, picked_provinces=10, rows_at_hand=(3, 3, 5, 3))
    form1 = Columns(last="I", says="J", before="K", remark="L", mirror="M", marks="N")
    form2 = Columns(last="L", says="M", before="N", remark="O", mirror="P", marks="Q")
    cover = Columns(last="G", says="H", before="", remark="I", mirror="J", marks="K")
    return FormVersion("2", build_form1(shape, form1), build_form2(form2), build_orders(cover), build_unit(cover))


_VERSIONS = {version.number: version for version in (_version_1(), _version_2())}
CURRENT = _VERSIONS["2"]


def form_version(number: str) -> FormVersion | None:
    """The version that goes by ``number``; None where this plantrack does not know it."""
    return _VERSIONS.get(number)


def _versions() -> Iterator[FormVersion]:
    """The versions, the current one first."""
    yield CURRENT
    yield from (version for version in _VERSIONS.values() if version is not CURRENT)


def field_of(key: str) -> Field | None:
    """The field ``key`` as the newest version that asks it describes it; None where none does."""
    return next((version.fields[key] for version in _versions() if key in version.fields), None)


def section_of(key: str) -> Section | None:
    """The section that the field ``key`` stands in, in the newest version that asks it."""
    return next((version.section_of[key] for version in _versions() if key in version.section_of), None)


def form1_fields() -> dict[str, Field]:
    """The fields of Form 1 of any version, in the order of the current one."""
    return {key: field for version in _versions() for key, field in version.form1.fields.items()}


def private_fields() -> dict[str, Field]:
    """The fields of any version that never reach a report or a publication."""
    return {key: field for version in _versions() for key, field in version.fields.items() if field.private}
