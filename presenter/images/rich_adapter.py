"""Pictures for others: for a Rich console, carried by rich-pixels, and as PNG."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from PIL import Image
from rich.segment import Segment
from rich_pixels import Pixels

from presenter.images.cells import plain_rows
from presenter.images.types import Raster


def rows_renderable(lines: Iterable[Sequence[Segment]]) -> Pixels:
    """Carry rows of cells, their pictures in real segments, a line feed after each row."""
    return Pixels.from_segments(segment for line in plain_rows(lines) for segment in (*line, Segment.line()))


def encode_png(raster: Raster) -> bytes:
    """Pack pixels as `images.png` says."""
    file = io.BytesIO()
    Image.frombytes("RGB", (raster.width, raster.height), raster.data).save(file, "PNG", compress_level=1)
    return file.getvalue()
