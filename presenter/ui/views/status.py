"""What the speaker should know at a glance, in words: blank, frozen, a stop too soon, broken deck, typed digits."""

from __future__ import annotations

from collections.abc import Iterator

from presenter.deck.model import Slide
from presenter.session.state import DIGITS_SECONDS, MESSAGE_SECONDS, State, Timer
from presenter.session.timer import SLEEP_UNDO_SECONDS
from presenter.timing.clocks import sleep_words
from presenter.timing.deadline import stop_words
from presenter.ui.peer_link import Urgency
from presenter.ui.timing_view import TimingView
from presenter.ui.view_model import RenderContext, ViewModel


def timer_words(timer: Timer) -> str:
    """Return how the timer stands, when it does not run."""
    if timer.running:
        return ""
    return "paused" if timer.started else "not started"


def slide_number_text(scene: ViewModel, slide: Slide) -> str:
    """Return where a slide stands: `9/24`, or `A1` off the main path."""
    return f"{slide.label}/{scene.deck.count}" if slide.main and slide.layout.counts else slide.label


def section_of(scene: ViewModel, slide: Slide) -> str:
    """Return the title of a slide's section; empty when the deck has none."""
    sections = scene.deck.sections
    return sections[slide.section].title if slide.section < len(sections) else ""


def screen_words(scene: ViewModel) -> str:
    """Return what the audience sees instead of the current slide; empty when it sees that."""
    state = scene.state
    if state.blank:
        return f"{state.blank.upper()} SCREEN"
    if state.frozen is not None:
        slide = scene.slide(state.frozen)
        return f"FROZEN at {slide.label}" if slide else "FROZEN"
    return ""


def offer_words(scene: ViewModel) -> str:
    """Return how to go on with a talk that broke off; empty when none did."""
    left = scene.state.left
    if left is None:
        return ""
    return f"{scene.bindings.first('resume')}: resume at {left.words(scene.outline, scene.now)}"


def status_words(easel: RenderContext) -> list[tuple[str, Urgency]]:
    """Return the words of the status row, the most urgent first."""
    return list(_status(easel.scene, easel.remarks, easel.gauges))


def _status(scene: ViewModel, remarks: tuple[str, ...], now: TimingView) -> Iterator[tuple[str, Urgency]]:
    state = scene.state
    yield from scene.others.words
    if state.left is not None:
        yield offer_words(scene), "warn"
    if state.word and scene.now - state.said_at <= MESSAGE_SECONDS:
        yield state.word, "warn"
    if state.offer is not None:
        yield state.offer.words, "warn"
    if state.digits and scene.now - state.digits_at <= DIGITS_SECONDS:
        yield f"go to {state.digits}", "plain"
    if words := screen_words(scene):
        yield words, "warn"
    yield from _time(scene, now)
    yield from _deck(state)
    if state.hits:
        yield f"hit {state.cursor + 1}/{len(state.hits)} “{state.typed.strip()}”", "plain"
    for remark in remarks:
        yield remark, "bad"
    if scene.log:
        yield scene.log, "bad"


def _deck(state: State) -> Iterator[tuple[str, Urgency]]:
    """Go through what is the matter with the deck on disk."""
    if state.trouble:
        yield state.trouble, "bad"
    if state.gone:
        yield "this slide has left the deck; the next move goes on", "warn"
    elif state.stale and state.frozen is None:
        yield "the deck has changed; the next move shows it", "plain"
    if state.locked:
        yield "reload locked", "plain"


def _time(scene: ViewModel, now: TimingView) -> Iterator[tuple[str, Urgency]]:
    """Go through what the clocks have to say."""
    state = scene.state
    if now.card.colour:
        yield f"{now.card.colour} card", "warn"
    if state.slept and scene.now - state.slept_at <= SLEEP_UNDO_SECONDS:
        yield sleep_words(state.slept).replace("press z", f"press {scene.bindings.first('wake')}"), "warn"
    if state.offer is None and (words := stop_words(now.pace, now.until_stop)):
        yield words.replace("press R", f"press {scene.bindings.first('reflow')}"), "bad"
