"""Copies in memory of a deck's pictures, for a disk that is pulled out while the talk goes on."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple, TypeAlias

from presenter import safety
from presenter.safe_open import open_resolved

Identity: TypeAlias = tuple[int, ...]
"""Changes whenever the contents of a file may have changed."""

LIMIT: Final = 64_000_000
"""Bytes of all copies."""
_LOST: Final = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE})
"""What is said of a disk that no longer answers, while its names may still be known."""


def identity_of(status: os.stat_result) -> Identity:
    """Return what tells this state of a file from the next."""
    # The time of the last change of status notices a new permission and a restored time of modification.
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class Spare(NamedTuple):
    """A file as it was."""

    identity: Identity
    data: bytes


class Spares:
    """The copies of one deck's files; see `keep`."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = Lock()
        self._deck: Path | None = None
        self._kept: dict[Path, Spare] = {}

    def keep(self, deck: Path, wanted: Iterable[Path]) -> bool:
        """Read files as far as there is room, and drop what is not wanted: for a thread beside the window's own.

        Nothing is dropped when the deck itself is no longer there.

        Args:
            deck: the deck's file.
            wanted: files in the order in which they are needed.

        Returns:
            Whether all of them are kept.
        """
        self._deck = deck
        room, complete = self._limit, True
        chosen: dict[Path, Identity] = {}
        for path in dict.fromkeys(wanted):
            with suppress(OSError, ValueError):
                status = os.lstat(path)
                if status.st_size > min(room, safety.MAX_PICTURE_BYTES):
                    complete = complete and status.st_size > safety.MAX_PICTURE_BYTES
                    continue
                room -= status.st_size
                chosen[path] = identity_of(status)
        if _gone(deck):
            return True
        with self._lock:
            self._kept = {path: kept for path, kept in self._kept.items() if chosen.get(path) == kept.identity}
        for path, identity in chosen.items():
            if path not in self._kept:
                self._read(path, identity)
        return complete

    def _read(self, path: Path, identity: Identity) -> None:
        with suppress(OSError, ValueError), os.fdopen(open_resolved(path), "rb") as file:
            data = file.read(identity[2] + 1)
            if identity_of(os.fstat(file.fileno())) == identity and len(data) == identity[2]:
                with self._lock:
                    self._kept[path] = Spare(identity, data)

    def same(self, path: Path, identity: Identity) -> Spare | None:
        """Return the copy of this state of a file, which needs no disk; None when there is none."""
        with self._lock:
            spare = self._kept.get(path)
        return spare if spare is not None and spare.identity == identity else None

    def instead(self, path: Path, error: OSError | ValueError) -> Spare | None:
        """Return the copy of a file that cannot be opened because of its disk; None for one that was deleted alone."""
        with self._lock:
            spare = self._kept.get(path)
        if spare is None or self._deck is None or not isinstance(error, OSError):
            return None
        return spare if error.errno in _LOST or _gone(self._deck) else None


def _gone(deck: Path) -> bool:
    try:
        os.lstat(deck)
    except OSError:
        return True
    return False


SPARES: Final = Spares()
"""Those of this program."""
