"""What the speaker should know at a glance, in words: blank, frozen, locked, broken deck, typed digits, hits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from presenter.deck.model import Slide
from presenter.talk import Timer
from presenter.talk.state import DIGITS_LAST, WORD_LASTS
from presenter.ui.scene import Easel, Scene

Weight: TypeAlias = Literal["plain", "warn", "bad"]


def span(seconds: float) -> str:
    """Return a duration as `12:34`, or `1:02:03` from an hour on.

    >>> span(754.9), span(3723)
    ('12:34', '1:02:03')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def timer_words(timer: Timer) -> str:
    """Return how the timer stands, when it does not run."""
    if timer.running:
        return ""
    return "paused" if timer.started else "not started"


def counted(scene: Scene, slide: Slide) -> str:
    """Return where a slide stands: `9/24`, or `A1` off the main path."""
    return f"{slide.label}/{len(scene.deck.main)}" if slide.main else slide.label


def section_of(scene: Scene, slide: Slide) -> str:
    """Return the title of a slide's section; empty when the deck has none."""
    sections = scene.deck.sections
    return sections[slide.section].title if slide.section < len(sections) else ""


def screen_words(scene: Scene) -> str:
    """Return what the audience sees instead of the current slide; empty when it sees that."""
    state = scene.state
    if state.blank:
        return f"{state.blank.upper()} SCREEN"
    if state.frozen is not None:
        slide = scene.slide(state.frozen)
        return f"FROZEN at {slide.label}" if slide else "FROZEN"
    return ""


def status(easel: Easel) -> list[tuple[str, Weight]]:
    """Return the words of the status row, the most urgent first."""
    return list(_status(easel.scene, easel.remarks))


def _status(scene: Scene, remarks: tuple[str, ...]) -> Iterator[tuple[str, Weight]]:
    state = scene.state
    if state.word and scene.now - state.said_at <= WORD_LASTS:
        yield state.word, "warn"
    if state.digits and scene.now - state.digits_at <= DIGITS_LAST:
        yield f"go to {state.digits}", "plain"
    if words := screen_words(scene):
        yield words, "warn"
    if state.trouble:
        yield state.trouble, "bad"
    if state.gone:
        yield "this slide has left the deck; the next move goes on", "warn"
    elif state.stale and state.frozen is None:
        yield "the deck has changed; the next move shows it", "plain"
    if state.locked:
        yield "reload locked", "plain"
    if state.hits:
        yield f"hit {state.cursor + 1}/{len(state.hits)} “{state.typed.strip()}”", "plain"
    for remark in remarks:
        yield remark, "bad"
