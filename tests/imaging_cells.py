"""Reading back what a drawn picture shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from PIL import Image
from rich.color import Color
from rich.segment import Segment

from presenter.images import ImageBlock, plain_rows
from presenter.images.linear_light import lit
from presenter.images.subcells import SubcellImage
from presenter.images.types import Cells

Colour = tuple[int, int, int]

ACROSS, DOWN = 8, 24
"""Points of a cell in which every character can be told: halves, thirds, quarters and eighths are whole numbers."""
_EIGHTHS = ("ONE", "ONE QUARTER", "THREE", "HALF", "FIVE", "THREE QUARTERS", "SEVEN")
_QUADRANTS = {"UPPER LEFT": 1, "UPPER RIGHT": 2, "LOWER LEFT": 4, "LOWER RIGHT": 8}
_FIRST_OCTANT = 0x1CD00


def _colour(colour: Color) -> Colour:
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def _pair(segment: Segment) -> tuple[Colour, Colour]:
    """Return the upper and the lower colour of a segment's cells."""
    style = segment.style
    assert style is not None
    assert style.bgcolor is not None
    lower = _colour(style.bgcolor)
    return lower if style.color is None else _colour(style.color), lower


def dots(picture: ImageBlock) -> list[list[Colour]]:
    """Return the colours of a half-block picture, two rows a line."""
    return dots_of(picture.lines)


def dots_of(lines: Sequence[Sequence[Segment]]) -> list[list[Colour]]:
    """Return the same of its lines."""
    rows: list[list[Colour]] = []
    for line in plain_rows(lines):
        pairs = [_pair(segment) for segment in line for _ in segment.text]
        rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]
    return rows


def near(one: Colour, other: Colour, tolerance: int = 6) -> bool:
    """Say whether two colours look the same, lossy formats allowed for."""
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def canvas(levels: Sequence[Colour], width: int, across: int, down: int) -> SubcellImage:
    """Make a picture in light of dots of levels, row by row."""
    height = len(levels) // width
    bands = []
    for band in range(3):
        image = Image.new("I", (width, height))
        image.putdata([lit(dot)[band] for dot in levels])
        bands.append(image)
    return SubcellImage.of(tuple(bands), width // across, height // down, (0, 0, width, height))


def colours(cells: Cells) -> list[tuple[Colour, Colour]]:
    """Return ink and paper of every cell."""
    size = cells.columns * cells.rows

    def joined(planes: bytes) -> list[Colour]:
        return list(zip(planes[:size], planes[size : 2 * size], planes[2 * size :], strict=True))

    return list(zip(joined(cells.ink), joined(cells.paper), strict=True))


def _grid(mask: int, across: int, down: int) -> frozenset[tuple[int, int]]:
    return frozenset(
        (x, y)
        for x in range(ACROSS)
        for y in range(DOWN)
        if mask >> (y * down // DOWN) * across + x * across // ACROSS & 1
    )


def _octant(character: str) -> int:
    """Return the pattern of an octant, counting up those that the standard gave a number here."""
    quadrants = {
        sum(0x05 * 4 ** (2 * (q // 2)) * 2 ** (q % 2) for q in range(4) if some >> q & 1) for some in range(16)
    }
    others = {0x01, 0x02, 0x40, 0x80, 0x14, 0x28, 0x03, 0x3F, 0xC0, 0xFC}
    named = [mask for mask in range(256) if mask not in quadrants | others]
    return named[ord(character) - _FIRST_OCTANT]


@cache
def covered(character: str) -> frozenset[tuple[int, int]]:
    """Return the points of a cell, `ACROSS` by `DOWN`, that a character covers, as its Unicode name says."""
    if ord(character) >= _FIRST_OCTANT and ord(character) < _FIRST_OCTANT + 230:
        return _grid(_octant(character), 2, 4)
    name = unicodedata.name(character)
    if name == "SPACE":
        return frozenset()
    if name.startswith("BLOCK SEXTANT-"):
        return _grid(sum(1 << int(digit) - 1 for digit in name.removeprefix("BLOCK SEXTANT-")), 2, 3)
    if name.startswith("QUADRANT "):
        parts = name.removeprefix("QUADRANT ").split(" AND ")
        return _grid(sum(_QUADRANTS[part] for part in parts), 2, 2)
    words = name.removesuffix(" BLOCK").removesuffix(" EIGHTHS").removesuffix(" EIGHTH")
    side, _, share = words.partition(" ")
    eighths = _EIGHTHS.index(share) + 1
    if side in {"LEFT", "RIGHT"}:
        mask = (1 << eighths) - 1
        return _grid(mask if side == "LEFT" else mask << 8 - eighths, 8, 1)
    mask = (1 << eighths) - 1
    return _grid(mask if side == "UPPER" else mask << 8 - eighths, 1, 8)
