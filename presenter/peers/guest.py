"""A follower's end: it takes what the hub tells, gives commands, and comes back whenever the connection has gone."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from asyncio import StreamReader, StreamWriter
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from presenter import __version__
from presenter.peers import peercred
from presenter.peers.protocol import (
    STATE_LIMIT,
    ByeMessage,
    CommandMessage,
    FailureMessage,
    HelloMessage,
    MalformedMessageError,
    OtherVersionError,
    SharedPlan,
    SharedPosition,
    SharedState,
    StateMessage,
    ViewName,
    decode_message,
    encode_message,
)
from presenter.session.argument import NO_ARGUMENT, Argument

FIRST_RETRY: Final = 0.05
MAX_RETRY: Final = 0.8
"""Seconds between two tries: doubled from the first to the longest. A hub that is back is found within a second."""
RESEND_SECONDS: Final = 1.0
"""Seconds for which a command that nobody has confirmed is said again after a reconnection."""
_log: Final = logging.getLogger(__name__)


class Guest:
    """A window's connection to its talk.

    Args:
        path: of the socket.
        face: what the window shows now; empty for one that just begins.
        heard: is called with everything that the hub tells.
        changed: is called when the connection has come or gone, or when a try to make one has failed.
    """

    def __init__(
        self,
        path: Path,
        face: Callable[[], ViewName],
        heard: Callable[[StateMessage], None],
        changed: Callable[[], None],
        client: str = "",
    ) -> None:
        self.path = path
        self.client = client or os.urandom(8).hex()
        self.linked = False
        self.ended = ""
        """Why the hub said goodbye; empty when it did not."""
        self.refused = ""
        """Why the hub does not want this window."""
        self._face = face
        self._heard = heard
        self._changed = changed
        self._writer: StreamWriter | None = None
        self._epoch = ""
        self._n = 0
        self._waiting: deque[tuple[float, CommandMessage]] = deque(maxlen=1000)

    @property
    def settled(self) -> bool:
        """Whether the hub has confirmed all commands: what it told before that is older than what is shown here."""
        return not self._waiting

    @property
    def unanswered(self) -> float:
        """Seconds for which the hub has not confirmed a command; 0 when it has confirmed all."""
        return time.monotonic() - self._waiting[0][0] if self._waiting and self.linked else 0.0

    def give(
        self,
        do: str,
        argument: Argument = NO_ARGUMENT,
        *,
        at: float = 0.0,
        plan: SharedPlan | None = None,
        talk: SharedState | None = None,
    ) -> None:
        """Send a command."""
        self._n += 1
        place = SharedPosition(argument.slide, argument.step) if argument.slide else None
        order = CommandMessage(
            self._n, do, arg=argument.text, at=at, plan=plan, talk=talk, seconds=argument.seconds, place=place
        )
        self._waiting.append((time.monotonic(), order))
        self._send(order)

    def _send(self, order: CommandMessage) -> None:
        if self._writer is not None:
            with suppress(OSError, RuntimeError):
                self._writer.write(encode_message(order))

    async def run(self) -> None:
        """Follow for ever; end by cancelling."""
        pause = FIRST_RETRY
        while True:
            if await self._once():
                pause = FIRST_RETRY
            await asyncio.sleep(pause)
            pause = min(MAX_RETRY, 2 * pause)

    def leave(self) -> None:
        """Say goodbye."""
        if self._writer is not None:
            with suppress(OSError, RuntimeError):
                self._writer.write(encode_message(ByeMessage()))

    async def _once(self) -> bool:
        """Connect and follow until the connection ends; return whether there was one."""
        joined = False
        try:
            reader, writer = await asyncio.open_unix_connection(os.fspath(self.path), limit=STATE_LIMIT)
        except (OSError, ValueError):
            self._changed()
            return False
        try:
            if peercred.is_own_peer(writer.get_extra_info("socket")):
                hello = HelloMessage(client=self.client, pid=os.getpid(), app=__version__, face=self._face())
                writer.write(encode_message(hello))
                joined = await self._listen(reader, writer)
        except (
            OSError,
            ValueError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            MalformedMessageError,
        ) as error:
            _log.warning("the connection ended: %s", str(error)[:200] or type(error).__name__)
        except OtherVersionError as error:
            self.refused = f"the other window is of another version of presenter ({error})"
        finally:
            self._writer = None
            writer.transport.abort()
            if self.linked:
                self.linked = False
                self._changed()
        return joined

    async def _listen(self, reader: StreamReader, writer: StreamWriter) -> bool:
        joined = False
        while line := await reader.readline():
            message = decode_message(line)
            if isinstance(message, ByeMessage):
                self.ended = message.why
                return joined
            if isinstance(message, FailureMessage):
                self.refused = message.why
                return joined
            if isinstance(message, StateMessage):
                if not self.linked:
                    self._joined(message, writer)
                    joined = True
                self._confirm(message)
                self._heard(message)
        return joined

    def _joined(self, told: StateMessage, writer: StreamWriter) -> None:
        """Begin to give commands; those of a moment ago are said again: the same hub takes each only once."""
        self.linked, self.ended, self.refused = True, "", ""
        self._writer = writer
        fresh = self._epoch in {"", told.epoch}
        self._epoch = told.epoch
        since = time.monotonic() - RESEND_SECONDS
        waiting = [(when, order) for when, order in self._waiting if fresh and order.n > told.ack and when >= since]
        self._waiting = deque(waiting, maxlen=1000)
        for _, order in waiting:
            self._send(order)
        self._changed()

    def _confirm(self, told: StateMessage) -> None:
        while self._waiting and self._waiting[0][1].n <= told.ack:
            self._waiting.popleft()
