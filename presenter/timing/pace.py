"""The live numbers: early or late, and how much is left. Pure functions of the plan and the time spent.

With p the planned and a the spent seconds of a slide, E the elapsed time and j over the main path:

    Q = sum of max(p_j - a_j, 0) for j from the current slide on      what the plan still needs
    P = E + Q                                                         projected length
    D = P - questions within the reserve - (sum of p + granted)       deviation: positive is late

On plan D is 0 at every instant. It changes only at moves and beyond a slide's plan: staying too long adds a second a
second, leaving early gives the rest back at once, going back costs the time spent there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from math import floor

from presenter.timing.plan import Plan
from presenter.timing.time_log import TimeLog


@dataclass(frozen=True, slots=True)
class Pace:
    """How a talk stands at one moment. Times are seconds."""

    position: int
    """Of the current slide on the main path, or of the one to return to; -1 when there is none."""
    elapsed: float
    needed: float
    """What the plan still needs (Q)."""
    projected: float
    """How long the talk will be (P)."""
    deviation: float
    """Positive is late."""
    left: float | None
    """Of the talk, questions included; negative when it is over; None without a duration."""
    slide_spent: float = 0.0
    slide_planned: float = 0.0
    part: int = -1
    """Index of the current section in `Plan.parts`."""
    part_left: float = 0.0
    """What the plan still needs for the section."""
    part_spent: float = 0.0
    part_planned: float = 0.0
    step: int = 0
    """The step, from 0, that a speaker on plan has reached on this slide."""
    overrun: float = 0.0
    """By how much what the plan still needs is more than there is until the end or the stop, without any reserve;
    negative when there is more."""
    by_stop: bool = False
    """It is the stop that comes first, not the end of the talk's time."""
    question: float = 0.0
    """How long the present question has taken."""
    reserve_left: float = 0.0
    on_break: bool = False
    """The talk is at a break, whose time runs."""

    @property
    def slide_left(self) -> float:
        """Seconds left on the slide; negative when it takes longer."""
        return self.slide_planned - self.slide_spent

    @property
    def over(self) -> bool:
        """The talk takes longer than it may, or goes on past the stop."""
        return self.overtime > 0

    @property
    def overtime(self) -> float:
        """Seconds for which the talk goes on though its time is up, or the stop is past; negative before that."""
        return self.overrun - self.needed if self.by_stop else -(self.left or 0.0)

    @property
    def tight(self) -> bool:
        """What is left of the plan does not fit the time there is, which is worse than what the plan alone says."""
        return self.overrun > 0 and self.overrun > self.deviation

    @property
    def gap(self) -> float:
        """What the speaker is told: the worse of the deviation from the plan and of what does not fit."""
        return self.overrun if self.tight else self.deviation


def measure_pace(plan: Plan, account: TimeLog, elapsed: float, until_stop: float | None = None) -> Pace:
    """Say how a talk stands.

    Args:
        plan: the plan, perhaps re-flowed.
        account: where the time went.
        elapsed: elapsed talk time in seconds, pauses left out.
        until_stop: seconds until a hard stop, negative after it; None without one.
    """
    elapsed = max(0.0, elapsed)
    spent, lead = shown_before(plan, account, account.spent(elapsed))
    position = _position(plan, account)
    asked = account.asked(elapsed)
    needed = sum(remaining_needs(plan, spent, position)) if position >= 0 else 0.0
    within = min(asked, plan.reserve)
    left = None if plan.duration is None else plan.duration + account.extra - elapsed
    now = Pace(
        position=position,
        elapsed=elapsed,
        needed=needed,
        projected=elapsed + needed,
        deviation=elapsed - within + needed - (plan.target - lead) - account.extra,
        left=left,
        overrun=needed - min(ends) if (ends := [end for end in (left, until_stop) if end is not None]) else 0.0,
        by_stop=until_stop is not None and (left is None or until_stop < left),
        question=account.question(elapsed),
        reserve_left=plan.reserve - within,
    )
    if position < 0:
        return now
    here = plan.slides[position]
    return replace(_near(now, plan, spent), on_break=here.is_break and account.slide == here.id)


def shown_before(plan: Plan, account: TimeLog, spent: dict[str, float]) -> tuple[dict[str, float], float]:
    """Count the slide that stood there before the timer started as shown for its time; return that time as well."""
    place = plan.position.get(account.before)
    if place is None:
        return spent, 0.0
    lead = plan.slides[place].seconds
    return {**spent, account.before: spent.get(account.before, 0.0) + lead}, lead


def remaining_needs(plan: Plan, spent: dict[str, float], position: int) -> list[float]:
    """Return what each slide from a position on still needs."""
    get = spent.get
    return [
        rest if (rest := slide.seconds - get(slide.id, 0.0)) > 0 else 0.0
        for slide in islice(plan.slides, position, None)
    ]


def _position(plan: Plan, account: TimeLog) -> int:
    """Return where the plan stands; at the beginning when the slide to return to has left the deck."""
    found = plan.position.get(account.slide, plan.position.get(account.home))
    return (0 if plan.slides else -1) if found is None else found


def _near(now: Pace, plan: Plan, spent: dict[str, float]) -> Pace:
    """Add what concerns the slide and its section."""
    slide, number = plan.slides[now.position], plan.part_of[now.position]
    part = plan.parts[number]
    end = part.first + part.size
    said = [slide for slide in plan.slides[part.first : end] if not slide.is_break]
    ahead = [slide for slide in plan.slides[now.position : end] if not slide.is_break]
    used = spent.get(slide.id, 0.0)
    share = used / slide.seconds if slide.seconds > 0 else 1.0
    return replace(
        now,
        slide_spent=used,
        slide_planned=slide.seconds,
        part=number,
        part_left=sum(max(s.seconds - spent.get(s.id, 0.0), 0.0) for s in ahead),
        part_spent=sum(spent.get(s.id, 0.0) for s in said),
        part_planned=part.seconds,
        step=min(slide.steps - 1, floor(slide.steps * min(share, 1.0))),
    )


def next_advance(plan: Plan, pace_now: Pace, step: int, steps: int) -> float:
    """Return in how many seconds the talk goes on by itself; 0 when it is due.

    The slide's time is divided evenly among its steps; every step stands a second at least, so that a deck whose
    times are all 0 does not race.

    Args:
        plan: the plan.
        pace_now: how the talk stands.
        step: the step shown, from 0.
        steps: how many the slide has.
    """
    if pace_now.position < 0 or not plan.slides:
        return 0.0
    each = max(1.0, pace_now.slide_planned / max(1, steps))
    return max(0.0, each * (step + 1) - pace_now.slide_spent)
