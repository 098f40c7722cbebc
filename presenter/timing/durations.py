"""Times as people read them on stage."""

from __future__ import annotations

import math
from typing import Final

MINUS: Final = "-"
"""Of overtime and of being early. Every font has it."""


def format_clock(seconds: float) -> str:
    """Write a time to the nearest second: `0:05`, `12:34`, `1:02:03`, `-0:05`."""
    whole = math.floor(abs(seconds) + 0.5)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    sign = MINUS if seconds < 0 and whole else ""
    return f"{sign}{hours}:{minutes:02}:{second:02}" if hours else f"{sign}{minutes}:{second:02}"


def format_elapsed(seconds: float) -> str:
    """Write time that has passed: a second counts when it is over."""
    return format_clock(math.floor(max(0.0, seconds)))


def format_left(seconds: float) -> str:
    """Write time that is left, so that passed and left always add up; overtime is `-0:05`."""
    return format_clock(math.ceil(seconds))


def format_signed(seconds: float) -> str:
    """Write a difference: `+0:45`, `-1:10`, `0:00`."""
    text = format_clock(seconds)
    return f"+{text}" if seconds > 0 and text != "0:00" else text


def format_exact(seconds: float) -> str:
    """Write a time as a deck says it: `45s`, `1m30s`, `2m`, `1h`, `0s`."""
    hours, rest = divmod(round(seconds), 3600)
    minutes, second = divmod(rest, 60)
    parts = [f"{amount}{unit}" for amount, unit in ((hours, "h"), (minutes, "m"), (second, "s")) if amount]
    return "".join(parts) or "0s"
