"""Layouts made of words: title, section, text, bullets, quote, big, break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from presenter.layouts.base import FaultPath, Layout
from presenter.layouts.fields import Point, PointList, Seconds, lasting
from presenter.layouts.parts import (
    at_side,
    body_rows,
    caption_rows,
    heading,
    large,
    large_words,
    part_gap,
    place_below_heading,
    points,
    stage_below,
)
from presenter.render.block import Block, Line
from presenter.render.inline import render_inline
from presenter.render.markdown import MEASURE
from presenter.render.stage import Stage
from presenter.render.styles import text_styles
from presenter.render.text import aligned, centred, indented, sided, wrap

_QUOTE_MEASURE = 60
_QUOTE_ROOM = 10
"""Rows that a quotation in large letters needs."""
"""Cells in a row of a quotation: it is read slowly."""
_OPTICAL = 0.4
"""Where the middle of a slide seems to be."""
_BREAK = "Break"
"""What stands on a break without a title."""


class TitleSlide(Layout, frozen=True, kw_only=True):
    """The opening of a talk: a large title, a line below it, and who speaks."""

    name: ClassVar[str] = "title"

    subtitle: str = ""
    """A line below the title, e.g. `A story in four graphs`."""
    byline: str = ""
    """Who speaks, where and when, e.g. `A. Speaker, Somewhere 2026`."""

    def words(self) -> Iterator[str]:
        """Go through subtitle and byline."""
        yield from filter(None, (self.subtitle, self.byline))

    def draw(self, stage: Stage) -> Block:
        """Draw the title as large as it goes, the other lines below a bar."""
        styles = text_styles(stage.theme)
        rest = caption_rows(self.subtitle, stage, styles.base)
        byline = caption_rows(self.byline, stage, styles.muted)
        rest += [*([[]] * (part_gap(stage) if rest and byline else 0)), *byline]
        return Block(_opening(self.title, rest, stage))


class SectionSlide(Layout, frozen=True, kw_only=True):
    """A pause between two parts: the section's name, large."""

    name: ClassVar[str] = "section"

    subtitle: str = ""
    """A line below the title, e.g. `in three steps`."""

    def words(self) -> Iterator[str]:
        """Go through the subtitle."""
        yield from filter(None, (self.subtitle,))

    def draw(self, stage: Stage) -> Block:
        """Draw the section's name as large as it goes."""
        return Block(_opening(self.title, caption_rows(self.subtitle, stage, text_styles(stage.theme).muted), stage))


def _opening(title: str, rest: list[Line], stage: Stage) -> list[Line]:
    """Draw a large title, a bar and the lines below it, in the optical middle of the stage."""
    styles = text_styles(stage.theme)
    gap: list[Line] = [[] for _ in range(part_gap(stage))]
    drawn = at_side(title, [[Segment("━" * min(8, stage.width), styles.accent)]], stage)
    bar: list[Line] = [*gap, *drawn, *gap] if gap else []
    room = stage.height - len(rest) - len(bar)
    top = large(title, stage, stage.theme.title, min(room, stage.height * 2 // 3)) if title else []
    return centred([*top, *bar, *rest] if rest or bar else top, stage.height, _OPTICAL)


class TextSlide(Layout, frozen=True, kw_only=True):
    """Prose in Markdown; a list of texts is shown one by one."""

    name: ClassVar[str] = "text"

    body: str | tuple[str, ...]
    """Prose in Markdown; a list of texts is shown one by one, e.g. `The cache is *not* the problem.`."""

    @property
    def steps(self) -> int:
        """One a text of the list."""
        return 1 if isinstance(self.body, str) else max(1, len(self.body))

    def words(self) -> Iterator[str]:
        """Go through the body."""
        yield from (self.body,) if isinstance(self.body, str) else self.body

    def draw(self, stage: Stage) -> Block:
        """Draw the title and the texts up to the step; those to come keep their room."""
        head = heading(self.title, stage)
        place = stage_below(stage, len(head))
        lines: list[Line] = []
        remarks: list[str] = []
        for index, text in enumerate(self.words()):
            drawn = body_rows(text, place) if len(lines) <= place.height else Block([[]])
            lines += [[] for _ in range(0 if stage.tight or not index else 1)]
            lines += drawn.lines if isinstance(self.body, str) or index <= stage.step else [[] for _ in drawn.lines]
            remarks += drawn.remarks
        return Block(place_below_heading(head, lines, stage), remarks=tuple(remarks))


def words_of(points: tuple[Point, ...]) -> Iterator[str]:
    """Go through the words of points and of the points below them."""
    for point in points:
        yield point.text
        yield from words_of(point.points)


class PointsSlide(Layout, frozen=True, kw_only=True):
    """Points in a list, nested or numbered."""

    name: ClassVar[str] = "bullets"

    points: PointList
    """The points, with those below a point in a list of their own,
    e.g. `[the allocator, the compiler, the L1 cache]`.
    """
    numbered: bool = False
    """Points are counted: 1. 2. 3."""

    @property
    def steps(self) -> int:
        """One a point of the first level when `reveal` is on."""
        return max(1, len(self.points)) if self.reveal else 1

    def words(self) -> Iterator[str]:
        """Go through the points."""
        return words_of(self.points)

    def draw(self, stage: Stage) -> Block:
        """Draw the title and the points up to the step."""
        head = heading(self.title, stage)
        shown = stage.step + 1 if self.reveal else None
        rows = points(self.points, stage_below(stage, len(head)), numbered=self.numbered, shown=shown)
        return Block(place_below_heading(head, rows, stage))


class QuoteSlide(Layout, frozen=True, kw_only=True):
    """Somebody else's words."""

    name: ClassVar[str] = "quote"

    quote: str
    """What was said; Markdown inside a line, e.g. `Less is more.`."""
    by: str = ""
    """Who said it, e.g. `Ludwig Mies van der Rohe`."""
    source: str = ""
    """Where it was said, e.g. `an interview`."""

    def words(self) -> Iterator[str]:
        """Go through the quotation, who said it and where."""
        yield from filter(None, (self.quote, self.by, self.source))

    def draw(self, stage: Stage) -> Block:
        """Draw the quotation in the optical middle, in large letters where it is short and there is room."""
        styles = text_styles(stage.theme)
        head = heading(self.title, stage)
        who = sided(self._who(stage, stage.width), stage.width, styles.base)
        room = (stage.height - len(head)) // 2
        if room >= _QUOTE_ROOM and (drawn := large_words(f"“{self.quote}”", stage, stage.theme.title, room)):
            drawn = at_side(self.quote, drawn, stage)
            rows = [*drawn, *([] for _ in range(max(1, part_gap(stage)))), *who]
            return Block([*head, *centred(rows, stage.height - len(head), _OPTICAL)])
        hang = 3 if stage.width >= MEASURE // 3 else 0
        said = render_inline(self.quote, styles.title + Style(italic=True), stage.theme)
        rows = wrap(said, min(stage.width - hang, _QUOTE_MEASURE), balance=True)
        blank: Line = [Segment(" " * hang, styles.base)] if hang else []
        first: Line = [Segment("“".ljust(hang), styles.second)] if hang else []
        rows = indented(sided(rows, stage.width - hang, styles.base), first, blank, stage.width, styles.base)
        rows += [[] for _ in range(max(part_gap(stage), int(not stage.tight)))]
        who = sided(self._who(stage, stage.width - hang), stage.width - hang, styles.base)
        rows += indented(who, blank, blank, stage.width, styles.base)
        return Block([*head, *centred(rows, stage.height - len(head), _OPTICAL)])

    def _who(self, stage: Stage, width: int) -> list[Line]:
        styles = text_styles(stage.theme)
        by = render_inline(self.by, styles.second, stage.theme)
        source = render_inline(self.source, styles.muted, stage.theme)
        comma = [Segment(", ", styles.muted)] if by and source else []
        return wrap([Segment("— ", styles.muted), *by, *comma, *source], width) if by or source else []


class BigSlide(Layout, frozen=True, kw_only=True):
    """A number or a few words, as large as they go."""

    name: ClassVar[str] = "big"

    big: str
    """A number or a few words, as large as they go, e.g. `4.2 GB/s`."""
    caption: str = ""
    """Stands below it, e.g. `and not a byte more`."""

    def words(self) -> Iterator[str]:
        """Go through the big words and the caption."""
        yield from filter(None, (self.big, self.caption))

    def draw(self, stage: Stage) -> Block:
        """Draw the big words in the middle, the caption below them."""
        styles = text_styles(stage.theme)
        head = heading(self.title, stage)
        caption = caption_rows(self.caption, stage, styles.base, align="center")
        gap: list[Line] = [[] for _ in range(part_gap(stage) if caption else 0)]
        room = stage.height - len(head) - len(caption) - len(gap)
        big = large(self.big, stage, stage.theme.accent, max(1, min(room, stage.height // 2)), align="center")
        lines = centred([*big, *gap, *caption], stage.height - len(head), _OPTICAL)
        return Block([*head, *(aligned(line, stage.width, "center", styles.base) for line in lines)])


class Break(Layout, frozen=True, kw_only=True, rename={"length": "break"}):
    """A break between two parts of a talk: a large word, and how long it is. It is not counted as a slide."""

    name: ClassVar[str] = "break"
    counts: ClassVar[bool] = False
    unused: ClassVar[frozenset[str]] = frozenset({"time", "optional", "fixed", "reveal"})

    length: Seconds
    """How long the break is; the talk's duration holds it, the slides keep their times, e.g. `15m`."""
    caption: str = ""
    """Stands below it, e.g. `Coffee is in the hall`."""

    def words(self) -> Iterator[str]:
        """Go through the word when no title stands for it, the time and the caption."""
        yield from filter(None, ("" if self.title else _BREAK, lasting(self.length), self.caption))

    def faults(self) -> Iterator[tuple[FaultPath, str]]:
        """Say when the break takes no time."""
        if not self.length:
            yield "break", "a break takes some time: write break: 15m"

    def draw(self, stage: Stage) -> Block:
        """Draw the word as large as it goes, and the time below a bar, less large."""
        styles = text_styles(stage.theme)
        caption = caption_rows(self.caption, stage, styles.muted)
        rows = max(1, min(stage.height // 4, stage.height - len(caption)))
        time = large(lasting(self.length), stage, stage.theme.accent, rows)
        rest = [*time, *([[]] * (part_gap(stage) if caption else 0)), *caption]
        return Block(_opening(self.title or _BREAK, rest, stage))
