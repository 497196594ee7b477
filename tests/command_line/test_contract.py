"""What scripts read of ``--json`` is called as it was: the words of states, kinds and figures are a contract."""

from __future__ import annotations

from enum import StrEnum

import pytest

from plan_tracker.analysis.basis.approved_plan import Approver
from plan_tracker.analysis.basis.returns import ACCEPTED, INCOMPLETE, UNANSWERED, AnswerState, State
from plan_tracker.analysis.figures.plans import plan_figures
from plan_tracker.analysis.figures.problems import ProblemStatus
from plan_tracker.analysis.figures.totals import Derivation, totals_of
from plan_tracker.checking.findings import FindingStatus, Severity
from plan_tracker.intake.outcome import DUPLICATE, IGNORED, REJECTED
from plan_tracker.merging.progress.milestones import MilestoneStatus
from plan_tracker.merging.reports.report_templates import TemplateUse
from plan_tracker.merging.reports.submissions import SubmissionChangeKind
from plan_tracker.review import Act, Reader, Stage
from tests.analysis.test_figures import dataset


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Act, "submit comment resolve approve permit refuse reopen"),
        (AnswerState, "clean waived waiting missing declined"),
        (Approver, "register officer"),
        (Derivation, "sum count mean"),
        (FindingStatus, "open confirmed waived"),
        (MilestoneStatus, "done late under-way waiting not-asked"),
        (ProblemStatus, "new continuing recurring solved unknown dropped"),
        (Reader, "monitoring strategy executives"),
        (Severity, "rejected error warning notice"),
        (
            Stage,
            "new with-monitoring monitoring-approved with-strategy strategy-approved with-executives permitted refused",
        ),
        (State, "none issued incomplete accepted waived"),
        (SubmissionChangeKind, "edited gone data copy empty"),
        (TemplateUse, "today kept lost"),
    ],
)
def test_a_state_is_called_as_it_was(kind: type[StrEnum], words: str) -> None:
    assert [str(one).replace(" ", "-") for one in kind] == words.split()


def test_outcomes_of_a_file_are_called_as_they_were() -> None:
    said = (ACCEPTED, INCOMPLETE, REJECTED, DUPLICATE, IGNORED, UNANSWERED)
    assert said == ("accepted", "incomplete", "rejected", "duplicate", "ignored", "PART")


def test_figures_that_can_be_traced_are_called_as_they_were_and_come_in_their_order() -> None:
    money = [
        f"{name}{kind}" for name in ("budget", "committed", "disbursed") for kind in ("", "-recurrent", "-investment")
    ]
    of_annual = [
        f"{name}-annual{kind}"
        for name in ("budget", "committed", "disbursed")
        for kind in ("", "-recurrent", "-investment")
    ]
    assert [(total.figure, str(total.how)) for total in totals_of(plan_figures(dataset(None)), 1)] == [
        *((name, "sum") for name in (*money, *of_annual)),
        *((name, "mean") for name in ("planned", "progress")),
        *((name, "count") for name in ("not-started", "under-way", "suspended", "completed", "cancelled")),
        *((name, "count") for name in ("ahead", "on-time", "late", "problems")),
        *((name, "count") for name in ("kpis-met", "kpis-not-met", "kpis-on-way", "kpis-not-due", "kpis-not-rated")),
    ]
