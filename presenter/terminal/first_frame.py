"""The first slide on the terminal before Textual is even loaded, which takes ten times as long as painting it.

It switches to the alternate screen, draws the slide in one write, and stops the echo, so that keys pressed
meanwhile wait for the window. `StageDriver` takes over the screen as it is. Whatever happens until then, the terminal
is given back.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, Final

from rich.console import Console

from presenter.render.block import Line
from presenter.render.reorder import reordered
from presenter.terminal.guard import OWN_MODES, RESET_TERMINAL, tell_screen
from presenter.terminal.sgr import REORDERED, encode_row

RESTORE_SIGNALS: Final = ("SIGTERM", "SIGHUP", "SIGQUIT")
MAX_TERMINAL_SIZE: Final = (2000, 1000)
"""Columns and rows that a terminal may claim to have."""
ENTER_SCREEN: Final = "\x1b[?1049h" + OWN_MODES + "\x1b[?25l\x1b[?7l"


def color_system() -> str:
    """Return how many colours the terminal has, as Textual finds out: standard, 256 or truecolor."""
    return Console(force_terminal=True, legacy_windows=False).color_system or "standard"


def terminal_size() -> tuple[int, int] | None:
    """Return columns and rows of the terminal; None where it cannot be shown."""
    if sys.platform == "win32" or "NO_COLOR" in os.environ:
        return None
    try:
        if not (os.isatty(0) and os.isatty(1)):
            return None
        columns, rows = os.get_terminal_size(1)
    except OSError:
        return None
    return (min(columns, MAX_TERMINAL_SIZE[0]), min(rows, MAX_TERMINAL_SIZE[1])) if columns > 0 and rows > 0 else None


def frame_bytes(rows: Sequence[Line]) -> str:
    """Return rows as the terminal gets them, each at its place."""
    system = color_system()
    ready = (reordered(row, undo=REORDERED) for row in rows)
    return "".join(f"\x1b[{number};1H{encode_row(row, system)}" for number, row in enumerate(ready, 1))


@contextmanager
def first_frame(rows: Sequence[Line]) -> Iterator[list[Any] | None]:
    """Show rows on the alternate screen; yield the terminal's settings as they were, and bring them back at the end.

    The settings are None when the terminal has none. By the end the window has left the alternate screen itself;
    when it never came up, this does.
    """
    import termios  # noqa: PLC0415 - there is none on Windows

    try:
        before = termios.tcgetattr(0)
    except termios.error:
        before = None
    handlers = _watch_signals(before)
    try:
        if before is not None:
            _quiet(before)
        tell_screen(taken=True)
        _write(ENTER_SCREEN + frame_bytes(rows))
        yield before
    except BaseException:
        if _write(RESET_TERMINAL):
            tell_screen(taken=False)
        raise
    finally:
        for number, handler in handlers.items():
            with suppress(ValueError, TypeError):
                signal.signal(number, handler)
        _give_back(before)


def _quiet(before: list[Any]) -> None:
    """Stop echo and line editing, and let Ctrl+C and Enter wait as the keys they are."""
    import termios  # noqa: PLC0415 - there is none on Windows

    typed = before[0] & ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    local = before[3] & ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    quiet = [typed, *before[1:3], local, *before[4:]]
    with suppress(termios.error):
        termios.tcsetattr(0, termios.TCSANOW, quiet)


def _give_back(before: list[Any] | None) -> None:
    import termios  # noqa: PLC0415 - there is none on Windows

    if before is not None:
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, before)


def _watch_signals(before: list[Any] | None) -> dict[int, Any]:
    """Give the terminal back when a signal comes while the window is loading; return the handlers there were."""

    def end(number: int, _frame: FrameType | None) -> None:
        _write(RESET_TERMINAL)
        _give_back(before)
        os._exit(128 + number)

    found: dict[int, Any] = {}
    for name in RESTORE_SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            found[number] = signal.signal(number, end)
    return found


def _write(text: str) -> bool:
    """Write to the terminal; say whether it took it."""
    data = text.encode("utf-8", "replace")
    with suppress(OSError):
        while data:
            data = data[os.write(1, data) :]
    return not data
