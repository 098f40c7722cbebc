"""A deck as the program holds it: frozen, checked, every default filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from presenter.layouts.base import Layout
from presenter.layouts.fields import Seconds
from presenter.render.inline import plain_text
from presenter.themes import DEFAULT, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping


NO_TIME = Seconds(0)
_MARKS = frozenset("*_`~[&\\<")
"""Without any of these, Markdown inside a line is plain text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; line and column count from 1, columns in characters."""

    path: Path
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the talk."""

    id: str
    title: str
    time: Seconds | None = None
    """Budget of the section."""
    appendix: bool = False
    """Stands after the talk: reachable, not on the main path."""


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """One slide in its place. Two slides are equal when they are the same object: a reload makes new ones."""

    id: str
    label: str
    """How it is counted: `12` on the main path, `A1` in an appendix, `H1` when hidden, `B1` for a break."""
    layout: Layout
    section: int
    """Index in `Deck.sections`."""
    place: Place
    notes: tuple[str, ...] = ()
    """None, one for all steps, or one a step."""
    footer: str = ""
    """With its fields filled in; one line."""
    main: bool = True
    """On the main path: neither hidden nor in an appendix."""
    big_letters: bool = True
    """Titles and `big` in letters several rows tall, where there is room."""

    @property
    def title(self) -> str:
        """The title on one line without its marks, or the nearest thing to one; empty when there is none."""
        words = self.layout.title or next(iter(self.layout.words()), "")
        return " ".join((plain_text(words) if _MARKS.intersection(words) else words).split())

    @property
    def steps(self) -> int:
        """How many steps it has, 1 or more."""
        return self.layout.steps

    def note(self, step: int) -> str:
        """Return the notes of a step (from 0); the last entry serves the steps after it."""
        return self.notes[min(step, len(self.notes) - 1)] if self.notes else ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A shorter or other talk from the same deck."""

    only: tuple[str, ...] = ()
    """Ids of slides or sections, or tags."""
    title: str = ""
    """Instead of the deck's; empty for the same."""
    duration: Seconds | None = None
    """Of the variant; None for the deck's."""
    reserve: Seconds = NO_TIME
    """Kept for questions in the variant: what it says, or else the deck's, cut down with the duration."""


@dataclass(frozen=True)
class Deck:
    """A talk: its facts and its slides in order, hidden and appendix slides included."""

    path: Path
    """The deck's real path."""
    title: str = ""
    subtitle: str = ""
    author: str = ""
    id: str = ""
    duration: Seconds | None = None
    reserve: Seconds = NO_TIME
    stop: str = ""
    """Hard stop on the wall clock, `hh:mm`; empty for none."""
    start: str = "first-move"
    """When the timer starts: `first-move`, `manual`, or at a time of the day, `hh:mm`."""
    signals: tuple[Seconds, ...] = ()
    """When the green, yellow and red cards go up in the speaker view; at most three."""
    wpm: int = 0
    """Words that the speaker says in a minute; 0 when the deck does not say."""
    auto: bool = False
    """The slides go on by themselves, round and round."""
    resume_on_move: bool = False
    """A move ends a pause of the timer."""
    reload: str = "live"
    """`live`: a saved change is shown at once; `move`: the current slide changes at the next move; `off`."""
    images: str = "auto"
    """How pictures are drawn that do not say it themselves, see `fields.ImageModeField`."""
    sizes: tuple[tuple[int, int], ...] = ()
    """Columns and rows of the terminals that it is written for."""
    theme: Theme = DEFAULT
    sections: tuple[Section, ...] = ()
    slides: tuple[Slide, ...] = ()
    variants: Mapping[str, Variant] = field(default_factory=lambda: MappingProxyType({}))
    """All that the deck has, by name."""
    variant: str = ""
    """The name of the one that this is; empty for the whole talk."""
    files: frozenset[Path] = frozenset()
    """Every file the deck was made from or shows: deck, includes, pictures, code, tables."""

    @cached_property
    def main(self) -> tuple[int, ...]:
        """Indices of the slides on the main path."""
        return tuple(index for index, slide in enumerate(self.slides) if slide.main)

    @cached_property
    def count(self) -> int:
        """How many slides the talk has: those on the main path, without its breaks."""
        return sum(self.slides[index].layout.counts for index in self.main)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Index of each slide by its id."""
        return {slide.id: index for index, slide in enumerate(self.slides)}
