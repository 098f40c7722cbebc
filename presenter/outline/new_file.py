"""Writing files: nothing is overwritten unless that is wanted, a deck never, and what is there is there as a whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from presenter.safety import clean_line, reason

_DECKS: Final = frozenset({".yaml", ".yml"})
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class SaveError(Exception):
    """A file was not written; the words say why."""


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


def save_output(path: Path, text: str, *, force: bool = False) -> None:
    """Write what a command makes, such as a page or a schema.

    Args:
        path: where to; links are followed only to a file that is written over.
        text: the whole of it.
        force: take the place of a file that stands there, unless that is a deck.

    Raises:
        SaveError: nothing was written; the words say why.
    """
    name = clean_line(str(path))
    if not path.parent.is_dir():
        raise SaveError(f"{name} cannot be written: there is no such folder")
    try:
        if not force or not os.path.lexists(path):
            save_new(path, text)
            return
        if path.suffix.lower() in _DECKS:
            raise SaveError(f"{name} may be a deck: it is not written over, not even with --force")
        target = Path(os.path.realpath(path))
        draft = target.with_name(f".{target.name[:100]}.{os.getpid()}")
        try:
            _write(draft, text)
            draft.replace(target)
        finally:
            with suppress(OSError):
                draft.unlink()
    except FileExistsError:
        raise SaveError(f"{name} exists already; write elsewhere, or over it with --force") from None
    except OSError as error:
        raise SaveError(f"{name} cannot be written: {reason(error)}") from None


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
