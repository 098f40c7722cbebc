"""One slide: which layout its keys mean, its values, and what it takes from `defaults:`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from presenter.deck.diagnostics import Problem, closest_name, did_you_mean, join_names, quote_for_message
from presenter.deck.source import Source, SourcePosition
from presenter.deck.struct_reader import INVALID, ReadContext, StructKey, node_at, read_mapping, struct_keys
from presenter.deck.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode
from presenter.layouts import LAYOUTS, infer_layout
from presenter.layouts.base import Layout
from presenter.layouts.fields import Image

NOT_FOR_ALL: Final = frozenset({"id", "layout", "lint", "notes", "title", "was"})
"""Keys that `defaults:` may not give."""
_SHOWS: Final = "title, body, points, image, images, left and right, quote, code, file, table, big or break"


_INTENDED: Final[dict[tuple[str, str], str]] = {
    ("ratio", ""): "the share of a picture is its width: write  image: {src: …, width: 40%}",
    **dict.fromkeys(
        (("transition", ""), ("transitions", ""), ("animation", ""), ("effect", "")),
        "slides change at once; to show points one by one write  reveal: true",
    ),
    (
        "columns",
        "",
    ): "a table is  table: {columns: [a, b], rows: …};  two sides are left: and right:",
    ("time", "break"): "a break takes what break: says, such as  break: 15m",
    ("optional", "break"): "a break is never dropped; remove it",
    ("fixed", "break"): "a break always keeps its time; remove it",
    ("reveal", "break"): "a break has no parts to show one by one; remove it",
}
"""What to do instead, by a key that has none here and the layout; an empty one stands for any."""
_BESIDE_CODE: Final = "; code has its slide to itself: write a line below it as caption:, the rest on another slide"
_SYNONYMS: Final = {
    "bullets": "points",
    "items": "points",
    "list": "points",
    "content": "body",
    "markdown": "body",
    "text": "body",
    "img": "image",
    "photo": "image",
    "picture": "image",
    "pictures": "images",
    "photos": "images",
    "heading": "title",
    "header": "title",
    "name": "title",
    "comment": "notes",
    "speaker": "notes",
    "duration": "time",
    "author": "byline",
    "lang": "language",
    "number": "big",
    "quotation": "quote",
    "pause": "break",
    "intermission": "break",
    "type": "layout",
    "kind": "layout",
}
"""What other programs, or people, call a key."""


@lru_cache(maxsize=1)
def _owners() -> dict[str, tuple[str, ...]]:
    """Return the layouts that know each key."""
    keys = dict.fromkeys(key for layout in LAYOUTS.values() for key in struct_keys(layout))
    return {key: tuple(name for name, layout in LAYOUTS.items() if key in struct_keys(layout)) for key in keys}


class Defaults:
    """What `defaults:` gives to the slides below it; the nearest `defaults:` wins."""

    def __init__(self, node: Node | None, desk: ReadContext, outer: Defaults | None = None) -> None:
        self._outer = outer
        self._desk = desk
        self._keys: dict[str, ScalarNode] = {}
        self._values: dict[tuple[str, str], Any] = {}
        if isinstance(node, MappingNode):
            for name, (key, value) in node.pairs.items():
                self._read(name, key, value, desk)
        elif node is not None and not node.absent:
            desk.error(node, "expected a mapping for defaults: lines such as reveal: true")

    def find(self, name: str, slot: StructKey) -> Any:  # noqa: ANN401 - a value, or BAD when nothing is given
        """Return the value for a key of a layout."""
        found = self._values.get((name, slot.kind), INVALID)
        return self._outer.find(name, slot) if found is INVALID and self._outer else found

    def origin(self, name: str, slot: StructKey) -> tuple[SourcePosition, str] | None:
        """Return where the value of `find` stands, and whose defaults those are; None when nothing is given."""
        if (name, slot.kind) not in self._values:
            return self._outer.origin(name, slot) if self._outer else None
        outer = self._outer
        whose = "deck" if outer is None else "section" if outer.in_file(self._desk.source) else "file"
        return self._desk.spot(self._keys[name]), whose

    def in_file(self, source: Source) -> bool:
        """Say whether they stand in a file."""
        return self._desk.source is source

    @property
    def empty(self) -> bool:
        """Nothing is given."""
        return not self._values and (self._outer is None or self._outer.empty)

    def _read(self, name: str, key: ScalarNode, value: Node, desk: ReadContext) -> None:
        """Read the value as every layout understands the key; it is wrong when none does."""
        if name in NOT_FOR_ALL or name not in _owners():
            hint = did_you_mean(name, _owners().keys() - NOT_FOR_ALL) if name not in NOT_FOR_ALL else ""
            words = (
                f"{quote_for_message(name)} belongs to one slide"
                if name in NOT_FOR_ALL
                else f"unknown field {quote_for_message(name)}"
            )
            desk.error(key, f"{words} and cannot be a default" if not hint else f"{words} in defaults{hint}")
            return
        if value.absent:
            return
        first: list[Problem] = []
        for owner in _owners()[name]:
            slot, attempt = struct_keys(LAYOUTS[owner])[name], desk.silent()
            read = slot.read(value, attempt)
            if read is not INVALID:
                self._values[name, slot.kind] = read
                self._keys[name] = key
            first = first or attempt.findings.kept
        if not any(name == known for known, _ in self._values):
            for problem in first:
                desk.findings.add(problem)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a slide, or a deck, was made of."""

    node: MappingNode
    desk: ReadContext
    defaults: Defaults


@dataclass(frozen=True, slots=True)
class ParsedSlide:
    """A slide as it is written, before it has its number."""

    layout: Layout
    spot: SourcePosition
    id_spot: SourcePosition
    section: int
    origin: Origin | None = None
    """None for one that was made for a section."""


def read_slide(node: Node, desk: ReadContext, defaults: Defaults, number: int, section: int) -> ParsedSlide | None:
    """Read a slide; None when something is wrong, which the desk's findings then say.

    Args:
        node: the slide's mapping.
        desk: the file that it stands in.
        defaults: what it takes when it does not say.
        number: its place among all slides, from 1, for messages.
        section: its section's index.
    """
    if type(node) is not MappingNode or not node.pairs:
        desk.error(node, 'a slide is a mapping: lines such as "title: Hello"')
        return None
    shown = _name(node, number)
    layout = _choose(node, desk, shown)
    if layout is None:
        return None
    slots = struct_keys(layout)
    own = _own(node, slots)
    values, fine = read_mapping(slots, own, desk, lambda key, at: _unknown(key, at, layout, shown, node))
    desk.silence(node, values.get("lint"))
    missing = [key for key, slot in slots.items() if slot.required and _lacks(key, node, values)]
    for key in missing:
        _missing(node, desk, key, f"{shown} (layout {layout.name})")
    if not fine or missing:
        return None
    for key, slot in slots.items() if not defaults.empty else ():
        if key not in values and (found := defaults.find(key, slot)) is not INVALID:
            values[key] = found
    made = layout(**{slots[key].field: value for key, value in values.items()})
    return _written(made, Origin(node, desk, defaults), shown, section)


def _lacks(key: str, node: MappingNode, values: Mapping[str, Any]) -> bool:
    """Say whether nothing was given for a key: no value, an empty text, or a list without any text."""
    if node.get(key) is None:
        return True
    value = values.get(key, INVALID)  # what could not be read is no longer there; that was said
    return not any(value) if isinstance(value, tuple) else value == ""


def _name(node: MappingNode, number: int) -> str:
    """Name a slide in a message: `slide 3 "Why the cache misses"`."""
    texts = (node.get("title"), node.get("id"))
    name = next((text.clean for text in texts if isinstance(text, ScalarNode) and text.clean.strip()), "")
    return f"slide {number} {quote_for_message(name)}" if name else f"slide {number}"


def _own(node: MappingNode, slots: Mapping[str, StructKey]) -> MappingNode:
    """Leave out `layout`, and the empty keys of other layouts."""
    own = {
        key: pair
        for key, pair in node.pairs.items()
        if key in slots or not (key == "layout" or (pair[1].absent and key in _owners()))
    }
    if len(own) == len(node.pairs):
        return node
    rest = MappingNode(node.start)
    rest.pairs = own
    return rest


def _choose(node: MappingNode, desk: ReadContext, shown: str) -> type[Layout] | None:
    """Return the layout that a slide names, or that its keys tell."""
    named = node.get("layout")
    if isinstance(named, ScalarNode) and named.clean.strip() in LAYOUTS:
        return LAYOUTS[named.clean.strip()]
    if named is not None and not isinstance(named, ScalarNode):
        kind = "list" if isinstance(named, SequenceNode) else "mapping"
        there = join_names(LAYOUTS, "and")
        desk.error(named, f"expected the name of a layout in {shown}, not a {kind}; there are {there}")
    elif named is not None:
        word = named.clean.strip()
        hint = did_you_mean(word, LAYOUTS) or f"; there are {join_names(LAYOUTS, 'and')}"
        desk.error(named, f"unknown layout {quote_for_message(word)} in {shown}{hint}")
    given = [key for key, (_, value) in node.pairs.items() if not value.absent]
    layout = infer_layout(given) or infer_layout(node.pairs)
    if layout is None:
        unknown = [key for name, (key, _) in node.pairs.items() if name not in _owners() and name != "layout"]
        for key in unknown:
            _unknown(key, desk, Layout, shown, node)
        if not unknown and named is None:
            desk.error(node, f"{shown} has nothing to show; give it {_SHOWS}")
    return None if named is not None else layout


def _unknown(key: ScalarNode, desk: ReadContext, layout: type[Layout], shown: str, node: MappingNode) -> None:
    """Say that a layout does not know a key, and what was perhaps meant."""
    name = key.value
    if advice := _INTENDED.get((name, layout.name)) or _INTENDED.get((name, "")):
        desk.error(key, f"{quote_for_message(name)} has no place in {shown}: {advice}")
        return
    if name in struct_keys(Image) and "image" in node.pairs and name not in _owners():
        desk.error(
            key, f"{quote_for_message(name)} belongs to the picture in {shown}: write  image: {{src: …, {name}: …}}"
        )
        return
    if name in _owners():
        why = "" if "layout" in node.pairs else _because(node, layout)
        owners = join_names(_owners()[name])
        beside = _BESIDE_CODE if layout.name == "code" and name in {"points", "body", "image"} else ""
        words = (
            f"{quote_for_message(name)} belongs to layout {owners}, but {shown} has layout {layout.name}{why}{beside}"
        )
        desk.error(key, words)
        return
    meant = "" if desk.findings.full else _meant(name, layout)
    kind = f" (layout {layout.name})" if layout.name and not meant else ""
    hint = (
        f'; did you mean "{meant}"?' if meant else f"; it may have {join_names(_keys(layout), 'and')}" if kind else ""
    )
    desk.error(key, f"unknown field {quote_for_message(name)} in {shown}{kind}{hint}")


def _meant(name: str, layout: type[Layout]) -> str:
    """Return the key that was perhaps meant: one of the layout's, one that has another name, or one of any layout."""
    own = struct_keys(layout) if layout.name else _owners()
    return closest_name(name, [*own, "layout"]) or _SYNONYMS.get(name, "") or closest_name(name, _owners())


def _keys(layout: type[Layout]) -> Iterable[str]:
    """Return a layout's keys, its own first."""
    common = struct_keys(Layout)
    return (*(key for key in struct_keys(layout) if key not in common), *common, "layout")


def _because(node: MappingNode, layout: type[Layout]) -> str:
    """Say which of its keys gave a slide its layout."""
    telling = [key for key in struct_keys(layout) if key in node.pairs and key not in struct_keys(Layout)]
    return f" because of {quote_for_message(telling[0])}" if telling else ""


def _missing(node: MappingNode, desk: ReadContext, key: str, shown: str) -> None:
    if key in node.pairs:
        desk.error(node.pairs[key][0], f"{quote_for_message(key)} is empty in {shown}")
    else:
        desk.error(node, f"{shown} needs {quote_for_message(key)}")


def _written(layout: Layout, origin: Origin, shown: str, section: int) -> ParsedSlide | None:
    """Check what its keys say together."""
    node, desk = origin.node, origin.desk
    faults = list(layout.faults())
    for where, words in faults:
        path = (where,) if isinstance(where, str) else where
        desk.error(node_at(node, path) if node.get(str(path[0])) else node, words)
    if faults:
        return None
    if not (layout.title or any(layout.pictures()) or any(word.strip() for word in layout.words())):
        words = f"{shown} shows nothing: it has no title, no words and no picture"
        desk.warn(node, words, "L023", "give it a title, or remove it")
    if isinstance(layout.notes, tuple) and len(layout.notes) > layout.steps:
        count = "one step" if layout.steps == 1 else f"{layout.steps} steps"
        notes = node.get("notes") or node
        words = f"there are {len(layout.notes)} notes, but the slide has {count}; the rest is never seen"
        desk.warn(notes, words, "L024", "one entry of notes for every step")
    place = desk.spot(node)
    named = node.get("id")
    return ParsedSlide(layout, place, desk.spot(named) if named else place, section, origin)
