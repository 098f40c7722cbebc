"""Markdown inside a line: emphasis, code, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.segment import Segment
from rich.style import Style

from presenter.render.block import Line
from presenter.render.styles import text_styles
from presenter.safety import clean
from presenter.themes import Theme

_MARKS = re.compile(r"[*_`~\[\]!#>|\\&<+-]|^\s*\d+[.)]|^ {4}", re.MULTILINE)
"""What may be a mark of Markdown."""
_NESTED = {
    "strong_open": Style(bold=True),
    "em_open": Style(italic=True),
    "s_open": Style(strike=True),
}
_DEEPEST = 100
"""Levels of lists and quotations; the parser's own limit of 20 would drop the text below without a word."""
MOST: Final = 8_000
"""Characters of a paragraph that are drawn on a slide: more than a large screen has room for."""
_BRACKETS: Final = 1_000
_CELLS: Final = 20_000
_SCHEMES = ("https://", "http://", "mailto:")


@cache
def _parser(links: bool, tables: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.disable([*(() if links else ("link", "image", "reference")), *(() if tables else ("table",))])
    return parser


def markdown_parser(text: str) -> MarkdownIt:
    """Return the parser for a text: CommonMark, tables and strike-through; HTML is text like any other.

    Brackets by the thousand, or a table of very many cells, stay text: they take a time that is quadratic in their
    number, and nobody means them.
    """
    bars = max((row.count("|") for row in text.splitlines()), default=0) if "|" in text else 0
    return _parser(text.count("[") <= _BRACKETS, bars * text.count("\n") <= _CELLS)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(markdown_parser(text).parseInline(text)[0].children or ())


def render_inline(text: str, style: Style, theme: Theme) -> Line:
    """Turn one paragraph of Markdown into a row of any length; a line feed in it is a break that was asked for.

    Of more than `MOST` characters only the first are looked at.
    """
    if len(text) > MOST:
        text = f"{text[:MOST]}…"
    return from_tokens(_tokens(text), style, theme)


def plain_text(text: str) -> str:
    """Return the words of one paragraph of Markdown, without its marks."""
    return "".join(
        "\n" if token.type == "hardbreak" else " " if token.type == "softbreak" else clean(token.content)
        for token in _tokens(text)
    )


def from_tokens(tokens: Sequence[Token], style: Style, theme: Theme) -> Line:
    """Turn the parser's inline tokens into a row.

    Text is cleaned once more: the parser turns character references such as `&#27;` into characters.
    """
    line: Line = []
    styles = [style]
    targets: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            targets.append(shown_target(str(token.attrs.get("href", ""))))
            styles.append(styles[-1] + Style(color=theme.link, underline=True))
        elif token.type == "link_close":
            styles.pop()
            target = targets.pop()
            if target and target not in "".join(text for text, _, _ in line[-4:]):
                line.append(Segment(f" ({target})", style + Style(color=theme.muted, bold=False)))
        elif token.nesting == 1:
            styles.append(styles[-1] + _NESTED.get(token.type, Style.null()))
        elif token.nesting == -1:
            styles.pop()
        else:
            line.append(_leaf(token, styles[-1], theme))
    return line


def _leaf(token: Token, style: Style, theme: Theme) -> Segment:
    if token.type == "softbreak":
        return Segment(" ", style)
    if token.type == "hardbreak":
        return Segment("\n", style)
    text = clean(token.content)
    if token.type == "code_inline":
        return Segment(text, style + Style(color=theme.string, bgcolor=theme.panel))
    if token.type == "image":
        return Segment(f"[{text or 'picture'}]", text_styles(theme).muted)
    return Segment(text, style)


def words_of(text: str) -> str:
    """Return the words of any Markdown, without its marks: a line for each paragraph, point, cell and piece of code."""
    if text.isascii() and not _MARKS.search(text):
        return text
    lines = []
    for token in markdown_parser(text).parse(text):
        if token.type == "inline":
            parts = [
                " " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or ()
            ]
            lines.append(clean("".join(parts)))
        elif token.type in {"fence", "code_block"}:
            lines.append(clean(token.content.rstrip("\n")))
    return "\n".join(lines)


def shown_target(href: str) -> str:
    """Return a link's address as a slide shows it: cleaned, without its scheme and a last slash.

    Nothing on a slide can be clicked, so any address is only text.
    """
    target = clean(href)
    for scheme in _SCHEMES:
        target = target.removeprefix(scheme)
    return target.removesuffix("/")
