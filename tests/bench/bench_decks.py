"""Decks for the benchmarks, made of nothing: every slide n shows the text `MARK-000n`."""

from __future__ import annotations

import json
import random
from pathlib import Path

from PIL import Image, ImageDraw

WORDS = (
    *("the", "cache", "line", "holds", "sixty", "four", "bytes", "and", "a", "miss", "costs", "hundreds", "of"),
    *("cycles", "so", "layout", "beats", "cleverness"),
)
PICTURE = (1600, 1000)
"""Pixels of a picture: what a slide's picture usually has."""


def text_deck(folder: Path, slides: int) -> Path:
    """Write a deck of text slides, with bullets, notes and ids, about 750 bytes each; return its path."""
    dice = random.Random(slides)  # noqa: S311  words to fill slides with
    path = folder / f"text-{slides}.yaml"
    parts = [f"title: A deck of {slides} slides\nfooter: '{{slide}}/{{slides}}'\nslides:\n"]
    for number in range(1, slides + 1):
        points = [" ".join(dice.choices(WORDS, k=9)) for _ in range(4)]
        notes = " ".join(dice.choices(WORDS, k=60))
        parts.append(f"  - id: slide-{number}\n    title: Slide number {number}\n    time: 30s\n    points:\n")
        parts.append(f"      - MARK-{number:04d}\n")
        parts += [f"      - {point}\n" for point in points]
        parts.append(f"    notes: |\n      {notes}\n")
    path.write_text("".join(parts), encoding="utf-8")
    return path


def picture_deck(folder: Path, slides: int) -> Path:
    """Write a deck of picture slides and its pictures; return its path."""
    (folder / "images").mkdir(exist_ok=True)
    path = folder / f"pictures-{slides}.yaml"
    entries = []
    for number in range(1, slides + 1):
        name = f"images/{number:04d}.png"
        _picture(number).save(folder / name)
        image = {"src": name, "alt": f"Test picture {number}", "caption": f"MARK-{number:04d}"}
        entries.append({"title": f"Picture {number}", "image": image})
    path.write_text(json.dumps({"title": "Pictures", "slides": entries}, indent=1), encoding="utf-8")
    return path


def mixed_deck(folder: Path, slides: int) -> Path:
    """Write a deck in which every second slide is a picture; return its path."""
    path = folder / f"mixed-{slides}.yaml"
    entries = json.loads(picture_deck(folder, slides // 2).read_text(encoding="utf-8"))["slides"]
    words = [{"title": f"Words {number}", "points": list(WORDS[:4])} for number in range(1, slides // 2 + 1)]
    both = [slide for pair in zip(entries, words, strict=True) for slide in pair]
    path.write_text(json.dumps({"title": "Both", "slides": both}, indent=1), encoding="utf-8")
    return path


def _picture(seed: int) -> Image.Image:
    """Draw a picture whose cells differ nearly everywhere, as a photograph's do."""
    dice = random.Random(seed)  # noqa: S311  discs to fill a picture with
    image = Image.radial_gradient("L").resize(PICTURE).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(400):
        x, y, size = dice.randrange(PICTURE[0]), dice.randrange(PICTURE[1]), dice.randrange(10, 160)
        pen.ellipse((x, y, x + size, y + size), fill=(dice.randrange(256), dice.randrange(256), dice.randrange(256)))
    return image
