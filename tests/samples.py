"""One slide of every layout, and words that are hard to set, for tests of everything that draws."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from presenter.deck.model import Place, Slide
from presenter.layouts import (
    LAYOUTS,
    BigSlide,
    Break,
    CodeSlide,
    CompareSlide,
    GallerySlide,
    ImageSlide,
    Layout,
    PointsSlide,
    QuoteSlide,
    SectionSlide,
    SplitSlide,
    TableSlide,
    TextSlide,
    TitleSlide,
)
from presenter.layouts.code_slides import TableData
from presenter.layouts.fields import Image, LineNumbers, PictureFile, Point, PointList, Seconds, TextFile
from presenter.layouts.image_slides import Side
from presenter.safety import clean

HARD = (
    "plain words",
    "",
    "日本語のテキスト、「これは」長い。",
    "👩‍👩‍👧‍👦 family 🇰🇵 flag ❤️ heart",
    "שלום עולם مرحبا",
    "e\u0301\u0327\u0323 c\u0327a",
    "[/] [b [@click=app.quit]x[/]",
    "Donaudampfschifffahrtsgesellschaftskapitänspatentinhaberversammlung" * 3,
    "a\nb\n\nc",
    "**bold** *em* `code` ~~no~~ [link](http://example.org/a_b) ![pic](x.png) <b>&#27;[2J &#x202e;",
    "- a\n  - b\n    - c\n\n1. x\n2. y\n\n> quote\n\n```python\nx = 1\n```\n",
    "| a | b |\n|--:|:-:|\n| 1 | 二 |\n\n---\n# H",
)

anything = st.text(max_size=120).map(clean) | st.sampled_from(HARD)
"""Any text as it comes out of loading: cleaned, otherwise as bad as can be."""


def image(src: str = "missing.png", path: Path | None = None, alt: str = "what it shows", credit: str = "me") -> Image:
    """Make a picture of a file that is not there, unless `path` is given."""
    return Image(src=PictureFile(src, path or Path("/nowhere") / src), alt=alt, caption=f"about {alt}", credit=credit)


def layouts(words: str, picture: Image) -> list[Layout]:
    """Make slides of every layout out of one text and one picture."""
    nested = PointList((Point(words, (Point(words, (Point(words),)),)), Point("second"), Point(words)))
    return [
        TitleSlide(title=words, subtitle=words, byline=words),
        SectionSlide(title=words, subtitle=words),
        TextSlide(title=words, body=words),
        TextSlide(title=words, body=(words, "more", words)),
        PointsSlide(title=words, points=nested),
        PointsSlide(title=words, points=nested, numbered=True, reveal=True),
        ImageSlide(image=picture),
        ImageSlide(title=words, image=picture),
        SplitSlide(title=words, image=picture, points=nested, reveal=True),
        SplitSlide(title=words, image=picture, body=words),
        GallerySlide(title=words, images=(picture,) * 5, reveal=True),
        CompareSlide(
            title=words, left=Side(heading=words, body=words), right=Side(points=nested, image=picture), reveal=True
        ),
        QuoteSlide(title=words, quote=words, by=words, source=words),
        CodeSlide(
            title=words,
            code=f"{words}\nx = 1\ny = 2\n",
            language="python",
            highlight=(LineNumbers(((1, 2),)), LineNumbers()),
        ),
        CodeSlide(file=TextFile("a.py", f"{words}\nx = 1"), lines=LineNumbers(((1, 2),)), caption=words),
        TableSlide(title=words, table=TableData(columns=(words, "n"), rows=((words, "1.5"), ("x",), ())), reveal=True),
        TableSlide(table=TableData(file=TextFile("a.csv", f'a;b\n"{words}";2\n')), caption=words),
        BigSlide(big=words, caption=words),
        Break(title=words, length=Seconds(900), caption=words),
    ]


def slide(layout: Layout, *, footer: str = "Deck · Section · 3/9", label: str = "3") -> Slide:
    """Put a layout in its place."""
    return Slide(id="s", label=label, layout=layout, section=0, place=Place(Path("deck.yaml")), footer=footer)


def every_layout_is_here() -> bool:
    """Say whether `layouts` knows every layout that decks may use."""
    return {type(layout) for layout in layouts("x", image())} == set(LAYOUTS.values())
