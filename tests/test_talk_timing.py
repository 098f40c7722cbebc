"""The time of a talk: where it goes, and what takes it back. Nothing of it depends on how often one looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.session.alerts import PaceNow, advances
from presenter.session.argument import NO_ARGUMENT, Argument
from presenter.session.commands import BY_NAME, COMMANDS, act
from presenter.session.reload import state_after_reload
from presenter.session.resume import InterruptedTalk
from presenter.session.state import Outline, Position, State, Timer
from presenter.session.timer import after_sleep, overdue, start_talk
from presenter.timing.pace import measure_pace
from presenter.timing.time_log import TimeLog
from talks import slide, talk, timed

FIVE = Outline.of(timed(60, 60, 60, 60, 60, duration=360, reserve=60))
MIXED = Outline.of(
    talk([slide("a", 60), slide("b", 60, hidden=True), slide("c", 60, steps=3), slide("d", 60)], duration=180)
)
SPEAKER = State(view="speaker")
names = st.sampled_from([command.name for command in COMMANDS if command.name not in {"interrupt", "quit"}])


def give(state: State, *names: str, now: float = 0.0, deck: Outline = FIVE, argument: Argument = NO_ARGUMENT) -> State:
    for name in names:
        state = act(BY_NAME[name], state, deck, now, argument)
    return state


def through(presses: Sequence[tuple[str, float]], deck: Outline = FIVE, state: State = SPEAKER) -> tuple[State, float]:
    now = 0.0
    for name, gap in presses:
        now += gap
        state = give(state, name, now=now, deck=deck)
    return state, now


@given(st.lists(st.tuples(names, st.floats(0, 100)), max_size=40))
def test_the_times_of_slides_and_questions_add_up_to_the_elapsed_time(presses: list[tuple[str, float]]) -> None:
    state, now = through(presses, MIXED)
    elapsed = state.timer.elapsed(now)
    spent = state.account.spent(elapsed)
    assert sum(spent.values()) + state.account.asked(elapsed) == pytest.approx(elapsed, abs=1e-6)
    assert all(time >= -1e-9 for time in spent.values())
    assert bool(state.account.slide) == state.timer.started


@given(st.lists(st.tuples(st.sampled_from(["next", "back", "first", "last", "mark"]), st.floats(0, 100)), max_size=20))
def test_navigation_never_ends_a_pause(presses: list[tuple[str, float]]) -> None:
    state = give(give(SPEAKER, "next"), "timer", now=50.0)
    later, _ = through(presses, state=state)
    assert later.timer == state.timer
    assert later.timer.elapsed(1e6) == 50.0


def test_a_move_ends_a_pause_where_the_deck_wants_it() -> None:
    outline = replace(FIVE, resume_on_move=True)
    paused = replace(SPEAKER, timer=Timer(50.0, None, started=True))
    assert act(BY_NAME["next"], paused, outline, 60.0).timer == Timer(50.0, 60.0, started=True)
    assert not act(BY_NAME["layout"], paused, outline, 60.0).timer.running
    manual = replace(outline, start="manual")
    assert not act(BY_NAME["next"], SPEAKER, manual, 60.0).timer.started


def test_c08_a_pause_is_not_counted_and_moves_the_end() -> None:
    state = give(give(SPEAKER, "next"), "timer", now=10.0)
    state = give(state, "next", "next", "next", now=100.0)
    assert not state.timer.running
    state = give(state, "timer", now=500.0)
    assert state.timer.elapsed(505.0) == 15.0
    stands = measure_pace(FIVE.plan, state.account, state.timer.elapsed(505.0))
    assert stands.needed == 55.0
    assert state.account.spent(15.0) == {"s1": 10.0, "s2": 0.0, "s3": 0.0, "s4": 5.0}


def test_c12_going_back_costs_only_the_time_spent_there() -> None:
    state = give(SPEAKER, "start")
    for number in range(1, 5):
        state = give(state, "next", now=60.0 * number)
    before = measure_pace(FIVE.plan, state.account, 250.0)
    state = give(state, "first", now=250.0)
    state = give(state, "return", now=270.0)
    after = measure_pace(FIVE.plan, state.account, state.timer.elapsed(270.0))
    assert before.deviation == pytest.approx(0.0)
    assert after.deviation == pytest.approx(20.0)


def test_questions_come_from_the_reserve_and_then_from_the_talk() -> None:
    state = give(give(SPEAKER, "start"), "question", now=10.0)
    stands = measure_pace(FIVE.plan, state.account, 50.0)
    assert (stands.deviation, stands.question, stands.reserve_left) == (0.0, 40.0, 20.0)
    assert measure_pace(FIVE.plan, state.account, 100.0).deviation == 30.0
    over = give(state, "question", now=50.0)
    assert over.word == "the question took 0:40; 0:20 left for others"
    assert over.account.spent(60.0) == {"s0": 20.0}
    assert give(SPEAKER, "question").account == SPEAKER.account


def test_c09_reset_asks_and_can_be_undone() -> None:
    state = give(give(SPEAKER, "start"), "next", "mark", now=30.0)
    asked = give(state, "reset", now=40.0)
    assert asked.timer == state.timer
    assert "again" in asked.word
    assert give(asked, "reset", now=44.0).timer == state.timer
    done = give(asked, "reset", now=42.0)
    assert (done.timer, done.account.slide, done.marks, done.run) == (Timer(), "", (), 1)
    moved = give(done, "next", now=50.0)
    back = give(moved, "undo", now=60.0)
    assert (back.timer, back.marks, back.run) == (state.timer, state.marks, 0)
    assert back.account.spent(65.0) == {"s0": 30.0, "s1": 30.0, "s2": 5.0}


def test_a_new_plan_is_looked_at_taken_and_undone() -> None:
    late = give(give(SPEAKER, "start"), "next", now=150.0)
    shown = give(late, "reflow", now=150.0)
    assert shown.offer is not None
    assert shown.plan is None
    assert give(shown, "leave").offer is None
    assert give(shown, "next", now=151.0).offer is None
    taken = give(shown, "reflow-take", now=152.0)
    assert taken.plan == shown.offer.after
    assert measure_pace(shown.offer.after, taken.account, 150.0).deviation == pytest.approx(0.0)
    assert give(taken, "undo").plan is None
    assert give(late, "reflow-take") == replace(late, word="")
    assert give(replace(late, view="audience"), "reflow").offer is None


def test_c07_a_stop_that_comes_too_soon_is_fitted() -> None:
    shown = give(give(SPEAKER, "start"), "reflow", argument=Argument(seconds=210.0))
    assert shown.offer is not None
    # Slides would get half of their time: what is kept for questions comes first.
    assert shown.offer.unreserved
    assert sum(shown.offer.after.times) == pytest.approx(210.0)
    other = give(shown, "reflow", argument=Argument(seconds=210.0))
    assert other.offer is not None
    assert other.offer.available == 150.0
    assert sum(other.offer.after.times) == pytest.approx(150.0)
    assert give(other, "reflow", argument=Argument(seconds=210.0)).offer == shown.offer
    taken = give(shown, "reflow-take")
    assert taken.plan is not None
    assert measure_pace(taken.plan, taken.account, 0.0, 210.0).overrun <= 0
    nothing = give(give(SPEAKER, "start", deck=Outline.of(timed(5))), "reflow", deck=Outline.of(timed(5)))
    assert "no duration and no stop" in nothing.word


@given(st.lists(st.sampled_from(["minute-more", "minute-less"]), min_size=1, max_size=12))
def test_minutes_are_granted_and_undone(presses: list[str]) -> None:
    state = give(give(SPEAKER, "start"), *presses, now=10.0)
    granted = 60 * (presses.count("minute-more") - presses.count("minute-less"))
    assert measure_pace(FIVE.plan, state.account, 10.0).left == 350 + granted
    assert give(state, *["undo"] * len(presses), now=10.0).account == give(SPEAKER, "start").account


def test_undo_with_nothing_to_undo_says_so() -> None:
    assert "nothing to undo" in give(SPEAKER, "undo").word


def test_c01_sleep_counts_until_it_is_taken_out() -> None:
    state = give(SPEAKER, "start")
    slept = after_sleep(state, 300.0, 310.0)
    assert (slept.slept, slept.slept_on) == (300.0, "s0")
    awake = give(slept, "wake", now=320.0)
    assert awake.timer.elapsed(320.0) == 20.0
    assert awake.account.spent(20.0) == {"s0": 20.0}
    assert awake.slept == 0.0
    assert give(slept, "wake", now=500.0).timer == slept.timer
    paused = give(state, "timer", now=5.0)
    assert after_sleep(paused, 300.0, 310.0) == paused


def test_sleep_before_a_question_is_taken_out_of_the_slide_while_the_question_runs() -> None:
    slept = after_sleep(give(SPEAKER, "start"), 300.0, 310.0)
    asked = give(slept, "question", now=312.0)
    awake = give(asked, "wake", now=320.0)
    assert awake.timer.elapsed(320.0) == 20.0
    assert awake.account.question(20.0) == 8.0
    assert awake.account.spent(20.0) == {"s0": 12.0}


def test_a_second_of_the_gap_after_a_crash_may_have_been_spoken_and_stays() -> None:
    account = TimeLog().to("s0", 0.0)
    state = replace(SPEAKER, left=InterruptedTalk("s0", 0, 100.0, 60.0, 1000.0, running=True, account=account))
    awake = give(give(state, "resume", now=1000.0), "wake", now=1000.0)
    assert awake.timer.elapsed(1000.0) == 101.0


def test_c06_with_only_a_stop_the_plan_fills_the_time_until_then() -> None:
    bare = Outline.of(talk([slide("a"), slide("b")]))
    state = start_talk(give(SPEAKER, "start", deck=bare), bare, 600.4)
    assert state.plan is not None
    assert (state.plan.duration, state.plan.times) == (600, (300, 300))
    assert start_talk(SPEAKER, bare, None) == SPEAKER
    assert start_talk(SPEAKER, FIVE, 600.0) == SPEAKER


@pytest.mark.parametrize("mode", ["manual", "14:35"])
def test_moves_start_the_timer_only_where_the_deck_wants_it(mode: str) -> None:
    manual = replace(FIVE, start=mode)
    state = give(SPEAKER, "next", deck=manual)
    assert not state.timer.started
    assert give(state, "timer", now=5.0, deck=manual).account.slide == "s1"


def test_looking_around_behind_a_frozen_slide_is_charged_to_it() -> None:
    assert not give(SPEAKER, "freeze", "next").timer.started
    state = give(give(SPEAKER, "start"), "freeze", "next", now=10.0)
    assert state.account.spent(30.0) == {"s0": 30.0}


def test_a_new_deck_keeps_the_new_plan_where_its_times_are_as_before() -> None:
    state = give(give(give(SPEAKER, "start"), "reflow", now=200.0), "reflow-take", now=200.0)
    deck = Outline.of(timed(60, 90, 60, 60, 60, duration=360, reserve=60))
    new = state_after_reload(state, FIVE, deck, held=False).plan
    assert state.plan is not None
    assert new is not None
    assert new.times == (state.plan.times[0], 90, *state.plan.times[2:])
    assert new.target == pytest.approx(state.plan.target + 90 - state.plan.times[1])


def test_a_talk_that_goes_on_by_itself_keeps_to_its_times_however_late_one_looks() -> None:
    state, now, seen = give(replace(State(), auto="once"), "start", deck=MIXED), 0.0, []
    for now in (25.0, 65.0, 130.0, 500.0):
        for _, state in advances(state, MIXED, now):  # noqa: B007, B020 - the last one is wanted
            pass
        seen.append(state.at)
    assert seen == [Position(0), Position(2), Position(3), Position(3)]
    assert state.account.spent(180.0) == {"a": 60.0, "c": 60.0, "d": 60.0}
    assert (state.timer.running, state.timer.elapsed(500.0)) == (False, 180.0)
    assert overdue(state, MIXED, 500.0) is None
    assert list(advances(state, MIXED, 900.0)) == []
    going = replace(give(replace(State(), auto="loop"), "start", deck=MIXED), at=Position(0))
    for now in (25.0, 65.0, 130.0):
        for _, going in advances(going, MIXED, now):  # noqa: B007, B020 - as above
            pass
    due, round_again = next(advances(going, MIXED, 185.0))
    assert due == 180.0
    assert (round_again.at, round_again.run, round_again.timer.elapsed(185.0)) == (Position(0), 1, 5.0)


def test_the_word_for_the_pace_does_not_flicker_and_crossings_are_alerts() -> None:
    state, live, words = give(SPEAKER, "start"), PaceNow(), []
    for now in range(0, 400, 1):
        live = live.tick(state, FIVE, float(now))
        words.append((live.band, live.alerted(now)))
    bands = [band for band, _ in words]
    assert [band for i, band in enumerate(bands) if i == 0 or bands[i - 1] != band] == [
        "on time",
        "late",
        "LATE",
        "OVER",
    ]
    # Late is more than 18 s after the minute of the slide; the word changes 6 s past that edge.
    assert bands.index("late") == 60 + 18 + 6 + 1
    assert words[85][1] == "+0:25 late"
    assert words[87][1] == "+0:25 late"
    assert not words[88][1]
    assert "5 min left" in {alert for _, alert in words}
    assert words[360][1] == "time is up"
    assert PaceNow().tick(SPEAKER, FIVE, 5.0) == PaceNow()


def test_an_alert_counts_the_time_until_the_stop_when_that_is_less() -> None:
    live = PaceNow().tick(give(SPEAKER, "start"), FIVE, 0.0, until_stop=120.5)
    assert live.tick(give(SPEAKER, "start"), FIVE, 1.0, until_stop=119.5).alert == "2 min left"


def test_a_rehearsal_ends_with_its_report() -> None:
    begun = give(replace(State(), report=True), "start")
    shown = give(give(begun, "quit", now=10.0), "quit", now=11.0)
    assert (shown.overlay, shown.over, shown.timer.running) == ("report", False, False)
    assert give(shown, "report-down", argument=Argument(limit=1)).cursor == 1
    assert give(shown, "report-leave").over
    assert give(shown, "leave").over
    assert give(replace(State(), report=True), "quit").over
