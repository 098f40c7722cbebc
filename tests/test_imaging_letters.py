from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment

from imaging_cells import dots_of
from presenter.drawing.lines import width_of
from presenter.imaging import MODES, Box, Depth, Look, letters, plain
from presenter.imaging.light import luminance


def drawn(text: str, columns: int = 100, rows: int = 16) -> tuple[list[Segment], ...] | None:
    return letters(text, Look("#ffffff", "#000000"), Box(columns, rows))


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40), st.integers(1, 200), st.integers(1, 60)
)
def test_letters_stay_in_their_box(text: str, columns: int, rows: int) -> None:
    lines = drawn(text, columns, rows)
    if lines is not None:
        assert 0 < len(lines) <= rows
        assert all(width_of(line) <= columns for line in lines)
        assert len({width_of(line) for line in lines}) == 1


def test_words_fill_the_box_in_one_direction() -> None:
    lines = drawn("25 million")
    assert lines is not None
    assert len(lines) >= 14 or width_of(lines[0]) >= 95


def test_letters_are_seen_on_their_background() -> None:
    colours = {
        style.bgcolor.name
        for line in plain(drawn("O") or ())
        for _, style, _ in line
        if style is not None and style.bgcolor
    }
    assert {"#ffffff", "#000000"} <= colours


@pytest.mark.parametrize("text", ["", "   ", "日本", "Москва", "🙂", "café", "x" * 61])
def test_what_the_font_cannot_say_is_left_to_plain_text(text: str) -> None:
    assert drawn(text) is None


def test_letters_too_small_to_help_are_left_to_plain_text() -> None:
    assert drawn("a title that is rather long for this box", 40, 6) is None


def test_asking_again_costs_nothing() -> None:
    assert drawn("Twice") is drawn("Twice")


@pytest.mark.parametrize("mode", MODES)
def test_finer_modes_make_smaller_letters(mode: str) -> None:
    small = letters("Who pays for it?", Look("#ffffff", "#000000", mode), Box(60, 4, lines=1))
    assert (small is None) == (mode == "half")


def test_even_letters_stand_at_one_height_whatever_the_words() -> None:
    look = Look("#ffffff", "#000000", "quad")
    drawn_words = [letters(words, look, Box(104, 31, 8, lines=1, even=True)) for words in ("one", "Why", "happy")]

    assert [len(lines or ()) for lines in drawn_words] == [4, 4, 4]
    last = [plain(lines or ())[3] for lines in drawn_words]
    inked = [sum(len(text) for text, style, _ in line if style and style.color) for line in last]
    assert inked[0] < inked[2]  # what hangs below the baseline


def test_dark_letters_are_as_heavy_as_light_ones() -> None:
    def share(ink: str, paper: str) -> float:
        lines = letters("The far bank", Look(ink, paper, "half"), Box(100, 10, 10))
        assert lines is not None
        values = [colour for row in dots_of(lines) for colour in row]
        return sum(abs(red - int(paper[1:3], 16)) for red, _, _ in values) / len(values) / 255

    assert share("#000000", "#ffffff") > 0.8 * share("#ffffff", "#000000")


@pytest.mark.parametrize("depth", ["truecolor", "grey"])
@pytest.mark.parametrize(("ink", "paper"), [("#ffffff", "#14161b"), ("#1a1a1a", "#fbf9f4"), ("#ff8800", "#002244")])
@pytest.mark.parametrize("mode", ["quad", "blocks", "sextant", "octant"])
def test_there_are_no_faint_boxes_around_letters(mode: str, ink: str, paper: str, depth: Depth) -> None:
    lines = letters("She would rather", Look(ink, paper, mode, depth), Box(100, 6, lines=1))
    assert lines is not None
    styles = [style for line in plain(lines) for _, style, _ in line if style is not None]
    levels = {colour.triplet for style in styles for colour in (style.color, style.bgcolor) if colour}
    lights = [luminance(triplet.hex) for triplet in levels if triplet is not None]
    empty, full = luminance(paper), luminance(ink)
    shares = [(light - empty) / (full - empty) for light in lights]
    assert min(shares) == pytest.approx(0, abs=0.01)
    assert max(shares) == pytest.approx(1, abs=0.01)
    assert not [share for share in shares if 0.02 < share < 0.14 or 0.83 < share < 0.98]


def test_letters_of_a_palette() -> None:
    lines = letters("Sixteen", Look("#ffffff", "#000000", "octant", "16"), Box(80, 10))
    assert lines is not None
    styles = [style for line in plain(lines) for _, style, _ in line]
    assert {style.bgcolor.number for style in styles if style and style.bgcolor} <= set(range(16))


def test_no_more_lines_than_asked() -> None:
    one = letters("a few words here", Look("#ffffff", "#000000"), Box(100, 30, lines=1))
    three = letters("a few words here", Look("#ffffff", "#000000"), Box(100, 30))
    assert one is not None
    assert three is not None
    assert len(one) < len(three)
