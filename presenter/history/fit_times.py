"""Times from rehearsals, made to leave something for the slides that have none of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from presenter.timing.plan import MIN_SHARE_SECONDS, Plan, PlannedSlide


def starving(before: Plan, after: Plan) -> tuple[PlannedSlide, ...]:
    """Return the slides for which nothing is left of a budget or of the duration, though something was."""
    return tuple(
        now
        for old, now in zip(before.slides, after.slides, strict=True)
        if now.source != "explicit" and now.seconds <= 0 < old.seconds
    )


def scaled(made: Plan, wanted: Mapping[str, int], step: int) -> dict[str, int]:
    """Shorten times, section by section and then those of no budget, until the others keep the time they have.

    Args:
        made: the present plan.
        wanted: seconds by slide id.
        step: seconds to which times are rounded, here down; no time becomes shorter than `LEAST`.
    """
    times = dict(wanted)
    loose = set(times)
    for part in made.parts:
        if part.budget is not None:
            slides = [slide for slide in made.slides[part.first : part.first + part.size] if not slide.is_break]
            _fit(slides, times, {slide.id for slide in slides} & loose, part.budget, step)
            loose -= {slide.id for slide in slides}
    if made.duration is not None:
        _fit(made.slides, times, loose, made.duration - made.reserve, step)
    return times


def _fit(slides: Sequence[PlannedSlide], times: dict[str, int], mine: Collection[str], budget: int, step: int) -> None:
    """Shorten the times of some slides, in place, to what the others leave of a budget."""
    room = max(0.0, budget - sum(times.get(slide.id, slide.seconds) for slide in slides if slide.id not in mine))
    total = sum(times[name] for name in mine)
    if total <= room:
        return
    for name in mine:
        times[name] = max(MIN_SHARE_SECONDS, int(times[name] * room / total) // step * step)
