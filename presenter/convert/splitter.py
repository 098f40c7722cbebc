"""Where one slide ends and the next begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from presenter.convert.blocks import Blocks
from presenter.convert.comments import directive
from presenter.convert.dialects import BY_HEADINGS, Dialect, is_directive, is_note_line, opaque_lines, own_front
from presenter.convert.markdown_parser import markdown_parser, references_of
from presenter.convert.markdown_source import MarkdownSource, front_of
from presenter.convert.pieces import (
    BulletList,
    CodeBlock,
    Front,
    Heading,
    ImageRef,
    Loss,
    MarkdownTable,
    Note,
    Pause,
    Piece,
    Prose,
    Quotation,
    SlideBreak,
    SlideOption,
    SourceSlide,
    YamlValue,
)
from presenter.convert.slidev import of_slide

_SHOWN: Final = (Prose, Heading, BulletList, CodeBlock, MarkdownTable, Quotation, ImageRef)
_SLIDE: Final = 2
"""The level of headings that begin slides below those of the sections."""
_BY_LINES: Final = ("slidev", "reveal")
"""Tools that cut at lines before they read any Markdown."""


@dataclass(slots=True)
class _Stretch:
    """Lines that are read as Markdown together."""

    first: int
    rows: list[str]
    below: bool = False
    front: Front = field(default_factory=dict)


def drafts_of(written: MarkdownSource, dialect: Dialect) -> list[SourceSlide]:
    """Cut a source into slides."""
    references = references_of(written.text)
    drafts: list[SourceSlide] = []
    used: set[str] = set()
    reveal = _lists_reveal(written.front, dialect)
    for stretch in _stretches(written, dialect):
        rows, note = _notes(stretch, dialect)
        blocks = Blocks(dialect, references, reveal=reveal)
        pieces = [*blocks.read("\n".join(rows), stretch.first), *note]
        used |= blocks.used
        if stretch.front:
            drafts.append(SourceSlide(stretch.first, pieces, stretch.below, front=stretch.front))
        elif dialect in _BY_LINES:
            drafts.append(SourceSlide(stretch.first, [_rule(piece) for piece in pieces], stretch.below))
        else:
            drafts += _grouped(pieces, written, dialect)
    if dialect == "slidev":
        for draft in drafts:
            draft.pieces = list(_last_comment(draft.pieces))
    _tell_unused(drafts, references, used, written)
    return drafts


def _lists_reveal(front: Front, dialect: Dialect) -> bool:
    """Say whether lists come point by point when nothing else is said."""
    key, name = {"patat": ("patat", "incrementalLists"), "presenterm": ("options", "incremental_lists")}.get(
        dialect, ("", "")
    )
    value = front[key].value if key in front else {}
    return isinstance(value, dict) and str(value.get(name, "")).lower() == "true"


def _rule(piece: Piece) -> Piece:
    """Return a rule that ends no slide as what it is."""
    return Prose(piece.line, "---", paragraph=False) if isinstance(piece, SlideBreak) else piece


# By lines -------------------------------------------------------------------------------------------------------------


def _stretches(written: MarkdownSource, dialect: Dialect) -> Iterator[_Stretch]:
    if dialect not in _BY_LINES:
        yield _Stretch(written.first, written.lines)
        return
    opaque = opaque_lines(markdown_parser().parse(written.text))
    rows = written.lines
    ends = _separators(written.front) if dialect == "reveal" else {"---": False}
    start, below, front = 0, False, of_slide(written.front) if dialect == "slidev" else {}
    number = 0
    while number < len(rows):
        mark = rows[number].strip()
        if mark in ends and (number not in opaque or mark.startswith("<!--")):
            yield _stretch(written, start, number, below, front)
            start, below, front = number + 1, ends[mark], {}
            if dialect == "slidev" and (own := own_front(rows, number)) is not None:
                front = {
                    name: type(entry)(entry.line + written.first - 1, entry.value, entry.source)
                    for name, entry in own.items()
                }
                start = next(at for at in range(number + 1, len(rows)) if rows[at].rstrip() == "---") + 1
                number = start - 1
        number += 1
    yield _stretch(written, start, len(rows), below, front)


def _separators(front: Front) -> dict[str, bool]:
    """Return the lines that end a slide in reveal.js, and whether the next one hangs below."""
    found = {"---": False, "----": True}
    for name, below in (("separator", False), ("verticalSeparator", True)):
        text = separator_of(front[name].text) if name in front else ""
        if text:
            found = {mark: under for mark, under in found.items() if under != below}
            found[text] = below
    return found


def separator_of(text: str) -> str:
    """Return the line that a pattern of reveal.js means; empty when it means more than one."""
    line = text.strip("^$").replace("\\r?", "").replace("\\n", "\n").strip()
    return "" if any(mark in line for mark in "\\[](){}*+?|\n") else line


def _stretch(written: MarkdownSource, start: int, end: int, below: bool, front: Front) -> _Stretch:
    rows = written.lines[start:end]
    first = written.first + start
    if not front and rows and (inner := _yaml_block(rows)):
        at, stop = inner
        read = front_of(rows[at + 1 : stop], first + at + 1)
        if read:
            return _Stretch(first, ["" for _ in rows[: stop + 1]] + rows[stop + 1 :], below, read)
    return _Stretch(first, rows, below, front)


def _yaml_block(rows: list[str]) -> tuple[int, int] | None:
    """Return where a block of YAML opens and closes that stands before anything else (Slidev)."""
    at = next((number for number, row in enumerate(rows) if row.strip()), 0)
    if rows[at].strip() != "```yaml":
        return None
    stop = next((number for number in range(at + 1, len(rows)) if rows[number].strip() == "```"), 0)
    return (at, stop) if stop else None


def _notes(stretch: _Stretch, dialect: Dialect) -> tuple[list[str], list[Piece]]:
    """Take the words for the speaker off the end of a slide (reveal.js)."""
    if dialect != "reveal":
        return stretch.rows, []
    opaque = opaque_lines(markdown_parser().parse("\n".join(stretch.rows)))
    for number, row in enumerate(stretch.rows):
        if is_note_line(row) and number not in opaque:
            first = row.partition(":")[2].strip()
            text = "\n".join([first, *stretch.rows[number + 1 :]]).strip("\n").rstrip()
            return stretch.rows[:number], [Note(stretch.first + number, text)] if text else []
    return stretch.rows, []


def _last_comment(pieces: list[Piece]) -> Iterator[Piece]:
    """Make the comment at the end of a slide its notes (Slidev)."""
    last = next((index for index in range(len(pieces) - 1, -1, -1) if isinstance(pieces[index], _SHOWN)), -1)
    for index, piece in enumerate(pieces):
        if isinstance(piece, Loss) and piece.words == "slidev":
            later = any(isinstance(other, Loss) and other.words == "slidev" for other in pieces[index + 1 :])
            if index > last and not later:
                yield Note(piece.line, piece.quote)
            else:
                yield Loss(piece.line, "a comment", piece.quote, told=False)
        else:
            yield piece


# By what was read -----------------------------------------------------------------------------------------------------


def _grouped(pieces: list[Piece], written: MarkdownSource, dialect: Dialect) -> list[SourceSlide]:
    """Cut pieces into slides at rules, commands or headings."""
    levels = _heading_levels(pieces, written.front, dialect)
    rules = dialect != "presenterm" or _rules_end(pieces, written)
    commands = {piece.line for piece in pieces if isinstance(piece, SlideBreak)} - _rules(written)
    drafts = [SourceSlide(written.first)]
    titled = False
    for piece in pieces:
        if isinstance(piece, SlideBreak) and (rules or piece.line in commands):
            drafts.append(SourceSlide(piece.line + 1))
            titled = False
            continue
        if isinstance(piece, SlideBreak):
            drafts[-1].pieces.append(_rule(piece))
            continue
        if isinstance(piece, Heading) and (piece.level in levels or (-1 in levels and piece.underlined)):
            if titled or any(isinstance(other, _SHOWN) for other in drafts[-1].pieces):
                drafts.append(SourceSlide(piece.line))
            titled = True
        drafts[-1].pieces.append(piece)
    return drafts


def _rules(written: MarkdownSource) -> set[int]:
    """Return the numbers of the lines with rules."""
    tokens = markdown_parser().parse(written.text)
    return {written.first + token.map[0] for token in tokens if token.type == "hr" and token.level == 0 and token.map}


def _rules_end(pieces: list[Piece], written: MarkdownSource) -> bool:
    """Say whether presenterm's rules end slides: when told so, or when nothing else does."""
    options = written.front["options"].value if "options" in written.front else {}
    if isinstance(options, dict) and str(options.get("end_slide_shorthand", "")).lower() == "true":
        return True
    implicit = isinstance(options, dict) and str(options.get("implicit_slide_ends", "")).lower() == "true"
    return not implicit and not ({piece.line for piece in pieces if isinstance(piece, SlideBreak)} - _rules(written))


def _heading_levels(pieces: list[Piece], front: Front, dialect: Dialect) -> set[int]:
    """Return the levels of the headings that begin a slide; -1 stands for underlined ones."""
    if dialect == "presenterm":
        options = front["options"].value if "options" in front else {}
        implicit = isinstance(options, dict) and str(options.get("implicit_slide_ends", "")).lower() == "true"
        return {-1} if implicit else set()
    if dialect == "marp" and "headingDivider" in front:
        return _dividers(front["headingDivider"].value)
    if dialect not in BY_HEADINGS or any(isinstance(piece, SlideBreak) for piece in pieces):
        return set()
    settings = front["patat"].value if "patat" in front else {}
    told = settings.get("slideLevel", "") if isinstance(settings, dict) else ""
    if isinstance(told, str) and told.isdecimal():
        return _dividers(told)
    headings = {piece.level for piece in pieces if isinstance(piece, Heading)}
    return set(range(1, (_SLIDE if dialect == "markdown" and _SLIDE in headings else _least(pieces)) + 1))


def _dividers(value: YamlValue) -> set[int]:
    """Return the levels that a setting means: a list of them, or a number for all down to it."""
    if isinstance(value, list):
        return {int(each) for each in value if isinstance(each, str) and each.isdecimal()}
    return set(range(1, int(value[:1]) + 1)) if isinstance(value, str) and value.isdecimal() else set()


def _least(pieces: list[Piece]) -> int:
    """Return the smallest level of a heading that has something else directly below it."""
    shown = [piece for piece in pieces if isinstance(piece, (*_SHOWN, Pause))]
    levels = [
        first.level
        for first, second in pairwise([*shown, None])
        if isinstance(first, Heading) and not isinstance(second, Heading)
    ]
    return min(levels, default=1)


# For the whole deck ---------------------------------------------------------------------------------------------------


def _tell_unused(
    drafts: list[SourceSlide], references: dict[str, Any], used: set[str], written: MarkdownSource
) -> None:
    """Say which link definitions nothing refers to: they would be gone without a word."""
    for label, found in references.items():
        href, title = str(found.get("href", "")), str(found.get("title", ""))
        if href not in used and drafts:
            line = written.first + (found.get("map") or [0])[0]
            quote = f"[{label}]: {href} {title}".rstrip()
            drafts[-1].pieces.append(Loss(line, "no link uses this address; it is left out", quote))


def marp_footers(drafts: Sequence[SourceSlide], front: Front) -> list[tuple[str, bool]]:
    """Return the footer of every slide and whether it has its number, as Marp's directives say."""
    lasting = {"footer-on": "", "paginate-on": ""}
    for name, entry in front.items():
        if is_directive(name):
            lasting |= _said(directive(name, entry.value, entry.line), lasting)
    found = []
    for draft in drafts:
        lasting |= _said(draft.pieces, lasting)
        here = _said(draft.pieces, ("own-footer", "paginate"))
        footer = here.get("own-footer", lasting["footer-on"])
        found.append((footer, here.get("paginate", lasting["paginate-on"]) == "true"))
    return found


def _said(pieces: Sequence[Piece], names: Collection[str]) -> dict[str, str]:
    """Return what the last switches of these names say."""
    return {piece.name: piece.value for piece in pieces if isinstance(piece, SlideOption) and piece.name in names}
