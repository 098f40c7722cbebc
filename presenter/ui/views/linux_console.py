"""Characters for the console of a Linux machine, whose font has a few hundred and shows boxes for the others."""

from __future__ import annotations

from typing import Final

from presenter.images import ImageRow
from presenter.render.block import Line

_SAFE: Final = str.maketrans({
    "━": "─", "┿": "┼", "╷": "│", "▽": "v", "▼": "v", "▲": "^", "▶": ">", "☑": "x", "☐": "o", "✓": "x", "●": "•",
    "…": ".", "⋯": "~", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "\u00a0": " ",  # noqa: RUF001  these very characters
})  # fmt: skip
"""Each for one of the same width that these fonts have: ASCII, Latin letters, and the line and block characters of old.

Others, such as those of other scripts, are left: there may be a font for them."""


def console_safe(row: Line) -> Line:
    """Return a row that can be read on the console; pictures are drawn with what it has anyway."""
    return [
        segment
        if isinstance(segment, ImageRow) or segment.text.isascii()
        else segment._replace(text=_replaced(segment.text))
        for segment in row
    ]


def _replaced(text: str) -> str:
    return text.translate(_SAFE)
