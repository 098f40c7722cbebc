"""Colours of program listings, found in a process of their own: lexers of some languages take hours for hostile code.

A lexer is made of regular expressions, which hold up every thread of a program and cannot be stopped. So the window
shows code plain until its colours are known; whoever has time waits for them, within limits.
"""

from __future__ import annotations

import atexit
import json
import re
import select
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from threading import Lock, Thread
from typing import Final, NamedTuple, TypeAlias

from presenter.render import lexer
from presenter.render.lexer import Piece

Lines: TypeAlias = tuple[tuple[Piece, ...], ...]
_Key: TypeAlias = tuple[str, str, str]

_MAX_LINE: Final = 500
"""Characters of the longest line that is coloured: some lexers take a time quadratic in a line's length."""
_MAX_CODE: Final = 20_000
"""Characters of the longest listing that is coloured."""
PLAIN: Final = "the code has no colours:"
"""How the remark about code begins that stays plain."""
_TOO_SLOW: Final = f"{PLAIN} it takes too long to find them"
_REST: Final = 30.0
"""Seconds for which nothing is asked of a lexer that took too long: a deck may have many such listings."""
_KEPT: Final = 256
"""Listings that are kept."""
_START: Final = 10.0
"""Seconds that the process may take to start, on a busy machine."""


class Highlighted(NamedTuple):
    """Lines of coloured pieces; `remark` says why there are no colours, when that is the code's fault."""

    lines: Lines
    remark: str = ""


class _Asked:
    """What one painting asks for: whether it waits, and whether something was not known yet."""

    def __init__(self, *, patient: bool) -> None:
        self.patient = patient
        self.missed = False


_ASKED: ContextVar[_Asked | None] = ContextVar("asked", default=None)


@contextmanager
def asking(*, patient: bool) -> Iterator[_Asked]:
    """Say whether listings inside wait for their colours; `missed` is true afterwards when some have none yet."""
    token = _ASKED.set(asked := _Asked(patient=patient))
    try:
        yield asked
    finally:
        _ASKED.reset(token)


class _Process:
    """The process that colours listings, started when the first one comes and again when it had to be ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: subprocess.Popen[bytes] | None = None

    def ask(self, key: _Key) -> Lines | None:
        """Colour a listing; None when that cannot be done in time."""
        with self._lock:
            try:
                running = self._running or self._begin()
                assert running.stdin is not None  # noqa: S101 - it is a pipe
                running.stdin.write(json.dumps(key).encode() + b"\n")
                running.stdin.flush()
                answer = _line(running, lexer.SECONDS)
                return tuple(tuple((text, colour) for text, colour in line) for line in json.loads(answer))
            except (OSError, ValueError, EOFError, TimeoutError):
                self._end()
                return None

    def _begin(self) -> subprocess.Popen[bytes]:
        # Without the folder of the script as a place for modules, and without the keyboard's signals.
        command = [sys.executable, "-P", str(Path(lexer.__file__))]
        self._running = running = subprocess.Popen(  # noqa: S603 - a file of ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        atexit.register(self.close)
        _line(running, _START)
        return running

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        atexit.unregister(self.close)
        running.kill()
        for pipe in (running.stdin, running.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        running.wait()

    def close(self) -> None:
        """End the process."""
        self._end()


def _line(running: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Read a line of a process within so many seconds.

    Raises:
        EOFError: it has ended.
        TimeoutError: it takes too long.
    """
    pipe = running.stdout
    assert pipe is not None  # noqa: S101 - it is one
    deadline = time.monotonic() + seconds
    data = b""
    while not data.endswith(b"\n"):
        if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError
        if not (more := pipe.read1(1 << 16)):  # type: ignore[attr-defined]  # a buffered reader
            raise EOFError
        data += more
    return data


_PROCESS: Final = _Process()
_KNOWN: OrderedDict[_Key, Highlighted] = OrderedDict()
_WAITING: set[_Key] = set()
_SLOW: dict[str, float] = {}
"""Until when lexers are left alone."""


class _Found:
    """How many listings were coloured so far."""

    number = 0


_found: Final = _Found()
_LOCK: Final = Lock()


def known() -> int:
    """Return a number that changes when colours have come; what was drawn before may be without them."""
    return _found.number


def highlighted(code: str, language: str, filename: str) -> Highlighted:
    """Return code in lines of coloured pieces: plain when nobody may wait for them and they are not known yet."""
    plain = tuple(map(tuple, lexer.plain(code)))
    if not (language or filename):
        return Highlighted(plain)
    if not _colourable(code):
        return Highlighted(plain, f"{PLAIN} it is too long, or has a line too long")
    key = (code, language, filename)
    with _LOCK:
        if (found := _KNOWN.get(key)) is not None:
            _KNOWN.move_to_end(key)
            return found
    if time.monotonic() < _SLOW.get(_kind(key), 0.0):
        return Highlighted(plain, _TOO_SLOW)
    asked = _ASKED.get()
    if asked is None or asked.patient:
        return _coloured(key, plain)
    asked.missed = True
    _soon(key, plain)
    return Highlighted(plain)


def _coloured(key: _Key, plain: Lines) -> Highlighted:
    lines = _PROCESS.ask(key)
    found = Highlighted(plain, _TOO_SLOW) if lines is None else Highlighted(lines)
    if lines is None:
        _SLOW[_kind(key)] = time.monotonic() + _REST
    with _LOCK:
        _KNOWN[key] = found
        _found.number += 1
        while len(_KNOWN) > _KEPT:
            _KNOWN.popitem(last=False)
    return found


def _kind(key: _Key) -> str:
    """Return what stands for the lexer of a listing."""
    _, language, filename = key
    return language or filename.rpartition(".")[2]


def _soon(key: _Key, plain: Lines) -> None:
    """Colour a listing in a thread; the next painting finds it."""

    def work() -> None:
        try:
            _coloured(key, plain)
        finally:
            with _LOCK:
                _WAITING.discard(key)

    with _LOCK:
        if key in _WAITING:
            return
        _WAITING.add(key)
    Thread(target=work, name="presenter-listing", daemon=True).start()


def _colourable(code: str) -> bool:
    """Say whether code is short enough to be coloured; longer code is shown plain."""
    # Lexers look for space across lines too: a listing of empty lines is as slow as one long line.
    stretches = (*code.split("\n"), *re.findall(r"\s+", code))
    return len(code) <= _MAX_CODE and max(map(len, stretches)) <= _MAX_LINE
