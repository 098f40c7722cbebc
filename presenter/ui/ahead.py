"""What is painted beside the window, so that it is at hand when a key asks for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from presenter import imaging, painting
from presenter.deck.model import Slide
from presenter.drawing import Line, Stage
from presenter.talk import Command, act
from presenter.ui.scene import Easel, Scene
from presenter.ui.surface import Surface
from presenter.ui.window import window


def prepare(surface: Surface, scene: Scene, command: Command, size: tuple[int, int]) -> None:
    """Paint what a command would show, with its pictures, so that it is at hand when the command is given."""
    state = act(command, scene.state, scene.outline, scene.now)
    surface.prepare(paint_window(replace(scene, state=state, kept=scene.kept if state.stale else None), size))


def paint_window(scene: Scene, size: tuple[int, int]) -> list[Line]:
    """Paint a window with all its pictures."""
    easel = Easel(scene)
    rows = window(easel, *size)
    for slide, stage in easel.pending:
        paint_patiently(slide, stage)
    return window(Easel(scene), *size) if easel.pending else rows


def pack(numbers: frozenset[int]) -> None:
    """Make what is sent for pictures in pixels, by their numbers."""
    for number in numbers:
        with suppress(imaging.PictureError):
            imaging.parcel(number, patient=True)


def paint_patiently(slide: Slide, stage: Stage) -> None:
    """Paint a slide with all its pictures, however long they take."""
    painting.paint(slide, replace(stage, patient=True))
