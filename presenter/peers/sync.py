"""A talk's state as its windows share it: what goes over the wire, and what stays each window's own.

Shared are the place in the talk, what the audience sees instead, everything about time, and the word of the last
command. Each window has its own overlays, typed text, size and scrolling of notes, layout, and view.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf, isfinite
from typing import Final

from msgspec import structs

from presenter.deck.model import Deck
from presenter.history.hashes import deck_hash, slide_hash
from presenter.peers.protocol import SharedPlan, SharedPosition, SharedState, SharedTimer
from presenter.safety import clean_line
from presenter.session.note_scroll import restore_scroll
from presenter.session.state import MarkedMoment, Outline, Position, State
from presenter.session.state import Timer as Running
from presenter.timing.plan import Plan as Planned
from presenter.timing.time_log import TimeLogRecord

HASH_CHARACTERS: Final = 23
"""Characters of a deck's mark that are compared: `sha256:` and 16 digits."""
MIN_LAG: Final = 2.0
"""Seconds by which a talk has to be behind another before that is worth a word."""


def content_hash(deck: Deck) -> str:
    """Return the mark of all that a deck shows and says; two decks with the same mark look the same."""
    return deck_hash({slide.id: slide_hash(slide) for slide in deck.slides})[:HASH_CHARACTERS]


def shared_state(state: State, outline: Outline) -> SharedState:
    """Return how a talk stands, for the wire; what only its owner knows is still to be filled in."""
    return SharedState(
        at=_place(state.at, outline),
        back=None if state.back is None else _place(state.back, outline),
        gone=state.gone,
        lost=state.lost,
        blank=state.blank,
        frozen=None if state.frozen is None else _place(state.frozen, outline),
        locked=state.locked,
        timer=SharedTimer(state.timer.accrued, state.timer.since, state.timer.started),
        account=TimeLogRecord.of(state.account),
        plan=None if state.plan is None else encode_plan(state.plan),
        marks=[(moment.elapsed, moment.slide) for moment in state.marks],
        slept=state.slept,
        slept_at=state.slept_at,
        slept_on=state.slept_on,
        run=state.run,
        word=state.word,
        said_at=state.said_at if isfinite(state.said_at) else None,
        trouble=state.trouble,
    )


def _place(position: Position, outline: Outline) -> SharedPosition:
    name = outline.ids[position.slide] if position.slide < len(outline.ids) else ""
    return SharedPosition(name, position.step, position.slide)


def encode_plan(plan: Planned) -> SharedPlan:
    """Return a plan for the wire."""
    return SharedPlan(plan.duration, plan.target, {slide.id: slide.seconds for slide in plan.slides}, plan.reserve)


def decode_plan(told: SharedPlan, outline: Outline) -> Planned:
    """Return the plan that was told, for the slides of this window's deck."""
    base = outline.plan if told.duration == outline.plan.duration else outline.planned(told.duration)
    times = [told.times.get(slide.id, slide.seconds) for slide in base.slides]
    reserve = base.reserve if told.reserve is None else told.reserve
    return replace(base.with_times(times, told.target), reserve=reserve)


def find_position(place: SharedPosition, outline: Outline) -> tuple[Position, bool]:
    """Return a place in this window's deck, and whether the deck has that slide."""
    found = place.slide in outline.ids
    slide = outline.ids.index(place.slide) if found else place.index
    return outline.clamp(Position(slide, place.step)), found or not (place.slide or outline.ids)


def merge_state(mine: State, talk: SharedState, outline: Outline, shift: float = 0.0) -> State:
    """Return this window's state with all that is shared as it was told.

    Args:
        mine: as it was.
        talk: as the owner has it.
        outline: of this window's deck.
        shift: seconds from the owner's talk clock to this window's; 0 on one machine.
    """
    at, gone, lost = _where(mine, talk, outline)
    frozen = None if talk.frozen is None else find_position(talk.frozen, outline)[0]
    moved = (at, gone) != (mine.at, mine.gone)
    released = mine.frozen is not None and frozen is None
    since, said_at = talk.timer.since, talk.said_at
    new = replace(
        mine,
        at=at,
        gone=gone,
        lost=lost,
        stale=mine.stale and not (moved and frozen is None) and not released,
        frozen=frozen,
        back=None if talk.back is None else find_position(talk.back, outline)[0],
        blank=talk.blank,
        locked=talk.locked,
        hits=() if moved else mine.hits,
        offer=None if moved else mine.offer,
        timer=Running(talk.timer.accrued, None if since is None else since + shift, talk.timer.started),
        account=talk.account.account(),
        plan=_plan(mine, talk, outline),
        undo=(),
        marks=tuple(MarkedMoment(elapsed, slide) for elapsed, slide in talk.marks),
        slept=talk.slept,
        slept_at=talk.slept_at + shift,
        slept_on=talk.slept_on,
        run=talk.run,
        word=clean_line(talk.word),
        said_at=inf if said_at is None else said_at + shift,
    )
    return restore_scroll(mine, new, outline)


def _plan(mine: State, talk: SharedState, outline: Outline) -> Planned | None:
    """Return the plan told; the one at hand when it is the same, which spares all work on it."""
    if talk.plan is None:
        return None
    if mine.plan is not None and encode_plan(mine.plan) == talk.plan:
        return mine.plan
    return decode_plan(talk.plan, outline)


def _where(mine: State, talk: SharedState, outline: Outline) -> tuple[Position, int, tuple[str, int]]:
    """Return where the talk is: `at`, `gone` and `lost` as in `State`."""
    if talk.gone:
        name, step = talk.lost
        if name in outline.ids:  # this window's deck still has it
            return outline.clamp(Position(outline.ids.index(name), step)), 0, mine.lost
        at, _ = find_position(talk.at, outline)
        return at, talk.gone if mine.gone and mine.lost[0] == name else 0, mine.lost
    at, found = find_position(talk.at, outline)
    if not found and mine.gone and mine.lost[0] == talk.at.slide:  # this window has lost it, the owner not yet
        return mine.at, mine.gone, mine.lost
    return at, 0, mine.lost


def is_behind(theirs: SharedState, mine: SharedState, now: float) -> bool:
    """Say whether a talk is less far than another, so that somebody may want the other's place and time back."""
    if not mine.timer.started:
        return False
    return not theirs.timer.started or _elapsed(theirs, now) + MIN_LAG < _elapsed(mine, now)


def _elapsed(talk: SharedState, now: float) -> float:
    return Running(talk.timer.accrued, talk.timer.since, talk.timer.started).elapsed(now)


def put_back(mine: State, talk: SharedState, outline: Outline) -> State:
    """Return the owner's state with everything as another window had it."""
    back = replace(merge_state(mine, talk, outline), gone=0, stale=False, frozen=None, blank="", word="", said_at=inf)
    return replace(back, left=None, left_seen=False)


def clean_state(talk: SharedState) -> SharedState:
    """Return what was told with its words made harmless: they are shown."""
    return structs.replace(
        talk,
        title=clean_line(talk.title),
        word=clean_line(talk.word),
        trouble=clean_line(talk.trouble),
        left=clean_line(talk.left),
        log=clean_line(talk.log),
    )
