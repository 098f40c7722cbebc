"""Comparisons and runs as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from rich.cells import cell_len, set_cell_size

from presenter.history.compare import ComparedSlide, Comparison, SlideStatistics
from presenter.history.runs import Run
from presenter.timing.durations import format_clock, format_exact

_BARS: Final = "▁▂▃▄▅▆▇█"
_TITLE: Final = 28
"""Cells for titles, at most."""
_FELT: Final = 5.0
"""Seconds that fill a sparkline at least."""
_HISTORY: Final = 12
"""Runs in a sparkline."""


def pad_cells(text: str, width: int) -> str:
    """Make a text exactly so many cells wide; what is cut ends in `…`."""
    if cell_len(text) > width:
        text = set_cell_size(text, max(0, width - 1)).rstrip() + "…"
    return set_cell_size(text, width)


def sparkline(values: Sequence[float | None]) -> str:
    """Draw values as a row of bars, the least one lowest; a gap where there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    # Differences that nobody feels are not blown up.
    middle, span = (min(known) + max(known)) / 2, max(_FELT, max(known) - min(known))
    top = len(_BARS) - 1

    def bar(value: float | None) -> str:
        if value is None:
            return " "
        return _BARS[round(top * ((value - middle) / span + 0.5))]

    return "".join(map(bar, values))


def comparison_table(found: Comparison) -> str:
    """Write a comparison as a table for people."""
    if not found.runs:
        many = f"{found.all_runs} run{'s' * (found.all_runs != 1)}, none complete" if found.all_runs else "no runs"
        return f"There is nothing to compare yet: {many}. `presenter rehearse DECK` records one.\n"
    width = max(5, min(_TITLE, max((cell_len(row.title or row.id) for row in found.rows), default=5)))
    head = f"  {'':{width}}  {'plan':>7} {'median':>7} {'±':>6} {'last':>7} {'trend':>6} {'over':>6}"
    lines = [head, *(_line(row, found.stats.get(row.id), width) for row in found.rows)]
    count = f"runs {found.all_runs} ({len(found.runs)} complete)"
    lines += [f"{_line(found.total, found.total_stats, width)}  {count}", "", *_summary(found)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _line(row: ComparedSlide, stats: SlideStatistics | None, width: int) -> str:
    name = pad_cells(row.title or row.id, width)
    if stats is None:
        return (
            f"  {name}  {format_clock(row.plan):>7} {'-':>7} {'':>6} {'-':>7} {'':>6} {'0/0':>6}{_remarks(row, None)}"
        )
    mark = "▶" if stats.runs_over and row.id else " "
    return (
        f"{mark} {name}  {format_clock(row.plan):>7} {format_clock(stats.median):>7} {format_clock(stats.spread):>6} "
        f"{format_clock(stats.last):>7} {_trend(stats.trend):>6} {f'{stats.over}/{stats.n}':>6}"
        f"  {sparkline(row.times[-_HISTORY:])}{_remarks(row, stats)}"
    )


def _trend(seconds: float) -> str:
    return f"{round(seconds, 1) + 0.0:+.1f}"


def _remarks(row: ComparedSlide, stats: SlideStatistics | None) -> str:
    remarks = []
    if stats and stats.runs_over and row.id:
        remarks.append(f"RUNS OVER  suggest {format_clock(stats.suggestion)}")
    if row.changed:
        remarks.append("changed since")
    return "".join(f"  {remark}" for remark in remarks)


def _summary(found: Comparison) -> list[str]:
    best = found.best
    lines = [
        f"sum of medians {format_clock(found.sum_of_medians)}   possible saving {format_clock(found.saving)}"
        + (f"   best total {format_clock(best)}" if best is not None else "")
    ]
    if found.wpm:
        lines.append(f"you speak about {found.wpm} words a minute over slides with notes")
    if any(row.changed for row in found.rows):
        lines.append("runs of older versions of changed slides are left out")
    if found.gone:
        lines.append(f"no longer in the deck: {', '.join(found.gone)}")
    return lines


def runs_table(runs: Sequence[Run]) -> str:
    """Write the runs of a deck, at least one, as a table for people, oldest first."""
    lines = [f"{'':>3}  {'began':<16}  {'kind':<8}  {'total':>7}  {'plan':>7}  {'slides':>7}"]
    for number, run in enumerate(runs, 1):
        seen = sum(name in run.times for name in run.main)
        remarks = [] if run.complete else ["not complete"]
        remarks += [] if run.ended else ["broke off"]
        remarks += [f"questions {format_clock(run.questions)}"] if run.questions >= 1 else []
        remarks += [f"breaks {format_clock(run.rested)}"] if run.rested >= 1 else []
        remarks += [f"{len(run.marks)} mark{'s' * (len(run.marks) != 1)}"] if run.marks else []
        lines.append(
            f"{number:>3}  {pad_cells(run.day, 16)}  {pad_cells(run.mode, 8)}  "
            f"{format_clock(run.total - run.rested):>7}  "
            f"{format_clock(sum(run.plan.values())):>7}  {f'{seen}/{len(run.main)}':>7}  {', '.join(remarks)}"
        )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def comparison_data(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data: what `--json` prints. Times are seconds."""
    return {
        "runs": [_run_data(run) for run in found.runs],
        "all_runs": found.all_runs,
        "slides": [_row_data(row, found.stats.get(row.id)) for row in found.rows],
        "total": _row_data(found.total, found.total_stats),
        "best_total": found.best,
        "sum_of_medians": found.sum_of_medians,
        "possible_saving": found.saving,
        "wpm": found.wpm,
        "gone": list(found.gone),
    }


def runs_data(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Return runs as plain data: what `--json` prints. Times are seconds."""
    return [
        {**_run_data(run), "slides": {name: round(time, 2) for name, time in run.times.items()}, "plan": dict(run.plan)}
        for run in runs
    ]


def _run_data(run: Run) -> dict[str, Any]:
    return {
        "name": run.name,
        "began": run.began,
        "mode": run.mode,
        "total": round(run.total, 2),
        "questions": round(run.questions, 2),
        "breaks": round(run.rested, 2),
        "complete": run.complete,
        "ended": run.ended,
        "marks": [{"elapsed": mark.elapsed, "slide": mark.slide, "text": mark.text} for mark in run.marks],
    }


def _row_data(row: ComparedSlide, stats: SlideStatistics | None) -> dict[str, Any]:
    facts: dict[str, Any] = {"id": row.id, "label": row.label, "title": row.title, "plan": row.plan}
    facts |= {"source": row.source, "changed": row.changed, "words": row.words}
    if stats is not None:
        for key in stats.__slots__:
            value = getattr(stats, key)
            facts[key] = round(value, 2) if isinstance(value, float) else value
    return facts | {"times": [None if time is None else round(time, 2) for time in row.times]}


def to_json(data: object) -> str:
    """Write plain data as JSON for people and programs."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


_COLUMNS: Final = ("id", "label", "title", "plan", "source", "n", "mean", "median", "sd", "spread", "low", "high",
                   "last", "trend", "over", "runs_over", "suggestion", "changed")  # fmt: skip


_FORMULA: Final = re.compile(r"(\A|[;,|\t])(\s*[\"']*\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""What begins a formula, full-width signs too: some spreadsheets take these for the same."""


def comparison_csv(found: Comparison) -> str:
    """Write a comparison as CSV: a row for each slide, then the total; a column for each run comes last."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_COLUMNS, *(cell(run.began) for run in found.runs)])
    for row, stats in [*((row, found.stats.get(row.id)) for row in found.rows), (found.total, found.total_stats)]:
        facts = _row_data(row, stats)
        writer.writerow([cell(facts.get(key, "")) for key in _COLUMNS] + _blank(facts["times"]))
    return out.getvalue()


def _blank(times: Iterable[float | None]) -> list[object]:
    return ["" if time is None else time for time in times]


def cell(value: object) -> object:
    """Keep a spreadsheet from taking a title, or a part of it where it splits at other signs, for a formula."""
    return _FORMULA.sub(r"\1'\2", value) if isinstance(value, str) else value


def times_table(found: Comparison, wanted: dict[str, int]) -> str:
    """Write suggested times as a table for people: what would change, and how."""
    if not wanted:
        return "No time would change by 5 s or more.\n"
    titles = {row.id: row.title or row.id for row in found.rows}
    plans = {row.id: row.plan for row in found.rows}
    width = max(cell_len(pad_cells(titles[name], _TITLE).rstrip()) for name in wanted)
    lines = [
        f"  {pad_cells(titles[name], width)}  {format_clock(plans[name]):>7} -> {format_exact(wanted[name])}"
        for name in wanted
    ]
    return "\n".join(lines) + "\n"
