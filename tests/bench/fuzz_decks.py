"""Check thousands of decks that somebody got wrong: a result or problems for each, never a traceback.

    .venv/bin/python tests/bench/fuzz_decks.py [HOW_MANY] [FIRST_SEED]

Every deck has to be checked within a second of the processor's time and 200 MB, counted for the worker that has checked
others before it. Ends with status 1 when one deck breaks a rule, and names its seed.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutation import DECKS, LINKS, mutated
from presenter.check.context import CheckReport
from presenter.check.engine import check_deck

SECONDS = 1.0
MEGABYTES = 200
BATCH = 250


class Outcome(NamedTuple):
    """What came of one deck."""

    seed: int
    seconds: float
    """Of the processor: the machine may have other things to do."""
    megabytes: float
    errors: int
    warnings: int
    fault: str


def judged(report: CheckReport, data: bytes, path: Path) -> str:
    """Say what is wrong with a report itself; empty when nothing is."""
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in report.problems:
        if problem.path == path and not 1 <= problem.line <= len(lines):
            return f"line {problem.line} of {len(lines)}"
        if problem.path == path and not 1 <= problem.column <= len(lines[problem.line - 1].removeprefix("\ufeff")) + 1:
            return f"column {problem.column} of line {problem.line}"
        if not problem.words or "Traceback" in problem.words:
            return f"words {problem.words!r}"
    return "" if report.deck is not None or report.errors else "neither a deck nor an error"


def batch(seeds: tuple[int, int]) -> list[Outcome]:
    """Check decks one after the other, in a folder with the pictures and files that they name."""
    folder = Path(tempfile.mkdtemp(prefix="presenter-fuzz-")).resolve()
    outcomes = []
    try:
        for name in LINKS:
            (folder / name).symlink_to(DECKS / name)
        path = folder / "deck.yaml"
        for seed in range(*seeds):
            data = mutated(seed)
            path.write_bytes(data)
            begun, fault, errors, warnings = time.process_time(), "", 0, 0
            try:
                report = check_deck(path, allow_outside=True)
                errors, warnings = report.errors, len(report.problems) - report.errors
                fault = judged(report, data, path)
            except Exception as error:  # noqa: BLE001 - that is what is looked for
                fault = f"{type(error).__name__}: {error}"
            spent = time.process_time() - begun
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            if spent > SECONDS:
                fault = fault or f"{spent:.1f} s"
            if memory > MEGABYTES:
                fault = fault or f"{memory:.0f} MB"
            outcomes.append(Outcome(seed, spent, memory, errors, warnings, fault))
    finally:
        shutil.rmtree(folder)
    return outcomes


def main() -> int:
    """Check the decks, and print the figures."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    spans = [(seed, min(seed + BATCH, first + many)) for seed in range(first, first + many, BATCH)]
    outcomes: list[Outcome] = []
    begun = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for done in pool.imap_unordered(batch, spans):
            outcomes += done
            if sys.stderr.isatty():
                print(f"\r{len(outcomes)} of {many}", end="", file=sys.stderr, flush=True)
    times = sorted(outcome.seconds for outcome in outcomes)
    broken = sum(outcome.errors > 0 for outcome in outcomes)
    warned = sum(outcome.warnings > 0 and not outcome.errors for outcome in outcomes)
    middle, late, most = times[many // 2], times[many * 99 // 100], times[-1]
    print(f"decks                {many} (seeds {first} to {first + many - 1})")
    print(f"with errors          {broken}; {warned} more with warnings; {many - broken - warned} clean")
    print(f"seconds each         median {middle:.4f}, 99 % {late:.3f}, most {most:.3f} (limit {SECONDS:g})")
    print(f"memory of a worker   {max(outcome.megabytes for outcome in outcomes):.0f} MB at most (limit {MEGABYTES})")
    print(f"all together         {time.monotonic() - begun:.0f} s")
    faults = [outcome for outcome in outcomes if outcome.fault]
    for outcome in faults[:20]:
        print(f"FAULT seed {outcome.seed}: {outcome.fault}")
    print(f"faults               {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
