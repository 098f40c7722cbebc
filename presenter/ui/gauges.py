"""What the speaker's instruments show at one moment: worked out once for each picture of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from presenter.pacing import (
    Band,
    Pace,
    Plan,
    band_of,
    pace,
    projected_end,
    signal,
    stop_instant,
    tighter,
    time_until,
)
from presenter.pacing.bands import Signal
from presenter.pacing.clocks import Clocks

if TYPE_CHECKING:
    from presenter.ui.scene import Scene


@dataclass(frozen=True, slots=True)
class Gauges:
    """How the talk stands against its plan. Times are seconds."""

    plan: Plan
    pace: Pace
    elapsed: float
    band: Band
    until_stop: float | None
    """Until the hard stop, negative after it."""
    left: float | None
    """Of the talk, or until the stop when that is less."""
    ends: float | None
    """When the plan will be through, in seconds since the epoch."""
    card: Signal
    """The timekeeper's card."""
    countdown: float | None
    """Until the time at which the timer starts by itself; None when it does not, or has."""


def gauges(scene: Scene) -> Gauges:
    """Read the instruments."""
    state = scene.state
    plan = state.plan or scene.outline.plan
    elapsed = state.timer.elapsed(scene.now)
    until = time_until(scene.stop, scene.wall)
    stands = pace(plan, state.account, elapsed, until)
    left, _ = tighter(stands, until)
    started = state.timer.started
    return Gauges(
        plan=plan,
        pace=stands,
        elapsed=elapsed,
        band=(scene.live.band or band_of("", plan, stands)) if started else "",
        until_stop=until,
        left=left,
        ends=projected_end(plan, stands, scene.wall),
        card=signal(scene.outline.signals, elapsed, plan.duration) if started else Signal(),
        countdown=None if started else _countdown(scene),
    )


def _countdown(scene: Scene) -> float | None:
    if ":" not in scene.outline.start:
        return None
    clocks = Clocks(wall=lambda: scene.wall)
    return time_until(stop_instant(scene.outline.start, clocks.now()), scene.wall)
