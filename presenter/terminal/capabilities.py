"""What is known of the terminal, and how pictures are drawn on it."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from presenter.images import Depth
from presenter.terminal.probe import TerminalAnswers, choose_image_mode

_DEPTHS: Final[Mapping[str, tuple[Depth, Depth]]] = {
    "truecolor": ("truecolor", "grey"),
    "256": ("256", "grey256"),
    "standard": ("16", "grey16"),
}
"""The colours of pictures by those that Textual and Rich find, with and without colour."""
_PLAUSIBLE: Final = (0.3, 0.8)
"""Width of a cell divided by its height, in fonts that people use."""
_USUAL: Final = (10, 20)
"""Pixels of a cell, when nobody tells."""


@dataclass(frozen=True, slots=True)
class TerminalCapabilities:
    """A terminal as pictures see it.

    Attributes:
        best: what `auto` means here: one of `images.MODES`, or "kitty".
        glyphs: the best that its characters can do.
        graphics: pixels may be sent when they are asked for.
        tmux: they go through tmux.
        files: they go by files, which the terminal can read.
        depth: its colours.
        cell: pixels across and down a cell; None when it did not tell.
        asked: what the command line wants, whatever deck and pictures say; empty for nothing.
        console: it is the console of a Linux machine, which has few characters.
    """

    best: str = "blocks"
    glyphs: str = "blocks"
    graphics: bool = False
    tmux: bool = False
    files: bool = False
    depth: Depth = "truecolor"
    cell: tuple[int, int] | None = None
    asked: str = ""
    console: bool = False

    @property
    def aspect(self) -> float:
        """Width of a cell divided by its height."""
        return self.cell[0] / self.cell[1] if self.cell else 0.5

    @property
    def pixels(self) -> tuple[int, int] | None:
        """Pixels of a cell where pictures can be shown in pixels; None elsewhere."""
        return (self.cell or _USUAL) if self.graphics else None

    def images(self, wanted: str) -> str:
        """Return how pictures are drawn that do not say it themselves, in a deck that wants this."""
        mode = self.asked or wanted
        return self.best if mode == "auto" else mode

    def resized(self) -> TerminalCapabilities:
        """Return the terminal with cells as large as they are now: somebody may have made the letters larger."""
        return replace(self, cell=cell_pixels() or self.cell)

    @property
    def word(self) -> str:
        """What the speaker should know: that what was asked for cannot be had."""
        if self.asked != "kitty" or self.graphics:
            return ""
        return f"--images kitty: this terminal shows no pixels here; pictures are drawn in {self.glyphs}"


UNKNOWN_TERMINAL: Final = TerminalCapabilities()
"""A terminal of which nothing is known."""


def detect_capabilities(
    answers: TerminalAnswers, env: Mapping[str, str], colours: str, asked: str = ""
) -> TerminalCapabilities:
    """Say what is known of a terminal.

    Args:
        answers: what it told, if anything.
        env: the environment.
        colours: "standard", "256" or "truecolor".
        asked: as in `Terminal`.
    """
    depth = _DEPTHS[colours][bool(env.get("NO_COLOR"))]
    # The colour of a cell says which picture is there: without true colours there is no room for that.
    best = choose_image_mode(answers, env, pixels=depth == "truecolor")
    tmux = bool(env.get("TMUX"))
    return TerminalCapabilities(
        best=best,
        glyphs=choose_image_mode(answers, env, pixels=False),
        graphics=depth == "truecolor" and (best == "kitty" or (tmux and asked == "kitty")),
        tmux=tmux,
        files=answers.files and not tmux,
        depth=depth,
        cell=cell_pixels() or (answers.cell if answers.aspect else None),
        asked=asked,
        console="linux" in env.get("TERM", ""),
    )


def cell_pixels(descriptor: int = 1) -> tuple[int, int] | None:
    """Return pixels across and down a cell, as the kernel was told; None when it was not, or not the truth."""
    with suppress(ImportError, OSError):
        import fcntl  # noqa: PLC0415 - there is none on Windows
        import termios  # noqa: PLC0415 - as above

        rows, columns, wide, tall = struct.unpack("HHHH", fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(8)))
        if rows and columns and wide >= columns and tall >= rows:
            found = wide // columns, tall // rows
            if _PLAUSIBLE[0] <= found[0] / found[1] <= _PLAUSIBLE[1]:
                return found
    return None
