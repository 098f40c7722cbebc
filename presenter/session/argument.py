"""What a command is given that only the window knows."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Measure: TypeAlias = Literal["", "tiles", "hits", "help", "notes", "report"]
"""Which measure of the picture on screen a command needs; none for most."""


class Argument(NamedTuple):
    """The argument of a command; most need none of it.

    Attributes:
        text: the character or the line typed.
        limit: a measure of the picture: rows of hits on a page, pages of the help or report, half pages of notes.
        columns: tiles in a row of the overview.
        tiles: tiles on a page of it.
        seconds: until the hard stop.
        slide: the id of a slide to go to.
        step: which of its steps, from 0.
    """

    text: str = ""
    limit: int | None = None
    columns: int = 1
    tiles: int = 1
    seconds: float | None = None
    slide: str = ""
    step: int = 0


NO_ARGUMENT: Final = Argument()
