"""Where a move leads: pure functions of where the speaker is and of the deck's outline.

The main path is walked in order, each step once. The appendix is a path of its own behind it; a hidden slide is
entered by a jump only and left to the next slide of the main path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from presenter.session.state import Outline, Position, State


def next_position(at: Position, outline: Outline) -> Position:
    """Return the next step, or the first step of the next slide; the same position at the end."""
    if not outline.ids:
        return at
    if at.step + 1 < outline.steps[at.slide]:
        return Position(at.slide, at.step + 1)
    following = after(at.slide, outline)
    return at if following is None else Position(following)


def previous_position(at: Position, outline: Outline) -> Position:
    """Return the step before, or the last step of the slide before; the same position at the beginning."""
    if at.step > 0:
        return Position(at.slide, at.step - 1)
    preceding = before(at.slide, outline)
    return at if preceding is None else outline.end(preceding)


def after(slide: int, outline: Outline) -> int | None:
    """Return the slide that follows one; None at the end of the talk or of the appendix."""
    return next((other for other in _path(slide, outline) if other > slide), None)


def before(slide: int, outline: Outline) -> int | None:
    """Return the slide that one follows; None for the first. Before the appendix stands the last main slide."""
    path = _path(slide, outline)
    found = next((other for other in reversed(path) if other < slide), None)
    if found is None and path and slide not in outline.main:
        last = outline.main[-1] if outline.main else None
        return last if last != slide else None
    return found


def _path(slide: int, outline: Outline) -> Sequence[int]:
    """Return the path that a slide stands on: the appendix for what belongs to it, else the main one."""
    if slide < len(outline.kinds) and outline.kinds[slide] == "appendix":
        return [index for index, kind in enumerate(outline.kinds) if kind == "appendix"]
    return outline.main


def position_after_reload(slide: int, old: Outline, new: Outline) -> tuple[int, int]:
    """Return where a slide of the old outline is in the new one: (index, 0), or, when it is gone, a neighbour.

    Ids come from titles, so a slide may be renamed: it is the same one between the same two neighbours as before, at
    the same place among as many slides when it says the same below its title, or where alone another one says that.
    A neighbour is the nearest kept slide after it, as (index, 1), or else the nearest before it, as (index, -1);
    (0, 1) when nothing was kept.
    """
    places = {name: index for index, name in enumerate(new.ids)}
    if slide < len(old.ids) and old.ids[slide] in places:
        return places[old.ids[slide]], 0
    if (renamed := _renamed(slide, old, new, places)) is not None:
        return renamed, 0
    if (same := _same_words(slide, old, new)) is not None:
        return same, 0
    for name in old.ids[slide + 1 :]:
        if name in places:
            return places[name], 1
    for name in reversed(old.ids[:slide]):
        if name in places:
            return places[name], -1
    return 0, 1


def _renamed(slide: int, old: Outline, new: Outline, places: Mapping[str, int]) -> int | None:
    """Return where a slide is whose neighbours stand where they stood and have one new slide between them."""
    before = places.get(old.ids[slide - 1]) if 0 < slide <= len(old.ids) else -1
    after = places.get(old.ids[slide + 1]) if slide + 1 < len(old.ids) else len(new.ids)
    if slide >= len(old.ids) or before is None or after is None or after - before != 2:  # noqa: PLR2004 - one between
        return None
    return before + 1 if new.ids[before + 1] not in old.ids else None


def _same_words(slide: int, old: Outline, new: Outline) -> int | None:
    """Return where a slide stands that says below its title, and to its speaker, what an old one said."""
    before, after = old.index.pages, new.index.pages
    if slide >= len(before):
        return None
    said = before[slide][1:]
    if len(before) == len(after) and after[slide][1:] == said:
        return slide
    found = [i for i, page in enumerate(after) if page[1:] == said and new.ids[i] not in old.ids] if any(said) else []
    return found[0] if len(found) == 1 else None


def slide_id(state: State, outline: Outline) -> tuple[str, bool]:
    """Return the id of the slide that the audience sees, and whether it is on the main path; of a deck with slides."""
    if state.gone and state.frozen is None:
        return state.lost[0], False
    slide = min(state.shown.slide, len(outline.ids) - 1)
    return outline.ids[slide], outline.kinds[slide] == "main"
