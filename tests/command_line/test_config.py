"""``config.toml``: what is wrong in it is told by name, and everything but the fiscal year has a default."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.config import Config, Due, Kpis, Office, Report, ReportSettings, Targets, read_config
from plan_tracker.config.mistakes import setting_lines
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import LANGUAGES, use_language

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan_tracker.i18n._current", "en")


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_everything_but_the_fiscal_year_has_a_default(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, "fiscal_year = 2569\n"))
    assert config == Config(2569)
    assert config.language in LANGUAGES


def test_settings_are_read(tmp_path: Path) -> None:
    text = """
    fiscal_year = 2570
    language = "en"
    [office]
    name = "สำนักงาน (ตัวอย่าง)"
    [due]
    days_after_quarter = 30
    [report]
    thai_digits = false
    """
    config = read_config(write(tmp_path, text))
    assert (config.fiscal_year, config.language) == (2570, "en")
    assert (config.office.name, config.office.ministry) == ("สำนักงาน (ตัวอย่าง)", Config(2569).office.ministry)
    assert (config.due.days_after_quarter, config.due.days_for_correction) == (30, 7)
    assert config.report.thai_digits is False


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbffiscal_year = 2569\r\n",  # as Windows' Notepad saves it
        b"# \xe0\xb8\x81\r\n\r\nfiscal_year = 2569",
        b"fiscal_year = 2_569\n",
    ],
)
def test_files_of_any_editor_are_read(tmp_path: Path, content: bytes) -> None:
    assert read_config(write(tmp_path, content)).fiscal_year == 2569


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "config.toml: fiscal_year: it is missing"),
        ('language = "th"', "config.toml: fiscal_year: it is missing"),
        ("fiscal_year = 2026", "line 1: fiscal_year: it should be a fiscal year of the Buddhist Era"),
        ("fiscal_year = 3000", "Buddhist Era"),
        ("fiscal_year = -2569", "Buddhist Era"),
        ('fiscal_year = "2569"', 'without quotes; it is "2569"'),
        ("fiscal_year = 2569.0", "it is 2569.0"),
        ("fiscal_year = true", "it is true"),
        ('fiscal_year = 2569\nlanguage = "de"', 'line 2: language: it should be one of: "th", "en"; it is "de"'),
        ("fiscal_year = 2569\nlanguage = 1", 'it should be one of: "th", "en"; it is 1'),
        (
            "fiscal_year = 2569\nfiscal_yaer = 1",
            "line 2: fiscal_yaer: there is no such setting. Did you mean fiscal_year?",
        ),
        (
            'fiscal_year = 2569\n[office]\nnmae = "x"',
            "line 3: office.nmae: there is no such setting. Did you mean name?",
        ),
        ("fiscal_year = 2569\n[offices]", "line 2: offices: there is no such setting. Did you mean office?"),
        (
            "fiscal_year = 2569\n[due]\ndays_aftr_quarter = 9",
            "line 3: due.days_aftr_quarter: there is no such setting. Did you mean days_after_quarter?",
        ),
        (
            "fiscal_year = 2569\n[due]\nthai_digits = true",
            "line 3: due.thai_digits: there is no such setting. thai_digits stands under [report].",
        ),
        ("fiscal_year = 2569\n[due]\nfiscal_year = 2570", "fiscal_year stands at the top"),
        (
            "fiscal_year = 2569\n[letters.of_kinds.L1]\nurgency = 1",
            "letters.of_kinds: there is no such setting.",
        ),
        ('fiscal_year = 2569\n[due]\n"ฤดู" = 3', "These exist here: days_after_quarter, days_for_correction"),
        (
            'fiscal_year = 2569\n[due]\ndays_after_quarter = "15"',
            'a whole number from 0 to 366, without quotes; it is "15"',
        ),
        ("fiscal_year = 2569\n[due]\ndays_after_quarter = 15.5", "it is 15.5"),
        ("fiscal_year = 2569\n[due]\ndays_after_quarter = 367", "it is 367"),
        ("fiscal_year = 2569\n[due]\nissue = -400", "a whole number from -366 to 366"),
        ("fiscal_year = 2569\n[report]\nthai_digits = 1", "true or false, without quotes; it is 1"),
        ('fiscal_year = 2569\n[report]\nthai_digits = "yes"', 'it is "yes"'),
        ("fiscal_year = 2569\n[office]\nname = 2026-01-01", "line 3: office.name: it should be text in straight"),
        ("fiscal_year = 2569\ndue = 15", "line 2: due: it should be a heading on a line of its own, [due]"),
        ("fiscal_year = 2569\n[[office]]", "line 2: office: it should be a heading"),
        ('fiscal_year = 2569\n[letters]\nkpi_letter_type = ""', 'it should be one of: "memo", "external"; it is ""'),
        (
            'fiscal_year = 2569\n[letters.L4]\nurgency = "เร็ว"',
            'line 3: letters.L4.urgency: it should be one of: "", "ด่วน"',
        ),
        (
            "fiscal_year = 2569\n[targets]\nsource = 'x'\noverall = [1,\n2,\n3]",
            "line 4: targets.overall: it should be four",
        ),
        ("fiscal_year = 2569\n[targets]\nsource = 'x'\noverall = [1, 2, 3, 101]", "it is [1, 2, 3, 101]"),
        ("fiscal_year = 2569\n[targets]\noverall = [1, 2, 3, 4]", "line 2: targets.source: targets are set without"),
        (
            'fiscal_year = 2569\n[publication]\nnot_personal = "x"',
            "line 3: publication.not_personal: it should be a list",
        ),
        (
            "fiscal_year = 2569\n[publication]\nnot_personal = [\n1]",
            "line 3: publication.not_personal: it should be a list",
        ),
        ("fiscal_year = ", "config.toml, line 1, is not valid TOML"),
        ("fiscal_year = ๒๕๖๙", "config.toml, line 1, is not valid TOML"),
        ("fiscal_year = 2569\nfiscal_year = 2570", "config.toml, line 2, is not valid TOML"),
        ("fiscal_year = 2569\nlanguage = “th”", "config.toml, line 2, is not valid TOML"),
        ("fiscal_year = 2569\n[office\n", "config.toml, line 2, is not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        read_config(write(tmp_path, text))
    assert said in wrong.value.what


@pytest.mark.parametrize("content", ["fiscal_year = 2569 # ปี".encode("cp874"), "fiscal_year = 2569".encode("utf-16")])
def test_a_file_in_another_encoding_is_refused_with_advice(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ConfigError) as wrong:
        read_config(write(tmp_path, content))
    assert "config.toml, line 1: the file is not saved as UTF-8" in wrong.value.what
    assert "UTF-8" in wrong.value.advice


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = """fiscal_year = 2569  # ปี
# [due] is only a comment
[office]
address = \"\"\"
[due]
issue = 1
\"\"\"
emial = "a@example.go.th"
due.x = 3
[targets]
source = "มติ (ตัวอย่าง)"
overall = [
  1, 2,
  3, "สี่",
]
[letters.L5]
copies = 3
"""
    with pytest.raises(ConfigError) as wrong:
        read_config(write(tmp_path, text))
    head, *said = wrong.value.what.splitlines()
    assert head == "config.toml has 4 mistakes:"
    assert [line.split(": ")[:2] for line in said] == [
        ["config.toml, line 8", "office.emial"],
        ["config.toml, line 9", "office.due"],
        ["config.toml, line 12", "targets.overall"],
        ["config.toml, line 17", "letters.L5.copies"],
    ]


NAMES = st.text("abcdefgh", min_size=1, max_size=3)
TEXTS = st.text("ก\"'\\\n\t\x85\u2028#[]=, a", max_size=12)


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, st.lists(TEXTS, max_size=3) | TEXTS | st.integers()), max_size=4))
def test_every_setting_is_found_on_its_line(tables: dict[str, dict[str, object]]) -> None:
    """Whatever stands in texts, over however many lines."""
    document = tomlkit.document()
    for name, settings in tables.items():
        document[name] = table = tomlkit.table()
        for key, value in settings.items():
            table[key] = tomlkit.string(value, multiline=True) if isinstance(value, str) else value
    text = tomlkit.dumps(document)
    lines, found = text.split("\n"), setting_lines(text)
    for name, settings in tables.items():
        assert lines[found[(name,)] - 1] == f"[{name}]"
        assert all(lines[found[name, key] - 1].startswith(f"{key} = ") for key in settings)


def test_settings_go_to_other_processes() -> None:
    """Also those that nothing has been read into: a report made again takes them from its record."""
    assert pickle.loads(pickle.dumps(Config(2569))) == Config(2569)


SETTINGS = st.builds(
    ReportSettings,
    st.builds(Office, *[TEXTS] * 8),
    st.builds(Report, TEXTS, st.booleans()),
    st.builds(
        Targets,
        TEXTS,
        *[
            st.tuples(
                *[st.none() | (st.integers(0, 100) | st.floats(0, 100)).map(lambda number: Decimal(str(number)))] * 4
            )
        ]
        * 3,
    ),
    st.builds(Kpis, st.booleans(), st.booleans()),
    st.builds(
        lambda days, off: Due(days, holidays=tuple(off)),
        st.integers(0, 366),
        st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31))),
    ),
)


@given(SETTINGS)
def test_what_a_report_was_set_to_comes_back_from_its_record(settings: ReportSettings) -> None:
    back = ReportSettings.from_record(settings.to_json())
    assert back == settings
    assert [str(number) for number in back.targets.overall] == [str(number) for number in settings.targets.overall]


@given(SETTINGS, st.sampled_from(["office", "report", "targets", "kpis", "due"]), st.data())
def test_a_record_of_another_plantrack_is_read_as_far_as_it_is_known(
    settings: ReportSettings, table: str, data: st.DataObject
) -> None:
    coded = json.loads(settings.to_json())
    lost = data.draw(st.sampled_from(sorted(coded[table])))
    wrong = data.draw(st.sampled_from(["absent", {"new": "form"}, 2.5]))
    kept = dict(coded[table])
    coded |= {"ฤดูกาล": {"x": 1}, table: kept | {"renamed": kept[lost]} | {lost: wrong}}
    if wrong == "absent":
        del coded[table][lost]
    back = ReportSettings.from_record(json.dumps(coded))
    default = getattr(ReportSettings.of(Config(2569)), table)
    assert getattr(back, table) == getattr(settings, table)._replace(**{lost: getattr(default, lost)})


def test_a_record_of_before_holds_the_text_of_the_settings() -> None:
    text = """
    fiscal_year = 2569
    season = "hot"
    [due]
    forgotten = 3
    [report]
    thai_digits = false
    plan_titel = "x"
    [targets]
    overall = [30, 52.5, "", 93]
    """
    settings = ReportSettings.from_record(text)
    assert settings.report == Report(thai_digits=False)
    assert settings.targets.overall == (Decimal(30), Decimal("52.5"), None, Decimal(93))
    assert settings.office == Office()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(ConfigError) as wrong:
            read_config(path)
        assert path.name in wrong.value.what


def test_what_is_wrong_is_told_in_thai_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANTRACK_LANG", raising=False)
    use_language("th")
    with pytest.raises(ConfigError) as wrong:
        read_config(write(tmp_path, "fiscal_year = 2569\nfiscal_yaer = 1"))
    assert "fiscal_yaer" in wrong.value.what
    assert "does not exist" not in wrong.value.what


@pytest.mark.parametrize(
    "path", [ROOT / "config.toml", ROOT / "src/plan_tracker/sample/config.toml"], ids=lambda p: p.parent.name
)
def test_the_configurations_that_come_with_plantrack_are_valid(path: Path) -> None:
    config = read_config(path)
    assert 2400 <= config.fiscal_year <= 2999
    assert set(config._fields) >= {"office", "due", "limits", "letters", "report"}
