"""Texts, paths and flags of the command line are taken as they are typed.

typer reads every value by pydantic, which takes longer to load than most commands take. What isn't plain is left to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer._coercion import RuntimeParam, build_runtime_param
from typer._param_types import coerce_cli_path


@dataclass(frozen=True)
class _PlainValue(RuntimeParam):
    """What an argument or option holds; a flag is set or not, and never typed."""

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        if self.parameter_info.parser is None:
            if self.annotation is Path:
                return coerce_cli_path(Path(value), self.parameter_info, path_type=Path, param=param, ctx=ctx)
            if self.annotation == list[str]:
                return list(value)
            if self.annotation in (str, bool):
                return value
        return build_runtime_param(param.type_descriptor)._coerce_value(value, param, ctx)


def take_plain_values(params: Iterable[Any]) -> None:
    """Has a command's arguments and options read without pydantic, but for those that are given and no plain value."""
    for param in params:
        described = param.type_descriptor
        param._runtime_param = _PlainValue(described.parameter_info, described.annotation)
