"""``config.toml``: what is wrong in it is told by name, and everything but the fiscal year has a default."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from plan_tracker.config import Config, read_config
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import LANGUAGES, use_language

ROOT = Path(__file__).parents[1]


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
        ("", "fiscal_year"),
        ('language = "th"', "fiscal_year"),
        ("fiscal_year = 2026", "Buddhist year"),
        ("fiscal_year = 3000", "Buddhist year"),
        ("fiscal_year = -2569", "Buddhist year"),
        ('fiscal_year = "2569"', "fiscal_year should be int, not '2569'"),
        ("fiscal_year = 2569.0", "fiscal_year should be int, not 2569.0"),
        ("fiscal_year = true", "fiscal_year should be int, not True"),
        ('fiscal_year = 2569\nlanguage = "de"', "language must be one of: th, en"),
        ("fiscal_year = 2569\nlanguage = 1", "language should be str, not 1"),
        ("fiscal_year = 2569\nfiscal_yaer = 1", "does not exist: fiscal_yaer"),
        ('fiscal_year = 2569\n[office]\nnmae = "x"', "does not exist: office.nmae"),
        ("fiscal_year = 2569\n[offices]", "does not exist: offices"),
        ('fiscal_year = 2569\n[due]\ndays_after_quarter = "15"', "due.days_after_quarter should be int, not '15'"),
        ("fiscal_year = 2569\n[due]\ndays_after_quarter = 15.5", "due.days_after_quarter should be int, not 15.5"),
        ("fiscal_year = 2569\n[report]\nthai_digits = 1", "report.thai_digits should be bool, not 1"),
        ('fiscal_year = 2569\n[report]\nthai_digits = "yes"', "report.thai_digits should be bool, not 'yes'"),
        ("fiscal_year = 2569\ndue = 15", "due should be Due, not 15"),
        ("fiscal_year = 2569\n[[office]]", "office should be Office"),
        ("fiscal_year = ", "config.toml is not valid TOML"),
        ("fiscal_year = ๒๕๖๙", "config.toml is not valid TOML"),
        ("fiscal_year = 2569\nfiscal_year = 2570", "config.toml is not valid TOML"),
        ("fiscal_year = 2569\nlanguage = “th”", "config.toml is not valid TOML"),
        ("fiscal_year = 2569\n[office\n", "config.toml is not valid TOML"),
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
    assert "config.toml" in wrong.value.what
    assert "UTF-8" in wrong.value.advice


def test_a_misspelt_setting_is_told_with_the_ones_that_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as wrong:
        read_config(write(tmp_path, 'fiscal_year = 2569\n[office]\nmail = "a@example.go.th"'))
    assert "email" in wrong.value.advice


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
    assert {item.name for item in fields(config)} >= {"office", "due", "limits", "letters", "report"}
