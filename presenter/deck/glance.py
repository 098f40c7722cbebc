"""A quick look into a deck for the names in it, without its layouts: for completing words while somebody types."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from presenter.deck.files import DECK_NAME, wall_of
from presenter.deck.naming import Names, id_fault, slug
from presenter.deck.nodes import Items, Node, Pairs, Text, compose
from presenter.deck.problems import Findings
from presenter.deck.source import Budget, UnreadableError, read_source
from presenter.safety import MAX_INCLUDES


@dataclass(slots=True)
class Glance:
    """Names in a deck, as far as they can be told without reading it as a whole: a deck may be half written."""

    slides: dict[str, str] = field(default_factory=dict)
    """Titles by the ids of slides that have an id or a title."""
    variants: dict[str, str] = field(default_factory=dict)
    """Titles of variants by their names."""


def glance(path: Path) -> Glance:
    """Look into a deck file, or the `deck.yaml` of a folder; what cannot be read has no names. Never raises."""
    found = Glance()
    try:
        real = Path(os.path.realpath(path / DECK_NAME if path.is_dir() else path))
        looker = _Looker(wall_of(real))
        root = looker.open(real)
        if isinstance(root, Pairs):
            _variants(root, found)
            _slides(list(looker.slides(root, (real,))), found)
    except Exception:  # noqa: BLE001 - half-written files may be anything, and nobody waits for an error here
        return found
    return found


def included_files(path: Path) -> frozenset[Path]:
    """Return the real paths of all files that a deck includes, as far as they lie in its folder. Never raises."""
    looker = _Looker(path.parent)
    try:
        root = looker.open(path)
        if isinstance(root, Pairs):
            for _ in looker.slides(root, (path,)):
                pass
    except Exception:  # noqa: BLE001 - as above
        return frozenset()
    return frozenset(looker.included)


class _Looker:
    """Reads a deck file and what it includes.

    Args:
        wall: the folder outside of which nothing is read.
    """

    def __init__(self, wall: Path) -> None:
        self._budget = Budget()
        self._wall = wall
        self.included: set[Path] = set()

    def open(self, path: Path) -> Node | None:
        findings = Findings()
        try:
            source = read_source(path, self._budget, findings, ())
        except UnreadableError:
            return None
        return compose(source, self._budget, findings) if source else None

    def slides(self, root: Pairs, chain: tuple[Path, ...]) -> Iterator[Pairs]:
        """Go through the slides of a file and of all that it includes."""
        sections = root.get("sections")
        for part in sections.items if isinstance(sections, Items) else [root]:
            if not isinstance(part, Pairs):
                continue
            name, slides = part.get("include"), part.get("slides")
            if isinstance(name, Text):
                yield from self._included(name.value, chain)
            elif isinstance(slides, Items):
                yield from (item for item in slides.items if isinstance(item, Pairs))

    def _included(self, name: str, chain: tuple[Path, ...]) -> Iterator[Pairs]:
        path = Path(os.path.realpath(chain[-1].parent / name))
        if path not in chain and len(chain) <= MAX_INCLUDES and path.is_relative_to(self._wall):
            self.included.add(path)
            root = self.open(path)
            if isinstance(root, Pairs):
                yield from self.slides(root, (*chain, path))


def _text(node: Pairs, key: str) -> str:
    value = node.get(key)
    return " ".join(value.clean.split()) if isinstance(value, Text) else ""


def _slides(slides: list[Pairs], found: Glance) -> None:
    """Give slides the ids that loading gives them: their own, else what their titles say."""
    own = [_text(slide, "id") for slide in slides]
    names = Names(name for name in own if name)
    for slide, name in zip(slides, own, strict=True):
        title = _text(slide, "title")
        if name and not id_fault(name):
            found.slides.setdefault(name, title)
        elif slug(title):
            found.slides[names.take(slug(title))] = title


def _variants(root: Pairs, found: Glance) -> None:
    variants = root.get("variants")
    for name, (_, value) in variants.pairs.items() if isinstance(variants, Pairs) else ():
        found.variants[name] = _text(value, "title") if isinstance(value, Pairs) else ""
