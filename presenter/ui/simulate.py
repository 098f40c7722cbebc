"""Another room's terminal inside this one: the whole window in a frame of its size, in no more colours than it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, cast, get_args

from rich.segment import Segment
from rich.style import Style

from presenter.images import Depth
from presenter.render.block import Line
from presenter.render.color_depth import reduce_colors
from presenter.render.text import aligned, centred, fit_row, wrap
from presenter.terminal.capabilities import TerminalCapabilities
from presenter.themes import ansi16
from presenter.ui.view_model import RenderContext, ViewModel

Draw: TypeAlias = Callable[[RenderContext, int, int], list[Line]]
SimulatedColors: TypeAlias = Literal["24bit", "256", "16", "mono"]

_WORDS: Final[dict[SimulatedColors, str]] = {
    "24bit": "",
    "256": " · 256 colours",
    "16": " · 16 colours",
    "mono": " · greys",
}
_BASES: Final = ("16", "256", "truecolor")
"""Depths of terminals, the poorest first; each has greys as well."""
_GREYS: Final[dict[str, Depth]] = {"16": "grey16", "256": "grey256", "truecolor": "grey"}
_MOST: Final = 1000
_OUTSIDE: Final = Style(color="#6c6c6c", bgcolor="#000000")
_NOTICE: Final = Style(color="#d0d0d0", bgcolor="#000000")


@dataclass(frozen=True, slots=True)
class SimulatedTerminal:
    """A terminal somewhere else: columns, rows, and its colours."""

    columns: int
    rows: int
    colours: SimulatedColors = "24bit"

    @classmethod
    def parse(cls, text: str) -> SimulatedTerminal:
        """Read `80x24`, or with colours `80x24/16`; raise ValueError when it is none."""
        size, slash, colours = text.strip().lower().replace("×", "x").partition("/")  # noqa: RUF001 - what people paste
        columns, _, rows = size.partition("x")
        names = get_args(SimulatedColors)
        if not all(part.isascii() and part.isdigit() and 0 < int(part[:6]) <= _MOST for part in (columns, rows)):
            raise ValueError(f'"{text}" is no size; write columns and rows, such as 80x24 or 80x24/16')
        if slash and colours not in names:
            raise ValueError(f'"{colours}" is no number of colours; write {", ".join(names[:-1])} or {names[-1]}')
        return cls(int(columns), int(rows), cast("SimulatedColors", colours or "24bit"))

    @property
    def label(self) -> str:
        """What the frame says."""
        return f"{self.columns}x{self.rows}{_WORDS[self.colours]}"

    def inside(self, scene: ViewModel) -> ViewModel:
        """Return the scene as it is there: in its colours, and without what only this terminal has."""
        theme = ansi16(scene.theme) if self.colours == "16" else scene.theme
        return replace(scene, venue=None, theme=theme, terminal=self._terminal(scene.terminal))

    def _terminal(self, here: TerminalCapabilities) -> TerminalCapabilities:
        if self.colours == "24bit":
            return replace(here, best=here.glyphs if here.best == "kitty" else here.best, graphics=False)
        grey = here.depth.startswith("grey")
        base = "truecolor" if here.depth == "grey" else here.depth.removeprefix("grey")
        if self.colours != "mono":
            base = min(base, self.colours, key=_BASES.index)
        depth = _GREYS[base] if grey or self.colours == "mono" else cast("Depth", base)
        return replace(here, best=here.glyphs, graphics=False, depth=depth)


def draw_frame(easel: RenderContext, venue: SimulatedTerminal, size: tuple[int, int], draw: Draw) -> list[Line]:
    """Draw the window as it is at a venue, in the middle of this one; say so when this one is too small for that."""
    width, height = size
    if width < venue.columns or height < venue.rows:
        return _too_small(venue, width, height)
    there = RenderContext(venue.inside(easel.scene))
    rows = draw(there, venue.columns, venue.rows)
    if venue.colours != "24bit":
        rows = [reduce_colors(row, venue.colours) for row in rows]
    easel.pending += there.pending
    easel.remarks, easel.measures = there.remarks, there.measures
    if width >= venue.columns + 2 and height >= venue.rows + 2:
        rows = _bordered(rows, venue)
    inner = venue.columns + 2 * (len(rows) > venue.rows)
    middle = [_placed(row, inner, width) for row in rows]
    above = (height - len(middle)) // 2
    empty: Line = [Segment(" " * width, _OUTSIDE)]
    return [*[empty] * above, *middle, *[empty] * (height - len(middle) - above)]


def _bordered(rows: list[Line], venue: SimulatedTerminal) -> list[Line]:
    label = f" {venue.label} "
    label = label if len(label) + 2 <= venue.columns else ""
    top = f"┌─{label}{'─' * (venue.columns - len(label) - 1)}┐"
    side = Segment("│", _OUTSIDE)
    bottom = f"└{'─' * venue.columns}┘"
    return [[Segment(top, _OUTSIDE)], *([side, *row, side] for row in rows), [Segment(bottom, _OUTSIDE)]]


def _placed(row: Line, inner: int, width: int) -> Line:
    before = (width - inner) // 2
    return fit_row([Segment(" " * before, _OUTSIDE), *row] if before else row, width, _OUTSIDE)


def _too_small(venue: SimulatedTerminal, width: int, height: int) -> list[Line]:
    words = f"{venue.label} does not fit: this terminal has {width}x{height}. Make it larger, or its letters smaller."
    lines = wrap([Segment(words, _NOTICE)], max(1, width - 2), balance=True)[:height]
    rows = centred([aligned(line, width, "center", _OUTSIDE) for line in lines], height)
    return [fit_row(row, width, _OUTSIDE) for row in rows] + [[Segment(" " * width, _OUTSIDE)]] * (height - len(rows))
