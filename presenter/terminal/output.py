"""Where the window writes, and how often its size may change: a terminal is never given more than it takes."""

from __future__ import annotations

import asyncio
import errno
import time
from collections.abc import Callable
from typing import IO, Final

SIZE_INTERVAL: Final = 1 / 30
"""Seconds between two sizes that the window takes on, at least."""


class BackpressureWriter:
    """Standard output, as Textual's writer thread uses it, that knows what the terminal has not taken yet.

    Args:
        file: what is written to; writing waits when the terminal does not read.
        drained: called in the writer's thread when everything has been taken, if somebody asked by `behind` before.
        failed: called in the writer's thread, once, when nothing can be written any more.
    """

    def __init__(self, file: IO[str], drained: Callable[[], None], failed: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._failed = failed
        self._drained = drained
        self._handed = self._taken = self._written = 0
        self._wanted = False
        self.broken = False
        """Nothing more can be written: the terminal is gone, or the descriptor was closed."""

    def hand(self) -> None:
        """Count a text that is handed to the writer's thread."""
        self._handed += 1

    def behind(self) -> bool:
        """Say whether the terminal still has something to take; `drained` will be called if so."""
        self._wanted = True  # before looking: the other thread looks at it after it has written
        late = self._written < self._handed
        self._wanted = late
        return late

    def write(self, text: str) -> int:
        """Write a text: the writer's thread."""
        self._taken += 1
        if not self.broken:
            try:
                self._file.write(text)
            except (OSError, ValueError) as error:
                self._break(error)
        return len(text)

    def flush(self) -> None:
        """Have it all on its way to the terminal: the writer's thread, whenever it has nothing more."""
        if not self.broken:
            try:
                self._file.flush()
            except (OSError, ValueError) as error:
                self._break(error)
        self._written = self._taken
        if self._wanted and self._written >= self._handed:
            self._wanted = False
            self._drained()

    def _break(self, error: Exception) -> None:
        """Write nothing more. A terminal that has hung up is told by a signal, which says more."""
        self.broken = True
        if getattr(error, "errno", None) != errno.EIO:
            self._failed()

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._file.fileno()


class SizeThrottle:
    """Passes on sizes of the terminal, the last of those that come too fast.

    Args:
        loop: of the window; everything but `soon` is called in its thread.
        send: has the window take on the size that the terminal has by then.
        clock: seconds.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Callable[[], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._loop = loop
        self._send = send
        self._clock = clock
        self._last = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def changed(self) -> None:
        """Take notice of a new size."""
        if self._timer is None:
            wait = max(0.0, self._last + SIZE_INTERVAL - self._clock())
            self._timer = self._loop.call_later(wait, self._due)

    def _due(self) -> None:
        self._timer = None
        self._last = self._clock()
        self._send()

    def forget(self) -> None:
        """Pass on nothing more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
