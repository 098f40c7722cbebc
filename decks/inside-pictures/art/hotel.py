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

APEX: Point = (480.0, 34.0)
BASE = 500.0
FRAMES, LASTS = 20, 400
"""A whole round of the wave in 8 seconds: it is seen to move, and nobody looks at it instead of the speaker."""
BANDS = ("#ffe9a8", "#ffb0a4", "#ff6f61", "#f2568a", "#ff9ec4", "#2fb3ad", "#7fece0", "#c4f2c4", "#ffd668", "#ff8a4a")


def _edge(y: float, way: int, reach: float) -> float:
    """Half width of the pyramid at a height, steeper towards the tip."""
    t = (y - APEX[1]) / (BASE - APEX[1])
    return APEX[0] + way * reach * (0.86 * t + 0.14 * t * t)


def _wing(v: View, way: int) -> None:
    """A side wing: dark glass with a few lines of light along its slope."""
    top = APEX[1] + 120
    outer = [(APEX[0] + way * 40, top), (APEX[0] + way * 400, BASE), (APEX[0], BASE), (APEX[0], top)]
    tone = "#22435a" if way < 0 else "#152b40"
    v.paint([outer], Ink(tone, "#0f1e30", lit="#4f8a9a" if way < 0 else "", rim=6))


def _band(place: float) -> str:
    """The colour at a place of the wave: bands, melting into each other for the last third of each."""
    band, within = divmod(place % len(BANDS), 1)
    return mix(BANDS[int(band)], BANDS[(int(band) + 1) % len(BANDS)], max(0.0, within - 0.7) / 0.3)


def _screen(v: View, phase: float) -> None:
    """The centre face: storeys of lamps in bright bands above, dark floors below, and a dark gap where power failed.

    The phase, in bands, is how far the wave of colours has climbed.
    """
    chance = v.canvas.chance
    v.paint(
        [[(APEX[0] - 4, APEX[1]), (APEX[0] + 4, APEX[1]), (_edge(BASE, 1, 230), BASE), (_edge(BASE, -1, 230), BASE)]],
        Ink("#1d3a50", "#101d2d"),
    )
    rows = 36
    for row in range(rows):
        y0 = APEX[1] + 16 + row * (BASE - APEX[1] - 16) / rows
        y1 = y0 + 10.4
        left, right = _edge(y0, -1, 230) + 3, _edge(y0, 1, 230) - 3
        cells = max(1, int((right - left) / 17))
        for cell in range(cells):
            x0 = left + cell * (right - left) / cells
            x1 = x0 + (right - left) / cells - 1.8
            across = abs((x0 + x1) / 2 - APEX[0])
            if row > 25:
                if chance.random() < 0.035:
                    v.paint(box(x0, y0, x1, y1), LAMP)
                continue
            colour = _band(y0 * 0.02 + across * 0.026 + phase)
            v.paint(box(x0, y0, x1, y1), mix(colour, "#fff4d6", 0.12 if row % 2 else 0.0))


def _spark(v: View) -> None:
    v.canvas.glow(APEX[0], APEX[1] + 10, 190, "#ffd59a", 0.8)
    for way in (-1, 1):
        for i in range(17):
            y = APEX[1] + 150 + i * 13
            x = APEX[0] + way * (40 + 360 * (y - APEX[1] - 120) / (BASE - APEX[1] - 120)) - way * 5
            v.paint(oval(x, y, 3.6), (PINK, "#8ff0dc")[i % 2])
            v.canvas.glow(x, y, 16, PINK, 0.5)
    v.paint(poly((APEX[0] - 9, APEX[1] + 18), (APEX[0], APEX[1] - 22), (APEX[0] + 9, APEX[1] + 18)), "#fff3cf")


def _city(v: View) -> None:
    """Blocks without light before and behind, with a lamp here and there."""
    chance = v.canvas.chance
    for layer, (base, colour, low, high) in enumerate(((508, "#1b3850", 60, 150), (530, "#0e2236", 40, 130))):
        x = -30.0
        while x < 980:
            wide = chance.uniform(46, 96)
            tall = chance.uniform(low, high) * (0.55 if 180 < x < 760 else 1.1)
            v.paint(
                box(x, base - tall, x + wide, base),
                Ink(colour, mix(colour, NIGHT, 0.5), lit=mix(colour, "#6fa5b0", 0.35), rim=5),
            )
            for _ in range(1 + layer):
                if chance.random() < 0.5:
                    px, py = chance.uniform(x + 8, x + wide - 18), base - chance.uniform(14, max(20, tall - 14))
                    v.paint(box(px, py, px + 9, py + 10), LAMP)
                    v.canvas.glow(px + 4, py + 5, 26, AMBER, 0.6)
            x += wide + chance.uniform(2, 18)


def _water(c: Canvas) -> None:
    """The river keeps the picture upside down, dimmer and shaken."""
    v = c.at()
    top = 530
    scale = c.big[1] // c.size[1]
    strip = c.image.crop((0, 120 * scale, c.big[0], top * scale)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    c.image.paste(strip.resize((c.big[0], (c.size[1] - top) * scale)), (0, top * scale))
    v.paint(box(0, top, 960, 640), Ink("#0b2233", "#081420", alpha=0.5))
    chance = c.chance
    for i in range(46):
        y = top + 4 + (i / 46) ** 1.3 * 106
        x, w = chance.uniform(0, 960), chance.uniform(20, 90)
        v.paint(box(x - w, y, x + w, y + 1.5 + i * 0.05), Ink("#071521", alpha=0.55))
    v.paint(box(0, top - 4, 960, top + 3), "#06101a")


def _frame(phase: float) -> Image.Image:
    c = Canvas(81, light=(-0.5, -0.8))
    v = c.at()
    c.sky("#0a1730", "#16385a", "#2f6a7c", "#6d8f8c", bottom=540)
    chance = c.chance
    for _ in range(70):
        v.paint(oval(chance.uniform(0, 960), chance.uniform(0, 300), chance.uniform(0.8, 1.9)), "#cfe6e0")
    v.paint(ridge(0, 960, 520, [(0, 440), (200, 420), (480, 452), (760, 410), (960, 440)]), "#1f4a5e")
    c.glow(480, 260, (420, 380), "#ff9d7a", 0.35)
    _wing(v, -1)
    _wing(v, 1)
    _screen(v, phase)
    c.glow(480, 250, (230, 300), "#ffb08a", 0.35)
    _spark(v)
    _city(v)
    _water(c)
    c.glow(480, 585, (150, 60), "#ffb28c", 0.35)
    c.corners(0.4)
    return c.reduced()


def hotel() -> None:
    """Draw the picture that moves: every lamp and star stays where it is, only the wave goes on."""
    save_moving("hotel", [_frame(i * len(BANDS) / FRAMES) for i in range(FRAMES)], LASTS)


if __name__ == "__main__":
    hotel()
