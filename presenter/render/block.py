"""A drawn thing before it has its place on the slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rich.segment import Segment

Line: TypeAlias = list[Segment]
"""Segments of one row; a row shorter than its place is filled with the background."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of cells, none wider than the width it was drawn for.

    Attributes:
        lines: the rows, top to bottom.
        lost: rows of content that the drawing itself had to leave out.
        remarks: what the author and the speaker should know ("picture missing: x.png"), never shown to the audience.
        pending: a picture is still being decoded; drawing again later shows it.
        cut: the first words that were left out; empty when nothing was.
    """

    lines: list[Line]
    lost: int = 0
    remarks: tuple[str, ...] = ()
    pending: bool = False
    cut: str = ""
