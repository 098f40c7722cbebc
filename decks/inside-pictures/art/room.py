"""A model computer room seen from its doorway: rows of screens, heads bent, everything new."""

from people import BACK, Dress, person
from places import slogan
from studio import (
    CREAM,
    DEEP,
    INK,
    LEAF,
    NIGHT,
    ROSE,
    SEA,
    SLATE,
    SOOT,
    TEAL,
    UMBER,
    Canvas,
    Ink,
    Point,
    View,
    box,
    limb,
    mix,
    oval,
    poly,
    toned,
)

FAR: Point = (480.0, 176.0)


def toward(x: float, y: float, near: float) -> Point:
    """A point of the picture plane pushed back towards the vanishing point."""
    return (FAR[0] + (x - FAR[0]) * near, FAR[1] + (y - FAR[1]) * near)


def _walls(c: Canvas) -> None:
    v = c.at()
    c.sky("#cfe0cf", "#f4e6c8", bottom=640)
    (x0, y0), (x1, y1) = toward(-140, -120, 0.42), toward(1100, 640, 0.42)
    v.paint(box(x0, y0, x1, y1), Ink("#f3dfbb", "#e2c39c"))
    v.paint(
        poly(toward(-140, -120, 2), toward(-140, -120, 0.42), (x0, y1), toward(-140, 640, 2)), Ink("#8fc2ba", "#5d9a96")
    )
    v.paint(
        poly(toward(1100, -120, 2), toward(1100, -120, 0.42), (x1, y1), toward(1100, 640, 2)), Ink("#a9cdb8", "#6f9f8d")
    )
    v.paint(poly(toward(-140, -120, 2), toward(1100, -120, 2), (x1, y0), (x0, y0)), Ink("#d7dccb", "#f6ecd2"))
    v.paint(poly((x0, y1), (x1, y1), toward(1100, 640, 2), toward(-140, 640, 2)), Ink("#d9a983", "#8a6458"))
    slogan(v, 250, y0 + 26, 460, 62)
    for near in (0.52, 0.74, 1.06):
        for x in (180, 780):
            (xa, ya), (xb, _) = toward(x - 90, -118, near), toward(x + 90, -118, near)
            v.paint(box(xa, ya - 4 * near, xb, ya + 9 * near), "#fff8dd")
            c.glow((xa + xb) / 2, ya + 6, (150 * near, 70 * near), "#fff0c0", 0.5)


def _place(v: View, coat: str, top: str, shade: float) -> None:
    """One place: a screen on a desk, and before it somebody from behind; 120 wide, the seat on y = 0."""
    v.paint(box(-34, -92, 34, -44), toned("#2c343b", rim=3))
    v.paint(box(-30, -88, 30, -49), Ink("#eafff4", "#a5e6da"))
    for row in range(2):
        v.paint(box(-25, -84 + row * 8, -8 - row * 5, -80 + row * 8), "#3f8a8c")
    v.paint(box(-4, -44, 4, -36), SLATE)
    v.paint(box(-62, -37, 62, -29), toned(mix("#efe2c4", SOOT, shade), rim=2))
    v.paint(box(-62, -29, 62, 0), Ink(mix("#c8b48e", SOOT, shade), mix("#8d7a64", SOOT, shade)))
    person(v.at(0, 40, 1.2), BACK, Dress(coat, hem=6, top=top, legs=INK, cloth=coat))
    v.paint(box(-18, -24, 18, 44), toned(mix(UMBER, SOOT, shade), rim=3))


ROWS = (
    (292, 1.25, (222, 394, 566, 738), (SEA, ROSE, DEEP, LEAF)),
    (412, 2.0, (196, 480, 764), ("#6d4a55", TEAL, "#4a5468")),
    (604, 3.2, (286, 676), (ROSE, "#2f5a68")),
)
"""From far to near: where a row's seats stand, their size, and who sits there in which coat."""


def _rows(c: Canvas) -> None:
    tops = ("", "bun", "long", "")
    for row, (y, size, spots, coats) in enumerate(ROWS):
        for seat, (x, coat) in enumerate(zip(spots, coats, strict=True)):
            c.glow(x, y - 72 * size, (54 * size, 42 * size), "#b9fff0", 0.35)
            _place(c.at(x, y, size), coat, tops[(row + seat * 2 + 1) % 4], 0.06 * row)


def _door(c: Canvas) -> None:
    """The doorway we are shown it from: its frame, dark, and a hand that holds the door."""
    v = c.at()
    for x0, x1 in ((0, 74), (886, 960)):
        v.paint(box(x0, 0, x1, 640), Ink("#3a2f31", "#241d22"))
    v.paint(box(0, 0, 960, 40), Ink("#352b2e", "#42363a"))
    v.paint(box(70, 36, 82, 640), toned("#8a6a4e", rim=4))
    v.paint(box(878, 36, 890, 640), toned("#6d5342", rim=4))
    v.paint(box(70, 36, 890, 46), toned("#6d5342", rim=3))
    v.paint(limb([(960, 520), (918, 440), (890, 408)], [46, 38, 26]), toned("#39434f", rim=12))
    v.paint(limb([(896, 418), (880, 400)], [21, 19]), CREAM)
    v.paint(oval(872, 388, 20, 17, 40), toned("#e2aa84", rim=7))
    for i in range(4):
        v.paint(limb([(866 - i * 1.5, 378 + i * 9), (884, 372 + i * 10)], [6.5, 6.5]), toned("#e2aa84", rim=3))


def room() -> None:
    c = Canvas(191, light=(0.0, -1.0))
    _walls(c)
    _rows(c)
    c.glow(480, 250, (420, 260), "#fff1c8", 0.25)
    _door(c)
    c.at().paint(box(0, 600, 960, 640), Ink(NIGHT, soft=20, alpha=0.35))
    c.corners(0.35)
    c.finish("room")


if __name__ == "__main__":
    room()
