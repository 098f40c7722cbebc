"""Notes to be read from afar: large letters in rows of cells, and what cues and asides look like at every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from presenter.images import ImageRow
from presenter.images import LetterLook as Letters
from presenter.render.block import Line
from presenter.render.markdown import render_markdown
from presenter.render.text import row_text, row_width
from presenter.themes import THEMES
from presenter.ui.views.cues import separate_cues, style_cues
from presenter.ui.views.large_notes import LETTER_ROWS, enlarge_text
from presenter.ui.views.notes import NotesLook, excerpt

DARK = THEMES["dark"]
INK = Letters(DARK.text, DARK.background, "blocks")


def line(text: str, **style: str) -> Line:
    return [Segment(text, Style(color=style.get("color", DARK.text), bgcolor=DARK.background))]


def test_words_are_set_in_lines_of_one_height_and_wrapped() -> None:
    narrow, wide = (enlarge_text([line("one two three")], width, INK) for width in (30, 120))
    assert len(wide) == LETTER_ROWS
    assert len(narrow) == 3 * LETTER_ROWS
    assert all(any(isinstance(segment, ImageRow) for segment in row) for row in wide)


@given(st.lists(st.text(max_size=30), max_size=4), st.integers(1, 60))
def test_nothing_is_wider_than_the_pane(paragraphs: list[str], width: int) -> None:
    drawn = enlarge_text([line(text) if text else [] for text in paragraphs], width, INK)
    assert len(drawn) % LETTER_ROWS == 0
    assert all(row_width(row) <= width for row in drawn)


def test_what_letters_cannot_write_stands_there_plainly() -> None:
    rows = enlarge_text([line("one 漢字")], 80, INK)
    assert [row_text(row).endswith("漢字") for row in rows] == [False, False, False, True, False]


def test_a_paragraph_begins_further_in_and_a_point_hangs() -> None:
    def margins(*paragraphs: Line) -> list[int]:
        rows = enlarge_text(list(paragraphs), 44, INK)[3::LETTER_ROWS]
        return [len(row_text(row)) - len(row_text(row).lstrip()) for row in rows]

    first, second = margins(line("Word"), [], line("Word"))
    assert second - first == 6
    assert margins(line("• one two three four"))[1] >= 4


def test_the_words_keep_their_colours() -> None:
    rows = enlarge_text([[*line("say "), *line("[pause]", color=DARK.warn)]], 80, INK)
    said, cue = (segment.ansi for segment in rows[1] if isinstance(segment, ImageRow))
    red, green, blue = bytes.fromhex(DARK.warn.removeprefix("#"))
    assert f"{red};{green};{blue}" in cue
    assert f"{red};{green};{blue}" not in said


@pytest.mark.parametrize("height", [3, 4, 9, 18])
def test_scrolling_goes_by_whole_lines_and_reaches_the_end(height: int) -> None:
    notes = "These are words that take many lines when they are so large. " * 4
    whole = excerpt(notes, (60, 400), NotesLook(5, 0, DARK))
    seen = [excerpt(notes, (60, height), NotesLook(5, scroll, DARK)) for scroll in range(200)]
    most = seen[0].most
    assert whole.total == len(whole.lines) // LETTER_ROWS
    assert whole.most == 0
    assert seen[most].last == whole.total
    assert seen[most] == seen[most + 1]
    if height >= LETTER_ROWS:
        assert all(len(part.lines) % LETTER_ROWS == 0 for part in seen)
        rows = {id(row) for part in seen for row in part.lines}
        assert rows == {id(row) for row in excerpt(notes, (60, 400), NotesLook(5, 0, DARK)).lines}


def colours(text: str, width: int) -> dict[str, str]:
    found = style_cues(render_markdown(separate_cues(text), width, DARK).lines, DARK)
    return {
        segment.text.strip(): segment.style.color.name
        for row in found
        for segment in row
        if segment.style and segment.style.color and segment.text.strip()
    }


def test_cues_and_asides_are_coloured_to_their_end_and_no_further() -> None:
    text = (
        "Say it.\n// an aside that is so long that it wraps\nSay more. [pause\n3s] And on.\n[cue] walk to the left side"
    )
    found = colours(text, 24)
    assert found["// an aside that is so"] == found["long that it wraps"] == DARK.muted
    assert found["[cue] walk to the left"] == found["side"] == DARK.warn
    assert found["[pause 3s]"] == DARK.warn
    assert found["Say it."] == found["Say more."] == found["on."] == DARK.text
    assert colours("Say these words [pause 3s] now.", 22)["[pause"] == DARK.warn
    assert colours("Say these words [pause 3s] now.", 22)["3s]"] == DARK.warn


def test_code_in_notes_keeps_its_comments() -> None:
    text = "```c\nx();\n// a comment\ny();\n```\nGo on."
    assert separate_cues(text) == text
