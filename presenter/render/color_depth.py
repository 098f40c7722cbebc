"""Rows of cells in fewer colours, as a terminal has them that is not this one."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from presenter.images import ImageRow
from presenter.render.block import Line

ReducedColors: TypeAlias = Literal["256", "16", "mono"]
"""The colours that are left; `mono` is greys."""


def reduce_colors(row: Line, colours: ReducedColors) -> Line:
    """Return a row in fewer colours; pictures have theirs from `Stage.depth`."""
    return [part if isinstance(part, ImageRow) else Segment(part.text, _style(part.style, colours)) for part in row]


@lru_cache(maxsize=2048)
def _style(style: Style | None, colours: ReducedColors) -> Style | None:
    if style is None:
        return None
    return style + Style.from_color(*(_colour(colour, colours) for colour in (style.color, style.bgcolor)))


def _colour(colour: Color | None, colours: ReducedColors) -> Color | None:
    if colour is None:
        return None
    if colours == "mono":
        red, green, blue = colour.get_truecolor()
        # Luma of ITU-R BT.601, which Textual takes for its greys.
        grey = round(0.299 * red + 0.587 * green + 0.114 * blue)
        return Color.from_rgb(grey, grey, grey)
    return colour.downgrade(ColorSystem.EIGHT_BIT if colours == "256" else ColorSystem.STANDARD)
