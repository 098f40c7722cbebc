"""HTML tags: those with a meaning here, and the others, which are left out."""

from __future__ import annotations

from typing import Final

from presenter.convert.dialects import Dialect
from presenter.convert.html import HtmlToken
from presenter.convert.pieces import Column, Heading, ImageRef, Loss, Pause, Piece, Prose, SlideOption

_MARKS: Final = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "s": "~~",
    "del": "~~",
    "code": "`",
    "kbd": "`",
    "br": "\\\n",
}
"""Tags that Markdown has marks for."""
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_SILENT: Final = frozenset(
    {"p", "div", "span", "center", "ul", "ol", "section", "template", "v-click", "v-clicks", "small"}
)
"""Tags whose closing needs no remark: the one that opens has it."""
_GRID: Final = ("columns", "grid", "flex", "cols", "split")
"""What classes and styles of a division say whose parts stand side by side."""
_SLOTS: Final = {"default": 0, "left": 0, "right": 1}


def inline_tag(bit: HtmlToken, line: int, dialect: Dialect) -> tuple[str, list[Piece]]:
    """Return what stands for a tag inside a line, and what goes behind the paragraph."""
    if bit.kind in {"text", "hidden"}:
        return bit.source, []
    if bit.tag in _MARKS:
        extra = [_left_out(bit, line)] if bit.attributes else []
        return (_MARKS[bit.tag] if bit.tag != "br" or bit.kind == "open" else ""), list(extra)
    return "", tag_pieces(bit, line, dialect)


def tag_pieces(bit: HtmlToken, line: int, dialect: Dialect) -> list[Piece]:
    """Return what a tag means."""
    if bit.tag == "img":
        return _image(bit, line)
    if dialect == "slidev" and (pieces := _vue(bit, line)) is not None:
        return pieces
    if bit.kind == "close":
        return []
    fragment = "fragment" in bit.attributes.get("class", "").split() and dialect == "reveal"
    before: list[Piece] = [Pause(line)] if fragment else []
    return [*before, _left_out(bit, line)] if bit.attributes or bit.tag not in _SILENT else before


def _left_out(bit: HtmlToken, line: int) -> Loss:
    return Loss(line, f"the tag <{bit.tag}> is left out; the words inside it are kept", bit.source)


def _image(bit: HtmlToken, line: int) -> list[Piece]:
    left = {name: value for name, value in bit.attributes.items() if name not in {"src", "alt", "title"}}
    extra: list[Piece] = [Loss(line, "the size or style of a picture is left out", bit.source)] if left else []
    source = bit.attributes.get("src", "").strip()
    if not source:
        return [Loss(line, "a picture without a source is left out", bit.source)]
    return [*extra, ImageRef(line, source, bit.attributes.get("alt", ""), bit.attributes.get("title", ""))]


def _vue(bit: HtmlToken, line: int) -> list[Piece] | None:
    """Return what a tag means to Slidev; None when it is none of Slidev's own."""
    if bit.tag == "v-clicks":
        return [SlideOption(line, "reveal", "true" if bit.kind == "open" else "")]
    if bit.tag in {"v-click", "v-after"}:
        return [Pause(line)] if bit.kind == "open" and bit.tag == "v-click" else []
    if bit.tag == "template" and bit.kind == "open":
        slots = [name.partition(":")[2] or name.removeprefix("#") for name in bit.attributes]
        return [Column(line, _SLOTS[slot]) for slot in slots if slot in _SLOTS] or [_left_out(bit, line)]
    if bit.kind == "open" and "v-click" in bit.attributes:
        rest = len(bit.attributes) > 1 or bit.attributes["v-click"]
        return [Pause(line), *([_left_out(bit, line)] if rest or bit.tag not in _SILENT else [])]
    return None


class OpenDivs:
    """The `<div>`s that are open: a grid of them stands for columns."""

    def __init__(self) -> None:
        self._open: list[int | None] = []
        """For a grid how many columns it has had, for any other None."""

    def close_all(self) -> None:
        """Forget what is open: a slide ends."""
        self._open.clear()

    def take(self, bit: HtmlToken, line: int) -> list[Piece] | None:
        """Return what a division means; None when it is no part of columns."""
        if bit.kind == "close":
            ended = self._open.pop() if self._open else None
            return [Column(line, -1)] if ended is not None else None
        said = f"{bit.attributes.get('class', '')} {bit.attributes.get('style', '')}".lower()
        count = self._open[-1] if self._open else None
        grid = count is None and any(word in said for word in _GRID)
        self._open.append(0 if grid else None)
        if grid:
            return [Loss(line, "columns", bit.source, told=False)]
        if count is None:
            return None
        self._open[-2] = count + 1
        return [Column(line, count), *([_left_out(bit, line)] if bit.attributes else [])]


class TagReader:
    """Turns one block of HTML into pieces."""

    def __init__(self, dialect: Dialect, divisions: OpenDivs) -> None:
        self._dialect: Dialect = dialect
        self._divisions = divisions
        self._pieces: list[Piece] = []
        self._text = ""
        self._line = 0
        self._level = 0

    def add(self, pieces: list[Piece]) -> None:
        """Note pieces that a comment stands for."""
        self._flush()
        self._pieces += pieces

    def take(self, bit: HtmlToken, line: int) -> None:
        """Note a tag, or the text between two of them."""
        if bit.kind == "text":
            self._line = self._line or line
            self._text += bit.source
        elif bit.kind == "hidden":
            words = "styles are left out; colours come from the theme" if "{" in bit.source else "a script is left out"
            self.add([Loss(line, words, bit.source.strip("\n"))])
        elif bit.tag in _MARKS and not bit.attributes:
            self._text += _MARKS[bit.tag] if bit.tag != "br" or self._text.strip() else ""
        else:
            self._flush()
            columns = self._divisions.take(bit, line) if bit.tag == "div" else None
            if columns is not None:
                self._pieces += columns
                return
            self._level = _HEADINGS.get(bit.tag, 0) if bit.kind == "open" else 0
            if bit.tag == "li" and bit.kind == "open":
                self._text, self._line = "- ", line
            elif bit.tag not in _HEADINGS and bit.tag != "li":
                self._pieces += tag_pieces(bit, line, self._dialect)
            elif bit.attributes:
                self._pieces.append(_left_out(bit, line))

    def finish(self) -> list[Piece]:
        """Return the pieces."""
        self._flush()
        return self._pieces

    def _flush(self) -> None:
        text = "\n".join(row.strip() for row in self._text.split("\n")).strip().removesuffix("\\").strip()
        if text.strip("*~` -\n"):
            if self._level:
                self._pieces.append(Heading(self._line, self._level, " ".join(text.split())))
            else:
                self._pieces.append(Prose(self._line, text))
        self._text, self._line = "", 0
