from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.deck.model import Section
from presenter.timing.bar import layout_bar
from presenter.timing.pace import measure_pace
from presenter.timing.plan import Plan, make_plan
from presenter.timing.time_log import TimeLog
from talks import slide, talk, timed

PARTS = make_plan(
    talk(
        [slide("a", 20), slide("b", 30), slide("c", 50, section=1)],
        reserve=30,
        sections=[Section("x", "X"), Section("y", "Y")],
    )
)


def bar(account: TimeLog, elapsed: float, made: Plan = PARTS, width: int = 10) -> str:
    return str(layout_bar(made, measure_pace(made, account, elapsed), width))


def test_a_bar_shows_the_plan_its_sections_and_where_to_be() -> None:
    start = TimeLog().to("a", 0)
    assert bar(TimeLog(), 0) == "▽────┼────"
    assert bar(start, 10) == "━▽───┼────"
    assert bar(start, 40) == "━━──▽┼────"
    assert bar(start.to("b", 40), 40) == "━━──▽┼────"
    assert bar(start.to("b", 40).to("c", 50), 80) == "━━━━━┿━━▽─"
    assert bar(start.to("c", 10), 10) == "━▽━━━┼────"
    assert bar(start.to("c", 10), 900) == "━━━━━┿━━━▽"


def test_questions_within_the_reserve_move_nobody() -> None:
    asked = TimeLog().to("a", 0).ask(10)
    assert bar(asked, 40) == "━▽───┼────"
    assert bar(asked, 60) == "━──▽─┼────"


@pytest.mark.parametrize("made", [Plan(), make_plan(timed(0, 0)), make_plan(talk([]))])
def test_a_plan_without_time_has_an_empty_bar(made: Plan) -> None:
    assert bar(TimeLog(), 5, made, 4) == "▽───"
    assert bar(TimeLog(), 5, made, 0) == ""


@given(st.lists(st.integers(0, 100), max_size=6), st.integers(0, 50), st.integers(0, 7), st.floats(0, 2000))
def test_a_bar_is_as_wide_as_it_should_be(times: list[int], width: int, current: int, elapsed: float) -> None:
    made = make_plan(timed(*times))
    assert len(bar(TimeLog().to(f"s{current}", elapsed / 2), elapsed, made, width)) == width
