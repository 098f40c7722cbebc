"""The plan of a talk as an agenda: what `presenter plan` prints."""

from __future__ import annotations

from typing import Any, Final

from rich.cells import cell_len

from presenter.pacing import Part, Plan, Planned
from presenter.pacing.spoken import clock
from presenter.rehearsal.tables import padded

_TITLE: Final = 32
_BAR: Final = 16
"""Cells of the longest bar."""
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_LONG: Final = 1.25
"""Notes that take so much longer than their slide are pointed out."""


def plan_table(plan: Plan) -> str:
    """Write a plan as a table for people: section, slide, planned time and where it comes from, notes."""
    width = max([5, *(min(_TITLE, cell_len(slide.title or slide.id)) for slide in plan.slides)])
    longest = max((slide.seconds for slide in plan.slides), default=0)
    lines = [
        f"{'':>5} {'':{width}}  {'planned':>7}  {'from':<13} {'ends at':>7}  {'words':>6} {'to say':>7}",
    ]
    at = 0.0
    for part in plan.parts:
        if part.title and len(plan.parts) > 1:
            lines += ["", _section(part)]
        for slide in plan.slides[part.first : part.first + part.size]:
            at += slide.seconds
            lines.append(_slide(slide, plan.wpm, at, longest, width))
    lines += ["", _total(plan)]
    lines += [f"! {warning}" for warning in plan.warnings]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(part: Part) -> str:
    budget = f" of {clock(part.budget)}" if part.budget is not None else ""
    return f"{part.title}  {clock(part.seconds)}{budget}"


def _slide(slide: Planned, wpm: int, at: float, longest: float, width: int) -> str:
    words, say = slide.speech.words, slide.speech.seconds(wpm)
    notes = f"{words:>6g} {clock(say):>7}" if slide.speech.given else f"{'':>6} {'':>7}"
    much = "!" if slide.speech.given and say > _LONG * slide.seconds else " "
    return (
        f"{padded(slide.label, 5)} {padded(slide.title or slide.id, width)}  {clock(slide.seconds):>7}  "
        f"{slide.source:<13} {clock(at):>7}  {notes}{much} {_bar(slide.seconds, longest)}"
    )


def _bar(seconds: float, longest: float) -> str:
    eighths = round(8 * _BAR * seconds / longest) if longest > 0 else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _total(plan: Plan) -> str:
    words = sum(slide.speech.words for slide in plan.slides)
    say = sum(slide.speech.seconds(plan.wpm) for slide in plan.slides)
    many = len(plan.slides)
    text = f"{many} slide{'s' * (many != 1)}, {clock(plan.target)} planned"
    if plan.duration is not None:
        reserve = f" and {clock(plan.reserve)} for questions" if plan.reserve else ""
        text += f"{reserve} of {clock(plan.duration)}" + (f": {plan.balance}" if plan.balance else "")
    if not words:
        return text
    return f"{text}; notes of {words:g} word{'s' * (words != 1)} take {clock(say)} at {plan.wpm} a minute"


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain data: what `--json` prints. Times are seconds."""
    at = 0.0
    slides = []
    for slide, part in zip(plan.slides, plan.part_of, strict=True):
        at += slide.seconds
        slides.append(
            {
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
            }
        )
    parts = [{"title": part.title, "budget": part.budget, "planned": part.seconds} for part in plan.parts]
    return {
        "duration": plan.duration,
        "reserve": plan.reserve,
        "planned": plan.target,
        "slack": plan.slack,
        "wpm": plan.wpm,
        "warnings": list(plan.warnings),
        "sections": parts,
        "slides": slides,
    }
