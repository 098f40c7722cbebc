"""One type is one shape: what the loader's reader of a type takes, said as JSON Schema.

`deck.reading` makes a reader of each field's type and name; this module goes the same way. Editors read YAML 1.2 and
give numbers and truth values where the loader sees text, so whatever is a text may be these, too; and a key without a
value is as if it were not there, unless it is required.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta, Struct

from presenter.deck.struct_reader import CHECKED_TEXTS, LazyNode
from presenter.layouts.fields import MAYBE, TEXTS, WORDS, PointList, any_case
from presenter.schema.field_docs import FieldDoc, field_docs, value_of

Schema: TypeAlias = dict[str, Any]

NULL: Final[Schema] = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
"""No value. Editors would offer a `null` by this name to everybody."""
TEXT: Final[Schema] = dict(TEXTS)
ENTRY: Final[Schema] = dict(MAYBE)
_BARE: Final = re.compile(r"(?!(?:true|false|null|\d+)$)\w(?:[^:#,\[\]{}\n]|:(?=\S)|(?<=\S)#)*")
"""A text that needs no quotes anywhere in YAML."""
TRUTH: Final[Schema] = {
    "anyOf": [{"type": "boolean"}, {"type": "string", "pattern": rf"^(?:{any_case('true', 'false')})$"}]
}


def shape_of(kind: Any, name: str, *, required: bool = False) -> Schema:  # noqa: ANN401 - any annotation
    """Return the shape of a type, for a field of that name; see `runs._reader`."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        meta = next(part for part in parts[1:] if isinstance(part, Meta))
        bounds = {"minItems": meta.min_length, "maxItems": meta.max_length}
        return {**shape_of(parts[0], name), **{key: value for key, value in bounds.items() if value is not None}}
    if origin in {Union, UnionType}:
        kinds = [part for part in parts if part is not NoneType]
        shapes = [shape_of(part, name, required=required) for part in kinds]
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple:
        inner = shape_of(parts[0], name)
        return {"type": "array", "items": ENTRY if inner == TEXT else inner}
    if origin is dict:
        return {"type": "object", "additionalProperties": shape_of(parts[1], name)}
    return _leaf(kind, name, required=required)


def _leaf(kind: Any, name: str, *, required: bool) -> Schema:  # noqa: ANN401 - any class
    if kind is PointList:
        return {"$ref": "#/definitions/points"}
    if hasattr(kind, "parse"):
        return dict(kind.SHAPE)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return struct(kind)
    if kind is bool:
        return TRUTH
    if name in CHECKED_TEXTS:
        return dict(CHECKED_TEXTS[name][1])
    return dict(WORDS) if required else TEXT


@cache
def properties(cls: type[Struct]) -> Mapping[str, Schema]:
    """Return the keys of a Struct with their shapes, descriptions and examples; not those read later (`Kept`)."""
    words = field_docs(cls)
    unused = getattr(cls, "unused", ())
    return {
        info.encode_name: describe_key(
            nullable(shape_of(info.type, info.name, required=needed), required=needed),
            words.get(info.encode_name, FieldDoc("")),
        )
        for info in msgspec.structs.fields(cls)
        if info.name not in unused and LazyNode not in {info.type, *get_args(info.type)}
        for needed in (info.default is NODEFAULT and info.default_factory is NODEFAULT,)
    }


def required(cls: type[Struct]) -> list[str]:
    """Return the keys that a Struct cannot do without."""
    fields = msgspec.structs.fields(cls)
    return [info.encode_name for info in fields if info.default is NODEFAULT and info.default_factory is NODEFAULT]


def struct(cls: type[Struct]) -> Schema:
    """Return the shape of what stands for a Struct: a mapping, defined by the name of the class, or its short form."""
    whole: Schema = {"$ref": f"#/definitions/{cls.__name__.lower()}"}
    short = getattr(cls, "shorthand", "")
    if not short:
        return whole
    info = next(info for info in msgspec.structs.fields(cls) if info.name == short)
    return {"anyOf": [shape_of(info.type, short, required=short in required(cls)), whole]}


def mapping(cls: type[Struct]) -> Schema:
    """Return the definition of a mapping that stands for a Struct."""
    whole: Schema = {
        "type": "object",
        "description": field_docs(cls)[""].words,
        "properties": dict(properties(cls)),
        "additionalProperties": False,
    }
    return {**whole, "required": needed} if (needed := required(cls)) else whole


def structs_in(*roots: type[Struct]) -> Mapping[str, type[Struct]]:
    """Return the classes of all mappings inside some, by the names of their definitions."""
    found: dict[str, type[Struct]] = {}
    waiting: list[Any] = [info.type for root in roots for info in msgspec.structs.fields(root)]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, Struct) and kind.__name__.lower() not in found:
            found[kind.__name__.lower()] = kind
            waiting += [info.type for info in msgspec.structs.fields(kind)]
        waiting += get_args(kind)
    return dict(sorted(found.items()))


def nullable(shape: Schema, *, required: bool = False) -> Schema:
    """Allow a key without a value, which is as if the key were not there."""
    if required:
        return shape
    if shape == TEXT:
        return dict(ENTRY)
    if list(shape) == ["enum"]:
        return {"enum": [*shape["enum"], None]}
    if list(shape) == ["anyOf"]:
        return {"anyOf": [*shape["anyOf"], NULL]}
    return {"anyOf": [shape, NULL]}


def describe_key(shape: Schema, words: FieldDoc) -> Schema:
    """Give a key's shape its description, its examples, and the same as snippets that an editor can put in."""
    if not words.words:
        return shape
    values = [value_of(example) for example in words.examples] or _choices(shape)
    found = {
        "description": words.words,
        **shape,
        "defaultSnippets": [
            {"label": label(value), "description": words.words, "body": snippet(value)} for value in values
        ],
    }
    # Editors offer examples, too, without quotes, and have no good names for lists and mappings: only snippets do.
    plain = [value for value in values if not isinstance(value, list | dict) and _line(value) == label(value)]
    return {**found, "examples": plain} if plain else found


def _choices(shape: Schema) -> list[Any]:
    """Return the values of a key that has only few."""
    if "enum" in shape:
        return [choice for choice in shape["enum"] if choice is not None]
    return [True, False]


def label(value: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    """Return a value as it is named in a list of proposals: YAML in one line, a text alone without quotes."""
    return value if value and isinstance(value, str) else _line(value)


def _line(value: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_line, value)) + "]"
    bare = not isinstance(value, str) or _BARE.fullmatch(value)
    return str(value) if bare and not isinstance(value, bool) else json.dumps(value, ensure_ascii=False)


def snippet(value: Any, *, inside: bool = False) -> Any:  # noqa: ANN401 - as above
    """Return a value as the body of a snippet.

    Editors put texts in as they are, so those that need quotes get them; `$` and `}` have a meaning in snippets. A list
    in a list is written in one line: yaml-language-server would flatten it.
    """
    if isinstance(value, list) and not inside:
        return [snippet(item, inside=True) for item in value]
    if isinstance(value, dict):
        return {key: snippet(item) for key, item in value.items()}
    if isinstance(value, str | list):
        return _line(value).replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
    return value
