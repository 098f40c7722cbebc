"""What the window knows of the clocks: sleep, a wall clock that was set, the hard stop, and how the pace changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from presenter.session.alerts import PaceNow
from presenter.session.session import Session
from presenter.session.state import State
from presenter.session.timer import after_sleep
from presenter.timing.clocks import Clocks, SleepWatch, WallWatch, clock_set_words
from presenter.timing.deadline import stop_instant, time_until
from presenter.timing.pace_status import BLINK_AFTER, BLINK_MAX_DURATION, STATUS_COLORS, PaceStatus

RED_CARDS: Final = 3
"""Cards of which the last one blinks."""
MISSED_START_SECONDS: Final = 60.0
"""Seconds for which a start that was missed counts, at least; else for as long as the talk lasts."""


class ClockMonitor:
    """Looks at the clocks for the window, and remembers what they said the last time."""

    def __init__(self, clocks: Clocks, session: Session) -> None:
        """Look for the first time."""
        self._clocks = clocks
        self._session = session
        self._times = ("", "")
        """Stop and start as the deck had them when they were resolved."""
        self._sleep = SleepWatch.begin(clocks)
        self._wall = WallWatch.begin(clocks)
        self._live = PaceNow()
        self._start: float | None = None
        self._missed = False
        """The time at which the timer should have started is longer ago than the talk lasts."""
        self._stop: float | None = None
        self._resolve()

    @property
    def stop(self) -> float | None:
        """When the talk has to end, in seconds since the epoch; None when no time is set."""
        self._follow()
        return self._stop

    def _follow(self) -> None:
        """Resolve the times of a deck that was read again, where they have changed."""
        if (self._session.outline.stop, self._session.outline.start) != self._times:
            self._resolve()

    def _resolve(self) -> None:
        """Find the instants that times of the day mean now."""
        now, outline = self._clocks.now(), self._session.outline
        self._times = outline.stop, outline.start
        self._stop = stop_instant(outline.stop, now)
        self._start = stop_instant(outline.start, now) if ":" in outline.start else None
        plan = outline.plan
        lasts = max(MISSED_START_SECONDS, plan.duration or plan.target)
        self._missed = self._start is not None and self._start < now.timestamp() - lasts
        if self._missed:
            self._start = None

    def until_stop(self) -> float | None:
        """Return the seconds until the hard stop; None without one."""
        return time_until(self.stop, self._clocks.wall())

    def due(self) -> float | None:
        """Return for how many seconds the timer should have been running by itself; None when it should not. Said once.

        A window that is opened a little late counts from the time that the deck states.
        """
        self._follow()
        until = time_until(self._start, self._clocks.wall())
        if until is None or until > 0:
            return None
        self._start = None
        return -until

    def missed(self) -> bool:
        """Whether the time at which the timer should have started is too long ago to count from it; said once."""
        self._follow()
        missed, self._missed = self._missed, False
        return missed

    def noticed(self, state: State, now: float) -> Iterator[State]:
        """Go through the states that jumps of the clocks lead to; none when the clocks just went on."""
        self._sleep, gap = self._sleep.look(now, self._clocks.awake())
        if gap:
            state = after_sleep(state, gap, now)
            yield state
        self._wall, step = self._wall.look(self._clocks.wall(), now)
        if step:
            self._resolve()
            yield state.saying(clock_set_words(step), now)

    @property
    def band(self) -> PaceStatus:
        """The word for the pace, when the clock was last looked at."""
        return self._live.band

    def heard(self, band: str) -> None:
        """Take over the word that another window has, unless this one has found one."""
        for known in STATUS_COLORS:
            if known == band and not self._live.band:
                self._live = replace(self._live, band=known)

    def live(self, state: State, now: float) -> PaceNow:
        """Return what changed while time passed."""
        self._live = self._live.tick(state, self._session.outline, now, self.until_stop())
        return self._live

    def blinks(self, state: State, now: float) -> bool:
        """Whether the timekeeper's last card blinks."""
        outline = self._session.outline
        cards, duration = outline.signals, (state.plan or outline.plan).duration
        short = duration is not None and duration <= BLINK_MAX_DURATION
        return len(cards) == RED_CARDS and short and state.timer.elapsed(now) >= cards[-1] + BLINK_AFTER
