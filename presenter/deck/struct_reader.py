"""From the tree of a YAML file to typed values: one walk, directed by the types of the Structs.

A Struct's class is the schema of a mapping. For every field a reader is made once, from its type and its name; a reader
takes a node and returns the value, or says what is wrong at the node's place and returns `BAD`, and the walk goes on,
so that an author sees all mistakes at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta, Struct

from presenter.deck.diagnostics import Diagnostics, did_you_mean, join_names, quote_for_message
from presenter.deck.files import DeckFiles
from presenter.deck.ids import FOOTER_SHAPE, ID_SHAPE, footer_error, id_error
from presenter.deck.source import IgnoredRules, Source, SourcePosition
from presenter.deck.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode
from presenter.layouts.fields import UNSUPPORTED_MODES, Image, ImageModeField, Lint, MisreadError, PlainValue

_REPEATED: Final = 40
"""Characters of a value that is repeated in advice."""
INVALID: Final = object()
"""Instead of a value: something was wrong, and has been said."""

# Texts of one line, whatever the deck says; in the others of the second row a line break is meant.
_ONE_LINE: Final = frozenset(
    {
        "alt",
        "author",
        "by",
        "byline",
        "caption",
        "columns",
        "credit",
        "heading",
        "ignore",
        "include",
        "language",
        "only",
        "rows",
        "source",
        "tags",
        "was",
    }
)
_SHORT: Final = frozenset({"big", "subtitle", "title"})
CHECKED_TEXTS: Final = {"id": (id_error, ID_SHAPE), "footer": (footer_error, FOOTER_SHAPE)}
"""Texts that have to keep a rule: what says what is wrong, and the same as JSON Schema."""
_SPACES: Final = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class NamedImage:
    """A picture where the deck names it."""

    image: Image
    spot: SourcePosition
    """Of its path."""
    described: bool
    """It has an alt text, if only an empty one: that says it is mere decoration."""


@dataclass(slots=True)
class ReadContext:
    """One file while it is read, and where findings go."""

    source: Source
    files: DeckFiles
    findings: Diagnostics
    images: list[NamedImage] = field(default_factory=list)
    """The pictures read so far."""

    def silent(self) -> ReadContext:
        """Return a desk for trying something: what is found there is not said."""
        return replace(self, findings=Diagnostics(), images=[])

    def spot(self, node: Node) -> SourcePosition:
        """Return the place of a node."""
        start, end, length = node.start, node.end, 1
        if type(node) is ScalarNode:
            if end.line == start.line:
                length = end.column - start.column
            elif start.line < len(self.source.lines):
                length = len(self.source.lines[start.line].rstrip()) - start.column
        return SourcePosition(self.source, start.line, start.column, max(1, length))

    def silence(self, node: Node, lint: Lint | None, *, everywhere: bool = False) -> None:
        """Note what shall not be said of all that stands in a node, or in the whole deck."""
        if lint is None or not lint.ignore:
            return
        places = [self.spot(node_at(node, ("lint", "ignore", index))) for index in range(len(lint.ignore))]
        first, last = (node.start.line, node.start.column), (node.end.line, node.end.column)
        path = None if everywhere else self.source.path
        self.findings.silences.append(IgnoredRules(tuple(zip(lint.ignore, places, strict=True)), path, first, last))

    def error(self, node: Node, words: str, fix: str = "") -> None:
        """Say what is wrong at a node."""
        if not self.findings.dismiss("error"):
            self.findings.add(self.spot(node).problem(words, fix=fix))

    def warn(self, node: Node, words: str, rule: str = "", fix: str = "") -> None:
        """Say what may be wrong at a node."""
        if not self.findings.dismiss("warning"):
            self.findings.add(self.spot(node).problem(words, severity="warning", rule=rule, fix=fix))


class LazyNode:
    """The type of a field whose node is read later, with what stands around it."""


ValueReader: TypeAlias = Callable[[Node, ReadContext], Any]


@dataclass(frozen=True, slots=True)
class StructKey:
    """A key of a mapping."""

    kind: str
    """The type of its value; equal for types that read alike."""
    read: ValueReader
    required: bool
    field: str
    """The name of its value in the Struct."""


@cache
def struct_keys(cls: type[Struct]) -> dict[str, StructKey]:
    """Return the keys that a Struct knows, in its order."""
    unused = getattr(cls, "unused", ())
    return {
        info.encode_name: StructKey(
            repr(info.type),
            _reader(info.type, info.name),
            info.default is NODEFAULT and info.default_factory is NODEFAULT,
            info.name,
        )
        for info in msgspec.structs.fields(cls)
        if info.name not in unused
    }


def read_struct(cls: type[Struct], name: str, node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - a Struct of that class, or BAD
    """Read a mapping that stands for a Struct; `name` says what it is, for messages."""
    if type(node) is ScalarNode and not node.absent and (shorthand := getattr(cls, "shorthand", "")):
        value = struct_keys(cls)[shorthand].read(node, desk)
        return value if value is INVALID else _made(cls, {shorthand: value}, node, desk)
    if type(node) is not MappingNode:
        desk.error(node, f"expected a mapping for {name}: lines such as {next(iter(struct_keys(cls)))}: …")
        return INVALID
    values, fine = read_mapping(struct_keys(cls), node, desk, partial(_unknown, name, struct_keys(cls)))
    missing = [key for key, slot in struct_keys(cls).items() if slot.required and node.get(key) is None]
    for key in missing:
        desk.error(node, f'{name} needs "{key}"')
    return _made(cls, values, node, desk) if fine and not missing else INVALID


def _made(cls: type[Struct], values: dict[str, Any], node: Node, desk: ReadContext) -> Struct:
    made = cls(**values)
    if isinstance(made, Image):
        path = node.get("src") if isinstance(node, MappingNode) else None
        described = isinstance(node, MappingNode) and node.get("alt") is not None
        desk.images.append(NamedImage(made, desk.spot(path or node), described))
    return made


def _unknown(name: str, slots: Collection[str], key: ScalarNode, desk: ReadContext) -> None:
    hint = "" if desk.findings.full else did_you_mean(key.value, slots)
    may = hint or f"; it may have {join_names(slots, 'and')}"
    desk.error(key, f"unknown field {quote_for_message(key.value)} in {name}{may}")


def read_mapping(
    slots: Mapping[str, StructKey],
    node: MappingNode,
    desk: ReadContext,
    unknown: Callable[[ScalarNode, ReadContext], None],
) -> tuple[dict[str, Any], bool]:
    """Read the values of a mapping, and say whether all was fine; keys without a value are as if not there."""
    values: dict[str, Any] = {}
    fine = True
    for name, (key, value) in node.pairs.items():
        slot = slots.get(name)
        if slot is None:
            unknown(key, desk)
            fine = False
        elif not value.absent:
            read = slot.read(value, desk)
            if read is INVALID:
                fine = False
            else:
                values[name] = read
    return values, fine


def plain_data(node: Node) -> PlainValue:
    """Return a node as plain values: clean texts, lists and mappings, None for what was not given."""
    if type(node) is ScalarNode:
        return None if node.absent else node.clean
    if type(node) is SequenceNode:
        return [plain_data(item) for item in node.items]
    return {key: plain_data(value) for key, (_, value) in node.pairs.items()} if type(node) is MappingNode else None


# Readers: one for each kind of type ---------------------------------------------------------------------------------


def _reader(kind: Any, name: str) -> ValueReader:  # noqa: ANN401, PLR0911 - any annotation, one line for each form
    """Make the reader of a type, for a field of that name."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return partial(_bounded, _reader(parts[0], name), next(part for part in parts[1:] if isinstance(part, Meta)))
    if origin in {Union, UnionType}:
        return _either([part for part in parts if part is not NoneType], name)
    if origin is Literal:
        return partial(_choice, parts)
    if origin is tuple:
        return partial(_list, _reader(parts[0], name))
    if origin is dict:
        return partial(_table, _reader(parts[1], name))
    if kind is LazyNode:
        return _kept
    return _leaf(kind, name)


def _leaf(kind: Any, name: str) -> ValueReader:  # noqa: ANN401 - any class
    if hasattr(kind, "parse"):
        return partial(_parsed, kind)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return partial(read_struct, kind, name)
    if kind is bool:
        return _truth
    if kind is not str:
        return partial(_number, kind)
    if name in CHECKED_TEXTS:
        return partial(_checked, CHECKED_TEXTS[name][0])
    return _line if name in _ONE_LINE else _short if name in _SHORT else _text


def _either(kinds: list[Any], name: str) -> ValueReader:
    """Read one of several types: a list by the one that is a list, the rest by the first."""
    if len(kinds) == 1:
        return _reader(kinds[0], name)
    lists = [_reader(kind, name) for kind in kinds if get_origin(kind) is tuple]
    others = [_reader(kind, name) for kind in kinds if get_origin(kind) is not tuple]

    def read(node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - one of the kinds
        return (lists if type(node) is SequenceNode and lists else others)[0](node, desk)

    return read


def _kept(node: Node, desk: ReadContext) -> Node:  # noqa: ARG001 - a reader's signature
    return node


def _text(node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - str or BAD
    """Read a text of many lines; it ends where its last word ends."""
    if type(node) is not ScalarNode:
        return _no_text(node, desk)
    return "" if node.absent else node.clean.rstrip()


def _short(node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - str or BAD
    """Read a few words; the author's line breaks stay."""
    if type(node) is not ScalarNode:
        return _no_text(node, desk)
    if node.absent:
        return ""
    text = node.clean.strip()
    if "\n" not in text:
        return _SPACES.sub(" ", text)
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def _line(node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - str or BAD
    if type(node) is not ScalarNode:
        return _no_text(node, desk)
    return "" if node.absent else " ".join(node.clean.split())


def _no_text(node: Node, desk: ReadContext) -> object:
    if type(node) is MappingNode:
        desk.error(node, 'expected text, not a mapping; text containing ": " needs quotes')
    else:
        desk.error(node, "expected text, not a list; text that begins with [ or - needs quotes")
    return INVALID


def _checked(check: Callable[[str], str], node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - str or BAD
    """Read one line that has to keep a rule."""
    text = _line(node, desk)
    if text is not INVALID and (fault := check(text)):
        desk.error(node, fault)
        return INVALID
    return text


def _truth(node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - bool or BAD
    word = node.value.lower() if type(node) is ScalarNode else ""
    if word not in {"true", "false"}:
        given = f", not {quote_for_message(node.clean)}" if type(node) is ScalarNode else ""
        desk.error(node, f"expected true or false{given}")
        return INVALID
    return word == "true"


def _number(kind: Any, node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - a number or BAD
    try:
        return msgspec.convert(node.clean.strip() if type(node) is ScalarNode else None, kind, strict=False)
    except (msgspec.ValidationError, ValueError):
        given = f", not {quote_for_message(node.clean)}" if type(node) is ScalarNode else ""
        desk.error(node, f"expected a {'whole ' if kind is int else ''}number{given}")
        return INVALID


def _choice(names: tuple[str, ...], node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - one of the names or BAD
    word = _line(node, desk)
    if word is INVALID or word in names:
        return word
    reason = UNSUPPORTED_MODES.get(word) if names == get_args(ImageModeField) else None
    hint = did_you_mean(word, names)
    desk.error(node, reason or f"{quote_for_message(word)} is not possible here; write {join_names(names)}{hint}")
    return INVALID


def _list(read: ValueReader, node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - a tuple or BAD
    if type(node) is not SequenceNode:
        hint = ""
        if type(node) is ScalarNode and len(node.value) <= _REPEATED:
            hint = f'; for one entry write  ["{node.clean.strip()}"]'
        desk.error(node, f"expected a list: every entry on a line that begins with -{hint}")
        return INVALID
    values = [read(item, desk) for item in node.items]
    return INVALID if INVALID in values else tuple(values)


def _bounded(read: ValueReader, meta: Meta, node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - what `read` reads
    value = read(node, desk)
    if value is INVALID or not isinstance(value, tuple):
        return value
    least, most = meta.min_length or 0, meta.max_length
    if len(value) < least or (most is not None and len(value) > most):
        wanted = f"{least} or more" if most is None else f"{least} to {most}"
        desk.error(node, f"expected {wanted} entries, not {len(value)}")
        return INVALID
    return value


def _table(read: ValueReader, node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - a dict or BAD
    if type(node) is not MappingNode:
        desk.error(node, "expected a mapping: a name and what it stands for")
        return INVALID
    values = {key: read(value, desk) for key, (_, value) in node.pairs.items()}
    return INVALID if INVALID in values.values() else values


def _parsed(kind: Any, node: Node, desk: ReadContext) -> Any:  # noqa: ANN401 - an instance of kind or BAD
    try:
        return kind.parse(plain_data(node), desk.files)
    except MisreadError as error:
        desk.error(node_at(node, error.path), str(error))
    except ValueError as error:
        desk.error(node, str(error))
    return INVALID


def node_at(node: Node, path: tuple[int | str, ...]) -> Node:
    """Follow a path of keys, and places in lists from 0, into a node, as far as it goes."""
    for step in path:
        if type(node) is SequenceNode and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif type(node) is MappingNode and isinstance(step, str) and step in node.pairs:
            key, value = node.pairs[step]
            node = key if value.absent else value
    return node
