"""Finding slides by their words, whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

HitPlace: TypeAlias = Literal["title", "text", "notes"]

CONTEXT_BEFORE: Final = 28
"""Characters of context before a hit; what follows is cut by the screen."""
CONTEXT_AFTER: Final = 160
_MARKS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_SPACE: Final = re.compile(r"\s+")


class Page(NamedTuple):
    """The words of one slide."""

    title: str = ""
    text: str = ""
    notes: str = ""


class Hit(NamedTuple):
    """A slide that has the words asked for, and where they stand."""

    slide: int
    where: HitPlace
    words: str
    """The words that stand there, folded."""


def fold_case(text: str) -> str:
    """Return text without case and accents, white space runs one space each.

    >>> fold("Ça  VA, Straße")
    'ca va, strasse'
    """
    text = text.casefold() if text.isascii() else _bare(text)
    return _SPACE.sub(" ", text)


def _bare(text: str) -> str:
    # Casefold comes between: it turns some letters into letters with marks.
    return _MARKS.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold()))


@dataclass(eq=False)
class Index:
    """The words of a deck, read and folded when they are first asked for."""

    source: Sequence[Page] | Callable[[], Sequence[Page]]
    _last: tuple[str, tuple[Hit, ...]] = ("", ())

    @cached_property
    def pages(self) -> Sequence[Page]:
        """The words as they are written."""
        return self.source() if callable(self.source) else self.source

    @cached_property
    def folded(self) -> tuple[Page, ...]:
        """The words as they are compared."""
        return tuple(Page(*map(fold_case, page)) for page in self.pages)

    def find(self, query: str) -> tuple[Hit, ...]:
        """Return a hit for each slide that has all the words of a query in its title, text or notes, in order."""
        if self._last[0] != query:
            self._last = (query, self._find(query))
        return self._last[1]

    def _find(self, query: str) -> tuple[Hit, ...]:
        phrase = fold_case(query).strip()
        words = phrase.split()
        if not words:
            return ()
        return tuple(
            self._hit(number, phrase, words)
            for number, page in enumerate(self.folded)
            if all(word in page.title or word in page.text or word in page.notes for word in words)
        )

    def _hit(self, number: int, phrase: str, words: list[str]) -> Hit:
        """Cut out the best place: the whole phrase before single words, the title before text before notes."""
        page = self.folded[number]
        places: tuple[HitPlace, ...] = ("title", "text", "notes")
        wanted, where = next(
            (wanted, where) for wanted in (phrase, *words) for where in places if wanted in getattr(page, where)
        )
        return Hit(number, where, wanted)

    def context(self, hit: Hit) -> tuple[str, str, str]:
        """Cut out the place of a hit, on one line: what is before it, itself, what is after it."""
        return find_folded(getattr(self.pages[hit.slide], hit.where), hit.words)

    def titled(self, words: str) -> int | None:
        """Return the slide whose title is these words, begins with them, or has them all; the first of the best."""
        phrase = fold_case(words).strip()
        if not phrase:
            return None
        titles = [page.title.strip() for page in self.folded]
        tests: tuple[Callable[[str], bool], ...] = (
            lambda title: title == phrase,
            lambda title: title.startswith(phrase),
            lambda title: all(word in title for word in phrase.split()),
        )
        return next((i for test in tests for i, title in enumerate(titles) if test(title)), None)


def find_folded(text: str, folded: str) -> tuple[str, str, str]:
    """Return the first place in a text whose folded form is `folded`, on one line: before it, itself, after it.

    All three are empty when it is not there; what is before is cut to `CONTEXT` characters, at a word's edge.
    """
    line = _SPACE.sub(" ", text)
    starts: list[int] = []
    parts: list[str] = []
    for index, sign in enumerate(line):
        part = fold_case(sign)
        parts.append(part)
        starts.extend([index] * len(part))
    place = "".join(parts).find(folded)
    if place < 0:
        return line[:CONTEXT_AFTER], "", ""
    first, last = starts[place], starts[place + len(folded) - 1] + 1
    while last < len(line) and not fold_case(line[last]):  # the marks of the last letter belong to it
        last += 1
    before = line[:first]
    if len(before) > CONTEXT_BEFORE:
        before = "…" + before[-CONTEXT_BEFORE:].partition(" ")[2]
    return before, line[first:last], line[last : last + CONTEXT_AFTER]
