"""YAML as a tree of texts, lists and mappings with their places, and nothing else.

The tree is built from the parser's events, so that every limit holds before anything grows: nesting (libyaml's own
composer crashes the process on deep nesting), events, sizes of texts, and what aliases stand for (each is followed by
reference, so that sums are known without walking, and a cycle is seen where it is closed).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import yaml

from presenter.deck.diagnostics import Diagnostics, quote_for_message
from presenter.deck.source import ReadBudget, Source, line_and_column
from presenter.deck.yaml_hints import YamlFault, explain, quoted_line
from presenter.deck.yaml_pitfalls import PitfallScanner, YamlMark
from presenter.safety import MAX_DEPTH, MAX_EVENTS, MAX_NODES, MAX_SCALAR, clean, clean_line

MAX_ANCHORS: Final = 1_000
"""Anchors in one file."""
_TEXT_UNIT: Final = 100
"""So many characters count as one more value: aliases multiply long texts too."""
_DEEP: Final = f"lists and mappings are nested more than {MAX_DEPTH} deep"
_OPENERS: Final = re.compile(r"[\[{\]}\n]|(?:(?<=\n)|(?<=- )|\A)- ")
_NO_KEY: Final = "\0"
"""Stands for a key that cannot be one; no text of a deck can be it."""

# The C parser is some twenty times faster; PyYAML may have been built without it.
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class ScalarNode:
    """A scalar, as it was typed."""

    __slots__ = ("_clean", "end", "plain", "size", "start", "value")
    height = 0

    def __init__(self, value: str, plain: bool, start: YamlMark, end: YamlMark) -> None:
        self.value = value
        self.plain = plain
        self.start = start
        self.end = end
        self.size = 1 + len(value) // _TEXT_UNIT
        self._clean: str | None = None

    @property
    def clean(self) -> str:
        """The text made harmless; a text that a thousand aliases stand for is cleaned once."""
        if self._clean is None:
            self._clean = clean(self.value)
        return self._clean

    @property
    def absent(self) -> bool:
        """Nothing was given: an empty value, `~` or `null`, without quotes."""
        return self.plain and self.value in {"", "~", "null"}


class SequenceNode:
    """A list."""

    __slots__ = ("end", "height", "items", "size", "start")
    absent = False

    def __init__(self, start: YamlMark) -> None:
        self.start = self.end = start
        self.items: list[Node] = []
        self.size = 1
        self.height = 1

    def children(self) -> list[Node]:
        """Return what the list holds."""
        return self.items


class MappingNode:
    """A mapping, in the order of the file; keys are cleaned."""

    __slots__ = ("end", "height", "pairs", "size", "start")
    absent = False

    def __init__(self, start: YamlMark) -> None:
        self.start = self.end = start
        self.pairs: dict[str, tuple[ScalarNode, Node]] = {}
        self.size = 1
        self.height = 1

    def children(self) -> list[Node]:
        """Return the values."""
        return [node for _, node in self.pairs.values()]

    def get(self, key: str) -> Node | None:
        """Return the value of a key; None when it was not given."""
        pair = self.pairs.get(key)
        return None if pair is None or pair[1].absent else pair[1]


Node = ScalarNode | SequenceNode | MappingNode


class _Stop(Exception):  # noqa: N818 - leaves the parser's loop; no error for anybody
    """A limit was reached: reading on would cost too much."""


def compose(source: Source, budget: ReadBudget, findings: Diagnostics) -> Node | None:
    """Make the tree of a file; None when it is empty or no YAML that can be read on, which `findings` then says.

    What is wrong without breaking the tree (keys that stand twice, tags) is said, and the tree comes without it.
    """
    composer = _Composer(source, budget, findings)
    try:
        composer.run()
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        # Some parsers have a limit of their own, and look ahead: their words for it differ from release to release.
        if (deep := _too_deep(source.text)) is not None:
            findings.add(source.problem(*line_and_column(source.text, deep), _DEEP))
        else:
            findings.add(explain(source, _trouble(error, composer.quote)))
    except RecursionError:
        findings.add(source.problem(0, 0, "lists and mappings are nested too deeply"))
    except Exception as error:  # noqa: BLE001 - parsers raise ValueError, IndexError, OverflowError... on odd input
        findings.add(source.problem(0, 0, f"this cannot be read as YAML ({type(error).__name__})"))
    else:
        return composer.root
    return None


def _too_deep(text: str) -> int | None:
    """Return where a text opens a bracket, or a dash on one line, deeper than `MAX_DEPTH`; None when it does not.

    For texts that no parser reads: quotes and comments are not told apart, so that this is a guess elsewhere.
    """
    depth = dashes = 0
    for match in _OPENERS.finditer(text):
        mark = match[0]
        if mark == "\n":
            dashes = 0
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth = max(0, depth - 1)
        else:
            dashes += 1
        if depth + dashes > MAX_DEPTH:
            return match.start()
    return None


def _trouble(error: yaml.MarkedYAMLError, quote: tuple[YamlMark, YamlMark] | None) -> YamlFault:
    mark = error.problem_mark or error.context_mark
    context = error.context_mark
    return YamlFault(
        problem=error.problem or "",
        context=error.context or "",
        line=mark.line if mark else 0,
        column=mark.column if mark else 0,
        opened=(context.line, context.column) if context else None,
        quote=(quote[0].line, quote[0].column, quote[1].line, quote[1].column) if quote else None,
    )


class _Composer:
    """Builds the tree, one event after the other."""

    def __init__(self, source: Source, budget: ReadBudget, findings: Diagnostics) -> None:
        self.source = source
        self.budget = budget
        self.findings = findings
        self.root: Node | None = None
        self.quote: tuple[YamlMark, YamlMark] | None = None
        """Where the last quoted text begins and ends."""
        self.stack: list[SequenceNode | MappingNode] = []
        self.keys: list[ScalarNode | None] = []
        """The key that waits for its value, one for each entry of `stack`."""
        self.names: list[str | None] = []
        """The anchor of each entry of `stack`."""
        self.anchors: dict[str, Node | None] = {}
        """None while the anchored value is not complete."""
        self.widest: tuple[int, YamlMark, YamlMark] | None = None
        self.braces: SequenceNode | MappingNode | None = None
        """The last flow mapping that was a text without quotes."""
        self.documents = 0
        self.losses = PitfallScanner(source, findings)
        self.handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def run(self) -> None:
        """Read the whole file."""
        handlers, left = self.handlers, self.budget.events
        loader = _LOADER(self.source.text)
        try:
            while loader.check_event():
                event = loader.get_event()
                left -= 1
                if left < 0:
                    self._stop(event, f"the deck is too long: more than {MAX_EVENTS:,} YAML events")
                handler = handlers.get(type(event))
                if handler:
                    handler(event)
        finally:
            self.budget.events = left
            loader.dispose()
        self.losses.finish()
        self._check_size()

    def _check_size(self) -> None:
        root, self.budget.nodes = self.root, self.budget.nodes - (self.root.size if self.root else 0)
        if root is None or self.budget.nodes >= 0:
            return
        self.root = None
        if self.widest and root.size > MAX_NODES:
            _, start, end = self.widest
            many = f"{root.size:.1e}".replace("e+0", "e").replace("e+", "e")
            self._error(start, end, f"aliases expand to {many} values (limit {MAX_NODES:,})")
        else:
            self._error(root.start, root.start, f"the deck is too long: more than {MAX_NODES:,} values")

    def _error(self, start: YamlMark, end: YamlMark, words: str, fix: str = "") -> None:
        length = end.column - start.column if end.line == start.line else 1
        if not self.findings.dismiss("error"):
            self.findings.add(self.source.problem(start.line, start.column, words, length=length, fix=fix))

    def _stop(self, event: Any, words: str) -> None:  # noqa: ANN401 - PyYAML's events have no stubs of use
        self._error(event.start_mark, event.start_mark, words)
        raise _Stop

    # Events -----------------------------------------------------------------------------------------------------------

    def _document(self, event: Any) -> None:  # noqa: ANN401 - as above
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "a second document begins here; one deck per file")

    def _scalar(self, event: Any) -> None:  # noqa: ANN401 - as above
        value, start, end, style = event.value, event.start_mark, event.end_mark, event.style
        if len(value) > MAX_SCALAR:
            self._stop(event, f"this text has {len(value):,} characters (limit {MAX_SCALAR:,})")
        if event.tag is not None:
            self._tag(event)
        text = ScalarNode(value, not style, start, end)
        if event.anchor is not None:
            self._anchor(event, text)
        if style == '"' or style == "'":  # noqa: PLR1714 - a set would be made each time
            self.quote = (start, end)
            if not value.isprintable():
                self.losses.controls(value, start, end)
        elif style == ">":
            self.losses.folded_block(start, end)
        elif not style:
            if self.losses.comments:
                self.losses.after(value, end)
            if start.line != end.line:
                self._fold(start, end)
        self._place(text)

    def _start(self, event: Any) -> None:  # noqa: ANN401 - as above
        if len(self.stack) >= MAX_DEPTH:
            self._stop(event, _DEEP)
        if event.tag is not None:
            self._tag(event)
        node = (
            SequenceNode(event.start_mark) if type(event) is yaml.SequenceStartEvent else MappingNode(event.start_mark)
        )
        if event.anchor is not None:
            self._anchor(event, None)
        self.stack.append(node)
        self.keys.append(None)
        self.names.append(event.anchor)

    def _end(self, event: Any) -> None:  # noqa: ANN401 - as above
        node = self.stack.pop()
        self.keys.pop()
        anchor = self.names.pop()
        node.end = event.end_mark
        for child in node.children():
            node.size += child.size
            node.height = max(node.height, child.height + 1)
        if anchor is not None:
            self.anchors[anchor] = node
        # What stands in wrong braces is said once: to what reads it, it is a text.
        self._place(ScalarNode("{", False, node.start, node.end) if node is self.braces else node)  # noqa: FBT003

    def _alias(self, event: Any) -> None:  # noqa: ANN401 - as above
        start, end = event.start_mark, event.end_mark
        node = self.anchors.get(event.anchor)
        self.losses.used(event.anchor)
        if node is None:
            name = clean_line(event.anchor)
            if event.anchor in self.anchors:
                self._error(start, end, f"the alias *{name} refers to itself")
            else:
                fix = f'write  "*{name}"'
                self._error(start, end, f"text starting with * needs quotes (and there is no anchor &{name})", fix)
            node = ScalarNode(f"*{event.anchor}", False, start, end)  # noqa: FBT003 - what was meant, probably
        elif len(self.stack) + node.height > MAX_DEPTH:
            self._stop(event, f"lists and mappings are nested more than {MAX_DEPTH} deep through this alias")
        elif self.widest is None or node.size > self.widest[0]:
            self.widest = (node.size, start, end)
        self._place(node, event)

    def _tag(self, event: Any) -> None:  # noqa: ANN401 - as above
        tag = clean_line(event.tag).removeprefix("tag:yaml.org,2002:")
        shown = f"!!{tag}" if tag != clean_line(event.tag) else tag
        start = event.start_mark
        words = f'tags such as {quote_for_message(shown)} are not allowed; a text that begins with "!" needs quotes'
        length = len(self.source.lines[start.line][start.column :].split(" ", 1)[0])
        if not self.findings.dismiss("error"):
            self.findings.add(self.source.problem(start.line, start.column, words, length=length, rule="L011"))

    def _anchor(self, event: Any, node: ScalarNode | None) -> None:  # noqa: ANN401 - as above
        if node is not None and node.absent:
            name = clean_line(event.anchor)
            self._error(event.start_mark, event.end_mark, "text starting with & needs quotes", f'write  "&{name}"')
            node.value, node.plain = f"&{event.anchor}", False
        elif node is not None:
            self.losses.anchored(event.anchor, node.start, node.end, node.value, plain=node.plain)
        self.anchors[event.anchor] = node
        if len(self.anchors) > MAX_ANCHORS:
            self._stop(event, f"more than {MAX_ANCHORS:,} anchors")

    def _fold(self, start: YamlMark, end: YamlMark) -> None:
        key = self.keys[-1] if self.keys else None
        self.losses.folded(start, end, key.value if key and key.value != _NO_KEY else None)

    # The tree ---------------------------------------------------------------------------------------------------------

    def _place(self, node: Node, event: Any = None) -> None:  # noqa: ANN401 - as above
        """Put a complete value where it belongs; `event` is the alias that stands for it."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if type(top) is SequenceNode:
            top.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self._key(node, event)
        elif type(top) is MappingNode:
            if key.value != _NO_KEY:
                top.pairs[key.value] = (key, node)
            self.keys[-1] = None

    def _key(self, node: Node, event: Any) -> ScalarNode:  # noqa: ANN401 - as above
        top = self.stack[-1]
        start, end = (event.start_mark, event.end_mark) if event else (node.start, node.end)
        if type(node) is not ScalarNode or event:
            self._complex_key(top, start)
            return ScalarNode(_NO_KEY, False, start, end)  # noqa: FBT003 - stands for no text
        name = clean_line(node.value)
        key = ScalarNode(name, node.plain, start, end)
        if type(top) is MappingNode and name in top.pairs:
            first = top.pairs[name][0].start
            self._error(
                start, end, f"{quote_for_message(name)} stands twice here: first on line {first.line + 1}; remove one"
            )
        elif name == "<<":
            self._error(start, end, '"<<" does not merge here; put values for many slides into "defaults:"')
            key.value = _NO_KEY
        return key

    def _complex_key(self, top: SequenceNode | MappingNode, start: YamlMark) -> None:
        line, column = top.start.line, top.start.column
        if self.source.lines[line][column : column + 1] == "{":
            if top is not self.braces:
                fix = quoted_line(self.source.lines[line], column)
                self._error(top.start, top.start, "text starting with { needs quotes", fix)
            self.braces = top
        else:
            self._error(start, start, "a key must be a plain text")
