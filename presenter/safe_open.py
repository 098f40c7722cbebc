"""Opening the very file that a deck's reader was allowed to open, whatever becomes of the folders on the way."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

# A pipe must not keep the open waiting.
FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_FOLDER: Final = (
    # A folder may be passed through without being read; where there is no such way it has to be readable.
    getattr(os, "O_PATH", os.O_RDONLY)
    | getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_BY_PARTS: Final = os.open in os.supports_dir_fd


def open_resolved(path: Path) -> int:
    """Open a file for reading by a path without links; return its descriptor.

    Where a path leads is looked at before it is opened. A folder on the way that is exchanged for a link in between
    would lead elsewhere, so every part is opened from the one before.

    Raises:
        OSError: it cannot be opened; ELOOP when a part of the path has become a link.
        ValueError: it is no possible path.
    """
    if not (_BY_PARTS and path.is_absolute()):
        return os.open(path, FLAGS)
    *folders, name = path.parts
    if not folders:
        return os.open(path, FLAGS)
    handle = os.open(folders[0], _FOLDER)
    try:
        for part in folders[1:]:
            below = _folder(part, handle)
            os.close(handle)
            handle = below
        return os.open(name, FLAGS, dir_fd=handle)
    finally:
        os.close(handle)


def _folder(name: str, above: int) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=above)
    except NotADirectoryError:
        if stat.S_ISLNK(os.stat(name, dir_fd=above, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
        raise
