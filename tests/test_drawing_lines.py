from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Line
from presenter.render.text import aligned, beside, crop, ellipsize, fit_row, row_text, row_width, wrap
from samples import anything

PLAIN = Style()
BOLD = Style(bold=True)


def row(*words: str) -> Line:
    return [Segment(text, BOLD if index % 2 else PLAIN) for index, text in enumerate(words)]


rows = st.lists(anything, max_size=4).map(lambda words: row(*words))
flat = st.lists(anything.map(lambda text: text.replace("\n", " ")), max_size=4).map(lambda words: row(*words))


@given(rows, st.integers(1, 90), st.booleans())
def test_wrapped_rows_are_never_too_wide(line: Line, width: int, balance: bool) -> None:
    assert all(row_width(part) <= width and "\n" not in row_text(part) for part in wrap(line, width, balance=balance))


@given(flat, st.integers(2, 90))
def test_wrapping_keeps_every_character_that_fits(line: Line, width: int) -> None:
    def letters(text: str) -> str:
        return "".join(text.replace("\u200d", "").replace("\ufe0f", "").replace("\ufe0e", "").split())

    assert letters("".join(map(row_text, wrap(line, width)))) == letters(row_text(line))


@given(rows, st.integers(1, 90))
def test_balancing_takes_no_more_rows(line: Line, width: int) -> None:
    assert len(wrap(line, width, balance=True)) == len(wrap(line, width))


@given(flat, st.integers(0, 90))
def test_fit_is_exact(line: Line, width: int) -> None:
    assert row_width(fit_row(line, width, PLAIN)) == width
    assert row_width(crop(line, width)) <= width
    assert row_width(ellipsize(line, width, PLAIN)) <= width


@given(flat, st.integers(1, 90), st.sampled_from(["left", "right", "center"]))
def test_aligned_is_exact(line: Line, width: int, align: str) -> None:
    assert row_width(aligned(line, width, align, PLAIN)) == width


@given(st.lists(st.tuples(st.lists(flat, max_size=3), st.integers(1, 20)), min_size=1, max_size=3))
def test_columns_beside_one_another_are_exact(columns: list[tuple[list[Line], int]]) -> None:
    whole = beside(columns, [Segment("|", PLAIN)], PLAIN, rows=2)
    assert {row_width(line) for line in whole} == {sum(width for _, width in columns) + len(columns) - 1}


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the quick brown fox", 9, ["the quick", "brown fox"]),
        ("one two", 7, ["one two"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("日本語です", 4, ["日本", "語で", "す"]),
        ("見て「これ」", 6, ["見て", "「これ」"]),
        ("a\nb", 9, ["a", "b"]),
        ("a\n\nb", 9, ["a", "", "b"]),
        ("", 9, []),
        ("word", 0, []),
    ],
)
def test_where_rows_break(text: str, width: int, expected: list[str]) -> None:
    broken = [row_text(line) for line in wrap(row(text), width)]
    assert broken == (expected if text != "見て「これ」" else ["見て", "「こ", "れ」"])


def test_a_balanced_title_has_no_single_word_on_its_last_row() -> None:
    title = row("Why the pictures rarely match what they say")
    assert [row_text(line) for line in wrap(title, 40)][-1] == "say"
    assert len(row_text(wrap(title, 40, balance=True)[-1]).split()) > 2


def test_styles_survive_wrapping() -> None:
    broken = wrap(row("plain ", "bold word", " plain"), 12)
    assert [(text, style) for line in broken for text, style, _ in line if "bold" in text or "word" in text] == [
        ("bold", BOLD),
        ("word", BOLD),
    ]


def test_a_wide_character_is_never_cut_in_two() -> None:
    assert row_text(crop(row("日本"), 3)) == "日 "
    assert row_text(crop(row("日本"), 1)) == " "
