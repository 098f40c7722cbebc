"""Themes asked for by name, and a deck's own colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from presenter.safety import clean_line
from presenter.themes.builtin import DEFAULT, THEMES
from presenter.themes.theme import COLOR_NAMES, Theme, luminance

OWN_NAME: Final = "own"
"""What a deck's own theme is called when it does not say."""
THEME_KEYS: Final[tuple[str, ...]] = ("base", "name", "font", *COLOR_NAMES)
"""What a deck may say about its theme."""

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
_MIDDLE: Final = 0.179
"""The luminance on which black and white text have the same contrast: (L + .05) / .05 = 1.05 / (L + .05)."""
_SHOWN: Final = 40
"""Characters of a wrong value that a message repeats."""


class ThemeError(ValueError):
    """A theme that cannot be had.

    Attributes:
        key: the wrong key of the deck's theme; empty when the theme was asked for by name.
        words: what is wrong and the fix, safe to print.
    """

    def __init__(self, key: str, words: str) -> None:
        super().__init__(words)
        self.key = key
        self.words = words


def find_theme(name: str) -> Theme:
    """Return the built-in theme of that name.

    Raises:
        ThemeError: there is none; says which was probably meant, or which there are.
    """
    if name in THEMES:
        return THEMES[name]
    raise ThemeError("", f"unknown theme {_quoted(name)}; {_meant(name, THEMES)}")


@lru_cache(maxsize=4)
def with_colors_of(theme: Theme, other: Theme | None) -> Theme:
    """Return the colours of another theme with the font of this one; this one when there is no other."""
    return theme if other is None else replace(other, font=theme.font)


def theme_from(values: Mapping[str, str], font: Path | None = None) -> Theme:
    """Make a theme of a deck's own colours: `base`, a built-in theme's name, with any of its colours changed.

    Args:
        values: `base` (default: the default theme), `name` (default: `OWN_NAME`), and colours by their field's
            name, written `#rgb` or `#rrggbb`. With a `background` of its own the theme is dark or light as that is.
        font: a file that is known to be a font.

    Raises:
        ThemeError: the first of `faults(values)`.
    """
    for fault in theme_errors(values):
        raise fault
    base = THEMES[values.get("base", DEFAULT.name)]
    colours = {key: _long(value) for key, value in values.items() if key in COLOR_NAMES}
    dark = luminance(colours["background"]) < _MIDDLE if "background" in colours else base.dark
    about = "The deck's own colours."
    return replace(base, name=values.get("name", OWN_NAME), dark=dark, about=about, font=font, **colours)


def theme_errors(values: Mapping[str, str]) -> list[ThemeError]:
    """List all that is wrong with a deck's own colours, in the order of its keys; empty when `theme_from` works."""
    words = ((key, _fault(key, value)) for key, value in values.items())
    return [ThemeError(key, problem) for key, problem in words if problem]


def _fault(key: str, value: str) -> str:
    """Say what is wrong with one key and its value; empty when nothing is."""
    if key not in THEME_KEYS:
        return f"unknown field {_quoted(key)} in the theme; {_meant(key, THEME_KEYS)}"
    if key == "base":
        return "" if value in THEMES else f"unknown theme {_quoted(value)}; {_meant(value, THEMES)}"
    if key == "name":
        return _name_fault(value)
    if _HEX.fullmatch(value):
        return ""
    if not value.strip():
        return f'{key} is empty: to YAML an unquoted # begins a comment; write {key}: "#f0a35e"'
    return f'{_quoted(value)} is not a colour; write {key}: "#rgb" or "#rrggbb" with the quotes, as in "#f0a35e"'


def _name_fault(name: str) -> str:
    """Say why a theme may not be called so; empty when it may."""
    if name in THEMES:
        return f"{_quoted(name)} is a built-in theme; give yours another name (base: {name} starts from its colours)"
    if _NAME.fullmatch(name):
        return ""
    return f"{_quoted(name)} cannot be a theme's name; use up to 32 small letters, digits and hyphens, a letter first"


def _long(colour: str) -> str:
    """Return `#rgb` or `#rrggbb` as `#rrggbb` in small letters."""
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))  # noqa: PLR2004  rrggbb


def _quoted(text: str) -> str:
    """Return what somebody wrote, safe and short enough for one line."""
    line = clean_line(text)
    return f'"{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"}"'


def _meant(word: str, known: Mapping[str, Theme] | tuple[str, ...]) -> str:
    """Say which known word was probably meant, or list them all."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    close = get_close_matches(word[:_SHOWN].strip().lower(), known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(known)}"
