"""The tools whose decks are understood, and how one tells from a text which of them it was written for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, get_args

from markdown_it.token import Token

from presenter.convert.html import tokenize
from presenter.convert.markdown_parser import markdown_parser
from presenter.convert.markdown_source import MarkdownSource, front_end, front_of, mapping_of
from presenter.convert.pieces import Front

Dialect: TypeAlias = Literal["presenterm", "marp", "slidev", "patat", "lookatme", "reveal", "markdown"]
DIALECTS: Final[tuple[Dialect, ...]] = get_args(Dialect)
TOOL_NAMES: Final[dict[Dialect, str]] = {
    "presenterm": "presenterm",
    "marp": "Marp",
    "slidev": "Slidev",
    "patat": "patat",
    "lookatme": "lookatme",
    "reveal": "reveal-md",
    "markdown": "Markdown",
}
"""What the tools call themselves."""

BY_HEADINGS: Final[tuple[Dialect, ...]] = ("markdown", "patat", "lookatme")
"""Tools that cut at headings where there are no rules."""

PRESENTERM_COMMANDS: Final = frozenset(
    {
        "pause",
        "end_slide",
        "new_line",
        "newline",
        "new_lines",
        "newlines",
        "jump_to_middle",
        "column_layout",
        "column",
        "reset_layout",
        "incremental_lists",
        "no_footer",
        "font_size",
        "alignment",
        "skip_slide",
        "list_item_newlines",
        "include",
        "speaker_note",
        "snippet_output",
    }
)
"""The comment commands of presenterm."""
_MARP: Final = frozenset(
    {
        "backgroundColor",
        "backgroundImage",
        "backgroundPosition",
        "backgroundRepeat",
        "backgroundSize",
        "class",
        "color",
        "footer",
        "header",
        "headingDivider",
        "lang",
        "math",
        "paginate",
        "size",
        "style",
        "theme",
        "transition",
    }
)
_FRONT: Final[dict[str, dict[Dialect, int]]] = {
    "marp": {"marp": 10},
    "paginate": {"marp": 3},
    "headingDivider": {"marp": 5},
    "backgroundColor": {"marp": 3},
    "size": {"marp": 2},
    "patat": {"patat": 10},
    "revealOptions": {"reveal": 10},
    "separator": {"reveal": 5},
    "verticalSeparator": {"reveal": 6},
    "notesSeparator": {"reveal": 6},
    "highlightTheme": {"reveal": 5},
    "styles": {"lookatme": 4},
    "extensions": {"lookatme": 3},
    "options": {"presenterm": 3},
    "sub_title": {"presenterm": 6},
    "highlighter": {"slidev": 5},
    "layout": {"slidev": 5},
    "mdc": {"slidev": 6},
    "drawings": {"slidev": 6},
    "fonts": {"slidev": 4},
    "colorSchema": {"slidev": 6},
    "routerMode": {"slidev": 6},
    "lineNumbers": {"slidev": 4},
    "addons": {"slidev": 5},
    "themeConfig": {"slidev": 5},
    "transition": {"slidev": 2, "reveal": 1},
    "class": {"slidev": 1, "marp": 1},
}
"""How much a key of the front matter speaks for a tool."""
_TAGS: Final = {"v-click": 6, "v-clicks": 6, "v-after": 6, "template": 3, "tweet": 4, "toc": 4, "arrow": 3}


def command_of(text: str) -> tuple[str, str] | None:
    """Return name and value of a presenterm command; None when a comment is none."""
    name, colon, value = text.strip().partition(":")
    name = name.strip()
    if name not in PRESENTERM_COMMANDS:
        return None
    if not colon or not value.strip():
        return name, ""
    read = mapping_of(text.strip("\n"))
    found = read.get(name) if read and len(read) == 1 else None
    return name, found.strip() if isinstance(found, str) else value.strip()


def is_directive(name: str) -> bool:
    """Say whether Marp knows a directive of this name; `_` before it means this slide only."""
    return name.removeprefix("_").removeprefix("$") in _MARP


def detect(written: MarkdownSource) -> Dialect:
    """Return the tool a text speaks for most; plain Markdown when it speaks for none."""
    scores: dict[Dialect, int] = dict.fromkeys(DIALECTS, 0)
    for name in written.front:
        for dialect, weight in _FRONT.get(name, {}).items():
            scores[dialect] += weight
    for dialect, weight in _signs(written):
        scores[dialect] += weight
    best = max(DIALECTS, key=lambda dialect: scores[dialect])
    return best if scores[best] > 1 else "markdown"


def _signs(written: MarkdownSource) -> Iterator[tuple[Dialect, int]]:
    """Go through what speaks for a tool below the front matter."""
    tokens = markdown_parser().parse(written.text)
    for token in tokens:
        if token.type == "html_block":
            yield from _html_signs(token.content)
        for child in token.children or ():
            if child.type == "html_inline":
                yield from _html_signs(child.content)
            elif child.type == "image" and "bg" in child.content.split():
                yield "marp", 5
        if token.type == "inline":
            yield from _line_signs(token.content)
    opaque = opaque_lines(tokens)
    rows = written.lines
    for number, row in enumerate(rows):
        if row.rstrip() == "----" and number not in opaque:
            yield "reveal", 5
        elif row.rstrip() == "---" and number not in opaque and (front := own_front(rows, number)) is not None:
            yield from (("slidev", 4) for name in front if name in {"layout", "class", "background", "clicks", "src"})


def _html_signs(text: str) -> Iterator[tuple[Dialect, int]]:
    for bit in tokenize(text):
        words = bit.source.strip()
        if bit.kind == "open" and (bit.tag in _TAGS or any(name.startswith("v-") for name in bit.attributes)):
            yield "slidev", _TAGS.get(bit.tag, 4)
        elif bit.kind != "comment":
            continue
        elif words.startswith((".slide", ".element")):
            yield "reveal", 8
        elif words == "stop":
            yield "lookatme", 8
        elif command_of(words):
            yield "presenterm", 4
        elif bit.source.startswith("config:"):
            yield "patat", 8
        elif (read := mapping_of(words)) and all(is_directive(name) for name in read):
            yield "marp", 6


def _line_signs(text: str) -> Iterator[tuple[Dialect, int]]:
    if text == ". . .":
        yield "patat", 6
    for row in text.split("\n"):
        if is_note_line(row):
            yield "reveal", 5
        elif (row.startswith("::") and row.endswith("::") and " " not in row) or row.startswith("<<< "):
            yield "slidev", 5


def is_note_line(row: str) -> bool:
    """Say whether the words for the speaker begin at this line, as reveal.js has it."""
    name, colon, _ = row.strip().partition(":")
    return bool(colon) and name.lower() in {"note", "notes"}


def opaque_lines(tokens: list[Token]) -> set[int]:
    """Return the lines, from 0, that stand inside code or HTML, where nothing is a separator."""
    lines: set[int] = set()
    for token in tokens:
        if token.type in {"fence", "code_block", "html_block"} and token.map:
            lines.update(range(*token.map))
    return lines


def own_front(rows: list[str], at: int) -> Front | None:
    """Return the front matter of the slide that the separator at line `at` begins; None when it has none."""
    if at + 1 >= len(rows) or not rows[at + 1].strip():
        return None
    end = front_end(rows, at)
    if not end or rows[end].rstrip() != "---" or any(row.startswith(("```", "#")) for row in rows[at + 1 : end]):
        return None
    front = front_of(rows[at + 1 : end], at + 2)
    return front or None
