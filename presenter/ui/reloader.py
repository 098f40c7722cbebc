"""Live reload: the deck is read again when its files change, without ever disturbing the talk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from presenter import images
from presenter.deck.diagnostics import DeckError
from presenter.deck.model import Deck, Slide
from presenter.safety import clean_line
from presenter.session.reload import first_change, state_after_reload, state_at_edit
from presenter.session.state import Outline, State
from presenter.ui.editor import run_editor_async
from presenter.ui.recorder import Recorder
from presenter.ui.threads import in_thread
from presenter.ui.window_api import Window
from presenter.watching import FileSignatures, file_signatures, watched_files

Loader: TypeAlias = Callable[[], Deck]

DEBOUNCE_MS: Final = 150
"""Milliseconds of peace that end a change: editors write in several steps."""
KEEP_DELAY: Final = 1.0
"""Seconds from a new slide to the copying of pictures: what is shown now comes first."""
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


def _gone(path: Path) -> bool:
    return not path.is_file()


class Unreadable(NamedTuple):
    """Why a deck cannot be shown: in which file or line, and what is wrong; empty when the first says it all."""

    where: str
    why: str = ""

    def told(self, since: str) -> str:
        """Return what the status row says, with the time of the version that is shown."""
        return f"{self.where} (showing version of {since})" + (f": {self.why}" if self.why else "")


async def read_deck(loader: Loader, path: Path) -> Deck | Unreadable:
    """Read a deck in a thread; return it, or why it cannot be shown in words for the speaker."""
    try:
        return await in_thread(loader)
    except DeckError as error:
        if not error.problems or _gone(path):
            return Unreadable(clean_line(f"{path.name} is not there"))
        problem = next((problem for problem in error.problems if problem.severity == "error"), error.problems[0])
        return Unreadable(clean_line(f"{problem.path.name}:{problem.line} error"), clean_line(problem.words))
    except OSError as error:
        return Unreadable(clean_line(f"{path.name} cannot be read"), clean_line(error.strerror or str(error)))


def needs(deck: Deck, at: int) -> list[Path]:
    """Return the files with pictures and letters of a deck in the order in which they are needed from slide `at` on."""
    fonts = [deck.theme.font] if deck.theme.font else []
    slides = [*deck.slides[at:], *reversed(deck.slides[:at])]
    found = (image.src.path for slide in slides for image in slide.layout.pictures())
    return [*fonts, *(path for path in found if path)]


class Reloader:
    """Reads the deck again when its files change, keeps copies of its pictures, and has its slides edited.

    Args:
        window: shows the deck.
        load: reads the deck again; raises DeckError or OSError.
        seen: what its files looked like when it was read; as they are now when None.
        recorder: is told of a deck that was read again.
        follow_edits: go to the first slide that has changed.
    """

    def __init__(
        self, window: Window, load: Loader, seen: FileSignatures | None, recorder: Recorder, *, follow_edits: bool
    ) -> None:
        self._window = window
        self._session = window.session
        self._load = load
        self._recorder = recorder
        self._follow_edits = follow_edits
        deck = self._session.deck
        seen = file_signatures(watched_files(deck)) if seen is None else seen
        self._watcher = DeckWatcher(lambda: watched_files(self._session.deck), seen)
        self._read_at = window.time_of_day()
        """When the deck was read, as the speaker is told it."""
        self._touched: frozenset[Path] = frozenset()
        """Files that have changed since the deck was read."""
        self._editing = False
        """The terminal belongs to an editor."""
        self._forced = False
        """The speaker asked for the deck to be read again."""
        self._behind = False
        """Pictures may have changed that the audience shall not see before the next move."""
        self._short = False
        """Not all pictures have room in memory: which ones do depends on the slide."""
        self._changed = asyncio.Event()
        self._stop = asyncio.Event()
        self._needed = asyncio.Event()
        self._needed.set()

    def begin(self, *, follow: bool) -> None:
        """Begin to read again what changes; the files are watched when it is to `follow` them."""
        self._window.start(self._keep_reading(), "reading")
        self._window.start(self._keep_pictures(), "keeping")
        if follow:
            self._window.start(self._watch_files(), "watching")

    def close(self) -> None:
        """Watch no longer."""
        self._stop.set()

    def state_changed(self, old: State, new: State) -> None:
        """Do what waited for this: reloading that was locked, pictures that were held, those that come next now."""
        if not new.stale:
            self._session.kept = None
        if old.locked and not new.locked:
            self._changed.set()
        if self._behind and not new.stale and new.frozen is None:
            self._behind = False
            self._window.start(self._renew(), "renewing")
        if self._short and old.at.slide != new.at.slide:
            self._needed.set()

    def reload(self) -> None:
        """Read the deck again because the speaker wants it."""
        if self._session.state.locked:
            key = self._window.key_of("lock")
            self._say(f"reloading is locked; {key} unlocks it")
            return
        self._forced = True
        self._changed.set()

    def edit(self) -> None:
        """Have the slide edited that is shown."""
        session = self._session
        slide = session.kept or (session.deck.slides[session.state.at.slide] if session.deck.slides else None)
        if slide is not None and not self._window.for_audience_only and not self._editing:
            self._editing = True
            self._window.start(self._edit(slide), "editing")

    def _say(self, words: str) -> None:
        self._window.enter(self._session.state.saying(words, self._window.now()))

    async def _edit(self, slide: Slide) -> None:
        """Have a slide edited; meanwhile time, recording and reloading go on, and nothing is drawn."""
        try:
            with self._window.lent():
                word = await run_editor_async(slide.place)
        finally:
            self._editing = False
        self._say(word)
        self._changed.set()

    async def _watch_files(self) -> None:
        async for files in self._watcher.changes(self._stop):
            self._touched |= files
            if self._session.deck.reload != "off":
                self._changed.set()

    async def _keep_reading(self) -> None:
        """Read the deck again whenever it has changed, unless that is locked."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._session.state.locked:
                continue
            forced, self._forced = self._forced, False
            found = await read_deck(self._load, self._session.deck.path)
            held = isinstance(found, Deck) and found.reload == "move" and not forced
            self._behind = held or self._session.state.frozen is not None
            renewed = not self._behind and await in_thread(images.renew)
            self._take(found, forced=forced)
            if renewed:
                self._window.repaint()

    async def _keep_pictures(self) -> None:
        """Keep copies of the pictures that come next, so that the disk may be pulled out."""
        while True:
            await self._needed.wait()
            await asyncio.sleep(KEEP_DELAY)
            self._needed.clear()
            deck = self._session.deck
            keep = partial(images.keep, deck.path, needs(deck, self._session.state.at.slide))
            self._short = not await in_thread(keep)

    async def _renew(self) -> None:
        """Show pictures as their files are now; as they were until they are decoded."""
        if await in_thread(images.renew):
            self._window.repaint()

    def _take(self, found: Deck | Unreadable, *, forced: bool) -> None:
        """Go on with a deck that was read; with the old one when there is none."""
        session, window = self._session, self._window
        if isinstance(found, Unreadable):
            window.enter(replace(session.state, trouble=found.told(self._read_at)))
            return
        shown = session.state.shown.slide
        seen = session.kept or (session.deck.slides[shown] if shown < len(session.deck.slides) else None)
        outline = Outline.of(found)
        held = found.reload == "move" and not forced
        state = state_after_reload(session.state, session.outline, outline, held=held)
        if self._follow_edits:
            state = state_at_edit(state, outline, first_change(session.deck, found, self._touched))
        self._touched = frozenset()
        session.swap(found, outline, seen if state.stale else None)
        self._read_at = window.time_of_day()
        self._needed.set()
        window.deck_swapped()
        self._recorder.reloaded(state, window.now())
        window.enter(state.saying("read again", window.now()) if forced else state)
        window.draw_soon()
