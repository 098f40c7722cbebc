"""Slides as lines of text: in colours for a terminal or a pager, or without any."""

from __future__ import annotations

import io
from typing import Final, Literal, TypeAlias

from rich.console import Console

from presenter.deck.model import Slide
from presenter.drawing import Stage
from presenter.drawing.lines import text_of
from presenter.drawing.reducing import reduced
from presenter.imaging import Depth, carried
from presenter.painting import paint

Colours: TypeAlias = Literal["truecolor", "256", "16", "none"]

DEPTHS: Final[dict[Colours, Depth]] = {"truecolor": "truecolor", "256": "256", "16": "16", "none": "truecolor"}
"""The colours of pictures; without any they are their alt text."""


def printed(slide: Slide, stage: Stage, colours: Colours) -> str:
    """Return a slide as lines, each ending in a line feed: `stage.height` of them, `stage.width` cells each.

    In colours, every line sets its own and leaves none behind, so that a pager can begin anywhere. Without colours
    it is plain text, and no line ends in spaces.
    """
    frame = paint(slide, stage)
    if colours == "none":
        return "".join(f"{text_of(row).rstrip()}\n" for row in frame.lines)
    file = io.StringIO()
    console = Console(
        file=file,
        width=stage.width,
        color_system="truecolor",  # the most there may be: a style remembers the codes that it was printed with first
        force_terminal=True,
        no_color=False,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    rows = frame.rows if colours == "truecolor" else [reduced(row, colours) for row in frame.rows]
    console.print(carried(rows), end="", soft_wrap=True)
    return file.getvalue()


def ruled(slide: Slide, count: int, stage: Stage) -> str:
    """Return the line above a slide that is printed among others: where it stands, and which step is shown."""
    step = f" · step {min(stage.step + 1, slide.steps)} of {slide.steps}" if slide.steps > 1 else ""
    words = f"── {slide.label}/{count} · {slide.id}{step} "
    return words + "─" * max(0, stage.width - len(words))
