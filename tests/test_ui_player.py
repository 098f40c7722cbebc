"""Pictures that move: on the slide that is shown, and only while it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image

from presenter.deck.load import load_deck
from presenter.images import ImageCells, ImageRow, Request
from presenter.session.session import Session
from presenter.session.state import State
from presenter.terminal.capabilities import TerminalCapabilities
from presenter.ui.app import PresenterApp
from presenter.ui.player import Player

COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255))
DECK = """\
title: T
slides:
  - {id: a, title: Moves, image: {src: moves.gif, alt: moves}}
  - {id: b, title: Rests, image: {src: moves.gif, alt: rests, animate: false}}
"""


@pytest.fixture
def moving(tmp_path: Path) -> Path:
    images = [Image.new("RGB", (40, 20), colour) for colour in COLOURS]
    path = tmp_path / "moves.gif"
    images[0].save(path, save_all=True, append_images=images[1:], duration=200, loop=0)
    return path


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - it comes true in a thread
            await asyncio.sleep(0)


def colour(sheet: ImageCells) -> tuple[int, ...]:
    cells = sheet.cells
    size = cells.columns * cells.rows
    return tuple(cells.paper[at] for at in (0, size, 2 * size))


class Stage:
    """Takes the frames that a player shows, at times of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.shown: list[Mapping[Request, ImageCells]] = []

    def player(self) -> Player:
        return Player(self.shown.append, lambda: self.now)

    def colours(self, request: Request) -> Iterator[tuple[int, ...]]:
        return (colour(frames[request]) for frames in self.shown if request in frames)


async def test_frames_follow_the_clock_and_end_when_nothing_is_to_play(moving: Path) -> None:
    stage, request = Stage(), Request(moving, 8, 4)
    player = stage.player()
    player.play([request])
    await until(lambda: any(stage.colours(request)))
    assert list(stage.colours(request)) == [COLOURS[0]]
    stage.now = 0.45
    await until(lambda: COLOURS[2] in stage.colours(request))
    player.play([request])
    assert stage.shown[-1]
    player.play([])
    assert stage.shown[-1] == {}
    player.close()
    count = len(stage.shown)
    for _ in range(200):
        await asyncio.sleep(0)
    assert len(stage.shown) == count


async def test_a_still_or_broken_picture_plays_nothing_and_disturbs_nothing(moving: Path, tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "still.png")
    (tmp_path / "broken.gif").write_bytes(b"GIF89a")
    stage, request = Stage(), Request(moving, 8, 4)
    player = stage.player()
    player.play([Request(tmp_path / "still.png", 8, 4), Request(tmp_path / "broken.gif", 8, 4), request])
    await until(lambda: any(stage.colours(request)))
    assert set(stage.shown[-1]) == {request}
    player.close()


def app_of(moving: Path, state: State | None = None) -> PresenterApp:
    path = moving.parent / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    return PresenterApp(
        Session(load_deck(path), state),
        load=lambda: load_deck(path),
        follow=False,
        terminal=TerminalCapabilities("half", "half"),
    )


def seen(app: PresenterApp) -> set[tuple[int, ...]]:
    """Return the colours of the pictures in the window."""
    surface = app.surface
    rows = surface._rows  # noqa: SLF001 - as above
    return {colour(part.sheet) for row in rows for part in row if isinstance(part, ImageRow) and part.sheet.request}


@pytest.mark.parametrize("view", ["audience", "speaker"])
async def test_the_slide_that_is_shown_moves_and_stops_when_it_is_hidden(moving: Path, view: str) -> None:
    app = app_of(moving, State(view="speaker" if view == "speaker" else "audience"))
    async with app.run_test(size=(120, 36)) as pilot:
        for expected in COLOURS[1:]:
            await until(lambda expected=expected: expected in seen(app))  # type: ignore[misc]
        await pilot.press("o")
        await until(lambda: seen(app) == {COLOURS[0]})
        await pilot.press("o")
        await until(lambda: COLOURS[1] in seen(app))
        await pilot.press("b")
        await until(lambda: app.player._timer is None)  # noqa: SLF001 - nothing is due
        await pilot.press("b", "f")
        assert app.player._timer is None  # noqa: SLF001 - nothing is due
        await pilot.press("f")
        await until(lambda: COLOURS[1] in seen(app))


async def test_what_shall_not_move_and_what_comes_next_keep_still(moving: Path) -> None:
    app = app_of(moving)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("right")
        await until(lambda: seen(app) == {COLOURS[0]})
        assert app.surface.moving == ()
        await pilot.press("left", "s")
        await until(lambda: len(seen(app)) == 2)
        assert len(app.surface.moving) == 1
