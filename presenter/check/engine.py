"""Loading a deck, painting all of it, and asking every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from presenter.check.context import CheckContext, CheckReport
from presenter.check.overflow_rules import sample_slide
from presenter.check.rules import RULES, Rule
from presenter.check.time_rules import duration_mismatch
from presenter.deck.diagnostics import Diagnostics, quote_for_message
from presenter.deck.load import Loaded, load
from presenter.deck.model import Deck
from presenter.render.stage import Stage
from presenter.themes import Theme

DEFAULT_SIZES: Final[tuple[tuple[int, int], ...]] = ((80, 24),)
"""Columns and rows at which every slide has to fit."""

Progress: TypeAlias = Callable[[int, int], object]
"""Told how many slides are painted, of how many."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How decks are checked."""

    sizes: tuple[tuple[int, int], ...] = DEFAULT_SIZES
    """Columns and rows; those that the deck names come on top."""
    themes: tuple[Theme, ...] = ()
    """Instead of the deck's own."""
    every_rule: bool = False
    """Look also for what is not looked for usually."""
    strict: bool = False
    """Warnings are errors."""
    variant: str = ""
    """Check this variant of the decks; the whole talk, and the times of all variants, when empty."""
    recorded: Callable[[Deck], bool] | None = None
    """Says whether there are records of runs of a deck."""


def check_deck(  # noqa: PLR0913 - what is seldom wanted has a default
    path: Path,
    *,
    allow_outside: bool = False,
    sizes: Iterable[tuple[int, int]] = DEFAULT_SIZES,
    variant: str = "",
    manner: CheckOptions | None = None,
    progress: Progress | None = None,
) -> CheckReport:
    """Load a deck, decode its pictures and paint every step of every slide; say what is wrong. Never raises.

    Args:
        path: the deck file, or a folder with a `deck.yaml`.
        allow_outside: it may name files outside its folder.
        sizes: columns and rows, unless `manner` is given.
        variant: what is checked of it, unless `manner` is given.
        manner: how it is checked.
        progress: told of every slide that is painted.
    """
    manner = manner or CheckOptions(tuple(sizes), variant=variant)
    loaded = load(path, allow_outside=allow_outside, variant=manner.variant)
    findings = Diagnostics(kept=list(loaded.problems), dropped=loaded.more, silences=list(loaded.silences))
    deck = loaded.deck
    case = CheckContext(loaded, deck, known=frozenset(RULES))
    if deck:
        themes = manner.themes or (deck.theme,)
        stages = _stages(deck, manner.sizes, themes)
        shots = {}
        for number, slide in enumerate(deck.slides, 1):
            shots[slide.id] = sample_slide(slide, stages)
            if progress:
                progress(number, len(deck.slides))
        recorded = bool(manner.recorded and manner.recorded(deck))
        case = replace(case, themes=themes, shots=shots, recorded=recorded)
    for rule in _wanted(manner):
        _ask(rule, case, findings)
    for name in deck.variants if deck and not manner.variant else ():
        _ask_variant(name, load(path, allow_outside=allow_outside, variant=name), findings)
    problems, more = findings.listed()
    if manner.strict:
        problems = tuple(replace(problem, severity="error") for problem in problems)
    return CheckReport(problems, more, deck, loaded.files)


def _stages(deck: Deck, sizes: Sequence[tuple[int, int]], themes: Sequence[Theme]) -> list[Stage]:
    every = dict.fromkeys((*sizes, *deck.sizes))
    return [Stage(width, height, theme=theme, outlined=True) for width, height in every for theme in themes]


def _wanted(manner: CheckOptions) -> Iterator[Rule]:
    return (rule for rule in RULES.values() if rule.usual or manner.every_rule)


def _ask_variant(name: str, loaded: Loaded, findings: Diagnostics) -> None:
    """Note where the times of a variant do not add up; its slides are those of the whole talk."""
    rule = RULES["L004"]
    if loaded.deck:
        case = CheckContext(loaded, loaded.deck, known=frozenset(RULES))
        found = [
            each._replace(words=f"variant {quote_for_message(name)}: {each.words}") for each in duration_mismatch(case)
        ]
        _ask(rule._replace(find=lambda _: iter(found)), case, findings)


def _ask(rule: Rule, case: CheckContext, findings: Diagnostics) -> None:
    """Note all that a rule finds."""
    for found in rule.find(case) if rule.find else ():
        fix = rule.fix if found.fix is None else found.fix
        severity = found.severity or rule.severity
        if not findings.dismiss(severity):
            findings.add(found.spot.problem(found.words, severity=severity, fix=fix, rule=rule.id))
