"""Draws docs/screens/titles.png: slides of the talk as the back row sees them, with plain titles and with large ones.

python tests/bench/titles.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from imaging_cells import ACROSS, DOWN, covered  # noqa: E402  found by the path set above
from presenter.deck.load import load_deck  # noqa: E402  found by the path set above
from presenter.painting import Frame, paint  # noqa: E402  found by the path set above
from presenter.render.stage import Stage  # noqa: E402  found by the path set above

TARGET = ROOT / "docs" / "screens" / "titles.png"
SHOWN = ("famine", "market")
SIZE = (120, 36)
CELL = (10, 20)
FAR = 3
"""How many times smaller than on the screen."""
GAP, BACKGROUND = 12, "#5a6070"


def _filled(character: str) -> Image.Image:
    """Return where a character of blocks has its first colour."""
    mask = Image.new("L", (ACROSS, DOWN))
    for point in covered(character):
        mask.putpixel(point, 255)
    return mask.resize(CELL, Image.Resampling.BOX)


def _levels(colour: Color | None) -> tuple[int, int, int]:
    red, green, blue = colour.get_truecolor() if colour else (255, 255, 255)
    return red, green, blue


def drawn(frame: Frame) -> Image.Image:
    """Return a painted slide as a terminal shows it; words in whatever font there is, too small to matter."""
    image = Image.new("RGB", (SIZE[0] * CELL[0], SIZE[1] * CELL[1]))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(16)
    for y, line in enumerate(frame.lines):
        x = 0
        for text, style, _ in line:
            assert style is not None
            ink, paper = _levels(style.color), _levels(style.bgcolor)
            for character in text:
                left, top = x * CELL[0], y * CELL[1]
                pen.rectangle((left, top, left + CELL[0] - 1, top + CELL[1] - 1), paper)
                if character == "━":
                    pen.rectangle((left, top + 9, left + CELL[0] - 1, top + 11), ink)
                elif "\u2580" <= character <= "\u259f" or character >= "\U0001cd00":
                    image.paste(ink, (left, top), _filled(character))
                else:
                    pen.text((left + CELL[0] // 2, top + 15), character, ink, font, anchor="ms")
                x += cell_len(character)
    return image


def main() -> None:
    """Draw the slides with plain titles above those with large ones."""
    deck = load_deck(ROOT / "decks" / "inside-pictures")
    slides = [deck.slides[deck.index[name]] for name in SHOWN]
    stages = [Stage(*SIZE, 99, deck.theme, images="blocks", big_letters=large) for large in (False, True)]
    frames = [[paint(slide, stage) for slide in slides] for stage in stages]
    small = SIZE[0] * CELL[0] // FAR, SIZE[1] * CELL[1] // FAR
    wide, tall = (GAP + (GAP + side) * 2 for side in small)
    sheet = Image.new("RGB", (wide, tall), BACKGROUND)
    for row, painted in enumerate(frames):
        for column, frame in enumerate(painted):
            place = GAP + column * (GAP + small[0]), GAP + row * (GAP + small[1])
            sheet.paste(drawn(frame).resize(small, Image.Resampling.BOX), place)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
