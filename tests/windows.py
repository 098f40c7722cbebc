"""Several windows of one talk, each on a terminal of its own, for tests from end to end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Final, Self

from presenter.peers.discovery import alive
from terminal import TIMEOUT, Terminal

PRESENTER: Final = (sys.executable, "-m", "presenter")


class Stage:
    """A home folder, and the windows opened in it.

    Args:
        env: variables for all windows.
    """

    def __init__(self, env: Mapping[str, str | None] | None = None) -> None:
        self._stack = ExitStack()
        # Short, as sockets lie in it: their paths may not be long.
        self.home = Path(self._stack.enter_context(TemporaryDirectory(prefix="p-")))
        self._env = dict(env or {})
        self.terminals: list[Terminal] = []
        self._deck: tuple[Path, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def folder(self) -> Path:
        """Where the sockets are."""
        return self.home / ".run" / "presenter"

    def sockets(self) -> list[Path]:
        """Return the sockets that there are."""
        return sorted(self.folder.glob("*.sock"))

    def open(self, *arguments: str | Path, size: tuple[int, int] = (120, 36)) -> Terminal:
        """Open a window."""
        made = Terminal([*PRESENTER, *arguments], size=size, home=self.home, env=self._env)
        self.terminals.append(made)
        return self._stack.enter_context(made)

    def audience(self, deck: Path, *options: str, shows: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        """Start a talk, and wait until others can join it."""
        before, self._deck = self.alive(), (deck,)
        window = self.open(deck, *options, size=size)
        window.wait_for(shows)
        self.until(window, lambda: self.alive() > before, "a socket")
        return window

    def alive(self) -> int:
        """Return how many talks can be joined."""
        return sum(map(alive, self.sockets()))

    def speaker(self, *arguments: str | Path, size: tuple[int, int] = (120, 36)) -> Terminal:
        """Join a talk, by default the last one that began here, and wait until that is done.

        Without a name there would be a choice where somebody gives a talk while the tests run.
        """
        window = self.open("speaker", *(arguments or self._deck), size=size)
        window.wait_for("SPEAKER ● ")
        return window

    def until(self, window: Terminal, condition: Callable[[], bool], what: str = "") -> None:
        """Wait for something that no screen shows, reading meanwhile what all windows write."""
        deadline = time.monotonic() + TIMEOUT
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"no {what or 'sign of what was waited for'}\n" + "\n".join(window.screen))
            for each in self.terminals:
                each.read(0.02)

    def logs(self) -> str:
        """Return what was logged."""
        return "\n".join(path.read_text(errors="replace") for path in self.home.rglob("*.log"))
