"""Whatever arrives from a keyboard, a clicker or a broken line, the talk goes on: cases K01 to K09 and T18."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import textual
from textual._parser import ParseError
from textual._xterm_parser import XTermParser

from fuzzing import KEYS, chunks, survive
from presenter.session.argument import Argument
from presenter.session.bindings import Bindings
from presenter.session.commands import COMMANDS, act
from presenter.session.state import Outline, State
from terminal import Terminal, key_bytes

SLIDES = 120
DECK = "title: Long\nslides:\n" + "".join(f"  - {{id: s{n}, body: place {n} of many}}\n" for n in range(1, SLIDES + 1))


@pytest.fixture
def talk(deck: Path) -> Iterator[Terminal]:
    """A talk that can be quit: nothing else has changed when it can."""
    with Terminal([sys.executable, "-m", "presenter", deck]) as terminal:
        terminal.wait_for("place 1 of many")
        terminal.wait_until(lambda: b"\x1b[?2004h" in terminal.output, "the window")
        yield terminal
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []
        assert b"Traceback" not in terminal.output


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",  # K01
        b"\xc3" + b"x",  # K02: Latin-1, or Alt as an eighth bit
        b"\xe9",
        b"\xf0\x9f",
        b"\x1b[9999999999u",
        b"\x1b[55296u",
        b"\x1b[99999999999999999999;5u",
        b"\x1b[1;99999999999A",
        b"\x1b[48;99999;99999;1;1t",
        b"\x1b[48;999999999999;1;1;1t",
        b"\x1b[<99999999999999;1;1M",
        b"\x1b[" + b"1;" * 5000 + b"x",
        b"\x1b]52;c;" + b"A" * 5000 + b"\x07",
        b"\x1b_Gi=31;OK\x1b\\\x1b[?62;22c\x1b[6;20;10t\x1bP>|kitty(0.40)\x1b\\",  # T18
        b"\x1b[<0;10;10M\x1b[<0;10;10m\x1b[<64;10;10M\x1b[<65;10;10M",  # K09
        b"\x1b[M !!\x1b[M`!!",
        b"\x1b[I\x1b[O",
        b"\x1b[200~q\nq\n\x1b[201~",  # K06
        b"\x1b[200~" + b"q" * 20_000 + b"\x1b[201~",
    ],
)
def test_k01_k02_k06_k09_t18_what_is_no_key_changes_nothing(talk: Terminal, data: bytes) -> None:
    talk.write(data)
    talk.press("pagedown")
    talk.wait_for("place 2 of many")
    talk.press("pageup")
    talk.wait_for("place 1 of many")


def test_k03_page_down_as_kitty_reports_its_kind_is_page_down_or_nothing(talk: Terminal) -> None:
    talk.write(b"\x1b[6;1:1~")
    talk.press("end")
    talk.wait_for(f"place {SLIDES} of many")


def test_k05_after_a_paste_without_an_end_keys_count_again(talk: Terminal) -> None:
    talk.write(b"\x1b[200~hello")
    pressed = time.monotonic()
    while not talk.shows(f"place {SLIDES} of many"):
        assert time.monotonic() < pressed + 20
        talk.press("end")
        talk.read(0.3)
    assert not talk.shows("hello")


def test_k07_page_down_held_for_three_seconds_does_not_race_through_the_talk(talk: Terminal) -> None:
    for _ in range(100):
        talk.press("pagedown")
        end = time.monotonic() + 0.03
        while time.monotonic() < end:
            talk.read(0.005)
    talk.press("m")  # its word comes after all moves
    talk.press("s")
    talk.wait_for("slide ")
    place = int(next(row.split("slide ")[1].split("/")[0] for row in talk.screen if "slide " in row))
    assert 10 <= place <= 60


def test_k08_every_button_of_a_clicker_does_what_it_should_and_none_ends_the_talk(talk: Terminal) -> None:
    def dark() -> bool:
        return not any(row.strip() for row in talk.screen)

    talk.press("pagedown")
    talk.wait_for("place 2 of many")
    talk.press("pageup")
    talk.wait_for("place 1 of many")
    for key in ("b", "B", "."):
        for light in ("esc", "f5", "pagedown", key):
            talk.press(key)
            talk.wait_until(dark, "black screen")
            talk.press(light)
            talk.wait_for("place 1 of many")
    for key in ("esc", "f5", "shift+f5", "esc", "f5", "esc", "esc"):
        talk.press(key)
        talk.read(0.15)  # an Escape is one when nothing follows it
    talk.press("pagedown")
    talk.wait_for("place 2 of many")


def test_escape_and_f5_never_end_a_talk_whatever_is_shown() -> None:
    bindings = Bindings()
    outline = Outline(("a", "b"), ("1", "2"), (1, 3), ("main", "main"))
    for command in COMMANDS:
        state = act(command, State(), outline, 1.0, Argument("1" if command.name == "digit" else ""))
        if state.over or state.overlay == "report":
            continue
        for key in ("escape", "f5", "shift+f5", "escape", "escape"):
            state = act(bindings.find(key, None, state, 2.0), state, outline, 2.0)
            assert not state.over


def test_200_kb_of_random_bytes_do_no_harm(deck: Path, tmp_path: Path) -> None:
    with survive(deck, tmp_path) as terminal:
        terminal.write(random.Random(5).randbytes(200_000))  # noqa: S311 - the same each time
        terminal.answers()


def test_random_pieces_of_escape_sequences_do_no_harm(deck: Path, tmp_path: Path) -> None:
    with survive(deck, tmp_path) as terminal:
        for data in chunks(seed=11, count=1500):
            terminal.write(data)
        terminal.answers()
        assert terminal.alive


def test_fuzzing_leaves_no_key_that_may_end_a_talk() -> None:
    bindings = Bindings({name: (key,) for name, key in KEYS.items()})
    ending = {command.name for command in COMMANDS if command.name in {"quit", "interrupt", "suspend", "edit"}}
    assert ending == set(KEYS)
    for name in ending:
        assert bindings.written(name) == (KEYS[name],)


# --- what the program does for Textual, and must not do any longer than it has to


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("\x1b[9999999999u", OverflowError),
        ("\x1b[55296u", UnicodeEncodeError),
        ("\x1b[6;1:1~", (ValueError, ParseError)),
    ],
)
def test_textual_still_fails_on_keys_that_are_broken(
    data: str, error: type[Exception] | tuple[type[Exception], ...]
) -> None:
    """When this fails, Textual has mended it: see whether `presenter.ui.key_parser.KeyParser` is still needed."""
    assert textual.__version__.startswith("8."), "see what is new in the parser"

    def read() -> None:
        for message in XTermParser(debug=False).feed(data):
            str(getattr(message, "character", "")).encode()

    with pytest.raises(error):
        read()


def test_textual_still_swallows_all_keys_after_a_paste_that_does_not_end() -> None:
    """As above."""
    parser = XTermParser(debug=False)
    assert list(parser.feed("\x1b[200~hello")) == []
    assert list(parser.feed("q" * 100)) == []


def test_keys_of_a_terminal_are_as_the_tests_have_them() -> None:
    assert key_bytes("pagedown") == b"\x1b[6~"
