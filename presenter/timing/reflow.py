"""Re-flow: the rest of the plan fitted into the time that is really left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, islice
from math import inf
from typing import Final

from presenter.timing.durations import format_clock
from presenter.timing.pace import measure_pace, remaining_needs, shown_before
from presenter.timing.plan import Plan
from presenter.timing.time_log import TimeLog

MIN_SHRINK: Final = 0.6
"""The share of what they need below which slides are not shortened where there is another way."""
WAYS: Final = 3
"""Proposals at most."""
_TRIED: Final = 20_000
"""Sets of slides that are looked at, to find the smallest one to leave out."""


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
    unreserved: bool = False
    """What was left for questions is used up for slides."""
    rest: tuple[Reflow, ...] = ()
    """Other ways, to be looked at next."""

    @property
    def words(self) -> str:
        """What it does, in one line."""
        change = f"{format_clock(self.needed)} of plan into {format_clock(max(0.0, self.available))}"
        if not self.fits:
            return f"{change}: cannot fit"
        return f"{self.name}: {change}, slides get {self.scale:.0%} of their time"

    @property
    def name(self) -> str:
        """What it is about, in a few words."""
        many = len(self.dropped)
        parts = [f"{many} optional slide{'s' * (many > 1)}"] if many else []
        parts += ["the time for questions"] if self.unreserved else []
        if parts:
            return "without " + " and ".join(parts)
        return "all slides" if self.scale >= 1 else "all slides, faster"

    @property
    def next(self) -> Reflow:
        """The next way to look at; the same when there is no other."""
        return replace(self.rest[0], rest=(*self.rest[1:], replace(self, rest=()))) if self.rest else self


def time_to_fill(plan: Plan, account: TimeLog, elapsed: float, until_stop: float | None) -> float | None:
    """Return the seconds there are for the rest of the plan; None without a duration and without a stop.

    It is what is left of the talk, or until the stop when that is less, without what is left of the reserve.
    """
    now = measure_pace(plan, account, elapsed)
    both = [seconds for seconds in (now.left, until_stop) if seconds is not None]
    return min(both) - now.reserve_left if both else None


def reflow(plan: Plan, account: TimeLog, elapsed: float, available: float) -> Reflow:
    """Fit the rest of the plan into the time available; the first of up to three ways, the others in its `rest`.

    What the slides still need is scaled; `fixed` slides keep their time. Where the others would get less than 0.6 of
    what they need, the time for questions is used, or the smallest set of `optional` slides ahead that suffices is
    left out: then nothing is stretched. A way that leaves slides less comes last.

    Args:
        plan: the present plan.
        account: where the time went.
        elapsed: elapsed talk time in seconds.
        available: seconds to fill, see `time_to_fill`; below 0 when there are none.
    """
    now = measure_pace(plan, account, elapsed)
    if now.position < 0:
        return Reflow(plan, plan, available=available)
    case = _Case(plan, account, max(0.0, elapsed), available, now.reserve_left)
    ways = [case.way()]
    if ways[0].scale < MIN_SHRINK or not ways[0].fits:
        spare = case.way(unreserved=True) if now.reserve_left >= 1 else None
        ways = [way for way in (spare, case.way(drop=True), ways[0]) if way is not None]
        if not any(way.fits and way.scale >= MIN_SHRINK for way in ways) and spare is not None:
            ways.insert(0, case.way(unreserved=True, drop=True))
    different = {(way.dropped, way.unreserved): way for way in ways}
    fitting = sorted((way for way in different.values() if way.fits), key=lambda way: way.scale < MIN_SHRINK)
    first, *others = (fitting or ways[:1])[:WAYS]
    return replace(first, rest=tuple(others))


class _Case:
    """One moment of a talk whose rest is to be fitted."""

    def __init__(self, plan: Plan, account: TimeLog, elapsed: float, available: float, reserve: float) -> None:
        self.plan, self.account, self.elapsed = plan, account, elapsed
        self.available, self.reserve = available, reserve
        self.position = measure_pace(plan, account, elapsed).position
        self.spent, self.lead = shown_before(plan, account, account.spent(elapsed))
        self.needed = remaining_needs(plan, self.spent, self.position)
        self.ahead = plan.slides[self.position :]
        self.fixed = [slide.fixed for slide in self.ahead]

    def way(self, *, unreserved: bool = False, drop: bool = False) -> Reflow:
        """Return the plan in one way: with the time for questions too, or without some optional slides."""
        available = self.available + (self.reserve if unreserved else 0.0)
        dropped = self._dropped(available) if drop else set()
        kept = [0.0 if i in dropped else q for i, q in enumerate(self.needed)]
        scale = _scale(self.fixed, kept, available)
        fits, factor = scale >= 0, max(0.0, min(scale, 1.0) if dropped or unreserved else scale)
        new = [q if stands else q * factor for stands, q in zip(self.fixed, kept, strict=True)]
        times = [self.spent.get(slide.id, 0.0) for slide in self.plan.slides]
        for i, q in enumerate(new):
            times[self.position + i] += q
        asked = self.account.asked(self.elapsed)
        plan = replace(self.plan, reserve=min(self.plan.reserve, round(asked))) if unreserved else self.plan
        target = self.elapsed - min(asked, plan.reserve) + sum(new) - self.account.extra + self.lead
        return Reflow(
            before=self.plan,
            after=plan.with_times(times, target),
            dropped=tuple(self.ahead[i].id for i in sorted(dropped)),
            scale=factor,
            available=available,
            needed=sum(self.needed),
            fits=fits,
            unreserved=unreserved,
        )

    def _dropped(self, available: float) -> set[int]:
        """Return the fewest optional slides that suffice, and of as many those that take the least time.

        The slide on screen cannot be dropped any more. Where all of them do not suffice, it is all.
        """
        optional = [i for i in range(1, len(self.ahead)) if self.ahead[i].optional and self.needed[i] > 0]
        optional.sort(key=lambda i: -self.needed[i])

        def suffices(dropped: tuple[int, ...]) -> bool:
            kept = [0.0 if i in dropped else q for i, q in enumerate(self.needed)]
            return _scale(self.fixed, kept, available) >= MIN_SHRINK

        for count in range(1, len(optional) + 1):
            best = tuple(optional[:count])
            if not suffices(best):
                continue
            sets = islice(combinations(optional, count), _TRIED)
            return set(
                min((each for each in sets if suffices(each)), key=lambda each: sum(self.needed[i] for i in each))
            )
        return set(optional)


def _scale(fixed: list[bool], rest: list[float], available: float) -> float:
    """Return the share of what they need that the slides can get; below 0 when not even the fixed ones fit."""
    stiff = sum(q for q, stands in zip(rest, fixed, strict=True) if stands)
    soft = sum(rest) - stiff
    if soft <= 0:
        return 1.0 if available >= stiff else -inf
    return (available - stiff) / soft
