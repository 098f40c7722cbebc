"""What stands between Textual and the terminal: keys that arrive broken must not end the talk.

`StageDriver` uses these seams of Textual 8.2's driver for POSIX systems: `run_input_thread`, `process_message`,
`write` and `exit_event`, and the file it writes to. A test holds them to the installed version.
"""

from __future__ import annotations

import sys
from typing import Any, ClassVar, Final

from textual import events
from textual._parser import ParseError
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

ALTERNATE: Final = "\x1b[?1049h"
"""Switches to the alternate screen; most terminals clear it with that."""
POINTER: Final = "\x1b]22;"
LARGEST: Final = (2000, 1000)
"""Columns and rows that a terminal may claim to have."""


class StageDriver(LinuxDriver):
    """Textual's driver, patient with bad input, that writes to standard output."""

    curtain: ClassVar[bool] = False
    """The alternate screen is up already and shows the first slide: do not clear it."""
    settings: ClassVar[list[Any] | None] = None
    """The terminal's own settings, when the curtain has changed them before this driver looks."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they are
        super().__init__(*args, **options)
        if sys.__stdout__ is not None:
            self._file = sys.__stdout__

    def run_input_thread(self) -> None:
        """Read keys; what cannot be read is dropped, and reading goes on.

        An invalid UTF-8 byte, or a key code that means no character, would otherwise end the program.
        """
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except (ValueError, OverflowError, ParseError):
                continue

    def process_message(self, message: Message) -> None:
        """Hand a message to the app, unless it claims a size that no terminal has."""
        size = message.size if isinstance(message, events.Resize) else None
        if size is None or (size.width <= LARGEST[0] and size.height <= LARGEST[1]):
            super().process_message(message)

    def start_application_mode(self) -> None:
        """Take over the terminal, to give it back as it was before the curtain."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.settings is not None:
            self.attrs_before = self.settings

    def write(self, data: str) -> None:
        """Write to the terminal, but for what it should not get.

        That is the first switch to the alternate screen when this is up already, and the shape of a mouse pointer
        that nobody uses: its escape sequence ends in a bell.
        """
        if data == ALTERNATE and StageDriver.curtain:
            StageDriver.curtain = False
        elif not data.startswith(POINTER):
            super().write(data)
