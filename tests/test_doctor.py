"""`presenter doctor` tells what a terminal can do, and gives it back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from emulator import Queries
from presenter.session.bindings import Bindings
from presenter.terminal.probe import TerminalAnswers
from presenter.ui import doctor
from presenter.ui.key_parser import KeyParser
from presenter.ui.key_test import describe_input
from terminal import Terminal

COMMAND = [sys.executable, "-m", "presenter", "doctor"]


def test_the_terminal_is_described_with_its_keys_until_q_comes_twice() -> None:
    with Terminal(COMMAND, size=(120, 70)) as terminal:
        terminal.wait_for("q twice ends")
        assert terminal.shows("harness(1)")
        assert terminal.shows("10x20")
        assert terminal.shows("16 million")
        assert terminal.shows("octant   |")
        assert terminal.shows("All is well.")
        for key, words in (
            ("pagedown", "PageDown         Esc [6~      next: Next step"),
            ("f5", "start: Start the timer"),
            ("x", "does nothing in a talk"),
            ("esc", "leave: Leave"),
            (".", "black: Black screen"),
        ):
            terminal.press(key)
            terminal.wait_for(words)
        terminal.write(b"\x1b[200~qq\x1b[201~\xff\x1b[9999999999u")
        terminal.wait_for("a paste")
        terminal.press("q")
        terminal.wait_for("quit: Quit")
        terminal.press("n", "q", "q")
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL", "SIGHUP"])
def test_whatever_ends_it_the_terminal_is_given_back(name: str) -> None:
    with Terminal(COMMAND) as terminal:
        terminal.wait_for("q twice ends")
        terminal.wait_until(lambda: "raw mode" in terminal.modes_left())
        os.kill(terminal.program, signal.Signals[name])
        assert terminal.wait_exit() == 128 + signal.Signals[name]
        assert terminal.modes_left() == []


def test_ctrl_c_twice_ends_it_too() -> None:
    with Terminal(COMMAND) as terminal:
        terminal.wait_for("q twice ends")
        terminal.press("ctrl+c", "ctrl+c")
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []


def test_a_terminal_that_answers_late_has_pressed_no_key() -> None:
    with Terminal([*COMMAND, "--config", "/dev/null"], queries=Queries(None), size=(120, 70)) as terminal:
        terminal.wait_for("q twice ends")
        assert terminal.shows("did not tell its name")
        terminal.write(b"\x1bP>|kitty(0.40.0)\x1b\\\x1b[6;20;10t\x1b[?62;22c")
        terminal.press("b")
        terminal.wait_for("black: Black screen")
        assert [row.split()[0] for row in terminal.screen if "black: Black" in row] == ["b"]
        assert not terminal.shows("does nothing")
        terminal.press("q", "q")
        assert terminal.wait_exit() == 0


def test_what_would_disturb_a_talk_is_said_and_is_the_exit_code() -> None:
    with Terminal([*COMMAND, "--no-keys"], size=(70, 20), env={"XDG_STATE_HOME": "/dev/null"}) as terminal:
        assert terminal.wait_exit() == 1
        words = terminal.output.decode()
        assert "the window is small, 70 by 20" in words
        assert "runs are not recorded" in words
        assert terminal.modes_left() == []


def run(*options: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *options],
        env={**os.environ, "TERM": "xterm-256color", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_in_a_pipe_there_are_words_without_colours_and_no_keys(tmp_path: Path) -> None:
    done = run(XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "q twice" not in done.stdout
    assert done.stdout.endswith("All is well.\n")
    assert done.stderr == ""


def test_json_has_it_all(tmp_path: Path) -> None:
    done = run("--json", XDG_STATE_HOME=str(tmp_path))
    found = json.loads(done.stdout)
    assert set(found) == {"versions", "terminal", "pictures", "machine", "widths", "problems"}
    assert found["machine"]["state"] == str(tmp_path / "presenter")
    assert found["problems"] == []
    assert run("--json", TERM="dumb", XDG_STATE_HOME=str(tmp_path)).returncode == 1
    assert run("--wrong").returncode == 2


@pytest.mark.parametrize(
    ("answers", "env", "mode", "words"),
    [
        (TerminalAnswers(), {"TERM": "linux"}, "half", "console"),
        (TerminalAnswers("tmux 3.4"), {"TERM": "tmux-256color"}, "blocks", "tmux"),
        (TerminalAnswers("kitty(0.40.0)", graphics=True), {"TERM": "xterm-kitty"}, "kitty", "real pixels"),
        (TerminalAnswers("foot(1.20.0)"), {"TERM": "foot"}, "octant", "foot(1.20.0) shows these right"),
        (TerminalAnswers("xterm(380)"), {"TERM": "xterm"}, "blocks", "xterm(380) is not known to show more"),
        (TerminalAnswers(), {"TERM": "xterm"}, "blocks", "did not tell its name"),
    ],
)
def test_the_choice_for_pictures_has_a_reason(
    answers: TerminalAnswers, env: dict[str, str], mode: str, words: str
) -> None:
    assert words in doctor._why(answers, env, mode, "truecolor")  # noqa: SLF001  the words themselves


def test_the_bytes_of_keys_that_come_together_are_not_told_of_each(tmp_path: Path) -> None:
    with Terminal(COMMAND, home=tmp_path) as terminal:
        terminal.wait_for("q twice ends")
        terminal.press("pagedown")
        terminal.wait_for("Esc [6~")
        terminal.write(b"x\x1b[5~")
        terminal.wait_for("PageUp")
        assert not terminal.shows("Esc [5~")
        assert all(len(row.rstrip()) < 80 for row in terminal.screen)
        terminal.write(b"qq")
        assert terminal.wait_exit() == 0


def test_a_name_that_a_terminal_tells_is_harmless_and_so_are_the_bytes_of_a_key() -> None:
    (key,) = KeyParser().feed(b"\x1b[15;2~")
    (line,) = describe_input(key, Bindings(), b"\x1b[15;2~")
    assert line.startswith("  Shift+F5         Esc [15;2~   start: Start the timer")
    (key,) = KeyParser().feed(b"x")
    (line,) = describe_input(key, Bindings(), b"x\x07\x9b")
    assert "\x07" not in line
    assert "x\\x07\\x9b" in line
