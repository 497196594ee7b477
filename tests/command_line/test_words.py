"""Values, then words: what reports and pages say of their own stands in the catalogues, and in no code."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from lxml import html

import plan_tracker
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import Config, Office
from plan_tracker.documents.report.charts.build import build_charts
from plan_tracker.documents.report.concerns import concerns_of
from plan_tracker.documents.report.context import build_context
from plan_tracker.documents.report.recommendations import recommendations
from plan_tracker.documents.report.template_fields import described, required_fields
from plan_tracker.forms.definition.labels import keyed_labels
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.i18n import THAI, Words
from plan_tracker.publication.site.build import Download, Site
from plan_tracker.publication.site.content import SiteLessonText
from plan_tracker.publication.site.listings import LESSONS, ListingRow, text_of
from plan_tracker.workspace.folders import Workspace
from tests.report.test_summary import UNITS, reports

SOURCE = Path(plan_tracker.__file__).parent
THAI_LETTER = re.compile("[ก-๛]")
SAYING = ("analysis", "documents/report", "documents/wording.py", "publication", "fiscal.py")
ALLOWED = {
    "fiscal.py": "months and digits as people write them, who fill in forms",
    "documents/wording.py": "where a line of Thai does not end: how Thai is set, whatever it says",
    "publication/opendata/catalogue_entry.py": "values that the open data catalogue prescribes",
    "publication/site/words.py": "words that browsers would break, whoever says them",
}
LABELS = {(context, key): own for context, key, own in keyed_labels(CURRENT.form1)}
CHOICES = {own for (context, _key), own in LABELS.items() if context == "choice"}
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)  # the text that fails says enough, and shrinking takes minutes
OFFICE = Office("Office of P", "Office of P", "Ministry of P", "Division P")


def letters_in(path: Path) -> list[str]:
    """Every string of the module with Thai in it, docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    heads = [node.body[0] for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docs = {id(head.value) for head in heads if isinstance(head, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs)
    return [node.value for node in strings if isinstance(node.value, str) and THAI_LETTER.search(node.value)]


def test_no_thai_stands_in_the_code_of_what_is_printed() -> None:
    paths = [path for place in SAYING for path in (SOURCE / place).rglob("*.py")]
    paths += [SOURCE / place for place in SAYING if place.endswith(".py")]
    with_thai = {path.relative_to(SOURCE).as_posix() for path in paths if letters_in(path)}
    assert with_thai == set(ALLOWED)


class MadeUp(gettext.NullTranslations):
    """A third language: Thai in Lao letters, with what the forms say in Thai themselves."""

    def pgettext(self, context: str, message: str) -> str:
        said = LABELS.get((context, message)) or gettext_of_thai(context, message)
        return THAI_LETTER.sub(lambda letter: chr(ord(letter[0]) + 0x80), said)

    def npgettext(self, context: str, one: str, _many: str, _number: int) -> str:
        return self.pgettext(context, one)


def gettext_of_thai(context: str, message: str) -> str:
    catalogue = THAI._catalogue
    plural = catalogue.npgettext(context, message, message, 2)
    return catalogue.pgettext(context, message) if plural == message else plural


MADE_UP = Words("lo", MadeUp())
LANGUAGES = pytest.mark.parametrize("words", [MADE_UP, Words("en")], ids=["made up", "en"])


def texts_in(value: object) -> Iterator[str]:
    if is_dataclass(value):
        for one in fields(value):
            yield from texts_in(getattr(value, one.name))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Sequence | dict):
        for inner in value.items() if isinstance(value, dict) else value:
            yield from texts_in(inner)


def typed_in(report: ReportFigures) -> re.Pattern[str]:
    """What units, the register and the settings say themselves, the longest first."""
    said = {Config(2569).report.plan_title, "ภาษาไทย", *(found.source for found in report.targets)}
    for quarter in report.quarters:
        said |= {quarter.dataset.plan.name, quarter.dataset.plan.owner}
        said |= {text for unit in quarter.units for text in (unit.source.unit.name, unit.source.unit.short)}
        said |= {project.source.project.name for project in quarter.projects}
        said |= {text for kpi in quarter.kpis for text in (kpi.source.kpi.name, kpi.source.kpi.measure)}
        entries = [*(one.source.entry for one in quarter.projects), *(one.source.entry for one in quarter.kpis)]
        answered = [entry for entry in entries if entry]
        said |= {entry.text(key) for entry in answered for key in entry.answers}
    said |= {text.removeprefix("โครงการ") for text in said}  # within a sentence that has the word itself
    return re.compile("|".join(map(re.escape, sorted(said - CHOICES - {""}, key=len, reverse=True))))


def thai_of_ours(texts: Iterator[str], report: ReportFigures) -> list[str]:
    """The texts that have Thai in them which nobody typed."""
    typed = typed_in(report)
    return [text for text in texts if THAI_LETTER.search(typed.sub("", " ".join(text.split())))]


@LANGUAGES
@settings(max_examples=25, deadline=None, phases=AS_FOUND)
@given(report=reports())
def test_another_catalogue_changes_every_sentence_of_a_report(words: Words, report: ReportFigures) -> None:
    workspace = Workspace(Path(), Config(2569, office=OFFICE), date(2026, 1, 20))
    told: list[object] = [build_context(report, workspace, words), build_charts(report, words)]
    told.append(concerns_of([report], words))
    for unit in report.now.units:
        state = unit.source.state
        told += [
            recommendations([report.now], unit.source.unit.code, state, 2, closed=c, words=words) for c in (False, True)
        ]
    assert thai_of_ours(texts_in(told), report) == []


@LANGUAGES
@settings(max_examples=4, deadline=None, phases=AS_FOUND)
@given(report=reports())
def test_another_catalogue_changes_every_sentence_of_the_site(words: Words, report: ReportFigures) -> None:
    files = [
        Download(
            "reports/x.docx", {words.language: words.say("file", "Report on {plan}, in Thai", plan="P")}, "DOCX", 1
        )
    ]
    site = Site([report], Config(2569, office=OFFICE), date(2026, 5, 1), files, False, [])
    pages = dict(site.pages(words))
    assert {"index.html", "projects.html", f"units/{UNITS[0].code}.html"} <= set(pages)
    for place, page in pages.items():
        root = html.fromstring(re.sub('<span class="w">(.*?)</span>', r"\1", page))  # words that stay on one line
        found = root.xpath("//text() | //@*")
        assert isinstance(found, list)
        said = (str(text) for text in found)
        assert thai_of_ours(said, report) == [], place


def test_another_catalogue_changes_what_a_template_s_fields_say() -> None:
    says = [*dict(described(MADE_UP)).values(), *required_fields(MADE_UP, year_end=True).values()]
    assert len(says) > 200
    assert not [text for text in says if THAI_LETTER.search(text)]
    assert all(re.search("[ກ-ໟ]", text) for text in says)


def test_a_row_of_the_site_gives_its_texts_and_nothing_but_texts() -> None:
    """A lesson has a text that is called so; a row's own code and unit go before those of its texts."""
    lesson = SiteLessonText("P", "solved", "late (example)", "rain", "hurry")
    row = ListingRow(lesson, "Division A", "A", "P001")
    assert [text_of(row, column.key) for column in LESSONS.columns] == [
        "P", "Division A", "solved", "late (example)", "rain", "hurry",
    ]  # fmt: skip
    assert text_of(row, "code") == "P001"
    with pytest.raises(AssertionError, match="names no text"):
        text_of(row, "texts")
