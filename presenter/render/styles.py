"""The styles of a theme, made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.style import Style

from presenter.themes import Theme


@dataclass(frozen=True, slots=True, eq=False)
class TextStyles:
    """What slides are written with; every style has its background, so that a row needs nothing around it."""

    base: Style
    """Empty cells and plain text."""
    strong: Style
    muted: Style
    title: Style
    accent: Style
    second: Style
    link: Style
    panel: Style
    panel_muted: Style
    panel_strong: Style
    bad: Style
    good: Style
    warn: Style


@lru_cache(maxsize=64)
def text_styles(theme: Theme) -> TextStyles:
    """Return the styles of a theme."""

    def on(color: str, background: str = theme.background, *, bold: bool = False, underline: bool = False) -> Style:
        return Style(color=color, bgcolor=background, bold=bold or None, underline=underline or None)

    return TextStyles(
        base=on(theme.text),
        strong=on(theme.text, bold=True),
        muted=on(theme.muted),
        title=on(theme.title, bold=True),
        accent=on(theme.accent, bold=True),
        second=on(theme.second, bold=True),
        link=on(theme.link, underline=True),
        panel=on(theme.text, theme.panel),
        panel_muted=on(theme.muted, theme.panel),
        panel_strong=on(theme.text, theme.panel, bold=True),
        bad=on(theme.bad),
        good=on(theme.good),
        warn=on(theme.warn),
    )
