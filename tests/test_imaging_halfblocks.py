from __future__ import annotations

import io
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from imaging_cells import dots
from presenter.imaging import renderable
from presenter.imaging.halfblocks import encode
from presenter.imaging.model import Raster

RED, BLUE = b"\xff\0\0", b"\0\0\xff"


@st.composite
def rasters(draw: st.DrawFn) -> Raster:
    width, rows = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    colour = st.sampled_from([RED, BLUE, b"\x01\x02\x03", b"\xff\xff\xff"])
    cells = draw(st.lists(colour, min_size=width * rows * 2, max_size=width * rows * 2))
    return Raster(width, rows * 2, b"".join(cells))


@given(rasters())
def test_every_dot_comes_back_and_every_line_is_as_wide_as_the_picture(raster: Raster) -> None:
    picture = encode(raster)

    assert (picture.columns, picture.rows) == (raster.width, raster.height // 2)
    assert [sum(segment.cell_length for segment in line) for line in picture.lines] == [raster.width] * picture.rows
    assert bytes(value for row in dots(picture) for colour in row for value in colour) == raster.data


@given(rasters())
def test_neighbours_of_the_same_colours_share_a_segment(raster: Raster) -> None:
    for line in encode(raster).lines:
        assert all(one.style != other.style for one, other in pairwise(line))


def test_one_colour_is_a_space_on_it() -> None:
    (line,) = encode(Raster(3, 2, RED * 6)).lines

    assert [segment.text for segment in line] == ["   "]


def test_an_empty_box_gives_an_empty_picture() -> None:
    assert encode(Raster(0, 0, b"")).lines == ()


def test_rich_prints_it_as_it_is() -> None:
    picture = encode(Raster(2, 4, RED * 2 + BLUE * 2 + BLUE * 4))
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=20)

    with console.capture() as captured:
        console.print(renderable(picture))

    first, second, *rest = captured.get().split("\n")
    assert first == "\x1b[38;2;255;0;0;48;2;0;0;255m▀▀\x1b[0m"
    assert second == "\x1b[48;2;0;0;255m  \x1b[0m"
    assert cell_len("".join(rest)) == 0
