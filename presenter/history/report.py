"""The report at the end of a run: where the time went, beside the plan and the runs before. Plain data, and text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.cells import cell_len

from presenter.history.compare import Comparison
from presenter.history.formats import pad_cells
from presenter.history.runs import Run, RunMark
from presenter.timing.durations import format_clock, format_signed
from presenter.timing.plan import Plan

MAX_SLOWEST: Final = 5
_TITLE: Final = 28
_HALF: Final = 10
"""Cells of a bar on either side of the plan."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A slide, a section or the whole talk. Times are seconds; None where there is nothing to say."""

    name: str
    """A slide's number; empty for sections and the talk."""
    title: str
    planned: float
    this: float | None
    last: float | None = None
    median: float | None = None
    slide: str = ""
    """Its id; empty for sections and the talk."""
    marks: int = 0
    before: bool = False
    """It was shown before the timer started: its plan is no part of any sum."""

    @property
    def over(self) -> float:
        """Seconds over the plan; negative is under it, 0 for a slide that was not shown."""
        return 0.0 if self.this is None else self.this - self.planned


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section with its slides."""

    line: ReportRow
    slides: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class RunReport:
    """Where the time of one run went."""

    run: Run
    parts: tuple[ReportSection, ...]
    total: ReportRow
    aside: tuple[ReportRow, ...]
    """Slides off the main path that were shown."""
    slowest: tuple[ReportRow, ...]
    """The slides that were longest over their plan, worst first."""
    wpm: int | None
    """Words a minute over slides with notes."""
    marks: tuple[RunMark, ...]
    breaks: tuple[ReportRow, ...] = ()
    """Their time is part of no sum."""

    @property
    def lines(self) -> list[ReportRow]:
        """All slides on the main path."""
        return [line for part in self.parts for line in part.slides]

    @property
    def widest(self) -> float:
        """The largest difference between a slide and its plan, for the scale of bars."""
        return max((abs(line.over) for line in self.lines), default=0.0)


def make_report(plan: Plan, run: Run, before: Comparison) -> RunReport:
    """Make the report of a run.

    Args:
        plan: the present plan; a slide keeps the time that was planned for it when the run began.
        run: the run.
        before: the runs before it.
    """
    earlier = before.runs[-1] if before.runs else None
    marks = [mark.slide for mark in run.marks]
    lines = [
        ReportRow(
            name=slide.label,
            title=slide.title or slide.id,
            planned=run.plan.get(slide.id, slide.seconds),
            this=run.times.get(slide.id),
            last=earlier.times.get(slide.id) if earlier else None,
            median=before.stats[slide.id].median if slide.id in before.stats else None,
            slide=slide.id,
            marks=marks.count(slide.id),
            before=slide.id == run.before and slide.id not in run.times,
        )
        for slide in plan.slides
    ]
    main = {slide.id for slide in plan.slides}
    aside = tuple(ReportRow("", name, 0.0, time, slide=name) for name, time in run.times.items() if name not in main)
    parts = []
    for part in plan.parts:
        here = range(part.first, part.first + part.size)
        inside = tuple(lines[place] for place in here if not plan.slides[place].is_break)
        parts.append(ReportSection(_sum(part.title, inside), inside))
    breaks = tuple(line for line, slide in zip(lines, plan.slides, strict=True) if slide.is_break)
    lines = [line for line in lines if line not in breaks]
    last = earlier.spoken if earlier else None
    usual = before.total_stats.median if before.total_stats else None
    planned = sum(line.planned for line in lines if not line.before)
    slowest = sorted((line for line in lines if line.over >= 1), key=lambda line: -line.over)[:MAX_SLOWEST]
    return RunReport(
        run=run,
        parts=tuple(parts),
        total=ReportRow("", "total", planned, run.spoken, last, usual),
        aside=aside,
        slowest=tuple(slowest),
        wpm=_wpm(plan, run.times),
        marks=run.marks,
        breaks=breaks,
    )


def _sum(title: str, lines: Sequence[ReportRow]) -> ReportRow:
    def total(values: list[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    return ReportRow(
        name="",
        title=title,
        planned=sum(line.planned for line in lines if not line.before),
        this=total([line.this for line in lines]),
        last=total([line.last for line in lines]),
        median=total([line.median for line in lines]),
        marks=sum(line.marks for line in lines),
    )


def _wpm(plan: Plan, times: Mapping[str, float]) -> int | None:
    """Return the words a minute over slides with notes that were shown."""
    said = [slide for slide in plan.slides if slide.speech.halves and times.get(slide.id, 0.0) > 0]
    seconds = sum(times[slide.id] for slide in said)
    return round(60 * sum(slide.speech.words for slide in said) / seconds) if seconds >= 1 else None


def difference_bar(over: float, widest: float, half: int = _HALF) -> str:
    """Draw a difference around the plan, `2 * half + 1` cells wide: to the left what was under it, to the right over.

    >>> bar(5, 10, 4), bar(-10, 10, 4), bar(0, 10, 4)
    ('    │━━  ', '━━━━│    ', '    │    ')
    """
    cells = round(half * min(1.0, abs(over) / widest)) if widest > 0 else 0
    return f"{'━' * cells if over < 0 else '':>{half}}│{'━' * cells if over > 0 else '':<{half}}"


def report_text(found: RunReport, *, narrow: bool = False) -> str:
    """Write a report for people; a narrow one fits 80 columns."""
    half = _HALF // 3 if narrow else _HALF
    run = found.run
    titles = [line.title for line in (*found.lines, *found.aside, *found.breaks, *(part.line for part in found.parts))]
    width = max(5, *(min(_TITLE * (2 if narrow else 3) // 3, cell_len(title)) for title in titles)) if titles else 5
    label = max([1, *(len(line.name) for line in (*found.lines, *found.breaks))])
    kind = "rehearsal" if run.mode == "rehearse" else "talk"
    ended = "" if run.ended else ", broke off"
    questions = f", questions {format_clock(run.questions)}" if run.questions >= 1 else ""
    blank = " " * (2 * half + 1)
    out = [
        f"{kind} of {run.day}: {format_clock(run.total)}{questions}{ended}{_verdict(found.total)}",
        "",
        f"{'':{label}}  {'':{width}}  {'planned':>7} {'this':>7} {blank} {'':>9} {'last':>7} {'median':>7}",
    ]
    for part in found.parts:
        if part.line.title and len(found.parts) > 1:
            out += ["", _text(part.line, (label, width), 0, half)]
        out += [_text(line, (label, width), found.widest, half) for line in part.slides]
    if found.aside:
        out += ["", "off the main path"]
        out += [f"{'':{label}}  {pad_cells(line.title, width)}  {'':>7} {_time(line.this)}" for line in found.aside]
    if found.breaks:
        out += ["", "breaks", *(_text(line, (label, width), 0, half) for line in found.breaks)]
    out += ["", _text(found.total, (label, width), 0, half), "", *_notes(found, (label, width))]
    return "\n".join(line.rstrip() for line in out).rstrip() + "\n"


def _text(line: ReportRow, widths: tuple[int, int], widest: float, half: int) -> str:
    """Write one line; `widths` are those of the slides' numbers and of the titles."""
    label, width = widths
    drawn = difference_bar(line.over, widest, half) if line.slide and line.this is not None else " " * (2 * half + 1)
    unseen = "" if not line.slide else "before" if line.before else "not shown"
    over = format_signed(line.over) if line.this is not None else unseen
    mark = f"  {'*' * line.marks}" if line.slide and line.marks else ""
    # What is no slide begins where the numbers of slides do.
    name = (
        f"{line.name:<{label}}  {pad_cells(line.title, width)}"
        if line.slide
        else pad_cells(line.title, label + 2 + width)
    )
    return (
        f"{name}  {_time(line.planned)} {_time(line.this)} {drawn} {over:>9} "
        f"{_time(line.last)} {_time(line.median)}{mark}"
    )


def _time(seconds: float | None) -> str:
    return f"{'' if seconds is None else format_clock(seconds):>7}"


def _verdict(total: ReportRow) -> str:
    """Say how a run stands to its plan; nothing when nothing was planned."""
    if not total.planned:
        return ""
    if abs(total.over) < 1:
        return ", on plan"
    return f", {format_clock(abs(total.over))} {'over' if total.over > 0 else 'under'} the plan"


def _notes(found: RunReport, widths: tuple[int, int]) -> list[str]:
    label, width = widths
    lines: list[str] = []
    if found.slowest:
        lines.append("longest over their plan")
        lines += [
            f"{line.name:<{label}}  {pad_cells(line.title, width)}  {format_signed(line.over):>7}"
            for line in found.slowest
        ]
        lines.append("")
    if found.wpm:
        lines.append(f"{found.wpm} words a minute over slides with notes")
    titles = {line.slide: f"{line.name} {line.title}" for line in found.lines}
    for mark in found.marks:
        words = f"marked at {format_clock(mark.elapsed)}: {titles.get(mark.slide, mark.slide)}"
        lines.append(f"{words}: {mark.text}" if mark.text else words)
    return lines


def report_data(found: RunReport) -> dict[str, Any]:
    """Return a report as plain data. Times are seconds."""

    def line(one: ReportRow) -> dict[str, Any]:
        return {key: getattr(one, key) for key in one.__slots__} | {"over": one.over}

    return {
        "run": found.run.name,
        "began": found.run.began,
        "sections": [{**line(part.line), "slides": [line(one) for one in part.slides]} for part in found.parts],
        "total": line(found.total),
        "breaks": [line(one) for one in found.breaks],
        "aside": [line(one) for one in found.aside],
        "slowest": [one.slide for one in found.slowest],
        "wpm": found.wpm,
        "questions": found.run.questions,
        "marks": [{"elapsed": mark.elapsed, "slide": mark.slide, "text": mark.text} for mark in found.marks],
    }
