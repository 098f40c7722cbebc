"""A deck file as text, with what it takes to point at a place in it."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from rich.cells import cell_len

from presenter.deck.diagnostics import MAX_SHOWN, Diagnostics, Problem
from presenter.safe_open import FLAGS, open_resolved
from presenter.safety import INVISIBLE, MAX_DECK_BYTES, MAX_EVENTS, MAX_NODES, SEPARATORS, clean, clean_line, shown_as

MAX_MESSAGE: Final = 400
"""Characters of one message, whatever a library or a deck puts into it."""
_WINDOW: Final = 100
"""Cells of a source line that are shown."""
_BEFORE: Final = 60

FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but for tab and line ends, DEL, C1
    "\ufffe\uffff]"  # what is no character
)
"""What may not stand in a deck file as it is; in a double-quoted text it can be written as an escape."""
_REPLACED: Final = re.compile("[\ufff9-\ufffb\U000e0000-\U000e007f]")
"""What may stand there and is shown as a symbol: interlinear annotation, tag characters."""


class UnreadableError(Exception):
    """A file that cannot or may not be read, with the reason in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a deck."""

    path: Path
    """Its real path."""
    text: str = ""
    """Without a byte order mark, every line end a line feed."""
    lines: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    """The including places, innermost first."""
    size: int = 0
    """Bytes on disk."""

    def problem(  # noqa: PLR0913 - a problem has that many parts
        self,
        line: int,
        column: int,
        words: str,
        *,
        length: int = 1,
        severity: Literal["error", "warning"] = "error",
        fix: str = "",
        rule: str = "",
    ) -> Problem:
        """Make a problem at a place (line and column from 0, length in characters) with its source line."""
        line = max(0, min(line, len(self.lines) - 1))
        raw = self.lines[line] if self.lines else ""
        column = max(0, min(column, len(raw)))
        shown, caret, length = _window(raw, column, length)
        words = clean_line(words)
        return Problem(
            path=self.path,
            line=line + 1,
            column=column + 1,
            words=words if len(words) <= MAX_MESSAGE else f"{words[:MAX_MESSAGE]}…",
            severity=severity,
            source=shown,
            length=length,
            fix=clean(fix).replace("\n", " ")[:MAX_MESSAGE],
            rule=rule,
            chain=self.chain,
            caret=caret,
        )


def _window(raw: str, column: int, length: int) -> tuple[str, int, int]:
    """Return a line fit to be shown, the cells before a place in it, and the cells that the place covers."""
    # Only what can be shown is cleaned: a line may have five million characters.
    first = max(0, column - _BEFORE) if len(raw) > _WINDOW else 0
    last = min(len(raw), first + _WINDOW)
    head, tail = ("…" if first else ""), ("…" if last < len(raw) else "")
    before = clean(head + raw[first:column])
    upto = clean(head + raw[first : min(column + max(1, length), last)])
    caret = cell_len(before)
    shown = clean(head + raw[first:last]).rstrip() + tail
    return shown, caret, max(1, cell_len(upto) - caret)


def read_bytes(path: Path, limit: int, what: str, *, resolved: bool = False) -> bytes:
    """Read a whole regular file of at most `limit` bytes; raise `UnreadableError` with the reason otherwise.

    A pipe, a device or a socket is refused before anything is read from it; in a path whose links were `resolved`,
    a link that was put there since.
    """
    try:
        handle = open_resolved(path) if resolved else os.open(path, FLAGS & ~getattr(os, "O_NOFOLLOW", 0))
    except (OSError, ValueError) as error:
        raise UnreadableError(_reason(error, what)) from None
    try:
        facts = os.fstat(handle)
        if stat.S_ISDIR(facts.st_mode):
            raise UnreadableError(f"this is a folder{' without a deck.yaml' * what.startswith('deck')}, not a {what}")
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableError(f"this is not a regular file, so no {what}")
        with os.fdopen(os.dup(handle), "rb") as file:
            data = file.read(limit + 1) if facts.st_size <= limit else b""
    except OSError as error:
        raise UnreadableError(_reason(error, what)) from None
    finally:
        os.close(handle)
    if facts.st_size > limit or len(data) > limit:
        size = max(facts.st_size, len(data))
        raise UnreadableError(f"the {what} is too large: {size / 1e6:.1f} MB (limit {limit / 1e6:g} MB)")
    return data


def _reason(error: OSError | ValueError, what: str) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return f"the {what} cannot be read: a link on the way leads in a circle, or has just been put there"
    if isinstance(error, PermissionError):
        return f"no permission to read this {what}"
    words = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not possible"
    return f"the {what} cannot be read: {words}"


@dataclass(frozen=True, slots=True)
class SourcePosition:
    """A place in a file, from 0, that a problem can be made for."""

    source: Source
    line: int
    column: int
    length: int = 1

    def problem(
        self, words: str, *, severity: Literal["error", "warning"] = "error", fix: str = "", rule: str = ""
    ) -> Problem:
        """Make a problem here."""
        return self.source.problem(
            self.line, self.column, words, length=self.length, severity=severity, fix=fix, rule=rule
        )

    def __str__(self) -> str:
        """The place as in `deck.yaml:12`."""
        return f"{clean_line(self.source.path.name)}:{self.line + 1}"


@dataclass(frozen=True, slots=True)
class IgnoredRules:
    """Rules that are not to be told of, in a part of a deck."""

    rules: tuple[tuple[str, SourcePosition], ...]
    """Their ids, and where the deck names them."""
    path: Path | None
    """The file; None for all files of the deck."""
    first: tuple[int, int] = (0, 0)
    """Line and column from 0 where the part begins in that file."""
    last: tuple[int, int] = (0, 0)
    """Where what follows it begins."""

    def covers(self, problem: Problem) -> bool:
        """Say whether a problem is one of them."""
        if all(problem.rule != rule for rule, _ in self.rules):
            return False
        place = (problem.line - 1, problem.column - 1)
        return self.path is None or (self.path == problem.path and self.first <= place < self.last)


@dataclass(slots=True)
class ReadBudget:
    """What is left of that which all files of one deck may take together."""

    size: int = MAX_DECK_BYTES
    events: int = MAX_EVENTS
    nodes: int = MAX_NODES


def read_source(path: Path, budget: ReadBudget, findings: Diagnostics, chain: tuple[str, ...] = ()) -> Source | None:
    """Read a deck file whose path is resolved; None when it is no text, which `findings` then says.

    Raises:
        UnreadableError: the file is missing, too large, or none that may be read.
    """
    data = read_bytes(path, budget.size, "deck file", resolved=True)
    budget.size -= len(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _unix(data[: error.start].decode("utf-8"))
        lines = (*before.split("\n")[:-1], before.rpartition("\n")[2] + "�")
        words = f"this is not UTF-8 text (byte {data[error.start]:#04x}); save the file as UTF-8"
        findings.add(Source(path, lines=lines, chain=chain).problem(len(lines) - 1, len(lines[-1]) - 1, words))
        return None
    text = _unix(text.removeprefix("\ufeff"))
    source = Source(path, text, tuple(text.split("\n")), chain, len(data))
    return _neutral(source, findings) if _check_characters(source, findings) else None


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _check_characters(source: Source, findings: Diagnostics) -> bool:
    """Report what may not stand in a deck file (False then), and what will be shown as a symbol."""
    text, fine = source.text, True
    if text.isascii() and not FORBIDDEN.search(text):
        return True
    for match in islice(FORBIDDEN.finditer(text), MAX_SHOWN + 1):
        fine = False
        words = f"the character {character_name(match[0])} may not stand in a deck; remove it"
        findings.add(source.problem(*line_and_column(text, match.start()), words))
    for match in islice(_REPLACED.finditer(text), MAX_SHOWN if fine else 0):
        words = f"the character {character_name(match[0])} is shown as �"
        place = line_and_column(text, match.start())
        findings.add(source.problem(*place, words, severity="warning", fix="remove it", rule="L015"))
    return fine


def _neutral(source: Source, findings: Diagnostics) -> Source:
    """Return the source without characters that nobody sees, each replaced so that places stay; they are told."""
    text = source.text
    found = [match for kind in (INVISIBLE, SEPARATORS) for match in kind.finditer(text)]
    if not found:
        return source
    for match in islice(sorted(found, key=re.Match.start), MAX_SHOWN):
        place = line_and_column(text, match.start())
        words = f"the character {character_name(match[0])} is {shown_as(match[0])}"
        findings.add(source.problem(*place, words, severity="warning", fix="remove it", rule="L015"))
    # A word joiner may stand anywhere in YAML, and is dropped where the text is cleaned.
    return replace(source, text=SEPARATORS.sub(" ", INVISIBLE.sub("\u2060", text)))


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Return line and column, from 0, of a character."""
    return text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1


def character_name(character: str) -> str:
    """Name a character that cannot be shown, such as `U+001B (ESC)`."""
    names = {"\x1b": "ESC", "\0": "NUL", "\x7f": "DEL", "\x07": "BEL"}
    return f"U+{ord(character):04X}" + (f" ({names[character]})" if character in names else "")
