"""Whose the program at the other end of a Unix socket is: the kernel says, and cannot be lied to."""

from __future__ import annotations

import os
import socket
import struct
import sys
from typing import Final

_LINUX: Final = struct.Struct("=iII")
"""`struct ucred`: process, user, group."""
_BSD: Final = struct.Struct("=II")
"""The head of `struct xucred`: version 0, user."""
_XUCRED: Final = 76
"""Bytes of all of it: two numbers, a count with its padding, sixteen groups."""


def peer_uid(connection: socket.socket) -> int | None:
    """Return the user at the other end; None where the system does not tell."""
    try:
        if (option := getattr(socket, "SO_PEERCRED", None)) is not None:
            return linux_uid(connection.getsockopt(socket.SOL_SOCKET, option, _LINUX.size))
        if sys.platform == "darwin" or "bsd" in sys.platform:
            # SOL_LOCAL and LOCAL_PEERCRED, see unix(4) there.
            return bsd_uid(connection.getsockopt(0, 1, _XUCRED))
    except (OSError, struct.error):
        pass
    return None


def linux_uid(data: bytes) -> int:
    """Read the user from what `SO_PEERCRED` gives."""
    return int(_LINUX.unpack(data)[1])


def bsd_uid(data: bytes) -> int | None:
    """Read the user from what `LOCAL_PEERCRED` gives; None for a version that is not known."""
    version, uid = _BSD.unpack_from(data)
    return int(uid) if version == 0 else None


def is_own_peer(connection: socket.socket) -> bool:
    """Say whether the other end is this user's."""
    return peer_uid(connection) == os.geteuid()
