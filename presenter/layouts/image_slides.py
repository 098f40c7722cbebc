"""Layouts made of pictures, alone or beside words: image, split, gallery, compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar

from msgspec import Meta, Struct
from rich.segment import Segment

from presenter.layouts.base import Layout
from presenter.layouts.fields import Image, PointList
from presenter.layouts.parts import (
    body_rows,
    figure,
    heading,
    narrow_stage,
    part_gap,
    place_below_heading,
    points,
    stage_below,
)
from presenter.layouts.text_slides import words_of
from presenter.render.block import Block, Line
from presenter.render.inline import render_inline
from presenter.render.stage import Stage
from presenter.render.styles import text_styles
from presenter.render.text import aligned, beside, sided, wrap

_NARROW = 44
"""Below this width columns stand one below the other."""
_GAPPED = 0.8
"""A gallery whose last row has a gap has to show its pictures larger than one without by as much."""
_SHARE = 50
"""The picture's share of the width beside text, in percent, when the deck does not say."""


class ImageSlide(Layout, frozen=True, kw_only=True):
    """One picture, as large as fits."""

    name: ClassVar[str] = "image"

    image: Image
    """The picture: its path, or a mapping with `src` and `alt`,
    e.g. `{src: images/knee.png, alt: Two curves that part at 64 kB}`.
    """

    def pictures(self) -> Iterator[Image]:
        """Go through the one picture."""
        yield self.image

    def words(self) -> Iterator[str]:
        """Go through the picture's words."""
        return image_words(self.image)

    @property
    def bleeds(self) -> bool:
        """Whether the picture has the slide to itself."""
        return not self.title

    def draw(self, stage: Stage) -> Block:
        """Draw the picture below the title, or on the whole stage."""
        head = heading(self.title, stage, picture=True)
        drawn = figure(self.image, stage_below(stage, len(head)), pad=1 if self.bleeds else 0)
        return replace(drawn, lines=[*head, *drawn.lines])


def image_words(image: Image) -> Iterator[str]:
    """Go through what is said about a picture: alt text, caption, credit."""
    yield from filter(None, (image.alt, image.caption, image.credit))


class SplitSlide(Layout, frozen=True, kw_only=True):
    """A picture beside points or prose."""

    name: ClassVar[str] = "split"

    image: Image
    """The picture, with the `side` where it stands,
    e.g. `{src: images/knee.png, alt: Two curves that part at 64 kB, side: right}`.
    """
    points: PointList = PointList()
    """Points beside the picture, e.g. `[flat to 64 kB, then four times slower]`."""
    body: str = ""
    """Prose in Markdown beside the picture, instead of points, e.g. `Flat to *64 kB*.`."""
    numbered: bool = False
    """Points are counted: 1. 2. 3."""

    @property
    def steps(self) -> int:
        """One a point of the first level when `reveal` is on."""
        return max(1, len(self.points)) if self.reveal else 1

    def pictures(self) -> Iterator[Image]:
        """Go through the one picture."""
        yield self.image

    def words(self) -> Iterator[str]:
        """Go through points, body and the picture's words."""
        yield from words_of(self.points)
        yield from filter(None, (self.body,))
        yield from image_words(self.image)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Ask for exactly one of points and body."""
        if bool(self.points) == bool(self.body):
            yield "image", "a split slide shows its image beside either points or body"

    def draw(self, stage: Stage) -> Block:
        """Draw the words and, on its side, the picture as tall as the stage; one above the other where it is narrow."""
        if stage.width < _NARROW:
            text = self._text(replace(stage, tight=max(1, stage.tight)))
            drawn = figure(self.image, replace(stage, height=max(stage.height - len(text.lines), stage.height // 2, 1)))
            return _joined([*drawn.lines, *text.lines], (drawn, text))
        gap = 3 + stage.width // 60
        share = self.image.width or _SHARE
        wide = (stage.width - gap) * share // 100
        text = self._text(narrow_stage(stage, stage.width - gap - wide))
        drawn = figure(self.image, narrow_stage(stage, wide))
        columns = [(text.lines, stage.width - gap - wide), (drawn.lines, wide)]
        styles = text_styles(stage.theme)
        if self.image.side == "left":
            columns.reverse()
        return _joined(beside(columns, [Segment(" " * gap, styles.base)], styles.base), (drawn, text))

    def _text(self, stage: Stage) -> Block:
        """Draw title and words in their column."""
        head = heading(self.title, stage)
        place = stage_below(stage, len(head))
        if self.body:
            drawn = body_rows(self.body, place)
            return replace(drawn, lines=place_below_heading(head, drawn.lines, stage))
        shown = stage.step + 1 if self.reveal else None
        rows = points(self.points, place, numbered=self.numbered, shown=shown)
        return Block(place_below_heading(head, rows, stage))


def _joined(lines: list[Line], blocks: tuple[Block, ...]) -> Block:
    """Make one block of rows that were drawn as several."""
    return Block(
        lines,
        lost=sum(block.lost for block in blocks),
        remarks=tuple(remark for block in blocks for remark in block.remarks),
        pending=any(block.pending for block in blocks),
        cut=next((block.cut for block in blocks if block.cut), ""),
    )


class GallerySlide(Layout, frozen=True, kw_only=True):
    """Two to six pictures; `reveal` shows them one by one."""

    name: ClassVar[str] = "gallery"

    images: Annotated[tuple[Image, ...], Meta(min_length=2, max_length=6)]
    """Two to six pictures, e.g. `[{src: images/a.png, alt: Before}, {src: images/b.png, alt: After}]`."""

    @property
    def steps(self) -> int:
        """One a picture when `reveal` is on."""
        return len(self.images) if self.reveal else 1

    def pictures(self) -> Iterator[Image]:
        """Go through the pictures."""
        yield from self.images

    def words(self) -> Iterator[str]:
        """Go through the pictures' words."""
        for image in self.images:
            yield from image_words(image)

    def draw(self, stage: Stage) -> Block:
        """Draw the pictures in the grid that makes them largest."""
        head = heading(self.title, stage, picture=True)
        owed = self._credits(stage)
        place = stage_below(stage, len(head) + len(owed))
        gap = 1 if stage.width < _NARROW else 3
        across = self._across(place, gap)
        rows = -(-len(self.images) // across)
        wide = max(1, (place.width - gap * (across - 1)) // across)
        tall = max(1, (place.height - (rows - 1) * part_gap(stage)) // rows)
        cell = replace(place, width=wide, height=tall)
        shown = stage.step + 1 if self.reveal else len(self.images)
        blocks = [
            figure(image, cell, credit=False) if i < shown else Block([[]] * tall)
            for i, image in enumerate(self.images)
        ]
        lines: list[Line] = list(head)
        styles = text_styles(stage.theme)
        for row in range(rows):
            columns = [(block.lines, wide) for block in blocks[row * across : (row + 1) * across]]
            lines += [[] for _ in range(part_gap(stage) if row else 0)]
            lines += beside(columns, [Segment(" " * gap, styles.base)], styles.base, rows=tall)
        return _joined([*lines, *owed], tuple(blocks))

    def _credits(self, stage: Stage) -> list[Line]:
        """Draw what is owed for all pictures, each credit once."""
        if stage.tight or not part_gap(stage):
            return []
        owed = " · ".join(dict.fromkeys(image.credit for image in self.images if image.credit))
        styles = text_styles(stage.theme)
        rows = wrap(render_inline(owed, styles.muted, stage.theme), stage.width)
        return [aligned(row, stage.width, "right", styles.base) for row in rows]

    def _across(self, stage: Stage, gap: int) -> int:
        """Return how many pictures stand side by side, taking them to be three wide to two tall."""

        def size(across: int) -> float:
            wide = (stage.width - gap * (across - 1)) / across
            tall = stage.height / -(-len(self.images) // across) - 1
            whole = len(self.images) % across == 0
            return min(wide * stage.aspect / 3, tall / 2) * (1 if whole else _GAPPED)

        return max(range(1, len(self.images) + 1), key=size)


class Side(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One side of a comparison. A plain text stands for `{body: text}`."""

    shorthand: ClassVar[str] = "body"

    heading: str = ""
    """Stands above this side, e.g. `Before`."""
    body: str = ""
    """Prose in Markdown, e.g. `One array of structs.`."""
    points: PointList = PointList()
    """Points of this side, e.g. `[simple, slow]`."""
    image: Image | None = None
    """The picture of this side, e.g. `{src: images/a.png, alt: Before}`."""

    def words(self) -> Iterator[str]:
        """Go through heading, body, points and the picture's words."""
        yield from filter(None, (self.heading, self.body))
        yield from words_of(self.points)
        if self.image:
            yield from image_words(self.image)


class CompareSlide(Layout, frozen=True, kw_only=True):
    """Two sides against each other; `reveal` shows the left one first."""

    name: ClassVar[str] = "compare"

    left: Side
    """The left side: a text, or `heading` with `body`, `points` or `image`,
    e.g. `{heading: Before, points: [simple, slow]}`.
    """
    right: Side
    """The right side: a text, or `heading` with `body`, `points` or `image`,
    e.g. `{heading: After, points: [longer, fast]}`.
    """

    @property
    def steps(self) -> int:
        """Two when `reveal` is on."""
        return 2 if self.reveal else 1

    def pictures(self) -> Iterator[Image]:
        """Go through the pictures of both sides."""
        yield from (side.image for side in (self.left, self.right) if side.image)

    def words(self) -> Iterator[str]:
        """Go through the words of the left side, then of the right one."""
        yield from self.left.words()
        yield from self.right.words()

    def faults(self) -> Iterator[tuple[str, str]]:
        """Ask for something on either side."""
        for key, side in (("left", self.left), ("right", self.right)):
            if not (side.body or side.points or side.image):
                yield key, f"the {key} side needs a body, points or an image"

    def draw(self, stage: Stage) -> Block:
        """Draw the sides in two columns with a line between them, or one above the other where it is narrow."""
        head = heading(self.title, stage)
        place = stage_below(stage, len(head))
        styles = text_styles(stage.theme)
        shown = (True, not self.reveal or stage.step > 0)
        if stage.width < _NARROW:
            half = replace(place, height=max(1, place.height // 2))
            blocks = [_side(side, half, second=i > 0) for i, side in enumerate((self.left, self.right))]
            rows: list[list[Line]] = [
                block.lines if seen else [[]] * len(block.lines) for block, seen in zip(blocks, shown, strict=True)
            ]
            return _joined([*head, *rows[0], *([[]] * part_gap(stage)), *rows[1]], tuple(blocks))
        wide = (stage.width - 5) // 2
        half = narrow_stage(place, wide)
        blocks = [_side(side, half, second=i > 0) for i, side in enumerate((self.left, self.right))]
        columns = [(block.lines if seen else [], wide) for block, seen in zip(blocks, shown, strict=True)]
        tallest = max(len(block.lines) for block in blocks)
        rule = [Segment("  │  ", styles.muted)]
        return _joined(
            place_below_heading(head, beside(columns, rule, styles.base, rows=tallest), stage), tuple(blocks)
        )


def _side(side: Side, stage: Stage, *, second: bool) -> Block:
    """Draw one side of a comparison: its heading in its own colour, then what it has."""
    styles = text_styles(stage.theme)
    style = styles.second if second else styles.accent
    lines = sided(
        wrap(render_inline(side.heading, style, stage.theme), stage.width, balance=True), stage.width, styles.base
    )
    lines += [[] for _ in range(1 if lines and not stage.tight else 0)]
    remarks: tuple[str, ...] = ()
    if side.body:
        drawn = body_rows(side.body, stage)
        lines, remarks = [*lines, *drawn.lines], drawn.remarks
    if side.points:
        lines += points(side.points, stage, numbered=False)
    if not side.image:
        return Block(lines, remarks=remarks)
    room = stage.height - len(lines) - (1 if side.body or side.points else 0)
    shown = figure(side.image, replace(stage, height=max(3, room)))
    gap: list[Line] = [[]] if side.body or side.points else []
    return _joined([*lines, *gap, *shown.lines], (Block([], remarks=remarks), shown))
