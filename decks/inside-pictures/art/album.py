"""An album lies open: two prints are in their corners, and two corners hold nothing."""

from PIL import Image
from studio import (
    AMBER,
    CREAM,
    INK,
    NIGHT,
    OUT,
    SAND,
    SCALE,
    SOOT,
    UMBER,
    WINE,
    Canvas,
    Ink,
    box,
    mix,
    poly,
    toned,
)

WIDE, TALL = 366, 244
PLACES = ((76, 68, "oxcart"), (518, 68, ""), (76, 340, ""), (518, 340, "icecream"))
"""Where the mounts sit, and the picture in each; an empty name is a picture that nobody has."""


def _table(c: Canvas) -> None:
    v = c.at()
    c.sky("#4a3230", "#2a1d22")
    for i in range(9):
        y = i * 74
        v.paint(box(0, y, 960, y + 71), Ink(mix("#6b4636", SOOT, 0.12 * (i % 3)), mix("#51352d", SOOT, 0.2)))
    c.glow(300, 120, 620, "#ffc27a", 0.5)


def _pages(c: Canvas) -> None:
    v = c.at()
    v.paint(box(40, 44, 936, 618), Ink(NIGHT, soft=16, alpha=0.7))
    v.paint(box(30, 28, 930, 604), toned(WINE, rim=12))
    for x0, x1, across in ((46, 480, "#cbb48c"), (480, 914, "#b99f78")):
        v.paint(box(x0, 40, x1, 594), Ink("#e9d8b4", across, across=True))
    v.paint(
        poly((462, 40), (480, 46), (498, 40), (492, 594), (480, 588), (468, 594)), Ink("#8d7452", soft=5, alpha=0.8)
    )


def _print(c: Canvas, x: float, y: float, name: str) -> None:
    v = c.at()
    v.paint(box(x + 5, y + 7, x + WIDE + 5, y + TALL + 7), Ink(INK, soft=4, alpha=0.5))
    v.paint(box(x, y, x + WIDE, y + TALL), CREAM)
    with Image.open(OUT / f"{name}.png") as picture:
        size = ((WIDE - 24) * SCALE, (TALL - 24) * SCALE)
        small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    c.image.paste(small, (round((x + 12) * SCALE), round((y + 12) * SCALE)))


def _gap(c: Canvas, x: float, y: float) -> None:
    """A mount without its print: the page is darker where nothing ever lay in the light."""
    v = c.at()
    v.paint(box(x, y, x + WIDE, y + TALL), Ink("#0f141b", "#1c2530", soft=1.5))
    v.paint(box(x + 5, y + 5, x + WIDE - 5, y + TALL - 5), Ink("#0a0e14", "#141c26", soft=4, alpha=0.9))


def _corners(c: Canvas, x: float, y: float) -> None:
    v, size = c.at(), 50
    for cx, cy, dx, dy in (
        (x - 4, y - 4, 1, 1),
        (x + WIDE + 4, y - 4, -1, 1),
        (x - 4, y + TALL + 4, 1, -1),
        (x + WIDE + 4, y + TALL + 4, -1, -1),
    ):
        v.paint(poly((cx, cy), (cx + dx * size, cy), (cx, cy + dy * size)), toned(UMBER, rim=4))
        v.paint(poly((cx + dx * 4, cy + dy * 4), (cx + dx * 32, cy + dy * 4), (cx + dx * 4, cy + dy * 32)), AMBER)


def album() -> None:
    c = Canvas(211)
    _table(c)
    _pages(c)
    for x, y, name in PLACES:
        if name:
            _print(c, x, y, name)
        else:
            _gap(c, x, y)
        _corners(c, x, y)
    c.glow(240, 60, 560, "#ffd79a", 0.25)
    c.at().paint(box(0, 600, 960, 640), Ink(SAND, soft=10, alpha=0.05))
    c.corners(0.4)
    c.finish("album")


if __name__ == "__main__":
    album()
