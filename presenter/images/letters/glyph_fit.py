"""What is there or not, in cells: the letters of titles. No Pillow; see `mosaic` for pictures.

Dots are bits, eight across a cell, so that a row of dots of a cell is a byte and all of a cell is a few bytes. Cells
that look alike are fitted once: most are empty or full, and letters come again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from presenter.images.glyphs import BLOCKS, HALVES, OCTANTS, QUADRANTS, SEXTANTS, SPACE, Family
from presenter.images.types import Cells, Depth

DOTS_ACROSS: Final = 8
"""Dots across a cell."""
FULL_INK: Final = 64
"""Shares of ink are counted in parts of so many."""
GLYPH_FAMILIES: Final[dict[str, tuple[Family, ...]]] = {
    "half": (HALVES,),
    "quad": (QUADRANTS,),
    "blocks": BLOCKS,
    "sextant": (*BLOCKS, SEXTANTS),
    "octant": (*BLOCKS, OCTANTS),
}
"""The characters of each mode; a test holds them to those of pictures."""
_FAINT, _MOST = 0.16, 0.8
"""Shares of ink below which a part of a cell is taken for empty, and above which for full.

A cell has two colours, and letters have two: where a cell is cut along an edge, the colour of the rest is a mean of
background and a few stray dots, which is seen as a box as large as the cell."""
_SPECK: Final = 0.08
"""A cell with less ink than that is empty, one with less paper full: no character shows a speck as small as it is."""
_KEPT: Final = 4096
"""Cells kept, some 200 bytes each: all of several titles."""

FittedGlyph: TypeAlias = tuple[int, int, int]
"""Number of the character, and how much ink there is in its first and in its second colour, of `FULL`."""


def dots_down(mode: str) -> int:
    """Return the dots down a cell: every part of the mode's characters is whole dots."""
    return 24 if mode == "sextant" else 8  # thirds and eighths of a cell meet in 24


class _Fits(dict[bytes, FittedGlyph]):
    """The best character for the dots of a cell, worked out when first asked for."""

    def __init__(self, fit: Callable[[int], FittedGlyph]) -> None:
        super().__init__()
        self._fit = fit

    def __missing__(self, dots: bytes) -> FittedGlyph:
        if len(self) >= _KEPT:
            self.clear()
        found = self[dots] = self._fit(int.from_bytes(dots))
        return found


@cache
def _fits(mode: str, *, pure: bool) -> _Fits:
    """Return the fits of a mode; `pure` ones have no colours between ink and paper."""
    size = DOTS_ACROSS * dots_down(mode)
    if mode == "half" and not pure:
        return _Fits(lambda dots: _halved(dots, size))
    tried = tuple(_tries(GLYPH_FAMILIES[mode], size))
    ranked = tuple(_ranks(GLYPH_FAMILIES[mode], size))
    fitted = _cut if pure else _fitted
    return _Fits(lambda dots: fitted(dots, size, tried, ranked))


def _halved(dots: int, size: int) -> FittedGlyph:
    """Show upper and lower half, each as grey as it is."""
    upper, lower = ((part.bit_count() * 2 * FULL_INK + size // 2) // size for part in divmod(dots, 1 << size // 2))
    return (int(upper != lower), upper, lower)


def _tries(families: tuple[Family, ...], size: int) -> Iterator[tuple[int, int, int]]:
    """Go through the characters of families that are tried one by one: dots covered, how many, and the number."""
    number = 0
    for family in families:
        parts = _parts(family, size)
        for mask in family.masks:
            number += 1
            if len(family.masks) < _MANY:
                covered = sum(part for place, part in enumerate(parts) if mask >> place & 1)
                yield covered, covered.bit_count(), number


_MANY: Final = 20
"""Families of more characters have every pattern of their parts, and the best is found by sorting those."""


class _Ranked(NamedTuple):
    """A family with every pattern: its parts' dots, and the number of each pattern, negative for the opposite one."""

    parts: tuple[int, ...]
    numbers: dict[int, int]


def _ranks(families: tuple[Family, ...], size: int) -> Iterator[_Ranked]:
    number = 1
    for family in families:
        if len(family.masks) >= _MANY:
            parts = _parts(family, size)
            numbers, every = {}, (1 << len(parts)) - 1
            for place, mask in enumerate(family.masks, number):
                swapped = mask in family.opposite
                numbers[mask] = -place if swapped else place
                numbers[mask ^ every] = place if swapped else -place
            yield _Ranked(parts, numbers)
        number += len(family.masks)


def _parts(family: Family, size: int) -> tuple[int, ...]:
    """Return the dots of each part of a family's grid, the first dot of a cell being the highest bit."""
    rows = size // DOTS_ACROSS
    found = []
    for part in range(family.across * family.down):
        top, left = divmod(part, family.across)
        inside = [
            y * DOTS_ACROSS + x
            for y in range(top * rows // family.down, (top + 1) * rows // family.down)
            for x in range(left * DOTS_ACROSS // family.across, (left + 1) * DOTS_ACROSS // family.across)
        ]
        found.append(sum(1 << size - 1 - place for place in inside))
    return tuple(found)


def _fitted(dots: int, size: int, tried: tuple[tuple[int, int, int], ...], ranked: tuple[_Ranked, ...]) -> FittedGlyph:
    """Return the character that parts the dots best: the squares of its two means, as often as they stand for a dot.

    That is the fit of `mosaic` for two colours that all others lie between.
    """
    inked = dots.bit_count()
    if not _SPECK * size <= inked <= (1 - _SPECK) * size:
        return (0, 0, 0) if 2 * inked < size else (0, FULL_INK, FULL_INK)
    best, number, first, count = 0.0, 0, 0, size
    for covered, many, candidate in tried:
        ones = (dots & covered).bit_count()
        gain = (ones * size - inked * many) ** 2 / (many * (size - many))
        if gain > best:
            best, number, first, count = gain, candidate, ones, many
    for family in ranked:
        whole = size // len(family.parts)
        order = sorted(((dots & part).bit_count(), place) for place, part in enumerate(family.parts))
        mask = ones = 0
        for more, (part, place) in enumerate(reversed(order[1:]), 1):
            mask |= 1 << place
            ones += part
            many = more * whole
            gain = (ones * size - inked * many) ** 2 / (many * (size - many))
            if gain > best:
                best, number, first, count = gain, family.numbers[mask], ones, many
    ink = _settled(first / count)
    paper = _settled((inked - first) / (size - count)) if number else ink
    if ink == paper:
        return 0, ink, ink
    return (number, ink, paper) if number > 0 else (-number, paper, ink)


def _cut(dots: int, size: int, tried: tuple[tuple[int, int, int], ...], ranked: tuple[_Ranked, ...]) -> FittedGlyph:
    """Return the character that is wrong in the fewest dots when there are only two colours."""
    inked = dots.bit_count()
    right, found = max((size - inked, (0, 0, 0)), (inked, (0, FULL_INK, FULL_INK)))
    for covered, _, candidate in tried:
        same = size - (dots ^ covered).bit_count()
        if max(same, size - same) > right:
            right, found = max((same, (candidate, FULL_INK, 0)), (size - same, (candidate, 0, FULL_INK)))
    for family in ranked:
        whole = size // len(family.parts)
        shares = [(dots & part).bit_count() for part in family.parts]
        mask = sum(1 << place for place, share in enumerate(shares) if 2 * share > whole)
        same = sum(max(share, whole - share) for share in shares)
        if same > right and (number := family.numbers.get(mask)):
            right, found = same, (abs(number), *((FULL_INK, 0) if number > 0 else (0, FULL_INK)))
    return found


def _settled(share: float) -> int:
    """Return how much of a part of a cell is ink, all or nothing where it is nearly so."""
    return 0 if share < _FAINT else FULL_INK if share > _MOST else round(share * FULL_INK)


def fit_glyphs(rows: list[int], columns: int, mode: str, ramp: tuple[bytes, ...], depth: Depth) -> Cells:
    """Turn rows of dots into cells.

    Args:
        rows: the dots of each row as one number, the leftmost the highest bit; whole cells downwards.
        columns: cells across.
        mode: one of `types.MODES`.
        ramp: the levels of each band, or the numbers of a palette, for 0 to `FULL` parts of ink.
        depth: as in `types.Request`.
    """
    down = dots_down(mode)
    fits = _fits(mode, pure=len(set(ramp[0])) == _ENDS)
    found: list[FittedGlyph] = []
    for top in range(0, len(rows), down):
        line = bytearray(columns * down)
        for y in range(down):
            line[y::down] = rows[top + y].to_bytes(columns)
        whole = bytes(line)
        found += [fits[whole[start : start + down]] for start in range(0, len(whole), down)]
    shapes, inks, papers = map(bytes, zip(*found, strict=True))
    ink, paper = (b"".join(shares.translate(_table(band)) for band in ramp) for shares in (inks, papers))
    characters = SPACE + "".join(family.characters for family in GLYPH_FAMILIES[mode])
    return Cells(columns, len(rows) // down, shapes, characters, ink, paper, depth)


_ENDS: Final = 2
"""Colours of a ramp without any between ink and paper."""


def _table(band: bytes) -> bytes:
    return band.ljust(256, band[-1:])
