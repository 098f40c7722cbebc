"""The journal of a talk, written while it runs: one JSON object a line, one file a run.

It must never harm the talk. Every line is one `write` to a descriptor opened for appending, so that a crash tears at
most the last one; the disk is waited for in a thread; and whatever goes wrong becomes one line of `trouble`.
"""

from __future__ import annotations

import datetime as dt
import os
import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec

from presenter import __version__
from presenter.deck.model import Deck
from presenter.history.hashes import deck_hash, slide_hashes
from presenter.history.state_files import (
    RUNS_FOLDER,
    StateFolderError,
    append_private,
    create_private,
    deck_key,
    private_folder,
    state_root,
)
from presenter.safety import clean, clean_line, reason
from presenter.timing.clocks import Clocks
from presenter.timing.plan import Plan
from presenter.timing.reflow import Reflow

RunMode: TypeAlias = Literal["talk", "rehearse"]

TICK_SECONDS: Final = 10.0
"""Seconds between two ticks: what a crash can lose."""
_TRIES: Final = 16
_MOST_WAITING: Final = 1_000_000
"""Bytes that wait for room at most: some ten thousand moves."""
_PATIENCE: Final = 2.0
"""Seconds that the end of the program waits for the disk."""

_sync = getattr(os, "fdatasync", os.fsync)


@cache
def boot_id() -> str:
    """Return what names this run of the machine; empty where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:36]
    except (OSError, ValueError):
        return ""


class Journal:
    """Writes down the runs of one talk. The first file begins when the timer starts; nothing is left by a mere look."""

    def __init__(self, deck: Deck, plan: Plan, clocks: Clocks, mode: RunMode, *, root: Path | None = None) -> None:
        """Find the folder; when there is none that may be used, `trouble` says so and nothing is written.

        Args:
            deck: the talk.
            plan: how long it is meant to take.
            clocks: for the times of day and the talk's clock.
            mode: whether it counts as a rehearsal.
            root: the state folder; the system's when left out.
        """
        self._fault = ""
        """Why nothing can be recorded at all."""
        self._why = ""
        """Why what waits could not be written."""
        self._waiting = bytearray()
        """What could not be written yet: it is tried again."""
        self._lines = 0
        """How many entries wait."""
        self._unsynced = ""
        """Why the disk did not take what was written."""
        self._name = ""
        self.path: Path | None = None
        """The file of the present run, or of the last one."""
        self._clocks = clocks
        self._mode = mode
        self._facts = _facts(deck, plan)
        self._deck = clean(str(deck.path))
        self._handle: int | None = None
        self._running = False
        self._last = 0.0
        self._disk = _Disk(self._settled)
        self._folder: Path | None = None
        try:
            self._folder = private_folder(root or state_root(), RUNS_FOLDER, deck_key(deck))
        except StateFolderError as error:
            self._fault = str(error)

    @property
    def trouble(self) -> str:
        """What is wrong, and what is missing, in one line for the speaker; empty when all is well, or is again."""
        why = self._fault or self._unsynced
        if self._lines:
            many = "1 entry waits" if self._lines == 1 else f"{self._lines} entries wait"
            why = f"{self._why} ({many})"
        return f"this run is not recorded: {clean_line(why)}" if why else ""

    def start(self, slide: str, step: int, elapsed: float, before: str = "") -> None:
        """The timer starts: a new run, in a new file, unless one is going on already.

        Args:
            slide: the id of the slide that is shown.
            step: of the slide, from 0.
            elapsed: what the timer says, in seconds.
            before: the slide that was shown until then, when a move from it started the timer.
        """
        if not self._running:
            self._open()
        self._last = elapsed
        self._write(
            {"k": "start", "e": elapsed, "b": self._clocks.talk(), "s": slide, "p": step}
            | ({"before": before} if before else {}),
            sync=True,
        )

    def go(self, slide: str, step: int, elapsed: float, how: str = "") -> None:
        """Another slide is shown."""
        event = {"k": "go", "e": elapsed, "b": self._clocks.talk(), "s": slide, "p": step, "how": how}
        self._write(event, sync=True)

    def step(self, slide: str, step: int, elapsed: float) -> None:
        """Another step of the slide is shown."""
        self._write({"k": "step", "e": elapsed, "s": slide, "p": step})

    def pause(self, elapsed: float) -> None:
        """The timer stands."""
        self._write({"k": "pause", "e": elapsed}, sync=True)

    def resume(self, elapsed: float, gap: float = 0.0) -> None:
        """The timer goes on, after so many seconds; also after a reset that is undone, in the old file."""
        self._write({"k": "resume", "e": elapsed, "gap": round(gap, 2)})

    def question(self, elapsed: float, *, asked: bool) -> None:
        """A question begins (`asked`) or is over."""
        self._write({"k": "question", "e": elapsed, "on": asked})

    def mark(self, slide: str, elapsed: float, text: str = "") -> None:
        """The speaker marks this moment."""
        self._write({"k": "mark", "e": elapsed, "s": slide, "text": clean_line(text)})

    def sleep(self, elapsed: float, gap: float, *, counted: bool, of: str = "") -> None:
        """The machine slept.

        Args:
            elapsed: elapsed talk time in seconds; when the sleep does not count, after it was taken out.
            gap: its seconds.
            counted: whether they count.
            of: the slide whose time they are; empty for a question.
        """
        self._write({"k": "sleep", "e": elapsed, "gap": round(gap, 2), "counted": counted, "of": of})

    def reloaded(self, deck: Deck, plan: Plan, elapsed: float) -> None:
        """The deck was changed while it is shown."""
        self._facts = _facts(deck, plan)
        self._write({"k": "deck", "e": elapsed, **self._facts})

    def reflowed(self, done: Reflow, elapsed: float) -> None:
        """The rest of the plan was fitted into the time left. The run keeps the plan that it began with."""
        times = {slide.id: round(slide.seconds, 1) for slide in done.after.slides}
        self._write({"k": "reflow", "e": elapsed, "target": times, "dropped": done.dropped})

    def tick(self, elapsed: float) -> None:
        """Time passes; to be called as often as is convenient."""
        if elapsed - self._last >= TICK_SECONDS:
            self._write({"k": "tick", "e": elapsed})

    def end(self, elapsed: float, why: str = "quit") -> None:
        """The run is over. Nothing more is written until a `start`, which is a new run, or a `resume`."""
        self._write({"k": "end", "e": elapsed, "why": why}, sync=True)
        self._running = False

    def reopen(self, name: str, elapsed: float) -> bool:
        """Go on with a run that broke off, such as after a crash; say whether its file could be opened.

        Args:
            name: of its file, see `Standing.run`.
            elapsed: elapsed talk time in seconds.
        """
        if self._folder is None or Path(name).name != name:
            return False
        try:
            self._handle = append_private(self._folder / name)
        except OSError:
            return False
        self.path = self._folder / name
        # A line that was cut short is closed first, so that only it is lost.
        self._waiting, self._lines = bytearray(b"\n" * _torn(self.path)), 0
        self._running = True
        self.resume(elapsed)
        return True

    def close(self) -> None:
        """Let go of the file, when the disk has what was written or does not answer."""
        self._drain()
        handle, self._handle = self._handle, None
        self._running = False
        disk, self._disk = self._disk, _Disk(self._settled)
        if handle is not None and disk.finish():
            with suppress(OSError):
                os.close(handle)

    def retry(self) -> None:
        """Write what could not be written before; nothing where all is."""
        if self._lines:
            self._drain(sync=True)

    def _open(self) -> None:
        """Begin a run with what is known before the talk; its file is made with the first thing that is written."""
        self.close()
        self._waiting, self._lines, self._running = bytearray(), 0, self._folder is not None
        now = dt.datetime.fromtimestamp(self._clocks.wall(), dt.UTC)
        self._name = f"{now:%Y-%m-%dT%H-%M-%SZ}"
        began = now.astimezone().isoformat(timespec="milliseconds")
        clocks = {"t": began, "b": round(self._clocks.talk(), 2), "boot": boot_id()}
        about = {"deck": self._deck, "mode": self._mode, "app": __version__}
        self._write({"k": "begin", "v": 1, **clocks, **about, **self._facts})

    def _create(self) -> None:
        """Make the file of the run, where that is possible."""
        if self._folder is None:
            return
        for _ in range(_TRIES):
            path = self._folder / f"{self._name}-{os.urandom(2).hex()}.jsonl"
            try:
                self._handle = create_private(path)
            except FileExistsError:
                continue
            except OSError as error:
                self._why = reason(error)
                return
            self.path = path
            return
        self._why = "all names are taken"

    def _write(self, event: dict[str, Any], *, sync: bool = False) -> None:
        if not self._running and (event["k"] != "resume" or self._handle is None):
            return
        self._running = True
        for key in ("e", "b"):
            if key in event:
                event[key] = round(event[key], 2)
        self._last = event.get("e", self._last)
        if len(self._waiting) < _MOST_WAITING:
            self._waiting += msgspec.json.encode(event) + b"\n"
            self._lines += 1
        self._drain(sync=sync)

    def _drain(self, *, sync: bool = False) -> None:
        """Write all that waits, as far as there is room: a line is never begun anew in its middle."""
        if self._waiting and self._handle is None:
            self._create()
        if not self._waiting or self._handle is None:
            return
        try:
            written = os.write(self._handle, self._waiting)
        except OSError as error:
            self._why = reason(error)
            return
        del self._waiting[:written]
        self._lines = self._waiting.count(b"\n")
        if self._waiting:
            self._why = "no space left on device"
        elif sync:
            self._disk.settle(self._handle)

    def _settled(self, why: str) -> None:
        """Take what the disk said: why it failed, or nothing when it has everything."""
        self._unsynced = why


def _torn(path: Path) -> bool:
    """Say whether what was written last to a file is a part of a line; unknown counts as that."""
    try:
        with path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"
    except OSError:
        return True


class _Disk:
    """Waits for the disk, in a thread of its own: on a slow one a talk would stand still."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._jobs: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def settle(self, handle: int) -> None:
        """Have everything written so far put on the disk, soon."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="presenter-journal", daemon=True)
            self._thread.start()
        self._jobs.put(handle)

    def finish(self) -> bool:
        """Wait a moment for what is still to be done; say whether it is, so that the file may be closed."""
        if self._thread is None:
            return True
        self._jobs.put(None)
        self._thread.join(_PATIENCE)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (handle := self._jobs.get()) is not None:
            try:
                _sync(handle)
            except OSError as error:
                self._tell(reason(error))
            else:
                self._tell("")


def _facts(deck: Deck, plan: Plan) -> Mapping[str, Any]:
    """Return what a run has to remember of its deck, to be compared with others."""
    hashes = slide_hashes(deck)
    return {
        "hash": deck_hash(hashes),
        "T": plan.duration,
        "main": [slide.id for slide in plan.talk],
        "plan": {slide.id: slide.seconds for slide in plan.talk},
        "src": {slide.id: slide.source for slide in plan.talk},
        "breaks": [slide.id for slide in plan.breaks],
        "h": hashes,
    }
