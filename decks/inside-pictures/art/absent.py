"""A clean street of absent things: cars, adverts and litter drawn as dashed ghosts where they are not."""

import math
from collections.abc import Sequence
from itertools import pairwise

from people import WALK, Dress, person, shadow
from places import PASTELS, Block, block, clouds, poplar
from studio import CREAM, DEEP, INK, MOSS, TEAL, Canvas, Ink, Point, Shape, View, box, limb, mix, poly, spline, track

GHOST = "#fff8e8"
GAP = 0.85  # of a dash, before its round ends reach into it


def dashes(path: Sequence[Point], width: float, dash: float) -> Shape:
    """A dashed stroke along a path."""
    parts: Shape = []
    along, drawn = 0.0, [path[0]]
    on = True
    for (x0, y0), (x1, y1) in pairwise(path):
        length = math.hypot(x1 - x0, y1 - y0)
        at = 0.0
        while length - at > dash * (1 if on else GAP) - along:
            at += dash * (1 if on else GAP) - along
            point = (x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length)
            if on:
                parts += limb([*drawn, point], [width / 2] * 2, bent=True)
            on, along, drawn = not on, 0.0, [point]
        along += length - at
        drawn.append((x1, y1))
    if on and len(drawn) > 1:
        parts += limb(drawn, [width / 2] * 2, bent=True)
    return parts


def ghost(v: View, outline: Sequence[Point], width: float, dash: float = 34, *, body: float = 0.26) -> None:
    """Something that is not there: a breath of white inside a dashed outline."""
    closed = [*outline, outline[0]]
    v.paint([list(outline)], Ink("#f4fbf4", alpha=body))
    v.paint(dashes([(x + 3, y + 5) for x, y in closed], width * 1.5, dash), Ink(INK, soft=3, alpha=0.5))
    v.paint(dashes(closed, width, dash), GHOST)


def _car(v: View, width: float) -> None:
    """A saloon from the side: 300 wide, 110 tall, wheels on y = 0."""
    body = spline(track("0,-26 6,-58 66,-64 98,-104 144,-112 196,-108 234,-66 288,-56 300,-26 150,-20"), steps=8)
    ghost(v, body, width, 30)
    v.paint([track("112,-66 124,-90 190,-90 208,-66")], Ink("#0f2a36", alpha=0.5))
    for x in (68, 234):
        wheel = [(x + 27 * math.cos(i * math.tau / 32), -24 + 27 * math.sin(i * math.tau / 32)) for i in range(33)]
        ghost(v, wheel, width, 500, body=0.5)


def _street(c: Canvas) -> None:
    v = c.at()
    c.sky("#1f7480", "#57a7a6", "#cfe0c4", bottom=360)
    clouds(v, [(160, 70, 150), (880, 60, 140)])
    c.glow(80, 60, 460, "#ffe9b4", 0.7)
    chance = c.chance
    x = -30.0
    for i in range(9):
        wide = chance.uniform(96, 150)
        tall = (310, 230, 280, 120, 90, 110, 80, 240, 300)[i]
        colour = mix(PASTELS[(i * 3) % 7], CREAM, 0.05)
        block(
            v,
            Block(x, 356, wide, tall, colour, 14, 3, max(2, tall // 48), mix(DEEP, colour, 0.35), trim=CREAM),
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
    v.paint(box(0, 552, 960, 562), mix("#a8957a", CREAM, 0.3))


def _litter(v: View) -> None:
    ghost(v, track("846,560 910,560 902,630 854,630"), 12, 44, body=0.5)
    ghost(v, spline(track("716,622 730,580 776,566 812,592 800,628 756,634"), steps=6), 12, 50, body=0.5)


def _advert(v: View) -> None:
    """A billboard on two posts, with somebody's picture of somewhere else."""
    for x in (470, 690):
        v.paint(dashes([(x, 236), (x, 330)], 15, 34), GHOST)
    ghost(v, track("392,40 768,40 768,226 392,226"), 19, 52, body=0.2)
    v.paint(limb(track("450,178 530,104 588,156 652,88 712,178"), [7, 7], bent=True), GHOST)


def absent() -> None:
    c = Canvas(131)
    v = c.at()
    _street(c)
    _advert(v)
    _car(c.at(664, 478, 0.92), 14)
    walker = c.at(118, 624, 3.1)
    shadow(walker, 50, 5)
    person(walker, WALK, Dress("#c9635f", legs=INK, hem=16, top="bun"))
    _car(c.at(212, 584, 1.56), 11)
    _litter(v)
    c.glow(60, 60, 640, "#fff0c0", 0.18)
    c.corners(0.3)
    c.finish("absent")


if __name__ == "__main__":
    absent()
