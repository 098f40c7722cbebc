"""What a deck file may say, but for its slides, whose keys are the layouts': the classes are the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Self

from msgspec import Struct

from presenter.deck.reading import Kept
from presenter.layouts.fields import Files, MisreadError, Mode, Plain, Seconds

SLOWEST: Final = 40
FASTEST: Final = 400
"""Words a minute."""
CARDS: Final = 3
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Clock(str):
    """A time of the day, `hh:mm`, 24 hours."""

    __slots__ = ()

    @classmethod
    def parse(cls, plain: Plain, files: Files) -> Self:  # noqa: ARG003 - the fields' protocol
        """Read the time; raise ValueError when it is none."""
        match = _CLOCK.fullmatch(plain.strip()) if isinstance(plain, str) else None
        if match is None:
            raise ValueError("expected a time of the day from 00:00 to 23:59, such as 15:05")
        return cls(f"{int(match[1]):02}:{match[2]}")


class Pace(int):
    """Words that a speaker says in a minute."""

    __slots__ = ()

    @classmethod
    def parse(cls, plain: Plain, files: Files) -> Self:  # noqa: ARG003 - the fields' protocol
        """Read the number; raise ValueError when nobody speaks like that."""
        text = plain.strip() if isinstance(plain, str) else ""
        if not (text.isascii() and text.isdigit() and SLOWEST <= int(text[:9]) <= FASTEST):
            raise ValueError(f"expected the words you say in a minute, {SLOWEST} to {FASTEST}; most people say 130")
        return cls(text)


class Signals(tuple[Seconds, ...]):
    """When a timekeeper's cards go up: green, yellow, red."""

    __slots__ = ()

    @classmethod
    def parse(cls, plain: Plain, files: Files) -> Self:
        """Read the times; raise ValueError when they are no times, too many or not in order."""
        if not isinstance(plain, Sequence) or isinstance(plain, str) or not 1 <= len(plain) <= CARDS:
            raise ValueError("expected when the green, yellow and red cards go up, such as [5m, 6m, 7m]")
        times: list[Seconds] = []
        for number, entry in enumerate(plain):
            try:
                times.append(Seconds.parse(entry, files))
            except ValueError as error:
                raise MisreadError(str(error), (number,)) from None
            if number and times[-1] <= times[-2]:
                raise MisreadError("each card goes up later than the one before", (number,))
        return cls(times)


class Start(str):
    """When the timer starts: `first-move`, `manual`, or a time of the day."""

    __slots__ = ()

    @classmethod
    def parse(cls, plain: Plain, files: Files) -> Self:
        """Read it; raise ValueError when it is none of these."""
        if isinstance(plain, Mapping) and list(plain) == ["at"]:
            plain = plain["at"]
        text = plain.strip() if isinstance(plain, str) else ""
        if text in {"first-move", "manual"}:
            return cls(text)
        try:
            return cls(Clock.parse(text, files))
        except ValueError:
            raise ValueError('expected first-move, manual, or a time of the day such as "14:35"') from None


class VariantEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shorter or other talk from the same deck."""

    only: tuple[str, ...] = ()
    """Ids of slides or sections, or tags."""
    title: str = ""
    """Instead of the deck's."""
    duration: Seconds | None = None
    """Instead of the deck's; the deck's `stop`, `signals` and clock time of `start` do not count then."""
    reserve: Seconds | None = None
    """Kept for questions, instead of the deck's."""


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a section says of itself, in the deck or in a file of its own."""

    id: str = ""
    title: str = ""
    subtitle: str = ""
    time: Seconds | None = None
    """Budget of the section."""
    divider: bool = False
    """Begin with a slide that shows the title."""
    appendix: bool = False
    """Stands after the talk: reachable, not on the main path."""
    notes: str | tuple[str, ...] = ""
    """For the divider."""


class SectionEntry(Part, frozen=True, kw_only=True):
    """A section of a deck: with its slides, or the file that holds them."""

    include: str = ""
    """Path of a deck file whose slides are the section's."""
    defaults: Kept | None = None
    slides: Kept | None = None


class DeckEntry(Part, frozen=True, kw_only=True):
    """A deck file. Included in another deck it is a section, or all its sections."""

    author: str = ""
    duration: Seconds | None = None
    """Of the whole talk."""
    reserve: Seconds | None = None
    """Kept for questions."""
    stop: Clock | None = None
    """Hard stop on the wall clock."""
    start: Start | None = None
    """When the timer starts: `first-move`, `manual`, or a time of the day."""
    signals: Signals | None = None
    """When the green, yellow and red cards go up in the speaker view."""
    wpm: Pace | None = None
    """Words that the speaker says in a minute."""
    auto: bool = False
    """The slides go on by themselves, round and round."""
    theme: Kept | None = None
    """A name, or a mapping of colours."""
    footer: str = ""
    defaults: Kept | None = None
    """Keys for all slides that know them."""
    variants: dict[str, VariantEntry] = {}
    reload: Literal["live", "move", "off"] = "live"
    """`live`: a saved change is shown at once; `move`: the current slide changes at the next move; `off`."""
    images: Mode = "auto"
    """How pictures are drawn that do not say it themselves; `auto` goes by the terminal."""
    sections: Kept | None = None
    slides: Kept | None = None
