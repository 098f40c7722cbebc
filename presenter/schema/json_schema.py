"""A deck, its sections and its slides as one JSON Schema.

A slide's keys depend on its layout, which its keys tell: the schema asks the questions of `layouts.TELLING_KEYS` in the
same
order, as a chain of if, then, else, so that an editor completes and refuses the keys that the loader would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from presenter.check.rules import RULES
from presenter.deck.schema import DeckEntry, SectionEntry
from presenter.deck.slides import NOT_FOR_ALL
from presenter.layouts import LAYOUTS, TELLING_KEYS, Layout, TitleSlide
from presenter.layouts.fields import Lint, PointList
from presenter.schema.field_docs import FieldDoc, field_docs, value_of
from presenter.schema.type_schema import (
    NULL,
    Schema,
    describe_key,
    mapping,
    nullable,
    properties,
    required,
    snippet,
    structs_in,
)
from presenter.themes import COLOR_NAMES, THEMES, Theme
from presenter.themes.custom import THEME_KEYS

SCHEMA_NAME: Final = "deck.schema.json"
EDITOR_MODELINE: Final = f"# yaml-language-server: $schema={SCHEMA_NAME}"
"""The first line of a deck that an editor knows the schema by."""

_GIVEN: Final[Schema] = {"not": {"type": "null"}}
"""Any value: a key that is left empty is as if it were not there."""
_WORDS: Final = frozenset({"description", "examples", "defaultSnippets"})
"""What a shape says without restricting anything."""
_COLOUR: Final[Schema] = {"type": "string", "pattern": "^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"}
_DECK: Final = "{title: Why the cache misses, author: A. Speaker, duration: 20m, slides: [{title: Hello}]}"


def schema_text() -> str:
    """Return the schema as the text of a file."""
    return json.dumps(deck_schema(), ensure_ascii=False, indent=1) + "\n"


def deck_schema() -> Schema:
    """Return the JSON Schema, draft 7, of a deck file; an included section is one as well."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A deck for presenter",
        "description": "Slides in YAML. Begin with a title and slides, or with sections that have slides.",
        "type": "object",
        "properties": _deck_keys(),
        "additionalProperties": False,
        "oneOf": [_has("slides"), _has("sections")],
        "defaultSnippets": [
            {"label": "deck", "description": "A deck to begin with", "body": snippet(value_of(_DECK))},
        ],
        "definitions": {
            "points": dict(PointList.SHAPE),
            **{name: mapping(cls) for name, cls in structs_in(DeckEntry, *LAYOUTS.values()).items()},
            "lint": _lint(),
            "defaults": _defaults(),
            **{f"slide-{key}": shape for key, shape in properties(Layout).items()},
            "section": _section(),
            "slide": _slide(),
            "slide-of-a-title": _open_slide(),
            **{f"layout-{name}": _layout(layout) for name, layout in LAYOUTS.items()},
            **{f"told-{name}": _layout(layout, _near(layout)) for name, layout in LAYOUTS.items() if _near(layout)},
        },
    }


def _has(key: str) -> Schema:
    """Say that a key is there and has a value."""
    return {"required": [key], "properties": {key: _GIVEN}}


def _list_of(definition: str) -> Schema:
    return nullable({"type": "array", "items": {"$ref": f"#/definitions/{definition}"}})


# The deck and its sections ----------------------------------------------------------------------------------------


def _deck_keys() -> Schema:
    words = field_docs(DeckEntry)
    return {
        **properties(DeckEntry),
        "theme": describe_key(_theme(), words["theme"]),
        "defaults": describe_key(nullable({"$ref": "#/definitions/defaults"}), words["defaults"]),
        "sections": describe_key(_list_of("section"), words["sections"]),
        "slides": describe_key(_list_of("slide"), words["slides"]),
    }


def _lint() -> Schema:
    """Return the mapping of `lint:`, with the rules that there are."""
    whole = mapping(Lint)
    ignore = whole["properties"]["ignore"]
    rules = {"enum": list(RULES), "enumDescriptions": [rule.what for rule in RULES.values()]}
    return {**whole, "properties": {"ignore": {**ignore, **nullable({"type": "array", "items": rules})}}}


def _section() -> Schema:
    words = field_docs(SectionEntry)
    keys = {
        **properties(SectionEntry),
        "defaults": describe_key(nullable({"$ref": "#/definitions/defaults"}), words["defaults"]),
        "slides": describe_key(_list_of("slide"), words["slides"]),
    }
    examples = ("{title: Opening, id: opening, slides: [{title: Hello}]}", "{include: sections/demo.yaml}")
    return {
        "type": "object",
        "description": words[""].words,
        "properties": keys,
        "additionalProperties": False,
        "if": _has("include"),
        "then": {"properties": {"slides": NULL, "defaults": NULL, "include": {"pattern": r"\S"}}},
        "else": _has("slides"),
        "defaultSnippets": [
            {"label": label, "description": words[""].words, "body": snippet(value_of(example))}
            for label, example in zip(("section", "include"), examples, strict=True)
        ],
    }


def _theme() -> Schema:
    words = field_docs(Theme)
    colours = {
        name: describe_key(_COLOUR, FieldDoc(f"{words[name].words} e.g. `#f0a35e`", ('"#f0a35e"',)))
        for name in COLOR_NAMES
    }
    base = {"description": "The built-in theme that the colours change.", "enum": list(THEMES)}
    name = {
        "description": "What the theme is called.",
        "type": ["string", "boolean"],
        "pattern": "^[a-z][a-z0-9-]{0,31}$",
    }
    about = "A font file for titles and `big`, below the deck's folder, e.g. `fonts/titles.ttf`"
    font = describe_key({"type": "string", "minLength": 1}, FieldDoc(about, ("fonts/titles.ttf",)))
    parts = {"base": base, "name": {**name, "not": {"enum": list(THEMES)}}, "font": font, **colours}
    own = {"type": "object", "properties": {key: parts[key] for key in THEME_KEYS}, "additionalProperties": False}
    abouts = [theme.about for theme in THEMES.values()]
    return {"anyOf": [{"enum": list(THEMES), "enumDescriptions": abouts}, own, NULL]}


def _defaults() -> Schema:
    """Return the keys that are for many slides: each as any of the layouts that know it reads it."""
    keys: dict[str, list[Schema]] = {}
    for layout in LAYOUTS.values():
        for key, shape in properties(layout).items():
            if key not in NOT_FOR_ALL:
                keys.setdefault(key, []).append(shape)
    merged: Schema = {key: _any_of(shapes) for key, shapes in keys.items()}
    return {"type": "object", "properties": merged, "additionalProperties": False}


def _any_of(shapes: list[Schema]) -> Schema:
    """Return the shape of a key that takes what any of several do, or no value; its words are those of the first."""
    words: Schema = {key: value for key, value in shapes[0].items() if key in _WORDS}
    bare: list[Schema] = []
    for shape in shapes:
        only = {key: value for key, value in shape.items() if key not in _WORDS}
        bare += [choice for choice in (only["anyOf"] if list(only) == ["anyOf"] else [only]) if choice not in bare]
    return {**words, "anyOf": [*(choice for choice in bare if choice != NULL), NULL]}


# Slides -----------------------------------------------------------------------------------------------------------


def _slide() -> Schema:
    """Ask which layout a slide has: the one it names, or the first that its keys tell."""
    chain: Schema = {"$ref": "#/definitions/slide-of-a-title"}
    for telling, layout in reversed([row for row in TELLING_KEYS if row[0] != ("title",)]):
        known = {"required": list(telling), "properties": dict.fromkeys(telling, _GIVEN)}
        kind = "told" if _near(layout) else "layout"
        chain = {"if": known, "then": {"$ref": f"#/definitions/{kind}-{layout.name}"}, "else": chain}
    for name in reversed(LAYOUTS):
        named = {"required": ["layout"], "properties": {"layout": {"const": name}}}
        chain = {"if": named, "then": {"$ref": f"#/definitions/layout-{name}"}, "else": chain}
    return {
        "type": "object",
        "minProperties": 1,
        "defaultSnippets": [_layout_snippet(layout) for layout in LAYOUTS.values()],
        **chain,
    }


def _near(layout: type[Layout]) -> tuple[str, ...]:
    """Return the keys that make another layout of a slide beside one that tells this layout: an image beside points."""
    own = properties(layout)
    rows = [row for row, other in TELLING_KEYS if other is not layout and any(key in required(layout) for key in row)]
    return tuple(dict.fromkeys(key for row in rows for key in row if key not in own))


def _layout(layout: type[Layout], near: Iterable[str] = ()) -> Schema:
    """Return what a slide of one layout may say; keys of others may stand there without a value.

    With a value those in `near` make another layout of it, so they are never refused here, and editors propose them.
    """
    keys = {"layout": _layout_key(), **_common_last(layout), **{key: _of_any(key) for key in near}}
    foreign = [key for key in _every_key() if key not in keys]
    shape: Schema = {
        "description": field_docs(layout)[""].words,
        "properties": keys,
        "patternProperties": {f"^(?:{'|'.join(foreign)})$": _foreign(layout)},
        "additionalProperties": False,
    }
    if needed := required(layout):
        shape["required"] = needed
    return shape


def _of_any(key: str) -> Schema:
    """Return the shape of a key as the first layout has it that knows it; it may be left empty."""
    return _any_of([next(properties(layout)[key] for layout in LAYOUTS.values() if key in properties(layout))])


def _foreign(layout: type[Layout]) -> Schema:
    """Return what a key of other layouts may be in a slide: nothing, and what editors say when it is something."""
    return {
        "type": "null",
        "errorMessage": f"this slide has layout {layout.name}, and the key belongs to another layout",
    }


def _open_slide() -> Schema:
    """Return a slide that only its title tells, so far: each key of any layout may come next."""
    telling = dict.fromkeys(key for row, _ in TELLING_KEYS for key in row)
    keys = {"layout": _layout_key(), **_common_last(TitleSlide)}
    for key in telling:
        keys.setdefault(key, _of_any(key))
    foreign = [key for key in _every_key() if key not in keys]
    untold = [{"required": [key]} for key in telling if key not in properties(TitleSlide)]
    return {
        "description": "A slide. The keys it has decide how it is laid out.",
        "properties": keys,
        "patternProperties": {f"^(?:{'|'.join(foreign)})$": _foreign(TitleSlide)},
        "additionalProperties": False,
        "anyOf": [
            _has("title"),
            {"anyOf": [{"required": [key]} for key in ("title", "subtitle", "byline")], "not": {"anyOf": untold}},
        ],
    }


def _common_last(layout: type[Layout]) -> dict[str, Any]:
    """Return a layout's keys, its own first."""
    keys = properties(layout)
    common = properties(Layout)
    own = {key: shape for key, shape in keys.items() if key not in common}
    return {**own, **{key: {"$ref": f"#/definitions/slide-{key}"} for key in common if key in keys}}


def _every_key() -> Iterable[str]:
    return dict.fromkeys(key for layout in LAYOUTS.values() for key in properties(layout))


def _layout_key() -> Schema:
    words = [field_docs(layout)[""].words for layout in LAYOUTS.values()]
    about = FieldDoc("How the slide is laid out, where its keys do not tell.", tuple(LAYOUTS))
    return describe_key({"enum": [*LAYOUTS, None], "enumDescriptions": [*words, "as the keys tell"]}, about)


def _layout_snippet(layout: type[Layout]) -> Schema:
    """Return a slide of a layout to begin with: its title, and what tells the layout."""
    telling = max((row for row, known in TELLING_KEYS if known is layout), key=len, default=())
    words = field_docs(layout)
    keys = dict.fromkeys(("title", *telling))
    body = {key: value_of(words[key].examples[0]) for key in keys}
    if not telling:
        body = {"layout": layout.name, **body}
    return {"label": f"{layout.name} slide", "description": words[""].words, "body": snippet(body)}
