"""One form and its letter by themselves, in processor time, against bare libraries on the files of the same unit.

The yardstick of the form is the one that release 0.1.0 wrote for the unit, from ``tests/kept``; of the letter, its
template and what is put into it. Each is timed in turn with its yardstick; the least of several times stands for it.
"""

from __future__ import annotations

import tarfile
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from docxtpl import DocxTemplate
from openpyxl import load_workbook

from plan_tracker.documents.letters import frame, write_request
from plan_tracker.documents.word.render import render_document
from plan_tracker.forms.writing.build import FormWriter
from plan_tracker.steps.prepare import issue_forms
from tests.desk import Desk

KEPT = Path(__file__).parent.parent / "tests" / "kept" / "ed014f4.tar.xz"
UNIT = "YS"
_ROUNDS = 12


def least_times(*ways: Callable[[], object]) -> list[float]:
    """The least processor time of each, in seconds, of rounds in which each has its turn."""
    rounds = [[_seconds(way) for way in ways] for _round in range(_ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _seconds(way: Callable[[], object]) -> float:
    begun = time.process_time()
    way()
    return time.process_time() - begun


def measure_form() -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds of a form and of its yardstick; of a letter and of its yardstick."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(KEPT) as archive:
            archive.extractall(folder, filter="data")
        root = Path(folder) / "workspace"
        old = root / "outbox" / "2569-q1" / "forms" / f"2569-q1-{UNIT}.xlsx"
        form, letter, filled = _watch(root)
        template, context = filled
        bare_form, bare_letter = (lambda: load_workbook(old).save(BytesIO())), (lambda: _bare(template, context))
        ours, theirs = least_times(form, bare_form)
        own_letter, their_letter = least_times(letter, bare_letter)
    return (ours, theirs), (own_letter, their_letter)


def _bare(template: Path, context: dict[str, Any]) -> None:
    document = DocxTemplate(template)
    document.render(context)
    document.save(BytesIO())


def _watch(root: Path) -> tuple[Callable[[], object], Callable[[], object], tuple[Path, dict[str, Any]]]:
    """Issues the unit's form; gives what writes form and letter again, and what the letter was filled from."""
    seen: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}

    def watched(name: str, does: Callable[..., object]) -> Callable[..., object]:
        def watch(*words: Any, **more: Any) -> object:
            seen[name] = words, more
            return does(*words, **more)

        return watch

    make, request, render = FormWriter.workbook, write_request, render_document
    with (
        patch.object(FormWriter, "workbook", watched("form", make)),
        patch.object(issue_forms, "write_request", watched("letter", request)),
        patch.object(frame, "render_document", watched("filled", render)),
    ):
        Desk(root, date(2026, 4, 5)).run("issue-forms", "q2", "--unit", UNIT, expect=0)
    (writer, content, signed), _none = seen["form"]
    words, more = seen["letter"]
    template, context = seen["filled"][0][:2]
    again: Callable[..., object] = request
    aside = root / "again"
    aside.mkdir()
    kept = aside / template.name
    kept.write_bytes(template.read_bytes())
    return (
        partial(make, writer, content, signed),
        partial(again, *words[:-1], aside / "letter.docx", **more),
        (kept, dict(context)),
    )
