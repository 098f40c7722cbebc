"""Every step of every bundled deck, as text: a grid of letters, and beside it a grid with one letter a style.

Pictures and large letters are left out (`images="off"`): their cells change with every release of the imaging library.
After a change that is meant: `pytest tests/test_goldens.py --update-goldens`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from presenter.deck.load import load_deck
from presenter.deck.model import Deck, Slide
from presenter.painting import Frame, paint
from presenter.render.stage import Stage
from presenter.themes import Theme

ROOT = Path(__file__).parent.parent
GOLDENS = Path(__file__).parent / "goldens"
DECKS = {"inside-pictures": "inside-pictures/deck.yaml", "tour": "tour.yaml", "tour-closing": "tour/closing.yaml"}
LETTERS = {
    "text": ".",
    "muted": "m",
    "title": "t",
    "accent": "a",
    "second": "s",
    "link": "l",
    "keyword": "k",
    "string": "q",
    "number": "n",
    "comment": "c",
    "function": "f",
    "type": "y",
}


def letter(style: Style, theme: Theme) -> str:
    """Return one letter for a style: its colour's, capital on the panel; `b` bold, `i` italic and `-` struck text."""
    name = style.color.name if style.color else ""
    background = style.bgcolor.name if style.bgcolor else ""
    colour = next((mark for field, mark in LETTERS.items() if getattr(theme, field) == name), "?")
    if colour == ".":
        colour = "-" if style.strike else "i" if style.italic else "b" if style.bold else "."
    if background == theme.panel:
        return "#" if colour == "." else colour.upper()
    return colour if background == theme.background else "!"


def grid(frame: Frame, theme: Theme) -> list[str]:
    rows = []
    for line in frame.lines:
        text = "".join(part for part, _, _ in line).rstrip()
        styles = "".join(letter(style, theme) * len(part) for part, style, _ in line if style).rstrip(".")
        rows.append(f"|{text}" + (f"\n  {styles}" if styles.strip(".") else ""))
    return rows


def painted(deck: Deck) -> str:
    def step(slide: Slide, number: int) -> str:
        frame = paint(slide, Stage(80, 24, step=number, theme=deck.theme, images="off"))
        remarks = "".join(f"remark: {remark}\n" for remark in frame.remarks)
        lost = f"lost: {frame.lost}\n" if frame.lost else ""
        head = f"=== {slide.label} {slide.id} step {number + 1}/{slide.steps}\n"
        return head + lost + remarks + "\n".join(grid(frame, deck.theme)) + "\n"

    return "\n".join(step(slide, number) for slide in deck.slides for number in range(slide.steps))


@pytest.mark.parametrize("name", DECKS)
def test_every_step_is_painted_as_before(name: str, update_goldens: bool) -> None:
    now = painted(load_deck(ROOT / "decks" / DECKS[name]))
    golden = GOLDENS / f"{name}.txt"
    if update_goldens:
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(now, encoding="utf-8")
    assert now.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_every_deck_is_among_them() -> None:
    named = {ROOT / "decks" / path for path in DECKS.values()}
    included = set((ROOT / "decks" / "inside-pictures" / "sections").glob("*.yaml"))
    assert set((ROOT / "decks").rglob("*.yaml")) - included == named
