"""What is asked of this room and what it answers: plain values, no Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

Fit: TypeAlias = Literal["contain", "cover", "fill", "actual"]
Depth: TypeAlias = Literal["truecolor", "256", "16", "grey", "grey256", "grey16"]
"""The colours that a terminal has; `grey256` and `grey16` are the greys among 256 and 16 colours."""
MODES: Final = ("half", "quad", "blocks", "sextant", "octant")
"""The ways to show a picture in cells, from what every font has to the finest."""
PALETTES: Final = frozenset({"256", "16", "grey256", "grey16"})
"""Depths whose colours are numbers of the terminal's palette."""
MIN_FRAME_INTERVAL: Final = 1 / 15
"""Seconds between two frames that are shown; those in between are left out."""


class PictureError(Exception):
    """A picture that cannot be shown; `reason` says why, in words for author and speaker, safe to print."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Request:
    """A picture file and the box it is drawn into. Hashable: it is the key of the cache.

    Attributes:
        path: the file, with links resolved already.
        columns: cells across the box.
        rows: cells down the box; a box without cells gives an empty picture.
        fit: `contain` shows all of the picture as large as it fits, `cover` fills the box and cuts what is over,
            `fill` stretches it, `actual` gives each of its pixels one dot of the mode, cut when it is too large.
        focus: the point that a cut keeps, in shares of width and height from the top left.
        background: `#rrggbb`, behind transparent parts.
        mode: one of `MODES`.
        depth: the colours of the terminal; without true colours every mode is half-blocks, dithered.
        aspect: width of a cell divided by its height.
        smooth: False keeps the hard edges of pixel art.
        mat: what lies below transparent parts instead of the background: `auto` for something light or dark where
            the picture could not be seen there, `none`, or `#rrggbb`.
        animate: False shows the first frame only.
    """

    path: Path
    columns: int
    rows: int
    fit: Fit = "contain"
    focus: tuple[float, float] = (0.5, 0.5)
    background: str = "#000000"
    mode: str = "half"
    depth: Depth = "truecolor"
    aspect: float = 0.5
    smooth: bool = True
    mat: str = "none"
    animate: bool = True


@dataclass(frozen=True, slots=True)
class Cells:
    """A picture in cells, as small as it gets: seven bytes a cell, three with a palette.

    Attributes:
        columns: cells across.
        rows: cells down.
        shapes: one byte a cell, row by row: the place of its character in `characters`.
        characters: the first is a space, a cell of one colour.
        ink: the colours of the characters: all reds, all greens, all blues; or numbers of the palette.
        paper: the colours behind them, the same.
        depth: as in `Request`.
        remark: what the author and the speaker should know ("truncated file, shown in part"), or empty.
        moving: it is the first frame of an animation that the request wants to be played.
    """

    columns: int
    rows: int
    shapes: bytes
    characters: str
    ink: bytes
    paper: bytes
    depth: Depth = "truecolor"
    remark: str = ""
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture in pixels, for terminals that show those.

    Attributes:
        width: pixels across.
        height: pixels down.
        data: three bytes (red, green, blue) a pixel, row by row.
        remark: as in `Cells`.
    """

    width: int
    height: int
    data: bytes
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LetterLook:
    """How letters are shown.

    Attributes:
        color: `#rrggbb`, of the letters.
        background: `#rrggbb`, behind them.
        mode: as in `Request`.
        depth: as in `Request`.
        aspect: width of a cell divided by its height.
        font: a font file instead of the program's own letters.
    """

    color: str
    background: str
    mode: str = "half"
    depth: Depth = "truecolor"
    aspect: float = 0.5
    font: Path | None = None


@dataclass(frozen=True, slots=True)
class LetterBox:
    """The room for letters.

    Attributes:
        columns: cells across.
        rows: cells down.
        largest: dots an em at most, two to a cell's height; beyond the default letters shout.
        lines: lines at most.
        even: whatever the words, letters take as many rows and stand at the same height.
        narrow: how narrow letters may be made before they are made smaller, as a share of their width.
    """

    columns: int
    rows: int
    largest: int = 44
    lines: int = 3
    even: bool = False
    narrow: float = 0.9


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What a picture file says about itself.

    Attributes:
        width: pixels across, turned as its orientation wants.
        height: pixels down, the same.
        format: `PNG JPEG GIF WebP BMP`.
        frames: 1 for a still picture; counting stops at `headers.MAX_COUNTED_FRAMES`.
        remark: as in `Cells`; from `verify` only.
    """

    width: int
    height: int
    format: str
    frames: int = 1
    remark: str = ""

    @property
    def animated(self) -> bool:
        """Say whether the picture moves."""
        return self.frames > 1
