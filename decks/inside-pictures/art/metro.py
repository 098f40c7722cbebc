"""A hundred metres down: chandeliers, a mural, and people reading newspapers on their stands."""

from dataclasses import replace
from itertools import pairwise

from people import BACK, SIDE, Dress, person
from places import clouds, ridge
from studio import (
    BARK,
    CREAM,
    INK,
    LEAF,
    MINT,
    MOSS,
    PINK,
    RED,
    ROSE,
    SEA,
    SLATE,
    UMBER,
    WINE,
    Canvas,
    Ink,
    Point,
    View,
    blob,
    box,
    limb,
    mix,
    oval,
    poly,
    toned,
    track,
)

FAR: Point = (470.0, 268.0)


def toward(x: float, y: float, near: float) -> Point:
    """A point of the picture plane pushed back towards the vanishing point; near 1 is the plane, 0 infinitely far."""
    return (FAR[0] + (x - FAR[0]) * near, FAR[1] + (y - FAR[1]) * near)


def _vault(v: View) -> None:
    arch: list[Point] = track("-180,300 -120,90 60,-60 300,-130 470,-150 640,-130 880,-60 1060,90 1120,300")
    depths = [1.5, 1.12, 0.86, 0.66, 0.51, 0.4, 0.32]
    for i, (near, back) in enumerate(pairwise(depths)):
        outer = [toward(*p, near) for p in arch]
        inner = [toward(*p, back) for p in arch]
        for j in range(8):
            shade = abs(j - 3.2) / 5
            tone = mix(mix("#a8765a", "#3f3440", shade), "#e9a870", 0.07 * i)
            v.paint([[outer[j], outer[j + 1], inner[j + 1], inner[j]]], tone)
        rib = [toward(*p, near * 0.985) for p in arch]
        v.paint(limb(rib, [13 * near] * 9), toned(mix(SEA, MINT, 0.12 * i), rim=5 * near))


def _mural(v: View) -> None:
    (x0, y0), (x1, y1) = toward(-180, -110, 0.32), toward(1120, 520, 0.32)
    v.paint(box(x0, y0, x1, y1), Ink("#6fc0bb", "#ffd79a"))
    clouds(v, [(x0 + 110, y0 + 60, 80), (x1 - 100, y0 + 44, 80)])
    mid = 470.0
    mountain = [
        (x0, y1 - 92),
        (mid - 70, y1 - 128),
        (mid - 34, y1 - 168),
        (mid + 26, y1 - 160),
        (mid + 96, y1 - 108),
        (x1, y1 - 96),
    ]
    v.paint(ridge(x0 + 40, x1 - 40, y1, mountain), toned("#5f8fa8", rim=8))
    v.paint(
        blob(
            *[(mid + x, y1 + y) for x, y in track("-66,-132 -34,-168 26,-160 62,-134 30,-128 6,-140 -16,-124 -38,-138")]
        ),
        "#f6efe0",
    )
    v.paint(
        ridge(x0 + 40, x1 - 40, y1, [(x0, y1 - 70), (mid - 90, y1 - 84), (mid + 50, y1 - 58), (x1, y1 - 80)]),
        toned(SEA, rim=6),
    )
    v.paint(
        ridge(x0 + 40, x1 - 40, y1, [(x0, y1 - 40), (mid - 80, y1 - 56), (mid + 30, y1 - 36), (x1, y1 - 52)]),
        toned(LEAF, rim=6),
    )
    for i in range(16):
        v.paint(oval(x0 + 20 + i * 25, y1 - 22 - (i * 7) % 13, 8, 6), toned((ROSE, PINK, RED)[i % 3], rim=2))
    v.paint(box(x0, y1 - 12, x1, y1), WINE)


def _sides(v: View) -> None:
    for way, edge in ((-1, -180), (1, 1120)):
        v.paint(
            poly(toward(edge, 300, 1.5), toward(edge, 300, 0.32), toward(edge, 640, 0.32), toward(edge, 640, 1.5)),
            Ink("#8d6654", "#5a4248"),
        )
        for near in (0.36, 0.44, 0.55, 0.7, 0.9, 1.16):
            (xa, ya), (_, yb) = toward(edge, 296, near), toward(edge, 640, near)
            wide = 30 * near
            v.paint(
                box(min(xa, xa - way * wide), ya, max(xa, xa - way * wide), yb),
                Ink("#e2c19c", "#9c7c6c", lit=CREAM, rim=wide * 0.3),
            )
            v.paint(
                box(min(xa, xa - way * wide * 1.3), ya - 7 * near, max(xa, xa - way * wide * 1.3), ya + 7 * near),
                toned(ROSE, rim=3),
            )


def _floor(v: View) -> None:
    v.paint(
        poly(toward(-180, 640, 0.32), toward(1120, 640, 0.32), toward(1120, 640, 1.5), toward(-180, 640, 1.5)),
        Ink("#f6dcb0", "#d9a577"),
    )
    for i in range(-3, 5):
        x = 470 + i * 150
        v.paint(
            poly(toward(x - 9, 640, 0.32), toward(x + 9, 640, 0.32), toward(x + 9, 640, 1.3), toward(x - 9, 640, 1.3)),
            Ink("#fff0cf", "#eec193", alpha=0.8),
        )
    for near in (0.36, 0.44, 0.55, 0.7, 0.92):
        v.paint(
            poly(toward(-180, 636, near), toward(1120, 636, near), toward(1120, 646, near), toward(-180, 646, near)),
            Ink("#c9956c", alpha=0.7),
        )


def _chandelier(v: View, near: float) -> None:
    x, y = toward(470, 40, near)
    top = toward(470, -190, near)
    s = near * 1.25
    v.paint(limb([top, (x, y)], [3.5 * s, 3.5 * s]), UMBER)
    v.canvas.glow(x, y + 20 * s, 200 * s, "#ffb65c", 0.6)
    for dx, dy, r in ((-112, 8, 20), (-66, 28, 23), (0, 38, 26), (66, 28, 23), (112, 8, 20)):
        v.paint(
            limb(
                [(x, y - 24 * s), (x + dx * 0.7 * s, y - 12 * s), (x + dx * s, y + (dy - 14) * s)],
                [5 * s, 4 * s, 4 * s],
            ),
            toned("#b5803f", rim=2),
        )
        v.paint(oval(x + dx * s, y + dy * s, r * s), Ink("#fff5d4", "#ffd98f"))
    for dx, dy, r in ((-44, -22, 16), (44, -22, 16), (0, -34, 17)):
        v.paint(oval(x + dx * s, y + dy * s, r * s), Ink("#fff5d4", "#ffd98f"))


def _stand(v: View) -> None:
    """A newspaper stand: a slanted board on two legs, 150 wide, 175 tall."""
    for x in (-62, 62):
        v.paint(limb([(x, -120), (x * 1.1, 0)], [6, 6]), toned(BARK, rim=2.5))
    v.paint(box(-82, -186, 82, -78), toned(BARK, rim=5))
    for x in (-74, 3):
        v.paint(box(x, -178, x + 71, -86), Ink("#f6ecd4", "#d9caa9"))
        v.paint(box(x + 6, -173, x + 65, -163), RED if x < 0 else SLATE)
        v.paint(box(x + 6, -157, x + 34, -132), mix(SLATE, CREAM, 0.35))
        for row in range(4):
            v.paint(box(x + 39, -157 + row * 7, x + 65, -154 + row * 7), mix(SLATE, CREAM, 0.45))
        for row in range(5):
            v.paint(box(x + 6, -124 + row * 7, x + 65, -121 + row * 7), mix(SLATE, CREAM, 0.5))


def _readers(c: Canvas) -> None:
    floor = c.at()
    for x, y, w in ((214, 622, 200), (756, 622, 200), (480, 458, 84)):
        floor.paint(oval(x, y, w, 15), Ink("#6b4036", soft=5, alpha=0.6))
    far = replace(SIDE, head=(2.5, -89))
    for x, y, s, coat in ((432, 458, 1.5, MOSS), (524, 462, 1.55, WINE)):
        person(c.at(x, y, s), far if x > 500 else BACK, Dress(coat, hem=14, top="" if x > 500 else "cap", cloth=coat))
    _stand(c.at(206, 586, 2.25))
    _stand(c.at(754, 586, 2.25))
    lean = replace(BACK, head=(3, -89.5), near_arm=((13, -66), (9, -52)), far_arm=((-12, -66), (-8, -52)))
    person(c.at(122, 632, 4.35), lean, Dress("#2f5a68", hem=14, top="cap", cloth="#2f5a68"))
    person(c.at(300, 628, 4.1), replace(BACK, head=(-2.5, -90)), Dress("#d9586a", hem=18, top="long", legs=INK))
    person(c.at(672, 628, 4.25), replace(BACK, head=(2, -90)), Dress("#5f6a3c", hem=8, top="", legs="#2b3138"))
    person(
        c.at(846, 628, 4.0, flip=True),
        replace(SIDE, head=(4, -88.5), near_arm=((-4, -65), (4, -54))),
        Dress("#138a8a", hem=16, top="bun"),
    )


def metro() -> None:
    c = Canvas(71, light=(0.1, -1.0))
    v = c.at()
    c.sky("#3f3440", "#5a4248")
    _vault(v)
    _mural(v)
    _sides(v)
    _floor(v)
    c.glow(470, 330, 300, "#ffb870", 0.25)
    for near in (0.42, 0.74):
        _chandelier(v, near)
    for near in (0.52, 0.72, 1.0):
        x, y = toward(470, 600, near)
        c.glow(x, y, (200 * near, 46 * near), "#ffd9a0", 0.5)
    _readers(c)
    c.corners(0.5)
    c.finish("metro")


if __name__ == "__main__":
    metro()
