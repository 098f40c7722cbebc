"""The characters that show two colours in a cell, by the parts of the cell that the first colour covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SPACE: Final = " "
_EIGHTHS_UP: Final = " ▁▂▃▄▅▆▇"
_EIGHTHS_ACROSS: Final = " ▏▎▍▌▋▊▉"
_QUADRANTS: Final = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By the sum of 1 for the upper left quarter, 2 upper right, 4 lower left, 8 lower right."""

_SEXTANTS: Final = 0x1FB00
_OCTANTS: Final = 0x1CD00
_NO_OCTANTS: Final = (0x01, 0x02, 0x40, 0x80, 0x14, 0x28, 0x03, 0x3F, 0xC0, 0xFC)
"""Patterns of eighths that have a character elsewhere in Unicode, besides the quadrants."""
_ROWS_OF_TWO: Final = {0xC0: "▂", 0xFC: "▆"}
"""Of these, the ones that every font has. The others are shown by their opposites, because fonts and terminals that
draw the octants well often leave the rest out."""


@dataclass(frozen=True, slots=True)
class Family:
    """Characters that cut the cell along one grid.

    Attributes:
        across: parts side by side.
        down: parts one above the other.
        masks: which parts have the first colour, one bit a part, from the upper left and row by row. Neighbours
            differ in as few bits as can be, because each costs an addition.
        characters: what shows each mask.
        opposite: masks whose character has the first colour in the other parts.
    """

    across: int
    down: int
    masks: tuple[int, ...]
    characters: str
    opposite: frozenset[int] = frozenset()

    @property
    def covered(self) -> tuple[int, ...]:
        """The parts that each character covers."""
        whole = (1 << self.across * self.down) - 1
        return tuple(mask ^ whole if mask in self.opposite else mask for mask in self.masks)


def _gray(bits: int) -> list[int]:
    """Return every pattern but none and all, one of each pair of opposites, neighbours one bit apart (Gray's code)."""
    return [number ^ number >> 1 for number in range(1, 1 << (bits - 1))]


def _quadrants_of(mask: int) -> int | None:
    """Return the quadrants that a pattern of 2 x 4 parts covers, None when it cuts one."""
    found = 0
    for quarter, parts in enumerate((0x05, 0x0A, 0x50, 0xA0)):
        if mask & parts not in {0, parts}:
            return None
        found |= (mask & parts == parts) << quarter
    return found


def _octants() -> dict[int, str]:
    """Return the characters of the patterns of 2 x 4 parts that have one everywhere octants are known.

    Unicode 16.0, "Symbols for Legacy Computing Supplement": U+1CD00 to U+1CDE5 are, in order of their patterns, those
    that are no other character.
    """
    found = dict(_ROWS_OF_TWO)
    upcoming = _OCTANTS
    for mask in range(256):
        if (quadrants := _quadrants_of(mask)) is not None:
            found[mask] = _QUADRANTS[quadrants]
        elif mask not in _NO_OCTANTS:
            found[mask] = chr(upcoming)
            upcoming += 1
    return found


def _of_octants() -> Family:
    known = _octants()
    masks = _gray(8)
    opposite = frozenset(mask for mask in masks if mask not in known)
    characters = [known[mask ^ 0xFF if mask in opposite else mask] for mask in masks]
    return Family(2, 4, tuple(masks), "".join(characters), opposite)


def _sextant(mask: int) -> str:
    """Return the character of a pattern of 2 x 3 parts: Unicode 13.0, without the four that are older."""
    older = {0: SPACE, 0x15: "▌", 0x2A: "▐", 0x3F: "█"}
    return older.get(mask) or chr(_SEXTANTS + mask - 1 - (mask > 0x15) - (mask > 0x2A))  # noqa: PLR2004 - as above


def _family(across: int, down: int, masks: list[int], characters: list[str]) -> Family:
    return Family(across, down, tuple(masks), "".join(characters))


_ROWS: Final = _family(1, 8, [(1 << 8) - (1 << 8 - k) for k in range(1, 8)], list(_EIGHTHS_UP[1:]))
_COLUMNS: Final = _family(8, 1, [(1 << k) - 1 for k in range(1, 8)], list(_EIGHTHS_ACROSS[1:]))
_CORNERS: Final = (1, 9, 8, 4, 2)
"""The quadrants that are not halves, which the eighths have."""

HALVES: Final = Family(1, 2, (1,), "▀")
QUADRANTS: Final = _family(2, 2, _gray(4), [_QUADRANTS[mask] for mask in _gray(4)])
BLOCKS: Final = (_ROWS, _COLUMNS, _family(2, 2, list(_CORNERS), [_QUADRANTS[mask] for mask in _CORNERS]))
SEXTANTS: Final = _family(2, 3, _gray(6), [_sextant(mask) for mask in _gray(6)])
OCTANTS: Final = _of_octants()
