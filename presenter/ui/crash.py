"""What went wrong, on disk instead of on the audience's screen."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path


class CrashLog(StringIO):
    """A text file that is made when something is first written to it, readable for its owner only."""

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        """Where it is; None as long as nothing was written."""

    def write(self, text: str) -> int:
        """Write text; it is lost where no file can be made."""
        if self.path is None and text.strip():
            self.path = next((path for folder in _folders() if (path := _made(folder)) is not None), None)
        if self.path is not None:
            with suppress(OSError), self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        return len(text)

    def told(self) -> bool:
        """Say on standard error where it is, if anything was written; return whether there was."""
        if self.path is not None:
            sys.stderr.write(f"presenter: something went wrong; the details are in {self.path}\n")
        return self.path is not None


def _made(folder: Path) -> Path | None:
    """Make an empty log in a folder; None where that cannot be done."""
    path = folder / "crash.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return None
    return path


def _folders() -> Iterator[Path]:
    from platformdirs import user_log_path  # noqa: PLC0415 - needed when things have gone wrong only

    yield user_log_path("presenter")
    yield Path(tempfile.mkdtemp(prefix="presenter-"))
