"""What the commands `plan`, `runs` and `times` do, but for reading the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import structs

from presenter.deck.diagnostics import did_you_mean
from presenter.deck.model import Deck
from presenter.history.agenda import Day, plan_csv, plan_data, plan_ics, plan_table
from presenter.history.compare import ROUND_TO, Comparison, compare, suggestions
from presenter.history.fit_times import scaled, starving
from presenter.history.formats import (
    comparison_csv,
    comparison_data,
    comparison_table,
    runs_data,
    runs_table,
    times_table,
    to_json,
)
from presenter.history.hashes import former_ids, slide_hashes
from presenter.history.html_page import comparison_page
from presenter.history.report import make_report, report_data, report_text
from presenter.history.runs import Run, read_runs
from presenter.history.state_files import StateFolderError, deck_key, state_root
from presenter.history.write_times import TimesDraft, WriteError, changes_diff, prepare_changes, write_changes
from presenter.layouts.fields import Seconds
from presenter.safety import clean_line
from presenter.timing.clocks import Clocks, system_clocks
from presenter.timing.deadline import stop_instant
from presenter.timing.plan import make_plan

FINE, FOUND, USAGE = 0, 1, 2
"""Exit codes: all is well; something is wrong or refused; wrong usage."""

AnswerFormat: TypeAlias = Literal["text", "json", "csv", "html"]
PlanForm: TypeAlias = Literal["text", "json", "csv", "ics"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: text for standard output, a line for standard error, and the exit code."""

    text: str = ""
    error: str = ""
    code: int = FINE


def plan_answer(
    deck: Deck, *, form: PlanForm = "text", wpm: int | None = None, at: str = "", clocks: Clocks | None = None
) -> Answer:
    """Answer `presenter plan DECK`: the agenda.

    Args:
        deck: the talk.
        form: how it is written.
        wpm: words a minute instead of the usual ones.
        at: when the talk starts, `hh:mm`; what the deck says when empty.
        clocks: that say which day it is.
    """
    made = make_plan(deck, wpm=wpm) if wpm else make_plan(deck)
    now = (clocks or system_clocks()).now()
    start = at or (deck.start if ":" in deck.start else "")
    try:
        day = Day(stop_instant(start, now), stop_instant(deck.stop, now))
    except ValueError:
        return Answer(error=f'"{clean_line(at)}" is no time of the day; write 14:00', code=USAGE)
    if form == "ics":
        if day.began is None:
            return Answer(error="a calendar needs to know when the talk starts: add --at 14:00", code=USAGE)
        return Answer(plan_ics(made, deck.title, day.began, now.timestamp()))
    if form == "csv":
        return Answer(plan_csv(made, day))
    return Answer(to_json(plan_data(made, day)) if form == "json" else plan_table(made, day))


def runs_answer(deck: Deck, *, form: AnswerFormat = "text", root: Path | None = None) -> Answer:
    """Answer `presenter runs DECK`: the list of its runs, as text or JSON."""
    try:
        told: list[str] = []
        say = told.append if form == "text" else None
        runs = read_runs(root or state_root(), deck_key(deck), former_ids(deck), say)
    except StateFolderError as error:
        return Answer(error=str(error), code=FOUND)
    if form == "json":
        return Answer(to_json(runs_data(runs)))
    text = runs_table(runs) if runs else f"{_no_runs(deck)}\n"
    return Answer(text + "".join(f"! {words}\n" for words in told))


def _no_runs(deck: Deck) -> str:
    """Say that a deck, or the variant of it that was asked for, has no runs, and how to get one."""
    if not deck.variant:
        return "There are no runs of this deck yet. `presenter rehearse DECK` records one."
    name = clean_line(deck.variant)
    return f'There are no runs of the variant "{name}" yet. `presenter rehearse DECK --variant {name}` records one.'


def comparison_answer(
    deck: Deck, *, form: AnswerFormat = "text", every_version: bool = False, root: Path | None = None
) -> Answer:
    """Answer `presenter runs DECK --compare`: what the runs say, slide by slide."""
    try:
        found, _ = compare_runs(deck, root=root, every_version=every_version)
    except StateFolderError as error:
        return Answer(error=str(error), code=FOUND)
    if form == "json":
        return Answer(to_json(comparison_data(found)))
    if form == "csv":
        return Answer(comparison_csv(found))
    return Answer(comparison_page(found, deck.title) if form == "html" else comparison_table(found))


def report_answer(deck: Deck, run: str = "last", *, json: bool = False, root: Path | None = None) -> Answer:
    """Answer with the report of one run: `last`, its number in the list of runs, or its name."""
    try:
        folder = root or state_root()
        made, hashes = make_plan(deck), slide_hashes(deck)
        runs = read_runs(folder, deck_key(deck), former_ids(deck))
        number = _number(run, runs)
    except StateFolderError as error:
        return Answer(error=str(error), code=FOUND)
    if number is None:
        words = f'there is no run "{clean_line(run)}"; see `presenter runs DECK`' if runs else _no_runs(deck)
        return Answer(error=words, code=FOUND)
    found = make_report(made, runs[number], compare(made, hashes, runs[:number]))
    return Answer(to_json(report_data(found)) if json else report_text(found))


def _number(text: str, runs: Sequence[Run]) -> int | None:
    """Return the place of a run in the list, from 0."""
    if text == "last":
        return len(runs) - 1 if runs else None
    if text.isascii() and text.isdigit():
        return int(text) - 1 if 1 <= int(text) <= len(runs) else None
    names = [run.name for run in runs]
    stem = Path(text).name.removesuffix(".jsonl")
    return names.index(stem) if stem in names else None


def times_answer(  # noqa: PLR0913 - one parameter an option
    deck: Deck,
    *,
    source: str = "median3",
    step: int = ROUND_TO,
    only: Sequence[str] = (),
    write_them: bool = False,
    scale: bool = False,
    force: bool = False,
    allow_outside: bool = False,
    root: Path | None = None,
) -> Answer:
    """Answer `presenter times DECK [--write]`: the times that rehearsals suggest, and the diff of writing them.

    Args:
        deck: the talk, loaded a moment ago.
        source: `median3`, `last`, or a run as in `report_answer`.
        step: seconds to which times are rounded, 1 or more.
        only: ids of the slides; all of them when there are none.
        write_them: write, after the diff.
        scale: shorten the times until the slides without one keep theirs.
        force: write times even when they leave slides without any.
        allow_outside: as the deck was loaded.
        root: the state folder; the system's when left out.
    """
    if write_them and deck.variant:
        return Answer(error=_of_the_whole(deck.variant), code=FOUND)
    try:
        found, wanted = _wanted(deck, source, max(1, step), only, root)
    except StateFolderError as error:
        return Answer(error=str(error), code=FOUND)
    except _UnknownError as error:
        return Answer(error=str(error), code=USAGE)
    if not found.runs:
        return Answer(comparison_table(found), code=FOUND)
    if scale:
        made = make_plan(deck)
        fit = scaled(made, wanted, max(1, step))
        wanted = {name: time for name, time in fit.items() if time != made.times[made.position[name]]}
    text = times_table(found, wanted)
    if deck.variant or not wanted:
        return Answer(f"{text}\n{_of_the_whole(deck.variant)}\n" if wanted else text)
    return _with_diff(text, deck, wanted, write_them=write_them, force=force, allow_outside=allow_outside)


def _of_the_whole(variant: str) -> str:
    """Say why the times of a variant are not written."""
    name = clean_line(variant)
    return (
        f'times stand in the slides, for the whole talk; those of the variant "{name}" would change them, '
        "and are not written"
    )


def _with_diff(  # noqa: PLR0913 - what is written, and how
    text: str, deck: Deck, wanted: Mapping[str, int], *, write_them: bool, force: bool, allow_outside: bool
) -> Answer:
    """Show what writing the times changes in the files, and write them if that is wanted."""
    draft = prepare_changes(deck, wanted, allow_outside=allow_outside)
    code = FOUND if draft.refused else FINE
    text += f"\n{changes_diff(draft, deck.path.parent)}{_refusals(draft)}"
    if not draft.written:
        return Answer(text, code=code)
    planned = make_plan(_with_times(deck, {name: wanted[name] for name in draft.written}))
    text += "".join(f"\n! with these times {warning}" for warning in planned.warnings) + "\n" * bool(planned.warnings)
    many = f"{len(draft.written)} time{'s' * (len(draft.written) != 1)}"
    starved = starving(make_plan(deck), planned)
    if starved and not force:
        titles = ", ".join(clean_line(slide.title or slide.id) for slide in starved)
        words = f"these times leave 0:00 for {titles}; --scale makes them fit, --force writes them all the same"
        return Answer(text, error=words, code=FOUND)
    if not write_them:
        return Answer(f"{text}\n{many} would change; add --write to write them.\n", code=code)
    try:
        write_changes(draft)
    except WriteError as error:
        return Answer(text, str(error), FOUND)
    return Answer(f"{text}\n{many} written.\n", code=code)


def _with_times(deck: Deck, times: Mapping[str, int]) -> Deck:
    """Return the deck as it is going to be."""
    slides = (
        replace(slide, layout=structs.replace(slide.layout, time=Seconds(times[slide.id])))
        if slide.id in times
        else slide
        for slide in deck.slides
    )
    return replace(deck, slides=tuple(slides))


class _UnknownError(Exception):
    """A name on the command line means nothing here."""


def _wanted(
    deck: Deck, source: str, step: int, only: Sequence[str], root: Path | None
) -> tuple[Comparison, dict[str, int]]:
    """Return the runs that times come from, and the times that would change."""
    unknown = [name for name in only if name not in deck.index]
    if unknown:
        raise _UnknownError(f'no slide has the id "{clean_line(unknown[0])}"{did_you_mean(unknown[0], deck.index)}')
    found, every = compare_runs(deck, root=root)
    if source in {"median3", "last"}:
        return found, suggestions(found, source=source, step=step, only=only)
    number = _number(source, every)
    if number is None:
        raise _UnknownError(f'there is no run "{clean_line(source)}"; see `presenter runs DECK`')
    found = _of_one(deck, every[number])
    return found, suggestions(found, source="last", step=step, only=only)


def _of_one(deck: Deck, run: Run) -> Comparison:
    """Compare with one run alone, which need not be complete."""
    made = make_plan(deck)
    seen = tuple(slide.id for slide in made.talk if slide.id in run.times)
    return compare(made, slide_hashes(deck), [replace(run, main=seen)])


def _refusals(draft: TimesDraft) -> str:
    lines = [
        f'not changed: slide {slide.label} "{slide.title}" '
        f"({clean_line(slide.place.path.name)}:{slide.place.line}): {why}"
        for slide, why in draft.refused
    ]
    return "".join(f"\n{line}" for line in lines) + "\n" * bool(lines)


def compare_runs(deck: Deck, *, root: Path | None = None, every_version: bool = False) -> tuple[Comparison, list[Run]]:
    """Compare the runs of a deck; return all of them as well.

    Raises:
        UnusableError: there is no state folder to look into.
    """
    runs = read_runs(root or state_root(), deck_key(deck), former_ids(deck))
    return compare(make_plan(deck), slide_hashes(deck), runs, every_version=every_version), runs
