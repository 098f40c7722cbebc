"""From parsed Markdown to pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from presenter.convert.comments import read_comment
from presenter.convert.dialects import Dialect
from presenter.convert.fences import read_info
from presenter.convert.html import tokenize
from presenter.convert.html_tags import OpenDivs, TagReader, inline_tag
from presenter.convert.image_paths import picture_of
from presenter.convert.line_marks import LineMarkReader
from presenter.convert.markdown_parser import TextEdit, apply_edits, inline_matches, link_edit, parse_markdown
from presenter.convert.pieces import (
    BulletList,
    CodeBlock,
    Fragment,
    Heading,
    Item,
    Loss,
    MarkdownTable,
    Piece,
    Prose,
    Quotation,
    SlideBreak,
    SlideOption,
)

_TASKS: Final = ("[ ] ", "[x] ", "[X] ")
_BY: Final = ("\N{EM DASH}", "\N{EN DASH}", "--", "- ", "~")
_BARS: Final = {"left": ":---", "center": ":---:", "right": "---:"}
_DRAWN: Final = ("mermaid", "plantuml", "dot", "graphviz", "d2")


class Blocks:
    """Turns one stretch of Markdown into pieces."""

    def __init__(self, dialect: Dialect, references: dict[str, Any], *, reveal: bool = False) -> None:
        self.dialect: Dialect = dialect
        self.pieces: list[Piece] = []
        self.reveal = reveal
        self._default = reveal
        self._references = references
        self.used: set[str] = set()
        """The addresses of links and pictures."""
        self._offset = 1
        self._lifted: list[Piece] = []
        """What stood inside a block and goes behind it."""
        self._marks = LineMarkReader(dialect)
        self._divisions = OpenDivs()

    def read(self, text: str, first: int) -> list[Piece]:
        """Return the pieces of a text whose first line has the number `first`."""
        self._offset = first
        for node in parse_markdown(text, self._references).children:
            self._block(node)
            lifted, self._lifted = self._lifted, []
            for piece in lifted:
                self._emit(piece)
        return self.pieces

    def _emit(self, piece: Piece) -> None:
        """Note a piece; lists take from here on what was said of them."""
        if isinstance(piece, SlideOption) and piece.name == "reveal":
            self.reveal = self._default if not piece.value else piece.value.lower() == "true"
            return
        if isinstance(piece, SlideBreak):
            self.reveal = self._default
            self._divisions.close_all()
        self.pieces.append(self._marks.sorted(piece))

    def _line(self, node: SyntaxTreeNode) -> int:
        return self._offset + (node.map[0] if node.map else 0)

    # Blocks -----------------------------------------------------------------------------------------------------------

    def _block(self, node: SyntaxTreeNode) -> None:
        line = self._line(node)
        if node.type == "heading":
            text = " ".join(self._text(node, line).split("\n")).strip()
            if text:
                self._emit(Heading(line, int(node.tag[1]), text, node.markup in {"=", "-"}))
        elif node.type == "paragraph":
            self._paragraph(node, line)
        elif node.type in {"bullet_list", "ordered_list"}:
            self._list(node, line)
        elif node.type in {"fence", "code_block"}:
            self._fence(node, line)
        elif node.type == "blockquote":
            self._quote(node, line)
        else:
            self._other(node, line)

    def _other(self, node: SyntaxTreeNode, line: int) -> None:
        """Read a table, a rule or HTML."""
        if node.type == "table":
            self._emit(self._grid(node, line))
        elif node.type == "hr":
            self._emit(SlideBreak(line))
        else:
            for piece in self._html(node.content, line, top=True):
                self._emit(piece)

    def _list(self, node: SyntaxTreeNode, line: int) -> None:
        points = self._points(node, line)
        if points.texts:
            self._emit(points)

    def _paragraph(self, node: SyntaxTreeNode, line: int) -> None:
        text = self._text(node, line)
        for piece in self._marks.split(text, line):
            if isinstance(piece, Prose) and piece.text.startswith("$$") and piece.text.endswith("$$"):
                self._emit(Loss(line, "formulas are shown as they are written; a picture of it shows better"))
            self._emit(piece)

    def _fence(self, node: SyntaxTreeNode, line: int) -> None:
        code = node.content.removesuffix("\n")
        info = node.info.strip() if node.type == "fence" else ""
        if info.startswith(("md magic-move", "markdown magic-move")):
            self._moves(code, info, line)
            return
        if self.dialect == "lookatme" and info == "file":
            self._emit(self._marks.loaded(code, line))
            return
        read = read_info(info, node.content)
        if read.lost:
            what = " ".join(read.lost)
            words = f'"{what}" behind the code\'s language is left out'
            self._emit(Loss(line, words, info))
        if read.unknown:
            words = f'"{read.unknown}" is no language that can be coloured; the code is shown without colours'
            if read.unknown in _DRAWN:
                words = f"a {read.unknown} diagram is shown as its text; save it as a picture and name it with image:"
            self._emit(Loss(line, words, info))
        if read.offset:
            self._emit(Loss(line, f"lines are numbered from 1, not as {read.offset} has it", info))
        if not code.strip():
            self._emit(Loss(line, "a code block without code is left out", info))
            return
        self._emit(CodeBlock(line, code, read.language, read.highlight, read.caption))

    def _moves(self, code: str, info: str, line: int) -> None:
        """Read the blocks of Slidev's magic move: each is a slide of its own."""
        inside = Blocks(self.dialect, self._references).read(code, line + 1)
        words = "code does not move here; each state of it has its own slide"
        self._emit(Loss(line, words, info))
        for piece in inside:
            if isinstance(piece, CodeBlock) and not piece.highlight:
                # Code that is walked through has a slide of its own.
                self._emit(replace(piece, highlight=("all",)))
            else:
                self._emit(piece)

    def _html(self, text: str, line: int, *, top: bool = False) -> list[Piece]:
        """Take a block of HTML apart."""
        tags = TagReader(self.dialect, self._divisions if top else OpenDivs())
        for bit in tokenize(text):
            if bit.kind == "comment":
                tags.add(read_comment(bit.source, line + bit.line, self.dialect))
            else:
                tags.take(bit, line + bit.line)
        return tags.finish()

    # Lists, tables, quotations ----------------------------------------------------------------------------------------

    def _points(self, node: SyntaxTreeNode, line: int) -> BulletList:
        before = len(self._lifted)
        texts = tuple(self._entries(node))
        items: tuple[Item, ...] | None = self._items(node)
        pieces = self._lifted[before:]
        fragments = any(isinstance(piece, Fragment) for piece in pieces)
        if fragments:
            self._lifted[before:] = [piece for piece in pieces if not isinstance(piece, Fragment)]
        starred = self.dialect == "marp" and node.markup in {"*", ")"}
        ordered = node.type == "ordered_list"
        if ordered and int(node.attrs.get("start", 1)) != 1:
            items = None
        loose = any(not child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        reveal = self.reveal or fragments or starred
        return BulletList(line, texts, items or (), ordered, reveal, loose)

    def _entries(self, node: SyntaxTreeNode) -> list[str]:
        """Return the entries of a list as Markdown, with their marks."""
        start = int(node.attrs.get("start", 1))
        rows = []
        for number, item in enumerate(node.children):
            mark = f"{start + number}." if node.type == "ordered_list" else "-"
            inner = self._inner(item.children)
            rows.append(_hung(f"{mark} ", inner) if inner else mark)
        return [row for row in rows if row not in {"-", ""}] if node.type == "bullet_list" else rows

    def _inner(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        """Return blocks inside a block as Markdown."""
        parts: list[tuple[str, bool]] = []
        for node in nodes:
            line = self._line(node)
            if node.type == "paragraph":
                parts.append((self._text(node, line), node.hidden))
            elif node.type == "heading":
                parts.append((f"{'#' * int(node.tag[1])} {' '.join(self._text(node, line).split())}", False))
            elif node.type in {"bullet_list", "ordered_list"}:
                tight = all(child.hidden for item in node.children for child in item.children[:1])
                parts.append((("\n" if tight else "\n\n").join(self._entries(node)), tight))
            elif node.type == "blockquote":
                inner = self._inner(node.children)
                parts.append(("\n".join(f"> {row}".rstrip() for row in inner.split("\n")), False))
            elif node.type == "table":
                parts.append((self._grid(node, line).text, False))
            else:
                parts.append((self._leaf(node, line), False))
        joined = ""
        for number, (text, tight) in enumerate(part for part in parts if part[0].strip()):
            joined += ("\n" if tight else "\n\n") * bool(number) + text
        return joined

    def _leaf(self, node: SyntaxTreeNode, line: int) -> str:
        """Return code, a rule or HTML inside a block as Markdown; what is no text goes behind the block."""
        if node.type == "hr":
            return "---"
        if node.type in {"fence", "code_block"}:
            info = read_info(node.info, node.content)
            if info.lost or info.unknown or info.highlight or info.caption or info.offset:
                words = "what stands behind the language of code inside a list or quotation is left out"
                self._lifted.append(Loss(line, words, node.info.strip()))
            return CodeBlock(line, node.content.removesuffix("\n"), info.language).text
        texts = []
        for piece in self._html(node.content, line):
            if isinstance(piece, Prose | Heading):
                texts.append(piece.text)
            else:
                self._lifted.append(piece)
        return "\n\n".join(texts)

    def _items(self, node: SyntaxTreeNode) -> tuple[Item, ...] | None:
        """Return a list as points; None when an entry is more than a paragraph with lists of points below it."""
        found = []
        for item in node.children:
            kinds = [child.type for child in item.children]
            if not kinds:
                continue
            if kinds[0] != "paragraph" or set(kinds[1:]) - {"bullet_list"}:
                return None
            text = self._quiet(item.children[0])
            if text.startswith(_TASKS) or "\\\n" in text:
                return None
            below: list[Item] = []
            for child in item.children[1:]:
                inner = self._items(child)
                if inner is None:
                    return None
                below += inner
            text = " ".join(text.split("\n"))
            if not text.strip() and below:
                return None
            if text.strip():
                found.append(Item(text.strip(), tuple(below)))
        return tuple(found)

    def _grid(self, node: SyntaxTreeNode, line: int) -> MarkdownTable:
        rows: list[tuple[str, ...]] = []
        align: tuple[str, ...] = ()
        for part in node.children:
            for row in part.children:
                rows.append(tuple(" ".join(self._text(cell, line, keep=True).split()) for cell in row.children))
                if part.type == "thead":
                    styles = (str(cell.attrs.get("style", "")) for cell in row.children)
                    align = tuple(style.removeprefix("text-align:") for style in styles)
        bars = [_BARS.get(side, "---") for side in align]
        texts = [[cell.replace("|", "\\|") for cell in row] for row in rows]
        text = "\n".join(f"| {' | '.join(row)} |" for row in [texts[0], bars, *texts[1:]])
        return MarkdownTable(line, rows[0], tuple(rows[1:]), align, text)

    def _quote(self, node: SyntaxTreeNode, line: int) -> None:
        if self.dialect == "patat" and [child.type for child in node.children] in (["bullet_list"], ["ordered_list"]):
            self.reveal = not self.reveal
            self._emit(self._points(node.children[0], line))
            self.reveal = not self.reveal
            return
        inner = self._inner(node.children)
        if not inner:
            return
        plain, by = "", ""
        if node.children and all(child.type == "paragraph" for child in node.children):
            paragraphs = inner.split("\n\n")
            rows = paragraphs[-1].split("\n")
            if (len(paragraphs) + len(rows)) > 2 and rows[-1].startswith(_BY) and len(paragraphs) <= 2:  # noqa: PLR2004 - words and name
                by = rows.pop().lstrip("".join(_BY)).strip()
                paragraphs[-1] = "\n".join(rows).rstrip("\\")
            left = [text for text in paragraphs if text.strip()]
            plain = left[0] if len(left) == 1 and by != left[0] else ""
        text = "\n".join(f"> {row}".rstrip() for row in inner.split("\n"))
        self._emit(Quotation(line, text, plain, by if plain else ""))

    # Inside a line ----------------------------------------------------------------------------------------------------

    def _quiet(self, node: SyntaxTreeNode) -> str:
        """Return the text of a paragraph that was read before: what goes behind it is noted already."""
        lifted, self._lifted = self._lifted, []
        text = self._text(node, self._line(node))
        self._lifted = lifted
        return text

    def _text(self, node: SyntaxTreeNode, line: int, *, keep: bool = False) -> str:
        """Return a paragraph's Markdown without HTML and pictures, which go behind the block.

        Args:
            node: paragraph, heading or cell.
            line: its number.
            keep: pictures leave their words.
        """
        token = next((child.token for child in node.children if child.type == "inline"), None)
        if token is None:
            return ""
        edits: list[TextEdit] = []
        at, before = line, 0
        for found in inline_matches(token):
            at += token.content.count("\n", before, found.start)
            before = found.start
            source = token.content[found.start : found.end]
            if found.kind == "link_open":
                edit = link_edit(token.content, found)
                self.used.add(str(found.token.attrs.get("href", "")))
                edits += [edit] if edit else []
            elif found.kind == "hardbreak":
                bare = len(token.content[: found.start].rstrip(" \\"))
                edits.append((bare, found.end, "\\\n"))
            elif found.kind == "image":
                self.used.add(str(found.token.attrs.get("src", "")))
                picture, extra = picture_of(found.token, at, self.dialect)
                self._lifted += [*extra, *([picture] if picture else [])]
                within = keep or _inside_link(token, found.token)
                edits.append((found.start, found.end, found.token.content if within else ""))
            else:
                edits.append((found.start, found.end, self._inline_html(source, at)))
        rows = [row.strip(" ") for row in apply_edits(token.content, edits).split("\n")]
        return "\n".join(row for row in rows if row.strip() or not edits).removesuffix("\\").strip()

    def _inline_html(self, source: str, line: int) -> str:
        """Return what stands for a piece of HTML inside a line."""
        text = ""
        for bit in tokenize(source):
            if bit.kind == "comment":
                self._lifted += read_comment(bit.source, line, self.dialect)
            else:
                said, pieces = inline_tag(bit, line, self.dialect)
                text += said
                self._lifted += pieces
        return text


def _inside_link(token: Token, wanted: Token) -> bool:
    depth = 0
    for child in token.children or ():
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child is wanted:
            return depth > 0
    return False


def _hung(mark: str, text: str) -> str:
    """Hang a text behind a list mark."""
    rows = text.split("\n")
    return "\n".join([mark + rows[0], *(" " * len(mark) + row if row else "" for row in rows[1:])])
