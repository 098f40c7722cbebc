"""One slide: which layout its keys mean, its values, and what it takes from `defaults:`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from presenter.deck.nodes import Items, Node, Pairs, Text
from presenter.deck.problems import Problem, did_you_mean, listing, nearest, quoted
from presenter.deck.reading import BAD, Desk, Slot, inside, read_pairs, slots_of
from presenter.deck.source import Source, Spot
from presenter.layouts import LAYOUTS, infer
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
    keys = dict.fromkeys(key for layout in LAYOUTS.values() for key in slots_of(layout))
    return {key: tuple(name for name, layout in LAYOUTS.items() if key in slots_of(layout)) for key in keys}


class Defaults:
    """What `defaults:` gives to the slides below it; the nearest `defaults:` wins."""

    def __init__(self, node: Node | None, desk: Desk, outer: Defaults | None = None) -> None:
        self._outer = outer
        self._desk = desk
        self._keys: dict[str, Text] = {}
        self._values: dict[tuple[str, str], Any] = {}
        if isinstance(node, Pairs):
            for name, (key, value) in node.pairs.items():
                self._read(name, key, value, desk)
        elif node is not None and not node.absent:
            desk.error(node, "expected a mapping for defaults: lines such as reveal: true")

    def find(self, name: str, slot: Slot) -> Any:  # noqa: ANN401 - a value, or BAD when nothing is given
        """Return the value for a key of a layout."""
        found = self._values.get((name, slot.kind), BAD)
        return self._outer.find(name, slot) if found is BAD and self._outer else found

    def origin(self, name: str, slot: Slot) -> tuple[Spot, str] | None:
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

    def _read(self, name: str, key: Text, value: Node, desk: Desk) -> None:
        """Read the value as every layout understands the key; it is wrong when none does."""
        if name in NOT_FOR_ALL or name not in _owners():
            hint = did_you_mean(name, _owners().keys() - NOT_FOR_ALL) if name not in NOT_FOR_ALL else ""
            words = f"{quoted(name)} belongs to one slide" if name in NOT_FOR_ALL else f"unknown field {quoted(name)}"
            desk.error(key, f"{words} and cannot be a default" if not hint else f"{words} in defaults{hint}")
            return
        if value.absent:
            return
        first: list[Problem] = []
        for owner in _owners()[name]:
            slot, attempt = slots_of(LAYOUTS[owner])[name], desk.silent()
            read = slot.read(value, attempt)
            if read is not BAD:
                self._values[name, slot.kind] = read
                self._keys[name] = key
            first = first or attempt.findings.kept
        if not any(name == known for known, _ in self._values):
            for problem in first:
                desk.findings.add(problem)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a slide, or a deck, was made of."""

    node: Pairs
    desk: Desk
    defaults: Defaults


@dataclass(frozen=True, slots=True)
class Written:
    """A slide as it is written, before it has its number."""

    layout: Layout
    spot: Spot
    id_spot: Spot
    section: int
    origin: Origin | None = None
    """None for one that was made for a section."""


def read_slide(node: Node, desk: Desk, defaults: Defaults, number: int, section: int) -> Written | None:
    """Read a slide; None when something is wrong, which the desk's findings then say.

    Args:
        node: the slide's mapping.
        desk: the file that it stands in.
        defaults: what it takes when it does not say.
        number: its place among all slides, from 1, for messages.
        section: its section's index.
    """
    if type(node) is not Pairs or not node.pairs:
        desk.error(node, 'a slide is a mapping: lines such as "title: Hello"')
        return None
    shown = _name(node, number)
    layout = _choose(node, desk, shown)
    if layout is None:
        return None
    slots = slots_of(layout)
    own = _own(node, slots)
    values, fine = read_pairs(slots, own, desk, lambda key, at: _unknown(key, at, layout, shown, node))
    desk.silence(node, values.get("lint"))
    missing = [key for key, slot in slots.items() if slot.required and _lacks(key, node, values)]
    for key in missing:
        _missing(node, desk, key, f"{shown} (layout {layout.name})")
    if not fine or missing:
        return None
    for key, slot in slots.items() if not defaults.empty else ():
        if key not in values and (found := defaults.find(key, slot)) is not BAD:
            values[key] = found
    made = layout(**{slots[key].field: value for key, value in values.items()})
    return _written(made, Origin(node, desk, defaults), shown, section)


def _lacks(key: str, node: Pairs, values: Mapping[str, Any]) -> bool:
    """Say whether nothing was given for a key: no value, an empty text, or a list without any text."""
    if node.get(key) is None:
        return True
    value = values.get(key, BAD)  # what could not be read is no longer there; that was said
    return not any(value) if isinstance(value, tuple) else value == ""


def _name(node: Pairs, number: int) -> str:
    """Name a slide in a message: `slide 3 "Why the cache misses"`."""
    texts = (node.get("title"), node.get("id"))
    name = next((text.clean for text in texts if isinstance(text, Text) and text.clean.strip()), "")
    return f"slide {number} {quoted(name)}" if name else f"slide {number}"


def _own(node: Pairs, slots: Mapping[str, Slot]) -> Pairs:
    """Leave out `layout`, and the empty keys of other layouts."""
    own = {
        key: pair
        for key, pair in node.pairs.items()
        if key in slots or not (key == "layout" or (pair[1].absent and key in _owners()))
    }
    if len(own) == len(node.pairs):
        return node
    rest = Pairs(node.start)
    rest.pairs = own
    return rest


def _choose(node: Pairs, desk: Desk, shown: str) -> type[Layout] | None:
    """Return the layout that a slide names, or that its keys tell."""
    named = node.get("layout")
    if isinstance(named, Text) and named.clean.strip() in LAYOUTS:
        return LAYOUTS[named.clean.strip()]
    if named is not None and not isinstance(named, Text):
        kind = "list" if isinstance(named, Items) else "mapping"
        there = listing(LAYOUTS, "and")
        desk.error(named, f"expected the name of a layout in {shown}, not a {kind}; there are {there}")
    elif named is not None:
        word = named.clean.strip()
        hint = did_you_mean(word, LAYOUTS) or f"; there are {listing(LAYOUTS, 'and')}"
        desk.error(named, f"unknown layout {quoted(word)} in {shown}{hint}")
    given = [key for key, (_, value) in node.pairs.items() if not value.absent]
    layout = infer(given) or infer(node.pairs)
    if layout is None:
        unknown = [key for name, (key, _) in node.pairs.items() if name not in _owners() and name != "layout"]
        for key in unknown:
            _unknown(key, desk, Layout, shown, node)
        if not unknown and named is None:
            desk.error(node, f"{shown} has nothing to show; give it {_SHOWS}")
    return None if named is not None else layout


def _unknown(key: Text, desk: Desk, layout: type[Layout], shown: str, node: Pairs) -> None:
    """Say that a layout does not know a key, and what was perhaps meant."""
    name = key.value
    if advice := _INTENDED.get((name, layout.name)) or _INTENDED.get((name, "")):
        desk.error(key, f"{quoted(name)} has no place in {shown}: {advice}")
        return
    if name in slots_of(Image) and "image" in node.pairs and name not in _owners():
        desk.error(key, f"{quoted(name)} belongs to the picture in {shown}: write  image: {{src: …, {name}: …}}")
        return
    if name in _owners():
        why = "" if "layout" in node.pairs else _because(node, layout)
        owners = listing(_owners()[name])
        beside = _BESIDE_CODE if layout.name == "code" and name in {"points", "body", "image"} else ""
        words = f"{quoted(name)} belongs to layout {owners}, but {shown} has layout {layout.name}{why}{beside}"
        desk.error(key, words)
        return
    meant = "" if desk.findings.full else _meant(name, layout)
    kind = f" (layout {layout.name})" if layout.name and not meant else ""
    hint = f'; did you mean "{meant}"?' if meant else f"; it may have {listing(_keys(layout), 'and')}" if kind else ""
    desk.error(key, f"unknown field {quoted(name)} in {shown}{kind}{hint}")


def _meant(name: str, layout: type[Layout]) -> str:
    """Return the key that was perhaps meant: one of the layout's, one that has another name, or one of any layout."""
    own = slots_of(layout) if layout.name else _owners()
    return nearest(name, [*own, "layout"]) or _SYNONYMS.get(name, "") or nearest(name, _owners())


def _keys(layout: type[Layout]) -> Iterable[str]:
    """Return a layout's keys, its own first."""
    common = slots_of(Layout)
    return (*(key for key in slots_of(layout) if key not in common), *common, "layout")


def _because(node: Pairs, layout: type[Layout]) -> str:
    """Say which of its keys gave a slide its layout."""
    telling = [key for key in slots_of(layout) if key in node.pairs and key not in slots_of(Layout)]
    return f" because of {quoted(telling[0])}" if telling else ""


def _missing(node: Pairs, desk: Desk, key: str, shown: str) -> None:
    if key in node.pairs:
        desk.error(node.pairs[key][0], f"{quoted(key)} is empty in {shown}")
    else:
        desk.error(node, f"{shown} needs {quoted(key)}")


def _written(layout: Layout, origin: Origin, shown: str, section: int) -> Written | None:
    """Check what its keys say together."""
    node, desk = origin.node, origin.desk
    faults = list(layout.faults())
    for where, words in faults:
        path = (where,) if isinstance(where, str) else where
        desk.error(inside(node, path) if node.get(str(path[0])) else node, words)
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
    return Written(layout, place, desk.spot(named) if named else place, section, origin)
