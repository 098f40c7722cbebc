"""Time as the room has it: changes of the clocks, starts that were missed, slots that are too short, and dividers."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import pytest

from presenter.deck.model import Slide
from presenter.history.runs import fold_journal
from presenter.layouts.text_slides import SectionSlide
from presenter.session.commands import BY_NAME, act
from presenter.session.session import Session
from presenter.session.state import Outline, State
from presenter.timing.clocks import Clocks
from presenter.timing.deadline import stop_instant, time_until
from presenter.timing.pace import measure_pace
from presenter.timing.pace_status import status_of, status_words
from presenter.timing.plan import make_plan
from presenter.timing.time_log import TimeLog
from presenter.ui.clock_monitor import ClockMonitor
from talks import slide, talk, timed

BERLIN = """\
import datetime as dt, sys
from presenter.timing.clocks import Clocks; from presenter.timing.deadline import stop_instant
wall = dt.datetime.fromisoformat(sys.argv[1]).timestamp()
print(round((stop_instant(sys.argv[2], Clocks(wall=lambda: wall).now()) - wall) / 60))
"""


@pytest.mark.parametrize(
    ("now", "stop", "minutes"),
    [
        ("2026-10-25 01:50", "03:10", 140),  # the hour from two to three is there twice
        ("2026-03-29 01:50", "03:10", 20),  # and here it is not
        ("2026-10-24 22:00", "09:00", 12 * 60),  # opened on Saturday for a talk on Sunday
        ("2026-03-28 22:00", "09:00", 10 * 60),
        ("2026-06-01 14:00", "15:05", 65),
    ],
)
def test_a_stop_is_right_around_a_change_of_the_clocks(now: str, stop: str, minutes: int) -> None:
    environment = {"TZ": "Europe/Berlin", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", BERLIN, now, stop], env=environment, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == minutes


def pulse(now: str, start: str, deck: Outline) -> tuple[ClockMonitor, dt.datetime]:
    wall = dt.datetime.fromisoformat(now)
    return ClockMonitor(Clocks(wall=wall.timestamp), Session(timed(60), outline=replace(deck, start=start))), wall


def test_a_talk_that_is_opened_late_counts_from_the_stated_time() -> None:
    found, _ = pulse("2026-06-01 14:01", "14:00", Outline.of(timed(60, 60, duration=600)))
    assert not found.missed()
    assert found.due() == 60.0
    assert found.due() is None


def test_a_start_that_is_longer_ago_than_the_talk_lasts_is_told_and_left_to_the_first_move() -> None:
    deck = Outline.of(timed(60, 60, duration=600))
    found, _ = pulse("2026-06-01 14:11", "14:00", deck)
    assert found.due() is None
    assert found.missed()
    assert not found.missed()
    outline = replace(deck, start="14:00")
    assert not act(BY_NAME["next"], State(), outline, 5.0).timer.started
    assert act(BY_NAME["next"], State(start_missed=True), outline, 5.0).timer.started


def test_a_slide_that_stood_there_before_the_timer_started_is_no_part_of_the_pace() -> None:
    outline = Outline.of(timed(60, 60, 60, duration=180))
    state = act(BY_NAME["next"], State(), outline, 100.0)
    assert state.account.before == "s0"
    now = measure_pace(outline.plan, state.account, 0.0, None)
    assert now.deviation == 0
    assert measure_pace(outline.plan, state.account, 60.0, None).deviation == 0
    state = act(BY_NAME["next"], state, outline, 170.0)  # ten seconds too long
    assert measure_pace(outline.plan, state.account, 70.0, None).deviation == pytest.approx(10)


def test_a_start_by_hand_leaves_no_slide_out() -> None:
    outline = Outline.of(timed(60, 60, duration=120))
    state = act(BY_NAME["next"], act(BY_NAME["start"], State(), outline, 0.0), outline, 60.0)
    assert state.account.before == ""


def test_a_run_that_began_with_the_first_move_is_complete() -> None:
    lines = [
        b'{"k":"begin","t":"2026-06-01T14:00:00+02:00","main":["a","b"],"plan":{"a":60,"b":60}}',
        b'{"k":"start","e":0.0,"s":"b","p":0,"before":"a"}',
        b'{"k":"end","e":60.0,"why":"quit"}',
    ]
    run = fold_journal("run", lines)
    assert run is not None
    assert run.complete
    assert run.before == "a"


def test_the_word_says_when_the_rest_does_not_fit() -> None:
    made = make_plan(timed(300, 300, duration=600))
    account = TimeLog().to("s0", 0.0).to("s1", 120.0)
    now = measure_pace(made, account, 120.0, until_stop=203.0)  # by the plan three minutes early
    assert now.deviation == -180
    band = status_of("", made, now)
    assert (band, status_words(band, now)) == ("LATE", "won't fit: 1:37 over the stop")
    slot = make_plan(timed(570, duration=360))
    stands = measure_pace(slot, TimeLog().to("s0", 0.0), 0.0)
    band = status_of("", slot, stands)
    assert status_words(band, stands) == "won't fit: 3:30 over the time"


def test_past_the_stop_nobody_is_early() -> None:
    made = make_plan(timed(300, 300, duration=600))
    now = measure_pace(made, TimeLog().to("s0", 0.0).to("s1", 60.0), 60.0, until_stop=-5.0)
    assert status_words(status_of("", made, now), now) == "+0:05 OVER"


def divided(*, notes: str = "") -> Slide:
    return replace(slide("d"), layout=SectionSlide(title="Part two"), notes=(notes,) if notes else ())


def test_dividers_take_a_few_seconds_unless_something_is_said_there() -> None:
    words = "word " * 130
    made = make_plan(talk([slide("a", notes=words), divided(), slide("b", notes=words)], 605))
    assert [(each.seconds, each.source) for each in made.slides] == [(300, "notes"), (5, "divider"), (300, "notes")]
    assert [each.seconds for each in make_plan(talk([divided()], 60)).slides] == [60]
    assert [each.seconds for each in make_plan(talk([divided(), slide("a")])).slides] == [5, 60]
    spoken = make_plan(talk([slide("a", notes=words), divided(notes=words)], 600))
    assert [each.seconds for each in spoken.slides] == [300, 300]


def test_an_instant_of_the_naive_local_time() -> None:
    now = dt.datetime(2026, 6, 1, 14, 0)  # noqa: DTZ001 - the machine's own
    assert time_until(stop_instant("15:05", now), now.timestamp()) == 65 * 60
