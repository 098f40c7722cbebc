"""What a picture covers is known without decoding it, and slides come out the same around the empty place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image as Pixels

from presenter.images import MODES, Fit, PictureError, Request, draw, extent
from presenter.painting import paint
from presenter.render.stage import Stage
from samples import image, layouts, slide

BOXES = ((1, 1), (7, 3), (40, 12), (81, 25))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pictures")
    made = []
    for number, size in enumerate(((1, 1), (16, 9), (300, 200), (90, 700), (640, 31))):
        path = folder / f"{number}.png"
        Pixels.new("RGB", size, "teal").save(path)
        made.append(path)
    turned = folder / "turned.jpg"
    exif = Pixels.Exif()
    exif[0x0112] = 6  # the camera was held upright
    Pixels.new("RGB", (320, 180), "teal").save(turned, exif=exif)
    return [*made, turned]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("fit", get_args(Fit))
def test_the_extent_is_what_drawing_covers(files: list[Path], mode: str, fit: Fit) -> None:
    for path in files:
        for columns, rows in BOXES:
            for smooth in (True, False):
                wanted = Request(path, columns, rows, fit=fit, mode=mode, smooth=smooth)
                drawn = draw(wanted)
                assert drawn is not None
                assert extent(wanted) == (drawn.columns, drawn.rows), (path.name, columns, rows, smooth)


def test_a_file_that_is_no_picture_has_no_extent(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    with pytest.raises(PictureError):
        extent(Request(tmp_path / "a.png", 10, 10))
    assert extent(Request(tmp_path / "a.png", 0, 10)) == (0, 0)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (30, 10)])
def test_slides_lose_the_same_rows_with_their_pictures_left_empty(files: list[Path], size: tuple[int, int]) -> None:
    for words in ("short", "many words " * 30):
        for layout in layouts(words, image("a.png", files[2], alt=words)):
            shown, stage = slide(layout), Stage(*size)
            for step in range(shown.steps):
                real = paint(shown, replace(stage, step=step))
                empty = paint(shown, replace(stage, step=step, outlined=True))
                assert (empty.lost, empty.cut, empty.remarks) == (real.lost, real.cut, real.remarks)
