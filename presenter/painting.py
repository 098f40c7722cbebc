"""The only road from a slide to cells: `paint(slide, stage) -> Frame`."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from threading import Lock
from typing import NamedTuple

from rich.segment import Segment

from presenter.deck.model import Slide
from presenter.images import ImageRow, plain_rows
from presenter.render.block import Block, Line
from presenter.render.highlight import asking
from presenter.render.reorder import isolated
from presenter.render.stage import Stage
from presenter.render.styles import text_styles
from presenter.render.text import centred, crop, ellipsize, fit_row, row_text, wrap
from presenter.safety import clean_line
from presenter.themes import Theme

FRAME_CACHE_SEGMENTS = 60_000
"""Segments of painted frames that are kept, some 600 bytes each: hundreds of slides of text, or five photographs that
fill a large screen."""
MIN_MARGIN_SIZE = 2
_FAR = 3
"""What has so many times the rows there are does not fit with less air either, and is drawn without any at once."""


@dataclass(frozen=True)
class Frame:
    """A painted slide: exactly as many rows as the stage has, each exactly as wide.

    Attributes:
        rows: the rows; each is a list of segments that nobody changes. A picture's row may be one `images.Row`.
        lost: rows of the slide that had no room.
        remarks: what author and speaker should know, never for the audience.
        pending: a picture was not decoded yet and its place is empty, or code has no colours yet; painting with
            `Stage.patient` shows them.
        cut: the first words of the slide that had no room; empty when all had.
    """

    rows: tuple[Line, ...]
    lost: int = 0
    remarks: tuple[str, ...] = ()
    pending: bool = False
    cut: str = ""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rows in real segments only, for whoever does not know `images.Row`; made when first asked for."""
        return plain_rows(self.rows)


class Margins(NamedTuple):
    """Empty cells around a slide; `bottom` holds the footer too."""

    side: int
    top: int
    bottom: int


class _Cache:
    """Frames by slide and stage, the longest unused leaving first; safe between threads."""

    def __init__(self) -> None:
        self._frames: OrderedDict[tuple[Slide, Stage], Frame] = OrderedDict()
        self._lock = Lock()
        self._weight = 0
        self.age = 0
        """How often everything was dropped."""

    def get(self, key: tuple[Slide, Stage]) -> Frame | None:
        with self._lock:
            frame = self._frames.get(key)
            if frame is not None:
                self._frames.move_to_end(key)
            return frame

    def put(self, key: tuple[Slide, Stage], frame: Frame, age: int) -> None:
        """Keep a frame that was begun at an age; one that was begun before the last drop may show old pictures."""
        with self._lock:
            if age != self.age:
                return
            if old := self._frames.pop(key, None):
                self._weight -= _weight(old)
            self._frames[key] = frame
            self._weight += _weight(frame)
            while self._weight > FRAME_CACHE_SEGMENTS and len(self._frames) > 1:
                self._weight -= _weight(self._frames.popitem(last=False)[1])

    def clear(self) -> None:
        with self._lock:
            self._frames.clear()
            self._weight = 0
            self.age += 1


def _weight(frame: Frame) -> int:
    return sum(segment.width if isinstance(segment, ImageRow) else 1 for row in frame.rows for segment in row)


_cache = _Cache()


def clear_frame_cache() -> None:
    """Drop all painted frames: pictures on disk have changed."""
    _cache.clear()


def paint(slide: Slide, stage: Stage) -> Frame:
    """Paint a slide at one step: exactly `stage.height` rows of exactly `stage.width` cells. Never raises.

    What is too tall is drawn without air, then without margins, then cut with a mark that says so. A slide that
    cannot be drawn becomes a quiet card with its number, and the reason a remark. Frames are cached, so the same
    slide and stage cost nothing again; the function may be called from any thread.
    """
    step = max(0, min(stage.step, slide.steps - 1))
    stage = replace(stage, step=step, big_letters=stage.big_letters and slide.big_letters)
    key = (slide, replace(stage, patient=True))
    frame = _cache.get(key)
    if frame is None:
        age = _cache.age
        try:
            with asking(patient=stage.patient) as asked:
                frame = _painted(slide, stage)
            frame = replace(frame, pending=frame.pending or asked.missed)
        except Exception as error:  # noqa: BLE001 - whatever a slide does, the talk goes on
            frame = _card(slide, stage, error)
        if not frame.pending:
            _cache.put(key, frame, age)
    return frame


def margins(stage: Stage, *, bleeds: bool, footer: bool) -> Margins:
    """Return the empty cells around a slide: they grow with the stage, and go when things are tight."""
    foot = int(footer and stage.height >= 8 and stage.width >= 40)  # noqa: PLR2004 - small stages need every row
    if stage.tight == MIN_MARGIN_SIZE or stage.width < 16 or stage.height < 6:  # noqa: PLR2004 - as above
        return Margins(int(stage.width >= 16), 0, foot)  # noqa: PLR2004 - as above
    bottom = stage.height // 24 + foot * (1 + stage.height // 24)
    if bleeds:
        return Margins(0, stage.height // 30, bottom)
    return Margins(side(stage), stage.height // 18, bottom)


def side(stage: Stage) -> int:
    """Return the empty cells left and right of a slide that does not bleed."""
    return max(2, stage.width * 7 // 100)


def _painted(slide: Slide, stage: Stage) -> Frame:
    attempts = [replace(stage, tight=tight) for tight in range(stage.tight, MIN_MARGIN_SIZE + 1)]
    if stage.big_letters and not stage.tight:
        # A title in large letters goes before the air between the parts does.
        attempts.insert(1, replace(stage, big_letters=False))
    for attempt in attempts:
        edge = margins(attempt, bleeds=slide.layout.bleeds, footer=bool(slide.footer))
        height = max(1, stage.height - edge.top - edge.bottom)
        block = slide.layout.draw(replace(attempt, width=max(1, stage.width - 2 * edge.side), height=height))
        if len(block.lines) <= height and not block.lost:
            break
        if len(block.lines) > _FAR * height and attempt.tight < MIN_MARGIN_SIZE:
            return _painted(slide, replace(stage, tight=MIN_MARGIN_SIZE))
    return _framed(slide, stage, block, edge, height)


def _framed(slide: Slide, stage: Stage, block: Block, edge: Margins, height: int) -> Frame:
    """Put a block between its margins, cut what does not fit, and set the footer."""
    styles = text_styles(stage.theme)
    lines, lost, cut = block.lines, block.lost, block.cut
    if len(lines) > height:
        lost += len(lines) - height + 1
        cut = next(filter(None, (row_text(line).strip() for line in lines[height - 1 :])), cut)
        lines = [*lines[: height - 1], [Segment("⋯" if stage.width < 12 else "⋯ ⋯ ⋯", styles.muted)]]  # noqa: PLR2004
    room = stage.width - 2 * edge.side
    left: Line = [Segment(" " * edge.side, styles.base)] if edge.side else []
    body: list[Line] = [[*left, *crop(line, room)] if line else [] for line in lines]
    rows: list[Line] = [[] for _ in range(edge.top)] + body
    rows += [[] for _ in range(stage.height - len(rows))]
    if slide.footer and edge.bottom:
        row = stage.height - 1 - max(0, (edge.bottom - 1) // 2)
        pad = min(side(stage), stage.width // 8)
        words = ellipsize(isolated(slide.footer, styles.muted), stage.width - 2 * pad, styles.muted)
        rows[row] = [Segment(" " * pad, styles.base), *words]
    empty = _empty(stage.width, stage.theme)
    lines_exact = tuple(fit_row(row, stage.width, styles.base) if row else empty for row in rows[: stage.height])
    return Frame(lines_exact, lost, block.remarks, block.pending, cut)


@lru_cache(maxsize=8)
def _empty(width: int, theme: Theme) -> Line:
    """Return a row of nothing, one for all slides: most are empty, and each that was shown is kept with its escapes."""
    return fit_row([], width, text_styles(theme).base)


def _card(slide: Slide, stage: Stage, error: Exception) -> Frame:
    """Draw what stands in for a slide that cannot be drawn: its number and title, quietly."""
    styles = text_styles(stage.theme)
    words: Line = [Segment(f"{slide.label} · {slide.title}" if slide.title else slide.label, styles.muted)]
    rows = centred(wrap(words, max(1, stage.width - 2), balance=True)[: stage.height], stage.height)
    rows += [[] for _ in range(stage.height - len(rows))]
    lines = tuple(fit_row([Segment(" ", styles.base), *row], stage.width, styles.base) for row in rows)
    reason = clean_line(f"{type(error).__name__}: {error}")
    return Frame(lines, remarks=(f"this slide could not be drawn ({reason})",))
