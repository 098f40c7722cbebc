"""Kills a talk with -9 at random moments and takes it up again: it has to go on where it was, every time.

python tests/bench/kills.py                    60 times, about a minute and a half
python tests/bench/kills.py --times 300 --seed 3
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from killing import kill_and_resume  # noqa: E402  found by the path set above


def main() -> int:
    """Kill, and print how often the talk went on rightly."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        right = kill_and_resume(Path(folder), options.times, options.seed)
    print(f"seed {options.seed}: {right} of {options.times} went on rightly, in {time.monotonic() - began:.0f} s")
    return int(right != options.times)


if __name__ == "__main__":
    raise SystemExit(main())
