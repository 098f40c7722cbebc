from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from presenter.timing.clocks import Clocks, SleepWatch, WallWatch, clock_set_words, sleep_words, system_clocks
from presenter.timing.deadline import (
    needs_reflow,
    projected_end,
    question_words,
    stop_instant,
    stop_words,
    time_left_or_stop,
    time_until,
)
from presenter.timing.pace import Pace, measure_pace
from presenter.timing.pace_status import (
    STATUS_COLORS,
    DeviationTrail,
    PaceStatus,
    SignalCard,
    alerts,
    pace_status,
    signal_card,
    status_of,
    status_words,
    tolerance,
)
from presenter.timing.plan import Plan, make_plan
from presenter.timing.time_log import TimeLog
from talks import talk, timed

BERLIN = ZoneInfo("Europe/Berlin")
NOW = Pace(position=0, elapsed=0, needed=390, projected=390, deviation=0, left=600)


@pytest.mark.parametrize(("duration", "tau"), [(0, 15), (300, 15), (600, 30), (610, 31), (1200, 60), (86_400, 60)])
def test_tolerance(duration: float, tau: float) -> None:
    assert tolerance(duration) == tau


@pytest.mark.parametrize(
    ("deviation", "word"),
    [(-31, "early"), (-30, "on time"), (0, "on time"), (30, "on time"), (31, "late"), (90, "late"), (91, "LATE")],
)
def test_bands(deviation: float, word: PaceStatus) -> None:
    assert pace_status("", deviation, 30) == word
    assert STATUS_COLORS[word] == {"early": "blue", "on time": "green", "late": "amber", "LATE": "red"}[word]


def test_a_word_stays_until_it_is_clearly_wrong() -> None:
    assert pace_status("on time", 39, 30) == "on time"
    assert pace_status("on time", 41, 30) == "late"
    assert pace_status("late", 21, 30) == "late"
    assert pace_status("late", 19, 30) == "on time"
    assert pace_status("early", -21, 30) == "early"
    assert pace_status("LATE", 81, 30) == "LATE"
    assert pace_status("LATE", -200, 30) == "early"
    assert pace_status("on time", 0, 30, over=True) == "OVER"
    assert pace_status("OVER", 0, 30) == "on time"


@given(st.lists(st.floats(-9.9, 9.9), max_size=50), st.sampled_from([-30, 30, 90]))
def test_words_do_not_flicker_at_an_edge(noise: list[float], edge: int) -> None:
    shown: PaceStatus = ""
    seen = []
    for wobble in [0.0, *noise]:
        shown = pace_status(shown, edge + wobble, 30)
        seen.append(shown)
    assert len(set(seen)) == 1


def test_words_of_a_pace() -> None:
    late = replace(NOW, deviation=45)
    assert status_words("late", late) == "+0:45 late"
    assert status_words("LATE", replace(NOW, deviation=200)) == "+3:20 LATE"
    assert status_words("early", replace(NOW, deviation=-70)) == "-1:10 early"
    assert status_words("on time", late) == "on time"
    assert status_words("OVER", replace(NOW, left=-5)) == "+0:05 OVER"
    assert status_words("", late) == ""


def test_without_a_duration_there_is_no_judgement() -> None:
    made = make_plan(timed(60))
    assert status_of("", made, measure_pace(made, TimeLog().to("s0", 0), 500)) == ""
    made = make_plan(timed(60, duration=60))
    assert status_of("", made, measure_pace(made, TimeLog().to("s0", 0), 60)) == "on time"
    assert status_of("on time", made, measure_pace(made, TimeLog().to("s0", 0), 61)) == "OVER"


def test_alerts_come_once_and_late_ticks_miss_none() -> None:
    assert alerts(601, 600) == "10 min left"
    assert alerts(600, 599) == ""
    assert alerts(301, 299.5) == "5 min left"
    assert alerts(900, 100) == "2 min left"
    assert alerts(61, 60) == "1 min left"
    assert alerts(0.5, -0.5) == "time is up"
    assert alerts(-1, -2) == ""
    assert alerts(None, 60) == alerts(60, None) == ""


def test_signals_as_a_timekeeper_gives_them() -> None:
    cards = (300, 360, 420)
    assert signal_card(cards, 299, 480) == SignalCard()
    assert signal_card(cards, 300, 480).colour == "green"
    assert signal_card(cards, 400, 480).colour == "yellow"
    assert signal_card(cards, 420, 480) == SignalCard("red")
    assert signal_card(cards, 449.9, 480) == SignalCard("red")
    assert signal_card(cards, 450.2, 480) == SignalCard("red", lit=True)
    assert signal_card(cards, 450.7, 480) == SignalCard("red", lit=False)
    assert signal_card(cards, 450.7, 601) == SignalCard("red", lit=True)
    assert signal_card(cards, 450.7, None) == SignalCard("red", lit=True)
    assert signal_card((), 450, 480) == SignalCard()


def test_the_trail_of_the_last_half_minute() -> None:
    trail = DeviationTrail()
    assert trail.growing is None
    for second in range(100):
        trail = trail.add(second, second * 0.5).add(second + 0.4, 1000)
    assert len(trail.samples) == 31
    assert trail.samples[0][0] == 69
    assert trail.growing is True
    for second in range(100, 140):
        trail = trail.add(second, 50 - (second - 100))
    assert trail.growing is False
    assert DeviationTrail(((0.0, -10.0), (20.0, -30.0))).growing is True
    assert DeviationTrail(((0.0, 10.0), (20.0, 10.5))).growing is None


def test_a_trail_forgets_what_a_reset_undid() -> None:
    trail = DeviationTrail(((10.0, 0.0), (20.0, 5.0))).add(3, 1)
    assert trail.samples == ((3, 1),)


# Hard stops -----------------------------------------------------------------------------------------------------------


def at(text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("now", "stop", "minutes"),
    [
        ("2026-11-22T14:35", "15:05", 30),
        ("2026-11-22T15:20", "15:05", -15),
        ("2026-11-22T23:50", "00:20", 30),
        ("2026-11-23T00:10", "23:50", -20),
        ("2026-11-22T12:00", "06:00", 18 * 60),
        ("2026-11-22T12:00", "06:01", -359),
        ("2026-11-22T12:00", "05:59", 18 * 60 - 1),
        ("2026-03-29T01:30", "03:50", 80),  # the clock jumps from 2 to 3
        ("2026-10-25T01:30", "03:50", 200),  # the clock goes back from 3 to 2
    ],
)
def test_the_stop_nearest_to_now(now: str, stop: str, minutes: int) -> None:
    moment = at(now)
    instant = stop_instant(stop, moment)
    assert instant is not None
    assert (instant - moment.timestamp()) / 60 == minutes
    assert dt.datetime.fromtimestamp(instant, BERLIN).strftime("%H:%M") == stop


def test_an_hour_that_comes_twice() -> None:
    moment = at("2026-10-25T02:40", fold=1)
    assert stop_instant("02:50", moment) == moment.timestamp() + 600
    moment = at("2026-10-25T02:40", fold=0)
    assert stop_instant("02:50", moment) == moment.timestamp() + 600


@given(st.datetimes(dt.datetime(2020, 1, 2), dt.datetime(2030, 1, 1)), st.times())  # noqa: DTZ001 - the zone is put on
def test_a_stop_is_never_far(moment: dt.datetime, time: dt.time) -> None:
    now = moment.replace(tzinfo=BERLIN)
    assume(dt.datetime.combine(moment.date(), time, BERLIN).utcoffset() == now.utcoffset())
    instant = stop_instant(time.strftime("%H:%M"), now)
    assert instant is not None
    assert -7 * 3600 <= instant - now.timestamp() <= 19 * 3600


def test_a_local_time_without_a_zone_is_the_machines() -> None:
    moment = dt.datetime(2026, 11, 22, 14, 35)  # noqa: DTZ001 - that is the case
    assert stop_instant("15:05", moment) == moment.timestamp() + 1800


def test_no_stop_and_nonsense() -> None:
    assert stop_instant("", at("2026-11-22T14:35")) is None
    assert time_until(None, 5) is None
    assert time_until(10, 5) == 5
    with pytest.raises(ValueError, match="hour"):
        stop_instant("25:99", at("2026-11-22T14:35"))


def test_the_header_shows_the_tighter_of_talk_and_stop() -> None:
    assert time_left_or_stop(NOW, None) == (600, False)
    assert time_left_or_stop(NOW, 700) == (600, False)
    assert time_left_or_stop(NOW, 500) == (500, True)
    assert time_left_or_stop(replace(NOW, left=None), 500) == (500, True)
    assert time_left_or_stop(replace(NOW, left=None), None) == (None, False)


def test_a_stop_before_the_plan_is_through() -> None:
    assert stop_words(NOW, 250) == "stop in 4:10, plan needs 6:30: press R"
    assert stop_words(NOW, 390) == stop_words(NOW, None) == ""
    assert stop_words(NOW, -65) == "1:05 past the stop"
    assert needs_reflow("on time", NOW, 250)
    assert needs_reflow("LATE", NOW, None)
    assert not needs_reflow("early", NOW, 500)


def test_questions_in_words() -> None:
    assert question_words(replace(NOW, question=80, reserve_left=220)) == "question 1:20 (reserve 3:40)"
    assert question_words(NOW) == ""


def test_when_the_talk_will_end() -> None:
    assert projected_end(make_plan(timed(60)), NOW, 1000) == 1390
    assert projected_end(Plan(), NOW, 1000) is None
    assert projected_end(make_plan(talk([])), NOW, 1000) is None


# Clocks ---------------------------------------------------------------------------------------------------------------


def test_the_machines_clocks_run() -> None:
    clocks = system_clocks({})
    assert clocks == Clocks()
    first = clocks.talk()
    assert clocks.talk() >= first
    assert abs(clocks.now().timestamp() - time.time()) < 60


@pytest.mark.parametrize("speed", ["", "fast", "0", "-1", "nan", "inf", "1001", "1"])
def test_a_speed_that_is_none_changes_nothing(speed: str) -> None:
    assert system_clocks({"PRESENTER_CLOCK_SPEED": speed}) == Clocks()


def test_clocks_run_faster_on_demand() -> None:
    clocks = system_clocks({"PRESENTER_CLOCK_SPEED": "1000"})
    plain = Clocks()
    assert abs(clocks.wall() - plain.wall()) < 60
    fast, slow = clocks.talk(), plain.talk()
    while (passed := plain.talk() - slow) < 0.01:
        pass
    assert clocks.talk() - fast > 900 * passed


def test_sleep_is_noticed_once() -> None:
    watch = SleepWatch.begin(Clocks(lambda: 1000.0, lambda: 500.0))
    watch, gap = watch.look(1001, 501)
    assert gap == 0
    watch, gap = watch.look(1302, 502)
    assert gap == 300
    assert watch.look(1303, 503)[1] == 0
    assert watch.look(1307, 503)[1] == 0
    assert SleepWatch(0).look(10, 20)[1] == 0


def test_a_wall_clock_that_is_set_is_told_once_but_not_one_that_is_slewed() -> None:
    watch = WallWatch.begin(Clocks(talk=lambda: 10.0, wall=lambda: 5000.0))
    watch, step = watch.look(8601, 11)
    assert step == 3600
    watch, step = watch.look(8602, 12)
    assert step == 0
    assert watch.look(5003, 13)[1] == -3600
    for second in range(20_000):
        watch, step = watch.look(8602 + second * 1.0005, 12 + second)
        assert step == 0


def test_sleep_and_set_clocks_in_words() -> None:
    assert sleep_words(300.4) == "a gap of 5:00, counted; press z to take it out"
    assert clock_set_words(3600) == "the clock was set 1:00:00 forward; the talk's time is unchanged"
    assert clock_set_words(-90) == "the clock was set 1:30 back; the talk's time is unchanged"
