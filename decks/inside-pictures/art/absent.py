"""A clean street of absent things: cars, adverts and litter drawn as dashed ghosts where they are not."""

import math
from collections.abc import Sequence
from itertools import pairwise

from people import WALK, Dress, person, shadow
from places import PASTELS, Block, block, clouds, poplar
from studio import CREAM, DEEP, INK, MOSS, TEAL, Canvas, Ink, Point, Shape, View, box, limb, mix, poly, spline, track

GHOST = "#fff8e8"


def dashes(path: Sequence[Point], width: float, dash: float) -> Shape:
    """A dashed stroke along a path."""
    parts: Shape = []
    along, drawn = 0.0, [path[0]]
    on = True
    for (x0, y0), (x1, y1) in pairwise(path):
        length = math.hypot(x1 - x0, y1 - y0)
        at = 0.0
        while length - at > dash * (1 if on else 0.5) - along:
            at += dash * (1 if on else 0.5) - along
            point = (x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length)
            if on:
                parts += limb([*drawn, point], [width / 2] * 2, bent=True)
            on, along, drawn = not on, 0.0, [point]
        along += length - at
        drawn.append((x1, y1))
    if on and len(drawn) > 1:
        parts += limb(drawn, [width / 2] * 2, bent=True)
    return parts


def ghost(v: View, outline: Sequence[Point], width: float, dash: float = 34) -> None:
    """Something that is not there: a breath of white inside a dashed outline."""
    closed = [*outline, outline[0]]
    v.paint([list(outline)], Ink("#f4fbf4", alpha=0.16))
    v.paint(dashes([(x + 3, y + 4) for x, y in closed], width, dash), Ink(INK, soft=2, alpha=0.4))
    v.paint(dashes(closed, width, dash), GHOST)


def _car(v: View, width: float) -> None:
    """A saloon from the side: 300 wide, 100 tall, wheels on y = 0."""
    body = spline(
        track("0,-24 4,-52 60,-60 96,-96 140,-104 190,-102 232,-62 290,-52 300,-24 262,-20 150,-20 40,-20"), steps=8
    )
    ghost(v, body, width, 26)
    v.paint(dashes([(104, -64), (122, -86), (190, -88), (212, -64), (104, -64)], width * 0.7, 20), GHOST)
    for x in (66, 236):
        wheel = [(x + 26 * math.cos(i * math.tau / 32), -22 + 26 * math.sin(i * math.tau / 32)) for i in range(33)]
        v.paint([wheel], Ink("#f4fbf4", alpha=0.16))
        v.paint(dashes(wheel, width, 18), GHOST)


def _street(c: Canvas) -> None:
    v = c.at()
    c.sky("#1f7480", "#57a7a6", "#cfe0c4", bottom=360)
    clouds(v, [(160, 70, 150), (880, 60, 140)])
    c.glow(80, 60, 460, "#ffe9b4", 0.7)
    chance = c.chance
    x = -30.0
    for i in range(9):
        wide = chance.uniform(96, 150)
        tall = (300, 210, 260, 180, 120, 150, 240, 200, 280)[i]
        block(
            v,
            Block(
                x, 356, wide, tall, mix(PASTELS[(i * 3) % 7], CREAM, 0.12), 14, 4, max(4, tall // 32), DEEP, trim=CREAM
            ),
        )
        x += wide + 16
    c.haze("#f7e1c2", 220, 370, 0.35)
    v.paint(box(0, 350, 960, 400), Ink("#e2d3b4", "#cdbb98"))
    for px in (60, 300, 620, 900):
        poplar(v, px, 372, 110, mix(MOSS, TEAL, 0.2))
    v.paint(box(0, 396, 960, 560), Ink("#3e5f68", "#2d4a54"))
    v.paint(box(0, 392, 960, 402), CREAM)
    for px in range(-20, 980, 150):
        v.paint(poly((px, 476), (px + 84, 476), (px + 78, 484), (px - 6, 484)), mix("#3e5f68", CREAM, 0.35))
    v.paint(box(0, 556, 960, 640), Ink("#a8957a", "#7d6c5a"))
    v.paint(box(0, 552, 960, 562), CREAM)


def _litter(v: View) -> None:
    can = [(706, 580), (760, 580), (754, 632), (712, 632)]
    ghost(v, can, 7, 20)
    ghost(v, spline(track("590,622 604,592 636,586 660,606 650,630 618,634"), steps=6), 7, 20)
    ghost(v, track("814,626 816,596 826,584 826,570 840,570 840,584 850,596 852,626"), 6, 18)


def absent() -> None:
    c = Canvas(131)
    v = c.at()
    _street(c)
    ghost(v, [(424, 60), (700, 60), (700, 190), (424, 190)], 13)
    v.paint(dashes([(470, 196), (470, 250)], 10, 26), GHOST)
    v.paint(dashes([(654, 196), (654, 250)], 10, 26), GHOST)
    v.paint(dashes([(470, 150), (530, 100), (570, 140), (612, 96), (656, 150)], 8, 26), GHOST)
    _car(c.at(690, 468, 0.84), 9.5)
    walker = c.at(118, 618, 2.5)
    shadow(walker, 50, 5)
    person(walker, WALK, Dress("#c9635f", legs=INK, hem=16, top="bun"))
    _car(c.at(226, 552, 1.44), 8)
    _litter(v)
    c.glow(60, 60, 640, "#fff0c0", 0.18)
    c.corners(0.3)
    c.finish("absent")


if __name__ == "__main__":
    absent()
