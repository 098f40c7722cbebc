"""Rows of a picture that cost nothing until somebody looks at their cells.

A `Row` is one segment as wide as the picture. Layouts set it beside others, cut it and count its cells like any
segment; only what prints cells has to know it, and asks for its real segments or for its escape sequences.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self, TypeAlias

from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style

from presenter.images.ansi import encode
from presenter.images.types import PALETTES, Cells, Request

_Pair: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]


class ImageCells:
    """A picture's cells with what was made of them, shared by its rows.

    Attributes:
        cells: the picture.
        request: what asked for it, None for letters.
    """

    __slots__ = ("_escapes", "cells", "request")

    def __init__(self, cells: Cells, request: Request | None = None) -> None:
        self.cells = cells
        self.request = request
        self._escapes: tuple[bytes, ...] = ()

    def prepare(self) -> None:
        """Make the escape sequences of all rows, so that nobody waits for them later."""
        if not self._escapes:
            self._escapes = encode(self.cells)

    def escapes(self, y: int) -> bytes:
        """Return a whole row as it is sent to the terminal, UTF-8."""
        self.prepare()
        return self._escapes[y]

    def text(self, y: int, left: int, right: int) -> str:
        """Return the characters of a part of a row."""
        start = y * self.cells.columns
        characters = self.cells.characters
        return "".join([characters[shape] for shape in self.cells.shapes[start + left : start + right]])

    def pairs(self, y: int, left: int, right: int) -> list[_Pair]:
        """Return ink and paper of the cells of a part of a row."""
        cells = self.cells
        size = cells.columns * cells.rows
        start = y * cells.columns
        planes = [
            [plane[at + start + left : at + start + right] for at in range(0, len(plane), size)]
            for plane in (cells.ink, cells.paper)
        ]
        inks, papers = (list(zip(*each, strict=True)) for each in planes)
        return list(zip(inks, papers, strict=True))

    def style(self, pair: _Pair) -> Style:
        """Return the style of a cell; one colour is a background only."""
        ink, paper = (_colour(values, palette=self.cells.depth in PALETTES) for values in pair)
        return Style.from_color(None if pair[0] == pair[1] else ink, paper)


def _colour(values: tuple[int, ...], *, palette: bool) -> Color:
    if palette:
        return Color.from_ansi(values[0])
    return Color("#{:02x}{:02x}{:02x}".format(*values), ColorType.TRUECOLOR, None, ColorTriplet(*values))


class ImageRow(Segment):
    """A row of a picture, or a part of one, in one segment.

    Its text is its characters; its style, for those who do not know better, is that of its first cell.
    """

    sheet: ImageCells
    y: int
    left: int
    right: int

    def __new__(cls, sheet: ImageCells, y: int, left: int = 0, right: int | None = None) -> Self:
        """Show row `y` of a sheet, from column `left` to before column `right`."""
        right = sheet.cells.columns if right is None else right
        first = sheet.pairs(y, left, min(left + 1, right))
        row = super().__new__(cls, sheet.text(y, left, right), sheet.style(first[0]) if first else Style())
        row.sheet, row.y, row.left, row.right = sheet, y, left, right
        return row

    @property
    def width(self) -> int:
        """Cells across: every character takes one."""
        return self.right - self.left

    @property
    def escapes(self) -> bytes:
        """The row as it is sent to the terminal, UTF-8: it sets its colours and, at its end, resets them."""
        cells = self.sheet.cells
        if self.width == cells.columns:
            return self.sheet.escapes(self.y)
        return encode(_part(cells, self.y, self.left, self.right))[0]

    @property
    def ansi(self) -> str:
        """The same as characters."""
        return self.escapes.decode()

    def crop(self, left: int, right: int) -> ImageRow:
        """Return a part of the row, in its own columns from 0."""
        return ImageRow(self.sheet, self.y, self.left + left, min(self.right, self.left + right))

    def segments(self, styles: dict[_Pair, Style] | None = None) -> list[Segment]:
        """Return the row in real segments, neighbours of the same colours in one.

        Args:
            styles: those made for other rows of the sheet, to be shared; new ones are added.
        """
        styles = {} if styles is None else styles
        line = []
        start = 0
        for pair, cells in groupby(self.sheet.pairs(self.y, self.left, self.right)):
            end = start + sum(1 for _ in cells)
            if (style := styles.get(pair)) is None:
                style = styles[pair] = self.sheet.style(pair)
            line.append(Segment(self.text[start:end], style))
            start = end
        return line

    def on(self, sheet: ImageCells) -> ImageRow:
        """Return the same part of another sheet of the same size: another frame."""
        return ImageRow(sheet, self.y, self.left, self.right)

    def __eq__(self, other: object) -> bool:
        """Say whether the other shows the same: characters alone do not tell."""
        return isinstance(other, ImageRow) and (
            (self.y, self.left, self.right) == (other.y, other.left, other.right)
            and (self.sheet is other.sheet or self.sheet.cells == other.sheet.cells)
        )

    def __ne__(self, other: object) -> bool:
        """Say the opposite; a tuple's own would compare characters."""
        return not self == other

    __hash__ = Segment.__hash__


def _part(cells: Cells, y: int, left: int, right: int) -> Cells:
    """Return a part of one row as cells of their own."""
    size = cells.columns * cells.rows
    start = y * cells.columns

    def cut(planes: bytes) -> bytes:
        return b"".join(planes[at + start + left : at + start + right] for at in range(0, len(planes), size))

    return Cells(right - left, 1, cut(cells.shapes), cells.characters, cut(cells.ink), cut(cells.paper), cells.depth)


@dataclass(frozen=True, slots=True)
class ImageBlock:
    """A picture in cells.

    Attributes:
        lines: `rows` rows, each exactly `columns` cells wide: one `Row` each.
        columns: what the picture covers of its box; `contain` and `actual` may leave room for the caller to share out.
        rows: the same, downwards.
        sheet: the cells behind the rows.
        remark: what the author and the speaker should know ("truncated file, shown in part"), or empty.
    """

    lines: tuple[list[Segment], ...]
    columns: int
    rows: int
    sheet: ImageCells
    remark: str = ""


def image_block(cells: Cells, request: Request | None = None) -> ImageBlock:
    """Make a picture of cells."""
    sheet = ImageCells(cells, request)
    lines: tuple[list[Segment], ...] = tuple([ImageRow(sheet, y)] for y in range(cells.rows))
    return ImageBlock(lines, cells.columns, cells.rows, sheet, cells.remark)


def plain_rows(lines: Iterable[Sequence[Segment]]) -> tuple[list[Segment], ...]:
    """Return lines with real segments in the place of rows; a line without rows that is a list is not copied."""
    styles: dict[ImageCells, dict[_Pair, Style]] = {}
    return tuple(
        [
            part
            for segment in line
            for part in (
                segment.segments(styles.setdefault(segment.sheet, {})) if isinstance(segment, ImageRow) else (segment,)
            )
        ]
        if any(isinstance(segment, ImageRow) for segment in line) or not isinstance(line, list)
        else line
        for line in lines
    )


def animated_requests(lines: Iterable[Sequence[Segment]]) -> tuple[Request, ...]:
    """Return what asked for the pictures among some lines that want to move."""
    sheets = (segment.sheet for line in lines for segment in line if isinstance(segment, ImageRow))
    return tuple(dict.fromkeys(sheet.request for sheet in sheets if sheet.request and sheet.cells.moving))


def with_frames(lines: Iterable[list[Segment]], sheets: Mapping[Request, ImageCells]) -> tuple[list[Segment], ...]:
    """Return lines with other frames in the place of those that they show; lines where nothing turns are the same."""

    def shown(segment: Segment) -> Segment:
        if not isinstance(segment, ImageRow) or segment.sheet.request is None:
            return segment
        sheet = sheets.get(segment.sheet.request, segment.sheet)
        return segment if sheet is segment.sheet else segment.on(sheet)

    def turning(line: list[Segment]) -> list[Segment]:
        found = [shown(segment) for segment in line]
        return found if any(map(operator.is_not, found, line)) else line

    return tuple(map(turning, lines)) if sheets else tuple(lines)
