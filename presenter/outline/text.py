"""A talk in words: what stands on every slide, in reading order, for screen readers and for paper.

It goes by the types of a layout's keys, so that a new layout has its words here as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import indent
from typing import Final

from presenter.deck.model import Deck, Slide
from presenter.layouts import Layout
from presenter.layouts.code_slides import TableData, read_csv
from presenter.layouts.fields import Image, PointList, Seconds, TextFile, lasting
from presenter.layouts.image_slides import Side
from presenter.render.inline import plain_text
from presenter.render.markdown import render_markdown
from presenter.render.text import row_text
from presenter.themes import DEFAULT
from presenter.timing.durations import format_clock
from presenter.timing.plan import make_plan

_WIDTH: Final = 96
"""Cells to which prose is set."""
_PROSE: Final = frozenset({"body", "quote"})
_SILENT: Final = frozenset({*Layout.__struct_fields__, "language"})
_SPOKEN: Final = {"by": "By: ", "source": "Source: ", "caption": "Caption: "}


def outline(deck: Deck, slides: Sequence[Slide], *, notes: bool = False) -> Iterator[str]:
    """Go through a talk as paragraphs of plain text.

    Args:
        deck: the talk.
        slides: those of its slides that are wanted; with all of them, the talk's own facts come first.
        notes: what the speaker says, too.
    """
    if len(slides) == len(deck.slides):
        yield _head(deck)
    section = -1
    for slide in slides:
        if slide.section != section and (title := deck.sections[slide.section].title):
            appendix = " (appendix)" if deck.sections[slide.section].appendix else ""
            yield f"Section: {title}{appendix}"
        section = slide.section
        yield slide_words(slide, notes=notes)


def _head(deck: Deck) -> str:
    made = make_plan(deck)
    many = f"{made.many}, {format_clock(made.target)}"
    return "\n".join(filter(None, (deck.title, deck.subtitle, deck.author, many)))


def slide_words(slide: Slide, *, notes: bool = False) -> str:
    """Return a slide as plain text: its number and title, then all that it shows, indented."""
    hidden = " (hidden)" * slide.layout.hidden
    title = " ".join((slide.layout.title if slide.layout.counts else slide.title).split())
    parts = list(_parts(slide.layout))
    if notes and slide.notes:
        several = len(slide.notes) > 1
        parts += [f"Notes{f', step {step}' * several}: {note}" for step, note in enumerate(slide.notes, 1)]
    head = f"{slide.label}. {title}".rstrip() + hidden
    return "\n".join([head, *(indent(part, "   ") for part in parts)])


def _parts(struct: Layout | Side) -> Iterator[str]:
    """Go through the values of a struct that an audience sees."""
    for name in struct.__struct_fields__:
        if name not in _SILENT:
            yield from _value(name, getattr(struct, name))


def _value(name: str, value: object) -> Iterator[str]:  # noqa: PLR0911 - one line for each type
    match value:
        case Image():
            return _picture(value)
        case PointList():
            return iter(_points(value))
        case Side():
            return iter([f"{name.title()}:", *(indent(part, "  ") for part in _parts(value))])
        case TableData():
            return _rows(value)
        case TextFile():
            return iter([f"Code, {value.name}:\n{indent(value.text.rstrip(), '  ')}"])
        case Seconds():
            return iter([f"{lasting(value)} of break"])
        case str() if value:
            return iter([_text(name, value)])
        case tuple():
            return (part for each in value for part in _value(name, each))
        case _:
            return iter(())


def _text(name: str, text: str) -> str:
    if name == "code":
        return f"Code:\n{indent(text.rstrip(), '  ')}"
    if name in _PROSE:
        lines = render_markdown(text, _WIDTH, DEFAULT).lines
        return "\n".join(row_text(line).rstrip() for line in lines)
    return _SPOKEN.get(name, "") + " ".join(text.split())


def _picture(image: Image) -> Iterator[str]:
    yield f"Picture: {image.alt or 'no alternative text'}"
    for word, text in (("Caption", image.caption), ("Credit", image.credit)):
        if text:
            yield f"{word}: {text}"


def _points(points: PointList, level: int = 0) -> list[str]:
    return [
        line
        for point in points
        for line in (
            f"{'  ' * level}- {' '.join(plain_text(point.text).split())}",
            *_points(PointList(point.points), level + 1),
        )
    ]


def _rows(table: TableData) -> Iterator[str]:
    """Go through a table row by row, each cell with the name of its column."""
    head, body = (table.columns, table.rows)
    if table.file:
        head, *rest = read_csv(table.file.text)
        body = tuple(rest)
    yield f"Table of {len(body)} row{'s' * (len(body) != 1)}:"
    for number, row in enumerate(body, 1):
        cells = (f"{_named(head, column)}{cell}" for column, cell in enumerate(row) if cell)
        yield f"  {number}. {'; '.join(cells)}"


def _named(head: Sequence[str], column: int) -> str:
    return f"{head[column]}: " if column < len(head) and head[column] else ""


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as a text, with an empty line between them."""
    return "\n\n".join(paragraphs) + "\n"
