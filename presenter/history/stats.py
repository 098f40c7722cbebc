"""Numbers over a few runs that one bad run cannot spoil."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

NORMAL: Final = 1.4826
"""Makes a median absolute deviation comparable to a standard deviation."""


def median(values: Sequence[float]) -> float:
    """Return the median of one or more values."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(values: Sequence[float]) -> float:
    """Return the mean of one or more values."""
    return sum(values) / len(values)


def deviation(values: Sequence[float]) -> float:
    """Return the sample standard deviation (n - 1); 0 for a single value."""
    if len(values) < 2:  # noqa: PLR2004 - one value does not vary
        return 0.0
    middle = mean(values)
    return sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


def scaled_mad(values: Sequence[float]) -> float:
    """Return the median absolute deviation times 1.4826, so that it compares to a standard deviation."""
    middle = median(values)
    return NORMAL * median([abs(value - middle) for value in values])


def theil_sen_slope(values: Sequence[float | None]) -> float:
    """Return the Theil-Sen slope: the median of the slopes between all pairs of runs, in seconds a run.

    Args:
        values: one a run, in order; None where there is none.
    """
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    slopes: list[float] = []
    for number, (place, value) in enumerate(known, 1):
        slopes.extend([(later - value) / (x - place) for x, later in known[number:]])
    return median(slopes) if slopes else 0.0


def rounded(seconds: float, step: int) -> int:
    """Round to a whole number of steps, halves up, and at least one step: 0 would mean a slide without time."""
    return max(step, int(seconds / step + 0.5) * step)
