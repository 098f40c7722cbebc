"""Lines that are marks to a tool though plain text to Markdown: `. . .`, `::right::`, `<<< file`, `::: notes`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from presenter.convert.dialects import Dialect
from presenter.convert.markdown_source import mapping_of
from presenter.convert.pieces import (
    BulletList,
    CodeBlock,
    Column,
    Loss,
    MarkdownTable,
    Note,
    Pause,
    Piece,
    Prose,
    Quotation,
    SlideOption,
)

_SLOTS: Final = {"default": 0, "left": 0, "right": 1, "top": -1, "bottom": -1}
_DIV: Final = ":::"


class LineMarkReader:
    """Reads such lines; inside `::: notes` all text is for the speaker."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect: Dialect = dialect
        self._open: list[str] = []
        self._column = 0

    def split(self, text: str, line: int) -> Iterator[Piece]:
        """Go through a paragraph as text and marks."""
        rows: list[str] = []
        first = line
        for number, row in enumerate(text.split("\n"), line):
            noted = "notes" in self._open
            found = self._mark(row.strip(), number)
            if found is None:
                first = first if rows else number
                rows.append(row)
                continue
            if rows:
                text = "\n".join(rows)
                yield Note(first, text) if noted else Prose(first, text)
            rows = []
            yield from found
        if rows and "\n".join(rows).strip():
            yield Prose(first, "\n".join(rows))

    def sorted(self, piece: Piece) -> Piece:
        """Return a piece as what it is where it stands: a note inside notes."""
        if "notes" in self._open and isinstance(piece, Prose | BulletList | Quotation | MarkdownTable | CodeBlock):
            return Note(piece.line, piece.text)
        return piece

    def _mark(self, row: str, line: int) -> list[Piece] | None:
        """Return what a line stands for; None when it is text."""
        if row == ". . ." and self._dialect in {"patat", "markdown"}:
            return [Pause(line)]
        if self._dialect == "slidev" and row.startswith("::") and row.endswith("::") and len(row) > len(_DIV) + 1:
            name = row.strip(":")
            slot = _SLOTS.get(name)
            return [Column(line, slot)] if slot is not None else [Loss(line, "a slot is left out", row)]
        if self._dialect == "slidev" and row.startswith("<<< "):
            return [_snippet(row, line)]
        if row.startswith(_DIV) and self._dialect in {"patat", "markdown"}:
            return self._div(row, line)
        return None

    def _div(self, row: str, line: int) -> list[Piece]:
        """Read a line of Pandoc's fenced divisions."""
        name = row.lstrip(":").strip()
        if not name:
            closed = self._open.pop() if self._open else ""
            if closed == "columns":
                return [Column(line, -1)]
            return [SlideOption(line, "reveal", "")] if closed == "incremental" else []
        words = name.strip("{}").replace(".", " ").split()
        kind = words[0] if words else ""
        self._open.append(kind)
        if kind == "columns":
            self._column = -1
            return []
        if kind == "column":
            self._column += 1
            return [Column(line, self._column), *self._rest(words, row, line)]
        if kind in {"incremental", "notes"}:
            return [SlideOption(line, "reveal", "true")] if kind == "incremental" else []
        return [Loss(line, "a division is left out; the words inside it are kept", row)]

    @staticmethod
    def _rest(words: list[str], row: str, line: int) -> list[Piece]:
        return [Loss(line, "the width of a column is left out", row)] if len(words) > 1 else []

    @staticmethod
    def loaded(text: str, line: int) -> Piece:
        """Read lookatme's block that shows a file."""
        read = mapping_of(text) or {}
        path = read.get("path")
        if not isinstance(path, str) or not path:
            return Loss(line, "this block names no file; it is left out", text)
        language = read.get("lang")
        span = read.get("lines")
        lines = ""
        if isinstance(span, dict):
            first, last = span.get("start", "0"), span.get("end", "")
            if isinstance(first, str) and isinstance(last, str) and first.isdecimal() and last.isdecimal():
                lines = f"{int(first) + 1}-{int(last)}"
        return CodeBlock(line, "", language if isinstance(language, str) else "", file=path, lines=lines)


def _snippet(row: str, line: int) -> Piece:
    """Read Slidev's import of code."""
    path, _, rest = row.removeprefix("<<< ").strip().partition(" ")
    path, _, region = path.partition("#")
    words = rest.strip().split("{")[0].split()
    steps = rest.partition("{")[2].partition("}")[0]
    highlight = (
        tuple(step.strip() for step in steps.split("|"))
        if steps and all(c in "0123456789,-|*al " for c in steps)
        else ()
    )
    file = path.removeprefix("@/")
    caption = f"#{region}" if region else ""
    return CodeBlock(line, "", words[0] if words else "", highlight, caption, file)
