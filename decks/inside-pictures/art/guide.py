"""A visitor with a camera and the guide beside him; the guide's shadow falls long."""

from dataclasses import replace

from people import SIDE, Dress, Pose, person
from places import PASTELS, Block, block, clouds, slogan, tower
from studio import CREAM, DEEP, HAIR, INK, RED, TEAL, Canvas, Ink, Point, View, blob, box, limb, mix, oval, poly, toned


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
    """A person's shadow on the square, thrown to the left and a little towards us, widening up to a head."""
    slope = 0.11

    def at(share: float, across: float) -> Point:
        return (x - reach * share + 0.28 * wide * across, y + reach * share * slope + 0.96 * wide * across)

    outline = [(x - 9, y - 2), (x + 14, y + 2), at(0.42, 1), at(0.76, 1.4), at(0.83, 0.5)]
    outline += [at(0.83, -0.4), at(0.76, -1.2), at(0.42, -1)]
    head = oval(*at(0.91, 0), reach * 0.1, wide * 0.85, -7)
    v.paint([outline, *head], Ink("#2a2134", soft=1.5, alpha=0.74))


def _visitor(c: Canvas) -> None:
    v = c.at(292, 598, 5.5)
    shoot = replace(
        SIDE,
        head=(3, -89),
        near_arm=((7, -66), (13, -83)),
        far_arm=((12, -68), (17, -84)),
        far_leg=((4, -27), (8, -2)),
        near_leg=((-2, -27), (-7, -2)),
    )
    person(v, shoot, Dress("#e3b54a", legs="#3a5068", hair="#5a3a28", hem=3))
    v.paint(blob((-9, -75), (-16, -70), (-17, -52), (-9, -48), (-5, -62)), toned(TEAL, rim=3))
    v.paint(box(9, -93, 20, -82), toned("#1a1f26", rim=2))
    v.paint(limb([(20, -87.5), (27, -87.5)], [4.2, 4.8]), toned("#262d36", rim=1.5))
    v.paint(oval(29, -87.5, 2.6, 4.9), "#e9fff8")


def _guide(c: Canvas) -> None:
    v = c.at(668, 590, 5.7, flip=True)
    stand = Pose(
        head=(2, -90),
        neck=(0, -79),
        hip=(-0.5, -50),
        far_arm=((-12, -65), (-4, -53)),
        near_arm=((12.5, -65), (3, -54)),
        look=0.85,
        broad=10,
    )
    person(v, stand, Dress("#1f3346", legs="#1a2530", hem=6, shoes=INK))
    v.paint(poly((4.6, -80), (-3, -80), (1, -64)), CREAM)
    v.paint(poly((2.2, -79), (-0.6, -79), (-1, -68), (0.8, -62), (2.6, -68)), toned(RED, rim=1))
    v.paint(oval(-5.4, -70, 2.1), RED)
    v.paint(limb([(4.6, -93.2), (7.2, -93.0)], [0.45, 0.4]), HAIR)  # his eye is on the camera, his mouth tells nothing
    v.paint(oval(6, -90.4, 0.9, 1.1), HAIR)
    v.paint(limb([(5, -85.4), (7.8, -85.6)], [0.5, 0.5]), "#8a4a3c")


def guide() -> None:
    c = Canvas(101, light=(0.85, -0.55))
    v = c.at()
    _square(c)
    _shade(v, 286, 596, 260, 17)
    _shade(v, 664, 584, 760, 36)
    _visitor(c)
    _guide(c)
    c.glow(840, 210, 500, "#ffd9a0", 0.3)
    c.corners(0.3)
    c.finish("guide")


if __name__ == "__main__":
    guide()
