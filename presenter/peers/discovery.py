"""Which talks are running, asked without asyncio: before a window opens."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from presenter import __version__
from presenter.peers import peercred
from presenter.peers.protocol import (
    STATE_LIMIT,
    FailureMessage,
    HelloMessage,
    MalformedMessageError,
    OtherVersionError,
    StateMessage,
    decode_message,
    encode_message,
)
from presenter.peers.socket_path import list_sockets
from presenter.peers.sync import clean_state

ANSWER_TIMEOUT: Final = 2.0
"""Seconds for which a hub is waited for."""


@dataclass(frozen=True, slots=True)
class RunningTalk:
    """A talk that is running, or why nothing can be learned of it."""

    path: Path
    told: StateMessage | None = None
    trouble: str = ""

    @property
    def deck(self) -> Path:
        """The deck that is shown."""
        return Path(self.told.talk.deck if self.told is not None else "")


def find_talks(environ: Mapping[str, str], deck: Path | None = None) -> list[RunningTalk]:
    """Return the talks that are running: of a deck, or all. Sockets that nobody listens to are left out."""
    found = [query_host(path) for path in list_sockets(environ, deck)]
    return [each for each in found if each is not None]


@contextmanager
def _reached(path: Path) -> Iterator[socket.socket | None]:
    """Connect to a socket; None when nobody listens to it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(ANSWER_TIMEOUT)
        try:
            connection.connect(os.fspath(path))
        except OSError:
            yield None
        else:
            yield connection


def alive(path: Path) -> bool:
    """Say whether somebody listens to a socket."""
    with _reached(path) as connection:
        return connection is not None


def query_host(path: Path) -> RunningTalk | None:
    """Ask a hub how its talk stands; None when nobody is there."""
    with _reached(path) as connection:
        if connection is None or not peercred.is_own_peer(connection):
            return None
        try:
            connection.sendall(encode_message(HelloMessage(pid=os.getpid(), app=__version__, look=True)))
            return _heard(path, _line(connection))
        except OtherVersionError as error:
            return RunningTalk(path, trouble=f"it is shown by another version of presenter ({error})")
        except (OSError, MalformedMessageError):
            return RunningTalk(path, trouble="it does not answer")


def _heard(path: Path, line: bytes) -> RunningTalk | None:
    message = decode_message(line) if line else None
    if isinstance(message, StateMessage):
        return RunningTalk(
            path, StateMessage(message.epoch, clean_state(message.talk), pid=message.pid, face=message.face)
        )
    return RunningTalk(path, trouble=message.why if isinstance(message, FailureMessage) else "it does not answer")


def _line(connection: socket.socket) -> bytes:
    """Return the first line that comes in time; empty when none does."""
    data = b""
    until = time.monotonic() + ANSWER_TIMEOUT
    while b"\n" not in data and len(data) <= STATE_LIMIT and time.monotonic() < until:
        more = connection.recv(65_536)
        if not more:
            return b""
        data += more
    return data.partition(b"\n")[0]
