"""Keys that nobody meant, and terminals that take nothing: a wheel, a stopped program, bursts, and a closed output."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from presenter.session.commands import BY_NAME, act
from presenter.session.state import Outline, State
from presenter.terminal.guard import OWN_MODES, USUAL_MODES
from presenter.ui.key_parser import MOST
from terminal import Terminal, key_bytes
from windows import Stage

SLIDES = 120
DECK = "title: Long\nslides:\n" + "".join(f"  - {{id: s{n}, body: place {n} of many}}\n" for n in range(1, SLIDES + 1))
UP = b"\x1b[?2004h"
"""What the window writes when it has come up."""
OFF, BACK = OWN_MODES.encode(), USUAL_MODES.encode()


def present(deck: Path, words: str = "") -> Terminal:
    """Run the program, with something changed in it."""
    text = f"{words}\nimport sys; sys.argv[0] = 'presenter'\nfrom presenter.__main__ import main; main()\n"
    return Terminal([sys.executable, "-c", text, deck])


def up(terminal: Terminal) -> None:
    terminal.wait_for("place 1 of many")
    terminal.wait_until(lambda: UP in terminal.output, "the window")


@pytest.fixture
def talk(deck: Path) -> Iterator[Terminal]:
    with present(deck) as terminal:
        up(terminal)
        while terminal.read(0.5):  # what comes at once was typed ahead, and counts
            pass
        yield terminal


def stopped(terminal: Terminal, name: str = "SIGSTOP") -> None:
    """Stop the program, which cannot hear SIGSTOP, and wait until its guardian has stopped too."""
    os.kill(terminal.program, signal.Signals[name])
    flags = os.WSTOPPED | os.WNOWAIT | os.WNOHANG
    terminal.wait_until(lambda: os.waitid(os.P_PID, terminal.pid, flags) is not None, "sign of a stop")


def place(terminal: Terminal) -> int:
    """Return the number of the slide that is shown, once all keys until now have been taken in."""
    terminal.press("s")
    terminal.wait_for("slide ")
    return int(next(row.split("slide ")[1].split("/")[0] for row in terminal.screen if "slide " in row))


# --- the wheel


def test_the_wheel_makes_no_arrow_keys_while_a_talk_is_shown_and_does_again_behind_it(talk: Terminal) -> None:
    assert OFF in talk.output
    assert BACK not in talk.output
    talk.twice()
    assert talk.wait_exit() == 0
    assert talk.output.rfind(BACK) > talk.output.rfind(OFF)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_the_wheel_is_given_back_however_the_program_ends(talk: Terminal, name: str) -> None:
    os.kill(talk.program, signal.Signals[name])
    talk.wait_exit()
    assert talk.output.rfind(BACK) > talk.output.rfind(OFF)


def test_the_wheel_is_given_back_while_the_program_is_stopped(talk: Terminal) -> None:
    stopped(talk)
    talk.wait_until(lambda: talk.output.rfind(BACK) > talk.output.rfind(OFF), "the wheel given back")
    talk.signal(signal.SIGCONT)
    talk.wait_until(lambda: talk.output.rfind(OFF) > talk.output.rfind(BACK), "the wheel taken again")


def test_a_notch_that_comes_as_arrows_all_the_same_moves_nothing(talk: Terminal) -> None:
    talk.write(b"\x1b[B" * 3)
    talk.write(b"\x1b[6~")
    assert place(talk) == 2


# --- bursts


@pytest.mark.parametrize("name", ["SIGSTOP", "SIGTSTP"])
def test_presses_on_a_program_that_was_stopped_move_a_few_steps_at_most(talk: Terminal, name: str) -> None:
    stopped(talk, name)
    for _ in range(100):
        talk.press("pagedown")
        until = time.monotonic() + 0.03
        while (left := until - time.monotonic()) > 0:
            talk.read(left)
    talk.signal(signal.SIGCONT)
    talk.wait_until(lambda: "raw mode" in talk.modes_left(), "the terminal taken again")
    assert place(talk) <= 1 + MOST


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_two_presses_in_one_burst_end_no_talk(talk: Terminal, key: str) -> None:
    talk.press("pagedown")
    talk.wait_for("place 2 of many")
    talk.write(key_bytes(key) * 2)
    talk.press("pagedown")
    talk.wait_for("place 3 of many")
    talk.twice(key)
    assert talk.wait_exit() == 0


def test_keys_typed_before_the_first_slide_are_kept_in_their_order(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.write(b"7\r12\r\x1b[6~")
        terminal.wait_for("place 13 of many")
        terminal.press("'")  # back to where the last jump began
        terminal.wait_for("place 7 of many")


def test_keys_typed_one_by_one_while_the_window_comes_up_are_kept_in_their_order(deck: Path) -> None:
    with present(deck) as terminal:
        typed = iter(b"7\r12\r")
        for key in typed:
            terminal.write(bytes([key]))
            terminal.read(0.15)
        terminal.wait_for("place 12 of many")
        terminal.press("'")
        terminal.wait_for("place 7 of many")


def test_an_arrow_at_the_question_whether_to_join_is_no_answer(deck: Path) -> None:
    with Stage() as stage:
        stage.audience(deck, shows="place 1 of many")
        again = stage.open(deck)
        again.wait_for("[j] join it")
        for key in ("right", "pagedown", "f5", "f1"):
            again.press(key)
        again.press("j")
        again.wait_for("SPEAKER ● 2")
        assert b"[C" not in again.output.partition(b"[j] join it")[2].partition(b"\x1b[?1049h")[0]


# --- two windows


def test_a_command_that_is_given_twice_is_given_by_one_window() -> None:
    outline = Outline(("a", "b"), ("1", "2"), (1, 1), ("main", "main"))
    begun = act(BY_NAME["next"], State(), outline, 1.0)
    for name in ("reset", "quit", "interrupt"):
        command = BY_NAME[name]
        here = act(command, begun, outline, 10.0)
        there = act(command, here, outline, 10.5, by="a window")
        assert (there.over, there.timer.started) == (False, True)
        other = act(command, there, outline, 11.0, by="another")
        assert (other.over, other.timer.started) == (False, True)
        again = act(command, other, outline, 11.5, by="another")
        assert again.over or not again.timer.started


# --- terminals that take nothing


def test_the_guardian_does_not_wait_for_a_terminal_whose_output_was_stopped(talk: Terminal) -> None:
    slave = os.open(os.ttyname(os.open(f"/proc/{talk.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)), os.O_RDWR | os.O_NOCTTY)
    termios.tcflow(slave, termios.TCOOFF)
    os.kill(talk.program, signal.SIGKILL)
    assert talk.wait_exit() == 128 + signal.SIGKILL
    os.close(slave)
    assert talk.modes_left() == []


@pytest.mark.parametrize("how", ["closed", "broken"])
def test_when_the_programs_own_output_is_gone_the_guardian_gives_the_terminal_back(deck: Path, how: str) -> None:
    gone = {"closed": "os.close(1)", "broken": "near, far = os.pipe(); os.close(near); os.dup2(far, 1)"}[how]
    broken = (
        "import os; from presenter.ui.surface import Surface; show = Surface.show\n"
        "def fails(self, scene):\n"
        "    if scene.state.at.slide == 1 and not hasattr(self, 'gone'):\n"
        f"        self.gone = True; {gone}\n"
        "    show(self, scene)\n"
        "Surface.show = fails"
    )
    with present(deck, broken) as terminal:
        up(terminal)
        terminal.press("pagedown")
        assert terminal.wait_exit() == 1
        assert terminal.modes_left() == []
        assert b"go on with:  presenter " in terminal.output
