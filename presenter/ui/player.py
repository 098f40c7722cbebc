"""Pictures that move: decoded beside the window's own thread, and shown frame by frame while their slide is shown."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from presenter.images import ImageCells, PictureError, Request, frames
from presenter.images.types import MIN_FRAME_INTERVAL

if TYPE_CHECKING:
    from presenter.images.animation import Animation  # Pillow loads with the first picture

REST_SHARE: Final = 4
"""Times as long as a frame takes to decode, the thread rests: keys and other programs come first."""
END: Final = 0.3
"""Seconds that the end waits for the thread at most."""
LEAST: Final = 0.002
"""Seconds that it rests at least: there may be no memory for a frame yet."""


class Player:
    """Plays the pictures that it was last told to, from their first frames on.

    Args:
        show: takes the frames that are to be seen now; called in the thread of the event loop.
        clock: seconds.
    """

    def __init__(
        self, show: Callable[[Mapping[Request, ImageCells]], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._show = show
        self._clock = clock
        self._requests: tuple[Request, ...] = ()
        self._playing: dict[Request, tuple[Animation, float]] = {}
        self._stopped = Event()
        self._thread: Thread | None = None
        self._timer: asyncio.TimerHandle | None = None

    def play(self, requests: Iterable[Request]) -> None:
        """Play these pictures; those that play already go on. None at all costs nothing."""
        wanted = tuple(requests)
        if wanted == self._requests:
            return
        self.stop()
        self._requests = wanted
        if not wanted:
            return
        self._stopped = Event()
        loop = asyncio.get_running_loop()
        args = wanted, self._stopped, loop
        self._thread = Thread(target=self._decode, args=args, name="presenter-player", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Show nothing more; the next call of `play` begins anew."""
        self._stopped.set()
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._requests, self._playing = None, (), {}
        self._show({})

    def close(self) -> None:
        """Stop for good, waiting a moment for the thread to close its files: it does so after the frame it decodes."""
        self.stop()
        if self._thread is not None:
            self._thread.join(END)

    def _decode(self, requests: tuple[Request, ...], stopped: Event, loop: asyncio.AbstractEventLoop) -> None:
        """Open the pictures and decode them, a frame of each in turn: the thread's work."""
        opened: list[tuple[Request, Animation]] = []
        for request in requests:
            with suppress(PictureError):
                if (found := frames(request)) is not None and not stopped.is_set():
                    opened.append((request, found))
        begun = False
        while opened and not stopped.is_set():
            started = time.monotonic()
            more = [animation.advance() for _, animation in opened]
            if not begun:
                begun = True
                with suppress(RuntimeError):  # the window has gone
                    loop.call_soon_threadsafe(self._begin, opened, stopped)
            if not any(more):
                break
            stopped.wait(max(LEAST, REST_SHARE * (time.monotonic() - started)))
        for _, animation in opened:
            animation.pause()

    def _begin(self, opened: list[tuple[Request, Animation]], stopped: Event) -> None:
        if not stopped.is_set():
            now = self._clock()
            self._playing = {request: (animation, now) for request, animation in opened}
            self._turn()

    def _turn(self) -> None:
        """Show what is to be seen now, and come back when that changes."""
        now = self._clock()
        shown: dict[Request, ImageCells] = {}
        due: list[float] = []
        for request, (animation, start) in self._playing.items():
            moment = animation.at(now - start)
            if moment is None:  # not one frame could be decoded yet
                due.append(now)
                continue
            shown[request] = moment.sheet
            if moment.until is not None:
                due.append(start + moment.until)
        self._show(shown)
        # Several pictures with frames of their own do not make the window turn more often.
        wait = max(MIN_FRAME_INTERVAL, min(due) - now) if due else None
        self._timer = None if wait is None else asyncio.get_running_loop().call_later(wait, self._turn)
