"""Themes for terminals with sixteen colours."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from presenter.themes.theme import COLOR_NAMES, Theme

PALETTE: Final = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""The sixteen colours by number, as Rich takes them when it looks for the nearest; a test holds them to Rich's."""

# People set these sixteen to other colours, so the choice leans on what nearly every palette keeps: 0 and 15 are the
# ends, bright colours stand out from black, and on white only red, blue, magenta and the dark grey are dark enough
# (3 is yellow here and brown there; 2 and 6 are pale on most). Bright black (8) is next to unseen on black.
# In the order of COLOURS:
# background text muted title accent second panel | link good warn bad | keyword string number comment function type
_DARK: Final = (0, 15, 7, 15, 11, 14, 4, 14, 10, 11, 9, 13, 10, 11, 7, 14, 11)
# No grey panel: the terminal's light grey leaves only black and blue readable on it, and code would lose its colours.
_LIGHT: Final = (15, 0, 8, 0, 1, 4, 15, 4, 4, 5, 1, 5, 1, 5, 8, 4, 0)


@lru_cache(maxsize=8)
def ansi16(theme: Theme) -> Theme:
    """Return the theme for a terminal of sixteen colours: dark or light as `theme` is, each colour one of `PALETTE`.

    The nearest of sixteen colours to each of a theme's own would often be the background again; here text stays
    readable on `background` and `panel` whatever the theme was. On a light theme the panel is the background.
    The name gets `-16` at its end, so that the two are never taken for one.
    """
    numbers = _DARK if theme.dark else _LIGHT
    colours = {name: PALETTE[number] for name, number in zip(COLOR_NAMES, numbers, strict=True)}
    return replace(theme, name=f"{theme.name}-16", dark=theme.dark, font=theme.font, **colours)
