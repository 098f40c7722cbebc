"""The window on clocks that jump: sleep, a clock that was set, talks that start and go on by themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from presenter.deck.load import load_deck
from presenter.deck.model import Deck
from presenter.session.session import Session
from presenter.session.state import State
from presenter.timing.clocks import Clocks
from presenter.ui.app import PresenterApp
from test_ui_app import screen

TEXT = """\
title: A talk
%s
slides:
  - {id: one, title: One, body: first, time: 1m}
  - {id: two, title: Two, points: [alpha, beta], reveal: true, time: 1m}
  - {id: three, title: Three, body: third, time: 1m}
"""
NOON = dt.datetime(2026, 11, 22, 12, 0, 0).astimezone().timestamp()


class Hands:
    """The hands of all clocks, and an app that looks at them."""

    def __init__(self, folder: Path, keys: str = "", state: State | None = None) -> None:
        path = folder / "deck.yaml"
        path.write_text(TEXT % keys, encoding="utf-8")
        self.talk, self.awake, self.wall = 100.0, 100.0, NOON

        def load() -> Deck:
            return load_deck(path)

        clocks = Clocks(lambda: self.talk, lambda: self.awake, lambda: self.wall)
        begin = state or State(view="speaker")
        self.app = PresenterApp(Session(load(), begin), load=load, follow=False, clocks=clocks)

    def pass_time(self, seconds: float, *, asleep: float = 0.0, set_by: float = 0.0) -> None:
        self.talk += seconds + asleep
        self.awake += seconds
        self.wall += seconds + asleep + set_by
        self.app.timekeeper.beat()  # instead of waiting for a second


async def test_c01_sleep_is_counted_and_can_be_taken_out(tmp_path: Path) -> None:
    hands = Hands(tmp_path, "duration: 10m")
    async with hands.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        hands.pass_time(10.0, asleep=300.0)
        await pilot.pause()
        assert "a gap of 5:00, counted; press z to take it out" in screen(hands.app)
        assert "5:10 / 10:00" in screen(hands.app)
        await pilot.press("z")
        assert "0:10 / 10:00" in screen(hands.app)


@pytest.mark.parametrize(("by", "words"), [(3600.0, "set 1:00:00 forward"), (-3600.0, "set 1:00:00 back")])
async def test_c02_a_clock_that_is_set_moves_the_stop_but_not_the_time(tmp_path: Path, by: float, words: str) -> None:
    hands = Hands(tmp_path, 'duration: 10m\nstop: "12:30"')
    async with hands.app.run_test(size=(120, 36)) as pilot:
        await pilot.press("t")
        hands.pass_time(10.0, set_by=by)
        await pilot.pause()
        assert words in screen(hands.app)
        assert "0:10 elapsed" in screen(hands.app)
        assert hands.app.clock_monitor.until_stop() == 1800.0 - 10.0 - by
        hands.pass_time(1.0)
        await pilot.press("down")
        assert words not in screen(hands.app)


async def test_c06_with_only_a_stop_the_pace_is_held_against_it(tmp_path: Path) -> None:
    hands = Hands(tmp_path, 'stop: "12:03"')
    async with hands.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        hands.pass_time(30.0)
        await pilot.pause()
        assert "0:30 / 3:00" in screen(hands.app)
        assert "on time" in screen(hands.app)


async def test_c15_time_is_read_from_the_clock_however_late_the_ticks_are(tmp_path: Path) -> None:
    hands = Hands(tmp_path, "duration: 4h")
    async with hands.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        for late in (0.3, 3.7, 996.0, 9800.0):
            hands.pass_time(late)
        await pilot.pause()
        assert "3:00:00 / 4:00:00" in screen(hands.app)


async def test_a_talk_can_start_at_a_time_of_the_day(tmp_path: Path) -> None:
    hands = Hands(tmp_path, 'start: "12:01"\nduration: 10m')
    async with hands.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "starts in 1:00" in screen(hands.app)
        await pilot.press("right")
        assert not hands.app.state.timer.started
        hands.pass_time(61.0)
        assert hands.app.state.timer.running
        await pilot.press("t")
        hands.pass_time(5.0)
        assert not hands.app.state.timer.running


async def test_slides_go_on_by_themselves_and_no_look_is_too_late(tmp_path: Path) -> None:
    hands = Hands(tmp_path, "duration: 3m", State(auto="once"))
    async with hands.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        hands.pass_time(59.0)
        assert hands.app.state.at == (0, 0)
        hands.pass_time(62.0)
        assert hands.app.state.at == (2, 0)
        assert dict(hands.app.state.account.times) == {"one": 60.0, "two": 60.0}
        hands.pass_time(500.0)
        assert hands.app.state.at == (2, 0)


async def test_a_kiosk_starts_by_itself_and_goes_round(tmp_path: Path) -> None:
    hands = Hands(tmp_path, "duration: 3m", State(auto="loop"))
    async with hands.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert hands.app.state.timer.running
        hands.pass_time(190.0)
        assert hands.app.state.at == (0, 0)
        assert hands.app.state.timer.elapsed(hands.talk) == pytest.approx(10.0)


async def test_the_last_card_blinks_twice_a_second(tmp_path: Path) -> None:
    hands = Hands(tmp_path, "duration: 3m\nsignals: [1m, 2m, 3m]", replace(State(), view="speaker"))
    async with hands.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        hands.pass_time(220.2)
        await pilot.pause()
        assert hands.app.clock_monitor.blinks(hands.app.state, hands.talk)
        assert not hands.app.clock_monitor.blinks(hands.app.state, hands.talk - 60)
