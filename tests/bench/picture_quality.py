"""How near a picture in cells comes to the picture: the definition of the figures that `pictures.py` prints.

Both are compared as images of 8 x 16 pixels a cell. The wanted one is the source, reduced by areas in linear light. The
shown one is drawn from the characters and colours of the cells: which points a block character covers is what its
Unicode name says.

PSNR: of sRGB levels, 255 the peak, over all pixels and bands; higher is better.
dE2000: the mean CIEDE2000 colour difference of the pixels.
dE-blur: the same after both were blurred in linear light by a Gaussian of 0.75 cells' width, which is about what is
    left from the distance that makes one picture of the cells. It tells best which of two looks right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage.color import deltaE_ciede2000, rgb2lab

from imaging_cells import ACROSS, DOWN, covered

WIDE, TALL = 8, 16
BLUR = 0.75 * WIDE
Array: TypeAlias = Any
Grid: TypeAlias = list[list[tuple[str, tuple[int, int, int], tuple[int, int, int]]]]
"""Rows of cells: character, colour, colour behind it."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The three figures."""

    psnr: float
    delta: float
    blurred: float


def linear(levels: Array) -> Array:
    """Return the light of sRGB levels from 0 to 255."""
    values = levels / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(light: Array) -> Array:
    """Return the levels, from 0 to 255, of light from 0 to 1."""
    light = np.clip(light, 0, 1)
    return 255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def _areas(dots: int, pixels: int) -> Array:
    """Return the matrix that takes means of areas: what share of each pixel lies in each dot."""
    edges = np.linspace(0, pixels, dots + 1)
    starts, ends = edges[:-1, None], edges[1:, None]
    place = np.arange(pixels)[None]
    shares = np.clip(np.minimum(ends, place + 1) - np.maximum(starts, place), 0, None)
    return shares / shares.sum(1, keepdims=True)


def reference(image: Image.Image, columns: int, rows: int) -> Array:
    """Return what a picture looks like at the size of some cells: levels, rounded."""
    light = linear(np.asarray(image.convert("RGB"), float))
    across, down = _areas(columns * WIDE, image.width), _areas(rows * TALL, image.height)
    return np.round(encoded(np.einsum("yh,hwc->ywc", down, np.einsum("xw,hwc->hxc", across, light))))


def _mask(character: str) -> Array:
    fine = np.zeros((2 * DOWN, ACROSS), bool)
    for x, y in covered(character):
        fine[2 * y : 2 * y + 2, x] = True
    return fine.reshape(TALL, -1, ACROSS).mean(1)  # a sixth of a pixel where thirds cut one


def drawn(grid: Grid) -> Array:
    """Return what cells look like: levels."""
    masks = {character: _mask(character)[..., None] for row in grid for character, _, _ in row}
    return np.concatenate(
        [
            np.concatenate(
                [masks[c] * np.array(ink, float) + (1 - masks[c]) * np.array(paper, float) for c, ink, paper in row], 1
            )
            for row in grid
        ]
    )


def _blurred(levels: Array) -> Array:
    light = linear(levels)
    return encoded(np.stack([gaussian_filter(light[..., band], BLUR, mode="nearest") for band in range(3)], -1))


def _difference(one: Array, other: Array) -> float:
    return float(deltaE_ciede2000(rgb2lab(one / 255), rgb2lab(other / 255)).mean())


def quality(wanted: Array, shown: Array) -> Quality:
    """Compare two arrays of levels."""
    error = float(np.mean((wanted - shown) ** 2))
    return Quality(
        float(10 * np.log10(255**2 / error)), _difference(wanted, shown), _difference(_blurred(wanted), _blurred(shown))
    )
