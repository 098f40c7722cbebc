"""Photograph the program for the README: `python tests/photograph.py [NAME ...]`, into docs/screens.

A real process on a real terminal, drawn cell by cell: blocks, sextants and octants as the shapes they are, so that no
font is needed for them; text in a monospaced font (`--font`, or the first one found). Needs what the tests need.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageColor, ImageDraw, ImageFont

from emulator import Style
from presenter.images.glyphs import BLOCKS, HALVES, OCTANTS, QUADRANTS, SEXTANTS
from terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "screens"
TALK = ROOT / "decks" / "inside-pictures"
TOUR = ROOT / "decks" / "tour.yaml"
CELL = (10, 20)
FONTS = ("DejaVuSansMono.ttf", "LiberationMono-Regular.ttf", "Menlo.ttc", "consola.ttf", "NotoSansMono-Regular.ttf")
SIXTEEN = {
    "black": "#1c1c1c",
    "red": "#cd3131",
    "green": "#0dbc79",
    "brown": "#c7a90d",
    "blue": "#2472c8",
    "magenta": "#bc3fbc",
    "cyan": "#11a8cd",
    "white": "#e5e5e5",
}
"""Colours by pyte's names."""

Parts = tuple[int, int, int]
"""How many parts a cell is cut into across and down, and which of them are inked, one bit a part."""


def _shapes() -> dict[str, Parts]:
    found: dict[str, Parts] = {"█": (1, 1, 1), "▀": (1, 2, 1), "▄": (1, 2, 2), "▐": (2, 1, 2), "▔": (1, 8, 1)}
    for family in (*BLOCKS, HALVES, QUADRANTS, SEXTANTS, OCTANTS):
        full = (1 << family.across * family.down) - 1
        for mask, character in zip(family.masks, family.characters, strict=True):
            inked = mask ^ full if mask in family.opposite else mask
            found.setdefault(character, (family.across, family.down, inked))
    return found


SHAPES = _shapes()


def colour(name: str, default: str) -> str:
    """Return a cell's colour as Pillow knows it."""
    if name == "default":
        return default
    return SIXTEEN.get(name.removeprefix("bright").removeprefix("bfight"), name)  # pyte spells one of them so


class Film:
    """Draws the screen of a terminal."""

    def __init__(self, font: str | None) -> None:
        self.font = self._load(font)
        ascent, descent = self.font.getmetrics()
        self.lift = (CELL[1] - ascent - descent) // 2

    @staticmethod
    def _load(font: str | None) -> ImageFont.FreeTypeFont:
        for name in (font,) if font else FONTS:
            try:
                return ImageFont.truetype(name, round(CELL[1] * 0.8))
            except OSError:
                continue
        sys.exit(f"No monospaced font found ({', '.join((font,) if font else FONTS)}): name one with --font FILE.")

    def draw(self, terminal: Terminal) -> Image.Image:
        """Return the picture of what the terminal shows now."""
        rows = terminal.screen
        image = Image.new("RGB", (len(rows[0]) * CELL[0], len(rows) * CELL[1]))
        for y, row in enumerate(rows):
            for x, character in enumerate(row):
                self._cell(image, (x, y), character, terminal.style_at(x, y))
        return image

    def _cell(self, image: Image.Image, at: tuple[int, int], character: str, style: Style) -> None:
        ink, paper = colour(style.fg, "#e5e5e5"), colour(style.bg, "#101010")
        if style.reverse:
            ink, paper = paper, ink
        (x, y), (wide, tall) = (at[0] * CELL[0], at[1] * CELL[1]), CELL
        pen = ImageDraw.Draw(image)
        pen.rectangle((x, y, x + wide - 1, y + tall - 1), ImageColor.getrgb(paper if paper[0] == "#" else f"#{paper}"))
        fill = ink if ink[0] == "#" else f"#{ink}"
        if (shape := SHAPES.get(character)) is not None:
            _ink(pen, (x, y), shape, fill)
        elif character.strip():
            pen.text((x, y + self.lift), character, fill, self.font, stroke_width=0.3 if style.bold else 0)
        if style.underline:
            pen.line((x, y + tall - 2, x + wide - 1, y + tall - 2), fill)


def _ink(pen: ImageDraw.ImageDraw, at: tuple[int, int], shape: Parts, fill: str) -> None:
    across, down, mask = shape
    edges_x = [at[0] + round(CELL[0] * i / across) for i in range(across + 1)]
    edges_y = [at[1] + round(CELL[1] * i / down) for i in range(down + 1)]
    for part in range(across * down):
        if mask >> part & 1:
            i, j = part % across, part // across
            pen.rectangle((edges_x[i], edges_y[j], edges_x[i + 1] - 1, edges_y[j + 1] - 1), fill)


@dataclass(frozen=True)
class Scene:
    """One photograph: what is started, on how large a screen, and how the moment is reached."""

    argv: tuple[str, ...]
    pose: Callable[[Terminal], None]
    size: tuple[int, int] = (120, 36)
    env: tuple[tuple[str, str], ...] = ()
    takes: int = 1
    """How often it is done, at one and the same home; the last time is photographed."""


def _slide(number: int, mode: str = "blocks") -> Scene:
    def pose(terminal: Terminal) -> None:
        terminal.wait_for("Photographs taken inside")
        terminal.press(*str(number), "enter")
        terminal.wait_for(f" · {number}/")  # the footer: titles are in large letters
        terminal.wait_until(lambda: _drawn(terminal), "the picture")

    return Scene((str(TALK), "--images", mode, "--no-log"), pose)


def _drawn(terminal: Terminal) -> bool:
    """Whether a picture is on the screen: many cells of it are shapes in colours of their own."""
    rows = terminal.screen
    return sum(character in SHAPES for row in rows for character in row) > len(rows) * len(rows[0]) // 6


def _speaker(terminal: Terminal) -> None:
    """Eight slides in, a little late: the clock runs so fast that a second is a third of a minute."""
    terminal.wait_for("Photographs taken inside")
    terminal.press("right", "s")
    for number in range(2, 10):
        terminal.wait_for(f"slide {number}/")
        terminal.wait_until(lambda: _elapsed(terminal) >= 28 * (number - 1), "the time of a slide")  # noqa: B023  used at once
        if number < 9:
            terminal.press("right")
    terminal.wait_for("late")


def _elapsed(terminal: Terminal) -> int:
    """Return the seconds that the speaker view says are gone."""
    return _seconds(terminal.row(0).split()[0])


def _seconds(clock: str) -> int:
    minutes, _, seconds = clock.partition(":")
    return int(minutes) * 60 + int(seconds)


PACE = cycle((0.7, 0.95, 0.85, 1.2, 0.75, 1.05, 0.9))
"""How long each slide takes, as a share of its plan: seven, so that no two rehearsals of a talk are the same."""

RUSH = 30
"""How much faster than others the clocks of rehearsals are."""


def _report(terminal: Terminal) -> None:
    """One rehearsal of the tour, half a minute of it a second."""
    terminal.wait_for("slide 1/")
    slides = int(terminal.row(2).rpartition("/")[2])
    terminal.press("t")
    terminal.wait_until(lambda: not terminal.shows("not started"), "the timer")
    for number, pace in zip(range(1, slides + 1), PACE, strict=False):
        terminal.wait_for(f"slide {number}/")
        planned = terminal.row(2).partition("this slide ")[2].split()[2]
        ends = time.monotonic() + _seconds(planned) * pace / RUSH
        while (left := ends - time.monotonic()) > 0:
            terminal.read(left)
        if number < slides:
            terminal.press("N")
    terminal.twice()  # at once: on so fast a clock the time for the second one is soon over
    terminal.wait_for("Where the time went")


def _overview(terminal: Terminal) -> None:
    terminal.wait_for("Photographs taken inside")
    terminal.press("o")
    terminal.wait_for("The empty road")
    terminal.wait_until(lambda: _drawn(terminal), "the tiles")


SCENES = {
    "slide": _slide(13),
    "talk-postcard": _slide(3),
    "talk-minders": _slide(4),
    "talk-bicycle": _slide(20),
    "talk-hotel": _slide(25),
    "speaker": Scene((str(TALK), "--images", "blocks", "--no-log"), _speaker, env=(("PRESENTER_CLOCK_SPEED", "20"),)),
    "report": Scene(("rehearse", str(TOUR)), _report, env=(("PRESENTER_CLOCK_SPEED", str(RUSH)),), takes=3),
    "overview": Scene((str(TALK), "--images", "blocks", "--no-log"), _overview, (160, 48)),
}


def photograph(name: str, film: Film) -> Path:
    """Take one picture and keep it with few colours."""
    scene = SCENES[name]
    argv = [sys.executable, "-m", "presenter", *scene.argv]
    env = {"COLORTERM": "truecolor", **dict(scene.env)}
    with TemporaryDirectory() as home:
        for take in range(1, scene.takes + 1):
            with Terminal(argv, size=scene.size, env=env, home=Path(home)) as terminal:
                scene.pose(terminal)
                if take == scene.takes:
                    _settle(terminal)
                    picture = film.draw(terminal)
                else:
                    terminal.press("q")
                    terminal.wait_exit()
    path = OUT / f"{name}.png"
    picture.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def _settle(terminal: Terminal) -> None:
    """Wait for what is on its way, pictures that sharpen and tiles that fill in, but not for ever."""
    was, quiet = [""], 0
    for _ in range(60):  # below the speaker's bar of time, whose clocks go on
        while terminal.read(0.1):
            pass
        quiet, was = quiet + 1 if terminal.screen[3:] == was else 0, terminal.screen[3:]
        if quiet == 10:
            return


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(SCENES)}; default is all of them")
    parser.add_argument("--font", help="a monospaced font: a file, or a name the system knows")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(SCENES):
        parser.error(f"no scene is called {', '.join(sorted(unknown))}")
    film = Film(asked.font)
    for name in asked.names or SCENES:
        path = photograph(name, film)
        print(f"{path.name}  {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
