"""Text made harmless."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from presenter.safety import MAX_MARKS, clean, clean_line, is_clean

FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\x00\x07\x1b\t\r\n\x7f\x85\x9b\u0301\u200d\u200e\u202e\u2028\ufeff\ud800\U000e0041aé日👩 "),
        st.characters(),
    )
)

CASES = [
    ("X01 clipboard", "\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
    ("X01 title", "\x1b]0;x\x1b\\", "␛]0;x␛\\"),
    ("X01 clear", "\x1b[2J", "␛[2J"),
    ("X01 C1 CSI", "\x9b2J", "�2J"),
    ("X01 delete", "a\x7f", "a␡"),
    ("nul", "\0", "␀"),
    ("X05 bidi override", "a\u202eb", "ab"),
    ("bidi isolate", "\u2066a\u2069", "a"),
    ("line separators", "a\u2028b\u2029c\x85d", "a b c�d"),
    ("line ends", "a\r\nb\rc\n", "a\nb\nc\n"),
    ("tabs", "\ta\tb\n\tc", "    a   b\n    c"),
    ("surrogate", "a\udcffb", "a�b"),
    ("tag characters", "\U000e0061", "�"),
    ("zero width joiner stays", "👩\u200d💻", "👩\u200d💻"),
    ("right to left stays", "שלום", "שלום"),
    ("X03 markup stays", "[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
]


@pytest.mark.parametrize(("text", "shown"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_what_is_unsafe_becomes_a_symbol(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_too_many_marks_on_one_character_are_cut() -> None:
    assert clean("a" + "\u0301" * 50 + "b") == "a" + "\u0301" * MAX_MARKS + "b"


@given(text=NASTY)
@example(text="\r\n\r\x1b")
@example(text="\u0301" * 30)
def test_nothing_forbidden_is_left_and_twice_is_once(text: str) -> None:
    once = clean(text)
    assert not FORBIDDEN.search(once)
    assert clean(once) == once
    assert is_clean(once)
    once.encode("utf-8")


@given(text=NASTY)
def test_a_line_is_one_line_without_forbidden_characters(text: str) -> None:
    line = clean_line(text)
    assert not FORBIDDEN.search(line)
    assert "\n" not in line
    assert line == line.strip()
    assert clean_line(line) == line


@given(text=st.text(alphabet=st.characters(codec="ascii", min_codepoint=32, max_codepoint=126)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert is_clean(text)


@given(text=st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufffe\uffff")))
def test_letters_of_all_scripts_stay_as_they_are(text: str) -> None:
    assert clean(text) == text
    assert unicodedata.normalize("NFC", clean(text)) == unicodedata.normalize("NFC", text)
