"""Linear light: what a mean of colours has to be taken in, and the only place that knows its curve.

The eye at a distance adds up light, not sRGB values, which are about its square root: the mean of black and white is
a grey of 188, not of 128. Light is held as whole numbers from 0 to `FULL` in Pillow's mode I.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from PIL import Image, ImageColor

FULL_LIGHT: Final = 65_535
LIGHT_STRIPE: Final = 1_000_000
"""Pixels turned into light at a time: a picture of any size costs four megabytes more, not four bytes a pixel."""


def _light(level: float) -> float:
    """Return the light of an sRGB level, both from 0 to 1 (IEC 61966-2-1)."""
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's


@cache
def decoding() -> list[int]:
    """Return the light of each of the 256 levels."""
    return [round(FULL_LIGHT * _light(level / 255)) for level in range(256)]


@cache
def encoding() -> list[int]:
    """Return the nearest level for each amount of light, 0 to `FULL`."""
    edges = [0, *(math.ceil(FULL_LIGHT * _light((level + 0.5) / 255)) for level in range(255)), FULL_LIGHT + 1]
    return [level for level, (start, end) in enumerate(pairwise(edges)) for _ in range(start, end)]


def lit(colour: tuple[int, ...]) -> tuple[int, ...]:
    """Return the light of a colour, band by band."""
    return tuple(decoding()[level] for level in colour)


def linear_luminance(colour: str) -> float:
    """Return the luminance of `#rrggbb`, from 0 to `FULL` (CIE Y of sRGB)."""
    red, green, blue = lit(ImageColor.getrgb(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def levels(light: Image.Image) -> Image.Image:
    """Return the levels of an image of light, mode L."""
    light.load()
    # `Image.point` rounds every entry of the table in Python first, which takes longer than everything else here.
    return light._new(light.im.point(encoding(), "L"))  # noqa: SLF001  what `Image.point` does after that


def reduce_band(band: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]) -> Image.Image:
    """Reduce a part of a band of levels, mode L, to dots of light, a stripe at a time.

    Args:
        band: the levels.
        size: dots across and down.
        box: left, top, right, bottom of the part, in pixels.
    """
    left, top, right, bottom = box
    pitch = (bottom - top) / size[1]
    before, behind = math.floor(left), math.ceil(right)
    target = Image.new("I", size)
    for first, last in _stripes(size[1], (behind - before) * pitch):
        start, end = top + first * pitch, top + last * pitch
        above, beneath = math.floor(start), min(band.height, math.ceil(end))
        light = band.crop((before, above, behind, beneath)).point(decoding(), "I")
        part = (left - before, start - above, right - before, min(end - above, light.height))
        target.paste(light.resize((size[0], last - first), Image.Resampling.BOX, box=part), (0, first))
    return target


def _stripes(rows: int, pixels: float) -> Iterator[tuple[int, int]]:
    """Cut rows of dots, each made from so many pixels, into stripes of at most `STRIPE` pixels."""
    step = max(1, int(LIGHT_STRIPE / max(pixels, 1)))
    for first in range(0, rows, step):
        yield first, min(rows, first + step)


def stacked(bands: list[Image.Image]) -> Image.Image:
    """Put bands below one another in one image, so that whatever follows is done to all of them at once."""
    width, height = bands[0].size
    whole = Image.new("I", (width, height * len(bands)))
    for index, band in enumerate(bands):
        whole.paste(band, (0, index * height))
    return whole
