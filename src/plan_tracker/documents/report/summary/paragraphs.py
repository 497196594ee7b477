"""Which paragraphs the executive summary has, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents.report.summary import forecast, problems, progress, proposals, returns, year
from plan_tracker.i18n import THAI, Message, Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the words that it opens with, in bold."""

    head: str
    text: str


def build_summary(report: ReportFigures, words: Words = THAI) -> list[Paragraph]:
    """The paragraphs that ``report``'s figures give cause for: results first, then what they lack and call for."""
    now = report.now
    parts = (
        (Message("summary heading", "Stages and progress"), progress.progress(now.summary, words)),
        (Message("summary heading", "Budget"), progress.money(now.summary, words)),
        (Message("summary heading", "Disbursement against targets"), progress.targets(report.targets, words)),
        (Message("summary heading", "KPIs"), progress.kpis(report, words)),
        (Message("summary heading", "Changes since last quarter"), year.changes(report, words)),
        (Message("summary heading", "Achievements and trends of the year"), year.year(report, words)),
        (Message("summary heading", "Forecast at the pace so far"), forecast.forecast(report, words)),
        (Message("summary heading", "Projects to be followed closely"), problems.attention(report, words)),
        (Message("summary heading", "Problems and obstacles"), problems.problems(report, words)),
        (Message("summary heading", "Returns"), returns.returns(report, words)),
        (Message("summary heading", "Missing returns"), returns.missing(report, words)),
        (Message("summary heading", "Proposals"), proposals.proposals(report, words)),
    )
    return [Paragraph(words.of(head), text) for head, text in parts if text]
