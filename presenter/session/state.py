"""The one value that says how a running talk stands, and the facts of the deck that its commands need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from presenter.deck.model import Deck, Slide
from presenter.layouts import CodeSlide
from presenter.render.inline import words_of
from presenter.session.resume import InterruptedTalk
from presenter.session.search import Index, Page
from presenter.timing.plan import Plan, make_plan
from presenter.timing.reflow import Reflow
from presenter.timing.time_log import TimeLog

SlideKind: TypeAlias = Literal["main", "appendix", "hidden"]

NOTE_SIZES: Final = 5
SPEAKER_LAYOUTS: Final = 4
DIGITS_SECONDS: Final = 4.0
"""Seconds for which typed digits wait for Enter."""
MESSAGE_SECONDS: Final = 4.0
"""Seconds for which the speaker can read what a command has to say."""


class Position(NamedTuple):
    """A slide, and a step of it; both count from 0."""

    slide: int = 0
    step: int = 0


START: Final = Position()


@dataclass(frozen=True, slots=True)
class Timer:
    """How long the talk has run. Times are seconds on the talk's clock, which is handed in."""

    accrued: float = 0.0
    """Seconds that passed before the last pause."""
    since: float | None = None
    """When it was last set going; None while it stands."""
    started: bool = False
    """It was set going once."""

    @property
    def running(self) -> bool:
        """Whether it counts now."""
        return self.since is not None

    def elapsed(self, now: float) -> float:
        """Return the seconds that count, never less than 0 whatever the clock does."""
        return self.accrued + (max(0.0, now - self.since) if self.since is not None else 0.0)

    def start(self, now: float) -> Timer:
        """Set it going, for the first time or after a pause."""
        return self if self.running else replace(self, since=now, started=True)

    def less(self, seconds: float) -> Timer:
        """Take seconds out that were counted."""
        return replace(self, accrued=self.accrued - seconds)

    def pause(self, now: float) -> Timer:
        """Let it stand."""
        return replace(self, accrued=self.elapsed(now), since=None)


class Scrolled(NamedTuple):
    """Half pages that notes are scrolled down, and the most that they were."""

    at: int = 0
    furthest: int = 0


TOP: Final = Scrolled()


class MarkedMoment(NamedTuple):
    """A moment that the speaker marked: elapsed seconds, and the id of the slide."""

    elapsed: float
    slide: str


@dataclass(frozen=True, slots=True)
class Undo:
    """What brings back how it was before a reset (with `timer`), a new plan (`planned`) or a granted minute."""

    what: str
    """Its name, for the speaker."""
    plan: Plan | None = None
    planned: bool = False
    timer: Timer | None = None
    account: TimeLog | None = None
    marks: tuple[MarkedMoment, ...] = ()
    granted: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """A running talk at one moment. Equal states look equal; a command makes a new one."""

    at: Position = START
    """Where the speaker is."""
    back: Position | None = None
    """Where the speaker was before the last jump."""
    gone: int = 0
    """The slide on screen has left the deck; `at` is its nearest neighbour, 1 after it or -1 before it. Else 0."""
    lost: tuple[str, int] = ("", 0)
    """Id and step of the slide that is gone; a reload that brings it back shows it again."""
    stale: bool = False
    """The audience still sees a slide as it was before the last reload; the next move shows the deck as it is."""
    blank: Literal["", "black", "white"] = ""
    frozen: Position | None = None
    """What the audience keeps seeing while the speaker looks around."""
    view: Literal["audience", "speaker"] = "audience"
    overlay: Literal["", "help", "overview", "search", "goto", "report"] = ""
    typed: str = ""
    """The text in the line of search or go-to."""
    cursor: int = 0
    """The chosen slide in the overview, the chosen hit in a search, the page of the help."""
    hits: tuple[int, ...] = ()
    """Slides of the search that n and N walk through; none when no search is active."""
    digits: str = ""
    """A slide's number being typed."""
    digits_at: float = 0.0
    notes_size: int = 2
    """1 to `NOTE_SIZES`."""
    notes: Scrolled = TOP
    """How far the notes are scrolled."""
    scrolled: Mapping[tuple[str, int], Scrolled] = field(default_factory=lambda: MappingProxyType({}))
    """How far other notes were: by the slide's id and the number of the entry, from 0."""
    layout: int = 0
    """Which arrangement of the speaker view, 0 to `SPEAKER_LAYOUTS` - 1."""
    locked: bool = False
    """Saved changes of the deck are not shown."""
    timer: Timer = field(default_factory=Timer)
    account: TimeLog = field(default_factory=TimeLog)
    """Where the time went."""
    plan: Plan | None = None
    """The plan that the speaker took instead of the deck's."""
    offer: Reflow | None = None
    """A new plan that the speaker looks at before taking it."""
    undo: tuple[Undo, ...] = ()
    """Changes of the timing that can be taken back, the last one last."""
    marks: tuple[MarkedMoment, ...] = ()
    slept: float = 0.0
    """Seconds that the machine slept while the timer ran, which can still be taken out."""
    slept_at: float = 0.0
    slept_on: str = ""
    """Id of the slide that they were counted for; empty for a question."""
    left: InterruptedTalk | None = None
    """A talk that broke off, with which this one may go on."""
    left_seen: bool = False
    """It is offered where an audience sees it, too: nobody has pressed a key yet."""
    start_missed: bool = False
    """The time of day at which the timer should have started is long past: the first move starts it."""
    run: int = 0
    """How often the timer was reset: each time begins a new run."""
    auto: Literal["", "once", "loop"] = ""
    """The talk goes on by itself, to its end or round and round."""
    report: bool = False
    """The end is a report of where the time went, before the window closes."""
    asked: str = ""
    """The command that wants to be given twice before it ends the talk."""
    asked_at: float = 0.0
    asked_by: str = ""
    """Which other window asked first; empty for the one that owns the talk. The second press has to come from there."""
    over: bool = False
    """The talk has ended; the windows close."""
    word: str = ""
    """What the last command has to say to the speaker; cleared by the next one."""
    said_at: float = inf
    """When it was said, which shows it for some seconds; infinite for a word that stays until the next command."""
    trouble: str = ""
    """What is wrong with the deck on disk, in words for the speaker; empty when all is well."""

    def confirmed(self, name: str, now: float, within: float) -> bool:
        """Say whether a command that wants to be given twice is given the second time.

        Args:
            name: of the command.
            now: seconds on the talk's clock.
            within: seconds since the first time.
        """
        return self.asked == name and 0 <= now - self.asked_at <= within

    def saying(self, word: str, now: float) -> State:
        """Return the state with a word for the speaker that goes by itself."""
        return replace(self, word=word, said_at=now if word else inf)

    @property
    def shown(self) -> Position:
        """What the audience sees, unless the screen is blank."""
        return self.at if self.frozen is None else self.frozen


@dataclass(frozen=True)
class Outline:
    """What the commands know of the deck: one entry a slide, in the deck's order."""

    ids: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """`12` on the main path, `A1` in an appendix, `H1` when hidden, `B1` for a break."""
    steps: tuple[int, ...] = ()
    kinds: tuple[SlideKind, ...] = ()
    index: Index = field(default_factory=lambda: Index(()), compare=False)
    noted: tuple[int, ...] = ()
    """How many entries its notes have: one for all steps, or one a step."""
    start: str = "first-move"
    """When the timer starts, see `Deck.start`."""
    stop: str = ""
    """Hard stop, see `Deck.stop`."""
    signals: tuple[int, ...] = ()
    """Seconds at which the green, yellow and red cards go up."""
    resume_on_move: bool = False
    """A move ends a pause of the timer."""
    planned: Callable[[int | None], Plan] = field(default=lambda _duration: Plan(), compare=False)
    """Plans the talk, for a duration in seconds or for its own (None)."""

    @cached_property
    def plan(self) -> Plan:
        """How long everything is meant to take."""
        return self.planned(None)

    @classmethod
    def of(cls, deck: Deck) -> Outline:
        """Take the facts from a deck; its words are read when they are first searched."""
        return cls(
            ids=tuple(slide.id for slide in deck.slides),
            labels=tuple(slide.label for slide in deck.slides),
            steps=tuple(max(1, slide.steps) for slide in deck.slides),
            kinds=tuple(_kind(deck, index) for index in range(len(deck.slides))),
            noted=tuple(len(slide.notes) for slide in deck.slides),
            index=Index(lambda: [Page(slide.title, _text(slide), _notes(slide)) for slide in deck.slides]),
            start=deck.start,
            stop=deck.stop,
            signals=tuple(map(int, deck.signals)),
            resume_on_move=deck.resume_on_move,
            planned=lambda duration: make_plan(deck, duration=duration),
        )

    @cached_property
    def main(self) -> tuple[int, ...]:
        """Slides on the main path; all of them when none is."""
        return tuple(i for i, kind in enumerate(self.kinds) if kind == "main") or tuple(range(len(self.ids)))

    def end(self, slide: int) -> Position:
        """Return the last step of a slide."""
        return Position(slide, self.steps[slide] - 1)

    def clamp(self, position: Position) -> Position:
        """Return the nearest position that exists; the first one for an empty deck."""
        if not self.ids:
            return Position()
        slide = min(max(position.slide, 0), len(self.ids) - 1)
        return Position(slide, min(max(position.step, 0), self.steps[slide] - 1))


def _kind(deck: Deck, index: int) -> SlideKind:
    slide = deck.slides[index]
    if slide.main:
        return "main"
    return "hidden" if slide.layout.hidden or not deck.sections[slide.section].appendix else "appendix"


def _text(slide: Slide) -> str:
    words = slide.layout.words()
    return "\n".join(words if isinstance(slide.layout, CodeSlide) else map(words_of, words))


def _notes(slide: Slide) -> str:
    return "\n".join(map(words_of, slide.notes))
