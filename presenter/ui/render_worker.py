"""Slides painted beside the window's own thread: pictures that are still to be decoded, and what comes next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Condition, Thread
from typing import Final, TypeAlias

RenderJob: TypeAlias = Callable[[], object]

QUIET_DELAY: Final = 0.03
"""Seconds before the first job, in which the picture that was asked for gets to the terminal undisturbed."""

SWITCH_INTERVAL: Final = 0.001
"""Seconds after which this thread lets the window's own have its turn; a key press must not wait for a picture."""


class RenderWorker:
    """One thread that does the latest jobs it was given; older ones that have not begun are dropped.

    The thread is a daemon: nothing it does may hold up the end of the program.
    """

    def __init__(self) -> None:
        self._jobs: Sequence[RenderJob] = ()
        self._given = Condition()
        self._thread: Thread | None = None
        self._closed = False
        self._fresh = False
        self.idle = True
        """Nothing is left to do."""

    def give(self, jobs: Sequence[RenderJob]) -> None:
        """Do these jobs, in order, instead of all that were given before."""
        with self._given:
            self._jobs, self._fresh = list(jobs), True
            self.idle = self.idle and not self._jobs
            if self._jobs and self._thread is None and not self._closed:
                sys.setswitchinterval(SWITCH_INTERVAL)
                self._thread = Thread(target=self._work, name="presenter-render", daemon=True)
                self._thread.start()
            self._given.notify()

    def close(self) -> None:
        """Begin no more jobs."""
        with self._given:
            self._jobs, self._closed = (), True
            self._given.notify()

    def _work(self) -> None:
        while (job := self._take()) is not None:
            # A job paints, and painting never raises; should one do so, the next key paints the slide again.
            with suppress(Exception):
                job()

    def _take(self) -> RenderJob | None:
        with self._given:
            while not self._closed and (self._fresh or not self._jobs):
                self.idle = not self._jobs
                rested = not self._given.wait(QUIET_DELAY if self._jobs else None)
                self._fresh = self._fresh and not rested
            if self._closed:
                return None
            job, *rest = self._jobs
            self._jobs = rest
            return job
