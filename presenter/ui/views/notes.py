"""The notes of a slide in their pane: wrapped, sized, scrolled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from presenter import images
from presenter.render.block import Line
from presenter.render.highlight import asking, known
from presenter.render.markdown import render_markdown
from presenter.themes import Theme
from presenter.ui.views.cues import separate_cues, style_cues
from presenter.ui.views.large_notes import LETTER_ROWS, enlarge_text


@dataclass(frozen=True, slots=True)
class NoteSize:
    """How large notes are set, as far as a terminal can: in narrower columns with more air."""

    measure: int
    """Cells of a row at most; 0 for all there are."""
    spacing: int
    """Empty rows after each row."""
    large: bool = False
    """In letters of several rows."""

    @property
    def rows(self) -> int:
        """How many rows a line of text takes, which are shown together or not at all."""
        return LETTER_ROWS if self.large else 1


NOTE_SIZE_TABLE: Final = (NoteSize(0, 0), NoteSize(58, 0), NoteSize(64, 1), NoteSize(36, 1), NoteSize(0, 0, large=True))
"""By size from 1."""


_LARGEST: Final = 10_000
"""Characters of notes that are set in letters of several rows: an hour of speech, in a thousand lines."""
_LONGEST: Final = 40_000
"""Characters of notes that are set at all: those of a talk of five hours, on one slide."""
_ENDLESS: Final = 100_000
"""Cells of a paragraph that is wrapped later."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The rows of the notes that are seen.

    Attributes:
        lines: the rows.
        last: which line of all is the last one seen, from 1.
        total: lines of all; a line is a row, or the rows of large letters.
        most: half pages that they can be scrolled down.
    """

    lines: list[Line]
    last: int
    total: int
    most: int


@dataclass(frozen=True, slots=True)
class NotesLook:
    """How notes are shown: size 1 to 5 (see `SIZES`), half pages scrolled down, colours; how letters are drawn."""

    size: int
    scroll: int
    theme: Theme
    mode: str = "blocks"
    depth: images.Depth = "truecolor"
    aspect: float = 0.5

    @property
    def setting(self) -> NoteSize:
        """The size."""
        return NOTE_SIZE_TABLE[min(max(self.size, 1), len(NOTE_SIZE_TABLE)) - 1]


def excerpt(text: str, room: tuple[int, int], look: NotesLook) -> Excerpt:
    """Set notes (Markdown) in a pane of so many cells and rows, and cut out what is seen; past the end is the end."""
    rows = look.setting.rows
    width, height = max(1, room[0]), max(0, room[1])
    height = height // rows * rows or height
    with asking(patient=False):
        lines = _set(text, width, replace(look, scroll=0), known())
    half = max(rows, height // 2 // rows * rows)
    beyond = max(0, len(lines) - max(1, height))
    most = -(-beyond // half)
    start = min(min(max(look.scroll, 0), most) * half, beyond)
    shown = list(lines[start : start + height])
    return Excerpt(shown, (start + len(shown)) // rows, len(lines) // rows, most)


@lru_cache(maxsize=64)
def _set(text: str, width: int, look: NotesLook, _known: int) -> tuple[Line, ...]:
    size, theme = look.setting, look.theme
    if size.large and len(text) > _LARGEST:
        text = f"{text[:_LARGEST]}…\n\n*The rest is shown in a smaller size.*"
    elif len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…\n\n*The rest is left out: it is too long.*"
    measure = _ENDLESS if size.large else min(width, size.measure or width)
    lines = style_cues(
        render_markdown(separate_cues(text), measure, theme, measure=measure).lines if text.strip() else [], theme
    )
    if size.large:
        letters = images.LetterLook(theme.text, theme.background, look.mode, look.depth, look.aspect)
        return tuple(enlarge_text(lines, width, letters))
    if not size.spacing:
        return tuple(lines)
    spaced: list[Line] = []
    for line in lines:
        spaced.append(line)
        if line:
            spaced.extend([] for _ in range(size.spacing))
    return tuple(spaced[:-1] if spaced and not spaced[-1] else spaced)
