"""What is signed, and ``proof.json``, which has it with all leaves. Reads and writes nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from plan_tracker.publication.proof.keys import PublishingKey, is_signed
from plan_tracker.publication.proof.tree import Leaf, leaves_of, root_of
from plan_tracker.publication.values import Values

PROOF = "proof.json"
_HEAD = "plantrack-proof-1"


class NoProofError(ValueError):
    """A text that is no proof."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the office signs: the period, the program that made it, the data's digest, and the tree's root."""

    period: str
    program: str
    data: str
    leaves: int
    root: str

    @property
    def text(self) -> str:
        """The very text that is signed, line by line."""
        said = (
            _HEAD,
            f"period {self.period}",
            f"program {self.program}",
            f"data {self.data}",
            f"leaves {self.leaves}",
            f"root {self.root}",
        )
        return "".join(f"{line}\n" for line in said)


@dataclass(frozen=True, slots=True)
class Proof:
    """A signed statement, the key that signed it, and all leaves of the tree."""

    statement: Statement
    public_key: bytes
    signature: bytes
    leaves: Sequence[Leaf]

    @classmethod
    def of(cls, values: Values, key: PublishingKey, period: str, program: str, data: str) -> Self:
        leaves = leaves_of(values, key.salting, period)
        root = root_of([leaf.digest for leaf in leaves]).hex()
        statement = Statement(period, program, data, len(leaves), root)
        return cls(statement, key.public, key.sign(statement.text), leaves)

    @property
    def holds(self) -> bool:
        """Whether the leaves come to the root that is stated, and the statement is signed."""
        return (
            self.statement.leaves == len(self.leaves)
            and root_of([leaf.digest for leaf in self.leaves]).hex() == self.statement.root
            and is_signed(self.public_key, self.signature, self.statement.text)
        )

    def to_json(self) -> str:
        """One leaf a line, so that people can look for a figure."""
        said = {
            "statement": self.statement.text,
            "public_key": base64.b64encode(self.public_key).decode("ascii"),
            "signature": base64.b64encode(self.signature).decode("ascii"),
        }
        head = json.dumps(said, ensure_ascii=False, indent=1).removesuffix("\n}")
        rows = ",\n".join(leaf.json for leaf in self.leaves)
        return f'{head},\n "leaves": [\n{rows}\n]\n}}\n'


def read_proof(text: str) -> Proof:
    """The proof that ``to_json`` wrote; ``NoProofError`` for anything else."""
    try:
        raw: Mapping[str, Any] = json.loads(text)
        lines = dict(_lines(str(raw["statement"])))
        statement = Statement(lines["period"], lines["program"], lines["data"], int(lines["leaves"]), lines["root"])
        if statement.text != raw["statement"]:
            raise NoProofError
        public, signature = (base64.b64decode(raw[name], validate=True) for name in ("public_key", "signature"))
        leaves = [Leaf(*map(_text, leaf)) for leaf in raw["leaves"]]
    except (ValueError, KeyError, TypeError) as error:
        raise NoProofError from error
    return Proof(statement, public, signature, leaves)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    head, *lines = text.splitlines()
    if head != _HEAD:
        raise NoProofError
    for line in lines:
        name, _space, value = line.partition(" ")
        yield name, value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NoProofError
    return value
