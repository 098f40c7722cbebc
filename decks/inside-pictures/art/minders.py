"""In the tour bus: the road ahead, two people who keep an eye on it, and a camera on somebody's chest."""

from people import SIDE, Dress, person
from places import PASTELS, Block, block, clouds, slogan, tower
from studio import (
    CREAM,
    DEEP,
    INK,
    NIGHT,
    RED,
    SKIN,
    SLATE,
    SOOT,
    TEAL,
    UMBER,
    WHEAT,
    Canvas,
    Ink,
    Point,
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


def _road(c: Canvas) -> None:
    """What the windscreen shows: a boulevard that runs at a tower."""
    v = c.at()
    c.sky("#5fb0b4", "#c3ddc6", "#ffe3b4", bottom=400)
    c.glow(480, 250, 330, "#ffe6ac", 0.8)
    clouds(v, [(300, 130, 120), (690, 110, 150)])
    for i, (x, wide, tall) in enumerate(((300, 62, 96), (374, 48, 66))):
        block(v, Block(x, 372, wide, tall, mix(PASTELS[i * 2], CREAM, 0.3), 10, 3, 4))
        block(v, Block(960 - x - wide, 372, wide, tall * 0.94, mix(PASTELS[i * 2 + 1], CREAM, 0.3), 0, 3, 4))
    tower(v, 480, 366, 176)
    v.paint(box(0, 360, 960, 470), Ink("#d8c39a", "#a98f74"))
    v.paint(poly((466, 360), (494, 360), (760, 480), (200, 480)), Ink("#8d9295", "#5e666c"))
    v.paint(poly((479, 362), (481, 362), (490, 480), (470, 480)), WHEAT)
    for x in (296, 548):
        slogan(v, x, 336, 116, 30)


def _inside(v: View) -> None:
    """The bus round the windscreen: a dark frame, pillars, the dashboard, a curtain on either side."""
    hole = track("120,96 480,82 840,96 872,140 884,392 76,392 88,140")
    frame: list[Point] = [(0, 0), (960, 0), (960, 640), (0, 640), (0, 392), *reversed(hole[3:]), hole[0]]
    v.paint([track("0,0 960,0 960,100 840,96 480,82 120,96 0,100")], Ink("#2b3a44", "#43545a"))
    v.paint([track("0,60 126,90 88,140 76,400 0,640")], Ink("#31424b", "#22303a"))
    v.paint([track("960,60 834,90 872,140 884,400 960,640")], Ink("#2a3943", "#1c2832"))
    v.paint(limb([*hole[:4], *hole[4:], hole[0]], [7, 7], bent=True), toned("#54676b", rim=3))
    v.paint(
        [frame[4:5] + track("70,388 890,388 960,440 960,640 0,640")], Ink("#3a4a50", "#1d2830", lit="#c9a77c", rim=5)
    )
    for way, x in ((1, 92), (-1, 868)):
        for fold in range(2):
            at = x + way * fold * 17
            v.paint(
                blob((at - 9, 92), (at + 10, 92), (at + 12 - way * fold * 3, 250), (at + 5, 372), (at - 10, 368)),
                toned(mix("#b9574f", SOOT, fold * 0.1), rim=5),
            )


def _mirror(c: Canvas) -> None:
    """The mirror over the windscreen, and in it the eyes of whoever sits in front."""
    v = c.at(480, -22, 1.5)
    v.paint(blob(*track("-138,34 0,24 138,34 148,72 138,110 0,118 -138,110 -148,72")), toned("#141c24", rim=5))
    v.paint(blob(*track("-128,42 0,33 128,42 137,72 129,101 0,109 -129,101 -137,72")), Ink("#a9c4bd", "#6f8f92"))
    v.paint(blob(*track("-98,40 0,34 98,40 104,71 98,103 0,108 -98,103 -104,71")), toned(SKIN, rim=8))
    v.paint(box(-98, 34, 98, 42), INK)
    for way in (-1, 1):
        x = way * 46
        v.paint(limb([(x - 26, 58 + way * 2), (x + 2, 52), (x + 26, 58 - way * 2)], [4, 6, 4]), INK)
        v.paint(oval(x, 80, 27, 14), CREAM)
        v.paint(oval(x + 6, 80, 13, 14), INK)
        v.paint(oval(x + 11, 75, 3.2), CREAM)
        v.paint(limb([(x - 28, 78), (x, 65), (x + 28, 77)], [2.5, 4, 2.5]), UMBER)


def _seat(v: View, x: float, colour: str) -> None:
    v.paint(
        blob(
            *((x + a, b) for a, b in track("-124,640 -128,470 -110,414 -60,396 60,396 110,414 128,470 124,660 0,670"))
        ),
        toned(colour, rim=16),
    )
    v.paint(
        blob(*((x + a, b) for a, b in track("-70,424 0,416 70,424 82,470 0,480 -82,470"))), mix(colour, CREAM, 0.75)
    )


def _camera(c: Canvas) -> None:
    """Our own camera from above and behind: its screen holds the road, crooked."""
    v = c.at(480, 552, 1.12, turn=-7)
    for way in (-1, 1):
        v.paint(limb([(way * 122, -40), (way * 150, 20), (way * 190, 130)], [7, 8, 9]), toned("#2a2328", rim=3))
    v.paint(blob(*track("-60,-92 60,-92 74,-60 -74,-60")), toned("#20242b", rim=6))
    v.paint(blob(*track("-136,-62 0,-70 136,-62 146,-40 148,90 0,100 -148,90 -146,-40")), toned("#2b3038", rim=12))
    v.paint(box(-96, -44, 70, 62), INK)
    v.paint(box(-90, -38, 64, 56), Ink("#7fc0ba", "#ffe0ac"))
    v.paint(poly((-90, 20), (64, -4), (64, 56), (-90, 56)), Ink("#bfa67e", "#7f6f60"))
    v.paint(poly((-30, 12), (-20, 10), (50, 56), (-60, 56)), SLATE)
    v.paint(limb([(8, -12), (12, 14)], [9, 12]), RED)
    v.paint(oval(6, -27, 10), SKIN)
    v.paint(limb([(12, 14), (20, 44)], [7, 6]), INK)
    for y, r in ((-24, 9), (10, 13), (42, 9)):
        v.paint(oval(108, y, r), toned("#565d66", rim=3))
    v.paint(oval(92, -76, 17, 7), toned(RED, rim=3))


def minders() -> None:
    c = Canvas(181, light=(0.2, -1.0))
    v = c.at()
    _road(c)
    _inside(v)
    _mirror(c)
    person(c.at(770, 972, 8.2, flip=True), SIDE, Dress("#26323e", hem=6, legs=INK))
    v.paint(poly((742, 352), (772, 322), (784, 352)), CREAM)
    person(c.at(190, 972, 8.2), SIDE, Dress("#b8434c", hem=6, top="bun", legs=INK))
    for x, way in ((190, 1), (770, -1)):
        v.paint(limb([(x + way * 46, 214), (x + way * 57, 208), (x + way * 69, 212)], [1.6, 2.4, 1.6]), INK)
        v.paint(limb([(x + way * 50, 264), (x + way * 58, 268), (x + way * 68, 263)], [2, 2.4, 1.6]), "#8a4a3c")
        v.paint(oval(x + way * 58, 233, 6, 8), INK)
    _seat(v, 196, TEAL)
    _seat(v, 764, mix(DEEP, TEAL, 0.35))
    c.glow(480, 330, 420, "#ffe0a6", 0.16)
    _camera(c)
    v.paint(join(box(0, 632, 960, 640)), Ink(NIGHT, alpha=0.6))
    c.corners(0.4)
    c.finish("minders")


if __name__ == "__main__":
    minders()
