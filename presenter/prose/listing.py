"""Program listings, in colours that belong to the theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style

from presenter.drawing import Block, Line
from presenter.drawing.ink import Ink, ink
from presenter.drawing.lines import fit, shorten, width_of
from presenter.safety import clean
from presenter.themes import Theme

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST: Final = "the longest line of code"
"""How the remark about code begins that is wider than its place."""
_MAX_LINE: Final = 500
"""Characters of the longest line that is coloured: some lexers take a time quadratic in a line's length."""
_MAX_CODE: Final = 20_000
"""Characters of the longest listing that is coloured."""
Piece = tuple[str, str]
"""A stretch of code and the field of `Theme` that colours it."""


@lru_cache(maxsize=256)
def _pieces(code: str, language: str, filename: str) -> tuple[tuple[Piece, ...], ...]:
    """Split code into lines of coloured pieces; a language that Pygments does not know is plain text."""
    from pygments import token  # noqa: PLC0415 - most decks show no code
    from pygments.token import is_token_subtype  # noqa: PLC0415 - as above

    colours = (
        (token.Comment, "comment"),
        (token.Keyword, "keyword"),
        (token.Operator.Word, "keyword"),
        (token.Name.Tag, "keyword"),
        (token.String, "string"),
        (token.Number, "number"),
        (token.Name.Function, "function"),
        (token.Name.Decorator, "function"),
        (token.Name.Attribute, "function"),
        (token.Name.Class, "type"),
        (token.Name.Builtin, "type"),
        (token.Name.Exception, "type"),
        (token.Name.Constant, "number"),
        (token.Generic.Deleted, "bad"),
        (token.Generic.Inserted, "good"),
        (token.Generic.Heading, "title"),
    )
    lines: list[list[Piece]] = [[]]
    lexer = _lexer(language, filename) if _colourable(code) else None
    for kind, value in lexer.get_tokens(code) if lexer else ((token.Text, code),):
        colour = next((name for parent, name in colours if is_token_subtype(kind, parent)), "text")
        first, *more = value.split("\n")
        lines[-1].append((first, colour))
        lines += [[(rest, colour)] for rest in more]
    while len(lines) > 1 and not any(text.strip() for text, _ in lines[-1]):
        lines.pop()
    return tuple(tuple(piece for piece in line if piece[0]) for line in lines)


def _colourable(code: str) -> bool:
    """Say whether code is short enough to be coloured; longer code is shown plain."""
    # Lexers look for space across lines too: a listing of empty lines is as slow as one long line.
    stretches = (*code.split("\n"), *re.findall(r"\s+", code))
    return len(code) <= _MAX_CODE and max(map(len, stretches)) <= _MAX_LINE


def _lexer(language: str, filename: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name, get_lexer_for_filename  # noqa: PLC0415 - as above
    from pygments.util import ClassNotFound  # noqa: PLC0415 - as above

    find: Callable[..., Lexer] = get_lexer_by_name if language else get_lexer_for_filename
    if not (language or filename):
        return None
    try:
        return find(language or filename, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def known_language(language: str) -> bool:
    """Say whether Pygments knows this name of a language."""
    return _lexer(language, "") is not None


def language_names() -> list[str]:
    """Return the names of all languages that Pygments knows."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - only when a name is wrong

    return [alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases]


def _coloured(pieces: tuple[Piece, ...], theme: Theme, *, lit: bool) -> Line:
    """Colour one line; one that is not lit stays readable but steps back."""
    if not lit:
        return [Segment("".join(text for text, _ in pieces), ink(theme).panel_muted)]
    return [Segment(text, Style(color=getattr(theme, colour), bgcolor=theme.panel)) for text, colour in pieces]


def listing(  # noqa: PLR0913 - what a listing may have
    code: str,
    width: int,
    theme: Theme,
    *,
    language: str = "",
    filename: str = "",
    lines: Container[object] | None = None,
    lit: Container[object] | None = None,
    numbers: bool = False,
    air: int = 1,
) -> Block:
    """Draw code on a panel as wide as `width`, long lines cut with an ellipsis.

    Args:
        code: the whole text.
        width: cells there are.
        theme: the colours.
        language: as Pygments names it.
        filename: what the language is guessed from when `language` is empty.
        lines: which lines are shown, counted from 1; all when None.
        lit: which lines stand out, the others stepping back; all when None.
        numbers: show line numbers.
        air: empty rows of panel above and below.
    """
    styles = ink(theme)
    chosen = [
        (number, pieces)
        for number, pieces in enumerate(_pieces(clean(code), language, filename), 1)
        if lines is None or number in lines
    ]
    gutter = len(str(chosen[-1][0])) + 2 if numbers and chosen else 0
    pad = 2 if width >= 40 else 1 if width >= 12 else 0  # noqa: PLR2004 - narrow panels need their cells
    room = max(1, width - gutter - 2 * pad)
    rows: list[Line] = []
    longest = 0
    for number, pieces in chosen:
        stands_out = lit is None or number in lit
        line = _coloured(pieces, theme, lit=stands_out)
        longest = max(longest, width_of(line))
        front = f"{number:>{gutter - 2}}  " if gutter else ""
        mark = styles.panel_strong if stands_out and lit is not None else styles.panel_muted
        rows.append([Segment(" " * pad + front, mark), *shorten(line, room, styles.panel_muted)])
    remarks = (f"{LONGEST} is {longest - room} cells too wide",) if longest > room else ()
    return Block(_on_panel(rows, width, styles, air), remarks=remarks)


def _on_panel(rows: list[Line], width: int, styles: Ink, air: int) -> list[Line]:
    """Fill rows to the panel's width, with `air` empty rows above and below."""
    padding: list[Line] = [[] for _ in range(air)]
    return [fit(row, width, styles.panel) for row in (*padding, *rows, *padding)]
