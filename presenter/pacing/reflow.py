"""Re-flow: the rest of the plan fitted into the time that is really left."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final

from presenter.pacing.account import Account
from presenter.pacing.pace import needs, pace
from presenter.pacing.planning import Plan
from presenter.pacing.spoken import clock

TIGHT: Final = 0.6
"""Slides are dropped before the others shrink below this share of what they need."""


@dataclass(frozen=True, slots=True)
class Reflow:
    """A proposal: nothing has happened yet. Taking it means using `after`; undoing it, `before` again."""

    before: Plan
    after: Plan
    dropped: tuple[str, ...] = ()
    """Ids of optional slides that get no time, in the talk's order; they stay reachable."""
    scale: float = 1.0
    """The share of what they need that is left for slides that can be shortened or stretched."""
    available: float = 0.0
    """Seconds that were to be filled."""
    needed: float = 0.0
    """Seconds that the plan needed before."""
    fits: bool = True

    @property
    def words(self) -> str:
        """What it does, in one line."""
        change = f"{clock(self.needed)} of plan into {clock(max(0.0, self.available))}"
        if not self.fits:
            return f"{change}: cannot fit"
        many = len(self.dropped)
        gone = f", without {many} optional slide{'s' * (many > 1)}" if many else ""
        return f"{change}: slides get {self.scale:.0%} of their time{gone}"


def time_to_fill(plan: Plan, account: Account, elapsed: float, until_stop: float | None) -> float | None:
    """Return the seconds there are for the rest of the plan; None without a duration and without a stop.

    It is what is left of the talk, or until the stop when that is less, without what is left of the reserve.
    """
    now = pace(plan, account, elapsed)
    both = [seconds for seconds in (now.left, until_stop) if seconds is not None]
    return min(both) - now.reserve_left if both else None


def reflow(plan: Plan, account: Account, elapsed: float, available: float) -> Reflow:
    """Fit the rest of the plan into the time available.

    What the slides still need is scaled; `fixed` slides keep their time. While the others would get less than 0.6 of
    what they need, the longest `optional` slide ahead is dropped.

    Args:
        plan: the present plan.
        account: where the time went.
        elapsed: elapsed talk time in seconds.
        available: seconds to fill, see `time_to_fill`; below 0 when there are none.
    """
    position = pace(plan, account, elapsed).position
    if position < 0:
        return Reflow(plan, plan, available=available)
    spent = account.spent(max(0.0, elapsed))
    rest = needs(plan, spent, position)
    ahead = plan.slides[position:]
    fixed = [slide.fixed for slide in ahead]
    dropped: set[int] = set()
    # The slide on screen cannot be dropped any more.
    droppable = sorted((i for i in range(1, len(ahead)) if ahead[i].optional and rest[i] > 0), key=lambda i: -rest[i])
    kept = list(rest)
    scale = _scale(fixed, kept, available)
    for i in droppable:
        if scale >= TIGHT:
            break
        dropped.add(i)
        kept[i] = 0.0
        scale = _scale(fixed, kept, available)
    fits, factor = scale >= 0, max(0.0, scale)
    new = [q if stands else q * factor for stands, q in zip(fixed, kept, strict=True)]
    times = [spent.get(slide.id, 0.0) for slide in plan.slides]
    for i, q in enumerate(new):
        times[position + i] += q
    within = min(account.asked(elapsed), plan.reserve)
    target = elapsed - within + sum(new) - account.extra
    return Reflow(
        before=plan,
        after=plan.with_times(times, target),
        dropped=tuple(ahead[i].id for i in sorted(dropped)),
        scale=factor,
        available=available,
        needed=sum(rest),
        fits=fits,
    )


def _scale(fixed: list[bool], rest: list[float], available: float) -> float:
    """Return the share of what they need that the slides can get; below 0 when not even the fixed ones fit."""
    stiff = sum(q for q, stands in zip(rest, fixed, strict=True) if stands)
    soft = sum(rest) - stiff
    if soft <= 0:
        return 1.0 if available >= stiff else -inf
    return (available - stiff) / soft
