"""Live reload: waiting for changes of the deck's files, and reading the deck again without ever disturbing the talk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Final, TypeAlias

from presenter.deck.diagnostics import DeckError
from presenter.deck.model import Deck
from presenter.safety import clean_line
from presenter.ui.threads import in_thread
from presenter.watching import FileSignatures, file_signatures

Loader: TypeAlias = Callable[[], Deck]

DEBOUNCE_MS: Final = 150
"""Milliseconds of peace that end a change: editors write in several steps."""
RETRY_SECONDS: Final = 1.0
"""Seconds after which a folder that is not there is looked for again."""
RESCAN_SECONDS: Final = 5.0
"""Seconds between looks at the files themselves: some file systems tell nothing, and a change just before the first
watch would go unseen."""


def watched_folders(files: Iterable[Path]) -> frozenset[Path]:
    """Return the folders to watch: editors replace files, so a file alone cannot be watched."""
    return frozenset(path.parent for path in files)


class DeckWatcher:
    """The files of a deck as they were when they were last read.

    Attributes:
        files: says which they are; asked again whenever something changes.
    """

    def __init__(self, files: Callable[[], frozenset[Path]], seen: FileSignatures) -> None:
        self.files = files
        self._seen = seen

    def changed(self) -> frozenset[Path]:
        """Return the files that are not as they were; they count as seen from now on."""
        now = file_signatures(self.files())
        found = {path for path, mark in now.items() if path in self._seen and self._seen[path] != mark}
        self._seen = now
        return frozenset(found)

    async def changes(self, stop: asyncio.Event) -> AsyncIterator[frozenset[Path]]:
        """Yield the files that have changed, again and again, until told to stop."""
        from watchfiles import watch  # noqa: PLC0415 - not needed for the first slide

        while not stop.is_set():
            watched = _there(watched_folders(self.files()))
            if not watched:
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if changed := self.changed():
                yield changed
            # In a thread of asyncio's own, which is waited for at the end, because the watcher has to be stopped first;
            # `awatch` has one of anyio, which loads OpenSSL and much else.
            found = watch(
                *watched,
                recursive=False,
                stop_event=stop,
                debounce=DEBOUNCE_MS,
                step=DEBOUNCE_MS,
                rust_timeout=int(RESCAN_SECONDS * 1000),
                yield_on_timeout=True,
                raise_interrupt=False,
            )
            try:
                while await asyncio.to_thread(next, found, None) is not None:
                    if changed := self.changed():
                        yield changed
                    if _there(watched_folders(self.files())) != watched:
                        break
            except OSError:  # a folder went between looking and watching, or there are too many watches
                await asyncio.sleep(RETRY_SECONDS)


def _there(wanted: Iterable[Path]) -> list[Path]:
    return sorted(folder for folder in wanted if folder.is_dir())


async def read_deck(loader: Loader, path: Path) -> Deck | str:
    """Read a deck in a thread; return it, or why it cannot be shown in words for the speaker."""
    try:
        return await in_thread(loader)
    except DeckError as error:
        if not error.problems or _gone(path):
            return clean_line(f"{path.name} is not there")
        problem = next((problem for problem in error.problems if problem.severity == "error"), error.problems[0])
        return clean_line(f"{problem.path.name}:{problem.line} error") + "|" + clean_line(problem.words)
    except OSError as error:
        return clean_line(f"{path.name} cannot be read") + "|" + clean_line(error.strerror or str(error))


def _gone(path: Path) -> bool:
    return not path.is_file()


def trouble_words(reason: str, since: str) -> str:
    """Return what the status row says of a deck that cannot be shown: where, which version is shown, and why."""
    where, _, words = reason.partition("|")
    return f"{where} (showing version of {since})" + (f": {words}" if words else "")
