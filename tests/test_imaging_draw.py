from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, Unpack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from imaging_cells import Colour, dots, near
from presenter.images import Fit, ImageBlock, ImageInfo, Request, draw, inspect, verify

RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
CORNERS = (RED, GREEN, BLUE, WHITE)


class Options(TypedDict, total=False):
    fit: Fit
    focus: tuple[float, float]
    background: str
    aspect: float
    smooth: bool


def shown(path: Path, columns: int, rows: int, **options: Unpack[Options]) -> ImageBlock:
    picture = draw(Request(path, columns, rows, **options))
    assert picture is not None
    assert len(picture.lines) == picture.rows <= rows
    assert picture.columns <= columns
    assert all(sum(segment.cell_length for segment in line) == picture.columns for line in picture.lines)
    return picture


def quarters(width: int = 64, height: int = 32) -> Image.Image:
    """Red and green above blue and white."""
    image = Image.new("RGB", (width, height))
    boxes = ((0, 0), (width // 2, 0), (0, height // 2), (width // 2, height // 2))
    for colour, corner in zip(CORNERS, boxes, strict=True):
        image.paste(colour, (*corner, corner[0] + width // 2, corner[1] + height // 2))
    return image


def corners(picture: ImageBlock) -> tuple[Colour, Colour, Colour, Colour]:
    grid = dots(picture)
    return grid[0][0], grid[0][-1], grid[-1][0], grid[-1][-1]


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "webp", "bmp"])
def test_the_formats(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"picture.{suffix}"
    quarters().save(path)

    picture = shown(path, 32, 8)

    assert (picture.columns, picture.rows, picture.remark) == (32, 8, "")
    assert all(near(found, wanted, 12) for found, wanted in zip(corners(picture), CORNERS, strict=True))


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_are_turned_as_their_exif_says(tmp_path: Path, suffix: str, orientation: int) -> None:
    # Turning back what the orientation will turn gives the upright picture again, for all eight.
    back = [None, 0, 3, 1, 5, 2, 6, 4][orientation - 1]  # the inverse transposition of each
    stored = quarters() if back is None else quarters().transpose(Image.Transpose(back))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{suffix}"
    stored.save(path, exif=exif, quality=95)

    picture = shown(path, 32, 8)

    assert (picture.columns, picture.rows) == (32, 8)
    assert all(near(found, wanted, 30) for found, wanted in zip(corners(picture), CORNERS, strict=True))
    assert (inspect(path).width, inspect(path).height) == (64, 32)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_cut_finds_its_place_in_a_turned_picture(tmp_path: Path, orientation: int) -> None:
    back = [None, 0, 3, 1, 5, 2, 6, 4][orientation - 1]
    stored = quarters(64, 64) if back is None else quarters(64, 64).transpose(Image.Transpose(back))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "turned.png"
    stored.save(path, exif=exif)

    right = shown(path, 8, 8, fit="cover", focus=(1.0, 0.5))  # a box half as wide as the picture, at its right

    # The filter reaches a little over the cut, so the inner corners are not pure.
    assert all(
        near(found, wanted, 20) for found, wanted in zip(corners(right), (GREEN, GREEN, WHITE, WHITE), strict=True)
    )


def test_nonsense_in_exif_is_upright(tmp_path: Path) -> None:
    path = tmp_path / "broken.jpg"
    quarters().save(path, exif=b"Exif\0\0II*\0\xff\xff\xff\xff junk", quality=95)

    assert near(corners(shown(path, 32, 8))[0], RED, 12)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_shows_the_background(tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (20, 20), (255, 255, 255, 128))
    image.paste((255, 255, 255, 0), (0, 0, 20, 10))
    path = tmp_path / "alpha.png"
    image.convert(mode).save(path)

    grid = dots(shown(path, 20, 10, background="#204060"))

    assert grid[0][5] == (0x20, 0x40, 0x60)
    assert near(grid[-1][5], (0x90, 0xA0, 0xB0), 1)


def test_the_colour_of_transparent_pixels_never_bleeds(tmp_path: Path) -> None:
    image = Image.new("RGBA", (400, 400), (255, 0, 255, 0))
    image.paste((0, 200, 0, 255), (0, 0, 400, 203))
    path = tmp_path / "bleeds.png"
    image.save(path)

    colours = {colour for row in dots(shown(path, 20, 10, background="#000000")) for colour in row}

    assert all(red <= 2 and blue <= 2 for red, _, blue in colours)


def test_a_palette_with_a_transparent_entry(tmp_path: Path) -> None:
    image = Image.new("P", (20, 20), 1)
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.paste(0, (0, 0, 20, 10))
    path = tmp_path / "palette.gif"
    image.save(path, transparency=0)

    grid = dots(shown(path, 20, 10, background="#102030"))

    assert (grid[0][0], grid[-1][0]) == ((0x10, 0x20, 0x30), GREEN)


def test_sixteen_bits_of_grey_are_a_ramp(tmp_path: Path) -> None:
    image = Image.new("I;16", (256, 4))
    image.putdata([257 * (index % 256) for index in range(1024)])
    path = tmp_path / "ramp.png"
    image.save(path)

    row = dots(shown(path, 256, 2, fit="actual"))[0]

    assert row == [(level, level, level) for level in range(256)]


@pytest.mark.parametrize(
    ("make", "colour"),
    [
        (lambda: Image.new("1", (20, 20), 1), WHITE),
        (lambda: Image.new("L", (20, 20), 77), (77, 77, 77)),
        (lambda: Image.new("RGB", (20, 20), (1, 2, 3)).quantize(4), (1, 2, 3)),
    ],
    ids=["one bit", "grey", "palette"],
)
def test_other_modes(tmp_path: Path, make: Callable[[], Image.Image], colour: Colour) -> None:
    path = tmp_path / "mode.png"
    make().save(path)

    assert {found for row in dots(shown(path, 10, 5)) for found in row} == {colour}


def test_print_colours(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    Image.new("CMYK", (32, 32), (0, 255, 255, 0)).save(path, quality=95)

    assert near(dots(shown(path, 16, 8))[0][0], RED)


def test_a_large_jpeg_is_reduced_while_it_is_decoded_and_looks_the_same(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    quarters(1600, 800).save(path, quality=95)

    picture = shown(path, 40, 10)

    assert all(near(found, wanted) for found, wanted in zip(corners(picture), CORNERS, strict=True))


def test_hard_edges_stay_hard(tmp_path: Path) -> None:
    image = Image.new("RGB", (4, 4), BLACK)
    image.putpixel((1, 1), WHITE)
    path = tmp_path / "pixels.png"
    image.save(path)

    hard = dots(shown(path, 10, 4, smooth=False))

    assert (len(hard[0]), len(hard)) == (8, 8)
    assert [(x, y) for y, row in enumerate(hard) for x, colour in enumerate(row) if colour == WHITE] == [
        (2, 2), (3, 2), (2, 3), (3, 3),
    ]  # fmt: skip
    assert {colour for row in hard for colour in row} == {BLACK, WHITE}


def test_actual_takes_pixels_over_one_by_one(tmp_path: Path) -> None:
    image = Image.new("RGB", (9, 9))
    image.putdata([(x * 20, y * 20, 0) for y in range(9) for x in range(9)])
    path = tmp_path / "actual.png"
    image.save(path)

    cut = dots(shown(path, 5, 2, fit="actual"))
    whole = shown(path, 30, 20, fit="actual", background="#0000ff")

    assert cut == [[(x * 20, y * 20, 0) for x in range(2, 7)] for y in range(2, 6)]
    assert (whole.columns, whole.rows) == (9, 5)
    assert dots(whole)[-1] == [BLUE] * 9  # the half of the last cell that the picture does not reach


@pytest.fixture(scope="module")
def any_size(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "any.png"


@settings(max_examples=60, deadline=None)
@given(
    size=st.tuples(st.integers(1, 300), st.integers(1, 300)),
    box=st.tuples(st.integers(1, 120), st.integers(1, 60)),
    fit=st.sampled_from(["contain", "cover", "fill", "actual"]),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    aspect=st.floats(0.4, 0.6),
    smooth=st.booleans(),
)
def test_any_picture_fits_any_box(  # noqa: PLR0913  one argument a dimension
    *,
    any_size: Path,
    size: tuple[int, int],
    box: tuple[int, int],
    fit: Fit,
    focus: tuple[float, float],
    aspect: float,
    smooth: bool,
) -> None:
    Image.new("RGB", size, RED).save(any_size)

    picture = shown(any_size, *box, fit=fit, focus=focus, aspect=aspect, smooth=smooth)

    assert picture.columns >= 1
    assert picture.rows >= 1
    if fit in {"cover", "fill"}:
        assert (picture.columns, picture.rows) == box
    assert dots(picture)[0] == [RED] * picture.columns


@pytest.mark.parametrize(("columns", "rows"), [(0, 5), (5, 0), (-1, 3)])
def test_a_box_without_cells(tmp_path: Path, columns: int, rows: int) -> None:
    path = tmp_path / "picture.png"
    quarters().save(path)

    picture = draw(Request(path, columns, rows))

    assert picture is not None
    assert (picture.lines, picture.columns, picture.rows) == ((), 0, 0)


def test_an_animation_shows_its_first_frame(tmp_path: Path) -> None:
    path = tmp_path / "moving.gif"
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, GREEN, BLUE)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=0, loop=0)

    assert dots(shown(path, 10, 5))[0][0] == RED
    assert inspect(path) == ImageInfo(20, 20, "GIF", 3)
    assert inspect(path).animated


@pytest.mark.parametrize("suffix", ["png", "webp"])
def test_other_animations_are_counted(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"moving.{suffix}"
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, GREEN)]
    frames[0].save(path, save_all=True, append_images=frames[1:])

    assert inspect(path).frames == 2
    assert verify(path).frames == 2


def test_counting_frames_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "endless.gif"
    Image.new("P", (4, 4)).save(path)
    whole = path.read_bytes()
    frame = b"\x2c" + bytes(4) + b"\4\0\4\0\0\2\2\x44\1\0"
    path.write_bytes(whole[:-1] + frame * 5000 + b"\x3b")

    assert inspect(path).frames == 1000


def test_a_still_picture(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    quarters().save(path)

    assert inspect(path) == verify(path) == ImageInfo(64, 32, "PNG")
    assert not inspect(path).animated


def test_an_orientation_behind_the_pixels_counts_too(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    path = tmp_path / "late.png"
    quarters().transpose(Image.Transpose.ROTATE_180).save(path, exif=exif)
    data = path.read_bytes()
    start = data.index(b"eXIf") - 4
    end = start + 12 + int.from_bytes(data[start : start + 4])
    path.write_bytes(data[:start] + data[end:-12] + data[start:end] + data[-12:])

    assert corners(shown(path, 32, 8)) == CORNERS
