"""Standard input, output and error as they may be: closed, full, or with a reader that goes away.

A closed descriptor is opened on nothing before anything else is, so that no file of the program takes its number. What
cannot be written is told in one line; a reader that has read enough is no failure.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, Final, Literal, TextIO

FAILED: Final = 1
"""The exit code when output could not be written."""


class _Closed:
    """Stands for a stream that was closed: whoever writes to it is told."""

    encoding = "utf-8"

    def write(self, _text: str) -> int:
        """Refuse."""
        raise OSError(errno.EBADF, "it is closed")

    def flush(self) -> None:
        """Have nothing to write."""

    def isatty(self) -> bool:
        """Say that nobody looks."""
        return False

    def fileno(self) -> int:
        """Return the descriptor that is open on nothing."""
        return 1


class _Lenient(io.TextIOWrapper):
    """Standard error that loses what it cannot write: nobody could be told, and it must change no exit code."""

    def write(self, text: str) -> int:
        """Write, if that can be done."""
        with suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """As above."""
        with suppress(OSError):
            super().flush()


def fill() -> None:
    """Open what is closed; done before anything else."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                nowhere = os.open(os.devnull, os.O_RDWR)
                if nowhere != number:
                    os.dup2(nowhere, number)
                    os.close(nowhere)
    if sys.stdin is None:
        sys.stdin = _opened("r")
    if sys.stdout is None:
        closed: Any = _Closed()
        sys.stdout = closed
    if sys.stderr is None:
        sys.stderr = _opened("w")
    elif isinstance(sys.stderr, io.TextIOWrapper) and not sys.stderr.isatty():
        encoding, errors = sys.stderr.encoding, sys.stderr.errors
        sys.stderr = _Lenient(sys.stderr.detach(), encoding, errors, line_buffering=True)


def _opened(mode: Literal["r", "w"]) -> TextIO:
    return open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123 - as long as the program runs


def finish(code: int) -> int:
    """Write what is still to be written; return the exit code, which says when that failed.

    Args:
        code: the exit code when all could be written.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            code = told(error) or code if stream is sys.stdout else code
            quiet(stream)
        except ValueError:  # closed meanwhile
            continue
    return code


def told(error: OSError) -> int:
    """Say that output could not be written, unless its reader has gone; return the exit code."""
    if error.errno == errno.EPIPE:
        return 0
    from presenter.safety import reason  # noqa: PLC0415 - only when something went wrong

    with suppress(OSError, ValueError):
        sys.stderr.write(f"presenter: the output cannot be written: {reason(error)}\n")
        sys.stderr.flush()
    return FAILED


def is_of_output(error: BaseException) -> bool:
    """Say whether a failure is one of writing to a standard stream, as far as its number tells."""
    return isinstance(error, OSError) and error.filename is None and error.errno in _OF_OUTPUT


_OF_OUTPUT: Final = frozenset({errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT})


def quiet(stream: TextIO) -> None:
    """Let nothing more be written to a stream: Python would try again at the very end, and fail loudly."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        if nowhere != stream.fileno():
            os.close(nowhere)
