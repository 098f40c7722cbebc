"""How large letters are in dots: their heights, their strokes and their width are whole parts of cells.

A cell shows one edge well, at most two. Letters whose feet, heads and strokes stand anywhere come out grey, with ticks
beside them; those that are moved to where cells are cut come out sharp. So all heights are whole dots, two of them to a
cell's height, and letters are made narrower before they are made lower, because dots are twice as tall as wide.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from presenter.images.letters import glyph_fit
from presenter.images.types import LetterLook
from presenter.themes import luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

_WEIGHTS: Final = ((0.01, 0.025), (0.03, 0.027))
"""How much letters are thickened all around, in ems, light ones and dark ones, small and tall: the typeface is too
light from the back row, and between light and dark cells it is the light that spreads."""
_THIN, _THICK = 10, 18
"""Dots an em up to which letters count as small, and from which on as tall."""
_ROUND: Final = 0.03
"""What round letters reach beyond straight ones, in ems, which no cell can show: it is left away;"""
_TALLER: Final = 0.062
"""and so is what tall small letters reach beyond capitals."""
_DOTTED: Final = 0.05
"""Between an i and its dot, in ems, a dot at least."""
_APART: Final = 0.7
"""How much of what letters are thickened by goes between them too."""


class Typeface(Hashable, Protocol):
    """Where letters come from. Measures are in ems."""

    x_height: float
    """Of small letters."""
    capital: float
    """Height of capitals."""
    stem: float
    """Width of upright strokes; 0 when letters are to be left as heavy as they are."""
    bar: float
    """Height of level strokes; 0 as above."""
    middle: float
    """Height at which the bar of an e begins."""
    dot: float
    """Height at which the dot of an i begins."""

    def knows(self, character: str) -> bool:
        """Say whether it has a letter."""

    def length(self, text: str) -> float:
        """Return how far a text moves on."""

    def width(self, text: str, cast: SizedLetters) -> float:
        """Return the bits across that a text takes."""

    def reach(self, text: str) -> tuple[float, float]:
        """Return how far the ink of a text goes above and below its baseline."""

    def drawn(self, text: str, cast: SizedLetters, width: int, height: int, baseline: float) -> list[int]:
        """Draw a text from the left edge.

        Args:
            text: one line, all of whose characters it knows.
            cast: how large.
            width: bits across, `glyph_fit.DOTS_ACROSS` a cell.
            height: rows of bits, `glyph_fit.dots_down` a cell.
            baseline: rows from above to where the letters stand.

        Returns:
            The bits of each row as one number, the leftmost the highest bit.
        """


class SizedLetters(NamedTuple):
    """Letters of one size. Dots are half a cell high; bits and rows of them are those of `glyph_fit`.

    Attributes:
        size: dots an em.
        across: bits an em, sideways.
        apart: bits between letters beside what they have.
        bold: how much strokes are thickened on each side: in bits sideways, in rows up and down.
        knots: heights in ems, and the rows above the feet that they come to.
        snap: bits that letters begin and end at multiples of.
        rise: dots from the feet to the top of capitals and tall letters.
        drop: dots that tails hang below.
    """

    size: int
    across: float
    apart: float
    bold: tuple[float, float]
    knots: tuple[tuple[float, float], ...]
    snap: int
    rise: int
    drop: int

    @property
    def step(self) -> int:
        """Dots from one baseline to the next."""
        return self.rise + self.drop + 1

    def up(self, y: float) -> float:
        """Return the rows above its feet that a height in ems comes to, thickening left aside."""
        ends = self.knots
        for (low, start), (high, end) in pairwise(ends):
            if y <= high or high == ends[-1][0]:
                return start + (y - low) * (end - start) / (high - low)
        raise AssertionError

    def height(self, rows: float) -> float:
        """Return the height in ems of what comes to so many rows above the feet: the way back from `up`."""
        ends = self.knots
        for (low, start), (high, end) in pairwise(ends):
            if start < end and (rows <= end or high == ends[-1][0]):
                return low + (rows - start) * (high - low) / (end - start)
        raise AssertionError


def size_letters(size: int, look: LetterLook, face: Typeface, narrow: float = 1.0) -> SizedLetters:
    """Return letters of so many dots an em.

    Args:
        size: dots an em; heights are rounded to whole dots.
        look: colours, mode and cells.
        face: where the letters come from.
        narrow: how wide letters are, as a share of how wide they were made.
    """
    weight = _weight(size, look) if face.bar else 0.0
    bar = max(1, round((face.bar + 2 * weight) * size)) if weight else 0
    bold = max(0.0, (bar - face.bar * size) / 2)
    small = round(face.x_height * size + 2 * bold)
    scale = (small - 2 * bold) / face.x_height
    dotted = small + max(1, round(_DOTTED * scale))
    rise = max(dotted + max(1, bar), round(face.capital * scale + 2 * bold))
    drop = max(1, round(_TAIL * scale))
    rows = glyph_fit.dots_down(look.mode) / 2
    knots = tuple((y, dots * rows) for y, dots in _knots(face, bar, bold, scale, _Heights(small, dotted, rise, drop)))
    snap = glyph_fit.DOTS_ACROSS if look.mode == "half" else glyph_fit.DOTS_ACROSS // 2
    across = scale * narrow * glyph_fit.DOTS_ACROSS / 2 / look.aspect
    stem = max(glyph_fit.DOTS_ACROSS, snap * round((face.stem + 2 * weight) * across / snap)) if weight else 0
    wide = max(0.0, (stem - face.stem * across) / 2)
    return SizedLetters(size, across, 2 * wide * _APART, (wide, bold * rows), knots, snap, rise, drop)


class _Heights(NamedTuple):
    """Dots above the feet of the top of small letters, the foot of the dot of an i, the top of capitals; and below."""

    small: int
    dotted: int
    rise: int
    drop: int


def _knots(face: Typeface, bar: int, bold: float, scale: float, heights: _Heights) -> Iterator[tuple[float, float]]:
    """Go through heights in ems and the dots above the feet that they come to before strokes are thickened."""
    small, dotted, rise, drop = heights
    thin = bar - 2 * bold
    yield -_TAIL, -drop
    yield -_ROUND, 0
    yield 0, 0
    if bar and small >= _LEVELS * bar + 2:
        # Three level strokes with whole dots between them, as in an e.
        middle = round(face.middle * scale)
        yield face.bar, thin
        yield face.middle, middle
        yield face.middle + face.bar, middle + thin
        yield face.x_height - face.bar, small - bar
    yield face.x_height, small - 2 * bold
    yield face.x_height + _ROUND, small - 2 * bold
    if bar:
        yield face.dot, dotted
    yield face.capital, rise - 2 * bold
    yield face.capital + _TALLER, rise - 2 * bold
    yield face.capital + _TALLER + 1, rise - 2 * bold + scale


_LEVELS: Final = 3
_TAIL: Final = 0.2
"""How far tails hang below the feet, in ems."""


def _weight(size: int, look: LetterLook) -> float:
    """Return how much letters are thickened all around, in ems."""
    least, most = _WEIGHTS[luminance(look.color) < luminance(look.background)]
    return least + (most - least) * min(1.0, max(0, size - _THIN) / (_THICK - _THIN))
