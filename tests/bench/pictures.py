"""Measures pictures: how fast they come, what memory they take and how they look, beside others in the same run.

    pip install -e '.[dev,bench]'
    python tests/bench/pictures.py          about four minutes
    python tests/bench/pictures.py --quick  fewer photographs and rounds

Compare figures of one run only, on a machine with nothing else to do. The photographs are those that come with
scikit-learn and scikit-image; the large ones are made of them by tiling. chafa is measured when it is installed.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image
from rich.color import Color, ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich_pixels import Pixels
from textual._compositor import LayoutUpdate  # its name is only needed for its type
from textual.app import App, ComposeResult
from textual.widgets import Static

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from photographs import PHOTOS, chart, tiled, without_profile  # noqa: E402  the path set above
from picture_quality import Grid, Quality, drawn, encoded, linear, quality, reference  # noqa: E402  the path set above
from picture_window import deck_of, memory_mb, thread_ms  # noqa: E402  the path set above

from imaging_cells import covered  # noqa: E402  the path set above
from presenter.images import MODES, ImageRow, Request, decode, linear_light, plain_rows  # noqa: E402  the path set above
from presenter.images.ansi import encode  # noqa: E402  the path set above
from presenter.images.cells import ImageBlock, image_block  # noqa: E402  the path set above
from presenter.images.modes import render_cells  # noqa: E402  the path set above
from presenter.images.subcells import SubcellImage  # noqa: E402  the path set above
from presenter.images.types import Cells, Depth  # noqa: E402  the path set above

TALK = sorted((ROOT / "decks" / "inside-pictures" / "images").glob("*.png"))
BOXES = ((80, 44), (200, 100))
SIZE = (78, 26)
"""Cells that quality is measured at."""
PROCESS = (
    "import sys; from pathlib import Path; from presenter.images import Request, draw\n"
    "found = draw(Request(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), mode=sys.argv[4]))\n"
    "sys.stdout.write('\\n'.join(line[0].ansi for line in found.lines))"
)
MEMORY = (
    "import re, sys; from pathlib import Path; from presenter.images import Request, draw\n"
    "def peak(): return int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024\n"
    "draw(Request(Path(sys.argv[2]), 20, 10, mode=sys.argv[5])); idle = peak()\n"
    "draw(Request(Path(sys.argv[1]), int(sys.argv[3]), int(sys.argv[4]), mode=sys.argv[5])); print(peak() - idle)"
)
CHAFA = ("chafa", "-f", "symbols", "-c", "full", "--symbols", "block", "-w", "9")
_SEQUENCE = re.compile(r"\x1b\[([\d;?]*)([a-zA-Z])|(.)", re.DOTALL)


def rows(title: str, head: Iterable[str], body: Iterable[Iterable[object]]) -> None:
    """Print a table as Markdown."""
    head = list(head)
    print(f"\n## {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for line in body:
        print("|", " | ".join(f"{value:.2f}" if isinstance(value, float) else str(value) for value in line), "|")
    sys.stdout.flush()


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of some work."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


class Pixelled(App[None]):
    """A window that shows rich-pixels as its documentation does."""

    CSS = "Static { width: auto; height: auto; }"

    def compose(self) -> ComposeResult:
        """Show one widget."""
        yield Static()


async def rich_pixels_painted(path: Path, box: tuple[int, int], rounds: int) -> tuple[float, float]:
    """Return the milliseconds from the file to the bytes for the terminal, and those on the thread of the window."""
    whole, painting = [], []
    async with Pixelled().run_test(size=(box[0] + 2, box[1] + 2)) as pilot:
        for _ in range(rounds):
            start = time.perf_counter()
            with Image.open(path) as image:
                scale = min(box[0] / image.width, 2 * box[1] / image.height)
                size = (round(image.width * scale), round(image.height * scale / 2) * 2)
                pixels = Pixels.from_image(image, resize=size)
            middle = time.perf_counter()
            pilot.app.query_one(Static).update(pixels)
            await pilot.pause()
            update = pilot.app.screen._compositor.render_update(full=True)  # noqa: SLF001  what the driver is given
            cast("LayoutUpdate", update).render_segments(pilot.app.console)
            end = time.perf_counter()
            whole.append(1000 * (end - start))
            painting.append(1000 * (end - middle))
            pilot.app.query_one(Static).update("")
            await pilot.pause()
    return statistics.median(whole), statistics.median(painting)


def framed(request: Request) -> None:
    """Make the bytes for the terminal out of a file."""
    encode(decode.decode_to_cells(request))


def sent(ready: ImageBlock) -> str:
    """Do what is left to do in the window's thread."""
    return "".join(segment.ansi for line in ready.lines for segment in line if isinstance(segment, ImageRow))


def speed(folder: Path, rounds: int) -> None:
    """Print how long a file takes."""
    large = [tiled(folder, 6000, 4000), tiled(folder, 4200, 2800)]
    body: list[list[object]] = []
    for path in large:
        for box in BOXES:
            name = f"{path.stem} at {box[0]}x{box[1]}"
            theirs, painting = asyncio.run(rich_pixels_painted(path, box, rounds))
            body.append([name, "rich-pixels in Static", theirs, painting, "", ""])
            for mode in ("half", "blocks", "octant"):
                request = Request(path, *box, mode=mode)
                ours = milliseconds(partial(framed, request), rounds)
                ready = image_block(decode.decode_to_cells(request))
                ready.sheet.prepare()
                thread = milliseconds(partial(sent, ready), rounds)
                body.append([name, mode, ours, thread, ours / theirs, painting / thread])
    rows(
        "File to frame",
        ["file and box", "way", "file to bytes, ms", "of it in the window's thread", "share", "thread: times faster"],
        body,
    )
    body = []
    for box in BOXES:
        for mode in ("half", "blocks", "octant"):
            argv = [sys.executable, "-c", PROCESS, large[0], *box, mode]
            body.append([f"{box[0]}x{box[1]}", mode, milliseconds(partial(run, argv), rounds)])
        if shutil.which("chafa"):
            argv = [*CHAFA, "-s", f"{box[0]}x{box[1]}", large[0]]
            body.append([f"{box[0]}x{box[1]}", "chafa", milliseconds(partial(run, argv), rounds)])
    rows("Whole process, 24 MP", ["box", "way", "ms"], body)
    body = [
        [f"{box[0]}x{box[1]}", mode, float(run([sys.executable, "-c", MEMORY, large[0], PHOTOS[0], *box, mode]))]
        for box in BOXES
        for mode in ("half", "blocks", "octant")
    ]
    rows("Memory above idle, 24 MP", ["box", "mode", "MB"], body)


def window(folder: Path, rounds: int) -> None:
    """Print what pictures take of the window."""
    deck = deck_of(folder, [tiled(folder, 6000, 4000), tiled(folder, 4200, 2800)])
    body: list[list[object]] = []
    for box in BOXES:
        for mode in ("half", "blocks", "octant"):
            usual, worst = asyncio.run(thread_ms(deck, box, mode, rounds))
            idle, more = memory_mb(deck, box, mode)
            body.append([f"{box[0]}x{box[1]}", mode, usual, worst, idle, more])
    head = ["window", "mode", "its thread, ms", "at worst", "program on a slide of text, MB", "more for 24 and 12 MP"]
    rows("A change of slides", head, body)


def run(argv: Iterable[object]) -> str:
    """Run a program; return what it prints."""
    return subprocess.run([str(part) for part in argv], check=True, capture_output=True, text=True, cwd=ROOT).stdout


def grid_of(lines: Iterable[list[Segment]]) -> Grid:
    """Return the cells of lines of segments."""
    found: Grid = []
    for line in lines:
        row = []
        for text, style, _ in line:
            if style is None or style.bgcolor is None:
                continue
            paper = _levels(style.bgcolor)
            ink = _levels(style.color) if style.color else paper
            row += [(character, ink, paper) for character in text]
        found.append(row)
    return [row for row in found if row]


def _levels(colour: Color) -> tuple[int, int, int]:
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def grid_of_ansi(text: str) -> Grid:
    """Return the cells of what a program prints with true colours."""
    found: Grid = [[]]
    ink, paper, inverse = (255, 255, 255), (0, 0, 0), False
    for codes, final, character in _SEQUENCE.findall(text):
        if character == "\n":
            found.append([])
        elif character:
            found[-1].append((character, *((paper, ink) if inverse else (ink, paper))))
        elif final == "m":
            numbers = [int(code or 0) for code in codes.split(";")]
            while numbers:
                head = numbers.pop(0)
                if head == 0:
                    ink, paper, inverse = (255, 255, 255), (0, 0, 0), False
                elif head == 7:
                    inverse = True
                elif head in {38, 48}:
                    colour = (numbers[1], numbers[2], numbers[3])
                    numbers = numbers[4:]
                    ink, paper = (colour, paper) if head == 38 else (ink, colour)
    return [row for row in found if row]


def mean(found: list[Quality]) -> list[float]:
    """Return the mean of each figure."""
    return [
        statistics.mean(values) for values in zip(*((one.psnr, one.delta, one.blurred) for one in found), strict=True)
    ]


def shown(path: Path, mode: str, depth: Depth = "truecolor") -> Cells:
    """Return a picture in cells, stretched to the box as all others are here."""
    return decode.decode_to_cells(Request(path, *SIZE, fit="fill", mode=mode, depth=depth))


def sent_text(cells: Cells) -> str:
    """Return a picture as the terminal gets it, which is not told of differences that nobody sees."""
    return b"\n".join(encode(cells)).decode()


def with_rich_pixels(path: Path) -> Grid:
    """Return the same by rich-pixels."""
    console = Console(width=2 * SIZE[0], color_system="truecolor")
    with Image.open(path) as image:
        pixels = Pixels.from_image(image, resize=(SIZE[0], 2 * SIZE[1]))
    return grid_of(list(line) for line in Segment.split_lines(console.render(pixels)))


def with_chafa(path: Path, width: int) -> Grid:
    """Return the same by chafa."""
    argv = [*CHAFA[:-1], width, "-s", f"{SIZE[0]}x{SIZE[1]}", "--stretch", "--animate", "off", path]
    return grid_of_ansi(run(argv))


def looks(title: str, paths: list[Path]) -> None:
    """Print how near the pictures come."""
    wanted = {path: reference(Image.open(path), *SIZE) for path in paths}
    body: list[list[object]] = []
    ways: dict[str, Callable[[Path], Grid]] = {"rich-pixels": with_rich_pixels}
    if shutil.which("chafa"):
        ways["chafa, blocks, -w 9"] = lambda path: with_chafa(path, 9)
    for mode in MODES:
        ways[mode] = lambda path, mode=mode: grid_of_ansi(sent_text(shown(path, mode)))  # type: ignore[misc]
    for name, way in ways.items():
        body.append([name, *mean([quality(wanted[path], drawn(way(path))) for path in paths])])
    rows(title, ["way", "PSNR dB", "dE2000", "dE-blur"], body)


def few_colours(paths: list[Path]) -> None:
    """Print how pictures of 256 colours look, dithered and as Rich takes the nearest."""
    wanted = {path: reference(Image.open(path), *SIZE) for path in paths}
    ours = [quality(wanted[p], drawn(grid_of(plain_rows(image_block(shown(p, "half", "256")).lines)))) for p in paths]
    theirs = []
    for path in paths:
        grid = [[(c, _nearest(ink), _nearest(paper)) for c, ink, paper in row] for row in grid_of(halves(path))]
        theirs.append(quality(wanted[path], drawn(grid)))
    first, second = mean(ours), mean(theirs)
    share: list[object] = ["share", "", "", first[2] / second[2]]
    rows(
        "256 colours",
        ["way", "PSNR dB", "dE2000", "dE-blur"],
        [["dithered", *first], ["Rich's nearest", *second], share],
    )


def halves(path: Path) -> Iterable[list[Segment]]:
    """Return a picture in half-blocks as segments."""
    return plain_rows(image_block(shown(path, "half")).lines)


def _nearest(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    return _levels(Color.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT))


def optimum(paths: list[Path]) -> None:
    """Print how far the fit is from the best character for each cell, found by trying all of them in NumPy."""
    body: list[list[object]] = []
    for mode in ("blocks", "octant"):
        lost = []
        for path in paths:
            chosen, best = _errors(path, mode)
            lost.append(10 * math.log10(chosen / best))
        body.append([mode, statistics.mean(lost), max(lost)])
    rows("Distance from the best fit of the same dots", ["mode", "mean dB", "worst dB"], body)


def _errors(path: Path, mode: str) -> tuple[float, float]:
    """Return the squared error of the chosen characters and of the best ones, each with its best colours."""
    with Image.open(path) as image:
        whole = linear(reference(image, *SIZE))
    columns, lines = SIZE
    dots = np.round(encoded(whole.reshape(lines * 8, 2, columns * 8, 3).mean(1)))
    bands = [
        Image.fromarray(np.array(linear_light.decoding())[dots[..., band].astype(int)].astype("int32"))
        for band in range(3)
    ]
    cells = render_cells(
        mode, "truecolor", SubcellImage.of(tuple(bands), columns, lines, (0, 0, columns * 8, lines * 8))
    )
    groups = dots.reshape(lines, 8, columns, 8, 3).transpose(0, 2, 1, 3, 4).reshape(-1, 64, 3)
    masks = np.array(
        [[(x, 3 * y + 1) in covered(c) for y in range(8) for x in range(8)] for c in cells.characters], float
    )
    ones = masks.sum(1)[None, :, None]
    first = np.einsum("km,nmc->nkc", masks, groups)
    both = groups.sum(1)[:, None]
    gain = (first**2 / np.maximum(ones, 1) + (both - first) ** 2 / np.maximum(64 - ones, 1)).sum(-1)
    error = (groups**2).sum((1, 2))[:, None] - gain
    chosen = np.frombuffer(cells.shapes, np.uint8)
    return float(error[np.arange(len(chosen)), chosen].sum()), float(error.min(1).sum())


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=["speed", "window", "looks", "colours", "fit"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photos = [without_profile(path, folder) for path in (PHOTOS[:4] if options.quick else PHOTOS)]
        if options.only in {None, "speed"}:
            speed(folder, 3 if options.quick else 7)
        if options.only in {None, "window"}:
            window(folder, 5 if options.quick else 15)
        if options.only in {None, "looks"}:
            looks(f"Photographs at {SIZE[0]}x{SIZE[1]}", photos)
            looks("A chart", [chart(folder)])
            looks("The talk's pictures", TALK[:4] if options.quick else TALK)
        if options.only in {None, "colours"}:
            few_colours(photos)
        if options.only in {None, "fit"}:
            optimum(photos)


if __name__ == "__main__":
    main()
