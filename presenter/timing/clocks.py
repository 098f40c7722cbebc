"""Clocks: one that counts while a machine sleeps, and what to notice when clocks jump.

The talk runs on a clock that nobody sets and that goes on during sleep: the audience waited, too. Clocks are handed in
everywhere, so that tests and rehearsals can run faster: `PRESENTER_CLOCK_SPEED=20 presenter ...` makes every clock of
the program run twenty times as fast (up to 1000; meant for trying things out and for tests).
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from presenter.timing.durations import format_clock

ClockFunction: TypeAlias = Callable[[], float]
"""Returns seconds."""

SPEED_VARIABLE: Final = "PRESENTER_CLOCK_SPEED"
MAX_SPEED: Final = 1000.0
SLEEP_THRESHOLD: Final = 5.0
"""Seconds by which the clocks part before it counts as sleep."""
_COUNTING: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
STEP_THRESHOLD: Final = 2.0
"""Seconds by which the wall clock jumps before it is told."""


def talk_clock() -> float:
    """Read the talk's clock, in seconds from some moment in the past; it counts sleep wherever the system can.

    Linux: `CLOCK_BOOTTIME` (`CLOCK_MONOTONIC` stands still in sleep, see PEP 418). macOS: `CLOCK_MONOTONIC`, which goes
    on in sleep, while `time.monotonic()` does not (bpo-41303). Elsewhere: `time.monotonic()`.
    """
    return time.monotonic() if _COUNTING is None else time.clock_gettime(_COUNTING)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of one program run."""

    talk: ClockFunction = talk_clock
    """Counts sleep; nobody can set it."""
    awake: ClockFunction = time.monotonic
    """Stands still in sleep where the system can tell."""
    wall: ClockFunction = time.time
    """Seconds since the epoch; people and programs set it."""

    def now(self) -> dt.datetime:
        """Return the machine's local time, without a zone: Python then asks the system for the offset of each day."""
        return dt.datetime.fromtimestamp(self.wall())  # noqa: DTZ006 - see above


def system_clocks(environ: Mapping[str, str] | None = None) -> Clocks:
    """Return the machine's clocks, faster when `PRESENTER_CLOCK_SPEED` says so; a value that is no speed is ignored."""
    text = (os.environ if environ is None else environ).get(SPEED_VARIABLE, "")
    try:
        speed = float(text)
    except ValueError:
        return Clocks()
    if not 0 < speed <= MAX_SPEED or speed == 1:
        return Clocks()
    plain = Clocks()
    # The clocks without a date are fast from their beginning: all windows of a talk have to read the same.
    return Clocks(_faster(plain.talk, speed, 0.0), _faster(plain.awake, speed, 0.0), _faster(plain.wall, speed))


def _faster(read: ClockFunction, speed: float, begin: float | None = None) -> ClockFunction:
    begin = read() if begin is None else begin
    return lambda: begin + (read() - begin) * speed


@dataclass(frozen=True, slots=True)
class SleepWatch:
    """Notices that the machine slept: the clock that counts sleep runs ahead of the one that does not."""

    offset: float
    """Talk clock less awake clock at the last look."""

    @classmethod
    def begin(cls, clocks: Clocks) -> SleepWatch:
        """Look for the first time."""
        return cls(clocks.talk() - clocks.awake())

    def look(self, talk: float, awake: float) -> tuple[SleepWatch, float]:
        """Return the watch for the next look, and how many seconds the machine slept since the last one; mostly 0."""
        offset = talk - awake
        gap = offset - self.offset
        return SleepWatch(offset), gap if gap > SLEEP_THRESHOLD else 0.0


@dataclass(frozen=True, slots=True)
class WallWatch:
    """Notices that somebody set the wall clock."""

    offset: float
    """Wall clock less talk clock at the last look."""

    @classmethod
    def begin(cls, clocks: Clocks) -> WallWatch:
        """Look for the first time."""
        return cls(clocks.wall() - clocks.talk())

    def look(self, wall: float, talk: float) -> tuple[WallWatch, float]:
        """Return the watch for the next look, and by how many seconds the clock was set; mostly 0, and told once."""
        offset = wall - talk
        step = offset - self.offset
        # The offset moves along: a clock that is slewed over hours was not set.
        return WallWatch(offset), step if abs(step) > STEP_THRESHOLD else 0.0


def sleep_words(gap: float) -> str:
    """Say that the machine slept or was off: the audience waited, so that counts unless the speaker takes it out."""
    return f"a gap of {format_clock(gap)}, counted; press z to take it out"


def clock_set_words(step: float) -> str:
    """Say that somebody set the wall clock; the talk's time is not touched by that."""
    return (
        f"the clock was set {format_clock(abs(step))} {'forward' if step > 0 else 'back'}; the talk's time is unchanged"
    )
