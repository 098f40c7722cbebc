"""Copies of pictures in memory: the next ones are kept, and a disk that is pulled out takes nothing from the talk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PIL import Image

from presenter import images
from presenter.deck.load import load_deck
from presenter.images import PictureError, Request, image_file, inspect
from presenter.images.decode import decode_to_cells
from presenter.images.file_copies import Spares
from presenter.ui.reloader import needs

GONE = OSError(errno.ENOENT, "gone")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A disk with a deck and three pictures."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "deck.yaml").write_text("slides: [{title: One}]\n", encoding="utf-8")
    for name, colour in (("a", "red"), ("b", "green"), ("c", "blue")):
        Image.new("RGB", (64, 64), colour).save(folder / f"{name}.png")
    return folder


def kept(spares: Spares, *paths: Path) -> list[bool]:
    return [spares.instead(path, OSError(errno.EIO, "no answer")) is not None for path in paths]


def test_what_is_needed_first_is_kept_as_far_as_there_is_room(stick: Path) -> None:
    a, b, c = (stick / f"{name}.png" for name in "abc")
    size = a.stat().st_size
    spares = Spares(limit=2 * size + 10)
    assert not spares.keep(stick / "deck.yaml", [a, b, c])
    assert kept(spares, a, b, c) == [True, True, False]
    assert not spares.keep(stick / "deck.yaml", [c, b, a])
    assert kept(spares, a, b, c) == [False, True, True]
    assert spares.keep(stick / "deck.yaml", [c, c])
    assert kept(spares, a, b, c) == [False, False, True]


def test_a_picture_that_is_too_large_leaves_its_room_to_the_others(stick: Path) -> None:
    a, b = stick / "a.png", stick / "b.png"
    a.write_bytes(a.read_bytes() + bytes(5000))
    spares = Spares(limit=4000)
    assert not spares.keep(stick / "deck.yaml", [a, b])
    assert kept(spares, a, b) == [False, True]


def test_nothing_is_dropped_once_the_disk_is_gone(stick: Path) -> None:
    a = stick / "a.png"
    spares = Spares()
    spares.keep(stick / "deck.yaml", [a])
    stick.rename(stick.with_name("pulled"))
    assert spares.keep(stick / "deck.yaml", [a])
    found = spares.instead(a, GONE)
    assert found is not None
    assert found.data == (stick.with_name("pulled") / "a.png").read_bytes()


def test_a_picture_that_was_deleted_alone_is_missing_and_a_changed_one_is_read_anew(stick: Path) -> None:
    a, b = stick / "a.png", stick / "b.png"
    images.keep(stick / "deck.yaml", [a, b])
    a.unlink()
    with pytest.raises(PictureError, match="file not found"):
        inspect(a)
    Image.new("RGB", (5, 7), "white").save(b)
    assert inspect(b).width == 5


def test_a_link_in_the_place_of_a_kept_picture_is_not_followed(stick: Path) -> None:
    a = stick / "a.png"
    images.keep(stick / "deck.yaml", [a])
    a.unlink()
    a.symlink_to(stick / "b.png")
    with pytest.raises(PictureError, match="became a link"):
        inspect(a)


def test_pictures_of_a_disk_that_is_gone_are_drawn_from_memory(stick: Path) -> None:
    a, b = stick / "a.png", stick / "b.png"
    expected, known = decode_to_cells(Request(b, 8, 4)), image_file.file_identity(b)
    images.keep(stick / "deck.yaml", [b])
    stick.rename(stick.with_name("pulled"))
    assert decode_to_cells(Request(b, 8, 4)) == expected
    assert image_file.file_identity(b) == known, "the caches take it for the same file"
    with pytest.raises(PictureError, match="file not found"):
        inspect(a)


def test_a_disk_that_knows_its_names_and_no_more_is_not_asked(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel answers for names of a disk that was pulled out; only reading fails."""
    a = stick / "a.png"
    images.keep(stick / "deck.yaml", [a])

    def dead(path: Path) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    expected = decode_to_cells(Request(a, 8, 4))
    monkeypatch.setattr(image_file, "open_resolved", dead)
    assert decode_to_cells(Request(a, 8, 4)) == expected
    with pytest.raises(PictureError, match="it cannot be read: Input/output error"):
        inspect(stick / "b.png")


def test_pictures_from_here_on_come_first_then_the_ones_before(stick: Path) -> None:
    (stick / "deck.yaml").write_text(
        "slides:\n" + "".join(f"  - {{title: {n}, image: {{src: {n}.png, alt: x}}}}\n" for n in "abc"), encoding="utf-8"
    )
    deck = load_deck(stick / "deck.yaml")
    assert [path.stem for path in needs(deck, 1)] == ["b", "c", "a"]
    assert [path.stem for path in needs(deck, 2)] == ["c", "b", "a"]
