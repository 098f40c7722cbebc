"""Rehearsals compared: what each slide really takes, and which ones run over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from presenter.history.runs import Run
from presenter.history.stats import deviation, mean, median, rounded, scaled_mad, theil_sen_slope
from presenter.timing.plan import Plan

ROUND_TO: Final = 5
"""Seconds to which suggested times are rounded."""
RUNS_USED: Final = 3
"""A suggestion comes from so many of the last runs."""
OVERRUN_SECONDS: Final = 5.0
OVERRUN_SHARE: Final = 0.1
"""A slide may take so many seconds, or this share of its plan, more before it runs over."""
_OVER: Final = 0.5
"""Nobody is over by less than what is shown."""


@dataclass(frozen=True, slots=True)
class ComparedSlide:
    """One slide, or the whole talk, over the complete runs in which it was seen as it is now. Times are seconds."""

    id: str
    label: str
    title: str
    plan: float
    source: str
    times: tuple[float | None, ...]
    """One a run, in order; None where it was not seen, or was another slide."""
    words: float = 0.0
    changed: bool = False
    """Some runs saw an older version of it; their times are left out."""

    @property
    def known(self) -> list[float]:
        """The times that there are."""
        return [time for time in self.times if time is not None]

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.known)

    @property
    def over(self) -> int:
        """In how many runs it took longer than planned."""
        return sum(time - self.plan >= _OVER for time in self.known)


@dataclass(frozen=True, slots=True)
class SlideStatistics:
    """What the runs say about a row; only for rows with a time."""

    n: int
    mean: float
    median: float
    sd: float
    spread: float
    low: float
    high: float
    last: float
    trend: float
    """Seconds a run."""
    over: int
    runs_over: bool
    """It takes too long as a rule: over in two thirds of two or more runs, by a median of 5 s or a tenth."""
    suggestion: int
    """The median of the last three runs, rounded to 5 s."""


def slide_statistics(row: ComparedSlide) -> SlideStatistics | None:
    """Work out what the runs say about a row; None when none saw it."""
    known = row.known
    if not known:
        return None
    middle = median(known)
    often = 3 * row.over >= 2 * len(known)
    return SlideStatistics(
        n=len(known),
        mean=mean(known),
        median=middle,
        sd=deviation(known),
        spread=scaled_mad(known),
        low=min(known),
        high=max(known),
        last=known[-1],
        trend=theil_sen_slope(row.times),
        over=row.over,
        runs_over=len(known) > 1 and often and middle > row.plan + max(OVERRUN_SECONDS, OVERRUN_SHARE * row.plan),
        suggestion=rounded(median(known[-RUNS_USED:]), ROUND_TO),
    )


@dataclass(frozen=True)
class Comparison:
    """All runs of a talk, compared."""

    rows: tuple[ComparedSlide, ...]
    """The slides on the main path, in order, without breaks."""
    total: ComparedSlide
    stats: Mapping[str, SlideStatistics]
    """By slide id; without the slides that no run has seen."""
    total_stats: SlideStatistics | None
    runs: tuple[Run, ...]
    """The complete ones, oldest first: what `times` of rows stand for."""
    all_runs: int
    """How many there are, incomplete ones too."""
    gone: tuple[str, ...] = ()
    """Ids that runs know and the deck does not."""

    @property
    def best(self) -> float | None:
        """The total that is nearest to the plan."""
        known = self.total.known
        return min(known, key=lambda time: abs(time - self.total.plan)) if known else None

    @property
    def sum_of_medians(self) -> float:
        """How long a talk of only usual slides takes; a slide that was never seen takes its plan."""
        return sum(self.stats[row.id].median if row.id in self.stats else row.plan for row in self.rows)

    @property
    def saving(self) -> float:
        """What would be saved if no slide took longer than its plan."""
        return sum(max(0.0, self.stats[row.id].median - row.plan) for row in self.rows if row.id in self.stats)

    @property
    def wpm(self) -> int | None:
        """The words a minute that the speaker reached over slides with notes; None when nothing can be said."""
        words = seconds = 0.0
        for row in self.rows:
            if row.words:
                words += row.words * row.n
                seconds += sum(row.known)
        return round(60 * words / seconds) if seconds >= 1 and words else None


def compare(plan: Plan, hashes: Mapping[str, str], runs: Sequence[Run], *, every_version: bool = False) -> Comparison:
    """Compare the complete runs of a talk.

    Runs match slides by their ids; a slide whose id no run knows takes the times of one with the same content that has
    left the deck, so a new id keeps its history.

    Args:
        plan: the present plan.
        hashes: the present marks of the slides, see `slide_hashes`.
        runs: all runs, oldest first.
        every_version: keep the times of older versions of slides.
    """
    complete = tuple(run for run in runs if run.complete)
    former = _former(hashes, complete)
    rows = []
    for slide in plan.talk:
        times, changed = _times(slide.id, former.get(slide.id, ""), hashes.get(slide.id, ""), complete)
        kept = [time for time, _ in times] if every_version else [None if old else time for time, old in times]
        row = ComparedSlide(
            slide.id,
            slide.label,
            slide.title,
            slide.seconds,
            slide.source,
            tuple(kept),
            slide.speech.words,
            changed,
        )
        rows.append(row)
    target = plan.target - sum(slide.seconds for slide in plan.breaks)
    total = ComparedSlide("", "", "total", target, "", tuple(run.spoken for run in complete))
    known = {row.id: found for row in rows if (found := slide_statistics(row)) is not None}
    used = {*former.values(), *hashes}
    gone = dict.fromkeys(name for run in complete for name in run.main if name not in used)
    return Comparison(tuple(rows), total, known, slide_statistics(total), complete, len(runs), tuple(gone))


def _times(name: str, former: str, mark: str, runs: Sequence[Run]) -> tuple[list[tuple[float | None, bool]], bool]:
    """Return a slide's time in each run and whether it was an older version then; and whether it ever was."""
    found: list[tuple[float | None, bool]] = []
    for run in runs:
        known = name if name in run.times or not former else former
        old = run.hashes.get(known, mark) != mark
        found.append((run.times.get(known), old))
    return found, any(old and time is not None for time, old in found)


def _former(hashes: Mapping[str, str], runs: Sequence[Run]) -> dict[str, str]:
    """Return the ids that slides had before they were renamed: same content, and nobody has the old id now."""
    latest = {mark: name for run in runs for name, mark in run.hashes.items() if name not in hashes}
    seen = {name for run in runs for name in run.times}
    return {name: latest[mark] for name, mark in hashes.items() if name not in seen and mark in latest}


def suggestions(
    found: Comparison, *, source: str = "median3", step: int = ROUND_TO, only: Sequence[str] = ()
) -> dict[str, int]:
    """Return the times that slides should get: those whose time would change by 5 s or more.

    Args:
        found: the runs.
        source: `median3`, the median of the last three complete runs in which the slide was seen, or `last`, the last.
        step: seconds to which times are rounded.
        only: ids; all slides when there are none.
    """
    wanted = {}
    for row in found.rows:
        if not row.n or (only and row.id not in only):
            continue
        seconds = rounded(row.known[-1] if source == "last" else median(row.known[-RUNS_USED:]), step)
        if abs(seconds - row.plan) >= ROUND_TO:
            wanted[row.id] = seconds
    return wanted
