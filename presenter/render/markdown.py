"""Markdown to rows: paragraphs, lists, quotes, headings, tables, code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.tree import SyntaxTreeNode
from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Block, Line
from presenter.render.code import render_code
from presenter.render.inline import from_tokens, markdown_parser, render_inline
from presenter.render.styles import text_styles
from presenter.render.table import render_table
from presenter.render.text import indented, sided, wrap
from presenter.themes import Theme

MEASURE = 72
"""Cells in a row of prose: longer rows lose the reader's eye."""
_BULLETS = ("•", "\N{EN DASH}", "·")
_TASKS = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}
_NARROW = 24
"""Below this width lists hang less far in."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part of the text is drawn."""

    width: int
    theme: Theme
    style: Style
    air: int
    measure: int
    depth: int = 0

    def within(self, cells: int, **changes: object) -> _Place:
        """Return the place that is left after `cells` columns on its left are taken."""
        return replace(self, width=max(1, self.width - cells), **changes)  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def _tree(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(markdown_parser(text).parse(text))


def render_markdown(  # noqa: PLR0913 - each with a default
    text: str, width: int, theme: Theme, *, air: int = 1, style: Style | None = None, measure: int = MEASURE
) -> Block:
    """Draw Markdown `width` cells wide; prose keeps to `measure`, tables and code may use all of it.

    Args:
        text: CommonMark with tables and strike-through.
        width: cells there are.
        theme: the colours.
        air: empty rows between paragraphs, lists and the like.
        style: the style of plain text, the theme's when None.
        measure: cells in a row of prose at most.
    """
    place = _Place(max(1, width), theme, style or text_styles(theme).base, air, measure)
    return _blocks(_tree(text).children, place)


def _blocks(nodes: Sequence[SyntaxTreeNode], place: _Place) -> Block:
    """Draw parts one below the other."""
    lines: list[Line] = []
    remarks: tuple[str, ...] = ()
    for node in nodes:
        drawn = _DRAW.get(node.type, _paragraph)(node, place)
        lines += [[] for _ in range(place.air if lines else 0)]
        lines += drawn.lines
        remarks += drawn.remarks
    return Block(lines, remarks=remarks)


def _line(node: SyntaxTreeNode, style: Style, theme: Theme) -> Line:
    """Return the words of a paragraph, heading or table cell as one row."""
    token = next((child.token for child in node.children if child.type == "inline"), None)
    return from_tokens(token.children or (), style, theme) if token else []


def _paragraph(node: SyntaxTreeNode, place: _Place) -> Block:
    rows = wrap(_line(node, place.style, place.theme), min(place.width, place.measure))
    return Block(sided(rows, place.width, place.style))


def _heading(node: SyntaxTreeNode, place: _Place) -> Block:
    styles = text_styles(place.theme)
    style = styles.accent if node.tag in {"h1", "h2"} else styles.strong
    rows = wrap(_line(node, style, place.theme), min(place.width, place.measure), balance=True)
    return Block(sided(rows, place.width, place.style))


def _rule(_node: SyntaxTreeNode, place: _Place) -> Block:
    return Block([[Segment("─" * min(place.width, place.measure), text_styles(place.theme).muted)]])


def _code(node: SyntaxTreeNode, place: _Place) -> Block:
    language = node.info.split()[0] if node.info.strip() else ""
    return render_code(node.content, place.width, place.theme, language=language, air=min(1, place.air))


def _quote(node: SyntaxTreeNode, place: _Place) -> Block:
    inner = _blocks(node.children, place.within(2, style=place.style + Style(italic=True)))
    bar: Line = [Segment("▌ ", text_styles(place.theme).second)]
    return Block(indented(inner.lines, bar, bar, place.width, place.style), remarks=inner.remarks)


def _table(node: SyntaxTreeNode, place: _Place) -> Block:
    styles = text_styles(place.theme)
    rows: list[list[Line]] = []
    align: list[str] = []
    for part in node.children:
        for row in part.children:
            style = styles.strong if part.type == "thead" else place.style
            rows.append([_line(cell, style, place.theme) for cell in row.children])
            if part.type == "thead":
                align = [str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell in row.children]
    return Block(render_table(rows[0], rows[1:], place.width, styles, align=align))


def _list(node: SyntaxTreeNode, place: _Place) -> Block:
    ordered = node.type == "ordered_list"
    start = int(node.attrs.get("start", 1)) if ordered else 1
    size = len(str(start + len(node.children) - 1))
    loose = any(not child.hidden for item in node.children for child in item.children if child.type == "paragraph")
    lines: list[Line] = []
    remarks: tuple[str, ...] = ()
    for index, item in enumerate(node.children):
        mark = f"{start + index:>{size}}." if ordered else _BULLETS[min(place.depth, len(_BULLETS) - 1)]
        task = _task(item)
        inner = place.within(len(mark) + 1, depth=place.depth + 1, air=min(place.air, int(loose)))
        drawn = _blocks(item.children, inner)
        if task:
            mark = _TASKS[task]
            drawn = Block(_without(drawn.lines, len(task)), remarks=drawn.remarks)
        lines += [[] for _ in range(inner.air if lines else 0)]
        lines += _hung(drawn.lines, mark, place)
        remarks += drawn.remarks
    return Block(lines, remarks=remarks)


def _hung(lines: list[Line], mark: str, place: _Place) -> list[Line]:
    """Hang rows behind a list mark."""
    styles = text_styles(place.theme)
    first: Line = [Segment(f"{mark} ", styles.accent)]
    rest: Line = [Segment(" " * (len(mark) + 1), styles.base)]
    return indented(lines or [[]], first, rest, place.width, styles.base)


def _task(item: SyntaxTreeNode) -> str:
    """Return how a task's item begins ("[ ] " or "[x] "); empty for any other item."""
    first = next(iter(item.children), None)
    text = first.children[0].content if first and first.type == "paragraph" and first.children else ""
    return text[:4] if text[:4] in _TASKS else ""


def _without(lines: list[Line], count: int) -> list[Line]:
    """Take `count` characters off the front of the first row."""
    first = list(lines[0]) if lines else []
    while first and count:
        text, style, _ = first.pop(0)
        if len(text) > count:
            first.insert(0, Segment(text[count:], style))
            break
        count -= len(text)
    return [first, *lines[1:]]


_DRAW: dict[str, Callable[[SyntaxTreeNode, _Place], Block]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "hr": _rule,
    "fence": _code,
    "code_block": _code,
    "blockquote": _quote,
    "table": _table,
    "bullet_list": _list,
    "ordered_list": _list,
}


def point_rows(text: str, mark: str, width: int, theme: Theme, style: Style | None = None) -> list[Line]:
    """Draw one point of a list: its Markdown behind `mark`, wrapped to `MEASURE`."""
    styles = text_styles(theme)
    hang = len(mark) + (1 if width < _NARROW else 2)
    room = max(1, width - hang)
    rows = sided(wrap(render_inline(text, style or styles.base, theme), min(room, MEASURE)), room, styles.base)
    first: Line = [Segment(mark.ljust(hang), styles.accent)]
    return indented(rows or [[]], first, [Segment(" " * hang, styles.base)], width, styles.base)
