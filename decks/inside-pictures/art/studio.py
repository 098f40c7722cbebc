"""The studio all pictures of this talk are drawn in: palette, light, shapes, inks and a supersampled canvas.

Coordinates are in picture units (960 x 640, y grows downwards); the canvas works at three times that and is reduced
at the end. A shape is a list of polygons, painted as their union. All is seeded: the same Pillow gives the same bytes.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageEnhance, ImageFilter

Point = tuple[float, float]
Shape = list[list[Point]]

OUT = Path(__file__).resolve().parent.parent / "images"
SCALE = 3

# Painted fronts.
PINK, ROSE, BLUSH = "#e99c98", "#cf6f74", "#f6c9bd"
TEAL, SEA, DEEP = "#4da5a1", "#2b7c82", "#164e5b"
MINT, LEAF, MOSS = "#b7d9b4", "#7db28a", "#436f5a"
CREAM, SAND, WHEAT = "#f9ead0", "#e3cba2", "#e0b061"
# What the paint leaves bare.
CONCRETE, GREY, SLATE, SOOT = "#a3a19c", "#76777a", "#4b5159", "#2b3038"
# Shared accents: the slogan's red, shadow ink, lamps, earth and skin.
RED, WINE = "#d0352c", "#8e1f26"
INK, NIGHT = "#16222e", "#0c1626"
LAMP, AMBER, EMBER = "#ffdd93", "#f7ae52", "#e57b3a"
EARTH, BARK, UMBER = "#a3734c", "#6d4a36", "#3e2c28"
SKIN, TAN, HAIR = "#e2aa84", "#c1835f", "#1f1a1e"


def rgb(colour: str) -> tuple[int, int, int]:
    return ImageColor.getrgb(colour)[:3]


def mix(one: str, other: str, share: float) -> str:
    """Blend two colours; share 0 is the first, 1 the second."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


# ---------------------------------------------------------------- shapes


def track(places: str) -> list[Point]:
    """Points written as "x,y x,y ..."."""
    pairs = (place.split(",") for place in places.split())
    return [(float(x), float(y)) for x, y in pairs]


def poly(*points: Point) -> Shape:
    return [list(points)]


def ring(x: float, y: float, r: float, width: float) -> Shape:
    """A hoop: wheels, rims, lenses."""
    return limb(
        [(x + r * math.cos(i * math.tau / 48), y + r * math.sin(i * math.tau / 48)) for i in range(49)],
        [width / 2] * 2,
        bent=True,
    )


def box(x0: float, y0: float, x1: float, y1: float) -> Shape:
    return poly((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def oval(x: float, y: float, rx: float, ry: float = 0.0, turn: float = 0.0) -> Shape:
    ry, tilt = ry or rx, math.radians(turn)
    cos, sin = math.cos(tilt), math.sin(tilt)
    ring = [(rx * math.cos(i * math.tau / 64), ry * math.sin(i * math.tau / 64)) for i in range(64)]
    return [[(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in ring]]


def _ease(p: float, q: float, r: float, s: float, t: float) -> float:
    """Catmull and Rom's cubic from q to r."""
    return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)


def spline(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through all points."""
    size = len(points)
    last = size if closed else size - 1

    def point(index: int) -> Point:
        return points[index % size] if closed else points[min(max(index, 0), size - 1)]

    curve: list[Point] = []
    for i in range(last):
        a, b, c, d = (point(i + k) for k in (-1, 0, 1, 2))
        for t in (k / steps for k in range(steps)):
            x, y = (_ease(*four, t) for four in zip(a, b, c, d, strict=True))
            curve.append((x, y))
    return curve if closed else [*curve, points[-1]]


def blob(*points: Point) -> Shape:
    """A soft closed form through the points."""
    return [spline(points)]


def limb(points: Sequence[Point], widths: Sequence[float], *, bent: bool = False) -> Shape:
    """A tapering stroke with round ends: arms, branches, ropes. Widths are radii; bent keeps corners."""
    path = list(points) if bent or len(points) < 3 else spline(points, closed=False, steps=8)
    parts: Shape = []
    knots = len(widths) - 1
    sizes = []
    for i in range(len(path)):
        at = i / (len(path) - 1) * knots
        low = min(int(at), knots - 1)
        sizes.append(widths[low] + (widths[low + 1] - widths[low]) * (at - low))
    for ((x0, y0), (x1, y1)), (a, b) in zip(pairwise(path), pairwise(sizes), strict=True):
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        nx, ny = (y0 - y1) / length, (x1 - x0) / length
        parts.append(
            [
                (x0 + nx * a, y0 + ny * a),
                (x1 + nx * b, y1 + ny * b),
                (x1 - nx * b, y1 - ny * b),
                (x0 - nx * a, y0 - ny * a),
            ]
        )
    for (x, y), size in zip(path, sizes, strict=True):
        parts += oval(x, y, size)
    return parts


def line(x0: float, y0: float, x1: float, y1: float, width: float) -> Shape:
    return limb([(x0, y0), (x1, y1)], [width / 2, width / 2])


def join(*shapes: Shape) -> Shape:
    return [part for shape in shapes for part in shape]


def bend(shape: Shape, change: Callable[[Point], Point]) -> Shape:
    """Any change of all points: a shift, a lean, a perspective."""
    return [[change(point) for point in part] for part in shape]


# ---------------------------------------------------------------- inks


@dataclass(frozen=True, slots=True)
class Ink:
    """How a shape is filled: a colour fading to another, a lit edge towards the light and a shaded one away from it.

    `rim` is the depth of both edges in picture units, `soft` blurs the outline, `alpha` 0-1, `across` fades sideways,
    `grit` 0-1 breaks the shading up into stipple.
    """

    fill: str
    to: str = ""
    lit: str = ""
    dark: str = ""
    rim: float = 8.0
    soft: float = 0.0
    alpha: float = 1.0
    across: bool = False
    grit: float = 0.6


def toned(fill: str, *, rim: float = 8.0, warm: str = LAMP, cool: str = INK) -> Ink:
    """An ink with the light and shade this studio uses everywhere."""
    red, green, blue = rgb(fill)
    bright = (0.3 * red + 0.59 * green + 0.11 * blue) / 255  # dark things catch less light
    return Ink(fill, lit=mix(fill, warm, 0.3 + 0.22 * bright), dark=mix(fill, cool, 0.5), rim=rim)


class Canvas:
    """A picture being painted. `light` points towards the light."""

    def __init__(self, seed: int, size: tuple[int, int] = (960, 640), light: Point = (-0.7, -0.7)) -> None:
        self.size, self.light = size, light
        self.big = (size[0] * SCALE, size[1] * SCALE)
        self.image = Image.new("RGB", self.big, INK)
        self.chance = random.Random(seed)
        side = 512
        self.noise = Image.frombytes("L", (side, side), random.Random(seed + 1).randbytes(side * side))
        self.noise = self.noise.resize((side * 2, side * 2), Image.Resampling.NEAREST).filter(
            ImageFilter.GaussianBlur(1.0)
        )

    def at(self, x: float = 0.0, y: float = 0.0, size: float = 1.0, *, flip: bool = False, turn: float = 0.0) -> View:
        """A pen whose origin, size and direction are its own: figures are drawn through it."""
        return View(self, (x, y), size, flip, turn)

    def sky(self, *stops: str, bottom: float = 0.0) -> None:
        """Fill the picture down to `bottom` with colours fading into each other."""
        height = round((bottom or self.size[1]) * SCALE)
        ramp = Image.new("RGB", (1, 256))
        spans = len(stops) - 1
        for y in range(256):
            at = y / 255 * spans
            low = min(int(at), spans - 1)
            ramp.putpixel((0, y), rgb(mix(stops[low], stops[low + 1], at - low)))
        self.image.paste(ramp.resize((self.big[0], height), Image.Resampling.BICUBIC), (0, 0))

    def _grit(self, size: tuple[int, int]) -> Image.Image:
        sheet = Image.new("L", size)
        for x in range(0, size[0], self.noise.width):
            for y in range(0, size[1], self.noise.height):
                sheet.paste(self.noise, (x, y))
        return sheet

    def _edge(self, mask: Image.Image, way: float, rim: float, grit: float) -> Image.Image:
        """The part of the mask within a rim of its outline, on the side the light is (way 1) or is not (-1)."""
        reach = rim * SCALE
        dx, dy = (round(-way * part * reach) for part in self.light)
        moved = Image.new("L", mask.size)
        moved.paste(mask, (dx, dy))
        small = max(1, round(reach / 6))
        if small > 1:
            tiny = (max(1, mask.width // small), max(1, mask.height // small))
            moved = moved.resize(tiny, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(reach / 3 / small))
            moved = moved.resize(mask.size, Image.Resampling.BILINEAR)
        edge = ImageChops.multiply(mask, ImageChops.invert(moved))
        if grit:
            rough = ImageChops.add(edge, self._grit(edge.size), 1, -128).point(lambda v: min(255, max(0, (v - 96) * 4)))
            edge = Image.blend(edge, ImageChops.multiply(rough, mask), grit)
        return edge

    def _fill(self, ink: Ink, size: tuple[int, int]) -> Image.Image:
        if not ink.to:
            return Image.new("RGB", size, ink.fill)
        ramp = Image.linear_gradient("L")
        ramp = (ramp.rotate(90) if ink.across else ramp).resize(size, Image.Resampling.BILINEAR)
        return Image.composite(Image.new("RGB", size, ink.to), Image.new("RGB", size, ink.fill), ramp)

    def paint(self, shape: Shape, ink: Ink | str) -> None:
        """Paint a shape (picture units)."""
        ink = Ink(ink) if isinstance(ink, str) else ink
        points = [point for part in shape for point in part]
        pad = math.ceil(ink.soft * 3) + 1
        left, top = (math.floor(min(p[i] for p in points) - pad) for i in (0, 1))
        right, low = (math.ceil(max(p[i] for p in points) + pad) for i in (0, 1))
        left, top = max(left, -300), max(top, -300)
        size = ((min(right, self.size[0] + 300) - left) * SCALE, (min(low, self.size[1] + 300) - top) * SCALE)
        if min(size) <= 0:
            return
        mask = self._mask(shape, (left, top), size)
        if ink.soft:
            mask = _blur(mask, ink.soft * SCALE)
        fill = self._fill(ink, size)
        for colour, way in ((ink.dark, -1.0), (ink.lit, 1.0)):
            if colour:
                fill.paste(colour, (0, 0), self._edge(mask, way, ink.rim, ink.grit))
        if ink.alpha < 1:
            alpha = ink.alpha
            mask = mask.point(lambda v: round(v * alpha))
        self.image.paste(fill, (left * SCALE, top * SCALE), mask)

    @staticmethod
    def _mask(shape: Shape, corner: tuple[int, int], size: tuple[int, int]) -> Image.Image:
        mask = Image.new("L", size)
        pen = ImageDraw.Draw(mask)
        for part in shape:
            pen.polygon([((x - corner[0]) * SCALE, (y - corner[1]) * SCALE) for x, y in part], fill=255)
        return mask

    def glow(self, x: float, y: float, reach: float | Point, colour: str, alpha: float = 1.0) -> None:
        """A light in the air: brightens what lies under it."""
        rx, ry = reach if isinstance(reach, tuple) else (reach, reach)
        size = (max(2, round(rx * 2 * SCALE)), max(2, round(ry * 2 * SCALE)))
        halo = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda v: round(255 * (max(0, v - 75) / 180) ** 1.7 * alpha)
        )
        halo = halo.resize(size, Image.Resampling.BILINEAR)
        corner = (round((x - rx) * SCALE), round((y - ry) * SCALE))
        under = self.image.crop((*corner, corner[0] + size[0], corner[1] + size[1]))
        self.image.paste(ImageChops.screen(under, Image.new("RGB", size, colour)), corner, halo)

    def haze(self, colour: str, top: float, low: float, alpha: float = 1.0, *, rising: bool = False) -> None:
        """Air between near and far: a veil that thickens from top to low (or, rising, from low to top)."""
        size = (self.big[0], round((low - top) * SCALE))
        ramp = Image.linear_gradient("L").point(lambda v: round(v * alpha)).resize(size, Image.Resampling.BILINEAR)
        ramp = ramp.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if rising else ramp
        self.image.paste(Image.new("RGB", size, colour), (0, round(top * SCALE)), ramp)

    def blur(self, amount: float) -> None:
        """Throw all that is painted so far out of focus."""
        self.image = _blur(self.image, amount * SCALE)

    def corners(self, strength: float = 0.35, colour: str = NIGHT) -> None:
        """Darken the corners a little, as a lens does."""
        veil = Image.radial_gradient("L").point(lambda v: round(max(0, v - 120) / 135 * 255 * strength))
        self.image.paste(Image.new("RGB", self.big, colour), (0, 0), veil.resize(self.big, Image.Resampling.BILINEAR))

    def reduced(self, *, grain: float = 2.6) -> Image.Image:
        """Reduce to the size of the picture and give the paper its tooth, the same for every picture."""
        small = ImageEnhance.Color(self.image.reduce(SCALE)).enhance(1.18)
        small = ImageEnhance.Contrast(small).enhance(1.05)
        tooth = Image.frombytes("L", small.size, random.Random(7).randbytes(small.width * small.height))
        tooth = tooth.filter(ImageFilter.GaussianBlur(0.8)).point(lambda v: round(128 + (v - 128) * grain / 24))
        return ImageChops.add(small, Image.merge("RGB", (tooth,) * 3), 1, -128)

    def finish(self, name: str, *, grain: float = 2.6, colours: int = 160) -> Path:
        """Reduce and save as a PNG with a palette."""
        OUT.mkdir(exist_ok=True)
        path = OUT / f"{name}.png"
        _few(self.reduced(grain=grain), colours).save(path, optimize=True)
        return path


def save_moving(name: str, frames: Sequence[Image.Image], lasts: int, *, colours: int = 200) -> Path:
    """Save frames as an animated PNG that plays for ever, each for so many milliseconds.

    All of them share one palette, so that only what moves is stored anew. It is made of the first frame and of the
    middle of every fourth, where things move: else the quiet sky would take all colours.
    """
    OUT.mkdir(exist_ok=True)
    wide, tall = frames[0].size
    middles = [frame.crop((wide // 4, 0, wide * 3 // 4, tall * 2 // 3)) for frame in frames[::4]]
    sample = Image.new("RGB", (wide, tall + middles[0].height * len(middles)))
    sample.paste(frames[0], (0, 0))
    for place, middle in enumerate(middles):
        sample.paste(middle, (0, tall + place * middle.height))
    palette = _few(sample, colours)
    first, *rest = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    path = OUT / f"{name}.png"
    first.save(path, save_all=True, append_images=rest, duration=lasts, loop=0, optimize=True)
    return path


def _few(image: Image.Image, colours: int) -> Image.Image:
    return image.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)


def _blur(image: Image.Image, radius: float) -> Image.Image:
    """A blur that is quick at large radii: done on a smaller copy."""
    step = max(1, int(radius / 6))
    if step == 1:
        return image.filter(ImageFilter.GaussianBlur(radius))
    tiny = image.resize((max(1, image.width // step), max(1, image.height // step)), Image.Resampling.BOX)
    return tiny.filter(ImageFilter.GaussianBlur(radius / step)).resize(image.size, Image.Resampling.BICUBIC)


@dataclass(frozen=True, slots=True)
class View:
    """A pen on a canvas with its own origin, size, direction and tilt (degrees)."""

    canvas: Canvas
    origin: Point = (0.0, 0.0)
    size: float = 1.0
    flip: bool = False
    turn: float = 0.0

    def place(self, point: Point) -> Point:
        """Where a point of this view lies on the canvas."""
        tilt = math.radians(self.turn)
        x, y = (-point[0] if self.flip else point[0]) * self.size, point[1] * self.size
        return (
            self.origin[0] + x * math.cos(tilt) - y * math.sin(tilt),
            self.origin[1] + x * math.sin(tilt) + y * math.cos(tilt),
        )

    def paint(self, shape: Shape, ink: Ink | str) -> None:
        """Paint a shape given in this view's own units."""
        ink = Ink(ink) if isinstance(ink, str) else ink
        self.canvas.paint(bend(shape, self.place), replace(ink, rim=ink.rim * self.size, soft=ink.soft * self.size))

    def at(self, x: float, y: float, size: float = 1.0, *, flip: bool = False, turn: float = 0.0) -> View:
        """A view within this one."""
        tilt = -turn if self.flip else turn
        return View(self.canvas, self.place((x, y)), self.size * size, self.flip != flip, self.turn + tilt)
