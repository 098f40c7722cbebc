"""Words in letters several rows tall: in how many lines, how large, and their cells."""

from __future__ import annotations

import math
import unicodedata
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from presenter.bidi import shaped, shown
from presenter.images.cells import ImageBlock, image_block
from presenter.images.letters import glyph_fit
from presenter.images.letters.ink_ramp import ink_ramp
from presenter.images.letters.outlines import BUILTIN_FONT
from presenter.images.letters.typeset import SizedLetters, Typeface, size_letters
from presenter.images.types import LetterBox, LetterLook, PictureError

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_EM_DOTS: Final = 8
"""Dots an em, two to a cell's height: smaller letters read worse than plain ones."""
_LONGEST: Final = 80
"""Characters: longer titles would come out too small on any screen."""
_CLIPPED: Final = 0.25
"""So much of a dot may be cut off rather than take another row."""
_NARROWER: Final = 0.04
"""Steps in which letters are made narrower."""


def draw_letters(text: str, look: LetterLook, box: LetterBox) -> ImageBlock | None:
    """Draw a few words in large letters, as large as fits the box; see `images.large_letters`."""
    words = tuple(shaped(unicodedata.normalize("NFC", text)).split())
    if not words or len(text) > _LONGEST:
        return None
    if look.font is not None:
        from presenter.images.letters.font_file import load_font  # noqa: PLC0415  Pillow loads with the first font

        with suppress(PictureError):  # said when the deck was loaded; the file may have changed since
            if _all_known(words, face := load_font(look.font)):
                return _drawn(words, look, box, face)
    return _drawn(words, look, box, BUILTIN_FONT) if _all_known(words, BUILTIN_FONT) else None


def _all_known(words: tuple[str, ...], face: Typeface) -> bool:
    return all(map(face.knows, set("".join(words))))


@lru_cache(maxsize=64)
def _drawn(words: tuple[str, ...], look: LetterLook, box: LetterBox, face: Typeface) -> ImageBlock | None:
    found = _fitted(words, look, box, face)
    if found is None:
        return None
    lines, form = found
    above, _ = _extent(lines, form, look, face, even=box.even)
    columns = min(box.columns, math.ceil(max(face.width(line, form) for line in lines) / glyph_fit.DOTS_ACROSS))
    deep = glyph_fit.dots_down(look.mode)
    width, height = columns * glyph_fit.DOTS_ACROSS, _rows(lines, form, look, face, box) * deep
    rows = [0] * height
    for index, line in enumerate(lines):
        # What is thickened stands on the baseline with all of it.
        feet = (above + index * form.step) * deep / 2 - form.bold[1]
        rows = [row | more for row, more in zip(rows, face.drawn(shown(line), form, width, height, feet), strict=True)]
    return image_block(glyph_fit.fit_glyphs(rows, columns, look.mode, ink_ramp(look), look.depth))


def _fitted(
    words: tuple[str, ...], look: LetterLook, box: LetterBox, face: Typeface
) -> tuple[tuple[str, ...], SizedLetters] | None:
    """Return the lines and the letters that are largest in a box, None when they would be too small."""
    splits = [lines for count in range(1, box.lines + 1) for lines in _split(words, count, face)]
    for size in range(box.largest, MIN_EM_DOTS - 1, -1):
        for lines in splits:
            for narrow in _widths(box.narrow):
                form = size_letters(size, look, face, narrow)
                longest = max(face.width(line, form) for line in lines)
                if longest <= box.columns * glyph_fit.DOTS_ACROSS:
                    if _rows(lines, form, look, face, box) <= box.rows:
                        return lines, form
                    break
    return None


def _widths(least: float) -> Iterator[float]:
    narrow = 1.0
    while narrow > least - _NARROWER / 2:
        yield narrow
        narrow -= _NARROWER


def _split(words: tuple[str, ...], count: int, face: Typeface) -> list[tuple[str, ...]]:
    """Share words among exactly `count` lines so that the longest line is as short as can be; none for fewer words."""
    if count == 1:
        return [(" ".join(words),)]
    options = [
        (" ".join(words[:first]), *rest)
        for first in range(1, len(words) - count + 2)
        for rest in _split(words[first:], count - 1, face)
    ]
    return [min(options, key=lambda lines: max(map(face.length, lines)))] if options else []


def _rows(lines: tuple[str, ...], form: SizedLetters, look: LetterLook, face: Typeface, box: LetterBox) -> int:
    """Return the rows that lines take."""
    return -(-(sum(_extent(lines, form, look, face, even=box.even)) + (len(lines) - 1) * form.step) // 2)


def _extent(
    lines: tuple[str, ...], form: SizedLetters, look: LetterLook, face: Typeface, *, even: bool
) -> tuple[int, int]:
    """Return how far ink goes above the first baseline and below the last one, in dots; if `even`, any letter's."""
    rows = glyph_fit.dots_down(look.mode) / 2
    above = math.ceil((form.up(_reach(lines[0], face)[0]) + 2 * form.bold[1]) / rows - _CLIPPED)
    beneath = math.ceil(-form.up(-_reach(lines[-1], face)[1]) / rows - _CLIPPED)
    return (max(above, form.rise), max(beneath, form.drop)) if even else (above, max(0, beneath))


@lru_cache(maxsize=64)
def _reach(text: str, face: Typeface) -> tuple[float, float]:
    return face.reach(text)
