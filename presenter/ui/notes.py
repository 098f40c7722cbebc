"""The notes of a slide in their pane: wrapped, sized, scrolled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from presenter.drawing import Line
from presenter.prose import render
from presenter.themes import Theme


@dataclass(frozen=True, slots=True)
class Size:
    """How large notes are set, as far as a terminal can: in narrower columns with more air."""

    measure: int
    """Cells of a row at most; 0 for all there are."""
    spacing: int
    """Empty rows after each row."""


SIZES: Final = (Size(0, 0), Size(58, 0), Size(64, 1), Size(36, 1), Size(36, 1))
"""By size from 1; the last asks for larger letters where a terminal has them, and is like the one before elsewhere."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The rows of the notes that are seen.

    Attributes:
        lines: the rows.
        last: which row of all is the last one seen, from 1.
        total: rows of all.
        most: half pages that they can be scrolled down.
    """

    lines: list[Line]
    last: int
    total: int
    most: int


@dataclass(frozen=True, slots=True)
class Look:
    """How notes are shown: size 1 to 5 (see `SIZES`), half pages scrolled down, colours."""

    size: int
    scroll: int
    theme: Theme


def excerpt(text: str, room: tuple[int, int], look: Look) -> Excerpt:
    """Set notes (Markdown) in a pane of so many cells and rows, and cut out what is seen; past the end is the end."""
    width, height = max(1, room[0]), max(0, room[1])
    lines = _set(text, width, look.size, look.theme)
    half = max(1, height // 2)
    beyond = max(0, len(lines) - max(1, height))
    most = -(-beyond // half)
    start = min(min(max(look.scroll, 0), most) * half, beyond)
    shown = list(lines[start : start + height])
    return Excerpt(shown, start + len(shown), len(lines), most)


@lru_cache(maxsize=64)
def _set(text: str, width: int, size: int, theme: Theme) -> tuple[Line, ...]:
    look = SIZES[min(max(size, 1), len(SIZES)) - 1]
    lines = render(text, min(width, look.measure or width), theme).lines if text.strip() else []
    if not look.spacing:
        return tuple(lines)
    spaced: list[Line] = []
    for line in lines:
        spaced.append(line)
        if line:
            spaced.extend([] for _ in range(look.spacing))
    return tuple(spaced[:-1] if spaced and not spaced[-1] else spaced)
