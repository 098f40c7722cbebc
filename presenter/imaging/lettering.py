"""Words in letters several rows tall, drawn with Pillow's own scalable font as half-blocks."""

from __future__ import annotations

from functools import cache, lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont
from rich.segment import Segment

from presenter.imaging import halfblocks
from presenter.imaging.model import Raster

SMALLEST = 11
"""Dots an em: below this, letters of half-blocks read worse than plain ones."""
LARGEST = 44
"""Dots an em: above this, letters shout."""
_LINES = 3
_LONGEST = 60
"""Characters: longer titles would come out too small on any screen."""
_OVER = 4
"""Letters are drawn this many times larger, then reduced, so that their edges are smooth."""
_LEADING = 1.12
"""Baseline to baseline, in ems."""
_WEIGHT = 0.035
"""How much letters are thickened at most, in ems: the font has one weight, too light from the back row."""
_FIRM = [min(255, round(level * 1.35)) for level in range(256)]
"""Strokes thinner than a dot would look pale: every level of coverage is made a third stronger."""
_THIN = 18
"""Dots an em: smaller letters are thickened less, or they would fill up."""


def letters(  # noqa: PLR0913 - a box, two colours and the shape of its cells
    text: str, *, columns: int, rows: int, color: str, background: str, aspect: float = 0.5
) -> tuple[list[Segment], ...] | None:
    """Draw a few words in large letters, as large as fits `columns` x `rows` cells on at most three lines.

    Returns rows of cells, none wider than `columns`, or None when the words would come out too small to gain
    anything, or when the font has no glyph for one of their characters.
    """
    words = tuple(text.split())
    if not words or len(text) > _LONGEST or not all(map(_known, set("".join(words)))):
        return None
    return _drawn(words, columns=columns, rows=rows, color=color, background=background, aspect=aspect)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow has no scalable font")
    return font


@cache
def _known(character: str) -> bool:
    """Say whether the font has a glyph: one that it lacks looks like that of a code point that is never assigned."""
    font = _font(40)
    missing, drawn = font.getmask("\uffff"), font.getmask(character)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@lru_cache(maxsize=64)
def _drawn(  # noqa: PLR0913 - as `letters`
    words: tuple[str, ...], *, columns: int, rows: int, color: str, background: str, aspect: float
) -> tuple[list[Segment], ...] | None:
    stretch = 2 * aspect
    wide = columns * stretch
    lines, size = max(
        ((lines, _size(lines, wide, 2 * rows)) for count in range(1, _LINES + 1) if (lines := _split(words, count))),
        key=lambda found: found[1],
    )
    if size < SMALLEST:
        return None
    mask = _mask(lines, size)
    dots = (max(1, min(columns, round(mask.width / _OVER / stretch))), -(-mask.height // _OVER))
    small = mask.resize(dots, Image.Resampling.BOX).point(_FIRM)
    even = Image.new("L", (small.width, small.height + small.height % 2))
    even.paste(small)
    inked = Image.composite(
        Image.new("RGB", even.size, ImageColor.getrgb(color)),
        Image.new("RGB", even.size, ImageColor.getrgb(background)),
        even,
    )
    return halfblocks.encode(Raster(even.width, even.height, inked.tobytes())).lines


def _split(words: tuple[str, ...], count: int) -> tuple[str, ...] | None:
    """Share words among exactly `count` lines so that the longest line is as short as can be."""
    if count > len(words):
        return None
    if count == 1:
        return (" ".join(words),)
    options = [
        (" ".join(words[:first]), *rest)
        for first in range(1, len(words) - count + 2)
        if (rest := _split(words[first:], count - 1))
    ]
    return min(options, key=lambda lines: max(map(_font(100).getlength, lines)))


def _size(lines: tuple[str, ...], wide: float, tall: float) -> int:
    """Return the largest size in dots an em at which lines fit `wide` x `tall` dots."""
    longest = max(map(_font(100).getlength, lines)) / 100 + 2 * _WEIGHT
    top, bottom = _extent(lines)
    return min(LARGEST, int(wide / longest), int(tall / ((len(lines) - 1) * _LEADING + bottom - top)))


def _extent(lines: tuple[str, ...]) -> tuple[float, float]:
    """Return where the ink of the first line begins and that of the last ends, from their origins, in ems."""
    font = _font(100)
    return font.getbbox(lines[0])[1] / 100 - _WEIGHT, font.getbbox(lines[-1])[3] / 100 + _WEIGHT


def _mask(lines: tuple[str, ...], size: int) -> Image.Image:
    """Draw lines `_OVER` times too large, white on black, without empty rows above and below."""
    font = _font(size * _OVER)
    em = size * _OVER
    weight = round(em * min(_WEIGHT, _WEIGHT * max(0, size - 10) / (_THIN - 10)))
    top, bottom = _extent(lines)
    wide = max(map(font.getlength, lines)) + 2 * weight
    mask = Image.new("L", (int(wide) + 1, int(em * ((len(lines) - 1) * _LEADING + bottom - top))))
    draw = ImageDraw.Draw(mask)
    for index, line in enumerate(lines):
        draw.text(
            (weight, em * (index * _LEADING - top)), line, fill=255, font=font, stroke_width=weight, stroke_fill=255
        )
    return mask
