"""The source: its text, and the YAML that stands above it or inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from presenter.convert.pieces import Front, FrontValue, Loss, YamlValue
from presenter.deck.diagnostics import Diagnostics
from presenter.deck.source import ReadBudget, Source, UnreadableError, character_name, read_bytes
from presenter.deck.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode, compose
from presenter.safety import clean, shown_as

MAX_SOURCE_BYTES: Final = 500_000
"""A Markdown deck; parsing takes seconds at this size."""
_WHAT: Final = "Markdown file"
_MOST_REMARKED: Final = 20
"""Lines with control characters that are told one by one."""


_SETTING: Final = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
"""A line as front matter has it."""


class SourceError(Exception):
    """The source cannot be converted; the words say why, and what to do."""


@dataclass(slots=True)
class MarkdownSource:
    """The source, cleaned and cut: its front matter, and the lines below it."""

    lines: list[str]
    first: int = 1
    """The number of the first of `lines` in the file."""
    front: Front = field(default_factory=dict)
    remarks: list[Loss] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def read_markdown(path: Path) -> str:
    """Read a Markdown file; line ends become line feeds.

    Raises:
        SourceError: it is missing, too large, or no UTF-8 text.
    """
    try:
        data = read_bytes(path, MAX_SOURCE_BYTES, _WHAT)
    except UnreadableError as error:
        raise SourceError(str(error)) from None
    if b"\0" in data:
        raise SourceError(f"this is no {_WHAT} but something binary")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"{data[error.start]:#04x}"
        raise SourceError(f"line {line} is not UTF-8 text (byte {byte}); save the file as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(text: str) -> MarkdownSource:
    """Clean a text and take its front matter off; what is cleaned away is remarked."""
    written = MarkdownSource([])
    rows = []
    for number, row in enumerate(text.split("\n"), 1):
        cleaned = clean(row)
        rows.append(cleaned)
        if cleaned != row and cleaned != row.expandtabs(4) and len(written.remarks) < _MOST_REMARKED:
            odd = next((mark for mark in row if mark != "\t" and clean(mark) != mark), "")
            what = f"the character {character_name(odd)} is {shown_as(odd)}; remove it"
            marks = "more than eight marks on one character are left out"
            written.remarks.append(Loss(number, what if odd else marks, cleaned))
    written.lines = rows
    end = front_end(rows, 0)
    if end:
        front = front_of(rows[1:end], 2)
        if front is not None:
            written.front, written.lines, written.first = front, rows[end + 1 :], end + 2
        elif _SETTING.match(rows[1]):
            words = "front matter that is no YAML is shown as text; mend it and convert again"
            written.remarks.append(Loss(2, words, "\n".join(rows[1:end])))
    return written


def front_end(rows: list[str], start: int) -> int:
    """Return the line that ends the front matter which begins at line `start`; 0 when there is none."""
    if start >= len(rows) or rows[start].rstrip() != "---":
        return 0
    ends = (number for number in range(start + 1, len(rows)) if rows[number].rstrip() in {"---", "..."})
    return next(ends, 0)


def front_of(rows: list[str], first: int) -> Front | None:
    """Read lines as front matter; None when they are no mapping. `first` is the number of the first line."""
    node = parse_front_matter("\n".join(rows))
    if node is None and all(not row.strip() or row.lstrip().startswith("#") for row in rows):
        return {} if not any(row.strip() for row in rows) else None
    if not isinstance(node, MappingNode):
        return None
    starts = sorted(key.start.line for key, _ in node.pairs.values())
    found = {}
    for name, (key, value) in node.pairs.items():
        at = key.start.line
        after = next((start for start in starts if start > at), len(rows))
        found[name] = FrontValue(first + at, plain_value(value), "\n".join(rows[at:after]).rstrip())
    return found


def parse_front_matter(text: str) -> Node | None:
    """Read YAML within the limits of a deck; None when it is empty or wrong."""
    findings = Diagnostics()
    source = Source(Path("front"), text, tuple(text.split("\n")))
    node = compose(source, ReadBudget(), findings)
    return None if findings.errors else node


def plain_value(node: Node) -> YamlValue:
    """Return a YAML value as texts, lists and mappings."""
    if isinstance(node, ScalarNode):
        return "" if node.absent else node.clean
    if isinstance(node, SequenceNode):
        return [plain_value(item) for item in node.items]
    return {key: plain_value(value) for key, (_, value) in node.pairs.items()}


def mapping_of(text: str) -> dict[str, YamlValue] | None:
    """Read a text as a YAML mapping; None when it is none."""
    node = parse_front_matter(text)
    return (
        {key: plain_value(value) for key, (_, value) in node.pairs.items()} if isinstance(node, MappingNode) else None
    )
