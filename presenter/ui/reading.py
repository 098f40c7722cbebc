"""The part of the window that reads the deck again when its files change, and has its slides edited."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from presenter import images, painting
from presenter.deck.model import Deck, Slide
from presenter.session.bindings import Bindings
from presenter.session.reload import first_change, state_after_reload, state_at_edit
from presenter.session.state import Outline
from presenter.themes import Theme
from presenter.ui.editor import run_editor_async
from presenter.ui.linked import LinkedApp
from presenter.ui.player import Player
from presenter.ui.reloader import DeckWatcher, Loader, read_deck, trouble_words
from presenter.ui.threads import in_thread
from presenter.ui.view_model import ViewModel
from presenter.watching import FileSignatures, watched_files

AFTER: Final = 1.0
"""Seconds from a new slide to the copying of pictures: what is shown now comes first."""


def needs(deck: Deck, at: int) -> list[Path]:
    """Return the files with pictures and letters of a deck in the order in which they are needed from slide `at` on."""
    fonts = [deck.theme.font] if deck.theme.font else []
    slides = [*deck.slides[at:], *reversed(deck.slides[:at])]
    found = (image.src.path for slide in slides for image in slide.layout.pictures())
    return [*fonts, *(path for path in found if path)]


class ReadingApp(LinkedApp, inherit_bindings=False):
    """A window whose deck may change on disk."""

    _keys: Bindings
    _player: Player
    _read_at: str
    """The time of the day when the deck was read, as the speaker is told it."""
    _kept: Slide | None = None
    """What is still shown of a deck that has changed, see `view_model.ViewModel`."""
    _touched: frozenset[Path] = frozenset()
    """Files that have changed since the deck was read."""
    _editing = False
    """The terminal belongs to an editor."""
    _forced = False
    """The speaker asked for the deck to be read again."""
    _behind = False
    """Pictures may have changed that the audience shall not see before the next move."""

    def read_with(self, load: Loader, seen: FileSignatures) -> None:
        """Prepare to read the deck again; `seen` is what its files looked like when it was read."""
        self._load = load
        self._watch = DeckWatcher(lambda: watched_files(self._deck), seen)
        self._changed = asyncio.Event()
        self._stop = asyncio.Event()
        self._needed = asyncio.Event()
        self._needed.set()
        self._short = False

    def _scene(self) -> ViewModel:
        """Return what there is to be seen."""
        raise NotImplementedError

    def _colours(self) -> Theme:
        """Return the colours of the window."""
        raise NotImplementedError

    def _effect_reload(self) -> None:
        if self.state.locked:
            key = self._keys.first("lock")
            self.enter(self.state.saying(f"reloading is locked; {key} unlocks it", self._clock()))
            return
        self._forced = True
        self._changed.set()

    def _effect_edit(self) -> None:
        slide = self._kept or (self._deck.slides[self.state.at.slide] if self._deck.slides else None)
        if slide is not None and not self.is_headless and not self._editing:
            self._editing = True
            self.run_worker(self._edit(slide), group="editing", exit_on_error=False)

    async def _edit(self, slide: Slide) -> None:
        """Have a slide edited; meanwhile time, recording and reloading go on, and nothing is drawn."""
        try:
            with self.suspend():
                word = await run_editor_async(slide.place)
        finally:
            self._editing = False
        self.enter(self.state.saying(word, self._clock()))
        self._changed.set()

    async def _watch_files(self) -> None:
        async for files in self._watch.changes(self._stop):
            self._touched |= files
            if self._deck.reload != "off":
                self._changed.set()

    async def _keep_reading(self) -> None:
        """Read the deck again whenever it has changed, unless that is locked."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self.state.locked:
                continue
            forced, self._forced = self._forced, False
            found = await read_deck(self._load, self._deck.path)
            held = isinstance(found, Deck) and found.reload == "move" and not forced
            self._behind = held or self.state.frozen is not None
            renewed = not self._behind and await in_thread(images.renew)
            self._take(found, forced=forced)
            if renewed:
                self._paint_anew()

    async def _keep_pictures(self) -> None:
        """Keep copies of the pictures that come next, so that the disk may be pulled out."""
        while True:
            await self._needed.wait()
            await asyncio.sleep(AFTER)
            self._needed.clear()
            keep = partial(images.keep, self._deck.path, needs(self._deck, self.state.at.slide))
            self._short = not await in_thread(keep)

    async def _renew(self) -> None:
        """Show pictures as their files are now; as they were until they are decoded."""
        if await in_thread(images.renew):
            self._paint_anew()

    def _paint_anew(self) -> None:
        painting.clear_frame_cache()
        self._draw_soon()

    def _take(self, found: Deck | str, *, forced: bool) -> None:
        """Go on with a deck that was read; with the old one when there is none."""
        if isinstance(found, str):
            self.enter(replace(self.state, trouble=trouble_words(found, self._read_at)))
            return
        seen = self._kept or self._scene().slide(self.state.shown)
        outline = Outline.of(found)
        state = state_after_reload(self.state, self._outline, outline, held=found.reload == "move" and not forced)
        if self._habits.follow_edits:
            state = state_at_edit(state, outline, first_change(self._deck, found, self._touched))
        self._touched = frozenset()
        painting.clear_frame_cache()
        self._player.stop()
        self._kept = seen if state.stale else None
        self._deck, self._outline, self._read_at = found, outline, self.wall("%H:%M")
        self.follow_deck(outline)
        self._needed.set()
        self._recorder.reloaded(found, outline, state, self._clock())
        self.screen.styles.background = self._colours().background
        self.enter(state.saying("read again", self._clock()) if forced else state)
        self._draw_soon()
