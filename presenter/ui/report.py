"""The report at the end of a rehearsal, in pages."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from presenter.drawing import Line
from presenter.drawing.lines import fit, shorten, width_of
from presenter.ui.scene import Easel


def report(easel: Easel, width: int, height: int) -> list[Line]:
    """Draw a page of the report: its first rows on every page, and a bar that says which keys there are."""
    ink, text = easel.ink, easel.scene.report
    rows = max(1, height - 1)
    beyond = max(0, len(text) - rows)
    page = max(1, rows - 2)
    pages = -(-beyond // page)
    easel.facts["report"] = str(pages)
    start = min(easel.scene.state.cursor * page, beyond)
    shown = [
        shorten([Segment(" ", ink.base), *_coloured(easel, line)], width, ink.base)
        for line in text[start : start + rows]
    ]
    keys = easel.scene.bindings
    turn = f"{keys.first('report-down')} turns   " if pages else ""
    right = [Segment(f"{turn}{keys.first('report-leave')} leaves ", ink.bar_muted)]
    left = [Segment(" Where the time went ", ink.bar_accent)]
    gap = max(0, width - width_of(left) - width_of(right))
    return [fit([*left, Segment(" " * gap, ink.bar), *right], width, ink.bar), *shown]


def _coloured(easel: Easel, text: str) -> Line:
    """Colour a row: what is over the plan, and what is under it, as everywhere in the speaker view."""
    ink = easel.ink
    before, rule, after = text.partition("│")
    if not rule:
        return [Segment(text, ink.base)]
    under, over = len(before) - len(before.rstrip("━")), len(after) - len(after.lstrip("━"))
    parts: list[tuple[str, Style]] = [
        (before[: len(before) - under], ink.base),
        (before[len(before) - under :], ink.early),
        (rule, ink.rule),
        (after[:over], ink.over),
        (after[over:], ink.base),
    ]
    return [Segment(words, style) for words, style in parts if words]
