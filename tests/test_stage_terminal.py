"""The terminal is always given back, whatever ends, stops or breaks the program: cases T01 to T20 of its design.

Real processes on real terminals. The program is split in two (see `presenter.terminal.guard`): `terminal.pid` is the
guardian, which a shell knows, and `terminal.program` the program.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from presenter.terminal.guard import RESET_TERMINAL
from terminal import TIMEOUT, Terminal, key_bytes, session

DECK = """\
title: A talk
slides:
  - {id: hello, title: Hello, body: Welcome everybody., notes: Smile first.}
  - {id: steps, title: Three steps, points: [alpha, beta, gamma], reveal: true, notes: [first, second, third]}
  - {id: end, title: Thank you, body: Questions?}
"""
OFF = b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""What the window itself writes last."""
ON = b"\x1b[?2004h"
"""What it writes when it has come up."""


def present(
    deck: Path,
    *options: str,
    home: Path | None = None,
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str | None] | None = None,
) -> Terminal:
    return Terminal([sys.executable, "-m", "presenter", deck, *options], size=size, home=home, env=env)


def script(words: str, deck: Path, *options: str, home: Path | None = None) -> Terminal:
    """Run the program with something changed in it."""
    text = f"{words}\nimport sys; sys.argv[0] = 'presenter'\nfrom presenter.__main__ import main; main()\n"
    return Terminal([sys.executable, "-c", text, deck, *options], home=home)


def begun(terminal: Terminal) -> None:
    """Wait for the window, and begin the talk: its second step is shown, and the timer runs."""
    terminal.wait_for("Welcome everybody.")
    terminal.wait_until(lambda: ON in terminal.output, "the window")
    terminal.press("right")
    terminal.wait_for("alpha")
    terminal.press("right")
    terminal.wait_for("beta")


def standing(home: Path) -> dict[str, Any]:
    """Return what is kept of the talk."""
    (path,) = (home / ".state" / "presenter" / "state").glob("*.json")
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def journal(home: Path) -> list[dict[str, Any]]:
    (path,) = (home / ".state" / "presenter" / "runs").glob("*/*.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for something outside the terminal, which is not read meanwhile."""
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, f"no {what} in {TIMEOUT:g} s"


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGQUIT", 131)])
@pytest.mark.parametrize("guardian", [True, False])
def test_t01_t02_a_signal_ends_the_talk_with_state_and_log_on_the_disk(
    deck: Path, home: Path, name: str, code: int, guardian: bool
) -> None:
    with present(deck, home=home) as terminal:
        begun(terminal)
        os.kill(terminal.pid if guardian else terminal.program, signal.Signals[name])
        assert terminal.wait_exit() == code
        assert terminal.modes_left() == []
        words, _, after = terminal.output.rpartition(OFF)
        assert b"\x1b[?2004l" in words
        assert b"\x1b[?7h" in words.rpartition(b"\x1b[?2004l")[2]
        assert b"\x1b[?" not in after
        assert terminal.shows("go on with:  presenter ")
        assert terminal.shows("deck.yaml --resume")
    kept = standing(home)
    assert (kept["slide"], kept["step"], kept["running"], kept["ended"]) == ("steps", 1, True, False)
    assert journal(home)[-1]["k"] == "end"
    assert journal(home)[-1]["why"] == "signal"


def test_t03_closing_the_terminal_ends_everything_and_the_state_is_kept(deck: Path, home: Path) -> None:
    with present(deck, home=home) as terminal:
        begun(terminal)
        terminal.hang_up()
        assert terminal.wait_exit() == 129
        until(lambda: not session(terminal.pid), "end of all processes")
    assert (standing(home)["slide"], standing(home)["step"]) == ("steps", 1)
    assert standing(home)["e"] > 0


@pytest.mark.parametrize(("name", "code"), [("SIGKILL", 137), ("SIGSEGV", 139), ("SIGABRT", 134)])
def test_t04_t05_when_the_program_dies_its_guardian_gives_the_terminal_back(
    deck: Path, home: Path, name: str, code: int
) -> None:
    with present(deck, home=home) as terminal:
        begun(terminal)
        os.kill(terminal.program, signal.Signals[name])
        assert terminal.wait_exit() == code
        assert terminal.modes_left() == []
        words, reset, after = terminal.output.rpartition(RESET_TERMINAL.encode())
        assert reset
        assert OFF not in words
        assert after == f"presenter: ended by {name}; go on with:  presenter {deck} --resume\r\n".encode()
    with present(deck, "--resume", home=home) as terminal:
        terminal.wait_for("beta")
        terminal.twice()
        assert terminal.wait_exit() == 0


def test_before_the_timer_ran_there_is_nothing_to_go_on_with(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.wait_until(lambda: ON in terminal.output, "the window")
        os.kill(terminal.program, signal.SIGKILL)
        assert terminal.wait_exit() == 137
        assert terminal.modes_left() == []
        assert terminal.output.endswith(b"presenter: ended by SIGKILL\r\n")


def test_t04_a_program_that_just_leaves_has_its_terminal_restored(deck: Path) -> None:
    broken = (
        "import os; from presenter.ui.surface import Surface; show = Surface.show\n"
        "def leaves(self, scene):\n"
        "    if scene.state.at.step: os._exit(3)\n"
        "    show(self, scene)\n"
        "Surface.show = leaves"
    )
    with script(broken, deck, "--start", "steps") as terminal:
        terminal.wait_for("alpha")
        terminal.press("right")
        assert terminal.wait_exit() == 3
        assert terminal.modes_left() == []
        _, reset, after = terminal.output.rpartition(RESET_TERMINAL.encode())
        assert reset
        resume = f"presenter {deck} --start steps --resume"
        assert after == f"presenter: ended without giving the terminal back; go on with:  {resume}\r\n".encode()


def test_a_death_in_the_middle_of_a_sequence_leaves_no_terminal_that_swallows_everything(deck: Path) -> None:
    broken = (
        "import os, signal; from presenter.ui.surface import Surface; show = Surface.show\n"
        "def dies(self, scene):\n"
        "    if scene.state.at.step:\n"
        "        os.write(1, b'\\x1b_Gi=1;AAAA')\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    show(self, scene)\n"
        "Surface.show = dies"
    )
    with script(broken, deck, "--start", "steps") as terminal:
        terminal.wait_for("alpha")
        terminal.press("right")
        assert terminal.wait_exit() == 137
        assert terminal.modes_left() == []
        assert terminal.shows("ended by SIGKILL")


def test_when_the_guardian_is_killed_the_program_ends_by_itself(deck: Path, home: Path) -> None:
    with present(deck, home=home) as terminal:
        begun(terminal)
        program = terminal.program
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
        until(lambda: program not in session(terminal.pid), "end of the program")
        while terminal.read(0.1):
            pass
        assert terminal.modes_left() == []
        assert terminal.output.rpartition(OFF)[1]
    assert standing(home)["slide"] == "steps"


def test_in_a_shell_too_the_program_ends_when_its_guardian_is_killed(deck: Path) -> None:
    with Terminal(["/bin/sh", "-i"], env={"PS1": "ready> "}) as terminal:
        terminal.wait_for("ready>")
        terminal.write(f"{sys.executable} -m presenter {deck}\n".encode())
        begun(terminal)
        guardian, program = sorted(pid for pid in session(terminal.pid) if pid != terminal.pid)
        os.kill(guardian, signal.SIGKILL)
        until(lambda: program not in session(terminal.pid), "end of the program")
        terminal.write(b"echo al''ive\n")
        terminal.wait_for("alive")
        terminal.wait_until(lambda: not terminal.modes_left() or terminal.modes_left() == ["raw mode"], "modes off")
        terminal.write(b"stty -a; exit\n")
        terminal.wait_exit()
        assert b" icanon" in terminal.output.rpartition(b"alive")[2]


@pytest.mark.parametrize("where", ["on_mount", "timer", "handler"])
def test_t07_x02_a_failure_is_one_line_and_a_log_without_control_characters(tmp_path: Path, where: str) -> None:
    deck, home = tmp_path / "a\x1b]0;title\x07\x9b31m.yaml", tmp_path / "home"
    deck.write_text(DECK, encoding="utf-8")
    home.mkdir()
    broken = {
        "on_mount": "def fail(self): raise RuntimeError(f'a fault {self.session.deck.path}')\nApp.on_mount = fail",
        "timer": (
            "from presenter.ui.timekeeper import Timekeeper\n"
            "def fail(self): raise RuntimeError(f'a fault {self._session.deck.path}')\n"
            "Timekeeper.beat = fail"
        ),
        "handler": (
            "press = App._press\n"
            "def fail(self, event):\n"
            "    raise RuntimeError(f'a fault {self.session.deck.path}')\n"
            "App._press = fail"
        ),
    }[where]
    with script(f"from presenter.ui.app import PresenterApp as App\n{broken}", deck, home=home) as terminal:
        terminal.wait_for("Welcome everybody.")
        if where == "handler":
            terminal.press("right")
        assert terminal.wait_exit() == 1
        assert terminal.modes_left() == []
        tail = terminal.output.rpartition(b"\x1b[?1004l")[2]
        assert tail.count(b"\n") == 1
        assert b"something went wrong; the details are in" in tail
    (log,) = home.rglob("crash.log")
    words = log.read_bytes()
    assert b"a fault" in words
    assert not set(words) & {0x1B, 0x07}
    assert b"\xc2\x9b" not in words


def test_a_failure_outside_the_window_is_one_line_and_a_log(deck: Path, home: Path) -> None:
    broken = "import presenter.deck.load as l\ndef fail(*a, **k): raise RuntimeError('no such luck')\nl.load = fail"
    with script(broken, deck, home=home) as terminal:
        assert terminal.wait_exit() == 1
        assert terminal.modes_left() == []
        assert b"Traceback" not in terminal.output
        assert terminal.output.count(b"\n") == 1
    (log,) = home.rglob("crash.log")
    assert "no such luck" in log.read_text(encoding="utf-8")


def test_what_libraries_say_on_standard_error_is_not_on_the_slide(deck: Path) -> None:
    broken = (
        "import os, threading; from presenter.ui.surface import Surface; show = Surface.show\n"
        "def noisy(self, scene):\n"
        "    os.write(2, b'NOISE')\n"
        "    threading.Thread(target=lambda: 1 / 0).start()\n"
        "    show(self, scene)\n"
        "Surface.show = noisy"
    )
    with script(broken, deck) as terminal:
        begun(terminal)
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert b"NOISE" not in terminal.output
        assert b"ZeroDivision" not in terminal.output


# --- being stopped


def test_t09_in_a_shell_a_talk_stops_and_comes_back_with_everything_drawn_and_its_time_gone_on(deck: Path) -> None:
    with Terminal(["/bin/bash", "--norc", "-i"], env={"PS1": "ready> "}) as terminal:
        terminal.wait_for("ready>")
        terminal.write(f"{sys.executable} -m presenter {deck}\n".encode())
        begun(terminal)
        for _ in range(2):
            terminal.press("ctrl+z")
            terminal.wait_for("Stopped")
            left = [mode for mode in terminal.modes_left() if not mode.startswith(("raw mode", "bracketed paste"))]
            assert left == []  # bash has its own line editing
            assert not terminal.shows("beta")
            terminal.write(b"sleep 1.1; echo sle''pt\n")
            terminal.wait_for("slept")
            terminal.write(b"fg\n")
            terminal.wait_for("beta")
            terminal.press("s")
            terminal.wait_for("stopped for 0:0")
            terminal.wait_for("a gap of 0:0")
            terminal.press("s")
            terminal.wait_until(lambda: not terminal.shows("SPEAKER") and not terminal.shows("NOTES"))
        terminal.press("right")
        terminal.wait_for("gamma")
        terminal.twice()
        terminal.wait_for("recorded")
        terminal.write(b"exit\n")
        terminal.wait_exit()


@pytest.mark.parametrize("guardian", [True, False])
def test_t09_stopped_from_outside_the_terminal_is_given_back_and_taken_again(deck: Path, guardian: bool) -> None:
    with present(deck) as terminal:
        begun(terminal)
        program = terminal.program
        # TSTP can be heard; STOP cannot, and only the guardian gives the terminal back then.
        os.kill(terminal.pid if guardian else program, signal.SIGTSTP if guardian else signal.SIGSTOP)
        stopped = os.WSTOPPED | os.WNOWAIT | os.WNOHANG
        terminal.wait_until(lambda: os.waitid(os.P_PID, terminal.pid, stopped) is not None, "sign of a stop")
        terminal.wait_until(lambda: not terminal.modes_left(), "modes off")
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("beta")
        terminal.wait_until(lambda: bool(terminal.modes_left()), "modes on again")
        terminal.press("right")
        terminal.wait_for("gamma")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []


def test_a_stray_sigcont_changes_nothing(deck: Path) -> None:
    with present(deck) as terminal:
        begun(terminal)
        ups = terminal.output.count(ON)
        for _ in range(3):
            os.kill(terminal.program, signal.SIGCONT)
            terminal.signal(signal.SIGCONT)
        terminal.press("right")
        terminal.wait_for("gamma")
        assert terminal.output.count(ON) == ups
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []


# --- sizes, and terminals that do not keep up


def test_t10_in_a_storm_of_sizes_the_last_one_wins(tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(DECK, encoding="utf-8")
    with present(deck) as terminal:
        begun(terminal)
        for number in range(200):
            terminal.resize(*((1, 1), (0, 0), (500, 2), (2, 500))[number % 4])
        terminal.resize(100, 30)
        terminal.wait_for("beta")
        terminal.press("s")
        terminal.wait_for("NOTES")
        terminal.wait_until(lambda: bool(terminal.row(29).strip()), "the last row")
        terminal.press("s")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []
        assert b"Traceback" not in terminal.output


def test_t11_tiny_windows_show_where_the_talk_is(deck: Path) -> None:
    with present(deck, "--speaker") as terminal:
        terminal.wait_for("NOTES")
        terminal.resize(18, 3)
        terminal.wait_for("1/3 0:00")
        terminal.resize(6, 3)
        terminal.wait_until(lambda: terminal.screen == ["1     ", " " * 6, " " * 6], "the number alone")
        terminal.resize(80, 24)
        terminal.wait_for("NOTES")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0


def test_sizes_of_the_environment_do_not_bind_the_window(deck: Path) -> None:
    with present(deck, "--speaker", env={"COLUMNS": "40", "LINES": "10"}) as terminal:
        terminal.wait_until(lambda: terminal.row(23).strip().startswith("PageDown") or "next" in terminal.row(23))
        terminal.write(b"q")
        assert terminal.wait_exit() == 0


def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.yaml"
    rows = "".join(f"  - {{id: s{n}, body: {f'SLIDE-{n:03} ' * 400!r}}}\n" for n in range(1, 121))
    path.write_text(f"title: Many\nslides:\n{rows}", encoding="utf-8")
    return path


def test_t20_while_the_terminal_takes_nothing_the_talk_goes_on_and_then_only_the_newest_slide_is_drawn(
    tmp_path: Path, home: Path
) -> None:
    with present(many(tmp_path), home=home, size=(200, 60)) as terminal:
        terminal.wait_for("SLIDE-001")
        terminal.wait_until(lambda: ON in terminal.output, "the window")
        terminal.press("N")
        terminal.wait_for("SLIDE-002")
        while terminal.read(0.3):
            pass
        before = len(terminal.output)
        # From here on nothing is read. Two keys in turn: one alone would be a held one.
        for number in range(3, 101):
            os.write(terminal.master, key_bytes(("N", "shift+right")[number % 2]))
            until(lambda wanted=f"s{number}": standing_of(home) == wanted, f"slide {number}")  # type: ignore[misc]
        terminal.wait_for("SLIDE-100")
        seen = terminal.output[before:]
        slides = {number for number in range(3, 101) if f"SLIDE-{number:03}".encode() in seen}
        assert 100 in slides
        assert len(slides) < 40
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []


def test_t20_a_talk_whose_terminal_takes_nothing_ends_on_a_signal(tmp_path: Path, home: Path) -> None:
    with present(many(tmp_path), home=home, size=(200, 60)) as terminal:
        terminal.wait_for("SLIDE-001")
        terminal.wait_until(lambda: ON in terminal.output, "the window")
        for number in range(2, 42):
            os.write(terminal.master, key_bytes(("N", "shift+right")[number % 2]))
            until(lambda wanted=f"s{number}": standing_of(home) == wanted, f"slide {number}")  # type: ignore[misc]
        terminal.signal(signal.SIGTERM)
        until(lambda: not terminal.alive, "the end")
        assert terminal.wait_exit() == 143
        assert terminal.modes_left() == []
    assert standing(home)["slide"] == "s41"


def standing_of(home: Path) -> str:
    """Return the slide that is kept; empty as long as nothing is."""
    try:
        return str(standing(home)["slide"])
    except (ValueError, OSError):
        return ""
