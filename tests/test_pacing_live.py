from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.deck.model import Section
from presenter.layouts.fields import Seconds
from presenter.timing.pace import Pace, measure_pace, next_advance
from presenter.timing.plan import Plan, make_plan
from presenter.timing.time_log import TimeLog
from talks import slide, talk, timed

near = pytest.approx


@dataclass
class Walk:
    """A talk given by a speaker with a stopwatch."""

    plan: Plan
    account: TimeLog = field(default_factory=TimeLog)
    elapsed: float = 0.0

    def to(self, name: str, *, main: bool = True) -> Walk:
        self.account = self.account.to(name, self.elapsed, main=main)
        return self

    def wait(self, seconds: float) -> Walk:
        self.elapsed += seconds
        return self

    @property
    def pace(self) -> Pace:
        return measure_pace(self.plan, self.account, self.elapsed)

    @property
    def late(self) -> float:
        return self.pace.deviation


def walk(*times: int, **options: int) -> Walk:
    return Walk(make_plan(timed(*times, **options))).to("s0")


def test_on_plan_the_deviation_is_0_at_every_instant() -> None:
    talk = walk(30, 90, 0, 60, 120, duration=300)
    for number, seconds in enumerate(talk.plan.times):
        talk.to(f"s{number}")
        for _ in range(10):
            assert talk.late == near(0)
            talk.wait(seconds / 10)
    assert talk.late == near(0)
    assert talk.pace.projected == near(300)


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 200), st.sampled_from(["", "a few words", "word " * 99])), min_size=1
    ),
    st.none() | st.integers(1, 4000),
    st.integers(0, 300),
    st.floats(0.01, 1),
)
def test_whatever_the_plan_who_keeps_to_it_is_never_early_or_late(
    given_slides: list[tuple[int | None, str]], duration: int | None, reserve: int, share: float
) -> None:
    deck = talk([slide(f"s{n}", time, notes) for n, (time, notes) in enumerate(given_slides)], duration, reserve)
    speaker = Walk(make_plan(deck))
    for planned in speaker.plan.slides:
        speaker.to(planned.id)
        assert speaker.late == near(0, abs=1e-6)
        speaker.wait(planned.seconds * share)
        assert speaker.late == near(0, abs=1e-6)
        speaker.wait(planned.seconds * (1 - share))
        assert speaker.late == near(0, abs=1e-6)


def test_staying_too_long_adds_a_second_a_second() -> None:
    talk = walk(30, 30).wait(30)
    assert talk.late == 0
    assert talk.wait(7).late == 7
    assert talk.wait(1).late == 8
    assert talk.pace.slide_left == -8
    assert talk.to("s1").late == 8


def test_leaving_early_gives_the_rest_at_once() -> None:
    assert walk(30, 30).wait(20).to("s1").late == -10


def test_skipping_a_slide_gains_its_plan() -> None:
    assert walk(30, 40, 50).wait(30).to("s2").late == -40


def test_going_back_costs_only_the_time_spent_there() -> None:
    talk = walk(*[60] * 8, duration=480)
    for number in range(7):
        talk.to(f"s{number}").wait(60)
    assert talk.late == 0
    talk.to("s2").wait(25).to("s7")
    assert talk.late == near(25)
    assert talk.pace.needed == 60


def test_a_look_at_the_last_slide_is_credited_to_it_but_not_one_at_the_appendix() -> None:
    talk = walk(60, 60, 60).wait(30).to("s2").wait(10).to("s0")
    assert talk.late == 0
    talk = walk(60, 60, 60).wait(30).to("a1", main=False).wait(10)
    assert talk.late == near(10)
    assert talk.to("s0").late == near(10)


def test_an_appendix_slide_leaves_the_plan_where_it_was() -> None:
    talk = walk(60, 60, 60).wait(60).to("s1").wait(20).to("backup", main=False).wait(5)
    assert talk.pace.position == 1
    assert talk.pace.slide_left == 40
    assert talk.late == near(5)


def test_what_is_left() -> None:
    talk = walk(60, 60, duration=180, reserve=60).wait(45)
    assert (talk.pace.left, talk.pace.slide_left, talk.pace.needed, talk.pace.projected) == (135, 15, 75, 120)
    assert not talk.pace.over
    assert talk.wait(136).pace.over
    assert talk.pace.left == -1


def test_what_is_left_of_the_section() -> None:
    sections = [Section("a", "A"), Section("b", "B")]
    slides = [slide("s0", 60), slide("s1", 30, section=1), slide("s2", 30, section=1)]
    talk_ = Walk(make_plan(talk(slides, sections=sections))).to("s0").wait(60).to("s1").wait(40)
    now = talk_.pace
    assert (now.part, now.part_left, now.part_spent, now.part_planned) == (1, 30, 40, 60)
    now = talk_.to("s2").wait(10).pace
    assert (now.part_left, now.part_spent) == (20, 50)


@pytest.mark.parametrize(("spent", "step"), [(0, 0), (9, 0), (10, 1), (29, 2), (39, 3), (100, 3)])
def test_the_step_a_speaker_on_plan_has_reached(spent: float, step: int) -> None:
    talk_ = Walk(make_plan(talk([slide("s0", 40, steps=4)]))).to("s0").wait(spent)
    assert talk_.pace.step == step


def test_a_slide_without_time_of_its_own_is_at_its_last_step() -> None:
    talk_ = Walk(make_plan(talk([slide("s0", 0, steps=4)]))).to("s0")
    assert talk_.pace.step == 3
    assert talk_.wait(5).pace.slide_left == -5


def test_questions_are_charged_to_the_reserve_first_then_to_the_talk() -> None:
    talk = walk(60, 60, duration=180, reserve=30).wait(30)
    talk.account = talk.account.ask(talk.elapsed)
    talk.wait(20)
    assert (talk.late, talk.pace.question, talk.pace.reserve_left, talk.pace.slide_left) == (0, 20, 10, 30)
    assert talk.account.ask(talk.elapsed) is talk.account
    talk.wait(15)
    assert (talk.pace.reserve_left, talk.pace.left) == (0, 115)
    assert talk.late == near(5)
    talk.account = talk.account.answer(talk.elapsed)
    talk.wait(30)
    assert (talk.pace.question, talk.pace.slide_left) == (0, 0)
    assert talk.late == near(5)
    assert sum(talk.account.spent(talk.elapsed).values()) + talk.account.asked(talk.elapsed) == near(talk.elapsed)


def test_moving_during_a_question_charges_no_slide() -> None:
    talk = walk(60, 60, reserve=100).wait(10)
    talk.account = talk.account.ask(talk.elapsed)
    talk.wait(5).to("s1").wait(5).to("s0").wait(5)
    talk.account = talk.account.answer(talk.elapsed)
    assert talk.account.spent(talk.elapsed) == {"s0": 10, "s1": 0}


def test_a_minute_more_is_a_minute_more() -> None:
    talk = walk(60, 60, duration=120).wait(60)
    talk.account = talk.account.grant(60)
    assert (talk.pace.left, talk.late) == (120, -60)
    talk.account = talk.account.grant(-120)
    assert (talk.pace.left, talk.late) == (0, 60)


def test_sleep_can_be_taken_out_again() -> None:
    talk = walk(60, 60, duration=120).wait(50).wait(300).to("s1").wait(10)
    assert talk.late == near(290)
    talk.account, gone = talk.account.without(300, "s0", talk.elapsed)
    talk.elapsed -= gone
    assert gone == 300
    assert talk.account.spent(talk.elapsed) == {"s0": near(50), "s1": near(10)}
    assert talk.late == near(-10)
    assert sum(talk.account.spent(talk.elapsed).values()) == near(talk.elapsed)


def test_no_more_is_taken_out_than_was_counted() -> None:
    account, gone = walk(60, 60).wait(10).account.without(50, "s0", 10)
    assert (gone, account.spent(0)) == (10, {"s0": 0})
    account, gone = walk(60, 60).wait(10).account.without(50, "s1", 10)
    assert (gone, account.spent(10)) == (0, {"s0": 10, "s1": 0})


def test_sleep_during_a_question_is_taken_from_the_question() -> None:
    talk = walk(60, 60, reserve=100).wait(10)
    asked = talk.account.ask(10)
    same, gone = asked.without(40, "", 60)
    assert (same.asked(60 - gone), same.spent(60 - gone), gone) == (10, {"s0": 10}, 40)
    after, gone = asked.answer(60).without(40, "", 65)
    assert (after.asked(65 - gone), after.spent(65 - gone), gone) == (10, {"s0": 15}, 40)


def test_a_clock_that_goes_backwards_takes_nothing_back() -> None:
    talk = walk(60, 60).wait(30).to("s1")
    assert measure_pace(talk.plan, talk.account, 20).slide_spent == 0
    assert measure_pace(talk.plan, talk.account, -5).elapsed == 0


def test_late_ticks_do_not_drift() -> None:
    talk = walk(10_000, duration=10_800)
    for _ in range(7):
        talk.wait(1000.1)
        assert measure_pace(talk.plan, talk.account, talk.elapsed) == talk.pace
    assert talk.pace.slide_spent == talk.elapsed


def test_a_reload_keeps_the_time_of_slides_that_are_gone() -> None:
    talk = walk(60, 60, 60).wait(60).to("s1").wait(60).to("s2").wait(30)
    talk.plan = make_plan(timed(60, 60))
    now = talk.pace
    assert now.position == 0  # the slide to return to has left the deck
    assert talk.account.spent(talk.elapsed)["s2"] == 30
    talk.plan = make_plan(timed(60, 60, 60, 60))
    assert talk.late == near(0)
    assert talk.pace.needed == 90


def test_a_talk_without_slides() -> None:
    now = measure_pace(make_plan(talk([])), TimeLog(), 10)
    assert (now.position, now.needed, now.deviation, now.left) == (-1, 0, 10, None)
    assert next_advance(make_plan(talk([])), now, 0, 1) == 0


def test_the_plan_of_the_title_is_not_consumed_before_the_start() -> None:
    now = measure_pace(make_plan(timed(60, 60, duration=120)), TimeLog(), 0)
    assert (now.deviation, now.slide_left) == (0, 60)


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 9), st.floats(0, 300)), max_size=40),
    st.integers(0, 400),
)
def test_random_walks(times: list[int], moves: list[tuple[int, float]], reserve: int) -> None:
    made = make_plan(timed(*times, duration=500, reserve=reserve))
    talk = Walk(made).to("s0")
    for target, seconds in moves:
        before = talk.late
        talk.wait(seconds)
        # Time never makes anybody earlier, nor later by more than what passed.
        assert before - 1e-6 <= talk.late <= before + seconds + 1e-6
        main = target < len(times)
        talk.to(f"s{target}" if main else f"x{target}", main=main)
        now = talk.pace
        assert sum(talk.account.spent(talk.elapsed).values()) == near(talk.elapsed)
        assert now.projected == near(talk.elapsed + now.needed)
        assert now.deviation == near(now.projected - sum(times))
        assert 0 <= now.needed <= sum(times) + 1e-6
        assert 0 <= now.position < len(times)


def test_advancing_by_itself_divides_a_slide_among_its_steps() -> None:
    talk_ = Walk(make_plan(talk([slide("s0", 40, steps=4), slide("s1", 0)]))).to("s0").wait(12)
    assert next_advance(talk_.plan, talk_.pace, 0, 4) == 0
    assert next_advance(talk_.plan, talk_.pace, 1, 4) == 8
    assert next_advance(talk_.plan, talk_.pace, 3, 4) == 28
    talk_.to("s1")
    assert next_advance(talk_.plan, talk_.pace, 0, 1) == 1


def test_a_duration_in_the_deck_may_be_a_number_of_any_kind() -> None:
    made = replace(make_plan(timed(10)), duration=Seconds(10))
    assert measure_pace(made, TimeLog().to("s0", 0), 4).left == 6
