"""The plan of a talk as an agenda: what `presenter plan` prints."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from typing import Any, Final, NamedTuple

from rich.cells import cell_len

from presenter.history.formats import cell, pad_cells
from presenter.timing.durations import format_clock
from presenter.timing.plan import Plan, PlannedSection, PlannedSlide

_TITLE: Final = 32
_BAR: Final = 16
"""Cells of the longest bar."""
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_LONG: Final = 1.25
"""Notes that take so much longer than their slide are pointed out."""


class Day(NamedTuple):
    """When a talk is given: instants, in seconds since the epoch."""

    began: float | None = None
    """None when nobody said when it starts."""
    stop: float | None = None

    def at(self, seconds: float) -> str:
        """Return the local time of a moment of the talk; empty when nobody knows."""
        return "" if self.began is None else local(self.began + seconds)


NO_DAY: Final = Day()


def local(instant: float) -> str:
    """Return the local time of the day; an offset that changes during the talk is kept to."""
    return dt.datetime.fromtimestamp(instant, dt.UTC).astimezone().strftime("%H:%M:%S")


def plan_table(plan: Plan, day: Day = NO_DAY) -> str:
    """Write a plan as a table for people: section, slide, planned time and where it comes from, notes."""
    width = max([5, *(min(_TITLE, cell_len(slide.title or slide.id)) for slide in plan.slides)])
    width = max(width, len("questions") if plan.reserve else 0)
    longest = max((slide.seconds for slide in plan.talk), default=0)
    head = f"{'begins':<10}" if day.began is not None else ""
    lines = [
        f"{head}{'':>5} {'':{width}}  {'planned':>7}  {'from':<13} {'ends at':>7}  {'words':>6} {'to say':>7}",
    ]
    at = 0.0
    for part in plan.parts:
        if part.title and len(plan.parts) > 1:
            lines += ["", _section(part)]
        for slide in plan.slides[part.first : part.first + part.size]:
            begins = f"{day.at(at):<10}" if day.began is not None else ""
            at += slide.seconds
            lines.append(f"{begins}{_slide(slide, plan.wpm, at, longest, width)}")
    lines += [*_after(plan, day, at, width), "", _total(plan)]
    lines += [f"! {warning}" for warning in plan.warnings]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _after(plan: Plan, day: Day, at: float, width: int) -> list[str]:
    """Write what comes after the slides: the reserve for questions, and the stop."""
    lines = []
    if plan.reserve:
        begins = f"{day.at(at):<10}" if day.began is not None else ""
        at += plan.reserve
        times = f"{format_clock(plan.reserve):>7}  {'reserve':<13} {format_clock(at):>7}"
        row = f"{'':5} {pad_cells('questions', width)}  {times}"
        lines.append(f"{begins}{row}")
    if day.stop is not None:
        stop = f"{local(day.stop):<10}{'':5} stop"
        if day.began is not None:
            rest = day.stop - day.began - at
            stop += f", {format_clock(abs(rest))} {'before' if rest < 0 else 'after'} the plan ends"
        lines.append(stop)
    return ["", *lines] if lines else []


def _section(part: PlannedSection) -> str:
    budget = f" of {format_clock(part.budget)}" if part.budget is not None else ""
    return f"{part.title}  {format_clock(part.seconds)}{budget}"


def _slide(slide: PlannedSlide, wpm: int, at: float, longest: float, width: int) -> str:
    words, say = slide.speech.words, slide.speech.seconds(wpm)
    drawn = "" if slide.is_break else f"{_bar(slide.seconds, longest)}{_marks(slide)}"
    notes = f"{words:>6g} {format_clock(say):>7}" if slide.speech.given else f"{'':>6} {'':>7}"
    much = "!" if slide.speech.given and say > _LONG * slide.seconds else " "
    return (
        f"{pad_cells(slide.label, 5)} {pad_cells(slide.title or slide.id, width)}  {format_clock(slide.seconds):>7}  "
        f"{slide.source:<13} {format_clock(at):>7}  {notes}{much} {drawn}"
    )


def _marks(slide: PlannedSlide) -> str:
    """Say what a re-plan may do to a slide, where it is not the usual."""
    return "  optional" * slide.optional + "  fixed" * slide.fixed


def _bar(seconds: float, longest: float) -> str:
    eighths = round(8 * _BAR * seconds / longest) if longest > 0 else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _total(plan: Plan) -> str:
    words = sum(slide.speech.words for slide in plan.slides)
    say = sum(slide.speech.seconds(plan.wpm) for slide in plan.slides)
    text = f"{plan.many}, {format_clock(plan.target)} planned"
    if plan.duration is not None:
        reserve = f" and {format_clock(plan.reserve)} for questions" if plan.reserve else ""
        text += f"{reserve} of {format_clock(plan.duration)}" + (f": {plan.balance}" if plan.balance else "")
    if not words:
        return text
    return f"{text}; notes of {words:g} word{'s' * (words != 1)} take {format_clock(say)} at {plan.wpm} a minute"


def plan_data(plan: Plan, day: Day = NO_DAY) -> dict[str, Any]:
    """Return a plan as plain data: what `--json` prints. Times are seconds; those of the day are local."""
    at = 0.0
    slides = []
    for slide, part in zip(plan.slides, plan.part_of, strict=True):
        begins = day.at(at) or None
        at += slide.seconds
        slides.append(
            {
                "begins": begins,
                "id": slide.id,
                "label": slide.label,
                "title": slide.title,
                "section": plan.parts[part].title,
                "planned": slide.seconds,
                "source": slide.source,
                "ends_at": at,
                "words": slide.speech.words,
                "speaking": round(slide.speech.seconds(plan.wpm), 1),
                "steps": slide.steps,
                "optional": slide.optional,
                "fixed": slide.fixed,
                "break": slide.is_break,
            }
        )
    parts = [{"title": part.title, "budget": part.budget, "planned": part.seconds} for part in plan.parts]
    return {
        "duration": plan.duration,
        "reserve": plan.reserve,
        "begins": day.at(0) or None,
        "stop": None if day.stop is None else local(day.stop),
        "planned": plan.target,
        "breaks": sum(slide.seconds for slide in plan.breaks),
        "slack": plan.slack,
        "wpm": int(plan.wpm),
        "warnings": list(plan.warnings),
        "sections": parts,
        "slides": slides,
    }


_COLUMNS: Final = ("kind", "id", "label", "title", "section", "begins", "planned", "source", "ends_at", "words",
                   "speaking", "steps", "optional", "fixed")  # fmt: skip


def plan_csv(plan: Plan, day: Day = NO_DAY) -> str:
    """Write a plan as CSV: a row for each slide and each break, then the reserve and the stop. Times are seconds."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in plan_data(plan, day)["slides"]:
        kept = {key: cell(row[key]) for key in _COLUMNS if key != "kind" and row[key] is not None}
        writer.writerow({"kind": "break" if row["break"] else "slide", **kept})
    if plan.reserve:
        times = {"begins": day.at(plan.target), "planned": plan.reserve, "ends_at": plan.target + plan.reserve}
        writer.writerow({"kind": "reserve", "title": "questions", **times})
    if day.stop is not None:
        writer.writerow({"kind": "stop", "title": "stop", "begins": local(day.stop)})
    return out.getvalue()


_FOLD: Final = 73
"""Bytes of a calendar's line: 75 with the space that begins the next one."""


def plan_ics(plan: Plan, title: str, began: float, now: float) -> str:
    """Write a plan as a calendar (RFC 5545): an event for each section, each break, and for questions."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//presenter//plan//EN"]
    at = began
    events = _events(plan)
    for number, (name, seconds) in enumerate([*events, *([("questions", float(plan.reserve))] * bool(plan.reserve))]):
        words = f"{title}: {name}" if title and name else title or name or "talk"
        key = hashlib.sha256(f"{title} {began:.0f} {number}".encode()).hexdigest()[:24]
        lines += ["BEGIN:VEVENT", f"UID:{key}@presenter", f"DTSTAMP:{_utc(now)}", f"DTSTART:{_utc(at)}"]
        at += seconds
        lines += [f"DTEND:{_utc(at)}", f"SUMMARY:{_escaped(words)}", "END:VEVENT"]
    return "".join(f"{line}\r\n" for line in map(_folded, [*lines, "END:VCALENDAR"]))


def _events(plan: Plan) -> list[tuple[str, float]]:
    """Return what a calendar shows, with its length: sections, and the breaks that divide them."""
    events: list[tuple[str, float]] = []
    before: int | None = None
    for slide, part in zip(plan.slides, plan.part_of, strict=True):
        if slide.is_break:
            events.append((slide.title or slide.id, slide.seconds))
        elif part == before:
            events[-1] = (events[-1][0], events[-1][1] + slide.seconds)
        else:
            events.append((plan.parts[part].title, slide.seconds))
        before = None if slide.is_break else part
    return events


def _utc(instant: float) -> str:
    return dt.datetime.fromtimestamp(round(instant), dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Fold a long line; never inside a character."""
    rows, size = [""], 0
    for sign in line:
        size += len(sign.encode())
        if size > _FOLD:
            rows.append("")
            size = len(sign.encode())
        rows[-1] += sign
    return "\r\n ".join(rows)
