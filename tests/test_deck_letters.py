"""`big_letters:` of decks, sections and slides, and the font of a theme."""

from __future__ import annotations

from pathlib import Path

import pytest

import letterforms
from presenter.check.engine import check_deck
from presenter.deck.load import load
from presenter.images import ImageRow
from presenter.painting import paint
from presenter.render.stage import Stage
from presenter.themes import THEMES, ansi16, with_colors_of
from written import write


def font(folder: Path, name: str = "own.ttf") -> None:
    (folder / name).write_bytes(letterforms.font_bytes())


def large(path: Path, stage: Stage | None = None) -> list[bool]:
    deck = load(path).deck
    assert deck is not None
    frames = [paint(slide, stage or Stage(120, 36, theme=deck.theme, images="blocks")) for slide in deck.slides]
    return [any(isinstance(segment, ImageRow) for row in frame.rows for segment in row) for frame in frames]


def test_large_letters_are_left_away_in_a_deck_a_section_or_a_slide(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        deck="""\
        sections:
          - title: One
            slides: [{title: A, body: a}, {title: B, body: b, big_letters: false}, {big: C}]
          - title: Two
            defaults: {big_letters: false}
            slides: [{title: D, body: d}, {big: E}, {title: F, body: f, big_letters: true}]
        """,
    )
    assert large(path) == [True, False, True, False, False, True]
    path.write_text("big_letters: false\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert large(path) == [False, False, False, False, False, True]


def test_big_letters_are_true_or_false(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, deck="big_letters: small\nslides: [{title: A}]\n"))
    (problem,) = loaded.problems
    assert (problem.line, problem.words) == (1, 'expected true or false, not "small"')


def test_titles_are_drawn_with_the_font_of_the_theme(tmp_path: Path) -> None:
    font(tmp_path)
    path = write(tmp_path, deck='theme: {font: own.ttf, accent: "#ff8800"}\nslides: [{big: Sharp}]\n')
    deck = load(path).deck
    assert deck is not None
    assert deck.theme.font == tmp_path / "own.ttf"
    assert tmp_path / "own.ttf" in deck.files
    with_font, without = (
        paint(deck.slides[0], Stage(120, 36, theme=theme, images="blocks"))
        for theme in (deck.theme, with_colors_of(THEMES["dark"], THEMES["light"]))
    )
    assert with_font.lines != without.lines
    assert check_deck(path).problems == ()


def test_other_colours_keep_the_font(tmp_path: Path) -> None:
    font(tmp_path)
    deck = load(write(tmp_path, deck="theme: {base: light, font: own.ttf}\nslides: [{title: A}]\n")).deck
    assert deck is not None
    other = with_colors_of(deck.theme, THEMES["light"])
    assert (other.font, other.background) == (deck.theme.font, THEMES["light"].background)
    assert with_colors_of(deck.theme, None) is deck.theme
    assert ansi16(other).font == deck.theme.font
    assert ansi16(other) is ansi16(other)  # what is kept for a theme goes by the object


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("gone.ttf", '"gone.ttf": file not found'),
        (
            "../own.ttf",
            '"../own.ttf" is outside the deck\'s folder; put the file there, or allow it with --allow-outside',
        ),
        ("/own.ttf", '"/own.ttf" is outside the deck\'s folder; put the file there, or allow it with --allow-outside'),
        (".", '".": not a regular file (a folder)'),
        (
            "deck.yaml",
            '"deck.yaml": not a font; TrueType and OpenType files (.ttf, .otf, .ttc) can be used',
        ),
        ("[a]", "expected the path of a font file in the deck's folder"),
        (
            "https://x.org/f.ttf",
            '"https://x.org/f.ttf" is an address on the network; a deck shows files only, so save it here',
        ),
    ],
)
def test_a_font_that_cannot_be_used_is_an_error_where_it_is_named(tmp_path: Path, named: str, words: str) -> None:
    (tmp_path / "deck").mkdir()
    font(tmp_path)
    path = write(tmp_path / "deck", deck=f"theme:\n  base: dark\n  font: {named}\nslides: [{{title: A}}]\n")
    loaded = load(path)
    assert loaded.deck is None
    (problem,) = loaded.problems
    assert (problem.severity, problem.line, problem.column, problem.words) == ("error", 3, 9, words)


def test_an_empty_font_is_none(tmp_path: Path) -> None:
    deck = load(write(tmp_path, deck="theme:\n  base: dark\n  font:\nslides: [{title: A}]\n")).deck
    assert deck is not None
    assert deck.theme.font is None


def test_a_font_outside_may_be_allowed(tmp_path: Path) -> None:
    (tmp_path / "deck").mkdir()
    font(tmp_path)
    path = write(tmp_path / "deck", deck="theme: {font: ../own.ttf}\nslides: [{title: A}]\n")
    deck = load(path, allow_outside=True).deck
    assert deck is not None
    assert deck.theme.font == tmp_path / "own.ttf"
