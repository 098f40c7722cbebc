"""Comparisons as a page to look at: one HTML file with drawn plots, light or dark, that asks nothing of any network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil
from typing import Final

from rich.cells import cell_len

from presenter.history.compare import ComparedSlide, Comparison, SlideStatistics
from presenter.history.formats import pad_cells
from presenter.timing.durations import format_clock

_STYLE: Final = """
:root { color-scheme: light dark; --page: #fcfcfb; --ink: #22252a; --soft: #5f6670; --line: #d9dce0; --plan: #b9c0c9;
  --fine: #2d7d6b; --over: #c2491d; --mark: #22252a; }
@media (prefers-color-scheme: dark) { :root { --page: #16181b; --ink: #e6e8ea; --soft: #9aa1ab; --line: #33373d;
  --plan: #4a515b; --fine: #58b79f; --over: #f0824f; --mark: #e6e8ea; } }
body { margin: 2.5rem auto; max-width: 60rem; padding: 0 1.25rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
p { color: var(--soft); margin: .25rem 0; max-width: 44rem; }
.scroll { overflow-x: auto; } svg { display: block; max-width: 100%; height: auto; }
.scroll > svg { min-width: 40rem; }
@media (max-width: 40rem) { body { margin-top: 1.25rem; padding: 0 .75rem; } th, td { padding: .3rem .45rem; }
  th:first-child, td:first-child { position: sticky; left: 0; background: var(--page); min-width: 8rem; } }
svg text { font: 12px system-ui, sans-serif; fill: var(--soft); } svg .name { fill: var(--ink); font-size: 13px; }
svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
.plan { fill: var(--plan); } .fine { fill: var(--fine); } .over { fill: var(--over); }
.spread { stroke: var(--mark); stroke-width: 1.5; } .grid { stroke: var(--line); }
.goal { stroke: var(--soft); stroke-dasharray: 5 4; } .curve { fill: none; stroke: var(--fine); stroke-width: 2; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; color: var(--soft); } th:first-child, td:first-child { text-align: left; white-space: normal; }
tfoot td { font-weight: 600; } td.warn { color: var(--over); font-weight: 600; text-align: left; }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .35em 0 1em; vertical-align: -.05em; }
"""
_WIDTH: Final = 900
_NAMES: Final = 250
"""Where bars begin."""
_ROW: Final = 30
_TITLE: Final = 34
"""Cells of a title beside its bar."""


def comparison_page(found: Comparison, title: str) -> str:
    """Draw a comparison as an HTML page.

    Args:
        found: the runs.
        title: of the deck.
    """
    heading = escape(title or "A talk")
    count = len(found.runs)
    runs = f"{count} complete run{'s' * (count != 1)} of {found.all_runs}"
    body = _plots(found) if count else "<p>There is nothing to compare yet: no complete run.</p>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{heading}: rehearsals</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{heading}</h1>\n<p>{runs}. {escape(_summary(found))}</p>\n{body}</body>\n</html>\n"
    )


def _summary(found: Comparison) -> str:
    if not found.runs:
        return ""
    parts = [f"Planned {format_clock(found.total.plan)}, the sum of medians is {format_clock(found.sum_of_medians)}."]
    if found.saving >= 1:
        parts.append(f"Slides that keep to their plan would save {format_clock(found.saving)}.")
    if found.wpm:
        parts.append(f"You speak about {found.wpm} words a minute.")
    return " ".join(parts)


def _plots(found: Comparison) -> str:
    key = (
        '<p><span class="key" style="background:var(--plan)"></span>planned'
        '<span class="key" style="background:var(--fine)"></span>median'
        '<span class="key" style="background:var(--over)"></span>median of a slide that runs over; '
        "the thin line is the spread</p>"
    )
    changed = "<p>Runs of older versions of changed slides are left out.</p>" * any(row.changed for row in found.rows)
    return (
        f'<h2>Slides</h2>\n{key}\n<div class="scroll">{_bars(found)}</div>\n'
        f'<h2>Totals over the runs</h2>\n<div class="scroll">{_totals(found)}</div>\n'
        f'<h2>Numbers</h2>\n{changed}<div class="scroll">{_table(found)}</div>\n'
    )


def _bars(found: Comparison) -> str:
    """Draw planned time, median and spread of every slide."""
    tops = [row.plan for row in found.rows]
    tops += [stats.median + stats.spread for stats in found.stats.values()]
    step, end = _scale(max(tops, default=1.0))
    unit = (_WIDTH - _NAMES - 70) / end
    height = _ROW * len(found.rows) + 30
    parts = []
    for number in range(int(end / step) + 1):
        x = _NAMES + number * step * unit
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="20" x2="{x:.1f}" y2="{height - 5}"/>')
        parts.append(f'<text class="middle" x="{x:.1f}" y="12">{format_clock(number * step)}</text>')
    for number, row in enumerate(found.rows):
        parts.append(_bar(row, found.stats.get(row.id), 24 + _ROW * number, unit))
    return _svg(height, "Planned and median time of every slide", parts)


def _bar(row: ComparedSlide, stats: SlideStatistics | None, y: int, unit: float) -> str:
    name = row.title or row.id
    short = pad_cells(name, min(_TITLE, cell_len(name)))
    parts = [
        f"<title>{escape(name)}: {escape(_words(row, stats))}</title>",
        f'<text class="name end" x="{_NAMES - 10}" y="{y + 15}">{escape(short)}</text>',
        f'<rect class="plan" x="{_NAMES}" y="{y + 1}" width="{row.plan * unit:.1f}" height="8"/>',
    ]
    if stats is not None:
        kind = "over" if stats.runs_over else "fine"
        low, high = max(0.0, stats.median - stats.spread), stats.median + stats.spread
        x, middle = _NAMES + stats.median * unit, y + 15
        thin = f'x1="{_NAMES + low * unit:.1f}" y1="{middle}" x2="{_NAMES + high * unit:.1f}" y2="{middle}"'
        parts += [
            f'<rect class="{kind}" x="{_NAMES}" y="{y + 11}" width="{stats.median * unit:.1f}" height="8"/>',
            f'<line class="spread" {thin}/>',
            f'<text x="{max(x, _NAMES + high * unit) + 6:.1f}" y="{y + 19}">{format_clock(stats.median)}</text>',
        ]
    return f"<g>{''.join(parts)}</g>"


def _words(row: ComparedSlide, stats: SlideStatistics | None) -> str:
    if stats is None:
        return f"planned {format_clock(row.plan)}, not seen in a complete run"
    return f"planned {format_clock(row.plan)}, median {format_clock(stats.median)}, over in {stats.over} of {stats.n}"


def _scale(top: float) -> tuple[int, float]:
    """Return the step between grid lines, in seconds, and where the scale ends."""
    steps = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400)
    step = next((step for step in steps if top <= 8 * step), 28_800)
    return step, float(step * max(1, ceil(top / step)))


def _totals(found: Comparison) -> str:
    """Draw the length of the talk run by run, with the plan as a line."""
    known = [(place, time) for place, time in enumerate(found.total.times) if time is not None]
    step, end = _scale(max([found.total.plan, *(time for _, time in known)]))
    height, low, high, left, right = 240, 205.0, 15.0, 60, _WIDTH - 30

    def x(place: int) -> float:
        return left + (right - left) * ((place + 0.5) / len(found.total.times))

    def y(time: float) -> float:
        return low - (low - high) * time / end

    parts = []
    for number in range(int(end / step) + 1):
        at = y(number * step)
        parts.append(f'<line class="grid" x1="{left}" y1="{at:.1f}" x2="{right}" y2="{at:.1f}"/>')
        parts.append(f'<text class="end" x="{left - 8}" y="{at + 4:.1f}">{format_clock(number * step)}</text>')
    goal = y(found.total.plan)
    parts.append(f'<line class="goal" x1="{left}" y1="{goal:.1f}" x2="{right}" y2="{goal:.1f}"/>')
    parts.append(f'<text class="end" x="{right}" y="{goal - 5:.1f}">planned {format_clock(found.total.plan)}</text>')
    curve = " ".join(f"{x(place):.1f},{y(time):.1f}" for place, time in known)
    parts.append(f'<polyline class="curve" points="{curve}"/>')
    every = ceil(len(known) / 8)
    for place, time in known:
        run = found.runs[place]
        kind = "over" if time > found.total.plan else "fine"
        label = f"{escape(run.day)}: {format_clock(time)}"
        parts.append(
            f'<circle class="{kind}" cx="{x(place):.1f}" cy="{y(time):.1f}" r="4"><title>{label}</title></circle>'
        )
        if place % every == 0:
            when = escape(run.day[5:16])  # day and time alike for all, whichever share a day
            parts.append(f'<text class="middle" x="{x(place):.1f}" y="225">{when}</text>')
    return _svg(height, "Length of the talk in every run", parts)


def _svg(height: int, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'aria-label="{label}">{"".join(parts)}</svg>'
    )


def _table(found: Comparison) -> str:
    head = "".join(f"<th>{name}</th>" for name in ("", "plan", "median", "±", "last", "trend", "over", "runs", ""))
    rows = "\n".join(_table_row(row, found.stats.get(row.id)) for row in found.rows)
    foot = _table_row(found.total, found.total_stats)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n<tfoot>\n{foot}\n</tfoot>\n</table>"


def _table_row(row: ComparedSlide, stats: SlideStatistics | None) -> str:
    cells = [escape(row.title or row.id), format_clock(row.plan)]
    warning = ""
    if stats is None:
        cells += ["-", "", "-", "", "0/0", ""]
    else:
        trend = f"{round(stats.trend, 1) + 0.0:+.1f} s"
        cells += [
            format_clock(stats.median),
            format_clock(stats.spread),
            format_clock(stats.last),
            trend,
            f"{stats.over}/{stats.n}",
        ]
        cells.append(_spark(row))
        warning = f"runs over: {format_clock(stats.suggestion)}?" if stats.runs_over and row.id else ""
    if row.changed:
        warning = ", ".join(filter(None, (warning, "changed since")))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + f'<td class="warn">{warning}</td></tr>'


def _spark(row: ComparedSlide) -> str:
    """Draw the times of a slide over the runs as a small curve."""
    known = [(place, time) for place, time in enumerate(row.times) if time is not None]
    low, high = min(time for _, time in known), max(time for _, time in known)
    middle, span = (low + high) / 2, max(5.0, high - low)
    last = max(1, len(row.times) - 1)
    points = " ".join(f"{4 + 72 * place / last:.1f},{12 - 16 * (time - middle) / span:.1f}" for place, time in known)
    if len(known) == 1:
        x, y = points.split(",")
        drawn = f'<circle class="fine" cx="{x}" cy="{y}" r="2.5"/>'
    else:
        drawn = f'<polyline class="curve" points="{points}"/>'
    label = f"{format_clock(low)} to {format_clock(high)}"
    return f'<svg viewBox="0 0 80 24" width="80" height="24" role="img" aria-label="{label}">{drawn}</svg>'
