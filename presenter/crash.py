"""What went wrong, on disk instead of on the audience's screen."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path

from presenter.safety import clean, clean_line


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
                file.write(clean(text))
        return len(text)

    @property
    def words(self) -> str:
        """What is said on the terminal: one line, and nothing when all went well."""
        return (
            ""
            if self.path is None
            else f"presenter: something went wrong; the details are in {clean_line(str(self.path))}\n"
        )


def crashed(error: BaseException) -> str:
    """Write down a failure that nobody expected; return the one line to say about it."""
    import traceback  # noqa: PLC0415 - needed when things have gone wrong only

    log = CrashLog()
    log.write("".join(traceback.format_exception(error)))
    return log.words or f"presenter: something went wrong: {clean_line(str(error))} ({type(error).__name__})\n"


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
