"""From a picture file to the dots on the screen, within limits and without a surprise.

Pillow's classes of the allowed formats are used directly, once the first bytes said which: what `Image.open` does
around them (trying other formats, warning of large pictures, reading several pictures out of one JPEG) is not wanted.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from PIL import Image, ImageFile

from presenter import safety
from presenter.imaging import headers, shaping
from presenter.imaging.files import MEGA, Reader, open_picture
from presenter.imaging.fitting import Placing, place
from presenter.imaging.model import Info, PictureError, Raster, Request
from presenter.imaging.modes import MODES

CLASSES: Final = {
    "PNG": ("PIL.PngImagePlugin", "PngImageFile"),
    "JPEG": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "GIF": ("PIL.GifImagePlugin", "GifImageFile"),
    "WebP": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "BMP": ("PIL.BmpImagePlugin", "BmpImageFile"),
}
"""The formats that are read, each loaded when its first picture comes."""

MAX_SCANS: Final = 100
"""Scans of a progressive JPEG: cameras and programs write about ten, each costs the decoder a walk of the picture."""
MAX_RLE: Final = 4_000_000
"""Pixels and bytes of a compressed BMP, the one format that Pillow decodes in Python."""

CHUNK: Final = 1_000_000
SPARE: Final = 2
"""Pixels to a dot that a JPEG decoder has to leave for a good reduction."""
MAX_DETAIL: Final = 100
"""Characters of a library's own words in a reason."""


@contextmanager
def _opened(path: Path) -> Iterator[tuple[ImageFile.ImageFile, Reader, str]]:
    """Give the picture with its header read, its file and its format; every failure inside is a PictureError."""
    # What Pillow's codecs think of a file is told in our words; its deprecations name our modules and still show.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    with open_picture(path) as file, _told(file):
        head = file.read(headers.HEAD)
        kind = headers.kind(head)
        file.seek(0)
        file.short = kind == "WebP" and headers.riff_size(head) > file.size
        module, name = CLASSES[kind]
        image = cast("type[ImageFile.ImageFile]", getattr(import_module(module), name))(file)
        _check(image, file, kind)
        yield image, file, kind


@contextmanager
def _told(file: Reader) -> Iterator[None]:
    """Put whatever a codec raises into words."""
    try:
        yield
    except PictureError:
        raise
    except MemoryError:
        raise PictureError("not enough memory to decode it") from None
    except Image.DecompressionBombError:
        raise PictureError(f"too large (limit {safety.MAX_PICTURE_PIXELS // MEGA} megapixels)") from None
    except Exception as error:  # noqa: BLE001  codecs raise anything on a broken file
        detail = "it ends too early" if file.short else safety.clean_line(str(error))[:MAX_DETAIL]
        raise PictureError(f"broken file: {detail}" if detail else "broken file") from None


def _check(image: ImageFile.ImageFile, file: Reader, kind: str) -> None:
    """Refuse what would take too long or too much memory, before a pixel is decoded."""
    width, height = image.size
    if width * height > safety.MAX_PICTURE_PIXELS:
        limit = safety.MAX_PICTURE_PIXELS // MEGA
        raise PictureError(f"too large: {width} x {height} pixels (limit {limit} megapixels)")
    if kind == "BMP" and image.tile[0][0] == "bmp_rle" and max(width * height, file.size) > MAX_RLE:
        raise PictureError("a compressed BMP of this size takes too long; export it as PNG")
    if image.info.get("progressive") and (scans := _scans(file)) > MAX_SCANS:
        raise PictureError(f"a JPEG of {scans} scans takes too long (limit {MAX_SCANS}); export it again")


def _scans(file: Reader) -> int:
    """Count the scans of a JPEG by their markers, a thumbnail's included."""
    file.seek(0)
    return sum(chunk.count(b"\xff\xda") for chunk in iter(lambda: file.read(CHUNK), b""))


def _load(image: ImageFile.ImageFile, file: Reader) -> str:
    """Decode the pixels; when some are missing, keep what there is and return a remark."""
    file.short = False
    if image.info.get("progressive"):
        file.close_early()  # its decoder shows nothing before the last scan is closed
    try:
        image.load()
    except MemoryError:
        raise
    except Exception:
        image.tile = []  # decoded rows stay in the image; without tiles it does not try again
        if image.getbbox() is None:
            raise
        return "truncated file, shown in part" if file.short else "broken file, shown in part"
    return "truncated file, shown in part" if file.closed_early else ""


def rasterize(request: Request) -> Raster:
    """Decode a picture at the size of its box, in dots of its mode.

    Raises:
        PictureError: the file cannot be shown.
    """
    if request.columns < 1 or request.rows < 1:
        return Raster(0, 0, b"")
    mode = MODES[request.mode]
    with _opened(request.path) as (image, file, kind):
        size = image.size
        if kind == "JPEG" and request.smooth and request.fit != "actual":
            turn = shaping.turn(image)
            image.draft(None, _needed(_placing(request, shaping.turned(size, turn)), turn))
        remark = _load(image, file)
        # Only now, because a PNG may say how it is turned behind its pixels.
        turn = shaping.turn(image)
        placing = _placing(request, shaping.turned(size, turn))
        plain = shaping.plain(image)
        if remark:
            plain = shaping.without_rest(plain, image.getbbox(), request.background, upwards=kind == "BMP")
        dots = shaping.scale(plain, placing, turn, smooth=request.smooth, exact=request.fit == "actual")
        dots = shaping.on_cells(dots, request.background, mode.across, mode.down)
        return Raster(*dots.size, dots.tobytes(), remark)


def _placing(request: Request, size: tuple[int, int]) -> Placing:
    mode = MODES[request.mode]
    return place(
        size,
        (request.columns * mode.across, request.rows * mode.down),
        shape=request.aspect * mode.down / mode.across,
        fit=request.fit,
        focus=request.focus,
        smooth=request.smooth,
    )


def _needed(placing: Placing, turn: int) -> tuple[int, int]:
    """Return the pixels of the whole picture, as it is stored, that a good reduction wants."""
    width = math.ceil(SPARE * placing.width / (placing.right - placing.left))
    height = math.ceil(SPARE * placing.height / (placing.bottom - placing.top))
    return shaping.turned((width, height), turn)


def inspect(path: Path) -> Info:
    """Read what the header says; raise PictureError when the file is no picture or beyond the limits."""
    with _opened(path) as (image, file, kind):
        return _info(image, file, kind, image.size)


def verify(path: Path) -> Info:
    """Decode every pixel, too; raise PictureError when nothing can be shown."""
    with _opened(path) as (image, file, kind):
        size = image.size
        image.draft(None, (1, 1))  # all of a JPEG is read, and an eighth of it computed
        remark = _load(image, file)
        return _info(image, file, kind, size, remark)


def _info(image: ImageFile.ImageFile, file: Reader, kind: str, size: tuple[int, int], remark: str = "") -> Info:
    width, height = shaping.turned(size, shaping.turn(image))
    frames = headers.gif_frames(file) if kind == "GIF" else int(getattr(image, "n_frames", 1))
    return Info(width, height, kind, min(frames, headers.MAX_FRAMES), remark)
