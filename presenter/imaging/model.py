"""What is asked of this room and what it answers: plain values, no Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from rich.segment import Segment

Fit: TypeAlias = Literal["contain", "cover", "fill", "actual"]


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
        mode: a key of `modes.MODES`.
        aspect: width of a cell divided by its height.
        smooth: False keeps the hard edges of pixel art.
    """

    path: Path
    columns: int
    rows: int
    fit: Fit = "contain"
    focus: tuple[float, float] = (0.5, 0.5)
    background: str = "#000000"
    mode: str = "half"
    aspect: float = 0.5
    smooth: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in cells.

    Attributes:
        lines: `rows` rows, each exactly `columns` cells wide.
        columns: what the picture covers of its box; `contain` and `actual` may leave room for the caller to share out.
        rows: the same, downwards.
        remark: what the author and the speaker should know ("truncated file, shown in part"), or empty.
    """

    lines: tuple[list[Segment], ...]
    columns: int
    rows: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Raster:
    """A decoded picture at its size on the screen, in the dots of its mode: small enough to keep many.

    Attributes:
        width: dots across, a multiple of the mode's dots in a cell.
        height: dots down, the same.
        data: three bytes (red, green, blue) a dot, row by row.
        remark: as in `Picture`.
    """

    width: int
    height: int
    data: bytes
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Info:
    """What a picture file says about itself.

    Attributes:
        width: pixels across, turned as its orientation wants.
        height: pixels down, the same.
        format: `PNG JPEG GIF WebP BMP`.
        frames: 1 for a still picture; counting stops at `headers.MAX_FRAMES`.
        remark: as in `Picture`; from `verify` only.
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
