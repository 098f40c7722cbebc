"""Fonts that would take FreeType long or need much memory are refused before it sees them."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from PIL import Image, ImageFont

import letterforms
from fontfiles import font_with, joined, square
from hostile import nested
from presenter.deck.load import load
from presenter.images import PictureError
from presenter.images.letters.composite_glyphs import MAX_EXPANDED, expanded
from presenter.images.letters.font_file import load_font
from written import write


def test_the_fonts_made_here_are_fonts(tmp_path: Path) -> None:
    path = tmp_path / "own.ttf"
    path.write_bytes(nested(2, 3))
    assert expanded(path.read_bytes()) == 3 + 9
    assert load_font(path).knows("A")
    made, plain = (
        bytes(ImageFont.truetype(io.BytesIO(data), 64, layout_engine=ImageFont.Layout.BASIC).getmask("A"))
        for data in (path.read_bytes(), letterforms.font_bytes())
    )
    assert any(made)
    assert made != plain


@pytest.mark.parametrize(("depth", "parts"), [(10, 10), (3, 100), (1, MAX_EXPANDED + 1)])
def test_letters_of_letters_without_end_are_refused_at_once(tmp_path: Path, depth: int, parts: int) -> None:
    path = tmp_path / "bomb.ttf"
    path.write_bytes(nested(depth, parts))
    begin = time.process_time()
    with pytest.raises(PictureError, match=f"letters of more than {MAX_EXPANDED} parts"):
        load_font(path)
    assert time.process_time() - begin < 5, "FreeType has seen it"


def test_letters_that_are_parts_of_themselves_end(tmp_path: Path) -> None:
    number = letterforms.Font(letterforms.font_bytes()).characters()
    a, b = number["A"], number["B"]
    path = tmp_path / "round.ttf"
    path.write_bytes(font_with({a: joined([a, b, b]), b: joined([a, a])}))
    assert expanded(path.read_bytes()) <= MAX_EXPANDED
    assert not load_font(path).knows("A")
    assert load_font(path).knows("C")


@pytest.mark.parametrize("reach", [10_000, 16_000])
def test_a_huge_letter_for_what_is_missing_is_a_broken_font(tmp_path: Path, reach: int) -> None:
    path = tmp_path / "huge.ttf"
    path.write_bytes(font_with({0: square(reach)}))
    with pytest.raises(PictureError, match="a broken font"):
        load_font(path)


def test_a_huge_letter_is_one_that_the_font_does_not_have(tmp_path: Path) -> None:
    number = letterforms.Font(letterforms.font_bytes()).characters()
    path = tmp_path / "huge.ttf"
    path.write_bytes(font_with({number["A"]: square(16_000)}))
    assert not load_font(path).knows("A")
    assert load_font(path).knows("B")


@pytest.mark.parametrize("data", [nested(10, 10), font_with({0: square(16_000)})], ids=["nested", "huge"])
def test_such_a_font_is_an_error_of_the_deck(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "own.ttf").write_bytes(data)
    loaded = load(write(tmp_path, deck="theme: {font: own.ttf}\nslides: [{big: AAA}]\n"))
    (problem,) = loaded.problems
    assert problem.severity == "error"
    assert problem.line == 1
    assert "own.ttf" in problem.words
    assert loaded.deck is None


def test_files_that_are_cut_anywhere_are_left_to_freetype() -> None:
    data = nested(2, 3)
    for end in (*range(400), *range(400, len(data), 997)):
        assert expanded(data[:end]) <= MAX_EXPANDED


def test_pictures_of_letters_keep_pillows_own_limit() -> None:
    """The limit that a huge letter meets is Pillow's; were it switched off, memory would go."""
    assert Image.MAX_IMAGE_PIXELS is not None
