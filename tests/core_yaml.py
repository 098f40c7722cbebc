"""YAML as editors read it, by the core schema of YAML 1.2: what yaml-language-server hands to a JSON Schema."""

from __future__ import annotations

import re
from typing import Any

import yaml

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NAMED = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read(text: str) -> Any:  # noqa: ANN401 - whatever YAML can say
    """Return the value of a document."""
    return _value(yaml.compose(text, yaml.CBaseLoader))


def _value(node: yaml.Node | None) -> Any:  # noqa: ANN401, PLR0911 - as above; one line for each kind
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if node is None:
        return None
    text: str = node.value
    if getattr(node, "style", None):
        return text
    if text in _NAMED:
        return _NAMED[text]
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
