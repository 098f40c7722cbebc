"""The way to the terminal, watched: a terminal that takes in nothing (Ctrl+S, a slow line) must not stop the talk.

Textual hands what it writes to a thread, thirty pieces at most; after that the window itself would stand still, and
with it the clock, the keys and the other windows. So nothing is drawn while the last picture is on its way. When it has
arrived, the newest is drawn, and those in between never were.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import Queue
from threading import Lock
from typing import IO, Any


class Outlet:
    """A file that knows whether what was written to it has gone out. It is flushed whenever there is a pause."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._lock = Lock()
        self._busy = False
        self._then: Callable[[], None] | None = None
        self.queue: Queue[str | None] | None = None
        """What is still to be written."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is the file's
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        """Write."""
        with self._lock:
            self._busy = True
        return self._file.write(text)

    def flush(self) -> None:
        """Write out what is left, then say so."""
        self._file.flush()
        with self._lock:
            self._busy = False
            then, self._then = self._then, None
        if then is not None:
            then()

    def behind(self) -> bool:
        """Say whether something is on its way."""
        return self._busy or (self.queue is not None and self.queue.qsize() > 0)

    def when_free(self, then: Callable[[], None]) -> bool:
        """Have `then` called, by another thread, when all has gone out; False when it has already, and it is not."""
        with self._lock:
            if not self.behind():
                return False
            self._then = then
            # The writer may have finished just before it could see this.
            late = not self.behind()
            if late:
                self._then = None
            return not late
