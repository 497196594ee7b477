"""What people call units, projects, KPIs and plans: by code in any case, by short name, by full name.

Gives the code; what is not found is a ``UsageError`` that offers the likely ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from plan_tracker.errors import UsageError
from plan_tracker.fiscal import arabic_digits
from plan_tracker.i18n import _
from plan_tracker.register import Register

_OFFERED = 3  # at most
Names = Mapping[str, tuple[str, ...]]  # what each code is called, the code itself first


def find_unit(register: Register, text: str) -> str:
    """The code of the unit that ``text`` names."""
    names = dict(_units(register))
    found = _find(names, text)
    if found is None:
        what = _("There is no unit {unit} in the register.").format(unit=text)
        raise UsageError(what, _likely(names, text) or _("See the units' codes with: plantrack register show"))
    return found


def find_project(register: Register, text: str) -> str:
    """The code of the project or KPI that ``text`` names."""
    return _found(dict(_projects(register)), text)


def find_any(register: Register, text: str) -> str:
    """The code of the project, KPI, unit or plan that ``text`` names."""
    plans = ((plan.code, (plan.code, plan.name)) for plan in register.plans)
    return _found(dict([*_projects(register), *_units(register), *plans]), text)


def _units(register: Register) -> Iterator[tuple[str, tuple[str, ...]]]:
    for unit in register.units:
        yield unit.code, (unit.code, unit.short, unit.name)


def _projects(register: Register) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((project.code, (project.code, project.name)) for project in register.projects)
    yield from ((kpi.code, (kpi.code, kpi.name)) for kpi in register.kpis)


def _found(names: Names, text: str) -> str:
    found = _find(names, text)
    if found is None:
        what = _("Nothing in the register is called {text}.").format(text=text)
        raise UsageError(what, _likely(names, text) or _("See the codes in the register workbook."))
    return found


def _find(names: Names, text: str) -> str | None:
    """The only code that ``text`` names; codes come before names."""
    if text in names:
        return text
    wanted = _folded(text)
    by_code = [code for code in names if _folded(code) == wanted]
    called = by_code or [code for code, said in names.items() if wanted in map(_folded, said)]
    return called[0] if len(called) == 1 and wanted else None


def _likely(names: Names, text: str) -> str:
    """The question which of them is meant; blank where none is near."""
    wanted = _folded(text)
    if not wanted:
        return ""
    by_name = {_folded(name): code for code, said in names.items() for name in said if name}
    near = [code for name, code in by_name.items() if wanted in name]
    near += [by_name[name] for name in get_close_matches(wanted, by_name, n=_OFFERED)]
    offered = [_shown(names[code]) for code in list(dict.fromkeys(near))[:_OFFERED]]
    return _("Did you mean {commands}?").format(commands=_(" or ").join(offered)) if offered else ""


def _shown(said: Iterable[str]) -> str:
    code, *names = filter(None, said)
    return f"{code} ({names[0]})" if names else code


def _folded(text: str) -> str:
    """Without what people leave out or write another way: case, dots, spaces, Thai digits."""
    return "".join(arabic_digits(text).casefold().replace(".", "").split())
