"""The ways to show dots in cells: one row of a table is one mode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from presenter.imaging.halfblocks import encode as half
from presenter.imaging.model import Picture, Raster


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to show dots.

    Attributes:
        across: dots across a cell.
        down: dots down a cell.
        paint: turns a raster, whole cells in both directions, into cells.
    """

    across: int
    down: int
    paint: Callable[[Raster], Picture]


MODES: Final[dict[str, Mode]] = {"half": Mode(1, 2, half)}


def paint(mode: str, raster: Raster) -> Picture:
    """Turn the dots of a mode into cells."""
    return MODES[mode].paint(raster)
