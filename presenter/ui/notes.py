"""The notes of a slide in their pane: wrapped, sized, scrolled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rich.segment import Segment
from rich.style import Style

from presenter.drawing import Line
from presenter.drawing.lines import text_of
from presenter.pacing.words import CUE
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
    rendered = render(text, min(width, look.measure or width), theme).lines if text.strip() else []
    lines = [_cued(line, theme) for line in rendered]
    if not look.spacing:
        return tuple(lines)
    spaced: list[Line] = []
    for line in lines:
        spaced.append(line)
        if line:
            spaced.extend([] for _ in range(look.spacing))
    return tuple(spaced[:-1] if spaced and not spaced[-1] else spaced)


def _cued(line: Line, theme: Theme) -> Line:
    """Make cues stand out (`[pause 3s]`, `[cue]` and what follows it), and asides (`//`) stand back."""
    text = text_of(line)
    if text.lstrip().startswith("//"):
        return [Segment(text, Style(color=theme.muted, bgcolor=theme.background, italic=True))]
    if "[" not in text:
        return line
    cue = Style(color=theme.warn, bgcolor=theme.background, bold=True)
    marks = [match.span() for match in CUE.finditer(text)]
    if text.lstrip().lower().startswith("[cue]"):
        marks = [(0, len(text))]
    row: Line = []
    at = 0
    for words, style, _ in line:
        for start, end, inside in _pieces(at, at + len(words), marks):
            row.append(Segment(text[start:end], (style + cue if style else cue) if inside else style))
        at += len(words)
    return row


def _pieces(start: int, end: int, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Cut a run of characters at marks; say of every piece whether it lies in one."""
    for first, last in marks:
        if first >= end or last <= start:
            continue
        if start < first:
            yield start, first, False
        start, stop = max(start, first), min(end, last)
        yield start, stop, True
        start = stop
    if start < end:
        yield start, end, False
