from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment

from presenter.drawing.lines import width_of
from presenter.imaging import letters


def drawn(text: str, columns: int = 100, rows: int = 16) -> tuple[list[Segment], ...] | None:
    return letters(text, columns=columns, rows=rows, color="#ffffff", background="#000000")


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40), st.integers(1, 200), st.integers(1, 60)
)
def test_letters_stay_in_their_box(text: str, columns: int, rows: int) -> None:
    lines = drawn(text, columns, rows)
    if lines is not None:
        assert 4 <= len(lines) <= rows
        assert all(width_of(line) <= columns for line in lines)
        assert len({width_of(line) for line in lines}) == 1


def test_words_fill_the_box_in_one_direction() -> None:
    lines = drawn("25 million")
    assert lines is not None
    assert len(lines) >= 14 or width_of(lines[0]) >= 95


def test_letters_are_seen_on_their_background() -> None:
    colours = {
        style.bgcolor.name for line in drawn("O") or () for _, style, _ in line if style is not None and style.bgcolor
    }
    assert {"#ffffff", "#000000"} <= colours


@pytest.mark.parametrize("text", ["", "   ", "日本", "Москва", "🙂", "café", "x" * 61])
def test_what_the_font_cannot_say_is_left_to_plain_text(text: str) -> None:
    assert drawn(text) is None


def test_letters_too_small_to_help_are_left_to_plain_text() -> None:
    assert drawn("a title that is rather long for this box", 40, 6) is None


def test_asking_again_costs_nothing() -> None:
    assert drawn("Twice") is drawn("Twice")
