"""The speaker view: exact rows of cells for a moment of the talk and a size, in four arrangements.

Wide from 160x45, medium from 100x30, compact from 60x16, small below, and one line below 20x5.
"""

from __future__ import annotations

from typing import Final

from rich.segment import Segment

from presenter.deck.model import Slide
from presenter.drawing import Line
from presenter.drawing.lines import beside, fit, shorten, width_of
from presenter.talk import Position
from presenter.talk.moves import forward
from presenter.ui.notes import Look, excerpt
from presenter.ui.overview import tiles
from presenter.ui.scene import Easel
from presenter.ui.status import Weight, counted, screen_words, section_of, span, status, timer_words

WIDE: Final = (160, 45)
MEDIUM: Final = (100, 30)
COMPACT: Final = (60, 16)
TINY: Final = (20, 5)
NUMBER_ONLY: Final = 8
"""Cells below which only the slide's number is shown."""
NOTES, TILES = 1, 2
"""`State.layout`: notes alone, and the overview; 0 is slides with notes."""
HINTS: Final = (
    ("next", "next"),
    ("back", "back"),
    ("digit", "go"),
    ("overview", "overview"),
    ("black", "blank"),
    ("help", "help"),
    ("search", "search"),
    ("freeze", "freeze"),
    ("timer", "timer"),
    ("layout", "layout"),
    ("notes-down", "notes"),
    ("notes-larger", "size"),
    ("return", "return"),
)


def speaker(easel: Easel, width: int, height: int) -> list[Line]:
    """Draw the speaker view; rows and cells that are missing are empty."""
    slide = easel.scene.here
    if slide is None:
        return [[Segment("this deck has no slides", easel.ink.muted)]]
    if width < TINY[0] or height < TINY[1]:
        return [_tiny(easel, slide, width)]
    layout = easel.scene.state.layout
    if width < COMPACT[0] or height < COMPACT[1]:
        return _small(easel, slide, width, height)
    compact = width < MEDIUM[0] or height < MEDIUM[1]
    head = _compact_head(easel, slide, width) if compact else _head(easel, slide, width)
    body_height = height - len(head) - 1
    if layout == TILES:
        body = tiles(easel, width, body_height, cursor=easel.scene.state.at.slide)
    elif layout == NOTES:
        body = _words(easel, slide, width, body_height)
    elif compact:
        body = _both(easel, slide, width, body_height)
    else:
        wide = width >= WIDE[0] and height >= WIDE[1]
        body = _side_by_side(easel, slide, width, body_height, after_next=wide)
    # The status comes last: painting the slides tells the remarks that it names.
    return [*head, *body[:body_height], *easel.empty(body_height - len(body)), _foot(easel, width)]


def _tiny(easel: Easel, slide: Slide, width: int) -> Line:
    scene = easel.scene
    if width < NUMBER_ONLY:
        return [Segment(slide.label, easel.ink.strong)]
    words = f" {span(scene.state.timer.elapsed(scene.now))}"
    return [Segment(counted(scene, slide), easel.ink.strong), Segment(words, easel.ink.base)]


def _small(easel: Easel, slide: Slide, width: int, height: int) -> list[Line]:
    """Draw the time and place, what comes next, and notes in the rows that are left."""
    scene, ink = easel.scene, easel.ink
    elapsed = span(scene.state.timer.elapsed(scene.now))
    left = [Segment(f" {elapsed} ", ink.bar_strong), Segment(timer_words(scene.state.timer), ink.bar_warn)]
    right = [Segment(f"{counted(scene, slide)} ", ink.bar_strong)]
    rows = [spread(left, right, width, easel), _next_line(easel, width)]
    words = status(easel)
    if words:
        rows.append(_words_bar(easel, words, width))
    return [*rows, *_notes(easel, slide, width, height - len(rows), title=None)]


def spread(left: Line, right: Line, width: int, easel: Easel) -> Line:
    """Set one thing at the left end of a bar and one at its right end; the left one is cut when both do not fit."""
    style = easel.ink.bar
    room = max(0, width - width_of(right) - (1 if right else 0))
    shown = shorten(left, room, style)
    gap = width - width_of(shown) - width_of(right)
    return fit([*shown, Segment(" " * max(0, gap), style), *right], width, style)


def _head(easel: Easel, slide: Slide, width: int) -> list[Line]:
    """Draw two rows: time left and right; place in the talk between them."""
    scene, ink = easel.scene, easel.ink
    timer = scene.state.timer
    planned = f" of {span(scene.deck.duration)}" if scene.deck.duration else ""
    left = [
        Segment(f"  {span(timer.elapsed(scene.now))}", ink.bar_strong),
        Segment(f" elapsed{planned}   ", ink.bar_muted),
        Segment(timer_words(timer), ink.bar_warn),
    ]
    first = spread(left, [Segment(f"{scene.clock}  ", ink.bar_strong)], width, easel)
    place = _place(easel, slide)
    section = section_of(scene, slide)
    second = spread([Segment(f"  {section}", ink.bar)], [*place, Segment("  ", ink.bar)], width, easel)
    return [first, second]


def _compact_head(easel: Easel, slide: Slide, width: int) -> list[Line]:
    scene, ink = easel.scene, easel.ink
    timer = scene.state.timer
    section = section_of(scene, slide)
    left = [
        Segment(f" {span(timer.elapsed(scene.now))} ", ink.bar_strong),
        Segment(f" {words} " if (words := timer_words(timer)) else "", ink.bar_warn),
        Segment(f"  {section}" if section else "", ink.bar_muted),
    ]
    right = [*_place(easel, slide), Segment(f"   {scene.clock} ", ink.bar_strong)]
    return [spread(left, right, width, easel)]


def _place(easel: Easel, slide: Slide) -> Line:
    ink, step = easel.ink, _step(easel, slide)
    steps = [Segment("   step ", ink.bar_muted), Segment(f"{step + 1}/{slide.steps}", ink.bar_strong)]
    where = [Segment("slide ", ink.bar_muted), Segment(counted(easel.scene, slide), ink.bar_strong)]
    return [*where, *(steps if slide.steps > 1 else [])]


def _step(easel: Easel, slide: Slide) -> int:
    """Return the step shown of the slide; of one that has left the deck, the step it was left at."""
    state = easel.scene.state
    return min(state.lost[1] if state.gone else state.at.step, slide.steps - 1)


def title_bar(easel: Easel, name: str, words: str, right: str, width: int) -> Line:
    """Draw the title of a pane: its name, what is in it, and a remark at the right end."""
    ink = easel.ink
    left = [Segment(f" {name} ", ink.bar_accent), Segment(f" {words}", ink.bar)]
    return spread(left, [Segment(f"{right} ", ink.bar_muted)] if right else [], width, easel)


def _side_by_side(easel: Easel, slide: Slide, width: int, height: int, *, after_next: bool) -> list[Line]:
    """Draw the current slide over the next one at the left, and the notes at the right."""
    left_width = width * 52 // 100
    top = height * 60 // 100
    left = _current(easel, slide, left_width, top)
    following = _following(easel)
    if after_next and following:
        second = forward(following, easel.scene.outline)
        half = (left_width - 1) // 2
        columns = [
            (_coming(easel, "NEXT", following, half, height - top), half),
            (_coming(easel, "THEN", second if second != following else None, left_width - half - 1, height - top),
             left_width - half - 1),
        ]  # fmt: skip
        left += beside(columns, [Segment(" ", easel.ink.base)], easel.ink.base, height - top)
    else:
        left += _coming(easel, "NEXT", following, left_width, height - top)
    notes_width = width - left_width - 1
    right = _notes(easel, slide, notes_width, height)
    return beside([(left, left_width), (right, notes_width)], [Segment("│", easel.ink.rule)], easel.ink.base, height)


def _both(easel: Easel, slide: Slide, width: int, height: int) -> list[Line]:
    """Draw the current slide and its notes in a compact window: side by side, or one over the other in a tall one."""
    if width >= 2 * height:
        half = (width - 1) // 2
        left = _current(easel, slide, half, height - 1)
        right = _notes(easel, slide, width - 1 - half, height - 1)
        columns = [(left, half), (right, width - 1 - half)]
        rows = beside(columns, [Segment("│", easel.ink.rule)], easel.ink.base, height - 1)
        return [*rows, _next_line(easel, width)]
    top = height * 55 // 100
    return [
        *_current(easel, slide, width, top),
        *_notes(easel, slide, width, height - top - 1),
        _next_line(easel, width),
    ]


def _words(easel: Easel, slide: Slide, width: int, height: int) -> list[Line]:
    """Draw the notes as large as they go, and one line for what comes next."""
    easel.remarks = easel.paint(slide, width, height, _step(easel, slide)).remarks
    notes = _notes(easel, slide, width, height - 1, title=slide.title)
    return [*notes, *easel.empty(height - 1 - len(notes)), _next_line(easel, width)]


def _current(easel: Easel, slide: Slide, width: int, height: int) -> list[Line]:
    frame = easel.paint(slide, width, height - 1, _step(easel, slide))
    easel.remarks = frame.remarks
    words = screen_words(easel.scene)
    name = f"{words} · here" if easel.scene.state.frozen is not None and words else words or "ON SCREEN"
    lost = f"+{frame.lost} more {'row' if frame.lost == 1 else 'rows'} on the audience screen" if frame.lost else ""
    bar = title_bar(easel, name, f"{slide.label}  {slide.title}", lost, width)
    return [bar, *frame.rows[: height - 1]]


def _following(easel: Easel) -> Position | None:
    """Return where the next press of the clicker leads; None at the end."""
    state = easel.scene.state
    following = state.at if state.gone else forward(state.at, easel.scene.outline)
    return following if state.gone or following != state.at else None


def _coming(easel: Easel, name: str, at: Position | None, width: int, height: int) -> list[Line]:
    slide = easel.scene.slide(at) if at is not None else None
    if slide is None or at is None:
        return [title_bar(easel, name, "the end", "", width), *easel.empty(height - 1)]
    frame = easel.paint(slide, width, height - 1, at.step, small=True)
    return [title_bar(easel, name, _coming_words(easel, at, slide), "", width), *frame.rows[: max(0, height - 1)]]


def _coming_words(easel: Easel, at: Position, slide: Slide) -> str:
    same = at.slide == easel.scene.state.at.slide and not easel.scene.state.gone
    if same:
        return f"step {at.step + 1}/{slide.steps}"
    return f"{slide.label}  {slide.title}"


def _next_line(easel: Easel, width: int) -> Line:
    at = _following(easel)
    slide = easel.scene.slide(at) if at is not None else None
    words = _coming_words(easel, at, slide) if at is not None and slide is not None else "the end"
    return title_bar(easel, "NEXT", words, "", width)


def _notes(easel: Easel, slide: Slide, width: int, height: int, title: str | None = "") -> list[Line]:
    """Draw the notes of the step that is shown, below a bar with a title unless that is None."""
    scene, ink = easel.scene, easel.ink
    margin = 2 if width >= COMPACT[0] // 2 else 1
    room = (width - 2 * margin, height - (0 if title is None else 2))
    look = Look(scene.state.notes_size, scene.state.notes_scroll, scene.theme)
    shown = excerpt(slide.note(_step(easel, slide)), room, look)
    easel.facts["notes"] = str(shown.most)
    lines: list[Line] = [[Segment(" " * margin, ink.base), *line] for line in shown.lines]
    if not shown.total:
        lines = [[Segment(" " * margin, ink.base), Segment("no notes for this slide", ink.muted)]]
    if title is None:
        return lines
    more = f"{shown.last}/{shown.total} " + ("▼" if shown.last < shown.total else "▲") if shown.most else ""
    size = f"size {scene.state.notes_size}"
    return [title_bar(easel, "NOTES", title, f"{more}  {size}".strip(), width), [], *lines]


def _foot(easel: Easel, width: int) -> Line:
    """Draw the last row: what needs attention, or else which keys there are."""
    words = status(easel)
    if words:
        return _words_bar(easel, words, width)
    ink, bindings = easel.ink, easel.scene.bindings
    line: Line = [Segment(" ", ink.bar)]
    for name, what in HINTS:
        key = "1-9" if name == "digit" else bindings.shortest(name)
        hint = [Segment(f" {key}", ink.bar_accent), Segment(f" {what} ", ink.bar_muted)]
        if key and width_of(line) + width_of(hint) <= width:
            line += hint
    return fit(line, width, ink.bar)


def _words_bar(easel: Easel, words: list[tuple[str, Weight]], width: int) -> Line:
    styles = {"plain": easel.ink.bar, "warn": easel.ink.bar_warn, "bad": easel.ink.bar_bad}
    line: Line = [Segment(" ", easel.ink.bar)]
    for number, (text, weight) in enumerate(words):
        line += [Segment("  ·  " if number else " ", easel.ink.bar_muted), Segment(text, styles[weight])]
    return fit(shorten(line, width, easel.ink.bar), width, easel.ink.bar)
