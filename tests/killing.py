"""A talk that is killed at random moments, again and again, and goes on where it was."""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

from terminal import Terminal

SLIDES = 30
TALK = "title: Killed\nslides:\n" + "".join(
    f"  - {{id: s{n}, points: [place {n} a, place {n} b], reveal: true}}\n" for n in range(1, SLIDES + 1)
)


def kill_and_resume(folder: Path, times: int, seed: int) -> int:
    """Kill the program with -9 at random moments, and go on with `--resume` each time.

    Moves are made one by one, and each is waited for, so the place is known to a step; the kill comes a random number
    of presses later that nobody waited for. What is shown after it must be none of the steps before the last one seen.

    Returns:
        How often it went on where it should.
    """
    dice = random.Random(seed)  # noqa: S311 - the same each time
    deck, home = folder / "deck.yaml", folder / "home"
    deck.write_text(TALK, encoding="utf-8")
    home.mkdir()
    place, right, options = 0, 0, ["--fresh"]
    for _ in range(times + 1):
        with Terminal([sys.executable, "-m", "presenter", deck, *options], home=home) as terminal:
            terminal.wait_until(lambda: b"\x1b[?2004h" in terminal.output, "the window")
            terminal.wait_until(lambda: bool(shown(terminal)), "a slide")
            found = shown(terminal)
            assert min(place, SLIDES * 2 - 1) <= found <= place + 3, f"at {found} instead of {place}"
            right += bool(options == ["--resume"])
            place, options = found, ["--resume"]
            if place > SLIDES:
                place = reach(terminal, "g", 1)
            for _ in range(dice.randrange(1, 4)):
                place = reach(terminal, "right" if place % 2 else "pagedown", place + 1)
            for key in ("right", "l", "j")[: dice.randrange(0, 4)]:
                terminal.press(key)
            terminal.read(dice.random() / 50)
            os.kill(terminal.program, signal.SIGKILL)
            assert terminal.wait_exit() == 128 + signal.SIGKILL
            assert terminal.modes_left() == []
    return right


def reach(terminal: Terminal, key: str, place: int) -> int:
    """Press a key and wait for the step that it leads to."""
    terminal.press(key)
    terminal.wait_until(lambda: shown(terminal) == place, f"step {place}")
    return place


def shown(terminal: Terminal) -> int:
    """Return which step of the talk is on the screen, counted from 1; 0 when none is."""
    words = "\n".join(terminal.screen)
    if "place" not in words:
        return 0
    slide = int(words.split("place ")[1].split()[0])
    return slide * 2 - 1 + (f"place {slide} b" in words)
