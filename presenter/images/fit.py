"""Where a picture goes in its box: pure geometry, in dots of the mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from presenter.images.types import Fit

SQUARE_TOLERANCE: Final = 0.02
"""Dots this near to squares are taken for squares."""


@dataclass(frozen=True, slots=True)
class FitResult:
    """What is drawn and how large.

    Attributes:
        width: dots across that the picture covers, 1 or more.
        height: dots down, the same.
        left: the part of the picture that is shown, in shares of its width and height from the top left.
        top: the same.
        right: the same.
        bottom: the same.
    """

    width: int
    height: int
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


def fit_box(  # noqa: PLR0913  the picture, the box and how to fill it
    size: tuple[int, int],
    box: tuple[int, int],
    *,
    shape: float,
    fit: Fit,
    focus: tuple[float, float] = (0.5, 0.5),
    smooth: bool = True,
) -> FitResult:
    """Place a picture in a box.

    Args:
        size: pixels of the picture, which are squares.
        box: dots of the box.
        shape: width of a dot divided by its height.
        fit: as in `Request`.
        focus: as in `Request`.
        smooth: as in `Request`; pixel art grows by whole numbers where dots are squares.

    Returns:
        For `contain`, the picture's proportions to within the rounding to a whole dot in one direction.
    """
    if fit == "fill":
        return FitResult(*box)
    if fit == "actual":
        width, height = min(size[0], box[0]), min(size[1], box[1])
        return FitResult(width, height, *_cut(width / size[0], height / size[1], focus))
    # How many dots down a pixel takes, if the picture filled the box across, or down.
    across, down = box[0] * shape / size[0], box[1] / size[1]
    if fit == "cover":
        scale = max(across, down)
        return FitResult(*box, *_cut(across / scale, down / scale, focus))
    scale = min(across, down)
    times = min(box[0] // size[0], box[1] // size[1])
    if not smooth and times > 1 and abs(shape - 1) <= SQUARE_TOLERANCE:
        return FitResult(size[0] * times, size[1] * times)
    width, height = round(size[0] * scale / shape), round(size[1] * scale)
    return FitResult(min(max(width, 1), box[0]), min(max(height, 1), box[1]))


def _cut(width: float, height: float, focus: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of a window of this size whose middle is as near to the focus as can be."""
    left = min(max(focus[0] - width / 2, 0.0), 1.0 - width)
    top = min(max(focus[1] - height / 2, 0.0), 1.0 - height)
    return left, top, left + width, top + height
