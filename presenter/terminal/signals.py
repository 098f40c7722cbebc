"""What the system tells the program while the window is up: to end, and that its guardian is gone."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from presenter.terminal.guard import SIGNAL_EXIT_BASE, guard_pipe

END_SIGNALS: Final = ("SIGTERM", "SIGHUP", "SIGQUIT")


def handle_signals(loop: asyncio.AbstractEventLoop, end: Callable[[int], None], interrupt: Callable[[], None]) -> None:
    """Hear the signals that would leave the terminal broken.

    Args:
        loop: of the window, which runs in this thread.
        end: ends the program with this exit code.
        interrupt: what Ctrl+C does.
    """
    for number in (getattr(signal, name, None) for name in END_SIGNALS):
        if number is not None:
            loop.add_signal_handler(number, partial(end, SIGNAL_EXIT_BASE + number))
    loop.add_signal_handler(signal.SIGINT, interrupt)
    if (guardian := guard_pipe()) is not None:
        loop.add_reader(guardian, partial(_orphaned, loop, guardian, end))


def _orphaned(loop: asyncio.AbstractEventLoop, guardian: int, end: Callable[[int], None]) -> None:
    """End when the guardian was killed: the shell thinks that the program is over.

    From now on the shell owns the terminal; a program in the background may give it back only when it ignores the
    signals that would stop it for that.
    """
    loop.remove_reader(guardian)
    for number in (signal.SIGTTOU, signal.SIGTTIN):
        with suppress(ValueError, OSError):
            signal.signal(number, signal.SIG_IGN)
    end(SIGNAL_EXIT_BASE + signal.SIGHUP)
