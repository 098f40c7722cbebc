"""Text made harmless, and the limits that a deck has to keep.

A deck may come from a stranger. What it says is shown, never obeyed: `clean` is called once on every text that
enters the program (deck values, file names, messages of libraries), and nothing else has to think of it again.
"""

from __future__ import annotations

import re
from typing import Final

MAX_DECK_BYTES: Final = 5_000_000
"""A deck file, includes summed."""
MAX_DEPTH: Final = 32
"""Nesting of lists and mappings."""
MAX_EVENTS: Final = 400_000
"""YAML parser events of one file."""
MAX_NODES: Final = 200_000
"""Values after aliases are followed."""
MAX_SCALAR: Final = 100_000
"""Characters in one text."""
MAX_INCLUDES: Final = 8
"""Includes inside includes."""
MAX_PICTURE_BYTES: Final = 25_000_000
MAX_PICTURE_PIXELS: Final = 40_000_000
MAX_MOVING_PIXELS: Final = 7_000_000
MAX_MARKS: Final = 8
"""Combining marks kept on one character."""

TAB: Final = 4
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but for tab and line feed, DEL, C1
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # interlinear annotation, tag characters
    "\ud800-\udfff]"  # lone surrogates
)
INVISIBLE: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2060]")
"""Bidi controls, byte order marks and word joiners: word processors and keyboards put them in, and nobody sees them."""
SEPARATORS: Final = re.compile("[\u2028\u2029]")
"""Ends of lines and paragraphs as word processors have them."""
_COMBINING: Final = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS: Final = re.compile(f"({_COMBINING}{{{MAX_MARKS}}}){_COMBINING}+")


def _symbol(match: re.Match[str]) -> str:
    """Return a visible stand-in for one unsafe character: control pictures for C0 and DEL, else U+FFFD."""
    code = ord(match[0])
    if code < 0x20:  # noqa: PLR2004 - C0 ends here
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else REPLACEMENT  # noqa: PLR2004 - DEL


def clean(text: str, *, tabs: bool = True) -> str:
    r"""Make text safe to write to a terminal, keeping it as readable as can be.

    Line ends become LF, tabs become spaces to the next multiple of four, and every control, tag character or lone
    surrogate a visible symbol. Bidi controls and byte order marks are dropped, Unicode's line separators become spaces;
    at most `MAX_MARKS` combining marks stay on one character.
    Cleaning twice changes nothing. Plain ASCII text is returned as it is. Without `tabs` these stay, for tables.

    >>> clean("\x1b[2J")
    '␛[2J'
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if tabs and "\t" in text:
        text = "\n".join(line.expandtabs(TAB) for line in text.split("\n"))
    text = _UNSAFE.sub(_symbol, text)
    if not text.isascii():
        text = SEPARATORS.sub(" ", INVISIBLE.sub("", text))
    return text if text.isascii() else _MARKS.sub(r"\1", text)


def shown_as(character: str) -> str:
    """Say in words what `clean` makes of a character that it does not leave."""
    if INVISIBLE.fullmatch(character):
        return "left out"
    return "shown as a space" if SEPARATORS.fullmatch(character) else "shown as a symbol"


def clean_line(text: str) -> str:
    """Make text safe and fit for one line: as `clean`, with every run of white space one space."""
    return " ".join(clean(text).split())


def reason(error: Exception) -> str:
    """Return why something failed, safe to print: in the system's words, and whatever users wrote as they wrote it."""
    words = getattr(error, "strerror", None)
    if isinstance(words, str) and words:
        return clean_line(words[:1].lower() + words[1:])
    return clean_line(str(error)) or type(error).__name__


def is_clean(text: str) -> bool:
    """Say whether `clean` would leave this text as it is."""
    return clean(text) == text
