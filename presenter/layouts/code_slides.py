"""Layouts made of columns: code and table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import ClassVar, Final, Literal

from msgspec import Struct
from rich.segment import Segment

from presenter.layouts.base import FaultPath, Layout
from presenter.layouts.fields import LineNumbers, TextFile
from presenter.layouts.parts import caption_rows, heading, part_gap, place_below_heading, stage_below
from presenter.render.block import Block, Line
from presenter.render.code import render_code
from presenter.render.inline import MOST, render_inline
from presenter.render.stage import Stage
from presenter.render.styles import text_styles
from presenter.render.table import render_table


class CodeSlide(Layout, frozen=True, kw_only=True):
    """A piece of a program, highlighted; `highlight` walks through it step by step."""

    name: ClassVar[str] = "code"

    code: str = ""
    """A piece of a program, shown and never run, e.g. `sum += a[i];`."""
    file: TextFile | None = None
    """Path of a file with the program, instead of `code`, e.g. `code/loop.c`."""
    lines: LineNumbers | None = None
    """Which lines of the file are shown; numbered as in the file, e.g. `4-9`."""
    language: str = ""
    """As Pygments names it; guessed from the file's name when left out, e.g. `python`."""
    highlight: tuple[LineNumbers, ...] = ()
    """Lines that stand out, one entry a step, e.g. `["1", "2-3", all]`."""
    caption: str = ""
    """Stands below the code, e.g. `the inner loop`."""

    @property
    def steps(self) -> int:
        """One an entry of `highlight`."""
        return max(1, len(self.highlight))

    def words(self) -> Iterator[str]:
        """Go through code and caption."""
        yield from filter(None, (self.code or (self.file.text if self.file else ""), self.caption))

    def faults(self) -> Iterator[tuple[str, str]]:
        """Ask for exactly one of code and file, and for lines that exist."""
        if bool(self.code) == bool(self.file):
            yield "code", "a code slide needs either code or file"
            return
        text = self.code or (self.file.text if self.file else "")
        count = len(text.rstrip("\n").split("\n"))
        for key, lines in (("lines", self.lines), *(("highlight", lines) for lines in self.highlight)):
            if lines and lines.last > count:
                yield key, f"line {lines.last} is past the end: the code has {count} lines"

    def draw(self, stage: Stage) -> Block:
        """Draw the code on a panel, the lines of the step standing out."""
        head = heading(self.title, stage)
        place = stage_below(stage, len(head))
        drawn = render_code(
            self.code or (self.file.text if self.file else ""),
            place.width,
            stage.theme,
            language=self.language,
            filename=self.file.name if self.file else "",
            lines=self.lines,
            lit=self.highlight[min(stage.step, len(self.highlight) - 1)] if self.highlight else None,
            numbers=bool(self.lines or self.highlight),
            air=min(1, part_gap(place)),
        )
        caption = caption_rows(self.caption, stage, text_styles(stage.theme).muted)
        gap: list[Line] = [[] for _ in range(part_gap(place) if caption else 0)]
        return replace(drawn, lines=place_below_heading(head, [*drawn.lines, *gap, *caption], stage))


class TableData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Columns and rows, or a CSV file whose first row names the columns."""

    columns: tuple[str, ...] = ()
    """The names of the columns, e.g. `[Size, Time]`."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The rows, each a list of cells, e.g. `[[64 kB, 1.2 ns], [1 MB, 4.8 ns]]`."""
    file: TextFile | None = None
    """Path of a CSV file instead, whose first row names the columns, e.g. `data/raw.csv`."""
    align: tuple[Literal["left", "right", "center"], ...] = ()
    """How each column is set; columns of numbers go right when left out, e.g. `[left, right]`."""


class TableSlide(Layout, frozen=True, kw_only=True):
    """Rows and columns; `reveal` shows the rows one by one."""

    name: ClassVar[str] = "table"

    table: TableData
    """Columns and rows, or the file that has them,
    e.g. `{columns: [Size, Time], rows: [[64 kB, 1.2 ns], [1 MB, 4.8 ns]]}`.
    """
    caption: str = ""
    """Stands below the table, e.g. `medians of ten runs`."""

    @property
    def steps(self) -> int:
        """One a row when `reveal` is on."""
        return max(1, len(self.body)) if self.reveal else 1

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns; empty when there are none."""
        if self.table.file:
            return read_csv(self.table.file.text)[0]
        return self.table.columns

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows, as they are written: not all need be of the same length."""
        if self.table.file:
            return read_csv(self.table.file.text)[1:]
        return self.table.rows

    def words(self) -> Iterator[str]:
        """Go through head, rows and caption, cell by cell."""
        for row in (self.head, *self.body):
            yield from filter(None, row)
        yield from filter(None, (self.caption,))

    def faults(self) -> Iterator[tuple[FaultPath, str]]:
        """Ask for rows, from one place, none longer than the head."""
        if self.table.file and (self.table.rows or self.table.columns):
            yield "table", "a table comes from either file or columns and rows"
        elif self.table.file:
            yield from _csv_faults(self.table.file)
        elif not self.head and not self.body:
            yield "table", "a table needs rows, or a file"
        elif self.head:
            for index, row in enumerate(self.body):
                if len(row) > len(self.head):
                    yield ("table", "rows", index), _too_long("this row", len(row), len(self.head))

    def draw(self, stage: Stage) -> Block:
        """Draw the table below the title."""
        styles = text_styles(stage.theme)
        head = heading(self.title, stage)
        place = stage_below(stage, len(head))
        caption = caption_rows(self.caption, stage, styles.muted)
        rows = [[self._cell(cell, stage) for cell in row[: place.width]] for row in self.body[: place.height + 1]]
        lines = render_table(
            [render_inline(cell, styles.accent, stage.theme) for cell in self.head[: place.width]],
            rows,
            place.width,
            styles,
            align=self.table.align,
            air=1 if part_gap(place) and place.height >= 2 * len(rows) + len(caption) + 3 else 0,
            shown=stage.step + 1 if self.reveal else None,
        )
        lines += [[] for _ in self.body[len(rows) :]]
        gap: list[Line] = [[] for _ in range(part_gap(place) if caption else 0)]
        return Block(place_below_heading(head, [*lines, *gap, *caption], stage))

    def _cell(self, text: str, stage: Stage) -> Line:
        """Return the row of one cell: Markdown in the deck, as it stands in a CSV file."""
        style = text_styles(stage.theme).base
        return [Segment(text[:MOST], style)] if self.table.file else render_inline(text, style, stage.theme)


_SEPARATOR: Final = re.compile(r"sep=([^\w\s\"]|\t)\r?\n", re.IGNORECASE)


@lru_cache(maxsize=8)
def read_csv(text: str) -> tuple[tuple[str, ...], ...]:
    """Split CSV into rows of cells, empty rows left out; a line break in a cell is a space.

    Commas, semicolons, tabs or bars divide cells, whichever the first row has most of, or what a line `sep=;` says.
    """
    return tuple(row for _, row in _numbered(text)) or ((),)


def _numbered(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Go through the rows of CSV, each with the line that it begins on, from 1; raise ValueError where it is none."""
    import csv  # noqa: PLC0415 - few decks have one

    number = 1
    told = _SEPARATOR.match(text)
    if told is not None:  # spreadsheets write it, to be read by spreadsheets
        text, number = text[told.end() :], 2
    first = text.partition("\n")[0]
    separator = told[1] if told is not None else max(",;\t|", key=first.count)
    before = number - 1
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield number, tuple(" ".join(cell.split()) for cell in row)
            number = before + rows.line_num + 1
    except csv.Error:  # the module takes cells of up to 131,072 characters
        raise ValueError(f"line {number} has a cell that is too long; is a quote never closed?") from None


def _csv_faults(file: TextFile) -> Iterator[tuple[FaultPath, str]]:
    """Ask for rows, none longer than the first."""
    try:
        rows = list(_numbered(file.text))
    except ValueError as error:
        yield ("table", "file"), f"{file.name} {error}"
        return
    if not rows:
        yield ("table", "file"), f"{file.name} is empty; a table needs rows"
    for number, row in rows[1:]:
        if len(row) > len(rows[0][1]):
            yield ("table", "file"), _too_long(f"{file.name} line {number}", len(row), len(rows[0][1]))


def _too_long(row: str, cells: int, columns: int) -> str:
    """Say that a row has more cells, so more than one, than there are columns."""
    there = "there is 1 column" if columns == 1 else f"there are {columns} columns"
    return f"{row} has {cells} cells, but {there}"
