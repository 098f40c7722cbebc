"""The owner's end: it tells every window how the talk stands, and takes their commands.

Nothing is queued. Each follower has a task that writes the latest state; one that does not read is cut off. A hub can
be talked to by any program of this user, in any way: the worst that comes of it is a connection that ends.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Protocol

import msgspec

from presenter.peers import peercred
from presenter.peers.protocol import (
    VERSION,
    ByeMessage,
    CommandMessage,
    FailureMessage,
    HelloMessage,
    MalformedMessageError,
    OtherVersionError,
    SharedState,
    ViewName,
    decode_message,
    encode_message,
)
from presenter.peers.socket_path import MAX_LINE_BYTES
from presenter.session.key_repeat import TYPED_AHEAD_GAP

SEND_TIMEOUT: Final = 0.5
"""Seconds for which a follower may not read before it is cut off."""
HELLO_TIMEOUT: Final = 5.0
"""Seconds within which a connection has to say who it is."""
BOUNCE_SECONDS: Final = 0.03
"""Seconds between two presses that nobody's finger makes. Presses closer than `key_repeat.TYPED_AHEAD_GAP` were typed
ahead: they all
count, as in the owner's own window."""
MAX_WINDOWS: Final = 64
"""Windows of one talk, and connections that have said nothing yet."""
MAX_REMEMBERED_CLIENTS: Final = 256
"""Clients whose last command is remembered."""
STEP_COMMANDS: Final = frozenset({"next", "back", "next-slide", "previous-slide"})
_BUFFER: Final = 65_536
_log: Final = logging.getLogger(__name__)


class HostOwner(Protocol):
    """Who owns the talk."""

    def standing(self) -> SharedState:
        """Return how the talk stands."""

    def take(self, order: CommandMessage, window: GuestWindow) -> None:
        """Do what another window wants."""

    def company(self) -> None:
        """Other windows came or went."""

    def face(self, hello: HelloMessage) -> ViewName:
        """Return what a window that begins shall show."""


@dataclass(eq=False)
class GuestWindow:
    """A follower as the hub knows it."""

    client: str
    writer: StreamWriter
    face: tuple[int, ViewName]
    ack: int = 0
    used: float = 0.0
    """When it last gave a command."""
    last: tuple[str, float] = ("", float("-inf"))
    """Its last command, and when that key was pressed."""
    dirty: asyncio.Event = field(default_factory=asyncio.Event)

    def turn(self, face: ViewName) -> None:
        """Have it show something else."""
        self.face = (self.face[0] + 1, face)
        self.dirty.set()


class Host:
    """All the other windows of a talk."""

    def __init__(self, owner: HostOwner) -> None:
        self._owner = owner
        self._epoch = os.urandom(8).hex()
        self._seq = 0
        self._talk: SharedState | None = None
        self._told = b""
        self._acks: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.windows: list[GuestWindow] = []
        """Those that are joined, the last one last."""
        self.lost = False
        """A window went without a word, and none has come since."""

    def publish(self) -> None:
        """Tell every window how the talk stands now, unless they know."""
        if not self.windows:
            return
        if self._renew():
            for window in self.windows:
                window.dirty.set()

    def _renew(self) -> bool:
        talk = self._owner.standing()
        if self._talk is not None and msgspec.structs.replace(talk, clock=self._talk.clock) == self._talk:
            return False
        self._talk, self._seq = talk, self._seq + 1
        self._told = msgspec.json.encode(talk)
        return True

    def connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve a connection; of those that have not said who they are, no more than windows may be."""
        if len(self._tasks) - len(self.windows) >= MAX_WINDOWS:
            writer.transport.abort()
            return
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, why: str) -> None:
        """Say goodbye to all."""
        for window in self.windows:
            with suppress(OSError, RuntimeError):
                window.writer.write(encode_message(ByeMessage(why)))
                window.writer.close()
        for task in list(self._tasks):
            task.cancel()
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(SEND_TIMEOUT):
                await asyncio.gather(*(each.writer.wait_closed() for each in self.windows), return_exceptions=True)
        self.windows.clear()

    # --- one connection

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        window = None
        politely = False
        try:
            window = await self._greet(reader, writer)
            if window is not None:
                politely = await self._listen(reader, window)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError, MalformedMessageError) as error:
            _log.warning("a window was dropped: %s", str(error)[:200] or type(error).__name__)
        except OtherVersionError as error:
            await _refuse(writer, str(error))
        finally:
            if window is not None:
                self._leave(window, politely=politely)
            writer.transport.abort()

    async def _greet(self, reader: StreamReader, writer: StreamWriter) -> GuestWindow | None:
        """Find out who it is; None for a look, and for those who may not join."""
        connection: socket.socket = writer.get_extra_info("socket")
        if not peercred.is_own_peer(connection):
            _log.warning("somebody else's program was refused")
            return None
        writer.transport.set_write_buffer_limits(high=0)
        async with asyncio.timeout(HELLO_TIMEOUT):
            hello = decode_message(await _line(reader))
        if not isinstance(hello, HelloMessage):
            raise MalformedMessageError("the first line is no hello")
        window = GuestWindow(hello.client, writer, (0, self._owner.face(hello)), self._acks.get(hello.client, 0))
        self._renew()
        writer.write(self._line(window))
        async with asyncio.timeout(SEND_TIMEOUT):
            await writer.drain()
        if hello.look:
            return None
        if len(self.windows) >= MAX_WINDOWS:
            await _refuse(writer, f"{MAX_WINDOWS} windows are enough")
            return None
        self.windows.append(window)
        self.lost = False
        self._owner.company()
        self.publish()
        return window

    async def _listen(self, reader: StreamReader, window: GuestWindow) -> bool:
        """Take commands until the connection ends; return whether it ended with a goodbye."""
        writing = asyncio.get_running_loop().create_task(self._write(window))
        try:
            while line := await _line(reader):
                message = decode_message(line)
                if isinstance(message, ByeMessage):
                    return True
                if isinstance(message, CommandMessage):
                    self._order(message, window)
                await asyncio.sleep(0)  # whoever talks without a pause must not stop the talk
            return False
        finally:
            writing.cancel()

    def _order(self, order: CommandMessage, window: GuestWindow) -> None:
        fresh = order.n > window.ack
        if fresh:
            window.ack = order.n
            self._acks.pop(window.client, None)
            self._acks[window.client] = order.n
            while len(self._acks) > MAX_REMEMBERED_CLIENTS:
                del self._acks[next(iter(self._acks))]
            if not self._bounces(order, window):
                window.used = asyncio.get_running_loop().time()
                self._owner.take(order, window)
        window.dirty.set()

    @staticmethod
    def _bounces(order: CommandMessage, window: GuestWindow) -> bool:
        """Say whether a step is the same press of a key once more: nothing else came in between."""
        (name, at), window.last = window.last, (order.do, order.at)
        return order.do in STEP_COMMANDS and name == order.do and TYPED_AHEAD_GAP <= order.at - at < BOUNCE_SECONDS

    async def _write(self, window: GuestWindow) -> None:
        """Write the latest state whenever there is one, for as long as somebody reads."""
        try:
            while True:
                await window.dirty.wait()
                window.dirty.clear()
                window.writer.write(self._line(window))
                async with asyncio.timeout(SEND_TIMEOUT):
                    await window.writer.drain()
        except (OSError, TimeoutError) as error:
            _log.warning("a window does not listen: %s", str(error) or type(error).__name__)
            window.writer.transport.abort()

    def _line(self, window: GuestWindow) -> bytes:
        told = _Told(self._epoch, msgspec.Raw(self._told), os.getpid(), self._seq, window.ack, window.face)
        return msgspec.json.encode(told) + b"\n"

    def _leave(self, window: GuestWindow, *, politely: bool) -> None:
        if window in self.windows:
            self.windows.remove(window)
            self.lost = self.lost or not politely
            self._owner.company()
            self.publish()


class _Told(msgspec.Struct, tag_field="t", tag="state"):
    """As `protocol.StateMessage`, around a talk that is spelled already: once for all windows."""

    epoch: str
    talk: msgspec.Raw
    pid: int
    seq: int
    ack: int
    face: tuple[int, ViewName]
    v: int = VERSION


async def _line(reader: StreamReader) -> bytes:
    """Return the next line; empty at the end, half a line included.

    Raises:
        GarbledError: it is longer than `socket_path.MAX_LINE_BYTES`.
    """
    try:
        return await reader.readuntil(b"\n")
    except asyncio.IncompleteReadError:
        return b""
    except asyncio.LimitOverrunError:
        raise MalformedMessageError(f"a line of more than {MAX_LINE_BYTES} bytes") from None


async def _refuse(writer: StreamWriter, why: str) -> None:
    with suppress(OSError, TimeoutError):
        writer.write(encode_message(FailureMessage(why)))
        async with asyncio.timeout(SEND_TIMEOUT):
            await writer.drain()
