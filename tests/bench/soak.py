"""A talk of twenty minutes in three windows, with everything going wrong that can: nothing may be left behind.

    python tests/bench/soak.py                 about three minutes
    python tests/bench/soak.py --moves 1000    a first impression

An audience window and two speaker windows run on terminals of their own, their clocks faster than the wall's. Keys go
to all three; windows change their size; the deck is saved again and again, now and then broken; one speaker window is
killed and started anew. At the end all windows have to show the same slide and the same time, memory may have grown by
a tenth, and no log may hold a traceback.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import select
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from presenter.peers.discovery import alive  # noqa: E402  found by the path set above
from terminal import Terminal, key_bytes, session  # noqa: E402  as above

PRESENTER: Final = (sys.executable, "-m", "presenter")
SLIDES: Final = 60
MINUTES: Final = 20
WARM: Final = 0.1
"""The share of the moves after which the memory is measured for the first time: everything has been loaded by then."""
GROWTH: Final = 10.0
"""Percent by which memory may grow."""
SIZES: Final = ((80, 24), (120, 36), (160, 45), (200, 60), (60, 16), (100, 30), (20, 5))
SETTLED: Final = 10.0
"""Seconds for the last slide to be everywhere."""
MOVES: Final = ("right", "left", "pagedown", "pageup", "shift+right", "shift+left", "space", "home", "end")


class Window(Terminal):
    """A window whose output is thrown away until somebody wants to see it."""

    def drain(self, wanted: float = 0.0) -> None:
        """Read what there is."""
        while self.read(wanted):
            self.chunks.clear()
            self._undrawn.clear()
            wanted = 0.0

    @property
    def descriptor(self) -> int:
        """The terminal's end of ours."""
        return self._master

    def memory(self) -> float:
        """Return the resident memory of the program in MB."""
        total = 0
        for pid in session(self.pid):
            with suppress(OSError):
                status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
                total += int(status.partition("VmRSS:")[2].split()[0])
        return total / 1024


@dataclass
class Soak:
    """One run of it."""

    folder: Path
    moves: int
    resizes: int
    saves: int
    kills: int
    seconds: float
    stack: ExitStack
    windows: list[Window] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(4711))  # noqa: S311  the same talk each time

    @property
    def home(self) -> Path:
        """The home of all windows."""
        return self.folder / "home"

    @property
    def deck(self) -> Path:
        """The deck that they show."""
        return self.folder / "deck.yaml"

    def write(self, version: int, *, broken: bool = False) -> None:
        """Save the deck, as an editor does."""
        parts = [f"title: Soak {version}\nduration: {MINUTES}m\nreserve: 2m\nslides:\n"]
        for number in range(1, SLIDES + 1):
            points = ", ".join(f"point {point} of {number}" for point in range(1, 1 + number % 4))
            shown = f"points: [{points}], reveal: true" if number % 4 else f"body: words of version {version}"
            parts.append(f"  - {{id: s{number}, title: SLIDE-{number}, {shown}, notes: Say {number}.}}\n")
        text = "".join(parts) + ("  - {titel: broken}\n" if broken else "")
        draft = self.deck.with_suffix(".new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.deck)

    def open(self, *arguments: str | Path, size: tuple[int, int]) -> Window:
        """Open a window."""
        speed = MINUTES * 60 / self.seconds
        env = {"PRESENTER_CLOCK_SPEED": f"{speed:.3f}"}
        made = Window([*PRESENTER, *arguments], size=size, cwd=ROOT, home=self.home, env=env)
        return self.stack.enter_context(made)

    def pump(self, seconds: float) -> None:
        """Read what all windows write, for so long."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            names = {window.descriptor: window for window in self.windows if window.descriptor >= 0}
            ready = select.select(list(names), [], [], max(0.0, left))[0]
            for descriptor in ready:
                names[descriptor].drain()
            if left <= 0:
                return

    def begin(self) -> None:
        """Open all windows."""
        self.home.mkdir()
        self.write(0)
        audience = self.open(self.deck, size=(120, 36))
        self.windows = [audience]
        audience.wait_for("SLIDE-1")
        while not any(map(alive, (self.home / ".run" / "presenter").glob("*.sock"))):
            self.pump(0.05)
        for size in ((120, 36), (80, 24)):
            window = self.open("speaker", size=size)
            window.wait_for("SPEAKER ●")
            self.windows.append(window)
        audience.press("f5")

    def key(self) -> bytes:
        """Return what a speaker presses."""
        if self.dice.random() < 0.5:
            return f"{self.dice.randint(1, SLIDES)}\r".encode()
        return key_bytes(self.dice.choice(MOVES))

    def run(self) -> tuple[list[float], list[float]]:
        """Give the talk; return the memory of audience and second speaker window when warm, and at the end."""
        every = {name: self.moves / max(1, count) for name, count in self.counts().items()}
        due = dict(every)
        each, began, warm = self.seconds / self.moves, time.monotonic(), [0.0, 0.0]
        done = dict.fromkeys(every, 0)
        for number in range(1, self.moves + 1):
            self.dice.choice(self.windows).write(self.key())
            for name, between in every.items():
                if number >= due[name] and done[name] < self.counts()[name]:
                    due[name] += between
                    done[name] += 1
                    getattr(self, name)(done[name])
            self.pump(max(0.0, began + number * each - time.monotonic()))
            if number == int(self.moves * WARM):
                warm = self.memory()
                self.tell("warm")
            elif number % (self.moves // 10 or 1) == 0:
                self.tell(f"{number} moves")
        return warm, self.memory()

    def counts(self) -> dict[str, int]:
        """Return how often everything happens, by the method that does it."""
        return {"resize": self.resizes, "save": self.saves, "kill": self.kills}

    def tell(self, words: str) -> None:
        """Say how far it is."""
        print(f"{words}: memory {', '.join(f'{value:.1f}' for value in self.memory())} MB", file=sys.stderr, flush=True)

    def memory(self) -> list[float]:
        """Return the memory of the windows that live from beginning to end."""
        return [self.windows[0].memory(), self.windows[2].memory()]

    def resize(self, _number: int) -> None:
        """Change a window's size."""
        self.dice.choice(self.windows).resize(*self.dice.choice(SIZES))

    def save(self, number: int) -> None:
        """Save the deck, each fifth time broken."""
        self.write(number, broken=number % 5 == 0)

    def kill(self, _number: int) -> None:
        """Kill the first speaker window, and start another in its place."""
        old = self.windows[1]
        os.kill(old.program, signal.SIGKILL)
        old.close()
        self.windows[1] = self.open("speaker", size=self.dice.choice(SIZES[:3]))

    def end(self) -> list[str]:
        """Go to one slide, and return what is not as it should be."""
        self.write(9999)
        self.pump(2.0)
        for window in self.windows:
            window.resize(120, 36)
        audience = self.windows[0]
        audience.press("esc")
        self.pump(0.3)
        audience.write(b"42\r")
        until = time.monotonic() + SETTLED
        while time.monotonic() < until and not all(window.shows("SLIDE-42") for window in self.windows):
            for window in self.windows:
                window.read(0.05)
        found = [f"window {n} shows another slide" for n, each in enumerate(self.windows) if not each.shows("SLIDE-42")]
        if any("t is not" in row or "gone" in row for each in self.windows[1:] for row in each.screen[-3:]):
            found.append("a speaker window misses another")
        times = [seconds(window) for window in self.windows[1:]]
        print(f"elapsed in the speaker windows: {times}", file=sys.stderr)
        if max(times) - min(times) > 1 + MINUTES * 60 / self.seconds:  # they are drawn once a second of ours
            found.append(f"the speaker windows have other times: {times}")
        return found

    def leave(self) -> list[str]:
        """Quit everywhere; return what is not as it should be."""
        found = []
        for window in self.windows:
            window.twice()
            code = window.wait_exit()
            left = window.modes_left()
            if code or left:
                found.append(f"a window ended with {code}, leaving {left}")
        for log in self.home.rglob("*.log"):
            text = log.read_text(encoding="utf-8", errors="replace")
            if "Traceback" in text or log.name == "crash.log":
                found.append(f"{log.name}: {text[-2000:]}")
        return found


def seconds(window: Terminal) -> int:
    """Read the elapsed time of a speaker view."""
    found = next((match for row in window.screen if (match := re.search(r"(\d+):(\d\d) elapsed", row))), None)
    return int(found[1]) * 60 + int(found[2]) if found else -1


def report(names: Sequence[str], warm: Sequence[float], end: Sequence[float]) -> list[str]:
    """Print the memory; return what has grown too much."""
    found = []
    for name, before, after in zip(names, warm, end, strict=True):
        growth = (after / before - 1) * 100
        print(f"memory of the {name} window: {before:.1f} MB when warm, {after:.1f} MB at the end ({growth:+.1f} %)")
        if growth > GROWTH:
            found.append(f"the {name} window's memory grew by {growth:.1f} %")
    return found


def main() -> int:
    """Run it and print the figures; return 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--moves", type=int, default=5000)
    parser.add_argument("--resizes", type=int, default=200)
    parser.add_argument("--saves", type=int, default=50, help="of the deck, each fifth broken (default: %(default)s)")
    parser.add_argument("--kills", type=int, default=20, help="of speaker windows (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=150.0, help="that the talk takes (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="p-") as scratch, ExitStack() as stack:
        counts = (options.moves, options.resizes, options.saves, options.kills, options.seconds)
        soak = Soak(Path(scratch), *counts, stack)
        began = time.monotonic()
        soak.begin()
        warm, end = soak.run()
        trouble = soak.end()
        trouble += soak.leave()
        took = time.monotonic() - began
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{MINUTES} minutes of talk in {took:.0f} s: {options.moves} moves, {options.resizes} resizes, ", end="")
    print(f"{options.saves} saves ({options.saves // 5} broken), {options.kills} kills")
    trouble += report(("audience", "speaker"), warm, end)
    print(
        *(trouble or ["the same slide and time in all windows, nothing in the logs, every terminal given back"]),
        sep="\n",
    )
    return int(bool(trouble))


if __name__ == "__main__":
    raise SystemExit(main())
