"""What a theme is, and how well two colours can be told apart."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

CONTRAST: Final = 4.5
"""The least contrast of text on what lies behind it: WCAG 2.2, success criterion 1.4.3 (level AA)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a deck, each one written `#rrggbb`, and the font of its large letters.

    Every colour but `background` and `panel` is a text colour: in the built-in themes it has a contrast of at least
    `CONTRAST` on `background` and on `panel`.
    """

    name: str
    dark: bool
    background: str
    """Behind everything."""
    text: str
    """What is read."""
    muted: str
    """Footers, captions, credits, line numbers."""
    title: str
    """Titles and quotations."""
    accent: str
    """Bullets, rules, big numbers."""
    second: str
    """A second accent: quotes, the other side of a comparison."""
    panel: str
    """Behind code, table heads and placeholder boxes."""
    link: str
    """Addresses."""
    good: str
    """On time, and what was added in code."""
    warn: str
    """A little late."""
    bad: str
    """Late, and what was taken out in code."""
    keyword: str
    """Keywords in code."""
    string: str
    """Texts in code."""
    number: str
    """Numbers in code."""
    comment: str
    """Comments in code."""
    function: str
    """Names of functions in code."""
    type: str
    """Names of types in code."""
    about: str = ""
    """One line for people choosing a theme."""
    font: Path | None = None
    """A font file for large letters; None for the program's own."""


COLOR_NAMES: Final[tuple[str, ...]] = tuple(
    f.name for f in fields(Theme) if f.name not in {"name", "dark", "about", "font"}
)
"""The names of a theme's colours, in the order of its fields."""
TEXT_COLORS: Final[tuple[str, ...]] = tuple(name for name in COLOR_NAMES if name not in {"background", "panel"})
"""Those that text is written in."""
CODE_COLORS: Final = ("keyword", "string", "number", "comment", "function", "type")
"""Those that only code is written in."""


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 for black to 1 for white.

    The formula is that of WCAG 2.2, "relative luminance", with the threshold 0.04045 of IEC 61966-2-1 (sRGB); the
    0.03928 printed in WCAG 2.0 and 2.1 gives the same for every 8-bit colour.
    """
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    """Return the light of one sRGB channel, both from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  see luminance


def contrast(a: str, b: str) -> float:
    """Return the contrast of two colours `#rrggbb`, 1 (the same) to 21 (black and white), in either order.

    The formula is that of WCAG 2.2, "contrast ratio": (lighter + 0.05) / (darker + 0.05), of relative luminances.
    """
    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def low_contrast(theme: Theme) -> list[tuple[str, str, float]]:
    """List the text colours of a theme that are hard to read, for `presenter check` and the tests.

    Returns:
        (text colour's name, "background" or "panel", their contrast), for each pair below `CONTRAST`. On `panel` only
        what is meant to stand there is looked at: `text`, `muted`, `title` and the code colours.
    """
    on_panel = ("text", "muted", "title", *CODE_COLORS)
    pairs = [(name, "background") for name in TEXT_COLORS] + [(name, "panel") for name in on_panel]
    found = ((name, behind, contrast(getattr(theme, name), getattr(theme, behind))) for name, behind in pairs)
    return [(name, behind, value) for name, behind, value in found if value < CONTRAST]
