"""How long `presenter check` takes on the bundled talk, as a process from start to end, at three sizes.

    .venv/bin/python tests/bench/checking.py [TIMES]

The aim is three seconds; ends with status 1 when the median is above it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = ("80x24", "120x36", "200x60")
AIM = 3.0


def main() -> int:
    """Check the talk several times, and print the figures."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    command = [sys.executable, "-m", "presenter", "check", str(ROOT / "decks" / "inside-pictures"), "--size", *SIZES]
    spent, peak = [], 0.0
    for _ in range(times):
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        spent.append(time.perf_counter() - begun)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            print("the talk has problems; see presenter check")
            return 1
        peak = max(peak, usage.ru_maxrss / 1024)
    median = statistics.median(spent)
    print(f"presenter check decks/inside-pictures --size {' '.join(SIZES)}")
    print(f"seconds   median {median:.2f} of {times}, least {min(spent):.2f}, most {max(spent):.2f} (aim {AIM:g})")
    print(f"memory    {peak:.0f} MB at most")
    return int(median > AIM)


if __name__ == "__main__":
    sys.exit(main())
