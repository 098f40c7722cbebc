"""Times in digits five rows tall, to be read from across a stage."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Line

DIGIT_ROWS: Final = 5
# Three by five points each, a point being two cells; what is not here is left out.
_SHAPES: Final = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "-": ("   ", "   ", "███", "   ", "   "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
}


def digits(text: str, style: Style) -> list[Line]:
    """Draw a time in `ROWS` rows, all of the same width; a cell between two digits."""
    shapes = [_SHAPES[sign] for sign in text if sign in _SHAPES]
    rows = (" ".join(shape[row] for shape in shapes) for row in range(DIGIT_ROWS))
    return [[Segment("".join(2 * point for point in row), style)] for row in rows]
