"""A house without a lift, cut open from below: thirty floors of stairs, one figure with her bags."""

from people import Dress, Pose, person
from studio import (
    AMBER,
    CREAM,
    INK,
    LAMP,
    MINT,
    NIGHT,
    PINK,
    RED,
    ROSE,
    SLATE,
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
STEEP = 0.56
"""How fast the house runs away from us: a floor's nearness is 1 / (1 + STEEP * floor), as a lens has it."""
SKY: Point = (560.0, -12.0)
STREET = 694.0
SHAFT, HOUSE = 214, 452
STONE = "#efe3cb"


def level(floor: float) -> tuple[float, float]:
    """Height on the picture and nearness (1 at the street) of a floor, seen from below."""
    near = 1 / (1 + STEEP * floor)
    return SKY[1] + (STREET - SKY[1]) * near, near


def spot(x: float, floor: float) -> Point:
    """Where a point x units from the stairwell's axis lies at a floor."""
    y, near = level(floor)
    axis = SKY[0] + (460 - SKY[0]) * near
    return (axis + x * near, y)


def _slab(v: View, ends: Point, floor: float, thick: float, ink: Ink | str) -> None:
    """A level piece of concrete from one x to another, so many floors thick, its top on a floor."""
    x0, x1 = ends
    v.paint(poly(spot(x0, floor), spot(x1, floor), spot(x1, floor - thick), spot(x0, floor - thick)), ink)


def _flat(v: View, floor: int, way: int) -> None:
    """One home beside the stairs: a wall in pastel dimmed by the night, or one with a lamp."""
    inner, outer = way * SHAFT, way * HOUSE
    colour = (PINK, MINT, TEAL, ROSE)[(floor * 3 + way) % 4]
    lit = (floor * 7 + way * 2) % 5 == 1
    tone = mix(colour, LAMP, 0.55) if lit else mix(colour, NIGHT, 0.64)
    v.paint(
        poly(spot(inner, floor), spot(outer, floor), spot(outer, floor + 1), spot(inner, floor + 1)),
        Ink(mix(tone, CREAM, 0.06), mix(tone, INK, 0.3)),
    )
    y, near = level(floor)
    x = spot(way * 330, floor)[0]
    if near > 0.3:
        shade = mix(tone, INK, 0.6)
        v.paint(box(x - 66 * near, y - 66 * near, x + 66 * near, y - 54 * near), shade)
        for leg in (-52, 52):
            v.paint(box(x + (leg - 6) * near, y - 58 * near, x + (leg + 6) * near, y), shade)
    if lit:
        bulb = spot(way * 330, floor + 0.6)
        v.canvas.glow(*bulb, 190 * near, AMBER, 0.8)
        v.paint(oval(*bulb, max(3.0, 15 * near)), "#fff3cf")


def _flight(v: View, floor: int, half: int) -> None:
    """A flight of a floor, there or back, with its steps and the landing it ends on; the way back lies in shade."""
    way = -1 if half else 1
    low, high = floor + half * 0.5, floor + half * 0.5 + 0.5
    x0, x1 = -132 * way, 132 * way
    near = level(low)[1]
    steps = 5 if near > 0.35 else 1
    path: list[Point] = []
    for i in range(steps):
        a, b = i / steps, (i + 1) / steps
        rise = low + 0.5 * (b if steps > 1 else a)
        path += [spot(x0 + (x1 - x0) * a, rise), spot(x0 + (x1 - x0) * b, low + 0.5 * b)]
    under = [spot(x1, high - 0.17), spot(x0, low - 0.17)]
    colour = mix(STONE, NIGHT, 0.6 if half else 0.08)
    ink = Ink(colour, mix(colour, INK, 0.2), lit=mix(colour, CREAM, 0.7), dark=mix(colour, INK, 0.4), rim=5 * near)
    v.paint([[spot(x0, low), *path, *under]], ink)
    _slab(v, (way * 130, way * SHAFT), high, 0.17, mix(STONE, NIGHT, 0.66 if half else 0.3))


def _figure(c: Canvas) -> None:
    x, y = spot(-38, 0.2)
    c.glow(x + 10, y - 120, 260, "#ffb765", 0.5)
    who = c.at(x, y, 2.5)
    climb = Pose(
        head=(10, -83),
        neck=(5, -74),
        hip=(-3, -48),
        far_arm=((14, -58), (22, -44)),
        near_arm=((-3, -58), (-6, -42)),
        far_leg=((15, -40), (18, -21)),
        near_leg=((-4, -26), (-13, -2)),
        broad=8.6,
        look=1,
    )
    _bag(who, 22, -43, mix(TEAL, CREAM, 0.15))
    person(who, climb, Dress(RED, legs="#4a5a70", hem=9, top="scarf", cloth=CREAM))
    _bag(who, -6, -41, "#f0b44e")


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


def _house(v: View, floor: int) -> None:
    """A storey without its stairs: the black shaft, the homes on both sides, walls and floors between them."""
    near = level(floor)[1]
    v.paint(
        poly(spot(-SHAFT, floor), spot(SHAFT, floor), spot(SHAFT, floor + 1), spot(-SHAFT, floor + 1)),
        Ink("#0d141c", "#121c26"),
    )
    wall = mix(SLATE, TEAL, 0.25)
    for way in (-1, 1):
        _flat(v, floor, way)
        for x in (SHAFT, HOUSE):
            ends = [spot(way * x, floor), spot(way * x, floor + 1)]
            v.paint(limb(ends, [9 * near, 9 * level(floor + 1)[1]]), mix(wall, CREAM, 0.1 + 0.1 * way))
        _slab(v, (way * (HOUSE + 8), way * (SHAFT - 4)), floor, 0.09, mix(wall, CREAM, 0.25))


def stairs() -> None:
    c = Canvas(91)
    v = c.at()
    c.sky("#123246", "#2d6575", "#c48f86", "#f0b38a")
    _neighbours(v)
    for floor in range(FLOORS - 1, -1, -1):
        _house(v, floor)
    for floor in range(FLOORS - 1, -1, -1):
        for half in (1, 0):
            _flight(v, floor, half)
    _figure(c)
    c.corners(0.4)
    c.finish("stairs")


if __name__ == "__main__":
    stairs()
