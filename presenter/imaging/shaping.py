"""Decoded pixels made plain, scaled, turned and set on their background."""

from __future__ import annotations

from typing import Final

from PIL import Image

from presenter.imaging.fitting import Placing

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
_REDUCING_GAP: Final = 3.0
"""How many times the final size the quick first reduction has to leave; 3 cannot be told from none."""


def turn(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1, upright, when there is none or nonsense."""
    try:
        # The class's own way, because a PNG's would decode the whole picture.
        found = Image.Image.getexif(image).get(_ORIENTATION)
    except Exception:  # noqa: BLE001  broken metadata raises anything
        return 1
    return found if isinstance(found, int) and found in _TURNS else 1


def turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return width and height after, or before, turning."""
    return size if orientation < _SWAPPED else (size[1], size[0])


def _stored(placing: Placing, orientation: int) -> tuple[float, float, float, float]:
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


def plain(image: Image.Image) -> Image.Image:
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


def without_rest(
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


def scale(image: Image.Image, placing: Placing, orientation: int, *, smooth: bool, exact: bool) -> Image.Image:
    """Cut out the shown part, bring it to its size and turn it.

    Args:
        image: pixels as they are stored, possibly reduced already.
        placing: what is shown and how large, as it is seen.
        orientation: EXIF's.
        smooth: Lanczos; else hard edges when it grows and means when it shrinks.
        exact: pixels are taken over one by one.
    """
    shares = _stored(placing, orientation)
    across, down = image.size
    left, top, right, bottom = shares[0] * across, shares[1] * down, shares[2] * across, shares[3] * down
    size = turned((placing.width, placing.height), orientation)
    if exact:
        x, y = round(left), round(top)
        image = image.crop((x, y, x + size[0], y + size[1]))
    else:
        # Shares are floats: their products may pass the edge by a hair, which Pillow refuses.
        box = (max(left, 0.0), max(top, 0.0), min(right, across), min(bottom, down))
        grows = size[0] >= right - left and size[1] >= bottom - top
        kind = Image.Resampling.LANCZOS if smooth else Image.Resampling.NEAREST if grows else Image.Resampling.BOX
        image = image.resize(size, kind, box=box, reducing_gap=_REDUCING_GAP if smooth else None)
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def on_cells(image: Image.Image, background: str, across: int, down: int) -> Image.Image:
    """Set a picture on its background, widened and heightened to whole cells of `across` by `down` dots."""
    width, height = -(-image.width // across) * across, -(-image.height // down) * down
    canvas = Image.new("RGB", (width, height), background)
    if image.mode in {"LA", "RGBA"}:
        image = image.convert("RGBA")
        canvas.paste(image, mask=image)
    else:
        canvas.paste(image.convert("RGB"))
    return canvas
