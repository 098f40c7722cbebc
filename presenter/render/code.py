"""Program listings, in colours that belong to the theme."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style

from presenter.bidi import turns
from presenter.render.block import Block, Line
from presenter.render.highlight import highlighted
from presenter.render.lexer import Piece
from presenter.render.reorder import CODE
from presenter.render.styles import TextStyles, text_styles
from presenter.render.text import ellipsize, fit_row, row_width
from presenter.safety import clean
from presenter.themes import Theme

if TYPE_CHECKING:
    from pygments.lexer import Lexer

TOO_WIDE_REMARK: Final = "the longest line of code"
"""How the remark about code begins that is wider than its place."""


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
        return [Segment("".join(text for text, _ in pieces), text_styles(theme).panel_muted)]
    return [Segment(text, Style(color=getattr(theme, colour), bgcolor=theme.panel)) for text, colour in pieces]


def render_code(  # noqa: PLR0913 - what a listing may have
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
    styles = text_styles(theme)
    found = highlighted(clean(code), language, filename)
    chosen = [(number, pieces) for number, pieces in enumerate(found.lines, 1) if lines is None or number in lines]
    gutter = len(str(chosen[-1][0])) + 2 if numbers and chosen else 0
    pad = 2 if width >= 40 else 1 if width >= 12 else 0  # noqa: PLR2004 - narrow panels need their cells
    room = max(1, width - gutter - 2 * pad)
    rows: list[Line] = []
    longest = 0
    for number, pieces in chosen:
        stands_out = lit is None or number in lit
        line = _coloured(pieces, theme, lit=stands_out)
        longest = max(longest, row_width(line))
        front = f"{number:>{gutter - 2}}  " if gutter else ""
        mark = styles.panel_strong if stands_out and lit is not None else styles.panel_muted
        rows.append([Segment(" " * pad + front, mark), *_left(line), *ellipsize(line, room, styles.panel_muted)])
    wide = f"{TOO_WIDE_REMARK} is {longest - room} cells too wide" if longest > room else ""
    remarks = tuple(filter(None, (wide, found.remark)))
    return Block(_on_panel(rows, width, styles, air), remarks=remarks)


def _left(line: Line) -> Line:
    """Return what begins a line of code with Hebrew or Arabic words: it is read from the left all the same."""
    return [CODE] if any(turns(segment.text) for segment in line) else []


def _on_panel(rows: list[Line], width: int, styles: TextStyles, air: int) -> list[Line]:
    """Fill rows to the panel's width, with `air` empty rows above and below."""
    padding: list[Line] = [[] for _ in range(air)]
    return [fit_row(row, width, styles.panel) for row in (*padding, *rows, *padding)]
