"""What layouts share: headings, figures, lists of points, large letters."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style

from presenter import images
from presenter.bidi import leads_right
from presenter.layouts.fields import Image, Point
from presenter.render.block import Block, Line
from presenter.render.inline import render_inline
from presenter.render.markdown import MEASURE, point_rows, render_markdown
from presenter.render.stage import Stage
from presenter.render.styles import text_styles
from presenter.render.text import aligned, centred, crop, fit_row, indented, row_text, row_width, sided, wrap

_MARKS = ("•", "\N{EN DASH}", "·")
_FRAMED = (26, 6)
"""On a stage narrower or lower than this a picture has no room for words,"""
_NARROWEST = 14
"""but for a caption alone."""
_LEAST = 12
"""Cells that the words below a picture take at least."""
_SMALL = 10
"""Below this height a slide has no room for air or ornament."""
_TALL = 44
"""From this height parts stand two rows apart."""
_WORDS = 36
"""Cells that the words below a picture may take when the picture itself is narrower."""
_BETWEEN, _APART = 2, 4
"""Cells between caption and credit on one row, at least, and where the two are broader than their picture."""
_TITLE, _BODY = 1_000, 12_000
"""Characters of a title and of a body that are drawn: more than the largest screens have room for."""
_SETTLED = 0.2
"""How the empty rows of a slide are shared: this much of them between the title and what stands below it."""
_HEADED = (24, 28)
"""In fewer rows a title in large letters leaves too little for what it is about; the other is for pictures."""
_HEADING_SHARE = 3
"""Rows of a slide to a dot of an em of its title, two dots to a row; and to a row of its title, if not in a column."""
_HEADING_MOST = 16
"""Dots an em of a title at most: on large screens it need not be larger than what it is about."""
_COLUMN = 2
"""What is less than this many times as wide as tall is a column beside a picture: its title may take half of it."""
_HEADING_NARROW = 0.76
"""How narrow the letters of a title may get, so that titles of most lengths are as tall as one another."""
_LETTERS_WIDTH = 30
_LETTERS_HEIGHT = 4
"""In less room large letters would not be larger than plain ones."""


def part_gap(stage: Stage) -> int:
    """Return the empty rows between parts of a slide."""
    if stage.tight or stage.height < _SMALL:
        return 0
    return 1 if stage.height < _TALL else 2


def stage_below(stage: Stage, rows: int) -> Stage:
    """Return the stage that is left below `rows` rows; at least one row."""
    return replace(stage, height=max(1, stage.height - rows))


def narrow_stage(stage: Stage, width: int) -> Stage:
    """Return a part of the stage `width` cells wide."""
    return replace(stage, width=max(1, width))


def heading(title: str, stage: Stage, *, picture: bool = False) -> list[Line]:
    """Draw a slide's title with the room below it; no rows when there is no title.

    It is in large letters where the slide has rows for them: fewer above a `picture`, which wants all it can get.
    """
    if not title:
        return []
    title = title[:_TITLE]
    styles = text_styles(stage.theme)
    bar = at_side(title, [[Segment("━" * min(6, stage.width), styles.accent)]], stage)
    if drawn := _large_heading(title, stage, picture=picture):
        return [*at_side(title, drawn, stage), *bar, *([[]] * (part_gap(stage) - picture))]
    rows = wrap(render_inline(title, styles.title, stage.theme), min(stage.width, MEASURE), balance=True)
    rows = sided(rows, stage.width, styles.base)
    if stage.height < _SMALL:
        return rows
    if stage.tight:
        return [*rows, []]
    return [*rows, *bar, *([[]] * part_gap(stage))]


def at_side(title: str, rows: list[Line], stage: Stage) -> list[Line]:
    """Set what belongs to a title at the side where that begins: at the right for Hebrew and Arabic."""
    if not leads_right(title):
        return rows
    return [aligned(row, stage.width, "right", text_styles(stage.theme).base) for row in rows]


def _large_heading(title: str, stage: Stage, *, picture: bool) -> list[Line]:
    """Draw a slide's title in letters, those of all titles of one size where they fit; no rows where it is long."""
    if stage.tight or stage.height < _HEADED[picture]:
        return []
    third, column = stage.height // _HEADING_SHARE, stage.width < _COLUMN * stage.height
    box = images.LetterBox(
        columns=stage.width,
        rows=stage.height // 2 if column else third,
        largest=min(_HEADING_MOST, third),
        lines=1 if picture else 3,
        even=True,
        narrow=_HEADING_NARROW,
    )
    return _letters(title, stage, stage.theme.title, box)


def points(items: tuple[Point, ...], stage: Stage, *, numbered: bool, shown: int | None = None) -> list[Line]:
    """Draw a list of points; with `shown` the points after that many keep their room but are not seen."""
    lines: list[Line] = []
    gap: list[Line] = [[] for _ in range(part_gap(stage))]
    for index, rows in enumerate(_drawn_points(items, replace(stage, step=0), numbered)):
        lines += gap if index else []
        lines += rows if shown is None or index < shown else [[] for _ in rows]
    return lines


@lru_cache(maxsize=32)
def _drawn_points(items: tuple[Point, ...], stage: Stage, numbered: bool) -> tuple[list[Line], ...]:
    """Draw each point with those below it; the same for every step of a slide."""
    many = len(str(len(items)))
    seen = items[: stage.height + 1]
    marks = [f"{index + 1:>{many}}." if numbered else _MARKS[0] for index in range(len(seen))]
    drawn = [
        point_rows(item.text, mark, stage.width, stage.theme) + _below(item, stage, len(mark) + 2, 1)
        for item, mark in zip(seen, marks, strict=True)
    ]
    unseen: list[list[Line]] = [[[]] for _ in items[len(seen) :]]
    return (*drawn, *unseen)


def _below(item: Point, stage: Stage, hang: int, depth: int) -> list[Line]:
    """Draw the points below a point, `hang` cells further in."""
    styles = text_styles(stage.theme)
    hang = min(hang, stage.width // 4)
    lines: list[Line] = []
    for child in item.points:
        if len(lines) > stage.height:
            lines.append([])  # nobody will see it
            continue
        rows = point_rows(child.text, _MARKS[min(depth, len(_MARKS) - 1)], stage.width - hang, stage.theme)
        rows += _below(child, narrow_stage(stage, stage.width - hang), 2, depth + 1)
        space: Line = [Segment(" " * hang, styles.base)]
        lines += indented(rows, space, space, stage.width, styles.base)
    return lines


def body_rows(body: str, stage: Stage) -> Block:
    """Draw Markdown on the stage, as tall as it gets."""
    drawn = render_markdown(body[:_BODY], stage.width, stage.theme, air=0 if stage.tight else 1)
    more: list[Line] = [[] for _ in range(-(-len(body[_BODY:]) // stage.width))]
    return replace(drawn, lines=drawn.lines + more) if more else drawn


def large(text: str, stage: Stage, color: str, rows: int, *, align: str = "left") -> list[Line]:
    """Draw a few words in large letters at most `rows` rows tall; plain bold ones when those would not fit."""
    text = text[:_TITLE]
    styles = text_styles(stage.theme)
    if align == "left" and leads_right(text):
        align = "right"
    if drawn := _letters(text, stage, color, images.LetterBox(stage.width, rows)):
        return [aligned(line, stage.width, align, styles.base) for line in drawn]
    plain = render_inline(text, Style(color=color, bgcolor=stage.theme.background, bold=True), stage.theme)
    return [
        aligned(line, stage.width, align, styles.base) for line in wrap(plain, min(stage.width, MEASURE), balance=True)
    ]


def large_words(text: str, stage: Stage, color: str, rows: int) -> list[Line]:
    """Draw words in large letters, at most as large as a title's, in at most `rows` rows; none when they do not fit."""
    return _letters(text, stage, color, images.LetterBox(stage.width, rows, _HEADING_MOST, narrow=_HEADING_NARROW))


def _letters(text: str, stage: Stage, color: str, box: images.LetterBox) -> list[Line]:
    """Draw words in large letters; no rows when they would not come out well."""
    if not stage.big_letters or box.rows < _LETTERS_HEIGHT or stage.width < _LETTERS_WIDTH or stage.images == "off":
        return []
    look = images.LetterLook(
        color, stage.theme.background, stage.characters, stage.depth, stage.aspect, stage.theme.font
    )
    words = row_text(
        render_inline(text, text_styles(stage.theme).title, stage.theme)
    )  # large letters have no marks for emphasis
    drawn = images.large_letters(words, look, box)
    return list(drawn or ())


def place_below_heading(head: list[Line], rows: list[Line], stage: Stage) -> list[Line]:
    """Put rows below a heading, a little lower where there is room; `stage` is the whole slide."""
    free = 0 if stage.tight else max(0, stage.height - len(head) - len(rows))
    return [*head, *([[]] * min(int(free * _SETTLED), stage.height // 10)), *rows]


def caption_rows(text: str, stage: Stage, style: Style, *, align: str = "left") -> list[Line]:
    """Draw the words below something, wrapped evenly."""
    if not text:
        return []
    styles = text_styles(stage.theme)
    rows = wrap(render_inline(text, style, stage.theme), min(stage.width, MEASURE), balance=True)
    if align == "left":
        return [fit_row(row, stage.width, styles.base) for row in sided(rows, stage.width, styles.base)]
    return [aligned(row, stage.width, align, styles.base) for row in rows]


def figure(image: Image, stage: Stage, *, pad: int = 0, credit: bool = True) -> Block:
    """Draw a picture with its caption and credit in the middle of the stage, exactly as tall as the stage.

    `pad` keeps the words that many cells away from the sides; `credit` says whether the credit is among them.
    """
    styles = text_styles(stage.theme)
    shown = stage.width >= (_FRAMED[0] if credit else _NARROWEST) and stage.height >= _FRAMED[1]
    widest = max(1, stage.width - 2 * pad)
    full = _figure_words(image, narrow_stage(stage, widest), credit=credit) if shown else []
    words = _cut(full, max(1, stage.height // 4), narrow_stage(stage, widest))
    drawn, covered = draw_image(image, stage_below(stage, len(words)))
    for width in (covered, max(covered, _WORDS), *_broader(image, stage, credit=credit)) if words is full else ():
        closer = _figure_words(image, narrow_stage(stage, min(width, widest)), credit=credit)
        if words and width >= _LEAST and len(closer) <= len(words):
            words, widest = closer, min(width, widest)
            break
    if not (credit and image.credit):
        # A caption that is broader than its picture stands below the middle of it.
        widest = min(widest, max([covered, *map(row_width, words)]))
    words = [aligned(fit_row(row, widest, styles.base), stage.width, "center", styles.base) for row in words]
    lines = centred([*drawn.lines, *words], stage.height)
    lost = max(0, len(full) - len(words))
    cut = row_text(full[len(words)]).strip() if lost else ""
    return Block(lines, lost=lost, remarks=drawn.remarks, pending=drawn.pending, cut=cut)


def _cut(rows: list[Line], most: int, stage: Stage) -> list[Line]:
    """Return the first `most` rows, the last of them ending in an ellipsis when there are more."""
    if len(rows) <= most:
        return rows
    muted = text_styles(stage.theme).muted
    return [*rows[: most - 1], [*crop(rows[most - 1], stage.width - 2), Segment(" …", muted)]]


def _figure_words(image: Image, stage: Stage, *, credit: bool) -> list[Line]:
    """Draw caption and credit across the stage, on one row when both fit; a credit alone ends at the right."""
    caption, owed = _said(image, stage, credit=credit)
    styles = text_styles(stage.theme)
    gap = stage.width - row_width(caption) - row_width(owed)
    if not owed:
        return wrap(caption, stage.width) if caption else []
    if caption and gap >= _BETWEEN and "\n" not in row_text([*caption, *owed]):
        return [[*caption, Segment(" " * gap, styles.base), *owed]]
    if caption:
        return [*wrap(caption, stage.width), *wrap(owed, stage.width)]
    return [aligned(row, stage.width, "right", styles.base) for row in wrap(owed, stage.width, balance=True)]


def _broader(image: Image, stage: Stage, *, credit: bool) -> tuple[int, int]:
    """Return the cells across that caption and credit take one below the other, and side by side."""
    caption, owed = map(row_width, _said(image, stage, credit=credit))
    return max(caption, owed), caption + _APART + owed


def _said(image: Image, stage: Stage, *, credit: bool) -> tuple[Line, Line]:
    """Return a picture's caption, and its credit if that is to be shown."""
    styles = text_styles(stage.theme)
    caption = render_inline(image.caption, styles.base, stage.theme)
    return caption, render_inline(image.credit if credit else "", styles.muted, stage.theme)


def draw_image(image: Image, stage: Stage) -> tuple[Block, int]:
    """Draw a picture alone across the middle of the stage, at most as tall; its alt text when it cannot be shown.

    Returns the rows and how many cells across the picture really covers, 0 while that is not known.
    """
    if stage.mode(image.mode) == "off":
        return Block(placeholder(image, stage)), stage.width
    if image.src.path is None:
        return Block(placeholder(image, stage), remarks=(f"picture {image.src.text}: {image.src.why}",)), stage.width
    try:
        if stage.outlined:
            columns, rows = images.extent(_request(image, stage))
            return Block([[] for _ in range(rows)]), columns
        drawn = _drawn(_request(image, stage), stage, stage.mode(image.mode))
    except images.PictureError as error:
        return Block(placeholder(image, stage), remarks=(f"picture {image.src.text}: {error}",)), stage.width
    if drawn is None:
        return Block([[] for _ in range(stage.height)], pending=True), 0
    base = text_styles(stage.theme).base
    lines = [aligned(list(line), stage.width, "center", base) for line in drawn.lines]
    remarks = (f"picture {image.src.text}: {drawn.remark}",) if drawn.remark else ()
    return Block(lines, remarks=remarks), drawn.columns


def _drawn(request: images.Request, stage: Stage, mode: str) -> images.ImageBlock | None:
    if mode == "kitty" and stage.pixels is not None:
        return images.show(request, stage.pixels, patient=stage.patient)
    return images.draw(request, patient=stage.patient)


def _request(image: Image, stage: Stage) -> images.Request:
    assert image.src.path is not None  # noqa: S101 - seen to by the caller
    return images.Request(
        path=image.src.path,
        columns=stage.width,
        rows=stage.height,
        fit=image.fit,
        focus=(image.focus.x, image.focus.y),
        background=stage.theme.background,
        mode=mode if (mode := stage.mode(image.mode)) in images.MODES else stage.glyphs,
        depth=stage.depth,
        aspect=stage.aspect,
        smooth=image.kind != "pixels",
        mat=image.mat,
        animate=image.animate and not stage.still,
    )


def placeholder(image: Image, stage: Stage) -> list[Line]:
    """Draw a box with the alt text, where a picture cannot be shown."""
    styles = text_styles(stage.theme)
    width, height = stage.width, stage.height
    if width < 6 or height < 3:  # noqa: PLR2004 - no room for a frame
        return [fit_row([], width, styles.panel) for _ in range(height)]
    words = render_inline(image.alt or "picture", styles.panel, stage.theme)
    text = centred(wrap(words, min(width - 4, MEASURE), balance=True)[: height - 2], height - 2)
    inner = [aligned(row, width - 2, "center", styles.panel) for row in [*text, *([[]] * (height - 2 - len(text)))]]
    side = Segment("│", styles.panel_muted)
    return [
        [Segment(f"┌{'─' * (width - 2)}┐", styles.panel_muted)],
        *([side, *row, side] for row in inner),
        [Segment(f"└{'─' * (width - 2)}┘", styles.panel_muted)],
    ]
