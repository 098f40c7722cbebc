"""The deck as YAML that a person would like to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from presenter.convert.assemble import ConvertedDeck, DeckSection
from presenter.convert.pieces import DeckSlide, Inline, Loss, YamlNode
from presenter.safety import clean, clean_line

_PLAIN: Final = re.compile(r"[^\W_](?:[^\n]*\S)?")
"""What may stand without quotes, if nothing in it says otherwise."""
_WIDE: Final = 110
"""Characters of a list that stands on one line."""
_RESOLVER: Final[Any] = yaml.resolver.Resolver()
_STRING: Final = "tag:yaml.org,2002:str"
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def emit(whole: ConvertedDeck, header: list[str]) -> str:
    """Write a deck as YAML, with what could not be carried in comments where it stood."""
    rows = [f"# {row}".rstrip() for row in header]
    rows += _remarks(whole.remarks, 0)
    for name, value in whole.keys.items():
        rows += _entry(name, value, 0)
    rows.append("")
    if len(whole.sections) == 1 and not whole.sections[0].title:
        rows.append("slides:")
        rows += _slides(whole.sections[0].slides, 2)
    else:
        rows.append("sections:")
        for number, section in enumerate(whole.sections):
            rows += [""] if number else []
            rows += _section(section)
    return "\n".join(rows).rstrip("\n") + "\n"


def _section(section: DeckSection) -> Iterator[str]:
    yield from _remarks(section.remarks, 2)
    yield f"  - title: {_scalar(section.title)}"
    if section.divider:
        yield "    divider: true"
    if section.notes:
        yield from _entry("notes", section.notes, 4)
    yield "    slides:"
    yield from _slides(section.slides, 6)


def _slides(slides: list[DeckSlide], indent: int) -> Iterator[str]:
    for number, slide in enumerate(slides):
        if number:
            yield ""
        yield from _remarks(slide.remarks, indent)
        yield from _dashed([row for name, value in _ordered(slide).items() for row in _entry(name, value, 0)], indent)


def _ordered(slide: DeckSlide) -> dict[str, YamlNode]:
    """Put what every slide may have behind what it shows."""
    last = ("numbered", "reveal", "time", "optional", "hidden", "footer", "notes")
    keys = {name: value for name, value in slide.keys.items() if name not in last}
    return keys | {name: slide.keys[name] for name in last if name in slide.keys}


def _dashed(rows: list[str], indent: int) -> Iterator[str]:
    """Make rows an entry of a list."""
    space = " " * indent
    for number, row in enumerate(rows):
        yield f"{space}{'- ' if number == 0 else '  '}{row}".rstrip() if row or number == 0 else ""


def _remarks(remarks: list[Loss], indent: int) -> Iterator[str]:
    """Write remarks as comments."""
    for remark in sorted(dict.fromkeys(remarks), key=lambda each: each.line):
        quote = [clean(row).rstrip() for row in remark.quote.split("\n") if row.strip()]
        if remark.told:
            yield f"{' ' * indent}# line {remark.line}: {clean_line(remark.words)}"
            yield from (f"{' ' * indent}#   {row}" for row in quote)
        else:
            yield from (f"{' ' * indent}# {row}" for row in quote)


def _entry(name: str, value: YamlNode, indent: int) -> Iterator[str]:
    """Write a key with its value."""
    space = " " * indent
    key = _scalar(name) if name else '""'
    if isinstance(value, Inline) and not _fits(value, indent + len(key)):
        value = list(value)
    if isinstance(value, dict):
        flow = _flow(value)
        if flow and len(flow) + len(key) + indent < _WIDE:
            yield f"{space}{key}: {flow}"
            return
        yield f"{space}{key}:"
        for inner, below in value.items():
            yield from _entry(inner, below, indent + 2)
    elif isinstance(value, list) and not isinstance(value, Inline):
        yield f"{space}{key}:"
        yield from _list(value, indent + 2)
    else:
        first, *rest = _value(value)
        yield f"{space}{key}: {first}"
        yield from (f"{space}  {row}".rstrip() for row in rest)


def _list(values: list[YamlNode], indent: int) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict) and (flow := _flow(value)) and len(flow) + indent < _WIDE:
            yield f"{' ' * indent}- {flow}"
        elif isinstance(value, dict):
            yield from _dashed([row for name, below in value.items() for row in _entry(name, below, 0)], indent)
        elif isinstance(value, list) and not (isinstance(value, Inline) and _fits(value, indent)):
            yield from _dashed(list(_list(list(value), 0)), indent)
        else:
            yield from _dashed(list(_value(value)), indent)


def _flow(value: dict[str, YamlNode]) -> str:
    """Return a picture on one line; empty for what is better in lines of its own."""
    if "src" not in value or any(isinstance(each, list | dict) for each in value.values()):
        return ""
    return "{" + ", ".join(f"{name}: {_scalar(str(each), flow=True)}" for name, each in value.items()) + "}"


def _fits(value: Inline, indent: int) -> bool:
    return len(value) > 0 and len(_inline(value)) + indent < _WIDE


def _inline(value: Inline) -> str:
    return f"[{', '.join(_scalar(each, flow=True) for each in value)}]"


def _value(value: YamlNode) -> list[str]:
    """Return a value as rows: the first stands behind its key, the others below it."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, Inline):
        return [_inline(value)]
    text = clean(str(value))
    if "\n" not in text.strip("\n"):
        return [_scalar(text.strip("\n"))]
    rows = text.rstrip("\n").split("\n")
    if any(row != row.rstrip() for row in rows if not row.strip()):
        rows = [row if row.strip() else "" for row in rows]
    # An indentation indicator is needed where the first row cannot tell how far the others hang in.
    mark = "|2" if rows[0][:1] in {" ", ""} else "|"
    return [mark, *rows]


def _scalar(text: str, *, flow: bool = False) -> str:
    """Write a text on one line, without quotes where that is safe for every YAML there is."""
    text = clean(text)
    odd = (
        not any(mark.isalpha() or mark == "%" for mark in text)
        or ": " in text
        or " #" in text
        or text.endswith((":", " "))
        or (flow and any(mark in text for mark in ",[]{}"))
    )
    if not odd and _PLAIN.fullmatch(text) and _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _STRING:
        return text
    return '"' + "".join(_ESCAPES.get(mark, mark) for mark in text) + '"'
