"""Rows of the speaker view that every arrangement has: bars with words at both ends, titles of panes, bars of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Line
from presenter.render.text import ellipsize, fit_row, row_width
from presenter.timing import bar as timebar
from presenter.ui.view_model import RenderContext


def spread_bar(left: Line, right: Line, width: int, style: Style) -> Line:
    """Set one thing at the left end of a bar and one at its right end; the left one is cut when both do not fit."""
    room = max(0, width - row_width(right) - (1 if right else 0))
    shown = ellipsize(left, room, style)
    gap = width - row_width(shown) - row_width(right)
    return fit_row([*shown, Segment(" " * max(0, gap), style), *right], width, style)


def title_bar(easel: RenderContext, name: str, words: str, right: str | Line, width: int) -> Line:
    """Draw the title of a pane: its name, what is in it, and a remark at the right end."""
    ink = easel.ink
    left = [Segment(f" {name} ", ink.bar_accent), Segment(f" {words}", ink.bar)]
    if isinstance(right, str):
        right = [Segment(f"{right} ", ink.bar_muted)] if right else []
    return spread_bar(left, right, width, ink.bar)


def join_parts(parts: Iterable[Line], gap: Segment, width: int) -> Line:
    """Join the parts of a row from the left, leaving out the first that does not fit and all behind it."""
    row: Line = []
    for part in parts:
        if not part:
            continue
        more = [*([gap] if row else []), *part]
        if row_width(row) + row_width(more) > width:
            break
        row += more
    return row


def draw_gauge(share: float, width: int, styles: tuple[Style, Style], tick: float | None = None) -> Line:
    """Draw a bar that is filled to a share, in (full, empty) styles, with a tick at another share."""
    full = min(width, max(0, round(share * width)))
    cells = ["━" if cell < full else "─" for cell in range(width)]
    if tick is not None and width:
        cells[min(width - 1, max(0, int(tick * width)))] = "╷"
    return _runs(cells, [styles[0] if cell < full else styles[1] for cell in range(width)])


def draw_time_bar(easel: RenderContext, width: int) -> Line:
    """Draw the talk as planned: filled to where it is, with the sections' ends, and ▽ where it should be by now."""
    ink, now = easel.ink, easel.gauges
    if now.pace.on_break and easel.scene.state.timer.started:
        return _break_bar(easel, width)
    bar = timebar.layout_bar(now.plan, now.pace, width)
    cells = list(str(bar))
    styles = [ink.bar_accent if cell < bar.done else ink.bar_muted for cell in range(width)]
    if easel.scene.state.timer.started and cells:
        styles[bar.tick] = ink.bar_strong if now.band in {"", "on time", "early"} else ink.bar_bad
    elif cells:
        cells[bar.tick] = timebar.AHEAD_CELL
    return _runs(cells, styles)


def _break_bar(easel: RenderContext, width: int) -> Line:
    """Draw a break on a scale of its own: what is left of it empties to the left."""
    ink, now = easel.ink, easel.gauges.pace
    share = max(0.0, now.slide_left) / now.slide_planned if now.slide_planned else 0.0
    return draw_gauge(share, width, (ink.bar_accent, ink.bar_muted if now.slide_left > 0 else ink.bar_bad))


def _runs(cells: Sequence[str], styles: Sequence[Style]) -> Line:
    line: Line = []
    start = 0
    for cell in range(1, len(cells) + 1):
        if cell == len(cells) or styles[cell] is not styles[start]:
            line.append(Segment("".join(cells[start:cell]), styles[start]))
            start = cell
    return line
