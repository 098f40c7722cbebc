"""What rules look at, and what they find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from presenter.deck.diagnostics import Problem
from presenter.deck.load import Loaded
from presenter.deck.model import Deck, Slide
from presenter.deck.source import SourcePosition
from presenter.themes import Theme
from presenter.timing.plan import Plan, make_plan

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found in one deck, in file order."""

    problems: tuple[Problem, ...]
    more: int = 0
    """Problems beyond those listed."""
    deck: Deck | None = None
    """None when it cannot be shown."""
    files: frozenset[Path] = frozenset()
    """Every file that it was made of."""

    @property
    def errors(self) -> int:
        """How many of the listed problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)


class Finding(NamedTuple):
    """One thing that a rule found."""

    spot: SourcePosition
    words: str
    fix: str | None = None
    """How to mend it; None when what the rule always says will do."""
    severity: Severity | None = None
    """None for the rule's own."""


class RenderSample(NamedTuple):
    """What painting one slide at one size showed."""

    width: int
    height: int
    lost: int = 0
    """Rows that have no room at the step where most are lost."""
    step: int = 0
    """That step, from 1; 0 when it is so at every step."""
    cut: str = ""
    """The first words without room."""
    remarks: tuple[str, ...] = ()
    """What else the painting noticed, each once."""


@dataclass(frozen=True)
class CheckContext:
    """A deck as rules look at it."""

    loaded: Loaded
    deck: Deck | None
    """None when it cannot be shown; most rules have nothing to say then."""
    themes: tuple[Theme, ...] = ()
    """The colours that it is checked in."""
    shots: Mapping[str, tuple[RenderSample, ...]] = field(default_factory=dict)
    """What painting showed, by the slides' ids; one a size."""
    recorded: bool = False
    """There are records of runs of this deck."""
    known: frozenset[str] = frozenset()
    """The ids of all rules."""

    @property
    def slides(self) -> tuple[Slide, ...]:
        """The slides; none when the deck cannot be shown."""
        return self.deck.slides if self.deck else ()

    @cached_property
    def plan(self) -> Plan:
        """How the time is planned; no slides when the deck cannot be shown."""
        return make_plan(self.deck) if self.deck else Plan()

    def spot(self, slide: Slide) -> SourcePosition:
        """Return where a slide stands."""
        return self.loaded.spots[slide.id]
