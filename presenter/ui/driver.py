"""What stands between Textual and the terminal: keys that arrive broken must not end the talk.

`StageDriver` uses these seams of Textual 8.2's driver for POSIX systems: `run_input_thread`, `process_message`,
`write` and `exit_event`, and the files it reads and writes. A test holds them to the installed version.
"""

from __future__ import annotations

import os
import selectors
import sys
import time
from contextlib import suppress
from typing import IO, Any, ClassVar, Final, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from presenter.imaging.probe import Sieve
from presenter.ui.keyboard import Keys
from presenter.ui.outlet import Outlet
from presenter.ui.pixels import Pixels

ALTERNATE: Final = "\x1b[?1049h"
"""Switches to the alternate screen; most terminals clear it with that."""
PAUSE: Final = 0.1
"""Seconds without a key after which what has been typed is taken as it is: an Escape that begins nothing."""
CHUNK: Final = 4096
POINTER: Final = "\x1b]22;"
LATE: Final = 5.0
"""Seconds in which the terminal's answers may still come."""
LARGEST: Final = (2000, 1000)
"""Columns and rows that a terminal may claim to have."""


class StageDriver(LinuxDriver):
    """Textual's driver, patient with bad input, that writes to standard output."""

    curtain: ClassVar[bool] = False
    """The alternate screen is up already and shows the first slide: do not clear it."""
    settings: ClassVar[list[Any] | None] = None
    """The terminal's own settings, when the curtain has changed them before this driver looks."""

    sieve: ClassVar[Sieve | None] = None
    """Catches the answers that the terminal still owes."""
    typed: ClassVar[bytes] = b""
    """What was typed before this driver could read."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they are
        super().__init__(*args, **options)
        if sys.__stdout__ is not None:
            # Slides hold characters that the encoding of a C or Latin locale lacks; terminals understand UTF-8.
            file = sys.__stdout__.fileno()
            self._file = open(file, "w", encoding="utf-8", errors="replace", newline="", closefd=False)  # noqa: SIM115  open as long as the program runs
        self.outlet = Outlet(cast("IO[str]", self._file))
        self._file = cast("Any", self.outlet)
        self.pixels = Pixels(self.write)

    def run_input_thread(self) -> None:
        """Read keys; what cannot be read is dropped, and reading goes on.

        What was typed while the terminal was being asked comes first; an answer of its that comes now is no key.
        """
        keys = Keys(self._debug)
        listening = time.monotonic() + LATE
        self._take(keys, StageDriver.typed)
        StageDriver.typed = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = self._read() if selector.select(PAUSE) else b""
                sieve = StageDriver.sieve
                if sieve is not None:
                    data = sieve.feed(data) if data else sieve.flush()
                    if not sieve.waiting or time.monotonic() > listening:
                        data += sieve.flush()
                        StageDriver.sieve = None
                self._take(keys, data)

    def _read(self) -> bytes:
        """Return what has been typed; nothing, after a while, when there is no terminal any more."""
        with suppress(OSError):
            if data := os.read(self.fileno, CHUNK):
                return data
        self.exit_event.wait(PAUSE)
        return b""

    def _take(self, keys: Keys, data: bytes) -> None:
        for message in keys.feed(data):
            self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Hand a message to the app, unless it claims a size that no terminal has."""
        size = message.size if isinstance(message, events.Resize) else None
        if size is None or (size.width <= LARGEST[0] and size.height <= LARGEST[1]):
            super().process_message(message)

    def start_application_mode(self) -> None:
        """Take over the terminal, to give it back as it was before the curtain."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.outlet.queue = getattr(self._writer_thread, "_queue", None)
        if self.settings is not None:
            self.attrs_before = self.settings
        self.pixels.again()

    def stop_application_mode(self) -> None:
        """Give the terminal back, without our pictures in its memory."""
        self.pixels.clear()
        super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write to the terminal, but for what it should not get.

        That is the first switch to the alternate screen when this is up already, and the shape of a mouse pointer
        that nobody uses: its escape sequence ends in a bell.
        """
        if data == ALTERNATE and StageDriver.curtain:
            StageDriver.curtain = False
        elif not data.startswith(POINTER):
            super().write(data)
