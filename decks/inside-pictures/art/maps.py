"""Two pictures from data, in one frame and projection: the peninsula with its borders, and its lights at night.

Equirectangular, with longitudes shortened by the cosine of the middle latitude so that shapes are right.
"""

import csv
import json
import math
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from studio import CREAM, DEEP, INK, Canvas, Ink, Point, Shape, View, limb, mix, oval, ring, spline, toned

DATA = Path(__file__).resolve().parent / "data"
SIZE = (640, 800)
NORTH, WEST = 43.35, 122.1
UNIT = SIZE[1] / 9.6  # picture units a degree of latitude
SHRINK = math.cos(math.radians(38.5))
PLACES = {"Pyongyang": (125.75, 39.03), "Yalu": (124.38, 40.12), "Seoul": (126.98, 37.56)}
CELLS = 11.378  # cells of lights.csv a degree


def spot(lon: float, lat: float) -> Point:
    return ((lon - WEST) * UNIT * SHRINK, (NORTH - lat) * UNIT)


def borders() -> dict[str, list[list[Point]]]:
    """Lines of every country as (longitude, latitude)."""
    raw = json.loads((DATA / "borders.json").read_text(encoding="utf-8"))
    return {name: [[(lon, lat) for lon, lat in part] for part in parts] for name, parts in raw.items()}


def land(name: str, parts: list[list[Point]]) -> Shape:
    """A country's outline on the picture; big neighbours, cut off outside the frame, are closed round its corners."""
    closing = {
        "China": [(118.0, 40.8), (118.0, 47.0), (131.2, 47.0)],
        "Russia": [(131.2, 47.0), (136.0, 47.0), (136.0, 42.8)],
    }
    shape: Shape = []
    for part in parts:
        points = list(part)
        if points[0] != points[-1] and len(points) > 300 and name in closing:
            points += closing[name] if points[0][1] > 42 else [(120.0, 36.5), (120.0, 37.7)]
        shape.append([spot(*point) for point in points])
    return shape


def shared(one: list[Point], other: list[list[Point]]) -> list[Point]:
    """The stretch of a line that another country has too: their common border, in order."""
    known = {point for part in other for point in part}
    both = [i for i, point in enumerate(one) if point in known]
    gaps = [i for i in range(1, len(both)) if both[i] != both[i - 1] + 1]
    if gaps:  # the line starts in the middle of the border
        both = both[gaps[0] :] + both[: gaps[0]]
    return [spot(*one[i]) for i in both]


def _dot(v: View, name: str, colour: str) -> None:
    """A place in its colour: large, and ringed in cream, so that it stays a dot where the picture is 24 cells wide."""
    x, y = spot(*PLACES[name])
    v.paint(oval(x + 5, y + 8, 43), Ink(INK, soft=4, alpha=0.55))
    v.paint(oval(x, y, 42), CREAM)
    v.paint(oval(x, y, 29), toned(colour, rim=9))


def _sea(c: Canvas, lands: dict[str, Shape]) -> None:
    v = c.at()
    c.sky("#2f8790", "#1e6673", "#174f5f")
    for reach, colour in ((34, "#3a949a"), (18, "#55a9a8")):
        for shape in lands.values():
            v.paint(shape, Ink(colour, soft=reach / 2, alpha=0.5))


def peninsula() -> None:
    c = Canvas(151, SIZE)
    v = c.at()
    lines = borders()
    lands = {name: land(name, parts) for name, parts in lines.items()}
    _sea(c, lands)
    for name, colour in (("China", "#b9b6a4"), ("Russia", "#a5a99c"), ("Japan", "#a5a99c"), ("South Korea", "#bfd9b2")):
        v.paint(lands[name], toned(colour, rim=9))
    north = lands["North Korea"]
    v.paint([[(x + 9, y + 12) for x, y in part] for part in north], Ink(INK, soft=7, alpha=0.6))
    v.paint(north, Ink("#ee9a94", "#dd7a79", lit="#ffd9c4", dark="#9a4350", rim=13))
    main = lines["North Korea"][0]
    yalu = shared(main, lines["China"])
    v.paint(limb(yalu, [9, 9], bent=True), DEEP)
    v.paint(limb(yalu, [5.5, 5.5], bent=True), "#7fd0d2")
    zone = shared(main, lines["South Korea"])
    v.paint(limb(zone, [17, 17], bent=True), CREAM)
    v.paint(limb(zone, [12, 12], bent=True), "#b3182a")
    for name, colour in (("Yalu", "#12909f"), ("Pyongyang", "#a81626"), ("Seoul", "#1f6a43")):
        _dot(v, name, colour)
    c.corners(0.25)
    c.finish("map")


def brightness() -> Image.Image:
    """The grid of lights laid over the frame, at canvas size."""
    with (DATA / "lights.csv").open(encoding="utf-8", newline="") as file:
        rows = [[int(cell) for cell in row] for row in csv.reader(file)]
    grid = Image.new("L", (len(rows[0]), len(rows)))
    grid.putdata([cell for row in rows for cell in row])
    step_x, step_y = CELLS / (UNIT * SHRINK), CELLS / UNIT
    affine = (step_x, 0, (WEST - 122) * CELLS, 0, step_y, (43.5 - NORTH) * CELLS)
    return grid.transform(SIZE, Image.Transform.AFFINE, affine, Image.Resampling.BICUBIC)


def _ramp(stops: list[tuple[int, str]], channel: int) -> list[int]:
    values = []
    for level in range(256):
        low = max(i for i in range(len(stops)) if stops[i][0] <= level)
        (a, one), (b, other) = stops[low], stops[min(low + 1, len(stops) - 1)]
        colour = mix(one, other, (level - a) / ((b - a) or 1))
        values.append(int(colour[1 + channel * 2 : 3 + channel * 2], 16))
    return values


def glowing(grid: Image.Image) -> Image.Image:
    """Warm light for a grid of brightness: a sharp core, a near halo and a far one."""
    near, far = grid.filter(ImageFilter.GaussianBlur(5)), grid.filter(ImageFilter.GaussianBlur(20))
    total = ImageChops.add(
        ImageChops.add(grid.point(lambda t: min(255, t * 0.95)), near.point(lambda t: t * 0.5)),
        far.point(lambda t: t * 0.42),
    )
    stops = [(0, "#000000"), (14, "#1c0f08"), (60, "#8a4318"), (120, "#f09a3e"), (190, "#ffd88a"), (255, "#fff8e4")]
    return Image.merge("RGB", [total.point(_ramp(stops, channel)) for channel in range(3)])


def _outside(path: list[Point], centre: Point, reach: float) -> list[list[Point]]:
    """The stretches of a path further than this from a place: the coast stops at the ring that marks a city."""
    parts: list[list[Point]] = [[]]
    for point in path:
        if math.dist(point, centre) > reach:
            parts[-1].append(point)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if len(part) > 1]


def lights() -> None:
    c = Canvas(152, SIZE)
    v = c.at()
    lines = borders()
    c.sky("#061222", "#081a2c", "#050f1c")
    for name, colour in (
        ("China", "#142c3e"),
        ("Russia", "#10243a"),
        ("Japan", "#142c3e"),
        ("South Korea", "#1b3b4e"),
        ("North Korea", "#123048"),
    ):
        v.paint(land(name, lines[name]), Ink(colour, lit="#2c5666", rim=4, grit=0.3))
    grid = brightness()
    glow = glowing(grid).resize(c.big, Image.Resampling.BICUBIC)
    c.image = ImageChops.screen(c.image, glow)
    capital = spot(*PLACES["Pyongyang"])
    outline = spline([spot(*point) for point in lines["North Korea"][0][::7]], steps=4)
    for stretch in _outside([*outline, outline[0]], capital, 54):
        v.paint(limb(stretch, [16, 16], bent=True), Ink("#04101a", soft=6, alpha=0.9))
    for stretch in _outside([*outline, outline[0]], capital, 54):
        v.paint(limb(stretch, [8, 8], bent=True), "#8ff0e4")
    for place, disc in (("Seoul", 26), ("Pyongyang", 17)):
        x, y = spot(*PLACES[place])
        brightest = grid.crop((round(x) - 20, round(y) - 20, round(x) + 20, round(y) + 20)).getextrema()[1]
        v.paint(oval(x, y, disc), Ink(mix("#d98a44", "#fff6da", brightest / 255), soft=6))
    v.paint(ring(*capital, 46, 9), "#ff9a8f")
    c.corners(0.3)
    c.finish("lights", grain=1.6)


if __name__ == "__main__":
    peninsula()
    lights()
