"""What is found inside a container, and how much of it may be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_FILES = 1000
BESIDE = "FILE-BESIDE"  # the code of what came beside the workbooks and is left in its mail or archive


class UnpackError(Exception):
    """Why a container, or something in it, can't be taken out: a finding code, and what its words need."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container, under a name that any system takes; ``code`` says why it isn't taken out."""

    name: str
    content: bytes = b""
    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Budget:
    """How much may still be taken out of one container and all that is inside it."""

    size: int
    files: int = MOST_FILES

    def spend(self, size: int) -> None:
        self.size -= size
        self.files -= 1
        if self.size < 0 or self.files < 0:
            raise UnpackError("FILE-TOO-LARGE")
