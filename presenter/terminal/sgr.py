"""Rows of cells as a terminal gets them, in as few bytes as can be.

A picture is some thousand cells of two colours each: writing the colours takes longer than all else that a key press
does, so a colour is written only where it differs from that of the cell before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from presenter.bidi import reorders
from presenter.images import Depth, ImageRow

SgrCodes: TypeAlias = tuple[str, str, str]
"""Parameters of SGR for attributes, foreground and background, each empty or ending in a semicolon."""

COLOR_SYSTEMS: Final = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}
SGR_RESET: Final = "\x1b[0m"
REORDERED: Final = reorders(os.environ)
"""The terminal puts rows with Hebrew or Arabic in order once more."""
_PICTURES: Final[dict[str, frozenset[Depth]]] = {
    "standard": frozenset({"16", "grey16"}),
    "256": frozenset({"16", "grey16", "256", "grey256"}),
    "truecolor": frozenset({"16", "grey16", "256", "grey256", "truecolor", "grey"}),
}
"""Depths of pictures whose own escape sequences a terminal understands."""
_PLAIN: Final[SgrCodes] = ("", "", "")
_ATTRIBUTES: Final = (
    ("bold", "1;"),
    ("dim", "2;"),
    ("italic", "3;"),
    ("underline", "4;"),
    ("blink", "5;"),
    ("reverse", "7;"),
    ("strike", "9;"),
)


def encode_row(row: Iterable[Segment], system: str) -> str:
    """Return a row in a terminal's language; it begins and ends without any colour set.

    Args:
        row: segments; control segments are left out.
        system: the colours there are: standard, 256, truecolor, or anything else for none.
    """
    colours = COLOR_SYSTEMS.get(system)
    parts: list[str] = []
    now = _PLAIN
    for segment in _simple(row, system):
        if isinstance(segment, ImageRow):
            parts += [SGR_RESET, segment.ansi] if now != _PLAIN else [segment.ansi]
            now = _PLAIN
            continue
        text, style, control = segment
        if control or not text:
            continue
        wanted = now if style is None and now == _PLAIN else _codes(style or Style.null(), colours)
        if wanted != now:
            parts.append(_change(now, wanted))
            now = wanted
        parts.append(text)
    if now != _PLAIN:
        parts.append(SGR_RESET)
    return "".join(parts)


def _simple(row: Iterable[Segment], system: str) -> Iterator[Segment]:
    """Go through a row, with real segments for pictures in colours that the terminal does not have."""
    known = _PICTURES.get(system, frozenset())
    for segment in row:
        if isinstance(segment, ImageRow) and segment.sheet.cells.depth not in known:
            yield from segment.segments()
        else:
            yield segment


def _change(now: SgrCodes, wanted: SgrCodes) -> str:
    """Return the sequence that leads from one style to another."""
    if now[0] != wanted[0] or (now[1] and not wanted[1]) or (now[2] and not wanted[2]):
        words = f"0;{''.join(wanted)}" if now != _PLAIN else "".join(wanted)
    else:
        words = (wanted[1] if wanted[1] != now[1] else "") + (wanted[2] if wanted[2] != now[2] else "")
    return f"\x1b[{words[:-1]}m"


@lru_cache(maxsize=2048)
def _codes(style: Style, system: ColorSystem | None) -> SgrCodes:
    attributes = "".join(code for name, code in _ATTRIBUTES if getattr(style, name))
    if system is None:
        return attributes, "", ""
    pair = []
    for colour, foreground in ((style.color, True), (style.bgcolor, False)):
        codes = () if colour is None else colour.downgrade(system).get_ansi_codes(foreground)
        pair.append("".join(f"{code};" for code in codes))
    return attributes, pair[0], pair[1]
