"""Makes presenter/images/letters/letterforms.txt: the outlines that titles are drawn with.

    python tests/letterforms.py

They are those of the font inside Pillow (Aileron by Sora Sagano, CC0: no rights reserved), so that large letters cost
a deck of text neither Pillow nor a font engine. Letters with accents, which that font lacks, are put together from its
letters and a few marks in its manner. A test makes the file anew and compares.
"""

from __future__ import annotations

import io
import math
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from PIL import ImageFont

TARGET = Path(__file__).resolve().parents[1] / "presenter" / "images" / "letters" / "letterforms.txt"
NEAR = 2
"""Units that a polygon may miss the curve by, of 1,000 an em: less than can be seen in letters as tall as a screen."""
HEAD = "# By tests/letterforms.py. A line: code point, advance, outlines (x y x y; more), or @ and parts: code x y."

Point: TypeAlias = tuple[float, float]
Contour: TypeAlias = list[Point]

_ON, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = (1 << bit for bit in range(6))
"""Flags of a point in the table `glyf`."""
GRAVE, ACUTE, CIRCUMFLEX, TILDE, MACRON, BREVE, DOT, DIAERESIS, RING, DOUBLE, CARON, COMMA, CEDILLA, OGONEK = (
    *("\u0300", "\u0301", "\u0302", "\u0303", "\u0304", "\u0306", "\u0307", "\u0308", "\u030a", "\u030b", "\u030c"),
    *("\u0326", "\u0327", "\u0328"),
)
QUOTE, DASH, TIMES, DOTLESS = "\u2019", "\u2013", "\u00d7", "\u0131"
BELOW = {CEDILLA, OGONEK, COMMA}
GAP = 105
"""Units between a letter and its mark."""
THIN = 68
"""Units across a stroke of a mark."""


@dataclass
class Glyph:
    """A character: how far it moves on, its outlines, or the characters that it is put together from."""

    advance: int
    contours: list[Contour]
    parts: tuple[tuple[str, int, int], ...] = ()

    @property
    def box(self) -> tuple[float, float, float, float]:
        xs, ys = zip(*(point for contour in self.contours for point in contour), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def moved(self, x: float, y: float) -> list[Contour]:
        return [[(px + x, py + y) for px, py in contour] for contour in self.contours]


class Font:
    """The tables of a TrueType file that tell outlines; see the OpenType specification for each."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        count = struct.unpack_from(">H", data, 4)[0]
        records = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
        self.at = {tag.decode(): offset for tag, _, offset, _ in records}
        self.units = self.read("H", "head", 18)[0]
        self.long = self.read("h", "head", 50)[0]
        self.measured = self.read("H", "hhea", 34)[0]

    def read(self, form: str, table: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(">" + form, self.data, self.at[table] + offset)

    def characters(self) -> dict[str, int]:
        """Return the glyph of each character, from the `cmap` of format 4."""
        tables = [self.read("HHI", "cmap", 4 + 8 * index) for index in range(self.read("H", "cmap", 2)[0])]
        start = next(offset for _, _, offset in tables if self.read("H", "cmap", offset)[0] == 4)
        count = self.read("H", "cmap", start + 6)[0] // 2
        ends = self.read(f"{count}H", "cmap", start + 14)
        starts = self.read(f"{count}H", "cmap", start + 16 + 2 * count)
        deltas = self.read(f"{count}H", "cmap", start + 16 + 4 * count)
        places = start + 16 + 6 * count
        ranges = self.read(f"{count}H", "cmap", places)
        found = {}
        for index, (first, last, delta, away) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
            for code in range(first, min(last, 0xFFFE) + 1):
                glyph = code
                if away:
                    glyph = self.read("H", "cmap", places + 2 * index + away + 2 * (code - first))[0]
                if glyph := (glyph + delta) & 0xFFFF:
                    found[chr(code)] = glyph
        return found

    def glyph(self, number: int) -> Glyph:
        advance = self.read("H", "hmtx", 4 * min(number, self.measured - 1))[0]
        return Glyph(round(advance * 1000 / self.units), self.contours(number))

    def contours(self, number: int) -> list[Contour]:
        """Return polygons, in thousandths of an em."""
        form, size = ("I", 4) if self.long else ("H", 2)
        start, end = (place * (1 if self.long else 2) for place in self.read("2" + form, "loca", number * size))
        if start == end:
            return []
        count = self.read("h", "glyf", start)[0]
        if count < 0:
            return list(self._joined(start + 10))
        scale = 1000 / self.units
        return [
            [(x * scale, y * scale) for x, y in _flat(points)] for points in self._simple(start + 10, count) if points
        ]

    def _joined(self, place: int) -> Iterator[Contour]:
        """Go through the outlines of a glyph that is made of others, moved by whole units."""
        more = True
        while more:
            flags, number = self.read("HH", "glyf", place)
            form = "hh" if flags & 1 else "bb"
            x, y = (value * 1000 / self.units for value in self.read(form, "glyf", place + 4))
            assert flags & 2, "moved to a point"
            assert not flags & 0xC8, "scaled"
            yield from Glyph(0, self.contours(number)).moved(x, y)
            place += 4 + struct.calcsize(">" + form)
            more = bool(flags & 0x20)

    def _simple(self, place: int, count: int) -> list[list[tuple[int, int, bool]]]:
        """Return the points of each outline, and whether they are on it."""
        ends = self.read(f"{count}H", "glyf", place)
        place += 2 * count
        place += 2 + self.read("H", "glyf", place)[0]
        total = ends[-1] + 1
        flags: list[int] = []
        while len(flags) < total:
            flag = self.read("B", "glyf", place)[0]
            times = 1 + (self.read("B", "glyf", place + 1)[0] if flag & _REPEAT else 0)
            place += 2 if flag & _REPEAT else 1
            flags += [flag] * times
        axes = []
        for short, same in ((_SHORT_X, _SAME_X), (_SHORT_Y, _SAME_Y)):
            values, value = [], 0
            for flag in flags:
                form = "B" if flag & short else "" if flag & same else "h"
                if form:
                    step = self.read(form, "glyf", place)[0]
                    value += -step if form == "B" and not flag & same else step
                    place += struct.calcsize(form)
                values.append(value)
            axes.append(values)
        points = [(x, y, bool(flag & _ON)) for x, y, flag in zip(*axes, flags, strict=True)]
        return [points[first:last] for first, last in pairwise([0, *(end + 1 for end in ends)])]


def _flat(points: list[tuple[int, int, bool]]) -> Iterator[Point]:
    """Turn an outline of quadratic curves into a polygon: between two points off it lies one on it."""
    full: list[tuple[float, float, bool]] = []
    for index, (right, up, on) in enumerate(points):
        before = points[index - 1]
        if not on and not before[2]:
            full.append(((right + before[0]) / 2, (up + before[1]) / 2, True))
        full.append((right, up, on))
    first = next(index for index, point in enumerate(full) if point[2])
    full = full[first:] + full[:first]
    for index, (x, y, on) in enumerate(full):
        if on:
            yield x, y
            continue
        start, end = full[index - 1], full[(index + 1) % len(full)]
        # A quadratic in n pieces is off by an eighth of its second difference / n^2.
        bend = math.hypot(start[0] - 2 * x + end[0], start[1] - 2 * y + end[1]) / 4
        pieces = max(1, math.ceil(math.sqrt(bend / NEAR)))
        for step in range(1, pieces):
            t = step / pieces
            yield tuple((1 - t) ** 2 * start[i] + 2 * t * (1 - t) * (x, y)[i] + t * t * end[i] for i in (0, 1))  # type: ignore[misc]


def _stroke(path: list[Point], thin: float = THIN) -> Contour:
    """Return the outline of a line drawn with a pen, clockwise as TrueType has what is filled."""
    left, right = [], []
    for index, (x, y) in enumerate(path):
        before, after = path[max(0, index - 1)], path[min(len(path) - 1, index + 1)]
        length = math.hypot(after[0] - before[0], after[1] - before[1])
        across, up = (after[0] - before[0]) / length, (after[1] - before[1]) / length
        into = (x - before[0], y - before[1]) if index else (after[0] - x, after[1] - y)
        size = math.hypot(*into)
        # At a corner the pen's edge is further out.
        wide = thin / 2 / max(0.5, (into[0] * across + into[1] * up) / size)
        left.append((x - up * wide, y + across * wide))
        right.append((x + up * wide, y - across * wide))
    return left + right[::-1]


def _disc(x: float, y: float, radius: float, *, hole: bool = False) -> Contour:
    turns = [(1 if hole else -1) * 2 * math.pi * step / 20 for step in range(20)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _arc(x: float, y: float, radius: float, first: float, last: float) -> list[Point]:
    turns = [math.radians(first + (last - first) * step / 10) for step in range(11)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _marks(comma: Glyph) -> dict[str, list[Contour]]:
    """Draw the marks, around x = 0 and standing on y = 0; what hangs below a letter hangs from there."""
    slant = _stroke([(-45, 30), (45, 150)])
    roof = _stroke([(-105, 25), (0, 140), (105, 25)])
    wave = [(-125.0 + 25 * step, 75 + 32 * math.sin(2 * math.pi * step / 10)) for step in range(11)]
    return {
        ACUTE: [slant],
        GRAVE: [[(-x, y) for x, y in reversed(slant)]],
        DOUBLE: [[(x + away, y) for x, y in slant] for away in (-72, 72)],
        CIRCUMFLEX: [roof],
        CARON: [[(x, 170 - y) for x, y in reversed(roof)]],
        TILDE: [_stroke(wave)],
        MACRON: [_stroke([(-110, 60), (110, 60)])],
        BREVE: [_stroke(_arc(0, 150, 110, 200, 340))],
        DOT: [_disc(0, 60, 56)],
        DIAERESIS: [_disc(-112, 60, 50), _disc(112, 60, 50)],
        RING: [_disc(0, 95, 100), _disc(0, 95, 42, hole=True)],
        COMMA: comma.moved(0, -comma.box[3]),
        CEDILLA: [_stroke([(10, 20), (-5, -70), *_arc(0, -135, 62, 80, -120)], 58)],
        OGONEK: [_stroke([(30, 20), (-22, -60), *_arc(45, -115, 70, 170, 290)], 58)],
    }


def _more(found: dict[str, Glyph]) -> Iterator[tuple[str, Glyph]]:
    """Draw what neither the font nor its letters with marks have."""
    dash = found["-"]
    left, low, _, high = dash.box
    for character, width in ((DASH, 500), ("—", 900)):
        yield (
            character,
            Glyph(
                width + 2 * round(left),
                [_stroke([(left, (low + high) / 2), (left + width, (low + high) / 2)], high - low)],
            ),
        )
    for character, letter in ((DOTLESS, "i"), ("ȷ", "j")):
        yield character, Glyph(found[letter].advance, [min(found[letter].contours, key=lambda c: max(y for _, y in c))])
    for character, base in (("¡", "!"), ("¿", "?")):
        glyph, reach = found[base], found["x"].box[3]
        turned = [[(glyph.advance - x, reach - y) for x, y in contour] for contour in glyph.contours]
        yield character, Glyph(glyph.advance, turned)
    middle, half = found["+"].advance / 2, 165
    cross = (found["+"].box[1] + found["+"].box[3]) / 2
    ends = [
        (middle - half, cross - half),
        (middle + half, cross + half),
        (middle - half, cross + half),
        (middle + half, cross - half),
    ]
    yield TIMES, Glyph(found["+"].advance, [_stroke(ends[:2], 72), _stroke(ends[2:], 72)])
    yield from _arrows(found)
    yield from _joined(found)


def _arrows(found: dict[str, Glyph]) -> Iterator[tuple[str, Glyph]]:
    middle = (found["+"].box[1] + found["+"].box[3]) / 2
    shaft, tip = [(70.0, middle), (850.0, middle)], [(600.0, middle + 230), (850.0, middle), (600.0, middle - 230)]
    yield "→", Glyph(940, [_stroke(shaft, 80), _stroke(tip, 80)])
    flipped = [[(940 - x, y) for x, y in reversed(line)] for line in (shaft, tip)]
    yield "←", Glyph(940, [_stroke(line, 80) for line in flipped])


def _joined(found: dict[str, Glyph]) -> Iterator[tuple[str, Glyph]]:
    """Draw letters that have grown together, or have a stroke through them."""
    for character, first, second, over in (
        ("æ", "a", "e", 75),
        ("œ", "o", "e", 75),
        ("Æ", "A", "E", 190),
        ("Œ", "O", "E", 150),
    ):
        away = found[first].advance - over
        yield character, Glyph(away + found[second].advance, found[first].contours + found[second].moved(away, 0))
    for character, base in (("ø", "o"), ("Ø", "O")):
        left, low, right, high = found[base].box
        slash = _stroke([(left + 5, low - 25), (right - 5, high + 25)], 62)
        yield character, Glyph(found[base].advance, [*found[base].contours, slash])
    for character, base, start, end in (
        *(("ł", "l", (-45, 250), (45, 330)), ("Ł", "L", (-115, 265), (95, 395))),
        *(("đ", "d", (-150, 605), (90, 605)), ("Đ", "D", (-80, 365), (230, 365)), ("Ð", "D", (-80, 365), (230, 365))),
        *(("ħ", "h", (-80, 605), (160, 605)), ("€", "C", (-110, 440), (330, 440))),
    ):
        glyph = found[base]
        stem = glyph.box[2] - 45 if base == "d" else sum(glyph.box[::2]) / 2 if base == "l" else glyph.box[0] + 45
        strokes = [_stroke([(start[0] + stem, start[1]), (end[0] + stem, end[1])], 66)]
        if character == "€":
            strokes.append([(x, y - 150) for x, y in strokes[0]])
        yield character, Glyph(glyph.advance, glyph.contours + strokes)
    yield "ß", _sharp(found)


def _sharp(found: dict[str, Glyph]) -> Glyph:
    """Draw the ß: a stem that bends over into two bowls, as broad as the stem of an l."""
    left, _, right, _ = found["u"].box
    right = left + 86
    top = found["l"].box[3]
    broad, x = right - left, (left + right) / 2
    head = _arc(x + 150, top - 150 - broad / 2, 150, 180, 0)
    bowls = [(x + 290, top - 230), *_arc(x + 225, 195, 205, 60, -90), (x + 130, -10 + broad / 2)]
    path = [(x, 0), (x, top - 260), *head, (x + 285, top - 245), (x + 200, 410), *bowls[1:]]
    return Glyph(round(x + 225 + 205 + broad / 2 + left * 0.6), [_stroke(path[:-1], broad)])


def _accented(found: dict[str, Glyph]) -> Iterator[tuple[str, Glyph]]:
    """Put letters and marks together, as Unicode takes them apart."""
    for code in (*range(0xC0, 0x180), *range(0x218, 0x21C), 0x1E9E):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) != 2 or parts[0].startswith("<") or (mark := chr(int(parts[1], 16))) not in found:
            continue
        base = {"i": DOTLESS, "j": "ȷ"}.get(letter := chr(int(parts[0], 16)), letter)
        if mark in BELOW:
            base = letter
        if letter in "dlLt" and mark == CARON:
            yield chr(code), _beside(found, letter)
            continue
        if mark == CEDILLA and letter in "GKLNRTgklnrt":
            mark = COMMA
        yield chr(code), _marked(found, base, mark)


def _beside(found: dict[str, Glyph], letter: str) -> Glyph:
    """Put the caron of tall letters beside them, where it looks like a comma."""
    box, comma = found[letter].box, found[QUOTE]
    x = round(box[2] + 50 - comma.box[0] if letter != "L" else box[2] - 120)
    y = round((found["L"] if letter == "L" else found["l"]).box[3] - comma.box[3])
    wide = max(found[letter].advance, round(x + comma.box[2] + 30))
    return Glyph(wide, found[letter].contours, ((letter, 0, 0), (QUOTE, x, y)))


def _marked(found: dict[str, Glyph], base: str, mark: str) -> Glyph:
    glyph = found[base]
    left, low, right, high = glyph.box
    middle, sign = (left + right) / 2, found[mark]
    x = middle - (sign.box[0] + sign.box[2]) / 2
    if mark == COMMA:
        y = min(0.0, low) - GAP // 2
    elif mark == CEDILLA:
        y = min(0.0, low + 12)
    elif mark == OGONEK:
        x, y = (right - 130 if base in "AaEe" else middle) - sign.box[0], min(0.0, low + 12)
    else:
        y = high + (GAP if base.islower() else GAP // 2)
    return Glyph(glyph.advance, [], ((base, 0, 0), (mark, round(x), round(y))))


def font_bytes() -> bytes:
    """Return the font file inside Pillow."""
    font = ImageFont.load_default(10)
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert isinstance(font.path, io.BytesIO)
    return font.path.getvalue()


def glyphs() -> dict[str, Glyph]:
    """Return every character of the file."""
    font = Font(font_bytes())
    found = {character: font.glyph(number) for character, number in font.characters().items() if character >= " "}
    found |= {mark: Glyph(0, contours) for mark, contours in _marks(found[","]).items()}
    found |= dict(_more(found))
    found |= dict(_accented(found))
    return found


def _numbers(values: Iterable[float]) -> str:
    return " ".join(str(round(value)) for value in values)


def text() -> str:
    """Return the file's contents."""
    lines = [HEAD]
    for character, glyph in sorted(glyphs().items()):
        if glyph.parts:
            drawn = "@" + ";".join(f"{ord(part):x} {x} {y}" for part, x, y in glyph.parts)
        else:
            drawn = ";".join(_numbers(value for point in contour for value in point) for contour in glyph.contours)
        lines.append(f"{ord(character):x},{glyph.advance},{drawn}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="ascii")
