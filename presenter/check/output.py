"""A report as it is read: by people, by programs, and by the page that shows a change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from presenter.check.context import CheckReport
from presenter.deck.diagnostics import Problem
from presenter.deck.model import Deck
from presenter.safety import clean_line

JSON_VERSION: Final = 1
"""Counts up when a field of the JSON changes its meaning or goes; new fields may come without."""

_GUTTER: Final = 8
"""Cells before a source line: its number and a bar."""
_BOLD, _RED, _YELLOW, _GREEN, _MUTED = "1", "1;31", "1;33", "1;32", "2"


# For people --------------------------------------------------------------------------------------------------------


def report_lines(path: Path, report: CheckReport, *, colour: bool = False, width: int = 0) -> Iterator[str]:
    """Go through a report as texts to print: each problem with its source line, then the sum.

    Args:
        path: the deck, as it was asked for.
        report: what was found.
        colour: with SGR sequences.
        width: cells of a line, in which messages are wrapped between words; 0 for lines of any length.
    """
    ink = _coloured if colour else _plain
    before: Problem | None = None
    for problem in report.problems:
        same = before is not None and _place(before) == _place(problem)
        yield problem_lines(problem, ink, width=width, again=same)
        before = problem
    if report.more:
        yield ink(f"… and {report.more} more", _MUTED)
    warnings = len(report.problems) - report.errors
    if report.problems:
        counts = [_count(report.errors, "error")] * bool(report.errors) + [_count(warnings, "warning")] * bool(warnings)
        yield ink(f"{shown_path(path)}: {', '.join(counts)}", _RED if report.errors else _YELLOW)
    else:
        slides = _count(_slides(report.deck), "slide") if report.deck else ""
        yield ink(f"{shown_path(path)}: no problems in {slides}", _GREEN)


def _slides(deck: Deck) -> int:
    """Count the slides of a deck, off its main path too; a break is none."""
    return sum(slide.layout.counts for slide in deck.slides)


def _place(problem: Problem) -> tuple[object, ...]:
    return (problem.path, problem.line, problem.column, problem.length, problem.chain)


def problem_lines(
    problem: Problem, ink: Callable[[str, str], str] | None = None, *, width: int = 0, again: bool = False
) -> str:
    """Return a problem as lines: `path:line:col: error: words`, the source line, a caret and the fix.

    Args:
        problem: what is wrong.
        ink: colours a text with SGR parameters; plain when left out.
        width: as in `described`.
        again: the problem before had the same place, so the source line is not shown once more.
    """
    ink = ink or _plain
    place, kind = f"{shown_path(problem.path)}:{problem.line}:{problem.column}:", f"{problem.severity}:"
    said = f"{problem.words} [{problem.rule}]" if problem.rule else problem.words
    words = _wrapped(said, width, len(place) + len(kind) + 2)
    severity = ink(problem.severity, _RED if problem.severity == "error" else _YELLOW)
    lines = [f"{ink(place, _BOLD)} {severity}: {words[0]}", *(f"      {rest}" for rest in words[1:])]
    if not again:
        lines += [ink(f"      included from {step}", _MUTED) for step in problem.chain]
    if problem.source and not again:
        problem = _narrowed(problem, width)
        lines += [f"{ink(f'{problem.line:5} |', _MUTED)} {problem.source}"]
        lines += _pointed(problem, ink, width)
    elif problem.fix:
        bar = ink("      |", _MUTED) if again else "     "
        lines += [f"{bar} {rest}" for rest in _wrapped(problem.fix, width, _GUTTER)]
    return "\n".join(lines)


def _narrowed(problem: Problem, width: int) -> Problem:
    """Cut the source line to the part around the problem that has room; one with wide characters stays as it is."""
    room = max(20, width - _GUTTER)
    if not width or len(problem.source) <= room or not problem.source.isascii():
        return problem
    first = max(0, problem.caret + min(problem.length, room // 2) - room + 2)
    head = "…" if first else ""
    shown = problem.source[first + len(head) :]
    cut = shown if len(head + shown) <= room else f"{shown[: room - 1 - len(head)]}…"
    caret = problem.caret - first
    return replace(problem, source=head + cut, caret=caret, length=max(1, min(problem.length, room - caret)))


def _pointed(problem: Problem, ink: Callable[[str, str], str], width: int) -> list[str]:
    """Return the caret and the fix: behind it, or below it where there is no room."""
    bar, caret = ink("      |", _MUTED), " " * problem.caret + ink("^" * problem.length, _GREEN)
    room = width - _GUTTER - problem.caret - problem.length - 2
    if not problem.fix or not width or len(problem.fix) <= room:
        return [f"{bar} {caret}" + (f"  {problem.fix}" if problem.fix else "")]
    return [f"{bar} {caret}", *(f"{bar} {rest}" for rest in _wrapped(problem.fix, width, _GUTTER))]


def _wrapped(text: str, width: int, first: int) -> list[str]:
    """Break a text between words into lines of `width` cells; `first` cells of the first one are taken."""
    if not width:
        return [text]
    from textwrap import wrap  # noqa: PLC0415 - for terminals only

    room = max(width - 6, 20)
    taken = min(first, max(0, width - 20))
    lines = wrap(text, room, initial_indent=" " * max(0, taken - (width - room)), break_on_hyphens=False)
    return [line.lstrip() if number == 0 else line for number, line in enumerate(lines)] or [""]


def _plain(text: str, style: str) -> str:  # noqa: ARG001 - stands in for `_coloured`
    return text


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def shown_path(path: Path) -> str:
    """Return a path as the reader would write it: from the current folder when it lies there; safe to print."""
    try:
        here = Path.cwd()
    except OSError:  # the current folder was removed
        return clean_line(str(path))
    return clean_line(str(path.relative_to(here) if path.is_relative_to(here) else path))


# For programs -----------------------------------------------------------------------------------------------------


def check_json(reports: Iterable[tuple[Path, CheckReport]]) -> str:
    """Return reports as JSON; the README says what is in it."""
    decks = [_deck_json(path, report) for path, report in reports]
    return json.dumps({"version": JSON_VERSION, "decks": decks}, ensure_ascii=False, indent=2)


def _deck_json(path: Path, report: CheckReport) -> dict[str, Any]:
    return {
        "deck": shown_path(path),
        "slides": _slides(report.deck) if report.deck else None,
        "errors": report.errors,
        "warnings": len(report.problems) - report.errors,
        "more": report.more,
        "problems": [_problem_json(problem) for problem in report.problems],
    }


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": shown_path(problem.path),
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "rule": problem.rule or None,
        "message": problem.words,
        "fix": problem.fix or None,
        "source": problem.source,
        "included_from": list(problem.chain),
    }


def github_annotations(report: CheckReport) -> Iterator[str]:
    """Go through a report as workflow commands of GitHub Actions, which become annotations of the lines."""
    for problem in report.problems:
        facts = {
            "file": shown_path(problem.path),
            "line": str(problem.line),
            "col": str(problem.column),
            "title": " ".join(filter(None, ("presenter", problem.rule))),
        }
        where = ",".join(f"{name}={_property(value)}" for name, value in facts.items())
        chain = [f"included from {step}" for step in problem.chain]
        words = "\n".join(filter(None, (problem.words, problem.fix, *chain)))
        yield f"::{problem.severity} {where}::{_data(words)}"
    if report.more:
        yield f"::notice title=presenter::{_data(f'and {report.more} more problems')}"


def _data(text: str) -> str:
    """Escape the message of a workflow command: `%`, CR and LF."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command: as a message, and what separates properties."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
