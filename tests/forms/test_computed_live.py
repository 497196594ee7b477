"""Checks as they stand in the form: of a KPI against projects' answers, and of a budget against the register."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from plan_tracker.checking.computed import ComputedFrom
from plan_tracker.checking.live import with_checks
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.identity import new_identity
from plan_tracker.forms.definition.workbook.names import ISSUE
from plan_tracker.forms.writing.content import Content, Part
from plan_tracker.register import Computation, Project, Register
from plan_tracker.values import Value
from tests.desk import Q1

HERE, ELSEWHERE = "P001", "P003"  # on a sheet of the form; of another unit, with an answer that counts


def apart(figure: str) -> str:
    """That the result is no rounding of ``figure`` to as many decimals as it has itself, two at the most."""
    step = "IF({k.result}=ROUND({k.result},0),0.500000001,IF({k.result}=ROUND({k.result},1),0.050000001,0.005000001))"
    return f"NOT(ABS({figure}-{{k.result}})<={step})"


def half_known(budget: str, disbursed: str) -> str:
    return f'OR(AND((N({budget})<>0),{disbursed}=""),AND((N({budget})=0),(N({disbursed})<>0)))'


def checked(
    computation: Computation, known: Mapping[str, Value], said: Mapping[str, Value], result: Value
) -> tuple[str, bool]:
    """The formula, and whether the form as issued has something to tell by it."""
    content = Content(
        new_identity(ISSUE, CURRENT.number, "YS", Q1, "2026-01-05T09:00:00"),
        {},
        [Part(HERE, "โครงการ (ตัวอย่าง)", said)],
        [Part("K01", "ตัวชี้วัด (ตัวอย่าง)", {"k.result": result})],
    )
    source = ComputedFrom(computation, (HERE, ELSEWHERE), {ELSEWHERE: known})
    (kpi,) = with_checks(content, CURRENT, Register(2569, (), (), (), ()), {}, {"K01": source}).kpis
    (check,) = (one for one in kpi.own_checks if one.code == "KPI-DIFFERS")
    assert (check.field, check.note, check.is_error) == ("k.result", "k.note", False)
    return check.formula, ("KPI-DIFFERS", "k.result") in kpi.open


def test_a_share_of_projects_has_what_counts_of_others_as_a_constant() -> None:
    stages = "{P001/f14.stage}", '"ดำเนินการแล้วเสร็จ"'
    completed = "+".join(f'({stage}="ดำเนินการแล้วเสร็จ")' for stage in stages)
    known = ",".join(f'NOT({stage}="")' for stage in stages)
    formula, is_open = checked(Computation.COMPLETED_SHARE_UNIT, {"f14.stage": c.COMPLETED}, {}, Decimal(50))
    assert formula == (
        f'IF(AND(ISNUMBER({{k.result}}),LEFT({{P001/f14.stage}},1)<>"‹",AND({known})),'
        f"{apart(f'((({completed})*100)/2)')},FALSE)"
    )
    assert not is_open  # nothing is said on the form yet
    under_way: dict[str, Value] = {"f14.stage": c.UNDER_WAY}
    found = {
        result: checked(Computation.COMPLETED_SHARE_UNIT, {"f14.stage": c.COMPLETED}, under_way, Decimal(result))[1]
        for result in (49, 50, 51)
    }
    assert found == {49: True, 50: False, 51: True}


def test_what_another_project_leaves_blank_is_blank_in_the_formula() -> None:
    """P003 has told of recurrent money alone: 50.5 of 200 baht."""
    kinds = ("f9.recurrent", "f9.investment")
    cells = [tuple(f"{{P001/{kind}.{amount}}}" for amount in ("budget", "disbursed")) for kind in kinds]
    both = [*cells, ("200", "50.5"), ('""', '""')]
    budget, disbursed = ("(" + "+".join(f"N({told[at]})" for told in both) + ")" for at in (0, 1))
    readable = ",".join(f'LEFT({name},1)<>"‹"' for told in cells for name in told)
    known = ",".join(f"NOT({half_known(*told)})" for told in both)
    said: dict[str, Value] = {"f9.recurrent.budget": Decimal(200), "f9.recurrent.disbursed": Decimal("50.5")}
    formula, _is_open = checked(Computation.DISBURSED_UNIT, said, {}, Decimal(50))
    assert formula == (
        f"IF(AND(ISNUMBER({{k.result}}),{readable},AND({known},({budget}>0))),"
        f"{apart(f'(({disbursed}*100)/{budget})')},FALSE)"
    )


def test_a_budget_is_held_against_what_the_register_says_and_not_against_itself() -> None:
    known: dict[str, Value] = {"f9.recurrent.act_budget": Decimal(4_500_000)}
    typed: dict[str, Value] = {"f9.recurrent.act_budget": Decimal("4.5"), "f9.recurrent.budget": Decimal("4.5")}
    project = Project(HERE, "โครงการ (ตัวอย่าง)", ("ops",), "YS", known=known)
    content = Content(
        new_identity(ISSUE, CURRENT.number, "YS", Q1, "2026-01-05T09:00:00"), {}, [Part(HERE, project.name, typed)], []
    )
    (part,) = with_checks(content, CURRENT, Register(2569, (), (), (project,), ()), {}, {}).projects
    found = {one.field: one.formula for one in part.own_checks if one.code == "MILLION-BAHT" and "budget" in one.field}
    assert {key: "4500000" in formula for key, formula in found.items()} == dict.fromkeys(typed, True)
    assert {("MILLION-BAHT", key) for key in typed} <= part.open
