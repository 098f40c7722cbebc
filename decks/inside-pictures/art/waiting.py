"""A long line of people, and the old bus they are waiting for."""

from dataclasses import replace

from people import BACK, FRONT, SIDE, Dress, Pose, person, shadow
from places import PASTELS, Block, block, bus, clouds, poplar
from studio import CREAM, INK, MINT, MOSS, TEAL, WHEAT, Canvas, Ink, View, blob, box, limb, mix, poly, toned

COATS = ("#2f5d52", "#e6c9a0", "#b8434c", "#cfe0d2", "#1f5f73", "#f0a79c", "#3a4a63", WHEAT, "#2d6a5c", "#f3dcc0")
"""Dark and light in turn: the far end of the line would be one bar else."""


def _street(v: View) -> None:
    chance = v.canvas.chance
    x = -20.0
    for i in range(9):
        wide = chance.uniform(90, 140)
        colour = mix(PASTELS[i % 7], "#dfe3cd", 0.35)
        block(v, Block(x, 392, wide, chance.uniform(150, 300), colour, 16, 5, 9, mix(TEAL, "#dfe3cd", 0.2), trim=CREAM))
        x += wide + 18
    v.canvas.haze("#f9e2c4", 150, 400, 0.75)


def _bag(v: View, x: float, y: float, colour: str) -> None:
    v.paint(limb([(x - 4, y), (x, y - 8), (x + 4, y)], [0.9, 0.9, 0.9]), INK)
    v.paint(blob((x - 7, y), (x + 7, y), (x + 9, y + 15), (x, y + 17), (x - 9, y + 15)), toned(colour, rim=3))


def _pose(i: int) -> Pose:
    """People in a line do not stand alike."""
    poses = (
        replace(SIDE, near_arm=((-4, -65), (3, -50))),
        replace(SIDE, head=(4.5, -88.5), near_arm=((-1, -66), (9, -64)), far_arm=((4, -66), (10, -62))),
        replace(BACK, head=(2, -90), broad=9.6),
        replace(SIDE, head=(0.5, -90), near_arm=((-6, -65), (-2, -53)), far_arm=((5, -64), (5, -50))),
        replace(
            FRONT, look=-0.7, head=(-1, -90), near_arm=((12, -66), (3, -58)), far_arm=((-12, -66), (-3, -57)), broad=9.6
        ),
    )
    return poses[i % 5]


def _line(c: Canvas) -> None:
    tops = ("cap", "scarf", "", "bun", "long")
    for i in range(10, -1, -1):
        near = 0.79**i
        size = 1.0 + 3.2 * near
        x, y = 700 - 600 * near, 372 + 60 * size
        spot = c.at(x, y, size * (1 + 0.04 * (i % 3 - 1)))
        coat = mix(COATS[i % 10], "#e9d8bd", 0.16 * (1 - near))
        dress = Dress(
            coat,
            legs=mix(INK, "#8fa09a", 0.35 * (1 - near)),
            hem=(6, 18, 12, 16, 9)[i % 5],
            top=tops[i % 5],
            cloth=COATS[(i * 3 + 4) % 10],
        )
        shadow(spot, 44, 7)
        person(spot, _pose(i), dress)
        if i % 4 in (0, 3):
            _bag(spot, 3, -49, COATS[(i + 5) % 10])


def queue() -> None:
    c = Canvas(5)
    v = c.at()
    c.sky("#58aaa9", "#bfdcc8", "#fbe1c0", bottom=400)
    clouds(v, [(200, 70, 180), (650, 110, 150)])
    c.glow(120, 150, 420, "#ffe0a0", 0.7)
    _street(v)
    v.paint(box(0, 388, 960, 640), Ink("#d8c6a6", "#a8967c"))
    v.paint(poly((960, 402), (300, 396), (0, 396), (0, 424), (960, 500)), Ink("#9a9c9a", "#7f8589"))
    for x in (480, 560, 900):
        poplar(v, x, 396, 120, mix(MOSS, MINT, 0.3))
    bus(c.at(430, 452, 1.7))
    _line(c)
    c.glow(0, 60, 620, "#ffd9a0", 0.2)
    c.corners(0.3)
    c.finish("queue")


if __name__ == "__main__":
    queue()
