"""Rows of cells as Textual's strips, with a picture's escape sequences as they are: nobody looks at its cells again.

A picture has two colours for each of some thousand cells. Real segments for them take longer than all else that a key
press does, and nobody needs them unless something cuts the row in a way of its own, filters it, or wants it as SVG.

`Strip` keeps its segments in the attribute `_segments`, and the compositor asks for nothing but `divide`, `crop`,
`join` and `render`: this, and which slots it has, is what is used here of Textual 8.2. `SEAM` says whether the
installed version still is like that; where it is not, `strip` returns plain strips, which look alike and take longer.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from rich.console import Console
from rich.segment import Segment
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from presenter.images import ImageRow, plain_rows
from presenter.render.block import Line
from presenter.render.text import crop, row_width
from presenter.terminal.sgr import encode_row

_CACHES: Final = frozenset(
    f"_{name}_cache" for name in ("divide", "crop", "style", "filter", "line_length", "crop_extend", "offsets")
)
_KEPT: Final = _CACHES | {"_segments", "_cell_length", "_render_cache", "_link_ids", "_cell_count"}
"""All that a strip of the installed version keeps."""


class ImageStrip(Strip):
    """A row that spells itself briefly, and makes real segments of its pictures only for those who ask."""

    def __init__(self, line: Iterable[Segment], width: int) -> None:
        """Take a row of exactly `width` cells over, as it is."""
        # Not what `Strip` does: its caches take a kilobyte a row, most of what a slide of text takes, and lie unused.
        self._cell_length = width
        self._render_cache = None
        self._link_ids = None
        self._cell_count = None
        self.line: Line = list(line)
        self._real: Line | None = None
        self._spelled = ""

    def __getattr__(self, name: str) -> FIFOCache[Any, Any]:
        """Make one of the caches of `Strip` for whoever wants it after all."""
        if name not in _CACHES:
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(4)
        setattr(self, name, cache)
        return cache

    # Textual reads the segments from here; see the head of this file.
    @property
    def _segments(self) -> Line:
        if self._real is None:
            self._real = plain_rows([self.line])[0]
        return self._real

    @_segments.setter
    def _segments(self, segments: Line) -> None:
        self._real = segments

    def render(self, console: Console) -> str:
        """Return the row as the terminal gets it; kept only where it costs something to make."""
        if self._spelled:
            return self._spelled
        spelled = encode_row(self.line, console.color_system or "")
        if not any(isinstance(segment, ImageRow) for segment in self.line):
            self._spelled = spelled
        return spelled

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return a part of the row, its pictures still uncounted."""
        width = self.cell_length
        start, end = max(0, start), width if end is None else min(end, width)
        if (start, end) == (0, width):
            return self
        return ImageStrip(_part(self.line, start, end), end - start) if start < end else Strip([], 0)

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the parts before each of the cuts, which are cells from the left."""
        return [
            self.crop(start, end) for start, end in pairwise([0, *(cut for cut in cuts if cut <= self.cell_length)])
        ]

    def apply_filter(self, filter: LineFilter, background: Color) -> Strip:  # noqa: A002 - Textual's name for it
        """Return the row with every colour changed: a strip of real segments."""
        return Strip(filter.apply(self._segments, background), self.cell_length)

    @classmethod
    def join(cls, strips: Iterable[Strip | None]) -> Strip:
        """Return one row of several."""
        parts = [strip for strip in strips if strip is not None and strip.cell_length]
        line = [segment for strip in parts for segment in (strip.line if isinstance(strip, ImageStrip) else strip)]
        return ImageStrip(line, sum(strip.cell_length for strip in parts))


def _part(line: Line, start: int, end: int) -> Line:
    """Return the cells of a row from `start` to before `end`; a wide character that is cut becomes a space."""
    kept: Line = []
    at = 0
    for segment in crop(line, end):
        width = row_width([segment])
        if at >= start:
            kept.append(segment)
        elif at + width > start:
            cut = start - at
            kept.append(segment.crop(cut, width) if isinstance(segment, ImageRow) else segment.split_cells(cut)[1])
        at += width
    return kept


def _fits() -> bool:
    """Say whether the installed Textual has all that `RowStrip` relies on."""
    methods = {"crop": ("start", "end"), "divide": ("cuts",), "render": ("console",), "join": ("strips",)}
    return set(getattr(Strip, "__slots__", ())) == _KEPT and all(
        tuple(inspect.signature(getattr(ImageStrip, name)).parameters)[-len(names) :] == names
        and tuple(inspect.signature(getattr(Strip, name, _fits)).parameters)[-len(names) :] == names
        for name, names in methods.items()
    )


SEAM: Final = _fits()


def make_strip(line: Line, width: int, *, seam: bool = SEAM) -> Strip:
    """Return a row of exactly `width` cells as Textual takes it."""
    return ImageStrip(line, width) if seam else Strip(plain_rows([line])[0], width)
