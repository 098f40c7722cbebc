"""The sections and slides of a deck in their order, from its file and all files that it includes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from presenter.deck.diagnostics import Diagnostics, did_you_mean, quote_for_message
from presenter.deck.files import AllowedPaths, DeckFiles
from presenter.deck.schema import DeckEntry, SectionEntry, SectionFields
from presenter.deck.slides import Defaults, ParsedSlide, read_slide
from presenter.deck.source import ReadBudget, Source, SourcePosition, UnreadableError, read_source
from presenter.deck.struct_reader import INVALID, NamedImage, ReadContext, read_mapping, struct_keys
from presenter.deck.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode, compose
from presenter.layouts import LAYOUTS
from presenter.layouts.base import Layout
from presenter.layouts.fields import Seconds
from presenter.layouts.text_slides import SectionSlide
from presenter.safety import MAX_INCLUDES, clean_line

_NO_SLIDES: Final = 'no slides: write "slides:" and below it a list of slides, such as "- title: Hello"'


@dataclass(frozen=True, slots=True)
class SectionSource:
    """A section, from its entry in the deck and the file that it includes."""

    spot: SourcePosition
    id: str = ""
    title: str = ""
    subtitle: str = ""
    time: Seconds | None = None
    divider: bool = False
    appendix: bool = False
    notes: str | tuple[str, ...] = ""


@dataclass(slots=True)
class DeckSource:
    """All that the files of a deck say."""

    entry: DeckEntry
    """The deck file's own keys."""
    node: MappingNode
    desk: ReadContext
    defaults: Defaults
    parts: list[SectionSource] = field(default_factory=list)
    slides: list[ParsedSlide] = field(default_factory=list)
    dividers: list[int] = field(default_factory=list)
    """Which of the slides were made for a section."""
    images: list[NamedImage] = field(default_factory=list)
    broken: bool = False
    """Something is missing, since it could not be read."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A deck file, read but for its slides."""

    entry: DeckEntry
    node: MappingNode
    desk: ReadContext
    given: frozenset[str]


def read_deck_files(path: Path, wall: AllowedPaths, findings: Diagnostics) -> DeckSource | None:
    """Read a deck and its includes; None when its own file is no mapping. `findings` says all that is wrong."""
    reader = _Files(wall, findings)
    try:
        opened = reader.open(path, ())
    except UnreadableError as error:
        findings.add(Source(path).problem(0, 0, str(error)))
        return None
    if opened is None:
        return None
    defaults = Defaults(opened.node.get("defaults"), opened.desk)
    gathered = DeckSource(opened.entry, opened.node, opened.desk, defaults, images=reader.images, broken=reader.broken)
    gatherer = _Gatherer(gathered, reader)
    gatherer.content(opened, defaults, None)
    gathered.broken |= reader.broken
    if not findings.errors:
        _check_main(gathered)
    return gathered


def _check_main(gathered: DeckSource) -> None:
    """A talk needs a slide to begin with."""
    root = SourcePosition(gathered.desk.source, 0, 0)
    if not gathered.slides:
        gathered.desk.findings.add(root.problem(_NO_SLIDES))
    elif all(slide.layout.hidden or gathered.parts[slide.section].appendix for slide in gathered.slides):
        gathered.desk.findings.add(root.problem("no slide to begin with: all are hidden or in an appendix"))


class _Files:
    """Opens deck files, within the limits of all of them together."""

    def __init__(self, wall: AllowedPaths, findings: Diagnostics) -> None:
        self.images: list[NamedImage] = []
        self.broken = False
        self._wall = wall
        self._findings = findings
        self._budget = ReadBudget()

    def open(self, path: Path, chain: tuple[str, ...]) -> _Opened | None:
        """Read a deck file's own keys; None when there are none to read.

        Raises:
            UnreadableError: as `read_source` does.
        """
        self._wall.used.add(path)
        source = read_source(path, self._budget, self._findings, chain)
        before = self._findings.errors
        node = compose(source, self._budget, self._findings) if source else None
        if source is None or not isinstance(node, MappingNode):
            if source and self._findings.errors == before:
                self._findings.add(source.problem(0, 0, _why_none(node)))
            self.broken = True
            return None
        desk = ReadContext(source, DeckFiles(self._wall, path.parent), self._findings, self.images)
        values, fine = read_mapping(struct_keys(DeckEntry), node, desk, _unknown_in_deck)
        self.broken |= not fine
        desk.silence(node, values.get("lint"), everywhere=not chain)
        given = frozenset(key for key, (_, value) in node.pairs.items() if not value.absent)
        return _Opened(DeckEntry(**values), node, desk, given)


def _why_none(node: Node | None) -> str:
    if isinstance(node, SequenceNode):
        return 'no slides: the file is a list; write "slides:" above it'
    if isinstance(node, ScalarNode) and not node.absent:
        return (
            f'no slides: the file is only the text {quote_for_message(node.clean)}; a deck has "title:" and "slides:"'
        )
    return _NO_SLIDES


def _unknown_in_deck(key: ScalarNode, desk: ReadContext) -> None:
    _unknown(key, desk, DeckEntry, "the deck")


def _unknown_in_section(key: ScalarNode, desk: ReadContext) -> None:
    _unknown(key, desk, SectionEntry, "a section")


def _unknown(key: ScalarNode, desk: ReadContext, cls: type[SectionFields], where: str) -> None:
    name, hint = key.value, ""
    if not desk.findings.full:
        of_slides = any(name in struct_keys(layout) for layout in LAYOUTS.values())
        hint = (
            '; it belongs to a slide, in a list below "slides:"' if of_slides else did_you_mean(name, struct_keys(cls))
        )
    desk.error(key, f"unknown field {quote_for_message(name)} in {where}{hint}")


class _Gatherer:
    """Goes through sections, includes and slides."""

    def __init__(self, gathered: DeckSource, files: _Files) -> None:
        self.to = gathered
        self.files = files
        self.open = [gathered.desk.source.path]
        self.number = 0

    def content(self, opened: _Opened, defaults: Defaults, part: SectionSource | None) -> None:
        """Read a file's sections, or its slides as one section: `part`, or an unnamed one."""
        node, desk = opened.node, opened.desk
        if {"sections", "slides"} <= opened.given:
            last = max("sections", "slides", key=lambda key: _line_of(node, key))
            desk.error(node.pairs[last][0], 'a deck has either "slides" or "sections", not both')
        if "sections" in opened.given:
            for item in self._items(node.get("sections"), desk, 'sections: "- title: …"'):
                self.section(item, desk, defaults)
        elif "slides" in opened.given:
            self.begin(part or SectionSource(desk.spot(node)), defaults)
            self.slides(node.get("slides"), desk, defaults)
        elif part:
            desk.error(node, _NO_SLIDES)
        elif not desk.findings.errors:
            desk.findings.add(SourcePosition(desk.source, 0, 0).problem(_NO_SLIDES))

    def section(self, item: Node, desk: ReadContext, defaults: Defaults) -> None:
        """Read one entry of `sections:`."""
        if not isinstance(item, MappingNode) or not item.pairs:
            self._broken(desk, item, 'a section is a mapping: "title: …" and "slides:", or "include: file.yaml"')
            return
        values, fine = read_mapping(struct_keys(SectionEntry), item, desk, _unknown_in_section)
        self.to.broken |= not fine
        entry = SectionEntry(**values)
        if item.get("include") is not None:
            if entry.include:
                self.include(entry, item, desk, defaults)
            elif "include" in values:
                self._broken(desk, item.pairs["include"][1], '"include" is empty; write the path of a deck file')
            return
        if item.get("slides") is None:
            self._broken(desk, item, 'a section needs "slides:" with a list of slides, or "include: file.yaml"')
            return
        inner = Defaults(item.get("defaults"), desk, defaults)
        self.begin(_found(entry, desk.spot(item)), inner)
        self.slides(item.get("slides"), desk, inner)

    def include(self, entry: SectionEntry, item: MappingNode, desk: ReadContext, defaults: Defaults) -> None:
        """Read the file that a section stands in."""
        node = item.pairs["include"][1]
        for key in ("slides", "defaults"):
            if item.get(key) is not None:
                self._broken(desk, item.pairs[key][0], f'a section with "include" has its {key} in that file')
        try:
            path = desk.files.resolve(entry.include)
            self._check_chain(path)
            opened = self.files.open(path, (self._chain(desk.spot(node)), *desk.source.chain))
        except (UnreadableError, ValueError) as error:
            words = str(error) if isinstance(error, ValueError) else f"{quote_for_message(entry.include)}: {error}"
            self._broken(desk, node, words)
            return
        if opened is None:
            self.to.broken = True
            return
        self.open.append(path)
        inner = Defaults(opened.node.get("defaults"), opened.desk, defaults)
        if "sections" in opened.given:
            self._refuse_overrides(entry, item, desk)
        self.content(opened, inner, _merged(entry, item, opened, desk.spot(item)))
        self.open.pop()

    def _check_chain(self, path: Path) -> None:
        """Raise ValueError when the file is open already, or too many are."""
        if path in self.open:
            names = " → ".join(clean_line(step.name) for step in (*self.open[self.open.index(path) :], path))
            raise ValueError(f"this include goes round: {names}")
        if len(self.open) > MAX_INCLUDES:
            raise ValueError(f"includes are nested more than {MAX_INCLUDES} deep")

    def _chain(self, spot: SourcePosition) -> str:
        shown = os.path.relpath(spot.source.path, self.open[0].parent)
        return f"{clean_line(shown)}:{spot.line + 1}"

    def _refuse_overrides(self, entry: SectionEntry, item: MappingNode, desk: ReadContext) -> None:
        for key, (name, value) in item.pairs.items():
            if key in struct_keys(SectionFields) and not value.absent:
                words = f'"{key}" cannot be set here: {quote_for_message(entry.include)} has sections of its own'
                self._broken(desk, name, words)

    def begin(self, part: SectionSource, defaults: Defaults) -> None:
        """Begin a section, with its divider if it has one."""
        self.to.parts.append(part)
        if not part.divider:
            return
        if not part.title:
            self.to.broken = True
            self.to.desk.findings.add(part.spot.problem('"divider: true" needs a title to show'))
            return
        values: dict[str, Any] = {"title": part.title, "subtitle": part.subtitle, "notes": part.notes}
        for key, slot in struct_keys(Layout).items():
            if key not in {"id", "time", "reveal", *values} and (value := defaults.find(key, slot)) is not INVALID:
                values[key] = value
        self.to.dividers.append(len(self.to.slides))
        self.to.slides.append(ParsedSlide(SectionSlide(**values), part.spot, part.spot, len(self.to.parts) - 1))

    def slides(self, node: Node | None, desk: ReadContext, defaults: Defaults) -> None:
        """Read a list of slides into the section begun last."""
        for item in self._items(node, desk, 'slides: "- title: …"'):
            self.number += 1
            written = read_slide(item, desk, defaults, self.number, len(self.to.parts) - 1)
            if written is None:
                self.to.broken = True
            else:
                self.to.slides.append(written)

    def _items(self, node: Node | None, desk: ReadContext, example: str) -> list[Node]:
        if isinstance(node, SequenceNode):
            return node.items
        if node is not None:
            self._broken(desk, node, f"expected a list of {example}")
        return []

    def _broken(self, desk: ReadContext, node: Node, words: str) -> None:
        self.to.broken = True
        desk.error(node, words)


def _line_of(node: MappingNode, key: str) -> int:
    start = node.pairs[key][0].start
    line: int = start.line
    return line


def _found(entry: SectionFields, spot: SourcePosition) -> SectionSource:
    return SectionSource(
        spot,
        id=entry.id,
        title=entry.title,
        subtitle=entry.subtitle,
        time=entry.time,
        divider=entry.divider,
        appendix=entry.appendix,
        notes=entry.notes,
    )


def _merged(entry: SectionEntry, item: MappingNode, opened: _Opened, spot: SourcePosition) -> SectionSource:
    """Return the section of an included file: what the file says, unless the entry says otherwise."""
    file = opened.entry
    own: Mapping[str, Any] = {
        key: getattr(entry, key) for key in struct_keys(SectionFields) if item.get(key) is not None
    }
    values = {key: getattr(file, key) for key in struct_keys(SectionFields)}
    if values["time"] is None:
        values["time"] = file.duration
    return SectionSource(spot, **{**values, **own})
