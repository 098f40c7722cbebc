"""What a deck file may say, but for its slides, whose keys are the layouts': the classes are the schema."""

from __future__ import annotations

import re
from typing import Final, Literal, Self

from msgspec import Struct

from presenter.deck.reading import Kept
from presenter.layouts.fields import Files, Mode, Plain, Seconds

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


class VariantEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shorter or other talk from the same deck."""

    only: tuple[str, ...] = ()
    """Ids of slides or sections, or tags."""
    title: str = ""
    duration: Seconds | None = None


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
