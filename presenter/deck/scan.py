"""A quick look into a deck for its names and files, without its layouts, and for the folder it may read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from presenter.deck.diagnostics import Diagnostics
from presenter.deck.files import DECK_NAME
from presenter.deck.ids import UniqueIds, id_error, slug
from presenter.deck.source import ReadBudget, UnreadableError, read_source
from presenter.deck.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode, compose
from presenter.safety import MAX_INCLUDES

_PARENTS: Final = 3
"""Folders above a file in which the deck may lie that includes it."""


@dataclass(slots=True)
class DeckScan:
    """Names in a deck, as far as they can be told without reading it as a whole: a deck may be half written."""

    slides: dict[str, str] = field(default_factory=dict)
    """Titles by the ids of slides that have an id or a title."""
    variants: dict[str, str] = field(default_factory=dict)
    """Titles of variants by their names."""


def scan(path: Path) -> DeckScan:
    """Look into a deck file, or the `deck.yaml` of a folder; what cannot be read has no names. Never raises."""
    found = DeckScan()
    try:
        real = Path(os.path.realpath(path / DECK_NAME if path.is_dir() else path))
        looker = _Looker(allowed_folder(real))
        root = looker.open(real)
        if isinstance(root, MappingNode):
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
        if isinstance(root, MappingNode):
            for _ in looker.slides(root, (path,)):
                pass
    except Exception:  # noqa: BLE001 - as above
        return frozenset()
    return frozenset(looker.included)


def allowed_folder(path: Path) -> Path:
    """Return the folder that a deck may read from, for the real path of the file that is opened.

    It is the folder of that file; but a section's file shows pictures of the deck around it: where one of the three
    folders above holds a `deck.yaml` of the same owner that includes the file, it is that folder.
    """
    for folder in list(path.parents)[1 : _PARENTS + 1]:
        if _includes(folder / DECK_NAME, path):
            return folder
    return path.parent


def _includes(deck: Path, path: Path) -> bool:
    """Say whether a deck is the same owner's as a file, and includes it. Anybody may write in a shared folder."""
    try:
        found, mine = deck.lstat(), path.stat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_uid != mine.st_uid:
        return False
    return path in included_files(deck)


class _Looker:
    """Reads a deck file and what it includes.

    Args:
        wall: the folder outside of which nothing is read.
    """

    def __init__(self, wall: Path) -> None:
        self._budget = ReadBudget()
        self._wall = wall
        self.included: set[Path] = set()

    def open(self, path: Path) -> Node | None:
        findings = Diagnostics()
        try:
            source = read_source(path, self._budget, findings, ())
        except UnreadableError:
            return None
        return compose(source, self._budget, findings) if source else None

    def slides(self, root: MappingNode, chain: tuple[Path, ...]) -> Iterator[MappingNode]:
        """Go through the slides of a file and of all that it includes."""
        sections = root.get("sections")
        for part in sections.items if isinstance(sections, SequenceNode) else [root]:
            if not isinstance(part, MappingNode):
                continue
            name, slides = part.get("include"), part.get("slides")
            if isinstance(name, ScalarNode):
                yield from self._included(name.value, chain)
            elif isinstance(slides, SequenceNode):
                yield from (item for item in slides.items if isinstance(item, MappingNode))

    def _included(self, name: str, chain: tuple[Path, ...]) -> Iterator[MappingNode]:
        path = Path(os.path.realpath(chain[-1].parent / name))
        if path not in chain and len(chain) <= MAX_INCLUDES and path.is_relative_to(self._wall):
            self.included.add(path)
            root = self.open(path)
            if isinstance(root, MappingNode):
                yield from self.slides(root, (*chain, path))


def _text(node: MappingNode, key: str) -> str:
    value = node.get(key)
    return " ".join(value.clean.split()) if isinstance(value, ScalarNode) else ""


def _slides(slides: list[MappingNode], found: DeckScan) -> None:
    """Give slides the ids that loading gives them: their own, else what their titles say."""
    own = [_text(slide, "id") for slide in slides]
    names = UniqueIds(name for name in own if name)
    for slide, name in zip(slides, own, strict=True):
        title = _text(slide, "title")
        if name and not id_error(name):
            found.slides.setdefault(name, title)
        elif slug(title):
            found.slides[names.take(slug(title))] = title


def _variants(root: MappingNode, found: DeckScan) -> None:
    variants = root.get("variants")
    for name, (_, value) in variants.pairs.items() if isinstance(variants, MappingNode) else ():
        found.variants[name] = _text(value, "title") if isinstance(value, MappingNode) else ""
