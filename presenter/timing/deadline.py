"""Hard stops on the wall clock: the room is needed at five past three, whatever the plan says."""

from __future__ import annotations

import datetime as dt
from typing import Final

from presenter.timing.durations import format_clock, format_elapsed, format_left
from presenter.timing.pace import Pace
from presenter.timing.pace_status import PaceStatus
from presenter.timing.plan import Plan

HOURS_BACK: Final = 6 * 3600
SPARE: Final = 1.0
"""Seconds by which a plan of whole seconds may miss the stop."""
HOURS_AHEAD: Final = 18 * 3600
"""A stop is looked for from six hours ago to eighteen hours ahead."""


def stop_instant(stop: str, now: dt.datetime) -> float | None:
    """Return the instant that a stop means, as seconds since the epoch; None for no stop.

    It is the time of the day nearest to now in (-6 h, +18 h]. Comparing instants, and not times of one zone, keeps the
    difference right across a change of the clocks.

    Args:
        stop: `hh:mm`, or empty.
        now: the machine's local time without a zone, or a time with a zone that knows when its clocks change. An
            offset alone, as `astimezone()` gives, would be wrong by an hour on the other side of such a change.

    Raises:
        ValueError: the stop is no time of the day.
    """
    if not stop:
        return None
    time = dt.time.fromisoformat(stop)
    current = now.timestamp()
    days = (now.date() + dt.timedelta(days) for days in (-1, 0, 1))
    times = (
        dt.datetime.combine(day, time, now.tzinfo).replace(fold=fold).timestamp() for day in days for fold in (0, 1)
    )
    # Where the clocks change the window may hold two of them, or none: then the nearest one is meant.
    return min(times, key=lambda instant: (not -HOURS_BACK < instant - current <= HOURS_AHEAD, abs(instant - current)))


def time_until(stop: float | None, wall: float) -> float | None:
    """Return the seconds until a stop, negative after it; None without one.

    Args:
        stop: seconds since the epoch.
        wall: the same, now.
    """
    return None if stop is None else stop - wall


def time_left_or_stop(now: Pace, available: float | None) -> tuple[float | None, bool]:
    """Return what is left, of the talk or until the stop, whichever is less; and whether it is the stop."""
    if available is not None and (now.left is None or available < now.left):
        return available, True
    return now.left, False


def stop_words(now: Pace, available: float | None) -> str:
    """Warn of a stop that comes before the plan is through; empty when it does not."""
    if available is None or available >= now.needed - SPARE:
        return ""
    if available < 0:
        return f"{format_clock(-available)} past the stop"
    return f"stop in {format_left(available)}, plan needs {format_clock(now.needed)}: press R"


def question_words(now: Pace) -> str:
    """Say how long a question takes: `question 1:20 (reserve 3:40)`; empty when none runs."""
    if not now.question:
        return ""
    return f"question {format_clock(now.question)} (reserve {format_clock(now.reserve_left)})"


def break_words(now: Pace) -> str:
    """Count a break down: `break 12:30 left`, `break over by 0:45`; empty when there is none."""
    if not now.on_break:
        return ""
    rest = now.slide_left
    return f"break {format_left(rest)} left" if rest > 0 else f"break over by {format_elapsed(-rest)}"


def needs_reflow(shown: PaceStatus, now: Pace, available: float | None) -> bool:
    """Say whether re-flowing the plan would help: late, or a stop that comes too soon."""
    return shown in {"late", "LATE"} or bool(stop_words(now, available))


def projected_end(plan: Plan, now: Pace, wall: float) -> float | None:
    """Return when the talk will end, in seconds since the epoch; None for a deck without slides."""
    return wall + now.needed if plan.slides else None
