"""Loading a deck, painting all of it, and asking every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from presenter.checking.case import Case, Report
from presenter.checking.rules import RULES, Rule
from presenter.checking.space import look
from presenter.deck.loading import load
from presenter.deck.model import Deck
from presenter.deck.problems import Findings
from presenter.drawing import Stage
from presenter.themes import Theme

SIZES: Final[tuple[tuple[int, int], ...]] = ((80, 24),)
"""Columns and rows at which every slide has to fit."""

Progress: TypeAlias = Callable[[int, int], object]
"""Told how many slides are painted, of how many."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How decks are checked."""

    sizes: tuple[tuple[int, int], ...] = SIZES
    """Columns and rows; those that the deck names come on top."""
    themes: tuple[Theme, ...] = ()
    """Instead of the deck's own."""
    every_rule: bool = False
    """Look also for what is not looked for usually."""
    strict: bool = False
    """Warnings are errors."""
    view: Callable[[Deck], Deck] | None = None
    """Makes another talk of a deck, such as one of its variants."""
    recorded: Callable[[Deck], bool] | None = None
    """Says whether there are records of runs of a deck."""


def check_deck(
    path: Path,
    *,
    allow_outside: bool = False,
    sizes: Iterable[tuple[int, int]] = SIZES,
    manner: Manner | None = None,
    progress: Progress | None = None,
) -> Report:
    """Load a deck, decode its pictures and paint every step of every slide; say what is wrong. Never raises.

    Args:
        path: the deck file, or a folder with a `deck.yaml`.
        allow_outside: it may name files outside its folder.
        sizes: columns and rows, unless `manner` is given.
        manner: how it is checked.
        progress: told of every slide that is painted.
    """
    manner = manner or Manner(tuple(sizes))
    loaded = load(path, allow_outside=allow_outside)
    findings = Findings(kept=list(loaded.problems), dropped=loaded.more, silences=list(loaded.silences))
    deck = manner.view(loaded.deck) if loaded.deck and manner.view else loaded.deck
    case = Case(loaded, deck, known=frozenset(RULES))
    if deck:
        themes = manner.themes or (deck.theme,)
        stages = _stages(deck, manner.sizes, themes)
        shots = {}
        for number, slide in enumerate(deck.slides, 1):
            shots[slide.id] = look(slide, stages)
            if progress:
                progress(number, len(deck.slides))
        recorded = bool(manner.recorded and manner.recorded(deck))
        case = replace(case, themes=themes, shots=shots, recorded=recorded)
    for rule in _wanted(manner):
        _ask(rule, case, findings)
    problems, more = findings.listed()
    if manner.strict:
        problems = tuple(replace(problem, severity="error") for problem in problems)
    return Report(problems, more, deck, loaded.files)


def _stages(deck: Deck, sizes: Sequence[tuple[int, int]], themes: Sequence[Theme]) -> list[Stage]:
    every = dict.fromkeys((*sizes, *deck.sizes))
    return [Stage(width, height, theme=theme, outlined=True) for width, height in every for theme in themes]


def _wanted(manner: Manner) -> Iterator[Rule]:
    return (rule for rule in RULES.values() if rule.usual or manner.every_rule)


def _ask(rule: Rule, case: Case, findings: Findings) -> None:
    """Note all that a rule finds."""
    for found in rule.find(case) if rule.find else ():
        fix = rule.fix if found.fix is None else found.fix
        severity = found.severity or rule.severity
        if not findings.dismiss(severity):
            findings.add(found.spot.problem(found.words, severity=severity, fix=fix, rule=rule.id))
