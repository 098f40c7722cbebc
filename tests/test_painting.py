from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image as Pillow
from rich.cells import cell_len

from presenter import painting
from presenter.deck.model import Slide
from presenter.images import ImageRow
from presenter.layouts import Layout, PointsSlide, TextSlide, TitleSlide
from presenter.layouts.fields import Point, PointList
from presenter.painting import Frame, paint
from presenter.render.block import Block
from presenter.render.stage import Stage
from presenter.safety import is_clean
from presenter.themes import THEMES
from samples import HARD, anything, every_layout_is_here, image, layouts, slide

SIZES = [(1, 1), (2, 3), (5, 2), (10, 3), (16, 6), (40, 10), (80, 24), (120, 36), (200, 60), (500, 2), (2, 200)]


def text(frame: Frame) -> list[str]:
    return ["".join(part for part, _, _ in line) for line in frame.lines]


def assert_exact(frame: Frame, stage: Stage) -> None:
    assert len(frame.lines) == stage.height
    for line in frame.lines:
        assert sum(cell_len(part) for part, _, _ in line) == stage.width
        assert all(is_clean(part) and "\n" not in part for part, _, _ in line)
        assert all(style is not None and style.bgcolor is not None for part, style, _ in line if part)


def test_every_layout_is_painted_here() -> None:
    assert every_layout_is_here()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("words", HARD)
def test_every_layout_is_exact_at_every_size_and_step(width: int, height: int, words: str) -> None:
    for layout in layouts(words, image()):
        for step in range(layout.steps + 1):
            stage = Stage(width, height, step=step)
            frame = paint(slide(layout), stage)
            assert_exact(frame, stage)
            assert [remark for remark in frame.remarks if "could not be drawn" in remark] == []


@settings(max_examples=150, deadline=None)
@given(anything, st.integers(1, 500), st.integers(1, 200), st.integers(0, 17), st.sampled_from(list(THEMES.values())))
def test_any_text_at_any_size(words: str, width: int, height: int, which: int, theme: object) -> None:
    layout = layouts(words, image())[which]
    stage = Stage(width, height, step=layout.steps - 1, theme=theme)  # type: ignore[arg-type]
    frame = paint(slide(layout, footer=words.replace("\n", " ")), stage)
    assert_exact(frame, stage)
    assert [remark for remark in frame.remarks if "could not be drawn" in remark] == []


def test_a_slide_that_raises_becomes_a_quiet_card() -> None:
    class Broken(TitleSlide, frozen=True, kw_only=True):
        def draw(self, stage: Stage) -> Block:
            raise ZeroDivisionError(f"at \x1b[2J {stage.width}")

    frame = paint(slide(Broken(title="Mine"), label="12"), Stage(30, 9))
    assert_exact(frame, Stage(30, 9))
    assert any("12 · Mine" in row for row in text(frame))
    assert not any("Zero" in row for row in text(frame))
    assert frame.remarks == ("this slide could not be drawn (ZeroDivisionError: at ␛[2J 26)",)


def test_what_does_not_fit_is_tightened_before_it_is_cut() -> None:
    points = PointList(Point(f"point {number}") for number in range(12))
    layout = PointsSlide(title="Many", points=points)
    airy, tight = paint(slide(layout), Stage(80, 36)), paint(slide(layout), Stage(80, 20))
    assert airy.lost == tight.lost == 0
    first, second = (next(i for i, row in enumerate(text(airy)) if f"point {n}" in row) for n in (0, 1))
    assert second - first == 2
    first, second = (next(i for i, row in enumerate(text(tight)) if f"point {n}" in row) for n in (0, 1))
    assert second - first == 1


def test_what_is_cut_is_marked_and_counted() -> None:
    points = PointList(Point(f"point {number}") for number in range(40))
    frame = paint(slide(PointsSlide(points=points), footer=""), Stage(80, 24))
    rows = text(frame)
    assert rows[-1].strip() == "⋯ ⋯ ⋯"
    assert frame.lost == 40 - 23
    assert "point 22" in rows[-2]


def test_a_short_slide_is_not_marked() -> None:
    frame = paint(slide(TextSlide(title="One", body="short")), Stage(80, 24))
    assert not frame.lost
    assert not any("⋯" in row for row in text(frame))


def test_steps_show_one_part_after_the_other_without_moving_the_rest() -> None:
    layout = PointsSlide(points=PointList((Point("one"), Point("two"), Point("three"))), reveal=True)
    frames = [text(paint(slide(layout), Stage(60, 20, step=step))) for step in range(3)]
    where = [[i for i, row in enumerate(rows) if row.strip().startswith("•")] for rows in frames]
    assert [len(found) for found in where] == [1, 2, 3]
    assert where[2][:2] == where[1]
    assert where[1][:1] == where[0]


def test_a_step_too_far_shows_the_last() -> None:
    one = slide(PointsSlide(points=PointList((Point("one"), Point("two"))), reveal=True))
    assert paint(one, Stage(40, 10, step=99)) is paint(one, Stage(40, 10, step=1))


def test_frames_are_cached_by_slide_and_stage() -> None:
    one, other = slide(TitleSlide(title="A")), slide(TitleSlide(title="A"))
    assert paint(one, Stage(40, 10)) is paint(one, Stage(40, 10, patient=False))
    assert paint(one, Stage(40, 10)) is not paint(other, Stage(40, 10))
    before = paint(one, Stage(40, 10))
    painting.clear_frame_cache()
    assert paint(one, Stage(40, 10)) is not before


def test_a_frame_begun_before_pictures_changed_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    one = slide(TitleSlide(title="A"))
    draw = TitleSlide.draw

    def drawn(self: TitleSlide, stage: Stage) -> Block:
        painting.clear_frame_cache()  # as another thread does, just now
        return draw(self, stage)

    monkeypatch.setattr(TitleSlide, "draw", drawn)
    before = paint(one, Stage(40, 10))
    monkeypatch.setattr(TitleSlide, "draw", draw)

    assert paint(one, Stage(40, 10)) is not before
    assert paint(one, Stage(40, 10)) is paint(one, Stage(40, 10))


def test_the_cache_has_a_bound() -> None:
    stage = Stage(100, 20)
    first = slide(TitleSlide(title="first"))
    before = paint(first, stage)
    weight = sum(map(len, before.lines))
    for number in range(painting.FRAME_CACHE_SEGMENTS // weight + 1):
        paint(slide(TitleSlide(title="first", byline=str(number))), stage)
    assert paint(first, stage) is not before


def test_a_missing_picture_is_its_alt_text_and_a_remark() -> None:
    for layout in layouts("words", image(alt="a red door")):
        pictures = list(layout.pictures())
        frame = paint(slide(layout), Stage(120, 36, step=layout.steps - 1))
        assert bool(pictures) == any("a red door" in row for row in text(frame))
        assert bool(pictures) == any("missing.png" in remark for remark in frame.remarks)
        assert not any("missing.png" in row for row in text(frame))


def test_an_impatient_stage_leaves_room_for_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "red.png"
    Pillow.new("RGB", (60, 40), "#ff0000").save(path)
    one = slide(next(layout for layout in layouts("words", image("red.png", path)) if layout.name == "image"))
    first = paint(one, Stage(80, 24, patient=False))
    assert first.pending
    assert_exact(first, Stage(80, 24))
    patient = paint(one, Stage(80, 24))
    assert not patient.pending
    assert patient.lines != first.lines
    assert paint(one, Stage(80, 24, patient=False)) is patient


def test_the_footer_stands_at_the_bottom_and_gives_way() -> None:
    for size, seen in (((80, 24), True), ((120, 36), True), ((200, 60), True), ((80, 7), False)):
        rows = text(paint(slide(TitleSlide(title="T"), footer="the foot"), Stage(*size)))
        found = [i for i, row in enumerate(rows) if "the foot" in row]
        assert bool(found) == seen
        assert not found or found[0] >= size[1] - 3


def test_threads_may_paint_at_once() -> None:
    slides: list[Slide] = [slide(layout) for layout in layouts("words to wrap over several rows", image())]
    failures: list[str] = []

    def work() -> None:
        for one in slides:
            for width in range(20, 60, 3):
                frame = paint(one, Stage(width, 12))
                failures.extend(remark for remark in frame.remarks if "could not" in remark)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_pictures_off_shows_alt_texts() -> None:
    layout: Layout = next(layout for layout in layouts("w", image(alt="a blue gate")) if layout.name == "image")
    frame = paint(slide(layout), Stage(80, 24, images="off"))
    assert any("a blue gate" in row for row in text(frame))
    assert not frame.remarks


def test_a_long_title_is_shown_whole_or_counted() -> None:
    words = [f"word{number}" for number in range(40)]
    layout = PointsSlide(title=" ".join(words), points=PointList((Point("a point"),)))
    for size in ((80, 24), (40, 8)):
        frame = paint(slide(layout), Stage(*size))
        shown = " ".join(text(frame)).split()
        assert frame.lost or [word for word in shown if word.startswith("word")] == words
        assert bool(frame.lost) == any("⋯" in row for row in text(frame))


def test_a_long_caption_is_cut_with_a_mark_and_counted() -> None:
    wordy = replace(image(), caption="many words " * 100)
    for name, size in (("image", (80, 24)), ("gallery", (120, 36)), ("split", (80, 24))):
        layout = next(layout for layout in layouts("w", wordy) if layout.name == name)
        frame = paint(slide(layout), Stage(*size, step=layout.steps - 1))
        assert frame.lost
        assert any("…" in row for row in text(frame))


def test_credits_are_seen_in_a_split_at_the_reference_size() -> None:
    split = next(layout for layout in layouts("w", image(credit="owed to me")) if layout.name == "split")
    assert any("owed to me" in row for row in text(paint(slide(split), Stage(80, 24))))


def test_titles_are_large_where_there_is_room_and_plain_where_rows_are_short() -> None:
    def plain(stage: Stage, count: int = 3, title: str = "A **short** title") -> bool:
        points = PointList(Point(f"point {number}") for number in range(count))
        return any("title" in row for row in text(paint(slide(PointsSlide(title=title, points=points)), stage)))

    large, medium, small = (Stage(*size, images="blocks") for size in ((200, 60), (120, 36), (80, 24)))
    assert not plain(large)
    assert not plain(medium)
    assert plain(small)
    assert plain(dataclasses.replace(medium, big_letters=False))
    assert not plain(medium, count=11)
    assert plain(medium, count=13)  # the points keep their air, the title gives way
    assert plain(large, count=22)
    assert plain(medium, title="一 title")


@pytest.mark.parametrize("words", ["a few words", "many words " * 12, "line\n" * 12])
@pytest.mark.parametrize("size", [(80, 30), (100, 33), (120, 36), (120, 44), (200, 60)])
def test_large_titles_push_nothing_off_and_stay_from_step_to_step(words: str, size: tuple[int, int]) -> None:
    for layout in layouts(words, image()):
        one = slide(replace(layout, title="A short title"))
        stages = [Stage(*size, step=step, images="blocks") for step in range(layout.steps)]
        frames = [paint(one, stage) for stage in stages]
        plain = [paint(one, dataclasses.replace(stage, big_letters=False)) for stage in stages]
        assert [frame.lost for frame in frames] == [frame.lost for frame in plain]
        letters = [
            [segment for row in frame.rows for segment in row if isinstance(segment, ImageRow)] for frame in frames
        ]
        assert all(found == letters[0] for found in letters)


def test_large_titles_show_no_marks_of_emphasis() -> None:
    one, other = (
        paint(slide(TextSlide(title=title, body="same")), Stage(200, 60, images="blocks"))
        for title in ("A **short** title", "A short title")
    )
    assert one.lines == other.lines


def test_pictures_are_rows_until_somebody_wants_their_segments(tmp_path: Path) -> None:
    path = tmp_path / "stripes.png"
    Pillow.effect_noise((60, 40), 90).save(path)
    one = slide(next(layout for layout in layouts("words", image("stripes.png", path)) if layout.name == "image"))
    frame = paint(one, Stage(80, 24, images="octant"))

    rows = [segment for line in frame.rows for segment in line if isinstance(segment, ImageRow)]
    assert rows
    assert not any(isinstance(segment, ImageRow) for line in frame.lines for segment in line)
    assert_exact(frame, Stage(80, 24))
    assert frame.lines is frame.lines


def test_captions_are_seen_in_galleries_of_six_and_three_pictures_stand_in_a_row() -> None:
    gallery = next(layout for layout in layouts("w", image()) if layout.name == "gallery")
    for count, rows in ((6, 2), (3, 1)):
        captions = [f"picture {number}" for number in range(count)]
        images = tuple(replace(image(), caption=caption) for caption in captions)
        lines = text(paint(slide(replace(gallery, images=images, reveal=False)), Stage(80, 24)))
        found = [[caption for caption in captions if caption in row] for row in lines]
        assert sum(map(len, found)) == count
        assert len(list(filter(None, found))) == rows


@pytest.mark.parametrize(
    ("size", "caption", "rows"), [((120, 36), "c" * 50, 1), ((80, 24), "c" * 24, 1), ((80, 24), "c" * 60, 2)]
)
def test_words_broader_than_their_picture_stay_together_below_its_middle(
    tmp_path: Path, size: tuple[int, int], caption: str, rows: int
) -> None:
    path = tmp_path / "a.png"
    Pillow.new("RGB", (6, 4), "#800000").save(path)
    owner = "o" * 37
    words = replace(image("a.png", path, credit=owner), caption=caption)
    shown = next(layout for layout in layouts("w", words) if layout.name == "image")
    said = [row for row in text(paint(slide(shown), Stage(*size))) if "ccc" in row or "ooo" in row]
    assert len(said) == rows
    left, right = (min(len(row) - len(strip(row)) for row in said) for strip in (str.lstrip, str.rstrip))
    assert abs(left - right) <= 1
    assert left > 4  # the slide's own margin, where its title begins


def test_a_credit_broader_than_its_picture_ends_where_the_picture_does(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Pillow.new("RGB", (6, 4), "#800000").save(path)
    words = replace(image("a.png", path, credit="ooo " * 10), caption="")
    split = next(layout for layout in layouts("w", words) if layout.name == "split")
    said = [row for row in text(paint(slide(split), Stage(80, 24))) if "ooo" in row]
    assert len(said) > 1
    assert len({len(row.rstrip()) for row in said}) == 1
