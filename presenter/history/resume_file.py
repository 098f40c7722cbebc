"""Taking a talk up again where it was, after a crash or a closed window."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from presenter.deck.model import Deck
from presenter.history.journal import boot_id
from presenter.history.state_files import (
    RESUME_FOLDER,
    StateFolderError,
    deck_key,
    private_folder,
    read_private,
    replace_private,
    set_aside,
    state_root,
)
from presenter.safety import reason
from presenter.timing.clocks import Clocks
from presenter.timing.time_log import TimeLog, TimeLogRecord

MAX_AGE_SECONDS: Final = 12 * 3600.0
"""Seconds after which a talk is not taken up again."""
WRITE_INTERVAL: Final = 1.0
"""Seconds between two writes without a move: what a crash can lose, see `session.resuming.KEPT`."""


_LONGEST: Final = 7 * 24 * 3600.0
"""Seconds of a talk at most: more was written by no talk."""


class _Saved(Struct, frozen=True):
    v: int
    slide: str
    step: Annotated[int, Meta(ge=0, le=100_000)]
    e: Annotated[float, Meta(ge=-1, le=_LONGEST)]
    running: bool
    b: Annotated[float, Meta(ge=-1e12, le=1e12)]
    boot: str
    wall: Annotated[float, Meta(ge=-1e12, le=1e12)]
    run: str
    ended: bool
    account: TimeLogRecord


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """Where a talk stands."""

    slide: str
    step: int
    elapsed: float
    running: bool
    account: TimeLog
    run: str = ""
    """The file of its journal."""
    ended: bool = False
    gap: float = 0.0
    """Seconds of `elapsed` that passed after it was written."""


class ResumeFile:
    """Keeps where a talk stands. Whatever goes wrong becomes one line of `trouble`, and the talk goes on."""

    def __init__(self, deck: Deck, clocks: Clocks, *, root: Path | None = None) -> None:
        """Find the folder; the state folder is the system's when `root` is left out."""
        self.trouble = ""
        self.notice = ""
        """What `find` has to say of a file that it could not read; empty for nothing."""
        self._clocks = clocks
        self._boot = boot_id()
        self._due = float("-inf")
        self._path: Path | None = None
        try:
            self._path = private_folder(root or state_root(), RESUME_FOLDER) / f"{deck_key(deck)}.json"
        except StateFolderError as error:
            self.trouble = f"the talk cannot be taken up again after a crash: {error}"

    def keep(self, standing: ResumePoint, *, moved: bool = True) -> None:
        """Write down where the talk stands: at every move, else when a second has passed."""
        now = self._clocks.talk()
        if self._path is None or (not moved and now < self._due):
            return
        self._due = now + WRITE_INTERVAL
        saved = _Saved(
            v=1,
            slide=standing.slide,
            step=standing.step,
            e=standing.elapsed,
            running=standing.running,
            b=now,
            boot=self._boot,
            wall=self._clocks.wall(),
            run=standing.run,
            ended=standing.ended,
            account=TimeLogRecord.of(standing.account),
        )
        try:
            replace_private(self._path, msgspec.json.encode(saved))
        except OSError as error:
            self.trouble = f"the talk cannot be taken up again after a crash: {reason(error)}"
        else:
            self.trouble = ""

    def find(self) -> ResumePoint | None:
        """Return where the talk stood, with the time since counted if its timer ran.

        None when there is nothing to take up: it ended, it is more than twelve hours old, or nothing can be read.
        """
        if self._path is None:
            return None
        try:
            saved = msgspec.json.decode(read_private(self._path), type=_Saved)
            if saved.v != 1:
                raise msgspec.ValidationError("another version")
        except OSError:
            return None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self.notice = set_aside(self._path, "where an earlier talk stood cannot be read")
            return None
        age = self._age(saved)
        if saved.ended or age >= MAX_AGE_SECONDS:
            return None
        gap = age if saved.running else 0.0
        return ResumePoint(
            slide=saved.slide,
            step=saved.step,
            elapsed=max(0.0, saved.e) + gap,
            running=saved.running,
            account=saved.account.account(),
            run=saved.run,
            gap=gap,
        )

    def forget(self) -> None:
        """Offer nothing of an earlier talk any more."""
        with suppress(OSError):
            if self._path is not None:
                self._path.unlink()

    def _age(self, saved: _Saved) -> float:
        """Return the seconds since it was written: by the talk's clock, or by the wall's after a restart."""
        same = self._boot and saved.boot == self._boot
        return max(0.0, self._clocks.talk() - saved.b if same else self._clocks.wall() - saved.wall)
