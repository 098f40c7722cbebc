"""Runs read back: a journal folded to the seconds of each slide.

A reader takes what a crash leaves: a torn last line and lines that it does not know are passed over, and a run is as
long as the largest time in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from presenter.history.state_files import read_private, run_files, set_aside
from presenter.safety import clean_line

COMPLETE_SHARE: Final = 0.8
"""The share of the main slides that a complete run has shown."""
_LONGEST: Final = 7 * 24 * 3600.0


class _Event(Struct):
    """One line: any of its kinds."""

    k: str
    v: int = 1
    e: float | None = None
    s: str = ""
    t: str = ""
    mode: str = ""
    T: float | None = None
    main: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    plan: dict[str, float] = {}
    h: dict[str, str] = {}
    gap: float = 0.0
    counted: bool = True
    of: str | None = None
    on: bool = False
    text: str = ""
    why: str = ""
    how: str = ""
    before: str = ""


_DECODER: Final = msgspec.json.Decoder(_Event)


@dataclass(frozen=True, slots=True)
class RunMark:
    """A moment that the speaker marked."""

    elapsed: float
    slide: str
    text: str


@dataclass(frozen=True)
class Run:
    """One run of a talk. Times are seconds."""

    name: str
    """Of its file, without ending."""
    began: str = ""
    """Local time, ISO 8601 with its offset."""
    mode: str = ""
    duration: float | None = None
    main: tuple[str, ...] = ()
    """Ids of the slides on the main path, in order."""
    plan: Mapping[str, float] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)
    """Of the slides that were shown, hidden and appendix slides too."""
    total: float = 0.0
    questions: float = 0.0
    ended: str = ""
    """How it ended; empty when it broke off."""
    marks: tuple[RunMark, ...] = ()
    before: str = ""
    """The slide that was shown until the move that started the timer: seen, though its time is not known."""
    cut: frozenset[str] = frozenset()
    """Slides on which it broke off and was taken up again: nobody knows how much of their time was spoken."""
    breaks: frozenset[str] = frozenset()
    """Ids of the breaks: they are in no plan, and nobody speaks."""

    @property
    def rested(self) -> float:
        """Seconds of breaks."""
        return sum(time for name, time in self.times.items() if name in self.breaks)

    @property
    def spoken(self) -> float:
        """Seconds of slides: the total without questions and breaks."""
        return self.total - self.questions - self.rested

    @property
    def complete(self) -> bool:
        """The last main slide was shown to its end, and most of the others were seen."""
        seen = sum(name in self.times or name == self.before for name in self.main)
        if not self.ended or (self.main and self.main[-1] in self.cut):
            return False
        return bool(self.main) and self.main[-1] in self.times and seen >= COMPLETE_SHARE * len(self.main)

    @property
    def day(self) -> str:
        """When it began, as in `2026-11-22 14:34`."""
        return self.began[:16].replace("T", " ")


def read_runs(
    root: Path, key: str, former: Mapping[str, str] | None = None, tell: Callable[[str], None] | None = None
) -> list[Run]:
    """Read all runs of a deck, oldest first; files that cannot be read or hold no run are passed over.

    Args:
        root: the state folder.
        key: of the deck, see `state_files.deck_key`.
        former: present ids of slides by those that they had before, see `hashes.former_ids`.
        tell: takes what is to be said of files that are damaged, or of another version: these are set aside then.
    """
    runs = [run for path in run_files(root, key) if (run := read_run(path, tell)) is not None]
    return [with_current_ids(run, former) for run in runs] if former else runs


def with_current_ids(run: Run, former: Mapping[str, str]) -> Run:
    """Return a run with the ids that its slides have now.

    Where a run knows both ids of a slide, as after a change while it was recorded, their times are added up.
    """
    if not any(name in former for name in (*run.main, *run.times)):
        return run
    times: dict[str, float] = {}
    for name, seconds in run.times.items():
        now = former.get(name, name)
        times[now] = times.get(now, 0.0) + seconds
    return replace(
        run,
        main=tuple(dict.fromkeys(former.get(name, name) for name in run.main)),
        plan={former.get(name, name): seconds for name, seconds in run.plan.items()},
        hashes={former.get(name, name): mark for name, mark in run.hashes.items()},
        times=times,
        cut=frozenset(former.get(name, name) for name in run.cut),
        breaks=frozenset(former.get(name, name) for name in run.breaks),
        before=former.get(run.before, run.before),
        marks=tuple(replace(mark, slide=former.get(mark.slide, mark.slide)) for mark in run.marks),
    )


def read_run(path: Path, tell: Callable[[str], None] | None = None) -> Run | None:
    """Read one run; None when the file cannot be read, or the talk never began. See `read_runs` for `tell`."""
    try:
        data = read_private(path)
    except OSError:
        return None
    if data and not _begins(data):
        if tell is not None:
            tell(set_aside(path, f"the run {clean_line(path.stem)} cannot be read"))
        return None
    return fold_journal(path.stem, data.split(b"\n"))


def _begins(data: bytes) -> bool:
    """Say whether a journal begins as this version writes them."""
    try:
        event = _DECODER.decode(data.partition(b"\n")[0])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return event.k == "begin" and event.v == 1


def fold_journal(name: str, lines: Iterable[bytes]) -> Run | None:
    """Fold the lines of a journal to a run; None when the talk never began."""
    folded = _Fold()
    for line in lines:
        if not line:
            continue
        try:
            event = _DECODER.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        if event.e is not None and not 0 <= event.e <= _LONGEST:
            continue
        folded.take(event)
    return folded.run(name)


class _Fold:
    """A journal, read up to some line."""

    def __init__(self) -> None:
        self.begin = _Event("begin")
        self.facts = self.begin
        self.times: dict[str, float] = {}
        self.slide = ""
        self.asking = False
        self.questions = 0.0
        self.last = 0.0
        self.ended = ""
        self.marks: list[RunMark] = []
        self.cut: set[str] = set()
        self.before = ""

    def take(self, event: _Event) -> None:
        """Read one line."""
        kind = event.k
        if kind == "begin":
            self.begin = self.facts = event
            return
        if kind == "sleep" and not event.counted:
            self._take_out(event)
        if event.e is not None:
            self._until(event.e)
        if kind == "go" and event.how == "resume":
            self.cut.add(self.slide)
        if kind == "start" and event.before:
            self.before = clean_line(event.before)
        if kind in {"start", "go"}:
            self.slide = clean_line(event.s)
            self.times.setdefault(self.slide, 0.0)
        elif kind == "question":
            self.asking = event.on
        elif kind == "mark":
            self.marks.append(RunMark(self.last, clean_line(event.s), clean_line(event.text)))
        elif kind == "deck":
            self.facts = event
        self.ended = (event.why or "quit") if kind == "end" else ""

    def _until(self, elapsed: float) -> None:
        passed = max(0.0, elapsed - self.last)
        self.last = max(self.last, elapsed)
        if self.asking:
            self.questions += passed
        elif self.slide:
            self.times[self.slide] += passed

    def _take_out(self, event: _Event) -> None:
        """Sleep was counted up to here, and is not any more."""
        gap = max(0.0, event.gap)
        if event.of is None or event.e is None:  # written before it said whose time it was
            gone = min(gap, self.questions if self.asking else self.times.get(self.slide, 0.0))
            self.last -= gone
        else:
            self._until(event.e + gap)
            gone, self.last = gap, event.e
        slide = self.slide if event.of is None else clean_line(event.of)
        if (self.asking and event.of is None) or event.of == "":
            self.questions = max(0.0, self.questions - gone)
        else:
            self.times[slide] = max(0.0, self.times.get(slide, 0.0) - gone)

    def run(self, name: str) -> Run | None:
        """Return the run as far as it was read."""
        if not self.times:
            return None
        facts = self.facts
        return Run(
            name=name,
            began=clean_line(self.begin.t),
            mode=clean_line(self.begin.mode),
            duration=facts.T,
            main=tuple(map(clean_line, facts.main)),
            plan=facts.plan,
            hashes=facts.h,
            times=self.times,
            total=self.last,
            questions=self.questions,
            ended=clean_line(self.ended),
            marks=tuple(self.marks),
            cut=frozenset(self.cut),
            before=self.before,
            breaks=frozenset(map(clean_line, facts.breaks)),
        )
