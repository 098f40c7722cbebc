"""The whole window as rows of cells: which of its faces is shown, and the overlay over it.

A face is loaded when it is first shown: an audience window may never show anything but slides.
"""

from __future__ import annotations

from rich.segment import Segment

from presenter.render.block import Line
from presenter.render.text import fit_row
from presenter.ui.simulate import draw_frame
from presenter.ui.view_model import RenderContext
from presenter.ui.views.chrome import BLACK, WHITE
from presenter.ui.views.linux_console import console_safe
from presenter.ui.views.status import offer_words


def draw_window(easel: RenderContext, width: int, height: int) -> list[Line]:
    """Draw the window: exactly `height` rows of exactly `width` cells."""
    if easel.scene.venue is not None:
        return draw_frame(easel, easel.scene.venue, (width, height), _exact)
    return _exact(easel, width, height)


def _exact(easel: RenderContext, width: int, height: int) -> list[Line]:
    rows = _face(easel, width, height)
    style = easel.ink.base
    exact = [fit_row(row, width, style) for row in rows[:height]]
    if easel.scene.terminal.console:
        exact = [console_safe(row) for row in exact]
    return exact + [[Segment(" " * width, style)] for _ in range(height - len(exact))]


# ruff: noqa: PLC0415 - see above


def _face(easel: RenderContext, width: int, height: int) -> list[Line]:
    state = easel.scene.state
    match state.overlay:
        case "help":
            from presenter.ui.views.help import draw_help

            return draw_help(easel, width, height)
        case "overview":
            from presenter.ui.views.overview import draw_overview

            return draw_overview(easel, width, height)
        case "search":
            from presenter.ui.views.search import draw_search

            return draw_search(easel, width, height)
        case "goto":
            from presenter.ui.views.search import draw_goto

            return draw_goto(easel, _view(easel, width, height), width, height)
        case "report":
            from presenter.ui.views.report import draw_report

            return draw_report(easel, width, height)
        case "":
            return _view(easel, width, height)


def _view(easel: RenderContext, width: int, height: int) -> list[Line]:
    if easel.scene.state.view == "speaker":
        from presenter.ui.views.speaker import draw_speaker_view

        return draw_speaker_view(easel, width, height)
    return draw_audience(easel, width, height)


def draw_audience(easel: RenderContext, width: int, height: int) -> list[Line]:
    """Draw what the audience sees: the slide from edge to edge, or nothing."""
    scene = easel.scene
    state = scene.state
    if state.blank:
        return [[Segment(" " * width, BLACK if state.blank == "black" else WHITE)] for _ in range(height)]
    slide = scene.kept or scene.slide(state.shown)
    if slide is None:
        return []
    step = state.shown.step if state.frozen is not None or not state.gone else state.lost[1]
    frame = easel.paint(slide, width, height, step)
    easel.remarks = frame.remarks
    rows = list(frame.rows)
    if state.trouble and not state.timer.started and rows and not scene.others.corner:
        # Nobody is watching yet, and no other window tells the author.
        rows[-1] = [Segment(f" {state.trouble} ", easel.ink.bar_muted)]
    elif state.left_seen and rows:
        rows[-1] = [Segment(f" a talk broke off; {offer_words(scene)} ", easel.ink.bar_muted)]
    return rows
