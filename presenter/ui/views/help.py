"""The help: all keys, in as many columns and pages as the window needs."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len
from rich.segment import Segment

from presenter.render.block import Line
from presenter.render.text import beside, fit_row, row_width, wrap
from presenter.session.argument import Argument
from presenter.ui.view_model import RenderContext

COLUMN: Final = 58
"""Cells of a column at least, where there are several."""


def draw_help(easel: RenderContext, width: int, height: int) -> list[Line]:
    """Draw a page of the help."""
    columns = max(1, width // COLUMN)
    column = (width - (columns - 1)) // columns
    rows = max(1, height - 2)
    lines = _table(easel, column)
    parts = _parts(lines, rows)
    pages = max(1, -(-len(parts) // columns))
    easel.measures["help"] = Argument(limit=pages)
    page = min(easel.scene.state.cursor, pages - 1)
    shown = [(part, column) for part in parts[page * columns : (page + 1) * columns]]
    ink = easel.ink
    left = [Segment(" Keys ", ink.bar_accent)]
    right = [Segment(_turning(easel, page, pages, width - row_width(left)), ink.bar_muted)]
    gap = max(0, width - row_width(left) - row_width(right))
    bar = fit_row([*left, Segment(" " * gap, ink.bar), *right], width, ink.bar)
    return [bar, [], *beside(shown, [Segment(" ", ink.base)], ink.base)]


def _turning(easel: RenderContext, page: int, pages: int, room: int) -> str:
    """Say which page this is and which keys turn and leave it; in little room less of that, but nothing by halves."""
    bindings = easel.scene.bindings
    leave, turn = f"{bindings.first('leave')} leaves ", f"{bindings.first('help-down')} turns"
    place = f"{page + 1}/{pages}"
    said = (f"page {place}   {turn}   {leave}", f"{place}  {turn}  {leave}", f"{place}  {leave}", leave)
    return next((words for words in said[0 if pages > 1 else -1 :] if cell_len(words) <= room), "")


def _parts(groups: list[list[Line]], rows: int) -> list[list[Line]]:
    """Flow groups of rows into columns; a group that does not fit below the others begins a new one."""
    parts: list[list[Line]] = [[]]
    for group in groups:
        if parts[-1] and len(parts[-1]) + 1 + len(group) > rows:
            parts.append([])
        lines = [*([[]] if parts[-1] else []), *group]
        while len(parts[-1]) + len(lines) > rows:
            room = rows - len(parts[-1])
            parts[-1] += lines[:room]
            lines = lines[room:]
            parts.append([])
        parts[-1] += lines
    return [part for part in parts if part] or [[]]


def _table(easel: RenderContext, width: int) -> list[list[Line]]:
    ink = easel.ink
    keys_width = max(12, width * 2 // 5)
    groups: list[list[Line]] = []
    for heading, rows in easel.scene.bindings.table():
        lines: list[Line] = [[Segment(f"  {heading}", ink.strong)]]
        for keys, words in rows:
            left = wrap([Segment(keys, ink.accent)], keys_width - 3)
            right = wrap([Segment(words, ink.base)], width - keys_width - 1)
            indent = [Segment("  ", ink.base)]
            lines += beside(
                [([[*indent, *line] for line in left], keys_width), (right, width - keys_width)], [], ink.base
            )
        groups.append(lines)
    return groups
