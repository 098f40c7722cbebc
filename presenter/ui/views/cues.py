"""What notes say to their speaker and not to the audience: cues stand out, asides stand back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Line
from presenter.render.text import row_text
from presenter.themes import Theme
from presenter.timing.speech import CUE

_OWN: Final = re.compile(r"\s*(?://|\[cue\])", re.IGNORECASE)
"""How a line begins that is not said, see `timing.words`."""
_PAUSES: Final = re.compile(r"\s*\[pause\b[^\]\n]*\]", re.IGNORECASE)
_PAUSED: Final = re.compile(r"\[pause\b[^\]\n]*\]\s*\Z", re.IGNORECASE)
"""How a line begins or ends that waits: what is said next is a thought of its own."""
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")


def separate_cues(text: str) -> str:
    """Return notes in which cues and asides are paragraphs of their own: Markdown joins lines that follow another."""
    if "//" not in text and "[" not in text:
        return text
    fence = alone = False
    done: list[str] = []
    for line in text.split("\n"):
        fence ^= _FENCE.match(line) is not None
        own = not fence and _OWN.match(line) is not None
        pauses = not fence and _PAUSES.match(line) is not None
        if (own or pauses or alone) and done and done[-1].strip() and line.strip():
            done.append("")
        done.append(line)
        alone = own or (not fence and _PAUSED.search(line) is not None)
    return "\n".join(done)


def style_cues(lines: Sequence[Line], theme: Theme) -> list[Line]:
    """Colour cues (`[pause 3s]`; `[cue]` and what follows it) and asides (`//`) in notes that are set in rows."""
    done: list[Line] = []
    for empty, group in groupby(lines, key=lambda line: not line):
        rows = list(group)
        done += rows if empty else _coloured(rows, theme)
    return done


def _coloured(rows: Sequence[Line], theme: Theme) -> list[Line]:
    """Colour the rows of a paragraph or a list; what is found goes on from one row to the next."""
    texts = [row_text(row) for row in rows]
    whole = " ".join(texts)
    own = whole.lstrip().lower()
    style = Style(color=theme.warn, bgcolor=theme.background, bold=True)
    if own.startswith("//"):
        style = Style(color=theme.muted, bgcolor=theme.background, bold=False, italic=True)
    marks = [(0, len(whole))] if own.startswith(("//", "[cue]")) else [match.span() for match in CUE.finditer(whole)]
    if not marks:
        return list(rows)
    done: list[Line] = []
    at = 0
    for row, text in zip(rows, texts, strict=True):
        done.append(_painted(row, at, marks, style))
        at += len(text) + 1
    return done


def _painted(row: Line, at: int, marks: Sequence[tuple[int, int]], style: Style) -> Line:
    """Paint the marked characters of a row whose first one has the number `at`."""
    painted: Line = []
    for words, own, _ in row:
        for start, end, inside in _pieces(at, at + len(words), marks):
            painted.append(Segment(words[start - at : end - at], (own + style if own else style) if inside else own))
        at += len(words)
    return painted


def _pieces(start: int, end: int, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Cut a run of characters at marks; say of every piece whether it lies in one."""
    for first, last in marks:
        if first >= end or last <= start:
            continue
        if start < first:
            yield start, first, False
        start, stop = max(start, first), min(end, last)
        yield start, stop, True
        start = stop
    if start < end:
        yield start, end, False
