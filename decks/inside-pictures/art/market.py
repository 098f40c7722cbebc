"""Women selling on the ground: tofu, cigarettes, bundles; one of them hides her face."""

from dataclasses import dataclass

from people import BACK, FRONT, Arm, Dress, person
from studio import (
    BARK,
    CONCRETE,
    CREAM,
    DEEP,
    GREY,
    INK,
    MINT,
    MOSS,
    PINK,
    RED,
    ROSE,
    SEA,
    SKIN,
    SLATE,
    TEAL,
    UMBER,
    WHEAT,
    Canvas,
    Ink,
    View,
    blob,
    box,
    join,
    limb,
    mix,
    oval,
    poly,
    toned,
    track,
)


@dataclass(frozen=True, slots=True)
class Seller:
    """A woman sitting on the ground, 100 units tall, facing us: colours, arms as (elbow, hand) and where she looks."""

    coat: str
    skirt: str
    scarf: str
    left: Arm
    right: Arm
    look: float = 0.0
    hides: bool = False


def _face(v: View, who: Seller) -> None:
    x, y = who.look * 3, -82
    v.paint(
        blob(
            (x - 15, y + 13),
            (x - 16.5, y - 5),
            (x - 9, y - 18),
            (x + 9, y - 18),
            (x + 16.5, y - 5),
            (x + 15, y + 13),
            (x, y + 22),
        ),
        toned(who.scarf, rim=6),
    )
    fx = x + who.look * 4
    v.paint(
        blob(
            (fx - 9.5, y + 7),
            (fx - 10.5, y - 4),
            (fx - 5, y - 11),
            (fx + 5, y - 11),
            (fx + 10.5, y - 4),
            (fx + 9.5, y + 7),
            (fx, y + 13),
        ),
        toned(SKIN, rim=4),
    )
    if who.hides:
        return
    v.paint(blob((fx - 9.5, y - 4), (fx - 5, y - 10.5), (fx + 5, y - 10.5), (fx + 9.5, y - 4), (fx, y - 7.5)), INK)
    for way in (-1, 1):
        ex = fx + way * 4.2 + who.look * 1.5
        v.paint(limb([(ex - 2, y - 0.5), (ex, y + 0.8), (ex + 2, y - 0.5)], [0.8, 0.9, 0.8]), UMBER)
    v.paint(limb([(fx - 2 + who.look, y + 7), (fx + 2 + who.look, y + 7)], [0.8, 0.8]), ROSE)


def _sleeve(v: View, who: Seller, way: int) -> None:
    elbow, hand = who.left if way < 0 else who.right
    wrist = (elbow[0] + (hand[0] - elbow[0]) * 0.8, elbow[1] + (hand[1] - elbow[1]) * 0.8)
    v.paint(oval(*hand, 5.6, 5.2), toned(SKIN, rim=2.2))
    v.paint(limb([(way * 16.5, -58), elbow, wrist], [9.5, 8.5, 6.8]), toned(who.coat, rim=4))


def seller(v: View, who: Seller) -> None:
    """Paint a seller."""
    v.paint(oval(6, 1, 54, 7), Ink(INK, soft=2.5, alpha=0.5))
    v.paint(blob(*track("-46,0 -46,-20 -26,-38 0,-36 26,-38 46,-20 46,0 0,5")), toned(who.skirt, rim=8))
    v.paint(blob(*track("-8,-70 -21,-63 -25,-38 -24,-14 0,-10 24,-14 25,-38 21,-63 8,-70")), toned(who.coat, rim=9))
    for y in (-50, -38, -26):
        v.paint(oval(0, y, 1.7), mix(who.coat, INK, 0.55))
    _sleeve(v, who, -1)
    if not who.hides:
        _sleeve(v, who, 1)
    _face(v, who)
    if who.hides:
        _hide(v, who)


def _hide(v: View, who: Seller) -> None:
    """A hand, fingers spread, held up before the face."""
    _sleeve(v, who, 1)
    x, y = who.right[1]
    for i, turn in enumerate((-8.6, -3.4, 2.0, 7.0)):
        v.paint(
            limb([(x + turn * 0.6, y - 2), (x + turn * 1.0 - 1, y - 15 + abs(i - 1.3) * 1.8)], [2.6, 2.1]),
            toned(mix(SKIN, CREAM, 0.12), rim=1.4),
        )
    v.paint(
        blob((x - 7, y - 5), (x + 6, y - 6), (x + 7, y + 4), (x + 1, y + 8), (x - 6, y + 4)),
        toned(mix(SKIN, CREAM, 0.12), rim=2.2),
    )
    v.paint(limb([(x - 5, y + 3), (x - 11, y - 3)], [2.6, 2.1]), toned(SKIN, rim=1.4))


def _cloth(v: View, x: float, y: float, wide: float, colour: str) -> None:
    deep = wide * 0.42
    v.paint(
        poly(
            (x - wide * 0.44, y - deep / 2),
            (x + wide * 0.44, y - deep / 2),
            (x + wide * 0.54, y + deep / 2),
            (x - wide * 0.54, y + deep / 2),
        ),
        toned(colour, rim=6),
    )


def _cube(v: View, x: float, y: float, size: tuple[float, float, float], colour: str) -> None:
    w, h, d = size
    v.paint(
        poly((x, y - h), (x + w, y - h), (x + w - d * 0.25, y - h - d), (x + d * 0.25, y - h - d)),
        mix(colour, "#fff8e6", 0.6),
    )
    v.paint(box(x, y - h, x + w, y), Ink(colour, mix(colour, INK, 0.25)))


def _goods(v: View) -> None:
    _cloth(v, 170, 566, 290, SEA)
    for row in range(2):
        for col in range(4):
            _cube(v, 52 + col * 60 - row * 6, 560 + row * 38, (48, 24, 20), "#f3ead6")
    _cloth(v, 492, 596, 300, RED)
    for row in range(2):
        for col in range(6):
            _cube(
                v,
                356 + col * 46 - row * 4,
                588 + row * 40,
                (36, 22, 13),
                (CREAM, "#c9d7c4", "#d9b24c")[(row + col) % 3],
            )
            v.paint(box(356 + col * 46 - row * 4, 577 + row * 40, 392 + col * 46 - row * 4, 584 + row * 40), DEEP)
    _cloth(v, 806, 570, 280, WHEAT)
    for x, y, r, colour in ((720, 574, 38, ROSE), (806, 560, 44, MOSS), (890, 580, 36, TEAL)):
        v.paint(
            blob(
                (x - r, y + 6),
                (x - r * 0.8, y - r * 0.7),
                (x, y - r),
                (x + r * 0.8, y - r * 0.7),
                (x + r, y + 6),
                (x, y + r * 0.6),
            ),
            toned(colour, rim=11),
        )
        v.paint(
            join(
                blob((x, y - r + 4), (x - 18, y - r - 16), (x - 6, y - r - 12)),
                blob((x, y - r + 4), (x + 18, y - r - 16), (x + 6, y - r - 12)),
            ),
            toned(mix(colour, CREAM, 0.25), rim=3),
        )


def _behind(c: Canvas) -> None:
    """The lane behind: a grey wall, tarpaulins, people coming and going."""
    v = c.at()
    c.sky("#6f8f93", "#a9aba0", "#b9ae98", bottom=440)
    for left, wide, tall in ((-30, 240, 190), (260, 300, 150), (620, 360, 200)):
        v.paint(box(left, 0, left + wide, tall), Ink(mix(CONCRETE, GREY, 0.3), mix(CONCRETE, CREAM, 0.25)))
        for i in range(int(wide / 80)):
            v.paint(box(left + 24 + i * 80, 40, left + 64 + i * 80, 92), SLATE)
    chance = c.chance
    colours = (MOSS, SLATE, ROSE, "#5d7b86", BARK, "#7d8f74", "#8d5a50")
    for i in range(11):
        x = 20 + i * 92 + chance.uniform(-18, 18)
        tops = ("cap", "scarf", "", "long")
        dress = Dress(
            mix(colours[i % 7], "#b9ae98", 0.3), hem=14, top=tops[i % 4], cloth=mix(colours[(i + 3) % 7], CREAM, 0.25)
        )
        person(c.at(x, 420 + (i % 3) * 8, 2.2), (FRONT, BACK)[i % 2], dress)
    v.paint(poly((-20, 96), (330, 70), (380, 150), (-20, 190)), Ink(TEAL, SEA, lit=MINT, rim=12))
    v.paint(poly((420, 84), (760, 60), (800, 150), (400, 160)), Ink(PINK, ROSE, lit=CREAM, rim=12))
    v.paint(poly((790, 90), (980, 60), (980, 168), (820, 176)), Ink(MINT, "#7ba58c", lit=CREAM, rim=12))
    c.blur(3.5)
    c.haze("#e9cf9f", 120, 440, 0.4)


def market() -> None:
    c = Canvas(51)
    v = c.at()
    _behind(c)
    v.paint(box(0, 416, 960, 640), Ink("#c2a780", "#7f6750"))
    for x, y, w in ((100, 470, 120), (700, 456, 170), (420, 630, 220)):
        v.paint(oval(x, y, w, 9), Ink(BARK, soft=4, alpha=0.3))
    seller(c.at(176, 512, 3.05), Seller("#b9605a", SLATE, WHEAT, ((-33, -34), (-22, -14)), ((33, -34), (19, -12)), 0.5))
    seller(
        c.at(808, 514, 3.05),
        Seller("#5f8f80", UMBER, "#e9b7ad", ((-33, -34), (-16, -13)), ((34, -34), (24, -14)), -0.6),
    )
    seller(
        c.at(490, 546, 4.25),
        Seller("#34596b", "#3b3440", ROSE, ((-34, -32), (-20, -10)), ((31, -44), (3, -77)), -0.1, hides=True),
    )
    _goods(v)
    c.glow(60, 120, 620, "#ffd79a", 0.42)
    c.corners(0.38)
    c.finish("market")


if __name__ == "__main__":
    market()
