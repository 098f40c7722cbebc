"""The overview: really drawn tiles in a grid, or a list where tiles would be too small to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rich.segment import Segment

from presenter.deck.model import Slide
from presenter.render.block import Line
from presenter.render.text import ellipsize, fit_row, row_width
from presenter.session.argument import Argument
from presenter.ui.view_model import RenderContext

MIN_TILE_CELLS: Final = 25
"""Cells of a tile at least."""
LIST_BELOW: Final = (48, 14)
"""Columns and rows below which slides are listed."""


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Tiles on a page: how many, and how large; all numbers in cells and rows."""

    columns: int
    rows: int
    width: int
    """Of a tile, without the gap after it."""
    height: int
    """Of the drawing, without its title row and the gap below."""

    @property
    def count(self) -> int:
        """Tiles on a page."""
        return self.columns * self.rows


def tile_grid(width: int, height: int) -> TileGrid:
    """Return the grid for a window; tiles have the window's shape, as far as whole tiles fit."""
    columns = max(1, (width - 1) // (MIN_TILE_CELLS + 1))
    tile = (width - 1) // columns - 1
    tall = max(4, min(round(tile * height / max(1, width)), height - 3))
    rows = max(1, (height - 1) // (tall + 2))
    return TileGrid(columns, rows, tile, max(1, (height - 1) // rows - 2))


def draw_overview(easel: RenderContext, width: int, height: int) -> list[Line]:
    """Draw the overlay, with the chosen tile marked."""
    return tiles(easel, width, height, cursor=easel.scene.state.cursor)


def tiles(easel: RenderContext, width: int, height: int, *, cursor: int) -> list[Line]:
    """Draw the page of tiles that has the chosen one."""
    slides = easel.scene.deck.slides
    if width < LIST_BELOW[0] or height < LIST_BELOW[1]:
        return _listed(easel, slides, width, height, cursor)
    shape = tile_grid(width, height)
    easel.measures["tiles"] = Argument(columns=shape.columns, tiles=shape.count)
    first = cursor // shape.count * shape.count
    lines: list[Line] = [[]]
    for row in range(shape.rows):
        start = first + row * shape.columns
        lines += _row(easel, range(start, min(start + shape.columns, len(slides))), shape, cursor, width)
    return [fit_row(line, width, easel.ink.bar) for line in [*lines, *easel.empty(height - len(lines))][:height]]


def _row(easel: RenderContext, numbers: range, shape: TileGrid, cursor: int, width: int) -> list[Line]:
    ink = easel.ink
    lines: list[Line] = [[Segment(" ", ink.bar)] for _ in range(shape.height + 1)]
    for number in numbers:
        slide = easel.scene.deck.slides[number]
        frame = easel.paint(slide, shape.width, shape.height, slide.steps - 1, small=True)
        for y in range(shape.height):
            lines[y] += [*frame.rows[y], Segment(" ", ink.bar)]
        lines[shape.height] += [*_label(easel, slide, number, shape.width, cursor), Segment(" ", ink.bar)]
    return [*(fit_row(line, width, ink.bar) for line in lines), []]


def _label(easel: RenderContext, slide: Slide, number: int, width: int, cursor: int) -> Line:
    """Draw the row below a tile: its number and title, marked when it is chosen, dotted when it is on screen."""
    ink = easel.ink
    chosen = number == cursor
    here = "●" if number == easel.scene.state.at.slide else " "
    label, title = (ink.chosen, ink.chosen) if chosen else (ink.bar_accent, ink.bar)
    line = [Segment(f"{'▶' if chosen else ' '}{here}{slide.label} ", label), Segment(f" {slide.title}", title)]
    return fit_row(ellipsize(line, width, title), width, ink.chosen if chosen else ink.bar)


def _listed(easel: RenderContext, slides: tuple[Slide, ...], width: int, height: int, cursor: int) -> list[Line]:
    easel.measures["tiles"] = Argument(columns=1, tiles=max(1, height))
    first = cursor // max(1, height) * max(1, height)
    digits = max((row_width([Segment(slide.label)]) for slide in slides), default=1)
    lines: list[Line] = []
    for number in range(first, min(first + height, len(slides))):
        slide, chosen = slides[number], number == cursor
        here = "●" if number == easel.scene.state.at.slide else " "
        style = easel.ink.chosen if chosen else easel.ink.base
        label = easel.ink.chosen if chosen else easel.ink.accent
        line = [
            Segment(f"{'▶' if chosen else ' '}{here}{slide.label:>{digits}} ", label),
            Segment(f" {slide.title}", style),
        ]
        lines.append(fit_row(ellipsize(line, width, style), width, style))
    return lines
