from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Line
from presenter.render.code import known_language, render_code
from presenter.render.inline import plain_text, render_inline, shown_target
from presenter.render.markdown import MEASURE, render_markdown
from presenter.render.styles import text_styles
from presenter.render.table import NARROWEST, column_widths, render_table
from presenter.render.text import row_text, row_width
from presenter.safety import is_clean
from presenter.themes import DEFAULT
from samples import anything

INK = text_styles(DEFAULT)


def drawn(text: str, width: int = 60) -> list[str]:
    return [row_text(line).rstrip() for line in render_markdown(text, width, DEFAULT).lines]


def cell(text: str) -> Line:
    return [Segment(text, INK.base)]


@settings(max_examples=300, deadline=None)
@given(anything, st.integers(1, 120))
def test_rows_are_never_wider_than_asked_for_and_always_clean(text: str, width: int) -> None:
    for line in render_markdown(text, width, DEFAULT).lines:
        assert is_clean(row_text(line))
        assert "\n" not in row_text(line)
        assert row_width(line) <= max(width, 8), "only list marks may stand out of a very narrow box"


@pytest.mark.parametrize(
    ("markdown", "rows"),
    [
        ("one\ntwo", ["one two"]),
        ("one  \ntwo", ["one", "two"]),
        ("a\n\nb", ["a", "", "b"]),
        ("- a\n- b\n  - c", ["• a", "• b", "  \N{EN DASH} c"]),
        ("- a\n\n- b", ["• a", "", "• b"]),
        ("9. a\n10. b", [" 9. a", "10. b"]),
        ("- [ ] open\n- [x] **done** it", ["☐ open", "☑ done it"]),
        ("> said", ["▌ said"]),
        ("# Head", ["Head"]),
        ("---", ["─" * 60]),
        ("[text](https://example.org/a/)", ["text (example.org/a)"]),
        ("<https://example.org/a>", ["https://example.org/a"]),
        ("[x](javascript:alert)", ["[x](javascript:alert)"]),
        ("![a map](map.png)", ["[a map]"]),
        ("<b>bold</b> &amp; &lt;", ["<b>bold</b> & <"]),
        ("[/] [b] [@click=quit]x[/]", ["[/] [b] [@click=quit]x[/]"]),
        ("|a|b|\n|-|-:|\n|x|1|", ["a   b", "─────", "x   1"]),
        ("", []),
    ],
)
def test_markdown(markdown: str, rows: list[str]) -> None:
    assert drawn(markdown) == rows


def test_character_references_cannot_smuggle_control_characters() -> None:
    assert all(is_clean(row) for row in drawn("&#27;[2J &#x9b; &#x202e;abc `&#27;` [a&#27;](b&#x1b;c)"))


def test_prose_keeps_to_its_measure_and_tables_may_not() -> None:
    assert max(map(len, drawn("word " * 60, width=200))) <= MEASURE
    wide = "|" + "|".join(["column with a long name"] * 5) + "|\n|" + "-|" * 5
    assert max(map(len, drawn(wide, width=200))) > MEASURE


def test_emphasis_is_a_style_not_a_mark() -> None:
    line = render_inline("a **b** *c* ~~d~~ `e`", INK.base, DEFAULT)
    styles = {text: style for text, style, _ in line if style}
    assert styles["b"].bold
    assert styles["c"].italic
    assert styles["d"].strike
    assert styles["e"].bgcolor is not None
    assert styles["e"].bgcolor.name == DEFAULT.panel


def test_plain_takes_the_marks_off() -> None:
    assert plain_text("**a** [b](c) `d`") == "a b d"


@pytest.mark.parametrize(
    ("href", "shown"),
    [("https://a.b/", "a.b"), ("http://a.b/c", "a.b/c"), ("mailto:me@a.b", "me@a.b"), ("a\x1b", "a␛")],
)
def test_addresses_are_shown_short_and_clean(href: str, shown: str) -> None:
    assert shown_target(href) == shown


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8), st.integers(1, 200))
def test_columns_share_the_room(natural: list[int], room: int) -> None:
    given_widths = column_widths(natural, room)
    assert all(width >= 1 for width in given_widths)
    assert sum(given_widths) <= max(room, NARROWEST * len(natural))
    if sum(max(1, width) for width in natural) <= room:
        assert given_widths == [max(1, width) for width in natural]


def test_numbers_go_right_unless_the_deck_says_otherwise() -> None:
    rows = [[cell("a"), cell("1.5")], [cell("b"), cell("22")]]
    assert [row_text(line).rstrip() for line in render_table([], rows, 40, INK)] == ["a   1.5", "b    22"]
    left = render_table([], rows, 40, INK, align=["left", "left"])
    assert [row_text(line).rstrip() for line in left] == ["a   1.5", "b   22"]


def test_rows_to_come_keep_their_room() -> None:
    rows = [[cell("a")], [cell("b")]]
    assert [row_text(line).strip() for line in render_table([], rows, 20, INK, shown=1)] == ["a", ""]


def test_long_cells_wrap_in_their_column() -> None:
    lines = render_table([], [[cell("short"), cell("a rather long cell that has to wrap")]], 24, INK)
    assert len(lines) > 1
    assert all(row_width(line) <= 24 for line in lines)


def test_code_is_coloured_numbered_and_cut_with_a_mark() -> None:
    block = render_code("def f():\n    return 'x' * 100\n", 20, DEFAULT, language="python", numbers=True, air=0)
    rows = [row_text(line) for line in block.lines]
    assert rows[0].startswith(" 1  def f():")
    assert rows[1].rstrip().endswith("…")
    assert block.remarks == ("the longest line of code is 5 cells too wide",)
    colours = {style.color.name for line in block.lines for _, style, _ in line if style and style.color}
    assert DEFAULT.keyword in colours
    assert DEFAULT.function in colours


def test_lines_that_are_not_lit_step_back() -> None:
    block = render_code("a = 1\nb = 2", 30, DEFAULT, language="python", lit={2}, air=0)
    first, second = ({style.color.name for _, style, _ in line if style and style.color} for line in block.lines)
    assert first == {DEFAULT.muted, DEFAULT.text}
    assert DEFAULT.number in second


def test_only_chosen_lines_are_shown_with_their_numbers() -> None:
    block = render_code("a\nb\nc", 30, DEFAULT, lines={2, 3}, numbers=True, air=0)
    assert [row_text(line).split() for line in block.lines] == [["2", "b"], ["3", "c"]]


def test_an_unknown_language_is_plain_text() -> None:
    assert not known_language("klingon")
    assert known_language("python")
    assert row_text(render_code("x = 1", 30, DEFAULT, language="klingon", air=0).lines[0]).strip() == "x = 1"


@pytest.mark.parametrize("code", ["a<" + " " * 60_000 + ">;", "int a;\n" * 3_000, "a<" + "\n" * 19_000 + ">;"])
def test_code_too_long_to_be_coloured_in_time_is_plain(code: str) -> None:
    """A lexer that is quadratic on a long line never sees it: every lit piece has the colour of text."""
    started = time.process_time()
    block = render_code(code, 40, DEFAULT, language="c", air=0)
    assert time.process_time() - started < 5
    assert {segment.style.color for segment in block.lines[0] if segment.style and segment.text.strip(" …")} == {
        Style(color=DEFAULT.text).color
    }
