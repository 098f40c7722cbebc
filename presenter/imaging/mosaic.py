"""The exact fit: for every cell the character and the two colours that come nearest to its dots.

For a character that gives the first colour to n1 of a cell's n parts and the second to n0, the best colours are the
means of the parts, and the squared error is that of one mean for all less |S1|^2 n / (n1 n0), where S1 is the sum of
the n1 parts, taken from the mean of all: the character with the largest gain is the best there is (Otsu's criterion
for three channels). The gain is reckoned in levels, where differences look alike large; the colours are means of
light, so that the picture has the right brightness from afar.

Every step is one operation of Pillow on all cells and all three bands, which stand below one another in one image.
"""

from __future__ import annotations

import operator
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Self, cast

from PIL import Image, ImageChops, ImageMath

from presenter.imaging import dither, light
from presenter.imaging.canvas import BANDS, Canvas
from presenter.imaging.glyphs import HALVES, SPACE, Family
from presenter.imaging.model import Cells, Depth

_STEPS: Final = 64
"""Parts of a squared level that gains are told apart by."""
_SHIFT: Final = 256
"""A gain carries the number of its character below it, so that one maximum finds both."""
_ALIKE: Final = 2
"""Two colours that differ by no more in any band are one."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is known of one mask: its number, and the parts that its character's first colour covers."""

    number: int
    family: Family
    mask: int

    @property
    def ones(self) -> int:
        return self.mask.bit_count()

    @property
    def parts(self) -> int:
        return self.family.across * self.family.down


def _each(formula: Callable[[dict[str, Any]], Any], **images: Image.Image) -> Image.Image:
    """Work out a formula for every dot of some images of one size."""
    return cast("Image.Image", ImageMath.lambda_eval(formula, **images))


def fit(canvas: Canvas, families: tuple[Family, ...]) -> Cells:
    """Give every cell its best character among those of the families, and its two colours."""
    canvas.reduce((family.across, family.down) for family in families)
    shapes = _shapes(canvas, families)
    colours = _colours(canvas, families, shapes)
    characters = SPACE + "".join(family.characters for family in families)
    return _cells(shapes, colours, characters)


def _shapes(canvas: Canvas, families: tuple[Family, ...]) -> Image.Image:
    """Return the number of each cell's best mask, mode L, counted from 1 through all families; 0 is one colour."""
    best = Image.new("I", (canvas.columns, canvas.rows))
    for cut, difference in _sums(canvas, canvas.means_of_levels, families, "F"):
        scale = _STEPS / cut.parts**2 / (cut.ones * (cut.parts - cut.ones))
        red, green, blue = _bands(_each(lambda at: at["d"] * at["d"], d=difference))
        best = _each(_better(scale, cut.number), best=best, red=red, green=green, blue=blue)
    number = _each(lambda at: at["best"] % _SHIFT, best=best)
    return number.convert("L")


def _better(scale: float, number: int) -> Callable[[dict[str, Any]], Any]:
    """Return the formula for the larger of the best gain so far and that of a mask, with its number."""
    return lambda at: at["max"](at["best"], at["int"]((at["red"] + at["green"] + at["blue"]) * scale) * _SHIFT + number)


def _sums(
    canvas: Canvas, means: Callable[[int, int], Image.Image], families: Iterable[Family], mode: str
) -> Iterator[tuple[_Cut, Image.Image]]:
    """Go through all masks, each with n S1: the sum of its parts, from the mean of all n of them, times n."""
    number = 0
    for family in families:
        parts = _centred(_parts(canvas, means(family.across, family.down), family), mode)
        total = Image.new(mode, parts[0].size)
        before = 0
        for mask in family.masks:
            number += 1
            for place, part in enumerate(parts):
                if (before ^ mask) >> place & 1:
                    total = _added(total, part) if mask >> place & 1 else _taken(total, part)
            before = mask
            yield _Cut(number, family, mask), total


def _added(one: Image.Image, other: Image.Image) -> Image.Image:
    return _each(lambda at: at["one"] + at["other"], one=one, other=other)


def _taken(one: Image.Image, other: Image.Image) -> Image.Image:
    return _each(lambda at: at["one"] - at["other"], one=one, other=other)


def _centred(parts: list[Image.Image], mode: str) -> list[Image.Image]:
    """Return for every part of the cells n times what it has more than the mean of its cell."""
    count = len(parts)
    total = parts[0]
    for part in parts[1:]:
        total = _added(total, part)
    return [_each(lambda at: at["part"] * count - at["total"], part=part, total=total).convert(mode) for part in parts]


def _parts(canvas: Canvas, grid: Image.Image, family: Family) -> list[Image.Image]:
    """Take the parts of the cells from their grid: an image of one dot a cell for each part, row by row."""
    across, down = family.across, family.down
    columns, rows = canvas.columns, canvas.rows * BANDS
    kind = "i" if grid.mode == "I" else "B"
    # The rows of parts in a row of cells, put side by side, are the same bytes.
    flat = Image.frombytes(grid.mode, (grid.width * down, rows), grid.tobytes())
    parts = []
    for row in range(down):
        line = array(kind, flat.crop((row * grid.width, 0, (row + 1) * grid.width, rows)).tobytes())
        parts += [
            Image.frombytes(grid.mode, (columns, rows), line[column::across].tobytes()) for column in range(across)
        ]
    return parts


def _bands(stack: Image.Image) -> Iterator[Image.Image]:
    """Take red, green and blue from below one another."""
    height = stack.height // BANDS
    return (stack.crop((0, band * height, stack.width, (band + 1) * height)) for band in range(BANDS))


def _colours(canvas: Canvas, families: tuple[Family, ...], shapes: Image.Image) -> Image.Image:
    """Return the first colours of all cells above the second ones, in levels, mode L."""
    means = cache(canvas.means)
    across, down = families[-1].across, families[-1].down
    mean = means(across, down).reduce((across, down))
    used = shapes.histogram()
    differences = Image.new("I", mean.size)
    inks, papers = [0.0] * 256, [0.0] * 256
    for cut, difference in _sums(canvas, means, families, "I"):
        if used[cut.number]:
            chosen = shapes.point([255 * (number == cut.number) for number in range(256)])
            differences.paste(difference, mask=_thrice(chosen))
            covered, left = 1 / (cut.parts * cut.ones), -1 / (cut.parts * (cut.parts - cut.ones))
            swap = cut.mask in cut.family.opposite
            inks[cut.number], papers[cut.number] = (left, covered) if swap else (covered, left)
    both = Image.new("I", (mean.width, 2 * mean.height))
    for index, shares in enumerate((inks, papers)):
        colour = _each(
            lambda at: at["int"](at["mean"] + at["differences"] * at["share"] + 0.5),
            mean=mean, differences=differences, share=_thrice(shapes.point(shares, "F")),
        )  # fmt: skip
        both.paste(colour, (0, index * mean.height))
    return light.levels(both)


def _thrice(image: Image.Image) -> Image.Image:
    """Put an image below itself twice, once a band."""
    whole = Image.new(image.mode, (image.width, BANDS * image.height))
    for band in range(BANDS):
        whole.paste(image, (0, band * image.height))
    return whole


def halves(canvas: Canvas) -> Cells:
    """Show two dots a cell, exactly, one above the other."""
    shapes = Image.new("L", (canvas.columns, canvas.rows), 1)
    return _cells(shapes, _apart(light.levels(canvas.means(1, 2))), SPACE + HALVES.characters, alike=0)


def dithered_halves(canvas: Canvas, depth: Depth) -> Cells:
    """Show two dots a cell in the colours of a palette."""
    levels = Image.merge("RGB", list(_bands(light.levels(canvas.means(1, 2)))))
    numbers = _apart(dither.dithered(levels, depth))
    size = canvas.columns * canvas.rows
    ink, paper = numbers.tobytes()[:size], numbers.tobytes()[size:]
    shapes = bytes(map(operator.ne, ink, paper))
    return Cells(canvas.columns, canvas.rows, shapes, SPACE + HALVES.characters, ink, paper, depth)


def _apart(dots: Image.Image) -> Image.Image:
    """Put the upper dots of all cells above the lower ones."""
    # Two rows of dots put side by side are the same bytes.
    width, height = dots.width, dots.height // 2
    flat = Image.frombytes("L", (2 * width, height), dots.tobytes())
    both = Image.new("L", dots.size)
    for index in range(2):
        both.paste(flat.crop((index * width, 0, (index + 1) * width, height)), (0, index * height))
    return both


def _cells(shapes: Image.Image, colours: Image.Image, characters: str, alike: int = _ALIKE) -> Cells:
    """Make cells; those whose two colours are alike get the colour between them and no character."""
    middle = colours.height // 2
    ink, paper = (colours.crop((0, top, colours.width, top + middle)) for top in (0, middle))
    red, green, blue = _bands(ImageChops.difference(ink, paper))
    widest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    one = widest.point([255 * (level <= alike) for level in range(256)])
    shapes.paste(0, mask=one)
    between, three = ImageChops.add(ink, paper, 2), _thrice(one)
    ink.paste(between, mask=three)
    paper.paste(between, mask=three)
    return Cells(shapes.width, shapes.height, shapes.tobytes(), characters, ink.tobytes(), paper.tobytes())
