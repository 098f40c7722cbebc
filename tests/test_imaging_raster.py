"""Pictures in pixels, before any terminal is told of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from presenter.images import Fit, PictureError, Raster, Request, png, raster

CELL = (10, 20)


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    """Red on the left, blue on the right, twice as wide as tall."""
    image = Image.new("RGB", (400, 200), (255, 0, 0))
    image.paste((0, 0, 255), (200, 0, 400, 200))
    image.save(tmp_path / "halves.png")
    return tmp_path / "halves.png"


def pixel(found: Raster, x: int, y: int) -> tuple[int, ...]:
    start = 3 * (y * found.width + x)
    return tuple(found.data[start : start + 3])


@pytest.mark.parametrize(
    ("fit", "box", "size"),
    [
        ("contain", (20, 20), (200, 100)),
        ("contain", (40, 5), (200, 100)),
        ("cover", (20, 20), (200, 400)),
        ("fill", (7, 9), (70, 180)),
        ("actual", (100, 100), (400, 200)),
        ("actual", (10, 2), (100, 40)),
    ],
)
def test_sizes(halves: Path, fit: Fit, box: tuple[int, int], size: tuple[int, int]) -> None:
    found = raster(Request(halves, *box, fit=fit), CELL)

    assert (found.width, found.height) == size
    assert len(found.data) == 3 * size[0] * size[1]
    assert pixel(found, 0, 0) == (255, 0, 0)
    assert pixel(found, size[0] - 1, size[1] - 1) == (0, 0, 255)


def test_a_cut_keeps_its_focus(halves: Path) -> None:
    found = raster(Request(halves, 5, 10, fit="cover", focus=(1.0, 0.5)), CELL)

    assert pixel(found, 0, 0) == (0, 0, 255)


def test_letterboxes_are_the_callers(halves: Path) -> None:
    found = raster(Request(halves, 20, 20), CELL)

    assert found.height == 100, "no rows above and below"


def test_transparent_pixels_are_the_background(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (40, 40), (255, 255, 255, 0)).save(path)

    assert pixel(raster(Request(path, 4, 2, background="#102030"), CELL), 5, 5) == (16, 32, 48)


def test_it_is_turned_as_exif_says(halves: Path, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter to the right
    path = tmp_path / "turned.jpg"
    Image.open(halves).save(path, exif=exif, quality=95)
    found = raster(Request(path, 20, 10), CELL)

    assert (found.width, found.height) == (100, 200)
    assert pixel(found, 50, 10)[0] > 200
    assert pixel(found, 50, 190)[2] > 200


def test_hard_edges_stay_hard(tmp_path: Path) -> None:
    path = tmp_path / "pixels.png"
    image = Image.new("RGB", (2, 1), (255, 0, 0))
    image.putpixel((1, 0), (0, 0, 255))
    image.save(path)
    found = raster(Request(path, 6, 3, smooth=False), CELL)

    assert set(zip(*[iter(found.data)] * 3, strict=True)) == {(255, 0, 0), (0, 0, 255)}


def test_a_jpeg_is_not_reduced_below_what_is_shown(tmp_path: Path) -> None:
    stripes = Image.new("L", (1600, 800))
    for x in range(0, 1600, 16):
        stripes.paste(255, (x, 0, x + 8, 800))
    path = tmp_path / "stripes.jpg"
    stripes.save(path, quality=95)
    found = raster(Request(path, 80, 20), CELL)
    row = found.data[: 3 * found.width : 3]

    assert found.width == 800
    assert sum(level > 200 for level in row) == pytest.approx(400, abs=60), "stripes of four pixels are still there"


def test_a_cut_file_is_shown_in_part(halves: Path) -> None:
    halves.write_bytes(halves.read_bytes()[:-60])

    assert raster(Request(halves, 20, 10), CELL).remark


def test_no_cells_no_pixels(halves: Path) -> None:
    assert raster(Request(halves, 0, 4), CELL) == Raster(0, 0, b"")


def test_what_cannot_be_shown_says_why(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="not found"):
        raster(Request(tmp_path / "none.png", 4, 4), CELL)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_png_keeps_every_pixel(width: int, height: int, data: st.DataObject) -> None:
    pixels = data.draw(st.binary(min_size=3 * width * height, max_size=3 * width * height))
    packed = png(Raster(width, height, pixels))
    image = Image.open(io.BytesIO(packed))

    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (width, height))
    assert image.tobytes() == pixels
