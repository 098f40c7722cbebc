from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.deck.model import Deck, Section
from presenter.layouts.fields import Seconds
from presenter.timing.apportion import apportion
from presenter.timing.durations import format_clock, format_elapsed, format_exact, format_left, format_signed
from presenter.timing.plan import make_plan
from presenter.timing.speech import CUE, Speech, measure_speech
from talks import slide, talk, timed


def times(deck: Deck, **options: int) -> list[float]:
    return list(make_plan(deck, **options).times)


def sources(deck: Deck) -> list[str]:
    return [planned.source for planned in make_plan(deck).slides]


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("", 0),
        ("One two three.", 3),
        ("don't well-known it\u2019s", 3),
        ("'quoted' -- dashes - and a--b", 5),
        ("snake_case 4.2 GB/s", 6),
        ("日本語", 1.5),
        ("日本語 and English", 3.5),
        ("안녕 하세요", 2.5),
        ("cafe\u0301 naïve", 2),
        ("say\n// not this\n  // nor this\nand this", 3),
        ("say\n[cue] click the video\nmore", 2),
        ("before\n```python\nx = 1\n```\nafter", 2),
        ("before\n~~~\ncode ```\n~~~~\nafter", 2),
        ("before\n```\nnever closed", 1),
        ("wait [pause 3s] now", 2),
        ("wait [pause] now", 2),
        ("an [pause for effect] here", 5),
        ("- a point\n- **bold** one", 4),
    ],
)
def test_words_of_notes(notes: str, words: float) -> None:
    assert measure_speech([notes]).words == words


def test_pauses_add_their_seconds_and_no_words() -> None:
    speech = measure_speech(["one [pause 3s] two [PAUSE 1m05s] [pause 2]", "[pause 1:00]", "[pause soon]"])
    assert speech.pause == 3 + 65 + 2 + 60
    assert speech.words == 2 + 2


def test_every_step_has_its_notes() -> None:
    assert measure_speech(["one two", "", "three"]) == Speech(6, 0, given=True)
    assert measure_speech(["", "  \n"]) == Speech()
    assert measure_speech(["// only a remark"]) == Speech(0, 0, given=True)


def test_speech_takes_a_minute_for_its_words_a_minute() -> None:
    assert measure_speech(["word " * 130]).seconds(130) == 60
    assert measure_speech(["word " * 65 + "[pause 5s]"]).seconds(130) == 35


@given(st.text(alphabet="ab'-_ 9.\n", max_size=60))
def test_counting_by_splitting_and_by_matching_agree(text: str) -> None:
    # A letter outside ASCII takes the slow way.
    assert measure_speech([text + " é"]).halves == measure_speech([text + " e"]).halves


@given(st.text(max_size=200))
def test_any_text_can_be_counted(text: str) -> None:
    speech = measure_speech([text])
    assert 0 <= speech.halves <= 2 * len(text)
    assert speech.given == bool(text.strip())


def test_cues_are_found_for_the_speaker_view() -> None:
    assert CUE.findall("a [pause 3s] b [cue] c [pause] [x] [pauseless]") == ["[pause 3s]", "[cue]", "[pause]"]


# Sharing --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "total"), [(28, 1200), (70, 2700), (300, 1000)])
def test_sums_are_exact_where_rounding_is_not(count: int, total: int) -> None:
    deck = talk([slide(f"s{number}") for number in range(count)], total)
    assert sum(times(deck)) == total


def test_left_over_seconds_go_to_the_largest_fractions_then_to_the_earlier() -> None:
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(10, [26, 37, 37]) == [2, 4, 4]
    assert apportion(2, [1, 1, 1]) == [1, 1, 0]


def test_nobody_gets_less_than_the_least_when_there_is_enough() -> None:
    assert apportion(100, [1, 1, 98], 5) == [5, 5, 90]
    assert apportion(15, [1, 1, 98], 5) == [5, 5, 5]
    assert apportion(14, [1, 1, 98], 5) == [0, 0, 14]


@given(st.integers(0, 100_000), st.lists(st.integers(1, 10_000), max_size=60), st.integers(0, 10))
def test_shares_are_exact_and_fair(total: int, weights: list[int], least: int) -> None:
    shares = apportion(total, weights, least)
    assert sum(shares) == (total if weights else 0)
    enough = total >= least * len(weights)
    assert all(part >= (least if enough else 0) for part in shares)
    for one, weight in zip(shares, weights, strict=True):
        for other, lighter in zip(shares, weights, strict=True):
            assert weight < lighter or one >= other - 1


# The plan -------------------------------------------------------------------------------------------------------------


def test_explicit_times_stand_and_the_rest_is_shared() -> None:
    deck = talk([slide("a", 60), slide("b"), slide("c"), slide("d", 0)], 300, reserve=60)
    assert times(deck) == [60, 90, 90, 0]
    assert sources(deck) == ["explicit", "even", "even", "explicit"]
    assert make_plan(deck).target == 240
    assert not make_plan(deck).warnings


def test_notes_weigh_their_words_steps_and_pauses() -> None:
    long, short = "word " * 130, "word " * 13 + "[pause 4s]"
    deck = talk([slide("a", None, long), slide("b", None, short, steps=3)], 680)
    # 8 + 60 and 8 + 4 + 4 + 6
    assert times(deck) == [514, 166]
    assert sources(deck) == ["notes", "notes"]


def test_a_slide_without_notes_weighs_the_median_of_the_others() -> None:
    notes = ["word " * 13 * n for n in (1, 2, 3)]  # 14, 20, 26
    deck = talk([slide(f"s{n}", None, text) for n, text in enumerate(notes)] + [slide("silent")], 800)
    assert times(deck) == [140, 200, 260, 200]
    assert sources(deck)[-1] == "notes"


def test_a_section_shares_its_own_budget() -> None:
    sections = [Section("a", "A", Seconds(120)), Section("b", "B")]
    slides = [slide("a1", 30), slide("a2"), slide("a3"), slide("b1", section=1), slide("b2", section=1)]
    made = make_plan(talk(slides, 300, sections=sections))
    assert list(made.times) == [30, 45, 45, 90, 90]
    assert [s.source for s in made.slides] == ["explicit", "section/even", "section/even", "even", "even"]
    assert [(part.title, part.first, part.size, part.budget, part.seconds) for part in made.parts] == [
        ("A", 0, 3, 120, 120),
        ("B", 3, 2, None, 180),
    ]
    assert made.part_of == (0, 0, 0, 1, 1)


def test_a_section_that_is_over_allocated_gives_its_free_slides_nothing_and_says_so() -> None:
    sections = [Section("a", "A", Seconds(60))]
    made = make_plan(talk([slide("x", 90), slide("y")], sections=sections))
    assert list(made.times) == [90, 0]
    assert made.warnings == ('section "A": its slides take 0:30 more than its budget of 1:00',)


def test_explicit_times_win_over_a_budget_and_it_is_said() -> None:
    sections = [Section("a", "A", Seconds(60))]
    assert make_plan(talk([slide("x", 50)], sections=sections)).warnings == (
        'section "A": its slides leave 0:10 of its budget of 1:00',
    )
    assert make_plan(talk([slide("x", 60)], sections=sections)).warnings == ()


def test_a_section_without_slides_on_the_main_path() -> None:
    sections = [Section("a", "A", Seconds(60)), Section("b", "B")]
    made = make_plan(talk([slide("x", section=1), slide("y", section=0, hidden=True)], 100, sections=sections))
    assert list(made.times) == [100]
    assert made.warnings == ('section "A" has a budget of 1:00, but no slides on the main path',)


def test_a_talk_that_is_over_allocated() -> None:
    made = make_plan(talk([slide("a", 400), slide("b")], 300, reserve=30))
    assert list(made.times) == [400, 0]
    assert made.slack == -130
    assert made.balance == "over by 2:10"
    assert made.warnings == ("the slides take 2:10 more than the duration of 5:00 less 0:30 for questions",)


def test_time_that_no_slide_takes() -> None:
    made = make_plan(timed(100, 100, duration=230))
    assert (made.slack, made.balance) == (30, "0:30 unplanned")
    assert made.target == 200
    assert make_plan(timed(100, 130, duration=230)).balance == ""


@pytest.mark.parametrize("duration", [None, 0])
def test_without_a_duration_notes_say_how_long(duration: int | None) -> None:
    deck = talk([slide("a", 20), slide("b", None, "word " * 13), slide("c")], duration)
    made = make_plan(deck)
    assert list(made.times) == [20, 14, 60]
    assert [s.source for s in made.slides] == ["explicit", "notes", "default"]
    assert made.duration is None
    assert made.target == 94
    assert list(make_plan(deck, default_time=30, wpm=26).times) == [20, 38, 30]


def test_a_hard_stop_can_stand_for_the_duration() -> None:
    deck = talk([slide("a"), slide("b")])
    assert list(make_plan(deck, duration=100).times) == [50, 50]
    assert make_plan(deck, duration=100).duration == 100


@pytest.mark.parametrize("reserve", [300, 400])
def test_a_reserve_that_takes_everything(reserve: int) -> None:
    made = make_plan(talk([slide("a"), slide("b")], 300, reserve=reserve))
    assert list(made.times) == [0, 0]
    assert made.warnings[0].startswith("the reserve of ")


@pytest.mark.parametrize("duration", [None, 0, 1, 86_400])
@pytest.mark.parametrize("times_given", [[], [5], [None], [0, 0, 0], [None, None], [10, 20]])
def test_odd_decks_have_a_plan(duration: int | None, times_given: list[int | None]) -> None:
    deck = talk([slide(f"s{number}", time) for number, time in enumerate(times_given)], duration)
    made = make_plan(deck)
    assert len(made.times) == len(times_given)
    assert all(time >= 0 for time in made.times)
    if duration and None in times_given:
        assert made.target == duration


def test_appendix_and_hidden_slides_are_not_planned() -> None:
    deck = talk([slide("a"), slide("h", 50, hidden=True), slide("b")], 100)
    assert [s.id for s in make_plan(deck).slides] == ["a", "b"]
    assert [s.at for s in make_plan(deck).slides] == [0, 2]
    assert dict(make_plan(deck).position) == {"a": 0, "b": 1}


optional_time = st.none() | st.integers(0, 600)
slides_given = st.lists(st.tuples(optional_time, st.integers(0, 3), st.sampled_from(["", "a few words", "日本" * 40])))


@given(
    slides_given, st.lists(st.none() | st.integers(0, 900), min_size=4, max_size=4), optional_time, st.integers(0, 90)
)
def test_any_deck_has_an_exact_plan(
    given_slides: list[tuple[int | None, int, str]], budgets: list[int | None], duration: int | None, reserve: int
) -> None:
    ordered = sorted(given_slides, key=lambda entry: entry[1])
    slides = [slide(f"s{n}", time, notes, section=part) for n, (time, part, notes) in enumerate(ordered)]
    sections = [Section(str(n), "", None if b is None else Seconds(b)) for n, b in enumerate(budgets)]
    made = make_plan(talk(slides, duration, reserve, sections=sections))
    assert made.target == sum(made.times) == sum(part.seconds for part in made.parts)
    assert all(time >= 0 and time == int(time) for time in made.times)
    for planned, (time, _, _) in zip(made.slides, ordered, strict=True):
        assert (planned.source == "explicit") == (time is not None)
        assert time is None or planned.seconds == time
    for part in made.parts:
        inside = made.slides[part.first : part.first + part.size]
        explicit = sum(s.seconds for s in inside if s.source == "explicit")
        if part.budget is not None and any(s.source != "explicit" for s in inside):
            assert part.seconds == max(part.budget, explicit)
    if duration and any(s.source in {"notes", "even"} for s in made.slides) and made.slack >= 0:
        assert made.target == duration - reserve


# Times in words -------------------------------------------------------------------------------------------------------


def test_times_in_words() -> None:
    assert [format_clock(s) for s in (0, 5, 65.4, 65.5, 3600, 3725, -5, -0.4)] == [
        "0:00", "0:05", "1:05", "1:06", "1:00:00", "1:02:05", "-0:05", "0:00",
    ]  # fmt: skip
    assert [format_signed(s) for s in (45, -70, 0, 0.4, -0.4)] == ["+0:45", "-1:10", "0:00", "0:00", "0:00"]
    assert [format_exact(s) for s in (45, 90, 120, 3600, 3725, 0)] == ["45s", "1m30s", "2m", "1h", "1h2m5s", "0s"]


@given(st.floats(0, 2000))
def test_passed_and_left_add_up(passed: float) -> None:
    def seconds(text: str) -> int:
        minutes, second = text.removeprefix("-").split(":")
        return (int(minutes) * 60 + int(second)) * (-1 if text.startswith("-") else 1)

    assert seconds(format_elapsed(passed)) + seconds(format_left(1000 - passed)) == 1000


@given(st.integers(0, 86_400))
def test_a_time_is_written_as_a_deck_reads_it(seconds: int) -> None:
    class NoFiles:
        pass

    assert Seconds.parse(format_exact(seconds), NoFiles()) == seconds  # type: ignore[arg-type]  # durations read no files


def test_the_deck_says_how_fast_its_speaker_speaks() -> None:
    deck = talk([slide("a", notes="one two three " * 20)])
    slow, fast = make_plan(replace(deck, wpm=60)), make_plan(replace(deck, wpm=240))
    assert (slow.wpm, fast.wpm) == (60, 240)
    assert slow.slides[0].seconds > fast.slides[0].seconds
    assert make_plan(replace(deck, wpm=60), wpm=240) == fast
