"""Ids, labels and footers: what is derived from a slide's place and title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from presenter.deck.diagnostics import closest_name, join_names, quote_for_message
from presenter.layouts.fields import TEXTS

MAX_ID: Final = 60
"""Characters of an id."""
MAX_FOOTER: Final = 200
"""Characters of a footer, before and after its fields are filled in."""
FOOTER_FIELDS: Final = ("title", "subtitle", "author", "section", "slide", "slides")

_OTHER: Final = r"\u0000-\u002f\u003a-\u0060\u007b-\u007f"
"""ASCII but for small letters and digits."""
ID_SHAPE: Final = {
    **TEXTS,
    "not": {"type": "number"},
    "patternErrorMessage": "an id is lower-case letters, digits and hyphens",
    "pattern": rf"^\s*(?:(?![0-9]+\s*$)[^{_OTHER}]+(?:-[^{_OTHER}]+)*)?\s*$",
    "maxLength": MAX_ID,
}
"""What an id may be, as JSON Schema says it: letters of other scripts are not told apart there."""
FOOTER_SHAPE: Final = {
    **TEXTS,
    "patternErrorMessage": f"a footer has the fields {{{'}, {'.join(FOOTER_FIELDS)}}}; write {{{{ to show a brace",
    "pattern": r"^(?:[^{}]|\{\{|\}\}|\{(?:" + "|".join(FOOTER_FIELDS) + r")\})*$",
    "maxLength": MAX_FOOTER,
}
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_WORD: Final = re.compile(r"[^\W_]+")
_FIELD: Final = re.compile(r"\{\{|\}\}|\{(\w*)\}|[{}]")
_SEPARATOR: Final = re.compile("(\\s+[\N{MIDDLE DOT}\N{BULLET}|/\N{EN DASH}\N{EM DASH}-]\\s+)")


def slug(text: str) -> str:
    """Return a text as an id: lower-case letters of any script and digits, without accents, joined by hyphens.

    >>> slug("Überblick: the L1 cache")
    'uberblick-the-l1-cache'
    """
    text = text[: 4 * MAX_ID]
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        # Accents go; marks that make another letter, such as those of kana, stay.
        text = unicodedata.normalize("NFKC", _ACCENTS.sub("", folded))
    joined = "-".join(_WORD.findall(text.casefold()))
    if len(joined) > MAX_ID:
        joined = joined[: MAX_ID + 1].rpartition("-")[0] or joined[:MAX_ID]
    return f"slide-{joined}" if joined.isdecimal() else joined


def id_error(text: str) -> str:
    """Say what is wrong with an id that an author gave; empty when nothing is.

    An id of digits alone would be a slide's number to go-to.
    """
    if text == slug(text) or not text:
        return ""
    if len(text) > MAX_ID:
        return f"an id has at most {MAX_ID} characters"
    proposal = f'; write "{slug(text)}"' if slug(text) else ""
    rule = "an id needs a letter" if text.isdecimal() else "an id is lower-case letters, digits and hyphens"
    return f"{quote_for_message(text)} is no id: {rule}{proposal}"


class UniqueIds:
    """Names that are taken. A taken one is made free by `#2`, `#3`..., which no author can give."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._last: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return the name, or the next free one like it; it is taken then."""
        found = name
        while found in self.taken:
            number = self._last[name] = self._last.get(name, 1) + 1
            found = f"{name}#{number}"
        self.taken.add(found)
        return found


def footer_error(text: str) -> str:
    """Say what is wrong with a footer's fields; empty when nothing is."""
    if len(text) > MAX_FOOTER:
        return f"a footer has at most {MAX_FOOTER} characters"
    for match in _FIELD.finditer(text):
        if match[0] in {"{{", "}}"}:
            continue
        if match[1] is None:
            return f"a single {match[0]} in a footer; write {match[0] * 2} to show one"
        if match[1] not in FOOTER_FIELDS:
            meant = closest_name(match[1], FOOTER_FIELDS)
            hint = f'did you mean "{{{meant}}}"?' if meant else f"there are {join_names(FOOTER_FIELDS, 'and')}"
            return f"unknown field {quote_for_message(match[0])} in the footer; {hint}"
    return ""


def fill_footer(template: str, fields: Mapping[str, str]) -> str:
    """Fill a footer's fields in.

    A part between separators (such as ` · `) whose fields are all empty goes, with its separator.
    """
    if not template:
        return ""
    pieces = _SEPARATOR.split(template)
    shown = ""
    for index in range(0, len(pieces), 2):
        filled = _FIELD.sub(lambda match: fields[match[1]][:MAX_FOOTER] if match[1] else match[0][0], pieces[index])
        names = [match[1] for match in _FIELD.finditer(pieces[index]) if match[1]]
        if not names or any(fields[name].strip() for name in names):
            shown += (pieces[index - 1] if shown else "") + filled
    return " ".join(shown.split())[:MAX_FOOTER]
