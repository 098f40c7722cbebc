"""Women washing clothes in the river, since no water runs in the blocks behind them."""

from dataclasses import replace

from people import Dress, Pose, person
from places import Block, block, clouds, ridge, tree
from studio import (
    BARK,
    CONCRETE,
    CREAM,
    DEEP,
    GREY,
    INK,
    LAMP,
    MINT,
    MOSS,
    PINK,
    RED,
    ROSE,
    SLATE,
    SOOT,
    TEAL,
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
    toned,
    track,
)

SQUAT = Pose(
    head=(17, -55),
    neck=(11, -46),
    hip=(-7, -18),
    far_arm=((20, -31), (31, -16)),
    near_arm=((18, -30), (29, -12)),
    far_leg=((14, -24), (8, -2)),
    near_leg=((11, -26), (3, -2)),
    broad=8.4,
    look=1,
)


def _bank(c: Canvas) -> None:
    """Hills, unpainted blocks, a terraced far shore."""
    v = c.at()
    c.sky("#3f98a2", "#a6d2c2", "#fde0b4", bottom=330)
    c.glow(180, 130, 460, "#ffe2a2", 0.85)
    clouds(v, [(600, 70, 200), (260, 60, 130), (860, 130, 130)])
    v.paint(
        ridge(0, 960, 340, track("0,220 180,150 380,230 600,140 800,220 960,160")),
        Ink("#7fb0a8", "#dcdcb8", lit="#cfe0c0"),
    )
    for x, wide, tall in ((560, 120, 150), (704, 100, 120), (828, 140, 170)):
        block(v, Block(x, 322, wide, tall, mix(CONCRETE, GREY, 0.3), 16, 4, 5, SOOT, 0.04))
    for x, tall in ((60, 150), (170, 120), (500, 90), (930, 110)):
        tree(v, x, 330, tall, mix(MOSS, "#d9c98c", 0.15))
    c.haze("#fde0b4", 170, 330, 0.4)
    v.paint(box(0, 316, 960, 360), Ink("#b9b06a", "#8a8a54", lit=LAMP, rim=6))


def _water(c: Canvas) -> None:
    v = c.at()
    v.paint(box(0, 352, 960, 640), Ink("#8fc4bb", "#1f5f6d"))
    chance = c.chance
    for i in range(44):
        y = 360 + (i / 44) ** 1.3 * 270
        x, w = chance.uniform(0, 960), chance.uniform(26, 90) * (0.5 + i / 40)
        tone = ("#d8eadb", "#3f8a92", "#c98f83")[i % 3] if i < 22 else ("#7fbfba", "#174e5c")[i % 2]
        v.paint(oval(x, y, w, 1.2 + i * 0.09), Ink(tone, alpha=0.6))


def _shirt(v: View, colour: str) -> None:
    """A wet shirt flat on a stone: sleeves thrown out, collar towards the river, its tail hanging over the edge."""
    deep = mix(colour, INK, 0.35)
    for way in (-1, 1):
        v.paint(limb([(way * 20, -14), (way * 42, -10), (way * 60, 4)], [9, 8, 7]), toned(mix(colour, INK, 0.1), rim=4))
        v.paint(limb([(way * 57, -3), (way * 64, 7)], [7, 7]), deep)
    v.paint(
        [track("-26,-22 -9,-25 0,-19 9,-25 26,-22 31,14 33,38 22,33 11,40 0,35 -12,41 -23,34 -33,38 -31,14")],
        toned(colour, rim=6),
    )
    for way in (-1, 1):
        v.paint(limb([(way * 2, -18), (way * 11, -25)], [2.4, 1.6]), deep)
    v.paint(limb([(0, -16), (1, 8), (0, 33)], [1.4, 1.2, 0.8]), deep)
    for way, top, low in ((-1, 2, 30), (1, -4, 24), (-1, -10, 8), (1, 14, 34)):
        v.paint(limb([(way * 22, top), (way * 15, low)], [1.8, 0.5]), Ink(deep, alpha=0.55))


def _stone(v: View, x: float, y: float, r: float) -> None:
    v.paint(oval(x + 8, y + r * 0.42, r * 1.2, r * 0.3), Ink("#0f3542", soft=4, alpha=0.6))
    v.paint(
        blob(
            (x - r, y + r * 0.3),
            (x - r * 0.8, y - r * 0.25),
            (x, y - r * 0.42),
            (x + r * 0.8, y - r * 0.25),
            (x + r, y + r * 0.32),
            (x, y + r * 0.48),
        ),
        toned("#9b978e", rim=r * 0.18),
    )


def _woman(v: View, dress: Dress) -> None:
    """One woman at her stone, beating the washing with a wooden bat."""
    v.paint(oval(4, 1, 26, 4), Ink("#0f3542", soft=1.5, alpha=0.5))
    lifted = dress.top == "scarf" and not v.flip
    pose = replace(SQUAT, near_arm=((24, -42), (30, -56))) if lifted else SQUAT
    if lifted:
        v.paint(limb([(29, -53), (34, -63), (41, -75)], [1.4, 2.2, 2.8]), toned(BARK, rim=1.2))
    person(v, pose, dress)


def washing() -> None:
    c = Canvas(161)
    v = c.at()
    _bank(c)
    _water(c)
    for x, y, r, colour in ((480, 470, 64, PINK), (330, 590, 96, CREAM), (640, 600, 90, TEAL)):
        _stone(v, x, y, r)
        _shirt(c.at(x + 4, y - r * 0.3, r / 62), colour)
    for x, y, r in ((60, 600, 90), (180, 618, 110), (800, 612, 100), (910, 600, 80), (386, 474, 46), (880, 440, 40)):
        _stone(v, x, y, r)
    _woman(c.at(394, 466, 2.5, flip=False), Dress("#7d9a6a", legs=SLATE, top="bun", hem=4))
    _woman(c.at(178, 590, 4.6, flip=False), Dress(ROSE, legs=DEEP, top="scarf", cloth=WHEAT, hem=4))
    _woman(c.at(812, 588, 4.4, flip=True), Dress("#e9b552", legs="#3a2f45", top="scarf", cloth="#b8434c", hem=4))
    v.paint(join(oval(520, 604, 60, 17)), toned(RED, rim=6))
    v.paint(oval(520, 599, 50, 11), mix(RED, INK, 0.5))
    v.paint(blob((478, 600), (496, 580), (520, 588), (546, 576), (562, 600), (520, 606)), toned(MINT, rim=6))
    for x, y in ((404, 566), (436, 548), (418, 536), (378, 540)):
        v.paint(oval(x, y, 4.5, 6), "#eefaf2")
    c.glow(140, 120, 600, "#ffe0a0", 0.25)
    c.corners(0.3)
    c.finish("washing")


if __name__ == "__main__":
    washing()
