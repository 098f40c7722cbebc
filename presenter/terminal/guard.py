"""The parent of the program: small, asleep, and there when the program itself can no longer give the terminal back.

`guard` splits the process in two before anything large is loaded. The child returns from it and is the program. The
parent waits: it hands on signals, stops and goes on together with the program, and when that dies of a signal or leaves
the terminal changed, it brings back the modes and settings there were, says how to go on, and ends as the program did.

A program that has lost its guardian learns it from the pipe `lifeline`, and ends on its own.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

ORDER_OFF: Final = "\x1b[8l"
"""Rows come with Hebrew and Arabic in order already: terminals that do that themselves (BDSM of ECMA-48) shall not."""
ORDER_BACK: Final = "\x1b[8h"
"""They shall again, as they do from the start."""
OWN_MODES: Final = "\x1b[?1007s\x1b[?1007l" + ORDER_OFF
"""Most terminals turn the wheel into arrow keys on the alternate screen, which would move slides: not here."""
USUAL_MODES: Final = "\x1b[?1007h\x1b[?1007r" + ORDER_BACK
"""Both on again, as in most terminals; those that remember how the wheel was go back to that."""
RESET_TERMINAL: Final = (
    "\x1b\\"  # ends a string that was cut short
    "\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?2048l"
    "\x1b[<u\x1b[>4;0m\x1b[?7h\x1b[0m" + USUAL_MODES + "\x1b[?1049l\x1b[?25h"
)
"""Everything that a window may have switched on, off again; the alternate screen and the cursor last."""
GRACE_SECONDS: Final = 3
"""Seconds that the program has for ending after a signal, before it is killed."""
SIGNAL_EXIT_BASE: Final = 128
"""Added to a signal's number it is the exit code of what died of that."""
_CLEAR: Final = 1.0
"""Seconds that the terminal has for taking what is written; more wait for one that was stopped."""
_TRY: Final = 0.05
_ANEW: Final = frozenset({"--resume", "--fresh"})
_RESUMABLE, _DONE = b"r", b"d"
_TAKEN, _GIVEN = b"t", b"g"


class _Ties:
    """What the child has of its guardian: both are None in a program without one."""

    lifeline: int | None = None
    words: int | None = None
    told: bytes = _DONE


def guard_pipe() -> int | None:
    """Return a descriptor that can be read, to its end, as soon as the guardian is gone; None without a guardian."""
    return _Ties.lifeline


def tell_guard(*, resumable: bool) -> None:
    """Let the guardian know whether the talk could be taken up again if the program died now."""
    word = _RESUMABLE if resumable else _DONE
    if word != _Ties.told:
        _Ties.told = word
        _say(word)


def tell_screen(*, taken: bool) -> None:
    """Let the guardian know whether the terminal still has to be given back, however the program ends."""
    _say(_TAKEN if taken else _GIVEN)


def _say(word: bytes) -> None:
    if _Ties.words is None:
        return
    try:
        os.write(_Ties.words, word)
    except OSError:
        _Ties.words = None


def resume_command(arguments: Sequence[str]) -> str:
    """Return the command that goes on with a talk, for the arguments that it was begun with."""
    import shlex  # noqa: PLC0415 - only when a talk was cut off

    from presenter.safety import clean_line  # noqa: PLC0415 - as above

    return clean_line(shlex.join(["presenter", *(word for word in arguments if word not in _ANEW), "--resume"]))


def guard() -> None:
    """Return in a child that is the program from now on; the process that called never returns.

    Without a terminal there is nothing to guard, and where no process can be made the program goes unguarded.
    """
    if sys.platform == "win32" or not (os.isatty(0) and os.isatty(1)):
        return
    import signal  # noqa: PLC0415 - nothing is loaded where there is nothing to guard
    import termios  # noqa: PLC0415 - as above

    held = {signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT, signal.SIGTSTP}
    # A signal that comes now waits, and meets the handlers of both.
    before_mask = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        settings = termios.tcgetattr(0)
        heard, words = os.pipe()
        lifeline, life = os.pipe()
        child = os.fork()
    except (OSError, termios.error):
        signal.pthread_sigmask(signal.SIG_SETMASK, before_mask)
        return
    if child:
        os.close(words)
        os.close(lifeline)
        guardian = _Guardian(child, settings, heard)
        guardian.listen()
        signal.pthread_sigmask(signal.SIG_SETMASK, before_mask)
        os._exit(guardian.wait())
    os.close(heard)
    os.close(life)
    _Ties.lifeline, _Ties.words = lifeline, words
    signal.pthread_sigmask(signal.SIG_SETMASK, before_mask)


class _Guardian:
    """The parent's side.

    Args:
        child: the program.
        settings: of the terminal, as `tcgetattr` gives them, before the program changed them.
        heard: the end of the pipe on which the program tells whether it could be resumed.
    """

    def __init__(self, child: int, settings: list[Any], heard: int) -> None:
        self._child = child
        self._settings = settings
        self._heard = heard
        self._ending = 0
        """The signal that the program was told to end by."""

    def listen(self) -> None:
        """Hand on the signals that are meant for the program. Ctrl+C reaches it anyway."""
        import signal  # noqa: PLC0415 - loaded already

        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGTSTP, self._hand_on)
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.signal(signal.SIGALRM, self._kill)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)

    def _hand_on(self, number: int, _frame: FrameType | None) -> None:
        os.kill(self._child, number)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        import signal  # noqa: PLC0415 - loaded already

        self._ending = self._ending or number
        os.kill(self._child, number)
        # One that is stopped, or waits for a terminal that takes nothing, would never hear it.
        os.kill(self._child, signal.SIGCONT)
        signal.alarm(GRACE_SECONDS)

    def _kill(self, _number: int, _frame: FrameType | None) -> None:
        import signal  # noqa: PLC0415 - loaded already

        os.kill(self._child, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for the end of the program, stopping and going on with it; return the exit code."""
        import signal  # noqa: PLC0415 - loaded already

        while True:
            _, status = os.waitpid(self._child, os.WUNTRACED)
            if not os.WIFSTOPPED(status):
                break
            # It has given back the terminal by itself, unless somebody stopped it from outside.
            self._give_back()
            os.kill(os.getpid(), signal.SIGSTOP)
            os.kill(self._child, signal.SIGCONT)
        signal.alarm(0)
        died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if died == signal.SIGKILL and self._ending:  # by us, because it did not end
            died = self._ending
        said = self._said()
        left = said.rfind(_TAKEN) > said.rfind(_GIVEN)
        self._give_back(died != 0 or left)
        if died:
            self._explain(f"ended by {_name(died, signal)}", said)
            return SIGNAL_EXIT_BASE + died
        code = os.WEXITSTATUS(status)
        if left:
            self._explain("ended without giving the terminal back", said)
            return code or 1
        return code

    def _said(self) -> bytes:
        """Return all that the program told; the other end is closed, so reading ends."""
        os.set_blocking(self._heard, False)  # but for a process that the program left behind
        said = b""
        try:
            while more := os.read(self._heard, 4096):
                said += more
        except OSError:
            return said
        return said

    def _give_back(self, whatever: bool = False) -> None:
        """Bring back modes and settings when the settings are not as they were, or in any case."""
        import termios  # noqa: PLC0415 - loaded already

        try:
            if termios.tcgetattr(0) == self._settings and not whatever:
                return
            if not _in_front():
                return  # the shell has the terminal, and knows its own settings
            self._write(RESET_TERMINAL)
            # What was typed for the program, or answered to it, is nothing for a shell.
            termios.tcflush(0, termios.TCIFLUSH)
            termios.tcsetattr(0, termios.TCSANOW, self._settings)
        except (OSError, termios.error):
            return  # the terminal is gone, and nothing is left to give back

    def _write(self, text: str) -> None:
        """Write to the terminal; what a terminal that was stopped has not taken yet is dropped for it."""
        import select  # noqa: PLC0415 - only when the program has died
        import termios  # noqa: PLC0415 - loaded already
        import time  # noqa: PLC0415 - as above

        if not select.select([], [1], [], _CLEAR)[1]:
            termios.tcflush(1, termios.TCOFLUSH)
        # Output that was stopped (Ctrl+S, tcflow) takes nothing, whatever select says: never wait for it.
        data, until = text.encode(), time.monotonic() + _CLEAR
        blocking = os.get_blocking(1)
        os.set_blocking(1, False)
        try:
            while data and time.monotonic() < until:
                try:
                    data = data[os.write(1, data) :]
                except BlockingIOError:
                    termios.tcflow(1, termios.TCOON)
                    select.select([], [1], [], _TRY)
        finally:
            os.set_blocking(1, blocking)

    def _explain(self, what: str, said: bytes) -> None:
        """Say in one line what happened and how to go on."""
        resumable = said.rfind(_RESUMABLE) > said.rfind(_DONE)  # what was told last counts
        hint = f"; go on with:  {resume_command(sys.argv[1:])}" if resumable else ""
        try:
            os.write(2, f"presenter: {what}{hint}\n".encode(errors="replace"))
        except OSError:
            return


def _in_front() -> bool:
    """Say whether the terminal is ours: no shell has put us into the background."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True  # nobody controls it


def _name(number: int, signals: Any) -> str:  # noqa: ANN401 - the module, which only the caller has loaded
    try:
        return str(signals.Signals(number).name)
    except ValueError:
        return f"signal {number}"
