"""What the first bytes of a file say, read without any decoder."""

from __future__ import annotations

from typing import Final

from presenter.images.image_file import ImageReader
from presenter.images.types import PictureError

MAX_COUNTED_FRAMES: Final = 1_000
"""Frames of an animation are counted up to here."""

MAX_BLOCKS: Final = 200_000
"""Blocks looked at for that: twice what a file of the allowed size has, unless it was made to keep us busy."""

HEADER_BYTES: Final = 1_024
_BMP_HEADERS: Final = (12, 16, 40, 52, 56, 64, 108, 124)
_KNOWN: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_OTHERS: Final = (
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"gimp xcf", "XCF"),
    (b"\x1f\x8b", "gzip (svgz)"),
)
_BRANDS: Final = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"mif1": "HEIF"}


def image_format(head: bytes) -> str:
    """Tell the format from the first `HEAD` bytes of a file: `PNG JPEG GIF WebP BMP`.

    Raises:
        PictureError: it is none of these; other picture formats are named.
    """
    for magic, name in _KNOWN:
        if head.startswith(magic):
            return name
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if other := _other(head):
        raise PictureError(f"{other} is not supported; export it as PNG")
    raise PictureError("not a picture this program knows (PNG, JPEG, GIF, WebP, BMP)")


def _other(head: bytes) -> str:
    """Name a format that is not shown; empty when the bytes mean nothing to us."""
    for magic, name in _OTHERS:
        if head.startswith(magic):
            return name
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "SVG" if text.startswith(b"<") and b"<svg" in text.lower() else ""


def riff_size(head: bytes) -> int:
    """Return how many bytes a WebP says it has."""
    return int.from_bytes(head[4:8], "little") + 8


def gif_frames(file: ImageReader, most: int = MAX_COUNTED_FRAMES) -> int:
    """Count the frames of a GIF, at most `most`, without decoding any; a broken end ends the count.

    Format: GIF89a specification, sections 18 (screen), 20 (image), 23 to 26 (extensions).
    """
    file.seek(10)
    file.seek(13 + _table(file.read(1)))
    frames = 0
    blocks = MAX_BLOCKS
    while frames < most and blocks:
        mark = file.read(1)
        if mark == b"\x21":  # an extension: its label, then blocks
            file.read(1)
        elif mark == b"\x2c":  # an image: place and size, its colours, the code size, then blocks
            file.seek(_table(file.read(9)[8:]) + 1, 1)
            frames += 1
        else:
            break
        blocks = _skip(file, blocks - 1)
    return max(frames, 1)


def _skip(file: ImageReader, most: int) -> int:
    """Go past a row of blocks, each led by its length and the last one empty; return how many of `most` are left."""
    for left in range(most, 0, -1):
        length = file.read(1)
        if length in {b"", b"\0"}:
            return left
        file.seek(length[0], 1)
    return 0


def _table(flags: bytes) -> int:
    """Return the bytes of the colour table that the flags announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0
