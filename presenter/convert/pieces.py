"""What a Markdown deck is made of while it is converted: pieces in reading order, and slides made of pieces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

YamlValue: TypeAlias = "str | list[YamlValue] | dict[str, YamlValue]"
"""A YAML value with everything as text."""


@dataclass(frozen=True, slots=True)
class FrontValue:
    """A value of the front matter, and where it stands."""

    line: int
    value: YamlValue
    source: str
    """As it is written."""

    @property
    def text(self) -> str:
        """The value when it is a text; empty otherwise."""
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def on(self) -> bool:
        """Whether it says yes."""
        return self.text.lower() in {"true", "yes", "on", "1"}


Front: TypeAlias = dict[str, FrontValue]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the source that the deck does not carry as it is.

    `line` counts from 1. `words` say what it is and what to do; `quote` is the source itself, kept in the deck as a
    comment. A remark that is not `told` is only such a comment: one that was a comment in the source already.
    """

    line: int
    words: str
    quote: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown that is shown as it is: paragraphs, and blocks that have no layout of their own."""

    line: int
    text: str
    paragraph: bool = True
    """One paragraph, which may as well be a caption."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `underlined` ones are titles to presenterm."""

    line: int
    level: int
    text: str
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list: one paragraph, with entries below it."""

    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list. `items` is empty when an entry holds more than a paragraph and lists, so that only `texts` will do."""

    line: int
    texts: tuple[str, ...]
    """Every entry of the first level as Markdown."""
    items: tuple[Item, ...] = ()
    numbered: bool = False
    reveal: bool = False
    loose: bool = False

    @property
    def text(self) -> str:
        """The list as Markdown."""
        return ("\n\n" if self.loose else "\n").join(self.texts)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A piece of code, or the file that holds it."""

    line: int
    code: str
    language: str = ""
    highlight: tuple[str, ...] = ()
    caption: str = ""
    file: str = ""
    lines: str = ""

    @property
    def text(self) -> str:
        """The code as Markdown."""
        longest = 2
        for row in self.code.split("\n"):
            mark = row.lstrip()
            longest = max(longest, len(mark) - len(mark.lstrip("`")))
        fence = "`" * (longest + 1)
        return f"{fence}{self.language}\n{self.code}\n{fence}" if self.code else f"{fence}{self.language}\n{fence}"


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """A table."""

    line: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation; `plain` is its words when it is one paragraph, with who said it."""

    line: int
    text: str
    plain: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A picture as the source names it; `place` says whether it stands in the text or fills a part of the slide."""

    line: int
    src: str
    alt: str = ""
    caption: str = ""
    place: Literal["", "behind", "left", "right"] = ""
    width: int = 0
    """Percent of the slide; 0 when the source does not say."""
    cover: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Words for the speaker."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Pause:
    """What follows is shown with the next step."""

    line: int


@dataclass(frozen=True, slots=True)
class Column:
    """What follows stands in a column, from 0; -1 ends the columns."""

    line: int
    index: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Begins columns of these widths."""

    line: int
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SlideBreak:
    """The slide ends here; `below` when the next one hangs below it."""

    line: int
    below: bool = False


@dataclass(frozen=True, slots=True)
class SlideOption:
    """Sets something of the slide, such as `hidden`; `reveal` from here on."""

    line: int
    name: str
    value: str = "true"


@dataclass(frozen=True, slots=True)
class Fragment:
    """What stands before it on the slide comes with a step of its own."""

    line: int


VisiblePiece: TypeAlias = Prose | Heading | BulletList | CodeBlock | MarkdownTable | Quotation | ImageRef
Piece: TypeAlias = VisiblePiece | Note | Pause | Column | Columns | SlideBreak | SlideOption | Fragment | Loss


@dataclass(slots=True)
class SourceSlide:
    """One slide of the source."""

    line: int
    pieces: list[Piece] = field(default_factory=list)
    below: bool = False
    """It hangs below the slide before it (reveal's vertical slides)."""
    front: Front = field(default_factory=dict)
    """Its own front matter (Slidev)."""


YamlNode: TypeAlias = "str | bool | int | Inline | list[YamlNode] | dict[str, YamlNode]"


class Inline(list[str]):
    """A list that is written on one line."""


@dataclass(slots=True)
class DeckSlide:
    """One slide of the deck: its keys in the order in which they are written, and what is said above it."""

    line: int
    keys: dict[str, YamlNode]
    remarks: list[Loss] = field(default_factory=list)
    level: int = 0
    """Of the heading that gave it its title."""
    below: bool = False
    bare: bool = False
    """It shows its title only."""
