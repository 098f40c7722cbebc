"""The colours of everything around the slides, from the deck's theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.style import Style

from presenter.themes import Theme

BLACK = Style(color="#000000", bgcolor="#000000")
WHITE = Style(color="#ffffff", bgcolor="#ffffff")


@dataclass(frozen=True, slots=True, eq=False)
class Chrome:
    """Styles; those called `bar` are for rows on the panel's colour: headers, titles of panes, status."""

    base: Style
    muted: Style
    strong: Style
    accent: Style
    rule: Style
    bar: Style
    bar_muted: Style
    bar_strong: Style
    bar_accent: Style
    bar_warn: Style
    bar_bad: Style
    chosen: Style
    """The chosen row or tile."""


@lru_cache(maxsize=16)
def chrome(theme: Theme) -> Chrome:
    """Return the styles of a theme."""

    def on(color: str, background: str, *, bold: bool = False) -> Style:
        return Style(color=color, bgcolor=background, bold=bold or None)

    return Chrome(
        base=on(theme.text, theme.background),
        muted=on(theme.muted, theme.background),
        strong=on(theme.title, theme.background, bold=True),
        accent=on(theme.accent, theme.background, bold=True),
        rule=on(theme.muted, theme.background),
        bar=on(theme.text, theme.panel),
        bar_muted=on(theme.muted, theme.panel),
        bar_strong=on(theme.title, theme.panel, bold=True),
        bar_accent=on(theme.accent, theme.panel, bold=True),
        bar_warn=on(theme.warn, theme.panel, bold=True),
        bar_bad=on(theme.bad, theme.panel, bold=True),
        chosen=on(theme.background, theme.accent, bold=True),
    )
