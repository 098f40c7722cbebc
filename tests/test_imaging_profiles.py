"""Colours come out as the picture's own profile says, whatever the picture is made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from icc_profiles import BLUE, GREEN, RED, grey, press, screen
from imaging_cells import Colour, dots, near
from presenter.images import Request, draw, icc, raster

SWAPPED = screen(red=BLUE, blue=RED)
"""Of a screen whose red is blue and whose blue is red."""
LINEAR = screen(gamma=1)
"""Of a screen as bright as its levels say: half is sRGB's 188."""


def first(path: Path, background: str = "#000000") -> Colour:
    found = draw(Request(path, 8, 4, background=background))
    assert found is not None
    return dots(found)[0][0]


def saved(path: Path, image: Image.Image, profile: bytes, quality: int = 95) -> Path:
    image.save(path, icc_profile=profile, quality=quality)
    return path


@pytest.mark.parametrize("name", ["p.png", "p.jpg", "p.webp"])
def test_primaries_are_those_of_the_profile(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / name, Image.new("RGB", (32, 32), (255, 0, 0)), SWAPPED)

    assert near(first(path), (0, 0, 255), 12)


def test_curves_are_those_of_the_profile(tmp_path: Path) -> None:
    path = saved(tmp_path / "p.png", Image.new("RGB", (32, 32), (128, 128, 128)), LINEAR)

    assert near(first(path), (188, 188, 188), 2)


def test_a_grey_picture_has_a_grey_profile(tmp_path: Path) -> None:
    path = saved(tmp_path / "p.png", Image.new("L", (32, 32), 128), grey(1))

    assert near(first(path), (188, 188, 188), 2)


def test_sixteen_bits_with_a_profile(tmp_path: Path) -> None:
    path = saved(tmp_path / "p.png", Image.new("I;16", (32, 32), 128 * 257), grey(1))

    assert near(first(path), (188, 188, 188), 2)


def test_a_palette_with_a_profile(tmp_path: Path) -> None:
    path = saved(tmp_path / "p.png", Image.new("RGB", (32, 32), (255, 0, 0)).quantize(4), SWAPPED)

    assert near(first(path), (0, 0, 255), 4)


def test_a_palette_with_a_profile_and_a_transparent_entry(tmp_path: Path) -> None:
    image = Image.new("P", (32, 32))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.paste(1, (16, 0, 32, 32))
    image.info["transparency"] = 1
    path = saved(tmp_path / "p.png", image, SWAPPED)
    found = draw(Request(path, 8, 4, background="#102030"))
    assert found is not None

    assert near(dots(found)[0][0], (0, 0, 255), 4)
    assert dots(found)[0][-1] == (16, 32, 48), "the theme's background has no profile"


def test_transparent_pixels_are_corrected_and_what_is_behind_is_not(tmp_path: Path) -> None:
    path = saved(tmp_path / "p.png", Image.new("RGBA", (32, 32), (255, 0, 0, 128)), SWAPPED)
    red, green, blue = first(path, "#ff0000")

    assert red == pytest.approx(127, abs=3)
    assert green == pytest.approx(0, abs=3)
    assert blue == pytest.approx(128, abs=3)


def test_grey_with_alpha_is_left_as_it_is_by_a_profile_for_colours(tmp_path: Path) -> None:
    path = saved(tmp_path / "p.png", Image.new("LA", (32, 32), (90, 255)), SWAPPED)

    assert near(first(path), (90, 90, 90), 2)


def test_print_colours_are_those_of_the_press(tmp_path: Path) -> None:
    green, black = (128, 60, 190), (0, 128, 128)
    path = saved(tmp_path / "p.jpg", Image.new("CMYK", (32, 32), (255, 0, 0, 0)), press([green, *[black] * 3]))
    red, lime, blue = first(path)

    assert lime > red + 40
    assert lime > blue + 40
    assert first(saved(tmp_path / "q.jpg", Image.new("CMYK", (32, 32)), press([green, *[black] * 3]))) > (240, 240, 240)


@pytest.mark.parametrize(
    "profile",
    [
        b"nonsense",
        SWAPPED[:200],
        SWAPPED[:40] + b"\xff" * 60,
        grey(1),
        screen(red=BLUE, blue=RED, name="sRGB IEC61966"),
    ],
    ids=["nonsense", "cut", "broken", "of another space", "sRGB by name"],
)
def test_a_profile_that_is_no_use_changes_nothing(tmp_path: Path, profile: bytes) -> None:
    path = saved(tmp_path / "p.png", Image.new("RGB", (32, 32), (200, 100, 50)), profile)

    assert first(path) == (200, 100, 50)


def test_an_enormous_profile_is_not_read() -> None:
    image = Image.new("RGB", (2, 2), (255, 0, 0))
    image.info["icc_profile"] = SWAPPED + bytes(5_000_000)

    assert icc.to_srgb(image) is image


def test_a_large_photograph_with_a_profile_and_pixels(tmp_path: Path) -> None:
    path = saved(tmp_path / "p.jpg", Image.new("RGB", (1200, 900), (255, 0, 0)), SWAPPED, quality=90)

    assert near(first(path), (0, 0, 255), 8)
    found = raster(Request(path, 8, 4), (10, 20))
    assert near((found.data[0], found.data[1], found.data[2]), (0, 0, 255), 8)


def test_the_profiles_of_these_tests_are_what_they_say() -> None:
    same = Image.new("RGB", (1, 1), (200, 100, 50))
    same.info["icc_profile"] = screen(RED, GREEN, BLUE)
    found = icc.to_srgb(same).getpixel((0, 0))

    assert isinstance(found, tuple)
    assert all(abs(a - b) <= 5 for a, b in zip(found, (200, 100, 50), strict=True))
