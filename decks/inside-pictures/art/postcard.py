"""The postcard, and the wall it is painted on: a bright boulevard whose paint is coming off the concrete."""

import math
import random

from people import BACK, SIDE, WALK, Dress, person, shadow
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from places import PASTELS, Block, block, clouds, lamp, slogan, tower, tree
from studio import (
    CREAM,
    DEEP,
    GREY,
    INK,
    LEAF,
    MOSS,
    PINK,
    RED,
    SCALE,
    SOOT,
    TEAL,
    WHEAT,
    Canvas,
    Ink,
    Point,
    View,
    box,
    limb,
    mix,
    oval,
    poly,
    toned,
    track,
)


def _boulevard(c: Canvas) -> None:
    """The bright half: monument, pastel fronts, a wide clean street."""
    v = c.at()
    c.sky("#2a8c97", "#8fd0c6", "#fde5bf", bottom=430)
    c.glow(130, 120, 460, "#fff0b0", 0.9)
    v.paint(oval(122, 118, 46), "#fff6d8")
    clouds(v, [(330, 80, 180), (640, 130, 190), (860, 60, 150)], "#fff3df")
    fronts = ((-40, 150, 250), (118, 96, 190), (402, 110, 210), (520, 130, 280), (660, 120, 220), (790, 170, 330))
    for i, (x, wide, tall) in enumerate(fronts):
        block(v, Block(x, 440, wide, tall, PASTELS[(0, 1, 3, 0, 5, 4)[i]], 18, 4, max(5, tall // 32), DEEP, trim=CREAM))
    tower(v, 310, 446, 390)
    v.paint(box(0, 432, 960, 640), Ink("#9ccf97", "#6fae84"))
    v.paint(poly((250, 440), (370, 440), (900, 660), (-260, 660)), Ink("#e9d9bd", "#c8b093"))
    for x, tall in ((60, 100), (170, 84), (440, 90), (560, 104), (690, 110), (840, 130)):
        tree(v, x, 456, tall, LEAF if x % 20 else MOSS)
    slogan(v, 430, 396, 270, 46)
    slogan(v, -40, 396, 190, 46)
    for x, y, tall in ((214, 480, 96), (150, 540, 150)):
        lamp(v, x, y, tall)
    for x, y, s, coat in ((316, 540, 1.35, RED), (372, 548, 1.4, TEAL), (236, 600, 2.1, "#e88f8b")):
        spot = c.at(x, y, s)
        shadow(spot, 46, 7)
        person(
            spot,
            WALK if coat == RED else (SIDE, BACK)[coat == TEAL],
            Dress(coat, legs=INK, hem=16, top="bun" if coat != TEAL else "cap", cloth=DEEP),
        )
    for x0, y0, x1, y1 in ((0, 0, 960, 20), (0, 620, 960, 640), (0, 0, 20, 640), (940, 0, 960, 640)):
        v.paint(box(x0, y0, x1, y1), "#fff7e6")


def _bare(c: Canvas) -> None:
    """What is under it: cast concrete, stains, a patch of brick, cracks."""
    v = c.at()
    v.paint(box(-10, -10, 970, 650), Ink("#9a9893", "#74747a"))
    chance = c.chance
    for _ in range(24):
        x, y, r = chance.uniform(300, 980), chance.uniform(0, 640), chance.uniform(50, 130)
        v.paint(
            oval(x, y, r, r * chance.uniform(0.3, 0.9)),
            Ink(chance.choice(("#b3b0a8", "#7d7d80", "#8f8a82")), soft=10, alpha=0.3),
        )
    for y in (206, 424):
        v.paint(box(300, y, 970, y + 7), mix(GREY, SOOT, 0.4))
        v.paint(box(300, y + 7, 970, y + 10), "#b5b2aa")
    for row in range(7):
        for col in range(8):
            x, y = 700 + col * 44 - (row % 2) * 22, 452 + row * 28
            if (x - 860) ** 2 / 160**2 + (y - 560) ** 2 / 110**2 < 1 + chance.uniform(-0.3, 0.2):
                v.paint(box(x, y, x + 39, y + 23), toned(mix("#94604c", GREY, chance.uniform(0.1, 0.5)), rim=5))
    for _ in range(9):
        x, y = chance.uniform(560, 940), chance.uniform(0, 300)
        v.paint(
            poly((x - 9, y), (x + 9, y), (x + 3, y + chance.uniform(120, 280)), (x - 2, y + 100)),
            Ink("#5a4a40", soft=5, alpha=0.35),
        )
    for x, y in ((640, 60), (800, 240), (560, 470)):
        path: list[Point] = [(x, y)]
        for _ in range(7):
            path.append((path[-1][0] + chance.uniform(-10, 34), path[-1][1] + chance.uniform(10, 34)))
        v.paint(limb(path, [3.4, 2.4, 1.0], bent=True), mix(SOOT, INK, 0.3))


def ragged(points: list[Point], depth: int, rough: float, chance: random.Random) -> list[Point]:
    """Break the sides of an outline up, again and again."""
    for _ in range(depth):
        out: list[Point] = []
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            push = math.hypot(x1 - x0, y1 - y0) * rough * chance.uniform(-1, 1)
            long = math.hypot(x1 - x0, y1 - y0) or 1
            out += [(x0, y0), ((x0 + x1) / 2 - (y1 - y0) / long * push, (y0 + y1) / 2 + (x1 - x0) / long * push)]
        points = out
    return points


def _left(chance: random.Random) -> Image.Image:
    """Where paint is left: the left half, a few holes in it, islands beyond."""
    mask = Image.new("L", (960 * SCALE, 640 * SCALE))
    pen = ImageDraw.Draw(mask)

    def cut(points: list[Point], fill: int, depth: int = 5, rough: float = 0.2) -> None:
        pen.polygon([(x * SCALE, y * SCALE) for x, y in ragged(points, depth, rough, chance)], fill=fill)

    pen.rectangle((0, 0, 300 * SCALE, 640 * SCALE), fill=255)
    cut(track("200,-60 660,-60 560,80 640,190 500,310 560,430 420,520 500,700 200,700"), 255, 4, 0.09)
    cut([(440 + 46 * math.cos(a), 390 + 54 * math.sin(a)) for a in (0, 1, 2, 3, 4, 5)], 0, 3, 0.12)
    for x, y, r in ((800, 110, 86), (690, 330, 66)):
        cut([(x + r * math.cos(a) * 1.25, y + r * math.sin(a)) for a in (0, 1, 2, 3, 4, 5)], 255, 3, 0.12)
    return mask.filter(ImageFilter.GaussianBlur(1))


def _shift(mask: Image.Image, dx: int, dy: int) -> Image.Image:
    moved = Image.new("L", mask.size)
    moved.paste(mask, (dx * SCALE, dy * SCALE))
    return moved


def _flakes(v: View) -> None:
    """Curls of paint that hang on by an edge, their pale undersides to the light."""
    chance = v.canvas.chance
    for x, y, r in ((612, 150, 84), (556, 372, 92), (486, 590, 76), (884, 150, 56)):
        outline = ragged([(x - r * 0.6, y - r * 0.7), (x + r, y - r * 0.2), (x + r * 0.3, y + r * 0.9)], 3, 0.1, chance)
        v.paint([[(px + 16, py + 22) for px, py in outline]], Ink(INK, soft=6, alpha=0.6))
        v.paint([outline], Ink("#fff0d6", mix(PINK, WHEAT, 0.4), lit="#fffaf0", dark="#8f6a5e", rim=10))


def postcard() -> None:
    c = Canvas(141)
    _boulevard(c)
    c.glow(120, 120, 640, "#fff0b8", 0.25)
    painted = c.image.copy()
    _bare(c)
    mask = _left(c.chance)
    for dx, dy, soft, alpha in ((16, 18, 10, 0.6), (5, 6, 2, 0.75)):
        shade = (
            _shift(mask, dx, dy)
            .filter(ImageFilter.GaussianBlur(soft * SCALE / 2))
            .point(lambda t, a=alpha: round(t * a))
        )
        c.image.paste(INK, (0, 0), shade)
    c.image.paste(painted, (0, 0), mask)
    rim = ImageChops.subtract(mask, _shift(mask, -3, -3))
    c.image.paste("#fff6e2", (0, 0), rim.point(lambda t: round(t * 0.9)))
    _flakes(c.at())
    c.corners(0.3)
    c.finish("postcard")


if __name__ == "__main__":
    postcard()
