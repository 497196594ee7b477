"""``python -m tools.mutation cover [PYTEST…]`` or ``… play [--mutants N] [--seed N] [--only TEXT] [--again]``."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from tools.mutation.covering import ROOT, measure, of_tests, read_covering
from tools.mutation.playing import SOURCE, Fate, Playing, draw, files
from tools.mutation.preparing import load_libraries, reusable

PLAYED = ROOT / "tools" / "mutation" / "played.tsv"
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
    playing.add_argument("--again", action="store_true", help="those that nothing noticed once more")
    playing.add_argument("--budget", type=float, default=90.0, help="seconds of tests for one mutant")
    playing.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    said, words = parser.parse_known_args()
    if said.command == "cover":
        measure(files(), words, said.limit)
    else:
        play_drawn(said)


def play_drawn(said: argparse.Namespace) -> None:
    """Plays the mutants that the seed draws and that have not been played, tells each fate, and the score of all."""
    covering = read_covering()
    covering = of_tests(covering, load_libraries(list(covering.seconds)))
    drawn = [mutant for mutant in draw(said.mutants, said.seed) if said.only in mutant.name]
    alike, known = equivalents(), played()
    open_still = {"", Fate.UNNOTICED, Fate.UNTESTED} if said.again else {""}
    due = [one for one in drawn if one.key not in alike and known.get(one.key, "") in open_still]
    noticed = noticing()
    with tempfile.TemporaryDirectory() as folder:
        values = reusable(covering, Path(folder) / "prepared") if due else {}
        playing = Playing(covering, values, noticed, said.budget, said.processes)
        for number, (mutant, fate, test) in enumerate(playing.play(due), 1):
            noticed[mutant.file][test] += bool(test)
            note(mutant.key, fate, mutant.name, test)
            print(f"{number:4}/{len(due)} {fate:10} {mutant.key} {mutant.name}", flush=True)  # noqa: T201
    known = played() | dict.fromkeys(alike, "equivalent")
    print(_score(Counter(known[mutant.key] for mutant in drawn)))  # noqa: T201


def played() -> dict[str, str]:
    """What became of each mutant that has been played, by its key; the newest counts."""
    return {key: fate for key, fate, *_about in _noted()}


def noticing() -> defaultdict[str, Counter[str]]:
    """How many mutants of each file each test has noticed."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _key, _fate, name, test in _noted():
        found[SOURCE + name.split(":")[0]][test] += 1
    return found


def _noted() -> list[list[str]]:
    lines = PLAYED.read_text("utf-8").splitlines() if PLAYED.exists() else []
    return [line.split("\t") for line in lines if line[:1] != "#"]


def note(key: str, fate: str, name: str, test: str) -> None:
    """Writes down what became of a mutant, so that it need not be played again."""
    with PLAYED.open("a", encoding="utf-8") as log:
        log.write("\t".join((key, fate, " ".join(name.split()), test)) + "\n")


def equivalents() -> frozenset[str]:
    """Mutants that do what the code does, by key: looked at by a person, each with its name and the reason."""
    lines = EQUIVALENT.read_text("utf-8").splitlines() if EQUIVALENT.exists() else []
    return frozenset(line.split("\t")[0] for line in lines if not line.startswith("#"))


def _score(fates: Counter[str]) -> str:
    counted = sum(fates.values()) - fates["equivalent"]
    caught = fates[Fate.CAUGHT] + fates[Fate.ENDLESS]
    return f"{caught} of {counted} caught ({100 * caught / max(counted, 1):.1f} %), {fates['equivalent']} equivalent"


main()
