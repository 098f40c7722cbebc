"""Text in letters several rows tall, for notes that are read from some steps away: the same in every terminal.

A terminal cannot make its own letters larger in one part of the window: kitty alone can (OSC 66), double-height lines
(DECDHL) take the whole width of the screen, and most terminals know neither. So the letters are drawn in cells, as
titles are, word by word and all of one size, with the best characters that the terminal has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from presenter import images
from presenter.render.block import Line
from presenter.render.reorder import from_right
from presenter.render.text import aligned, fit_row, row_text, row_width

LETTER_ROWS: Final = 5
"""Rows of a line."""
_EM: Final = 8
"""Dots an em, two to a row: the least at which letters drawn in blocks are told apart at a glance."""
_SPACE: Final = 2
"""Cells between words."""
_INDENT: Final = 6
"""Cells before the first word of a paragraph that is not the first: no row is lost between paragraphs."""
_HANG: Final = 4
"""Cells before a point of a list that goes on."""
_PIECES: Final = re.compile(r"\s+|\S+")
_MARK: Final = re.compile(r"\s*(?:[•\u2013·☐☑▌]|\d+\.)(?:\s|$)")
_BASELINE: Final = 3
"""The row, from 0, in which a word stands that the letters cannot write."""


def enlarge_text(lines: Sequence[Line], width: int, look: images.LetterLook) -> list[Line]:
    """Set rows of text in large letters: `ROWS` rows a line, none wider than `width`.

    Args:
        lines: a row is a paragraph or a point of a list, however long; empty rows part paragraphs.
        width: cells, 1 or more.
        look: how letters are drawn; their colour is that of the text.
    """
    drawn: list[Line] = []
    parted = False
    for line in lines:
        if not line:
            parted = True
            continue
        point = _MARK.match(row_text(line)) is not None
        first = _INDENT if parted and drawn and not point else 0
        paper = Style(bgcolor=look.background)
        words, before = _words(line, width, look), (first, _HANG if point else 0)
        if from_right(line):
            back = _set([[row[::-1] for row in word] for word in words], width, before, paper)
            drawn += [aligned(row[::-1], width, "right", paper) for row in back]
        else:
            drawn += _set(words, width, before, paper)
        parted = False
    return drawn


def _words(line: Line, width: int, look: images.LetterLook) -> list[list[Line]]:
    """Draw every word of a row: `ROWS` rows each."""
    words: list[list[Line]] = []
    glued = False
    for text, style, _ in line:
        for piece in _PIECES.findall(text):
            if piece.isspace():
                glued = False
                continue
            rows = _letters(piece, style or Style(), width, look)
            if glued:
                words[-1] = [[*before, *more] for before, more in zip(words[-1], rows, strict=True)]
            else:
                words.append(rows)
            glued = True
    return words


def _letters(word: str, style: Style, width: int, look: images.LetterLook) -> list[Line]:
    """Draw a word; plainly when the letters cannot write it, or it is too long for the width."""
    paper = Style(bgcolor=style.bgcolor)
    color = style.color.name if style.color is not None and style.color.name.startswith("#") else look.color
    own = images.LetterLook(color, look.background, look.mode, look.depth, look.aspect)
    rows = images.large_letters(word, own, images.LetterBox(width, LETTER_ROWS, largest=_EM, lines=1, even=True))
    if rows is None:
        wide = min(width, cell_len(word))
        return [fit_row([Segment(word, style)] if row == _BASELINE else [], wide, paper) for row in range(LETTER_ROWS)]
    wide = max(map(row_width, map(list, rows)))
    return [fit_row([], wide, paper) for _ in range(LETTER_ROWS - len(rows))] + [
        fit_row(list(row), wide, paper) for row in rows
    ]


def _set(words: Iterable[list[Line]], width: int, before: tuple[int, int], paper: Style) -> list[Line]:
    """Set words one after another, in as many lines as they need, with cells before the first one and the others."""
    gap = Segment(" " * _SPACE, paper)
    done: list[Line] = []
    line: list[Line] = []
    used = 0
    for word in words:
        wide = row_width(word[0])
        if line and used + _SPACE + wide > width:
            done += line
            line = []
        if line:
            line = [[*row, gap, *more] for row, more in zip(line, word, strict=True)]
            used += _SPACE + wide
        else:
            free = min(before[bool(done)], max(0, width - wide))
            line = [[Segment(" " * free, paper), *row] for row in word]
            used = free + wide
    return done + line
