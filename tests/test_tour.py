"""The tour shows every key that there is, and passes the strictest check at all sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

import core_yaml
from presenter.check.engine import CheckOptions, check_deck
from presenter.deck.schema import DeckEntry, SectionEntry, VariantEntry
from presenter.layouts import LAYOUTS, Layout, infer_layout
from presenter.layouts.code_slides import TableData
from presenter.layouts.fields import Image, Lint
from presenter.layouts.image_slides import Side
from presenter.schema.type_schema import structs_in
from presenter.themes.custom import THEME_KEYS

ROOT = Path(__file__).resolve().parents[1]
TOUR = (ROOT / "decks" / "tour.yaml", ROOT / "decks" / "tour" / "closing.yaml")
NESTED: dict[str, type[Struct]] = {"image": Image, "left": Side, "right": Side, "table": TableData, "lint": Lint}


def shown() -> Iterator[tuple[str, str]]:
    """Go through the keys of the tour, each with the name of its class."""
    for path in TOUR:
        deck = core_yaml.read(path.read_text(encoding="utf-8"))
        yield from (("DeckEntry", key) for key in deck)
        yield from (("theme", key) for key in deck.get("theme", ())) if isinstance(deck.get("theme"), dict) else ()
        yield from within(deck)
        for variant in deck.get("variants", {}).values():
            yield from (("VariantEntry", key) for key in variant)
        for section in deck.get("sections", [deck]):
            yield from (("SectionEntry", key) for key in section)
            for slide in section.get("slides", ()):
                layout = LAYOUTS[slide["layout"]] if "layout" in slide else infer_layout(slide)
                assert layout is not None
                yield from ((layout.__name__, key) for key in slide)
                yield from (("Layout", key) for key in slide)
                yield from within(slide)


def within(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - YAML
    """Go through the keys of mappings inside a slide."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        for each in inner if key == "images" else [inner]:
            kind = Image if key == "images" else NESTED.get(key)
            if kind and isinstance(each, dict):
                yield from ((kind.__name__, name) for name in each)
                yield from within(each)


def expected() -> Iterator[tuple[str, str]]:
    common = set(Layout.__struct_fields__)
    for kind in (DeckEntry, SectionEntry, VariantEntry, Layout):
        yield from ((kind.__name__, key) for key in kind.__struct_fields__)
    yield "Layout", "layout"
    for layout in LAYOUTS.values():
        yield from ((layout.__name__, key) for key in layout.__struct_encode_fields__ if key not in common)
    for inner in structs_in(DeckEntry, *LAYOUTS.values()).values():
        yield from ((inner.__name__, key) for key in inner.__struct_fields__)
    yield from (("theme", key) for key in THEME_KEYS if key != "font")  # told in a comment: no font comes along


def test_the_tour_shows_every_key() -> None:
    assert sorted(set(expected()) - set(shown())) == []


def test_the_tour_shows_every_layout() -> None:
    names = {name for name, _ in shown()}
    assert {layout.__name__ for layout in LAYOUTS.values()} <= names


@pytest.mark.parametrize("path", TOUR, ids=lambda path: path.name)
def test_the_tour_has_nothing_to_complain_about_at_any_size(path: Path) -> None:
    manner = CheckOptions(sizes=((80, 24), (120, 36), (200, 60)), strict=True)
    assert [(problem.line, problem.words) for problem in check_deck(path, manner=manner).problems] == []
