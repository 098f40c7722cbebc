"""What the speaker's instruments show at one moment: worked out once for each picture of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from presenter.timing.clocks import Clocks
from presenter.timing.deadline import projected_end, stop_instant, time_left_or_stop, time_until
from presenter.timing.pace import Pace, measure_pace
from presenter.timing.pace_status import PaceStatus, SignalCard, signal_card, status_of
from presenter.timing.plan import Plan

if TYPE_CHECKING:
    from presenter.ui.view_model import ViewModel


@dataclass(frozen=True, slots=True)
class TimingView:
    """How the talk stands against its plan. Times are seconds."""

    plan: Plan
    pace: Pace
    elapsed: float
    band: PaceStatus
    until_stop: float | None
    """Until the hard stop, negative after it."""
    left: float | None
    """Of the talk, or until the stop when that is less."""
    ends: float | None
    """When the plan will be through, in seconds since the epoch."""
    card: SignalCard
    """The timekeeper's card."""
    countdown: float | None
    """Until the time at which the timer starts by itself; None when it does not, or has."""


def timing_view(scene: ViewModel) -> TimingView:
    """Read the instruments."""
    state = scene.state
    plan = state.plan or scene.outline.plan
    elapsed = state.timer.elapsed(scene.now)
    until = time_until(scene.stop, scene.wall)
    stands = measure_pace(plan, state.account, elapsed, until)
    left, _ = time_left_or_stop(stands, until)
    started = state.timer.started
    return TimingView(
        plan=plan,
        pace=stands,
        elapsed=elapsed,
        band=(scene.live.band or status_of("", plan, stands)) if started else "",
        until_stop=until,
        left=left,
        ends=projected_end(plan, stands, scene.wall),
        card=signal_card(scene.outline.signals, elapsed, plan.duration) if started else SignalCard(),
        countdown=None if started else _countdown(scene),
    )


def _countdown(scene: ViewModel) -> float | None:
    if ":" not in scene.outline.start:
        return None
    clocks = Clocks(wall=lambda: scene.wall)
    return time_until(stop_instant(scene.outline.start, clocks.now()), scene.wall)
