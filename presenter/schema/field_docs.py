"""What a field is for, and examples of its values: its docstring says both.

A docstring such as `Planned time of the slide, e.g. ``45s``, ``2:00``.` is read from the source of the class, so that
the words stand once, beside the field. What stands in backquotes after "e.g." is an example, in YAML.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

import yaml

_EXAMPLE: Final = re.compile(r"`([^`]+)`")
_CORE: Final = {"true": True, "false": False}


class FieldDoc(NamedTuple):
    """What a field's docstring says."""

    words: str
    """In one paragraph."""
    examples: tuple[str, ...] = ()
    """As YAML in one line."""


@cache
def field_docs(cls: type) -> dict[str, FieldDoc]:
    """Return what the docstrings of a class's fields say, those of its bases too; the class itself is under ""."""
    found: dict[str, FieldDoc] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("presenter."):
            found |= _fields(base)
    keys = dict(zip(getattr(cls, "__struct_fields__", ()), getattr(cls, "__struct_encode_fields__", ()), strict=True))
    found = {keys.get(name, name): words for name, words in found.items()}
    found[""] = FieldDoc(" ".join((inspect.getdoc(cls) or "").partition("\n\n")[0].split()))
    return found


def _fields(cls: type) -> dict[str, FieldDoc]:
    tree = ast.parse(inspect.getsource(sys.modules[cls.__module__]))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == cls.__name__)
    found = {}
    for item, after in pairwise(body):
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and isinstance(after, ast.Expr):
            text = after.value.value if isinstance(after.value, ast.Constant) else None
            if isinstance(text, str):
                words = " ".join(text.split())
                found[item.target.id] = FieldDoc(words, tuple(_EXAMPLE.findall(words.partition("e.g. ")[2])))
    return found


def value_of(example: str) -> Any:  # noqa: ANN401 - whatever YAML can say
    """Return the value of an example as editors see it: texts, truth values, whole numbers, lists and mappings."""
    return _plain(yaml.compose(example, yaml.BaseLoader))


def _plain(node: yaml.Node | None) -> Any:  # noqa: ANN401 - as above
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    text = str(node.value) if node else ""
    if node is not None and node.style is None:  # type: ignore[attr-defined]  # the stubs know no style of scalars
        return int(text) if text.isdecimal() else _CORE.get(text, text)
    return text
