"""The far bank of the Yalu through a long lens."""

from dataclasses import replace

from people import SIDE, WALK, Dress, Pose, person
from PIL import Image, ImageDraw
from places import Block, block, ridge
from studio import (
    CONCRETE,
    CREAM,
    DEEP,
    EARTH,
    GREY,
    INK,
    LEAF,
    MOSS,
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
    v.paint(box(312, 226, 384, 240), RED)
    v.paint(poly((560, 338), (566, 236), (580, 236), (586, 338)), toned(mix(GREY, EARTH, 0.3), rim=5))
    v.paint(blob(*track("572,232 560,200 600,176 660,180 620,200 590,214")), Ink("#dcd6c4", soft=6, alpha=0.6))


def _watch(v: View) -> None:
    """A guard tower on stilts, a figure at its window."""
    for x0, x1 in ((440, 452), (528, 516)):
        v.paint(limb([(x0 - (x1 - x0) * 0.8, 452), (x1, 262)], [6, 5]), toned("#4a4640", rim=2.5))
    for y in (320, 386):
        v.paint(limb([(446, y + 24), (522, y - 20)], [3.4, 3.4]), "#4a4640")
        v.paint(limb([(446, y - 20), (522, y + 24)], [3.4, 3.4]), "#4a4640")
    v.paint(box(424, 196, 544, 272), toned("#6f8577", rim=9))
    v.paint(box(436, 206, 532, 242), "#20272c")
    v.paint(oval(490, 216, 8.5, 10), toned("#c1835f", rim=3))
    v.paint(blob((474, 242), (478, 228), (490, 224), (502, 228), (506, 242)), MOSS)
    v.paint(box(480, 206, 500, 211), MOSS)
    v.paint(poly((408, 200), (560, 200), (534, 166), (434, 166)), toned("#59473c", rim=7))
    v.paint(box(418, 268, 550, 276), "#3d3a36")


def _field(c: Canvas) -> None:
    v = c.at()
    v.paint(box(0, 336, 960, 480), Ink("#c9ae6a", "#8f8548"))
    for i in range(6):
        v.paint(
            limb([(100, 352 + i * i * 3.4), (860, 348 + i * i * 3.6)], [1.5 + i * 0.7] * 2), mix(LEAF, "#8f8548", 0.35)
        )
    _watch(v)
    stoop = Pose(
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
    for x, y, s, pose, coat, flip in (
        (250, 440, 1.02, stoop, "#a4554c", False),
        (326, 452, 1.08, WALK, DEEP, False),
        (640, 446, 1.05, stoop, "#47606b", True),
        (716, 454, 1.1, replace(SIDE, near_arm=((6, -66), (12, -56))), "#8c6f4a", True),
        (378, 430, 0.92, stoop, "#5d6a4c", True),
    ):
        spot = c.at(x, y, s, flip=flip)
        spot.paint(oval(4, 0, 18, 3), Ink(UMBER, soft=1.5, alpha=0.5))
        person(
            spot,
            pose,
            Dress(
                coat,
                legs=INK,
                top="scarf" if coat in (DEEP, "#a4554c") else "cap",
                cloth=WHEAT if pose is stoop else SAND,
            ),
        )
    v.paint(limb([(690, 452), (676, 404)], [2, 2]), UMBER)


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
