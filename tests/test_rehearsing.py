"""Rehearsals from end to end: the bundled talk on a fast clock, three times, and what comes of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from presenter.deck.load import load_deck
from presenter.deck.model import Deck
from terminal import Terminal

ROOT = Path(__file__).resolve().parents[1]
TALK = ROOT / "decks" / "inside-pictures"
FAST = {"PRESENTER_CLOCK_SPEED": "400"}
SHORT = """\
title: Short
duration: 2m
slides:
  - {id: one, title: One, body: First words., time: 1m, notes: "Begin. [pause 3s] Go on."}
  - {id: two, title: Two, time: 30s, points: [a, b], reveal: true}
  - {id: three, title: Three, body: Last words., time: 30s}
"""


def presenter(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command that needs no window, with the runs of that home."""
    environment = {**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home / ".state")}
    environment["XDG_CONFIG_HOME"] = str(home / ".config")
    command = [sys.executable, "-m", "presenter", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def rehearse(deck: Path, home: Path, slow: str, seconds: float) -> str:
    """Go through a talk as fast as it draws, and stay on one slide; return what is printed at the end."""
    talk = load_deck(deck)
    number = talk.slides[talk.index[slow]].label
    many = len(talk.main)
    with Terminal([sys.executable, "-m", "presenter", "rehearse", deck], env=FAST, home=home) as terminal:
        terminal.wait_for(f"slide 1/{many}")
        terminal.press("t")
        terminal.wait_until(lambda: not terminal.shows("not started"))
        for place in range(2, many + 1):
            terminal.press(("N", "shift+right")[place % 2])  # one key pressed this quickly would be a held one
            terminal.wait_for(f"slide {place}/{many}")
            if str(place) == number:
                terminal.press("m")
                terminal.wait_until(lambda: spent(terminal) >= seconds, "time on the slide")
        terminal.press("t")  # while the timer runs q asks for a second one, whose time is over at once on this clock
        terminal.wait_for("paused")
        terminal.press("q")
        terminal.wait_for("Where the time went")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []
        return terminal.output.decode(errors="replace").rpartition("\x1b[?1049l")[2]


def spent(terminal: Terminal) -> float:
    """Return how long the slide has taken over what was planned for it."""
    left = next(row for row in terminal.screen if "this slide" in row).split("this slide ")[1].split()[0]
    minutes, _, seconds = left.lstrip("-").partition(":")
    return (60 * int(minutes) + int(seconds)) * (1 if left.startswith("-") else -1)


def explicit(deck: Deck) -> dict[str, int]:
    return {slide.id: int(slide.layout.time) for slide in deck.slides if slide.layout.time is not None}


def test_the_bundled_talk_is_rehearsed_three_times_and_gets_its_times(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "talk"
    shutil.copytree(TALK, folder)
    deck = folder / "deck.yaml"
    slow = "market"
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    for _ in range(3):
        printed = rehearse(deck, home, slow, 200)
        assert "rehearsal of" in printed
        assert "longest over their plan" in printed
        assert "marked at" in printed

    found: dict[str, Any] = json.loads(presenter(home, "runs", deck, "--compare", "--json").stdout)
    rows = {row["id"]: row for row in found["slides"]}
    assert len(found["runs"]) == 3
    assert rows[slow]["runs_over"]
    assert rows[slow]["n"] == 3
    assert rows[slow]["median"] >= rows[slow]["plan"] + 200
    assert "RUNS OVER" in next(
        line for line in presenter(home, "runs", deck, "--compare").stdout.splitlines() if "RUNS OVER" in line
    )

    shown = presenter(home, "times", deck)
    assert shown.returncode == 0
    assert {path: path.read_bytes() for path in before} == before
    written = presenter(home, "times", deck, "--write", "--only", slow)
    assert written.returncode == 0, written.stderr
    changed = [path for path in before if path.read_bytes() != before[path]]
    assert len(changed) == 1
    old, new = before[changed[0]].decode().splitlines(), changed[0].read_text(encoding="utf-8").splitlines()
    assert [line for line in new if line not in old] == [line for line in new if "time:" in line and line not in old]
    assert explicit(load_deck(deck))[slow] == rows[slow]["suggestion"]
    assert explicit(load_deck(deck)).items() - explicit(load_deck(TALK)).items() == {(slow, rows[slow]["suggestion"])}


def test_a_talk_that_was_killed_goes_on_where_it_was(tmp_path: Path, home: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(SHORT, encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "presenter", deck, "--speaker"]
    with Terminal(command, home=home, env=FAST) as terminal:
        terminal.wait_for("slide 1/3")
        terminal.press("right", "right")
        terminal.wait_for("step 2/2")
        terminal.press("t")
        terminal.wait_for("paused")
        stood = elapsed(terminal)
        os.kill(terminal.program, signal.SIGKILL)
        assert terminal.wait_exit() == 137
    with Terminal(command, home=home, env=FAST) as terminal:
        terminal.wait_for(f"c: resume at slide 2 step 2, {stood}, paused")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
    with Terminal([*command, "--resume"], home=home, env=FAST) as terminal:
        terminal.wait_for("step 2/2")
        terminal.wait_for("paused")
        assert elapsed(terminal) == stood
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
    assert len(json.loads(presenter(home, "runs", deck, "--json").stdout)) == 1
    with Terminal([*command, "--resume"], home=home) as terminal:
        terminal.wait_for("no talk broke off")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0


def elapsed(terminal: Terminal) -> str:
    return next(row for row in terminal.screen if " / 2:00" in row).split(" / 2:00")[0].split()[-1]


@pytest.mark.parametrize("trouble", ["file", "link"])
def test_s05_a_state_folder_that_cannot_be_used_is_one_line_and_the_talk_goes_on(
    tmp_path: Path, home: Path, trouble: str
) -> None:
    deck, state = tmp_path / "deck.yaml", home / ".state"
    deck.write_text(SHORT, encoding="utf-8")
    state.mkdir()
    if trouble == "file":
        (state / "presenter").write_text("not a folder")
    else:
        (tmp_path / "elsewhere").mkdir()
        (state / "presenter").symlink_to(tmp_path / "elsewhere")
    with Terminal([sys.executable, "-m", "presenter", "rehearse", deck], home=home, size=(120, 36)) as terminal:
        terminal.wait_for("this run is not recorded")
        terminal.press("right", "right", "right")
        terminal.wait_for("slide 3/3")
        terminal.twice()
        terminal.wait_for("Where the time went")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
    assert not list(tmp_path.rglob("*.jsonl"))


def test_s04_without_a_home_that_can_be_written_the_talk_goes_on_and_one_line_says_so(tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(SHORT, encoding="utf-8")
    nowhere = dict.fromkeys(("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"))
    command: list[str | Path] = [sys.executable, "-m", "presenter", "rehearse", deck]
    with Terminal(command, env={**nowhere, "HOME": "/dev/null/nobody"}, size=(120, 36)) as terminal:
        terminal.wait_for("this run is not recorded")
        terminal.press("right", "right", "+")
        terminal.wait_for("size 3")
        terminal.twice()
        terminal.wait_for("Where the time went")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
    assert terminal.output.decode(errors="replace").count("presenter: this run is not recorded") == 1


def test_nothing_is_recorded_when_that_is_not_wanted_or_the_timer_never_ran(tmp_path: Path, home: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(SHORT, encoding="utf-8")
    for keys, option in ((b"", "--speaker"), (b"l", "--no-log")):
        with Terminal(
            [sys.executable, "-m", "presenter", deck, option, "--no-reload"], home=home, size=(120, 36)
        ) as terminal:
            terminal.wait_for("First words.")
            terminal.write(keys)
            terminal.twice()
            assert terminal.wait_exit() == 0
    assert not list(home.rglob("*.jsonl"))
    with Terminal([sys.executable, "-m", "presenter", deck], home=home) as terminal:
        terminal.wait_for("First words.")
        terminal.write(b"l")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert "recorded" in terminal.output.decode()
    assert len(list(home.rglob("*.jsonl"))) == 1


def test_an_ignite_rehearsal_goes_on_by_itself_and_a_kiosk_goes_round(tmp_path: Path, home: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(SHORT, encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "presenter", "rehearse", deck, "--auto"]
    with Terminal(command, home=home, env={"PRESENTER_CLOCK_SPEED": "60"}) as terminal:
        terminal.wait_for("Where the time went")  # by itself, after the last slide
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
    run = json.loads(presenter(home, "runs", deck, "--report", "--json").stdout)
    took = {line["slide"]: line["this"] for part in run["sections"] for line in part["slides"]}
    assert took["one"] == pytest.approx(60, abs=0.1)
    assert took["two"] == pytest.approx(30, abs=0.1)
    deck.write_text("auto: true\n" + SHORT, encoding="utf-8")
    command = [sys.executable, "-m", "presenter", deck]
    with Terminal(command, home=home, env={"PRESENTER_CLOCK_SPEED": "25"}) as terminal:
        terminal.wait_for("Last words.")
        terminal.wait_for("First words.")
        terminal.twice()
        assert terminal.wait_exit() == 0
    assert len(list(home.rglob("*.jsonl"))) == 1


@pytest.mark.parametrize(
    ("options", "keys", "rings"), [(["--bell"], b"", True), ([], b"", False), (["--bell"], b"s", False)]
)
def test_an_alert_rings_only_where_it_is_wanted_and_only_for_the_speaker(
    tmp_path: Path, home: Path, options: list[str], keys: bytes, rings: bool
) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(SHORT, encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "presenter", "rehearse", deck, "--auto", *options]
    with Terminal(command, home=home, size=(120, 36), env={"PRESENTER_CLOCK_SPEED": "60"}) as terminal:
        before = len(terminal.output)
        terminal.write(keys)
        terminal.wait_for("Where the time went")
        heard = terminal.output[before:].count(b"\a")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
    assert (heard > 0) == rings


def test_notes_are_as_large_as_they_were_wanted_in_a_terminal_of_that_size(tmp_path: Path, home: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(SHORT, encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "presenter", deck, "--no-reload"]
    with Terminal([*command, "--speaker"], home=home) as terminal:
        terminal.wait_for("size 2")
        terminal.press("+")
        terminal.wait_for("size 3")
        terminal.resize(120, 36)
        terminal.wait_for("elapsed")
        terminal.press("-", "-")
        terminal.wait_for("size 1")
        terminal.resize(80, 24)
        terminal.wait_for("size 3")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
    with Terminal(command, home=home) as terminal:
        terminal.wait_for("First words.")
        terminal.press("s")
        terminal.wait_for("size 3")
        terminal.resize(120, 36)
        terminal.wait_for("size 1")
        terminal.write(b"q")
        assert terminal.wait_exit() == 0
