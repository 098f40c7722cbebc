"""A deck whose titles have changed on disk: the talk stays on the slide that it was on."""

from __future__ import annotations

from pathlib import Path

from presenter.deck.load import load_deck
from presenter.session.reload import state_after_reload
from presenter.session.state import Outline, Position, State

DECK = """\
slides:
- {title: Cache one, body: first}
- {title: Cache two, points: [a, b], reveal: true}
- {title: Cache three, body: third}
- {title: Cache four}
"""


def outline(folder: Path, text: str) -> Outline:
    path = folder / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    return Outline.of(load_deck(path))


def after(folder: Path, old: str, new: str, at: Position) -> tuple[Position, int]:
    before, now = outline(folder, old), outline(folder, new)
    state = state_after_reload(State(at=at), before, now, held=False)
    return state.at, state.gone


def test_all_titles_changed_by_one_replacement_leave_the_talk_where_it_is(tmp_path: Path) -> None:
    for number in range(4):
        at = Position(number, 1 if number == 1 else 0)
        assert after(tmp_path, DECK, DECK.replace("Cache", "Buffer"), at) == (at, 0)


def test_a_renamed_slide_is_found_by_what_it_says_when_others_came_too(tmp_path: Path) -> None:
    new = DECK.replace("Cache", "Buffer").replace("slides:\n", "slides:\n- {title: New, body: new}\n")
    assert after(tmp_path, DECK, new, Position(2)) == (Position(3), 0)


def test_a_slide_that_is_gone_is_gone(tmp_path: Path) -> None:
    new = DECK.replace("- {title: Cache three, body: third}\n", "")
    assert after(tmp_path, DECK, new, Position(2)) == (Position(2), 1)
