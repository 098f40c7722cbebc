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
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from PIL import Image, ImageChops, ImageMath

from presenter.images import dither, linear_light
from presenter.images.glyphs import HALVES, SPACE, Family
from presenter.images.subcells import BANDS, SubcellImage
from presenter.images.types import Cells, Depth

_STEPS: Final = 64
"""Parts of a squared level that gains are told apart by."""
_SHIFT: Final = 256
"""A gain carries the number of its character below it, so that one maximum finds both."""
_ALIKE: Final = 2
"""Two colours that differ by no more in any band are one."""


def _each(formula: Callable[[dict[str, Any]], Any], **images: Image.Image) -> Image.Image:
    """Work out a formula for every dot of some images of one size."""
    return cast("Image.Image", ImageMath.lambda_eval(formula, **images))


def fit_cells(canvas: SubcellImage, families: tuple[Family, ...]) -> Cells:
    """Give every cell its best character among those of the families, and its two colours."""
    canvas.reduce((family.across, family.down) for family in families)
    shapes = _shapes(canvas, families)
    colours = _colours(canvas, families, shapes)
    characters = SPACE + "".join(family.characters for family in families)
    return _cells(shapes, colours, characters)


def _shapes(canvas: SubcellImage, families: tuple[Family, ...]) -> Image.Image:
    """Return the number of each cell's best mask, mode L, counted from 1 through all families; 0 is one colour."""
    best = Image.new("I", (canvas.columns, canvas.rows))
    number = 0
    for family in families:
        parts = family.across * family.down
        for mask, difference in _sums(canvas, family):
            number += 1
            scale = _STEPS / parts**2 / (mask.bit_count() * (parts - mask.bit_count()))
            red, green, blue = _bands(_each(lambda at: at["d"] * at["d"], d=difference))
            best = _each(_better(scale, number), best=best, red=red, green=green, blue=blue)
    return _each(lambda at: at["best"] % _SHIFT, best=best).convert("L")


def _better(scale: float, number: int) -> Callable[[dict[str, Any]], Any]:
    """Return the formula for the larger of the best gain so far and that of a mask, with its number."""
    return lambda at: at["max"](at["best"], at["int"]((at["red"] + at["green"] + at["blue"]) * scale) * _SHIFT + number)


def _sums(canvas: SubcellImage, family: Family) -> Iterator[tuple[int, Image.Image]]:
    """Go through the masks, each with n S1 in levels: its n1 parts, from the mean of all n, times n. Mode F."""
    parts = _centred(_parts(canvas.means_of_levels(family.across, family.down), family))
    total: Image.Image | None = None
    before = 0
    for mask in family.masks:
        for place, part in enumerate(parts):
            if (before ^ mask) >> place & 1:
                formula = _added if mask >> place & 1 else _taken
                total = part if total is None else _each(formula, one=total, other=part)
        before = mask
        assert total is not None  # noqa: S101  the first mask has a part
        yield mask, total


def _added(at: dict[str, Any]) -> Any:  # noqa: ANN401  ImageMath's operands have no public type
    return at["one"] + at["other"]


def _taken(at: dict[str, Any]) -> Any:  # noqa: ANN401  as above
    return at["one"] - at["other"]


def _centred(parts: list[Image.Image]) -> list[Image.Image]:
    """Return for every part of the cells n times what it has more than the mean of its cell, mode F."""
    count = len(parts)
    parts = [part.convert("F") for part in parts]
    total = parts[0]
    for part in parts[1:]:
        total = _each(_added, one=total, other=part)
    return [_each(lambda at: at["part"] * count - at["total"], part=part, total=total) for part in parts]


def _parts(grid: Image.Image, family: Family) -> list[Image.Image]:
    """Take the parts of the cells from their grid: an image of one dot a cell for each part, row by row."""
    across, down = family.across, family.down
    size = grid.width // across, grid.height // down
    # The middle of each dot of the result is mapped to that of the part.
    return [
        grid.transform(
            size,
            Image.Transform.AFFINE,
            (across, 0, column + (1 - across) / 2, 0, down, row + (1 - down) / 2),
            Image.Resampling.NEAREST,
        )
        for row in range(down)
        for column in range(across)
    ]


def _bands(stack: Image.Image) -> Iterator[Image.Image]:
    """Take red, green and blue from below one another."""
    height = stack.height // BANDS
    return (stack.crop((0, band * height, stack.width, (band + 1) * height)) for band in range(BANDS))


def _colours(canvas: SubcellImage, families: tuple[Family, ...], shapes: Image.Image) -> Image.Image:
    """Return the first colours of all cells above the second ones, in levels, mode L: means of light.

    The first colour's sum is added up part by part, each for the cells whose character covers it; the second colour's
    is what is left of all parts.
    """
    shapes = _thrice(shapes)
    means = canvas.means(families[0].across, families[0].down).reduce((families[0].across, families[0].down))
    covered: Image.Image | None = None
    counts, ones = [1] * 256, [1] * 256
    start = 1
    for family in families:
        count = family.across * family.down
        masks = family.covered
        for place, part in enumerate(_parts(canvas.means(family.across, family.down), family)):
            where = [0] * 256
            where[start : start + len(masks)] = [mask >> place & 1 for mask in masks]
            covered = _each(
                _counted if covered is None else _counted_too,
                part=part, where=shapes.point(where, "I"), **({} if covered is None else {"sum": covered}),
            )  # fmt: skip
        counts[start : start + len(masks)] = [count] * len(masks)
        ones[start : start + len(masks)] = [mask.bit_count() for mask in masks]
        start += len(masks)
    assert covered is not None  # noqa: S101  there is a family
    first = shapes.point([1 / one for one in ones], "F")
    ink = _each(lambda at: at["int"](at["sum"] * at["share"] + 0.5), sum=covered, share=first)
    left = [1 / max(1, count - one) for count, one in zip(counts, ones, strict=True)]
    paper = _each(
        lambda at: at["int"]((at["mean"] * at["count"] - at["sum"]) * at["share"] + 0.5),
        mean=means, count=shapes.point(counts, "I"), sum=covered, share=shapes.point(left, "F"),
    )  # fmt: skip
    both = Image.new("I", (ink.width, 2 * ink.height), None)
    both.paste(ink, (0, 0))
    both.paste(paper, (0, ink.height))
    return linear_light.levels(both)


def _counted(at: dict[str, Any]) -> Any:  # noqa: ANN401  as above
    return at["part"] * at["where"]


def _counted_too(at: dict[str, Any]) -> Any:  # noqa: ANN401  as above
    return at["sum"] + at["part"] * at["where"]


def _thrice(image: Image.Image) -> Image.Image:
    """Put an image below itself twice, once a band."""
    whole = Image.new(image.mode, (image.width, BANDS * image.height), None)
    for band in range(BANDS):
        whole.paste(image, (0, band * image.height))
    return whole


def halves(canvas: SubcellImage) -> Cells:
    """Show two dots a cell, exactly, one above the other."""
    shapes = Image.new("L", (canvas.columns, canvas.rows), 1)
    return _cells(shapes, _apart(linear_light.levels(canvas.means(1, 2))), SPACE + HALVES.characters, alike=0)


def dithered_halves(canvas: SubcellImage, depth: Depth) -> Cells:
    """Show two dots a cell in the colours of a palette."""
    levels = Image.merge("RGB", list(_bands(linear_light.levels(canvas.means(1, 2)))))
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
