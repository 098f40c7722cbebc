"""Fonts that a deck brings along, drawn by Pillow."""

from __future__ import annotations

import io
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from presenter.images.file_copies import Identity
from presenter.images.image_file import file_identity, open_picture
from presenter.images.letters.composite_glyphs import MAX_EXPANDED, expanded
from presenter.images.letters.typeset import SizedLetters
from presenter.images.types import PictureError

_KINDS: Final = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
"""What TrueType and OpenType fonts, and collections of them, begin with."""
_MEASURED: Final = 400
"""Pixels an em at which a font is measured: large, because sizes are rounded to whole pixels."""
_SAMPLED: Final = (64, 256)
"""Pixels an em, at least and at most, at which letters are drawn before they are cut into dots."""
_FAR: Final = 3
"""Ems from its origin that a letter may reach: a font can claim anything, and its picture would be as large."""


def load_font(path: Path) -> FontFile:
    """Return the letters of a font file, the same object while the file is the same.

    Raises:
        PictureError: it cannot be read, or is no font; the reason is for the author.
    """
    return _font(path, file_identity(path))


@lru_cache(maxsize=4)
def _font(path: Path, state: Identity) -> FontFile:  # noqa: ARG001  a file that has changed is another font
    with open_picture(path) as file:
        data = file.read()
    if not data.startswith(_KINDS):
        raise PictureError("not a font; TrueType and OpenType files (.ttf, .otf, .ttc) can be used")
    if expanded(data) > MAX_EXPANDED:
        raise PictureError(f"a font with letters of more than {MAX_EXPANDED} parts, which take too long to draw")
    try:
        return FontFile(data)
    except (OSError, ValueError, ZeroDivisionError, OverflowError, Image.DecompressionBombError) as error:
        raise PictureError("a broken font") from error


class FontFile:
    """The letters of a font; see `typeset.Typeface`. They are as heavy as the font has them."""

    stem = 0.0
    bar = 0.0
    middle = 0.0
    dot = 0.0

    def __init__(self, data: bytes) -> None:
        """Read a font file; raise OSError or ValueError for one that has no letters."""
        self._data = data
        self._sized = lru_cache(maxsize=2)(self._of_size)
        self._measure = self._of_size(_MEASURED)
        if self._far("\uffff"):
            raise ValueError("too large a sign for what is missing")
        self._missing = bytes(self._measure.getmask("\uffff"))
        self.knows = cache(self._knows)
        self.x_height, self.capital = (-self._measure.getbbox(letter, anchor="ls")[1] / _MEASURED for letter in "xH")
        if not (self.knows("x") and self.knows("H") and 0.1 < self.x_height < self.capital < 1):  # noqa: PLR2004 - sane
            raise ValueError("no Latin letters")

    def _of_size(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(io.BytesIO(self._data), size, layout_engine=ImageFont.Layout.BASIC)

    def _knows(self, character: str) -> bool:
        """Say whether there is a letter: one that is missing looks like that of a code point never assigned."""
        try:
            if self._far(character) or self._measure.getlength(character) > _FAR * _MEASURED:
                return False
            return bytes(self._measure.getmask(character)) != self._missing
        except (OSError, ValueError, Image.DecompressionBombError):
            return False

    def _far(self, character: str) -> bool:
        """Say whether a letter reaches so far that its picture would take much memory."""
        return max(map(abs, self._measure.getbbox(character, anchor="ls"))) > _FAR * _MEASURED

    def length(self, text: str) -> float:
        """Return how far a text moves on, in ems."""
        return self._measure.getlength(text) / _MEASURED

    def width(self, text: str, cast: SizedLetters) -> float:
        """Return the bits across that a text takes."""
        box = self._measure.getbbox(text, anchor="ls")
        return (box[2] - box[0]) * cast.across / _MEASURED

    def reach(self, text: str) -> tuple[float, float]:
        """Return how far a text reaches above and below its baseline, in ems."""
        box = self._measure.getbbox(text, anchor="ls")
        return -box[1] / _MEASURED, box[3] / _MEASURED

    def drawn(self, text: str, cast: SizedLetters, width: int, height: int, baseline: float) -> list[int]:
        """Draw a text as `typeset.Typeface` says."""
        try:
            return self._drawn(text, cast, width, height, baseline)
        except (OSError, ValueError, MemoryError, Image.DecompressionBombError) as error:
            raise PictureError("a broken font") from error

    def _drawn(self, text: str, cast: SizedLetters, width: int, height: int, baseline: float) -> list[int]:
        size = round(max(_SAMPLED[0], min(_SAMPLED[1], 2 * cast.across)))
        font = self._sized(size)
        left, above, right, below = font.getbbox(text, anchor="ls")
        image = Image.new("L", (max(1, round(right - left)), max(1, round(below - above))))
        ImageDraw.Draw(image).text((-left, -above), text, fill=255, font=font, anchor="ls")
        across = min(width, max(1, round(image.width * cast.across / size)))
        rows = []
        for y in range(height):
            source = round(-cast.height(baseline - y - 0.5) * size - above)
            if not 0 <= source < image.height:
                rows.append(0)
                continue
            line = image.resize((across, 1), Image.Resampling.BOX, box=(0, source, image.width, source + 1))
            bits = int.from_bytes(line.point(_INKED, "1").tobytes())
            rows.append(bits >> (-across % 8) << width - across)
        return rows


_INKED: Final = [255 * (level > 127) for level in range(256)]  # noqa: PLR2004 - half
