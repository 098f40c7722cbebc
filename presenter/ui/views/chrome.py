"""The colours of everything around the slides, from the deck's theme."""

from __future__ import annotations

from collections.abc import Mapping
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
    early: Style
    over: Style
    """Bars of time under and over the plan."""
    chips: Mapping[str, Style]
    """How the pace is shown, by the colours of `timing.COLOURS`: to be seen from the corner of an eye."""
    alert: Style
    """The first row while there is something to tell."""
    cards: Mapping[str, Style]
    """A timekeeper's cards."""


@lru_cache(maxsize=16)
def chrome(theme: Theme) -> Chrome:
    """Return the styles of a theme."""

    def on(color: str, background: str, *, bold: bool = False) -> Style:
        return Style(color=color, bgcolor=background, bold=bold or None)

    def chip(colour: str) -> Style:
        return on(theme.background, colour, bold=True)

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
        chosen=chip(theme.accent),
        early=on(theme.link, theme.background),
        over=on(theme.bad, theme.background),
        chips={
            "": on(theme.title, theme.panel, bold=True),
            "blue": chip(theme.link),
            "green": chip(theme.good),
            "amber": chip(theme.warn),
            "red": chip(theme.bad),
        },
        alert=Style(color=theme.background, bgcolor=theme.title, bold=True),
        cards={"green": chip(theme.good), "yellow": chip(theme.warn), "red": chip(theme.bad)},
    )
