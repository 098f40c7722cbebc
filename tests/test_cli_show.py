from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from emulator import Emulator
from presenter.cli import cli
from presenter.deck.load import load_deck
from presenter.painting import paint
from presenter.render.stage import Stage
from terminal import Terminal
from test_walls import WRAPPER, python

ROOT = Path(__file__).parent.parent
TOUR = ROOT / "decks" / "tour.yaml"
PRESENTER = [sys.executable, "-m", "presenter"]


def show(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["show", *map(str, words)], prog_name="presenter")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    Image.new("RGB", (60, 40), (200, 30, 30)).save(tmp_path / "red.png")
    path = tmp_path / "deck.yaml"
    path.write_text(
        """\
title: A talk
footer: "{slide}/{slides}"
defaults: {reveal: true}
variants: {short: {only: [points]}}
slides:
  - {id: hello, title: Hello, subtitle: everybody, notes: a secret}
  - {id: points, title: Points, points: [alpha, beta]}
  - {id: picture, title: Picture, image: {src: red.png, alt: A red field, caption: red, credit: me}}
  - {title: Unseen, hidden: true, body: "**bold** words"}
""",
        encoding="utf-8",
    )
    return path


def test_a_slide_in_a_pipe_is_plain_text_of_its_size(deck: Path) -> None:
    result = show(deck, "--slide", "points", "--size", "60x12")
    assert result.exit_code == 0
    lines = result.output.split("\n")
    assert len(lines) == 13
    assert all(line == line.rstrip() for line in lines)
    assert "beta" in result.output
    assert "\x1b" not in result.output
    assert "beta" not in show(deck, "--slide", "2", "--step", "1").output


def test_all_slides_have_their_numbers_above_them(deck: Path) -> None:
    output = show(deck).output
    assert [line.split(" ─")[0] for line in output.splitlines() if line.startswith("──")] == [
        "── 1/3 · hello",
        "── 2/3 · points · step 2 of 2",
        "── 3/3 · picture",
        "── H1/3 · unseen",
    ]
    assert "A red field" in output
    assert "a secret" not in output


def test_colours_are_those_that_are_asked_for_and_every_line_ends_clean(deck: Path) -> None:
    outputs = {name: show(deck, "--colors", name, "--slide", "picture").output for name in ("truecolor", "256", "16")}
    assert "48;2;" in outputs["truecolor"]
    assert "48;2;" not in outputs["256"] + outputs["16"]
    assert "48;5;" in outputs["256"]
    assert "48;5;" not in outputs["16"]
    for output in outputs.values():
        assert output.count("\n") == 24
        assert set(re.findall(r"\x1b\[[^m]*?[A-Za-z]", output)) <= set(re.findall(r"\x1b\[[\d;]*m", output))
        assert all(line.endswith("\x1b[0m") for line in output.splitlines() if line)


def test_what_is_printed_is_what_is_painted(deck: Path) -> None:
    slide = load_deck(deck).slides[1]
    output = show(deck, "--colors", "truecolor", "--slide", "points").output
    emulator = Emulator(80, 24)
    emulator.feed(output.rstrip("\n").replace("\n", "\r\n").encode())
    frame = paint(slide, Stage(80, 24, step=1))
    assert emulator.lines == ["".join(text for text, *_ in row) for row in frame.lines]


def test_light_and_theme_are_other_colours(deck: Path) -> None:
    light = show(deck, "--light", "--colors", "truecolor").output
    assert light == show(deck, "--theme", "light", "--colors", "truecolor").output
    assert light != show(deck, "--colors", "truecolor").output


def test_the_outline_has_all_words_and_notes_only_when_asked(deck: Path) -> None:
    output = show(deck, "--outline").output
    for words in ("A talk", "1. Hello", "everybody", "- alpha", "Picture: A red field", "Caption: red", "Credit: me"):
        assert words in output
    assert "H1. Unseen (hidden)" in output
    assert "bold words" in output
    assert "secret" not in output
    assert "Notes: a secret" in show(deck, "--outline", "--with-notes").output
    assert show(deck, "--outline", "--slide", "points").output == "2. Points\n   - alpha\n   - beta\n"


def test_the_outline_of_the_tour_has_every_picture_and_every_table_cell() -> None:
    output, talk = show(TOUR, "--outline").output, load_deck(TOUR)
    for slide in talk.slides:
        assert all(image.alt in output for image in slide.layout.pictures())
        if slide.layout.name == "table":
            assert all(word in output for word in slide.layout.words())


def test_resolved_says_where_values_come_from(deck: Path) -> None:
    output = show(deck, "--resolved", "--slide", "points").output
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in output.splitlines()[1:]}
    assert rows["layout"] == "bullets inferred from points"
    assert rows["id"] == "points deck.yaml:7"
    assert rows["reveal"] == "true deck's defaults, deck.yaml:3"
    assert rows["time"].endswith("a minute, as no duration is known")
    assert rows["footer"] == '"2/3" the deck\'s, deck.yaml:2'
    assert "secret" not in show(deck, "--resolved").output


def line_of(words: str, time: int = 1) -> int:
    """Return the number of the line of the tour where words stand for the first time, or another one."""
    lines = TOUR.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if words in line][time - 1]


def test_resolved_tells_files_sections_variants_and_shares() -> None:
    output = show(TOUR, "--resolved", "--variant", "short").output
    assert 'variant "short": The tour in five minutes' in output
    assert f"the variant's own, tour.yaml:{line_of('short:')}" in output
    whole = show(TOUR, "--resolved").output
    assert f"section's defaults, tour.yaml:{line_of('defaults:', 2)}" in whole
    assert re.search(r"tour/closing.yaml:\d+", whole)
    assert "its section's share, by its notes" in whole
    assert f"the section has divider: true, tour.yaml:{line_of('- title: Pictures')}" in whole
    assert all(len(line) <= 90 for line in whole.splitlines())


def test_a_variant_is_shown_alone(deck: Path) -> None:
    assert show(deck, "--variant", "short").output.startswith("── 1/1 · points")
    result = show(deck, "--variant", "long")
    assert result.exit_code == 2
    assert 'there is no variant "long" (the deck has "short")' in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--slide", "nope"], 'no slide has the id or number "nope"'),
        (["--slide", "hello", "--step", "2"], 'slide 1 "hello" has one step'),
        (["--slide", "points", "--step", "3"], 'slide 2 "points" has 2 steps'),
        (["--size", "80"], "write columns and rows, such as 80x24"),
        (["--size", "0x0"], "is no size"),
        (["--light", "--theme", "dark"], "either --light or --theme"),
        (["--outline", "--resolved"], "take one"),
        (["--with-notes"], "notes are never on a slide"),
        (["--images", "half"], "without colours pictures are their alt text"),
        (["--images", "octants"], 'did you mean "octant"?'),
        (["--theme", "drak"], 'did you mean "dark"?'),
    ],
)
def test_wrong_usage_is_told(deck: Path, words: list[str], said: str) -> None:
    result = show(deck, *words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_terminal_gets_colours_and_no_slide_that_is_too_wide(deck: Path) -> None:
    with Terminal([*PRESENTER, "show", deck, "--slide", "picture"], size=(70, 20)) as terminal:
        assert terminal.wait_exit() == 0
        assert b"48;2;200;30;30" in terminal.output
        assert b"\x1b[?" not in terminal.output  # nothing is asked, no mode is set
    with Terminal([*PRESENTER, "show", deck, "--size", "71x20"], size=(70, 20)) as terminal:
        assert terminal.wait_exit() == 2
        assert "which has 70" in " ".join(" ".join(terminal.screen).split())


@pytest.mark.parametrize("words", [[], ["--outline"], ["--resolved"], ["--colors", "256"]])
def test_no_textual_is_loaded(words: list[str]) -> None:
    code, modules = json.loads(python("-c", WRAPPER, "show", str(TOUR), *words).splitlines()[-1])
    assert code == 0
    assert "textual" not in modules
    assert ("PIL" in modules) == ("256" in words)


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{' '.join(PRESENTER)} show {TOUR} | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.startswith("── 1/")
    assert done.stderr == ""
