"""Colours by name: one theme value feeds the slides and the program's own screens.

The error of this room:

- `ThemeError`: no theme of that name, or a deck's own colours that are none.
"""

from presenter.themes.builtin import DEFAULT, THEMES
from presenter.themes.own import ThemeError, faults, find, instead, theme_from
from presenter.themes.sixteen import ansi16
from presenter.themes.theme import (
    CODE_COLOURS,
    COLOURS,
    CONTRAST,
    TEXT_COLOURS,
    Theme,
    contrast,
    low_contrast,
    luminance,
)

__all__ = [
    "CODE_COLOURS",
    "COLOURS",
    "CONTRAST",
    "DEFAULT",
    "TEXT_COLOURS",
    "THEMES",
    "Theme",
    "ThemeError",
    "ansi16",
    "contrast",
    "faults",
    "find",
    "instead",
    "low_contrast",
    "luminance",
    "theme_from",
]
