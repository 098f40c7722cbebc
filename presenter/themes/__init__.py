"""Colours by name: one theme value feeds the slides and the program's own screens.

The error of this room:

- `ThemeError`: no theme of that name, or a deck's own colours that are none.
"""

from presenter.themes.ansi16 import ansi16
from presenter.themes.builtin import DEFAULT, THEMES
from presenter.themes.custom import ThemeError, find_theme, theme_errors, theme_from, with_colors_of
from presenter.themes.theme import (
    CODE_COLORS,
    COLOR_NAMES,
    CONTRAST,
    TEXT_COLORS,
    Theme,
    contrast,
    low_contrast,
    luminance,
)

__all__ = [
    "CODE_COLORS",
    "COLOR_NAMES",
    "CONTRAST",
    "DEFAULT",
    "TEXT_COLORS",
    "THEMES",
    "Theme",
    "ThemeError",
    "ansi16",
    "contrast",
    "find_theme",
    "low_contrast",
    "luminance",
    "theme_errors",
    "theme_from",
    "with_colors_of",
]
