"""The head of the speaker view: the pace in a word and a colour, the times, and where the talk is."""

from __future__ import annotations

import datetime as dt
from typing import Final

from rich.segment import Segment
from rich.style import Style

from presenter.deck.model import Slide
from presenter.drawing import Line
from presenter.drawing.lines import beside, fit, shorten, text_of, width_of
from presenter.pacing import COLOURS, band_words, question_words
from presenter.pacing.spoken import clock, elapsed, left, signed
from presenter.ui.bars import gauge, joined, spread, time_bar
from presenter.ui.digits import ROWS, digits
from presenter.ui.scene import Easel, Scene
from presenter.ui.status import counted, section_of, timer_words

BIG: Final = 8
"""Rows of the largest head."""


def time_of_day(instant: float, *, seconds: bool = True) -> str:
    """Return the local time of an instant, in seconds since the epoch."""
    return dt.datetime.fromtimestamp(instant).astimezone().strftime("%H:%M:%S" if seconds else "%H:%M")


def step_of(easel: Easel, slide: Slide) -> int:
    """Return the step shown of the slide; of one that has left the deck, the step it was left at."""
    state = easel.scene.state
    return min(state.lost[1] if state.gone else state.at.step, slide.steps - 1)


def bar_style(easel: Easel) -> Style:
    """Return how the first row is drawn: as a bar, as a timekeeper's card, or inverse while there is an alert."""
    if _alert(easel.scene):
        return easel.ink.alert
    card = easel.gauges.card
    return easel.ink.cards[card.colour] if card.colour and card.lit else easel.ink.bar


def _alert(scene: Scene) -> str:
    """Return the alert of the last seconds; empty when the timer has been paused since, which is to be seen at once."""
    timer = scene.state.timer
    return "" if timer.started and not timer.running else scene.live.alerted(scene.now)


def pace_words(easel: Easel) -> tuple[str, Style]:
    """Return the pace in words and how they are drawn; an alert, a question or a waiting timer comes first."""
    scene, now, ink = easel.scene, easel.gauges, easel.ink
    if alert := _alert(scene):
        return alert, ink.alert
    if words := question_words(now.pace):
        return words, ink.chips["amber" if now.pace.reserve_left <= 0 else "blue"]
    if now.countdown is not None and now.countdown > 0:
        return f"starts in {left(now.countdown)}", ink.chips["green"]
    if not scene.state.timer.running:
        balance = f", {now.plan.balance}" if now.plan.balance and not scene.state.timer.started else ""
        stands = f", {band_words(now.band, now.pace)}" if now.band else ""
        return f"{timer_words(scene.state.timer)}{balance}{stands}", ink.bar_warn
    words = band_words(now.band, now.pace)
    chip = ink.chips[COLOURS[now.band]]
    # A gap that shrinks is taken care of already: it is shown more quietly.
    quiet = scene.live.trail.growing is False and now.band in {"late", "early"}
    return words, Style(color=chip.bgcolor, bgcolor=ink.bar.bgcolor) if quiet else chip


def _chip(easel: Easel) -> Line:
    words, style = pace_words(easel)
    return [Segment(f" {words} ", style)] if words else []


def _times(easel: Easel, plain: Style, strong: Style) -> Line:
    now = easel.gauges
    total = f" / {clock(now.plan.duration + easel.scene.state.account.extra)}" if now.plan.duration is not None else ""
    return [Segment(elapsed(now.elapsed), strong), Segment(total, plain)]


def _end(easel: Easel) -> list[str]:
    """Return when the talk ends: by its plan, and by the clock."""
    now = easel.gauges
    words = [f"ends {time_of_day(now.ends)}"] if now.ends is not None and easel.scene.wall else []
    if easel.scene.stop is not None:
        words.append(f"stop {time_of_day(easel.scene.stop, seconds=False)}")
    return words


def _bars(easel: Easel) -> tuple[Style, Style, Style]:
    """Return the styles of the first row: plain, muted and strong; all alike on a card or an alert."""
    style, ink = bar_style(easel), easel.ink
    return (style, style, style) if style is not ink.bar else (ink.bar, ink.bar_muted, ink.bar_strong)


def compact_head(easel: Easel, slide: Slide, width: int, rows: int = 3) -> list[Line]:
    """Draw the pace, the time bar, and the place in the talk; the place and then the time bar go first."""
    base, muted, strong = _bars(easel)
    gap = Segment("   ", base)
    clock_now = [Segment(easel.scene.clock, muted)]
    ends = [[Segment(words, muted)] for words in _end(easel)]
    alone = [_chip(easel), _times(easel, muted, strong)] if width < 60 else [  # noqa: PLR2004 - compact's least
        clock_now, _times(easel, muted, strong), _chip(easel), *ends
    ]  # fmt: skip
    first = fit([Segment(" ", base), *joined(alone, gap, width - 1)], width, base)
    return [first, time_bar(easel, width), _place_row(easel, slide, width)][: max(1, rows)]


def _place_row(easel: Easel, slide: Slide, width: int) -> Line:
    """Say where the talk is; in a narrow row the last rehearsal's time goes, then the margin, then a part of a name."""
    ink = easel.ink
    where, mine, full = place(easel, slide), _slide_time(easel), section_of(easel.scene, slide)
    for margin, times in ((1, mine), (1, mine[:-1]), (0, mine[:-1]), (1, mine[:-1])):
        section = _section(easel, slide, width - margin - width_of(where) - width_of(times) - 6)
        row = joined([where, section, times], Segment(" │ ", ink.bar_muted), width - margin)
        if full in text_of(section):
            break
    return fit([Segment(" " * margin, ink.bar), *row], width, ink.bar)


def _fits(parts: list[Line], gap: int, width: int) -> bool:
    return sum(sum(segment.cell_length for segment in part) + gap for part in parts if part) - gap <= width


def place(easel: Easel, slide: Slide) -> Line:
    """Say where the talk is: slide and step."""
    ink, step = easel.ink, step_of(easel, slide)
    steps = [Segment("  step ", ink.bar_muted), Segment(f"{step + 1}/{slide.steps}", ink.bar_strong)]
    where = [Segment("slide ", ink.bar_muted), Segment(counted(easel.scene, slide), ink.bar_strong)]
    return [*where, *(steps if slide.steps > 1 else [])]


def _section(easel: Easel, slide: Slide, room: int) -> Line:
    """Name the section, with the time that is left of it; the name is cut where there is no room for both."""
    ink, now = easel.ink, easel.gauges
    title = section_of(easel.scene, slide)
    if not slide.main or now.pace.part < 0 or len(now.plan.parts) == 1:
        return shorten([Segment(title, ink.bar)], room, ink.bar) if title else []
    times = [
        Segment(left(now.pace.part_left), ink.bar_strong),
        Segment(f" left of {clock(now.pace.part_planned)}", ink.bar_muted),
    ]
    name = shorten([Segment(_section_name(easel, title), ink.bar)], room - width_of(times) - 2, ink.bar)
    return [*name, Segment("  ", ink.bar), *times] if name else times


def _section_name(easel: Easel, title: str) -> str:
    """Name a section, with its number where there are several."""
    many = len(easel.gauges.plan.parts) > 1
    return f"§{easel.gauges.pace.part + 1} {title}" if many and title else title


def _slide_time(easel: Easel) -> Line:
    ink, now, state = easel.ink, easel.gauges, easel.scene.state
    if now.pace.position < 0 or easel.scene.here is None or not easel.scene.here.main:
        return []
    over = now.pace.slide_left < 0
    words = [
        Segment("this slide ", ink.bar_muted),
        Segment(left(now.pace.slide_left), ink.bar_bad if over else ink.bar_strong),
    ]
    before = easel.scene.last.get(state.account.slide or easel.scene.here.id)
    return [
        *words,
        Segment(" left", ink.bar_muted),
        Segment(f", last {clock(before)}" if before else "", ink.bar_muted),
    ]


def medium_head(easel: Easel, slide: Slide, width: int) -> list[Line]:
    """Draw three rows: times and pace, the time bar, section and slide."""
    base, muted, strong = _bars(easel)
    now = easel.gauges
    rest = [Segment(left(now.left), strong), Segment(_left_of(easel), muted)] if now.left is not None else []
    ends = ", ".join(_end(easel))
    parts = [
        [Segment(elapsed(now.elapsed), strong), Segment(" elapsed", muted)],
        rest,
        _chip(easel),
        [Segment(f"({ends})", muted)] if ends else [],
    ]
    clock_now = [Segment(f"{easel.scene.clock}  ", strong)]
    row = joined(parts, Segment("        ", base), width - 14)
    if not _fits(parts, 8, width - 14):
        row = joined(parts, Segment("   ", base), width - 14)
    return [
        spread([Segment("  ", base), *row], clock_now, width, base),
        time_bar(easel, width),
        _third(easel, slide, width),
    ]


def _left_of(easel: Easel) -> str:
    now = easel.gauges
    by_stop = now.until_stop is not None and now.left == now.until_stop
    if by_stop or now.plan.duration is None:
        return " left to the stop"
    return f" left of {clock(now.plan.duration + easel.scene.state.account.extra)}"


def _third(easel: Easel, slide: Slide, width: int) -> Line:
    """Draw section and slide with their times: spent of planned, and as bars where there is room."""
    ink = easel.ink
    where = [*place(easel, slide), Segment("  ", ink.bar)]
    room = width - width_of(where) - 4
    parts: list[Line] = [[Segment(section_of(easel.scene, slide), ink.bar)]]
    if slide.main and easel.gauges.pace.position >= 0:
        for bars in ((width // 5, 10), (20, 10), (10, 10), (0, 10), (0, 0)):
            mine = _slide_gauge(easel, slide, bars[1])
            parts = [_part_gauge(easel, slide, room - width_of(mine) - 4, bars[0]), mine]
            if width_of(parts[0]) + 4 + width_of(mine) <= room:
                break
    row = joined(parts, Segment("    ", ink.bar), room)
    return spread([Segment("  ", ink.bar), *row], where, width, ink.bar)


def _part_gauge(easel: Easel, slide: Slide, room: int, bar: int) -> Line:
    """Draw what was spent of the section's time; without a bar the section's name is cut to the room."""
    ink, stands, title = easel.ink, easel.gauges.pace, section_of(easel.scene, slide)
    if not title:
        return []
    times = f"{elapsed(stands.part_spent)} / {clock(stands.part_planned)}"
    late = stands.part_spent > stands.part_planned
    share = stands.part_spent / stands.part_planned if stands.part_planned else 1.0
    name = [Segment(_section_name(easel, title), ink.bar)]
    if not bar:
        name = shorten(name, max(0, room - len(times) - 2), ink.bar)
    row = [*name, Segment("  ", ink.bar), Segment(times, ink.bar_bad if late else ink.bar_strong)]
    return [*row, Segment("  ", ink.bar), *gauge(share, bar, (ink.bar_accent, ink.bar_muted))] if bar else row


def _slide_gauge(easel: Easel, slide: Slide, bar: int) -> Line:
    """Draw what was spent of the slide's time, beside the last rehearsal's; a tick is the step that is due."""
    ink, stands = easel.ink, easel.gauges.pace
    before = easel.scene.last.get(easel.scene.state.account.slide or slide.id)
    tick = (stands.step + 0.5) / slide.steps if slide.steps > 1 else None
    share = stands.slide_spent / stands.slide_planned if stands.slide_planned else 1.0
    times = f"{elapsed(stands.slide_spent)} / {clock(stands.slide_planned)}"
    row = [
        Segment("this slide ", ink.bar_muted),
        Segment(times, ink.bar_bad if stands.slide_left < 0 else ink.bar_strong),
        Segment(f"  last {clock(before)}" if before else "", ink.bar_muted),
    ]
    return [*row, Segment("  ", ink.bar), *gauge(share, bar, (ink.bar_accent, ink.bar_muted), tick)] if bar else row


def wide_head(easel: Easel, slide: Slide, width: int) -> list[Line]:
    """Draw eight rows: labels, big digits, the time bar, section and slide."""
    base, muted, _ = _bars(easel)
    ink, now = easel.ink, easel.gauges
    words, chip = pace_words(easel)
    loud = Style(
        color=chip.bgcolor if chip.bgcolor != ink.bar.bgcolor else chip.color, bgcolor=ink.bar.bgcolor, bold=True
    )
    total = now.plan.duration
    columns = [(f"elapsed{f' of {clock(total + easel.scene.state.account.extra)}' if total is not None else ''}",
                digits(elapsed(now.elapsed), ink.bar_strong))]  # fmt: skip
    if now.left is not None:
        columns.append(
            (_left_of(easel).strip(), digits(left(now.left), ink.bar_bad if now.left < 0 else ink.bar_strong))
        )
    if now.plan.duration is not None and easel.scene.state.timer.started:
        columns.append(("", digits(signed(now.pace.deviation), loud)))
    each = max(1, (width - 30) // max(3, len(columns)))
    labels: Line = [Segment("  ", base)]
    for number, (label, _) in enumerate(columns):
        text = [Segment(f" {words} ", chip)] if not label else [Segment(label, muted)]
        labels = fit([*labels, *text], 2 + each * (number + 1), base)
    if all(label for label, _ in columns):
        labels = [*labels, Segment(f" {words} ", chip)] if words else labels
    big = beside([(rows, each) for _, rows in columns], [], ink.bar, ROWS)
    sides = [easel.scene.clock, *_end(easel)]
    rows = [spread(labels, [Segment(f"{sides[0]}  ", base)], width, base)]
    for number, row in enumerate(big):
        side = sides[number + 1] if number + 1 < len(sides) else ""
        rows.append(spread([Segment("  ", ink.bar), *row], [Segment(f"{side}  ", ink.bar)], width, ink.bar))
    return [*rows, time_bar(easel, width), _third(easel, slide, width)]
