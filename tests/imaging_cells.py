"""Reading back what a drawn picture shows."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment

from presenter.imaging import Picture

Colour = tuple[int, int, int]


def _colour(colour: Color) -> Colour:
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def _pair(segment: Segment) -> tuple[Colour, Colour]:
    """Return the upper and the lower colour of a segment's cells."""
    style = segment.style
    assert style is not None
    assert style.bgcolor is not None
    lower = _colour(style.bgcolor)
    return lower if style.color is None else _colour(style.color), lower


def dots(picture: Picture) -> list[list[Colour]]:
    """Return the colours of a half-block picture, two rows a line."""
    rows: list[list[Colour]] = []
    for line in picture.lines:
        pairs = [_pair(segment) for segment in line for _ in segment.text]
        rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]
    return rows


def near(one: Colour, other: Colour, tolerance: int = 6) -> bool:
    """Say whether two colours look the same, lossy formats allowed for."""
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))
