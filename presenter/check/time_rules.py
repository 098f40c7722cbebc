"""Rules about time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from presenter.check.context import CheckContext, Finding
from presenter.timing.durations import format_clock

DURATION_TOLERANCE: Final = 0.05
"""The share of the duration by which the plan may miss it."""
NOTES_TOLERANCE: Final = 1.25
"""How many times its time the notes of a slide may take."""
MIN_STEP_SECONDS: Final = 2
"""Seconds that a step takes at least: decks of one word a slide exist, and nobody speaks faster."""


def duration_mismatch(case: CheckContext) -> Iterator[Finding]:
    """Find times that do not add up to the duration, or to the budget of a section."""
    made, spot = case.plan, case.loaded.time
    small = made.duration is not None and abs(made.slack) <= DURATION_TOLERANCE * made.duration
    if spot is None:
        return
    for words in made.warnings:
        if words.startswith("section") or not small:
            yield Finding(spot, words)
    yield from (Finding(spot, words) for words in (_too_much(case), _nothing_left(case)) if words)


def _too_much(case: CheckContext) -> str:
    """Say that the notes of the whole talk take longer than it may; empty when they do not."""
    made = case.plan
    say = sum(planned.speech.seconds(made.wpm) for planned in made.slides)
    if made.duration is None or say <= NOTES_TOLERANCE * made.duration:
        return ""
    words = f"the notes of all slides take {format_clock(say)} to say at {made.wpm} words a minute"
    return f"{words}, but the talk has {format_clock(made.duration)}"


def _nothing_left(case: CheckContext) -> str:
    """Say that there is no time for some slides; empty when all have some."""
    none = [planned for planned in case.plan.slides if not planned.seconds and planned.source != "explicit"]
    if not none:
        return ""
    first = f'"{none[0].title or none[0].id}"'
    which = f"slide {none[0].label} {first} has" if len(none) == 1 else f"{len(none)} slides, from {first} on, have"
    return f"{which} no time at all: the plan leaves 0:00"


def long_notes(case: CheckContext) -> Iterator[Finding]:
    """Find slides whose notes take longer to say than the slide may."""
    for planned in case.plan.slides:
        say = planned.speech.seconds(case.plan.wpm)
        if planned.source == "explicit" and planned.seconds and say > NOTES_TOLERANCE * planned.seconds:
            words = f"the notes take {format_clock(say)} to say at {case.plan.wpm} words a minute, but the slide has"
            yield Finding(case.spot(case.slides[planned.at]), f"{words} {format_clock(planned.seconds)}")


def fixed_and_optional(case: CheckContext) -> Iterator[Finding]:
    """Find slides whose time stands though they may be dropped."""
    for slide in case.slides:
        if slide.main and slide.layout.optional and slide.layout.fixed:
            words = '"fixed" and "optional" together: the time stands, but the slide may be dropped'
            yield Finding(case.spot(slide), words)


def too_little_time(case: CheckContext) -> Iterator[Finding]:
    """Find slides with less time than their steps take to show."""
    for planned in case.plan.slides:
        # A slide for which nothing is left of a budget is the plan's matter, not the slide's.
        if planned.seconds < MIN_STEP_SECONDS * planned.steps and (planned.seconds or planned.source == "explicit"):
            steps = "1 step" if planned.steps == 1 else f"{planned.steps} steps"
            words = f"{format_clock(planned.seconds)} for {steps}: less than {MIN_STEP_SECONDS} seconds each"
            yield Finding(case.spot(case.slides[planned.at]), words)
