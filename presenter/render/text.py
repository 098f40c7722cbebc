"""Rows of cells: measure, fit, wrap and set beside one another; wide characters are never cut in two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.segment import Segment
from rich.style import Style

from presenter.bidi import turns
from presenter.images import ImageRow
from presenter.render.block import Line
from presenter.render.reorder import EDGE, from_right, marked

_PIECES = re.compile(r"\n|[^\S\n]+|\S+")
WIDEST = 10_000
"""Cells: rows wider than any window are wrapped once more later, and keep their words at the left until then."""
_OTHER_WAY = str.maketrans("▌“", "▐”")
_JOINERS = "\u200d\ufe0e\ufe0f"


def row_width(line: Line) -> int:
    """Return the cells that a row covers."""
    cells = 0
    for text, _, _ in line:
        # Asked some thousand times for a window; most of what is asked about is plain.
        cells += len(text) if text.isascii() and text.isprintable() else cell_len(text)
    return cells


def row_text(line: Line) -> str:
    """Return the characters of a row."""
    return "".join(text for text, _, _ in line)


def crop(line: Line, width: int) -> Line:
    """Cut a row to at most `width` cells; a wide character that does not fit whole becomes a space."""
    kept: Line = []
    for segment in line:
        cells = cell_len(segment.text)
        if cells > width:
            if width > 0:
                kept.append(_cut(segment, width))
            break
        kept.append(segment)
        width -= cells
    return kept


def _cut(segment: Segment, width: int) -> Segment:
    if isinstance(segment, ImageRow):
        return segment.crop(0, width)
    return Segment(set_cell_size(segment.text, width), segment.style)


def fit_row(line: Line, width: int, style: Style) -> Line:
    """Make a row exactly `width` cells: cut, or filled on the right in `style`."""
    cells = row_width(line)
    if cells == width:
        return line
    if cells > width:
        line = crop(line, width)
        cells = row_width(line)
    return [*line, Segment(" " * (width - cells), style)] if cells < width else line


def aligned(line: Line, width: int, align: str, style: Style) -> Line:
    """Make a row exactly `width` cells, its content left, right or center."""
    free = width - row_width(line)
    if free <= 0 or align == "left":
        return fit_row(line, width, style)
    before = free if align == "right" else free // 2
    return fit_row([Segment(" " * before, style), *line], width, style)


def ellipsize(line: Line, width: int, style: Style) -> Line:
    """Cut a row that is too long to `width` cells, ending it in an ellipsis."""
    if row_width(line) <= width:
        return line
    return [*crop(line, width - 1), Segment("…", style)] if width > 0 else []


def sided(lines: Iterable[Line], width: int, style: Style) -> list[Line]:
    """Set rows of paragraphs that run from right to left at the right of `width` cells; others stay at the left."""
    if width > WIDEST:
        return list(lines)
    return [aligned(line, width, "right", style) if from_right(line) else line for line in lines]


def indented(lines: Sequence[Line], first: Line, rest: Line, width: int, style: Style) -> list[Line]:
    """Put `first` before the first row and `rest` before the others; at the right of what runs from right to left.

    Args:
        lines: rows for the `width` cells there are less those of `first`, which are as many as those of `rest`.
        first: what goes before the first row.
        rest: what goes before the other rows.
        width: cells of the rows that come out.
        style: of cells that are filled.
    """
    if not (lines and from_right(lines[0])) or width > WIDEST:
        return [[*(rest if index else first), *line] for index, line in enumerate(lines)]
    room = width - row_width(first)
    sides = [_mirrored(rest if index else first) for index in range(len(lines))]
    return [[*fit_row(line, room, style), EDGE, *side] for line, side in zip(lines, sides, strict=True)]


def _mirrored(line: Line) -> Line:
    """Return a short row as it stands at the other side: `1. ` as ` .1`, and a bar at the other edge."""
    sides: Line = []
    for text, style, _ in reversed(line):
        mark = text.strip()
        start, end = text.find(mark), text.find(mark) + len(mark)
        turned = f".{mark[:-1]}" if mark.endswith(".") else mark.translate(_OTHER_WAY)
        sides.append(Segment(text[end:] + turned + text[:start], style))
    return sides


def beside(columns: Sequence[tuple[Sequence[Line], int]], gap: Line, style: Style, rows: int = 0) -> list[Line]:
    """Set columns of (rows, width in cells) side by side with `gap` between them, at least `rows` rows."""
    height = max((len(lines) for lines, _ in columns), default=0)
    whole: list[Line] = []
    for y in range(max(height, rows)):
        row: Line = []
        for index, (lines, width) in enumerate(columns):
            cell = fit_row(lines[y] if y < len(lines) else [], width, style)
            row.extend([*(gap if index else ()), *cell])
            if any(turns(segment.text) for segment in cell):
                row.append(EDGE)
        whole.append(row)
    return whole


def centred(lines: list[Line], rows: int, share: float = 0.5) -> list[Line]:
    """Put empty rows above so that the lines stand in the middle of `rows` (share 0: top, 1: bottom)."""
    return [[] for _ in range(int(max(0, rows - len(lines)) * share))] + lines


@dataclass(slots=True)
class _Word:
    """What may not be broken unless it is wider than a row, and the space before it."""

    pieces: list[Segment] = field(default_factory=list)
    width: int = 0
    space: Segment | None = None
    forced: bool = False
    """A line break stands before it."""

    def add(self, text: str, style: Style | None) -> None:
        """Put more characters at its end."""
        self.pieces.append(Segment(text, style))
        self.width += cell_len(text)


def _may_part(before: str, after: str) -> bool:
    """Say whether a row may end between two characters: not behind what opens, not before what closes."""
    return unicodedata.category(before[-1]) not in {"Ps", "Pi"} and (
        unicodedata.category(after[0]) not in {"Pe", "Pf", "Po"} and after[0] != "ー"
    )


def _wide_chunks(text: str) -> Iterator[str]:
    """Split a word where rows may break between wide characters (CJK, emoji)."""
    spans, width = split_graphemes(text)
    if width == len(spans):
        yield text
        return
    start = 0
    for (left, middle, left_width), (_, end, right_width) in pairwise(spans):
        if max(left_width, right_width) > 1 and _may_part(text[left:middle], text[middle:end]):
            yield text[start:middle]
            start = middle
    yield text[start:]


def _words(line: Line) -> list[_Word]:
    words: list[_Word] = []
    space: Segment | None = None
    fresh = True
    forced = False
    for text, style, _ in line:
        for match in _PIECES.finditer(text):
            piece = match[0]
            if piece == "\n":
                if forced:
                    words.append(_Word(forced=True))
                fresh, forced, space = True, True, None
            elif piece.isspace():
                fresh, space = True, Segment(" ", style)
            else:
                chunks = (piece,) if piece.isascii() else _wide_chunks(piece.lstrip(_JOINERS))
                for index, chunk in enumerate(chunks):
                    if fresh or index:
                        words.append(_Word(space=None if forced or index else space, forced=forced))
                    words[-1].add(chunk, style)
                    fresh, forced, space = False, False, None
    return words


def _broken(word: _Word, width: int) -> Iterator[_Word]:
    """Cut a word that is wider than a row, between characters."""
    part = _Word(space=word.space, forced=word.forced)
    for text, style, _ in word.pieces:
        for start, end, cells in split_graphemes(text)[0]:
            if part.width + cells > width and part.pieces:
                yield part
                part = _Word()
            if cells <= width:
                part.add(text[start:end], style)
    yield part


def _merged(pieces: list[Segment]) -> Line:
    """Join neighbours of one style, so that a row has as few segments as can be."""
    line: Line = []
    for piece in pieces:
        if line and line[-1].style == piece.style:
            line[-1] = Segment(line[-1].text + piece.text, piece.style)
        else:
            line.append(piece)
    return line


def _filled(words: Sequence[_Word], width: int) -> list[Line]:
    rows: list[list[Segment]] = []
    used = 0
    for word in words:
        gap = cell_len(word.space.text) if word.space else 0
        if not rows or word.forced or used + gap + word.width > width:
            rows.append(list(word.pieces))
            used = word.width
        else:
            rows[-1].extend([word.space, *word.pieces] if word.space else word.pieces)
            used += gap + word.width
    return [_merged(row) for row in rows]


def wrap(line: Line, width: int, *, balance: bool = False) -> list[Line]:
    r"""Break a row into rows of at most `width` cells, at spaces and between wide characters; "\n" always breaks.

    Words wider than a row are cut. With `balance` the rows are made as even as they can be without becoming more,
    so that a title has no single word on its last row. An empty row gives no rows.
    """
    if width < 1:
        return []
    words = [part for word in _words(line) for part in (_broken(word, width) if word.width > width else (word,))]
    rows = _filled(words, width)
    if not balance or len(rows) < 2:  # noqa: PLR2004 - one row is even
        return marked(line, rows)
    low, high = max(word.width for word in words), width
    while low < high:
        middle = (low + high) // 2
        if len(_filled(words, middle)) <= len(rows):
            high = middle
        else:
            low = middle + 1
    return marked(line, _filled(words, high))
