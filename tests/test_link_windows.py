"""Two and more windows of one talk, as real processes on real terminals."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal import Terminal
from windows import Stage

DECK = """\
title: A talk
duration: 20m
variants: {short: {title: In short, only: [steps, knee]}}
slides:
  - {id: hello, title: Hello, body: Welcome everybody., notes: Smile before the first word.}
  - {id: steps, title: Three steps, points: [alpha, beta, gamma], reveal: true, notes: [say one, say two, say three]}
  - {id: knee, title: The knee, body: It lies at 64 kB., notes: A secret about the cache.}
  - {id: film, title: A film, body: Look at this., notes: Do not talk.}
  - {id: end, title: Thank you, body: Questions?, notes: Drink.}
"""
NOTES = (b"Smile before", b"say one", b"A secret", b"Do not talk", b"Drink.")


@pytest.fixture
def stage() -> Iterator[Stage]:
    with Stage() as made:
        yield made


@pytest.fixture
def pair(stage: Stage, deck: Path) -> tuple[Terminal, Terminal]:
    return stage.audience(deck, shows="Welcome"), stage.speaker()


def no_notes(window: Terminal) -> bool:
    window.read(0)
    return not any(words in window.output for words in NOTES)


def kill(window: Terminal) -> None:
    os.kill(window.program, signal.SIGKILL)
    window.wait_exit()


def clock(window: Terminal) -> float:
    """Read the elapsed time of a speaker view, in seconds."""
    found = next(match for row in window.screen if (match := re.search(r"(\d+):(\d\d) elapsed", row)))
    return int(found[1]) * 60 + int(found[2])


def test_either_window_drives_with_the_same_keys_and_notes_stay_in_one(pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    assert speaker.shows("Smile before")
    speaker.press("pagedown")
    audience.wait_for("alpha")
    speaker.wait_for("say one")
    audience.press("pagedown")
    audience.wait_for("beta")
    speaker.wait_for("say two")
    speaker.press("4", "enter")
    audience.wait_for("Look at this.")
    speaker.press("'")
    audience.wait_for("beta")
    audience.press("G")
    speaker.wait_for("Drink.")
    speaker.press("o")
    speaker.wait_for("Three steps")
    speaker.press("g", "enter")
    audience.wait_for("Welcome")
    speaker.press("/", *"64", "enter")
    audience.wait_for("It lies at")
    speaker.press("esc")
    speaker.wait_until(lambda: not speaker.shows("hit 1/1"))
    speaker.press("+", "]", "v", "?")
    speaker.wait_for("Speak")
    assert no_notes(audience)
    assert b"\x07" not in audience.output + speaker.output


def test_black_is_for_the_audience_and_a_jump_can_be_prepared_in_the_dark(pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    speaker.press("b")
    audience.wait_until(lambda: not any(row.strip() for row in audience.screen), "black")
    speaker.wait_for("BLACK SCREEN")
    speaker.press("+", ":", *"film", "enter")
    speaker.wait_for("Do not talk.")
    speaker.wait_for("BLACK SCREEN")
    assert not any(row.strip() for row in audience.screen)
    speaker.press("b")
    audience.wait_for("Look at this.")


def test_frozen_the_audience_keeps_its_slide_while_the_speaker_looks_around(pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    speaker.press("f")
    speaker.wait_for("FROZEN at 1")
    speaker.press("N", "N")
    speaker.wait_for("A secret")
    audience.read(0.2)
    assert audience.shows("Welcome")
    speaker.press("f")
    speaker.wait_for("Smile before")
    assert audience.shows("Welcome")
    audience.press("f", "N")
    speaker.wait_for("say one")
    speaker.wait_for("FROZEN at 1")
    speaker.press("esc")
    speaker.wait_for("Smile before")


def test_swapping_changes_the_roles_and_back(pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    speaker.press("S")
    audience.wait_for("SPEAKER ● 2")
    assert audience.shows("Smile before")
    speaker.wait_until(lambda: speaker.shows("Welcome") and not speaker.shows("Smile"))
    audience.press("pagedown")
    speaker.wait_for("alpha")
    audience.wait_for("say one")
    audience.press("S")
    audience.wait_until(lambda: audience.shows("alpha") and not audience.shows("say one"))
    speaker.wait_for("say one")


def test_a_window_that_swapped_and_went_is_replaced_by_slides_and_not_by_notes(
    stage: Stage, pair: tuple[Terminal, Terminal]
) -> None:
    audience, speaker = pair
    speaker.press("S")
    audience.wait_for("SPEAKER ● 2")
    speaker.wait_until(lambda: speaker.shows("Welcome") and not speaker.shows("Smile"))
    kill(speaker)
    audience.wait_for("audience window gone")
    again = stage.open("speaker")
    again.wait_for("Welcome")
    audience.wait_for("SPEAKER ● 2")
    assert no_notes(again)


def test_notes_are_not_shown_to_the_audience_by_a_slip(pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    audience.press("s")
    speaker.wait_for("the notes stay in the speaker window; S swaps")
    assert no_notes(audience)
    kill(speaker)
    audience.press("s")
    audience.wait_for("Smile before")


def test_killing_the_speaker_window_changes_nothing_for_the_audience(
    stage: Stage, pair: tuple[Terminal, Terminal]
) -> None:
    audience, speaker = pair
    second = stage.speaker(size=(80, 24))
    second.wait_for("● 3")
    while audience.read(0.3):
        pass
    written = len(audience.output)
    kill(speaker)
    second.wait_for("speaker window gone")
    while audience.read(0.3):
        pass
    assert len(audience.output) == written
    second.press("right")
    audience.wait_for("alpha")


def test_killing_the_audience_window_leaves_the_speaker_with_everything_and_it_can_put_it_back(
    stage: Stage, deck: Path, pair: tuple[Terminal, Terminal]
) -> None:
    audience, speaker = pair
    speaker.press("pagedown", "f5")
    audience.wait_for("alpha")
    kill(audience)
    speaker.wait_for("audience window gone 0:0")
    row = next(y for y, row in enumerate(speaker.screen) if "audience window gone" in row)
    column = speaker.row(row).index("audience window gone")
    assert speaker.style_at(column, row).bold
    speaker.press("pagedown")
    speaker.wait_for("say two")
    before = clock(speaker)
    speaker.wait_until(lambda: clock(speaker) > before, "the time going on")
    again = stage.audience(deck, shows="Welcome")
    speaker.wait_for("y puts it back to slide 2, 0:0")
    assert speaker.shows("Smile before")
    speaker.press("y")
    again.wait_for("beta")
    speaker.wait_for("say two")
    assert clock(speaker) >= before
    assert not speaker.shows("began anew")
    assert no_notes(again)
    again.twice()
    assert again.wait_exit() == 0


def test_a_window_that_comes_late_is_there_at_once_with_the_true_time(stage: Stage, deck: Path) -> None:
    audience = stage.audience(deck, "--start", "steps", shows="alpha")
    audience.press("pagedown")
    audience.wait_for("beta")
    end = time.monotonic() + 2.2
    while time.monotonic() < end:
        audience.read(0.1)
    late = stage.open("speaker", deck)
    late.wait_for("say two")
    assert clock(late) >= 2
    assert re.search(rb"0:0[0-1] ", late.output) is None


def test_keys_pressed_while_the_window_loads_are_not_lost(stage: Stage, deck: Path) -> None:
    audience = stage.audience(deck, shows="Welcome")
    late = stage.open("speaker")
    late.wait_for("Smile before")
    late.press("pagedown")
    audience.wait_for("alpha")


def test_a_talk_that_was_ended_says_so_and_one_press_closes_the_other_window(pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    audience.press("right")
    speaker.wait_for("say one")
    audience.twice()
    assert audience.wait_exit() == 0
    speaker.wait_for("the talk has ended")
    speaker.press("q")
    assert speaker.wait_exit() == 0
    assert speaker.modes_left() == []


def test_the_speaker_window_closes_without_a_word_when_it_is_quit(
    stage: Stage, pair: tuple[Terminal, Terminal]
) -> None:
    audience, speaker = pair
    second = stage.speaker()
    speaker.press("q")
    assert speaker.wait_exit() == 0
    second.wait_for("● 2")
    assert not second.shows("gone")
    assert audience.alive


def test_decks_that_differ_are_followed_by_the_slides_ids(stage: Stage, deck: Path) -> None:
    audience = stage.audience(deck, "--no-reload", shows="Welcome")
    deck.write_text(DECK.replace("  - {id: knee", "  - {id: new, title: New}\n  - {id: knee"), encoding="utf-8")
    speaker = stage.speaker()
    speaker.wait_for("deck differs; r reads it again")
    speaker.press("5", "enter")
    audience.wait_for("Look at this.")
    speaker.wait_for("Do not talk.")
    audience.press("r")
    speaker.wait_until(lambda: not speaker.shows("deck differs"))


def test_a_saved_deck_is_shown_in_both_and_a_broken_one_is_told_to_the_speaker_only(
    deck: Path, pair: tuple[Terminal, Terminal]
) -> None:
    audience, speaker = pair
    deck.write_text(DECK.replace("Welcome everybody.", "Good evening."), encoding="utf-8")
    audience.wait_for("Good evening.")
    speaker.wait_for("Good evening.")
    deck.write_text(DECK.replace("title: A talk", "titel: A talk"), encoding="utf-8")
    speaker.wait_for("deck.yaml:1 error")
    assert audience.shows("Good evening.")
    assert b"error" not in audience.output


def test_a_speaker_window_joins_while_the_deck_is_broken_and_fills_when_it_is_mended(stage: Stage, deck: Path) -> None:
    audience = stage.audience(deck, shows="Welcome")
    deck.write_text(DECK.replace("title: A talk", "titel: A talk"), encoding="utf-8")
    # A deck that is named needs no reading either.
    speaker, named = stage.open("speaker", size=(160, 45)), stage.open("speaker", deck, size=(160, 45))
    for window in (speaker, named):
        window.wait_for("deck.yaml:1")
        window.wait_for("SPEAKER ● 3")
    speaker.press("right")
    audience.wait_for("alpha")
    deck.write_text(DECK, encoding="utf-8")
    speaker.wait_for("say one")


def test_a_speaker_window_of_a_variant_has_its_slides_and_its_runs_are_named(stage: Stage, deck: Path) -> None:
    audience = stage.audience(deck, "--variant", "short", shows="alpha")
    speaker = stage.speaker()
    speaker.wait_for("slide 1/2  step 1/3")
    assert speaker.shows("say one")
    speaker.press("N")
    audience.wait_for("It lies at 64 kB.")
    audience.twice()
    assert audience.wait_exit() == 0
    assert b"`presenter runs DECK --variant short --report`" in audience.output


def test_two_decks_are_two_talks_and_the_speaker_chooses(stage: Stage, deck: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("title: Another\nslides: [{title: Elsewhere, body: over there, notes: hush}]\n", encoding="utf-8")
    stage.audience(deck, shows="Welcome")
    second = stage.audience(other, shows="over there")
    assert len(stage.sockets()) == 2
    speaker = stage.open("speaker")
    speaker.wait_for("Which one")
    assert speaker.shows("2 talks are running:")
    number = next(row.split()[0] for row in speaker.screen if "Another, slide 1" in row)
    speaker.write(f"{number}\r".encode())
    speaker.wait_for("hush")
    named = stage.speaker(deck)
    assert named.shows("Smile before")
    second.twice()
    assert second.wait_exit() == 0
    assert len(stage.sockets()) == 1


def test_the_same_deck_again_offers_to_join_or_a_talk_of_its_own(stage: Stage, deck: Path) -> None:
    stage.audience(deck, shows="Welcome")
    again = stage.open(deck)
    again.wait_for("[j] join it")
    again.press("j")
    again.wait_for("SPEAKER ● 2")
    another = stage.open(deck)
    another.wait_for("[n] a talk of its own")
    another.press("n")
    another.wait_for("Welcome")
    stage.until(another, lambda: stage.alive() == 2)
    third = stage.open(deck, "--new")
    third.wait_for("Welcome")
    stage.until(third, lambda: stage.alive() == 3)
    leaving = stage.open(deck)
    leaving.wait_for("[q] leave")
    leaving.press("q")
    assert leaving.wait_exit() == 0


def test_without_a_talk_there_is_help_and_it_can_be_waited_for(stage: Stage, deck: Path) -> None:
    alone = stage.open("speaker")
    assert alone.wait_exit() == 1
    assert alone.shows("no talk is running; start it with `presenter DECK`")
    named = stage.open("speaker", deck)
    assert named.wait_exit() == 1
    assert "start it with `presenter" in "".join(named.screen)
    waiting = stage.open("speaker", "--wait", deck)
    waiting.wait_for("waiting for the talk")
    audience = stage.audience(deck, shows="Welcome")
    waiting.wait_for("SPEAKER ● ")
    waiting.press("right")
    audience.wait_for("alpha")


def test_a_socket_left_behind_is_taken_over(stage: Stage, deck: Path) -> None:
    first = stage.audience(deck, shows="Welcome")
    kill(first)
    assert len(stage.sockets()) == 1
    stage.audience(deck, shows="Welcome")
    assert len(stage.sockets()) == 1
    assert stage.speaker().shows("Smile before")


def test_an_audience_window_that_is_stopped_is_told(pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    os.kill(audience.program, signal.SIGSTOP)
    speaker.press("right")
    speaker.wait_for("say one")
    speaker.wait_for("the audience window does not answer 0:0")
    os.killpg(os.getpgid(audience.pid), signal.SIGCONT)
    audience.wait_for("alpha")
    speaker.wait_until(lambda: not speaker.shows("does not answer"))


def test_a_terminal_that_takes_nothing_in_stops_neither_the_talk_nor_its_windows(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    slides = (f"  - {{title: Slide, body: 'number {n} of many {str(n) * 1200}'}}\n" for n in range(1, 62))
    path.write_text("title: Long\nduration: 9m\nslides:\n" + "".join(slides), encoding="utf-8")
    audience = stage.audience(path, shows="number 1 of", size=(100, 30))
    speaker = stage.speaker(size=(60, 16))
    for number in range(2, 62):  # nobody reads what the audience window writes
        speaker.write(f"{number}\r".encode())
        speaker.wait_for(f"slide {number}/61")
    audience.resize(90, 28)
    speaker.press("t")
    speaker.wait_for("paused")
    audience.wait_for("number 61 of")
    drawn = set(re.findall(rb"number (\d+) of", audience.output))
    assert len(drawn) < 45
    audience.press("home")
    speaker.wait_for("slide 1/61")
    audience.wait_for("number 1 of")


def test_everything_is_drawn_in_its_new_size_after_a_stall(stage: Stage, deck: Path) -> None:
    audience = stage.audience(deck, shows="Welcome")
    speaker = stage.speaker()
    os.kill(audience.program, signal.SIGSTOP)
    for size in ((60, 20), (90, 30), (100, 40)):
        audience.resize(*size)
    os.killpg(os.getpgid(audience.pid), signal.SIGCONT)
    speaker.press("right")
    audience.wait_for("alpha")
    assert len(audience.screen) == 40


def pace(window: Terminal) -> tuple[str, ...]:
    """Read what a speaker view of 120x36 says of the time, without the parts that tick."""
    return tuple(re.findall(r"-?\+?\d+:\d\d (?:early|late)|on time|ends \d+:\d\d:\d\d|left of \d+:\d\d", window.row(0)))


def test_a_new_plan_taken_in_one_window_is_the_plan_in_all(stage: Stage, pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    second = stage.speaker()
    speaker.press("f5")
    for number, key in enumerate(("N", ">", "N", ">"), 1):
        speaker.press(key)
        speaker.wait_until(lambda n=number: speaker.shows(f"slide {1 + (n + 1) // 2}/5"))  # type: ignore[misc]
    speaker.wait_for("left of 22:00")
    second.wait_for("left of 22:00")
    before = pace(second)
    speaker.press("R")
    speaker.wait_for("slides get")
    assert not second.shows("slides get")
    speaker.press("enter")
    speaker.wait_for("the rest of the plan fits the time left")
    second.wait_until(lambda: pace(second) != before)
    second.wait_until(lambda: pace(second)[:1] == pace(speaker)[:1])
    second.press("u")
    speaker.wait_for("new plan undone")
    speaker.press("S")
    audience.wait_for("SPEAKER ● 3")
    audience.resize(120, 36)
    audience.wait_until(lambda: audience.shows("elapsed") and pace(audience)[:1] == pace(second)[:1])
    assert abs(clock(audience) - clock(second)) <= 1


def test_a_talk_that_was_put_back_stays_one_run(stage: Stage, deck: Path, pair: tuple[Terminal, Terminal]) -> None:
    audience, speaker = pair
    speaker.press("right")
    audience.wait_for("alpha")
    kill(audience)
    speaker.wait_for("audience window gone")
    again = stage.audience(deck, shows="Welcome")
    speaker.wait_for("y puts it back")
    speaker.press("y")
    again.wait_for("alpha")
    again.press("G")
    again.wait_for("Questions?")
    again.twice()
    assert again.wait_exit() == 0
    runs = stage.open("runs", deck, "--json")
    runs.wait_exit()
    assert len(list((stage.home / ".state").rglob("*.jsonl"))) == 1
    assert b"Traceback" not in runs.output
