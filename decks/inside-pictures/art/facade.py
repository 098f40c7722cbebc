"""A house at its corner: the pastel front the street sees, and the grey back nobody painted."""

from collections.abc import Callable

from people import WALK, Dress, person, shadow
from places import clouds, poplar
from studio import (
    BLUSH,
    CONCRETE,
    CREAM,
    DEEP,
    GREY,
    INK,
    LAMP,
    LEAF,
    MINT,
    MOSS,
    PINK,
    RED,
    ROSE,
    SLATE,
    SOOT,
    TEAL,
    Canvas,
    Ink,
    Point,
    Shape,
    View,
    blob,
    box,
    join,
    limb,
    mix,
    poly,
    toned,
)

Wall = Callable[[float, float], Point]
ROWS, COLS = 5, 4


def wall(edge: tuple[float, float, float], far: tuple[float, float, float]) -> Wall:
    """A wall in perspective between two uprights, each (x, top, bottom): takes (u, v), 0-1, u from the near edge."""

    def at(u: float, v: float) -> Point:
        u = u * 0.78 / (1 - 0.22 * u)
        x, top, low = (a + (b - a) * u for a, b in zip(edge, far, strict=True))
        return (x, top + (low - top) * v)

    return at


FRONT = wall((560, 34, 612), (30, 128, 566))
REAR = wall((560, 34, 612), (930, 142, 570))


def patch(at: Wall, u0: float, v0: float, u1: float, v1: float) -> Shape:
    return poly(at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1))


def _front(v: View) -> None:
    v.paint(patch(FRONT, 0, 0, 1, 1), Ink("#f3b1aa", "#e58f90", lit="#fbd6c6", rim=40, grit=0.8))
    for col in range(COLS):
        u = 0.05 + col * 0.24
        v.paint(patch(FRONT, u - 0.035, 0.05, u, 1), Ink(MINT, "#94c3a4"))
    for row in range(ROWS):
        for col in range(COLS):
            u, y = 0.075 + col * 0.24, 0.09 + row * 0.168
            glass = Ink("#1f6670", "#5fb0ab") if (row + col) % 3 else Ink("#2c7a80", LAMP)
            v.paint(patch(FRONT, u - 0.012, y - 0.012, u + 0.142, y + 0.1), CREAM)
            v.paint(patch(FRONT, u, y, u + 0.13, y + 0.09), glass)
            v.paint(patch(FRONT, u + 0.06, y, u + 0.07, y + 0.09), CREAM)
            if row < ROWS - 1:
                v.paint(patch(FRONT, u - 0.02, y + 0.085, u + 0.15, y + 0.122), Ink(TEAL, "#2e8588"))
                v.paint(
                    patch(FRONT, u - 0.02, y + 0.075, u + 0.15, y + 0.087), RED if (row * 3 + col) % 4 == 0 else LEAF
                )
    v.paint(patch(FRONT, 0, -0.012, 1.01, 0.04), CREAM)
    v.paint(patch(FRONT, 0, 0.925, 1, 1), Ink("#b9797b", "#96616b"))


def _stains(v: View) -> None:
    chance = v.canvas.chance
    for _ in range(17):
        u, y = chance.uniform(0.05, 0.95), chance.uniform(0.0, 0.6)
        end = y + chance.uniform(0.12, 0.34)
        wide = chance.uniform(0.008, 0.03)
        drip = poly(REAR(u - wide, y), REAR(u + wide, y), REAR(u + wide * 0.4, end), REAR(u - wide * 0.3, end))
        v.paint(drip, Ink(SOOT, soft=2.5, alpha=0.35))


def _rear(v: View) -> None:
    v.paint(patch(REAR, 0, 0, 1, 1), Ink("#8f8e8c", "#62646a", lit="#a9a59d", rim=26, grit=0.9))
    for row in range(ROWS + 1):
        v.paint(patch(REAR, 0, 0.055 + row * 0.168, 1, 0.063 + row * 0.168), mix(SLATE, GREY, 0.3))
    for col in range(1, 4):
        v.paint(patch(REAR, col * 0.25 - 0.004, 0, col * 0.25 + 0.004, 1), mix(SLATE, GREY, 0.3))
    _stains(v)
    for row in range(ROWS):
        for col in range(4):
            u, y = 0.06 + col * 0.25, 0.095 + row * 0.168
            bare = (row * 5 + col * 3) % 7
            v.paint(patch(REAR, u - 0.01, y - 0.008, u + 0.15, y + 0.1), mix(CONCRETE, GREY, 0.6))
            fill = Ink("#23272e", "#363c44") if bare else Ink(AGED, "#5b5348")
            v.paint(patch(REAR, u, y, u + 0.14, y + 0.09), fill)
    u, y = 0.31, 0.095 + 3 * 0.168
    v.paint(patch(REAR, u, y, u + 0.14, y + 0.09), LAMP)
    v.canvas.glow(*REAR(u + 0.07, y + 0.045), 80, "#ffb45c", 0.55)


AGED = "#7d7160"


def _washing(v: View) -> None:
    y = 0.46
    v.paint(limb([REAR(0.05, y), REAR(0.5, y + 0.016), REAR(0.98, y)], [1.6, 1.6]), SOOT)
    for u, colour, wide in (
        (0.12, BLUSH, 0.09),
        (0.25, TEAL, 0.07),
        (0.52, CREAM, 0.13),
        (0.7, ROSE, 0.07),
        (0.81, MINT, 0.1),
    ):
        v.paint(
            poly(
                REAR(u, y + 0.008),
                REAR(u + wide, y + 0.008),
                REAR(u + wide * 1.04, y + 0.105),
                REAR(u + 0.008, y + 0.095),
            ),
            toned(mix(colour, GREY, 0.2), rim=5),
        )


def _paint_edge(v: View) -> None:
    """The paint laps round the corner and ends where the brush ran out."""
    reach = (0.035, 0.06, 0.03, 0.05, 0.075, 0.04, 0.055, 0.03, 0.065, 0.04)
    rag = [REAR(r, i / 9) for i, r in enumerate(reach)]
    v.paint([[REAR(0, 0), *rag, REAR(0, 1)]], Ink("#a8696d", "#824f5b"))
    v.paint(patch(REAR, 0, -0.012, 1.01, 0.018), mix(GREY, CREAM, 0.25))


def facade() -> None:
    c = Canvas(11)
    v = c.at()
    c.sky("#2f8d96", "#9fcfc6", "#f6dcc0", bottom=600)
    clouds(v, [(120, 70, 160), (800, 70, 170), (880, 130, 90)])
    c.glow(20, 60, 420, "#ffe2a8", 0.7)
    v.paint(box(0, 560, 960, 640), Ink("#c9b9a0", "#a89780"))
    for x, tall in ((905, 120), (950, 90)):
        poplar(v, x, 575, tall, mix(MOSS, SLATE, 0.5))
    _front(v)
    _rear(v)
    _paint_edge(v)
    _washing(v)
    v.paint(poly((560, 612), (930, 570), (960, 572), (960, 640), (610, 640)), Ink("#4c4843", "#38363a"))
    v.paint(blob((760, 612), (840, 600), (900, 612), (830, 626)), Ink("#7d8d92", "#4c5a61"))
    v.paint(join(box(0, 596, 560, 606)), CREAM)
    walker = c.at(250, 628, 1.55)
    shadow(walker, 50, 6)
    person(walker, WALK, Dress(DEEP, legs=INK, hem=14, top="bun"))
    c.glow(0, 0, 700, PINK, 0.14)
    c.corners(0.28)
    c.finish("facade")


if __name__ == "__main__":
    facade()
