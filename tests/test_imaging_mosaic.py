from __future__ import annotations

import math
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from imaging_cells import ACROSS, DOWN, Colour, canvas, colours, covered
from presenter.images import MODES as NAMES
from presenter.images import glyphs, linear_light
from presenter.images.dither import colours as palette
from presenter.images.linear_light import FULL_LIGHT, decoding, encoding, levels, reduce_band
from presenter.images.modes import IMAGE_MODES, mode_of, render_cells
from presenter.images.types import Cells, Depth

COLUMNS, ROWS = 5, 3
FITTED = ("quad", "blocks", "sextant", "octant")


def scene(mode: str, seed: int = 1) -> list[Colour]:
    """Make dots with edges, slopes and noise, as a photograph has."""
    randomly = random.Random(seed)  # noqa: S311
    width, height = COLUMNS * IMAGE_MODES[mode].across, ROWS * IMAGE_MODES[mode].down
    found = []
    for y in range(height):
        for x in range(width):
            u, v = x / width, y / height
            edge = 130 if math.sin(9 * u + 4 * v * v) > 0.2 else 20
            level = [edge + 90 * u, 60 + edge * v + 60 * u, 200 - edge * (1 - v)]
            found.append(tuple(min(255, max(0, round(value + randomly.gauss(0, 12)))) for value in level))
    return [(red, green, blue) for red, green, blue in found]


def parts(mode: str, dots: list[Colour]) -> list[list[Colour]]:
    """Return the dots of each cell, row by row."""
    across, down = IMAGE_MODES[mode].across, IMAGE_MODES[mode].down
    width = COLUMNS * across
    return [
        [dots[(row * down + y) * width + column * across + x] for y in range(down) for x in range(across)]
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]


def inside(mode: str, character: str) -> list[bool]:
    """Say for each dot of a cell whether a character covers it."""
    across, down = IMAGE_MODES[mode].across, IMAGE_MODES[mode].down
    points = covered(character)
    return [(x * ACROSS // across, y * DOWN // down) in points for y in range(down) for x in range(across)]


def mean(dots: list[Colour]) -> list[float]:
    return [sum(band) / len(dots) for band in zip(*dots, strict=True)]


def error(dots: list[Colour], where: list[bool]) -> float:
    """Return the squared error of the two best colours: the slow reference."""
    total = 0.0
    for wanted in (True, False):
        group = [dot for dot, one in zip(dots, where, strict=True) if one == wanted]
        if group:
            middle = mean(group)
            total += sum((a - b) ** 2 for dot in group for a, b in zip(dot, middle, strict=True))
    return total


def characters(mode: str) -> set[str]:
    """Return every character that a mode may use, from the modes' description."""
    used = {"quad": "▀▌▖▗▘▚▝▞▐▄▙▛▜▟", "blocks": "▁▂▃▄▅▆▇▏▎▍▌▋▊▉▘▝▖▗▚▞▀▐▙▛▜▟"}
    found = set(used.get(mode, used["blocks"]))
    if mode == "sextant":
        found |= {chr(0x1FB00 + number) for number in range(60)}
    if mode == "octant":
        found |= {chr(0x1CD00 + number) for number in range(230)}
    return found


@pytest.mark.parametrize("mode", FITTED)
def test_the_fit_is_the_best_there_is(mode: str) -> None:
    dots = scene(mode)
    cells = render_cells(
        mode,
        "truecolor",
        canvas(dots, COLUMNS * IMAGE_MODES[mode].across, IMAGE_MODES[mode].across, IMAGE_MODES[mode].down),
    )
    groups = parts(mode, dots)

    chosen = sum(
        error(group, inside(mode, cells.characters[shape])) for group, shape in zip(groups, cells.shapes, strict=True)
    )
    masks = [inside(mode, character) for character in characters(mode)]
    best = sum(min(error(group, mask) for mask in masks) for group in groups)

    assert 10 * math.log10(chosen / best) <= 0.02


@pytest.mark.parametrize("mode", FITTED)
def test_the_colours_are_means_of_light(mode: str) -> None:
    dots = scene(mode, 2)
    cells = render_cells(
        mode,
        "truecolor",
        canvas(dots, COLUMNS * IMAGE_MODES[mode].across, IMAGE_MODES[mode].across, IMAGE_MODES[mode].down),
    )

    for group, shape, (ink, paper) in zip(parts(mode, dots), cells.shapes, colours(cells), strict=True):
        where = inside(mode, cells.characters[shape])
        for wanted, found in ((True, ink), (False, paper)):
            exact_light = mean(
                [
                    (decoding()[red], decoding()[green], decoding()[blue])
                    for (red, green, blue), one in zip(group, where, strict=True)
                    if one == wanted
                ]
                or [(0, 0, 0)]
            )
            exact = [encoding()[round(value)] for value in exact_light]
            assert shape == 0 or max(abs(a - b) for a, b in zip(found, exact, strict=True)) <= 1


def test_every_mode_shows_at_least_as_much_as_half_blocks() -> None:
    def left(mode: str) -> float:
        dots = scene("octant", 3)
        whole = IMAGE_MODES["octant"]
        cells = render_cells(mode, "truecolor", canvas(dots, COLUMNS * whole.across, whole.across, whole.down))
        groups = parts("octant", dots)
        return sum(
            error(group, inside("octant", cells.characters[shape]))
            for group, shape in zip(groups, cells.shapes, strict=True)
        )

    assert left("octant") < left("blocks")


@pytest.mark.parametrize("mode", NAMES)
def test_one_colour_is_spaces(mode: str) -> None:
    shown = IMAGE_MODES[mode]
    dots: list[Colour] = [(30, 140, 250)] * (2 * 2 * shown.across * shown.down)
    cells = render_cells(mode, "truecolor", canvas(dots, 2 * shown.across, shown.across, shown.down))

    assert cells.shapes == bytes(4)
    assert colours(cells) == [((30, 140, 250), (30, 140, 250))] * 4


@pytest.mark.parametrize("mode", FITTED)
def test_a_cell_of_two_colours_is_shown_as_it_is(mode: str) -> None:
    shown = IMAGE_MODES[mode]
    width = 2 * shown.across
    dots: list[Colour] = [
        (250, 10, 10) if x < shown.across // 2 else (10, 10, 250) for _ in range(shown.down) for x in range(width)
    ]
    cells = render_cells(mode, "truecolor", canvas(dots, width, shown.across, shown.down))

    first, second = colours(cells)
    assert cells.characters[cells.shapes[0]] in "▌▐"
    assert {first[0], first[1]} == {(250, 10, 10), (10, 10, 250)}
    assert (cells.shapes[1], second[1]) == (0, (10, 10, 250))


def test_black_and_white_mix_to_the_grey_that_is_half_as_bright() -> None:
    board = Image.new("L", (16, 16))
    board.putdata([255 * (x % 2) for _ in range(16) for x in range(16)])

    grey = levels(reduce_band(board, (4, 4), (0, 0, 16, 16)))

    assert set(grey.tobytes()) == {188}


def test_a_picture_reduced_in_stripes_has_no_seams(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = Image.effect_noise((90, 210), 60).filter(ImageFilter.GaussianBlur(3))
    for size in ((30, 70), (41, 93), (80, 190)):
        box = (3.5, 7.25, 88.0, 203.5)
        whole = reduce_band(noise, size, box)
        with monkeypatch.context() as context:
            context.setattr(linear_light, "LIGHT_STRIPE", 700)
            striped = reduce_band(noise, size, box)
        histogram = ImageChops.difference(levels(whole), levels(striped)).histogram()
        assert sum(histogram[8:]) == 0, size  # pixels that lie exactly between two dots go either way


@pytest.mark.parametrize("family", [*glyphs.BLOCKS, glyphs.QUADRANTS, glyphs.SEXTANTS, glyphs.OCTANTS, glyphs.HALVES])
def test_characters_cover_what_their_masks_say(family: glyphs.Family) -> None:
    for mask, character in zip(family.masks, family.characters, strict=True):
        whole = (1 << family.across * family.down) - 1
        shown = mask ^ whole if mask in family.opposite else mask
        points = {
            (x, y)
            for x in range(ACROSS)
            for y in range(DOWN)
            if shown >> (y * family.down // DOWN) * family.across + x * family.across // ACROSS & 1
        }
        assert covered(character) == points, character


def test_known_octants() -> None:
    by_mask = dict(zip(glyphs.OCTANTS.masks, glyphs.OCTANTS.characters, strict=True))
    assert by_mask[0x04] == "\U0001cd00"  # BLOCK OCTANT-3
    assert by_mask[0x10] == "\U0001cd09"  # BLOCK OCTANT-5
    assert by_mask[0x01] == "\U0001cde5"  # BLOCK OCTANT-2345678, of which octant 1 is the rest
    assert not {chr(code) for code in (0x1FBE6, 0x1FBE7, 0x1CEA0, 0x1CEA3, 0x1CEA8, 0x1CEAB)} & set(by_mask.values())


def test_levels_and_light_there_and_back() -> None:
    assert [encoding()[value] for value in decoding()] == list(range(256))
    assert len(encoding()) == FULL_LIGHT + 1
    assert encoding() == sorted(encoding())


@pytest.mark.parametrize("depth", ["256", "16", "grey256", "grey16"])
def test_palettes_are_kept_to_and_mixed(depth: Depth) -> None:
    dots: list[Colour] = [(2 * x, 100, 255 - 2 * x) for _ in range(32) for x in range(100)]
    cells = render_cells("octant", depth, canvas(dots, 100, 1, 2))

    used = set(cells.ink) | set(cells.paper)
    assert used <= set(palette(depth))
    assert len(used) >= (2 if depth == "grey16" else 3)
    assert (len(cells.ink), cells.depth) == (len(cells.shapes), depth)
    assert mode_of("octant", depth) is IMAGE_MODES["half"]


def test_a_dithered_mean_is_near() -> None:
    cells = render_cells("half", "256", canvas([(112, 112, 150)] * 3200, 80, 1, 2))
    numbers = [*cells.ink, *cells.paper]
    shown = mean([palette("256")[number] for number in numbers])

    assert all(abs(a - b) < 12 for a, b in zip(shown, (112, 112, 150), strict=True))


@pytest.mark.parametrize("mode", NAMES)
def test_grey_has_no_colour(mode: str) -> None:
    shown = IMAGE_MODES[mode]
    cells = render_cells(mode, "grey", canvas(scene(mode), COLUMNS * shown.across, shown.across, shown.down))

    assert all(len(set(ink)) == len(set(paper)) == 1 for ink, paper in colours(cells))
    assert cells.depth == "grey"


def test_grey_is_as_bright_as_the_colour() -> None:
    cells = render_cells("half", "grey", canvas([(0, 255, 0), (255, 0, 0)], 1, 1, 2))

    assert colours(cells) == [((220, 220, 220), (127, 127, 127))]


def test_numpy_is_not_needed() -> None:
    code = (
        "import sys; sys.modules['numpy'] = None\n"
        "from PIL import Image\n"
        "from presenter.images.modes import render_cells; from presenter.images.subcells import SubcellImage\n"
        "image = SubcellImage.of((Image.new('I', (16, 16), 9000),), 2, 2, (0, 0, 16, 16))\n"
        "print(render_cells('blocks', 'truecolor', image).rows)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=Path(__file__).parents[1]) == "2\n"


def test_cells_of_no_columns() -> None:
    assert Cells(0, 0, b"", "", b"", b"").shapes == b""
