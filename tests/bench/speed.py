"""Measures the program as somebody in front of the screen sees it, beside a bare Textual program in the same run.

    python tests/bench/speed.py            about three minutes
    python tests/bench/speed.py --quick    about one

Compare figures of one run only, on a machine with nothing else to do. What is timed is the stamp of the piece of
output after which the text stood on an emulated screen; the emulator works when the program has gone quiet, so its own
speed is in no figure. CPU and memory are summed over the program's processes and need /proc (Linux).
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from bench_decks import mixed_deck, picture_deck, text_deck  # noqa: E402  found by the path set above

from emulator import Emulator  # noqa: E402  found by the path set above
from terminal import TIMEOUT, Terminal, key_bytes, session  # noqa: E402  found by the path set above

BARE: list[str | Path] = [sys.executable, ROOT / "tests" / "bench" / "bare_textual.py"]
PRESENTER: list[str | Path] = [sys.executable, "-m", "presenter"]
QUIET = 0.06
"""Seconds without output after which a program is done painting."""
CALM = 0.25
"""Seconds without CPU use after which it has painted ahead too."""
MEDIUM, LARGE = (120, 36), (200, 60)
PRESSES = 50
TICKS = os.sysconf("SC_CLK_TCK")
LOADING = (
    "import sys, time, pathlib; from presenter.deck.load import load_deck; t = time.perf_counter();"
    "load_deck(pathlib.Path(sys.argv[1])); print(time.perf_counter() - t)"
)


def mark(number: int) -> str:
    """Return the text that slide `number` shows."""
    return f"MARK-{number:04d}"


class Watched(Terminal):
    """A program whose output is looked at only after it has gone quiet."""

    def __init__(self, argv: Sequence[str | Path], size: tuple[int, int], home: Path | None = None) -> None:
        super().__init__(argv, size=size, cwd=ROOT, home=home)
        self._shown = Emulator(*size)
        self._next = 0

    def __enter__(self) -> Self:
        return self

    def seen(self, text: str) -> float:
        """Return when the text stood on the screen, seconds on the monotonic clock."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline and not self._ended:
            self.read(1.0)
            while self.read(QUIET):
                pass
            stamp = self._replay(text)
            if stamp:
                return stamp
        raise SystemExit(f"speed: {text} never showed; the screen was\n" + "\n".join(self._shown.lines))

    def _replay(self, text: str) -> float:
        """Draw what came since the last time; return when the text stood there first, or 0."""
        first = 0.0
        fresh, self._next = self.chunks[self._next :], len(self.chunks)
        for stamp, data in fresh:
            self._shown.feed(data)
            if not first and not self._shown.painting and any(text in row for row in self._shown.lines):
                first = stamp
        return first

    def calm(self) -> None:
        """Read until the program uses no CPU."""
        while True:
            used = self.cpu()
            while self.read(CALM):
                pass
            if self.cpu() - used <= 1 / TICKS:
                return

    def cpu(self) -> float:
        """Return the CPU seconds used so far."""
        total = 0
        for pid in session(self.pid):
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def peak(self) -> float:
        """Return the peak of resident memory in MB, with the pages that processes share counted once.

        That is the peak of the largest process, and what the others, its guardian, have for themselves alone.
        """
        peaks, alone = {}, {}
        for pid in session(self.pid):
            with suppress(OSError):
                peaks[pid] = _kilobytes(Path(f"/proc/{pid}/status"), "VmHWM:")
                alone[pid] = _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Private_Clean:", "Private_Dirty:")
        largest = max(peaks, key=peaks.__getitem__)
        return (peaks[largest] + sum(own for pid, own in alone.items() if pid != largest)) / 1024


def _kilobytes(path: Path, *names: str) -> int:
    """Return the sum of some lines of a file of /proc."""
    text = path.read_text(encoding="utf-8")
    return sum(int(text.partition(name)[2].split()[0]) for name in names)


@dataclass(frozen=True)
class Row:
    """A line of the table; `limit` is what `value` has to keep, in the same unit, or None."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    target: str = ""
    bare: float | None = None

    def __str__(self) -> str:
        number = {"%": ".2f", "B": ".0f"}.get(self.unit, ".1f")
        bare = f"{self.bare:{number}}" if self.bare is not None else "-"
        verdict = "" if self.limit is None else "ok" if self.value <= self.limit else "OVER"
        limit = f"{self.limit:{number}}" if self.limit is not None else ""
        row = f"{self.what:<46}{bare:>9}{self.value:>11{number}} {self.unit:<3}{limit:>9}  {verdict:<5} {self.target}"
        return row.rstrip()


def start_ms(argv: Sequence[str | Path], size: tuple[int, int] = MEDIUM) -> float:
    """Return the milliseconds from starting a program to its first slide's text."""
    with Watched(argv, size) as program:
        return (program.seen(mark(1)) - program.started) * 1000


def starts(rounds: int, **commands: Sequence[str | Path]) -> dict[str, float]:
    """Start several programs in turns; return the median milliseconds of each. The first turn only warms up."""
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, argv in commands.items():
            value = start_ms(argv)
            if turn:
                samples[name].append(value)
    return {name: statistics.median(values) for name, values in samples.items()}


def steps(argv: Sequence[str | Path], size: tuple[int, int], presses: int) -> tuple[float, float, float]:
    """Press the right arrow again and again, each time when all is calm.

    Returns:
        Medians in milliseconds from the key to the next slide's text and to the last output, and the peak memory in MB.
    """
    seen, settled = [], []
    with Watched(argv, size) as program:
        program.seen(mark(1))
        program.calm()
        for number in range(2, presses + 2):
            pressed = time.monotonic()
            program.write(key_bytes("right"))
            seen.append((program.seen(mark(number)) - pressed) * 1000)
            program.calm()
            settled.append((program.chunks[-1][0] - pressed) * 1000)
        return statistics.median(seen), statistics.median(settled), program.peak()


def burst_ms(argv: Sequence[str | Path]) -> float:
    """Return the milliseconds from `PRESSES` presses in one write to the slide that they lead to."""
    with Watched(argv, MEDIUM) as program:
        program.seen(mark(1))
        program.calm()
        pressed = time.monotonic()
        program.write(key_bytes("right") * PRESSES)
        return (program.seen(mark(PRESSES + 1)) - pressed) * 1000


def overview_ms(argv: Sequence[str | Path]) -> tuple[float, float]:
    """Open the overview for the first time; return the milliseconds to its tiles, and to their last picture."""
    with Watched(argv, MEDIUM) as program:
        program.seen(mark(1))
        program.calm()
        pressed = time.monotonic()
        program.write(key_bytes("o"))
        opened = program.seen("Words 6")
        program.calm()
        return (opened - pressed) * 1000, (program.chunks[-1][0] - pressed) * 1000


def idle(argv: Sequence[str | Path], seconds: float) -> tuple[float, int]:
    """Leave a program alone; return its CPU use in percent of one processor, and the bytes it wrote."""
    with Watched(argv, MEDIUM) as program:
        program.seen(mark(1))
        program.calm()
        written, used, began = len(program.output), program.cpu(), time.monotonic()
        while (left := began + seconds - time.monotonic()) > 0:
            program.read(left)
        return (program.cpu() - used) / seconds * 100, len(program.output) - written


def load_ms(deck: Path, rounds: int) -> float:
    """Return the median milliseconds that loading a deck takes, each time in a new process."""
    command = [sys.executable, "-c", LOADING, str(deck)]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(rounds)]
    return statistics.median(float(run.stdout) for run in runs) * 1000


def measure(folder: Path, rounds: int, presses: int, seconds: float) -> list[Row]:
    """Measure everything, in the order of the table."""
    small, many, huge = (text_deck(folder, slides) for slides in (10, PRESSES + 10, 2000))
    pictures = [*PRESENTER, picture_deck(folder, presses + 2)]
    walk = [*PRESENTER, many]
    tell("start")
    start = starts(rounds, bare=BARE, ten=[*PRESENTER, small], huge=[*PRESENTER, huge], picture=pictures)
    loading = load_ms(huge, rounds)
    rows = [
        Row("start to first slide", start["ten"], "ms", 1.5 * start["bare"], "1.5 x bare", start["bare"]),
        Row("start to first slide, a picture", start["picture"], "ms", bare=start["bare"]),
        Row("start, 2,000 slides", start["huge"], "ms", 1.5 * start["ten"] + loading, "1.5 x ten slides + load time"),
        Row("  load time of the 2,000 slides", loading, "ms", 600, "600 ms"),
    ]
    peaks: dict[str, float] = {}
    for size, limit in ((MEDIUM, 10), (LARGE, 20)):
        where = f"{size[0]}x{size[1]}"
        tell(f"keys at {where}")
        bare, _, peaks[f"bare {where}"] = steps(BARE, size, presses)
        text, _, peaks[f"text {where}"] = steps(walk, size, presses)
        picture, whole, peaks[f"picture {where}"] = steps(pictures, size, presses)
        rows += [
            Row(f"key to next slide, text, {where}", text, "ms", limit, f"{limit} ms", bare),
            Row(f"key to next slide, picture, {where}", picture, "ms", limit, f"{limit} ms", bare),
            Row(f"  the whole picture written, {where}", whole, "ms"),
        ]
    tell("overview")
    opened, filled = overview_ms([*PRESENTER, mixed_deck(folder, 40)])
    rows += [
        Row("overview of 40 slides, 20 pictures", opened, "ms", 300, "300 ms"),
        Row("  with all pictures of its page", filled, "ms"),
    ]
    tell("burst and idling")
    rows.append(Row(f"{PRESSES} queued presses", burst_ms(walk), "ms", 500, "500 ms", burst_ms(BARE)))
    used, written = idle([*PRESENTER, small], seconds)
    rows += [
        Row(f"idle CPU over {seconds:g} s", used, "%", 0.5, "0.5 %", idle(BARE, seconds)[0]),
        Row("  bytes written meanwhile", written, "B"),
    ]
    floor = peaks[f"bare {MEDIUM[0]}x{MEDIUM[1]}"]
    for kind in ("text", "picture"):
        limit_mb = 1.4 * floor if kind == "text" else None
        peak = peaks[f"{kind} {MEDIUM[0]}x{MEDIUM[1]}"]
        rows.append(Row(f"peak memory, {kind} slides", peak, "MB", limit_mb, "1.4 x bare" if limit_mb else "", floor))
    return rows


def tell(words: str) -> None:
    """Say on standard error what is being measured."""
    print(f"{words} ...", file=sys.stderr, flush=True)


def main() -> int:
    """Measure and print the table; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="starts of each program (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="3 starts, 8 presses, 4 s of idling: a first impression")
    options = parser.parse_args()
    gc.disable()
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        scale = (min(3, options.rounds), 8, 4.0) if options.quick else (options.rounds, 25, 10.0)
        rows = measure(Path(folder), *scale)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{'':<46}{'bare':>9}{'presenter':>11}    {'target':>9}")
    print(*rows, sep="\n")
    return int(any(row.limit is not None and row.value > row.limit for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
