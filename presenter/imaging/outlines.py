"""The outlines that come with the program, drawn without any library: a deck of text loads no Pillow for its titles.

`letterforms.txt` holds polygons in thousandths of an em, y upwards, what is filled to the right of where they go. Text
is drawn to rows of bits: those of one row of dots are one whole number, which a line of letters is put together from by
shifting.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias

from presenter.imaging.stencil import Grid

EM: Final = 1000
_SHARPEST: Final = 0.25
"""Where an outline turns so sharply that its corner would move out further than by 1 / (2 x this), it stays nearer."""

Polygon: TypeAlias = list[tuple[float, float]]


@cache
def _lines() -> dict[str, str]:
    """Return the lines of the file by their character."""
    text = files(__package__).joinpath("letterforms.txt").read_text(encoding="ascii")
    lines = (line.partition(",") for line in text.splitlines()[1:])
    return {chr(int(code, 16)): rest for code, _, rest in lines}


class Outlines:
    """The typeface that comes with the program; see `lettering.Face`."""

    def knows(self, character: str) -> bool:
        """Say whether there is an outline; marks that stand on others' letters are none."""
        return character in _lines() and not "\u0300" <= character <= "\u036f"

    def length(self, text: str) -> float:
        """Return how far a text moves on, in ems."""
        return sum(int(_lines()[character].partition(",")[0]) for character in text) / EM

    def reach(self, text: str) -> tuple[float, float]:
        """Return how far a text reaches above and below its baseline, in ems."""
        heights = [y for character in set(text) for polygon in _polygons(character) for _, y in polygon]
        return (max(heights) / EM, -min(heights) / EM) if heights else (0.0, 0.0)

    def drawn(self, text: str, grid: Grid, baseline: float, weight: float) -> list[int]:
        """Draw a text as `lettering.Face` says."""
        rows = [0] * grid.height
        shapes: dict[str, list[int]] = {}
        x = weight * grid.across
        for character in text:
            if character not in shapes:
                polygons = [_thickened(polygon, weight * EM) for polygon in _polygons(character)]
                shapes[character] = _filled(polygons, grid, baseline)
            away = grid.width - _MARGIN - round(x)
            for y, bits in enumerate(shapes[character]):
                if bits:
                    rows[y] |= bits << away if away >= 0 else bits >> -away
            x += self.length(character) * grid.across
        return [row & (1 << grid.width) - 1 for row in rows]


_MARGIN: Final = 1 << 11
"""Bits to the right of a letter's origin: more than any letter is wide."""


def _polygons(character: str) -> list[Polygon]:
    """Return the outlines of a character."""
    drawn = _lines()[character].partition(",")[2]
    if not drawn.startswith("@"):
        return [_polygon(part) for part in drawn.split(";") if part]
    found = []
    for part in drawn[1:].split(";"):
        code, right, up = part.split()
        found += [[(x + int(right), y + int(up)) for x, y in polygon] for polygon in _polygons(chr(int(code, 16)))]
    return found


def _polygon(text: str) -> Polygon:
    numbers = [float(number) for number in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _thickened(polygon: Polygon, weight: float) -> Polygon:
    """Move every edge of an outline outwards: a pen of twice that weight was drawn along it."""
    edges = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True)]
    sizes = [math.hypot(*edge) or 1.0 for edge in edges]
    normals = [(-y / size, x / size) for (x, y), size in zip(edges, sizes, strict=True)]
    moved = []
    for (x, y), (ax, ay), (bx, by) in zip(polygon, [normals[-1], *normals[:-1]], normals, strict=True):
        far = weight / max(_SHARPEST * 2, 1 + ax * bx + ay * by)
        moved.append((x + (ax + bx) * far, y + (ay + by) * far))
    return moved


def _filled(polygons: list[Polygon], grid: Grid, baseline: float) -> list[int]:
    """Return rows of bits, `_MARGIN` of them right of the letter's origin; a bit is set where its middle is inside."""
    crossings: list[list[tuple[float, int]]] = [[] for _ in range(grid.height)]
    for polygon in polygons:
        points = [(x * grid.across / EM, baseline - y * grid.down / EM - 0.5) for x, y in polygon]
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            if y0 == y1:
                continue
            turn = 1 if y1 > y0 else -1
            slope = (x1 - x0) / (y1 - y0)
            first, last = (y0, y1) if turn == 1 else (y1, y0)
            for y in range(max(0, math.ceil(first)), min(grid.height, math.ceil(last))):
                crossings[y].append((x0 + slope * (y - y0), turn))
    return [_bits(found) for found in crossings]


def _bits(crossings: list[tuple[float, int]]) -> int:
    """Set the bits between crossings, inside as long as as many edges have gone one way as the other."""
    bits = 0
    for start, end in _spans(sorted(crossings)):
        left, right = _MARGIN - round(start), _MARGIN - round(end)
        if left > right:
            bits |= (1 << left) - (1 << right)
    return bits


def _spans(crossings: list[tuple[float, int]]) -> Iterator[tuple[float, float]]:
    winding, start = 0, 0.0
    for x, turn in crossings:
        if not winding:
            start = x
        winding += turn
        if not winding:
            yield start, x


FACE: Final = Outlines()
