"""``config.toml``: what an office sets once, its reading, and what of it a report puts on record."""

from plan_tracker.config.kinds import Quarterly
from plan_tracker.config.reading import parse_config, read_config
from plan_tracker.config.recorded import ReportSettings
from plan_tracker.config.tables import (
    LETTER_TYPES,
    URGENCIES,
    Config,
    Due,
    Kpis,
    LetterKind,
    Letters,
    Limits,
    Office,
    Publication,
    Report,
    Targets,
)

__all__ = [
    "LETTER_TYPES",
    "URGENCIES",
    "Config",
    "Due",
    "Kpis",
    "LetterKind",
    "Letters",
    "Limits",
    "Office",
    "Publication",
    "Quarterly",
    "Report",
    "ReportSettings",
    "Targets",
    "parse_config",
    "read_config",
]
