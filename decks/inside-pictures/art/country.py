"""The ox cart on its dirt road, drawn carefully; and the same moment shot from the hip through a bus window."""

import math

from people import WALK, Dress, Pose, person, shadow
from PIL import Image, ImageChops
from places import clouds, ridge, tree
from studio import (
    AMBER,
    BARK,
    CREAM,
    EARTH,
    INK,
    LAMP,
    LEAF,
    MOSS,
    NIGHT,
    SAND,
    SEA,
    TEAL,
    UMBER,
    WHEAT,
    Canvas,
    Ink,
    View,
    blob,
    box,
    join,
    limb,
    mix,
    oval,
    poly,
    ring,
    toned,
    track,
)

HIDE = "#8a4a2c"


def _ox_legs(v: View, *, near: bool) -> None:
    ink = toned(HIDE if near else mix(HIDE, INK, 0.45), rim=7)
    swing = 12 if near else -14
    for x in (-84, 78):
        foot = x + swing * (1 if x < 0 else -1)
        v.paint(limb([(x, -78), (x + swing * 0.2, -42), (foot, -8)], [24, 12, 9]), ink)
        v.paint(limb([(foot, -8), (foot + 4, -3)], [9, 8]), UMBER)


def ox(v: View) -> None:
    """An ox walking right: 300 long, 165 tall, hooves on y = 0."""
    _ox_legs(v, near=False)
    v.paint(limb([(-114, -116), (-134, -86), (-128, -46)], [6, 4, 6]), toned(mix(HIDE, INK, 0.3), rim=3))
    v.paint(limb([(96, -112), (138, -112), (160, -100)], [36, 26, 18]), toned(HIDE, rim=10))
    v.paint(
        blob(*track("-122,-96 -112,-128 -60,-140 0,-134 58,-154 96,-146 120,-112 104,-72 40,-54 -40,-54 -104,-68")),
        toned(HIDE, rim=20),
    )
    _ox_legs(v, near=True)
    v.paint(oval(136, -124, 17, 7, 200), toned(mix(HIDE, INK, 0.2), rim=3))
    v.paint(limb([(150, -112), (184, -80)], [21, 14]), toned(HIDE, rim=8))
    v.paint(oval(186, -77, 13, 11), toned("#c9a184", rim=4))
    v.paint(oval(164, -106, 3.6), NIGHT)
    v.paint(limb([(148, -128), (158, -152), (180, -160)], [7, 5, 1.5]), toned(CREAM, rim=3))


def cart(v: View) -> None:
    """A two-wheeled cart behind it, loaded with straw and sacks, shafts to the right."""
    v.paint(limb([(-130, -78), (60, -76), (190, -104)], [6, 6, 5], bent=True), toned(BARK, rim=3))
    v.paint(blob(*track("-140,-84 -150,-130 -110,-168 -50,-182 0,-164 34,-124 28,-84")), toned(WHEAT, rim=20))
    chance = v.canvas.chance
    for _ in range(46):
        x, y = chance.uniform(-136, 18), chance.uniform(-160, -100)
        if y > -172 + abs(x + 56) ** 1.7 / 30:
            tone = mix(WHEAT, (CREAM, BARK)[chance.random() < 0.5], 0.35)
            v.paint(limb([(x, y), (x + chance.uniform(-22, 22), y + chance.uniform(4, 16))], [1.8, 0.8]), tone)
    for x, y in ((-112, -104), (-66, -112), (-16, -104)):
        v.paint(
            blob((x - 26, y + 22), (x - 24, y - 14), (x, y - 22), (x + 24, y - 14), (x + 26, y + 22)),
            toned(SAND, rim=9),
        )
    v.paint(poly((-146, -92), (42, -92), (36, -68), (-140, -68)), toned(BARK, rim=5))
    x, y, r = -54, -56, 54
    for i in range(5):
        turn = i * math.pi / 5 + 0.2
        dx, dy = math.cos(turn) * r, math.sin(turn) * r
        v.paint(limb([(x - dx, y - dy), (x + dx, y + dy)], [4.5, 4.5]), toned(UMBER, rim=2))
    v.paint(ring(x, y, r, 13), toned(UMBER, rim=4))
    v.paint(oval(x, y, 13), toned(BARK, rim=5))


def _land(c: Canvas) -> None:
    v = c.at()
    c.sky("#4a9ca3", "#a7cfbf", "#fde3b8", bottom=380)
    c.glow(170, 250, 420, "#ffd890", 0.9)
    v.paint(oval(150, 236, 44), "#fff1cd")
    clouds(v, [(640, 80, 220), (330, 140, 150), (820, 170, 130)])
    for base, colour, peaks in (
        (420, mix(TEAL, "#fde3b8", 0.5), track("0,300 140,240 330,300 520,190 720,290 960,220")),
        (440, mix(SEA, "#e9d6a8", 0.35), track("0,350 220,300 420,356 640,286 860,340 960,300")),
        (460, mix(MOSS, "#d9c98c", 0.25), track("0,372 160,380 400,352 700,384 960,350")),
    ):
        v.paint(
            ridge(0, 960, base, peaks), Ink(colour, mix(colour, "#fde3b8", 0.45), lit=mix(colour, LAMP, 0.5), rim=9)
        )
    v.paint(box(0, 384, 960, 640), Ink("#dcb95f", "#a8873f"))
    for i in range(9):
        y = 392 + i * i * 2.2
        v.paint(limb([(0, y + 4), (480, y - 3), (960, y + 3)], [1 + i * 0.7] * 2), mix(LEAF, "#b0974a", 0.3 + 0.06 * i))
    for x, tall in ((44, 120), (118, 84), (872, 110), (930, 140)):
        tree(v, x, 410, tall, mix(MOSS, "#d9c98c", 0.15))
    v.paint(
        blob(*track("-160,530 300,498 700,508 1120,500 1120,660 500,700 -160,690")),
        toned(mix(EARTH, SAND, 0.35), rim=14),
    )
    for y, w in ((560, 5), (612, 8)):
        v.paint(limb([(-20, y + 14), (480, y), (980, y + 6)], [w, w * 0.8]), Ink(mix(EARTH, UMBER, 0.35), alpha=0.6))


def _travellers(c: Canvas) -> None:
    v = c.at()
    for x, w in ((226, 215), (521, 190)):
        v.paint(oval(x + 70, 584, w, 17), Ink(UMBER, soft=4, alpha=0.55))
    cart(c.at(280, 578, 1.42))
    ox(c.at(536, 580, 1.36))
    v.paint(limb([(566, 382), (616, 402), (616, 470)], [8, 9, 7]), toned(BARK, rim=3))
    v.paint(limb([(788, 470), (814, 492), (848, 466)], [2.4, 2.4, 2.4]), UMBER)
    farmer = c.at(862, 602, 2.75)
    shadow(farmer, 46, 5)
    tired = Pose(
        head=(9, -84),
        neck=(5, -75),
        hip=(-1, -49),
        far_arm=((10, -62), (14, -50)),
        near_arm=((-3, -61), (-6, -50)),
        far_leg=WALK.far_leg,
        near_leg=WALK.near_leg,
        broad=7.6,
        look=1,
    )
    person(farmer, tired, Dress("#4b6f80", legs="#5d5f52", top="cap", cloth="#6c7a5c", hem=6))


def _dust(c: Canvas) -> None:
    chance = c.chance
    for _ in range(26):
        x, y, r = chance.uniform(0, 700), chance.uniform(570, 640), chance.uniform(10, 34)
        c.at().paint(oval(x, y, r * 2.2, r * 0.5), Ink("#e8cf9f", soft=6, alpha=0.22))


def oxcart() -> None:
    c = Canvas(21)
    _land(c)
    _travellers(c)
    _dust(c)
    c.glow(140, 240, 560, "#ffdc9a", 0.28)
    c.corners(0.3)
    c.finish("oxcart")


def _sweep(image: Image.Image, steps: int) -> Image.Image:
    """Motion blur sideways, 2 ** steps pixels long."""
    for i in range(steps):
        image = Image.blend(image, ImageChops.offset(image, 2**i, 0), 0.5)
    return image


def _window(c: Canvas) -> None:
    """The bus we sit in: a blind edge of the window, and ourselves in the glass."""
    v = c.at()
    for x, wide, alpha in ((120, 90, 0.3), (250, 30, 0.22), (760, 120, 0.18)):
        v.paint(
            poly((x, -20), (x + wide, -20), (x + wide - 190, 660), (x - 190, 660)), Ink(CREAM, soft=10, alpha=alpha)
        )
    seat = join(blob(*track("130,700 120,480 160,390 280,382 320,470 326,700")))
    v.paint(seat, Ink(TEAL, soft=9, alpha=0.3))
    v.paint(
        join(oval(236, 250, 60, 74), blob((96, 660), (120, 400), (236, 330), (352, 400), (376, 660))),
        Ink(NIGHT, soft=12, alpha=0.3),
    )
    v.paint(poly((-20, -20), (92, -20), (30, 660), (-20, 660)), Ink("#11161c", soft=1.5))
    v.paint(poly((-20, 560), (980, 596), (980, 660), (-20, 660)), Ink("#11161c", soft=1.5))
    v.paint(limb([(96, -10), (48, 556), (980, 590)], [5, 5], bent=True), Ink(AMBER, soft=1, alpha=0.7))


def _crooked(image: Image.Image, steps: int) -> Image.Image:
    """What a camera on its strap makes of a scene: tilted, cut anyhow, and smeared."""
    w, h = image.size
    tilted = image.rotate(11, Image.Resampling.BICUBIC, center=(w * 0.56, h * 0.72))
    cut = tilted.crop((round(w * 0.16), round(h * 0.16), round(w * 0.97), round(h * 0.97)))
    return ImageChops.offset(_sweep(cut.resize(image.size, Image.Resampling.BICUBIC), steps), -(2**steps) // 2, 0)


def _apart(one: Image.Image, other: Image.Image) -> Image.Image:
    """A mask of where two pictures are not the same."""
    bands = ImageChops.difference(one, other).split()
    return ImageChops.add(ImageChops.add(*bands[:2]), bands[2]).point(lambda v: 255 if v > 14 else 0)


def hip() -> None:
    """The land flies past; ox, cart and farmer smear less, so that one still sees who is there."""
    c = Canvas(21)
    _land(c)
    empty = c.image.copy()
    _travellers(c)
    mask = _apart(empty, c.image)
    c.blur(1.2)
    still = _crooked(c.image, 6)
    c.image = _crooked(empty, 8)
    c.image.paste(still, (0, 0), _crooked(mask, 6))
    _window(c)
    c.corners(0.4)
    c.finish("hip")


if __name__ == "__main__":
    oxcart()
    hip()
