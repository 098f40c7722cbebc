"""How large a speaker wants the notes, by the size of the terminal: remembered from one talk to the next.

<state>/notes.json    {"120x36": 3, "80x24": 1}, the latest one last
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from presenter.history.state_files import (
    StateFolderError,
    private_folder,
    read_private,
    replace_private,
    set_aside,
    state_root,
)

FILE_NAME: Final = "notes.json"
MAX_REMEMBERED_SIZES: Final = 40
"""Sizes of terminals that are kept."""
SIZE_TOLERANCE: Final = 0.1
"""A terminal whose columns and rows differ by no more than this share is like another."""


class NoteSizes:
    """Remembers; whatever goes wrong is as if nothing were known. No talk depends on it.

    Args:
        root: the state folder; the system's when left out.
        keep: False reads, and writes nothing.
    """

    def __init__(self, root: Path | None = None, *, keep: bool = True) -> None:
        self._root = root
        self._keep = keep
        self.notice = ""
        """What there is to say of a file that could not be read; empty for nothing."""
        self._known: dict[str, int] | None = None

    def at(self, columns: int, rows: int) -> int | None:
        """Return the size, from 1, that was last chosen in a terminal as large as this or nearly so; else None."""
        known = self._sizes()
        if (exact := known.get(f"{columns}x{rows}")) is not None:
            return exact
        for name, size in reversed(known.items()):
            wide, _, tall = name.partition("x")
            if abs(columns - int(wide)) <= SIZE_TOLERANCE * columns and abs(rows - int(tall)) <= SIZE_TOLERANCE * rows:
                return size
        return None

    def chosen(self, columns: int, rows: int, size: int) -> None:
        """Remember a choice."""
        known = self._sizes()
        known.pop(f"{columns}x{rows}", None)
        known[f"{columns}x{rows}"] = size
        self._known = dict(list(known.items())[-MAX_REMEMBERED_SIZES:])
        if self._keep:
            with suppress(OSError, StateFolderError):
                replace_private(
                    private_folder(self._root or state_root()) / FILE_NAME, msgspec.json.encode(self._known)
                )

    def _sizes(self) -> dict[str, int]:
        if self._known is None:
            self._known = {}
            with suppress(OSError, StateFolderError):
                path = (self._root or state_root()) / FILE_NAME
                try:
                    read = msgspec.json.decode(read_private(path), type=dict[str, int])
                    self._known = {name: size for name, size in read.items() if _plausible(name) and size > 0}
                except (msgspec.MsgspecError, UnicodeDecodeError):
                    what = "the sizes of notes that you chose before cannot be read"
                    self.notice = set_aside(path, what) if self._keep else what
        return self._known


def _plausible(name: str) -> bool:
    wide, cross, tall = name.partition("x")
    return bool(cross) and all(part.isascii() and part.isdigit() and len(part) <= 5 for part in (wide, tall))  # noqa: PLR2004 - what any terminal has
