"""The plan of a talk: how long every slide on the main path is meant to take.

The rule, in whole seconds whose sums are exact:

1. a slide's own `time:` stands;
2. the slides without one in a section with a budget share what is left of the budget;
3. the rest share what is left of the duration, without the reserve for questions;
4. without a duration they get what their notes take to say, a slide without notes a minute.

A break keeps its time, which belongs to the duration, and to no section's budget.

A share is by weight: 8 s, 2 s for every step after the first, and the time that the notes take to say. A slide without
notes weighs as much as the median of those with notes in the same share; when none has notes all weigh the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

from presenter.deck.model import Deck, Slide
from presenter.layouts.text_slides import Break, SectionSlide
from presenter.timing.apportion import apportion
from presenter.timing.durations import format_clock
from presenter.timing.speech import Speech, measure_speech

WPM: Final = 130
"""Words that a speaker says in a minute."""
BASE_SECONDS: Final = 8
"""Seconds that a slide with notes takes beside its words."""
STEP_SECONDS: Final = 2
"""Seconds for every step after the first."""
DEFAULT_TIME: Final = 60
"""Seconds of a slide about which nothing is known."""
DIVIDER: Final = 5
"""Seconds of a divider between two parts, about which the notes say nothing."""
MIN_SHARE_SECONDS: Final = 5
"""Seconds that every slide in a share gets when there are enough."""

TimeSource: TypeAlias = Literal[
    "explicit", "divider", "section/notes", "section/even", "notes", "even", "default", "break"
]


class PlannedSlide(NamedTuple):
    """One slide on the main path."""

    id: str
    at: int
    """Index in `Deck.slides`."""
    label: str
    title: str
    section: int
    """Index in `Deck.sections`."""
    steps: int
    optional: bool
    fixed: bool
    speech: Speech
    seconds: float = 0
    """How long it is meant to take: whole seconds, until the plan is re-flowed."""
    source: TimeSource = "explicit"
    divider: bool = False
    """It only names what comes, and has neither notes nor a time: it takes a few seconds."""
    is_break: bool = False
    """It is no slide of the talk; its time stands, whatever happens."""


class PlannedSection(NamedTuple):
    """A section with slides on the main path."""

    title: str
    section: int
    """Index in `Deck.sections`."""
    first: int
    """Position of its first slide on the main path."""
    size: int
    """How many slides it has there, breaks included."""
    budget: int | None
    seconds: float
    """The sum of its slides, without breaks."""


@dataclass(frozen=True)
class Plan:
    """How long everything is meant to take. Positions count the slides on the main path from 0."""

    slides: tuple[PlannedSlide, ...] = ()
    parts: tuple[PlannedSection, ...] = ()
    duration: int | None = None
    """Of the whole talk, questions included; None when the deck does not say."""
    reserve: int = 0
    target: float = 0
    """What slides and breaks add up to: where a talk on plan ends, without questions."""
    slack: int = 0
    """Seconds of the duration that no slide takes; negative when the slides take more than there is."""
    wpm: int = WPM
    warnings: tuple[str, ...] = ()

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Positions by the slides' ids."""
        return {slide.id: position for position, slide in enumerate(self.slides)}

    @cached_property
    def times(self) -> tuple[float, ...]:
        """Planned seconds by position."""
        return tuple(slide.seconds for slide in self.slides)

    @cached_property
    def part_of(self) -> tuple[int, ...]:
        """Index in `parts` by position."""
        return tuple(number for number, part in enumerate(self.parts) for _ in range(part.size))

    @cached_property
    def talk(self) -> tuple[PlannedSlide, ...]:
        """The slides without the breaks."""
        return tuple(slide for slide in self.slides if not slide.is_break)

    @cached_property
    def breaks(self) -> tuple[PlannedSlide, ...]:
        """The breaks alone."""
        return tuple(slide for slide in self.slides if slide.is_break)

    @property
    def many(self) -> str:
        """How many slides there are, and how many breaks: `24 slides and 1 break`."""
        words = f"{len(self.talk)} slide{'s' * (len(self.talk) != 1)}"
        count = len(self.breaks)
        return f"{words} and {count} break{'s' * (count != 1)}" if count else words

    @property
    def balance(self) -> str:
        """What a header says when times and duration differ: `over by 2:10`, `0:30 unplanned`, or nothing."""
        if not self.slack:
            return ""
        return f"over by {format_clock(-self.slack)}" if self.slack < 0 else f"{format_clock(self.slack)} unplanned"

    def with_times(self, times: Sequence[float], target: float) -> Plan:
        """Return the plan with other times, for the same slides, that end elsewhere."""
        slides = tuple(slide._replace(seconds=time) for slide, time in zip(self.slides, times, strict=True))
        parts = tuple(part._replace(seconds=seconds_of(slides, part)) for part in self.parts)
        return replace(self, slides=slides, parts=parts, target=target)


def seconds_of(slides: Sequence[PlannedSlide], part: PlannedSection) -> float:
    """Return what the slides of a section add up to, without its breaks."""
    return sum(slide.seconds for slide in slides[part.first : part.first + part.size] if not slide.is_break)


def make_plan(
    deck: Deck, *, wpm: int | None = None, default_time: int = DEFAULT_TIME, duration: int | None = None
) -> Plan:
    """Plan a talk.

    Args:
        deck: the talk.
        wpm: words a minute, 1 or more; left out, what the deck says, or else `WPM`.
        default_time: seconds of a slide without notes when no duration is known.
        duration: instead of the deck's, such as the time until a hard stop; 0 means none, as in a deck.

    Returns:
        The plan. Nothing is an error: what does not add up is in its `warnings`, and explicit times always stand.
    """
    slides = [_known(deck.slides[index], index) for index in deck.main]
    total = deck.duration if duration is None else duration
    planner = _Planner(deck, slides, max(1, wpm or deck.wpm or WPM))
    planner.sections()
    slack = planner.talk(total, deck.reserve) if total else planner.estimate(default_time)
    done = tuple(planner.slides)
    return Plan(
        slides=done,
        parts=tuple(_parts(deck, done)),
        duration=int(total) if total else None,
        reserve=int(deck.reserve),
        target=sum(slide.seconds for slide in done),
        slack=slack,
        wpm=planner.wpm,
        warnings=tuple(planner.warnings),
    )


def _known(slide: Slide, index: int) -> PlannedSlide:
    layout, pause = slide.layout, isinstance(slide.layout, Break)
    time = layout.length if isinstance(layout, Break) else layout.time
    return PlannedSlide(
        slide.id,
        index,
        slide.label,
        slide.title,
        slide.section,
        max(1, slide.steps),
        layout.optional and not pause,
        layout.fixed or pause,
        speech := measure_speech(() if pause else slide.notes),
        -1 if time is None else int(time),
        "break" if pause else "explicit",
        divider=isinstance(layout, SectionSlide) and layout.time is None and not speech.given,
        is_break=pause,
    )


def _parts(deck: Deck, slides: Sequence[PlannedSlide]) -> list[PlannedSection]:
    found: list[PlannedSection] = []
    for position, slide in enumerate(slides):
        if found and found[-1].section == slide.section:
            found[-1] = found[-1]._replace(size=found[-1].size + 1)
        else:
            section = deck.sections[slide.section] if slide.section < len(deck.sections) else None
            budget = int(section.time) if section and section.time is not None else None
            found.append(PlannedSection(section.title if section else "", slide.section, position, 1, budget, 0))
    return [part._replace(seconds=seconds_of(slides, part)) for part in found]


class _Planner:
    """Gives times to slides; a slide without one has -1 seconds."""

    def __init__(self, deck: Deck, slides: list[PlannedSlide], wpm: int) -> None:
        self.deck = deck
        self.slides = slides
        self.wpm = wpm
        self.warnings: list[str] = []

    def sections(self) -> None:
        """Share the budgets of sections."""
        members: dict[int, list[int]] = {}
        for position, slide in enumerate(self.slides):
            if not slide.is_break:
                members.setdefault(slide.section, []).append(position)
        for index, section in enumerate(self.deck.sections):
            if section.time is None or section.appendix:
                continue
            budget, name = int(section.time), f'section "{section.title or index + 1}"'
            if index not in members:
                self.warnings.append(f"{name} has a budget of {format_clock(budget)}, but no slides on the main path")
                continue
            rest = budget - self._explicit(members[index])
            free = self._free(members[index])
            if rest < 0:
                self.warnings.append(
                    f"{name}: its slides take {format_clock(-rest)} more than its budget of {format_clock(budget)}"
                )
            elif rest and not free:
                self.warnings.append(
                    f"{name}: its slides leave {format_clock(rest)} of its budget of {format_clock(budget)}"
                )
            self._share(max(rest, 0), free, "section/notes", "section/even")

    def talk(self, duration: int, reserve: int) -> int:
        """Share the duration among the slides that are left; return what is over, or missing (negative)."""
        free = self._free(range(len(self.slides)))
        rest = duration - reserve - self._explicit(range(len(self.slides)))
        who = "the slides and breaks" if any(slide.is_break for slide in self.slides) else "the slides"
        less = f" less {format_clock(reserve)} for questions" if reserve else ""
        if reserve >= duration:
            self.warnings.append(
                f"the reserve of {format_clock(reserve)} takes the whole duration of {format_clock(duration)}"
            )
        elif rest < 0:
            self.warnings.append(
                f"{who} take {format_clock(-rest)} more than the duration of {format_clock(duration)}{less}"
            )
        elif rest and not free:
            self.warnings.append(
                f"{who} leave {format_clock(rest)} of the duration of {format_clock(duration)}{less} unplanned"
            )
        self._share(max(rest, 0), free, "notes", "even")
        return 0 if free and rest >= 0 else rest

    def estimate(self, default_time: int) -> int:
        """Give the slides that are left what their notes take."""
        for position in self._free(range(len(self.slides))):
            slide = self.slides[position]
            if slide.speech.given:
                # Half up, in whole numbers.
                scale = 4 * self.wpm
                self._give(position, (2 * self._weight(slide) + scale) // (2 * scale), "notes")
            else:
                self._give(position, *((DIVIDER, "divider") if slide.divider else (default_time, "default")))
        return 0

    def _explicit(self, positions: Sequence[int]) -> int:
        return sum(int(self.slides[i].seconds) for i in positions if self.slides[i].seconds >= 0)

    def _free(self, positions: Sequence[int]) -> list[int]:
        return [i for i in positions if self.slides[i].seconds < 0]

    def _give(self, position: int, seconds: int, source: TimeSource) -> None:
        self.slides[position] = self.slides[position]._replace(seconds=seconds, source=source)

    def _weight(self, slide: PlannedSlide) -> int:
        """Return a weight in units of 1/(4 wpm) s: whole for whole pauses and half words, and so is a median of two."""
        return (
            4 * self.wpm * (BASE_SECONDS + STEP_SECONDS * (slide.steps - 1) + slide.speech.pause)
            + 120 * slide.speech.halves
        )

    def _share(self, total: int, free: Sequence[int], by_notes: TimeSource, even: TimeSource) -> None:
        short = [i for i in free if self.slides[i].divider]
        if len(short) < len(free) and total >= MIN_SHARE_SECONDS * len(free):
            for i in short:
                self._give(i, DIVIDER, "divider")
            free, total = [i for i in free if not self.slides[i].divider], total - DIVIDER * len(short)
        known = {i: self._weight(self.slides[i]) for i in free if self.slides[i].speech.given}
        middle = _median(list(known.values())) if known else 1
        for i, seconds in zip(
            free, apportion(total, [known.get(i, middle) for i in free], MIN_SHARE_SECONDS), strict=True
        ):
            self._give(i, seconds, by_notes if known else even)


def _median(weights: list[int]) -> int:
    """Return the median of some weights: those of two in the middle have an even sum, see `_weight`."""
    ordered = sorted(weights)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2
