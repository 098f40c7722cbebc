"""Another program in this terminal for a while, as a shell would run it: the talk survives whatever that does.

The program has a process group of its own, which holds the terminal meanwhile: Ctrl+C and Ctrl+Z belong to it. When it
is stopped this program stops too, so that the shell below comes forward, and `fg` brings the other one back. Where no
shell is below, nobody could: then it goes on at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any, Final

RESET_AFTER_PROGRAM: Final = (
    "\x1b[0m\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b>\x1b[<u\x1b[?1049l\x1b[?25h"
)
"""Gives back what a program may have left on that did not end well."""
SIGNAL_DELAY: Final = 0.05
"""Seconds for a signal that this program sends to itself to be felt."""
_EARLY: Final = frozenset(int(getattr(signal, name, 0)) for name in ("SIGTTIN", "SIGTTOU"))
"""Stop a program that reaches for the terminal a moment before it has got it."""


class ForegroundProgram:
    """One program, run in the foreground of this terminal."""

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare to run a command line."""
        self._words = list(words)
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False
        self._stopped = 0
        """The signal that stopped it last."""

    def run(self) -> int:
        """Run it, and wait for its end; call from one thread, once.

        Returns:
            Its exit code; minus the number of the signal that ended it.

        Raises:
            OSError: it cannot be started.
            ValueError: its name cannot be one.
        """
        if sys.platform == "win32":
            return subprocess.run(self._words, check=False).returncode  # noqa: S603 - the reader's own editor
        terminal = _terminal()
        if terminal is None:
            self._start(0)
            return self._ended()
        with _kept(terminal) as settings:
            try:
                self._start(0)
                _hold(terminal, self._pid)
                while (code := self._wait()) is None:
                    if self._stopped not in _EARLY:
                        self._aside(terminal, settings)
                    self._forward(terminal)
                return code
            finally:
                _hold(terminal, os.getpgrp())

    def end(self) -> None:
        """Have it end soon, from another thread: it is told that its terminal is gone."""
        with self._lock:
            self._over = True
            if self._process is not None and self._process.returncode is None:
                for number in (signal.SIGHUP, signal.SIGCONT):
                    with suppress(ProcessLookupError, PermissionError):
                        os.killpg(self._process.pid, number)

    def _start(self, group: int) -> None:
        with self._lock:
            if self._over:
                raise OSError("the talk is over")
            self._process = subprocess.Popen(self._words, process_group=group)  # noqa: S603 - as above

    def _forward(self, terminal: int) -> None:
        """Let it have the terminal, and go on."""
        pid = self._pid
        _hold(terminal, pid)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGCONT)

    @property
    def _pid(self) -> int:
        return self._process.pid if self._process is not None else 0

    def _ended(self) -> int:
        while (code := self._wait()) is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signal.SIGCONT)
            time.sleep(SIGNAL_DELAY)
        return code

    def _wait(self) -> int | None:
        """Wait until it ends, and return its exit code; None when it was stopped."""
        _, status = os.waitpid(self._pid, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            self._stopped = os.WSTOPSIG(status)
            return None
        code = os.waitstatus_to_exitcode(status)
        with self._lock:
            if self._process is not None:
                self._process.returncode = code
        return code

    def _aside(self, terminal: int, settings: list[Any]) -> None:
        """Stop with it until somebody brings this program to the foreground again."""
        import termios  # noqa: PLC0415 - there is none on Windows

        own = os.getpgrp()
        its = _settings(terminal)
        _hold(terminal, own)
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, settings)
        while True:
            os.killpg(own, signal.SIGTSTP)
            time.sleep(SIGNAL_DELAY)
            with suppress(OSError):
                if os.tcgetpgrp(terminal) != own:
                    continue  # woken in the background: not yet
            break
        if its is not None:
            with suppress(termios.error):
                termios.tcsetattr(terminal, termios.TCSADRAIN, its)


def _terminal() -> int | None:
    """Return the descriptor of the terminal that controls this program; None when there is none, or it is not ours."""
    with suppress(OSError):
        if os.tcgetpgrp(0) == os.getpgrp():
            return 0
    return None


def _settings(terminal: int) -> list[Any] | None:
    import termios  # noqa: PLC0415 - as above

    with suppress(termios.error):
        return termios.tcgetattr(terminal)
    return None


@contextmanager
def _kept(terminal: int) -> Iterator[list[Any]]:
    """Bring the terminal's own settings back at the end."""
    import termios  # noqa: PLC0415 - as above

    before = _settings(terminal) or []
    try:
        yield before
    finally:
        if before:
            with suppress(termios.error):
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _hold(terminal: int, group: int) -> None:
    """Give the terminal to a process group; allowed in the background too while SIGTTOU is blocked."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        with suppress(OSError):
            os.tcsetpgrp(terminal, group)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def default_stop_signals() -> Iterator[None]:
    """Let Ctrl+Z and its kin stop this program as any other; for the main thread."""
    numbers = [getattr(signal, name) for name in ("SIGTSTP", "SIGTTIN", "SIGTTOU") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_DFL) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
