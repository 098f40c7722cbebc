"""A house without a lift, cut open from below: thirty floors of stairs, one figure with her bags."""

from people import Dress, Pose, person
from studio import (
    AMBER,
    CREAM,
    GREY,
    INK,
    LAMP,
    MINT,
    NIGHT,
    PINK,
    RED,
    ROSE,
    SLATE,
    SOOT,
    TEAL,
    UMBER,
    Canvas,
    Ink,
    Point,
    View,
    blob,
    box,
    limb,
    mix,
    oval,
    poly,
    toned,
)

FLOORS = 30
RATIO = 0.815
SKY: Point = (560.0, -40.0)
STREET = 690.0


def level(floor: float) -> tuple[float, float]:
    """Height on the picture and nearness (1 at the street) of a floor, seen from below."""
    near = RATIO**floor
    return SKY[1] + (STREET - SKY[1]) * near, near


def spot(x: float, floor: float) -> Point:
    """Where a point x units from the stairwell's axis lies at a floor."""
    y, near = level(floor)
    axis = SKY[0] + (470 - SKY[0]) * near
    return (axis + x * near, y)


def _flat(v: View, floor: int, way: int) -> None:
    """One home beside the stairs: a wall in pastel, dark or with a lamp."""
    inner, outer = way * 190, way * 450
    tone = mix((PINK, MINT, TEAL, ROSE)[(floor * 3 + way) % 4], NIGHT, 0.5)
    lit = (floor * 7 + way * 2) % 5 == 1
    if lit:
        tone = mix((PINK, MINT, TEAL, "#f2d3b0")[(floor + way) % 4], LAMP, 0.3)
    v.paint(
        poly(spot(inner, floor), spot(outer, floor), spot(outer, floor + 0.9), spot(inner, floor + 0.9)),
        Ink(mix(tone, CREAM, 0.1), mix(tone, INK, 0.35)),
    )
    y, near = level(floor)
    table = spot(way * 320, floor)
    shade = mix(tone, INK, 0.6)
    v.paint(box(table[0] - 60 * near, y - 26 * near, table[0] + 60 * near, y - 19 * near), shade)
    v.paint(box(table[0] - 46 * near, y - 20 * near, table[0] - 38 * near, y), shade)
    v.paint(box(table[0] + 38 * near, y - 20 * near, table[0] + 46 * near, y), shade)
    if lit:
        bulb = spot(way * 320, floor + 0.62)
        v.canvas.glow(*bulb, 150 * near, AMBER, 0.8)
        v.paint(oval(*bulb, max(2.0, 8 * near)), "#fff3cf")


def _flight(v: View, floor: int) -> None:
    """Two flights a floor, there and back, each with its steps."""
    for half in (0, 1):
        way = -1 if half else 1
        low, high = floor + half * 0.5, floor + half * 0.5 + 0.5
        x0, x1 = -120 * way, 120 * way
        steps = 8
        path: list[Point] = []
        for i in range(steps):
            a, b = i / steps, (i + 1) / steps
            path += [spot(x0 + (x1 - x0) * a, low + 0.5 * b), spot(x0 + (x1 - x0) * b, low + 0.5 * b)]
        near = level(low)[1]
        under = [spot(x1, high - 0.13), spot(x0, low - 0.13)]
        colour = mix("#d8cdb8", NIGHT, 0.0 if not half else 0.35)
        v.paint(
            [[spot(x0, low), *path, *under]],
            Ink(mix(colour, GREY, 0.3), mix(colour, INK, 0.25), lit=CREAM, rim=max(1.2, 6 * near)),
        )
        land = (120, 190) if way > 0 else (-190, -120)
        v.paint(
            poly(spot(land[0], high), spot(land[1], high), spot(land[1], high - 0.13), spot(land[0], high - 0.13)),
            mix(colour, GREY, 0.4),
        )


def _figure(c: Canvas) -> None:
    x, y = spot(0, 1.255)
    near = level(1.2)[1]
    c.glow(x, y - 60, 240, "#ffc873", 0.75)
    who = c.at(x, y, 2.05 * near)
    climb = Pose(
        head=(10, -83),
        neck=(5, -74),
        hip=(-3, -48),
        far_arm=((11, -58), (15, -43)),
        near_arm=((0, -58), (1, -42)),
        far_leg=((13, -40), (11, -16)),
        near_leg=((-4, -26), (-14, -3)),
        broad=8,
        look=1,
    )
    _bag(who, 16, -42, mix(TEAL, INK, 0.2))
    person(who, climb, Dress(RED, legs=INK, hem=9, top="scarf", cloth=CREAM))
    _bag(who, 1, -41, "#e0a94e")


def _bag(v: View, x: float, y: float, colour: str) -> None:
    v.paint(limb([(x - 4, y + 8), (x, y - 2), (x + 4, y + 8)], [1.2] * 3), UMBER)
    v.paint(blob((x - 7, y + 6), (x + 7, y + 6), (x + 11, y + 26), (x, y + 30), (x - 11, y + 26)), toned(colour, rim=4))


def _neighbours(v: View) -> None:
    """Other towers without power, leaning to the same point in the sky."""
    for x0, x1, top, tone in ((-60, 96, 150, "#25495a"), (880, 1040, 90, "#1f3f52"), (760, 860, 250, "#4b6a72")):
        lean = (SKY[0] - (x0 + x1) / 2) * 0.18
        v.paint(
            poly((x0, 660), (x1, 660), (x1 + lean, top), (x0 + lean, top)),
            Ink(tone, mix(tone, "#f0b38a", 0.25), lit=mix(tone, LAMP, 0.4), rim=5),
        )
    v.canvas.glow(150, 560, 420, "#ffc58a", 0.35)


def stairs() -> None:
    c = Canvas(91)
    v = c.at()
    c.sky("#123246", "#2d6575", "#c48f86", "#f0b38a")
    _neighbours(v)
    for floor in range(FLOORS - 1, -1, -1):
        near = level(floor)[1]
        wall = mix("#39414b", "#1b222b", floor / FLOORS * 0.4)
        v.paint(poly(spot(-190, floor), spot(190, floor), spot(190, floor + 1), spot(-190, floor + 1)), Ink(wall))
        for way in (-1, 1):
            _flat(v, floor, way)
            for x in (190, 450):
                v.paint(
                    limb([spot(way * x, floor), spot(way * x, floor + 1)], [9 * near, 9 * near * RATIO]),
                    mix(SLATE, CREAM, 0.25),
                )
        v.paint(
            poly(spot(-458, floor), spot(-185, floor), spot(-185, floor - 0.1), spot(-458, floor - 0.1)),
            mix("#b7b0a4", SOOT, 0.1),
        )
        v.paint(
            poly(spot(458, floor), spot(185, floor), spot(185, floor - 0.1), spot(458, floor - 0.1)),
            mix("#b7b0a4", SOOT, 0.25),
        )
    for floor in range(FLOORS - 1, -1, -1):
        _flight(v, floor)
    c.haze("#123246", 0, 200, 0.6, rising=True)
    _figure(c)
    c.corners(0.4)
    c.finish("stairs")


if __name__ == "__main__":
    stairs()
