"""Decks and files made to take long or to fill the memory, each some kilobytes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image

import letterforms
from fontfiles import font_with, joined, square

LINE: Final = "slides:\n  - {title: A, "


def segment(code: int, body: bytes) -> bytes:
    return bytes([0xFF, code]) + struct.pack(">H", len(body) + 2) + body


def arithmetic_jpeg(side: int, scans: int) -> bytes:
    """Make a progressive, arithmetic-coded grey JPEG by hand: each scan costs 12 bytes, and a walk of the picture."""
    head = segment(0xDB, bytes(1) + b"\1" * 64) + segment(0xCA, struct.pack(">BHHB3B", 8, side, side, 1, 1, 0x11, 0))
    first, more, finer = (
        segment(0xDA, bytes([1, 1, 0, *spectrum])) + b"\x12\x34" for spectrum in ((0, 0, 1), (1, 63, 1), (1, 63, 0x10))
    )
    return b"\xff\xd8" + head + first + more + finer * (scans - 2) + b"\xff\xd9"


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def three(number: int) -> bytes:
    return struct.pack("<I", number)[:3]


def webp(path: Path, side: int, count: int = 4) -> Path:
    """Write a WebP of a few bytes that moves: frames of 8 by 8 pixels on a canvas as large as it claims to be."""
    Image.new("RGB", (8, 8), "red").save(path, "WEBP", lossless=True)
    drawn = path.read_bytes()[12:]
    frame = chunk(b"ANMF", three(0) + three(0) + three(7) + three(7) + three(100) + b"\0" + drawn)
    head = chunk(b"VP8X", bytes([2, 0, 0, 0]) + three(side - 1) + three(side - 1))
    body = b"WEBP" + head + chunk(b"ANIM", bytes(6)) + frame * count
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


def gif(path: Path, side: int, count: int = 4) -> Path:
    """Write a GIF that moves: frames of one pixel on a canvas as large as it claims to be."""
    frame = b"\x21\xf9\4\0\x0a\0\0\0" + b"\x2c" + struct.pack("<4H", 0, 0, 1, 1) + b"\0\2\2\x44\1\0"
    path.write_bytes(b"GIF89a" + struct.pack("<2H", side, side) + b"\x80\0\0" + bytes(6) + frame * count + b";")
    return path


def nested(depth: int, parts: int) -> bytes:
    """Make a font whose `A` has parts of parts, so many at each of so many depths."""
    number = letterforms.Font(letterforms.font_bytes()).characters()
    chain = [number[letter] for letter in "ABCDEFGIJKL"[: depth + 1]]
    return font_with({chain[at]: joined([chain[at + 1]] * parts) for at in range(depth)})


# --- one deck each; every function writes what lies beside the deck and returns the deck's text


def font_of_fonts(folder: Path) -> str:
    (folder / "bomb.ttf").write_bytes(nested(10, 10))
    return f"theme: {{font: bomb.ttf}}\n{LINE}body: b}}\n"


def huge_letter(folder: Path) -> str:
    (folder / "huge.ttf").write_bytes(font_with({0: square(16_000)}))
    return f"theme: {{font: huge.ttf}}\n{LINE}body: b}}\n"


def wide_code(_: Path) -> str:
    return f"{LINE}language: c, code: 'a<{' ' * 60_000}>;'}}\n"


def slow_code(folder: Path) -> str:
    (folder / "Slow.java").write_text(("a " * 245 + "\n") * 39, encoding="utf-8")
    return f"{LINE}file: Slow.java}}\n"


def much_slow_code(folder: Path) -> str:
    for number in range(6):
        (folder / f"Slow{number}.java").write_text(("a " * 245 + "\n") * (34 + number), encoding="utf-8")
    return "slides:\n" + "".join(f"  - {{title: A, file: Slow{number}.java}}\n" for number in range(6))


def scans(folder: Path) -> str:
    (folder / "scans.jpg").write_bytes(arithmetic_jpeg(6000, 2000))
    return f"{LINE}image: {{src: scans.jpg, alt: x}}}}\n"


def most_scans(folder: Path) -> str:
    for number, (side, count) in enumerate(((6000, 16), (2400, 100))):
        (folder / f"{number}.jpg").write_bytes(arithmetic_jpeg(side, count))
    return "slides:\n" + "".join(f"  - {{title: A, image: {{src: {number}.jpg, alt: x}}}}\n" for number in range(2))


def films(folder: Path) -> str:
    for number in range(6):
        webp(folder / f"{number}.webp", 6300 if number % 2 else 2640, 40)
        gif(folder / f"{number}.gif", 2640, 40)
    slides = [f"{number}.{kind}" for number in range(6) for kind in ("webp", "gif")]
    return "slides:\n" + "".join(f"  - {{title: A, image: {{src: {name}, alt: x}}}}\n" for name in slides)


def many_rows(folder: Path) -> str:
    (folder / "rows.csv").write_text("a,b\n" + "1,2\n" * 2_000, encoding="utf-8")
    return f"{LINE}reveal: true, table: {{file: rows.csv}}}}\n"


def wide_table(folder: Path) -> str:
    (folder / "wide.csv").write_text(",".join("abc" for _ in range(2_000)) + "\n1,2\n", encoding="utf-8")
    return f"{LINE}table: {{file: wide.csv}}}}\n"


def many_points(_: Path) -> str:
    return f"{LINE}reveal: true, points: [{', '.join(f'p{number}' for number in range(3_000))}]}}\n"


def many_highlights(_: Path) -> str:
    lines = ", ".join(["'1'"] * 3_000)
    return f"{LINE}code: x = 1;, language: c, highlight: [{lines}]}}\n"


def many_slides(_: Path) -> str:
    return "slides:\n" + "".join(f"  - {{title: Slide {number}, body: a b c}}\n" for number in range(500))


def deep(_: Path) -> str:
    return "slides: " + "[" * 5_000


def laughs(_: Path) -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 9)]
    return "\n".join(rows) + "\nslides: *a8\n"


def marks_of_prose(_: Path) -> str:
    bodies = [
        "[" * 20_000,
        "*a " * 8_000,
        "> " * 2_000 + "x",
        "`" * 9_999 + "a",
        "![" * 9_000,
        "<" * 20_000,
        "- " * 500,
    ]
    return "slides:\n" + "".join(f"  - {{title: A, body: '{body}'}}\n" for body in bodies)


def long_words(_: Path) -> str:
    words = ["x" * 90_000, "ש" * 40_000, "سلا " * 20_000, "中" * 30_000, "a\u0301" * 30_000, "(ש1" * 20_000]
    return "slides:\n" + "".join(f"  - {{title: A, body: '{word}', notes: '{word}'}}\n" for word in words)


def long_titles(_: Path) -> str:
    return "slides:\n" + "".join(f"  - {{title: '{word * 20_000}'}}\n" for word in ("ab ", "ש ", "中", "W"))


DECKS: Final[tuple[Callable[[Path], str], ...]] = (
    font_of_fonts,
    huge_letter,
    wide_code,
    slow_code,
    much_slow_code,
    scans,
    most_scans,
    films,
    many_rows,
    wide_table,
    many_points,
    many_highlights,
    many_slides,
    deep,
    laughs,
    marks_of_prose,
    long_words,
    long_titles,
)
"""One each."""


def written(make: Callable[[Path], str], folder: Path) -> Path:
    """Write a deck, and what it shows, into a folder; return its path."""
    path = folder / "deck.yaml"
    path.write_text(make(folder), encoding="utf-8")
    return path
