"""The owner's window: other windows may go wrong or be impossible, and the talk goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot

from presenter.cli import cli
from presenter.deck.load import load_deck
from presenter.peers import socket_path
from presenter.peers.host import GuestWindow
from presenter.peers.protocol import CommandMessage, HelloMessage, SharedPlan, SharedPosition
from presenter.render.text import row_text
from presenter.session.session import Session
from presenter.session.state import Position, State
from presenter.ui.app import PresenterApp
from presenter.ui.session_guest import OWNER_FIELDS
from presenter.ui.session_host import SessionHost

DECK = """\
title: A talk
duration: 10m
slides:
  - {id: one, title: One, body: first}
  - {id: two, title: Two, points: [alpha, beta], reveal: true, notes: hush}
  - {id: three, title: Three, body: third}
"""


class Writer:
    """A connection to nowhere."""


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Return a folder with a short name: that of a socket has 108 bytes at most, and pytest's own are long."""
    with TemporaryDirectory(prefix="p-") as folder:
        yield Path(folder)


@pytest.fixture
def leading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionHost:
    monkeypatch.setattr(socket_path, "candidates", lambda _: iter([tmp_path / "presenter"]))
    return SessionHost()


@asynccontextmanager
async def shown(folder: Path, link: SessionHost, state: State | None = None) -> AsyncIterator[PresenterApp]:
    path = folder / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    app = PresenterApp(Session(load_deck(path), state), load=lambda: load_deck(path), follow=False, peers=link)
    async with app.run_test(size=(120, 36)) as pilot:
        pilots[app] = pilot
        yield app


pilots: dict[PresenterApp, Pilot[None]] = {}


async def until(app: PresenterApp, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if condition():
            return
        await pilots[app].pause(0.01)
    raise AssertionError("what was waited for did not come")


def words(app: PresenterApp) -> str:
    surface = app.screen.query_one("Surface")
    return "\n".join(row_text(list(strip)) for strip in surface.render_lines(surface.size.region))


def window(face: str = "speaker") -> GuestWindow:
    return GuestWindow("c", Writer(), (0, face))  # type: ignore[arg-type]  # nothing is written


async def test_without_a_safe_folder_the_talk_goes_on_with_a_word_for_the_speaker(
    tmp_path: Path, leading: SessionHost
) -> None:
    (tmp_path / "presenter").write_text("in the way", encoding="utf-8")
    async with shown(tmp_path, leading, State(view="speaker")) as app:
        await until(app, lambda: "no other window can join" in words(app))
        assert "is not a folder; remove it" in leading.others(0.0).words[0][0]
        await pilots[app].press("right")
        assert app.state.at == Position(1)


async def test_the_socket_goes_when_the_window_does(tmp_path: Path, leading: SessionHost) -> None:
    def sockets() -> list[Path]:
        return list(tmp_path.glob("presenter/*"))

    async with shown(tmp_path, leading) as app:
        await until(app, lambda: bool(sockets()))
        other = SessionHost()
        async with shown(tmp_path, other) as second:
            await until(second, lambda: bool(other.others(0.0).words))
            assert "another window shows this talk" in other.others(0.0).words[0][0]
        assert sockets()
    assert not sockets()


async def test_commands_of_others_are_those_of_the_table_and_of_the_talk_only(
    tmp_path: Path, leading: SessionHost
) -> None:
    async with shown(tmp_path, leading) as app:
        for number, name in enumerate(("next", "quit", "speaker", "help", "notes-larger", "edit", "rm -rf", "suspend")):
            leading.take(CommandMessage(number + 1, name), window())
        assert app.state.at == Position(1)
        assert (app.state.view, app.state.overlay, app.state.notes_size) == ("audience", "", 2)
        assert app.is_running


async def test_a_jump_from_elsewhere_is_not_hidden_behind_an_overlay_of_the_audience_window(
    tmp_path: Path, leading: SessionHost
) -> None:
    async with shown(tmp_path, leading) as app:
        await pilots[app].press("o")
        leading.take(CommandMessage(1, "arrive", place=SharedPosition("two", 1)), window())
        assert (app.state.at, app.state.overlay) == (Position(1, 1), "")
        await pilots[app].press("s", "o")
        leading.take(CommandMessage(2, "next"), window())
        assert (app.state.at, app.state.overlay) == (Position(2), "overview")


async def test_when_a_key_was_pressed_is_believed_within_a_second(tmp_path: Path, leading: SessionHost) -> None:
    async with shown(tmp_path, leading) as app:
        now = app.now()
        leading.take(CommandMessage(1, "start", at=now - 0.5), window())
        assert app.state.timer.since == now - 0.5
        leading.take(CommandMessage(2, "timer"), window())
        leading.take(CommandMessage(3, "timer", at=now - 5000.0), window())
        assert app.state.timer.since is not None
        assert app.state.timer.since >= now


async def test_a_plan_comes_with_its_times_or_not_at_all(tmp_path: Path, leading: SessionHost) -> None:
    async with shown(tmp_path, leading) as app:
        leading.take(CommandMessage(1, "reflow-take"), window())
        assert not app.state.undo
        leading.take(CommandMessage(2, "reflow-take", plan=SharedPlan(600, 300.0, {"one": 10.0})), window())
        assert app.state.plan is not None
        assert app.state.plan.times[0] == 10.0
        leading.take(CommandMessage(3, "undo"), window())
        assert not app.state.undo


async def test_who_begins_gets_the_notes_unless_the_slides_are_missing(tmp_path: Path, leading: SessionHost) -> None:
    async with shown(tmp_path, leading) as app:
        assert leading.face(HelloMessage()) == "speaker"
        assert leading.face(HelloMessage(face="audience")) == "audience"
        other = window()
        leading.take(CommandMessage(1, "swap"), other)
        assert (app.state.view, other.face) == ("speaker", (1, "audience"))
        assert leading.face(HelloMessage()) == "audience"
        leading.take(CommandMessage(2, "face", arg="speaker"), other)
        assert other.face == (1, "speaker")
        leading.take(CommandMessage(3, "swap"), other)
        assert "both windows show the same" in app.state.word


async def test_swapping_alone_says_how_to_get_another_window(tmp_path: Path, leading: SessionHost) -> None:
    async with shown(tmp_path, leading, State(view="speaker")) as app:
        await pilots[app].press("S")
        assert "`presenter speaker` in another terminal" in app.state.word
        await pilots[app].press("y")
        assert app.state.word == "nothing has to be put back"


def test_what_the_owner_has_the_last_word_about_are_fields_of_the_state() -> None:
    assert replace(State(), **{name: getattr(State(), name) for name in OWNER_FIELDS}) == State()


def test_without_unix_sockets_the_command_says_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_path, "supported", lambda: False)
    # The package has the command of that name too.
    monkeypatch.setattr(sys.modules["presenter.cli.speaker"], "need_terminal", lambda: None)
    ended = CliRunner().invoke(cli, ["speaker"])
    assert ended.exit_code == 1
    assert "a talk has one window on this system" in ended.output
    assert "s shows the speaker view in it" in ended.output
