"""Rows with pictures as Textual's strips: what the terminal gets, what cuts and filters leave, and the way without."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import Monochrome
from textual.strip import Strip
from textual.widget import Widget

from emulator import Emulator
from presenter.images import ImageCells, ImageRow, plain_rows
from presenter.images.types import Cells, Depth
from presenter.render.block import Line
from presenter.terminal.sgr import encode_row
from presenter.ui import textual_strips
from presenter.ui.textual_strips import ImageStrip, make_strip

WIDE = 12
TEXT = Style(color="#ff8800", bgcolor="#101010", bold=True)


def sheet(depth: Depth = "truecolor", columns: int = 6, rows: int = 2) -> ImageCells:
    size = columns * rows
    planes = 1 if depth in {"256", "16"} else 3
    # Steps that are seen: smaller ones are not sent.
    ink, paper = bytes(30 + 6 * n for n in range(planes * size)), bytes(9 + n // 3 * 9 for n in range(planes * size))
    return ImageCells(Cells(columns, rows, bytes(n % 2 for n in range(size)), " ▀", ink, paper, depth))


def line(depth: Depth = "truecolor") -> Line:
    return [Segment("ab世", TEXT), ImageRow(sheet(depth), 1), Segment("cd", TEXT)]


def seen(spelled: str, width: int = WIDE) -> list[tuple[str, object]]:
    screen = Emulator(width, 1)
    screen.feed(spelled.encode())
    text = screen.lines[0]
    columns = [sign for sign in text for sign in (sign, "")[: cell_len(sign)]]
    styles = [screen.style_at(x, 0) for x in range(width)]
    # A space has no ink, whatever colour is set.
    return [
        (text, style._replace(fg="") if sign == " " else style) for sign, style in zip(columns, styles, strict=True)
    ]


@pytest.fixture
def console() -> Console:
    return Console(color_system="truecolor", force_terminal=True, legacy_windows=False)


def test_textual_still_has_the_seam_that_rows_rely_on() -> None:
    assert textual_strips.SEAM
    assert Widget.render_lines.__code__.co_varnames[:2] == ("self", "crop")
    assert callable(App.get_line_filters)


def test_a_row_reaches_the_terminal_as_it_was_built(console: Console) -> None:
    made = make_strip(line(), WIDE)
    assert isinstance(made, ImageStrip)
    assert ImageRow(sheet(), 1).ansi in made.render(console)
    assert seen(made.render(console)) == seen(encode_row(plain_rows([line()])[0], "truecolor"))
    assert seen(made.render(console)) == seen(Strip(plain_rows([line()])[0]).render(console))


@given(st.lists(st.integers(0, WIDE), min_size=2, max_size=5).map(lambda cuts: sorted({*cuts, WIDE})))
def test_cuts_show_the_same_cells_as_those_of_real_segments(cuts: list[int]) -> None:
    console = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)
    ours, real = make_strip(line(), WIDE), Strip(plain_rows([line()])[0], WIDE)
    for part, other in zip(ours.divide(cuts), real.divide(cuts), strict=True):
        assert part.cell_length == other.cell_length
        assert seen(part.render(console)) == seen(other.render(console))
    for start, end in pairwise(cuts):
        assert seen(ours.crop(start, end).render(console)) == seen(real.crop(start, end).render(console))
    joined = Strip.join(ours.divide(cuts)), ImageStrip.join(ours.divide(cuts))
    assert joined[1].cell_length == WIDE
    assert {each.text for each in joined} == {Strip.join(real.divide(cuts)).text}


def test_what_asks_for_segments_gets_real_ones() -> None:
    made = make_strip(line(), WIDE)
    assert list(made) == plain_rows([line()])[0]
    assert not any(isinstance(segment, ImageRow) for segment in made)
    grey = made.apply_filter(Monochrome(), Color(0, 0, 0))
    colours = {segment.style.color.triplet for segment in grey if segment.style and segment.style.color}
    assert colours
    assert all(triplet is not None and len(set(triplet)) == 1 for triplet in colours)


def test_without_the_seam_strips_are_plain_and_look_the_same(console: Console) -> None:
    made = make_strip(line(), WIDE, seam=False)
    assert type(made) is Strip
    assert seen(made.render(console)) == seen(make_strip(line(), WIDE).render(console))


def test_pictures_in_colours_that_a_terminal_does_not_have_are_brought_down() -> None:
    assert "38;2" not in encode_row(line(), "256")
    assert "38;2" not in encode_row(line(), "")
    assert ImageRow(sheet("256"), 1).ansi in encode_row(line("256"), "256")
    assert seen(encode_row(line("256"), "truecolor")) == seen(encode_row(plain_rows([line("256")])[0], "truecolor"))
