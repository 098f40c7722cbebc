from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.timing.pace import measure_pace
from presenter.timing.plan import make_plan
from presenter.timing.reflow import reflow, time_to_fill
from presenter.timing.time_log import TimeLog
from talks import slide, talk, timed

near = pytest.approx


def test_the_rest_is_scaled_into_what_is_left() -> None:
    made = make_plan(timed(60, 60, 60, duration=180))
    account = TimeLog().to("s0", 0).to("s1", 90)
    assert time_to_fill(made, account, 90, None) == 90
    found = reflow(made, account, 90, 90)
    assert list(found.after.times) == [90, 45, 45]
    assert found.scale == near(0.75)
    assert found.fits
    assert not found.dropped
    assert found.before is made
    assert found.words == "all slides, faster: 2:00 of plan into 1:30, slides get 75% of their time"
    now = measure_pace(found.after, account, 90)
    assert now.deviation == near(0)
    assert now.projected == near(180)


def test_a_slide_keeps_what_it_has_used() -> None:
    made = make_plan(timed(60, 60, duration=120))
    account = TimeLog().to("s0", 0)
    found = reflow(made, account, 30, 45)
    assert list(found.after.times) == [45, 30]
    assert measure_pace(found.after, account, 30).slide_left == near(15)


def test_time_to_fill_is_the_tighter_less_the_reserve() -> None:
    made = make_plan(timed(60, 60, duration=180, reserve=30))
    account = TimeLog().to("s0", 0)
    assert time_to_fill(made, account, 20, None) == 130
    assert time_to_fill(made, account, 20, 100) == 70
    asked = account.ask(20)
    assert time_to_fill(made, asked, 40, None) == 130
    assert time_to_fill(make_plan(timed(60)), account, 0, None) is None
    assert time_to_fill(make_plan(timed(60)), account, 0, 45) == 45
    assert time_to_fill(make_plan(timed(60, duration=60)), account.grant(60), 0, None) == 120


def test_fixed_slides_are_not_scaled() -> None:
    made = make_plan(talk([slide("a", 60), slide("demo", 100, fixed=True), slide("b", 60)]))
    found = reflow(made, TimeLog().to("a", 0), 0, 190)
    assert list(found.after.times) == [45, 100, 45]


def test_as_few_optional_slides_go_as_suffice() -> None:
    slides = [
        slide("a", 60),
        slide("short", 30, optional=True),
        slide("long", 90, optional=True),
        slide("other", 90, optional=True),
        slide("b", 60),
    ]
    made = make_plan(talk(slides))
    account = TimeLog().to("a", 0)
    found = reflow(made, account, 0, 150)  # 150/330, then 150/240 is enough
    assert found.dropped == ("long",)
    assert found.scale == near(0.625)
    assert found.after.times[2] == 0
    assert found.words.startswith("without 1 optional slide: ")
    found = reflow(made, account, 0, 120)
    assert found.dropped == ("long", "other")
    assert found.words.startswith("without 2 optional slides: ")


def test_the_slide_on_screen_and_those_before_it_are_not_dropped() -> None:
    slides = [slide("a", 60, optional=True), slide("b", 60, optional=True), slide("c", 60)]
    found = reflow(make_plan(talk(slides)), TimeLog().to("a", 0).to("b", 60), 60, 12)
    assert found.dropped == ()
    assert found.scale == near(0.1)
    assert list(found.after.times) == [60, 6, 6]


def test_of_as_few_slides_those_go_that_take_least() -> None:
    slides = [slide("a", 60), *(slide(f"o{t}", t, optional=True) for t in (300, 40, 100)), slide("b", 60)]
    found = reflow(make_plan(talk(slides)), TimeLog().to("a", 0), 0, 290)  # 560 s: without 100 s it is 63 %
    assert found.dropped == ("o100",)
    assert found.scale == near(290 / 460)


def test_nothing_is_stretched_when_something_is_left_out() -> None:
    slides = [slide("a", 60), slide("long", 600, optional=True), slide("b", 60)]
    found = reflow(make_plan(talk(slides)), TimeLog().to("a", 0), 0, 300)
    assert found.dropped == ("long",)
    assert found.scale == 1.0
    assert list(found.after.times) == [60, 0, 60]


def test_the_time_for_questions_is_offered_before_slides_get_too_little() -> None:
    slides = [slide("a", 100), slide("b", 100, optional=True), slide("c", 100)]
    made = make_plan(talk(slides, 420, 120))
    account = TimeLog().to("a", 0)
    found = reflow(made, account, 0, time_to_fill(made, account, 0, 240) or 0.0)
    ways = [found, *found.rest]
    assert [way.name for way in ways] == [
        "without the time for questions",
        "without 1 optional slide",
        "all slides, faster",
    ]
    assert ways[0].after.reserve == 0
    assert ways[1].after.reserve == 120
    assert measure_pace(ways[0].after, account, 0, 240).overrun <= 0
    assert found.next.name == ways[1].name
    assert found.next.next.next == found


def test_what_cannot_fit() -> None:
    made = make_plan(talk([slide("a", 60), slide("demo", 100, fixed=True)]))
    account = TimeLog().to("a", 0)
    found = reflow(made, account, 0, 90)
    assert not found.fits
    assert list(found.after.times) == [0, 100]
    assert found.words == "2:40 of plan into 1:30: cannot fit"
    found = reflow(made, account, 0, -20)
    assert found.words == "2:40 of plan into 0:00: cannot fit"


def test_only_fixed_slides_left() -> None:
    made = make_plan(talk([slide("demo", 100, fixed=True), slide("extra", 50, fixed=True, optional=True)]))
    account = TimeLog().to("demo", 0)
    assert reflow(made, account, 0, 200).fits
    assert reflow(made, account, 0, 120).dropped == ("extra",)
    assert not reflow(made, account, 0, 90).fits


def test_more_time_is_shared_too() -> None:
    made = make_plan(timed(60, 60))
    assert list(reflow(made, TimeLog().to("s0", 0), 0, 180).after.times) == [90, 90]


def test_nothing_left_to_plan() -> None:
    made = make_plan(timed(60, 60))
    found = reflow(made, TimeLog().to("s1", 0), 70, 50)
    assert (found.fits, found.scale) == (True, 1.0)
    assert reflow(make_plan(talk([])), TimeLog(), 5, 50).fits


@given(
    st.lists(st.tuples(st.integers(0, 200), st.booleans(), st.booleans()), min_size=1, max_size=10),
    st.lists(st.tuples(st.integers(0, 9), st.floats(0, 100)), max_size=10),
    st.floats(-100, 2000),
    st.integers(-120, 120),
)
def test_a_re_flowed_plan_fits_and_starts_on_time(
    given_slides: list[tuple[int, bool, bool]], moves: list[tuple[int, float]], available: float, extra: int
) -> None:
    made = make_plan(
        talk([slide(f"s{n}", t, optional=o, fixed=f) for n, (t, o, f) in enumerate(given_slides)], 900, 60)
    )
    account, elapsed = TimeLog().to("s0", 0).grant(extra), 0.0
    for target, seconds in moves:
        elapsed += seconds
        account = account.to(f"s{target % len(given_slides)}", elapsed)
    before = measure_pace(made, account, elapsed)
    found = reflow(made, account, elapsed, available)
    now = measure_pace(found.after, account, elapsed)
    assert all(time >= 0 for time in found.after.times)
    assert now.deviation == near(0, abs=1e-6)
    assert found.needed == near(before.needed)
    soft = any(found.after.times[i] > account.spent(elapsed).get(f"s{i}", 0) and not given_slides[i][2]
               for i in range(now.position, len(given_slides)))  # fmt: skip
    for way in (found, *found.rest):
        assert way.fits or not found.rest
        assert way.scale <= 1 or not (way.dropped or way.unreserved)
    if found.fits and soft and not (found.dropped or found.unreserved):
        assert now.needed == near(available, abs=1e-6)
    elif found.fits:
        assert now.needed <= found.available + 1e-6
    for name in found.dropped:
        assert given_slides[int(name[1:])][1]
        assert int(name[1:]) > now.position
    assert found.before is made
