"""Pictures in pixels: every escape sequence as the protocol has it, every placeholder backed, nothing left behind."""

from __future__ import annotations

import signal
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from tempfile import gettempdir

import pytest
from PIL import Image
from rich.segment import Segment
from rich.style import Style

from emulator import CELL, Queries
from graphics import Graphics, place
from presenter import images as imaging
from presenter.images import PictureError, Raster, Request, kitty, kitty_files, kitty_payload, show
from presenter.images.kitty import PLACEHOLDER, ROW_COLUMN_MARKS, KittyStore, image_numbers, pad_to_cells, transmit
from presenter.render.text import crop, row_width
from presenter.ui.kitty_images import KittyImages
from terminal import Terminal

DECK = """\
title: T
slides:
  - {id: a, title: One, image: {src: one.png, alt: one, caption: MARK-1}}
  - {id: b, title: Two, image: {src: two.png, alt: two, caption: MARK-2}}
  - {id: c, title: Three, body: MARK-3}
  - {id: d, title: Four, image: {src: moves.gif, alt: moves, caption: MARK-4}}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    for name, seed in (("one.png", 60), ("two.png", 90)):
        Image.effect_noise((320, 200), seed).convert("RGB").save(tmp_path / name)
    images = [Image.new("RGB", (40, 20), colour) for colour in ("red", "lime")]
    images[0].save(tmp_path / "moves.gif", save_all=True, append_images=images[1:], duration=200, loop=0)
    path = tmp_path / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


PATIENT = {"PRESENTER_PROBE_SECONDS": "5"}
"""As long as these tests take to answer on a busy machine."""


def present(
    deck: Path, *options: str, env: Mapping[str, str | None] | None = None, kitty_like: bool = True
) -> Terminal:
    queries = Queries("kitty(0.40.0)", graphics=True) if kitty_like else Queries("tmux 3.5a")
    patient = {**PATIENT, **(env or {})}
    command: list[str | Path] = [sys.executable, "-m", "presenter", deck, *options]
    return Terminal(command, size=(100, 32), env=patient, queries=queries)


def held(terminal: Terminal, *, tmux: bool = False) -> Graphics:
    found = Graphics(files=terminal.queries.read)
    found.feed(terminal.output, tmux=tmux, ended=not terminal.alive)
    return found


def cells(terminal: Terminal) -> dict[int, set[tuple[int, int]]]:
    """Return which places of which pictures stand on the screen."""
    found: dict[int, set[tuple[int, int]]] = {}
    for y in range(32):
        row = terminal._emulator._screen.buffer[y]  # noqa: SLF001 - the marks of a cell are in its text
        for x in range(100):
            if row[x].data.startswith(PLACEHOLDER):
                number = int(terminal.style_at(x, y).fg.removeprefix("#"), 16)
                found.setdefault(number, set()).add(place(row[x].data))
    return found


def shows(terminal: Terminal, count: int) -> bool:
    """Say whether so many pictures are shown, all of each, and the terminal has these and no others."""
    shown, has = cells(terminal), held(terminal).pictures
    return (
        len(shown) == count
        and set(has) == set(shown)
        and all(len(shown[number]) == picture.columns * picture.rows for number, picture in has.items())
    )


def test_marks_are_those_of_the_protocol() -> None:
    assert len(set(ROW_COLUMN_MARKS)) == 297
    assert [f"{ord(ROW_COLUMN_MARKS[place]):X}" for place in (0, 1, 2, 255, 296)] == [
        "305",
        "30D",
        "30E",
        "A8E5",
        "1D244",
    ]
    for mark in ROW_COLUMN_MARKS:
        assert unicodedata.combining(mark) == 230
        assert not unicodedata.decomposition(mark)


def test_pictures_come_and_go_with_their_slides(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("MARK-1")
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        (picture,) = held(terminal).pictures.values()
        assert picture.image.size == (picture.columns * CELL[0], picture.rows * CELL[1])
        terminal.press("right")
        terminal.wait_for("MARK-2")
        terminal.wait_until(lambda: shows(terminal, 1), "the other picture")
        assert len(set(held(terminal).sent)) == 2
        for key, words in (("b", ""), ("o", "One"), ("?", "Next step")):
            terminal.press(key)
            terminal.wait_until(lambda words=words: terminal.shows(words) and shows(terminal, 0), "no picture")  # type: ignore[misc]
            terminal.press("b" if key == "b" else "esc")
            terminal.wait_until(lambda: shows(terminal, 1), "the picture again")
        terminal.press("right")
        terminal.wait_for("MARK-3")
        terminal.wait_until(lambda: shows(terminal, 0), "no picture")
        terminal.press("left")
        terminal.wait_until(lambda: shows(terminal, 1), "the picture again")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []
        assert held(terminal).pictures == {}


def test_the_speaker_sees_the_slide_in_pixels_and_the_next_in_characters(deck: Path) -> None:
    with present(deck, "--speaker") as terminal:
        terminal.wait_for("MARK-1")
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        terminal.press("right", "right", "right")
        terminal.wait_for("MARK-4")
        terminal.wait_until(lambda: shows(terminal, 0), "a moving picture in characters")


NEAR = {**PATIENT, "KITTY_WINDOW_ID": "1", "SSH_CONNECTION": None, "SSH_CLIENT": None, "SSH_TTY": None}


def left() -> list[Path]:
    """Return files that were made for a terminal and not deleted."""
    return [
        path
        for folder in (kitty_files.MEMORY, Path(gettempdir()))
        for path in folder.glob(f"{kitty_files.FILE_MARKER}*")
    ]


def test_a_terminal_nearby_gets_pixels_by_files_that_do_not_stay(deck: Path) -> None:
    queries = Queries("kitty(0.40.0)", graphics=True, files=True)
    before = left()
    with Terminal([sys.executable, "-m", "presenter", deck], size=(100, 32), env=NEAR, queries=queries) as terminal:
        terminal.wait_for("MARK-1")
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        (picture,) = held(terminal).pictures.values()
        assert picture.image.size == (picture.columns * CELL[0], picture.rows * CELL[1])
        assert len(queries.read) == 2, "the question and the picture"
        terminal.press("right")
        terminal.wait_for("MARK-2")
        terminal.wait_until(lambda: shows(terminal, 1), "the other picture")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert held(terminal).pictures == {}
    assert left() == before
    assert b"f=100" not in terminal.output


def test_a_terminal_that_stops_reading_files_leaves_none_behind(deck: Path) -> None:
    queries = Queries("kitty(0.40.0)", graphics=True, files=True)
    before = left()
    with Terminal([sys.executable, "-m", "presenter", deck], size=(100, 32), env=NEAR, queries=queries) as terminal:
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        queries.files = False
        terminal.press("right")
        terminal.wait_until(lambda: len(left()) > len(before), "a file that nobody reads")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
    assert left() == before


def test_a_terminal_far_away_gets_them_packed(deck: Path) -> None:
    env = {**NEAR, "SSH_CONNECTION": "10.0.0.1 5000 10.0.0.2 22"}
    with present(deck, env=env) as terminal:
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        assert b"f=100" in terminal.output
        assert b"t=t" not in terminal.output


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_takes_the_pictures_back(deck: Path, name: str) -> None:
    with present(deck) as terminal:
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        terminal.signal(signal.Signals[name])
        assert terminal.wait_exit() == 128 + signal.Signals[name]
        assert held(terminal).pictures == {}


def test_a_crash_takes_the_pictures_back(deck: Path) -> None:
    script = (
        "import sys; from presenter.ui.surface import Surface; show = Surface.show\n"
        "def broken(self, scene):\n"
        "    if scene.state.at.slide == 2: raise RuntimeError('a fault')\n"
        "    show(self, scene)\n"
        "Surface.show = broken; sys.argv[0] = 'presenter'\n"
        "from presenter.__main__ import main; main()\n"
    )
    queries = Queries("kitty(0.40.0)", graphics=True)
    with Terminal([sys.executable, "-c", script, deck], size=(100, 32), env=PATIENT, queries=queries) as terminal:
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        terminal.press("right")
        terminal.wait_for("MARK-2")
        terminal.press("right")
        assert terminal.wait_exit() == 1
        assert held(terminal).pictures == {}


def test_an_editor_gets_an_empty_terminal_and_the_pictures_come_back(deck: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nread -r line\n", encoding="utf-8")
    editor.chmod(0o755)
    with present(deck, env={"VISUAL": str(editor)}) as terminal:
        terminal.wait_until(lambda: shows(terminal, 1), "one picture")
        terminal.press("e")
        terminal.wait_until(lambda: b"\x1b[?1004l" in terminal.output, "the terminal given back")
        assert held(terminal).pictures == {}
        terminal.press("enter")
        terminal.wait_until(lambda: shows(terminal, 1), "the picture again")


def test_tmux_hands_pictures_on_when_it_is_asked_to(deck: Path) -> None:
    env = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}  # noqa: S108 - never opened
    with present(deck, "--images", "kitty", env=env, kitty_like=False) as terminal:
        terminal.wait_for("MARK-1")
        terminal.wait_until(lambda: len(held(terminal, tmux=True).pictures) == 1, "one picture")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert held(terminal, tmux=True).pictures == {}


def test_an_old_kitty_gets_sextants(deck: Path) -> None:
    queries = Queries("kitty(0.26.5)", graphics=True)
    with Terminal([sys.executable, "-m", "presenter", deck], size=(100, 32), env=PATIENT, queries=queries) as terminal:
        terminal.wait_for("MARK-1")
        terminal.wait_until(
            lambda: any("\U0001fb00" <= sign <= "\U0001fb3b" for row in terminal.screen for sign in row)
        )
        assert held(terminal).sent == []


# --- the parts


def test_pixels_are_filled_up_to_whole_cells_with_the_background() -> None:
    found = pad_to_cells(Raster(3, 2, bytes(range(18))), (2, 3), "#ff0080")
    side = bytes((255, 0, 128))
    assert (found.width, found.height) == (4, 3)
    assert found.data == bytes(range(9)) + side + bytes(range(9, 18)) + side + side * 4


def test_placeholders_are_cut_like_text(deck: Path) -> None:
    found = show(Request(deck.parent / "one.png", 20, 6), (10, 20))
    assert found is not None
    assert found.columns == row_width(found.lines[0])
    (number,) = image_numbers(found.lines)
    part = crop([Segment("ab"), *found.lines[2]], 5)
    assert [place(part[1].text[at : at + 3]) for at in (0, 3, 6)] == [(2, 0), (2, 1), (2, 2)]
    assert image_numbers([part]) == {number}
    assert image_numbers([[Segment("text")]]) == frozenset()


def test_a_picture_keeps_its_number_until_its_file_changes_and_outlives_its_file(deck: Path) -> None:
    path = deck.parent / "one.png"
    request = Request(path, 20, 6)

    def number() -> int:
        found = show(request, (10, 20))
        assert found is not None
        return next(iter(image_numbers(found.lines)))

    first = number()
    assert number() == first
    Image.new("RGB", (50, 20)).save(path)
    second = number()
    assert second != first
    Image.new("RGB", (60, 20)).save(path)
    assert imaging.renew()
    third = next(iter(image_numbers(found.lines if (found := show(request, (10, 20), patient=False)) else [])))
    assert third not in {first, second}
    path.unlink()
    assert not imaging.renew()
    assert number() == third
    with pytest.raises(PictureError):
        show(Request(path, 21, 6), (10, 20))


def test_what_was_dropped_for_want_of_room_is_packed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kitty, "MAX_PACKED_BYTES", 1)
    packed: list[Request] = []

    def pack(request: Request, cell: tuple[int, int]) -> tuple[Raster, bytes]:
        packed.append(request)
        return Raster(*cell, bytes(3 * cell[0] * cell[1])), b"png"

    post = KittyStore(pack)
    requests = [Request(Path(name), 1, 1) for name in "ab"]
    first, second = (next(iter(image_numbers(post.picture(request, (2, 4), (1,)).lines))) for request in requests)
    assert post.parcel(first) is None
    assert post.parcel(second) is not None
    found = post.parcel(first, patient=True)
    assert found is not None
    assert found.number == first
    assert packed == [*requests, requests[0]]


def test_large_pictures_go_in_pieces(deck: Path) -> None:
    found = show(Request(deck.parent / "two.png", 60, 20), (10, 20))
    assert found is not None
    made = kitty_payload(next(iter(image_numbers(found.lines))))
    assert made is not None
    sequences = list(transmit(made))
    assert len(sequences) > 10
    screen = Graphics()
    screen.feed("".join(sequences).encode())
    assert list(screen.pictures) == [made.number]


def test_without_room_for_files_pixels_are_sent_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(data: bytes) -> str:
        raise OSError(len(data))

    monkeypatch.setattr(kitty_files, "write_file", full)
    made = kitty.KittyImage(77, 2, 1, bytes(range(3 * 8)) * 100, size=(40, 20))
    written: list[str] = []
    line = [Segment(PLACEHOLDER, Style(color=f"#{made.number:06x}"))]
    assert KittyImages(written.append, lambda number: made).show([line]) == frozenset()  # noqa: ARG005
    screen = Graphics()
    screen.feed("".join(written).encode())
    assert screen.pictures[77].image.tobytes() == made.data


def test_the_terminal_is_told_nothing_twice(deck: Path) -> None:
    found = show(Request(deck.parent / "one.png", 20, 6), (10, 20))
    assert found is not None
    written: list[str] = []
    pixels = KittyImages(written.append)
    for _ in range(2):
        assert pixels.show(found.lines) == frozenset()
        pixels.prune()
    assert len(written) == 1
    pixels.show([])
    pixels.prune()
    pixels.prune()
    pixels.clear()
    assert len(written) == 2
    assert KittyImages(written.append, lambda number: None).show(found.lines) == image_numbers(found.lines)  # noqa: ARG005
    screen = Graphics()
    screen.feed("".join(written).encode())
    assert screen.pictures == {}
