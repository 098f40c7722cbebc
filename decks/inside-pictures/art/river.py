"""The far bank of the Yalu through a long lens."""

from people import WALK, Dress, Pose, person
from PIL import Image, ImageDraw
from places import Block, block, ridge
from studio import (
    CONCRETE,
    CREAM,
    EARTH,
    GREY,
    INK,
    LEAF,
    NIGHT,
    RED,
    SAND,
    SCALE,
    SEA,
    SLATE,
    SOOT,
    TEAL,
    UMBER,
    WHEAT,
    Canvas,
    Ink,
    View,
    blob,
    box,
    limb,
    mix,
    oval,
    poly,
    ring,
    toned,
    track,
)

LENS = (480.0, 320.0, 366.0)


def _hills(c: Canvas) -> None:
    v = c.at()
    c.sky("#7fa7a6", "#c5cfb9", "#ecd9b4", bottom=330)
    v.paint(ridge(0, 960, 330, [(150, 150), (330, 96), (520, 170), (700, 110), (840, 170)]), Ink("#8fa79f", "#c9cdb4"))
    v.paint(
        ridge(0, 960, 350, [(150, 230), (360, 200), (560, 240), (820, 190)]),
        Ink("#a99f7d", "#c8b78c", lit="#d9c99a", rim=8),
    )
    c.glow(260, 120, 320, "#ffe6b4", 0.6)


def _blocks(v: View) -> None:
    for x, wide, tall, cols, rows in ((176, 106, 118, 4, 5), (300, 96, 150, 4, 6), (630, 124, 112, 5, 5)):
        tone = mix(CONCRETE, GREY, 0.35)
        block(v, Block(x, 338, wide, tall, tone, 18, cols, rows, SOOT, 0.03))
        v.paint(box(x, 338 - tall, x + wide, 338 - tall + 8), mix(SLATE, GREY, 0.5))
    v.paint(box(646, 236, 732, 256), RED)
    v.paint(poly((560, 338), (566, 236), (580, 236), (586, 338)), toned(mix(GREY, EARTH, 0.3), rim=5))
    v.paint(blob(*track("572,232 560,200 600,176 660,180 620,200 590,214")), Ink("#dcd6c4", soft=6, alpha=0.6))


def _watch(v: View) -> None:
    """A guard tower on stilts, a figure at its window."""
    wood = "#3d3833"
    for foot, top in ((372, 412), (596, 556)):
        v.paint(limb([(foot, 462), (top, 250)], [11, 10]), toned(wood, rim=4))
    v.paint(limb([(386, 420), (560, 306)], [6, 6]), wood)
    v.paint(limb([(582, 420), (408, 306)], [6, 6]), wood)
    v.paint(box(380, 150, 588, 284), toned("#5d7a6c", rim=14))
    v.paint(box(400, 166, 568, 234), "#141b20")
    v.paint(blob((452, 236), (460, 212), (484, 204), (508, 212), (516, 236)), toned("#7f8a4a", rim=5))
    v.paint(oval(484, 192, 15, 17), toned("#d69a72", rim=5))
    v.paint(oval(484, 178, 21, 8), toned("#7f8a4a", rim=3))
    v.paint(poly((348, 156), (620, 156), (572, 96), (396, 96)), toned("#4a3a31", rim=10))
    v.paint(box(366, 276, 602, 292), wood)


STOOP = Pose(
    head=(24, -62),
    neck=(16, -62),
    hip=(-4, -48),
    far_arm=((20, -42), (24, -24)),
    near_arm=((14, -42), (20, -22)),
    far_leg=((4, -26), (4, -2)),
    near_leg=((-4, -26), (-5, -2)),
    broad=7.6,
    look=1,
)


def _field(c: Canvas) -> None:
    v = c.at()
    v.paint(box(0, 336, 960, 480), Ink("#dcc37c", "#b3a25a"))
    for i in range(6):
        v.paint(
            limb([(100, 352 + i * i * 3.4), (860, 348 + i * i * 3.6)], [1.5 + i * 0.7] * 2), mix(LEAF, "#b3a25a", 0.5)
        )
    _watch(v.at(-58, 0))
    for x, y, size, pose, dress, flip in (
        (230, 458, 1.95, STOOP, Dress("#b8433c", legs=INK, top="scarf", cloth=CREAM), False),
        (588, 440, 1.65, WALK, Dress("#1d4f63", legs=INK, top="cap", cloth="#1d4f63"), False),
        (724, 460, 2.0, STOOP, Dress("#3d5f7a", legs=INK, top="scarf", cloth=WHEAT), True),
    ):
        spot = c.at(x, y, size, flip=flip)
        spot.paint(oval(4, 0, 18, 3), Ink(UMBER, soft=1.5, alpha=0.5))
        person(spot, pose, dress)


def _river(c: Canvas) -> None:
    v = c.at()
    v.paint(poly(*track("0,470 300,462 620,472 960,462 960,500 0,500")), Ink("#7d6a4c", "#4f473c", lit=SAND, rim=4))
    v.paint(box(0, 488, 960, 640), Ink("#5f8f92", "#204a56"))
    chance = c.chance
    for i in range(34):
        y = 494 + (i / 34) ** 1.2 * 140
        x, w = chance.uniform(160, 800), chance.uniform(24, 80) * (0.6 + i / 40)
        v.paint(oval(x, y, w, 1.4 + i * 0.07), Ink("#a9c9bf" if i % 3 else "#173d49", alpha=0.6))
    for x in (190, 270, 350, 430, 510, 590, 670, 750):
        v.paint(limb([(x, 482), (x, 448)], [2.4, 2.2]), SOOT)
    for y in (454, 468):
        v.paint(limb([(170, y), (790, y)], [1.3, 1.3]), SOOT)


def _lens(c: Canvas) -> None:
    """The round edge of the glass, its coloured fringe and the dark outside."""
    v = c.at()
    x, y, r = LENS
    sheet = Image.new("L", (c.big[0] // 4, c.big[1] // 4), 255)
    k = SCALE / 4
    ImageDraw.Draw(sheet).ellipse([(x - r) * k, (y - r) * k, (x + r) * k, (y + r) * k], fill=0)
    sheet = sheet.resize(c.big, Image.Resampling.BICUBIC)
    side = round(2.9 * r * SCALE)
    inner = Image.radial_gradient("L").point(lambda t: round(min(255, max(0, t - 110) * 3) * 0.75)).resize((side, side))
    corner = (round((x - 1.45 * r) * SCALE), round((y - 1.45 * r) * SCALE))
    c.image.paste(NIGHT, corner, inner)
    c.image.paste("#080c12", (0, 0), sheet)
    v.paint(ring(x, y, r + 3, 10), toned("#20262e", rim=3))
    v.paint(ring(x, y, r - 5, 3), Ink(TEAL, alpha=0.55))
    v.paint(ring(x, y, r + 44, 20), toned("#141a21", warm=SEA, rim=4))
    v.paint([track("176,190 226,110 310,50 320,62 246,128 196,206")], Ink(CREAM, soft=5, alpha=0.4))


def yalu() -> None:
    c = Canvas(111)
    v = c.at()
    _hills(c)
    _blocks(v)
    c.haze("#ecd9b4", 180, 350, 0.45)
    _field(c)
    _river(c)
    w, h = c.big
    c.image = c.image.crop((round(w * 0.115), round(h * 0.13), round(w * 0.885), round(h * 0.9))).resize(
        c.big, Image.Resampling.BICUBIC
    )
    _lens(c)
    c.finish("yalu")


if __name__ == "__main__":
    yalu()
