"""A picture file becomes cells. Pillow and rich-pixels live in this room only, and load with the first picture.

    draw(request)       the picture in the cells of its box, from the cache where it can be
    frames(request)     the frames of one that moves
    show(request)       the picture in pixels, where the terminal shows those
    raster(request)     these pixels
    use_files(...)      how the terminal gets them
    extent(request)     the cells that the picture covers, from its header
    inspect(path)       what its header says
    verify(path)        the same, with every pixel decoded
    renew()             files may have changed: look at them again
    keep(deck, files)   copies in memory, for a disk that is pulled out
    renderable(picture) the picture for a Rich console; as_renderable(lines): any rows of cells
    large_letters(...)  a few words in letters several rows tall
    try_font(path)      whether a font of the deck's can be used for them

Everything that can be wrong with a file is a `PictureError` with words for the author.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from presenter.images import kitty
from presenter.images.cells import ImageBlock, ImageCells, ImageRow, animated_requests, plain_rows, with_frames
from presenter.images.file_copies import SPARES, Identity
from presenter.images.image_cache import ImageCache, LruCache
from presenter.images.image_file import file_identity
from presenter.images.types import (
    MODES,
    Cells,
    Depth,
    Fit,
    ImageInfo,
    LetterBox,
    LetterLook,
    PictureError,
    Raster,
    Request,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.segment import Segment
    from rich_pixels import Pixels

    from presenter.images.animation import Animation

__all__ = [
    "MODES",
    "Depth",
    "Fit",
    "ImageBlock",
    "ImageCells",
    "ImageInfo",
    "ImageRow",
    "LetterBox",
    "LetterLook",
    "PictureError",
    "Raster",
    "Request",
    "animated_requests",
    "as_renderable",
    "draw",
    "extent",
    "faint",
    "frames",
    "inspect",
    "keep",
    "kitty_payload",
    "large_letters",
    "plain_rows",
    "png",
    "raster",
    "renderable",
    "renew",
    "show",
    "try_font",
    "use_files",
    "verify",
    "with_frames",
]


def _cells(request: Request) -> Cells:
    from presenter.images.decode import decode_to_cells  # noqa: PLC0415  Pillow loads with the first picture

    return decode_to_cells(request)


def _packed(request: Request, cell: tuple[int, int]) -> tuple[Raster, bytes]:
    found = kitty.pad_to_cells(raster(request, cell), cell, request.background)
    return found, found.data if _POST.unpacked else png(found)


_SHELF = ImageCache(_cells)
_POST = kitty.KittyStore(_packed)
_MOVING: LruCache[Request, tuple[Identity, Animation | None]] = LruCache(30_000_000)
"""Animations by what asked for them, weighed by the bytes of their frames: three long ones, hundreds of short ones."""
_MOVING_LOCK = Lock()
_LEAST = 1_000
"""Bytes of an animation without frames, and of the knowledge that there is none."""


def draw(request: Request, *, patient: bool = True) -> ImageBlock | None:
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


def show(request: Request, cell: tuple[int, int], *, patient: bool = True) -> ImageBlock | None:
    """Draw a picture as `draw` does, in pixels where that can be: in rows of placeholders, see `kitty`.

    A picture that moves, one larger than placeholders can count, and one whose file is gone are drawn in cells.

    Args:
        request: its mode is for those drawn in cells.
        cell: pixels across and down a cell.
        patient: as in `draw`.
    """
    if max(request.columns, request.rows) > kitty.MAX_PLACEHOLDERS or min(request.columns, request.rows) < 1:
        return draw(request, patient=patient)
    if not patient:
        return _POST.at_hand(request, cell) or _SHELF.draw(request, patient=False)
    try:
        now = file_identity(request.path)
        if request.animate and frames(request) is not None:
            return draw(request)
        return _POST.picture(request, cell, now)
    except PictureError:
        return _POST.at_hand(request, cell) or draw(request)


def kitty_payload(number: int, *, patient: bool = False) -> kitty.KittyImage | None:
    """Return what is to be sent to the terminal for a picture in pixels.

    Args:
        number: the picture's, see `kitty.image_numbers`.
        patient: pack it again when it is not at hand; else the answer is None then.

    Raises:
        PictureError: the file cannot be shown any more.
    """
    return _POST.parcel(number, patient=patient)


def use_files(*, wanted: bool) -> None:
    """Say whether pixels go to the terminal by files from now on: then nothing is packed."""
    _POST.unpacked = wanted


def inspect(path: Path) -> ImageInfo:
    """Read the header of a picture; raise PictureError when it is none or beyond the limits."""
    from presenter.images.decode import read_header as read  # noqa: PLC0415  Pillow loads with the first picture

    return read(path)


def extent(request: Request) -> tuple[int, int]:
    """Return the columns and rows that a picture covers in its box, without decoding it.

    Raises:
        PictureError: the file is no picture, or beyond the limits.
    """
    from presenter.images.decode import covered_cells as read  # noqa: PLC0415  Pillow loads with the first picture

    return read(request)


def verify(path: Path) -> ImageInfo:
    """Decode a whole picture within the limits; `Info.remark` says so when a part of it is missing.

    Raises:
        PictureError: nothing of it can be shown.
    """
    from presenter.images.decode import decode_fully as read  # noqa: PLC0415  Pillow loads with the first picture

    return read(path)


def faint(path: Path, background: str) -> bool:
    """Say whether a picture has transparent parts and can hardly be seen on a colour, `#rrggbb`.

    Raises:
        PictureError: the file cannot be shown.
    """
    from presenter.images.decode import faint as found  # noqa: PLC0415  Pillow loads with the first picture

    return found(path, background)


def renew() -> bool:
    """Look anew at the files of all pictures that are at hand or known to fail, decoding those that have changed.

    Takes as long as that takes: for a thread beside the one that must not wait. Meanwhile, and when a file is gone or
    broken, `draw` gives the picture as it was.

    Returns:
        Whether any picture, or what is said of it, is not as it was: slides that show it are to be painted again.
    """
    drawn, packed = _SHELF.renew(), _POST.renew()
    return drawn or packed


def keep(deck: Path, wanted: Iterable[Path]) -> bool:
    """Keep copies of files in memory, see `file_copies.Spares.keep`, for when the disk with the deck is pulled out."""
    return SPARES.keep(deck, wanted)


def frames(request: Request) -> Animation | None:
    """Return the frames of a picture, the same object as before while its file is the same; None for a still one.

    Reads the file's head: not for the thread that must not wait. Of the frames none is decoded yet: call
    `Animation.advance` in a worker until it returns False, show `Animation.at(seconds)` meanwhile.

    Raises:
        PictureError: the file cannot be shown.
    """
    from presenter.images.animation import animation  # noqa: PLC0415  Pillow loads with the first picture

    now = file_identity(request.path)
    with _MOVING_LOCK:
        known = _MOVING.get(request)
        _MOVING.weigh(_held)
    if known is not None and known[0] == now:
        return known[1]
    found = animation(request) if request.animate else None
    with _MOVING_LOCK:
        _MOVING.put(request, (now, found), _LEAST)
    return found


def _held(known: tuple[Identity, Animation | None]) -> int:
    """Return the bytes that an animation takes by now: frames come one after the other."""
    return _LEAST + (known[1].held if known[1] is not None else 0)


def raster(request: Request, cell: tuple[int, int]) -> Raster:
    """Decode a picture at the size of its box in pixels, for a terminal that shows pixels; nothing is kept.

    Args:
        request: its mode and depth do not matter.
        cell: pixels across and down a cell.

    Raises:
        PictureError: the file cannot be shown.
    """
    from presenter.images.decode import decode_to_pixels as read  # noqa: PLC0415  Pillow loads with the first picture

    return read(request, cell)


def png(raster: Raster) -> bytes:
    """Return pixels as a PNG file, packed quickly rather than tightly."""
    from presenter.images.rich_adapter import encode_png as packed  # noqa: PLC0415  Pillow loads with the first picture

    return packed(raster)


def renderable(picture: ImageBlock) -> Pixels:
    """Return the picture as something that a Rich console prints, one row of cells a line."""
    return as_renderable(picture.lines)


def as_renderable(lines: Iterable[Sequence[Segment]]) -> Pixels:
    """Return rows of cells, a whole slide perhaps, as something that a Rich console prints, one row a line."""
    from presenter.images.rich_adapter import rows_renderable as carry  # noqa: PLC0415  rich-pixels is for printing outside the window

    return carry(lines)


def large_letters(text: str, look: LetterLook, box: LetterBox) -> tuple[list[Segment], ...] | None:
    """Draw a few words in large letters, as large as fits the box.

    Returns:
        One `Row` a line, none wider than the box; None when the words would come out too small to gain anything, or
        when the font lacks one of their characters: write them plainly then.
    """
    from presenter.images.letters.lettering import draw_letters  # noqa: PLC0415  loads with the first title

    return None if (found := draw_letters(text, look, box)) is None else found.lines


def try_font(path: Path) -> None:
    """Look whether letters can be drawn with a font file.

    Raises:
        PictureError: it cannot be read, or is no font; the reason is for the author.
    """
    from presenter.images.letters.font_file import load_font  # noqa: PLC0415  Pillow loads with the first font

    load_font(path)
