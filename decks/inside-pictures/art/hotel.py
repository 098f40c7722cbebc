"""The pyramid hotel at night: a facade of lights that slowly climbs, dark floors, a dark city round it."""

from PIL import Image
from places import ridge
from studio import (
    AMBER,
    LAMP,
    NIGHT,
    PINK,
    Canvas,
    Ink,
    Point,
    View,
    box,
    mix,
    oval,
    poly,
    save_moving,
)

APEX: Point = (480.0, 30.0)
BASE = 552.0
SHORE = 578
REACH = 262  # half of the centre face's width at its foot
FRAMES, LASTS = 20, 400
"""A whole round of the wave in 8 seconds: it is seen to move, and nobody looks at it instead of the speaker."""
BANDS = ("#ffe9a8", "#ffb0a4", "#ff6f61", "#f2568a", "#ff9ec4", "#2fb3ad", "#7fece0", "#c4f2c4", "#ffd668", "#ff8a4a")


def _edge(y: float, way: int, reach: float) -> float:
    """Half width of the pyramid at a height, steeper towards the tip."""
    t = (y - APEX[1]) / (BASE - APEX[1])
    return APEX[0] + way * reach * (0.86 * t + 0.14 * t * t)


def _wing(v: View, way: int) -> None:
    """A side wing: dark glass with a few lines of light along its slope."""
    top = APEX[1] + 110
    outer = [(APEX[0] + way * 40, top), (APEX[0] + way * 440, BASE), (APEX[0], BASE), (APEX[0], top)]
    tone = "#22435a" if way < 0 else "#152b40"
    v.paint([outer], Ink(tone, "#0f1e30", lit="#4f8a9a" if way < 0 else "", rim=6))


def _band(place: float) -> str:
    """The colour at a place of the wave: bands, melting into each other for the last third of each."""
    band, within = divmod(place % len(BANDS), 1)
    return mix(BANDS[int(band)], BANDS[(int(band) + 1) % len(BANDS)], max(0.0, within - 0.7) / 0.3)


def _screen(v: View, phase: float) -> None:
    """The centre face: storeys of lamps in bright bands above, dark floors below.

    The phase, in bands, is how far the wave of colours has climbed.
    """
    v.paint(
        [
            [
                (APEX[0] - 4, APEX[1]),
                (APEX[0] + 4, APEX[1]),
                (_edge(BASE, 1, REACH), BASE),
                (_edge(BASE, -1, REACH), BASE),
            ]
        ],
        Ink("#1d3a50", "#101d2d"),
    )
    tall = (BASE - APEX[1] - 16) / 28
    for row in range(21):  # the floors below stay dark
        y0 = APEX[1] + 16 + row * tall
        y1 = y0 + tall * 0.84
        left, right = _edge(y0, -1, REACH) + 4, _edge(y0, 1, REACH) - 4
        cells = max(1, int((right - left) / 26))
        for cell in range(cells):
            x0 = left + cell * (right - left) / cells
            x1 = x0 + (right - left) / cells - 2.4
            across = abs((x0 + x1) / 2 - APEX[0])
            colour = _band(y0 * 0.017 + across * 0.02 + phase)
            v.paint(box(x0, y0, x1, y1), mix(colour, "#fff4d6", 0.12 if row % 2 else 0.0))


def _spark(v: View) -> None:
    v.canvas.glow(APEX[0], APEX[1] + 10, 190, "#ffd59a", 0.8)
    for way in (-1, 1):
        for i in range(13):
            y = APEX[1] + 146 + i * 22
            x = APEX[0] + way * (40 + 400 * (y - APEX[1] - 110) / (BASE - APEX[1] - 110)) - way * 6
            v.paint(oval(x, y, 5), (PINK, "#8ff0dc")[i % 2])
            v.canvas.glow(x, y, 22, PINK, 0.5)
    v.paint(poly((APEX[0] - 9, APEX[1] + 18), (APEX[0], APEX[1] - 22), (APEX[0] + 9, APEX[1] + 18)), "#fff3cf")


def _city(v: View) -> None:
    """Blocks without light before and behind, with a lamp here and there, each large enough for a cell."""
    chance = v.canvas.chance
    for layer, (base, colour, low, high) in enumerate(((560, "#1b3850", 60, 140), (SHORE, "#0c1f33", 40, 110))):
        x = -30.0
        while x < 980:
            wide = chance.uniform(70, 130)
            tall = chance.uniform(low, high) * (0.5 if 160 < x < 760 else 1.15)
            v.paint(
                box(x, base - tall, x + wide, base),
                Ink(colour, mix(colour, NIGHT, 0.5), lit=mix(colour, "#6fa5b0", 0.35), rim=5),
            )
            if chance.random() < 0.12 + 0.26 * layer:
                px, py = chance.uniform(x + 10, x + wide - 26), base - chance.uniform(26, max(28, tall - 16))
                v.paint(box(px, py, px + 15, py + 17), LAMP)
                v.canvas.glow(px + 7, py + 8, 40, AMBER, 0.6)
            x += wide + chance.uniform(2, 18)


def _water(c: Canvas) -> None:
    """The river keeps the picture upside down, dimmer and shaken."""
    v = c.at()
    top = SHORE
    scale = c.big[1] // c.size[1]
    strip = c.image.crop((0, 380 * scale, c.big[0], top * scale)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    c.image.paste(strip.resize((c.big[0], (c.size[1] - top) * scale)), (0, top * scale))
    v.paint(box(0, top, 960, 640), Ink("#0b2233", "#081420", alpha=0.5))
    chance = c.chance
    for i in range(30):
        y = top + 4 + (i / 30) ** 1.3 * 60
        x, w = chance.uniform(0, 960), chance.uniform(20, 90)
        v.paint(box(x - w, y, x + w, y + 1.5 + i * 0.05), Ink("#071521", alpha=0.55))
    v.paint(box(0, top - 4, 960, top + 3), "#06101a")


def _frame(phase: float) -> Image.Image:
    c = Canvas(81, light=(-0.5, -0.8))
    v = c.at()
    c.sky("#0a1730", "#16385a", "#2f6a7c", "#6d8f8c", bottom=580)
    chance = c.chance
    for _ in range(26):
        v.paint(oval(chance.uniform(0, 960), chance.uniform(0, 300), chance.uniform(1.2, 2.6)), "#cfe6e0")
    v.paint(ridge(0, 960, SHORE, [(0, 470), (200, 450), (480, 482), (760, 440), (960, 470)]), "#1f4a5e")
    c.glow(480, 280, (450, 400), "#ff9d7a", 0.35)
    _wing(v, -1)
    _wing(v, 1)
    _screen(v, phase)
    c.glow(480, 260, (250, 320), "#ffb08a", 0.35)
    _spark(v)
    _city(v)
    _water(c)
    c.glow(480, 605, (170, 44), "#ffb28c", 0.35)
    c.corners(0.4)
    return c.reduced(grain=1.6)  # as the other picture of a night


def hotel() -> None:
    """Draw the picture that moves: every lamp and star stays where it is, only the wave goes on."""
    save_moving("hotel", [_frame(i * len(BANDS) / FRAMES) for i in range(FRAMES)], LASTS, colours=176)


if __name__ == "__main__":
    hotel()
