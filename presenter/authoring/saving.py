"""Writing files that were not there: nothing is ever overwritten, and what is there is there as a whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def save_new(path: Path, text: str) -> None:
    """Write a new file, with the folders that lead to it.

    Raises:
        FileExistsError: something of that name is there already; it stays as it is.
        OSError: it cannot be written; nothing is there then.
    """
    if os.path.lexists(path):
        raise FileExistsError(str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        _write(draft, text)
        try:
            os.link(draft, path)  # unlike a rename, this fails when somebody was faster
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            _write(path, text)
    finally:
        with suppress(OSError):
            draft.unlink()


def _write(path: Path, text: str) -> None:
    handle = os.open(path, _FLAGS, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
