"""Where runs are kept: private folders and files of this user, on this machine, and nowhere else.

<state>/runs/<deck key>/2026-11-22T14-34-38Z-9f2c.jsonl    one run of a talk
<state>/state/<deck key>.json                              where a talk stands, for taking it up again

`<state>` is the folder of the system for such things, such as `~/.local/state/presenter`. Folders are 0700, files 0600;
what is a link, no folder, or somebody else's is not used.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path
from typing import Final

from presenter.deck.ids import slug
from presenter.deck.model import Deck
from presenter.import_guard import sha256
from presenter.safety import clean_line, reason

RUNS_FOLDER: Final = "runs"
RESUME_FOLDER: Final = "state"
MAX_STATE_BYTES: Final = 50_000_000
"""A file of ours larger than this was not written by us."""
_FLAGS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FOLDER: Final = getattr(os, "O_DIRECTORY", 0)


class StateFolderError(Exception):
    """The state folder cannot be used, with the reason in words."""


def state_root() -> Path:
    """Return the folder of all that the program remembers.

    Raises:
        UnusableError: the system has no such folder, as when `HOME` is not set.
    """
    from platformdirs import user_state_path  # noqa: PLC0415 - most commands need it not at all

    try:
        root = user_state_path("presenter", appauthor=False)
    except (OSError, RuntimeError, KeyError) as error:
        raise StateFolderError(f"there is no folder for it ({clean_line(str(error))})") from None
    if not root.is_absolute():
        raise StateFolderError("there is no folder for it; is HOME set?")
    return root


def deck_key(deck: Deck) -> str:
    """Return the name under which the runs of a deck are kept.

    It is the deck's `id:`; without one the name of its file (or folder, when the file is a `deck.yaml`) with the first
    12 hex digits of the SHA-256 of its real path. An id lets runs survive a move of the file; the name alone does not
    change with the title. A variant is another talk: `--` and its name follow, which no id and no name has in it.
    """
    return _whole_key(deck) + (f"--{_variant_key(deck.variant)}" if deck.variant else "")


def _whole_key(deck: Deck) -> str:
    if deck.id and slug(deck.id) == deck.id:
        return deck.id
    name = deck.path.parent.name if deck.path.stem == "deck" else deck.path.stem
    return "-".join(filter(None, (slug(name), _digest(os.fsencode(deck.path)))))


def _variant_key(name: str) -> str:
    """Return a variant's name as a part of a file's: two names that differ only in signs stay apart."""
    return name if slug(name) == name else "-".join(filter(None, (slug(name), _digest(name.encode()))))


def _digest(data: bytes) -> str:
    return sha256(data)[:12]


def private_folder(root: Path, *names: str) -> Path:
    """Make folders below the state folder, where they are missing, and check them all.

    Raises:
        UnusableError: one of them is a link, no folder, somebody else's, or cannot be made.
    """
    try:
        root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = _checked(root)
        for name in names:
            folder = _checked(folder / name)
    except OSError as error:
        raise StateFolderError(f"{clean_line(str(error.filename or root))}: {_why(error)}") from None
    return folder


def _why(error: OSError) -> str:
    return reason(error)


def _checked(path: Path) -> Path:
    """Make a folder, or check the one that is there."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
    shown = clean_line(str(path))
    facts = path.lstat()
    if stat.S_ISLNK(facts.st_mode):
        raise StateFolderError(f"{shown} is a link; remove it")
    if not stat.S_ISDIR(facts.st_mode):
        raise StateFolderError(f"{shown} is not a folder; remove it")
    if hasattr(os, "geteuid"):
        # By descriptor: what is checked and what is changed are the same folder, whoever moves things meanwhile.
        handle = os.open(path, os.O_RDONLY | _FOLDER | _FLAGS)
        try:
            facts = os.fstat(handle)
            if facts.st_uid != os.geteuid():
                raise StateFolderError(f"{shown} belongs to somebody else")
            if facts.st_mode & 0o077:
                os.fchmod(handle, 0o700)
        finally:
            os.close(handle)
    return path


def create_private(path: Path) -> int:
    """Create a new file for appending and return its descriptor.

    Raises:
        OSError: it is there already, or cannot be made.
    """
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)


def append_private(path: Path) -> int:
    """Open a file of ours for appending and return its descriptor.

    Raises:
        OSError: it is not there, or not one of ours.
    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | _FLAGS)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path} is not a file of presenter")
    return handle


def read_private(path: Path) -> bytes:
    """Read a file of ours; links and anything but plain files are refused.

    Raises:
        OSError: it cannot be read, or is not one of ours.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _FLAGS)
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > MAX_STATE_BYTES:
            raise OSError(f"{path} is not a file of presenter")
        return file.read(MAX_STATE_BYTES)


def replace_private(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole, the old one or the new one.

    Raises:
        OSError: it cannot be written; the old one stays.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    handle = create_private(draft)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


_RUN: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{4}\.jsonl")


def set_aside(path: Path, what: str) -> str:
    """Keep a file that cannot be read under another name, so that nothing is lost and it is told only once.

    Args:
        path: the file.
        what: what is wrong with it, for the words that are returned.
    """
    kept = path.with_name(f"{path.name}.bad")
    try:
        path.replace(kept)
    except OSError:
        return f"{what}: {clean_line(str(path))}"
    return f"{what}; the file is kept as {clean_line(str(kept))}"


def run_files(root: Path, key: str) -> list[Path]:
    """Return the files of a deck's runs, oldest first; none when there is no folder to look into."""
    try:
        names = os.listdir(root / RUNS_FOLDER / key)  # noqa: PTH208 - iterdir makes a path of each name first
    except OSError:
        return []
    return [root / RUNS_FOLDER / key / name for name in sorted(names) if _RUN.fullmatch(name)]
