"""The ways to show a picture in cells: one row of a table is one mode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from presenter.images import glyphs, mosaic
from presenter.images.glyphs import Family
from presenter.images.subcells import CellGrid, Reduction, SubcellImage
from presenter.images.types import PALETTES, Cells, Depth


@dataclass(frozen=True, slots=True)
class ImageMode:
    """A way to show a picture.

    Attributes:
        across: dots across a cell that the picture is reduced to.
        down: dots down a cell.
        pixels: pixels across and down a cell for pixel art and `fit: actual`: parts of a cell that have a colour of
            their own often enough.
        paint: turns a picture in light, whole cells in both directions, into cells.
        grids: the parts of cells whose means that needs.
        fitted: it needs them in levels, too.
    """

    across: int
    down: int
    pixels: tuple[int, int]
    paint: Callable[[SubcellImage], Cells]
    grids: tuple[CellGrid, ...]
    fitted: bool = True


def _fitted(across: int, down: int, pixels: tuple[int, int], *families: Family) -> ImageMode:
    grids = tuple((family.across, family.down) for family in families)
    return ImageMode(across, down, pixels, partial(mosaic.fit_cells, families=families), grids)


IMAGE_MODES: Final[dict[str, ImageMode]] = {
    "half": ImageMode(1, 2, (1, 2), mosaic.halves, ((1, 2),), fitted=False),
    "quad": _fitted(2, 2, (1, 2), glyphs.QUADRANTS),
    "blocks": _fitted(8, 8, (1, 2), *glyphs.BLOCKS),
    # Thirds and eighths of a cell meet in 24 dots.
    "sextant": _fitted(8, 24, (1, 2), *glyphs.BLOCKS, glyphs.SEXTANTS),
    "octant": _fitted(8, 8, (2, 4), *glyphs.BLOCKS, glyphs.OCTANTS),
}
"""From the least that a terminal's font needs to the most; each shows at least as much as those before it."""


def mode_of(name: str, depth: Depth) -> ImageMode:
    """Return how a picture is shown: dithering wants dots of one colour each, so palettes have half-blocks only."""
    return IMAGE_MODES["half" if depth in PALETTES else name]


def begin_reduction(name: str, depth: Depth, canvas: SubcellImage) -> tuple[SubcellImage, Reduction]:
    """Begin to reduce a picture to what `paint` will ask for; return what to give it then."""
    mode = mode_of(name, depth)
    if depth.startswith("grey"):
        canvas = canvas.grey()
    return canvas, canvas.begin(mode.grids, levels=mode.fitted)


def render_cells(name: str, depth: Depth, canvas: SubcellImage) -> Cells:
    """Turn a picture that was reduced to the dots of `mode_of(name, depth)` into cells."""
    if depth.startswith("grey"):
        canvas = canvas.grey()
    if depth in PALETTES:
        return mosaic.dithered_halves(canvas, depth)
    return replace(mode_of(name, depth).paint(canvas), depth=depth)
