"""How a talk goes on when its deck has changed on disk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from presenter.deck.model import Deck
from presenter.session.navigation import position_after_reload
from presenter.session.state import Outline, Position, State
from presenter.timing.plan import Plan


def state_after_reload(state: State, old: Outline, new: Outline, *, held: bool) -> State:
    """Return the state for the new deck: the same slide by its id, its step if it still has it.

    A slide that is gone stays on the audience's screen; `at` is a neighbour, and the next move goes there.

    Args:
        state: as it was for the old deck.
        old: the old deck's outline.
        new: the new one's.
        held: the audience keeps the slide as it was until the next move (`reload: move`).
    """
    at, gone, lost = _at(state, old, new)
    frozen = None if state.frozen is None else _moved(state.frozen, old, new)[0]
    back = None if state.back is None else _moved(state.back, old, new)[0]
    places = {name: index for index, name in enumerate(new.ids)}
    hits = tuple(places[old.ids[hit]] for hit in state.hits if hit < len(old.ids) and old.ids[hit] in places)
    kept = state.cursor if state.overlay != "overview" else position_after_reload(state.cursor, old, new)[0]
    limit = len(hits) - 1 if hits else max(len(new.ids) - 1, 0)
    return replace(
        state,
        at=at,
        gone=gone,
        lost=lost,
        stale=held or gone != 0 or state.frozen is not None,
        frozen=frozen,
        back=back,
        hits=hits,
        cursor=min(kept, limit) if state.overlay in ("", "overview") else kept,
        trouble="",
        plan=_planned(state, old, new),
        offer=None,
        undo=tuple(step for step in state.undo if not step.planned and step.plan is None),
    )


def first_change(old: Deck, new: Deck, touched: Collection[Path] = ()) -> int | None:
    """Return the index of the first slide that is not as it was; None when all are.

    Args:
        old: the deck before.
        new: the deck now.
        touched: files that have changed, pictures among them.
    """
    before = {slide.id: slide for slide in old.slides}
    for index, slide in enumerate(new.slides):
        was = before.get(slide.id)
        if (
            was is None
            or was.layout != slide.layout
            or any(image.src.path in touched for image in slide.layout.pictures())
        ):
            return index
    return None


def state_at_edit(state: State, outline: Outline, slide: int | None) -> State:
    """Return the state on a slide that was edited, whole; on the slide where one is, at its step."""
    if slide is None or (slide == state.at.slide and not state.gone):
        return state
    return replace(state, at=outline.end(slide), back=state.at, gone=0, stale=state.frozen is not None)


def _planned(state: State, old: Outline, new: Outline) -> Plan | None:
    """Return the plan that the speaker took, for the new deck: a slide keeps its time unless the deck's has changed."""
    if state.plan is None:
        return None
    before, taken = dict(zip(old.plan.position, old.plan.times, strict=True)), state.plan
    kept = {slide.id: slide.seconds for slide in taken.slides}
    times = [
        kept[slide.id] if before.get(slide.id) == slide.seconds and slide.id in kept else slide.seconds
        for slide in new.plan.slides
    ]
    return new.plan.with_times(times, taken.target + sum(times) - sum(kept.values()))


def _at(state: State, old: Outline, new: Outline) -> tuple[Position, int, tuple[str, int]]:
    if state.gone:
        name, step = state.lost
        if name in new.ids:
            return new.clamp(Position(new.ids.index(name), step)), 0, state.lost
        at, gone = _moved(state.at, old, new)
        return at, gone or state.gone, state.lost
    at, gone = _moved(state.at, old, new)
    name = old.ids[state.at.slide] if state.at.slide < len(old.ids) else ""
    return at, gone, (name, state.at.step) if gone else state.lost


def _moved(position: Position, old: Outline, new: Outline) -> tuple[Position, int]:
    slide, gone = position_after_reload(position.slide, old, new)
    return new.clamp(Position(slide, 0 if gone else position.step)), gone
