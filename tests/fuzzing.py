"""Random input for the program on a real terminal, and a program that nothing but its own keys can end."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from terminal import TIMEOUT, Terminal

KEYS: Final = {"quit": "F24", "interrupt": "F23", "suspend": "F22", "edit": "F21"}
"""Keys that random bytes do not make, for the commands that would rightly end, stop or leave the talk."""
_PIECES: Final = (
    b"\x1b", b"\x1b[", b"\x1b[<", b"\x1b[?", b"\x1bO", b"\x1bP", b"\x1b]", b"\x1b_G", b"\x1b\\", b"\x07",
    b"\x1b[200~", b"\x1b[201~", b"\x1b[M", b"\x1b[I", b"\x1b[O", b"\x1b[5~", b"\x1b[6~", b"\x1b[A", b"\x1b[1;2C",
    b"\x1b[48;", b"\x1b[6;", b";", b":", b"1", b"9999999999", b"u", b"~", b"t", b"R", b"c", b"$y", b"M", b"m",
    b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x91", b"\xed\xa0\x80", "é世👪".encode(), b"\x00", b"\x7f", b"\x80",
    b"\x9b", b"/", b":", b"o", b"?", b"s", b"b", b"f", b"R", b"\r", b"\n", b" ", b"T", b"t", b"u",
)  # fmt: skip


def chunks(seed: int, count: int) -> Iterator[bytes]:
    """Go through pieces of input: random bytes, random pieces of escape sequences, whole keys; the same for a seed."""
    dice = random.Random(seed)  # noqa: S311 - it has to be the same each time
    for _ in range(count):
        kind = dice.random()
        if kind < 0.3:
            yield dice.randbytes(dice.randrange(1, 25))
        elif kind < 0.9:
            yield b"".join(dice.choices(_PIECES, k=dice.randrange(1, 7)))
        else:
            number = dice.choice((dice.randrange(300), dice.randrange(70_000), dice.randrange(1 << 40)))
            yield b"\x1b[%d%c" % (number, dice.choice(b"u~ABHtRcm"))


class Surviving(Terminal):
    """A talk that is fed with anything."""

    def answers(self) -> None:
        """See to it that the talk still does what keys say: it goes to its last slide and its first."""
        for key, words in ((b"G", "place 120 of many"), (b"g", "place 1 of many")):
            deadline = time.monotonic() + 6 * TIMEOUT  # it has much to take in before
            while True:
                # Out of everything that may be open, also a paste and a sequence that did not end.
                self.write(b"\x1b\\\x1b[201~")
                for _ in range(4):
                    self.write(b"\x1b")
                    self._quiet(0.15)
                self.write(key)
                self._quiet(0.2)
                if self.shows(words):
                    break
                if time.monotonic() > deadline:
                    self.wait_for(words, timeout=0)

    def _quiet(self, seconds: float) -> None:
        """Take in what is written until nothing comes for a moment."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)


def survive(deck: Path, folder: Path) -> Surviving:
    """Present a deck of 120 slides, `place 1 of many` and so on, with keys that only we know for ending it."""
    config = folder / "config.yaml"
    words = ", ".join(f"{name}: [{key}]" for name, key in KEYS.items())
    config.write_text(f"keys: {{{words}}}\n", encoding="utf-8")
    terminal = Surviving([sys.executable, "-m", "presenter", deck, "--config", config])
    terminal.wait_for("place 1 of many")
    terminal.wait_until(lambda: b"\x1b[?2004h" in terminal.output, "the window")
    return terminal
