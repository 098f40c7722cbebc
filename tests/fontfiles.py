"""Font files with letters of our making, for what no font from a shop has."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import letterforms


def joined(parts: Sequence[int]) -> bytes:
    """Make a letter of others, each at the same place. Format: OpenType 1.9, `glyf`."""
    body = b"".join(
        struct.pack(">HHbb", 0x2 | (0x20 if place + 1 < len(parts) else 0), part, 0, 0)
        for place, part in enumerate(parts)
    )
    return struct.pack(">hhhhh", -1, 0, 0, 500, 700) + body


def square(reach: int) -> bytes:
    """Make a square that reaches so many units to every side of the origin."""
    turns = [(-reach, -reach), (0, 2 * reach), (2 * reach, 0), (0, -2 * reach)]
    xs, ys = (b"".join(struct.pack(">h", turn[axis]) for turn in turns) for axis in (0, 1))
    return struct.pack(">hhhhhHH", 1, -reach, -reach, reach, reach, 3, 0) + b"\1" * 4 + xs + ys


def font_with(letters: Mapping[int, bytes]) -> bytes:
    """Return Pillow's own font with other letters in the place of some."""
    font = letterforms.Font(letterforms.font_bytes())
    data = font.data
    count = font.read("H", "maxp", 4)[0]
    form, factor = ("I", 1) if font.long else ("H", 2)
    places = [place * factor for place in font.read(f"{count + 1}{form}", "loca", 0)]
    at = font.at["glyf"]
    drawn = [letters.get(number, data[at + places[number] : at + places[number + 1]]) for number in range(count)]
    drawn = [letter + bytes(-len(letter) % 4) for letter in drawn]
    begins = [sum(map(len, drawn[:number])) for number in range(count + 1)]
    tables = {}
    for place in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, begin, length = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        tables[name] = data[begin : begin + length]
    tables[b"glyf"] = b"".join(drawn)
    tables[b"loca"] = struct.pack(f">{count + 1}I", *begins)
    tables[b"head"] = tables[b"head"][:50] + struct.pack(">h", 1) + tables[b"head"][52:]
    return _file(data[:12], tables)


def _file(head: bytes, tables: Mapping[bytes, bytes]) -> bytes:
    records, bodies = b"", b""
    begin = 12 + 16 * len(tables)
    for name, body in sorted(tables.items()):
        records += struct.pack(">4sIII", name, 0, begin + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    return head + records + bodies
