"""Another room's terminal in a frame; and slides that follow the author's edits."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PIL import Image
from rich.color import ColorType

from presenter.deck.load import load_deck
from presenter.images import plain_rows
from presenter.render.block import Line
from presenter.render.text import row_text, row_width
from presenter.session.bindings import Bindings
from presenter.session.reload import first_change, state_after_reload, state_at_edit
from presenter.session.state import Outline, Position, State
from presenter.terminal.capabilities import TerminalCapabilities as Shown
from presenter.ui.prerender import render_window
from presenter.ui.simulate import SimulatedTerminal
from presenter.ui.view_model import ViewModel
from terminal import Terminal

PRESENTER = [sys.executable, "-m", "presenter"]
DECK = """\
title: A talk
footer: "{slide}/{slides}"
slides:
  - {id: hello, title: Hello, body: first words}
  - {id: picture, title: Picture, image: red.png}
  - {id: steps, title: Steps, points: [alpha, beta, gamma], reveal: true}
  - {id: code, title: Code, file: loop.c}
  - {id: table, title: Table, table: {file: data.csv}}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    Image.new("RGB", (60, 40), (200, 30, 30)).save(tmp_path / "red.png")
    (tmp_path / "loop.c").write_text("for (;;) run();\n", encoding="utf-8")
    (tmp_path / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    path = tmp_path / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


def scene(path: Path, venue: SimulatedTerminal | None, shown: Shown | None = None, **state: object) -> ViewModel:
    talk = load_deck(path)
    now = State(**state)  # type: ignore[arg-type]
    return ViewModel(talk, Outline.of(talk), now, Bindings(), talk.theme, terminal=shown or Shown(), venue=venue)


def rows_of(path: Path, venue: SimulatedTerminal | None, size: tuple[int, int], **state: object) -> list[Line]:
    return list(plain_rows(render_window(scene(path, venue, None, **state), size)))


@pytest.mark.parametrize("text", ["80x24", "100X30", "120×36/256", " 80x24/16 ", "80x24/mono", "80x24/24bit"])  # noqa: RUF001 - as pasted
def test_sizes_are_read(text: str) -> None:
    found = SimulatedTerminal.parse(text)
    assert str(found.columns) in text
    assert found.colours in (*re.findall(r"/(\w+)", text), "24bit")


@pytest.mark.parametrize("text", ["", "80", "x24", "80x", "0x24", "80x24/", "80x24/17", "1e9x2", "99999x2", "-8x24"])
def test_what_is_no_venue_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no (size|number of colours)"):
        SimulatedTerminal.parse(text)


@pytest.mark.parametrize("view", ["audience", "speaker"])
@pytest.mark.parametrize("overlay", ["", "help", "overview", "search"])
def test_the_window_is_the_same_as_in_a_terminal_of_that_size(deck: Path, view: str, overlay: str) -> None:
    whole = rows_of(deck, None, (80, 24), view=view, overlay=overlay)
    framed = rows_of(deck, SimulatedTerminal(80, 24), (101, 33), view=view, overlay=overlay)
    assert len(framed) == 33
    assert {row_width(row) for row in framed} == {101}
    inner = [row_text(row)[10:90] for row in framed[4:28]]
    assert inner == [row_text(row) for row in whole]
    assert "┌─ 80x24 ─" in row_text(framed[3])
    assert row_text(framed[28]).strip() == f"└{'─' * 80}┘"
    assert not row_text(framed[0]).strip()


def test_a_terminal_of_just_that_size_has_no_frame(deck: Path) -> None:
    assert list(map(row_text, rows_of(deck, SimulatedTerminal(80, 24), (80, 24)))) == list(
        map(row_text, rows_of(deck, None, (80, 24)))
    )


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (10, 3), (1, 1)])
def test_a_terminal_that_is_too_small_says_so(deck: Path, size: tuple[int, int]) -> None:
    rows = rows_of(deck, SimulatedTerminal(80, 24, "16"), size)
    assert [row_width(row) for row in rows] == [size[0]] * size[1]
    if size[0] > 70:
        words = " ".join(" ".join(map(row_text, rows)).split())
        assert f"80x24 · 16 colours does not fit: this terminal has {size[0]}x{size[1]}" in words


@pytest.mark.parametrize(("colours", "most"), [("256", 256), ("16", 16)])
@pytest.mark.parametrize("at", [0, 1])
def test_nothing_has_more_colours_than_the_venue(deck: Path, colours: str, most: int, at: int) -> None:
    rows = rows_of(deck, SimulatedTerminal.parse(f"80x24/{colours}"), (80, 24), at=Position(at))
    found = {c for row in rows for part in row if part.style for c in (part.style.color, part.style.bgcolor) if c}
    assert found
    assert all(colour.type in (ColorType.STANDARD, ColorType.EIGHT_BIT) for colour in found)
    assert all(colour.number is not None and colour.number < most for colour in found)


@pytest.mark.parametrize("at", [0, 1])
def test_greys_are_grey(deck: Path, at: int) -> None:
    rows = rows_of(deck, SimulatedTerminal(80, 24, "mono"), (80, 24), at=Position(at))
    found = {c for row in rows for part in row if part.style for c in (part.style.color, part.style.bgcolor) if c}
    assert len(found) > 2
    assert all(len(set(colour.get_truecolor())) == 1 for colour in found)


@pytest.mark.parametrize(
    ("here", "venue", "depth"),
    [
        ("truecolor", "24bit", "truecolor"),
        ("256", "24bit", "256"),
        ("truecolor", "256", "256"),
        ("16", "256", "16"),
        ("grey", "256", "grey256"),
        ("grey16", "mono", "grey16"),
        ("truecolor", "mono", "grey"),
    ],
)
def test_a_venue_has_no_more_than_this_terminal(deck: Path, here: str, venue: str, depth: str) -> None:
    shown = Shown(best="kitty", glyphs="octant", graphics=True, depth=here)  # type: ignore[arg-type]
    inside = SimulatedTerminal(80, 24, venue).inside(scene(deck, None, shown))  # type: ignore[arg-type]
    assert inside.terminal.depth == depth
    assert inside.terminal.pixels is None
    assert inside.terminal.best == "octant"
    assert inside.venue is None


def test_a_talk_is_given_in_the_frame(deck: Path) -> None:
    with Terminal([*PRESENTER, deck, "--venue", "60x16/256"], size=(80, 24)) as terminal:
        terminal.wait_for("┌─ 60x16 · 256 colours ─")
        terminal.press("right", "right")
        terminal.wait_for("alpha")
        terminal.resize(58, 20)
        terminal.wait_for("does not fit")
        terminal.resize(80, 24)
        terminal.wait_for("alpha")
        terminal.press("s")
        terminal.wait_for("NOTES")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []
        assert not terminal.shows("recorded")  # to look at a venue is no talk


def test_a_venue_that_is_none_is_told(deck: Path) -> None:
    with Terminal([*PRESENTER, deck, "--venue", "80by24"]) as terminal:
        assert terminal.wait_exit() == 2
        assert "write columns and rows, such as 80x24" in " ".join(" ".join(terminal.screen).split())


# Following edits ------------------------------------------------------------------------------------------------------


def test_the_first_change_is_found(deck: Path) -> None:
    before = load_deck(deck)
    assert first_change(before, load_deck(deck)) is None
    deck.write_text(DECK.replace("beta", "BETA").replace("id: code", "id: codes"), encoding="utf-8")
    after = load_deck(deck)
    assert first_change(before, after) == 2
    assert first_change(before, after, {deck.parent / "red.png"}) == 1
    deck.write_text(DECK.replace("footer:", "author: me\nfooter:"), encoding="utf-8")
    assert first_change(before, load_deck(deck)) is None
    (deck.parent / "data.csv").write_text("a,b\n1,3\n", encoding="utf-8")
    assert first_change(before, load_deck(deck)) == 4


def test_led_to_a_slide_one_sees_it_whole_and_may_return(deck: Path) -> None:
    outline = Outline.of(load_deck(deck))
    state = State(at=Position(0))
    there = state_at_edit(state, outline, 2)
    assert (there.at, there.back) == (Position(2, 2), Position(0))
    assert state_at_edit(there, outline, 2) is there
    assert state_at_edit(state, outline, None) is state
    frozen = state_at_edit(State(frozen=Position(1)), outline, 2)
    assert (frozen.shown, frozen.stale) == (Position(1), True)


@pytest.mark.parametrize(("at", "old", "new"), [(0, "Hello", "Welcome"), (1, "Two", "Second"), (2, "Three", "Last")])
def test_a_slide_between_the_same_neighbours_is_the_same_slide(tmp_path: Path, at: int, old: str, new: str) -> None:
    path = tmp_path / "deck.yaml"
    text = "slides: [{title: Hello}, {title: Two}, {title: Three}]"
    path.write_text(text, encoding="utf-8")
    before = Outline.of(load_deck(path))
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = Outline.of(load_deck(path))
    found = state_after_reload(State(at=Position(at)), before, after, held=False)
    assert (found.at, found.gone) == (Position(at), 0)


def test_a_slide_that_was_removed_is_still_gone(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("slides: [{title: Hello}, {title: Two}, {title: Three}]", encoding="utf-8")
    before = Outline.of(load_deck(path))
    path.write_text("slides: [{title: Hello}, {title: Three}]", encoding="utf-8")
    assert state_after_reload(State(at=Position(1)), before, Outline.of(load_deck(path)), held=False).gone == 1


def test_edits_are_followed_when_asked_for(deck: Path) -> None:
    with Terminal([*PRESENTER, deck, "--follow-edits"]) as terminal:
        terminal.wait_for("first words")
        (deck.parent / "loop.c").write_text("while (true) walk();\n", encoding="utf-8")
        terminal.wait_for("walk()")
        (deck.parent / "data.csv").write_text("a,b\n1,22222\n", encoding="utf-8")
        terminal.wait_for("22222")
        deck.write_text(DECK.replace("beta", "BETA"), encoding="utf-8")
        terminal.wait_for("BETA")
        assert terminal.shows("gamma")  # the whole slide
        Image.new("RGB", (60, 40), (30, 30, 200)).save(deck.parent / "red.png")
        terminal.wait_for("Picture")
        terminal.wait_until(lambda: b"48;2;30;30;200" in terminal.output, "the new picture")
        terminal.press("q")
        assert terminal.wait_exit() == 0


def test_edits_elsewhere_move_nobody_unless_asked_for(deck: Path) -> None:
    with Terminal([*PRESENTER, deck]) as terminal:
        terminal.wait_for("first words")
        deck.write_text(DECK.replace("beta", "BETA").replace("{slide}/{slides}", "saved"), encoding="utf-8")
        terminal.wait_for("saved")
        assert terminal.shows("first words")
        terminal.press("q")
        assert terminal.wait_exit() == 0
