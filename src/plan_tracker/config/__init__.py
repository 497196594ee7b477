"""``config.toml``: what an office sets once, its reading, and what of it a report puts on record."""

from plan_tracker.config.kinds import Quarterly
from plan_tracker.config.reading import parse_config, read_config
from plan_tracker.config.recorded import NO_IMPRINT, Imprint, ReportSettings
from plan_tracker.config.samples import SAMPLE, check_contacts, is_sample_address, sample_contacts
from plan_tracker.config.tables import (
    LETTER_TYPES,
    STARTTLS,
    TLS,
    URGENCIES,
    Config,
    Due,
    ExportLayout,
    Exports,
    Kpis,
    LetterKind,
    Letters,
    LimitSettings,
    MailSettings,
    Office,
    Publication,
    Report,
    Targets,
)

__all__ = [
    "LETTER_TYPES",
    "NO_IMPRINT",
    "SAMPLE",
    "STARTTLS",
    "TLS",
    "URGENCIES",
    "Config",
    "Due",
    "ExportLayout",
    "Exports",
    "Imprint",
    "Kpis",
    "LetterKind",
    "Letters",
    "LimitSettings",
    "MailSettings",
    "Office",
    "Publication",
    "Quarterly",
    "Report",
    "ReportSettings",
    "Targets",
    "check_contacts",
    "is_sample_address",
    "parse_config",
    "read_config",
    "sample_contacts",
]
