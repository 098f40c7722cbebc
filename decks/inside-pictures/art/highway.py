"""The empty road: sixteen lanes to the vanishing point and one traffic officer."""

from people import FRONT, Dress, Pose, person, shadow
from places import PASTELS, Block, block, clouds, slogan, tower
from studio import CREAM, DEEP, INK, PINK, TEAL, Canvas, Ink, View, box, mix, oval, poly

FAR = (480.0, 318.0)


def _towers(v: View) -> None:
    """Pastel blocks along both kerbs, growing towards us; far ones first."""
    for step in range(7, -1, -1):
        near = 0.8**step
        reach, tall, wide = 60 + 470 * near, 50 + 330 * near, 26 + 120 * near
        for way in (-1, 1):
            colour = mix(PASTELS[(step * 2 + (way > 0)) % 7], "#bcd3cb", 0.36 * (1 - near))
            left = FAR[0] + way * reach - wide / 2
            shape = Block(
                left,
                FAR[1] + 16 * near,
                wide,
                tall * (0.82 if (step + way) % 3 else 1),
                colour,
                0,
                4,
                9,
                mix(DEEP, "#bcd3cb", 0.6 * (1 - near)),
            )
            block(v, shape)
            flank = left + wide if way < 0 else left
            x1 = flank - way * wide * 0.34
            tone = mix(colour, DEEP, 0.42 if way < 0 else 0.16)
            v.paint(
                poly(
                    (flank, FAR[1] + 16 * near),
                    (flank, FAR[1] + 16 * near - shape.tall),
                    (x1, FAR[1] + 12 * near - shape.tall * 0.86),
                    (x1, FAR[1] + 10 * near),
                ),
                tone,
            )


def _road(v: View) -> None:
    v.paint(box(0, FAR[1], 960, 640), Ink("#9fae9b", "#6f8378"))
    v.paint(poly((FAR[0] - 22, FAR[1]), (FAR[0] + 22, FAR[1]), (1660, 640), (-700, 640)), Ink("#a7a6a4", "#565c66"))
    for lane in range(-7, 8):
        if not lane:
            continue
        for dash in range(9):
            far, near = 0.68**dash, 0.68 ** (dash + 0.68)
            y0, y1 = FAR[1] + 360 * near, FAR[1] + 360 * far
            x0, x1 = FAR[0] + lane * 165 * near, FAR[0] + lane * 165 * far
            w0, w1 = 6.5 * near, 6.5 * far
            v.paint(poly((x0 - w0, y0), (x0 + w0, y0), (x1 + w1, y1), (x1 - w1, y1)), mix(CREAM, "#8d9093", 0.18))
    for way in (-1, 1):
        v.paint(
            poly(
                (FAR[0] + way * 2, FAR[1]),
                (FAR[0] + way * 8, FAR[1]),
                (FAR[0] + way * 52, 640),
                (FAR[0] + way * 22, 640),
            ),
            Ink(CREAM, "#e9c879"),
        )


def highway() -> None:
    c = Canvas(3)
    v = c.at()
    c.sky("#3f97a0", "#a9d0c2", "#f8d9bf", bottom=330)
    clouds(v, [(220, 90, 190), (760, 60, 150), (640, 170, 110)])
    c.glow(300, 300, 360, "#ffdca0", 0.8)
    tower(v, FAR[0], FAR[1] + 4, 210)
    _towers(v)
    c.haze("#f8dcc0", 200, 340, 0.35)
    _road(v)
    for x, wide in ((20, 210), (740, 200)):
        v.paint(box(x + 14, 290, x + 24, 342), INK)
        v.paint(box(x + wide - 24, 290, x + wide - 14, 342), INK)
        slogan(v, x, 274, wide, 42)
    c.haze("#f8dcc0", 318, 430, 0.5, rising=True)
    v.paint(oval(322, 578, 124, 29), Ink(CREAM, "#cfc4b2"))
    v.paint(oval(322, 578, 101, 22), Ink(mix(TEAL, INK, 0.25)))
    officer = c.at(322, 582, 3.05)
    shadow(officer, 150, 22, alpha=0.72)
    dress = Dress("#f4efe2", legs="#27557f", skin="#dca27c", top="peak", cloth="#f4efe2", hem=7)
    person(officer, Pose(far_arm=((-19, -76), (-31, -77)), near_arm=((12, -66), (11, -51)), look=FRONT.look), dress)
    officer.paint(box(-10.4, -53, 10.4, -49), INK)
    c.glow(120, 120, 520, PINK, 0.16)
    c.corners(0.3)
    c.finish("highway")


if __name__ == "__main__":
    highway()
