"""Pictures that move: their frames in cells, decoded one after the other while the first are shown already."""

from __future__ import annotations

import math
import threading
from bisect import bisect_right
from collections.abc import Generator
from typing import Final, NamedTuple

from PIL import ImageFile

from presenter import safety
from presenter.images.cells import ImageCells
from presenter.images.decode import count_frames, in_cells, open_image
from presenter.images.image_file import ImageReader
from presenter.images.memory_budget import BUDGET, MOVING
from presenter.images.types import MIN_FRAME_INTERVAL, Cells, PictureError, Request

MAX_FRAMES: Final = 300
"""Frames that are read of a file."""
MAX_ANIMATION_BYTES: Final = 10_000_000
"""Bytes of cells that an animation may keep; with more, every second, third or so frame is left out."""
BYTES_PER_CELL: Final = 7
"""Bytes a cell."""
MIN_FRAME_SECONDS: Final = 0.02
"""Seconds that a frame lasts at least, whatever its file says."""
_A_HAIR: Final = 1e-6


class AnimationFrame(NamedTuple):
    """What an animation shows at one time.

    Attributes:
        sheet: the frame.
        until: seconds on the same clock when to ask again; None when nothing moves any more.
    """

    sheet: ImageCells
    until: float | None


class _Frame(NamedTuple):
    cells: Cells | None
    """None for a frame that is left out."""
    start: float
    end: float


class Animation:
    """The frames of one picture in one box. Frames are decoded by `advance`, in any thread; `at` never waits."""

    def __init__(self, request: Request, loops: int, size: int) -> None:
        """Begin with nothing decoded; `size` is the bytes that the decoder takes."""
        self.request = request
        self.loops = loops
        """How often it plays; 0 for ever."""
        self.complete = False
        """All frames are decoded."""
        self._size = size
        self._decoder: Generator[_Frame, None, None] | None = None
        self._done = 0
        self._cells: list[Cells] = []
        self._starts: list[float] = []
        self._end = 0.0
        self._shown: tuple[int, ImageCells] | None = None
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Bytes of the frames that are decoded."""
        return BYTES_PER_CELL * sum(len(cells.shapes) for cells in self._cells[:])

    def advance(self) -> bool:
        """Decode the next frame, if there is memory for it now; return False when there is none left.

        Meant for a worker that may stop in between, and then calls `pause`.
        """
        with self._lock:
            if self.complete:
                return False
            if BUDGET.wanted:
                self._give_back()
            if self._decoder is None:
                if not BUDGET.take(self._size):
                    return True
                self._decoder = _frames(self.request, self._done)
            frame = next(self._decoder, None)
            if frame is None:
                self._give_back()
                self.complete = True
                return False
            self._done += 1
            self._end = frame.end
            if frame.cells is not None:
                self._cells.append(frame.cells)
                self._starts.append(frame.start)
            return True

    def pause(self) -> None:
        """Close the file and give the decoder's memory back; what is decoded goes on playing, and `advance` goes on."""
        with self._lock:
            self._give_back()

    def close(self) -> None:
        """Decode nothing more: the frame that is being decoded is the last one."""
        self.complete = True

    def _give_back(self) -> None:
        if self._decoder is not None:
            self._decoder.close()
            self._decoder = None
            BUDGET.give_back(self._size)

    def at(self, seconds: float) -> AnimationFrame | None:
        """Return what is shown so many seconds after the start; None before the first frame is decoded.

        Until all frames are decoded the last one that is stays, rather than the first being shown again.
        """
        starts = self._starts
        if not starts:
            return None
        count, end = len(starts), self._end
        if not self.complete:
            place = bisect_right(starts, seconds + _A_HAIR, hi=count) - 1
            until = starts[place + 1] if place + 1 < count else max(seconds, starts[place]) + MIN_FRAME_INTERVAL
            return AnimationFrame(self._sheet(place), until)
        turn = int((seconds + _A_HAIR) // end)
        if count == 1 or (self.loops and turn >= self.loops):
            return AnimationFrame(self._sheet(count - 1), None)
        place = bisect_right(starts, seconds - turn * end + _A_HAIR, hi=count) - 1
        last = place + 1 == count
        if last and self.loops and turn + 1 >= self.loops:
            return AnimationFrame(self._sheet(place), None)
        return AnimationFrame(self._sheet(place), turn * end + (end if last else starts[place + 1]))

    def _sheet(self, place: int) -> ImageCells:
        """Return a frame, the same object as long as it is shown; what was made of it goes with it."""
        if self._shown is None or self._shown[0] != place:
            self._shown = place, ImageCells(self._cells[place], self.request)
        return self._shown[1]


def animation(request: Request) -> Animation | None:
    """Open a picture that moves; None when it has only one frame.

    Raises:
        PictureError: the file cannot be shown.
    """
    with open_image(request.path) as (image, file, kind):
        if count_frames(image, file, kind, most=2) < 2:  # noqa: PLR2004 - one frame is a still picture
            return None
        if math.prod(image.size) > safety.MAX_MOVING_PIXELS:
            return None
        return Animation(request, _loops(image, kind), MOVING * math.prod(image.size))


def _loops(image: ImageFile.ImageFile, kind: str) -> int:
    """Return how often an animation plays, 0 for ever. Only a GIF counts the times after the first one."""
    loop = image.info.get("loop")
    if kind == "GIF":
        return 1 if loop is None else int(loop) + 1 if loop else 0
    return int(loop or 0)


def _frames(request: Request, done: int) -> Generator[_Frame, None, None]:
    """Decode frame after frame, as long as they can be, without those that are done."""
    clock, due = 0.0, 0.0
    try:
        with open_image(request.path) as (image, file, kind):
            count = count_frames(image, file, kind, MAX_FRAMES + 1)
            first = int(bool(image.info.get("default_image")))  # a PNG may have a still that is no frame
            every = _every(min(count - first, MAX_FRAMES), request)
            for place in range(first, min(count, first + MAX_FRAMES)):
                _go_to(image, file, place)
                start, clock = clock, clock + _duration(image)
                wanted = start >= due - _A_HAIR and (place - first) % every == 0
                if wanted:
                    due = start + MIN_FRAME_INTERVAL
                if place - first < done:
                    continue
                yield _Frame(in_cells(image, image.size, request) if wanted else None, start, clock)
    except PictureError:
        return  # the rest is broken: what was good plays


def _every(count: int, request: Request) -> int:
    """Return 1 when so many frames may be kept, 2 when only every second one, and so on."""
    most = max(1, MAX_ANIMATION_BYTES // (BYTES_PER_CELL * max(1, request.columns * request.rows)))
    return math.ceil(count / most)


def _go_to(image: ImageFile.ImageFile, file: ImageReader, place: int) -> None:
    file.short = False
    image.seek(place)
    image.load()


def _duration(image: ImageFile.ImageFile) -> float:
    """Return the seconds that the frame just decoded lasts."""
    told = image.info.get("duration", 0)
    seconds = float(told) / 1000 if isinstance(told, int | float) else 0.0
    return max(MIN_FRAME_SECONDS, seconds) if math.isfinite(seconds) else MIN_FRAME_SECONDS
