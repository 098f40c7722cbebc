"""Types random input into the program on a real terminal; it has to go on and to answer the next key.

    python tests/bench/fuzz.py                         100,000 chunks, some minutes
    python tests/bench/fuzz.py --chunks 5000 --seed 3

What is typed is the same for the same seed. Keys that rightly end, stop or leave a talk are bound to keys that random
bytes do not make. Memory needs /proc (Linux).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from fuzzing import chunks, survive  # noqa: E402  found by the path set above

LOOK = 5000
"""Chunks between two looks at whether it still answers."""


def memory(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> int:
    """Fuzz, and print the figures; return 1 when the program ended."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        deck = folder / "deck.yaml"
        rows = "".join(f"  - {{id: s{n}, body: place {n} of many}}\n" for n in range(1, 121))
        deck.write_text(f"title: Long\nslides:\n{rows}", encoding="utf-8")
        began, sent = time.monotonic(), 0
        with survive(deck, folder) as terminal:
            first = memory(terminal.program)
            for number, data in enumerate(chunks(options.seed, options.chunks), 1):
                terminal.write(data)
                sent += len(data)
                if number % LOOK == 0 or number == options.chunks:
                    terminal.answers()
                    terminal.forget()
                    grown = f"{first:.1f} MB at first, {memory(terminal.program):.1f} MB now"
                    print(f"{number} chunks, {sent / 1000:.0f} kB: it answers; {grown}", flush=True)
            alive, took = terminal.alive, time.monotonic() - began
            logs = list(folder.rglob("crash.log"))
    print(f"seed {options.seed}: {options.chunks} chunks in {took:.0f} s; alive: {alive}; crash logs: {len(logs)}")
    return 0 if alive and not logs else 1


if __name__ == "__main__":
    raise SystemExit(main())
