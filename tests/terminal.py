"""A program on a real terminal, for tests from end to end.

    with Terminal([sys.executable, "-m", "presenter", "deck.yaml"], size=(120, 36)) as terminal:
        terminal.wait_for("My talk")
        terminal.press("right")
        terminal.wait_until(lambda: "2/9" in terminal.row(-1))
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []

The program gets a pseudo terminal of its own as the controlling one, an empty home, and an environment that is the
same on every machine. Nothing sleeps: waiting ends with the output waited for, or fails with a picture of the screen.
When the block ends, every process of the program's session is killed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from emulator import CELL, Emulator, Queries, Style

TIMEOUT: Final = 20.0
"""Seconds to wait at most: far more than is ever needed, for machines that are busy with other things."""
_SLICE: Final = 0.05
"""Seconds between looks at whether the program has ended."""
_FINGER: Final = 0.2
"""Seconds between two presses of one key."""
_LONGEST_HOME: Final = 48
"""Bytes of a home folder's path that leave room for the name of a socket in it."""
_LAST_WORDS: Final = 0.5
"""Seconds of silence after the end, when a child of the program still holds the terminal open."""

KEYS: Final[dict[str, str]] = {
    "right": "\x1b[C",
    "left": "\x1b[D",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "space": " ",
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "shift+f5": "\x1b[15;2~",
    **{f"shift+{name}": f"\x1b[1;2{end}" for name, end in zip(("up", "down", "right", "left"), "ABCD", strict=True)},
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for a key, by the key's name. A single character is its own name."""


def key_bytes(key: str) -> bytes:
    """Return what a terminal sends for a key.

    Raises:
        ValueError: neither a name in `KEYS` nor a single character.
    """
    text = KEYS.get(key, key)
    if key not in KEYS and len(key) != 1:
        raise ValueError(f"unknown key {key!r}")
    return text.encode()


class Terminal:
    """A pseudo terminal with a program in it.

    Args:
        argv: the program and its arguments.
        size: columns and rows.
        env: variables on top of the plain environment; None takes one away.
        cwd: the program's folder; default is the caller's.
        home: its home folder; default is an empty one that goes when the block ends.
        queries: what the terminal answers; default is a plain modern one.

    Attributes:
        chunks: all that the program wrote, as it came: seconds on the monotonic clock, bytes.
    """

    def __init__(  # noqa: PLR0913 - a program's surroundings, each with a default
        self,
        argv: Sequence[str | Path],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        home: Path | None = None,
        queries: Queries | None = None,
    ) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="terminal-")
        self._size = size
        self._emulator = Emulator(*size)
        self.queries = queries or Queries()
        self._undrawn: deque[bytes] = deque()
        self.chunks: list[tuple[float, bytes]] = []
        self._ended = False
        environment = _environment(home or Path(self._scratch.name), Path(self._scratch.name)) | dict(env or {})
        variables = {name: value for name, value in environment.items() if value is not None}
        self._master, slave = os.openpty()
        self._set_size(*size)
        # The first terminal that a session opens becomes the one that controls it: the shell, which has none yet, opens
        # it and becomes the program. (A function run after fork would be refused where threads are running.)
        script = 'exec <>"$0" >&0 2>&0 && exec "$@"'
        command = ["/bin/sh", "-c", script, os.ttyname(slave), *map(str, argv)]
        self._started = time.monotonic()
        self._process = subprocess.Popen(command, stdin=slave, env=variables, cwd=cwd, start_new_session=True)
        os.close(slave)
        os.set_blocking(self._master, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program and all it started, and give everything back."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        for pid in session(self.pid):
            _kill(pid)
        self._process.wait()
        self.hang_up()
        self._scratch.cleanup()

    # --- the program

    @property
    def pid(self) -> int:
        """The program's process number."""
        return self._process.pid

    @property
    def program(self) -> int:
        """The process number of the program behind its guardian, which `pid` is; Linux only."""
        return next(pid for pid in session(self.pid) if pid != self.pid and _parent(pid) == self.pid)

    @property
    def started(self) -> float:
        """When it was started, in seconds on the monotonic clock."""
        return self._started

    @property
    def alive(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process.poll() is None

    @property
    def master(self) -> int:
        """The terminal's own end: for writing keys without reading, as `write` does."""
        return self._master

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed: the program gets SIGHUP."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
            self._ended = True

    def wait_exit(self, timeout: float = TIMEOUT) -> int:
        """Wait for the end of the program and of its output.

        Returns:
            Its exit code; minus the signal's number when it died of one.
        """
        deadline = time.monotonic() + timeout
        while self.alive:
            if time.monotonic() > deadline:
                raise self._failure(f"still running after {timeout:g} s")
            self.read(_SLICE)
        while self.read(_LAST_WORDS):
            pass
        return self._process.wait()

    # --- input

    def press(self, *keys: str) -> None:
        """Press keys by name, one write each; names are in `KEYS`. After "esc" wait for its effect before the next."""
        for key in keys:
            self.write(key_bytes(key))

    def twice(self, key: str = "q") -> None:
        """Press a key twice as a finger does that means it: not both at once, and once the window reads keys."""
        self.wait_until(lambda: b"\x1b[?2004h" in self.output, "the window")
        self.press(key)
        until = time.monotonic() + _FINGER
        while (left := until - time.monotonic()) > 0 and self.alive:
            self.read(left)
        if self.alive:
            self.press(key)

    def write(self, data: bytes) -> None:
        """Send bytes as if typed or pasted, reading meanwhile what the program writes."""
        deadline = time.monotonic() + TIMEOUT
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], _SLICE)
            if readable:
                self.read(0)
            if writable:
                data = data[self._send(data) :]
            if time.monotonic() > deadline:
                raise self._failure(f"the program does not read its keys; {len(data)} bytes are left")

    def _send(self, data: bytes) -> int:
        try:
            return os.write(self._master, data)
        except BlockingIOError:
            return 0

    def resize(self, columns: int, rows: int) -> None:
        """Change the size and empty the screen; the kernel tells the program by SIGWINCH."""
        self._draw()
        self._size = (columns, rows)
        self._emulator.resize(columns, rows)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        packed = struct.pack("HHHH", rows, columns, columns * CELL[0], rows * CELL[1])
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, packed)

    # --- output

    def read(self, timeout: float) -> bool:
        """Take what the program has written, waiting for it up to `timeout` seconds; False when nothing came.

        Questions to the terminal are answered at once; nothing is drawn yet.
        """
        if self._ended or not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:  # EIO: nobody has the terminal open any more
                raise
            data = b""
        if not data:
            self._ended = True
            return False
        self.chunks.append((time.monotonic(), data))
        self._undrawn.append(data)
        for answer in self.queries.answers(data, self._size, self._cursor):
            with suppress(OSError):  # a program that asked and ended does not hear the answer
                os.write(self._master, answer)
        return True

    def _cursor(self) -> tuple[int, int]:
        self._draw()
        return self._emulator.cursor

    def _draw(self) -> None:
        while self._undrawn:
            self._emulator.feed(self._undrawn.popleft())

    def wait_until(self, condition: Callable[[], bool], what: str = "", timeout: float = TIMEOUT) -> None:
        """Wait until a condition holds, looking whenever a picture is complete and the output pauses.

        Args:
            condition: what to wait for.
            what: what it is, for the message.
            timeout: seconds.

        Raises:
            AssertionError: it does not hold in time, or the program ended without it; shows the screen.
        """
        deadline = time.monotonic() + timeout
        while True:
            while self.read(0) and time.monotonic() < deadline:
                pass
            self._draw()
            if not self._emulator.painting and condition():
                return
            if self._ended or (not self.alive and not self.read(_SLICE)):
                raise self._failure(f"the program ended without {what or 'what was waited for'}")
            if time.monotonic() > deadline:
                raise self._failure(f"no {what or 'sign of what was waited for'} in {timeout:g} s")
            self.read(_SLICE)

    def wait_for(self, text: str, timeout: float = TIMEOUT) -> None:
        """Wait until a text stands on the screen, within one row."""
        self.wait_until(lambda: self.shows(text), repr(text), timeout)

    def shows(self, text: str) -> bool:
        """Whether a text stands on the screen, within one row."""
        return any(text in row for row in self.screen)

    @property
    def screen(self) -> list[str]:
        """The rows of the screen, as last drawn; with their trailing spaces."""
        self._draw()
        return self._emulator.lines

    def row(self, number: int) -> str:
        """Return one row, from 0; negative numbers count from the last."""
        return self.screen[number]

    def style_at(self, x: int, y: int) -> Style:
        """Return how the cell in column x of row y is drawn, both from 0."""
        self._draw()
        return self._emulator.style_at(x, y)

    def forget(self) -> None:
        """Let go of the output so far, in a test that makes very much of it; the screen stays."""
        self._draw()
        self.chunks.clear()

    @property
    def output(self) -> bytes:
        """All that the program wrote, escape sequences included."""
        return b"".join(data for _, data in self.chunks)

    def modes_left(self) -> list[str]:
        """Say in words what the program has not given back: modes, cursor, keyboard, and the line settings."""
        self._draw()
        flags = termios.tcgetattr(self._master)[3]
        raw = [] if flags & termios.ICANON and flags & termios.ECHO else ["raw mode"]
        return self._emulator.modes_left() + raw

    def _failure(self, words: str) -> AssertionError:
        if self._ended:  # the terminal is told of the end a moment before we are
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_LAST_WORDS)
        code = self._process.poll()
        state = "is running" if code is None else f"has ended with {code}"
        columns, rows = self._size
        edge = "+" + "-" * columns + "+"
        picture = "\n".join([edge, *(f"|{row}|" for row in self.screen), edge])
        return AssertionError(f"{words}\nthe program {state}; its screen of {columns}x{rows}:\n{picture}")


def _environment(home: Path, scratch: Path) -> dict[str, str | None]:
    """Return an environment that tells nothing of the machine but where its programs are.

    Args:
        home: the home folder.
        scratch: a folder with a short name. Sockets lie in it where the home's own would have names too long for them:
            they would lie where everybody's do, and a test that looks for talks would find those of other tests.
    """
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "TZ", "LD_LIBRARY_PATH") if name in os.environ}
    folders = {"XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache", "XDG_STATE_HOME": ".state"}
    runtime = (home if len(os.fsencode(home)) < _LONGEST_HOME else scratch) / ".run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        **kept,
        **{name: str(home / folder) for name, folder in folders.items()},
        "XDG_DATA_HOME": str(home / ".share"),
        "XDG_RUNTIME_DIR": str(runtime),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def _kill(pid: int) -> None:
    """Kill a process that need not be our child, and wait for its end. Linux only, as `session` is."""
    if sys.platform != "linux":
        return
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        try:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            select.select([handle], [], [], TIMEOUT)
        finally:
            os.close(handle)


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])


def session(leader: int) -> list[int]:
    """List the living processes of the session that `leader` began; empty where the system has no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            after_name = entry.read_text(errors="replace").rpartition(")")[2].split()
            state, session = after_name[0], int(after_name[3])
            if session == leader and state != "Z":
                found.append(int(entry.parent.name))
    return found
