"""A talk that broke off, offered to its speaker at the next start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from presenter.timing.durations import format_elapsed as spoken
from presenter.timing.time_log import TimeLog

if TYPE_CHECKING:
    from presenter.session.state import Outline

OFFER_SEEN_SECONDS: Final = 15.0
"""Seconds for which the offer may be seen by an audience, unless a key ends that sooner."""
KEPT: Final = 1.0
"""Seconds of the gap that may have been spoken: where a talk stands is written down once a second."""
OFFER_SECONDS: Final = 120.0
"""Seconds of a new talk after which the old one is no longer offered."""


@dataclass(frozen=True, slots=True)
class InterruptedTalk:
    """Where a talk stood when it broke off.

    Attributes:
        slide: the id of its slide.
        step: of the slide, from 0.
        elapsed: what its timer said, in seconds.
        gap: seconds from then until `found`, which count if the timer ran.
        found: when it was found, in seconds on the talk's clock.
        running: its timer ran.
        account: where its time went.
        run: the file of its record.
    """

    slide: str
    step: int
    elapsed: float
    gap: float
    found: float
    running: bool
    account: TimeLog
    run: str = ""

    def away(self, now: float) -> float:
        """Return the seconds that have to be counted for the time since."""
        return self.gap + max(0.0, now - self.found) if self.running else 0.0

    def words(self, outline: Outline, now: float) -> str:
        """Say where it goes on: `slide 9 step 2, 12:34 + 1:10 gap`."""
        place = "where its slide was"
        if self.slide in outline.ids:
            number = outline.ids.index(self.slide)
            step = min(self.step, outline.steps[number] - 1)
            place = f"slide {outline.labels[number]}" + (f" step {step + 1}" if step else "")
        time = f"{spoken(self.elapsed)} + {spoken(self.away(now))} gap" if self.running else spoken(self.elapsed)
        return f"{place}, {time}" + ("" if self.running else ", paused")
