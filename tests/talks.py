"""Decks made in memory for tests of timing: slides are given by their times and notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from presenter.deck.model import Deck, Place, Section, Slide
from presenter.layouts import TextSlide
from presenter.layouts.fields import Seconds

NOWHERE = Path("/nowhere/deck.yaml")


def slide(  # noqa: PLR0913 - one a key
    name: str,
    time: int | None = None,
    notes: str = "",
    *,
    steps: int = 1,
    section: int = 0,
    hidden: bool = False,
    optional: bool = False,
    fixed: bool = False,
    body: str = "words",
) -> Slide:
    layout = TextSlide(
        title=name.title(),
        body=body if steps == 1 else tuple(f"part {number}" for number in range(steps)),
        reveal=steps > 1,
        notes=notes,
        time=None if time is None else Seconds(time),
        hidden=hidden,
        optional=optional,
        fixed=fixed,
    )
    assert layout.steps == steps
    return Slide(name, name, layout, section, Place(NOWHERE), (notes,) if notes else (), main=not hidden)


def talk(  # noqa: PLR0913 - as above
    slides: Sequence[Slide],
    duration: int | None = None,
    reserve: int = 0,
    *,
    sections: Sequence[Section] = (),
    path: Path = NOWHERE,
    name: str = "",
) -> Deck:
    return Deck(
        path,
        title="A talk",
        id=name,
        duration=None if duration is None else Seconds(duration),
        reserve=Seconds(reserve),
        sections=tuple(sections) or (Section("", ""),),
        slides=tuple(slides),
    )


def timed(*times: int, duration: int | None = None, reserve: int = 0) -> Deck:
    """Make a deck of slides `s0`, `s1`... with times of their own."""
    return talk([slide(f"s{number}", time) for number, time in enumerate(times)], duration, reserve)
