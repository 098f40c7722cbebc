"""From a picture file to the dots on the screen, within limits and without a surprise.

Pillow's classes of the allowed formats are used directly, once the first bytes said which: what `Image.open` does
around them (trying other formats, warning of large pictures, reading several pictures out of one JPEG) is not wanted.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from PIL import Image, ImageFile

from presenter import safety
from presenter.images import headers, icc, mats, transform
from presenter.images.fit import FitResult, fit_box
from presenter.images.image_file import MEGA, ImageReader, open_picture
from presenter.images.incremental import MIN_PIXELS, IncrementalReduction
from presenter.images.memory_budget import BUDGET, STILL
from presenter.images.modes import begin_reduction as begin_to_paint
from presenter.images.modes import mode_of, render_cells
from presenter.images.subcells import Reduction, SubcellImage
from presenter.images.types import Cells, ImageInfo, PictureError, Raster, Request

FORMATS: Final = {
    "PNG": ("PIL.PngImagePlugin", "PngImageFile"),
    "JPEG": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "GIF": ("PIL.GifImagePlugin", "GifImageFile"),
    "WebP": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "BMP": ("PIL.BmpImagePlugin", "BmpImageFile"),
}
"""The formats that are read, each loaded when its first picture comes."""

MAX_SCANS: Final = 100
"""Scans of a progressive JPEG: cameras and programs write about ten, each costs the decoder a walk of the picture."""
MAX_SCANNED: Final = 600_000_000
"""Pixels of all scans together: fifteen scans of the largest picture."""
MAX_RLE: Final = 4_000_000
"""Pixels and bytes of a compressed BMP, the one format that Pillow decodes in Python."""

READ_CHUNK: Final = 1_000_000
_ENOUGH: Final = (6, 12)
"""Pixels across and down a cell that a JPEG's decoder has to leave: its own reduction is quick, and a little worse."""
_SHARP: Final = 2
"""The same for a pixel of the screen."""
_LARGEST: Final = f"limit {safety.MAX_MOVING_PIXELS // MEGA} megapixels for pictures that move"
MAX_DETAIL: Final = 100
"""Characters of a library's own words in a reason."""


@contextmanager
def open_image(path: Path) -> Iterator[tuple[ImageFile.ImageFile, ImageReader, str]]:
    """Give the picture with its header read, its file and its format; every failure inside is a PictureError."""
    # What Pillow's codecs think of a file is told in our words; its deprecations name our modules and still show.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    with open_picture(path) as file, _told(file):
        head = file.read(headers.HEADER_BYTES)
        kind = headers.image_format(head)
        file.seek(0)
        file.short = kind == "WebP" and headers.riff_size(head) > file.size
        module, name = FORMATS[kind]
        image = cast("type[ImageFile.ImageFile]", getattr(import_module(module), name))(file)
        _check(image, file, kind)
        yield image, file, kind


@contextmanager
def _told(file: ImageReader) -> Iterator[None]:
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


_MARKER: Final = re.compile(rb"\xff+[^\x00\x01\xff\xd0-\xd7]")
"""A marker of a JPEG; in the data of a scan, FF is followed by 0 or by a restart. Those and 1 stand alone."""
_SCAN: Final = 0xDA
_END: Final = 0xD9


def _check(image: ImageFile.ImageFile, file: ImageReader, kind: str) -> None:
    """Refuse what would take too long or too much memory, before a pixel is decoded."""
    width, height = image.size
    if width * height > safety.MAX_PICTURE_PIXELS:
        limit = safety.MAX_PICTURE_PIXELS // MEGA
        raise PictureError(f"too large: {width} x {height} pixels (limit {limit} megapixels)")
    # Its decoder takes room for all of a film at once, even for its first picture.
    if kind == "WebP" and width * height > safety.MAX_MOVING_PIXELS and count_frames(image, file, kind, most=2) > 1:
        raise PictureError(f"too large: {width} x {height} pixels ({_LARGEST})")
    if kind == "BMP" and image.tile[0][0] == "bmp_rle" and max(width * height, file.size) > MAX_RLE:
        raise PictureError("a compressed BMP of this size takes too long; export it as PNG")
    limit = min(MAX_SCANS, MAX_SCANNED // max(1, width * height))
    if kind == "JPEG" and (scans := _scans(file)) > limit:
        raise PictureError(f"a JPEG of {scans} scans takes too long (limit {limit} at its size); export it again")


def _scans(file: ImageReader) -> int:
    """Count the scans of a JPEG, marker by marker: any kind may repeat them, and a film appended is not counted."""
    file.seek(0)
    data = file.read()
    scans, at = 0, 2
    while found := _MARKER.search(data, at):
        code, at = found[0][-1], found.end()
        length = int.from_bytes(data[at : at + 2])
        if code == _END or length < 2:  # noqa: PLR2004 - the length counts its own two bytes
            break
        scans += code == _SCAN
        at += length
    return scans


def _load(image: ImageFile.ImageFile, file: ImageReader) -> str:
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


@dataclass(frozen=True, slots=True)
class _Grid:
    """What a cell is divided into: dots, and pixels where every one of the picture's is to be seen."""

    dots: tuple[int, int]
    pixels: tuple[int, int]
    spare: tuple[float, float]
    """Pixels of the picture to a cell that its reduction while it is decoded has to leave."""

    def placing(self, request: Request, size: tuple[int, int]) -> FitResult:
        """Place a picture of this size in its box, in dots."""
        across, down = self.dots if request.smooth and request.fit != "actual" else self.pixels
        found = fit_box(
            size,
            (request.columns * across, request.rows * down),
            shape=request.aspect * down / across,
            fit=request.fit,
            focus=request.focus,
            smooth=request.smooth,
        )
        width, height = found.width * self.dots[0] // across, found.height * self.dots[1] // down
        return replace(found, width=width, height=height)


def _grid(request: Request) -> _Grid:
    mode = mode_of(request.mode, request.depth)
    return _Grid((mode.across, mode.down), mode.pixels, _ENOUGH)


def decode_to_cells(request: Request) -> Cells:
    """Decode a picture and show it in the cells of its box.

    Raises:
        PictureError: the file cannot be shown.
    """
    if request.columns < 1 or request.rows < 1:
        return Cells(0, 0, b"", "", b"", b"", request.depth)
    with open_image(request.path) as (image, file, kind):
        size = _draft(image, kind, request, _grid(request))
        early = _early(image, kind, size, request)
        with BUDGET.room(STILL * math.prod(image.size)):
            with early.watching(file) if early else nullcontext():
                remark = _load(image, file)
            if early and not remark and (canvas := early.canvas()):
                return render_cells(request.mode, request.depth, canvas)
            found = in_cells(image, size, request, remark, upwards=kind == "BMP")
        moving = request.animate and count_frames(image, file, kind, most=2) > 1
        if moving and math.prod(image.size) > safety.MAX_MOVING_PIXELS:
            return replace(found, remark=remark or f"too large to move ({_LARGEST})")
        return replace(found, moving=moving)


def _early(
    image: ImageFile.ImageFile, kind: str, size: tuple[int, int], request: Request
) -> IncrementalReduction | None:
    """Return what reduces a picture while it is being decoded; None for those that need all of it first."""
    mode = mode_of(request.mode, request.depth)
    placing = _grid(request).placing(request, size)
    if (
        kind != "JPEG"
        or image.mode not in {"L", "RGB"}
        or math.prod(image.size) < MIN_PIXELS
        or not request.smooth
        or request.fit == "actual"
        or transform.exif_orientation(image) != 1
        or not transform.direct(image, placing, mode)
        or icc.needs_conversion(image)
    ):
        return None

    def begin(pixels: Image.Image) -> tuple[SubcellImage, Reduction]:
        canvas = transform.canvas(pixels, placing, mode, request.background, smooth=True, exact=False)
        return begin_to_paint(request.mode, request.depth, canvas)

    return IncrementalReduction(image, begin)


def in_cells(
    image: ImageFile.ImageFile, size: tuple[int, int], request: Request, remark: str = "", *, upwards: bool = False
) -> Cells:
    """Show a picture that was decoded, or one frame of it, in cells.

    Args:
        image: its pixels, possibly reduced.
        size: what it says its size is.
        request: as in `cells`.
        remark: not empty when rows at its end are missing.
        upwards: its end is at the top.
    """
    mode = mode_of(request.mode, request.depth)
    plain, turn, placing = _plain(image, size, request, _grid(request), remark, upwards=upwards)
    plain = icc.to_srgb(transform.apply_orientation(plain, turn))
    found = transform.canvas(
        plain,
        placing,
        mode,
        request.background,
        smooth=request.smooth,
        exact=request.fit == "actual",
    )
    return replace(render_cells(request.mode, request.depth, found), remark=remark)


def covered_cells(request: Request) -> tuple[int, int]:
    """Return the columns and rows of cells that a picture covers in its box, as its header says; nothing is decoded.

    Raises:
        PictureError: the file is no picture, or beyond the limits.
    """
    if request.columns < 1 or request.rows < 1:
        return 0, 0
    with open_image(request.path) as (image, _, _):
        size = transform.oriented_size(image.size, transform.exif_orientation(image))
    grid = _grid(request)
    placing = grid.placing(request, size)
    return -(-placing.width // grid.dots[0]), -(-placing.height // grid.dots[1])


def decode_to_pixels(request: Request, cell: tuple[int, int]) -> Raster:
    """Decode a picture at the size of its box in pixels, for a terminal that shows pixels.

    Args:
        request: mode and depth do not matter.
        cell: pixels across and down a cell.

    Raises:
        PictureError: the file cannot be shown.
    """
    if request.columns < 1 or request.rows < 1:
        return Raster(0, 0, b"")
    grid = _Grid(cell, cell, (_SHARP * cell[0], _SHARP * cell[1]))
    with open_image(request.path) as (image, file, kind):
        size = _draft(image, kind, request, grid)
        with BUDGET.room(STILL * math.prod(image.size)):
            remark = _load(image, file)
            plain, turn, placing = _plain(image, size, request, grid, remark, upwards=kind == "BMP")
            dots = transform.scale(plain, placing, turn, smooth=request.smooth, exact=request.fit == "actual")
            dots = icc.to_srgb(dots).convert("RGB")
            return Raster(*dots.size, dots.tobytes(), remark)


def _plain(  # noqa: PLR0913 - a decoded picture and what is wanted of it
    image: ImageFile.ImageFile, size: tuple[int, int], request: Request, grid: _Grid, remark: str, *, upwards: bool
) -> tuple[Image.Image, int, FitResult]:
    """Return decoded pixels as L or RGB on the background, the way they are turned, and their placing."""
    # Only now, because a PNG may say how it is turned behind its pixels.
    turn = transform.exif_orientation(image)
    plain = transform.plain_mode(icc.convert_early(image))
    if remark:
        plain = transform.fill_missing(plain, image.getbbox(), request.background, upwards=upwards)
    plain = transform.on_background(plain, mats.below(plain, request.mat, request.background))
    return plain, turn, grid.placing(request, transform.oriented_size(size, turn))


def faint(path: Path, background: str) -> bool:
    """Say whether a picture has transparent parts and can hardly be seen on a colour."""
    with open_image(path) as (image, _, _), BUDGET.room(STILL * math.prod(image.size)):
        return mats.faint(transform.plain_mode(image), background)


def _draft(image: ImageFile.ImageFile, kind: str, request: Request, grid: _Grid) -> tuple[int, int]:
    """Let a JPEG's decoder reduce it, which saves most of the time, as far as leaves enough; return its full size."""
    size = image.size
    if kind == "JPEG" and request.smooth and request.fit != "actual":
        turn = transform.exif_orientation(image)
        placing = grid.placing(request, transform.oriented_size(size, turn))
        image.draft(None, _needed(placing, turn, (grid.spare[0] / grid.dots[0], grid.spare[1] / grid.dots[1])))
    return size


def _needed(placing: FitResult, turn: int, spare: tuple[float, float]) -> tuple[int, int]:
    """Return the pixels of the whole picture, as it is stored, that leave so many to a dot."""
    width = math.ceil(spare[0] * placing.width / (placing.right - placing.left))
    height = math.ceil(spare[1] * placing.height / (placing.bottom - placing.top))
    return transform.oriented_size((width, height), turn)


def read_header(path: Path) -> ImageInfo:
    """Read what the header says; raise PictureError when the file is no picture or beyond the limits."""
    with open_image(path) as (image, file, kind):
        return _info(image, file, kind, image.size)


def decode_fully(path: Path) -> ImageInfo:
    """Decode every pixel, too; raise PictureError when nothing can be shown."""
    with open_image(path) as (image, file, kind):
        size = image.size
        image.draft(None, (1, 1))  # all of a JPEG is read, and an eighth of it computed
        with BUDGET.room(STILL * math.prod(image.size)):
            remark = _load(image, file)
        return _info(image, file, kind, size, remark)


def _info(
    image: ImageFile.ImageFile, file: ImageReader, kind: str, size: tuple[int, int], remark: str = ""
) -> ImageInfo:
    width, height = transform.oriented_size(size, transform.exif_orientation(image))
    return ImageInfo(width, height, kind, count_frames(image, file, kind, headers.MAX_COUNTED_FRAMES), remark)


def count_frames(image: ImageFile.ImageFile, file: ImageReader, kind: str, most: int) -> int:
    """Count the frames of an open picture, up to `most`."""
    return headers.gif_frames(file, most) if kind == "GIF" else min(int(getattr(image, "n_frames", 1)), most)
