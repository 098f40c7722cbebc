"""The speaker view: exact rows of cells for a moment of the talk and a size, in four arrangements.

Wide from 160x45, medium from 100x30, compact from 60x16, small below, and one line below 20x5.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment

from presenter.deck.model import Slide
from presenter.images import ImageRow
from presenter.painting import paint
from presenter.render.block import Line
from presenter.render.text import beside, ellipsize, row_text, row_width
from presenter.session.argument import Argument
from presenter.session.bindings import Bindings
from presenter.session.navigation import after, next_position
from presenter.session.state import Position
from presenter.timing.durations import format_clock, format_elapsed, format_signed
from presenter.timing.pace_status import STATUS_COLORS
from presenter.ui.peer_link import Urgency
from presenter.ui.view_model import RenderContext
from presenter.ui.views.bars import join_parts, spread_bar, title_bar
from presenter.ui.views.chrome import Chrome
from presenter.ui.views.header import compact_head, medium_head, small_head, step_of, wide_head
from presenter.ui.views.notes import NotesLook, excerpt
from presenter.ui.views.overview import tiles
from presenter.ui.views.status import screen_words, slide_number_text, status_words
from presenter.ui.views.timetable import draw_offered_plan, draw_timetable

Arrangement: TypeAlias = Literal["compact", "medium", "wide"]

WIDE: Final = (160, 45)
MEDIUM: Final = (100, 30)
COMPACT: Final = (60, 16)
TINY: Final = (20, 5)
LOW: Final = 24
"""Rows below which a window has no row for words beside the one for keys."""
BAR_FROM: Final = 8
PLACE_FROM: Final = 11
"""Rows from which a small window has a time bar, and the place in the talk."""
REVEAL_ROWS: Final = 60
"""Rows of the slide in which the words of its next step are looked for."""
UNREAD_SHARE: Final = 0.6
"""The share of a slide's time after which notes that were not seen are pointed out."""
MIN_WORD_CELLS: Final = 20
"""Cells that every word of a row has at least, while a more urgent one is long."""
NUMBER_ONLY: Final = 8
"""Cells below which only the slide's number is shown."""
OTHER, TILES, LARGE = 1, 2, 3
"""`State.layout`: what 0 is not, which is notes alone in a small window, else slides with notes; the overview; and
large digits where 0 has none but has room for them."""
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
    ("question", "question"),
    ("reflow", "re-plan"),
    ("layout", "layout"),
    ("notes-down", "notes"),
    ("notes-larger", "size"),
    ("return", "return"),
)


def draw_speaker_view(easel: RenderContext, width: int, height: int) -> list[Line]:
    """Draw the speaker view; rows and cells that are missing are empty."""
    slide = easel.scene.here
    easel.window = easel.scene.others.size or (width, height)
    if slide is None:
        return [
            [Segment("this deck has no slides", easel.ink.muted)],
            *([[], _words_bar(easel, status_words(easel), width)] if easel.scene.state.trouble else []),
        ]
    if width < TINY[0] or height < TINY[1]:
        return [_tiny(easel, slide, width)]
    if width < COMPACT[0] or height < COMPACT[1]:
        return _small(easel, slide, width, height)
    kind = _kind(width, height)
    large = kind == "medium" and easel.scene.state.layout == LARGE
    head = {"compact": compact_head, "medium": wide_head if large else medium_head, "wide": wide_head}[kind](
        easel, slide, width
    )
    # A low window has one row at the foot, for words when there are any; the others have one for each.
    low = height < LOW
    below = 5 if kind == "wide" else 1 if low else 2
    rows = [*head, *_body(easel, slide, width, height - len(head) - below, kind)]
    if kind == "wide":
        rows += draw_timetable(easel, width)
    # The status comes last: painting the slides tells the remarks that it names.
    words = status_words(easel)
    if low:
        return [*rows, _words_bar(easel, words, width) if words else _keys(easel, width)]
    return [*rows, _words_bar(easel, words, width, bare=True) if words else [], _keys(easel, width)]


def _kind(width: int, height: int) -> Arrangement:
    if width < MEDIUM[0] or height < MEDIUM[1]:
        return "compact"
    return "wide" if width >= WIDE[0] and height >= WIDE[1] else "medium"


def _body(easel: RenderContext, slide: Slide, width: int, height: int, kind: Arrangement) -> list[Line]:
    """Draw what is between head and foot, in exactly so many rows."""
    layout = easel.scene.state.layout
    if easel.scene.state.offer is not None:
        body = draw_offered_plan(easel, easel.scene.state.offer, width, height)
    elif layout == TILES:
        body = tiles(easel, width, height, cursor=easel.scene.state.at.slide)
    elif _alone(width, easel.window[1]) != (layout == OTHER):
        body = _words(easel, slide, width, height)
    elif kind == "compact":
        body = _both(easel, slide, width, height)
    else:
        body = _side_by_side(easel, slide, width, height, after_next=kind == "wide")
    return [*body[:height], *easel.empty(height - len(body))]


def _alone(width: int, height: int) -> bool:
    """Whether notes have the window to themselves, unless the speaker wants it otherwise."""
    return width < MEDIUM[0] and height < MEDIUM[1]


def _tiny(easel: RenderContext, slide: Slide, width: int) -> Line:
    scene = easel.scene
    if width < NUMBER_ONLY:
        return [Segment(slide.label, easel.ink.strong)]
    now, gap = easel.gauges, Segment(" ", easel.ink.base)
    number: Line = [Segment(slide_number_text(scene, slide), easel.ink.strong)]
    ran: Line = [Segment(format_elapsed(now.elapsed), easel.ink.base)]
    late: Line = [Segment(format_signed(now.pace.gap), easel.ink.chips[STATUS_COLORS[now.band]])] if now.band else []
    whole = [*number, gap, *ran, *([gap, *late] if late else [])]
    return whole if row_width(whole) <= width or not late else join_parts([number, late], gap, width)


def _small(easel: RenderContext, slide: Slide, width: int, height: int) -> list[Line]:
    """Draw the pace, what comes next, and notes; with more rows the time bar, then the place in the talk."""
    head = small_head(easel, slide, width)
    rest = compact_head(easel, slide, width)[1 : 1 + (height >= BAR_FROM) + (height >= PLACE_FROM)]
    rows = [*head, *rest, _next_line(easel, width)]
    words = status_words(easel)
    if words or easel.scene.others.corner:
        rows.append(_words_bar(easel, words, width))
    return [*rows, *_notes(easel, slide, width, height - len(rows), title=None)]


def _side_by_side(easel: RenderContext, slide: Slide, width: int, height: int, *, after_next: bool) -> list[Line]:
    """Draw the current slide over the next one at the left, and the notes at the right."""
    left_width = width * 52 // 100
    top = -(-height * 7 // 10) if after_next else -(-height * 3 // 5)
    left = _current(easel, slide, left_width, top)
    following = _following(easel)
    if after_next and following:
        second = next_position(following, easel.scene.outline)
        half = (left_width - 1) // 2
        columns = [
            (_coming(easel, "NEXT", following, half, height - top), half),
            (_coming(easel, "THEN", second if second != following else None, left_width - half - 1, height - top),
             left_width - half - 1),
        ]  # fmt: skip
        left += beside(columns, [Segment(" ", easel.ink.base)], easel.ink.base, height - top)
    else:
        left += _coming(easel, "NEXT", following, left_width, height - top, alone=True)
    notes_width = width - left_width - 1
    right = _notes(easel, slide, notes_width, height)
    return beside([(left, left_width), (right, notes_width)], [Segment("│", easel.ink.rule)], easel.ink.base, height)


def _both(easel: RenderContext, slide: Slide, width: int, height: int) -> list[Line]:
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


def _words(easel: RenderContext, slide: Slide, width: int, height: int) -> list[Line]:
    """Draw the notes as large as they go, and one line for what comes next."""
    frame = easel.paint(slide, *easel.window, step_of(easel, slide))
    lost = (f"{frame.lost} row{'s' * (frame.lost != 1)} of the slide do not fit",) if frame.lost else ()
    easel.remarks = (*frame.remarks, *lost)
    notes = _notes(easel, slide, width, height - 1, title=_here(easel, slide))
    return [*notes, *easel.empty(height - 1 - len(notes)), _next_line(easel, width)]


def _here(easel: RenderContext, slide: Slide) -> str:
    """Name the speaker's slide; with its number, where the head has that of the audience's."""
    name = slide.title or slide.id
    return f"{slide.label}  {name}" if easel.scene.state.frozen is not None else name


def _current(easel: RenderContext, slide: Slide, width: int, height: int) -> list[Line]:
    frame = easel.paint(slide, width, height - 1, step_of(easel, slide))
    easel.remarks = frame.remarks
    words = screen_words(easel.scene)
    name = f"{words} · here" if easel.scene.state.frozen is not None and words else words or "ON SCREEN"
    bar = title_bar(easel, name, f"{slide.label}  {slide.title}", _lost_words(easel, slide, frame.lost), width)
    return [bar, *frame.rows[: height - 1]]


def _lost_words(easel: RenderContext, slide: Slide, lost: int) -> str:
    """Say how many rows of the slide have no room here, and whether the audience, in this window, sees them."""
    if not lost:
        return ""
    cut = paint(slide, easel.scene.stage(*easel.window, step_of(easel, slide))).lost
    rows = "row" if lost == 1 else "rows"
    if cut and easel.scene.others.size:
        return f"{cut} {'row' if cut == 1 else 'rows'} do not fit the audience window"
    return f"{lost} {rows} do not fit here" if cut else f"+{lost} more {rows} on the audience screen"


def _following(easel: RenderContext) -> Position | None:
    """Return where the next press of the clicker leads; None at the end."""
    state = easel.scene.state
    following = state.at if state.gone else next_position(state.at, easel.scene.outline)
    return following if state.gone or following != state.at else None


def _coming(  # noqa: PLR0913 - what it shows, and where
    easel: RenderContext, name: str, at: Position | None, width: int, height: int, *, alone: bool = False
) -> list[Line]:
    """Draw what comes next; `alone` when nothing else says what comes after that."""
    slide = easel.scene.slide(at) if at is not None else None
    if slide is None or at is None:
        return [title_bar(easel, name, "the end", "", width), *easel.empty(height - 1)]
    frame = easel.paint(slide, width, height - 1, at.step, small=True)
    bar = title_bar(easel, name, _coming_words(easel, at, slide), _then(easel, at) if alone else "", width)
    return [bar, *frame.rows[: max(0, height - 1)]]


def _then(easel: RenderContext, at: Position) -> str:
    """Say which slide follows the steps that are still to come of this one; empty where that is the next one."""
    scene = easel.scene
    if at.slide != scene.state.at.slide or scene.state.gone:
        return ""
    then = after(at.slide, scene.outline)
    slide = scene.slide(Position(then)) if then is not None else None
    return f"then {_named(easel, slide)}" if slide is not None else ""


def _coming_words(easel: RenderContext, at: Position, slide: Slide) -> str:
    same = at.slide == easel.scene.state.at.slide and not easel.scene.state.gone
    return f"step {at.step + 1}/{slide.steps}" if same else _named(easel, slide)


def _named(easel: RenderContext, slide: Slide) -> str:
    """Name a slide, with the time that is planned for it."""
    place = easel.gauges.plan.position.get(slide.id)
    planned = f"  ({format_clock(easel.gauges.plan.times[place])})" if place is not None else ""
    return f"{slide.label}  {slide.title}{planned}"


def _next_line(easel: RenderContext, width: int) -> Line:
    at, scene = _following(easel), easel.scene
    slide = scene.slide(at) if at is not None else None
    if at is None or slide is None:
        return title_bar(easel, "NEXT", "the end", "", width)
    words = _coming_words(easel, at, slide)
    if at.step and at.slide == scene.state.at.slide and (shown := _revealed(easel, slide, at.step, width)):
        words = f"{words}: “{shown}”"
    then = _then(easel, at)
    return title_bar(easel, "NEXT", words, then if cell_len(words) + cell_len(then) <= width - 12 else "", width)


def _revealed(easel: RenderContext, slide: Slide, step: int, width: int) -> str:
    """Return the first words that a step adds to its slide; empty when it shows none."""
    before, after = (easel.paint(slide, width, REVEAL_ROWS, shown, small=True).rows for shown in (step - 1, step))
    words = ((_letters(old), _letters(new)) for old, new in zip(before, after, strict=False))
    changed = (new for old, new in words if old != new)
    found = next((row for row in changed if any(map(str.isalpha, row))), "")
    return " ".join(found.split()).lstrip("•\u2013· ")


def _letters(row: Line) -> str:
    """Return the characters of a row without those that draw a picture."""
    return row_text([segment for segment in row if not isinstance(segment, ImageRow)])


def _notes(easel: RenderContext, slide: Slide, width: int, height: int, title: str | None = "") -> list[Line]:
    """Draw the notes of the step that is shown, below a bar with a title unless that is None."""
    scene, ink, bindings = easel.scene, easel.ink, easel.scene.bindings
    margin = 2 if width >= COMPACT[0] // 2 else 1
    room = (width - 2 * margin, height - (0 if title is None else 2))
    letters = scene.terminal.glyphs, scene.terminal.depth, scene.terminal.aspect
    look = NotesLook(scene.state.notes_size, scene.state.notes.at, scene.theme, *letters)
    shown = excerpt(slide.note(step_of(easel, slide)), room, look)
    easel.measures["notes"] = Argument(limit=shown.most)
    lines: list[Line] = [[Segment(" " * margin, ink.base), *line] for line in shown.lines]
    if not shown.total:
        none = "no notes for this slide" if width >= COMPACT[0] // 2 else "no notes"
        lines = [[Segment(" " * margin, ink.base), Segment(none, ink.muted)]]
    if title is None:
        return lines
    more = f"{shown.last}/{shown.total} " + ("▼" if shown.last < shown.total else "▲") if shown.most else ""
    late = easel.gauges.pace.slide_spent >= UNREAD_SHARE * easel.gauges.pace.slide_planned
    unread = late and scene.state.timer.started and scene.state.notes.furthest < shown.most
    if unread:
        more = f"{bindings.first('notes-down')} more below: {more}"
    before = easel.scene.last.get(slide.id) if title and width < MEDIUM[0] else None
    parts = (f"last time {format_clock(before)}" if before else "", more, f"size {scene.state.notes_size} ")
    words = "  ".join(filter(None, parts))
    right = [Segment(words, ink.bar_warn if unread else ink.bar_muted)]
    return [title_bar(easel, "NOTES", title, right, width), [], *lines]


def _keys(easel: RenderContext, width: int) -> Line:
    """Draw the last row: which keys there are."""
    return _hints(easel.scene.bindings, easel.ink, easel.scene.others.corner, width)


@lru_cache(maxsize=16)
def _hints(bindings: Bindings, ink: Chrome, said: str, width: int) -> Line:
    line: Line = [Segment(" ", ink.bar)]
    corner = _chip(said, ink)
    room = width - row_width(corner)
    for name, what in HINTS:
        key = "1-9" if name == "digit" else bindings.shortest(name)
        hint = [Segment(f" {key}", ink.bar_accent), Segment(f" {what} ", ink.bar_muted)]
        if key and row_width(line) + row_width(hint) <= room:
            line += hint
    return spread_bar(line, corner, width, ink.bar)


def _words_bar(easel: RenderContext, words: list[tuple[str, Urgency]], width: int, *, bare: bool = False) -> Line:
    styles = {"plain": easel.ink.bar, "warn": easel.ink.bar_warn, "bad": easel.ink.bar_bad}
    corner = [] if bare else _chip(easel.scene.others.corner, easel.ink)
    room = width - 2 - 5 * (len(words) - 1) - row_width(corner)
    line: Line = [Segment(" ", easel.ink.bar)]
    for number, (text, weight) in enumerate(words):
        # The most urgent comes first and is said to its end, as long as some words are left of each of the others.
        rest = sum(min(cell_len(later), MIN_WORD_CELLS) for later, _ in words[number + 1 :])
        fair = max(room // (len(words) - number), room - rest)
        said = ellipsize([Segment(text, styles[weight])], max(0, fair), styles[weight])
        room -= row_width(said)
        line += [Segment("  ·  " if number else " ", easel.ink.bar_muted), *said]
    return spread_bar(line, corner, width, easel.ink.bar)


def _chip(corner: str, ink: Chrome) -> Line:
    """Say that this is the speaker view, where it could be on the wrong screen: there are other windows."""
    return [Segment(f" {corner} ", ink.chosen)] if corner else []
