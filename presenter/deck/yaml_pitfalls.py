"""What YAML loses or changes without a word: said as warnings, with the way to keep it."""

from __future__ import annotations

import re
from typing import Any, Final

from presenter.deck.diagnostics import Diagnostics, quote_for_message
from presenter.deck.source import FORBIDDEN, Source, character_name
from presenter.safety import INVISIBLE, SEPARATORS, clean_line, shown_as

YamlMark = Any
"""Where something begins or ends: `line` and `column` from 0. The C and the Python parser have a class each."""

_COMMENT: Final = re.compile(r"[ \t]#(?=[^\s#!])")
"""A `#` that begins a comment and was perhaps not meant to: people put a space after it when they comment."""
_ENTRY: Final = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_DASH: Final = re.compile(r"\s*-(?:\s|$)")


class PitfallScanner:
    """Looks at the texts of one file as they are parsed."""

    def __init__(self, source: Source, findings: Diagnostics) -> None:
        self.comments = self._find_comments(source)
        """Lines with the columns where a comment begins that may be text."""
        self._source = source
        self._findings = findings
        self._anchors: dict[str, tuple[YamlMark, YamlMark, str, bool]] = {}
        """Anchors of texts that no alias has used yet: where the text begins and ends, the text, and whether it has no
        quotes."""

    @staticmethod
    def _find_comments(source: Source) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        if _COMMENT.search(source.text):
            for index, line in enumerate(source.lines):
                columns = [match.start() + 1 for match in _COMMENT.finditer(line)]
                if columns:
                    found[index] = columns
        return found

    def after(self, value: str, end: YamlMark) -> None:
        """Warn of what a `#` cuts off a text without quotes."""
        line, column = end.line, end.column
        for comment in self.comments.get(line, ()):
            raw = self._source.lines[line]
            if comment > column and not raw[column:comment].strip():
                fix = _quotes(clean_line(f"{value} {raw[comment:]}".strip()))
                words = 'text after " #" is a comment and will not be shown'
                self._warn(line, comment, len(raw.rstrip()) - comment, words, fix, "L010")

    def folded(self, start: YamlMark, end: YamlMark, key: str | None) -> None:
        """Warn of a list that is no list, since it continues the text without quotes above it.

        Args:
            start: where the text begins.
            end: where it ends, on a later line.
            key: whose value the text is; None for an entry of a list.
        """
        lines = self._source.lines
        number = next((number for number in range(start.line + 1, end.line + 1) if _DASH.match(lines[number])), None)
        if number is None:
            return
        raw = lines[number].rstrip()
        column = len(raw) - len(raw.lstrip())
        if key is None:
            above = " ".join([lines[start.line][start.column :], *lines[start.line + 1 : number]]).split()
            fix = f"for points below it write  - {clean_line(' '.join(above))}:"
        else:
            fix = f"write  {key}:  with the list below it, or  {key}: |  with the text below it"
        words = f'this "- " begins no list: the line is joined to the text of line {start.line + 1}'
        self._warn(number, column, len(raw) - column, words, fix, "L021")

    def folded_block(self, start: YamlMark, end: YamlMark) -> None:
        """Warn of lists in a text behind `>`, which joins its lines."""
        if start.line >= end.line:
            return
        # Lines that stand further in keep their ends; a list is joined where it stands as far out as the text.
        lines = self._source.lines[start.line + 1 : end.line]
        out = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        joined = [
            at
            for at in range(1, len(lines))
            if _ENTRY.match(lines[at]) and lines[at - 1].strip() and not lines[at][out : out + 1].isspace()
        ]
        if joined:
            raw = self._source.lines[start.line + 1 + joined[0]]
            column = len(raw) - len(raw.lstrip())
            words = 'this list is joined to one line, as ">" joins all lines'
            self._warn(start.line + 1 + joined[0], column, len(raw) - column, words, "write | instead of >", "L030")

    def controls(self, value: str, start: YamlMark, end: YamlMark) -> None:
        """Warn of control characters in a text, which are shown as symbols, and of those that nobody sees."""
        # What stood there as it is was told where the file was read, and is a word joiner here.
        match = FORBIDDEN.search(value) or INVISIBLE.search(value.replace("\u2060", "")) or SEPARATORS.search(value)
        if match:
            length = end.column - start.column if end.line == start.line else 1
            words = f"the character {character_name(match[0])} in this text is {shown_as(match[0])}"
            self._warn(start.line, start.column, length, words, "remove it", "L015")

    # Anchors ----------------------------------------------------------------------------------------------------------

    def anchored(self, name: str, start: YamlMark, end: YamlMark, value: str, *, plain: bool) -> None:
        """Note the anchor of a text: it is lost unless an alias uses it."""
        self._unused(name)
        self._anchors[name] = (start, end, value, plain)

    def used(self, name: str) -> None:
        """Note that an alias uses an anchor."""
        self._anchors.pop(name, None)

    def finish(self) -> None:
        """Warn of every anchor that no alias used."""
        for name in list(self._anchors):
            self._unused(name)

    def _unused(self, name: str) -> None:
        if name not in self._anchors:
            return
        start, end, value, plain = self._anchors.pop(name)
        shown = clean_line(name)
        whole = plain and start.line == end.line
        fix = _quotes(clean_line(f"&{name} {value}")) if whole else "remove it, or put quotes around the whole text"
        words = f"{quote_for_message(f'&{shown}')} will not be shown: it is an anchor, though no alias *{shown} uses it"
        self._warn(start.line, start.column, 1 + len(name), words, fix, "L022")

    def _warn(self, line: int, column: int, length: int, words: str, fix: str, rule: str) -> None:  # noqa: PLR0913, PLR0917 - a problem has that many parts
        if not self._findings.dismiss("warning"):
            self._findings.add(
                self._source.problem(line, column, words, length=length, severity="warning", fix=fix, rule=rule)
            )


def _quotes(text: str) -> str:
    """Say how a text is written so that all of it is shown."""
    return f'write  "{text}"' if '"' not in text and "\\" not in text else "put quotes around the text"
