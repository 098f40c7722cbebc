"""The pictures that `pictures.py` measures with: photographs that come with other packages, and a chart."""

from __future__ import annotations

import io
from pathlib import Path

import skimage.data
import sklearn.datasets
from PIL import Image, ImageDraw, ImageFont

SKLEARN = Path(sklearn.datasets.__file__).parent / "images"
SKIMAGE = Path(skimage.data.__file__).parent
PHOTOS = (
    *(SKLEARN / name for name in ("china.jpg", "flower.jpg")),
    *(SKIMAGE / name for name in ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg")),
    *(SKIMAGE / name for name in ("retina.jpg", "ihc.png", "motorcycle_left.png", "camera.png", "brick.png")),
)


def tiled(folder: Path, width: int, height: int) -> Path:
    """Make a large photograph of a small one, enlarged so that it is as soft as large ones are."""
    source = Image.open(PHOTOS[0]).convert("RGB").resize((width // 3, height // 3), Image.Resampling.BICUBIC)
    whole = Image.new("RGB", (width, height))
    for x in range(0, width, source.width):
        for y in range(0, height, source.height):
            whole.paste(source, (x, y))
    path = folder / f"{width * height // 1_000_000}mp.jpg"
    whole.save(path, quality=90)
    return path


def chart(folder: Path) -> Path:
    """Make a chart with words."""
    image = Image.new("RGB", (1200, 600), "#ffffff")
    pen = ImageDraw.Draw(image)
    for place, (share, colour) in enumerate(
        zip((40, 75, 55, 90), ("#c0392b", "#2980b9", "#27ae60", "#f39c12"), strict=True)
    ):
        left = 150 + 260 * place
        pen.rectangle((left, 520 - 4 * share, left + 150, 520), fill=colour)
        pen.text((left, 530), f"Q{place + 1}: {share}", fill="#222222", font=ImageFont.load_default(48))
    pen.line((100, 520, 1150, 520), fill="#222222", width=4)
    pen.text((150, 30), "What it cost", fill="#222222", font=ImageFont.load_default(80))
    path = folder / "chart.png"
    image.save(path)
    return path


def without_profile(path: Path, folder: Path) -> Path:
    """Save a photograph without its colour profile, which only some of the programs look at."""
    target = folder / f"{path.stem}.png"
    with Image.open(path) as image:
        file = io.BytesIO()
        image.convert("RGB").save(file, "PNG", icc_profile=None)
    target.write_bytes(file.getvalue())
    return target
