"""What the speaker does to the notes: pure functions of (state, outline, time, argument), as in `actions`."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from presenter.session.actions import Action
from presenter.session.argument import Argument
from presenter.session.state import NOTE_SIZES, SPEAKER_LAYOUTS, TOP, Outline, Scrolled, State

NoteRef: TypeAlias = tuple[str, int]
"""Notes that are read in one go: a slide's id, and which of its entries."""


def scroll(by: int) -> Action:
    """Make the command that scrolls the notes; the argument is the most half pages that they can be scrolled."""

    def do(state: State, _outline: Outline, _now: float, argument: Argument) -> State:
        most = state.notes.at + 1 if argument.limit is None else argument.limit
        at = min(max(min(state.notes.at, most) + by, 0), most)
        return replace(state, notes=Scrolled(at, max(at, state.notes.furthest)))

    return do


def resize_notes(by: int) -> Action:
    """Make the command that sets the notes larger or smaller: rows break elsewhere then, and scrolling begins anew."""

    def do(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
        return _anew(replace(state, notes_size=min(max(state.notes_size + by, 1), NOTE_SIZES)))

    return do


def swap_layout(state: State, _outline: Outline, _now: float, _argument: Argument) -> State:
    """Arrange the speaker view in the next way."""
    return _anew(replace(state, layout=(state.layout + 1) % SPEAKER_LAYOUTS))


def _anew(state: State) -> State:
    return replace(state, notes=TOP, scrolled=MappingProxyType({}))


def restore_scroll(old: State, new: State, outline: Outline) -> State:
    """Return the state after a move, with the notes of its slide where they were left the last time.

    Notes that stand for several steps stay where they are while these are walked through.
    """
    left, found = _text(old, outline), _text(new, outline)
    if left == found:
        return new
    scrolled = MappingProxyType({**new.scrolled, left: old.notes})
    return replace(new, scrolled=scrolled, notes=scrolled.get(found, TOP))


def _text(state: State, outline: Outline) -> NoteRef:
    if state.gone or state.at.slide >= len(outline.ids):
        return state.lost
    slide, step = state.at
    return outline.ids[slide], min(step, max(0, outline.noted[slide] - 1)) if outline.noted else 0
