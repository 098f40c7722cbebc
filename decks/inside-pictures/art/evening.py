"""Two gentle scenes: a father with his daughter on a bicycle, and a couple on a park bench."""

from dataclasses import replace

from people import WALK, Dress, Pose, person
from places import PASTELS, Block, block, clouds, poplar, ridge
from studio import (
    AMBER,
    BARK,
    BLUSH,
    CREAM,
    DEEP,
    INK,
    LEAF,
    MINT,
    MOSS,
    NIGHT,
    PINK,
    RED,
    ROSE,
    SEA,
    SLATE,
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
    poly,
    ring,
    toned,
    track,
)


def _bike(v: View) -> None:
    """A black roadster heading right: wheels of 21, hubs at x = -30 and 32."""
    for x in (-30, 32):
        v.paint(ring(x, -21, 21, 3.4), toned("#1c2026", warm=AMBER, rim=1.2))
        v.paint(oval(x, -21, 3), SLATE)
    frame = join(
        limb([(-30, -21), (-8, -20), (-16, -46), (20, -44), (-8, -20)], [1.8, 1.8], bent=True),
        limb([(-30, -21), (-15, -43)], [1.5, 1.5]),
        limb([(32, -21), (20, -52), (27, -57)], [1.9, 1.9], bent=True),
        limb([(-48, -44), (-16, -44)], [1.9, 1.9]),
        limb([(-46, -44), (-30, -21)], [1.3, 1.3]),
        limb([(-24, -50), (-10, -50)], [2.8, 2.0]),
    )
    v.paint(frame, toned("#20262e", warm=AMBER, rim=1.2))


def _family(c: Canvas) -> None:
    v = c.at(500, 588, 4.1)
    v.paint(blob((-60, -1), (0, -4), (60, -1), (0, 3)), Ink(NIGHT, soft=1.2, alpha=0.6))
    v.paint(blob((-50, 0), (44, 0), (-20, 10), (-150, 14), (-150, 8)), Ink(NIGHT, soft=1.5, alpha=0.4))
    father = replace(WALK, head=(4.5, -90.5), near_arm=((9, -64), (22, -58)), far_arm=((12, -66), (23, -58)))
    father = replace(father, look=0.9, head=(2.5, -90))
    person(v.at(1, 0, 1.06), father, Dress("#3c5868", legs="#2c3540", top="cap", cloth="#3c5868", hem=8))
    _bike(v)
    child = Pose(
        head=(3, -40),
        neck=(1, -30),
        hip=(0, -4),
        far_arm=((9, -20), (19, -17)),
        near_arm=((7, -18), (18, -15)),
        far_leg=((17, -2), (22, 18)),
        near_leg=((16, 0), (19, 21)),
        broad=7.2,
        look=1,
    )
    person(v.at(-38, -46, 0.74), child, Dress(RED, legs=CREAM, shoes=INK, hem=7, flare=1.3, top="long"))
    v.paint(join(oval(-35.5, -82.5, 2.4, 1.8, 30), oval(-39.5, -82.5, 2.4, 1.8, -30)), ROSE)


def bicycle() -> None:
    c = Canvas(31, light=(0.85, -0.5))
    v = c.at()
    c.sky("#276f80", "#7fb2a8", "#f6b98c", "#ffd08a", bottom=470)
    c.glow(700, 372, 520, "#ffb765", 0.95)
    v.paint(oval(700, 352, 104), Ink("#fff3c9", "#ffcf7a"))
    clouds(v, [(240, 90, 220), (560, 150, 180), (860, 110, 150)], "#ffd9b0")
    v.paint(ridge(0, 960, 470, track("0,380 180,350 380,400 600,384 820,400 960,366")), Ink("#7f8f86", "#d9a777"))
    for i, x in enumerate((30, 92, 160, 236, 838, 900, 955)):
        poplar(v, x, 476, 230 - 26 * (i % 4), mix(MOSS, "#c78d5d", 0.15 + 0.1 * (i % 3)))
    c.haze("#ffc98b", 330, 476, 0.5)
    v.paint(box(0, 470, 960, 640), Ink("#d9965c", "#6d4a3e"))
    v.paint(box(0, 470, 960, 490), Ink("#efd08f", "#d7a467"))
    for x, y, w in ((120, 520, 130), (820, 536, 160), (360, 618, 190), (760, 626, 140)):
        v.paint(oval(x, y, w, 4), Ink("#7b5141", soft=1.5, alpha=0.5))
    _family(c)
    c.glow(700, 360, 420, "#ffcf8a", 0.3)
    c.corners(0.35)
    c.finish("bicycle")


def _bench(v: View, *, front: bool) -> None:
    if front:
        v.paint(box(110, 462, 850, 484), toned(TEAL, rim=5))
        v.paint(box(110, 484, 850, 496), mix(DEEP, INK, 0.3))
        for x in (140, 800):
            v.paint(poly((x, 470), (x + 22, 470), (x + 26, 584), (x - 4, 584)), toned(SLATE, rim=4))
        return
    for y in (334, 378, 422):
        v.paint(box(118, y, 842, y + 28), toned(mix(TEAL, DEEP, 0.25), rim=6))
    for x in (150, 790):
        v.paint(box(x, 318, x + 20, 470), toned(SLATE, rim=4))


def _willow(v: View) -> None:
    chance = v.canvas.chance
    v.paint(limb([(36, 640), (60, 420), (40, 200), (110, -20)], [40, 30, 26, 22]), toned(BARK, rim=14))
    for i in range(34):
        x = -10 + i * 11 + chance.uniform(-8, 8) if i < 26 else 700 + (i - 26) * 36
        long = chance.uniform(140, 330) * (1.0 if i < 14 else 0.55)
        sway = chance.uniform(-8, 22)
        leaf = mix((LEAF, MOSS, MINT)[i % 3], WHEAT, 0.18)
        v.paint(limb([(x, -30), (x + sway * 0.3, long * 0.5), (x + sway, long)], [9, 8, 2]), toned(leaf, rim=4))


def _couple(c: Canvas) -> None:
    sit = Pose(
        head=(0, -72),
        neck=(0, -61),
        hip=(0, -31),
        far_arm=((-13, -46), (-8, -31)),
        near_arm=((13, -46), (8, -31)),
        far_leg=((-8, -25), (-8, -2)),
        near_leg=((8, -25), (8, -2)),
        broad=10.4,
    )
    him = replace(sit, head=(-1.8, -72), look=-0.75)
    her = replace(
        sit,
        head=(1.5, -70.5),
        look=0.6,
        far_arm=((-11, -46), (-2, -32)),
        near_arm=((11, -46), (3, -32)),
        far_leg=((-4.6, -25), (-6, -2)),
        near_leg=((5, -25), (2.6, -2)),
        broad=8.8,
    )
    spot = c.at(308, 600, 4.7)
    person(spot, him, Dress("#3d5a73", legs="#2b3745", shoes=INK, hem=1))
    spot.paint(poly((-3.2, -62), (3.2, -62), (0, -52)), CREAM)
    spot.paint(poly((-1.1, -60), (1.1, -60), (1.6, -48), (0, -44), (-1.6, -48)), RED)
    _lap(spot, "#34424f", 7.6, 6.4)
    for x in (-7.5, 7.5):
        spot.paint(oval(x, -31.5, 3.3), toned("#e2aa84", rim=1.5))
    spot = c.at(650, 600, 4.6)
    person(spot, her, Dress("#f1a7a4", legs="#e2b08f", shoes=ROSE, hem=0, top="long"))
    spot.paint(blob(*track("-9,-36 9,-36 12,-24 9,-17 -9,-17 -12,-24")), toned(ROSE, rim=4))
    for x in (-1.8, 2.2):
        spot.paint(oval(x, -32, 3.2), toned("#e2aa84", rim=1.5))


def _lap(v: View, colour: str, apart: float, size: float) -> None:
    """Thighs that come towards us."""
    for x in (-apart, apart):
        v.paint(
            blob((x * 0.7 - size, -32), (x * 0.7 + size, -32), (x + size, -24), (x, -18.5), (x - size, -24)),
            toned(colour, rim=3.4),
        )


def _lakeside(c: Canvas) -> None:
    """The park: water with the city beyond it, lawn, azaleas and a path."""
    v = c.at()
    c.sky("#5fb0ad", "#bfe0c8", "#fdeccb", bottom=330)
    c.glow(200, 120, 460, "#ffe9b0", 0.8)
    for i in range(8):
        front, pane = mix(PASTELS[i % 7], "#dfe9d2", 0.45), mix(SEA, "#dfe9d2", 0.4)
        block(v, Block(300 + i * 88, 262, 62, 60 + (i * 53) % 90, front, 8, 3, 6, pane))
    c.haze("#fdeccb", 150, 270, 0.6)
    v.paint(box(0, 258, 960, 330), Ink("#a9d3c8", "#6fb0aa"))
    for y, x, w in ((276, 500, 90), (292, 700, 130), (308, 420, 110)):
        v.paint(oval(x, y, w, 2.5), Ink(CREAM, alpha=0.8))
    v.paint(box(0, 318, 960, 640), Ink("#9cc48f", "#5d8f68"))
    path = blob((-60, 560), (480, 540), (1020, 560), (1020, 700), (-60, 700))
    v.paint(path, Ink("#e6cfa4", "#c4a67a", lit=CREAM, rim=8))
    for x, y, r in ((880, 330, 66), (950, 372, 74), (820, 352, 44), (60, 356, 60)):
        v.paint(oval(x, y, r, r * 0.72), toned(PINK if x > 500 else ROSE, rim=22))


def bench() -> None:
    c = Canvas(41)
    v = c.at()
    _lakeside(c)
    v.paint(oval(490, 592, 400, 16), Ink(MOSS, soft=5, alpha=0.7))
    _bench(v, front=False)
    _bench(v, front=True)
    _couple(c)
    _willow(v)
    for x, y in ((210, 606), (420, 618), (560, 604), (742, 622), (850, 606), (480, 632)):
        v.paint(oval(x, y, 7, 3.4, 20), BLUSH)
    c.glow(160, 60, 620, "#fff0b8", 0.25)
    c.corners(0.28)
    c.finish("bench")


if __name__ == "__main__":
    bicycle()
    bench()
