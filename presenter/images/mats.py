"""What lies below transparent pictures: dark lines drawn for white paper cannot be seen on a dark slide."""

from __future__ import annotations

from typing import Final

from PIL import Image

from presenter.images.linear_light import FULL_LIGHT, decoding, linear_luminance

LIGHT: Final = "#f4f4f0"
DARK: Final = "#16181d"
_SIDE: Final = 48
"""Pixels across and down of the picture that is looked at."""
_SEEN: Final = 2.0
"""The contrast from which a line is seen well enough (WCAG asks 3:1 of graphics; thin lines are blurred here)."""
_ENOUGH: Final = 0.5
"""The share of what is drawn that has to be seen."""
_SOLID: Final = 128
_CLEAR: Final = 0.05
"""The share of a picture that has to be transparent for it to be taken for a drawing on a background."""


def below(image: Image.Image, mat: str, background: str) -> str:
    """Return the colour that lies below a picture, `#rrggbb`.

    Args:
        image: mode L, LA, RGB or RGBA.
        mat: `auto`, `none`, or a colour.
        background: of the slide.
    """
    if mat == "none" or image.mode not in {"LA", "RGBA"}:
        return background
    if mat != "auto":
        return mat
    ink = _ink(image)
    if ink is None or _share(ink, background) >= _ENOUGH:
        return background
    return max((LIGHT, DARK), key=lambda colour: _share(ink, colour))


def faint(image: Image.Image, background: str) -> bool:
    """Say whether a picture has transparent parts and can hardly be seen on a colour."""
    ink = _ink(image) if image.mode in {"LA", "RGBA"} else None
    return ink is not None and _share(ink, background) < _ENOUGH


def _ink(image: Image.Image) -> list[float] | None:
    """Return the luminances, 0 to 1, of what is drawn; None for a picture that hardly shows anything below it."""
    small = image.convert("RGBA")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.NEAREST)
    light = decoding()
    data = small.tobytes()
    solid = [data[at : at + 3] for at in range(0, len(data), 4) if data[at + 3] >= _SOLID]
    if not solid or len(solid) > (1 - _CLEAR) * (len(data) // 4):
        return None
    return [(0.2126 * light[r] + 0.7152 * light[g] + 0.0722 * light[b]) / FULL_LIGHT for r, g, b in solid]


def _share(ink: list[float], colour: str) -> float:
    """Return the share of what is drawn that has enough contrast to a colour, by WCAG 2.2's formula."""
    paper = linear_luminance(colour) / FULL_LIGHT
    seen = sum(1 for level in ink if (max(level, paper) + 0.05) / (min(level, paper) + 0.05) >= _SEEN)
    return seen / len(ink)
