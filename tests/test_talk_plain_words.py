"""What is searched is what is read: words without Markdown's marks; and notes that pause keep their lines."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from presenter.deck.load import load, load_deck
from presenter.outline.new_deck import new_deck_text
from presenter.render.inline import words_of
from presenter.session.state import Outline
from presenter.ui.views.cues import separate_cues

DECK = """\
slides:
- title: One
  points: ["a **bold** claim, `code`", "see [the page](https://example.org)"]
  notes: Say **this** now.
- {title: Two, code: "a ** b"}
"""


def test_search_shows_no_marks(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    index = Outline.of(load_deck(path)).index
    assert index.pages[0].text == "a bold claim, code\nsee the page"
    assert index.pages[0].notes == "Say this now."
    assert index.pages[1].text == "a ** b"
    (hit,) = index.find("bold claim")
    assert "*" not in "".join(index.context(hit))


@given(st.text("ab*_`[]()!# \n-1.>|~", max_size=40))
def test_any_text_has_words(text: str) -> None:
    assert "\x00" not in words_of(text)
    if text.isalpha():
        assert words_of(text) == text


def test_a_pause_ends_a_line_of_notes() -> None:
    assert separate_cues("First. [pause 3s]\nSecond.\nThird.") == "First. [pause 3s]\n\nSecond.\nThird."
    assert separate_cues("First.\n[pause] Second.") == "First.\n\n[pause] Second."
    assert separate_cues("a [pause 3s] b\nc") == "a [pause 3s] b\nc"
    assert separate_cues("```\n[pause]\nx\n```") == "```\n[pause]\nx\n```"


def test_a_new_deck_of_many_slides_repeats_none(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(new_deck_text(title="T", slides=30), encoding="utf-8")
    loaded = load(path)
    assert loaded.deck is not None
    assert loaded.problems == ()
    titles = [slide.title for slide in loaded.deck.slides if slide.title]
    assert len(titles) == len(set(titles))
    assert not any("(2)" in title for title in titles)
