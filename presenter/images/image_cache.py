"""Pictures at hand: what was decoded and drawn is kept, what failed is remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Generic, TypeVar

from presenter.images.cells import ImageBlock, image_block
from presenter.images.file_copies import Identity
from presenter.images.image_file import file_identity
from presenter.images.types import Cells, PictureError, Request

MAX_READY: Final = 200_000
"""Cells of pictures kept ready for the terminal, some 40 bytes each: fifty pictures at 120x36, ten at 200x100."""
MAX_CELLS: Final = 1_000_000
"""Cells of pictures kept at all, seven bytes each."""
MAX_FAILURES: Final = 1_000
GUARDS: Final = 16

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LruCache(Generic[K, V]):
    """A mapping that drops what was used longest ago when the weights pass a limit; the newest entry always stays."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._total = 0
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return what is kept, which is now the newest."""
        if (entry := self._entries.get(key)) is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value."""
        self.pop(key)
        self._entries[key] = value, weight
        self._total += weight
        self._shrink()

    def weigh(self, weight: Callable[[V], int]) -> None:
        """Weigh everything anew: values may have grown."""
        for key, (value, _) in self._entries.items():
            self._entries[key] = value, weight(value)
        self._total = sum(each for _, each in self._entries.values())
        self._shrink()

    def _shrink(self) -> None:
        while self._total > self._limit and len(self._entries) > 1:
            _, (_, lost) = self._entries.popitem(last=False)
            self._total -= lost

    def pop(self, key: K) -> None:
        """Drop a value, if it is kept."""
        if (entry := self._entries.pop(key, None)) is not None:
            self._total -= entry[1]

    def __iter__(self) -> Iterator[tuple[K, V]]:
        return ((key, value) for key, (value, _) in self._entries.items())


@dataclass(frozen=True, slots=True)
class _Decoded:
    cells: Cells
    identity: Identity


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str
    identity: Identity | None
    """None when there was no such file."""


def _now(path: Path) -> Identity | None:
    try:
        return file_identity(path)
    except PictureError:
        return None


class ImageCache:
    """The cache of all drawing: two stages, bare cells and what is ready for the terminal, and the failures.

    Bare cells are a few bytes each, so nearly every picture of a talk stays at hand in the sizes it was shown in,
    whatever becomes of its file.
    """

    def __init__(self, decode: Callable[[Request], Cells]) -> None:
        self._decode = decode
        self._lock = threading.Lock()
        self._guards = [threading.Lock() for _ in range(GUARDS)]
        self._decoded: LruCache[Request, _Decoded] = LruCache(MAX_CELLS)
        self._drawn: LruCache[Request, tuple[Cells, ImageBlock]] = LruCache(MAX_READY)
        self._failures: LruCache[Path, _Failure] = LruCache(MAX_FAILURES)

    def draw(self, request: Request, *, patient: bool) -> ImageBlock | None:
        """Return a picture as `images.draw` says."""
        if not patient:
            return self._at_hand(request)
        try:
            now = file_identity(request.path)
        except PictureError as error:
            return self._instead(request, _Failure(error.reason, None))
        if (kept := self._kept(request, now)) is not None:
            return kept
        # Threads that ask for one file wait for each other here, in whatever size; the second finds it done.
        with self._guards[hash(request.path) % GUARDS]:
            if (kept := self._kept(request, now)) is not None:
                return kept
            return self._new(request, now)

    def forget(self, paths: Iterable[Path]) -> None:
        """Drop what is known to fail in these files."""
        with self._lock:
            for path in paths:
                self._failures.pop(path)

    def renew(self) -> bool:
        """Look at the files of all that was drawn or failed, as `images.renew` says."""
        with self._lock:
            requests = [request for request, _ in self._drawn]
        changed = [self._renewed(request) for request in reversed(requests)]
        with self._lock:
            failures = dict(self._failures)
        mended = [path for path, failure in failures.items() if failure.identity != _now(path)]
        self.forget(mended)
        return any(changed) or bool(mended)

    def _renewed(self, request: Request) -> bool:
        """Draw a picture again when its file has changed; say whether there is anything new to show or to tell."""
        before = self._known(request)
        with suppress(PictureError):
            self.draw(request, patient=True)
        return self._known(request) != before

    def _known(self, request: Request) -> tuple[_Decoded | None, _Failure | None]:
        with self._lock:
            return self._decoded.get(request), self._failures.get(request.path)

    def _at_hand(self, request: Request) -> ImageBlock | None:
        """Return what is drawn already, however old; raise what is known to fail; never look at the file."""
        with self._lock:
            drawn = self._drawn.get(request)
            decoded = self._decoded.get(request)
            failure = self._failures.get(request.path)
        if failure is None:
            return None if drawn is None else drawn[1]
        # Bare cells take a while to make ready: that is for a patient caller.
        return None if drawn is None and decoded is not None else self._instead(request, failure)

    def _kept(self, request: Request, now: Identity) -> ImageBlock | None:
        """Return the picture of this very file, made ready when need be; raise its failure; else None."""
        with self._lock:
            failure = self._failures.get(request.path)
            decoded = self._decoded.get(request)
        if failure is not None and failure.identity == now:
            return self._instead(request, failure)
        if decoded is None or decoded.identity != now:
            return None
        if failure is not None:
            self.forget([request.path])  # the file was away and is back
        return self._picture(request, decoded.cells)

    def _new(self, request: Request, now: Identity) -> ImageBlock:
        """Decode the file and remember how that went."""
        try:
            cells = self._decode(request)
        except PictureError as error:
            return self._instead(request, _Failure(error.reason, now))
        with self._lock:
            self._decoded.put(request, _Decoded(cells, now), len(cells.shapes))
            self._failures.pop(request.path)
        return self._picture(request, cells)

    def _picture(self, request: Request, cells: Cells) -> ImageBlock:
        with self._lock:
            drawn = self._drawn.get(request)
        if drawn is not None and drawn[0] is cells:
            return drawn[1]
        ready = image_block(cells, request)
        ready.sheet.prepare()
        with self._lock:
            self._drawn.put(request, (cells, ready), len(cells.shapes))
        return ready

    def _instead(self, request: Request, failure: _Failure) -> ImageBlock:
        """Remember a failure, then return the picture as it was before, or raise when there is none."""
        with self._lock:
            self._failures.put(request.path, failure)
            found = self._older(request)
        if found is None:
            raise PictureError(failure.reason)
        return replace(self._picture(*found), remark=f"{failure.reason}; shown as it was before")

    def _older(self, request: Request) -> tuple[Request, Cells] | None:
        """Find an earlier picture of the file: of the same box, else the largest one that fits into it."""
        if (decoded := self._decoded.get(request)) is not None:
            return request, decoded.cells
        fitting = [
            (earlier, kept.cells)
            for earlier, kept in self._decoded
            if (earlier.path, earlier.mode, earlier.depth) == (request.path, request.mode, request.depth)
            and earlier.columns <= request.columns
            and earlier.rows <= request.rows
        ]
        return max(fitting, key=lambda one: len(one[1].shapes), default=None)
