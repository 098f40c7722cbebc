"""Files by which a terminal on this machine gets its pixels: nothing to pack, and nothing to send but a name.

The terminal deletes such a file when it has read it (kitty's graphics protocol, `t=t`), wherever it lies in memory.
What was never read is deleted here; what a program that was killed left behind, by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")  # noqa: S108  the names in it are made by mkstemp, too
"""Where files are kept in memory, on Linux; elsewhere the usual folder has to do."""
FILE_MARKER: Final = "presenter-tty-graphics-protocol-"
"""Terminals delete only files whose name says what they are for."""


def may_share_files(env: Mapping[str, str]) -> bool:
    """Say whether this may be a kitty that sees the same files; it is asked then whether it does."""
    if any(env.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        return False
    return bool(env.get("KITTY_WINDOW_ID")) or env.get("TERM") == "xterm-kitty"


def write_file(data: bytes) -> str:
    """Write a file for the terminal, which nobody else can read; return its path.

    Raises:
        OSError: there is no room.
    """
    import tempfile  # noqa: PLC0415  few terminals need it

    folder = MEMORY if os.access(MEMORY, os.W_OK) else tempfile.gettempdir()
    descriptor, path = tempfile.mkstemp(prefix=f"{FILE_MARKER}{os.getpid()}-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError:
        delete_file(path)
        raise
    return path


def delete_file(path: str) -> None:
    """Delete a file, unless the terminal has done so."""
    with suppress(OSError):
        Path(path).unlink()


def delete_stale_files() -> None:
    """Delete what programs have left here that no longer run."""
    import tempfile  # noqa: PLC0415  as above

    for folder in {MEMORY, Path(tempfile.gettempdir())}:
        with suppress(OSError):
            for path in folder.glob(f"{FILE_MARKER}*"):
                number = path.name.removeprefix(FILE_MARKER).partition("-")[0]
                if number.isdecimal() and not _runs(int(number)):
                    delete_file(str(path))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True
