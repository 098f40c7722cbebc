"""Tables: columns as wide as they need, narrower when they must be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.segment import Segment

from presenter.bidi import leads_right, turns
from presenter.render.block import Line
from presenter.render.styles import TextStyles
from presenter.render.text import aligned, beside, row_text, row_width, wrap

_NUMBER = re.compile(r"[-+\u2212]?[\d.,\s]*\d\s?(%|[a-zA-Zµ°]{1,3})?")
NARROWEST = 4
"""Cells that a column keeps when the table is squeezed."""


def natural_alignment(column: Sequence[Line]) -> str:
    """Set a column of numbers, or of words that run from right to left, right; any other left.

    `column` is its cells without the head.
    """
    texts = [text for cell in column if (text := row_text(cell).strip())]
    if any(map(turns, texts)) and all(leads_right(text) for text in texts if not _NUMBER.fullmatch(text)):
        return "right"
    return "right" if texts and all(_NUMBER.fullmatch(text) for text in texts) else "left"


def column_widths(natural: Sequence[int], room: int) -> list[int]:
    """Share `room` cells among columns: each its natural width if all fit, else the widest give way first."""
    given = [max(1, width) for width in natural]
    while sum(given) > room:
        widest = max(given)
        if widest <= NARROWEST:
            break
        second = max((width for width in given if width < widest), default=NARROWEST)
        count = given.count(widest)
        less = max(second, NARROWEST, widest - -(-(sum(given) - room) // count))
        given = [less if width == widest else width for width in given]
    return given


def render_table(  # noqa: PLR0913 - a table has this many sides
    head: Sequence[Line],
    rows: Sequence[Sequence[Line]],
    width: int,
    ink: TextStyles,
    *,
    align: Sequence[str] = (),
    air: int = 0,
    shown: int | None = None,
) -> list[Line]:
    """Draw a table.

    Args:
        head: one cell a column; empty for none.
        rows: the cells, row by row; short rows are filled with empty cells.
        width: cells there are.
        ink: the styles.
        align: "left", "right" or "center" a column; numbers go right where nothing is said.
        air: empty rows between rows.
        shown: how many rows are shown; the others keep their room.
    """
    count = max((len(row) for row in (head, *rows)), default=0)
    if not count or width < 1:
        return []
    padded = [[*row, *([[]] * (count - len(row)))] for row in rows]
    columns = list(zip(*padded, strict=True)) if padded else [()] * count
    sides = [(align[i] if i < len(align) else "") or natural_alignment(columns[i]) for i in range(count)]
    gap = 3 if width >= 20 * count else 2 if width >= 8 * count else 1
    every = [[*head, *([[]] * (count - len(head)))], *padded] if head else padded
    room = max(count, width - gap * (count - 1))
    cells = column_widths([max(row_width(row[i]) for row in every) for i in range(count)], room)
    lines: list[Line] = []
    if head:
        lines += _row([*head, *([[]] * (count - len(head)))], cells, sides, gap, ink)
        lines.append([Segment("─" * min(width, sum(cells) + gap * (count - 1)), ink.muted)])
    for index, row in enumerate(padded):
        drawn = _row(row, cells, sides, gap, ink)
        lines += [[] for _ in range(air if index else 0)]
        lines += drawn if shown is None or index < shown else [[] for _ in drawn]
    return lines


def _row(row: Sequence[Line], cells: Sequence[int], sides: Sequence[str], gap: int, ink: TextStyles) -> list[Line]:
    """Draw one row of a table, its cells wrapped to their columns."""
    columns = [
        ([aligned(line, width, side, ink.base) for line in wrap(cell, width)], width)
        for cell, width, side in zip(row, cells, sides, strict=True)
    ]
    return beside(columns, [Segment(" " * gap, ink.base)], ink.base, rows=1)
