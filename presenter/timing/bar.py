"""A talk as a bar of time: how far the plan is through, where sections begin, and where the speaker should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from presenter.timing.pace import Pace
from presenter.timing.plan import Plan

DONE_CELL: Final = "━"
AHEAD_CELL: Final = "─"
BAR_MARKS: Final = {DONE_CELL: "┿", AHEAD_CELL: "┼"}
BREAK: Final = "╪"
BAR_TICK: Final = "▽"


@dataclass(frozen=True, slots=True)
class TimeBar:
    """Cells of a bar, counted from 0. The whole width is all slides of the plan; breaks take no room."""

    width: int
    done: int
    """How many cells the plan is through: the slides before this one, and what is used of its time."""
    marks: tuple[int, ...]
    """Where sections begin, the first one left out."""
    tick: int
    """Where a speaker on plan would be by now; the last cell when the plan is over."""
    breaks: tuple[int, ...] = ()
    """Where the breaks are."""

    def __str__(self) -> str:
        """The bar as text, such as `━━━━┿━━▽────┼─────`."""
        cells = [DONE_CELL] * self.done + [AHEAD_CELL] * (self.width - self.done)
        for mark in self.marks:
            cells[mark] = BAR_MARKS[cells[mark]]
        for mark in self.breaks:
            cells[mark] = BREAK
        if self.width:
            cells[self.tick] = BAR_TICK
        return "".join(cells)


def layout_bar(plan: Plan, now: Pace, width: int) -> TimeBar:
    """Lay a talk out on a bar.

    Args:
        plan: the plan; when its slides take no time at all, nothing is marked.
        now: how the talk stands.
        width: cells, 0 or more.
    """
    times = [0.0 if slide.is_break else slide.seconds for slide in plan.slides]
    total = sum(times)
    if total <= 0 or width <= 0 or now.position < 0:
        return TimeBar(max(0, width), 0, (), 0)

    def cell(seconds: float) -> int:
        return min(width, max(0, int(width * seconds / total)))

    through = sum(times[: now.position]) + min(now.slide_spent, times[now.position])
    starts = [sum(times[: part.first]) for part in plan.parts[1:]]
    breaks = [sum(times[:place]) for place, slide in enumerate(plan.slides) if slide.is_break]
    # Questions within the reserve move nobody along the plan.
    ought = _without_breaks(plan, now.elapsed - (plan.reserve - now.reserve_left))
    return TimeBar(
        width,
        cell(through),
        tuple(sorted({min(width - 1, cell(start)) for start in starts})),
        min(width - 1, cell(ought)),
        tuple(sorted({min(width - 1, cell(at)) for at in breaks})),
    )


def _without_breaks(plan: Plan, ought: float) -> float:
    """Return how much of the slides a speaker on plan has said by a moment of the plan: in a break nothing more."""
    at = 0.0
    for slide in plan.slides if plan.breaks else ():
        if slide.is_break and at < ought:
            ought -= min(slide.seconds, ought - at)
        elif not slide.is_break:
            at += slide.seconds
    return ought
