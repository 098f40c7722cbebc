"""Pictures for terminals without true colours: half-blocks, dithered to the palette they have."""

from __future__ import annotations

from functools import cache
from typing import Final

from PIL import Image

from presenter.images.types import Depth

_CUBE: Final = (0, 95, 135, 175, 215, 255)
"""Levels of the 6 x 6 x 6 colours from number 16, as xterm set them and all others took over."""
_SIXTEEN: Final = (
    *((0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)),
    *((85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255), (255, 85, 255), (85, 255, 255)),
    (255, 255, 255),
)
"""The colours of the Linux console, which are also those that Rich takes the sixteen for."""


@cache
def colours(depth: Depth) -> dict[int, tuple[int, int, int]]:
    """Return the colours of a palette by their number in the terminal.

    Of 256 the first sixteen are left out, because people set them to something else.
    """
    if depth in {"16", "grey16"}:
        found = dict(enumerate(_SIXTEEN))
    else:
        steps = [(red, green, blue) for red in _CUBE for green in _CUBE for blue in _CUBE]
        found = dict(enumerate(steps, 16))
        found |= {232 + step: (8 + 10 * step,) * 3 for step in range(24)}
    if depth in {"grey16", "grey256"}:
        return {number: colour for number, colour in found.items() if len(set(colour)) == 1}
    return found


@cache
def _palette(depth: Depth) -> Image.Image:
    image = Image.new("P", (1, 1))
    image.putpalette([level for colour in colours(depth).values() for level in colour])
    return image


def dithered(image: Image.Image, depth: Depth) -> Image.Image:
    """Return a picture of levels, mode RGB, in numbers of the terminal's palette, mode L (Floyd and Steinberg)."""
    numbers = list(colours(depth))
    found = image.quantize(palette=_palette(depth), dither=Image.Dither.FLOYDSTEINBERG)
    places = Image.frombytes("L", found.size, found.tobytes())
    return places.point([*numbers, *([numbers[-1]] * (256 - len(numbers)))])
