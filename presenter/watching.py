"""What the files of a deck looked like when they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from presenter.deck.model import Deck

FileSignatures: TypeAlias = Mapping[Path, tuple[int, int, int] | None]
"""Time of the last change, size and inode of each file; None for one that is not there."""


def file_signature(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file does; None when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def file_signatures(files: Iterable[Path]) -> FileSignatures:
    """Return what files look like now."""
    return {path: file_signature(path) for path in files}


def watched_files(deck: Deck) -> frozenset[Path]:
    """Return the files whose change is a change of the talk."""
    return deck.files | {deck.path}
