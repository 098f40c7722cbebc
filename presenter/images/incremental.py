"""A JPEG is reduced while it is still being decoded: the decoder needs one processor only, most machines have more.

The decoder writes rows from the top, and asks for the next bytes of the file when it has done what it could with those
before. Every time it does, the rows so far are handed to a thread, which reduces them to means.

So the picture is there a few milliseconds after its last row, and there is no coarse one before it: decoded to an
eighth, a photograph of 24 megapixels would be there after 40 milliseconds instead of 60, and then be seen to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread
from typing import Final

from PIL import Image, ImageFile

from presenter.images.image_file import ImageReader
from presenter.images.subcells import Reduction, SubcellImage

MIN_PIXELS: Final = 300_000
"""Pixels below which a thread of its own gains nothing."""
CHUNKS: Final = 24
"""Pieces in which the file is given to the decoder: each lets this thread and the other wait for one another."""
_LEAST: Final = 65_536
"""Bytes of a piece at least."""
_ROWS: Final = 16
"""Rows that are looked at to see whether the decoder has come as far; they may be black."""


class IncrementalReduction:
    """Reduces what is known of a picture that is being decoded.

    Args:
        image: not decoded yet, mode L or RGB.
        begin: makes a canvas of its pixels, and a reduction that is begun.
    """

    def __init__(
        self, image: ImageFile.ImageFile, begin: Callable[[Image.Image], tuple[SubcellImage, Reduction]]
    ) -> None:
        self._image = image
        self._begin = begin
        self._known: SimpleQueue[float | None] = SimpleQueue()
        self._work: tuple[SubcellImage, Reduction] | None = None
        self._thread: Thread | None = None
        self._failed = False
        self._seen = 0

    @contextmanager
    def watching(self, file: ImageReader) -> Iterator[None]:
        """Work while the picture is decoded inside."""
        file.watch = self._look
        self._image.decodermaxblock = max(_LEAST, file.size // CHUNKS)
        try:
            yield
        finally:
            file.watch = None
            self._known.put(None)
            if self._thread is not None:
                self._thread.join()

    def canvas(self) -> SubcellImage | None:
        """Finish when all of the picture is known; None when nothing was done yet."""
        if self._work is None or self._failed:
            return None
        self._work[1].advance()
        return self._work[0]

    def _look(self) -> None:
        """See how far the decoder has come: it has written the row when that, or one below, is not all zero."""
        core = self._image.im
        width, height = core.size
        while self._seen < height - _ROWS and core.crop((0, self._seen, width, self._seen + _ROWS)).getbbox():
            self._seen += _ROWS
        if self._seen <= _ROWS:
            return
        if self._thread is None:
            self._work = self._begin(Image.new(core.mode, (1, 1))._new(core))  # noqa: SLF001  a view of the same pixels
            self._thread = Thread(target=self._reduce, args=(self._work[1],), name="presenter-early", daemon=True)
            self._thread.start()
        self._known.put(self._seen - _ROWS)

    def _reduce(self, reduction: Reduction) -> None:
        try:
            while (known := self._known.get()) is not None:
                reduction.advance(known)
        except Exception:  # noqa: BLE001  whatever it is, the picture is reduced again when it is known
            self._failed = True
