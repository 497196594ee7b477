"""``python -m tools.mutation cover [PYTEST…]`` or ``… play [--mutants N] [--seed N] [--only TEXT]``."""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter

from tools.mutation.covering import ROOT, measure, read_covering
from tools.mutation.playing import Fate, draw, load_libraries, play

PLAYED = ROOT / ".mutation" / "played.jsonl"
EQUIVALENT = ROOT / "tools" / "mutation" / "equivalent.txt"


def main() -> None:
    """Covers, or plays."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation")
    commands = parser.add_subparsers(dest="command", required=True)
    covering = commands.add_parser("cover")
    covering.add_argument("--limit", type=float, default=float("inf"), help="seconds of processor time")
    playing = commands.add_parser("play")
    playing.add_argument("--mutants", type=int, default=600)
    playing.add_argument("--seed", type=int, default=22)
    playing.add_argument("--only", default="", help="those alone whose name has this")
    playing.add_argument("--from", type=int, default=0, dest="start", help="go on after so many")
    playing.add_argument("--budget", type=float, default=90.0, help="seconds of tests for one mutant")
    said, words = parser.parse_known_args()
    if said.command == "cover":
        measure(words, said.limit)
    else:
        play_drawn(said.mutants, said.seed, said.only, said.start, said.budget)


def play_drawn(number: int, seed: int, only: str, start: int, budget: float) -> None:
    """Plays the mutants that the seed draws, tells each fate, and the score."""
    random.seed(seed)
    covering = read_covering()
    load_libraries(list(covering.seconds))
    alike = equivalents()
    fates: Counter[str] = Counter()
    for mutant in draw(number, seed)[start:]:
        if only not in mutant.name:
            continue
        fate, test = (None, "") if mutant.name in alike else play(mutant, covering, budget)
        fates[fate or "equivalent"] += 1
        with PLAYED.open("a", encoding="utf-8") as played:
            played.write(json.dumps([mutant.name, fate or "equivalent", test], ensure_ascii=False) + "\n")
        print(f"{sum(fates.values()):4} {fate or 'equivalent':10} {mutant.name}", flush=True)  # noqa: T201
    print(_score(fates))  # noqa: T201


def equivalents() -> frozenset[str]:
    """Mutants that do what the code does: looked at by a person, each with its reason after a tab."""
    lines = EQUIVALENT.read_text("utf-8").splitlines() if EQUIVALENT.exists() else []
    return frozenset(line.split("\t")[0] for line in lines if not line.startswith("#"))


def _score(fates: Counter[str]) -> str:
    counted = sum(fates.values()) - fates["equivalent"]
    caught = fates[Fate.CAUGHT] + fates[Fate.ENDLESS]
    return f"{caught} of {counted} caught ({100 * caught / max(counted, 1):.1f} %), {fates['equivalent']} equivalent"


main()
