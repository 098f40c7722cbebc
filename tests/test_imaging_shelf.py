from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from presenter.images import PictureError, Request, draw, renew
from presenter.images.image_cache import MAX_CELLS, MAX_READY, ImageCache, LruCache
from presenter.images.types import Cells


class Decoder:
    """Counts what it is asked for, and fails on request."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.failing = ""
        self.entered = threading.Event()
        self.go = threading.Event()
        self.go.set()

    def __call__(self, request: Request) -> Cells:
        self.asked.append(request)
        self.entered.set()
        assert self.go.wait(30)
        if self.failing:
            raise PictureError(self.failing)
        size = request.columns * request.rows
        colour = bytes([len(self.asked)]) * (3 * size)
        return Cells(request.columns, request.rows, bytes(size), " ", colour, colour)


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


@pytest.fixture
def shelf(decoder: Decoder) -> ImageCache:
    return ImageCache(decoder)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(b"one")
    return path


def test_a_picture_is_drawn_once(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    first = shelf.draw(Request(path, 8, 4), patient=True)

    assert first is not None
    assert shelf.draw(Request(path, 8, 4), patient=True) is first
    assert shelf.draw(Request(path, 8, 4), patient=False) is first
    assert len(decoder.asked) == 1


def test_the_impatient_get_nothing_before_it_is_drawn(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    assert shelf.draw(Request(path, 8, 4), patient=False) is None
    assert decoder.asked == []


def test_the_impatient_never_touch_the_disk(shelf: ImageCache, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.draw(Request(path, 8, 4), patient=True)

    def refuse(*_: object) -> None:
        raise AssertionError("the disk was touched")

    monkeypatch.setattr("os.lstat", refuse)
    monkeypatch.setattr("os.open", refuse)
    assert shelf.draw(Request(path, 8, 4), patient=False) is not None
    assert shelf.draw(Request(path, 9, 4), patient=False) is None


def test_a_changed_file_is_drawn_anew(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    first = shelf.draw(Request(path, 8, 4), patient=True)
    path.write_bytes(b"another")

    second = shelf.draw(Request(path, 8, 4), patient=True)

    assert second != first
    assert len(decoder.asked) == 2
    assert shelf.draw(Request(path, 8, 4), patient=False) is second


def test_a_drawn_picture_outlives_its_file(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    first = shelf.draw(Request(path, 8, 4), patient=True)
    assert first is not None
    path.unlink()

    for patient in (True, False):
        kept = shelf.draw(Request(path, 8, 4), patient=patient)
        assert kept is not None
        assert kept.lines == first.lines
        assert kept.remark == "file not found; shown as it was before"
    assert len(decoder.asked) == 1


def test_a_larger_box_gets_the_largest_earlier_drawing_of_a_lost_file(shelf: ImageCache, path: Path) -> None:
    for columns in (4, 8, 40):
        shelf.draw(Request(path, columns, 4), patient=True)
    path.unlink()

    kept = shelf.draw(Request(path, 20, 10), patient=True)

    assert kept is not None
    assert (kept.columns, kept.rows) == (8, 4)
    with pytest.raises(PictureError, match="file not found"):
        shelf.draw(Request(path, 2, 2), patient=True)


def test_a_file_that_breaks_is_shown_as_it_was_and_read_once(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    first = shelf.draw(Request(path, 8, 4), patient=True)
    decoder.failing = "broken file"
    path.write_bytes(b"in the middle of being saved")

    kept = [shelf.draw(Request(path, 8, 4), patient=True) for _ in range(3)]

    assert first is not None
    assert all(one is not None and one.lines == first.lines for one in kept)
    assert kept[0] is not None
    assert kept[0].remark == "broken file; shown as it was before"
    assert len(decoder.asked) == 2

    decoder.failing = ""
    path.write_bytes(b"saved")
    mended = shelf.draw(Request(path, 8, 4), patient=True)
    assert mended is not None
    assert (mended.remark, mended == first) == ("", False)
    assert shelf.draw(Request(path, 8, 4), patient=False) is mended


def test_a_failure_is_remembered_at_every_size(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    decoder.failing = "broken file"

    for patient, columns in ((True, 8), (True, 9), (False, 8), (False, 10)):
        with pytest.raises(PictureError, match="broken file"):
            shelf.draw(Request(path, columns, 4), patient=patient)

    assert len(decoder.asked) == 1


def test_a_missing_file_that_appears_is_noticed(shelf: ImageCache, path: Path) -> None:
    path.unlink()
    with pytest.raises(PictureError, match="file not found"):
        shelf.draw(Request(path, 8, 4), patient=True)
    path.write_bytes(b"here")

    assert shelf.draw(Request(path, 8, 4), patient=True) is not None
    assert shelf.draw(Request(path, 9, 4), patient=False) is None  # no failure stands in the way any more


def test_a_file_that_was_away_and_is_back_needs_no_decoding(
    shelf: ImageCache, decoder: Decoder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shelf.draw(Request(path, 8, 4), patient=True)
    with monkeypatch.context() as away:
        away.setattr("os.lstat", lambda _: path.with_name("none").stat())
        shelf.draw(Request(path, 8, 4), patient=True)

    assert shelf.draw(Request(path, 8, 4), patient=True) is first
    assert shelf.draw(Request(path, 8, 4), patient=False) is first
    assert len(decoder.asked) == 1


def test_forgetting_drops_failures_and_keeps_pictures(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    other = path.with_name("other.png")
    other.write_bytes(b"other")
    shelf.draw(Request(path, 8, 4), patient=True)
    decoder.failing = "broken file"
    with pytest.raises(PictureError):
        shelf.draw(Request(other, 8, 4), patient=True)

    shelf.forget([path, other, path.with_name("unknown.png")])

    assert shelf.draw(Request(path, 8, 4), patient=False) is not None
    assert shelf.draw(Request(other, 8, 4), patient=False) is None


def test_renewing_draws_changed_files_before_anybody_asks(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    before = [shelf.draw(Request(path, columns, 4), patient=True) for columns in (8, 9)]
    assert not shelf.renew()
    path.write_bytes(b"another")
    assert [shelf.draw(Request(path, columns, 4), patient=False) for columns in (8, 9)] == before

    assert shelf.renew()

    for columns, old in zip((8, 9), before, strict=True):
        now = shelf.draw(Request(path, columns, 4), patient=False)
        assert now is not None
        assert now != old
    assert len(decoder.asked) == 4
    assert not shelf.renew()


@pytest.mark.parametrize("gone", [True, False])
def test_renewing_keeps_a_picture_whose_file_is_gone_or_broken(
    shelf: ImageCache, decoder: Decoder, path: Path, gone: bool
) -> None:
    first = shelf.draw(Request(path, 8, 4), patient=True)
    decoder.failing = "broken file"
    path.unlink() if gone else path.write_bytes(b"half of it")

    assert shelf.renew()

    kept = shelf.draw(Request(path, 8, 4), patient=False)
    assert first is not None
    assert kept is not None
    assert kept.lines == first.lines
    assert kept.remark == ("file not found" if gone else "broken file") + "; shown as it was before"
    assert not shelf.renew()
    decoder.failing = ""
    path.write_bytes(b"whole")
    assert shelf.renew()
    mended = shelf.draw(Request(path, 8, 4), patient=False)
    assert mended is not None
    assert (mended.remark, mended == first) == ("", False)


def test_renewing_notices_a_file_that_appears(shelf: ImageCache, path: Path) -> None:
    path.unlink()
    with pytest.raises(PictureError, match="file not found"):
        shelf.draw(Request(path, 8, 4), patient=True)
    assert not shelf.renew()
    path.write_bytes(b"here")

    assert shelf.renew()
    assert shelf.draw(Request(path, 8, 4), patient=False) is None  # no failure: to be drawn by the patient


def test_threads_that_want_the_same_picture_decode_it_once(shelf: ImageCache, decoder: Decoder, path: Path) -> None:
    decoder.go.clear()
    with ThreadPoolExecutor(4) as threads:
        drawings = [threads.submit(shelf.draw, Request(path, 8, 4), patient=True) for _ in range(4)]
        assert decoder.entered.wait(30)
        assert shelf.draw(Request(path, 8, 4), patient=False) is None  # who cannot wait does not
        decoder.go.set()
        pictures = [drawing.result(30) for drawing in drawings]

    assert len(decoder.asked) == 1
    assert all(picture is pictures[0] for picture in pictures)


def test_what_is_ready_is_dropped_before_bare_cells(decoder: Decoder, path: Path) -> None:
    shelf = ImageCache(decoder)
    rows = MAX_READY // 2 // 100 + 1  # two such pictures are too many
    first = shelf.draw(Request(path, 100, rows), patient=True)
    shelf.draw(Request(path, 101, rows), patient=True)

    assert first is not None
    assert shelf.draw(Request(path, 100, rows), patient=False) is None
    again = shelf.draw(Request(path, 100, rows), patient=True)
    assert again is not None
    assert again is not first
    assert again.sheet.cells is first.sheet.cells
    assert len(decoder.asked) == 2


def test_what_is_kept_has_a_limit(decoder: Decoder, path: Path) -> None:
    shelf = ImageCache(decoder)
    rows = MAX_CELLS // 2 // 1000 + 1  # two such pictures are too many
    for columns in (1000, 1001, 1000):
        shelf.draw(Request(path, columns, rows), patient=True)

    assert len(decoder.asked) == 3


def test_recent_drops_the_oldest_use_and_counts_replaced_values_once() -> None:
    recent: LruCache[str, int] = LruCache(10)
    recent.put("a", 1, 4)
    recent.put("b", 2, 4)
    recent.put("b", 3, 6)
    assert recent.get("a") == 1
    recent.put("c", 4, 6)

    assert dict(recent) == {"a": 1, "c": 4}
    recent.put("d", 5, 100)
    assert dict(recent) == {"d": 5}


def test_real_files_go_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    with pytest.raises(PictureError, match="file not found"):
        draw(Request(path, 8, 4))
    Image.new("RGB", (16, 16), "red").save(path)
    first = draw(Request(path, 8, 4))
    path.unlink()
    assert renew()

    assert first is not None
    for patient in (False, True):
        kept = draw(Request(path, 8, 4), patient=patient)
        assert kept is not None
        assert kept.lines is first.lines


def test_pillow_is_not_loaded_before_the_first_picture() -> None:
    code = (
        "import pathlib, sys, presenter.images as imaging;"
        "imaging.draw(imaging.Request(pathlib.Path('none.png'), 8, 4), patient=False);"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'PIL', 'rich_pixels', 'textual'}))"
    )

    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=Path(__file__).parents[1]) == "[]\n"


def test_values_that_grew_push_out_the_oldest() -> None:
    recent: LruCache[str, list[int]] = LruCache(10)
    for key in "abc":
        recent.put(key, [], 1)
    kept = dict(recent)
    kept["b"] += [0] * 8
    recent.weigh(len)
    assert [key for key, _ in recent] == ["a", "b", "c"]
    kept["c"] += [0] * 3
    recent.weigh(len)

    assert [key for key, _ in recent] == ["c"]
