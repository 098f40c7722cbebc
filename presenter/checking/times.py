"""Rules about time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from presenter.checking.case import Case, Finding
from presenter.pacing.spoken import clock

NEAR: Final = 0.05
"""The share of the duration by which the plan may miss it."""
LONG: Final = 1.25
"""How many times its time the notes of a slide may take."""
LEAST: Final = 2
"""Seconds that a step takes at least: decks of one word a slide exist, and nobody speaks faster."""


def sums(case: Case) -> Iterator[Finding]:
    """Find times that do not add up to the duration, or to the budget of a section."""
    made, spot = case.plan, case.loaded.time
    small = made.duration is not None and abs(made.slack) <= NEAR * made.duration
    for words in made.warnings if spot else ():
        if spot and (words.startswith("section") or not small):
            yield Finding(spot, words)


def long_notes(case: Case) -> Iterator[Finding]:
    """Find slides whose notes take longer to say than the slide may."""
    for planned in case.plan.slides:
        say = planned.speech.seconds(case.plan.wpm)
        if planned.source == "explicit" and planned.seconds and say > LONG * planned.seconds:
            words = f"the notes take {clock(say)} to say at {case.plan.wpm} words a minute, but the slide has"
            yield Finding(case.spot(case.slides[planned.at]), f"{words} {clock(planned.seconds)}")


def contrary(case: Case) -> Iterator[Finding]:
    """Find slides whose time stands though they may be dropped."""
    for slide in case.slides:
        if slide.main and slide.layout.optional and slide.layout.fixed:
            words = '"fixed" and "optional" together: the time stands, but the slide may be dropped'
            yield Finding(case.spot(slide), words)


def hasty(case: Case) -> Iterator[Finding]:
    """Find slides with less time than their steps take to show."""
    for planned in case.plan.slides:
        # A slide for which nothing is left of a budget is the plan's matter, not the slide's.
        if planned.seconds < LEAST * planned.steps and (planned.seconds or planned.source == "explicit"):
            steps = "1 step" if planned.steps == 1 else f"{planned.steps} steps"
            words = f"{clock(planned.seconds)} for {steps}: less than {LEAST} seconds each"
            yield Finding(case.spot(case.slides[planned.at]), words)
