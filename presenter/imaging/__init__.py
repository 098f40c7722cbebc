"""A picture file becomes cells. Pillow and rich-pixels live in this room only, and load with the first picture.

    draw(request)       the picture in the cells of its box, from the cache where it can be
    inspect(path)       what its header says
    verify(path)        the same, with every pixel decoded
    renew()             files may have changed: look at them again
    renderable(picture) the picture for a Rich console
    letters(text, ...)  a few words in letters several rows tall

Everything that can be wrong with a file is a `PictureError` with words for the author.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from presenter.imaging.model import Fit, Info, Picture, PictureError, Raster, Request
from presenter.imaging.shelf import Shelf

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich_pixels import Pixels

__all__ = [
    "Fit",
    "Info",
    "Picture",
    "PictureError",
    "Request",
    "draw",
    "inspect",
    "letters",
    "renderable",
    "renew",
    "verify",
]


def _rasterize(request: Request) -> Raster:
    from presenter.imaging.decoding import rasterize  # noqa: PLC0415  Pillow loads with the first picture

    return rasterize(request)


def _paint(request: Request, raster: Raster) -> Picture:
    from presenter.imaging.modes import paint  # noqa: PLC0415  loads with the first picture

    return paint(request.mode, raster)


_SHELF = Shelf(_rasterize, _paint)


def draw(request: Request, *, patient: bool = True) -> Picture | None:
    """Draw a picture into a box of cells.

    Safe to call from any thread; threads that ask for the same file decode it once. What was drawn is kept: a file
    that disappears or breaks afterwards is shown as it was, with a remark.

    Args:
        request: the file, the box and how to fill it.
        patient: False never touches the disk and never decodes.

    Returns:
        The picture; None when it is not at hand and `patient` is False.

    Raises:
        PictureError: the file cannot be shown; known failures are raised again at once until the file changes.
    """
    return _SHELF.draw(request, patient=patient)


def inspect(path: Path) -> Info:
    """Read the header of a picture; raise PictureError when it is none or beyond the limits."""
    from presenter.imaging.decoding import inspect as read  # noqa: PLC0415  Pillow loads with the first picture

    return read(path)


def verify(path: Path) -> Info:
    """Decode a whole picture within the limits; `Info.remark` says so when a part of it is missing.

    Raises:
        PictureError: nothing of it can be shown.
    """
    from presenter.imaging.decoding import verify as read  # noqa: PLC0415  Pillow loads with the first picture

    return read(path)


def renew() -> bool:
    """Look anew at the files of all pictures that are at hand or known to fail, decoding those that have changed.

    Takes as long as that takes: for a thread beside the one that must not wait. Meanwhile, and when a file is gone or
    broken, `draw` gives the picture as it was.

    Returns:
        Whether any picture, or what is said of it, is not as it was: slides that show it are to be painted again.
    """
    return _SHELF.renew()


def renderable(picture: Picture) -> Pixels:
    """Return the picture as something that a Rich console prints, one row of cells a line."""
    from presenter.imaging.carrier import pixels  # noqa: PLC0415  rich-pixels is for printing outside the window

    return pixels(picture)


def letters(  # noqa: PLR0913 - a box, two colours and the shape of its cells
    text: str, *, columns: int, rows: int, color: str, background: str, aspect: float = 0.5
) -> tuple[list[Segment], ...] | None:
    """Draw a few words in large letters, as large as fits the box on at most three lines.

    Args:
        text: the words.
        columns: cells across the box.
        rows: cells down the box.
        color: `#rrggbb`, of the letters.
        background: `#rrggbb`, behind them.
        aspect: width of a cell divided by its height.

    Returns:
        Rows of cells, none wider than `columns`; None when the words would come out too small to gain anything, or
        when the font lacks one of their characters: write them plainly then.
    """
    from presenter.imaging.lettering import letters as draw_letters  # noqa: PLC0415 - Pillow loads with the first title

    return draw_letters(text, columns=columns, rows=rows, color=color, background=background, aspect=aspect)
