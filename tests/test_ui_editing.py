"""The editor in the talk's terminal: whatever it does, the talk comes back to its slide."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from terminal import Terminal, session

PRESENTER = [sys.executable, "-m", "presenter"]
DECK = """\
duration: 20m
sections:
  - {title: First, slides: [{id: one, title: Number one, body: first words}]}
  - include: parts/second.yaml
"""
PART = """\
title: Second
slides:
  - id: two
    title: Number two
    body: second words
  - title: Number three
    body: third words
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    (tmp_path / "talk" / "parts").mkdir(parents=True)
    (tmp_path / "talk" / "parts" / "second.yaml").write_text(PART, encoding="utf-8")
    path = tmp_path / "talk" / "deck.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


def script(folder: Path, text: str, name: str = "vi") -> Path:
    """Write an editor, called like one so that it is told the line."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def present(deck: Path, editor: Path | str, *words: str) -> Terminal:
    environment = {"EDITOR": shlex.quote(str(editor)) if isinstance(editor, Path) else editor, "VISUAL": None}
    return Terminal([*PRESENTER, deck, "--start", "two", *words], env=environment)


def leave(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert terminal.modes_left() == []


def test_the_editor_opens_the_included_file_at_the_line_of_the_slide(deck: Path, tmp_path: Path) -> None:
    editor = script(tmp_path, 'printf "%s|" "$@" > "$(dirname "$0")/told"')
    with present(deck, editor) as terminal:
        terminal.wait_for("second words")
        terminal.press("e")
        terminal.wait_until((tmp_path / "told").exists, "the editor")
        terminal.wait_for("second words")
        leave(terminal)
    part = deck.parent / "parts" / "second.yaml"
    assert (tmp_path / "told").read_text(encoding="utf-8") == f"+3|{part}|"


def test_an_editor_gets_its_own_arguments_and_odd_paths(deck: Path, tmp_path: Path) -> None:
    (tmp_path / "my editors").mkdir()
    editor = script(tmp_path / "my editors", 'printf "%s|" "$@" > "$(dirname "$0")/told"')
    with present(deck, f"{shlex.quote(str(editor))} -u 'no ne'") as terminal:
        terminal.wait_for("second words")
        terminal.press("e")
        told = tmp_path / "my editors" / "told"
        terminal.wait_until(told.exists, "the editor")
        terminal.wait_for("second words")
        leave(terminal)
    assert told.read_text(encoding="utf-8").startswith("-u|no ne|+3|")


def test_a_slide_whose_title_is_edited_is_still_the_slide_one_is_on(deck: Path, tmp_path: Path) -> None:
    editor = script(tmp_path, "sed -i 's/Number three/The third one/' \"$2\"")
    with present(deck, editor) as terminal:
        terminal.wait_for("second words")
        terminal.press("right")
        terminal.wait_for("Number three")
        terminal.press("e")
        terminal.wait_for("The third one")
        terminal.press("s")
        terminal.wait_for("slide 3/3")
        terminal.press("s")
        terminal.twice()
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("number", ["KILL", "TERM", "SEGV"])
def test_an_editor_that_is_killed_leaves_the_talk_as_it_was(deck: Path, tmp_path: Path, number: str) -> None:
    wreck = r"stty raw -echo; printf '\033[?1049h\033[?1003h\033[?2004h\033[?25l'"
    with present(deck, script(tmp_path, f"{wreck}; kill -{number} $$"), "--speaker") as terminal:
        terminal.wait_for("Number two")
        terminal.press("e")
        terminal.wait_for(f"was ended by SIG{number}")
        terminal.press("s")
        terminal.wait_for("second words")
        leave(terminal)


def test_an_editor_that_stops_where_no_shell_is_below_goes_on(deck: Path, tmp_path: Path) -> None:
    # The terminal's only program is the talk: nobody could ever wake a stopped editor.
    editor = script(tmp_path, 'kill -STOP $$; sed -i s/second/edited/ "$2"')
    with present(deck, editor) as terminal:
        terminal.wait_for("second words")
        terminal.press("e")
        terminal.wait_for("edited words")
        leave(terminal)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_an_editor_that_stops_under_a_shell_brings_the_shell_and_fg_brings_it_back(deck: Path, tmp_path: Path) -> None:
    editor = script(tmp_path, 'echo EDITING; kill -TSTP $$; echo WOKEN; read line; sed -i s/second/edited/ "$2"')
    environment = {"EDITOR": str(editor), "VISUAL": None, "PS1": "READY> "}
    with Terminal(["bash", "--norc", "--noprofile", "-i"], env=environment) as terminal:
        terminal.wait_for("READY>")
        command = shlex.join([*PRESENTER, str(deck), "--start", "two"])
        terminal.write(f"{command}\r".encode())
        terminal.wait_for("second words")
        terminal.press("e")
        terminal.wait_for("Stopped")
        terminal.write(b"echo $((6 * 7))\r")
        terminal.wait_for("42")
        terminal.write(b"fg\r")
        terminal.wait_for("WOKEN")
        terminal.press("enter")
        terminal.wait_for("edited words")
        terminal.press("q")
        terminal.wait_until(lambda: [row for row in terminal.screen if row.strip()][-1].strip() == "READY>", "a prompt")
        terminal.write(b"exit\r")
        assert terminal.wait_exit() == 0


def test_time_goes_on_and_changes_are_read_while_the_editor_is_open(deck: Path, tmp_path: Path) -> None:
    editor = script(tmp_path, "echo EDITING; read line; exit 0")
    with present(deck, editor, "--speaker") as terminal:
        terminal.wait_for("Number two")
        terminal.press("t")
        terminal.wait_for("0:01")
        terminal.press("e")
        terminal.wait_for("EDITING")
        deck.write_text(DECK.replace("first words", "other words"), encoding="utf-8")
        opened = time.monotonic()
        terminal.wait_until(lambda: time.monotonic() > opened + 2, "two seconds")
        assert terminal.shows("EDITING")  # nothing is drawn over it
        assert not terminal.shows("Number two")
        terminal.press("enter")
        terminal.wait_for("Number two")
        assert not any(terminal.shows(f" 0:0{seconds} /") for seconds in (0, 1, 2))
        terminal.press("s", "home")
        terminal.wait_for("other words")
        terminal.twice()
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_talk_that_is_ended_takes_its_editor_along(deck: Path, tmp_path: Path, number: signal.Signals) -> None:
    with present(deck, script(tmp_path, "echo EDITING; read line")) as terminal:
        terminal.wait_for("second words")
        terminal.press("e")
        terminal.wait_for("EDITING")
        terminal.signal(number)
        assert terminal.wait_exit() == 128 + number
        assert terminal.modes_left() == []
        assert session(terminal.pid) == []


@pytest.mark.skipif(shutil.which("vim") is None, reason="no vim here")
def test_vim_for_real(deck: Path) -> None:
    with present(deck, "vim -u NONE --cmd 'set shortmess=aFITO'") as terminal:
        terminal.wait_for("second words")
        terminal.press("e")
        terminal.wait_for("title: Second")
        terminal.write(b":s/two/vimmed/\r:wq\r")
        terminal.wait_for("━━━")
        leave(terminal)
    assert "id: vimmed" in (deck.parent / "parts" / "second.yaml").read_text(encoding="utf-8")
