"""Cells to escape sequences, a picture at a time.

Every cell gets the same number of bytes in one buffer, those it does not need are zero and dropped at the end. So the
buffer is filled by as many strided stores as a cell has bytes, whatever the number of cells, without a loop over them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from presenter.images.types import PALETTES, Cells

_RESET: Final = b"\x1b[0m"
_NONE: Final = b"\0"
_SHOWN: Final = 255
INVISIBLE_STEP: Final = 1
"""Steps of a level that nobody sees. Two would save a fourteenth more, and are seen from afar, where they add up."""
_HIDDEN: Final = 0


@cache
def _digits() -> tuple[bytes, bytes, bytes]:
    """Return hundreds, tens and ones of 0 to 255 as characters, zero bytes for leading noughts."""
    texts = [f"{number:>3}".replace(" ", "\0").encode() for number in range(256)]
    hundreds, tens, ones = (bytes(column) for column in zip(*texts, strict=True))
    return hundreds, tens, ones


def encode(cells: Cells) -> tuple[bytes, ...]:
    """Return each row as UTF-8 that starts from and leaves the terminal's own colours.

    A colour is set only where it differs visibly from the one that is set already, and a space has one only: that is
    a seventh less to send. (To exchange characters for their opposites where that suits the colours would save another
    fiftieth: not worth looking for.)
    """
    if not cells.columns:
        return (b"",) * cells.rows
    size = cells.columns * cells.rows
    inks, papers = (_planes(values, size) for values in (cells.ink, cells.paper))
    alike = 0 if cells.depth in PALETTES else INVISIBLE_STEP
    new_ink, new_paper = _changes(cells.ink + cells.paper, cells.shapes.translate(_ANY), cells.columns, alike)
    both, either = _and(new_ink, new_paper), _or(new_ink, new_paper)
    columns = [
        *_constant(b"\x1b[", either),
        *_colour(inks, b"3", new_ink, cells.depth),
        *_constant(b";", both),
        *_colour(papers, b"4", new_paper, cells.depth),
        *_constant(b"m", either),
        *_characters(cells),
    ]
    stride = len(columns)
    buffer = bytearray(stride * size)
    for place, column in enumerate(columns):
        buffer[place::stride] = column
    length = stride * cells.columns
    return tuple(
        bytes(buffer[start : start + length].translate(None, _NONE)) + _RESET for start in range(0, len(buffer), length)
    )


def _planes(values: bytes, size: int) -> list[bytes]:
    return [values[start : start + size] for start in range(0, len(values), size)]


def _and(one: bytes, other: bytes) -> bytes:
    """Return the bits that both have; whole numbers of any length are the fastest way."""
    return (int.from_bytes(one) & int.from_bytes(other)).to_bytes(len(one))


def _or(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


_ANY: Final = bytes([_HIDDEN] + [_SHOWN] * 255)


def _changes(levels: bytes, inked: bytes, columns: int, alike: int) -> tuple[bytes, bytes]:
    """Return 255 for each cell whose ink, and whose paper, has to be set; 0 for the others.

    All rows are gone through at once, column by column: a column is one whole number in which every level has a lane
    of sixteen bits, so that one addition compares them all. They are compared with what is set, not with the cell
    before: else colours would drift away in steps too small to be set.

    Args:
        levels: the planes of the ink, then those of the paper.
        inked: 255 where the character has ink.
        columns: cells across.
        alike: steps by which two levels may differ and still look the same.
    """
    rows = len(inked) // columns
    lanes = len(levels) // columns
    plane = 16 * rows
    bands = lanes // rows // 2
    top = int.from_bytes(b"\0\x80" * lanes, "little")  # the sign of each lane
    within = top + int.from_bytes(bytes([alike, 0]) * lanes, "little")
    paper = int.from_bytes(b"\0\x80" * rows, "little") << plane * bands
    first = paper >> plane * bands | paper
    known = now = 0
    changes = bytearray(2 * len(inked))
    for column in range(columns):
        wanted = int.from_bytes(_wide(levels[column::columns]), "little")
        near = (within + wanted - now) & (within + now - wanted)
        same = near & known
        for band in range(1, bands):
            same &= near >> plane * band
        new = first & ~same & (int.from_bytes(_wide(inked[column::columns]), "little") << 8 | paper)
        known |= new
        ones = new >> 15
        new = (ones << 16) - ones
        for band in range(bands):
            mask = new << plane * band
            now ^= (now ^ wanted) & mask
        flags = (ones * _SHOWN).to_bytes(2 * lanes, "little")[::2]
        changes[column::columns] = flags[:rows] + flags[rows * bands : rows * (bands + 1)]
    return bytes(changes[: len(inked)]), bytes(changes[len(inked) :])


def _wide(values: bytes) -> bytes:
    """Return every value in two bytes, the lower one first."""
    wide = bytearray(2 * len(values))
    wide[::2] = values
    return bytes(wide)


def _constant(text: bytes, where: bytes) -> list[bytes]:
    """Return the bytes of a text for the cells that have it."""
    return [where.translate(_NONE * 255 + text[place : place + 1]) for place in range(len(text))]


def _colour(planes: list[bytes], ground: bytes, where: bytes, depth: str) -> list[bytes]:
    """Return the bytes that set a colour; `ground` is 3 for characters and 4 for what is behind them."""
    if depth in {"16", "grey16"}:
        # 30 to 37 and 40 to 47, for the bright ones 90 to 97 and 100 to 107.
        codes = [30 + number if number < 8 else 82 + number for number in range(256)]  # noqa: PLR2004
        texts = [f"{min(code + 10 * (ground == b'4'), 107):>3}".replace(" ", "\0").encode() for code in codes]
        return [_and(planes[0].translate(bytes(column)), where) for column in zip(*texts, strict=True)]
    columns = _constant(ground + (b"8;5" if depth in PALETTES else b"8;2"), where)
    for plane in planes:
        columns += _constant(b";", where)
        columns += [_and(plane.translate(digit), where) for digit in _digits()]
    return columns


def _characters(cells: Cells) -> list[bytes]:
    """Return the bytes of the characters, as many as the longest has."""
    texts = [character.encode() for character in cells.characters]
    longest = max(map(len, texts))
    tables = zip(*(text.rjust(longest, _NONE) for text in texts), strict=True)
    return [cells.shapes.translate(bytes(table).ljust(256, _NONE)) for table in tables]
