"""Two soldiers off duty share a laugh and a cigarette on a low wall."""

from people import Dress, Pose, person
from places import Block, block, clouds, tree
from studio import (
    CONCRETE,
    CREAM,
    DEEP,
    EMBER,
    GREY,
    INK,
    MINT,
    MOSS,
    NIGHT,
    PINK,
    RED,
    SLATE,
    UMBER,
    WHEAT,
    WINE,
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

UNIFORM = "#8a8049"
LAUGHS = Pose(
    head=(-5, -68.5),
    neck=(-4, -57),
    hip=(-2, -28),
    far_arm=((8, -44), (20, -41)),
    near_arm=((-9, -42), (6, -29)),
    far_leg=((19, -29), (22, -2)),
    near_leg=((17, -27), (13, -2)),
    broad=8.6,
    look=1,
)
LEANS = Pose(
    head=(9, -67),
    neck=(5, -57),
    hip=(-3, -28),
    far_arm=((16, -46), (27, -50)),
    near_arm=((4, -41), (15, -30)),
    far_leg=((17, -29), (14, -2)),
    near_leg=((17, -27), (20, -2)),
    broad=8.6,
    look=1,
)


def _yard(c: Canvas) -> None:
    v = c.at()
    c.sky("#4fa3a6", "#b9d9c4", "#fce3bd", bottom=400)
    c.glow(150, 110, 480, "#ffe8ac", 0.8)
    clouds(v, [(330, 70, 170), (700, 110, 180)])
    for x, wide, tall, colour in (
        (-40, 190, 240, PINK),
        (180, 150, 190, MINT),
        (640, 160, 210, "#8cc4bd"),
        (830, 170, 270, "#f2d3b0"),
    ):
        block(v, Block(x, 410, wide, tall, mix(colour, CREAM, 0.3), 18, 4, 6, mix(DEEP, CREAM, 0.3)))
    for x, tall in ((20, 220), (940, 230), (470, 170)):
        tree(v, x, 420, tall, mix(MOSS, MINT, 0.2))
    c.blur(4)
    v.paint(box(0, 396, 960, 560), Ink("#aaa79f", "#77777a", lit=CREAM, rim=9))
    for x in range(-40, 960, 170):
        v.paint(box(x, 408, x + 4, 560), mix(GREY, SLATE, 0.4))
    v.paint(box(-10, 388, 970, 410), toned(mix(CONCRETE, CREAM, 0.35), rim=6))
    v.paint(box(0, 556, 960, 640), Ink("#d2b98f", "#8f7757"))
    v.paint(box(150, 452, 806, 592), Ink("#8f8c86", "#5e5f64", lit=CREAM, rim=7))
    v.paint(box(136, 438, 820, 464), toned(mix(CONCRETE, CREAM, 0.3), rim=6))


def _mirth(v: View, x: float, y: float) -> None:
    """A laughing face in profile: shut eye, cheek, open mouth."""
    v.paint(limb([(x + 2.2, y - 0.2), (x + 3.8, y - 1.5), (x + 5.5, y - 0.4)], [0.5, 0.7, 0.5]), UMBER)
    v.paint(
        blob((x + 2.4, y + 3.4), (x + 5.0, y + 3.0), (x + 7.2, y + 2.9), (x + 6.0, y + 5.6), (x + 3.8, y + 5.8)),
        "#7d2a2c",
    )
    v.paint(poly((x + 3.2, y + 3.4), (x + 6.9, y + 3.1), (x + 6.6, y + 4.1), (x + 3.6, y + 4.3)), CREAM)
    v.paint(oval(x + 2.0, y + 2.4, 1.7, 1.2), Ink("#e8756c", soft=0.5, alpha=0.6))


def _trim(v: View, pose: Pose) -> None:
    """Collar tab, belt and boots."""
    nx, ny = pose.neck
    hx, hy = pose.hip
    v.paint(
        poly((nx + 0.5, ny + 0.5), (nx + 5, ny - 0.8), (nx + 5.4, ny + 3.4), (nx + 1.6, ny + 4.6)), toned(RED, rim=1)
    )
    v.paint(limb([(hx - 6.4, hy - 4.8), (hx + 6.2, hy - 3.4)], [1.8, 1.8]), UMBER)
    v.paint(oval(hx + 5.6, hy - 3.5, 2.0), WHEAT)
    for foot, knee in ((pose.far_leg[1], pose.far_leg[0]), (pose.near_leg[1], pose.near_leg[0])):
        top = (foot[0] + (knee[0] - foot[0]) * 0.42, foot[1] + (knee[1] - foot[1]) * 0.42)
        v.paint(
            limb([top, foot, (foot[0] + 5.6, foot[1] + 0.4)], [3.9, 3.3, 2.5], bent=True), toned("#2a2624", rim=1.4)
        )


def _cigarette(c: Canvas, x: float, y: float) -> None:
    v = c.at()
    v.paint(limb([(x - 4, y + 2), (x + 26, y - 10)], [6, 6]), "#fff8e8")
    v.paint(oval(x + 29, y - 11, 9), EMBER)
    c.glow(x + 28, y - 11, 64, "#ff9a4a", 0.9)
    smoke = track("0,0 16,-36 -20,-80 22,-132 -14,-190 34,-256")
    v.paint(
        limb([(x + 30 + a, y - 16 + b) for a, b in smoke], [5, 13, 17, 22, 27, 34]), Ink("#fffaf0", soft=6, alpha=0.78)
    )


def soldiers() -> None:
    c = Canvas(171)
    v = c.at()
    _yard(c)
    for x in (290, 660):
        v.paint(oval(x + 40, 612, 170, 15), Ink(NIGHT, soft=6, alpha=0.5))
    dress = Dress(UNIFORM, legs=mix(UNIFORM, INK, 0.2), shoes="#2a2624", hem=3)
    for x, pose, flip, top in ((300, LAUGHS, False, ""), (668, LEANS, True, "peak")):
        spot = c.at(x, 612, 6.4, flip=flip, turn=0)
        capped = Dress(dress.coat, dress.legs, hem=3, shoes=dress.shoes, top=top, cloth=mix(UNIFORM, INK, 0.12))
        person(spot, pose, capped)
        _trim(spot, pose)
        _mirth(spot, *pose.head)
    cap = c.at(150, 392, 6.0)
    cap.paint(oval(0, -6.4, 9.8, 3.8), toned(mix(UNIFORM, INK, 0.12), rim=2))
    cap.paint(poly((-7, -5.4), (7, -5.4), (7.4, -0.4), (-7.4, -0.4)), WINE)
    cap.paint(limb([(2, -0.8), (11, -0.4)], [1.1, 0.8]), INK)
    _cigarette(c, 492, 292)
    c.glow(120, 80, 620, "#fff0c0", 0.22)
    c.corners(0.3)
    c.finish("soldiers")


if __name__ == "__main__":
    soldiers()
