"""Early, on time or late, in a word and a colour that do not flicker."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final, Literal, NamedTuple, TypeAlias

from presenter.timing.durations import format_clock, format_elapsed, format_signed
from presenter.timing.pace import Pace
from presenter.timing.plan import Plan

PaceStatus: TypeAlias = Literal["", "early", "on time", "late", "LATE", "OVER"]
"""How a talk stands in a word; empty without a duration."""
StatusColor: TypeAlias = Literal["", "blue", "green", "amber", "red"]

STATUS_COLORS: Final[dict[PaceStatus, StatusColor]] = {
    "": "",
    "early": "blue",
    "on time": "green",
    "late": "amber",
    "LATE": "red",
    "OVER": "red",
}
ALERT_MARKS: Final = (600, 300, 120, 60, 0)
"""Seconds left at which the speaker is told."""
BLINK_AFTER: Final = 30
"""Seconds after the last signal before it blinks."""
BLINK_MAX_DURATION: Final = 600
"""Only talks that are this short blink."""
TREND_SECONDS: Final = 30
"""Seconds over which a gap is seen to grow or shrink."""


def tolerance(duration: float) -> float:
    """Return how many seconds off still count as on time: a twentieth of the talk, 15 to 60 s."""
    return float(min(60, max(15, int(0.05 * duration + 0.5))))


def pace_status(previous: PaceStatus, deviation: float, tau: float, *, over: bool = False) -> PaceStatus:
    """Say how a talk stands; the word that was shown stays until the deviation is past its edge by a third of tau.

    Args:
        previous: the word shown until now; empty at first.
        deviation: seconds; positive is late.
        tau: the tolerance.
        over: the duration is used up.
    """
    if over:
        return "OVER"
    edges: dict[PaceStatus, tuple[float, float]] = {
        "early": (-inf, -tau),
        "on time": (-tau, tau),
        "late": (tau, 3 * tau),
        "LATE": (3 * tau, inf),
    }
    if previous in edges:
        low, high = edges[previous]
        if low - tau / 3 <= deviation <= high + tau / 3:
            return previous
    if deviation < -tau:
        return "early"
    if deviation <= tau:
        return "on time"
    return "late" if deviation <= 3 * tau else "LATE"


def status_of(previous: PaceStatus, plan: Plan, now: Pace) -> PaceStatus:
    """Say how a talk stands; nothing when the deck has no duration."""
    if plan.duration is None:
        return ""
    return pace_status(previous, now.gap, tolerance(plan.duration), over=now.over)


def status_words(shown: PaceStatus, now: Pace) -> str:
    """Say it in full: `+0:45 late`, `on time`, `-1:10 early`, `+0:05 OVER`, `won't fit: 3:51 over the stop`."""
    if shown in {"", "on time"}:
        return shown
    if shown == "OVER":
        return f"+{format_elapsed(now.overtime)} OVER"
    if now.tight and shown != "early":
        return f"won't fit: {format_clock(now.overrun)} over the {'stop' if now.by_stop else 'time'}"
    return f"{format_signed(now.gap)} {shown}"


def alerts(before: float | None, after: float | None) -> str:
    """Return what to tell the speaker when the time left went from `before` to `after`; mostly nothing.

    Late ticks miss nothing, and of several marks passed at once only the last is told.
    """
    if before is None or after is None:
        return ""
    passed = [mark for mark in ALERT_MARKS if after <= mark < before]
    if not passed:
        return ""
    return "time is up" if passed[-1] == 0 else f"{passed[-1] // 60} min left"


class SignalCard(NamedTuple):
    """The card that a timekeeper holds up."""

    colour: Literal["", "green", "yellow", "red"] = ""
    lit: bool = True
    """False in the dark half of a second of blinking."""


def signal_card(signals: tuple[int, ...], elapsed: float, duration: float | None) -> SignalCard:
    """Return the card for the elapsed time: green, yellow, red, and half a minute after red it blinks once a second.

    Args:
        signals: the seconds at which each of the cards goes up, in rising order; missing ones never do.
        elapsed: elapsed talk time in seconds.
        duration: of the talk; only a talk of ten minutes or less blinks.
    """
    names: tuple[Literal["green", "yellow", "red"], ...] = ("green", "yellow", "red")
    shown = [(at, name) for at, name in zip(signals, names, strict=False) if elapsed >= at]
    if not shown:
        return SignalCard()
    at, name = shown[-1]
    blinks = name == "red" and elapsed >= at + BLINK_AFTER and duration is not None and duration <= BLINK_MAX_DURATION
    return SignalCard(name, lit=not blinks or elapsed % 1 < 0.5)  # noqa: PLR2004 - half a second on, half off


@dataclass(frozen=True, slots=True)
class DeviationTrail:
    """The deviations of the last half minute."""

    samples: tuple[tuple[float, float], ...] = ()
    """Elapsed time and deviation, oldest first."""

    def add(self, elapsed: float, deviation: float) -> DeviationTrail:
        """Note the deviation; one sample a second is kept, and one that is `TREND` old."""
        kept = [sample for sample in self.samples if sample[0] <= elapsed]
        while len(kept) > 1 and kept[1][0] <= elapsed - TREND_SECONDS:
            kept.pop(0)
        if kept and elapsed - kept[-1][0] < 1:
            return self if len(kept) == len(self.samples) else DeviationTrail(tuple(kept))
        return DeviationTrail((*kept, (elapsed, deviation)))

    @property
    def growing(self) -> bool | None:
        """Whether the gap between talk and plan has grown; None when it has not changed by a second."""
        if not self.samples:
            return None
        change = abs(self.samples[-1][1]) - abs(self.samples[0][1])
        return None if abs(change) < 1 else change > 0
