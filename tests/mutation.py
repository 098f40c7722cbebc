"""Decks that somebody got wrong: good ones with a few random changes, the same for the same seed."""

from __future__ import annotations

import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DECKS = ROOT / "decks"
LINKS = ("tour", "inside-pictures")
"""Folders of `decks` that have to lie beside the decks made here."""
SEEDS = tuple(
    (DECKS / name)
    .read_bytes()
    .replace(b"../images/", b"inside-pictures/images/")
    .replace(b"include: sections/", b"include: inside-pictures/sections/")
    for name in (
        "tour.yaml",
        "tour.yaml",
        "tour/closing.yaml",
        "inside-pictures/deck.yaml",
        *(
            f"inside-pictures/sections/{file.name}"
            for file in sorted((DECKS / "inside-pictures/sections").glob("*.yaml"))
        ),
    )
)
MARKS = (
    *(b"\n", b"  ", b"\t", b": ", b"- ", b"#", b" #", b"[", b"]", b"{", b"}", b'"', b"'", b"|", b">", b"&a ", b"*a "),
    *(b"!!", b"%", b"@", b"`", b"---\n", b"? ", b"<<: *a\n", b"\x00", b"\x1b[2J", b"\xff", b"\xe2\x80\xae", b"\r"),
    *(b"~", b"9" * 400, b"1:30", b"A" * 3000, b"[" * 50, b"- " * 40, b"\xf0\x9f\x91\xa9\xe2\x80\x8d" * 20, b"\\x1b"),
    *(
        b"include: deck.yaml\n",
        b"include: ../../etc\n",
        b"lint: {ignore: [L003]}\n",
        b"sizes: [80x24]\n",
        b"time: 99h\n",
    ),
)
"""What people type by mistake, and what nobody types."""


WORDS = (b"true", b"[]", b"{}", b"~", b"42", b"90s", b"[a, b]", b"{a: b}", b"half", b"no", b"40%", b"x" * 300, b'""')
"""Values for any key."""


def mutated(seed: int) -> bytes:
    """Return a deck with a few changes: half of the decks lose, repeat or swap lines and values, the others bytes."""
    dice = random.Random(seed)  # noqa: S311 - mutations, not secrets
    data = bytearray(dice.choice(SEEDS))
    if seed % 2:
        return _gently(bytes(data), dice)
    if dice.random() < 0.5:  # every second one is short, so that changes meet
        lines = bytes(data).split(b"\n")
        first = dice.randrange(len(lines))
        data = bytearray(b"slides:\n" * dice.randrange(2) + b"\n".join(lines[first : first + dice.randrange(5, 60)]))
    for _ in range(dice.randrange(1, 9)):
        _change(data, dice)
    return bytes(data)


def _gently(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(lines))
        key, colon, _ = lines[at].partition(b": ")
        match dice.randrange(5):
            case 0:
                del lines[at]
                lines.append(b"")
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines.insert(at, lines[dice.randrange(len(lines))])
            case 3:
                lines[at] += b" " + dice.choice(MARKS)
            case _ if colon:
                lines[at] = key + colon + dice.choice(WORDS)
    return b"\n".join(lines)


def _change(data: bytearray, dice: random.Random) -> None:
    first = dice.randrange(len(data) + 1)
    last = min(len(data), first + dice.randrange(1, 40))
    match dice.randrange(7):
        case 0:
            del data[first:last]
        case 1:
            data[first:first] = dice.choice(MARKS)
        case 2:
            data[first:last] = dice.choice(MARKS)
        case 3:
            data[first:first] = data[dice.randrange(len(data) + 1) :][: dice.randrange(1, 200)]
        case 4:
            data[first:last] = bytes(reversed(data[first:last]))
        case 5:
            lines = bytes(data).split(b"\n")
            dice.shuffle(lines)
            data[:] = b"\n".join(lines[: dice.randrange(1, len(lines) + 1)])
        case _:
            data[first:last] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 8)))
