"""Words in letters several rows tall, drawn with Pillow's own scalable font and fitted to cells like any picture."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from presenter.imaging import light
from presenter.imaging.canvas import Canvas
from presenter.imaging.model import Box, Cells, Depth, Look
from presenter.imaging.modes import mode_of, paint
from presenter.imaging.rows import Picture, picture

_SMALLEST = {"half": 9, "quad": 6}
"""Dots an em, two to a cell's height: smaller letters read worse than plain ones; `quad` speaks for all finer modes."""
_MEASURED = 400
"""Pixels an em at which the font is measured: large, because sizes are rounded to whole pixels."""
_LONGEST = 60
"""Characters: longer titles would come out too small on any screen."""
_OVER = 8
"""Letters are drawn this many times larger, then reduced, so that their edges are smooth."""
_LEADING = 1.12
"""Baseline to baseline, in ems."""
_WEIGHTS = ((0.01, 0.03), (0.035, 0.03))
"""How much letters are thickened, in ems, light ones and dark ones, small and tall: the font has one weight, too light
from the back row, and between light and dark cells it is the light that spreads."""
_SMALL, _TALL = 10, 18
"""Dots an em up to which letters count as small, and from which on as tall."""
_FAINT, _FULL = 0.16, 0.8
"""Shares of ink below which a part of a cell is taken for empty, and above which for full."""
_CLIPPED = 0.5
"""So much of a dot may be cut off above, and half of it below, rather than take another row."""


def smallest(mode: str, depth: Depth) -> int:
    """Return the smallest size that is readable, in dots an em."""
    return _SMALLEST["half" if mode_of(mode, depth) is mode_of("half", depth) else "quad"]


def letters(text: str, look: Look, box: Box) -> Picture | None:
    """Draw a few words in large letters, as large as fits the box; see `imaging.letters`."""
    words = tuple(text.split())
    if not words or len(text) > _LONGEST or not all(map(_known, set("".join(words)))):
        return None
    return _drawn(words, look, box)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow has no scalable font")
    return font


@cache
def _known(character: str) -> bool:
    """Say whether the font has a glyph: one that it lacks looks like that of a code point that is never assigned."""
    font = _font(40)
    missing, drawn = font.getmask("\uffff"), font.getmask(character)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@lru_cache(maxsize=64)
def _drawn(words: tuple[str, ...], look: Look, box: Box) -> Picture | None:
    lines, size = max(
        ((lines, _size(lines, look, box)) for count in range(1, box.lines + 1) if (lines := _split(words, count))),
        key=lambda found: found[1],
    )
    if size < smallest(look.mode, look.depth):
        return None
    mode = mode_of(look.mode, look.depth)
    mask = _mask(lines, size, look, even=box.even)
    across = max(1, min(box.columns, math.ceil(mask.width / _OVER / 2 / look.aspect)))
    down = min(box.rows, -(-mask.height // (2 * _OVER)))
    # Whole cells around the ink, so that the letters keep their proportions.
    room = Image.new("L", (round(across * 2 * look.aspect * _OVER), down * 2 * _OVER))
    room.paste(mask)
    covered = room.resize((across * mode.across, down * mode.down), Image.Resampling.BOX)
    canvas = Canvas.of(_inked(covered, look), across, down, (0, 0, *covered.size))
    cells = paint(look.mode, look.depth, canvas)
    return picture(cells if mode is mode_of("half", look.depth) else _crisp(cells, look))


def _inked(covered: Image.Image, look: Look) -> tuple[Image.Image, ...]:
    """Return the light of letters that cover so much of each dot, a band each."""
    colours = (ImageColor.getrgb(colour)[:3] for colour in (look.color, look.background))
    return tuple(
        covered.point([round(paper + (ink - paper) * level / 255) for level in range(256)], "I")
        for ink, paper in zip(*map(light.lit, colours), strict=True)
    )


def _crisp(cells: Cells, look: Look) -> Cells:
    """Return letters without the faint boxes around them.

    A cell has two colours, and letters have two: where a cell is cut along an edge, the colour of the rest is a mean of
    background and a few stray dots, which is seen as a box as large as the cell.
    """
    ends = [light.lit(ImageColor.getrgb(colour)[:3]) for colour in (look.color, look.background)]
    if look.depth == "grey":
        ends = [(round(light.luminance(colour)),) * 3 for colour in (look.color, look.background)]
    lead, (ink, paper) = max(enumerate(zip(*ends, strict=True)), key=lambda pair: abs(pair[1][0] - pair[1][1]))
    if ink == paper:
        return cells
    shares = [_settled((level - paper) / (ink - paper)) for level in light.decoding()]
    tables = [
        bytes(light.encoding()[round(paper + share * (ink - paper))] for share in shares)
        for ink, paper in zip(*ends, strict=True)
    ]
    size = cells.columns * cells.rows
    start = lead * size

    def settled(planes: bytes) -> bytes:
        # All bands from one, so that no cell gets a colour between those of its bands.
        return b"".join(planes[start : start + size].translate(table) for table in tables)

    return replace(cells, ink=settled(cells.ink), paper=settled(cells.paper))


def _settled(share: float) -> float:
    """Return how much of a part of a cell is ink, all or nothing where it is nearly so."""
    return 0.0 if share < _FAINT else 1.0 if share > _FULL else share


def _split(words: tuple[str, ...], count: int) -> tuple[str, ...] | None:
    """Share words among exactly `count` lines so that the longest line is as short as can be."""
    if count > len(words):
        return None
    if count == 1:
        return (" ".join(words),)
    options = [
        (" ".join(words[:first]), *rest)
        for first in range(1, len(words) - count + 2)
        if (rest := _split(words[first:], count - 1))
    ]
    return min(options, key=lambda lines: max(map(_font(_MEASURED).getlength, lines)))


def _size(lines: tuple[str, ...], look: Look, box: Box) -> int:
    """Return the largest size in dots an em at which lines fit a box."""
    longest = max(map(_font(_MEASURED).getlength, lines)) / _MEASURED + 2 * _WEIGHTS[1][1]
    size = min(box.largest, int(box.columns * 2 * look.aspect / longest))
    while size > 0 and _tall(lines, size, look, even=box.even) > 2 * box.rows:
        size -= 1
    return size


def _tall(lines: tuple[str, ...], size: int, look: Look, *, even: bool) -> int:
    """Return the dots down that lines take."""
    return sum(_extent(lines, size, look, even=even)) + (len(lines) - 1) * round(size * _LEADING)


def _weight(size: int, look: Look) -> float:
    """Return how much letters are thickened all around, in dots."""
    dark = light.luminance(look.color) < light.luminance(look.background)
    least, most = _WEIGHTS[dark]
    return size * (least + (most - least) * min(1.0, max(0, size - _SMALL) / (_TALL - _SMALL)))


def _extent(lines: tuple[str, ...], size: int, look: Look, *, even: bool) -> tuple[int, int]:
    """Return how far ink goes above the first baseline and below the last one, in whole dots; if `even`, any ink."""
    font = _font(_MEASURED)
    first, last = ("bdhkl", "gjpqy") if even else (lines[0], lines[-1])
    above, beneath = -font.getbbox(first, anchor="ls")[1], font.getbbox(last, anchor="ls")[3]
    scale, thicker = size / _MEASURED, 2 * _weight(size, look)
    return math.ceil(above * scale + thicker - _CLIPPED), math.ceil(beneath * scale - _CLIPPED / 2)


def _mask(lines: tuple[str, ...], size: int, look: Look, *, even: bool) -> Image.Image:
    """Draw lines `_OVER` times too large, white on black; baselines stand between dots, where they are sharp."""
    font = _font(size * _OVER)
    weight = round(_OVER * _weight(size, look))
    above, beneath = (_OVER * dots for dots in _extent(lines, size, look, even=even))
    step = round(size * _LEADING) * _OVER
    wide = math.ceil(max(map(font.getlength, lines))) + 2 * weight
    mask = Image.new("L", (wide, above + (len(lines) - 1) * step + beneath))
    draw = ImageDraw.Draw(mask)
    for index, line in enumerate(lines):
        place = (weight, above + index * step - weight)  # what is thickened below would spill into the next row
        draw.text(place, line, fill=255, font=font, stroke_width=weight, stroke_fill=255, anchor="ls")
    return mask
