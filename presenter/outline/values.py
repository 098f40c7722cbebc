"""Where the values of a deck come from: said by the slide, by `defaults:`, by the plan, or by nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from presenter.deck.load import Loaded
from presenter.deck.model import Deck, Slide
from presenter.deck.slides import Origin, ParsedSlide
from presenter.deck.source import SourcePosition
from presenter.deck.struct_reader import struct_keys
from presenter.deck.yaml_tree import MappingNode
from presenter.layouts import telling_keys
from presenter.layouts.fields import Image, LineNumbers, Seconds, TextFile
from presenter.safety import clean_line
from presenter.timing.durations import format_exact
from presenter.timing.plan import PlannedSlide, make_plan

_VALUE: Final = 30
"""Cells of the column for values, at most."""
_PLANNED: Final = {
    "section/notes": "its section's share, by its notes",
    "section/even": "its section's share",
    "notes": "the talk's share, by its notes",
    "even": "the talk's share",
    "default": "a minute, as no duration is known",
    "divider": "some seconds: it names what comes, and has no notes",
}
_ESTIMATED: Final = "what its notes take to say"
_DECK: Final = ("subtitle", "author", "stop", "start", "signals", "wpm", "reload", "images")
_BUILT_IN: Final = "built in"


class ResolvedValue(NamedTuple):
    """One value, and where it comes from."""

    key: str
    value: str
    source: str


def resolved_values(loaded: Loaded, slides: Sequence[Slide]) -> str:
    """Return a table of all values: those of the talk, when all slides are wanted, then those of each slide.

    Args:
        loaded: the deck; it has no errors.
        slides: those of its slides that are wanted.
    """
    deck, origin = loaded.deck, loaded.origin
    if deck is None or origin is None:
        return ""
    tables = []
    if len(slides) == len(deck.slides):
        name = f'variant "{deck.variant}"' if deck.variant else "the talk"
        tables.append((f"{name}: {deck.title or deck.path.name}", list(_deck_rows(deck, origin))))
    times = {slide.id: slide for slide in make_plan(deck).slides}
    written = dict(zip((slide.id for slide in deck.slides), loaded.written, strict=True))
    for slide in slides:
        head = f"{slide.label} {slide.title}".rstrip()
        tables.append((head, list(_slide_rows(slide, written[slide.id], deck, origin, times.get(slide.id)))))
    return "\n".join(_table(head, rows) for head, rows in tables)


def _table(head: str, rows: Sequence[ResolvedValue]) -> str:
    keys = max(len(row.key) for row in rows)
    values = min(_VALUE, max(cell_len(row.value) for row in rows if row.key != _BUILT_IN))
    lines = [
        f"  {row.key:<{keys}}  {_padded(row.value, values)}  {row.source}"
        if row.key != _BUILT_IN
        else f"  {row.key:<{keys}}  {row.value}"
        for row in rows
    ]
    return "\n".join([head, *lines]) + "\n"


def _padded(text: str, width: int) -> str:
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


# The talk -------------------------------------------------------------------------------------------------------------


def _deck_rows(deck: Deck, origin: Origin) -> Iterator[ResolvedValue]:
    variants = origin.node.get("variants")
    own = variants.get(deck.variant) if isinstance(variants, MappingNode) and deck.variant else None
    place = _Places(deck, origin, own if isinstance(own, MappingNode) else None)
    yield ResolvedValue("title", _shown(deck.title), place.of("title"))
    yield ResolvedValue("duration", _shown(deck.duration), place.of("duration", "time"))
    yield ResolvedValue("reserve", _shown(deck.reserve), place.of("reserve"))
    yield ResolvedValue("theme", deck.theme.name, place.of("theme"))
    for key in _DECK:
        if value := getattr(deck, key):
            yield ResolvedValue(key, _shown(value), place.of(key))


class _Places:
    """Where the keys of a talk stand."""

    def __init__(self, deck: Deck, origin: Origin, variant: MappingNode | None) -> None:
        self._deck, self._origin, self._variant = deck, origin, variant

    def of(self, *keys: str) -> str:
        for node, what in ((self._variant, "the variant's own, "), (self._origin.node, "")):
            for key in keys:
                if node is not None and node.get(key) is not None:
                    return what + location_text(self._origin.desk.spot(node.pairs[key][0]), self._deck.path)
        return _BUILT_IN


# A slide --------------------------------------------------------------------------------------------------------------


def _slide_rows(
    slide: Slide, written: ParsedSlide, deck: Deck, root: Origin, planned: PlannedSlide | None
) -> Iterator[ResolvedValue]:
    """Go through the values of a slide; those that nobody has given come last, in one row."""
    layout, origin, home = slide.layout, written.origin, deck.path
    given = origin.node.pairs if origin else {}
    yield ResolvedValue("layout", layout.name, _layout_source(written, home))
    yield ResolvedValue("id", slide.id, _id_source(slide, written, home))
    if planned is not None and layout.counts:
        own = planned.source == "explicit"
        source = _source(written, "time", home) if own else _plan_source(deck, planned)
        yield ResolvedValue("time", format_exact(planned.seconds), source)
    yield ResolvedValue("footer", _shown(slide.footer), _footer_source(written, deck, root))
    left = []
    for key, slot in struct_keys(type(layout)).items():
        if key in {"id", "time", "footer"}:
            continue
        source = _source(written, key, home)
        if source == _BUILT_IN and key not in given:
            left.append(key)
        else:
            value = getattr(layout, slot.field)
            yield ResolvedValue(key, _said(slide) if key == "notes" else _shown(value), source)
    if left:
        yield ResolvedValue(_BUILT_IN, " ".join(left), "")


def _source(written: ParsedSlide, key: str, home: Path) -> str:
    origin = written.origin
    if origin is None:
        made = getattr(written.layout, key) not in ("", (), None, False)
        return "the section's, " + location_text(written.spot, home) if made else _BUILT_IN
    if key in origin.node.pairs and origin.node.get(key) is not None:
        return location_text(origin.desk.spot(origin.node.pairs[key][0]), home)
    found = origin.defaults.origin(key, struct_keys(type(written.layout))[key])
    return f"{found[1]}'s defaults, {location_text(found[0], home)}" if found else _BUILT_IN


def _layout_source(written: ParsedSlide, home: Path) -> str:
    origin = written.origin
    if origin is None:
        return f"the section has divider: true, {location_text(written.spot, home)}"
    if origin.node.get("layout") is not None:
        return _source(written, "layout", home)
    given = [key for key, (_, value) in origin.node.pairs.items() if not value.absent]
    return f"inferred from {' and '.join(telling_keys(given))}"


def _id_source(slide: Slide, written: ParsedSlide, home: Path) -> str:
    if written.layout.id:
        return _source(written, "id", home)
    if written.origin is None:
        return "made from the section's"
    return "made from the title" if slide.layout.title else "made from its first words"


def _plan_source(deck: Deck, planned: PlannedSlide) -> str:
    return _ESTIMATED if planned.source == "notes" and not deck.duration else _PLANNED[planned.source]


def _footer_source(written: ParsedSlide, deck: Deck, root: Origin) -> str:
    if written.layout.footer is not None:
        return _source(written, "footer", deck.path)
    node = root.node
    return (
        f"the deck's, {location_text(root.desk.spot(node.pairs['footer'][0]), deck.path)}"
        if node.get("footer")
        else _BUILT_IN
    )


def location_text(spot: SourcePosition, deck: Path) -> str:
    """Return a place as `file:line`, from the deck's folder."""
    return f"{clean_line(os.path.relpath(spot.source.path, deck.parent))}:{spot.line + 1}"


def _shown(value: object) -> str:  # noqa: PLR0911 - one line for each type
    """Return a value in a few words."""
    match value:
        case None | "" | ():
            return "-"
        case bool():
            return str(value).lower()
        case Seconds():
            return format_exact(value)
        case str():
            return f'"{" ".join(value.split())}"'
        case LineNumbers():
            return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in value.ranges) or "all"
        case tuple() if all(isinstance(each, str) for each in value):
            return f"[{', '.join(' '.join(each.split()) for each in value)}]"
        case tuple():
            return f"{len(value)} entries" if len(value) > 1 else _shown(value[0])
        case _:
            return _struct(value)


def _said(slide: Slide) -> str:
    """Say how much there is to say, not what: a table may be shown to others."""
    words = sum(len(note.split()) for note in slide.notes)
    steps = f" for {len(slide.notes)} steps" * (len(slide.notes) > 1)
    return f"{words} word{'s' * (words != 1)}{steps}"


def _struct(value: object) -> str:
    if isinstance(value, Image):
        return value.src.text
    if isinstance(value, TextFile):
        return value.name
    text = getattr(value, "text", None)
    if isinstance(text, str):
        return _shown(text)
    fields = getattr(value, "__struct_fields__", ())
    return ", ".join(name for name in fields if getattr(value, name)) or str(value)
