"""Words in letters several rows tall: how large they are, how they stand, and their cells."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from presenter.imaging import stencil
from presenter.imaging.inks import ramp
from presenter.imaging.model import Box, Look, PictureError
from presenter.imaging.outlines import FACE
from presenter.imaging.rows import Picture, picture
from presenter.imaging.stencil import Grid
from presenter.themes import luminance

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALLEST: Final = {"half": 9}
"""Dots an em, two to a cell's height: smaller letters read worse than plain ones;"""
_SMALL: Final = 6
"""the same in modes that are finer."""
_LONGEST: Final = 80
"""Characters: longer titles would come out too small on any screen."""
_LEADING: Final = 1.12
"""Baseline to baseline, in ems."""
_WEIGHTS: Final = ((0.01, 0.03), (0.035, 0.03))
"""How much letters are thickened all around, in ems, light ones and dark ones, small and tall: the typeface is too
light from the back row, and between light and dark cells it is the light that spreads."""
_THIN, _THICK = 10, 18
"""Dots an em up to which letters count as small, and from which on as tall."""
_CLIPPED: Final = 0.5
"""So much of a dot may be cut off above, and half of it below, rather than take another row."""


class Face(Protocol):
    """Where letters come from. All measures are in ems."""

    def knows(self, character: str) -> bool:
        """Say whether it has a letter."""

    def length(self, text: str) -> float:
        """Return how far a text moves on."""

    def reach(self, text: str) -> tuple[float, float]:
        """Return how far the ink of a text goes above and below its baseline."""

    def drawn(self, text: str, grid: Grid, baseline: float, weight: float) -> list[int]:
        """Draw a text from the left edge, thickened by `weight` ems all around.

        Args:
            text: one line, all of whose characters it knows.
            grid: the dots.
            baseline: dots from above to where the letters stand.
            weight: in ems.

        Returns:
            The dots of each row as one number, the leftmost the highest bit.
        """


def smallest(look: Look) -> int:
    """Return the smallest size that is readable, in dots an em."""
    return _SMALLEST.get(look.mode, _SMALL)


def letters(text: str, look: Look, box: Box) -> Picture | None:
    """Draw a few words in large letters, as large as fits the box; see `imaging.letters`."""
    words = tuple(unicodedata.normalize("NFC", text).split())
    if not words or len(text) > _LONGEST:
        return None
    for face in _faces(look):
        if all(map(face.knows, set("".join(words)))):
            return _drawn(words, look, box, face)
    return None


def _faces(look: Look) -> Iterator[Face]:
    """Go through what letters may be drawn with: the font of the deck, then the program's own."""
    if look.font is not None:
        from presenter.imaging.fonts import font  # noqa: PLC0415  Pillow loads with the first font

        try:
            yield font(look.font)
        except PictureError:  # said when the deck was loaded; gone since
            pass
    yield FACE


@lru_cache(maxsize=64)
def _drawn(words: tuple[str, ...], look: Look, box: Box, face: Face) -> Picture | None:
    lines, size = max(
        ((lines, _size(lines, look, box, face)) for count in range(1, box.lines + 1) for lines in _split(words, count, face)),
        key=lambda found: found[1],
    )
    if size < smallest(look):
        return None
    weight = _weight(size, look)
    longest = max(map(face.length, lines)) + 2 * weight
    above, beneath = _extent(lines, size, look, face, even=box.even)
    tall = above + beneath + (len(lines) - 1) * _step(size)
    columns = max(1, min(box.columns, math.ceil(longest * size / 2 / look.aspect)))
    deep = stencil.deep(look.mode)
    grid = Grid(
        columns * stencil.ACROSS,
        min(box.rows, -(-tall // 2)) * deep,
        across=size * stencil.ACROSS / 2 / look.aspect,
        down=size * deep / 2,
    )
    rows = [0] * grid.height
    for index, line in enumerate(lines):
        # Baselines stand between dots, where they are sharp; what is thickened below would spill into the next row.
        baseline = (above + index * _step(size)) * deep / 2 - weight * grid.down
        rows = [row | more for row, more in zip(rows, face.drawn(line, grid, baseline, weight), strict=True)]
    return picture(stencil.cells(rows, columns, look.mode, ramp(look), look.depth))


def _split(words: tuple[str, ...], count: int, face: Face) -> list[tuple[str, ...]]:
    """Share words among exactly `count` lines so that the longest line is as short as can be; none for fewer words."""
    if count == 1:
        return [(" ".join(words),)]
    options = [
        (" ".join(words[:first]), *rest)
        for first in range(1, len(words) - count + 2)
        for rest in _split(words[first:], count - 1, face)
    ]
    return [min(options, key=lambda lines: max(map(face.length, lines)))] if options else []


def _size(lines: tuple[str, ...], look: Look, box: Box, face: Face) -> int:
    """Return the largest size in dots an em at which lines fit a box."""
    longest = max(map(face.length, lines)) + 2 * max(_WEIGHTS[1])
    size = min(box.largest, int(box.columns * 2 * look.aspect / longest))
    while size > 0 and _tall(lines, size, look, face, even=box.even) > 2 * box.rows:
        size -= 1
    return size


def _tall(lines: tuple[str, ...], size: int, look: Look, face: Face, *, even: bool) -> int:
    """Return the dots down that lines take."""
    return sum(_extent(lines, size, look, face, even=even)) + (len(lines) - 1) * _step(size)


def _step(size: int) -> int:
    """Return the dots from one baseline to the next."""
    return round(size * _LEADING)


def _weight(size: int, look: Look) -> float:
    """Return how much letters are thickened all around, in ems."""
    least, most = _WEIGHTS[luminance(look.color) < luminance(look.background)]
    return least + (most - least) * min(1.0, max(0, size - _THIN) / (_THICK - _THIN))


def _extent(lines: tuple[str, ...], size: int, look: Look, face: Face, *, even: bool) -> tuple[int, int]:
    """Return how far ink goes above the first baseline and below the last one, in whole dots; if `even`, any ink."""
    first, last = lines[0], lines[-1]
    above, beneath = _reach(first, face)[0], _reach(last, face)[1]
    if even:
        above, beneath = max(above, _reach("bdhkl", face)[0]), max(beneath, _reach("gjpqy", face)[1])
    thicker = 2 * _weight(size, look)
    return math.ceil((above + thicker) * size - _CLIPPED), math.ceil(beneath * size - _CLIPPED / 2)


@lru_cache(maxsize=64)
def _reach(text: str, face: Face) -> tuple[float, float]:
    return face.reach(text)
