"""What `presenter check` says: all that is wrong with a deck, also what only drawing it shows. No window is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from presenter.deck.files import DECK_NAME
from presenter.deck.loading import Loaded, load
from presenter.deck.model import Deck, Slide
from presenter.deck.problems import Findings, Problem, quoted
from presenter.deck.reading import Named
from presenter.deck.source import Spot
from presenter.drawing import Stage
from presenter.pacing import plan
from presenter.pacing.spoken import clock
from presenter.painting import paint
from presenter.safety import clean_line

SIZES: Final[tuple[tuple[int, int], ...]] = ((80, 24),)
"""Columns and rows at which every slide has to fit."""
NEAR: Final = 0.05
"""The share of the duration by which the plan may miss it."""
LONG: Final = 1.25
"""How many times its time the notes of a slide may take."""

_BOLD, _RED, _YELLOW, _GREEN, _MUTED = "1", "1;31", "1;33", "1;32", "2"


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one deck, in file order."""

    problems: tuple[Problem, ...]
    more: int = 0
    """Problems beyond those listed."""
    deck: Deck | None = None

    @property
    def errors(self) -> int:
        """How many of the listed problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)


def run(  # noqa: PLR0913 - one parameter an option
    paths: Sequence[Path],
    *,
    echo: Callable[[str], object],
    allow_outside: bool = False,
    variant: str | None = None,
    colour: bool = False,
    complain: Callable[[str], object] | None = None,
) -> int:
    """Check decks and say what is wrong; return the exit status: 0 no errors, 1 errors, 2 wrong usage.

    Args:
        paths: deck files, or folders with a `deck.yaml`. Among several, folders without one are passed over, so that
            `decks/*` names decks.
        echo: writes a text as lines.
        allow_outside: decks may name files outside their folder.
        variant: check this variant of them instead of the whole talk.
        colour: with SGR sequences.
        complain: writes a line about wrong usage; `echo` when left out.
    """
    complain = complain or echo
    status = 0
    for path in paths:
        fault = _usage_fault(path)
        if fault and not (len(paths) > 1 and path.is_dir()):
            complain(f"presenter: {_shown(path)}: {fault}")
            status = 2
        elif not fault:
            report = check_deck(path, allow_outside=allow_outside, variant=variant or "")
            for text in described(path, report, colour=colour):
                echo(text)
            status = max(status, int(report.errors > 0))
    return status


def _usage_fault(path: Path) -> str:
    try:
        if path.is_dir():
            return "" if os.path.exists(path / DECK_NAME) else f"a folder without a {DECK_NAME}"  # noqa: PTH110
        return "" if os.path.exists(path) else "no such file"  # noqa: PTH110 - Path.exists raises on odd names
    except (OSError, ValueError):
        return "no such file"


def check_deck(
    path: Path, *, allow_outside: bool = False, variant: str = "", sizes: Iterable[tuple[int, int]] = SIZES
) -> Report:
    """Load a deck, decode its pictures and paint every step of every slide; say what is wrong."""
    loaded = load(path, allow_outside=allow_outside, variant=variant)
    findings = Findings(kept=list(loaded.problems), dropped=loaded.more)
    faulty = _check_pictures(loaded.images, findings)
    if loaded.deck:
        stages = [Stage(width, height, theme=loaded.deck.theme) for width, height in sizes]
        for slide in loaded.deck.slides:
            quiet = any(image.src.text in faulty for image in slide.layout.pictures())
            _check_slide(slide, loaded.spots[slide.id], findings, stages, quiet=quiet)
        _check_times(loaded.deck, loaded.spots, loaded.time, findings)
        for name in () if variant else loaded.deck.variants:
            _check_variant(load(path, allow_outside=allow_outside, variant=name), name, findings)
    problems, more = findings.listed()
    return Report(problems, more, loaded.deck)


def _check_pictures(images: Iterable[Named], findings: Findings) -> set[str]:
    """Decode every picture once; return the texts that name one with a problem."""
    from presenter.imaging import PictureError, verify  # noqa: PLC0415 - loads when there is something to look at

    known: dict[Path, tuple[str, str]] = {}
    faulty = set()
    for named in images:
        source = named.image.src
        error, remark = source.why, ""
        if source.path is not None:
            if source.path not in known:
                try:
                    known[source.path] = ("", verify(source.path).remark)
                except PictureError as fault:
                    known[source.path] = (f"{source.text}: {fault.reason}", "")
            error, remark = known[source.path]
        if error or remark:
            faulty.add(source.text)
            words = error or f"{source.text}: {remark}"
            findings.add(named.spot.problem(words, severity="error" if error else "warning", rule="L009"))
        if not named.described:
            findings.add(
                named.spot.problem(
                    "an image without alt text", severity="warning", rule="L001", fix="say what it shows: alt: …"
                )
            )
    return faulty


def _check_slide(slide: Slide, spot: Spot, findings: Findings, stages: Sequence[Stage], *, quiet: bool) -> None:
    """Paint every step at every size; say where it does not fit and, unless `quiet`, what else the painting noticed."""
    remarks: list[str] = []
    for stage in stages:
        frames = [paint(slide, replace(stage, step=step)) for step in range(slide.steps)]
        lost = max(frame.lost for frame in frames)
        if lost:
            step = next(number for number, frame in enumerate(frames, 1) if frame.lost == lost)
            always = all(frame.lost == lost for frame in frames)
            where = "" if always else f" at step {step} of {slide.steps}"
            words = (
                f"{_count(lost, 'row')} {'do' if lost > 1 else 'does'} not fit{where} at {stage.width}x{stage.height}"
            )
            findings.add(spot.problem(words, severity="warning", rule="L002"))
        remarks += [remark for frame in frames for remark in frame.remarks]
    for remark in () if quiet else dict.fromkeys(remarks):
        findings.add(spot.problem(remark, severity="warning"))


def _check_times(deck: Deck, spots: Mapping[str, Spot], head: Spot | None, findings: Findings) -> None:
    """Say where times do not add up, and which notes take longer to say than their slide may."""
    made = plan(deck)
    small = made.duration is not None and abs(made.slack) <= NEAR * made.duration
    for words in made.warnings:
        if head is not None and (words.startswith("section") or not small):
            findings.add(head.problem(words, severity="warning", rule="L004"))
    for slide in made.slides:
        layout, say = deck.slides[slide.at].layout, slide.speech.seconds(made.wpm)
        if slide.source == "explicit" and slide.seconds and say > LONG * slide.seconds:
            words = f"the notes take {clock(say)} to say at {made.wpm} words a minute, but the slide has"
            findings.add(spots[slide.id].problem(f"{words} {clock(slide.seconds)}", severity="warning", rule="L005"))
        if layout.optional and layout.fixed:
            words = '"fixed" and "optional" together: the time stands, but the slide may be dropped'
            findings.add(spots[slide.id].problem(words, severity="warning", rule="L019"))


def _check_variant(loaded: Loaded, name: str, findings: Findings) -> None:
    """Say where the times of a variant do not add up; its slides are those of the whole talk."""
    if loaded.deck is not None:
        own = Findings()
        _check_times(loaded.deck, loaded.spots, loaded.time, own)
        for problem in own.kept:
            if problem.rule == "L004":
                findings.add(replace(problem, words=f"variant {quoted(name)}: {problem.words}"))


# What is printed --------------------------------------------------------------------------------------------------


def described(path: Path, report: Report, *, colour: bool = False) -> Iterator[str]:
    """Go through a report as texts to print: each problem with its source line, then the sum."""
    ink = _coloured if colour else _plain
    for problem in report.problems:
        yield describe(problem, ink)
    if report.more:
        yield ink(f"… and {report.more} more", _MUTED)
    warnings = len(report.problems) - report.errors
    if report.problems:
        counts = [_count(report.errors, "error")] * bool(report.errors) + [_count(warnings, "warning")] * bool(warnings)
        yield ink(f"{_shown(path)}: {', '.join(counts)}", _RED if report.errors else _YELLOW)
    else:
        slides = _count(len(report.deck.slides), "slide") if report.deck else ""
        yield ink(f"{_shown(path)}: no problems in {slides}", _GREEN)


def describe(problem: Problem, ink: Callable[[str, str], str] | None = None) -> str:
    """Return a problem as lines: `path:line:col: error: words`, the source line, a caret and the fix.

    Args:
        problem: what is wrong.
        ink: colours a text with SGR parameters; plain when left out.
    """
    ink = ink or _plain
    kind = ink(problem.severity, _RED if problem.severity == "error" else _YELLOW)
    rule = f" [{problem.rule}]" if problem.rule else ""
    place = ink(f"{_shown(problem.path)}:{problem.line}:{problem.column}:", _BOLD)
    lines = [f"{place} {kind}: {problem.words}{rule}"]
    lines += [ink(f"      included from {step}", _MUTED) for step in problem.chain]
    if problem.source:
        caret = ink("^" * problem.length, _GREEN)
        fix = f"  {problem.fix}" if problem.fix else ""
        lines += [f"{ink(f'{problem.line:5} |', _MUTED)} {problem.source}"]
        lines += [f"{ink('      |', _MUTED)} {' ' * problem.caret}{caret}{fix}"]
    elif problem.fix:
        lines += [f"      {problem.fix}"]
    return "\n".join(lines)


def _plain(text: str, style: str) -> str:  # noqa: ARG001 - stands in for `_coloured`
    return text


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _shown(path: Path) -> str:
    """Return a path as the reader would write it: from the current folder when it lies there; safe to print."""
    try:
        here = Path.cwd()
    except OSError:  # the current folder was removed
        return clean_line(str(path))
    return clean_line(str(path.relative_to(here) if path.is_relative_to(here) else path))
