"""Where the time of a talk went: on which slides, on questions, and what was granted or taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct


@dataclass(frozen=True, slots=True)
class TimeLog:
    """The time spent so far. All moments are elapsed talk time in seconds: what the timer counts, pauses left out.

    Times are kept under the slides' ids, so that they survive a reload: a slide that is gone keeps its time, a new one
    has none. The time of questions belongs to no slide; spent and asked add up to the elapsed time.
    """

    slide: str = ""
    """The slide whose time runs; empty before the talk has begun."""
    home: str = ""
    """The last slide on the main path that was shown: where the plan stands while another slide is shown."""
    times: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Seconds of each slide, up to `since`."""
    since: float = 0.0
    """Spoken time at which the slide's time began to run."""
    answered: float = 0.0
    """Seconds of questions that are over."""
    asked_at: float | None = None
    """When the question that runs now was asked."""
    extra: int = 0
    """Seconds granted (or taken, negative) by hand."""
    before: str = ""
    """The slide that the audience saw until the move that started the timer: its time is no part of the talk's."""

    def asked(self, elapsed: float) -> float:
        """Return the seconds that all questions took."""
        return self.answered + (max(0.0, elapsed - self.asked_at) if self.asked_at is not None else 0.0)

    def question(self, elapsed: float) -> float:
        """Return the seconds that the present question takes; 0 when none runs."""
        return max(0.0, elapsed - self.asked_at) if self.asked_at is not None else 0.0

    def spoken(self, elapsed: float) -> float:
        """Return the seconds that belong to slides."""
        return max(0.0, elapsed - self.asked(elapsed))

    def spent(self, elapsed: float) -> dict[str, float]:
        """Return the seconds of each slide, over all its visits."""
        times = dict(self.times)
        if self.slide:
            times[self.slide] = times.get(self.slide, 0.0) + max(0.0, self.spoken(elapsed) - self.since)
        return times

    def to(self, slide: str, elapsed: float, *, main: bool = True) -> TimeLog:
        """Go to a slide; `main` says whether it is on the main path."""
        if slide == self.slide:
            return self
        times = MappingProxyType(self.spent(elapsed))
        home = slide if main else self.home
        return replace(self, slide=slide, home=home, times=times, since=self.spoken(elapsed))

    def ask(self, elapsed: float) -> TimeLog:
        """A question begins; nothing changes while one runs."""
        return self if self.asked_at is not None else replace(self, asked_at=elapsed)

    def answer(self, elapsed: float) -> TimeLog:
        """The question is over."""
        return replace(self, answered=self.asked(elapsed), asked_at=None)

    def grant(self, seconds: int) -> TimeLog:
        """Make the talk longer, or shorter."""
        return replace(self, extra=self.extra + seconds)

    def without(self, gap: float, slide: str, elapsed: float) -> tuple[TimeLog, float]:
        """Take out seconds that were counted while the machine slept.

        Args:
            gap: the seconds.
            slide: the slide on which they were counted; empty for a question.
            elapsed: the time before they are taken out.

        Returns:
            The account, and the seconds that the timer has to take out: no more than were counted there.
        """
        if slide:
            times = self.spent(elapsed)
            gone = min(max(0.0, gap), times.get(slide, 0.0))
            times[slide] = times.get(slide, 0.0) - gone
            # A question that runs was asked after the sleep: it stays as long as it is.
            asked_at = None if self.asked_at is None else self.asked_at - gone
            since = self.spoken(elapsed) - gone
            return replace(self, times=MappingProxyType(times), since=since, asked_at=asked_at), gone
        if self.asked_at is not None:
            # The question runs on: less elapsed time makes it shorter.
            return self, min(max(0.0, gap), self.question(elapsed))
        gone = min(max(0.0, gap), self.answered)
        return replace(self, answered=self.answered - gone), gone


BoundedId: TypeAlias = Annotated[str, Meta(max_length=500)]
BoundedSeconds: TypeAlias = Annotated[float, Meta(ge=-1e9, le=1e9)]


class TimeLogRecord(Struct, frozen=True):
    """The fields of an `Account`, within bounds: whoever wrote them may have been another program."""

    slide: BoundedId = ""
    home: BoundedId = ""
    times: dict[BoundedId, BoundedSeconds] = {}
    since: BoundedSeconds = 0.0
    answered: BoundedSeconds = 0.0
    asked_at: BoundedSeconds | None = None
    extra: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    before: BoundedId = ""

    @classmethod
    def of(cls, account: TimeLog) -> TimeLogRecord:
        """Return an account to be written down."""
        return cls(
            account.slide,
            account.home,
            dict(account.times),
            account.since,
            account.answered,
            account.asked_at,
            account.extra,
            account.before,
        )

    def account(self) -> TimeLog:
        """Return the account that was written down."""
        times = MappingProxyType(self.times)
        return TimeLog(self.slide, self.home, times, self.since, self.answered, self.asked_at, self.extra, self.before)
