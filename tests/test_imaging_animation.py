from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rich.segment import Segment

from imaging_cells import Colour, colours
from presenter import images as imaging
from presenter.images import ImageCells, ImageRow, PictureError, Request, animated_requests, draw, frames, with_frames
from presenter.images.animation import MAX_FRAMES, Animation
from presenter.images.image_cache import LruCache

COLOURS: list[Colour] = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)]


def save(path: Path, durations: list[int], loop: int | None = 0) -> Request:
    """Write an animation of one-coloured frames; return what shows it."""
    images = [Image.new("RGB", (20, 20), COLOURS[place % 4]) for place in range(len(durations))]
    options: dict[str, Any] = {} if loop is None else {"loop": loop}
    if path.suffix == ".webp":
        options["lossless"] = True
    images[0].save(path, save_all=True, append_images=images[1:], duration=durations, **options)
    return Request(path, 10, 5)


def opened(request: Request) -> Animation:
    found = frames(request)
    assert found is not None
    return found


def decoded(request: Request) -> Animation:
    found = opened(request)
    while found.advance():
        pass
    return found


def colour(animation: Animation, seconds: float) -> Colour:
    moment = animation.at(seconds)
    assert moment is not None
    return colours(moment.sheet.cells)[0][1]


def until(animation: Animation, seconds: float) -> float | None:
    moment = animation.at(seconds)
    assert moment is not None
    return moment.until


@pytest.mark.parametrize("suffix", ["gif", "png", "webp"])
def test_frames_follow_one_another_and_begin_again(tmp_path: Path, suffix: str) -> None:
    animation = decoded(save(tmp_path / f"moving.{suffix}", [100, 200, 300]))

    shown = [colour(animation, seconds) for seconds in (0, 0.09, 0.1, 0.29, 0.3, 0.59, 0.6, 0.75, 6.05)]
    assert shown == [COLOURS[place] for place in (0, 0, 1, 1, 2, 2, 0, 1, 0)]
    assert until(animation, 0) == pytest.approx(0.1)
    assert until(animation, 0.35) == pytest.approx(0.6)
    assert until(animation, 0.65) == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("suffix", "loop", "times"), [("gif", None, 1), ("gif", 1, 2), ("png", 2, 2), ("webp", 2, 2), ("png", 1, 1)]
)
def test_it_stops_on_its_last_frame(tmp_path: Path, suffix: str, loop: int | None, times: int) -> None:
    animation = decoded(save(tmp_path / f"moving.{suffix}", [100, 100], loop))

    assert animation.loops == times
    assert colour(animation, 0.2 * times - 0.15) == COLOURS[0]
    assert (colour(animation, 0.2 * times - 0.05), until(animation, 0.2 * times - 0.05)) == (COLOURS[1], None)
    assert (colour(animation, 100), until(animation, 100)) == (COLOURS[1], None)


def test_the_first_frame_is_there_before_the_last(tmp_path: Path) -> None:
    animation = opened(save(tmp_path / "moving.gif", [100, 100, 100]))

    assert animation.at(0) is None
    assert animation.advance()
    assert colour(animation, 5) == COLOURS[0]
    assert until(animation, 5) == pytest.approx(5 + 1 / 15)
    assert animation.advance()
    assert colour(animation, 0.05) == COLOURS[0]
    assert until(animation, 0.05) == pytest.approx(0.1)
    assert colour(animation, 5) == COLOURS[1]
    assert [animation.advance() for _ in range(3)] == [True, False, False]
    assert colour(animation, 0.35) == COLOURS[0]


def test_a_frame_is_the_same_sheet_while_it_is_shown(tmp_path: Path) -> None:
    animation = decoded(save(tmp_path / "moving.gif", [100, 100]))
    first, again, other = (animation.at(seconds) for seconds in (0.0, 0.05, 0.1))

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.sheet is again.sheet
    assert first.sheet is not other.sheet


def test_fast_animations_are_shown_fifteen_times_a_second(tmp_path: Path) -> None:
    animation = decoded(save(tmp_path / "fast.gif", [0] * 40))  # 20 ms each, whatever it says
    changes = []
    seconds: float | None = 0.0
    while seconds is not None and seconds < 0.8 - 1e-6:
        changes.append(seconds)
        seconds = until(animation, seconds)

    assert all(later - earlier >= 1 / 15 - 1e-6 for earlier, later in pairwise(changes))
    assert len(changes) == 10
    assert seconds == pytest.approx(0.8)


def test_two_thousand_frames_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "endless.gif"
    Image.new("P", (4, 4)).save(path)
    whole = path.read_bytes()
    frame = b"\x2c" + bytes(4) + b"\4\0\4\0\0\2\2\x44\1\0"
    path.write_bytes(whole[:-1] + frame * 2000 + b"\x3b")
    animation = opened(Request(path, 4, 2))
    steps = 0
    while animation.advance():
        steps += 1

    assert steps <= MAX_FRAMES


def test_large_ones_leave_frames_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presenter.images.animation.MAX_ANIMATION_BYTES", 7 * 50 * 4)  # four frames of 10 x 5 cells
    animation = decoded(save(tmp_path / "large.gif", [100] * 8))

    assert [colour(animation, seconds / 10) for seconds in range(8)] == [COLOURS[p] for p in (0, 0, 2, 2, 0, 0, 2, 2)]


def test_a_still_picture_has_no_frames(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    Image.new("RGB", (8, 8)).save(path)

    assert frames(Request(path, 4, 2)) is None
    with pytest.raises(PictureError, match="file not found"):
        frames(Request(tmp_path / "none.gif", 4, 2))


def test_the_deck_may_hold_it_still(tmp_path: Path) -> None:
    request = save(tmp_path / "moving.gif", [100, 100])
    still = Request(request.path, 10, 5, animate=False)

    assert frames(still) is None
    first, held = draw(request), draw(still)
    assert first is not None
    assert held is not None
    assert (first.sheet.cells.moving, held.sheet.cells.moving) == (True, False)


def test_a_broken_end_is_left_out(tmp_path: Path) -> None:
    request = save(tmp_path / "moving.png", [100, 100, 100])
    data = request.path.read_bytes()
    request.path.write_bytes(data[: data.rindex(b"fdAT") + 8])
    animation = decoded(request)

    assert {colour(animation, seconds / 10) for seconds in range(6)} == {COLOURS[0], COLOURS[1]}


def test_a_stopped_one_goes_on_with_what_it_has(tmp_path: Path) -> None:
    animation = opened(save(tmp_path / "moving.gif", [100, 100, 100]))
    animation.advance()
    animation.advance()
    animation.close()
    animation.pause()

    assert not animation.advance()
    assert [colour(animation, seconds) for seconds in (0, 0.15, 0.25)] == [COLOURS[0], COLOURS[1], COLOURS[0]]


def test_asking_again_gives_the_same_until_the_file_changes(tmp_path: Path) -> None:
    request = save(tmp_path / "moving.gif", [100, 100])
    first = frames(request)

    assert frames(request) is first
    save(tmp_path / "moving.gif", [100, 100, 100])
    assert frames(request) is not first


def test_animations_are_kept_by_what_their_frames_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imaging, "_MOVING", LruCache(6_000))
    long = save(tmp_path / "long.gif", [100] * 14)
    kept = opened(long)
    assert kept.held == 0
    short = [opened(save(tmp_path / f"{name}.gif", [100, 100])) for name in "ab"]
    assert frames(long) is kept, "as long as it is small"

    while kept.advance():
        pass

    assert kept.held == 14 * 10 * 5 * 7
    assert frames(short[1].request) is short[1], "the newest"
    assert frames(short[0].request) is not short[0]


def test_rows_turn_to_another_frame_where_they_stand(tmp_path: Path) -> None:
    request = save(tmp_path / "moving.gif", [100, 100])
    picture = draw(request)
    assert picture is not None
    words: list[Segment] = [ImageRow(ImageCells(picture.sheet.cells), 0)]  # letters have nobody who asked for them
    lines = [*picture.lines, words]
    moment = decoded(request).at(0.1)
    assert moment is not None

    assert animated_requests(lines) == (request,)
    changed = with_frames(lines, {request: moment.sheet})

    assert changed[-1] == words
    row = changed[0][0]
    assert isinstance(row, ImageRow)
    assert row.sheet is moment.sheet
    assert with_frames(changed, {request: moment.sheet})[0][0] is row
    for nothing in ({}, {Request(tmp_path / "another.gif", 1, 1): moment.sheet}):
        assert all(now is line for now, line in zip(with_frames(lines, nothing), lines, strict=True))
