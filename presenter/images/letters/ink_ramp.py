"""The colours between ink and paper that the edges of letters have, for each kind of terminal."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.color import Color, ColorSystem

from presenter.images.letters.glyph_fit import FULL_INK
from presenter.images.types import PALETTES, LetterLook
from presenter.themes import luminance

_HALF: Final = FULL_INK // 2


@lru_cache(maxsize=16)
def ink_ramp(look: LetterLook) -> tuple[bytes, ...]:
    """Return the levels of each band, or the numbers of a palette, for 0 to `FULL` parts of ink on paper.

    Between the two the light is shared out, not the levels: that is what the eye adds up from afar. Sixteen colours
    have none between.
    """
    ends = [_light(colour, grey=look.depth.startswith("grey")) for colour in (look.background, look.color)]
    mixed = [
        tuple(_level(paper + (ink - paper) * share / FULL_INK) for paper, ink in zip(*ends, strict=True))
        for share in range(FULL_INK + 1)
    ]
    if look.depth not in PALETTES:
        return tuple(map(bytes, zip(*mixed, strict=True)))
    if look.depth.endswith("16"):
        mixed = [mixed[FULL_INK if share > _HALF else 0] for share in range(FULL_INK + 1)]
    # As whoever writes the cells around the letters does it: one background, one number.
    system = ColorSystem.STANDARD if look.depth.endswith("16") else ColorSystem.EIGHT_BIT
    numbers = {colour: Color.from_rgb(*colour).downgrade(system).number or 0 for colour in dict.fromkeys(mixed)}
    return (bytes(numbers[colour] for colour in mixed),)


def _light(colour: str, *, grey: bool) -> tuple[float, ...]:
    """Return the light of `#rrggbb` from 0 to 1, a band each (IEC 61966-2-1)."""
    if grey:
        return (luminance(colour),) * 3
    levels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels)  # noqa: PLR2004 - the standard's


def _level(light: float) -> int:
    """Return the level of light, the way back."""
    level = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004 - the standard's
    return round(255 * level)
