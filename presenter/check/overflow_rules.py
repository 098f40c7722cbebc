"""Rules about room: every slide is painted at every size, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from presenter.check.context import CheckContext, Finding, RenderSample
from presenter.deck.model import Slide
from presenter.painting import paint
from presenter.render.code import TOO_WIDE_REMARK
from presenter.render.highlight import PLAIN
from presenter.render.stage import Stage

_STEPS = 48
"""Steps of a slide that are painted at most."""
_SHOWN = 48
"""Characters of the first lost row that a message repeats."""


def sample_slide(slide: Slide, stages: Sequence[Stage]) -> tuple[RenderSample, ...]:
    """Paint every step of a slide on stages; return what it showed on each."""
    return tuple(_shot(slide, stage) for stage in stages)


def looked_at(steps: int) -> list[int]:
    """Return the steps, from 0, that are painted: all of them, or of very many some, the first and the last among them.

    Every step paints all of a slide, so that all steps of a long list would take time that grows with its square.
    """
    if steps <= _STEPS:
        return list(range(steps))
    return sorted({round(number * (steps - 1) / (_STEPS - 1)) for number in range(_STEPS)})


def _shot(slide: Slide, stage: Stage) -> RenderSample:
    steps = looked_at(slide.steps)
    frames = [paint(slide, replace(stage, step=step)) for step in steps]
    lost = max(frame.lost for frame in frames)
    worst = next(step for step, frame in zip(steps, frames, strict=True) if frame.lost == lost)
    always = all(frame.lost == lost for frame in frames)
    remarks = dict.fromkeys(remark for frame in frames for remark in frame.remarks)
    step = 0 if always else worst + 1
    # At the step where it is worst the lost rows may still be waiting to be revealed.
    cut = next((frame.cut for frame in frames if frame.lost == lost and frame.cut), "")
    return RenderSample(stage.width, stage.height, lost, step, cut, tuple(remarks))


def overflow(case: CheckContext) -> Iterator[Finding]:
    """Find slides with rows that have no room, and name the first of these rows."""
    for slide in case.slides:
        for shot in dict.fromkeys(case.shots.get(slide.id, ())):
            if shot.lost:
                rows = "1 row does" if shot.lost == 1 else f"{shot.lost} rows do"
                where = f" at step {shot.step} of {slide.steps}" if shot.step else ""
                cut = shot.cut if len(shot.cut) <= _SHOWN else f"{shot.cut[:_SHOWN].rstrip()}…"
                first = f', from "{cut}" on' if cut else ""
                yield Finding(case.spot(slide), f"{rows} not fit{where} at {shot.width}x{shot.height}{first}")


def wide_code(case: CheckContext) -> Iterator[Finding]:
    """Find code with lines that are wider than the slide."""
    for slide in case.slides:
        for shot in case.shots.get(slide.id, ()):
            for remark in shot.remarks:
                if remark.startswith(TOO_WIDE_REMARK):
                    yield Finding(case.spot(slide), f"{remark} at {shot.width}x{shot.height}")


def plain_code(case: CheckContext) -> Iterator[Finding]:
    """Find code that stays without colours."""
    for slide in case.slides:
        remarks = dict.fromkeys(remark for shot in case.shots.get(slide.id, ()) for remark in shot.remarks)
        for remark in remarks:
            if remark.startswith(PLAIN):
                yield Finding(case.spot(slide), remark)


def render_failures(case: CheckContext) -> Iterator[Finding]:
    """Find what painting noticed that no other rule tells: a slide that cannot be drawn."""
    for slide in case.slides:
        remarks = dict.fromkeys(remark for shot in case.shots.get(slide.id, ()) for remark in shot.remarks)
        for remark in remarks:
            if not remark.startswith((TOO_WIDE_REMARK, PLAIN, "picture ")):
                yield Finding(case.spot(slide), remark)
