"""``verify PACKAGE``: whether a published package is what was signed, and by whom. Reads the package and the key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plan_tracker.publication.proof.checking import check_package
from plan_tracker.publication.proof.keys import fingerprint, has_key, publishing_key
from plan_tracker.publication.proof.statement import Statement
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class CheckedPackage:
    """What the package states, the fingerprint of the key that signed it, whether that is this workspace's ``own``,
    and what is wrong: values that are not as signed.
    """

    statement: Statement
    fingerprint: str
    own: bool
    faults: tuple[str, ...]


def verify_package(workspace: Workspace, place: Path) -> CheckedPackage:
    """``place``: the package's folder, or its ``proof.json``."""
    proof, faults = check_package(place)
    own = has_key(workspace.data) and publishing_key(workspace.data).public == proof.public_key
    return CheckedPackage(proof.statement, fingerprint(proof.public_key), own, tuple(faults))
