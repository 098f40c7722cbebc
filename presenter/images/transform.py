"""Decoded pixels made plain, scaled, turned and set on their background."""

from __future__ import annotations

from typing import Final

from PIL import Image

from presenter.images import linear_light
from presenter.images.fit import FitResult
from presenter.images.modes import ImageMode
from presenter.images.subcells import PixelBox, SubcellImage

_ORIENTATION: Final = 0x0112
_SWAPPED: Final = 5
"""EXIF orientations from here on exchange width and height."""
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FROM_RIGHT: Final = (2, 3, 7, 8)
"""Orientations whose stored rows run from right to left of what is shown (after the exchange)."""
_FROM_BELOW: Final = (3, 4, 6, 7)
_MANY: Final = 1_000_000
_DENSE: Final = 4
"""More pixels in all, and to a dot, are reduced to dots before anything else, to spare time and memory."""
_COARSE: Final = 0.7
"""Pixels to a dot below which they would be seen one by one."""
_REDUCING_GAP: Final = 3.0
"""How many times the final size the quick first reduction has to leave; 3 cannot be told from none."""


def exif_orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1, upright, when there is none or nonsense."""
    try:
        # The class's own way, because a PNG's would decode the whole picture.
        found = Image.Image.getexif(image).get(_ORIENTATION)
    except Exception:  # noqa: BLE001  broken metadata raises anything
        return 1
    return found if isinstance(found, int) and found in _TURNS else 1


def oriented_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return width and height after, or before, turning."""
    return size if orientation < _SWAPPED else (size[1], size[0])


def _stored(placing: FitResult, orientation: int) -> tuple[float, float, float, float]:
    """Return where in the stored picture the shown part lies: left, top, right, bottom in shares."""
    left, top, right, bottom = placing.left, placing.top, placing.right, placing.bottom
    if orientation >= _SWAPPED:
        left, top, right, bottom = top, left, bottom, right
    if orientation in _FROM_RIGHT:
        left, right = 1 - right, 1 - left
    if orientation in _FROM_BELOW:
        top, bottom = 1 - bottom, 1 - top
    return left, top, right, bottom


def _to_eight_bits(level: Image.ImagePointTransform) -> Image.ImagePointTransform | float:
    return level * (1 / 257) + 0.5


def plain_mode(image: Image.Image) -> Image.Image:
    """Return the picture in one of the modes that scale well: L, LA, RGB or RGBA."""
    if image.mode.startswith("I"):
        return image.point(_to_eight_bits).convert("L")  # converting alone clips 16 bits to white
    if image.mode in {"LA", "RGBA"}:
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def fill_missing(
    image: Image.Image, part: tuple[int, int, int, int] | None, background: str, *, upwards: bool
) -> Image.Image:
    """Put the background where a file cut short left rows empty.

    Args:
        image: all of it, made plain.
        part: the box of what is not zero in the picture as it was decoded.
        background: `#rrggbb`.
        upwards: the rows of the file begin at the bottom.
    """
    if image.mode in {"LA", "RGBA"} or part is None:
        return image
    whole = image.convert("RGB")
    width, height = whole.size
    rest = (0, 0, width, part[1]) if upwards else (0, part[3], width, height)
    if rest[1] < rest[3]:
        whole.paste(background, rest)
    return whole


def scale(image: Image.Image, placing: FitResult, orientation: int, *, smooth: bool, exact: bool) -> Image.Image:
    """Cut out the shown part of a picture, bring it to its size in pixels and turn it.

    Args:
        image: pixels as they are stored, possibly reduced already.
        placing: what is shown and how large, as it is seen.
        orientation: EXIF's.
        smooth: Lanczos; else hard edges when it grows and means when it shrinks.
        exact: pixels are taken over one by one.
    """
    size, box = _cut(image, placing, orientation, exact=exact)
    kind = Image.Resampling.LANCZOS if smooth and not exact else _hard(size, box)
    image = image.resize(size, kind, box=box, reducing_gap=_REDUCING_GAP if smooth else None)
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def _cut(image: Image.Image, placing: FitResult, orientation: int, *, exact: bool) -> tuple[tuple[int, int], PixelBox]:
    """Return the size before turning, and the box of the stored pixels that is shown; `exact` takes whole ones."""
    shares = _stored(placing, orientation)
    across, down = image.size
    # Shares are floats: their products may pass the edge by a hair, which Pillow refuses.
    box = (
        max(shares[0] * across, 0.0),
        max(shares[1] * down, 0.0),
        min(shares[2] * across, across),
        min(shares[3] * down, down),
    )
    if exact:
        left, top = round(box[0]), round(box[1])
        box = (left, top, left + round(box[2] - box[0]), top + round(box[3] - box[1]))
    return oriented_size((placing.width, placing.height), orientation), box


def _hard(size: tuple[int, int], box: PixelBox) -> Image.Resampling:
    grows = size[0] >= box[2] - box[0] and size[1] >= box[3] - box[1]
    return Image.Resampling.NEAREST if grows else Image.Resampling.BOX


def on_background(image: Image.Image, background: str) -> Image.Image:
    """Return a picture without transparency: its pixels on a colour, mode L or RGB."""
    if image.mode not in {"LA", "RGBA"}:
        return image
    canvas = Image.new("RGB", image.size, background)
    image = image.convert("RGBA")
    canvas.paste(image, mask=image)
    return canvas


def apply_orientation(image: Image.Image, orientation: int) -> Image.Image:
    """Turn a picture as its orientation says."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def canvas(  # noqa: PLR0913  a picture, its place, and how it gets there
    image: Image.Image, placing: FitResult, mode: ImageMode, background: str, *, smooth: bool, exact: bool
) -> SubcellImage:
    """Prepare a picture for the cells it covers; where it ends within a cell, the background goes on.

    Args:
        image: mode L or RGB, upright, possibly reduced already.
        placing: what is shown and how large, in dots.
        mode: how it will be shown.
        background: `#rrggbb`.
        smooth: pixels that become larger than a dot run into one another.
        exact: whole pixels are shown.
    """
    size, box = _cut(image, placing, 1, exact=exact)
    across, down = _pitch(size, box)
    if _dense(size, box, mode):
        bands = [linear_light.levels(linear_light.reduce_band(band, size, box)) for band in image.split()]
        image = Image.merge(image.mode, bands)
        box, across, down = (0, 0, *size), 1, 1
    elif smooth and not exact and _coarse(size, box, mode):
        image = image.resize(size, Image.Resampling.BICUBIC, box=box)
        box, across, down = (0, 0, *size), 1, 1
    columns, rows = -(-size[0] // mode.across), -(-size[1] // mode.down)
    whole = (
        box[0],
        box[1],
        box[2] + (columns * mode.across - size[0]) * across,
        box[3] + (rows * mode.down - size[1]) * down,
    )
    return SubcellImage.of_levels(image, columns, rows, whole, background)


def direct(image: Image.Image, placing: FitResult, mode: ImageMode) -> bool:
    """Say whether `canvas` takes the pixels of a smooth picture as they are, so that they need not all be there yet."""
    size, box = _cut(image, placing, 1, exact=False)
    return not _dense(size, box, mode) and not _coarse(size, box, mode)


def _pitch(size: tuple[int, int], box: PixelBox) -> tuple[float, float]:
    """Return pixels to a dot, across and down."""
    return (box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1]


def _dense(size: tuple[int, int], box: PixelBox, mode: ImageMode) -> bool:
    """Say whether it pays to make dots of the pixels first; for a single grid that is all there is to do anyway."""
    across, down = _pitch(size, box)
    return len(mode.grids) > 1 and across * down > _DENSE and across * down * size[0] * size[1] > _MANY


def _coarse(size: tuple[int, int], box: PixelBox, mode: ImageMode) -> bool:
    """Say whether single pixels would be seen: where they are larger than the parts of a cell."""
    across, down = _pitch(size, box)
    finest = max(grid[1] for grid in mode.grids)
    return min(across, down * mode.down / finest) < _COARSE
