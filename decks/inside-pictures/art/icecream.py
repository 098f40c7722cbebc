"""A child licking an ice cream."""

from places import PASTELS, Block, block, clouds, tree
from studio import (
    BLUSH,
    CREAM,
    DEEP,
    HAIR,
    INK,
    PINK,
    RED,
    ROSE,
    SKIN,
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
    toned,
    track,
)


def _park(c: Canvas) -> None:
    v = c.at()
    c.sky("#58b0b0", "#a9d8c8", "#fbe8c8", bottom=480)
    clouds(v, [(140, 110, 200), (780, 80, 200)])
    c.glow(120, 90, 520, "#fff0bc", 0.7)
    for i in range(8):
        block(
            v,
            Block(
                -30 + i * 130,
                420,
                96,
                130 + (i * 71) % 150,
                mix(PASTELS[i % 7], CREAM, 0.25),
                14,
                4,
                7,
                mix(DEEP, CREAM, 0.35),
            ),
        )
    v.paint(box(0, 412, 960, 640), Ink("#a5cd94", "#6fa878"))
    for x, tall in ((60, 230), (190, 180), (880, 260), (760, 180)):
        tree(v, x, 450, tall, "#6ba37e")
    c.blur(6)


def _body(v: View) -> None:
    v.paint(blob(*track("190,700 206,560 290,492 400,474 520,486 612,548 640,700")), toned("#f6f0e2", rim=30))
    v.paint(poly((330, 486), (470, 486), (410, 580)), toned("#d9a27e", rim=10))
    v.paint(blob((318, 482), (352, 470), (410, 540), (396, 572), (340, 530)), toned(RED, rim=10))
    v.paint(blob((482, 480), (452, 470), (402, 540), (414, 572), (470, 530)), toned(RED, rim=10))
    v.paint(blob((380, 536), (436, 536), (444, 574), (408, 588), (372, 574)), toned("#b9251f", rim=8))
    v.paint(poly((384, 580), (350, 668), (398, 668), (408, 592)), toned(RED, rim=8))
    v.paint(poly((414, 590), (424, 668), (474, 660), (434, 578)), toned(RED, rim=8))


def _head(v: View) -> None:
    v.paint(blob(*track("184,286 200,150 300,64 420,52 530,92 588,190 570,330 520,420 260,420")), toned(HAIR, rim=20))
    for x, y in ((176, 366), (592, 360)):
        v.paint(
            limb(
                [(x + (40 if x < 300 else -40), y - 70), (x, y), (x + (10 if x < 300 else -14), y + 74)], [30, 36, 14]
            ),
            toned(HAIR, rim=12),
        )
    v.paint(join(oval(206, 306, 24, 32), oval(570, 300, 22, 32)), toned(mix(SKIN, UMBER, 0.12), rim=8))
    v.paint(
        blob(*track("214,250 226,170 310,120 400,114 500,130 560,200 566,300 530,392 456,456 392,466 310,446 240,370")),
        toned("#ecb893", rim=34),
    )
    v.paint(
        blob(
            *track(
                "206,258 214,150 300,88 420,76 520,104 576,196 572,236 536,206 500,212 462,190 410,206 "
                "360,186 310,210 262,200 232,236"
            )
        ),
        toned(HAIR, rim=14),
    )
    v.paint(limb([(216, 172), (300, 108), (420, 92), (530, 122), (572, 190)], [9] * 5), toned(PINK, rim=4))
    v.paint(
        join(blob((206, 150), (160, 112), (150, 168), (172, 196)), blob((210, 152), (238, 96), (262, 120), (240, 156))),
        toned(ROSE, rim=8),
    )
    v.paint(oval(208, 152, 14), toned(RED, rim=5))


def _face(v: View) -> None:
    for x in (290, 462):
        v.paint(oval(x - (24 if x < 400 else -24), 336, 40, 26), Ink("#e8756c", soft=9, alpha=0.5))
        v.paint(limb([(x - 40, 286), (x - 22, 266), (x, 259), (x + 22, 265), (x + 40, 284)], [5, 7, 8, 7, 5]), INK)
        v.paint(limb([(x - 36, 226), (x, 216), (x + 36, 224)], [4, 7, 4]), HAIR)
    v.paint(limb([(366, 322), (382, 332), (398, 322)], [6, 7, 6]), mix(SKIN, UMBER, 0.4))
    v.paint(limb([(338, 362), (380, 382), (420, 386), (452, 380)], [4, 6, 6, 4]), "#7d2a2c")
    v.paint(blob(*track("404,384 436,366 486,352 534,362 538,386 494,402 440,412 410,404")), toned("#ee7d78", rim=9))
    v.paint(limb([(436, 390), (490, 377)], [2.5, 2]), "#d55f5d")


def _cone(v: View) -> None:
    v.paint(limb([(930, 700), (800, 650), (700, 560)], [70, 58, 44]), toned("#f6f0e2", rim=18))
    v.paint(poly((540, 400), (706, 400), (640, 626), (612, 626)), toned(WHEAT, rim=14))
    for i in range(5):
        y = 420 + i * 40
        v.paint(limb([(548 + i * 13, y), (694 - i * 13, y + 26)], [3.4, 3.4]), "#b97a35")
        v.paint(limb([(698 - i * 13, y), (552 + i * 13, y + 26)], [3.4, 3.4]), "#b97a35")
    for x, y, r, colour in ((580, 356, 66, "#fbe9ef"), (664, 360, 62, BLUSH), (622, 270, 70, "#fff6e2")):
        v.paint(oval(x, y, r, r * 0.92), toned(colour, cool=ROSE, rim=22))
    v.paint(
        blob(*track("530,392 560,384 640,392 712,386 716,410 690,432 668,416 640,440 612,416 580,426 544,416")),
        toned("#fbe3df", cool=ROSE, rim=8),
    )
    for y in (470, 514, 556):
        v.paint(limb([(716, y + 22), (676, y), (628 - (y - 470) * 0.12, y + 4)], [27, 25, 20]), toned("#ecb893", rim=9))
    v.paint(limb([(720, 560), (700, 500), (668, 452)], [36, 28, 21]), toned("#ecb893", rim=10))


def icecream() -> None:
    c = Canvas(121)
    v = c.at()
    _park(c)
    _body(v)
    _head(v)
    _face(v)
    _cone(v)
    c.glow(100, 60, 640, "#fff0c0", 0.22)
    c.corners(0.25)
    c.finish("icecream")


if __name__ == "__main__":
    icecream()
