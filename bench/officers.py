"""Several officers at work in one workspace: what each waits for, and how often somebody finds it busy.

``python -m bench.officers`` has one, two and five of them look at ``status``, then take a return in with ``ingest``,
over and over, each command a process of its own. Who finds the workspace busy tries again after a second, and is
counted. Prints a row for each number of officers.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import data

AT_WORK = (1, 2, 5)
_PAUSE = 1.0  # seconds before somebody tries again
_BUSY = "at work in this workspace"


@dataclass(slots=True)
class Seen:
    """What the officers saw: seconds of each command, and how often the workspace was busy."""

    status: list[float] = field(default_factory=list)
    ingest: list[float] = field(default_factory=list)
    busy: int = 0
    failed: list[str] = field(default_factory=list)


def ordered(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PLANTRACK_LANG": "en", "PLANTRACK_SOFFICE": "none"}
    command = [sys.executable, "-m", "plan_tracker", *words, "--json"]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def work(root: Path, returns: Sequence[Path], seen: Seen) -> None:
    """One officer: looks, and takes in the next of ``returns``, till all are taken."""
    for path in returns:
        begun = time.perf_counter()
        looked = ordered(root, "status", "q1")
        seen.status.append(time.perf_counter() - begun)
        path.rename(root / "inbox" / path.name)
        begun = time.perf_counter()
        while (done := ordered(root, "ingest")).returncode > 1 and _BUSY in done.stdout + done.stderr:
            seen.busy += 1
            time.sleep(_PAUSE)
        seen.ingest.append(time.perf_counter() - begun)
        seen.failed += [one.stderr or one.stdout for one in (looked, done) if one.returncode > 1]


def measure(officers: int, each: int) -> Seen:
    """``officers`` at once, each of whom takes in ``each`` returns; every return must be kept once in the end."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        root.mkdir()
        data.make_workspace(root, officers * each)
        ordered(root, "issue-forms", "q1")
        data.fill_inbox(root)
        outside = Path(folder) / "desk"
        outside.mkdir()
        returns = [path.rename(outside / path.name) for path in sorted((root / "inbox").glob("*.xlsx"))]
        seen = Seen()
        threads = [threading.Thread(target=work, args=(root, returns[one::officers], seen)) for one in range(officers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        kept = data.count_returns(root)
    if seen.failed or kept != officers * each:
        raise SystemExit(f"{kept} of {officers * each} returns are kept.\n" + "\n".join(seen.failed))
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.officers", description=__doc__)
    parser.add_argument("--returns", type=int, default=6, help="returns that each officer takes in")
    each: int = parser.parse_args().returns
    print(f"{'officers':>8} {'status, s':>18} {'ingest, s':>18} {'found busy':>12}   (median, longest)")
    for officers in AT_WORK:
        seen = measure(officers, each)
        times = (f"{statistics.median(some):8.2f} {max(some):8.2f}" for some in (seen.status, seen.ingest))
        print(f"{officers:>8} {next(times):>18} {next(times):>18} {seen.busy:>12}", flush=True)


if __name__ == "__main__":
    main()
