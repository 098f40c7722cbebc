"""A hand with a telephone; behind the glass lies a small garden with a wall all round and no way out."""

from people import BACK, Dress, person
from places import tree
from studio import (
    AMBER,
    CREAM,
    INK,
    LEAF,
    MINT,
    PINK,
    RED,
    ROSE,
    SKIN,
    TEAL,
    UMBER,
    WHEAT,
    Canvas,
    Ink,
    Shape,
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

BRICK = "#b5583f"


def _rounded(x0: float, y0: float, x1: float, y1: float, r: float) -> Shape:
    return [
        *box(x0 + r, y0, x1 - r, y1),
        *box(x0, y0 + r, x1, y1 - r),
        *(p for x in (x0 + r, x1 - r) for y in (y0 + r, y1 - r) for p in oval(x, y, r)),
    ]


def _room(c: Canvas) -> None:
    v = c.at()
    c.sky("#0d2a36", "#164450", "#25606a")
    for x, y, r, colour in (
        (110, 120, 60, PINK),
        (250, 60, 34, AMBER),
        (860, 150, 74, MINT),
        (760, 60, 40, AMBER),
        (70, 400, 46, TEAL),
        (900, 420, 54, ROSE),
    ):
        v.paint(oval(x, y, r), Ink(colour, soft=5, alpha=0.24))
        c.glow(x, y, r * 1.8, colour, 0.35)


def _bricks(v: View, y: float, tall: float, sag: float, rows: int) -> None:
    """A curved wall across the screen, bricks in courses; sag bows it towards us (+) or away (-)."""
    steps = 40
    top = [(-128 + 256 * i / steps, y + sag * (1 - ((i / steps) * 2 - 1) ** 2)) for i in range(steps + 1)]
    v.paint([[*top, *[(x, low + tall) for x, low in reversed(top)]]], Ink(BRICK, mix(BRICK, INK, 0.35)))
    course = tall / rows
    for row in range(rows):
        joint = [(x, low + row * course) for x, low in top[::4]]
        v.paint(limb(joint, [1.5] * len(joint)), mix(BRICK, INK, 0.5))
        for i in range(2 + 3 * (row % 2), steps, 6):
            x, low = top[i]
            v.paint(box(x - 1.3, low + row * course, x + 1.3, low + (row + 1) * course), mix(BRICK, INK, 0.5))
    v.paint(limb([(x, low - 3) for x, low in top[::4]], [5.5] * 11), toned("#d98a66", rim=3))


def _garden(v: View) -> None:
    """What the screen shows: 256 wide, 470 tall, centre at 0, 0."""
    v.paint(box(-128, -235, 128, 235), Ink("#8fd3cd", "#fdeec6"))
    v.canvas.glow(*v.place((40, -120)), 150 * v.size, "#fff0b8", 0.8)
    v.paint(oval(52, -150, 26), "#fff3cc")
    _bricks(v, -18, 62, -44, 4)
    v.paint(oval(0, 78, 128, 100), Ink("#bfe0a0", "#6faa78"))
    v.paint(limb(track("-66,84 -40,44 36,40 76,82 40,124 -40,126 -70,86"), [8] * 7), toned(CREAM, rim=3))
    tree(v, -78, 56, 110, LEAF)
    tree(v, 84, 66, 92, mix(LEAF, WHEAT, 0.25))
    for x, y in ((-100, 96), (-88, 112), (96, 110), (104, 92), (10, 80), (-8, 90), (22, 92)):
        v.paint(oval(x, y, 7), toned((RED, PINK, AMBER)[int(x) % 3], rim=2.5))
    person(v.at(2, 130, 0.86), BACK, Dress(RED, legs=INK, hem=8))
    _bricks(v, 140, 100, 26, 4)


def _hand_back(v: View) -> None:
    v.paint(
        blob(*track("300,700 330,560 300,430 340,330 480,300 640,330 690,440 660,560 690,700")),
        toned(mix(SKIN, UMBER, 0.18), rim=26),
    )
    v.paint(poly((270, 660), (330, 588), (664, 588), (724, 660)), toned("#5d7482", rim=12))


def _fingers(v: View) -> None:
    for y, reach in ((296, 600), (366, 592), (436, 596), (502, 606)):
        v.paint(limb([(700, y + 34), (684, y + 2), (reach + 22, y)], [34, 31, 25]), toned(SKIN, rim=11))
        v.paint(oval(reach + 12, y - 1, 13, 14), toned("#f0c6ab", rim=4))
    v.paint(limb([(236, 720), (276, 560), (322, 440), (350, 352)], [84, 70, 40, 28]), toned(SKIN, rim=16))
    v.paint(oval(355, 342, 17, 22, 18), toned("#f0c6ab", rim=5))
    v.paint(limb([(120, 740), (250, 690)], [70, 96]), toned("#5d7482", rim=12))


def phone() -> None:
    c = Canvas(61)
    v = c.at()
    _room(c)
    c.glow(480, 280, 460, "#9fe0d0", 0.55)
    _hand_back(v)
    v.paint(_rounded(330, 22, 630, 596, 36), toned("#161b22", warm=CREAM, rim=6))
    screen = c.at(480, 306, 1.06)
    _garden(screen)
    v.paint(_rounded(330, 558, 630, 596, 18), "#161b22")
    v.paint(box(450, 36, 510, 43), "#39424d")
    v.paint(oval(480, 576, 11), "#39424d")
    v.paint(poly((344, 57), (470, 57), (390, 360), (344, 440)), Ink(CREAM, alpha=0.1))
    _fingers(v)
    c.glow(480, 300, 330, "#d9fff0", 0.12)
    c.corners(0.45)
    c.finish("phone")


if __name__ == "__main__":
    phone()
