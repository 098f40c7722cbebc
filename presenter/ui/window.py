"""The whole window as rows of cells: which of its faces is shown, and the overlay over it.

A face is loaded when it is first shown: an audience window may never show anything but slides.
"""

from __future__ import annotations

from rich.segment import Segment

from presenter.drawing import Line
from presenter.drawing.lines import fit
from presenter.ui.colours import BLACK, WHITE
from presenter.ui.console import safe
from presenter.ui.scene import Easel
from presenter.ui.status import offer_words
from presenter.ui.venue import framed


def window(easel: Easel, width: int, height: int) -> list[Line]:
    """Draw the window: exactly `height` rows of exactly `width` cells."""
    if easel.scene.venue is not None:
        return framed(easel, easel.scene.venue, (width, height), _exact)
    return _exact(easel, width, height)


def _exact(easel: Easel, width: int, height: int) -> list[Line]:
    rows = _face(easel, width, height)
    style = easel.ink.base
    exact = [fit(row, width, style) for row in rows[:height]]
    if easel.scene.terminal.console:
        exact = [safe(row) for row in exact]
    return exact + [[Segment(" " * width, style)] for _ in range(height - len(exact))]


# ruff: noqa: PLC0415 - see above


def _face(easel: Easel, width: int, height: int) -> list[Line]:
    state = easel.scene.state
    match state.overlay:
        case "help":
            from presenter.ui.guide import guide

            return guide(easel, width, height)
        case "overview":
            from presenter.ui.overview import overview

            return overview(easel, width, height)
        case "search":
            from presenter.ui.finder import search

            return search(easel, width, height)
        case "goto":
            from presenter.ui.finder import goto

            return goto(easel, _view(easel, width, height), width, height)
        case "report":
            from presenter.ui.report import report

            return report(easel, width, height)
        case "":
            return _view(easel, width, height)


def _view(easel: Easel, width: int, height: int) -> list[Line]:
    if easel.scene.state.view == "speaker":
        from presenter.ui.speaker import speaker

        return speaker(easel, width, height)
    return audience(easel, width, height)


def audience(easel: Easel, width: int, height: int) -> list[Line]:
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
