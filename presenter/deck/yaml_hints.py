"""What a YAML parser's complaint means to somebody who writes a deck by hand.

The parser says what it expected where it gave up; each rule here looks at the characters around that place and tells
the mistake that people make there, at the place where it is to be mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from presenter.deck.diagnostics import Problem, quote_for_message
from presenter.deck.source import Source

_KEY: Final = re.compile(r"""\s*(?:-\s+)*(?P<key>"[^"]*"|'[^']*'|[^\s#"'\[{][^#]*?):\s+(?=\S)""")
_TIGHT: Final = re.compile(r"\s*(?:-\s+)*(?P<key>[A-Za-z_][\w-]*):(?!//)\S")
_BLOCK_TEXT: Final = re.compile(r"(?:^|[:\-]\s+)[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_NUMBER: Final = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_SURROGATES: Final = re.compile(r"\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
"""A character beyond U+FFFF as JSON and JavaScript write it."""
_ENTRY: Final = re.compile(r"\s*(?:-(?:\s|$)|[A-Za-z_][\w-]*:(?:\s|$))")
"""A line that begins as an entry of a list or a mapping does."""
_STUCK: Final = re.compile(r"\s*-(?P<key>[A-Za-z_][\w-]*:)(?:\s|$)")
"""A dash without a space behind it."""
_DASHES: Final = re.compile(r"\s*(?:-\s+)*")


@dataclass(frozen=True, slots=True)
class YamlFault:
    """A parser's complaint; lines and columns from 0."""

    problem: str
    context: str
    line: int
    column: int
    opened: tuple[int, int] | None = None
    """Where the thing begins that could not be read to its end."""
    quote: tuple[int, int, int, int] | None = None
    """Line and column of both ends of the last quoted text before it."""


class Hint(NamedTuple):
    """What to say, where."""

    line: int
    column: int
    words: str
    fix: str = ""
    length: int = 1


SourceLines: TypeAlias = Sequence[str]


def explain(source: Source, trouble: YamlFault) -> Problem:
    """Make the problem of a complaint: by the first rule that knows it, else in the parser's words."""
    lines = source.lines or ("",)
    for rule in _RULES:
        advice = rule(trouble, lines)
        if advice:
            return source.problem(advice.line, advice.column, advice.words, length=advice.length, fix=advice.fix)
    said = ", ".join(filter(None, (trouble.context, trouble.problem)))
    return source.problem(trouble.line, trouble.column, f"this is no YAML: {said}")


# Looking around ---------------------------------------------------------------------------------------------------


def _line(lines: SourceLines, number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _above(lines: SourceLines, number: int) -> int:
    """Return the number of the nearest line above that says something; -1 when there is none."""
    number = min(number, len(lines)) - 1
    while number >= 0 and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
        number -= 1
    return number


def quoted_line(line: str, column: int) -> str:
    """Say how the line reads with the text from `column` on in quotes; empty when that is not certain."""
    start = _DASHES.match(line)
    head, text = line[start.end() if start else 0 : column], line[column:].rstrip()
    if any(mark in head for mark in "[{\"'") or (start and start.end() > column) or not text:
        return ""
    if '"' not in text and "\\" not in text:
        return f'write  {head}"{text}"'
    return f"write  {head}'{text}'" if "'" not in text else ""


# Rules ------------------------------------------------------------------------------------------------------------


def _tab(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    line = _line(lines, trouble.line)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return Hint(trouble.line, indent.index("\t"), "a tab is used for indentation; YAML needs spaces")
    if line[trouble.column : trouble.column + 1] == "\t":
        return Hint(trouble.line, trouble.column, "a tab stands here; YAML needs spaces")
    return None


def _unclosed_quote(trouble: YamlFault, lines: SourceLines) -> Hint | None:  # noqa: ARG001 - a rule's signature
    ended = "end of stream" in trouble.problem or "unexpected document" in trouble.problem
    if ended and trouble.opened and "quoted" in trouble.context:
        return Hint(*trouble.opened, "the quote opened here is never closed")
    return None


def _escape(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    line = _line(lines, trouble.line)
    if "quoted" not in trouble.context or not re.search(r"escape|decimal number", trouble.problem):
        return None
    column = line.rfind("\\", 0, trouble.column + 1)
    if number := "invalid" in trouble.problem and _NUMBER.match(line, column):
        pair = _SURROGATES.match(line, column)
        code = 0x10000 + (int(pair[1], 16) - 0xD800) * 0x400 + int(pair[2], 16) - 0xDC00 if pair else 0
        fix = f"write  \\U{code:08x}" if pair else ""
        return Hint(trouble.line, column, f"{number[0]} is no character: none has this number", fix, len(number[0]))
    shown = line[column : column + 2]
    words = f'{shown} means nothing inside "…"; write \\{shown} for a backslash, or use single quotes'
    return Hint(trouble.line, max(0, column), words, length=2)


def _block_header(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if "block scalar" not in trouble.context or not trouble.opened:
        return None
    mark = _line(lines, trouble.opened[0])[trouble.opened[1] : trouble.opened[1] + 1]
    return Hint(trouble.line, trouble.column, f"the text goes on the next line after {mark}, indented")


def _star(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if not trouble.opened or ("alias" not in trouble.context and "anchor" not in trouble.context):
        return None
    line, column = trouble.opened
    mark = "*" if "alias" in trouble.context else "&"
    text = _line(lines, line)
    if mark == "*" and text[:column].strip() == "" and text[column : column + 2] == "* ":
        return Hint(
            line, column, 'the lines of a list begin with "- ", not with "* "', f"write  - {text[column + 2 :].strip()}"
        )
    return Hint(line, column, f"text starting with {mark} needs quotes", quoted_line(_line(lines, line), column))


def _stuck_dash(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    """See a `-title:` in the line, or in the one above it, which makes the next lines stand wrong."""
    for number in (trouble.line, _above(lines, trouble.line)):
        if number >= 0 and (match := _STUCK.match(_line(lines, number))) and _block_or_colon(trouble):
            line = _line(lines, number)
            fix = f"write  - {line[match.start('key') :].strip()}"
            return Hint(number, match.start("key") - 1, f'a space is missing after "-" on line {number + 1}', fix)
    return None


def _block_or_colon(trouble: YamlFault) -> bool:
    return _block(trouble) or "mapping values are not allowed" in trouble.problem


def _tag(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if "tag" not in trouble.context.split() and "tag handle" not in trouble.problem:
        return None
    line, column = trouble.opened or (trouble.line, trouble.column)
    return Hint(line, column, "text starting with ! needs quotes", quoted_line(_line(lines, line), column))


def _start_character(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if "cannot start any token" not in trouble.problem:
        return None
    line = _line(lines, trouble.line)
    character = line[trouble.column : trouble.column + 1]
    words = f"text starting with {character} needs quotes"
    return Hint(trouble.line, trouble.column, words, quoted_line(line, trouble.column))


def _colon(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if "mapping values are not allowed" not in trouble.problem:
        return None
    line, column = _line(lines, trouble.line), trouble.column
    key = _KEY.match(line)
    if key and key.end() <= column:
        return Hint(trouble.line, column, 'text containing ": " needs quotes', quoted_line(line, key.end()))
    above = _above(lines, trouble.line)
    if above >= 0 and (advice := _tight(_line(lines, above), above)):
        return advice
    start = _indent(line)
    neighbour = _column(_line(lines, above)) if above >= 0 else start
    if neighbour < start:
        return _indented(trouble.line, start, neighbour)
    return Hint(trouble.line, column, 'text containing ": " needs quotes')


def _tight(line: str, number: int) -> Hint | None:
    match = _TIGHT.match(line)
    if not match or ": " in line:
        return None
    words = f'a space is missing after "{match["key"]}:" on line {number + 1}'
    fix = f"write  {match['key']}: {line[match.end() - 1 :].strip()}"
    return Hint(number, match.start("key"), words, fix, match.end("key") - match.start("key") + 1)


def _column(line: str) -> int:
    """Return the column where a line's text begins, after its dashes."""
    match = _DASHES.match(line)
    return match.end() if match else 0


def _indented(line: int, found: int, expected: int) -> Hint:
    words = f"this line is indented {found}, its neighbours {expected}; indent them alike"
    return Hint(line, found, words)


def _dash(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if "sequence entries are not allowed" not in trouble.problem:
        return None
    fix = quoted_line(_line(lines, trouble.line), trouble.column)
    words = 'a list begins on a line of its own, and text starting with "- " needs quotes'
    return Hint(trouble.line, trouble.column, words, fix)


def _flow(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    """Tell a bracket that is never closed from a comma that is missing inside."""
    if not trouble.opened or "flow" not in trouble.context or "node" in trouble.context:
        return None
    opener = _line(lines, trouble.opened[0])[trouble.opened[1] : trouble.opened[1] + 1]
    closer = {"[": "]", "{": "}"}.get(opener)
    if closer is None:
        return None
    rest = _line(lines, trouble.line)[trouble.column :]
    if trouble.line != trouble.opened[0] or closer not in rest:
        return Hint(*trouble.opened, f"the {opener} opened here is never closed with {closer}")
    if rest.startswith(":"):
        words = 'text containing ": " needs quotes'
        return Hint(trouble.line, trouble.column, words)
    return Hint(trouble.line, trouble.column, f"a comma is missing before this, or quotes around the {opener}…{closer}")


def _content(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if "node content" not in trouble.problem:
        return None
    line = _line(lines, trouble.line)
    character = line[trouble.column : trouble.column + 1]
    if "block" in trouble.context and character in set(",]}"):
        words = f"text starting with {character} needs quotes"
        return Hint(trouble.line, trouble.column, words, quoted_line(line, trouble.column))
    if not character:
        last = _above(lines, len(lines))
        column = max(_line(lines, last).rfind("["), _line(lines, last).rfind("{"), 0)
        return Hint(max(0, last), column, "the file ends inside [ or {, before its ] or }")
    return Hint(trouble.line, trouble.column, f"a value is missing before {quote_for_message(character)}")


def _document(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    started = "document start" in trouble.problem
    above = _above(lines, trouble.line) if started and not _line(lines, trouble.line).startswith("%") else trouble.line
    if "directive" in trouble.context or _line(lines, above).startswith("%"):
        return Hint(above, 0, "a line may not begin with %")
    if started:
        return Hint(trouble.line, trouble.column, "the deck ended above this line; one deck per file")
    return None


def _after_quote(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if not trouble.quote:
        return None
    first, first_column, last, last_column = trouble.quote
    between = _line(lines, last)[last_column : trouble.column]
    if last != trouble.line or last_column > trouble.column or between.strip():
        return None
    if first < last:
        words = f"the quote opened here closes only on line {last + 1}; is its end missing?"
        return Hint(first, first_column, words)
    mark = _line(lines, first)[first_column : first_column + 1]
    fix = "inside '…' write '' for an apostrophe, or use \"…\"" if mark == "'" else ""
    if mark == '"' and "'" not in _line(lines, first)[first_column:]:
        fix = f"write  '{_line(lines, first)[first_column:].rstrip()}'"
    return Hint(trouble.line, trouble.column, "there is text after the closing quote", fix)


def _after_bracket(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    line = _line(lines, trouble.line)
    before = line[: trouble.column].rstrip()
    if not _block(trouble):
        return None
    if line[trouble.column : trouble.column + 1] in set("]}"):
        return Hint(trouble.line, trouble.column, f"this {line[trouble.column]} closes nothing; remove it")
    if not before.endswith(("]", "}")):
        return None
    opener = "[" if before.endswith("]") else "{"
    column = before.find(opener)
    words = f"text starting with {opener} needs quotes"
    return Hint(trouble.line, max(0, column), words, quoted_line(line, column) if column >= 0 else "")


def _block(trouble: YamlFault) -> bool:
    expected = ("block end", "expected key", "'-' indicator")
    return "block" in trouble.context and any(words in trouble.problem for words in expected)


def _short_text(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    """See a text after `|` with a line that is indented less than its first."""
    number = trouble.opened[0] if trouble.opened and "simple key" in trouble.context else trouble.line
    if not _block(trouble) and "simple key" not in trouble.context:
        return None
    indent, least = _indent(_line(lines, number)), -1
    for above in range(number - 1, -1, -1):
        line = _line(lines, above)
        if not line.strip():
            continue
        if _BLOCK_TEXT.search(line) and _column(line) < max(least, indent):
            if _column(line) >= indent and not _is_text(_line(lines, number), _column(line)):
                return None
            return Hint(number, indent, f"indent all lines of the text that begins on line {above + 2} alike")
        if _indent(line) <= indent:
            return None
        least = _indent(line) if least < 0 else min(least, _indent(line))
    return None


def _is_text(line: str, column: int) -> bool:
    """Say whether a line below a text that ended is probably part of it, and no key that stands in `column`."""
    return not _ENTRY.match(line) and (_indent(line) != column or " " in line.strip())


def _no_colon(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    if "expected ':'" not in trouble.problem or not trouble.opened:
        return None
    number, column = trouble.opened
    line = _line(lines, number)
    if advice := _tight(line, number):
        return advice
    text = line[column:].strip()
    return Hint(
        number, column, f'expected "key: value", but no ":" follows {quote_for_message(text)}', length=len(text)
    )


def _mixed(trouble: YamlFault, lines: SourceLines) -> Hint | None:
    """See list entries and keys side by side, or a line whose indentation fits none of its neighbours."""
    if not _block(trouble) or not trouble.opened:
        return None
    line, column = _line(lines, trouble.line), trouble.column
    if column == trouble.opened[1] and line[:column].strip() == "":
        dashed = line[column : column + 2] in {"-", "- "}
        if dashed and "mapping" in trouble.context:
            return Hint(trouble.line, column, 'this line begins with "- ", but its neighbours are "key: value"')
        if not dashed and "collection" in trouble.context:
            return Hint(trouble.line, column, 'this line needs a "- " in front, or more indentation')
    if line[:column].strip():
        return None
    neighbours = [
        _column(_line(lines, number))
        for number in range(trouble.opened[0], trouble.line)
        if _line(lines, number).strip()
    ]
    nearest = min(
        (other for other in neighbours if other != column), key=lambda other: abs(other - column), default=None
    )
    return None if nearest is None else _indented(trouble.line, column, nearest)


_RULES: Final[tuple[Callable[[YamlFault, SourceLines], Hint | None], ...]] = (
    _unclosed_quote,
    _tab,
    _escape,
    _block_header,
    _star,
    _stuck_dash,
    _tag,
    _start_character,
    _colon,
    _dash,
    _flow,
    _content,
    _document,
    _after_quote,
    _after_bracket,
    _short_text,
    _no_colon,
    _mixed,
)
