"""The window keeps the state and follows the deck: pilots that look at `app.state`, with clock and loader handed in."""

from __future__ import annotations

import asyncio
import datetime as dt
import errno
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from presenter.deck.diagnostics import DeckError, Problem
from presenter.deck.load import load_deck
from presenter.deck.model import Deck
from presenter.images.file_copies import SPARES
from presenter.render.text import row_text
from presenter.session.bindings import Bindings
from presenter.session.key_repeat import APART
from presenter.session.session import Session
from presenter.session.state import Outline, Position, State
from presenter.terminal.capabilities import TerminalCapabilities
from presenter.timing.clocks import Clocks
from presenter.ui import initial_state
from presenter.ui.app import PresenterApp
from presenter.ui.reloader import DeckWatcher

TEXT = """\
title: A talk
slides:
  - {id: one, title: One, body: first}
  - {id: two, title: Two, points: [alpha, beta], reveal: true, notes: hush}
  - {id: three, title: Three, body: third}
"""


class Desk:
    """A deck that a test can change, and a clock that stands."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "deck.yaml"
        self.write(TEXT)
        self.broken: Exception | None = None
        wall = dt.datetime(2026, 11, 22, 14, 32, 10).astimezone().timestamp()
        self.clocks = Clocks(lambda: 100.0, lambda: 100.0, lambda: wall)

    def write(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def load(self) -> Deck:
        if self.broken:
            raise self.broken
        return load_deck(self.path)

    def app(
        self, state: State | None = None, bindings: Bindings | None = None, *, follow: bool = False
    ) -> PresenterApp:
        return PresenterApp(
            Session(self.load(), state),
            load=self.load,
            bindings=bindings,
            follow=follow,
            clocks=self.clocks,
            terminal=TerminalCapabilities("half", "half"),
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def screen(app: PresenterApp) -> str:
    surface = app.screen.query_one("Surface")
    return "\n".join(row_text(list(strip)) for strip in surface.render_lines(surface.size.region))


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await pilot.pause()


async def again(pilot: Pilot[None], key: str) -> None:
    """Press a key as long after the last one as a finger does that means it."""
    pressed = time.monotonic()
    await until(pilot, lambda: time.monotonic() - pressed > APART)
    await pilot.press(key)


async def test_keys_change_the_state_and_the_state_is_what_is_shown(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "first" in screen(app)
        await pilot.press("pagedown", "space", "s")
        assert app.state.at == Position(1, 1)
        assert app.state.view == "speaker"
        assert "hush" in screen(app)
        await pilot.press("s", "full_stop")
        assert not screen(app).strip()
        await pilot.press("x")
        assert "beta" in screen(app)


async def test_unbound_keys_and_modifiers_change_nothing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        before = app.state
        await pilot.press("x", "left_shift", "tab", "ctrl+p", "f1")
        assert app.state == before


async def test_the_readers_keys_are_used(desk: Desk) -> None:
    app = desk.app(bindings=Bindings({"next": ("x",)}))
    async with app.run_test() as pilot:
        await pilot.press("x", "right", "pagedown")
        assert app.state.at == Position(1, 0)


async def test_text_is_typed_and_pasted_into_the_search_only(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.press("slash", "b", "e", "t", "a", "enter")
        assert app.state.at == Position(1)
        assert app.state.hits == (1,)
        await pilot.press("escape", "colon", "3", "enter")
        assert app.state.at == Position(2)


async def test_facts_of_a_picture_reach_the_commands_even_when_keys_are_typed_ahead(desk: Desk) -> None:
    desk.write("title: T\nslides:\n" + "".join(f"  - {{title: Slide {n}}}\n" for n in range(20)))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Key("o", "o"))
        app.post_message(events.Key("down", None))
        await pilot.pause()
        assert app.state.cursor == 3


async def test_reading_again_keeps_the_slide_and_tells_what_is_wrong_to_the_speaker_alone_once_the_timer_runs(
    desk: Desk,
) -> None:
    app = desk.app(State(at=Position(1, 1)))
    async with app.run_test(size=(120, 36)) as pilot:
        desk.write(TEXT.replace("slides:\n", "slides:\n  - {title: New}\n"))
        await pilot.press("r")
        await until(pilot, lambda: app.state.at == Position(2, 1))
        desk.broken = DeckError((Problem(desk.path, 41, 3, "unknown field"),))
        await pilot.press("r")
        await until(pilot, lambda: bool(app.state.trouble))
        assert app.state.trouble == "deck.yaml:41 error (showing version of 14:32): unknown field"
        # Nobody is watching yet: the author, who has but this window, is told.
        assert "deck.yaml:41 error (showing version of 14:32): unknown field" in screen(app).splitlines()[-1]
        await pilot.press("t")
        assert "error" not in screen(app)
        await pilot.press("s")
        assert "deck.yaml:41 error (showing version of 14:32)" in screen(app)
        desk.broken = OSError(13, "Permission denied")
        await pilot.press("r")
        await until(pilot, lambda: "Permission denied" in app.state.trouble)
        desk.broken = None
        await pilot.press("r")
        await until(pilot, lambda: not app.state.trouble)


async def test_a_slide_that_was_removed_stays_until_the_next_move(desk: Desk) -> None:
    app = desk.app(State(at=Position(1, 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        desk.write(TEXT.replace("  - {id: two, title: Two, points: [alpha, beta], reveal: true, notes: hush}\n", ""))
        await pilot.press("r")
        await until(pilot, lambda: app.state.gone != 0)
        await pilot.pause()
        assert "beta" in screen(app)
        await pilot.press("right")
        assert app.state.at == Position(1)
        assert "third" in screen(app)


async def test_a_frozen_slide_does_not_change_and_reload_move_waits_for_a_move(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        desk.write(TEXT.replace("body: first", "body: changed"))
        await pilot.press("r")
        await until(pilot, lambda: app.state.stale)
        await pilot.pause()
        assert "first" in screen(app)
        await pilot.press("f")
        assert "changed" in screen(app)
        desk.write("reload: move\n" + TEXT.replace("body: first", "body: last"))
        await pilot.press("L", "L")
        await until(pilot, lambda: app.state.stale)
        await pilot.pause()
        assert "changed" in screen(app)
        await pilot.press("right", "left")
        assert "last" in screen(app)


async def test_a_locked_talk_is_read_again_when_it_is_unlocked(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("L")
        desk.write(TEXT.replace("body: first", "body: changed"))
        await pilot.press("r")
        assert "locked" in app.state.word
        assert "first" in screen(app)
        await pilot.press("L")
        await until(pilot, lambda: "changed" in screen(app))


async def test_quitting_ends_the_app(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.press("right", "q")
        assert app.is_running
        await pilot.press("q")  # sooner than a finger
        assert app.is_running
        await again(pilot, "q")
        await until(pilot, lambda: app.state.over)
    assert app.state.over
    assert app.return_code == 0


async def test_a_picture_is_there_after_a_resize_too(desk: Desk) -> None:
    from PIL import Image  # noqa: PLC0415 - for one test

    Image.linear_gradient("L").save(desk.path.parent / "grey.png")
    desk.write("title: T\nslides:\n  - {title: Grey, image: {src: grey.png, alt: grey}}\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "▀" in screen(app))
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: "▀" in screen(app) and len(screen(app).splitlines()) == 20)


def backgrounds(app: PresenterApp) -> set[str]:
    """Return the colours behind the cells of the middle row."""
    surface = app.screen.query_one("Surface")
    row = surface.render_lines(surface.size.region)[surface.size.height // 2]
    return {part.style.bgcolor.name for part in row if part.style and part.style.bgcolor}


def paint(desk: Desk, colour: str) -> None:
    from PIL import Image  # noqa: PLC0415 - for few tests

    Image.new("RGB", (40, 20), colour).save(desk.path.parent / "picture.png")


PICTURE = "title: T\nslides:\n  - {title: Picture, image: {src: picture.png, alt: one colour}}\n  - {title: Next}\n"
RED, BLUE = "#ff0000", "#0000ff"


async def test_a_replaced_picture_is_shown_when_the_deck_is_read_again_and_stays_when_it_is_gone(desk: Desk) -> None:
    paint(desk, RED)
    desk.write(PICTURE)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: RED in backgrounds(app))
        paint(desk, BLUE)
        await pilot.press("r")
        await until(pilot, lambda: BLUE in backgrounds(app))
        await pilot.press("s", "v")
        await until(pilot, lambda: "NOTES" in screen(app) and BLUE in backgrounds(app))
        desk.path.with_name("picture.png").unlink()
        await pilot.press("r")
        await until(pilot, lambda: "shown as it was before" in screen(app))
        await pilot.press("s")
        assert BLUE in backgrounds(app)


async def test_later_pictures_are_shown_when_the_disk_with_the_deck_is_pulled_out(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    desk = Desk(tmp_path / "stick")
    paint(desk, BLUE)
    words = "".join(f"  - {{title: Words {number}}}\n" for number in range(9))
    desk.write(f"title: T\nslides:\n{words}  - {{title: Picture, image: {{src: picture.png, alt: one colour}}}}\n")
    app = desk.app()
    lost = OSError(errno.EIO, "no answer")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: SPARES.instead(desk.path.with_name("picture.png"), lost) is not None)
        (tmp_path / "stick").rename(tmp_path / "pulled")
        await pilot.press("r")
        await until(pilot, lambda: bool(app.state.trouble))
        await pilot.press("end")
        await until(pilot, lambda: BLUE in backgrounds(app))


@pytest.mark.parametrize("held", ["", "reload: move\n"])
async def test_a_picture_that_is_held_is_replaced_when_it_is_let_go(desk: Desk, held: str) -> None:
    paint(desk, RED)
    desk.write(held + PICTURE)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: RED in backgrounds(app))
        if not held:
            await pilot.press("f")
        paint(desk, BLUE)
        await pilot.press("L", "L")
        await until(pilot, lambda: app.state.stale)
        await pilot.pause()
        assert RED in backgrounds(app)
        await pilot.press(*(["right", "left"] if held else ["f"]))
        await until(pilot, lambda: BLUE in backgrounds(app))


async def test_following_begins_and_ends_with_what_the_deck_says(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    saves, taken, loads = asyncio.Queue[None](), asyncio.Event(), 0

    async def changes(_: DeckWatcher, _stop: asyncio.Event) -> AsyncIterator[frozenset[Path]]:
        while True:
            await saves.get()
            yield frozenset()
            taken.set()

    monkeypatch.setattr(DeckWatcher, "changes", changes)
    load = desk.load

    def count() -> Deck:
        nonlocal loads
        loads += 1
        return load()

    monkeypatch.setattr(desk, "load", count)
    app = desk.app(follow=True)
    async with app.run_test(size=(80, 24)) as pilot:

        async def save(text: str) -> None:
            desk.write(text)
            taken.clear()
            saves.put_nowait(None)
            await taken.wait()
            await pilot.pause()

        await save("reload: off\n" + TEXT.replace("first", "changed"))
        await until(pilot, lambda: "changed" in screen(app))
        await save(TEXT.replace("first", "unseen"))
        assert loads == 2
        await pilot.press("r")
        await until(pilot, lambda: "unseen" in screen(app))
        await save(TEXT.replace("first", "followed"))
        await until(pilot, lambda: "followed" in screen(app))


async def test_the_word_of_a_key_can_be_read_after_the_change_to_the_speaker_view(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "q", "s")
        assert "press q again to quit" in screen(app)
        await again(pilot, "q")
        await until(pilot, lambda: app.state.over)
    assert app.state.over


def test_a_talk_begins_at_its_first_main_slide_unless_told_otherwise(desk: Desk) -> None:
    desk.write(TEXT.replace("{id: one,", "{id: one, hidden: true,"))
    outline = Outline.of(desk.load())
    assert initial_state(State(), outline).at == Position(1)
    assert initial_state(State(at=Position(2, 9)), outline).at == Position(2, 0)
    assert replace(initial_state(State(view="speaker"), outline), at=Position()) == State(view="speaker")
