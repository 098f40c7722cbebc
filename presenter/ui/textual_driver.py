"""What stands between Textual and the terminal: neither what arrives broken nor what never arrives ends the talk.

`StageDriver` uses these seams of Textual 8.2's driver for POSIX systems: `run_input_thread`, `process_message`,
`write`, `_get_terminal_size`, `_sigtstp_application`, `_sigcont_application` and `exit_event`, and the files it reads
and writes. A test holds them to the installed version.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import termios
import time
from contextlib import suppress
from typing import Any, Final, NamedTuple

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from presenter.terminal.first_frame import MAX_TERMINAL_SIZE
from presenter.terminal.guard import OWN_MODES, USUAL_MODES
from presenter.terminal.output import BackpressureWriter, SizeThrottle
from presenter.terminal.probe import AnswerFilter
from presenter.ui.driver_api import PatientDriver
from presenter.ui.key_parser import KeyParser, pressed
from presenter.ui.kitty_images import KittyImages

ALTERNATE: Final = "\x1b[?1049h"
"""Switches to the alternate screen; most terminals clear it with that."""
ESCAPE_TIMEOUT: Final = 0.1
"""Seconds without a key after which what has been typed is taken as it is: an Escape that begins nothing."""
INPUT_CHUNK: Final = 4096
POINTER: Final = "\x1b]22;"
ANSWER_WINDOW: Final = 5.0
"""Seconds in which the terminal's answers may still come."""
FALLBACK_SIZE: Final = (80, 24)
"""Columns and rows of a terminal that tells none."""
ALTERNATE_KEYS: Final = "\x1b[=4;2u"
"""Has a terminal with kitty's keyboard protocol tell also which key it is by its position."""
RESUME_SCREEN: Final = (
    "\x1b[?1049h" + OWN_MODES + "\x1b[?25l\x1b[?1004h\x1b[<u\x1b[>25u" + ALTERNATE_KEYS + "\x1b[?2004h\x1b[?7l"
)
"""Takes the terminal back from the guardian, which gave it away while this process was stopped."""
STALL: Final = 0.5
"""Seconds by which reading comes late when this process was stopped, or the machine was."""
RECOVERY: Final = 2.0
"""Seconds after that in which what piled up may come: it can be read once the terminal was taken back."""
_LINE: Final = termios.ECHO | termios.ICANON


class DriverStart(NamedTuple):
    """What there is of the terminal when the driver takes over.

    Attributes:
        screen_up: the alternate screen is up already and shows the first slide: do not clear it.
        settings: the terminal's own settings, when they were changed before; None when they were not.
        answers: catches the answers that the terminal still owes; None when it owes none.
        typed: what was typed before the driver could read.
    """

    screen_up: bool = False
    settings: list[Any] | None = None
    answers: AnswerFilter | None = None
    typed: bytes = b""


class StageDriver(PatientDriver, LinuxDriver):
    """Textual's driver, patient with bad input, that writes to standard output."""

    _stopped: float | None = None
    """When the process was stopped; None while it runs."""
    _sizes: SizeThrottle | None = None
    _resized: events.Resize | None = None
    """The last size that the terminal reported by itself."""
    _listened = False
    """Keys have been read before."""
    _waiting = False
    """A size waits for the terminal."""
    _errors: int | None = None
    """Standard error as it was, while the window keeps it off the screen."""

    def __init__(self, start: DriverStart, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on as they are
        super().__init__(*args, **options)
        self._start = start
        self.drained = lambda: None
        self.failed = lambda: None
        # Slides hold characters that the encoding of a C or Latin locale lacks; terminals understand UTF-8.
        file = open(1, "w", encoding="utf-8", errors="replace", newline="", closefd=False)  # noqa: SIM115  open as long as the program runs
        self._outlet = BackpressureWriter(file, self._caught_up, self._failed)
        self._file = self._outlet  # type: ignore[assignment]  # it has what the writer's thread uses
        self.pixels = KittyImages(self.write)
        self._away = False
        """The terminal belongs to another program: nothing is written."""

    @property
    def broken(self) -> bool:
        """Whether the terminal takes nothing any more, so that it could not be given back."""
        return self._outlet.broken

    def behind(self) -> bool:
        """Say whether the terminal has not taken yet what was written; `drained` tells when it has."""
        return self._outlet.behind()

    def _failed(self) -> None:
        self.failed()

    def _caught_up(self) -> None:
        """Go on with what had to wait for the terminal; called in the writer's thread."""
        if self._waiting and self._sizes is not None:
            self._waiting = False
            self._loop.call_soon_threadsafe(self._sizes.changed)
        self.drained()

    def run_input_thread(self) -> None:
        """Read keys; what cannot be read is dropped, and reading goes on.

        What was typed while the terminal was being asked comes first; an answer of its that comes now is no key.
        """
        keys = KeyParser(self._debug)
        listening = time.monotonic() + ANSWER_WINDOW
        # Before the terminal was told otherwise, it made a line feed of Enter.
        self._take(keys, self._start.typed.replace(b"\n", b"\r"), ahead=True)
        self._start = self._start._replace(typed=b"")
        looked = time.monotonic()
        # Begun anew, it was another program's turn, and nothing was read meanwhile.
        early, recovered = not self._listened, looked + RECOVERY if self._listened else looked
        self._listened = True
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = self._read() if selector.select(ESCAPE_TIMEOUT) else b""
                late, looked = time.monotonic() - looked > ESCAPE_TIMEOUT + STALL, time.monotonic()
                recovered = looked + RECOVERY if late else recovered
                early = early and bool(data) and not late
                sieve = self._start.answers
                if sieve is not None:
                    data = sieve.feed(data) if data else sieve.flush()
                    if not sieve.waiting or time.monotonic() > listening:
                        data += sieve.flush()
                        self._start = self._start._replace(answers=None)
                self._take(keys, data.replace(b"\n", b"\r") if early else data, ahead=early, stalled=looked < recovered)

    def _read(self) -> bytes:
        """Return what has been typed; nothing, after a while, when there is no terminal any more."""
        with suppress(OSError):
            if data := os.read(self.fileno, INPUT_CHUNK):
                return data
        self.exit_event.wait(ESCAPE_TIMEOUT)
        return b""

    def _take(self, keys: KeyParser, data: bytes, *, ahead: bool = False, stalled: bool = False) -> None:
        """Hand on what was read at once as of one moment, however long a busy machine takes to tell it apart.

        Args:
            keys: tell the keys apart.
            data: what was read.
            ahead: it was typed before the first slide was there.
            stalled: it was typed while nothing was read.
        """
        arrived: float | None = None
        for message in keys.feed(data) if ahead else pressed(list(keys.feed(data)), stalled=stalled):
            arrived = message.time if arrived is None else arrived
            message.time = arrived
            self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Hand a message to the app, but no size that no terminal has, and none faster than `Sizes`."""
        if not isinstance(message, events.Resize):
            super().process_message(message)
        elif (
            self._sizes is not None
            and message.size.width <= MAX_TERMINAL_SIZE[0]
            and message.size.height <= MAX_TERMINAL_SIZE[1]
        ):
            self._resized = message
            self._loop.call_soon_threadsafe(self._sizes.changed)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows as the terminal has them, whatever the environment says of another one."""
        with suppress(OSError):
            columns, rows = os.get_terminal_size(1)
            return min(columns or FALLBACK_SIZE[0], MAX_TERMINAL_SIZE[0]), min(
                rows or FALLBACK_SIZE[1], MAX_TERMINAL_SIZE[1]
            )
        return FALLBACK_SIZE

    def _take_size(self) -> None:
        """Have the app take on the size that the terminal has now, once it has taken what was drawn for the last."""
        self._waiting = True
        if self.behind():
            return
        self._waiting = False
        event, self._resized = self._resized, None
        if event is None:
            size = Size(*self._get_terminal_size())
            event = events.Resize(size, size)
        super().process_message(event)

    # --- taking the terminal, and giving it back

    def start_application_mode(self) -> None:
        """Take over the terminal, to give it back as it was before the first frame."""
        self._away = False
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._start.settings is not None:
            self.attrs_before = self._start.settings
        self._sizes = SizeThrottle(self._loop, self._take_size)
        # In the loop's own time: a handler that writes may not come between two halves of a write.
        self._loop.add_signal_handler(signal.SIGWINCH, self._window_changed)
        self._loop.add_signal_handler(signal.SIGTSTP, self._sigtstp_application)
        self._loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)
        self._hush()
        self.write(ALTERNATE_KEYS)
        self.pixels.again()

    def stop_application_mode(self) -> None:
        """Give the terminal back, without our pictures in its memory."""
        if self._sizes is not None:
            self._sizes.forget()
        self.pixels.clear()
        self.write(USUAL_MODES)
        super().stop_application_mode()
        self._away = True
        self._speak()

    def _window_changed(self) -> None:
        # A terminal that reports its size by itself does so in its own order.
        if not self._in_band_window_resize and self._sizes is not None:
            self._sizes.changed()

    def _hush(self) -> None:
        """Keep off the screen what libraries write to standard error."""
        if self._errors is None and os.isatty(2):
            with suppress(OSError):
                self._errors = os.dup(2)
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 2, inheritable=True)
                os.close(nowhere)

    def _speak(self) -> None:
        if self._errors is not None:
            os.dup2(self._errors, 2, inheritable=True)
            os.close(self._errors)
            self._errors = None

    # --- being stopped, and going on

    def _sigtstp_application(self, *_: object) -> None:
        """Give the terminal back and stop; once, though the signal may come from the keys and from the guardian."""
        if self._stopped is not None:
            return
        if self._auto_restart:
            self._stopped = time.monotonic()
            self.suspend_application_mode()
            self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop; a SIGCONT without one changes nothing."""
        if not self._auto_restart:
            return
        if self._stopped is None:
            self._take_back()
            return
        self.stopped_for = time.monotonic() - self._stopped
        self.resume_application_mode()
        if not self._given_away():  # as it still is when the shell put the program into the background
            self._stopped = None

    def _given_away(self) -> bool:
        with suppress(termios.error):
            return bool(termios.tcgetattr(self.fileno)[3] & _LINE)
        return False

    def _take_back(self) -> None:
        """Go on after SIGSTOP, which cannot be heard: the guardian has given the terminal away meanwhile."""
        if not self._given_away():
            return
        settings = termios.tcgetattr(self.fileno)
        settings[0], settings[3] = self._patch_iflag(settings[0]), self._patch_lflag(settings[3])
        with suppress(termios.error):
            termios.tcsetattr(self.fileno, termios.TCSANOW, settings)
        self.write(RESUME_SCREEN)
        self.stopped_for = 0.0
        asyncio.run_coroutine_threadsafe(self._app._post_message(self.SignalResume()), self._loop)  # noqa: SLF001  as Textual's driver does

    def write(self, data: str) -> None:
        """Write to the terminal, but for what it should not get.

        That is the first switch to the alternate screen when this is up already, and the shape of a mouse pointer
        that nobody uses: its escape sequence ends in a bell.
        """
        if self._away:
            return
        if data == ALTERNATE and self._start.screen_up:
            self._start = self._start._replace(screen_up=False)
        elif data == ALTERNATE:
            super().write(data + OWN_MODES)
        elif not data.startswith(POINTER):
            self._outlet.hand()
            super().write(data)
