"""The memory that decoders may take together: pictures come from strangers, and many may be decoded at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Final

TOTAL: Final = 256_000_000
"""Bytes of all decoders together."""
STILL: Final = 8
"""Bytes a pixel that a decoder and what turns its picture the right way take at most, measured with 40 megapixels."""
MOVING: Final = 16
"""The same for a picture that moves: decoders of WebP keep two frames, and Pillow one more of each."""
PATIENCE: Final = 10.0
"""Seconds that a still picture waits for others: a file on a server that does not answer must not hold up the rest."""


class Budget:
    """Bytes that are lent; see `TOTAL`. Still pictures come first: a slide is waiting for them."""

    def __init__(self, total: int = TOTAL) -> None:
        self._total = total
        self._changed = Condition()
        self._waiting = 0
        self.lent = 0
        """Bytes that are lent now."""

    @property
    def wanted(self) -> bool:
        """Whether a still picture waits: whoever can go on later gives back what it has."""
        return self._waiting > 0

    @contextmanager
    def room(self, size: int) -> Iterator[None]:
        """Lend bytes, waiting until they are there; what is larger than everything waits until nothing is lent."""
        size = min(size, self._total)
        with self._changed:
            self._waiting += 1
            try:
                self._changed.wait_for(lambda: self.lent + size <= self._total, PATIENCE)
            finally:
                self._waiting -= 1
            self.lent += size
        try:
            yield
        finally:
            self.give_back(size)

    def take(self, size: int) -> bool:
        """Lend bytes if they are there and nobody waits for them; return whether they are lent."""
        with self._changed:
            if self._waiting or self.lent + size > self._total:
                return False
            self.lent += size
            return True

    def give_back(self, size: int) -> None:
        """Take back bytes that were lent."""
        with self._changed:
            self.lent -= size
            self._changed.notify_all()


BUDGET: Final = Budget()
"""The one of this program."""
