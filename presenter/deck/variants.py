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

from presenter.deck.diagnostics import did_you_mean, join_names, quote_for_message
from presenter.deck.includes import DeckSource
from presenter.deck.model import Section, Variant
from presenter.deck.schema import DeckEntry, VariantEntry
from presenter.deck.slides import ParsedSlide
from presenter.deck.yaml_tree import MappingNode, Node, SequenceNode
from presenter.layouts.fields import Seconds

RESERVE_STEP: Final = 5
"""Seconds to which a variant's share of the time for questions is rounded down."""
VARIANT_KEYS: Final = join_names(VariantEntry.__struct_fields__, "and")


@dataclass(frozen=True, slots=True)
class VariantSlides:
    """The sections and slides of a talk; `ids` has one entry a slide."""

    sections: tuple[Section, ...]
    slides: tuple[ParsedSlide, ...]
    ids: tuple[str, ...]

    @property
    def main(self) -> bool:
        """Whether there is a slide to begin with."""
        return any(not (slide.layout.hidden or self.sections[slide.section].appendix) for slide in self.slides)


def select_slides(talk: VariantSlides, only: Sequence[str]) -> VariantSlides:
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
    return VariantSlides(sections, slides, tuple(name for _, name in kept))


def _named(written: ParsedSlide, name: str, names: Collection[str]) -> bool:
    return name in names or any(tag in names for tag in written.layout.tags)


def _budget(talk: VariantSlides, section: int, kept: Sequence[tuple[ParsedSlide, str]]) -> Seconds | None:
    """Return the budget of a section that is not named itself: none as soon as it has other slides than before."""
    before = {
        name
        for written, name in zip(talk.slides, talk.ids, strict=True)
        if written.section == section and not written.layout.hidden
    }
    now = {name for written, name in kept if written.section == section}
    return talk.sections[section].time if now == before else None


def read_variants(gathered: DeckSource, talk: VariantSlides) -> Mapping[str, Variant]:
    """Return the variants of a deck, and say what is wrong with them, where that stands.

    Names are not looked for when slides are missing because of other errors.
    """
    entries: Mapping[str, VariantEntry] = gathered.entry.variants
    root = gathered.node.get("variants")
    made = {}
    for name, entry in entries.items():
        if isinstance(root, MappingNode):
            _check(name, entry, root, gathered, talk)
        reserve = _reserve(entry, gathered.entry)
        made[name] = Variant(entry.only, " ".join(entry.title.split()), entry.duration, reserve)
    return MappingProxyType(made)


def total_duration(entry: DeckEntry) -> Seconds | None:
    """Return how long the whole talk takes, None when it does not say."""
    return entry.duration if entry.duration is not None else entry.time


def _reserve(variant: VariantEntry, entry: DeckEntry) -> Seconds:
    """Return what a variant keeps for questions: five minutes do not keep what twenty do, unless the author says so."""
    kept, whole = entry.reserve or Seconds(0), total_duration(entry)
    if variant.reserve is not None:
        return variant.reserve
    if variant.duration is None or not whole:
        return kept
    return Seconds(min(kept, kept * variant.duration // whole // RESERVE_STEP * RESERVE_STEP))


def _check(name: str, entry: VariantEntry, root: MappingNode, gathered: DeckSource, talk: VariantSlides) -> None:
    key, node = root.pairs[name]
    only = node.get("only") if isinstance(node, MappingNode) else None
    desk = gathered.desk
    if not name.strip():
        desk.error(key, "a variant needs a name, to be given after --variant")
    elif isinstance(node, MappingNode) and all(value.absent for _, value in node.pairs.values()):
        desk.error(key, f"the variant {quote_for_message(name)} is empty; it may have {VARIANT_KEYS}")
    elif isinstance(only, SequenceNode) and not only.items:
        desk.error(only, '"only" names nothing; name slides, sections or tags, or remove it')
    elif isinstance(only, SequenceNode) and not gathered.broken:
        unknown = list(_unknown(entry.only, only.items, talk))
        for word, place, hint in unknown:
            desk.error(place, f"no slide, section or tag is called {quote_for_message(word)}{hint}")
        if not unknown and not select_slides(talk, entry.only).main:
            desk.error(
                only,
                f"the variant {quote_for_message(name)} has no slide to begin with: all are hidden or in an appendix",
            )


def _unknown(only: Sequence[str], places: Sequence[Node], talk: VariantSlides) -> Iterator[tuple[str, Node, str]]:
    tags = {tag for written in talk.slides for tag in written.layout.tags}
    known = {*talk.ids, *tags, *(section.id for section in talk.sections)} - {""}
    for word, place in zip(only, places, strict=False):
        if word not in known:
            yield word, place, did_you_mean(word, known)


def unknown_variant(name: str, variants: Collection[str]) -> str:
    """Say that there is no such variant, and which there are."""
    if not variants:
        return (
            f"this deck has no variants, so none called {quote_for_message(name)}; `variants:` in the deck names them"
        )
    there = join_names(map(quote_for_message, variants), "and")
    return f"there is no variant {quote_for_message(name)}{did_you_mean(name, variants)} (the deck has {there})"


def duration_place(root: MappingNode, name: str) -> Node:
    """Return what says how long a talk takes: a variant's own duration, or else the deck's, or else the deck."""
    variants = root.get("variants")
    entry = variants.get(name) if isinstance(variants, MappingNode) and name else None
    own = entry.get("duration") if isinstance(entry, MappingNode) else None
    return own or root.get("duration") or root.get("time") or root
