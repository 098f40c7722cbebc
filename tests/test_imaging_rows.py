from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment

from imaging_cells import Colour, canvas, dots
from presenter.images import ImageRow, plain_rows, renderable
from presenter.images.ansi import INVISIBLE_STEP, encode
from presenter.images.cells import ImageBlock, image_block
from presenter.images.dither import colours as palette
from presenter.images.modes import render_cells
from presenter.images.types import Cells, Depth
from presenter.render.text import crop, fit_row, row_width

RED, BLUE = (255, 0, 0), (0, 0, 255)
_SEQUENCE = re.compile(r"\x1b\[([\d;]*)m|(.)")


def drawn(levels: list[Colour], width: int, depth: Depth = "truecolor") -> ImageBlock:
    return image_block(render_cells("half", depth, canvas(levels, width, 1, 2)))


@st.composite
def pictures(draw: st.DrawFn, depth: Depth = "truecolor") -> ImageBlock:
    width, rows = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    colour = st.sampled_from([RED, BLUE, (1, 2, 3), (255, 255, 255), (0, 99, 100)])
    return drawn(draw(st.lists(colour, min_size=width * rows * 2, max_size=width * rows * 2)), width, depth)


def row_of(line: list[Segment]) -> ImageRow:
    (row,) = line
    assert isinstance(row, ImageRow)
    return row


def shown(ansi: str) -> list[tuple[str, str, str]]:
    """Play escape sequences: character, foreground and background of each cell; they have to end as they began."""
    cells = []
    ink = paper = ""
    for numbers, character in _SEQUENCE.findall(ansi):
        if character:
            cells.append((character, ink, paper))
            continue
        left = numbers.split(";")
        while left:
            head = left.pop(0)
            if head == "0":
                ink = paper = ""
                continue
            if head in {"38", "48"}:
                count = {"2": 3, "5": 1}[left[0]]
                value, left = ";".join(left[: count + 1]), left[count + 1 :]
            else:
                value = str(int(head) - 10 if int(head[-2:]) // 10 in {4, 0} and head != "30" else head)
            if head == "38" or head[0] in "39":
                ink = value
            else:
                paper = value
    assert (ink, paper) == ("", "")
    return cells


def wanted(line: list[Segment]) -> list[tuple[str, str, str]]:
    """Return the same of segments."""
    cells = []
    for text, style, _ in line:
        assert style is not None
        values = []
        for colour in (style.color or style.bgcolor, style.bgcolor):
            assert colour is not None
            codes = colour.get_ansi_codes()
            values.append(";".join(codes[1:]) if len(codes) > 1 else codes[0])
        cells += [(character, values[0], values[1]) for character in text]
    return cells


@given(pictures())
def test_lines_are_rows_as_wide_as_the_picture(shown_picture: ImageBlock) -> None:
    assert len(shown_picture.lines) == shown_picture.rows
    for line in (*shown_picture.lines, *plain_rows(shown_picture.lines)):
        assert row_width(line) == shown_picture.columns


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=24, max_size=24))
def test_every_dot_comes_back(levels: list[Colour]) -> None:
    assert [colour for row in dots(drawn(levels, 6)) for colour in row] == levels


@given(pictures())
def test_neighbours_of_the_same_colours_share_a_segment(shown_picture: ImageBlock) -> None:
    for line in plain_rows(shown_picture.lines):
        assert all(one.style != other.style for one, other in pairwise(line))


def alike(found: list[tuple[str, str, str]], right: list[tuple[str, str, str]]) -> bool:
    """Say whether cells look the same: colours to within what nobody sees, and a space has no ink."""

    def near(one: str, other: str) -> bool:
        levels = zip(one.split(";"), other.split(";"), strict=True)
        return all(abs(int(a) - int(b)) <= (INVISIBLE_STEP if one.startswith("2;") else 0) for a, b in levels)

    return len(found) == len(right) and all(
        a[0] == b[0] and (a[0] == " " or near(a[1], b[1])) and near(a[2], b[2])
        for a, b in zip(found, right, strict=True)
    )


@given(pictures())
def test_escapes_show_what_segments_show(shown_picture: ImageBlock) -> None:
    for line, real in zip(shown_picture.lines, plain_rows(shown_picture.lines), strict=True):
        assert alike(shown(row_of(line).ansi), wanted(real))


@pytest.mark.parametrize("depth", ["256", "16", "grey", "grey256", "grey16"])
def test_escapes_of_fewer_colours(depth: Depth) -> None:
    levels: list[Colour] = [(x * 8 % 256, x * 3 % 256, 255 - x) for x in range(120)]
    for line, real in zip((made := drawn(levels, 30, depth)).lines, plain_rows(made.lines), strict=True):
        ansi = row_of(line).ansi
        cells = shown(ansi)
        assert [character for character, _, _ in cells] == [character for character, _, _ in wanted(real)]
        if depth in {"256", "grey256"}:
            assert alike(cells, wanted(real))
        assert ("38;2" in ansi) == (depth == "grey")
        assert ("38;5" in ansi) == (depth in {"256", "grey256"})


def test_sixteen_colours_have_short_sequences() -> None:
    numbers = {colour: number for number, colour in palette("16").items()}
    made = Cells(2, 1, b"\1\1", " ▀", bytes([numbers[85, 85, 85], 1]), bytes([numbers[255, 255, 255], 1]), "16")
    assert encode(made) == ("\x1b[90;107m▀\x1b[31;41m▀\x1b[0m".encode(),)


def test_what_stays_is_not_said_again() -> None:
    (ansi,) = encode(Cells(3, 1, b"\1\1\1", " ▀", b"\1\1\5" * 3, b"\2\2\2" * 3))

    assert ansi.decode() == "\x1b[38;2;1;1;1;48;2;2;2;2m▀▀\x1b[38;2;5;5;5m▀\x1b[0m"


def test_what_nobody_sees_is_not_said() -> None:
    ink = bytes([10, 11, 12, 11]) * 3
    (ansi,) = encode(Cells(4, 1, b"\1\1\1\1", " ▀", ink, b"\2\2\2\2" * 3))

    assert ansi.decode() == "\x1b[38;2;10;10;10;48;2;2;2;2m▀▀\x1b[38;2;12;12;12m▀▀\x1b[0m"


def test_colours_do_not_drift_away() -> None:
    slope = bytes(range(100)) * 3
    (ansi,) = encode(Cells(100, 1, bytes(100), " ▀", slope, slope))
    values = [tuple(map(int, paper.split(";")[1:])) for _, _, paper in shown(ansi.decode())]

    assert all(max(abs(level - column) for level in value) <= INVISIBLE_STEP for column, value in enumerate(values))
    assert len(set(values)) == 50


@given(st.data())
def test_what_is_set_is_never_far_from_what_is_wanted(data: st.DataObject) -> None:
    columns, rows = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 4))
    size = columns * rows
    planes = st.binary(min_size=3 * size, max_size=3 * size) | st.lists(
        st.integers(100, 105), min_size=3 * size, max_size=3 * size
    ).map(bytes)
    shapes = data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size).map(bytes))
    cells = Cells(columns, rows, shapes, " ▀▌", data.draw(planes), data.draw(planes))
    for y, ansi in enumerate(encode(cells)):
        for x, (character, ink, paper) in enumerate(shown(ansi.decode())):
            at = y * columns + x
            assert character == " ▀▌"[shapes[at]]
            for told, plane in ((ink, cells.ink), (paper, cells.paper)):
                if plane is cells.ink and character == " ":
                    continue
                assert all(
                    abs(int(level) - plane[band * size + at]) <= INVISIBLE_STEP
                    for band, level in enumerate(told.split(";")[1:])
                )


def test_one_colour_is_a_space_on_it() -> None:
    (line,) = plain_rows(drawn([RED] * 6, 3).lines)

    assert [segment.text for segment in line] == ["   "]


@given(pictures(), st.data())
def test_a_part_of_a_row_shows_that_part(shown_picture: ImageBlock, data: st.DataObject) -> None:
    left = data.draw(st.integers(0, shown_picture.columns))
    right = data.draw(st.integers(left, shown_picture.columns))
    row = row_of(shown_picture.lines[0])
    part = row.crop(left, right)

    assert part.width == cell_len(part.text) == right - left
    assert alike(shown(part.ansi), wanted(part.segments()))
    assert alike(shown(row.ansi)[left:right], wanted(part.segments()))
    assert part.crop(1, 3) == row.crop(left + 1, min(right, left + 3)) or right - left < 1


def test_layouts_cut_rows_like_segments() -> None:
    line = drawn([RED, BLUE, RED, BLUE] * 2, 4).lines[0]
    style = line[0].style
    assert style is not None

    (cut,) = crop(line, 3)
    wide = fit_row([Segment("ab", style), *line], 10, style)

    assert shown(row_of([cut]).ansi) == shown(row_of(line).ansi)[:3]
    assert row_width(wide) == 10
    assert [text for text, _, _ in plain_rows([wide])[0]] == ["ab", " ", " ", " ", " ", "    "]


def test_rows_that_look_different_are_different() -> None:
    red, blue, again = (drawn([colour, (9, 9, 9)] * 4, 4).lines[0] for colour in (RED, BLUE, RED))

    assert [segment.text for segment in red] == [segment.text for segment in blue]
    assert red == again
    assert red != blue
    assert not (red != again)  # noqa: SIM202  a tuple has its own "not equal"
    assert len({row_of(red), row_of(again)}) == 1
    assert row_of(red) != Segment(row_of(red).text, row_of(red).style)


def test_lines_without_rows_are_not_copied() -> None:
    line = [Segment("words")]
    assert plain_rows([line])[0] is line


def test_an_empty_box_gives_an_empty_picture() -> None:
    assert image_block(Cells(0, 0, b"", "", b"", b"")).lines == ()


def test_rich_prints_it_as_it_is() -> None:
    made = drawn([RED, RED, BLUE, BLUE] + [BLUE] * 4, 2)
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=20)

    with console.capture() as captured:
        console.print(renderable(made))

    first, second, *rest = captured.get().split("\n")
    assert first == "\x1b[38;2;255;0;0;48;2;0;0;255m▀▀\x1b[0m"
    assert second == "\x1b[48;2;0;0;255m  \x1b[0m"
    assert cell_len("".join(rest)) == 0
