"""Small ICC profiles made by hand, whose effect is known exactly: ICC.1:2001-04 (version 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

RED, GREEN, BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
"""sRGB's primaries as XYZ, adapted to the white of profiles (IEC 61966-2-1, Bradford)."""
_WHITE = (0.9642, 1.0, 0.8249)


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*values)


def _gamma(value: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(value * 256)) + bytes(2)


def _words(text: str) -> bytes:
    data = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(data)) + data + bytes(78)


def _profile(kind: bytes, space: bytes, pcs: bytes, tags: dict[bytes, bytes], name: str) -> bytes:
    tags = {b"desc": _words(name), b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": _xyz(_WHITE), **tags}
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), bytes(4), 0x02400000, kind, space, pcs)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(*_WHITE)
    return head.ljust(128, b"\0") + table + body


def screen(
    red: Sequence[float] = RED,
    green: Sequence[float] = GREEN,
    blue: Sequence[float] = BLUE,
    gamma: float = 2.2,
    name: str = "made by hand",
) -> bytes:
    """Return the profile of a screen with these primaries and one curve."""
    tags = {b"rXYZ": _xyz(red), b"gXYZ": _xyz(green), b"bXYZ": _xyz(blue)}
    tags |= {tag: _gamma(gamma) for tag in (b"rTRC", b"gTRC", b"bTRC")}
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags, name)


def grey(gamma: float) -> bytes:
    """Return the profile of a grey screen."""
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": _gamma(gamma)}, "grey by hand")


def press(inks: Sequence[tuple[int, int, int]], paper: tuple[int, int, int] = (255, 128, 128)) -> bytes:
    """Return the profile of a press that prints the full first, second, third and fourth ink in these Lab colours.

    Lab is in bytes: L* of 255 is white, a* and b* of 128 are none. Inks on top of one another are the last one's.
    """
    cells = b""
    for place in range(16):  # the fourth ink varies fastest
        printed = [ink for ink in range(4) if place >> (3 - ink) & 1]
        cells += bytes(inks[printed[-1]] if printed else paper)
    straight = bytes(range(256))
    table = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    table += straight * 4 + cells + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table}, "press by hand")
