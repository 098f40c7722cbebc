"""Variants: other talks from the same deck, by the slides they keep and the time they take.

A variant names slides, sections or tags in `only:`. What it does not name is not in its talk: not in the overview, not
in a search, not in the numbers of its footers. The order is the deck's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from msgspec import structs

from presenter.deck.entries import DeckEntry, VariantEntry
from presenter.deck.gathering import Gathered
from presenter.deck.model import Section, Variant
from presenter.deck.nodes import Items, Node, Pairs
from presenter.deck.problems import did_you_mean, listing, quoted
from presenter.deck.slides import Written
from presenter.layouts.fields import Seconds

STEP: Final = 5
"""Seconds to which a variant's share of the time for questions is rounded down."""
KEYS: Final = listing(VariantEntry.__struct_fields__, "and")


@dataclass(frozen=True, slots=True)
class Talk:
    """The sections and slides of a talk; `ids` has one entry a slide."""

    sections: tuple[Section, ...]
    slides: tuple[Written, ...]
    ids: tuple[str, ...]

    @property
    def main(self) -> bool:
        """Whether there is a slide to begin with."""
        return any(not (slide.layout.hidden or self.sections[slide.section].appendix) for slide in self.slides)


def chosen(talk: Talk, only: Sequence[str]) -> Talk:
    """Return the talk with what `only` names; all of it when that is empty.

    A section that is named stays as it is. Slides that are named, by their ids or tags, are in the talk even when they
    are hidden, or stand in an appendix, in the whole one. A section that loses slides of the main path loses its budget
    too, which was meant for all of them.
    """
    if not only:
        return talk
    names = frozenset(only)
    whole = [section.id in names for section in talk.sections]
    kept = [
        (written, name)
        for written, name in zip(talk.slides, talk.ids, strict=True)
        if whole[written.section] or _named(written, name, names)
    ]
    left = sorted({written.section for written, _ in kept})
    places = {old: new for new, old in enumerate(left)}
    slides = tuple(
        replace(
            written,
            section=places[written.section],
            layout=structs.replace(written.layout, hidden=False) if _named(written, name, names) else written.layout,
        )
        for written, name in kept
    )
    sections = tuple(
        talk.sections[old] if whole[old] else replace(talk.sections[old], appendix=False, time=_budget(talk, old, kept))
        for old in left
    )
    return Talk(sections, slides, tuple(name for _, name in kept))


def _named(written: Written, name: str, names: Collection[str]) -> bool:
    return name in names or any(tag in names for tag in written.layout.tags)


def _budget(talk: Talk, section: int, kept: Sequence[tuple[Written, str]]) -> Seconds | None:
    """Return the budget of a section that is not named itself: none as soon as it has other slides than before."""
    before = {
        name
        for written, name in zip(talk.slides, talk.ids, strict=True)
        if written.section == section and not written.layout.hidden
    }
    now = {name for written, name in kept if written.section == section}
    return talk.sections[section].time if now == before else None


def read_variants(gathered: Gathered, talk: Talk) -> Mapping[str, Variant]:
    """Return the variants of a deck, and say what is wrong with them, where that stands.

    Names are not looked for when slides are missing because of other errors.
    """
    entries: Mapping[str, VariantEntry] = gathered.entry.variants
    root = gathered.node.get("variants")
    made = {}
    for name, entry in entries.items():
        if isinstance(root, Pairs):
            _check(name, entry, root, gathered, talk)
        reserve = _reserve(entry, gathered.entry)
        made[name] = Variant(entry.only, " ".join(entry.title.split()), entry.duration, reserve)
    return MappingProxyType(made)


def length(entry: DeckEntry) -> Seconds | None:
    """Return how long the whole talk takes, None when it does not say."""
    return entry.duration if entry.duration is not None else entry.time


def _reserve(variant: VariantEntry, entry: DeckEntry) -> Seconds:
    """Return what a variant keeps for questions: five minutes do not keep what twenty do, unless the author says so."""
    kept, whole = entry.reserve or Seconds(0), length(entry)
    if variant.reserve is not None:
        return variant.reserve
    if variant.duration is None or not whole:
        return kept
    return Seconds(min(kept, kept * variant.duration // whole // STEP * STEP))


def _check(name: str, entry: VariantEntry, root: Pairs, gathered: Gathered, talk: Talk) -> None:
    key, node = root.pairs[name]
    only = node.get("only") if isinstance(node, Pairs) else None
    desk = gathered.desk
    if not name.strip():
        desk.error(key, "a variant needs a name, to be given after --variant")
    elif isinstance(node, Pairs) and all(value.absent for _, value in node.pairs.values()):
        desk.error(key, f"the variant {quoted(name)} is empty; it may have {KEYS}")
    elif isinstance(only, Items) and not only.items:
        desk.error(only, '"only" names nothing; name slides, sections or tags, or remove it')
    elif isinstance(only, Items) and not gathered.broken:
        unknown = list(_unknown(entry.only, only.items, talk))
        for word, place, hint in unknown:
            desk.error(place, f"no slide, section or tag is called {quoted(word)}{hint}")
        if not unknown and not chosen(talk, entry.only).main:
            desk.error(only, f"the variant {quoted(name)} has no slide to begin with: all are hidden or in an appendix")


def _unknown(only: Sequence[str], places: Sequence[Node], talk: Talk) -> Iterator[tuple[str, Node, str]]:
    tags = {tag for written in talk.slides for tag in written.layout.tags}
    known = {*talk.ids, *tags, *(section.id for section in talk.sections)} - {""}
    for word, place in zip(only, places, strict=False):
        if word not in known:
            yield word, place, did_you_mean(word, known)


def missing(name: str, variants: Collection[str]) -> str:
    """Say that there is no such variant, and which there are."""
    if not variants:
        return f"this deck has no variants, so none called {quoted(name)}; `variants:` in the deck names them"
    there = listing(map(quoted, variants), "and")
    return f"there is no variant {quoted(name)}{did_you_mean(name, variants)} (the deck has {there})"


def place_of(root: Pairs, name: str) -> Node:
    """Return what says how long a talk takes: a variant's own duration, or else the deck's, or else the deck."""
    variants = root.get("variants")
    entry = variants.get(name) if isinstance(variants, Pairs) and name else None
    own = entry.get("duration") if isinstance(entry, Pairs) else None
    return own or root.get("duration") or root.get("time") or root
