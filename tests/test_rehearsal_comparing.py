from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from statistics import median as exact_median
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from presenter.deck.model import Deck, Section
from presenter.history.compare import Comparison, compare, suggestions
from presenter.history.formats import (
    comparison_csv,
    comparison_data,
    comparison_table,
    pad_cells,
    runs_data,
    runs_table,
    sparkline,
    times_table,
    to_json,
)
from presenter.history.hashes import former_ids, slide_hashes
from presenter.history.html_page import comparison_page
from presenter.history.report import difference_bar, make_report, report_data, report_text
from presenter.history.runs import Run, RunMark, with_current_ids
from presenter.history.stats import deviation, median, rounded, scaled_mad, theil_sen_slope
from presenter.timing.plan import make_plan
from talks import slide, talk, timed

near = pytest.approx
DECK = talk([slide("intro", 60), slide("why", 90), slide("demo", 180), slide("end", 30)], 360)
TIMES = [(58, 80, 170, 28), (57, 86, 230, 29), (55, 84, 213, 31), (62, 92, 221, 29), (66, 99, 207, 28)]


def run_of(deck: Deck, times: Sequence[float | None], number: int = 1, **facts: float) -> Run:
    main = [deck.slides[index] for index in deck.main]
    seen = {slide.id: float(time) for slide, time in zip(main, times, strict=True) if time is not None}
    return Run(
        name=f"2026-11-{number:02}T10-00-00Z-aaaa",
        began=f"2026-11-{number:02}T11:00:00.000+01:00",
        mode="rehearse",
        duration=deck.duration,
        main=tuple(slide.id for slide in main),
        plan={slide.id: float(slide.layout.time or 0) for slide in main},
        hashes=slide_hashes(deck),
        times=seen,
        total=sum(seen.values()) + facts.get("questions", 0.0),
        questions=facts.get("questions", 0.0),
        ended="quit",
    )


def runs_of(deck: Deck, times: Sequence[Sequence[float | None]]) -> list[Run]:
    return [run_of(deck, row, number) for number, row in enumerate(times, 1)]


def compared(deck: Deck, times: Sequence[Sequence[float | None]]) -> Comparison:
    return compare(make_plan(deck), slide_hashes(deck), runs_of(deck, times))


FIVE = compared(DECK, TIMES)


# Numbers --------------------------------------------------------------------------------------------------------------


def test_numbers_that_one_bad_run_cannot_spoil() -> None:
    assert scaled_mad([10, 10, 10, 10, 1000]) == 0
    assert scaled_mad([1, 2, 3, 4, 100]) == near(1.4826)
    assert theil_sen_slope([10, 11, 12, 500, 14]) == near(1)
    assert theil_sen_slope([10, None, 14]) == near(2)
    assert theil_sen_slope([]) == theil_sen_slope([5]) == theil_sen_slope([None, 5.0]) == 0
    assert deviation([5]) == 0


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=30))
def test_medians_and_deviations(values: list[float]) -> None:
    assert median(values) == near(exact_median(values))
    assert deviation(values) == near(stdev(values), abs=1e-6)
    assert min(values) <= median(values) <= max(values)
    steepest = max(abs(b - a) for a in values for b in values)
    assert abs(theil_sen_slope(list(values))) <= steepest + 1e-9


@pytest.mark.parametrize(("seconds", "result"), [(0, 5), (2, 5), (7.4, 5), (7.5, 10), (12, 10), (63, 65)])
def test_suggestions_are_rounded_and_never_0(seconds: float, result: int) -> None:
    assert rounded(seconds, 5) == result


# Comparing ------------------------------------------------------------------------------------------------------------


def test_what_five_runs_say() -> None:
    demo = FIVE.stats["demo"]
    assert (demo.n, demo.median, demo.low, demo.high, demo.last) == (5, 213, 170, 230, 207)
    assert demo.mean == near(208.2)
    assert demo.sd == near(stdev([170, 230, 213, 221, 207]))
    assert demo.spread == near(8 * 1.4826)
    assert demo.over == 4
    assert demo.runs_over
    assert demo.suggestion == 215
    assert [FIVE.stats[name].runs_over for name in ("intro", "why", "end")] == [False, False, False]
    assert FIVE.stats["intro"].over == 2
    assert FIVE.stats["why"].trend == near((13 / 3 + 4.75) / 2)
    assert FIVE.sum_of_medians == 58 + 86 + 213 + 29
    assert FIVE.saving == 33
    assert FIVE.best == 383
    assert FIVE.total_stats is not None
    assert FIVE.total_stats.median == 400
    assert FIVE.all_runs == 5


def test_the_table_for_people() -> None:
    assert comparison_table(FIVE) == (
        "            plan  median      ±    last  trend   over\n"
        "  Intro     1:00    0:58   0:04    1:06   +2.2    2/5  ▃▂▁▅█\n"
        "  Why       1:30    1:26   0:09    1:39   +4.5    2/5  ▁▃▂▅█\n"
        "▶ Demo      3:00    3:33   0:12    3:27   +2.5    4/5  ▁█▆▇▅  RUNS OVER  suggest 3:35\n"
        "  End       0:30    0:29   0:01    0:28   +0.0    1/5  ▂▄▇▄▂\n"
        "  total     6:00    6:40   0:06    6:40  +12.2    4/5  ▁█▆██  runs 5 (5 complete)\n"
        "\n"
        "sum of medians 6:26   possible saving 0:33   best total 6:23\n"
    )


@pytest.mark.parametrize(
    ("planned", "times", "over"),
    [
        (60, [70, 70], True),
        (60, [70], False),  # one run is no rule
        (60, [66, 66], False),  # not by more than a tenth
        (60, [67, 67], True),
        (20, [25, 25], False),  # not by more than 5 s
        (20, [26, 26], True),
        (60, [80, 80, 50], True),  # in two thirds of the runs
        (60, [80, 80, 50, 50, 80], False),
        (0, [6, 6], True),
    ],
)
def test_what_runs_over(planned: int, times: list[float], over: bool) -> None:
    deck = timed(planned, 5)
    assert compared(deck, [(time, 5) for time in times]).stats["s0"].runs_over == over


def test_less_than_what_is_shown_is_not_over() -> None:
    found = compared(timed(60), [(60.4,), (60.5,)])
    assert found.stats["s0"].over == 1


def test_only_complete_runs_count() -> None:
    deck = timed(*[10] * 5)
    found = compared(deck, [(10, 10, 10, 10, None), (20, 20, 20, None, 20), (30, None, None, 30, 30)])
    assert [run.name[8:10] for run in found.runs] == ["02"]
    assert found.all_runs == 3
    assert list(found.rows[3].times) == [None]
    assert "s3" not in found.stats
    assert "0/0" in comparison_table(found)


def test_a_slide_that_has_changed_leaves_its_old_times_out() -> None:
    old = talk([slide("a", 60, "old words"), slide("b", 30)])
    new = talk([slide("a", 60, "new words"), slide("b", 30)])
    runs = [run_of(old, (90, 30), 1), run_of(new, (50, 30), 2)]
    found = compare(make_plan(new), slide_hashes(new), runs)
    assert list(found.rows[0].times) == [None, 50]
    assert found.rows[0].changed
    assert not found.rows[1].changed
    assert "changed since" in comparison_table(found)
    every = compare(make_plan(new), slide_hashes(new), runs, every_version=True)
    assert list(every.rows[0].times) == [90, 50]
    assert every.rows[0].changed


def test_a_new_time_does_not_make_a_slide_another_one() -> None:
    before, after = timed(60, 30), timed(90, 30)
    found = compare(make_plan(after), slide_hashes(after), [run_of(before, (80, 30))])
    assert list(found.rows[0].times) == [80]
    assert not found.rows[0].changed


def test_a_slide_with_a_new_id_keeps_its_times() -> None:
    old = talk([slide("a", 60, "the same"), slide("b", 30)])
    new = talk([replace(old.slides[0], id="first"), slide("b", 30)])
    found = compare(make_plan(new), slide_hashes(new), [run_of(old, (70, 30))])
    assert list(found.rows[0].times) == [70]
    assert found.gone == ()


def test_s08_a_slide_that_says_what_it_was_called_keeps_its_times_though_it_says_something_else_now() -> None:
    old = talk([slide("a", 60, "the same"), slide("b", 30)])
    first = old.slides[0]
    called = slide("first", 60, "other words")
    new = talk([replace(called, layout=structs.replace(called.layout, was=("a",))), slide("b", 30)])
    assert former_ids(new) == {"a": "first"}
    run = with_current_ids(replace(run_of(old, (70, 30)), marks=(RunMark(5.0, "a", ""),)), former_ids(new))
    assert (run.main, run.times) == (("first", "b"), {"first": 70, "b": 30})
    assert [mark.slide for mark in run.marks] == ["first"]
    assert run.complete
    found = compare(make_plan(new), slide_hashes(new), [run], every_version=True)
    assert list(found.rows[0].times) == [70]
    assert found.rows[0].changed
    assert found.gone == ()
    assert former_ids(talk([*new.slides, first])) == {}
    assert with_current_ids(run, {"unknown": "b"}) is run


def test_slides_that_have_left_the_deck_are_listed_and_new_ones_have_no_times() -> None:
    old, new = timed(10, 20, 30), talk([slide("s0", 10), slide("new", 20, "other"), slide("s2", 30)])
    found = compare(make_plan(new), slide_hashes(new), [run_of(old, (10, 20, 30))])
    assert found.gone == ("s1",)
    assert found.rows[1].n == 0
    assert "no longer in the deck: s1" in comparison_table(found)
    assert found.sum_of_medians == 60


def test_your_own_words_a_minute() -> None:
    deck = talk([slide("a", 60, "word " * 100), slide("b", 60), slide("c", 60, "word " * 50)])
    assert compared(deck, [(40, 500, 20), (40, 5, 20)]).wpm == 150
    assert compared(timed(60), [(60,)]).wpm is None
    assert compared(deck, [(0, 5, 0)]).wpm is None


def test_questions_are_no_part_of_the_total() -> None:
    run = run_of(timed(60), (60,), questions=100)
    found = compare(make_plan(timed(60)), slide_hashes(timed(60)), [run])
    assert found.total.times == (60,)


def test_suggested_times() -> None:
    assert suggestions(FIVE) == {"demo": 215}
    assert suggestions(FIVE, source="last") == {"intro": 65, "why": 100, "demo": 205}
    assert suggestions(FIVE, source="last", step=1) == {"intro": 66, "why": 99, "demo": 207}
    assert suggestions(FIVE, source="last", only=["why"]) == {"why": 100}
    assert suggestions(compared(timed(60), [(1,), (2,)])) == {"s0": 5}
    assert suggestions(compared(timed(60), [])) == {}


def test_three_runs_settle_a_suggestion() -> None:
    assert suggestions(compared(timed(60), [(500,), (100,), (90,), (110,)])) == {"s0": 100}


# Text, JSON, CSV ------------------------------------------------------------------------------------------------------


def test_nothing_to_compare() -> None:
    assert "no runs" in comparison_table(compared(DECK, []))
    assert "1 run, none complete" in comparison_table(compared(DECK, [(1, None, None, None)]))
    assert "nothing to compare" in comparison_page(compared(DECK, []), "T")


def test_sparklines() -> None:
    assert sparkline([1, None, 8, 4]) == "▁ █▄"
    assert sparkline([3, 3]) == "▅▅"
    assert sparkline([3, 3.2, 2.9]) == "▄▅▄"  # nobody feels that
    assert sparkline([None]) == ""


def test_long_and_wide_titles_are_cut_to_cells() -> None:
    assert pad_cells("日本語日本語", 7) == "日本語…"
    assert pad_cells("日本語日本語", 6) == "日本… "
    assert pad_cells("abc", 5) == "abc  "
    deck = talk([slide("日本語" * 20, 10), slide("b" * 90, 20)])
    table = comparison_table(compared(deck, [(10, 20)]))
    assert "日本語日本語日本語日本語日… " in table
    assert "B" + "b" * 26 + "…" in table


def test_the_list_of_runs() -> None:
    runs = runs_of(DECK, TIMES[:2])
    runs.append(
        replace(run_of(DECK, (50, None, None, None), 3, questions=80), ended="", marks=(RunMark(4, "why", ""),))
    )
    assert runs_table(runs) == (
        "     began             kind        total     plan   slides\n"
        "  1  2026-11-01 11:00  rehearse     5:36     6:00      4/4\n"
        "  2  2026-11-02 11:00  rehearse     6:42     6:00      4/4\n"
        "  3  2026-11-03 11:00  rehearse     2:10     6:00      1/4  not complete, broke off, questions 1:20, 1 mark\n"
    )
    assert json.loads(to_json(runs_data(runs)))[0]["slides"] == {"intro": 58, "why": 80, "demo": 170, "end": 28}


def test_a_comparison_as_json() -> None:
    data = json.loads(to_json(comparison_data(FIVE)))
    assert data["slides"][2]["runs_over"] is True
    assert data["slides"][2]["times"] == [170, 230, 213, 221, 207]
    assert data["total"]["median"] == 400
    assert data["possible_saving"] == 33
    assert [run["total"] for run in data["runs"]] == [sum(times) for times in TIMES]
    assert json.loads(to_json(comparison_data(compared(DECK, []))))["best_total"] is None


def test_a_comparison_as_csv() -> None:
    deck = talk([slide('=cmd "x", y', 10), slide("b", 20)])
    rows = list(csv.DictReader(io.StringIO(comparison_csv(compared(deck, [(11, 20), (None, 22)])))))
    assert len(rows) == 3
    assert rows[0]["title"] == '\'=Cmd "X", Y'
    assert rows[0]["plan"] == "10"
    assert rows[2]["title"] == "total"
    assert rows[0]["2026-11-01T11:00:00.000+01:00"] == "11.0"
    rows = list(csv.DictReader(io.StringIO(comparison_csv(compared(timed(10), [])))))
    assert rows[0]["median"] == ""


def test_suggested_times_for_people() -> None:
    assert times_table(FIVE, {"demo": 215, "end": 45}) == "  Demo     3:00 -> 3m35s\n  End      0:30 -> 45s\n"
    assert times_table(FIVE, {}) == "No time would change by 5 s or more.\n"


# The page -------------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """Checks that elements are closed in order, and gathers what a page asks for."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.outside: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.outside += [
            value or "" for name, value in attrs if name in {"src", "href", "xlink:href"} or name[:2] == "on"
        ]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def tags(page: str) -> Tags:
    parser = Tags()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


def test_the_page_stands_alone() -> None:
    page = comparison_page(FIVE, "Why the cache misses")
    found = tags(page)
    assert found.seen.count("svg") == 2 + 4 + 1
    assert not found.outside
    assert not {"script", "link", "img", "iframe"} & set(found.seen)
    assert "http-equiv" in page
    assert "prefers-color-scheme: dark" in page
    assert "url(" not in page
    assert "Why the cache misses" in found.texts
    assert page.count('class="over"') >= 2


def test_texts_of_a_deck_are_texts_on_the_page() -> None:
    evil = '</title><script>alert(1)</script>"&'
    found = compared(talk([slide("a", 10)]), [(12,)])
    found = replace(found, rows=(replace(found.rows[0], title=evil),))
    page = comparison_page(found, evil)
    assert "<script" not in page
    assert tags(page).seen.count("script") == 0


@pytest.mark.parametrize("count", [1, 2, 3, 40])
@pytest.mark.parametrize("times", [[0], [0, 0, 0], [5, 86_000], [10] * 30])
def test_any_comparison_has_a_page(times: list[int], count: int) -> None:
    tags(comparison_page(compared(timed(*times), [times] * count), ""))


def test_a_slide_that_was_never_seen_is_on_the_page() -> None:
    deck = timed(*[10] * 5)
    page = comparison_page(compared(deck, [(10, 10, 10, None, 10)]), "T")
    assert "not seen in a complete run" in page


# The report -----------------------------------------------------------------------------------------------------------


def test_the_report_of_a_run() -> None:
    sections = [Section("a", "First"), Section("b", "Second")]
    notes = "word " * 100
    deck = talk(
        [slide("intro", 60, notes), slide("why", 30), slide("demo", 60, section=1), slide("end", 30, section=1)],
        sections=sections,
    )
    runs = runs_of(deck, [(60, 30, 80, 30), (50, 40, 90, 30)])
    last = replace(
        run_of(deck, (40, None, 100, 33), 3, questions=20),
        times={"intro": 40.0, "demo": 100.0, "end": 33.0, "backup": 12.0},
        total=40 + 100 + 33 + 12 + 20,
        marks=(RunMark(61, "demo", "slow"),),
    )
    found = make_report(make_plan(deck), last, compare(make_plan(deck), slide_hashes(deck), runs))
    assert [(line.slide, line.planned, line.this, line.last, line.median) for line in found.lines] == [
        ("intro", 60, 40, 50, 55),
        ("why", 30, None, 40, 35),
        ("demo", 60, 100, 90, 85),
        ("end", 30, 33, 30, 30),
    ]
    assert [(part.line.title, part.line.planned, part.line.this, part.line.last) for part in found.parts] == [
        ("First", 90, 40, 90),
        ("Second", 90, 133, 120),
    ]
    assert (found.total.planned, found.total.this, found.total.last, found.total.median) == (180, 185, 210, 205)
    assert [line.slide for line in found.slowest] == ["demo", "end"]
    assert found.wpm == 150
    assert [(line.title, line.this) for line in found.aside] == [("backup", 12)]
    assert report_text(found) == (
        "rehearsal of 2026-11-03 11:00: 3:25, questions 0:20, 0:05 over the plan\n"
        "\n"
        "               planned    this                                    last  median\n"
        "\n"
        "First             1:30    0:40                           -0:50    1:30    1:30\n"
        "intro  Intro      1:00    0:40      ━━━━━│               -0:20    0:50    0:55\n"
        "why    Why        0:30                               not shown    0:40    0:35\n"
        "\n"
        "Second            1:30    2:13                           +0:43    2:00    1:55\n"
        "demo   Demo       1:00    1:40           │━━━━━━━━━━     +0:40    1:30    1:25  *\n"
        "end    End        0:30    0:33           │━              +0:03    0:30    0:30\n"
        "\n"
        "off the main path\n"
        "       backup             0:12\n"
        "\n"
        "total             3:00    3:05                           +0:05    3:30    3:25\n"
        "\n"
        "longest over their plan\n"
        "demo   Demo      +0:40\n"
        "end    End       +0:03\n"
        "\n"
        "150 words a minute over slides with notes\n"
        "marked at 1:01: demo Demo: slow\n"
    )
    data = json.loads(to_json(report_data(found)))
    assert data["sections"][1]["slides"][0]["over"] == 40
    assert data["slowest"] == ["demo", "end"]


def test_the_first_report_has_nothing_to_compare_with() -> None:
    found = make_report(make_plan(DECK), run_of(DECK, TIMES[0]), compared(DECK, []))
    assert all(line.last is None and line.median is None for line in found.lines)
    assert report_text(found).startswith("rehearsal of 2026-11-01 11:00: 5:36, 0:24 under the plan\n")
    assert found.slowest == ()


@pytest.mark.parametrize(
    ("times", "words"), [((60, 90, 180, 30.4), ", on plan\n"), ((60, 90, 180, 40), ", 0:10 over the plan\n")]
)
def test_a_report_begins_with_how_the_run_stands_to_its_plan(times: tuple[float, ...], words: str) -> None:
    found = make_report(make_plan(DECK), run_of(DECK, times), compared(DECK, []))
    assert report_text(found).partition("\n")[0].endswith(words.rstrip())


def test_a_report_keeps_the_plan_of_its_run() -> None:
    run = replace(run_of(DECK, TIMES[0]), plan={"intro": 10.0})
    assert make_report(make_plan(DECK), run, compared(DECK, [])).lines[0].planned == 10


@given(st.floats(-1000, 1000), st.floats(0, 1000), st.integers(1, 20))
def test_bars_have_one_width(over: float, widest: float, half: int) -> None:
    drawn = difference_bar(over, widest, half)
    assert len(drawn) == 2 * half + 1
    assert drawn[half] == "│"
    assert all(one == other for one, other in pairwise(drawn.replace(" ", "").replace("│", "")))


def test_a_report_of_a_talk_without_slides() -> None:
    deck = talk([])
    run = Run("r", times={"old": 5.0}, total=5.0)
    assert "total" in report_text(make_report(make_plan(deck), run, compare(make_plan(deck), {}, [])))


def test_paths_are_not_part_of_what_is_compared() -> None:
    here = talk([slide("a")], path=Path("/a/deck.yaml"))
    there = talk([slide("a")], path=Path("/b/deck.yaml"))
    assert slide_hashes(here) == slide_hashes(there)
