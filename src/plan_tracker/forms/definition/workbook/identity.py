"""Which form a workbook is: the rows of its hidden sheet ``_plantrack``, signed with the workspace's key."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from plan_tracker.fiscal import Period

SIGNATURE = "signature"


class Identity(NamedTuple):
    """What an issued workbook says of itself; every value is text, as it stands in the sheet.

    ``kind`` is ``issue`` or ``correction``; ``based_on_version`` the return that a correction form answers.
    """

    form_id: str
    kind: str
    based_on_version: str
    form_version: str
    unit: str
    fiscal_year: str
    quarter: str
    issued_at: str

    @property
    def period(self) -> Period:
        return Period(int(self.fiscal_year), int(self.quarter))

    def rows(self, key: bytes) -> list[tuple[str, str]]:
        """The sheet's rows, the signature last."""
        said = self._asdict()
        return [*said.items(), (SIGNATURE, _sign(said, key))]


def read_identity(said: Mapping[str, str]) -> Identity | None:
    """The identity in the rows of ``_plantrack``; None where a row is missing or makes no sense."""
    names = Identity._fields
    if not set(names) <= set(said) or said.get("quarter") not in ("1", "2", "3", "4"):
        return None
    is_year = re.fullmatch("2[4-9][0-9]{2}", said["fiscal_year"])
    return Identity(**{name: said[name] for name in names}) if is_year else None


def is_signed(said: Mapping[str, str], keys: Iterable[bytes]) -> bool:
    """Whether the rows' signature is this workspace's: made with any of its ``keys``."""
    rows = {name: value for name, value in said.items() if name != SIGNATURE}
    signature = said.get(SIGNATURE, "").encode()
    return any(hmac.compare_digest(_sign(rows, key).encode(), signature) for key in keys)


def _sign(said: Mapping[str, str], key: bytes) -> str:
    rows = "\n".join(f"{name}={value}" for name, value in sorted(said.items()))
    return hmac.new(key, rows.encode(), hashlib.sha256).hexdigest()


def new_identity(
    kind: str, form_version: str, unit: str, period: Period, issued_at: str, based_on_version: int = 0
) -> Identity:
    """The identity of a form that is about to be issued; no two are alike."""
    numbers = str(period.fiscal_year), str(period.quarter)
    return Identity(secrets.token_hex(8), kind, str(based_on_version), form_version, unit, *numbers, issued_at)
