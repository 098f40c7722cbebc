"""Slides with their times: the strip around the current one, and a new plan beside the old one."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment

from presenter.render.block import Line
from presenter.render.text import beside, ellipsize, fit_row
from presenter.timing.deadline import projected_end
from presenter.timing.durations import format_clock, format_elapsed, format_signed
from presenter.timing.pace import measure_pace
from presenter.timing.reflow import Reflow
from presenter.ui.view_model import RenderContext
from presenter.ui.views.bars import title_bar
from presenter.ui.views.header import time_of_day

STRIP_SLIDES: Final = 5
"""In the strip."""


def draw_timetable(easel: RenderContext, width: int) -> list[Line]:
    """Draw three rows: the slides before and after the current one, planned and spent, and in the last rehearsal."""
    ink, now, scene = easel.ink, easel.gauges, easel.scene
    spent = scene.state.account.spent(now.elapsed)
    first = max(0, min(now.pace.position - 2, len(now.plan.slides) - STRIP_SLIDES))
    each = max(1, width // STRIP_SLIDES)
    columns = []
    for place, slide in enumerate(now.plan.slides[first : first + STRIP_SLIDES], first):
        here = place == now.pace.position
        title = [
            Segment(f" {'▶' if here else ' '} {slide.label} ", ink.bar_accent),
            Segment(f" {slide.title}", ink.bar),
        ]
        took = spent.get(slide.id)
        over = took is not None and took > slide.seconds
        style = ink.bar_bad if over else ink.bar_strong
        times = [Segment(f"   plan {format_clock(slide.seconds)}", ink.bar_muted)]
        if took is not None:
            times += [Segment("   spent ", ink.bar_muted), Segment(format_elapsed(took), style)]
            if not here:
                times.append(Segment(f"  {format_signed(took - slide.seconds)}", style))
        before = scene.last.get(slide.id)
        last = [Segment(f"   last time {format_clock(before)}" if before is not None else "", ink.bar_muted)]
        columns.append(([ellipsize(row, each, ink.bar) for row in (title, times, last)], each))
    return [fit_row(row, width, ink.bar) for row in beside(columns, [], ink.bar, 3)]


def draw_offered_plan(easel: RenderContext, offer: Reflow, width: int, height: int) -> list[Line]:
    """Draw a new plan before it is taken: what every slide ahead has now, and what it would get."""
    ink, now, scene = easel.ink, easel.gauges, easel.scene
    spent = scene.state.account.spent(now.elapsed)
    more = f", {scene.bindings.first('reflow')} shows another" if offer.rest else ""
    keys = f"{scene.bindings.first('reflow-take')} takes it{more}, {scene.bindings.first('leave')} leaves it"
    through = projected_end(offer.after, measure_pace(offer.after, scene.state.account, now.elapsed), scene.wall)
    ends = f"ends {time_of_day(through)}" if through is not None and scene.wall else ""
    rows = [title_bar(easel, "NEW PLAN", ends, keys, width), []]
    ahead = range(max(0, now.pace.position), len(offer.after.slides))
    room = max(1, height - len(rows))
    columns = max(1, min(2 if width >= 100 else 1, -(-len(ahead) // room)))  # noqa: PLR2004 - two readable columns
    each = width // columns
    made = []
    for place in ahead:
        slide = offer.after.slides[place]
        done = spent.get(slide.id, 0.0)
        old = max(0.0, offer.before.slides[place].seconds - done)
        new = max(0.0, slide.seconds - done)
        if slide.id in offer.dropped:
            words, style = "dropped", ink.over
        else:
            words, style = format_clock(new), ink.strong if format_clock(new) != format_clock(old) else ink.muted
        fixed = "  fixed" if slide.fixed else ""
        row = [Segment(f"  {slide.label:>4}  {format_clock(old):>6} → ", ink.muted), Segment(f"{words:<8}", style)]
        made.append(ellipsize([*row, Segment(slide.title, ink.base), Segment(fixed, ink.muted)], each - 1, ink.base))
    shown = made[: room * columns]
    if len(made) > len(shown):
        shown[-1] = [Segment(f"        … and {len(made) - len(shown) + 1} more", ink.muted)]
    parts = [(shown[number * room : (number + 1) * room], each) for number in range(columns)]
    return [*rows, *beside(parts, [], ink.base)]
