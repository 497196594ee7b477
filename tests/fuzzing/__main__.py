"""``python -m tests.fuzzing TARGET [--inputs N] [--seconds N]``: fuzzes by what the inputs come to run (atheris).

What fails is written to ``tests/fuzzing/found/TARGET`` and stays there: the tests play it from then on.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

import atheris

FOUND = Path(__file__).parent / "found"
_LONGEST = {"package": 2_000_000, "mail": 20_000, "cell": 400}  # bytes
_PATIENCE, _MEMORY = 20, 2000  # seconds and MB for one input


def main() -> None:
    """Fuzzes one target; libFuzzer ends the process: with 0 where nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing")
    parser.add_argument("target", choices=_LONGEST)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=22)
    said = parser.parse_args()
    with atheris.instrument_imports(include=["plan_tracker"]):
        from tests.fuzzing.seeds import WRITTEN, seeds
        from tests.fuzzing.targets import TARGETS, repacked, rewritten
    found, begun = FOUND / said.target, Path(tempfile.mkdtemp())
    found.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(seeds(said.target)):
        (begun / str(number)).write_bytes(content)

    def repack(content: bytes, longest: int, seed: int) -> bytes:
        chosen = random.Random(seed).randrange(1000)
        return repacked(content, lambda part: atheris.Mutate(part, len(part) + 60), chosen)[:longest]

    def rewrite(content: bytes, longest: int, seed: int) -> bytes:
        dice = random.Random(seed)
        if dice.random() < 0.3:
            return bytes(atheris.Mutate(content, longest))
        return rewritten(content.decode("utf-8", "replace"), " ".join(WRITTEN), dice).encode()[:longest]

    words = [
        f"-runs={said.inputs}",
        f"-max_total_time={said.seconds}",
        f"-max_len={_LONGEST[said.target]}",
        f"-timeout={_PATIENCE}",
        f"-rss_limit_mb={_MEMORY}",
        f"-seed={said.seed}",
        f"-artifact_prefix={found}/",
        str(begun),
        str(found),
    ]
    own = {"package": {"custom_mutator": repack}, "cell": {"custom_mutator": rewrite}}
    atheris.Setup([sys.argv[0], *words], TARGETS[said.target], **own.get(said.target, {}))
    atheris.Fuzz()


main()
