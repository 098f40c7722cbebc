"""The head of the speaker view: the pace in a word and a colour, the times, and where the talk is."""

from __future__ import annotations

import datetime as dt
from typing import Final

from rich.segment import Segment
from rich.style import Style

from presenter.deck.model import Slide
from presenter.render.block import Line
from presenter.render.text import beside, ellipsize, fit_row, row_text, row_width
from presenter.timing.deadline import break_words, question_words
from presenter.timing.durations import format_clock, format_elapsed, format_left, format_signed
from presenter.timing.pace_status import STATUS_COLORS, status_words
from presenter.ui.view_model import RenderContext, ViewModel
from presenter.ui.views.bars import draw_gauge, draw_time_bar, join_parts, spread_bar
from presenter.ui.views.digits import DIGIT_ROWS, digits
from presenter.ui.views.status import section_of, slide_number_text, timer_words

MARGIN: Final = 24
"""Cells from which a small head keeps a margin."""
SIDE: Final = 15
"""Cells at the right of the large digits, for the end of the talk."""
GAP: Final = 2
"""Cells between large times."""
LARGE: Final = 34
"""Cells of a time of four digits."""
BIG: Final = 8
"""Rows of the largest head."""


def time_of_day(instant: float, *, seconds: bool = True) -> str:
    """Return the local time of an instant, in seconds since the epoch."""
    return dt.datetime.fromtimestamp(instant).astimezone().strftime("%H:%M:%S" if seconds else "%H:%M")


def step_of(easel: RenderContext, slide: Slide) -> int:
    """Return the step shown of the slide; of one that has left the deck, the step it was left at."""
    state = easel.scene.state
    return min(state.lost[1] if state.gone else state.at.step, slide.steps - 1)


def timed(easel: RenderContext, slide: Slide) -> Slide:
    """Return the slide whose time runs: while the screen is frozen that is the audience's, not the speaker's."""
    frozen = easel.scene.state.frozen
    return (easel.scene.slide(frozen) if frozen is not None else None) or slide


def halted(scene: ViewModel) -> bool:
    """Whether the timer has been paused: forgotten, that costs a talk more than anything else here."""
    return scene.state.timer.started and not scene.state.timer.running


def bar_style(easel: RenderContext) -> Style:
    """Return how the first row is drawn: as a bar, as a timekeeper's card, or inverse while there is an alert."""
    if _alert(easel.scene) or halted(easel.scene):
        return easel.ink.alert
    card = easel.gauges.card
    return easel.ink.cards[card.colour] if card.colour and card.lit else easel.ink.bar


def _alert(scene: ViewModel) -> str:
    """Return the alert of the last seconds; empty when the timer has been paused since, which is to be seen at once."""
    timer = scene.state.timer
    return "" if timer.started and not timer.running else scene.live.alerted(scene.now)


def pace_words(easel: RenderContext) -> tuple[str, Style]:
    """Return the pace in words and how they are drawn; an alert, a question or a waiting timer comes first."""
    scene, now, ink = easel.scene, easel.gauges, easel.ink
    if alert := _alert(scene):
        return alert, ink.alert
    if words := question_words(now.pace):
        return words, ink.chips["amber" if now.pace.reserve_left <= 0 else ""]
    if now.countdown is not None and now.countdown > 0:
        return f"starts in {format_left(now.countdown)}", ink.chips["green"]
    if not scene.state.timer.running:
        balance = f", {now.plan.balance}" if now.plan.balance and not scene.state.timer.started else ""
        stands = f", {status_words(now.band, now.pace)}" if now.band else ""
        loud = ink.chips["red"] if halted(scene) else ink.bar_warn
        return f"{timer_words(scene.state.timer)}{balance}{stands}", loud
    if now.band != "OVER" and (words := break_words(now.pace)):
        return words, ink.chips["amber" if now.pace.slide_left <= 0 else ""]
    words = status_words(now.band, now.pace)
    chip = ink.chips[STATUS_COLORS[now.band]]
    # A gap that shrinks is taken care of already: it is shown more quietly.
    quiet = scene.live.trail.growing is False and now.band in {"late", "early"}
    return words, Style(color=chip.bgcolor, bgcolor=ink.bar.bgcolor) if quiet else chip


def _chip(easel: RenderContext) -> Line:
    words, style = pace_words(easel)
    return [Segment(f" {words} ", style)] if words else []


def _times(easel: RenderContext, plain: Style, strong: Style) -> Line:
    now = easel.gauges
    total = (
        f" / {format_clock(now.plan.duration + easel.scene.state.account.extra)}"
        if now.plan.duration is not None
        else ""
    )
    # As wide as it can become, so that nothing moves when the tenth minute begins.
    return [Segment(format_elapsed(now.elapsed).rjust(len("99:59")), strong), Segment(total, plain)]


def _end(easel: RenderContext, *, seconds: bool = True) -> list[str]:
    """Return when the talk ends: by its plan, and by the clock."""
    now = easel.gauges
    words = [f"ends {time_of_day(now.ends, seconds=seconds)}"] if now.ends is not None and easel.scene.wall else []
    if easel.scene.stop is not None:
        words.append(f"stop {time_of_day(easel.scene.stop, seconds=False)}")
    return words


def _bars(easel: RenderContext) -> tuple[Style, Style, Style]:
    """Return the styles of the first row: plain, muted and strong; all alike on a card or an alert."""
    style, ink = bar_style(easel), easel.ink
    return (style, style, style) if style is not ink.bar else (ink.bar, ink.bar_muted, ink.bar_strong)


def compact_head(easel: RenderContext, slide: Slide, width: int, rows: int = 3) -> list[Line]:
    """Draw the pace, the time bar, and the place in the talk; the place and then the time bar go first."""
    base, muted, strong = _bars(easel)
    gap = Segment("   ", base)
    clock_now = [Segment(easel.scene.clock, muted)]
    now = easel.gauges
    rest = [Segment(f"{format_left(now.left):>5}", strong), Segment(" left", muted)] if now.left is not None else []
    ends = [[Segment(words, muted)] for words in _end(easel, seconds=False)]
    parts = [clock_now, _times(easel, muted, strong), rest, _chip(easel)]
    if not _fits(parts, 3, width - 1):
        parts = [clock_now, _times(easel, muted, strong), _chip(easel)]
    first = fit_row([Segment(" ", base), *join_parts([*parts, *ends], gap, width - 1)], width, base)
    return [first, draw_time_bar(easel, width), _place_row(easel, timed(easel, slide), width)][: max(1, rows)]


def small_head(easel: RenderContext, slide: Slide, width: int) -> list[Line]:
    """Draw slide number, elapsed time and pace of a small window: in one row where they fit, else in two."""
    base, muted, strong = _bars(easel)
    gap, margin = Segment("  ", base), Segment(" " * (width >= MARGIN), base)
    room = width - len(margin.text)
    number: Line = [Segment(slide_number_text(easel.scene, timed(easel, slide)), strong)]
    times, chip = _times(easel, muted, strong), _chip(easel)
    for ran in (times, [Segment(format_elapsed(easel.gauges.elapsed), strong)]):
        if _fits([number, ran, chip], 2, room):
            return [fit_row([margin, *join_parts([number, ran, chip], gap, room)], width, base)]
    ran = times if _fits([number, times], 2, room) else [Segment(format_elapsed(easel.gauges.elapsed), strong)]
    rows = [join_parts([number, ran], gap, room), ellipsize(chip, room, chip[0].style or base)]
    return [fit_row([margin, *row], width, base) for row in rows]


def _place_row(easel: RenderContext, slide: Slide, width: int) -> Line:
    """Say where the talk is; in a narrow row the last rehearsal's time goes, then the margin, then a part of a name."""
    ink = easel.ink
    where, mine, full = position_words(easel, slide), _slide_time(easel, slide), section_of(easel.scene, slide)
    for margin, times in ((1, mine), (1, mine[:-1]), (0, mine[:-1]), (1, mine[:-1])):
        section = _section(easel, slide, width - margin - row_width(where) - row_width(times) - 6)
        row = join_parts([where, section], Segment(" │ ", ink.bar_muted), width - margin)
        mine = times
        if full in row_text(section):
            break
    start = [Segment(" " * margin, ink.bar), *row]
    if row_width(start) + row_width(mine) + 4 <= width:
        mine = [*mine, Segment(" ", ink.bar)]
    if not mine or row_width(start) + row_width(mine) + 3 > width:
        return fit_row(start, width, ink.bar)
    # At the right end, where a longer name or another digit before it does not move it.
    return spread_bar([*start, Segment(" │", ink.bar_muted)], mine, width, ink.bar)


def _fits(parts: list[Line], gap: int, width: int) -> bool:
    return sum(sum(segment.cell_length for segment in part) + gap for part in parts if part) - gap <= width


def position_words(easel: RenderContext, slide: Slide) -> Line:
    """Say where the talk is: slide and step."""
    ink, frozen = easel.ink, easel.scene.state.frozen
    step = min(frozen.step, slide.steps - 1) if frozen is not None else step_of(easel, slide)
    steps = [Segment("  step ", ink.bar_muted), Segment(f"{step + 1}/{slide.steps}", ink.bar_strong)]
    kind = "slide " if slide.layout.counts else "break "
    where = [Segment(kind, ink.bar_muted), Segment(slide_number_text(easel.scene, slide), ink.bar_strong)]
    return [*where, *(steps if slide.steps > 1 else [])]


def _section(easel: RenderContext, slide: Slide, room: int) -> Line:
    """Name the section, with the time that is left of it; the name is cut where there is no room for both."""
    ink, now = easel.ink, easel.gauges
    title = section_of(easel.scene, slide)
    if not slide.main or now.pace.part < 0 or len(now.plan.parts) == 1:
        return ellipsize([Segment(title, ink.bar)], room, ink.bar) if title else []
    # Below nothing it goes on as the slide's does, which is the only one that still takes any.
    rest = now.pace.part_left or (0.0 if now.pace.on_break else min(0.0, now.pace.slide_left))
    times = [
        Segment(format_left(rest), ink.bar_bad if rest < 0 else ink.bar_strong),
        Segment(f" left of {format_clock(now.pace.part_planned)}", ink.bar_muted),
    ]
    name = ellipsize([Segment(_section_name(easel, title), ink.bar)], room - row_width(times) - 2, ink.bar)
    return [*name, Segment("  ", ink.bar), *times] if name else times


def _section_name(easel: RenderContext, title: str) -> str:
    """Name a section, with its number where there are several."""
    many = len(easel.gauges.plan.parts) > 1
    return f"§{easel.gauges.pace.part + 1} {title}" if many and title else title


def _this(slide: Slide) -> str:
    return "this slide " if slide.layout.counts else "this break "


def _slide_time(easel: RenderContext, slide: Slide) -> Line:
    ink, now, state = easel.ink, easel.gauges, easel.scene.state
    if now.pace.position < 0 or not slide.main:
        return []
    over = now.pace.slide_left < 0
    words = [
        Segment(_this(slide), ink.bar_muted),
        Segment(format_left(now.pace.slide_left), ink.bar_bad if over else ink.bar_strong),
    ]
    before = easel.scene.last.get(state.account.slide or slide.id)
    return [
        *words,
        Segment(" left", ink.bar_muted),
        Segment(f", last {format_clock(before)}" if before else "", ink.bar_muted),
    ]


def medium_head(easel: RenderContext, slide: Slide, width: int) -> list[Line]:
    """Draw three rows: times and pace, the time bar, section and slide."""
    base, muted, strong = _bars(easel)
    now = easel.gauges
    rest = (
        [Segment(f"{format_left(now.left):>5}", strong), Segment(_left_of(easel), muted)]
        if now.left is not None
        else []
    )
    ends = ", ".join(_end(easel))
    parts = [
        [Segment(f"{format_elapsed(now.elapsed):>5}", strong), Segment(" elapsed", muted)],
        rest,
        _chip(easel),
        [Segment(f"({ends})", muted)] if ends else [],
    ]
    clock_now = [Segment(f"{easel.scene.clock}  ", strong)]
    row = join_parts(parts, Segment("        ", base), width - 14)
    if not _fits(parts, 8, width - 14):
        row = join_parts(parts, Segment("   ", base), width - 14)
    return [
        spread_bar([Segment("  ", base), *row], clock_now, width, base),
        draw_time_bar(easel, width),
        _third(easel, timed(easel, slide), width),
    ]


def _left_of(easel: RenderContext) -> str:
    now = easel.gauges
    by_stop = now.until_stop is not None and now.left == now.until_stop
    if by_stop or now.plan.duration is None:
        return " left to the stop"
    return f" left of {format_clock(now.plan.duration + easel.scene.state.account.extra)}"


def _third(easel: RenderContext, slide: Slide, width: int) -> Line:
    """Draw section and slide with their times: spent of planned, and as bars where there is room."""
    ink = easel.ink
    where = [*position_words(easel, slide), Segment("  ", ink.bar)]
    room = width - row_width(where) - 4
    parts: list[Line] = [[Segment(section_of(easel.scene, slide), ink.bar)]]
    if slide.main and easel.gauges.pace.position >= 0:
        for bars in ((width // 5, 10), (20, 10), (10, 10), (0, 10), (0, 0)):
            mine = _slide_gauge(easel, slide, bars[1])
            parts = [_part_gauge(easel, slide, room - row_width(mine) - 4, bars[0]), mine]
            if row_width(parts[0]) + 4 + row_width(mine) <= room:
                break
        else:
            parts = [join_parts(parts, Segment("    ", ink.bar), room)]
    # What is said of the slide stands at the right end: a longer name of a section does not move it.
    right = [*(parts[1] if len(parts) > 1 else []), Segment("    ", ink.bar), *where]
    return spread_bar([Segment("  ", ink.bar), *parts[0]], right, width, ink.bar)


def _part_gauge(easel: RenderContext, slide: Slide, room: int, bar: int) -> Line:
    """Draw what was spent of the section's time; without a bar the section's name is cut to the room."""
    ink, stands, title = easel.ink, easel.gauges.pace, section_of(easel.scene, slide)
    if not title:
        return []
    times = f"{format_elapsed(stands.part_spent)} / {format_clock(stands.part_planned)}"
    late = stands.part_spent > stands.part_planned
    share = stands.part_spent / stands.part_planned if stands.part_planned else 1.0
    name = [Segment(_section_name(easel, title), ink.bar)]
    if not bar:
        name = ellipsize(name, max(0, room - len(times) - 2), ink.bar)
    row = [*name, Segment("  ", ink.bar), Segment(times, ink.bar_bad if late else ink.bar_strong)]
    return [*row, Segment("  ", ink.bar), *draw_gauge(share, bar, (ink.bar_accent, ink.bar_muted))] if bar else row


def _slide_gauge(easel: RenderContext, slide: Slide, bar: int) -> Line:
    """Draw what was spent of the slide's time, beside the last rehearsal's; a tick is the step that is due."""
    ink, stands = easel.ink, easel.gauges.pace
    before = easel.scene.last.get(easel.scene.state.account.slide or slide.id)
    tick = (stands.step + 0.5) / slide.steps if slide.steps > 1 else None
    share = stands.slide_spent / stands.slide_planned if stands.slide_planned else 1.0
    times = f"{format_elapsed(stands.slide_spent):>5} / {format_clock(stands.slide_planned):<5}"
    row = [
        Segment(_this(slide), ink.bar_muted),
        Segment(times, ink.bar_bad if stands.slide_left < 0 else ink.bar_strong),
        Segment(f"  last {format_clock(before)}" if before else "", ink.bar_muted),
    ]
    return (
        [*row, Segment("  ", ink.bar), *draw_gauge(share, bar, (ink.bar_accent, ink.bar_muted), tick)] if bar else row
    )


def _large(easel: RenderContext, loud: Style) -> tuple[str, Style]:
    """Return what stands in large digits below the pace: a question's time, overtime, a break's rest, or the gap."""
    stands = easel.gauges.pace
    if stands.question:
        return format_clock(stands.question), easel.ink.bar_strong
    if easel.gauges.band == "OVER":
        return f"+{format_elapsed(stands.overtime)}", loud
    if stands.on_break:
        return format_left(stands.slide_left), easel.ink.bar_strong if stands.slide_left > 0 else loud
    return format_signed(stands.gap), loud


def _large_columns(easel: RenderContext, width: int, loud: Style) -> tuple[list[tuple[str, list[Line]]], int]:
    """Return what stands in large digits, with its labels (empty for the pace), and how wide each of them is."""
    ink, now = easel.ink, easel.gauges
    paused, total = halted(easel.scene), now.plan.duration
    ran = timer_words(easel.scene.state.timer) if paused else "elapsed"
    label = ran if total is None else f"{ran} of {format_clock(total + easel.scene.state.account.extra)}"
    columns = [(label, digits(format_elapsed(now.elapsed), ink.bar_bad if paused else ink.bar_strong))]
    if now.left is not None:
        columns.append(
            (_left_of(easel).strip(), digits(format_left(now.left), ink.bar_bad if now.left < 0 else ink.bar_strong))
        )
    if total is not None and easel.scene.state.timer.started:
        columns.append(("", digits(*_large(easel, loud))))
    # As for 12:34 at least, so that nothing moves when the tenth minute begins.
    *wide, last = (GAP + max(LARGE, row_width(rows[0])) for _, rows in columns)
    if wide and max(wide) * len(wide) + last > width - SIDE:
        # What has run is told by what is left, and in small.
        del columns[0], wide[0]
        columns[0] = (f"{format_elapsed(now.elapsed):>5} {ran}, {columns[0][0]}", columns[0][1])
    return columns, max([*wide, (width - 30) // max(3, len(columns))])


def wide_head(easel: RenderContext, slide: Slide, width: int) -> list[Line]:
    """Draw eight rows: labels, big digits, the time bar, section and slide."""
    base, muted, _ = _bars(easel)
    ink = easel.ink
    words, chip = pace_words(easel)
    loud = Style(
        color=chip.bgcolor if chip.bgcolor != ink.bar.bgcolor else chip.color, bgcolor=ink.bar.bgcolor, bold=True
    )
    columns, each = _large_columns(easel, width, loud)
    labels: Line = [Segment("  ", base)]
    for number, (label, _) in enumerate(columns):
        text = [Segment(f" {words} ", chip)] if not label else [Segment(label, muted)]
        labels = fit_row([*labels, *text], 2 + each * (number + 1), base)
    if all(label for label, _ in columns):
        labels = [*labels, Segment(f" {words} ", chip)] if words else labels
    big = beside([(rows, each) for _, rows in columns], [], ink.bar, DIGIT_ROWS)
    sides = [easel.scene.clock, *_end(easel)]
    rows = [spread_bar(labels, [Segment(f"{sides[0]}  ", base)], width, base)]
    for number, row in enumerate(big):
        side = sides[number + 1] if number + 1 < len(sides) else ""
        rows.append(spread_bar([Segment("  ", ink.bar), *row], [Segment(f"{side}  ", ink.bar)], width, ink.bar))
    return [*rows, draw_time_bar(easel, width), _third(easel, timed(easel, slide), width)]
