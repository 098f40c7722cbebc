"""Slides as lines of text: in colours for a terminal or a pager, or without any."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from rich.console import Console

from presenter.bidi import turns
from presenter.deck.model import Slide
from presenter.images import Depth, as_renderable, plain_rows
from presenter.painting import paint
from presenter.render.block import Line
from presenter.render.color_depth import reduce_colors
from presenter.render.reorder import reordered
from presenter.render.stage import Stage
from presenter.render.text import row_text
from presenter.terminal.guard import ORDER_BACK, ORDER_OFF

ColorMode: TypeAlias = Literal["truecolor", "256", "16", "none"]

DEPTHS: Final[dict[ColorMode, Depth]] = {"truecolor": "truecolor", "256": "256", "16": "16", "none": "truecolor"}
"""The colours of pictures; without any they are their alt text."""


def print_slide(slide: Slide, stage: Stage, colours: ColorMode, *, order: bool = False, undo: bool = False) -> str:
    """Return a slide as lines, each ending in a line feed: `stage.height` of them, `stage.width` cells each.

    In colours, every line sets its own and leaves none behind, so that a pager can begin anywhere. Without colours
    it is plain text, and no line ends in spaces. With `order`, for a terminal, Hebrew and Arabic stand in their cells
    from right to left, with `undo` for one that would turn them once more; else they are text as it is read.
    """
    rows = paint(slide, stage).rows
    if order and any(turns(segment.text) for row in rows for segment in row):
        ready = [reordered(row, undo=undo) for row in rows]
        return f"{ORDER_OFF}{_written(ready, stage.width, colours)}{ORDER_BACK}"
    return _written(rows, stage.width, colours)


def _written(rows: Sequence[Line], width: int, colours: ColorMode) -> str:
    """Return rows as lines of text."""
    if colours == "none":
        return "".join(f"{row_text(row).rstrip()}\n" for row in plain_rows(rows))
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        color_system="truecolor",  # the most there may be: a style remembers the codes that it was printed with first
        force_terminal=True,
        no_color=False,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    ready = rows if colours == "truecolor" else [reduce_colors(row, colours) for row in rows]
    console.print(as_renderable(ready), end="", soft_wrap=True)
    return file.getvalue()


def print_ruler(slide: Slide, count: int, stage: Stage) -> str:
    """Return the line above a slide that is printed among others: where it stands, and which step is shown."""
    step = f" · step {min(stage.step + 1, slide.steps)} of {slide.steps}" if slide.steps > 1 else ""
    words = f"── {slide.label}/{count} · {slide.id}{step} "
    return words + "─" * max(0, stage.width - len(words))
