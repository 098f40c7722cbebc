"""Where the windows of a talk meet: a socket for each deck, in a folder that nobody else can enter.

The folder is `$XDG_RUNTIME_DIR/presenter`, else `/tmp/presenter-<uid>`, made with mode 0700. It is used only when it is
a real folder of this user without rights for others. The socket is called after the deck's real path. Beside it lies
a file that the owner keeps locked while it lives: the lock goes with the process, however that ends, so that a socket
left behind is told from one in use without a race.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from presenter.import_guard import sha256
from presenter.safety import reason

if TYPE_CHECKING:
    import socket

SUFFIX: Final = ".sock"
LOCK_SUFFIX: Final = ".lock"
MAX_PATH_BYTES: Final = 103
"""Bytes of a socket's path: 104 with the closing zero on macOS, 108 on Linux."""
MAX_LINE_BYTES: Final = 65_536
"""Bytes of a line that the owner of a talk reads."""
_DIGITS: Final = 16
_NAMES: Final = 8
"""Names of the folder in the shared one that are tried."""
_FLAGS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class SocketError(Exception):
    """There can be no socket, with the reason in words."""


class SocketTakenError(SocketError):
    """Another living window owns this talk."""


def supported() -> bool:
    """Say whether this system has what several windows need."""
    import socket  # noqa: PLC0415 - the first slide does not need it

    return hasattr(socket, "AF_UNIX") and hasattr(os, "geteuid")


def candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    """Go through the folders that may hold sockets, the best first."""
    given = environ.get("XDG_RUNTIME_DIR", "")
    if (
        given.startswith("/")
        and len(os.fsencode(f"{given}/presenter/{'0' * _DIGITS}-4194304{SUFFIX}")) <= MAX_PATH_BYTES
    ):
        yield Path(given, "presenter")
    # Anybody may make a folder of the usual name in the shared one: then there are others.
    for number in range(_NAMES):
        yield Path(f"/tmp/presenter-{os.geteuid()}" + (f"-{number}" if number else ""))  # noqa: S108  checked before use


def distrust_reason(folder: Path) -> str:
    """Return why a folder cannot be trusted; empty when it can.

    Raises:
        OSError: it is not there, or cannot be looked at.
    """
    facts = folder.lstat()
    if stat.S_ISLNK(facts.st_mode):
        return "is a link; remove it"
    if not stat.S_ISDIR(facts.st_mode):
        return "is not a folder; remove it"
    if facts.st_uid != os.geteuid():
        return "belongs to somebody else"
    if facts.st_mode & 0o077:
        return "is open to others; `chmod 700` mends that"
    return ""


def squatted(environ: Mapping[str, str], used: Path) -> str:
    """Say which folder of the usual name could not be trusted, when another one is used; empty when none."""
    for path in candidates(environ):
        if path == used:
            return ""
        with suppress(OSError):
            if path.parent == used.parent and (why := distrust_reason(path)):
                return f"{path} {why}; windows meet in {used}"
    return ""


def socket_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder for the sockets, making it where it is missing.

    Raises:
        PlaceError: there is none that can be used.
    """
    if not supported():
        raise SocketError("this system has no Unix sockets")
    reasons = []
    for path in candidates(environ):
        try:
            with suppress(FileExistsError):
                path.mkdir(mode=0o700)
            why = distrust_reason(path)
        except OSError as error:
            why = reason(error)
        if not why:
            return path
        reasons.append(f"{path} {why}")
    raise SocketError("; ".join(reasons))


def socket_name(deck: Path) -> str:
    """Return the name under which the windows of a deck meet: 16 hex digits.

    Args:
        deck: its real path.
    """
    return sha256(os.fsencode(deck))[:_DIGITS]


def list_sockets(environ: Mapping[str, str], deck: Path | None = None) -> list[Path]:
    """Return the sockets there are, living or not: of one deck, or of all. Nothing is made."""
    if not hasattr(os, "geteuid"):
        return []
    found: list[Path] = []
    for each in candidates(environ):
        with suppress(OSError):
            if not distrust_reason(each):
                found += sorted((path for path in each.iterdir() if path.suffix == SUFFIX), key=lambda path: path.stem)
    if deck is None or not found:
        return found
    name = socket_name(deck)
    return [path for path in found if path.stem.partition("-")[0] == name]


class SocketClaim:
    """The right to the socket of a talk, held until it is released or the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        """Hold a socket's path, with the descriptor of the locked file beside it."""
        self.path = path
        self._handle = handle

    @classmethod
    def make(cls, where: Path, name: str) -> Self:
        """Claim a name in a folder; what a dead owner has left there is removed.

        Raises:
            TakenError: a living window has it.
            PlaceError: it cannot be had.
        """
        path = where / f"{name}{SUFFIX}"
        if len(os.fsencode(path)) > MAX_PATH_BYTES:
            raise SocketError(f"{where} is too long for a socket")
        try:
            handle = _locked(path.with_suffix(LOCK_SUFFIX))
        except BlockingIOError:
            raise SocketTakenError("another window shows this talk") from None
        except OSError as error:
            raise SocketError(f"{path.with_suffix(LOCK_SUFFIX)}: {reason(error)}") from None
        if path.is_socket():
            with suppress(OSError):
                path.unlink()
        return cls(path, handle)

    def bind(self) -> socket.socket:
        """Return the socket, bound; only this user may connect to it.

        Raises:
            PlaceError: something else lies in its place.
        """
        import socket  # noqa: PLC0415 - as above

        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            made.bind(os.fspath(self.path))
        except OSError as error:
            made.close()
            raise SocketError(f"{self.path}: {reason(error)}") from None
        finally:
            os.umask(before)
        made.setblocking(False)  # noqa: FBT003 - its only argument
        return made

    def release(self) -> None:
        """Remove the socket and give up the right to it."""
        for path in (self.path, self.path.with_suffix(LOCK_SUFFIX)):
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):
            os.close(self._handle)


def _locked(path: Path) -> int:
    """Return the descriptor of a file that this process has locked.

    Raises:
        BlockingIOError: another one has.
        OSError: it cannot be made.
    """
    import fcntl  # noqa: PLC0415 - there is none on Windows

    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.lstat()):
                    return handle
        except BaseException:
            os.close(handle)
            raise
        # The owner before removed it between our two calls: this lock is on a file that nobody else will find.
        os.close(handle)
