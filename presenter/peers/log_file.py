"""What libraries want to log goes to a file: on the screen it would stand in the slides."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

MAX_LOG_BYTES: Final = 1_000_000
"""Bytes of the file before it begins anew."""


class LazyLogFile(logging.Handler):
    """Writes to a file that is opened when there is something to write; what cannot be written is dropped."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(logging.Formatter("%(asctime)s %(process)d %(name)s %(levelname)s %(message)s"))
        self._handle: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        with suppress(Exception):
            if self._handle is None:
                self._handle = _opened()
            os.write(self._handle, f"{self.format(record)}\n".encode("utf-8", "backslashreplace"))


def log_path() -> Path:
    """Return where the file is."""
    from platformdirs import user_log_path  # noqa: PLC0415 - needed only when there is something to write

    return user_log_path("presenter", appauthor=False) / "presenter.log"


def _opened() -> int:
    file = log_path()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(file, flags, 0o600)
    if os.fstat(handle).st_size > MAX_LOG_BYTES:
        os.ftruncate(handle, 0)
    return handle


def log_to_file() -> None:
    """Send what every logger says to the file; once is enough."""
    root = logging.getLogger()
    if not any(isinstance(handler, LazyLogFile) for handler in root.handlers):
        root.addHandler(LazyLogFile())
