"""What changes by itself while a talk runs: the word for its pace, where that is going, and alerts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from presenter.session.commands import BY_NAME, act
from presenter.session.state import Outline, State
from presenter.session.timer import overdue, restart, through
from presenter.timing.deadline import time_left_or_stop
from presenter.timing.pace import measure_pace
from presenter.timing.pace_status import DeviationTrail, PaceStatus, alerts, status_of, status_words

ALERT_SECONDS: Final = 3.0
"""Seconds for which an alert stays."""


@dataclass(frozen=True, slots=True)
class PaceNow:
    """How a talk stood when the clock was last looked at. It is no part of `State`: time passes without a command."""

    band: PaceStatus = ""
    """The word for the pace; it stays until the pace has clearly changed."""
    trail: DeviationTrail = field(default_factory=DeviationTrail)
    """Whether the gap between talk and plan grows."""
    alert: str = ""
    """What the speaker is told for `ALERT` seconds; see `alerted`."""
    until: float = float("-inf")
    left: float | None = None

    def alerted(self, now: float) -> str:
        """Return the alert, while it lasts."""
        return self.alert if now < self.until else ""

    def tick(self, state: State, outline: Outline, now: float, until_stop: float | None = None) -> PaceNow:
        """Look at the clock.

        Args:
            state: of the talk.
            outline: with its plan.
            now: seconds on the talk's clock.
            until_stop: seconds until the hard stop; None without one.
        """
        if not state.timer.started:
            return PaceNow()
        plan, elapsed = state.plan or outline.plan, state.timer.elapsed(now)
        stands = measure_pace(plan, state.account, elapsed, until_stop)
        band = status_of(self.band, plan, stands)
        left, _ = time_left_or_stop(stands, until_stop)
        words = alerts(self.left, left)
        if not words and self.band and band != self.band:
            words = status_words(band, stands)
        trail = self.trail.add(elapsed, stands.gap)
        return PaceNow(band, trail, words or self.alert, now + ALERT_SECONDS if words else self.until, left)


def advances(state: State, outline: Outline, now: float) -> Iterator[tuple[float, State]]:
    """Go through what a talk that goes on by itself does until now: moments, and the states that they lead to.

    Each move counts from when it was due, so that a late look makes no slide longer.
    """
    while (late := overdue(state, outline, now)) is not None and late >= 0:
        due = now - late
        following = act(BY_NAME["next"], state, outline, due)
        if following.at != state.at:
            state = following
        elif state.auto == "loop":
            state = restart(state, outline, due)
        else:
            yield due, through(state, outline, due)
            return
        yield due, state
