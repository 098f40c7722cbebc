"""A visitor with a camera and the guide beside him; the guide's shadow falls long."""

from dataclasses import replace

from people import SIDE, Dress, Pose, person
from places import PASTELS, Block, block, clouds, slogan, tower
from studio import CREAM, DEEP, INK, RED, TEAL, Canvas, Ink, View, blob, box, limb, mix, oval, poly, toned


def _square(c: Canvas) -> None:
    v = c.at()
    c.sky("#3d8f98", "#b7d3be", "#ffdfae", bottom=300)
    clouds(v, [(220, 60, 200), (520, 120, 150)])
    c.glow(870, 190, 420, "#ffd58c", 0.95)
    v.paint(oval(880, 176, 46), "#fff5d6")
    for i in range(6):
        block(
            v,
            Block(
                -20 + i * 100,
                290,
                74,
                70 + (i * 61) % 110,
                mix(PASTELS[i % 7], "#f3dfba", 0.42),
                10,
                4,
                7,
                mix(DEEP, "#f3dfba", 0.5),
            ),
        )
    tower(v, 750, 292, 236)
    c.haze("#ffdfae", 150, 300, 0.6)
    slogan(v, 24, 246, 250, 42)
    v.paint(box(0, 286, 960, 640), Ink("#f0d3a2", "#b98f78"))
    for i in range(-9, 14):
        v.paint(
            poly(
                (480 + i * 26 - 0.5, 288),
                (480 + i * 26 + 0.5, 288),
                (480 + i * 150 + 2.5, 640),
                (480 + i * 150 - 2.5, 640),
            ),
            Ink("#b98d73", alpha=0.55),
        )
    for y, w in ((300, 1), (320, 1.4), (350, 2), (396, 2.6), (462, 3.4), (556, 4.4)):
        v.paint(box(0, y, 960, y + w), Ink("#b98d73", alpha=0.55))


def _shade(v: View, x: float, y: float, reach: float, wide: float) -> None:
    """A person's shadow on the square, thrown towards us and to the left, widening."""
    tip_x, tip_y = x - reach, y + reach * 0.23
    ink = Ink("#2a2134", soft=1.5, alpha=0.74)
    nx, ny = 0.28 * wide, 0.96 * wide
    v.paint(
        [
            [
                (x - 9, y - 2),
                (x + 14, y + 2),
                (x - reach * 0.42 + nx, y + reach * 0.097 + ny),
                (tip_x + reach * 0.24 + nx * 1.5, tip_y - reach * 0.0395 + ny * 1.4),
                (tip_x + reach * 0.17, tip_y - reach * 0.039 + ny * 0.5),
                (tip_x + reach * 0.17, tip_y - reach * 0.039 - ny * 0.4),
                (tip_x + reach * 0.24 - nx * 1.5, tip_y - reach * 0.0395 - ny * 1.2),
                (x - reach * 0.42 - nx, y + reach * 0.097 - ny),
            ],
            *oval(tip_x + reach * 0.09, tip_y - reach * 0.021, reach * 0.1, wide * 0.85, -13),
        ],
        ink,
    )


def _visitor(c: Canvas) -> None:
    v = c.at(386, 486, 3.3)
    shoot = replace(
        SIDE,
        head=(3, -89),
        near_arm=((7, -66), (13, -83)),
        far_arm=((12, -68), (17, -84)),
        far_leg=((4, -27), (8, -2)),
        near_leg=((-2, -27), (-7, -2)),
    )
    person(v, shoot, Dress("#d8b56a", legs="#3a5068", hair="#5a3a28", hem=3))
    v.paint(blob((-9, -75), (-16, -70), (-17, -52), (-9, -48), (-5, -62)), toned(TEAL, rim=3))
    v.paint(box(10, -92, 19, -83), toned("#1a1f26", rim=2))
    v.paint(limb([(19, -87.5), (25, -87.5)], [3.6, 3.9]), toned("#262d36", rim=1.5))
    v.paint(oval(26.5, -87.5, 2.4, 4.1), "#11161c")
    v.paint(oval(26.6, -88.6, 1.0, 1.5), "#e9fff8")


def _guide(c: Canvas) -> None:
    v = c.at(610, 492, 3.5)
    stand = Pose(
        head=(-2, -90),
        neck=(0, -79),
        hip=(0.5, -50),
        far_arm=((-12.5, -65), (-3, -54)),
        near_arm=((12, -65), (4, -53)),
        look=-0.8,
        broad=10,
    )
    person(v, stand, Dress("#27384a", legs="#1d2834", hem=6, shoes=INK))
    v.paint(poly((-4, -80), (2.6, -80), (-1, -66)), CREAM)
    v.paint(poly((-1.8, -79), (0.4, -79), (0.8, -68), (-0.8, -64), (-2.2, -68)), toned(RED, rim=1))
    v.paint(oval(5, -70, 1.7), RED)


def guide() -> None:
    c = Canvas(101, light=(0.85, -0.55))
    v = c.at()
    _square(c)
    _shade(v, 380, 482, 250, 14)
    _shade(v, 606, 492, 590, 40)
    _visitor(c)
    _guide(c)
    c.glow(840, 210, 500, "#ffd9a0", 0.3)
    c.corners(0.3)
    c.finish("guide")


if __name__ == "__main__":
    guide()
