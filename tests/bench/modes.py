"""Draws docs/screens/modes.png: one picture of the talk in half, blocks and octants, as a terminal shows it.

python tests/bench/modes.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from imaging_cells import ACROSS, DOWN, colours, covered  # noqa: E402  found by the path set above
from presenter.images import Request, draw  # noqa: E402  found by the path set above

SOURCE = ROOT / "decks" / "inside-pictures" / "images" / "highway.png"
TARGET = ROOT / "docs" / "screens" / "modes.png"
SHOWN = ("half", "blocks", "octant")
BOX = (48, 17)
CELL = (8, 16)
GAP, FOOT = 16, 30
BACKGROUND, INK = "#14161b", "#dfe2e7"


def drawn(mode: str) -> Image.Image:
    """Return the picture in a mode, every cell as its character covers it."""
    picture = draw(Request(SOURCE, *BOX, mode=mode, background=BACKGROUND))
    assert picture is not None
    cells = picture.sheet.cells
    image = Image.new("RGB", (cells.columns * CELL[0], cells.rows * CELL[1]))
    for place, (ink, paper) in enumerate(colours(cells)):
        points = covered(cells.characters[cells.shapes[place]])
        cell = Image.new("RGB", (ACROSS, DOWN), paper)
        for point in points:
            cell.putpixel(point, ink)
        y, x = divmod(place, cells.columns)
        image.paste(cell.resize(CELL, Image.Resampling.BOX), (x * CELL[0], y * CELL[1]))
    return image


def main() -> None:
    """Draw all modes side by side."""
    images = [drawn(mode) for mode in SHOWN]
    wide, tall = images[0].size
    sheet = Image.new("RGB", (len(images) * (wide + GAP) + GAP, tall + GAP + FOOT), BACKGROUND)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    for number, (mode, image) in enumerate(zip(SHOWN, images, strict=True)):
        left = GAP + number * (wide + GAP)
        sheet.paste(image, (left, GAP))
        pen.text((left + wide // 2, GAP + tall + FOOT // 2), mode, INK, font, anchor="mm")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
