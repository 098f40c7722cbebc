"""Pictures for a Rich console, carried by rich-pixels."""

from __future__ import annotations

from rich.segment import Segment
from rich_pixels import Pixels

from presenter.imaging.model import Picture


def pixels(picture: Picture) -> Pixels:
    """Carry the picture's own segments, a line feed after each row."""
    return Pixels.from_segments(segment for line in picture.lines for segment in (*line, Segment.line()))
