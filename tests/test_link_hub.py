"""The hub and its followers on real sockets: nobody can hurt the talk, and everybody ends up where it is."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from presenter.peers import host as hubs
from presenter.peers import log_file, peercred
from presenter.peers.discovery import query_host
from presenter.peers.guest import MAX_RETRY, Guest
from presenter.peers.host import GuestWindow, Host
from presenter.peers.protocol import (
    ByeMessage,
    CommandMessage,
    FailureMessage,
    HelloMessage,
    SharedPosition,
    SharedState,
    StateMessage,
    decode_message,
    encode_message,
)
from presenter.peers.socket_path import MAX_LINE_BYTES, SocketClaim

NOBODY = 65534


@dataclass
class Owner:
    """A talk that counts."""

    step: int = 0
    orders: list[CommandMessage] = field(default_factory=list)
    hub: Host | None = None
    word: str = ""

    def standing(self) -> SharedState:
        return SharedState(
            at=SharedPosition(step=self.step), windows=1 + (len(self.hub.windows) if self.hub else 0), word=self.word
        )

    def take(self, order: CommandMessage, window: GuestWindow) -> None:
        assert window.client
        self.orders.append(order)
        if order.do == "next":
            self.step += 1
            if self.hub is not None:
                self.hub.publish()

    def company(self) -> None:
        pass

    def face(self, hello: HelloMessage) -> str:
        return hello.face or "speaker"


@asynccontextmanager
async def served(folder: Path, owner: Owner) -> AsyncIterator[Host]:
    """Run a hub as the window does."""
    claim = SocketClaim.make(folder, "talk")
    hub = owner.hub = Host(owner)  # type: ignore[arg-type]  # faces are plain text here
    server = await asyncio.start_unix_server(hub.connected, sock=claim.bind(), limit=MAX_LINE_BYTES)
    try:
        yield hub
    finally:
        server.close()
        await hub.close("quit")
        claim.release()


@pytest.fixture
async def room() -> AsyncIterator[tuple[Path, Owner, Host]]:
    owner = Owner()
    with TemporaryDirectory(prefix="p-") as folder:
        async with served(Path(folder), owner) as hub:
            yield Path(folder) / "talk.sock", owner, hub


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in many places
            await asyncio.sleep(0.002)


class Peer:
    """A program that says what it likes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def connect(cls, path: Path, *, hello: bool = True) -> Peer:
        peer = cls(*await asyncio.open_unix_connection(path))
        if hello:
            peer.say(encode_message(HelloMessage(client=os.urandom(4).hex())))
            assert isinstance(await peer.hear(), StateMessage)
        return peer

    def say(self, data: bytes) -> None:
        self.writer.write(data)

    async def hear(self) -> object:
        async with asyncio.timeout(20):
            line = await self.reader.readline()
        return decode_message(line) if line else None

    async def gone(self) -> bool:
        """Wait for the end of the connection."""
        async with asyncio.timeout(20):
            with suppress(ConnectionError):
                while await self.reader.read(65_536):
                    pass
        self.writer.close()
        return True


def follower(path: Path, heard: list[StateMessage]) -> Guest:
    return Guest(path, lambda: "speaker", heard.append, lambda: None)


async def ends(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_window_hears_at_once_and_its_commands_are_taken_and_confirmed(room: tuple[Path, Owner, Host]) -> None:
    path, owner, hub = room
    owner.step = 8
    heard: list[StateMessage] = []
    window = follower(path, heard)
    task = asyncio.create_task(window.run())
    await until(lambda: bool(heard))
    assert heard[0].talk.at.step == 8
    window.give("next", at=1.0)
    assert not window.settled
    await until(lambda: window.settled)
    assert heard[-1].talk.at.step == 9
    assert heard[-1].ack == 1
    assert len(hub.windows) == 1
    window.leave()
    await until(lambda: not hub.windows)
    assert not hub.lost
    await ends(task)


async def test_a_command_that_comes_twice_is_taken_once_also_after_a_reconnection(
    room: tuple[Path, Owner, Host],
) -> None:
    path, owner, _ = room
    for _ in range(2):
        peer = await Peer.connect(path, hello=False)
        peer.say(
            encode_message(HelloMessage(client="me"))
            + encode_message(CommandMessage(1, "next"))
            + encode_message(CommandMessage(1, "next"))
        )
        await until(lambda: len(owner.orders) == 1)
        peer.say(encode_message(CommandMessage(1, "next")))
        peer.writer.close()
        await peer.gone()
    peer = await Peer.connect(path, hello=False)
    peer.say(encode_message(HelloMessage(client="me")) + encode_message(CommandMessage(2, "next")))
    await until(lambda: len(owner.orders) == 2)
    assert owner.step == 2
    peer.writer.close()


async def test_a_button_that_bounces_is_one_press_and_keys_typed_ahead_are_all_of_them(
    room: tuple[Path, Owner, Host],
) -> None:
    path, owner, _ = room
    one, other = await Peer.connect(path), await Peer.connect(path)
    one.say(encode_message(CommandMessage(1, "next", at=10.0)) + encode_message(CommandMessage(2, "next", at=10.02)))
    await until(lambda: owner.step == 1)
    one.say(encode_message(CommandMessage(3, "mark", at=10.03)) + encode_message(CommandMessage(4, "next", at=10.04)))
    await until(lambda: owner.step == 2)
    other.say(encode_message(CommandMessage(1, "next", at=10.04)))
    await until(lambda: owner.step == 3)
    one.say(b"".join(encode_message(CommandMessage(5 + n, "next", at=20.0 + n / 1000)) for n in range(50)))
    await until(lambda: owner.step == 53)
    assert [order.do for order in owner.orders].count("mark") == 1
    for peer in (one, other):
        peer.writer.close()


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x00\xff\xfe garbage\n",
        b"{}\n",
        b'{"v":1,"t":"cmd","n":"first"}\n',
        b"x" * 200_000,
        b'{"v":1,"t":"cmd","n":1,"do":"next","arg":"' + b"x" * 200_000 + b'"}\n',
        b"[" * 60_000 + b"\n",
    ],
    ids=["garbage", "empty", "types", "no end", "200 kB", "deep"],
)
async def test_who_talks_nonsense_is_dropped_and_the_talk_goes_on(
    room: tuple[Path, Owner, Host], nonsense: bytes
) -> None:
    path, owner, hub = room
    good = await Peer.connect(path)
    for hello in (True, False):
        bad = await Peer.connect(path, hello=hello)
        bad.say(nonsense)
        assert await bad.gone()
    good.say(encode_message(CommandMessage(1, "next")))
    await until(lambda: owner.step == 1)
    assert [order.do for order in owner.orders] == ["next"]
    await until(lambda: len(hub.windows) == 1)
    good.writer.close()


async def test_half_a_line_unknown_words_and_silence_change_nothing(room: tuple[Path, Owner, Host]) -> None:
    path, owner, _ = room
    peer = await Peer.connect(path)
    peer.say(b'{"v":1,"t":"wave"}\n{"v":1,"t":"cmd","n":1,"do":"ne')
    silent = await Peer.connect(path, hello=False)
    peer.say(b'xt","mood":"bright"}\n')
    await until(lambda: owner.step == 1)
    peer.say(b'{"v":1,"t":"cmd","n":2,"do":"next"}')
    peer.writer.close()
    again = await Peer.connect(path)
    again.say(encode_message(CommandMessage(1, "mark")))
    await until(lambda: len(owner.orders) == 2)
    assert owner.step == 1
    again.writer.close()
    silent.writer.close()


async def test_who_says_nothing_is_not_waited_for_for_ever(
    room: tuple[Path, Owner, Host], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _, _ = room
    monkeypatch.setattr(hubs, "HELLO_TIMEOUT", 0.01)
    silent = await Peer.connect(path, hello=False)
    assert await silent.gone()


async def test_another_version_is_told_why_and_refused(room: tuple[Path, Owner, Host]) -> None:
    path, _, hub = room
    peer = await Peer.connect(path, hello=False)
    peer.say(b'{"v":2,"t":"hello"}\n')
    answer = await peer.hear()
    assert isinstance(answer, FailureMessage)
    assert "version 2" in answer.why
    assert await peer.gone()
    later = await Peer.connect(path)
    later.say(b'{"v":3,"t":"cmd","n":1,"do":"next"}\n')
    assert await later.gone()
    assert not hub.windows


async def test_a_window_that_does_not_read_is_cut_off_and_the_others_get_the_latest(
    room: tuple[Path, Owner, Host], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, owner, hub = room
    monkeypatch.setattr(hubs, "SEND_TIMEOUT", 0.05)
    heard: list[StateMessage] = []
    task = asyncio.create_task(follower(path, heard).run())
    stuck = socket.socket(socket.AF_UNIX)
    stuck.connect(str(path))
    stuck.sendall(encode_message(HelloMessage(client="stuck")))
    await until(lambda: len(hub.windows) == 2)
    owner.word = "x" * 3_000
    while len(hub.windows) == 2:
        owner.step += 1
        hub.publish()
        await asyncio.sleep(0)
    await until(lambda: bool(heard) and heard[-1].talk.at.step == owner.step)
    assert len(hub.windows) == 1
    assert hub.lost
    stuck.close()
    before = len(heard)
    for _ in range(300):
        owner.step += 1
        hub.publish()
    await until(lambda: heard[-1].talk.at.step == owner.step)
    assert len(heard) <= before + 2
    await ends(task)


async def test_the_same_state_is_not_said_twice(room: tuple[Path, Owner, Host]) -> None:
    path, owner, hub = room
    heard: list[StateMessage] = []
    task = asyncio.create_task(follower(path, heard).run())
    await until(lambda: len(hub.windows) == 1 and bool(heard) and heard[-1].talk.windows == 2)
    count = len(heard)
    for _ in range(5):
        hub.publish()
    owner.step += 1
    hub.publish()
    await until(lambda: heard[-1].talk.at.step == 1)
    assert len(heard) == count + 1
    await ends(task)


async def test_a_window_can_be_told_to_show_something_else(room: tuple[Path, Owner, Host]) -> None:
    path, _, hub = room
    heard: list[StateMessage] = []
    task = asyncio.create_task(follower(path, heard).run())
    await until(lambda: len(hub.windows) == 1)
    hub.windows[0].turn("audience")
    await until(lambda: heard[-1].face == (1, "audience"))
    await ends(task)


async def test_a_follower_is_back_within_a_second_and_says_what_was_not_confirmed() -> None:
    assert MAX_RETRY < 1.0
    heard: list[StateMessage] = []
    owner = Owner()
    with TemporaryDirectory(prefix="p-") as folder:
        window = follower(Path(folder, "talk.sock"), heard)
        window.give("next")
        task = asyncio.create_task(window.run())
        await asyncio.sleep(0)
        async with served(Path(folder), owner):
            await until(lambda: owner.step == 1)
        await until(lambda: not window.linked)
        assert window.ended == "quit"
        first = heard[-1].epoch
        async with served(Path(folder), owner) as hub:
            await until(lambda: window.linked)
            assert heard[-1].epoch != first
            assert window.ended == ""
            for each in list(hub.windows):
                each.writer.transport.abort()
            window.give("next")
            await until(lambda: owner.step == 2)
        await ends(task)
    assert owner.step == 2


async def test_a_look_is_answered_and_is_no_window(room: tuple[Path, Owner, Host]) -> None:
    path, owner, hub = room
    owner.step = 3
    found = await asyncio.to_thread(query_host, path)
    assert found is not None
    assert found.told is not None
    assert found.told.talk.at.step == 3
    assert not hub.windows
    assert not hub.lost


async def test_an_owner_that_does_not_answer_or_is_none_is_told_apart() -> None:
    with TemporaryDirectory(prefix="p-") as folder:
        path = Path(folder, "a.sock")
        assert query_host(path) is None
        with socket.socket(socket.AF_UNIX) as dull:
            dull.bind(str(path))
            dull.listen()

            def answer(data: bytes) -> None:
                connection, _ = dull.accept()
                with connection:
                    connection.recv(100)
                    connection.sendall(data)

            for data, words in (
                (b"", "does not answer"),
                (encode_message(ByeMessage()), "does not answer"),
                (b"garbage\n", "does not answer"),
                (encode_message(FailureMessage("too many")), "too many"),
                (b'{"v":2,"t":"state"}\n', "another version"),
            ):
                answering = asyncio.create_task(asyncio.to_thread(answer, data))
                found = await asyncio.to_thread(query_host, path)
                await answering
                assert found is not None
                assert words in found.trouble


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
async def test_somebody_elses_program_hears_nothing_even_when_it_gets_in(room: tuple[Path, Owner, Host]) -> None:
    path, owner, hub = room
    path.parent.chmod(0o755)
    path.chmod(0o666)
    with socket.socket(socket.AF_UNIX) as other:
        os.seteuid(NOBODY)
        try:
            other.connect(str(path))
        finally:
            os.seteuid(0)
        other.sendall(encode_message(HelloMessage(client="nobody")) + encode_message(CommandMessage(1, "next")))
        reader, writer = await asyncio.open_unix_connection(sock=other)
        with suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()
    assert not hub.windows
    assert not owner.orders


async def test_a_follower_does_not_speak_with_a_strangers_hub(
    room: tuple[Path, Owner, Host], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _, hub = room
    monkeypatch.setattr(peercred, "is_own_peer", lambda _: False)
    heard: list[StateMessage] = []
    task = asyncio.create_task(follower(path, heard).run())
    await asyncio.sleep(0.1)
    assert not heard
    assert not hub.windows
    await ends(task)


async def test_a_flood_does_not_stop_the_loop(room: tuple[Path, Owner, Host]) -> None:
    path, owner, _ = room
    peer = await Peer.connect(path)
    peer.say(b'{"v":1,"t":"wave"}\n' * 100_000 + encode_message(CommandMessage(1, "next")))
    turns = 0
    while owner.step == 0:
        await asyncio.sleep(0)
        turns += 1
    assert turns > 1000
    peer.writer.close()


def test_what_is_logged_goes_to_a_private_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "log" / "presenter.log"
    monkeypatch.setattr(log_file, "log_path", lambda: file)
    record = logging.LogRecord("asyncio", logging.WARNING, "", 1, "socket.send() raised %s.", ("it",), None)
    handler = log_file.LazyLogFile()
    assert not file.exists()
    handler.handle(record)
    assert "asyncio WARNING socket.send() raised it." in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("x" * 1_000_001)
    log_file.LazyLogFile().handle(record)
    assert file.stat().st_size < 1000
    monkeypatch.setattr(log_file, "log_path", lambda: file / "x")
    log_file.LazyLogFile().handle(record)


def test_loggers_are_sent_to_the_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    log_file.log_to_file()
    log_file.log_to_file()
    assert [type(handler) for handler in root.handlers] == [log_file.LazyLogFile]


def test_messages_are_no_larger_than_they_have_to_be() -> None:
    assert len(msgspec.json.encode(SharedState())) < 1500
