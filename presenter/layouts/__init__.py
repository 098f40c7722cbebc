"""The layouts: one class is one layout, its YAML keys, its steps and its drawing.

To add one: write the class (see `base.Layout`), and name it in `LAYOUTS` below. Checking, steps, search, preview,
overview, the overflow check and the tests follow from it.
"""

from __future__ import annotations

from collections.abc import Collection

from presenter.layouts.base import Layout
from presenter.layouts.code_slides import CodeSlide, TableSlide
from presenter.layouts.image_slides import CompareSlide, GallerySlide, ImageSlide, SplitSlide
from presenter.layouts.text_slides import BigSlide, Break, PointsSlide, QuoteSlide, SectionSlide, TextSlide, TitleSlide

__all__ = [
    "LAYOUTS",
    "TELLING_KEYS",
    "BigSlide",
    "Break",
    "CodeSlide",
    "CompareSlide",
    "GallerySlide",
    "ImageSlide",
    "Layout",
    "PointsSlide",
    "QuoteSlide",
    "SectionSlide",
    "SplitSlide",
    "TableSlide",
    "TextSlide",
    "TitleSlide",
    "infer_layout",
    "telling_keys",
]

LAYOUTS: dict[str, type[Layout]] = {
    layout.name: layout
    for layout in (
        TitleSlide,
        SectionSlide,
        TextSlide,
        PointsSlide,
        ImageSlide,
        SplitSlide,
        GallerySlide,
        CompareSlide,
        QuoteSlide,
        CodeSlide,
        TableSlide,
        BigSlide,
        Break,
    )
}

TELLING_KEYS: tuple[tuple[tuple[str, ...], type[Layout]], ...] = (
    (("break",), Break),
    (("left", "right"), CompareSlide),
    (("left",), CompareSlide),
    (("right",), CompareSlide),
    (("images",), GallerySlide),
    (("table",), TableSlide),
    (("quote",), QuoteSlide),
    (("code",), CodeSlide),
    (("file",), CodeSlide),
    (("big",), BigSlide),
    (("image", "points"), SplitSlide),
    (("image", "body"), SplitSlide),
    (("image",), ImageSlide),
    (("points",), PointsSlide),
    (("body",), TextSlide),
    (("subtitle",), TitleSlide),
    (("byline",), TitleSlide),
    (("title",), TitleSlide),
)
"""Which keys tell which layout: the first row decides whose keys are all there; more telling ones stand first."""


def infer_layout(keys: Collection[str]) -> type[Layout] | None:
    """Return the layout that a slide with these keys has; None when no key tells."""
    return next((layout for row, layout in TELLING_KEYS if all(key in keys for key in row)), None)


def telling_keys(keys: Collection[str]) -> tuple[str, ...]:
    """Return which of its keys give a slide the layout of `infer`; none when no key tells."""
    return next((row for row, _ in TELLING_KEYS if all(key in keys for key in row)), ())
