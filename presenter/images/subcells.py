"""Means of the parts of cells: what a picture is reduced to before characters and colours are chosen for it.

The pixels are taken a few rows of cells at a time, small enough for a processor's cache: turned into light, and
reduced to every grid that is wanted, in light and in levels. That takes half the time of doing one after the other
for the whole picture, and no memory to speak of. It also may begin before the last pixels are decoded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Self, TypeAlias, cast

from PIL import Image, ImageMath

from presenter.images import linear_light

BANDS: Final = 3
ROWS_PER_STRIPE: Final = 120_000
"""Pixels that are worked on together; as light they take four bytes each."""

CellGrid: TypeAlias = tuple[int, int]
"""Parts of a cell: so many across, so many down."""
Bands: TypeAlias = list[Image.Image]
PixelBox: TypeAlias = tuple[float, float, float, float]
_Pixels: TypeAlias = tuple[Bands, Image.Image]
"""The same pixels as bands of light, mode I, and as levels, mode L or RGB."""


class SubcellImage:
    """A picture ready to be cut into cells.

    Args:
        columns: cells across.
        rows: cells down.
        box: left, top, right, bottom of what the cells show, in pixels.
        bands: 3, or 1 that stands for all three.
        pixels: returns whole rows of pixels, from the first to before the last.
    """

    def __init__(
        self, columns: int, rows: int, box: PixelBox, bands: int, pixels: Callable[[int, int], _Pixels]
    ) -> None:
        self.columns = columns
        self.rows = rows
        self.box = box
        self.bands = bands
        self._pixels = pixels
        self._light: dict[CellGrid, Image.Image] = {}
        self._levels: dict[CellGrid, Image.Image] = {}

    @classmethod
    def of(cls, bands: Iterable[Image.Image], columns: int, rows: int, box: PixelBox) -> Self:
        """Make one of bands of light, mode I."""
        bands = list(bands)

        def pixels(top: int, bottom: int) -> _Pixels:
            part = [band.crop((0, top, band.width, bottom)) for band in bands]
            levels = [linear_light.levels(band) for band in part]
            return part, levels[0] if len(levels) == 1 else Image.merge("RGB", levels)

        return cls(columns, rows, box, len(bands), pixels)

    @classmethod
    def of_levels(cls, image: Image.Image, columns: int, rows: int, box: PixelBox, background: str = "#000000") -> Self:
        """Make one of levels, mode L or RGB; where the box goes beyond them on the right and below is background."""
        width, height = math.ceil(box[2]), math.ceil(box[3])
        beyond = width > image.width or height > image.height

        def pixels(top: int, bottom: int) -> _Pixels:
            part = image.crop((0, top, image.width, min(bottom, image.height)))
            if beyond:
                wider = Image.new("RGB", (max(width, image.width), bottom - top), background)
                wider.paste(part)
                part = wider
            return [band.point(linear_light.decoding(), "I") for band in part.split()], part

        return cls(columns, rows, box, BANDS if beyond else len(image.getbands()), pixels)

    def grey(self) -> SubcellImage:
        """Return its luminance (CIE Y of sRGB) instead of its colours."""
        if self.bands == 1:
            return self

        def pixels(top: int, bottom: int) -> _Pixels:
            red, green, blue = self._pixels(top, bottom)[0]
            level = _luminance(red, green, blue)
            return [level], linear_light.levels(level)

        return SubcellImage(self.columns, self.rows, self.box, 1, pixels)

    def begin(self, grids: Iterable[CellGrid], *, levels: bool = True) -> Reduction:
        """Begin to reduce it to some grids; in light only, unless levels are wanted too."""
        reduction = Reduction(self, tuple(dict.fromkeys(grids)), levels=levels)
        self._light.update(reduction.light)
        self._levels.update(reduction.levels)
        return reduction

    def reduce(self, grids: Iterable[CellGrid], *, levels: bool = True) -> None:
        """Reduce it to the grids that it has not been reduced to yet."""
        known = self._levels if levels else self._light
        wanted = [grid for grid in grids if grid not in known]
        if wanted:
            self.begin(wanted, levels=levels).advance()

    def means(self, across: int, down: int) -> Image.Image:
        """Return the means of light of parts of the cells, mode I, the bands one above the other, always three."""
        self.reduce([(across, down)], levels=False)
        return self._thrice(self._light[across, down])

    def means_of_levels(self, across: int, down: int) -> Image.Image:
        """Return the means of levels, mode L: they differ by what looks alike different, light does not."""
        self.reduce([(across, down)])
        return self._thrice(self._levels[across, down])

    def _thrice(self, image: Image.Image) -> Image.Image:
        return image if self.bands == BANDS else linear_light.stacked([image] * BANDS)

    def stripe(self, first: int, last: int) -> tuple[_Pixels, PixelBox]:
        """Return the pixels of some rows of cells, and the part of them that these rows show."""
        left, top, right, bottom = self.box
        pitch = (bottom - top) / self.rows
        start, end = top + first * pitch, top + last * pitch
        above, beneath = math.floor(start), math.ceil(min(end, bottom))
        pixels = self._pixels(above, beneath)
        return pixels, (left, start - above, right, min(end - above, pixels[1].height))


class Reduction:
    """A canvas on the way to the means of some grids.

    Attributes:
        light: the parts of all cells by grids, one dot each, the bands one above the other, mode I; whole only after
            the last row.
        levels: the same in levels, mode L; nothing when that is not wanted.
    """

    def __init__(self, canvas: SubcellImage, grids: tuple[CellGrid, ...], *, levels: bool) -> None:
        self._canvas = canvas
        self._next = 0
        left, top, right, bottom = canvas.box
        pitch = (bottom - top) / canvas.rows
        self._step = max(1, int(ROWS_PER_STRIPE / max(1.0, (right - left) * pitch)))
        self.light = {grid: self._empty("I", *grid) for grid in grids}
        self.levels = {grid: self._empty("L", *grid) for grid in grids if levels}

    def _empty(self, mode: str, across: int, down: int) -> Image.Image:
        canvas = self._canvas
        return Image.new(mode, (canvas.columns * across, canvas.rows * down * canvas.bands), None)

    def advance(self, known: float = math.inf) -> None:
        """Go on as far as rows of pixels are known; with all of them to the end."""
        canvas = self._canvas
        _, top, _, bottom = canvas.box
        while self._next < canvas.rows:
            last = min(self._next + self._step, canvas.rows)
            if math.ceil(top + last * (bottom - top) / canvas.rows) > known:
                return
            self._take(self._next, last)
            self._next = last

    def _take(self, first: int, last: int) -> None:
        (bands, levels), box = self._canvas.stripe(first, last)
        size = self._canvas.columns, last - first
        for index, band in enumerate(bands):
            for grid, found in _reduced(band, size, box, self.light):
                self._put(self.light[grid], found, index, first * grid[1])
        for grid, found in _reduced(levels, size, box, self.levels):
            for index, band in enumerate(found.split()):
                self._put(self.levels[grid], band, index, first * grid[1])

    def _put(self, target: Image.Image, part: Image.Image, band: int, row: int) -> None:
        target.paste(part, (0, band * (target.height // self._canvas.bands) + row))


def _reduced(
    image: Image.Image, size: tuple[int, int], box: PixelBox, grids: Iterable[CellGrid]
) -> Iterator[tuple[CellGrid, Image.Image]]:
    """Reduce pixels to several grids of so many cells, sharing what can be shared."""
    columns, rows = size
    left, top, right, bottom = box
    narrow = [grid for grid in grids if grid[0] <= 2]  # noqa: PLR2004  a cell's two halves side by side
    if len(narrow) > 1:
        halves = image.resize((2 * columns, image.height), Image.Resampling.BOX, box=(left, 0, right, image.height))
        for across, down in narrow:
            found = halves.resize((2 * columns, rows * down), Image.Resampling.BOX, box=(0, top, 2 * columns, bottom))
            yield (across, down), found if across == 2 else found.reduce((2, 1))  # noqa: PLR2004  as above
    for across, down in grids:
        if len(narrow) > 1 and across <= 2:  # noqa: PLR2004  as above
            continue
        if down == 1:
            lines = image.resize((image.width, rows), Image.Resampling.BOX, box=(0, top, image.width, bottom))
            found = lines.resize((columns * across, rows), Image.Resampling.BOX, box=(left, 0, right, rows))
        else:
            found = image.resize((columns * across, rows * down), Image.Resampling.BOX, box=box)
        yield (across, down), found


def _luminance(red: Image.Image, green: Image.Image, blue: Image.Image) -> Image.Image:
    def formula(at: dict[str, Any]) -> Any:  # noqa: ANN401  ImageMath's operands have no public type
        red, green, blue = (at["float"](at[name]) for name in ("red", "green", "blue"))  # as Pillow before 13 needs it
        return at["int"](red * 0.2126 + green * 0.7152 + blue * 0.0722 + 0.5)

    return cast("Image.Image", ImageMath.lambda_eval(formula, red=red, green=green, blue=blue))
