"""What is painted beside the window, so that it is at hand when a key asks for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from presenter import images, painting
from presenter.deck.model import Slide
from presenter.render.block import Line
from presenter.render.stage import Stage
from presenter.session.commands import Command, act
from presenter.ui.surface import Surface
from presenter.ui.view_model import RenderContext, ViewModel
from presenter.ui.views.window import draw_window


def prerender_command(surface: Surface, scene: ViewModel, command: Command, size: tuple[int, int]) -> None:
    """Paint what a command would show, with its pictures, so that it is at hand when the command is given."""
    state = act(command, scene.state, scene.outline, scene.now)
    surface.prepare(render_window(replace(scene, state=state, kept=scene.kept if state.stale else None), size))


def render_window(scene: ViewModel, size: tuple[int, int]) -> list[Line]:
    """Paint a window with all its pictures."""
    easel = RenderContext(scene)
    rows = draw_window(easel, *size)
    for slide, stage in easel.pending:
        render_slide_fully(slide, stage)
    return draw_window(RenderContext(scene), *size) if easel.pending else rows


def pack_kitty_images(numbers: frozenset[int]) -> None:
    """Make what is sent for pictures in pixels, by their numbers."""
    for number in numbers:
        with suppress(images.PictureError):
            images.kitty_payload(number, patient=True)


def render_slide_fully(slide: Slide, stage: Stage) -> None:
    """Paint a slide with all its pictures, however long they take."""
    painting.paint(slide, replace(stage, patient=True))
