"""The report at the end of a rehearsal, in pages."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Line
from presenter.render.text import ellipsize, row_width
from presenter.session.argument import Argument
from presenter.ui.view_model import RenderContext
from presenter.ui.views.bars import spread_bar

HEAD_LINES: Final = 3
"""Lines of the report above its table: what it is, an empty one, and the heads of the columns."""


def draw_report(easel: RenderContext, width: int, height: int) -> list[Line]:
    """Draw a page of the report, below a bar that says how long it took, and the heads of the columns."""
    ink, text = easel.ink, easel.scene.report
    heads = [line for line in text[1:HEAD_LINES] if line]
    body = text[HEAD_LINES:] if heads else text[1:]
    rows = max(1, height - 1 - len(heads))
    beyond = max(0, len(body) - rows)
    page = max(1, rows - 2)
    pages = -(-beyond // page)
    easel.measures["report"] = Argument(limit=pages)
    start = min(easel.scene.state.cursor * page, beyond)
    shown: list[Line] = [[Segment(f" {line}", ink.muted)] for line in heads]
    for number in range(start, min(start + rows, len(body))):
        # What stands below an empty row is a section, the whole, or a heading.
        first = number == 0 or not body[number - 1]
        shown.append(
            [Segment(" ", ink.base), *_coloured(easel, body[number], strong=first and "│" not in body[number])]
        )
    keys = easel.scene.bindings
    turn = f"{keys.first('report-down')} turns   " if pages else ""
    right: Line = [Segment(f"{turn}{keys.first('report-leave')} leaves ", ink.bar_muted)]
    left: Line = [Segment(" Where the time went ", ink.bar_accent)]
    said = f" {text[0] if text else ''}"
    if row_width(left) + cell_len(said) + row_width(right) >= width:
        said = f" {said.partition(': ')[2]}"  # which run it was is known; how long it took is not
    left.append(Segment(said, ink.bar_strong))
    return [spread_bar(left, right, width, ink.bar), *(ellipsize(row, width, ink.base) for row in shown)]


def _coloured(easel: RenderContext, text: str, *, strong: bool = False) -> Line:
    """Colour a row: what is over the plan, and what is under it, as everywhere in the speaker view."""
    ink = easel.ink
    before, rule, after = text.partition("│")
    if not rule:
        return [Segment(text, ink.strong if strong else ink.base)]
    under, over = len(before) - len(before.rstrip("━")), len(after) - len(after.lstrip("━"))
    parts: list[tuple[str, Style]] = [
        (before[: len(before) - under], ink.base),
        (before[len(before) - under :], ink.early),
        (rule, ink.rule),
        (after[:over], ink.over),
        (after[over:], ink.base),
    ]
    return [Segment(words, style) for words, style in parts if words]
