"""A man mends a lorry at the roadside; a hammer is all he has."""

from dataclasses import replace

from people import SIDE, Dress, person
from places import clouds, poplar, ridge, wheel
from studio import (
    BARK,
    CREAM,
    EARTH,
    GREY,
    INK,
    LAMP,
    LEAF,
    MOSS,
    NIGHT,
    SAND,
    SLATE,
    SOOT,
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
    toned,
    track,
)


def _land(c: Canvas) -> None:
    v = c.at()
    c.sky("#3d8f9c", "#a9d0bd", "#fcdca4", bottom=420)
    c.glow(760, 300, 420, "#ffdc94", 0.9)
    clouds(v, [(250, 90, 190), (640, 60, 140), (860, 150, 110)])
    v.paint(ridge(0, 960, 420, track("0,300 150,220 340,300 560,236 760,310 960,250")), Ink("#86b0a4", "#d9d3a8"))
    v.paint(ridge(0, 960, 440, track("0,370 240,330 480,372 720,344 960,376")), toned(mix(LEAF, WHEAT, 0.4), rim=8))
    for x, tall in ((46, 150), (110, 120), (900, 160), (838, 116)):
        poplar(v, x, 430, tall, MOSS)
    v.paint(box(0, 420, 960, 640), Ink("#c7a06c", "#7c573f"))
    for i in range(7):
        v.paint(box(0, 424 + i * 5, 960, 426 + i * 5), mix(LEAF, WHEAT, 0.3 + i * 0.1))
    chance = c.chance
    for _ in range(46):
        x, y = chance.uniform(0, 960), chance.uniform(470, 632)
        v.paint(oval(x, y, chance.uniform(5, 26), chance.uniform(1, 3)), Ink(mix(EARTH, SOOT, 0.3), alpha=0.5))


def _lorry(v: View) -> None:
    """An old lorry seen from its side, its front to the right, the bonnet up: 560 wide, wheels on 0."""
    v.paint(blob((-20, 4), (270, -6), (580, 4), (570, 20), (0, 22)), Ink(INK, soft=7, alpha=0.55))
    v.paint(box(0, -74, 540, -52), toned(SOOT, rim=4))
    v.paint(box(-6, -176, 316, -70), Ink("#6f8f7c", "#47655a", lit="#c8c795", dark=INK, rim=9))
    for i in range(7):
        v.paint(box(14 + i * 44, -172, 20 + i * 44, -72), mix("#3c584e", INK, 0.15))
    for i in range(5):
        x = 34 + i * 60
        v.paint(blob((x - 42, -170), (x - 28, -206), (x + 6, -216), (x + 36, -198), (x + 40, -170)), toned(SAND, rim=7))
    v.paint(
        [track("326,-66 326,-196 340,-214 424,-214 446,-196 456,-136 456,-66")],
        Ink("#5f9a90", "#3a6d68", lit="#d6dfb4", dark=INK, rim=10),
    )
    v.paint(poly((346, -196), (414, -196), (430, -142), (346, -142)), Ink("#24424d", "#5a8287", lit=CREAM, rim=5))
    v.paint(limb([(372, -116), (386, -116)], [3, 3]), SOOT)
    v.paint([track("456,-130 540,-122 556,-104 558,-66 456,-66")], Ink("#4d837b", "#315c59", dark=INK, rim=8))
    v.paint(poly((460, -128), (540, -120), (540, -132), (460, -140)), SOOT)
    for i in range(4):
        v.paint(oval(478 + i * 17, -136, 9, 8), toned(GREY, rim=3))
    v.paint([track("456,-138 462,-142 514,-232 500,-236 450,-148")], Ink("#5f9a90", "#3a6d68", lit="#d6dfb4", rim=6))
    v.paint(limb([(500, -130), (506, -212)], [2, 2]), SOOT)
    v.paint(oval(552, -98, 12), toned(CREAM, rim=4))
    for x in (86, 214):
        v.paint(oval(x, -44, 58), INK)
        wheel(v, x, -42, 46)
    v.paint([track("446,-66 460,-104 508,-108 536,-66")], INK)
    v.paint(oval(490, -48, 14), toned(GREY, rim=5))
    for y, wide in ((-14, 46), (-30, 36)):
        v.paint(
            blob((490 - wide, y + 14), (490 - wide, y), (490, y - 4), (490 + wide, y), (490 + wide, y + 14)),
            toned(BARK, rim=4),
        )


def _tools(c: Canvas) -> None:
    """The wheel that came off, and a cloth on the ground with nothing on it but two bolts."""
    v = c.at()
    v.paint(oval(868, 596, 70, 14), Ink(INK, soft=5, alpha=0.5))
    v.paint(oval(862, 560, 60, 40, -14), toned("#20242a", rim=10))
    v.paint(oval(860, 554, 32, 21, -14), toned("#9b958a", rim=6))
    v.paint(oval(860, 554, 10, 7, -14), SOOT)
    v.paint(blob((596, 606), (690, 590), (744, 604), (712, 630), (616, 632)), toned("#b9574f", rim=5))
    for x in (650, 676):
        v.paint(oval(x, 611, 5, 4), SLATE)


def _man(c: Canvas) -> None:
    v = c.at(706, 586, 3.5, flip=True)
    v.paint(oval(4, 1, 24, 4), Ink(INK, soft=1.5, alpha=0.5))
    v.paint(limb([(-22, -96), (-31, -124)], [2, 2]), toned(BARK, rim=0.8))
    v.paint(poly((-41, -118), (-22, -126), (-25, -135), (-44, -127)), toned(SOOT, rim=1.5))
    pose = replace(
        SIDE,
        head=(8, -88),
        neck=(4, -78),
        hip=(-3, -49),
        near_arm=((-12, -82), (-21, -95)),
        far_arm=((16, -68), (25, -64)),
        far_leg=((6, -27), (12, -2)),
        near_leg=((-6, -27), (-10, -2)),
    )
    person(v, pose, Dress("#c4583f", hem=4, legs="#24384a", top="cap", cloth=UMBER))


def truck() -> None:
    c = Canvas(201, light=(0.7, -0.7))
    _land(c)
    _lorry(c.at(64, 566, 1.06))
    _tools(c)
    _man(c)
    c.glow(700, 380, 220, LAMP, 0.14)
    c.at().paint(box(0, 610, 960, 640), Ink(NIGHT, soft=16, alpha=0.3))
    c.corners(0.35)
    c.finish("truck")


if __name__ == "__main__":
    truck()
