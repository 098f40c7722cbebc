"""Standard streams that are closed, full, or read by somebody who goes away: clear words and the right exit code."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

DECK = "title: T\nslides:\n" + "".join(f"- {{title: Slide {number}}}\n" for number in range(300))
PRINTING = [
    "check DECK",
    "show DECK --outline",
    "show DECK",
    "plan DECK",
    "layouts",
    "themes",
    "keys",
    "schema",
    "--help",
]
FULL = "the output cannot be written: no space left on device"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("streams") / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


def shell(deck: Path, command: str) -> subprocess.CompletedProcess[str]:
    words = command.replace("presenter", f"'{sys.executable}' -m presenter").replace("DECK", f"'{deck}'")
    done = subprocess.run(
        ["/bin/bash", "-c", words], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    for text in (done.stdout, done.stderr):
        assert "Traceback" not in text
        assert "Exception ignored" not in text
        assert "crash.log" not in text
    return done


@pytest.mark.parametrize("command", PRINTING)
def test_output_that_cannot_be_written_is_told_and_ends_with_1(deck: Path, command: str) -> None:
    full = shell(deck, f"presenter {command} >/dev/full")
    assert (full.returncode, FULL in full.stderr) == (1, True)
    closed = shell(deck, f"presenter {command} >&-")
    assert closed.returncode == 1
    assert "the output cannot be written: it is closed" in closed.stderr


@pytest.mark.parametrize("command", PRINTING)
def test_a_reader_that_goes_away_is_no_failure(deck: Path, command: str) -> None:
    done = shell(deck, f"presenter {command} | head -c 1; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", PRINTING)
def test_closed_input_or_errors_change_nothing(deck: Path, command: str) -> None:
    usual = shell(deck, f"presenter {command}").stdout
    for closed in ("<&-", "2>&-", "2>/dev/full", "<&- 2>&-"):
        done = shell(deck, f"presenter {command} {closed}")
        assert (done.returncode, done.stdout) == (0, usual)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"])
def test_a_window_without_a_terminal_is_wrong_usage(deck: Path, closed: str) -> None:
    done = shell(deck, f"presenter DECK {closed} </dev/null" if "<" not in closed else f"presenter DECK {closed}")
    assert done.returncode == 2


def test_errors_of_usage_keep_their_code_whatever_the_streams(deck: Path) -> None:
    for closed in ("", "2>&-", "2>/dev/full", ">&-"):
        assert shell(deck, f"presenter show none.yaml {closed}").returncode == 2
        assert shell(deck, f"presenter show --nonsense {closed}").returncode == 2


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1])
def test_ctrl_c_at_once_leaves_no_traceback(deck: Path, delay: float) -> None:
    command = [sys.executable, "-c", "from presenter.__main__ import main; print(1, flush=True); main()"]
    process = subprocess.Popen(
        [*command, "check", str(deck), "--watch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)  # anywhere in its first moments
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert process.returncode in (0, 1, 130)
