"""Characters that nobody sees keep no deck from being shown: they go, with a warning; and places stay right."""

from __future__ import annotations

from pathlib import Path

import pytest

from presenter.deck.ids import slug
from presenter.deck.load import load

INVISIBLE = ["\u200e", "\u200f", "\u061c", "\u2066", "\u2069", "\u202a", "\u202e", "\ufeff"]


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda character: f"U+{ord(character):04X}")
@pytest.mark.parametrize("place", ["title: {0}a", "title: a{0}", 'title: "{0}a"', "# {0}\ntitle: a", "title: a #{0}"])
def test_they_are_left_out_with_a_warning(tmp_path: Path, character: str, place: str) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(place.format(character) + "\nslides:\n- title: b\n", encoding="utf-8")
    loaded = load(path)
    assert loaded.deck is not None
    assert loaded.deck.title == "a"
    (problem,) = (problem for problem in loaded.problems if problem.rule == "L015")
    assert problem.severity == "warning"
    assert "is left out" in problem.words
    assert (problem.line, problem.column) == (1, place.split("\n", maxsplit=1)[0].index("{") + 1)


@pytest.mark.parametrize("character", ["\u2028", "\u2029"])
def test_line_separators_are_spaces(tmp_path: Path, character: str) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(f"title: a{character}b\nslides:\n- title: c\n", encoding="utf-8")
    loaded = load(path)
    assert loaded.deck is not None
    assert loaded.deck.title == "a b"
    assert "shown as a space" in loaded.problems[0].words


def test_an_error_behind_one_is_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("title: a\u200fb\nslides:\n- title: c\n  tiem: 1m\n", encoding="utf-8")
    error = next(problem for problem in load(path).problems if problem.severity == "error")
    assert (error.line, error.column) == (4, 3)


def test_letters_with_marks_of_their_own_keep_them_in_ids() -> None:
    assert slug("パパ") != slug("ハハ")
    assert slug("ガ") == slug("カ\u3099") == "ガ"
    assert slug("Überblick") == "uberblick"
