"""A talk as a bar of time: how far the plan is through, where sections begin, and where the speaker should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from presenter.pacing.pace import Pace
from presenter.pacing.planning import Plan

DONE: Final = "━"
AHEAD: Final = "─"
MARKS: Final = {DONE: "┿", AHEAD: "┼"}
TICK: Final = "▽"


@dataclass(frozen=True, slots=True)
class TimeBar:
    """Cells of a bar, counted from 0. The whole width is the whole plan."""

    width: int
    done: int
    """How many cells the plan is through: the slides before this one, and what is used of its time."""
    marks: tuple[int, ...]
    """Where sections begin, the first one left out."""
    tick: int
    """Where a speaker on plan would be by now; the last cell when the plan is over."""

    def __str__(self) -> str:
        """The bar as text, such as `━━━━┿━━▽────┼─────`."""
        cells = [DONE] * self.done + [AHEAD] * (self.width - self.done)
        for mark in self.marks:
            cells[mark] = MARKS[cells[mark]]
        if self.width:
            cells[self.tick] = TICK
        return "".join(cells)


def time_bar(plan: Plan, now: Pace, width: int) -> TimeBar:
    """Lay a talk out on a bar.

    Args:
        plan: the plan; when its slides take no time at all, nothing is marked.
        now: how the talk stands.
        width: cells, 0 or more.
    """
    total = sum(plan.times)
    if total <= 0 or width <= 0 or now.position < 0:
        return TimeBar(max(0, width), 0, (), 0)

    def cell(seconds: float) -> int:
        return min(width, max(0, int(width * seconds / total)))

    through = sum(plan.times[: now.position]) + min(now.slide_spent, now.slide_planned)
    starts = [sum(plan.times[: part.first]) for part in plan.parts[1:]]
    # Questions within the reserve move nobody along the plan.
    ought = now.elapsed - (plan.reserve - now.reserve_left)
    return TimeBar(
        width,
        cell(through),
        tuple(sorted({min(width - 1, cell(start)) for start in starts})),
        min(width - 1, cell(ought)),
    )
