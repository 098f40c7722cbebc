"""What stands around the people: blocks, towers, trees, hills, slogans, lamps and the old bus."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from studio import (
    CREAM,
    DEEP,
    INK,
    LAMP,
    MINT,
    MOSS,
    PINK,
    RED,
    SLATE,
    TEAL,
    UMBER,
    WHEAT,
    WINE,
    Ink,
    Point,
    Shape,
    View,
    blob,
    box,
    join,
    limb,
    mix,
    oval,
    poly,
    toned,
    track,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of flats: its front from (x, base) upwards, a flank `side` wide in shadow, windows in a grid."""

    x: float
    base: float
    wide: float
    tall: float
    front: str
    side: float = 0.0
    cols: int = 4
    rows: int = 8
    pane: str = DEEP
    lit: float = 0.0
    trim: str = ""


def _windows(v: View, b: Block) -> None:
    chance = v.canvas.chance
    step_x, step_y = b.wide / b.cols, b.tall / (b.rows + 0.6)
    dark: list[Shape] = []
    warm: list[Shape] = []
    for col in range(b.cols):
        for row in range(b.rows):
            left, top = b.x + (col + 0.24) * step_x, b.base - b.tall + (row + 0.6) * step_y
            pane = box(left, top, left + step_x * 0.52, top + step_y * 0.55)
            (warm if chance.random() < b.lit else dark).append(pane)
    if dark:
        v.paint(join(*dark), mix(b.pane, b.front, 0.25))
    if warm:
        v.paint(join(*warm), LAMP)


def block(v: View, b: Block) -> None:
    """A block of flats with its windows, a trim on the roof and a flank in shade."""
    top = b.base - b.tall
    if b.side:
        flank = poly(
            (b.x + b.wide, b.base),
            (b.x + b.wide, top),
            (b.x + b.wide + b.side, top + b.side * 0.35),
            (b.x + b.wide + b.side, b.base),
        )
        v.paint(flank, Ink(mix(b.front, INK, 0.5), mix(b.front, DEEP, 0.75)))
    v.paint(
        box(b.x, top, b.x + b.wide, b.base),
        Ink(mix(b.front, CREAM, 0.2), mix(b.front, DEEP, 0.16), lit=mix(b.front, CREAM, 0.65), rim=b.wide * 0.12),
    )
    if b.trim:
        v.paint(box(b.x - 1, top - b.tall * 0.02, b.x + b.wide + 1, top + b.tall * 0.025), b.trim)
    _windows(v, b)


def slogan(v: View, x: float, y: float, wide: float, tall: float) -> None:
    """A red slogan bar: signs that are no writing."""
    v.paint(box(x, y, x + wide, y + tall), toned(RED, rim=tall * 0.12))
    count = max(2, int(wide / (tall * 0.85)))
    gap = wide / count
    size = tall * 0.23
    for i in range(count):
        mid, level = x + (i + 0.5) * gap, y + tall / 2
        signs = (
            box(mid - size, level - size, mid + size, level + size),
            oval(mid, level, size * 1.1),
            join(
                box(mid - size * 1.1, level - size, mid - size * 0.3, level + size),
                box(mid + size * 0.2, level - size, mid + size * 1.1, level),
            ),
        )
        v.paint(signs[(i * 7 + i // 3) % 3], CREAM)


def tower(v: View, x: float, base: float, tall: float) -> None:
    """A stone column with a red glass flame, as one stands by the river."""
    w = tall * 0.055
    v.paint(
        poly(
            (x - w * 2.4, base),
            (x - w * 1.8, base - tall * 0.12),
            (x + w * 1.8, base - tall * 0.12),
            (x + w * 2.4, base),
        ),
        toned("#c9bda8", rim=w * 0.5),
    )
    v.paint(
        poly(
            (x - w, base - tall * 0.1),
            (x - w * 0.62, base - tall * 0.84),
            (x + w * 0.62, base - tall * 0.84),
            (x + w, base - tall * 0.1),
        ),
        Ink("#efe3cc", "#bfae96", dark="#7f7a74", lit=CREAM, rim=w * 0.7),
    )
    top = base - tall * 0.84
    v.canvas.glow(*v.place((x, top - tall * 0.06)), tall * 0.2 * v.size, "#ff8a4a", 0.6)
    v.paint(
        blob(
            (x - w * 0.9, top),
            (x - w, top - tall * 0.06),
            (x - w * 0.1, top - tall * 0.16),
            (x + w, top - tall * 0.06),
            (x + w * 0.9, top),
        ),
        toned(RED, rim=w * 0.5),
    )


def poplar(v: View, x: float, base: float, tall: float, leaf: str = MOSS) -> None:
    """A tall narrow tree."""
    v.paint(limb([(x, base), (x, base - tall * 0.4)], [tall * 0.022, tall * 0.015]), UMBER)
    w = tall * 0.13
    v.paint(
        blob(
            (x, base - tall),
            (x + w * 0.8, base - tall * 0.66),
            (x + w, base - tall * 0.32),
            (x + w * 0.3, base - tall * 0.14),
            (x - w * 0.5, base - tall * 0.14),
            (x - w, base - tall * 0.36),
            (x - w * 0.7, base - tall * 0.7),
        ),
        toned(leaf, rim=w * 0.7),
    )


def tree(v: View, x: float, base: float, tall: float, leaf: str = MOSS) -> None:
    """A round tree of three clumps."""
    v.paint(limb([(x, base), (x + tall * 0.02, base - tall * 0.5)], [tall * 0.04, tall * 0.025]), UMBER)
    for dx, dy, r in ((0.17, 0.52, 0.2), (-0.17, 0.55, 0.22), (0.0, 0.74, 0.26)):
        v.paint(oval(x + dx * tall, base - dy * tall, r * tall, r * tall * 0.88), toned(leaf, rim=tall * 0.1))


def ridge(left: float, right: float, base: float, peaks: list[Point]) -> Shape:
    """The outline of hills through the peaks, down to the base."""
    points = [(left - 40, peaks[0][1]), *peaks, (right + 40, peaks[-1][1])]
    curve: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        for i in range(12):
            t = i / 12
            ease = (1 - math.cos(t * math.pi)) / 2
            curve.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * ease))
    return [[*curve, (right + 40, base), (left - 40, base)]]


def wheel(v: View, x: float, y: float, r: float) -> None:
    """A tyre with a hub."""
    v.paint(oval(x, y, r), toned("#20242a", rim=r * 0.25))
    v.paint(oval(x, y, r * 0.5), toned("#9b958a", rim=r * 0.2))


def bus(v: View) -> None:
    """A round-shouldered bus of the 1960s seen from its side, front to the left: 300 wide, 130 tall, wheels on 0."""
    v.paint(blob((-10, 8), (150, 4), (310, 8), (300, 16), (0, 16)), Ink(INK, soft=4, alpha=0.6))
    body = [track("4,-16 0,-60 6,-104 22,-124 60,-130 250,-130 288,-122 299,-100 300,-16")]
    v.paint(body, Ink(CREAM, "#dcc79e", lit="#fff6dd", dark="#94866d", rim=9))
    v.paint([[(2, -58), (300, -58), (300, -14), (4, -14)]], Ink(TEAL, DEEP, lit=MINT, dark=INK, rim=7))
    v.paint(box(1, -62, 300, -56), RED)
    for i in range(6):
        left = 50 + i * 40
        v.paint(box(left, -112, left + 31, -70), Ink("#284a55", "#5b8387", lit="#f6d9a6", rim=5))
        if i in (1, 2, 4, 5):
            v.paint(join(oval(left + 14, -84, 7, 8.5), box(left + 3, -77, left + 27, -70)), "#1b2a33")
    v.paint(
        poly((7, -70), (9, -104), (24, -114), (42, -114), (42, -70)), Ink("#34606a", "#86a7a2", lit="#fbe3b4", rim=6)
    )
    v.paint(box(55, -66, 80, -14), Ink("#3a6f74", "#1d4650"))
    for x in (40, 240):
        v.paint(oval(x, -14, 27), INK)
        wheel(v, x, -20, 20)
    v.paint(oval(7, -36, 8), toned(WHEAT, rim=3))
    for dx in (0, 22):
        v.paint(limb([(150 + dx, -130), (286 + dx, -196)], [2.2, 1.6]), SLATE)


def lamp(v: View, x: float, base: float, tall: float) -> None:
    """A street lamp with twin globes."""
    v.paint(limb([(x, base), (x, base - tall)], [tall * 0.02, tall * 0.014]), SLATE)
    for dx in (-0.1, 0.1):
        v.paint(oval(x + dx * tall, base - tall * 0.97, tall * 0.055), toned(CREAM, rim=tall * 0.02))


def clouds(v: View, spots: list[tuple[float, float, float]], colour: str = CREAM) -> None:
    """Long soft clouds at (x, y, width)."""
    for x, y, w in spots:
        v.paint(
            blob(
                (x - w, y),
                (x - w * 0.4, y - w * 0.09),
                (x + w * 0.3, y - w * 0.07),
                (x + w, y),
                (x + w * 0.4, y + w * 0.05),
                (x - w * 0.5, y + w * 0.04),
            ),
            Ink(colour, soft=max(3, w * 0.03), alpha=0.65),
        )


PASTELS = (PINK, MINT, "#8cc4bd", "#f2d3b0", "#e7b3a4", TEAL, "#c9dcc0")
WINES = (WINE, RED)
