"""Dark lines on nothing are seen on a dark slide too: something light lies below them, unless the deck says no."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from presenter.images import Request, faint, raster
from presenter.images.mats import DARK, LIGHT, below
from presenter.images.mats import faint as is_faint

BLACK, PAPER = "#14161b", "#fbfaf7"


def drawing(colour: tuple[int, int, int], *, clear: bool = True) -> Image.Image:
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0) if clear else (200, 200, 200, 255))
    for y in range(4, 40, 8):
        image.paste((*colour, 255), (4, y, 56, y + 2))
    return image


@pytest.mark.parametrize(
    ("image", "background", "lies"),
    [
        (drawing((10, 10, 10)), BLACK, LIGHT),
        (drawing((10, 10, 10)), PAPER, PAPER),
        (drawing((250, 250, 250)), PAPER, DARK),
        (drawing((250, 250, 250)), BLACK, BLACK),
        (drawing((10, 10, 10), clear=False), BLACK, BLACK),  # it has a background of its own
        (Image.new("RGBA", (9, 9)), BLACK, BLACK),  # nothing is drawn
        (drawing((10, 10, 10)).convert("RGB"), BLACK, BLACK),
        (drawing((10, 10, 10)).convert("LA"), BLACK, LIGHT),
    ],
)
def test_a_mat_lies_below_what_could_not_be_seen(image: Image.Image, background: str, lies: str) -> None:
    assert below(image, "auto", background) == lies
    assert below(image, "none", background) == background
    assert is_faint(image, background) == (lies != background)


def test_a_colour_lies_below_whatever_is_drawn() -> None:
    assert below(drawing((10, 10, 10)), "#123456", PAPER) == "#123456"
    assert below(drawing((10, 10, 10)).convert("RGB"), "#123456", PAPER) == PAPER


def test_the_mat_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "lines.png"
    drawing((10, 10, 10)).save(path)
    corners = [raster(Request(path, 20, 10, background=BLACK, mat=mat), (3, 4)).data[:3] for mat in ("auto", "none")]
    assert corners == [bytes.fromhex(LIGHT[1:]), bytes.fromhex(BLACK[1:])]
    assert faint(path, BLACK)
    assert not faint(path, PAPER)
