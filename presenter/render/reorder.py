"""Rows whose text runs from right to left, put in order just before they are shown: all else measures text as read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import split_graphemes
from rich.segment import Segment
from rich.style import Style

from presenter.bidi import leads_right, ordered, turns, unordered
from presenter.images import ImageRow
from presenter.render.block import Line

EDGE: Final = Segment("")
"""Between what stands beside one another: each is put in order alone, by its own first letter."""
FROM_LEFT: Final = Segment("", Style(meta={"direction": "left"}))
"""Begins a row of a paragraph that runs from left to right and has words in it that do not."""
CODE: Final = Segment("", Style(meta={"direction": "code"}))
"""Begins a line of a program: its names and signs stand as they are written, and words alone are put in order."""
FROM_RIGHT: Final = Segment("", Style(meta={"direction": "right"}))
"""Begins a row of a paragraph that runs from right to left."""

_APART: Final = re.compile("\\s{2,}|[\u2500-\u25ff\u2800-\u28ff\U0001cc00-\U0001cebf\U0001fb00-\U0001fbff]+")
"""What parts a row where nothing else says so: gaps, lines and blocks."""
_SIGNS: Final = re.compile(r"\s{2,}|[^\w\s]+|\d+")
_BETWEEN: Final = re.compile(r"(\s[·•|–—]\s)")  # noqa: RUF001 - dashes are meant


def from_right(line: Line) -> bool:
    """Say whether a row is of a paragraph that runs from right to left."""
    return FROM_RIGHT in line


def marked(line: Line, rows: list[Line]) -> list[Line]:
    """Mark rows that a paragraph was broken into with the direction in which it runs."""
    text = "".join(segment.text for segment in line)
    if not turns(text):
        return rows
    mark = FROM_RIGHT if leads_right(text) else FROM_LEFT
    return [[mark, *row] for row in rows]


def isolated(text: str, style: Style) -> Line:
    """Return a row of parts with separators between them (`Deck · Section · 3/9`), each put in order alone."""
    if not turns(text):
        return [Segment(text, style)]
    line: Line = []
    for part in _BETWEEN.split(text):
        line += [Segment(part, style), EDGE]
    return line


def reordered(line: Line, *, undo: bool = False) -> Line:
    """Return a row with its characters as they stand from left to right; the same object when that is how they are.

    Args:
        line: a row as it is read, its parts apart by `EDGE`, gaps or lines.
        undo: the terminal will put the row in order once more, so it gets one that comes out right.
    """
    if not any(not isinstance(segment, ImageRow) and turns(segment.text) for segment in line):
        return line
    done: Line = []
    for mark, part in _parts(line):
        done += [part] if isinstance(part, Segment) else _spelled(_placed(part, mark, undo=undo))
    if not undo:
        return done
    again = [part if isinstance(part, Segment) else _spelled(_unplaced(part)) for _, part in _parts(done)]
    return [segment for part in again for segment in ([part] if isinstance(part, Segment) else part)]


_Cluster = tuple[str, Style | None]


def _parts(line: Line) -> Iterator[tuple[Segment, Segment | list[_Cluster]]]:
    """Go through what is put in order alone: pictures, and characters with the mark before them."""
    mark, found = EDGE, list[_Cluster]()
    for segment in line:
        if isinstance(segment, ImageRow) or segment.control or not segment.text:
            if found:
                yield mark, found
            found, mark = [], EDGE
            if isinstance(segment, ImageRow) or segment.control:
                yield EDGE, segment
            else:
                mark = segment
            continue
        text = segment.text
        found += [(text[start:end], segment.style) for start, end, _ in split_graphemes(text)[0]]
    if found:
        yield mark, found


def _placed(part: list[_Cluster], mark: Segment, *, undo: bool) -> list[_Cluster]:
    """Put a part of a row in order, field by field."""
    text = "".join(cluster[0] for cluster, _ in part)
    done: list[_Cluster] = []
    start = 0
    for gap in (_SIGNS if mark == CODE else _APART).finditer(text):
        done += _field(part[start : gap.start()], mark, undo=undo)
        done += part[gap.start() : gap.end()]
        start = gap.end()
        if mark == FROM_RIGHT and text[: gap.start()].strip():
            mark = EDGE  # a paragraph has no gaps: what follows is beside it
    return done + _field(part[start:], mark, undo=undo)


def _field(part: list[_Cluster], mark: Segment, *, undo: bool) -> list[_Cluster]:
    """Put a field in order; the spaces around it stay where they are."""
    text = "".join(cluster[0] for cluster, _ in part)
    if not turns(text):
        return part
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    inner = part[first:last]
    right = mark == FROM_RIGHT or (mark != FROM_LEFT and leads_right(text))
    placed = ordered([cluster for cluster, _ in inner], right=right, joined=not undo)
    return [*part[:first], *((each.text, inner[each.of][1]) for each in placed), *part[last:]]


def _unplaced(part: list[_Cluster]) -> list[_Cluster]:
    return [(each.text, part[each.of][1]) for each in unordered([cluster for cluster, _ in part])]


def _spelled(clusters: Iterable[_Cluster]) -> Line:
    """Join characters of one style."""
    line: Line = []
    for text, style in clusters:
        if line and line[-1].style == style:
            line[-1] = Segment(line[-1].text + text, style)
        else:
            line.append(Segment(text, style))
    return line
