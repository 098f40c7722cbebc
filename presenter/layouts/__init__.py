"""The layouts: one class is one layout, its YAML keys, its steps and its drawing.

To add one: write the class (see `base.Layout`), and name it in `LAYOUTS` below. Checking, steps, search, preview,
overview, the overflow check and the tests follow from it.
"""

from __future__ import annotations

from collections.abc import Collection

from presenter.layouts.base import Layout
from presenter.layouts.listings import Code, Table
from presenter.layouts.pictures import Compare, Gallery, ImageOnly, Split
from presenter.layouts.words import Big, Break, Bullets, Divider, Quote, Text, Title

__all__ = [
    "LAYOUTS",
    "TELLING",
    "Big",
    "Break",
    "Bullets",
    "Code",
    "Compare",
    "Divider",
    "Gallery",
    "ImageOnly",
    "Layout",
    "Quote",
    "Split",
    "Table",
    "Text",
    "Title",
    "infer",
    "telling",
]

LAYOUTS: dict[str, type[Layout]] = {
    layout.name: layout
    for layout in (Title, Divider, Text, Bullets, ImageOnly, Split, Gallery, Compare, Quote, Code, Table, Big, Break)
}

TELLING: tuple[tuple[tuple[str, ...], type[Layout]], ...] = (
    (("break",), Break),
    (("left", "right"), Compare),
    (("left",), Compare),
    (("right",), Compare),
    (("images",), Gallery),
    (("table",), Table),
    (("quote",), Quote),
    (("code",), Code),
    (("file",), Code),
    (("big",), Big),
    (("image", "points"), Split),
    (("image", "body"), Split),
    (("image",), ImageOnly),
    (("points",), Bullets),
    (("body",), Text),
    (("subtitle",), Title),
    (("byline",), Title),
    (("title",), Title),
)
"""Which keys tell which layout: the first row decides whose keys are all there; more telling ones stand first."""


def infer(keys: Collection[str]) -> type[Layout] | None:
    """Return the layout that a slide with these keys has; None when no key tells."""
    return next((layout for row, layout in TELLING if all(key in keys for key in row)), None)


def telling(keys: Collection[str]) -> tuple[str, ...]:
    """Return which of its keys give a slide the layout of `infer`; none when no key tells."""
    return next((row for row, _ in TELLING if all(key in keys for key in row)), ())
