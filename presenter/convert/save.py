"""A new deck put into its place: as a whole, or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from presenter.deck.diagnostics import Problem
from presenter.deck.load import load
from presenter.safety import clean_line, reason


class SaveError(Exception):
    """The deck was not written; the words say why. `problems` are those that the deck itself would have had."""

    def __init__(self, words: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(words)
        self.problems = problems


def save_deck(text: str, path: Path, *, force: bool = False) -> None:
    """Write a deck, after a look whether it can be shown.

    Args:
        text: the YAML.
        path: where it will stand.
        force: take the place of a file that stands there.

    Raises:
        SaveError: nothing was written; a file that stood there is as it was.
    """
    name = clean_line(str(path))
    if not force and os.path.lexists(path):
        raise SaveError(f"{name} exists already; write elsewhere with -o, or over it with --force")
    target = Path(os.path.realpath(path)) if force else path
    new = target.with_name(f".{target.name}.{os.getpid()}.new.yaml")
    try:
        _fill(new, text)
        loaded = load(new)
        errors = tuple(problem for problem in loaded.problems if problem.severity == "error")
        if loaded.deck is None:
            raise SaveError("the deck that came of it cannot be shown", errors)
        if force:
            new.replace(target)
        else:
            _place(new, target)
    except FileExistsError:
        raise SaveError(f"{name} exists already; write elsewhere with -o, or over it with --force") from None
    except OSError as error:
        raise SaveError(f"{name} cannot be written: {reason(error)}") from None
    finally:
        with contextlib.suppress(OSError):
            new.unlink()


def _place(new: Path, target: Path) -> None:
    """Give a new file its name, but never one that another file took meanwhile."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(str(target)) from None
        new.replace(target)


def _fill(new: Path, text: str) -> None:
    """Write a new file and have it on the disk."""
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
