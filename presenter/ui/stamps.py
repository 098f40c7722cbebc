"""What the files of a deck looked like when they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from presenter.deck.model import Deck

Stamps: TypeAlias = Mapping[Path, tuple[int, int, int] | None]
"""Time of the last change, size and inode of each file; None for one that is not there."""


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file does; None when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def stamps(files: Iterable[Path]) -> Stamps:
    """Return what files look like now."""
    return {path: stamp(path) for path in files}


def watched_files(deck: Deck) -> frozenset[Path]:
    """Return the files whose change is a change of the talk."""
    return deck.files | {deck.path}
