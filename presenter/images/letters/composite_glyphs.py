"""Fonts whose letters are made of letters that are made of letters: what FreeType would expand without end."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

MAX_EXPANDED: Final = 2_000
"""Parts of one letter with those of its parts; those of real fonts have some ten, Hangul and Han up to a hundred."""
_WORDS, _SCALE, _SCALES, _MATRIX, _MORE = 0x1, 0x8, 0x40, 0x80, 0x20
"""Flags of a part: places of two bytes each, one factor, two, four, and another part follows."""


class _Letters(NamedTuple):
    """The tables of a TrueType font that say what its letters are made of.

    Attributes:
        data: the file.
        outlines: where the table `glyf` lies.
        places: where each letter lies in it, and the end.
    """

    data: bytes
    outlines: int
    places: tuple[int, ...]

    def parts(self, letter: int) -> list[int]:
        """Return the letters that a letter is made of; none for one that is drawn itself.

        Format: OpenType 1.9, table `glyf`, "Composite glyph description".
        """
        # FreeType draws from broken tables, too, where a letter ends before it begins.
        if not 0 <= letter < len(self.places) - 1 or self.places[letter] == self.places[letter + 1]:
            return []
        at = self.outlines + self.places[letter]
        if self.data[at] < 0x80:  # noqa: PLR2004 - the sign of the number of contours: below 0 for one made of parts
            return []
        at += 10
        found = []
        while True:
            flags, part = struct.unpack_from(">HH", self.data, at)
            found.append(part)
            at += 4 + (4 if flags & _WORDS else 2)
            at += 2 if flags & _SCALE else 4 if flags & _SCALES else 8 if flags & _MATRIX else 0
            if not flags & _MORE:
                return found


def expanded(data: bytes) -> int:
    """Return the parts of the letter that has most of them, those of its parts counted too; at most `MAX_EXPANDED` + 1.

    A file that ends too early, is no TrueType font, or has letters that are parts of themselves is left to FreeType,
    which refuses what it cannot read and looks for circles itself.
    """
    try:
        letters = _letters(data)
    except (struct.error, IndexError, OverflowError):
        return 0
    if letters is None:
        return 0
    counts: dict[int, int] = {}
    most = 0
    for letter in range(len(letters.places) - 1):
        most = max(most, _count(letters, letter, counts))
        if most > MAX_EXPANDED:
            break
    return most


def _count(letters: _Letters, first: int, counts: dict[int, int]) -> int:
    """Count the parts of a letter, without recursion: a file may nest as deep as it likes."""
    waiting = [(first, False)]
    begun: set[int] = set()
    while waiting:
        letter, ready = waiting.pop()
        if letter in counts:
            continue
        try:
            parts = letters.parts(letter)
        except (struct.error, IndexError):
            parts = []
        if ready:
            counts[letter] = min(MAX_EXPANDED + 1, sum(1 + counts.get(part, 0) for part in parts))
        elif letter not in begun:
            begun.add(letter)
            waiting.append((letter, True))
            waiting += [(part, False) for part in set(parts) if part not in counts and part not in begun]
    return counts[first]


def _letters(data: bytes) -> _Letters | None:
    """Find the tables of the first font in a file; None when its letters are no TrueType outlines."""
    at = struct.unpack_from(">I", data, 12)[0] if data.startswith(b"ttcf") else 0
    (count,) = struct.unpack_from(">H", data, at + 4)
    tables: dict[bytes, tuple[int, int]] = {}
    for place in range(count):
        name, _, begin, length = struct.unpack_from(">4sIII", data, at + 12 + 16 * place)
        # As FreeType does: of two the first counts, and what would end behind the file is none.
        if length and begin + length <= len(data):
            tables.setdefault(name, (begin, length))
    if not tables.keys() >= {b"glyf", b"loca", b"head", b"maxp"}:
        return None
    (long,) = struct.unpack_from(">h", data, tables[b"head"][0] + 50)
    (letters,) = struct.unpack_from(">H", data, tables[b"maxp"][0] + 4)
    begin, length = tables[b"loca"]
    size, factor, kind = (4, 1, "I") if long else (2, 2, "H")
    # A table that is too short for its letters is read on behind its end.
    number = min(max(length, (letters + 1) * size), len(data) - begin) // size
    places = struct.unpack_from(f">{number}{kind}", data, begin)
    return _Letters(data, tables[b"glyf"][0], tuple(place * factor for place in places))
