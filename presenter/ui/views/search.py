"""Search and go-to: the line being typed, and what it finds."""

from __future__ import annotations

from rich.segment import Segment

from presenter.render.block import Line
from presenter.render.text import crop, ellipsize, fit_row, row_width
from presenter.session.actions import find_slide
from presenter.session.argument import Argument
from presenter.session.search import Hit
from presenter.ui.view_model import RenderContext


def draw_search(easel: RenderContext, width: int, height: int) -> list[Line]:
    """Draw the search line and a row for each hit, the chosen one marked.

    The words around a hit in the notes are shown in the speaker view only: the other one is what the audience sees.
    """
    state = easel.scene.state
    hits = easel.scene.outline.index.find(state.typed)
    rows = max(1, height - 2)
    easel.measures["hits"] = Argument(limit=rows)
    count = (
        f"{min(state.cursor + 1, len(hits))}/{len(hits)}" if hits else "nothing found" if state.typed.strip() else ""
    )
    first = state.cursor // rows * rows
    listed = [
        _hit(easel, hit, width, chosen=number == state.cursor)
        for number, hit in enumerate(hits[first : first + rows], first)
    ]
    return [draw_input_line(easel, "Search", count, width), [], *listed]


def draw_input_line(easel: RenderContext, name: str, right: str, width: int) -> Line:
    """Draw a line being typed, its end always in sight."""
    ink = easel.ink
    left = [Segment(f" {name} ", ink.bar_accent)]
    end = [Segment(f" {right} ", ink.bar_muted)] if right else []
    room = width - row_width(left) - row_width(end) - 2
    typed = _tail(easel.scene.state.typed, room)
    body = [*left, Segment(f" {typed}", ink.bar_strong), Segment("▏", ink.bar_accent)]
    return crop([*fit_row(body, max(0, width - row_width(end)), ink.bar), *end], width)


def _tail(text: str, width: int) -> str:
    while text and row_width([Segment(text)]) > max(0, width):
        text = text[1:]
    return text


def _hit(easel: RenderContext, hit: Hit, width: int, *, chosen: bool) -> Line:
    scene, ink = easel.scene, easel.ink
    slide = scene.deck.slides[hit.slide]
    base, strong, muted, accent = ink.base, ink.strong, ink.muted, ink.accent
    if chosen:
        base = strong = muted = accent = ink.chosen
    before, match, after = scene.outline.index.context(hit)
    line: Line = [Segment(f"{'▶' if chosen else ' '}{slide.label:>4} ", accent)]
    if hit.where == "title":
        line += [Segment(f" {before}", strong), Segment(match, accent), Segment(after, strong)]
        return fit_row(ellipsize(line, width, base), width, base)
    line += ellipsize([Segment(f" {slide.title}", strong)], max(10, width * 2 // 5), base)
    if hit.where == "text" or scene.state.view == "speaker":
        where = "   notes: " if hit.where == "notes" else "   "
        line += [Segment(f"{where}{before}", muted), Segment(match, accent), Segment(after, muted)]
    else:
        line.append(Segment("   in the notes", muted))
    return fit_row(ellipsize(line, width, base), width, base)


def draw_goto(easel: RenderContext, rows: list[Line], width: int, height: int) -> list[Line]:
    """Draw the go-to line, and where it leads, over the last rows of what is shown."""
    state, ink = easel.scene.state, easel.ink
    found = find_slide(easel.scene.outline, state.typed) if state.typed.strip() else None
    if found is None:
        words = "no such slide" if state.typed.strip() else "a number, an id or words of a title"
        target = [Segment(f" {words}", ink.bar_muted)]
    else:
        slide = easel.scene.deck.slides[found]
        target = [Segment(f" {slide.label} ", ink.bar_accent), Segment(f" {slide.title}", ink.bar_strong)]
    bar = [draw_input_line(easel, "Go to", "", width), fit_row(ellipsize(target, width, ink.bar), width, ink.bar)]
    if state.word and found is None:
        bar[1] = fit_row([Segment(f" {state.word}", ink.bar_warn)], width, ink.bar)
    bar = bar[: max(1, height)]
    return [*rows[: height - len(bar)], *bar]
