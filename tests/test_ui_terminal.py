"""How pictures are drawn on which terminal, and that finding it out costs nothing and types nothing."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from emulator import Queries
from presenter.render.stage import Stage
from presenter.terminal.capabilities import TerminalCapabilities, detect_capabilities
from presenter.terminal.probe import TerminalAnswers
from terminal import Terminal as Pty

KITTY = TerminalAnswers("kitty(0.40.0)", graphics=True, cell=(9, 20), attributes=(62,))
PLAIN = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
TMUX = {**PLAIN, "TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}  # noqa: S108 - never opened


@pytest.fixture(autouse=True)
def no_terminal_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presenter.terminal.capabilities.cell_pixels", lambda descriptor=1: None)  # noqa: ARG005 - its signature


@pytest.mark.parametrize(
    ("env", "colours", "depth"),
    [
        (PLAIN, "truecolor", "truecolor"),
        (PLAIN, "256", "256"),
        (PLAIN, "standard", "16"),
        ({**PLAIN, "NO_COLOR": "1"}, "truecolor", "grey"),
        ({**PLAIN, "NO_COLOR": "1"}, "256", "grey256"),
        ({**PLAIN, "NO_COLOR": ""}, "truecolor", "truecolor"),
    ],
)
def test_pictures_have_the_colours_that_the_terminal_has(env: Mapping[str, str], colours: str, depth: str) -> None:
    assert detect_capabilities(TerminalAnswers(), env, colours).depth == depth


def test_auto_is_the_best_that_the_terminal_shows_right() -> None:
    found = detect_capabilities(KITTY, PLAIN, "truecolor")
    assert (found.images("auto"), found.glyphs, found.pixels, found.aspect) == ("kitty", "sextant", (9, 20), 0.45)
    assert detect_capabilities(TerminalAnswers(), PLAIN, "truecolor").images("auto") == "blocks"
    assert (
        detect_capabilities(TerminalAnswers("kitty(0.26.5)", graphics=True), PLAIN, "truecolor").images("auto")
        == "sextant"
    )


def test_a_cell_tells_its_picture_by_a_true_colour_so_pixels_need_those() -> None:
    for env, colours in ((PLAIN, "256"), ({**PLAIN, "NO_COLOR": "1"}, "truecolor")):
        found = detect_capabilities(KITTY, env, colours)
        assert found.images("auto") == "sextant"
        assert found.pixels is None


def test_option_goes_before_image_before_deck_before_auto() -> None:
    def drawn(option: str, deck: str, image: str) -> str:
        found = detect_capabilities(TerminalAnswers(), PLAIN, "truecolor", option)
        return Stage(80, 24, images=found.images(deck), forced=bool(option), glyphs=found.glyphs).mode(image)

    assert drawn("", "auto", "auto") == "blocks"
    assert drawn("", "half", "auto") == "half"
    assert drawn("", "half", "quad") == "quad"
    assert drawn("octant", "half", "quad") == "octant"
    assert drawn("auto", "half", "quad") == "blocks"
    assert drawn("off", "half", "quad") == "off"
    assert drawn("", "off", "quad") == "quad"


def test_no_pixels_through_tmux_unless_asked_for() -> None:
    assert detect_capabilities(TerminalAnswers(), TMUX, "truecolor").pixels is None
    asked = detect_capabilities(TerminalAnswers(), TMUX, "truecolor", "kitty")
    assert asked.pixels
    assert asked.tmux
    assert not asked.word


def test_what_was_asked_for_and_cannot_be_had_is_said() -> None:
    found = detect_capabilities(TerminalAnswers(), PLAIN, "truecolor", "kitty")
    assert Stage(80, 24, images=found.images("auto"), glyphs=found.glyphs, pixels=found.pixels).mode() == "blocks"
    assert "no pixels" in found.word
    assert TerminalCapabilities().word == ""


# --- the whole program

DECK = """\
title: T
slides:
  - {id: a, title: Grey, image: {src: grey.png, alt: grey, caption: MARK-1}}
  - {id: b, title: Two, body: MARK-2}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    Image.effect_noise((320, 200), 90).save(tmp_path / "grey.png")
    path = tmp_path / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


def present(deck: Path, *options: str, queries: Queries, env: Mapping[str, str | None] | None = None) -> Pty:
    return Pty([sys.executable, "-m", "presenter", deck, *options], queries=queries, env=env)


def shown(pty: Pty) -> set[str]:
    return set("".join(pty.screen))


@pytest.mark.parametrize(
    ("version", "characters"),
    [("harness(1)", "▂▎▚"), ("foot(1.20.2)", "\U0001cd10\U0001cd22"), ("konsole 22.04.1", "\U0001fb00\U0001fb1e")],
)
def test_the_terminal_gets_what_it_shows_right(deck: Path, version: str, characters: str) -> None:
    with present(deck, queries=Queries(version)) as pty:
        pty.wait_for("MARK-1")
        pty.wait_until(lambda: bool(shown(pty) & set(characters)), f"one of {characters}")
        pty.press("right")
        pty.wait_for("MARK-2")
        pty.twice()
        assert pty.wait_exit() == 0
        assert pty.modes_left() == []


def test_an_answer_that_comes_late_is_no_key_and_what_is_typed_meanwhile_counts(deck: Path) -> None:
    with present(deck, queries=Queries(None)) as pty:
        pty.wait_for("MARK-1")
        pty.write(b"\x1bP>|kitty(0.")
        pty.read(0.1)
        pty.write(b"40.0)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;22cs")
        pty.wait_for("NOTES")
        assert pty.shows("1/2")
        assert not pty.shows("go to")
        pty.twice()
        assert pty.wait_exit() == 0


def test_inside_tmux_nothing_is_asked_that_could_be_seen(deck: Path) -> None:
    with present(deck, queries=Queries("tmux 3.5a", graphics=True), env={**TMUX}) as pty:
        pty.wait_for("MARK-1")
        pty.press("right")
        pty.wait_for("MARK-2")
        assert b"\x1b_" not in pty.output
        assert not any("a=q" in row for row in pty.screen)


@pytest.mark.parametrize(
    ("env", "seen", "unseen"),
    [
        ({"COLORTERM": None}, b"48;5;", b"8;2;"),
        ({"COLORTERM": None, "TERM": "linux"}, b"\x1b[", b"8;2;"),
        ({"NO_COLOR": "1"}, b"48;2;", b"\x1b[38;2;255;0;0"),
    ],
)
def test_colours_are_those_of_the_terminal(
    deck: Path, env: Mapping[str, str | None], seen: bytes, unseen: bytes
) -> None:
    with present(deck, queries=Queries(), env=env) as pty:
        pty.wait_for("MARK-1")
        pty.wait_until(lambda: bool(shown(pty) & set("▀▄▂▎")), "a picture")
        assert seen in pty.output
        assert unseen not in pty.output


def test_t16_the_linux_console_gets_characters_that_its_font_has(deck: Path) -> None:
    env = {"TERM": "linux", "COLORTERM": None}
    with present(deck, "--speaker", queries=Queries(None), env=env) as pty:
        pty.wait_for("NEXT")
        pty.press("v", "right")  # the slide beside the notes
        pty.wait_for("MARK-2")
        assert {c for row in pty.screen for c in row if not c.isascii()} <= set("─│┼•·←→↑↓§▀▄█")
        assert b"8;2;" not in pty.output
        assert b"8;5;" not in pty.output
        pty.twice()
        assert pty.wait_exit() == 0


@pytest.mark.parametrize("multiplexer", ["tmux", "screen"])
def test_t17_in_tmux_and_screen_pictures_are_blocks_and_no_sequence_is_seen(
    deck: Path, tmp_path: Path, multiplexer: str
) -> None:
    if shutil.which(multiplexer) is None:
        pytest.skip(f"{multiplexer} is not installed")
    program = [sys.executable, "-m", "presenter", str(deck), "--no-log"]
    command = {
        "tmux": ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null", "new-session", shlex.join(program)],
        "screen": ["screen", "-c", "/dev/null", *program],
    }[multiplexer]
    with Pty(
        command, size=(100, 30), env={"SCREENDIR": str(tmp_path)}, queries=Queries("kitty(0.40)", graphics=True)
    ) as pty:
        pty.wait_for("MARK-1")
        pty.wait_until(lambda: bool(shown(pty) & set("▂▎▚▀▄")), "a picture")
        assert b"\x1b_" not in pty.output
        assert not any("a=q" in row or ";AAAA" in row or "Gi=" in row for row in pty.screen)
        pty.press("right")
        pty.wait_for("MARK-2")
        pty.press("b")
        pty.wait_until(lambda: not pty.shows("MARK-2"), "black screen")
        pty.press("b")
        pty.wait_for("MARK-2")
        pty.twice()
        assert pty.wait_exit() == 0
        assert pty.modes_left() == []
