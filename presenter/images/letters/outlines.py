"""The outlines that come with the program, drawn without any library: a deck of text loads no Pillow for its titles.

`letterforms.txt` holds polygons in thousandths of an em, y upwards, what is filled to the right of where they go. Text
is drawn to rows of bits: those of one row of dots are one whole number, which a line of letters is put together from by
shifting.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from presenter.images.letters.typeset import SizedLetters

EM: Final = 1000
_SHARPEST: Final = 0.5
"""Where an outline turns so sharply that its corner would move out further than by 1 / (2 x this), it stays nearer."""

Polygon: TypeAlias = list[tuple[float, float]]


@cache
def _file() -> str:
    return Path(__file__).with_name("letterforms.txt").read_text(encoding="utf-8")


def _line(character: str) -> str:
    """Return what the file says of a character, from its advance on; empty for one that it lacks."""
    # Taking the whole file apart would cost three times its size in memory.
    mark = f"\n{ord(character):x},"
    start = _file().find(mark)
    return "" if start < 0 else _file()[start + len(mark) : _file().find("\n", start + 1)]


class BuiltinFont:
    """The typeface that comes with the program; see `typeset.Typeface`."""

    x_height = 0.530
    capital = 0.690
    stem = 0.087
    bar = 0.067
    middle = 0.239
    dot = 0.597

    def knows(self, character: str) -> bool:
        """Say whether there is an outline; marks that stand on others' letters are none."""
        return bool(_line(character)) and not "\u0300" <= character <= "\u036f"

    def length(self, text: str) -> float:
        """Return how far a text moves on, in ems."""
        return sum(_sides(character)[0] for character in text)

    def width(self, text: str, cast: SizedLetters) -> float:
        """Return the bits across that a text takes."""
        return list(_places(text, cast))[-1][1]

    def reach(self, text: str) -> tuple[float, float]:
        """Return how far a text reaches above and below its baseline, in ems."""
        heights = [y for character in set(text) for polygon in _polygons(character) for _, y in polygon]
        return (max(heights) / EM, -min(heights) / EM) if heights else (0.0, 0.0)

    def drawn(self, text: str, cast: SizedLetters, width: int, height: int, baseline: float) -> list[int]:
        """Draw a text as `typeset.Typeface` says; letters begin and end at halves of a cell, where stems are sharp."""
        rows = [0] * height
        shapes: dict[str, list[int]] = {}
        for character, (left, _) in zip(text, _places(text, cast), strict=True):
            if character not in shapes:
                shapes[character] = _shape(character, cast, height, baseline)
            away = width - _MARGIN - left
            for y, row in enumerate(shapes[character]):
                if row:
                    rows[y] |= row << away if away >= 0 else row >> -away
        return [row & (1 << width) - 1 for row in rows]


@cache
def _sides(character: str) -> tuple[float, float, float]:
    """Return how far a character moves on, and where its ink begins and ends, in ems.

    Ink is that of its body: of an i or an é not its dot or its accent.
    """
    advance = int(_line(character).partition(",")[0]) / EM
    counted = zip(_polygons(character), _body(character), strict=True)
    edges = [x / EM for polygon, wide in counted if wide for x, _ in polygon]
    return (advance, min(edges), max(edges)) if edges else (advance, 0.0, 0.0)


def _places(text: str, cast: SizedLetters) -> Iterator[tuple[int, int]]:
    """Go through a text with where the ink of each character begins and ends, in bits.

    All ends are where cells are cut, so what is between letters is rounded as they are; but they never touch. A line
    begins with ink, right above where lines of plain text begin.
    """
    end, free = 0, None
    for character in text:
        advance, left, right = _sides(character)
        if not right:
            free = (free or 0.0) + (advance + _SPACED) * cast.across + cast.apart
            yield end, end
            continue
        gap = 0.0 if free is None else free + left * cast.across - 2 * cast.bold[0] + cast.apart
        start = end + (cast.snap * max(1, round(gap / cast.snap)) if free is not None else 0)
        end = start + _broad(character, cast)
        free = (advance - right) * cast.across
        yield start, end


def _broad(character: str, cast: SizedLetters) -> int:
    """Return the bits across a character's ink, thickened."""
    _, left, right = _sides(character)
    return max(cast.snap, cast.snap * round(((right - left) * cast.across + 2 * cast.bold[0]) / cast.snap))


_SPACED: Final = 0.06
"""What a space is wider than it was made, in ems, because strokes are thicker."""
_MARGIN: Final = 1 << 11
"""Bits to the right of a letter's left edge: more than any letter is wide."""


def _shape(character: str, cast: SizedLetters, height: int, baseline: float) -> list[int]:
    """Draw a letter, its left edge `_MARGIN` bits from the right."""
    sideways, upright = cast.bold
    polygons = [
        _thickened([(x * cast.across / EM, cast.up(y / EM)) for x, y in polygon], sideways, upright)
        for polygon in _polygons(character)
    ]
    if not polygons:
        return [0] * height
    edges = [x for polygon, wide in zip(polygons, _body(character), strict=True) if wide for x, _ in polygon]
    left = min(edges)
    stretch = _broad(character, cast) / (max(edges) - left)
    return _filled([[((x - left) * stretch, baseline - y) for x, y in polygon] for polygon in polygons], height)


@cache
def _body(character: str) -> tuple[bool, ...]:
    """Say of each outline of a character whether it counts towards its breadth: a letter's accents and dots do not.

    What is no letter is all of its parts: both strokes of a quotation mark, the dots of an ellipsis, the rings of a
    percent sign.
    """
    heights = [*map(_tallness, _polygons(character))]
    least = max(heights, default=0.0) / 2 if character.isalpha() else 0.0
    return tuple(height >= least for height in heights)


def _tallness(polygon: Polygon) -> float:
    heights = [y for _, y in polygon]
    return max(heights) - min(heights)


def _polygons(character: str) -> list[Polygon]:
    """Return the outlines of a character."""
    drawn = _line(character).partition(",")[2]
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


def _thickened(polygon: Polygon, wide: float, tall: float) -> Polygon:
    """Move every edge of an outline outwards: a pen of twice that width and height was drawn along it."""
    edges = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True)]
    edges = [edge if any(edge) else (1.0, 0.0) for edge in edges]
    normals = [(-y / size, x / size) for (x, y), size in ((edge, math.hypot(*edge)) for edge in edges)]
    moved = []
    for (x, y), (ax, ay), (bx, by) in zip(polygon, [normals[-1], *normals[:-1]], normals, strict=True):
        far = 1 / max(_SHARPEST, 1 + ax * bx + ay * by)
        moved.append((x + (ax + bx) * far * wide, y + (ay + by) * far * tall))
    return moved


def _filled(polygons: list[Polygon], height: int) -> list[int]:
    """Return rows of bits, x = 0 being `_MARGIN` of them from the right; a bit is set where its middle is inside."""
    crossings: list[list[tuple[float, int]]] = [[] for _ in range(height)]
    for polygon in polygons:
        for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
            if y0 == y1:
                continue
            turn = 1 if y1 > y0 else -1
            slope = (x1 - x0) / (y1 - y0)
            first, last = (y0, y1) if turn == 1 else (y1, y0)
            for y in range(max(0, math.ceil(first - 0.5)), min(height, math.ceil(last - 0.5))):
                crossings[y].append((x0 + slope * (y + 0.5 - y0), turn))
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


BUILTIN_FONT: Final = BuiltinFont()
