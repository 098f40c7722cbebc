"""One slide of every layout, and words that are hard to set, for tests of everything that draws."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from presenter.deck.model import Place, Slide
from presenter.layouts import (
    LAYOUTS,
    Big,
    Break,
    Bullets,
    Code,
    Compare,
    Divider,
    Gallery,
    ImageOnly,
    Layout,
    Quote,
    Split,
    Table,
    Text,
    Title,
)
from presenter.layouts.fields import Image, Lines, PictureFile, Point, Points, Seconds, TextFile
from presenter.layouts.listings import TableData
from presenter.layouts.pictures import Side
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
    nested = Points((Point(words, (Point(words, (Point(words),)),)), Point("second"), Point(words)))
    return [
        Title(title=words, subtitle=words, byline=words),
        Divider(title=words, subtitle=words),
        Text(title=words, body=words),
        Text(title=words, body=(words, "more", words)),
        Bullets(title=words, points=nested),
        Bullets(title=words, points=nested, numbered=True, reveal=True),
        ImageOnly(image=picture),
        ImageOnly(title=words, image=picture),
        Split(title=words, image=picture, points=nested, reveal=True),
        Split(title=words, image=picture, body=words),
        Gallery(title=words, images=(picture,) * 5, reveal=True),
        Compare(
            title=words, left=Side(heading=words, body=words), right=Side(points=nested, image=picture), reveal=True
        ),
        Quote(title=words, quote=words, by=words, source=words),
        Code(title=words, code=f"{words}\nx = 1\ny = 2\n", language="python", highlight=(Lines(((1, 2),)), Lines())),
        Code(file=TextFile("a.py", f"{words}\nx = 1"), lines=Lines(((1, 2),)), caption=words),
        Table(title=words, table=TableData(columns=(words, "n"), rows=((words, "1.5"), ("x",), ())), reveal=True),
        Table(table=TableData(file=TextFile("a.csv", f'a;b\n"{words}";2\n')), caption=words),
        Big(big=words, caption=words),
        Break(title=words, length=Seconds(900), caption=words),
    ]


def slide(layout: Layout, *, footer: str = "Deck · Section · 3/9", label: str = "3") -> Slide:
    """Put a layout in its place."""
    return Slide(id="s", label=label, layout=layout, section=0, place=Place(Path("deck.yaml")), footer=footer)


def every_layout_is_here() -> bool:
    """Say whether `layouts` knows every layout that decks may use."""
    return {type(layout) for layout in layouts("x", image())} == set(LAYOUTS.values())
