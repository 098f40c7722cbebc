"""Keys held down: told from keys typed quickly, by the time between them.

A keyboard repeats a held key every 15 to 80 ms; a person needs longer between two presses of one key; a program, or a
terminal that catches up, delivers many presses within a few milliseconds. So a key held on the clicker never races
through the talk, and presses typed ahead are all counted. The first two quick presses count in any case: they may be
a quick hand. They are made up for when it was a held key after all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

REPEAT_INTERVAL: Final = 0.12
"""Seconds that each step of a held key takes."""
REPEAT_GAP: Final = 0.09
"""Seconds; presses of one key closer than this may be a held key."""
TYPED_AHEAD_GAP: Final = 0.012
"""Seconds; presses closer than this were typed ahead."""
BURST_PAUSE: Final = 0.05
"""Seconds; a burst typed ahead may arrive in pieces, this far apart."""
APART: Final = 0.15
"""Seconds between two presses that a finger makes on purpose, at least."""
BURST_PRESSES: Final = 3
"""So many presses typed ahead in a row are a burst."""
PRESSES_BEFORE_HELD: Final = 2
"""So many quick presses count before a key is taken to be held."""

PressKind: TypeAlias = Literal["press", "due", "soon"]
"""A press that counts; a repeat of a held key whose next step is due; one that comes too soon."""


@dataclass(frozen=True, slots=True)
class KeyRepeat:
    """What is known of the key pressed last. Times are seconds on any steady clock."""

    key: str = ""
    seen: float = float("-inf")
    """When it came last."""
    since: float = float("-inf")
    """When the first of these presses came."""
    steps: int = 0
    """How many have counted since then."""
    quick: int = 0
    """How many came quickly."""
    ahead: int = 0
    """How many in a row were typed ahead."""

    def press(self, key: str, time: float) -> tuple[KeyRepeat, PressKind]:
        """Take in a key; return what is known now, and what kind of press it was."""
        gap = time - self.seen
        if key != self.key or gap > REPEAT_GAP:
            return KeyRepeat(key, time, since=time, steps=1), "press"
        burst = gap < TYPED_AHEAD_GAP or (self.ahead >= BURST_PRESSES and gap <= BURST_PAUSE)
        if burst and not self.quick:
            return replace(self, seen=time, since=time, ahead=self.ahead + 1), "press"
        quick = replace(self, seen=time, quick=self.quick + 1)
        if quick.quick <= PRESSES_BEFORE_HELD:
            return replace(quick, steps=self.steps + 1), "press"
        if self.steps * REPEAT_INTERVAL <= time - self.since:
            return replace(quick, steps=self.steps + 1), "due"
        return quick, "soon"
