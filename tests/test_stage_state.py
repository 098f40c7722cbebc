"""What is kept of a talk, and going on with one that broke off: cases S04, S05, S12 and T19 from end to end."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from killing import kill_and_resume
from presenter.session.bindings import Bindings
from presenter.session.commands import BY_NAME, act
from presenter.session.resume import OFFER_SECONDS, InterruptedTalk
from presenter.session.state import Outline, Position, State
from presenter.session.timer import offer_expired, take_up
from presenter.timing.time_log import TimeLog
from terminal import Terminal

DECK = """\
title: A talk
slides:
  - {id: hello, title: Hello, body: Welcome everybody., notes: SECRET-one}
  - {id: steps, title: Steps, points: [alpha, beta, gamma], reveal: true, notes: [SECRET-a, SECRET-b, SECRET-c]}
  - {id: end, title: Thank you, body: Questions?, notes: SECRET-two}
"""
OFFER = re.compile(r"c: resume at slide 2 step 2, \d+:\d\d \+ \d+:\d\d gap")


def present(
    deck: Path,
    home: Path | None,
    *options: str,
    env: dict[str, str | None] | None = None,
    size: tuple[int, int] = (80, 24),
) -> Terminal:
    return Terminal([sys.executable, "-m", "presenter", deck, *options], home=home, env=env, size=size)


def broken_off(deck: Path, home: Path) -> None:
    """Leave a talk at the second step of the second slide."""
    with present(deck, home) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.wait_until(lambda: b"\x1b[?2004h" in terminal.output, "the window")
        terminal.press("right")
        terminal.wait_for("alpha")
        terminal.press("right")
        terminal.wait_for("beta")
        os.kill(terminal.program, signal.SIGKILL)
        assert terminal.wait_exit() == 137


def offered(terminal: Terminal) -> bool:
    return any(OFFER.search(row) for row in terminal.screen)


def leave(terminal: Terminal) -> None:
    terminal.twice()
    assert terminal.wait_exit() == 0
    assert terminal.modes_left() == []


def test_t19_a_talk_that_broke_off_is_offered_and_one_key_goes_on_with_it(deck: Path, home: Path) -> None:
    broken_off(deck, home)
    with present(deck, home) as terminal:
        terminal.wait_until(lambda: offered(terminal), "the offer")
        assert OFFER.search(terminal.row(-1))
        assert terminal.shows("Welcome everybody.")
        # Of a gap of a second nobody knows whether it was one.
        terminal.wait_until(lambda: re.search(r"\+ 0:(0[2-9]|[1-5]\d) gap", terminal.row(-1)) is not None, "a gap")
        terminal.press("c")
        terminal.wait_for("beta")
        assert not offered(terminal)
        terminal.press("s")
        terminal.wait_for("the talk goes on: slide 2 step 2")
        terminal.wait_for("a gap of 0:")
        leave(terminal)
    with present(deck, home, "--speaker") as terminal:
        terminal.wait_for("SECRET-one")
        terminal.press("m")
        terminal.wait_for("the timer has not started")
        assert not offered(terminal)
        terminal.press("c")
        terminal.wait_for("there is no talk that broke off")
        leave(terminal)


def test_t19_any_other_key_begins_anew_and_the_key_still_goes_on_for_a_while(deck: Path, home: Path) -> None:
    broken_off(deck, home)
    with present(deck, home) as terminal:
        terminal.wait_until(lambda: offered(terminal), "the offer")
        terminal.press("right")
        terminal.wait_for("alpha")
        terminal.wait_until(lambda: not offered(terminal), "the audience's screen without the offer")
        terminal.press("s")
        terminal.wait_until(lambda: offered(terminal), "the offer in the speaker view")
        terminal.press("c")
        terminal.wait_for("SECRET-b")
        leave(terminal)


def test_fresh_offers_nothing_and_resume_asks_nothing(deck: Path, home: Path) -> None:
    broken_off(deck, home)
    with present(deck, home, "--resume") as terminal:
        terminal.press("s")  # heard by the window, which hears signals then, too
        terminal.wait_for("SECRET-b")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert terminal.shows("go on with:")
    with present(deck, home, "--fresh", "--speaker") as terminal:
        terminal.wait_for("SECRET-one")
        terminal.press("c")
        terminal.wait_for("there is no talk that broke off")
        assert not offered(terminal)
        leave(terminal)
    with present(deck, home, "--fresh", "--resume") as terminal:
        assert terminal.wait_exit() == 2
        assert b"write one of them" in b" ".join(terminal.output.split())


def test_killed_at_random_it_goes_on_where_it_was(tmp_path: Path) -> None:
    assert kill_and_resume(tmp_path, times=5, seed=2) == 5


@pytest.mark.parametrize(
    "env",
    [
        {"HOME": "/proc/nowhere", "XDG_STATE_HOME": None},
        {"HOME": "/proc/nowhere", "XDG_STATE_HOME": "/proc/nowhere/state"},
        {"XDG_STATE_HOME": "/dev/null"},
    ],
)
def test_s04_s05_without_a_folder_that_can_be_used_the_talk_is_given_and_one_line_says_so(
    deck: Path, home: Path, env: dict[str, str | None]
) -> None:
    with present(deck, home, "--speaker", env=env) as terminal:
        terminal.wait_for("SECRET-one")
        terminal.press("right", "right")
        terminal.wait_for("SECRET-b")
        terminal.wait_until(lambda: terminal.shows("cannot be taken up") or terminal.shows("is not recorded"))
        leave(terminal)


@pytest.mark.parametrize("kind", ["file", "link", "link to nowhere"])
def test_s05_a_state_folder_that_is_none_is_not_followed(deck: Path, home: Path, tmp_path: Path, kind: str) -> None:
    state, elsewhere = home / ".state" / "presenter", tmp_path / "elsewhere"
    state.parent.mkdir()
    elsewhere.mkdir()
    if kind == "file":
        state.write_text("mine", encoding="utf-8")
    else:
        state.symlink_to(elsewhere if kind == "link" else tmp_path / "nowhere")
    with present(deck, home, "--speaker", size=(200, 40)) as terminal:
        terminal.wait_for("SECRET-one")
        terminal.press("right", "right")
        terminal.wait_for("remove it")
        leave(terminal)
    assert list(elsewhere.iterdir()) == []
    assert kind != "file" or state.read_text(encoding="utf-8") == "mine"


def test_s12_notes_are_nowhere_in_what_an_audience_window_writes(deck: Path, home: Path) -> None:
    with present(deck, home) as terminal:
        terminal.wait_for("Welcome everybody.")
        for key, words in (("right", "alpha"), ("l", "beta"), ("j", "gamma"), ("n", "Questions?")):
            terminal.press(key)
            terminal.wait_for(words)
        terminal.press("o")
        terminal.wait_for("Steps")
        terminal.press("esc")
        terminal.wait_until(lambda: terminal.shows("Questions?") and not terminal.shows("Steps"))
        leave(terminal)
        assert b"SECRET" not in terminal.output


# --- the offer as a value

OUTLINE = Outline(("a", "b", "c"), ("1", "2", "A1"), (1, 3, 1), ("main", "main", "appendix"))
LEFT = InterruptedTalk("b", 1, 754.0, 70.0, 1000.0, True, TimeLog(slide="b", since=700.0), "run.jsonl")  # noqa: FBT003  its fields in order


def test_the_offer_says_slide_step_time_and_gap() -> None:
    assert LEFT.words(OUTLINE, 1000.0) == "slide 2 step 2, 12:34 + 1:10 gap"
    assert LEFT.words(OUTLINE, 1005.0) == "slide 2 step 2, 12:34 + 1:15 gap"
    paused = InterruptedTalk("c", 0, 5.0, 0.0, 1000.0, False, TimeLog())  # noqa: FBT003  as above
    assert paused.words(OUTLINE, 2000.0) == "slide A1, 0:05, paused"
    gone = InterruptedTalk("gone", 0, 5.0, 1.0, 1000.0, True, TimeLog())  # noqa: FBT003  as above
    assert gone.words(OUTLINE, 1000.0) == "where its slide was, 0:05 + 0:01 gap"


def test_going_on_counts_the_gap_and_it_can_be_taken_out() -> None:
    state = act(BY_NAME["resume"], State(left=LEFT, left_seen=True), OUTLINE, 1030.0)
    assert (state.at, state.left, state.left_seen) == (Position(1, 1), None, False)
    assert state.timer.elapsed(1030.0) == 854.0
    assert state.timer.elapsed(1040.0) == 864.0
    assert act(BY_NAME["wake"], state, OUTLINE, 1040.0).timer.elapsed(1040.0) == 765.0, (
        "a second of the gap may have been spoken"
    )


def test_a_slide_that_has_left_the_deck_leaves_the_talk_where_it_is() -> None:
    left = InterruptedTalk("gone", 9, 10.0, 0.0, 1000.0, False, TimeLog())  # noqa: FBT003  as above
    state = take_up(State(at=Position(1), left=left), OUTLINE, 1000.0)
    assert (state.at, state.timer.elapsed(5000.0), state.timer.running) == (Position(1), 10.0, False)


def test_the_offer_goes_when_a_new_talk_is_well_under_way() -> None:
    state = act(BY_NAME["next"], State(left=LEFT, left_seen=True), OUTLINE, 1000.0)
    assert state.left is LEFT
    assert not state.left_seen
    assert not offer_expired(state, 1000.0 + OFFER_SECONDS)
    assert offer_expired(state, 1001.0 + OFFER_SECONDS)
    assert not offer_expired(State(left=LEFT), 9e9)


def test_no_key_of_the_window_is_taken_by_the_offer() -> None:
    bindings = Bindings()
    commands = {
        bindings.find(key, None, State(left=LEFT, left_seen=True), 0.0) for key in ("pagedown", "space", "q", "b")
    }
    assert commands == {BY_NAME[name] for name in ("next", "quit", "black")}
