"""Breaks: no slides of the talk, with a time that stands, on a scale of their own."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from presenter.check.engine import CheckOptions, check_deck
from presenter.deck.ids import fill_footer
from presenter.deck.load import load, load_deck
from presenter.deck.model import Deck
from presenter.history.answers import comparison_answer, plan_answer, report_answer, runs_answer, times_answer
from presenter.history.fit_times import scaled
from presenter.layouts import Layout
from presenter.layouts.fields import lasting
from presenter.outline.text import join_paragraphs, outline
from presenter.outline.values import resolved_values
from presenter.painting import paint
from presenter.render.stage import Stage
from presenter.session.actions import find_slide
from presenter.session.state import Outline
from presenter.timing.bar import BREAK, layout_bar
from presenter.timing.deadline import break_words
from presenter.timing.pace import measure_pace
from presenter.timing.plan import make_plan
from presenter.timing.reflow import reflow
from presenter.timing.time_log import TimeLog
from samples import slide
from test_rehearsal_commands import TWO, record
from test_ui_speaker import rows, scene, started

TEXT = """\
title: A workshop
duration: 60m
footer: "{title} · {slide}/{slides}"
defaults: {time: 30s, fixed: false, optional: true}
sections:
  - title: First half
    time: 20m
    slides:
      - {title: One, id: one, time: 10m, notes: Some words to say.}
      - {title: Two, id: two, time: 10m, notes: More words.}
      - {title: Coffee, break: 15m, caption: Downstairs}
  - title: Second half
    slides:
      - {title: Three, id: three, time: 20m, notes: And more.}
      - {break: 2m30s, hidden: true}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    (tmp_path / "deck.yaml").write_text(TEXT, encoding="utf-8")
    return load_deck(tmp_path)


def faults(folder: Path, text: str) -> list[str]:
    (folder / "deck.yaml").write_text(f"title: x\nslides:\n  - {text}\n", encoding="utf-8")
    return [problem.words for problem in load(folder).problems]


def test_a_break_is_not_counted_as_a_slide(deck: Deck) -> None:
    assert [each.label for each in deck.slides] == ["1", "2", "B1", "3", "H1"]
    assert deck.count == 3
    assert [each.footer for each in deck.slides][1:4] == ["A workshop · 2/3", "A workshop", "A workshop · 3/3"]
    assert find_slide(Outline.of(deck), "b1") == 2
    assert find_slide(Outline.of(deck), "3") == 3


def test_defaults_of_slides_are_not_for_breaks(deck: Deck) -> None:
    assert make_plan(deck).breaks[0].seconds == 900
    assert deck.slides[2].layout.time is None


@pytest.mark.parametrize("key", ["time: 5m", "fixed: true", "optional: true", "reveal: true"])
def test_what_means_nothing_on_a_break_is_refused(tmp_path: Path, key: str) -> None:
    (words,) = faults(tmp_path, f"{{title: Coffee, break: 15m, {key}}}")
    assert words.startswith(f'"{key.partition(":")[0]}" has no place in slide 1 "Coffee": a break ')


def test_a_break_takes_some_time(tmp_path: Path) -> None:
    assert faults(tmp_path, "{title: Coffee, break: 0}") == ["a break takes some time: write break: 15m"]
    assert faults(tmp_path, "{title: Coffee, break: soon}")[0].startswith('"soon" is not a duration')


def test_nothing_is_demanded_of_a_break(deck: Deck) -> None:
    found = [problem.words for problem in check_deck(deck.path, manner=CheckOptions(strict=True)).problems]
    assert [words for words in found if "notes" in words or "title" in words or "id" in words.split()] == []


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60), (30, 8), (10, 3)])
def test_a_break_fits_at_every_size(deck: Deck, size: tuple[int, int]) -> None:
    for each in (deck.slides[2], deck.slides[4]):
        frame = paint(slide(each.layout), Stage(*size))
        assert len(frame.rows) == size[1]
        assert not frame.lost or size[1] < 8


def test_a_length_in_words() -> None:
    lengths = (45, 60, 150, 900, 3600, 5400, 3661)
    assert [lasting(seconds) for seconds in lengths] == [
        "45 s", "1 min", "2:30 min", "15 min", "1 h", "1 h 30 min", "1:01:01 h",
    ]  # fmt: skip


def test_a_break_is_of_the_duration_and_of_no_budget(deck: Deck) -> None:
    made = make_plan(deck)
    assert (made.target, [part.seconds for part in made.parts]) == (3300, [1200, 1200])
    assert made.warnings == ("the slides and breaks leave 5:00 of the duration of 1:00:00 unplanned",)
    free = replace(deck, slides=tuple(replace(s, layout=_timeless(s.layout)) for s in deck.slides))
    assert make_plan(free).times == (630, 570, 900, 1500)


def _timeless(layout: Layout) -> Layout:
    return structs.replace(layout, time=None)


def test_a_new_plan_neither_shortens_nor_drops_a_break(deck: Deck) -> None:
    made = make_plan(deck)
    found = reflow(made, TimeLog().to("one", 0.0), 0.0, 1500.0)
    for way in (found, *found.rest):
        assert way.after.slides[2].seconds == 900
        assert "coffee" not in way.dropped


def test_breaks_take_no_room_on_the_bar(deck: Deck) -> None:
    made, account = make_plan(deck), TimeLog().to("one", 0.0)
    for name, at in (("two", 600.0), ("coffee", 1200.0)):
        account = account.to(name, at)
    bar = layout_bar(made, measure_pace(made, account, 1500.0), 40)
    assert (bar.done, bar.tick, bar.breaks, bar.marks) == (20, 20, (20,), (20,))
    assert str(bar)[20] in {BREAK, "▽"}
    account = account.to("three", 2100.0)
    bar = layout_bar(made, measure_pace(made, account, 2700.0), 40)
    assert (bar.done, bar.tick) == (30, 30)
    assert str(bar)[20] == BREAK


def test_a_break_counts_down_and_leaves_its_section_alone(deck: Deck) -> None:
    made = make_plan(deck)
    account = TimeLog().to("one", 0.0).to("coffee", 1200.0)
    now = measure_pace(made, account, 1500.0)
    assert (break_words(now), now.deviation + 0.0) == (
        "break 10:00 left",
        measure_pace(made, account, 1200.0).deviation,
    )
    assert (now.part_spent, now.part_planned) == (1200, 1200)
    assert break_words(measure_pace(made, account, 2145.0)) == "break over by 0:45"
    assert break_words(measure_pace(made, account.to("three", 2100.0), 2145.0)) == ""
    aside = account.to("elsewhere", 1300.0, main=False)
    assert break_words(measure_pace(made, aside, 1310.0)) == ""


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
def test_the_speaker_sees_the_break_run_out(deck: Deck, size: tuple[int, int]) -> None:
    state = started(("next", 600.0), ("next", 1200.0), talk=deck)
    shown = rows(scene(state, 1500.0, talk=deck), size)
    assert "break 10:00 left" in shown[0]
    head = "\n".join(shown[:10])
    assert "break B1" in head
    assert "this break" in head
    bar = next(row for row in shown if set(row.strip()) <= set("━─") and row.strip())
    assert bar.count("━") == round(size[0] * 2 / 3)
    assert "break over by 0:30" in rows(scene(state, 2130.0, talk=deck), size)[0]
    assert "slide 3/3" in "\n".join(rows(scene(started(("last", 1.0), talk=deck), 2.0, talk=deck), size)[:10])


def test_a_plan_tells_breaks(deck: Deck) -> None:
    text = plan_answer(deck, at="14:00", clocks=TWO).text
    assert "14:20:00  B1    Coffee" in text
    assert "3 slides and 1 break, 55:00 planned of 1:00:00" in text
    table = list(csv.DictReader(plan_answer(deck, form="csv").text.splitlines()))
    assert [row["kind"] for row in table] == ["slide", "slide", "break", "slide"]
    data = json.loads(plan_answer(deck, form="json").text)
    assert data["breaks"] == 900
    assert [each["break"] for each in data["slides"]] == [False, False, True, False]


def test_a_calendar_has_breaks_of_their_own(tmp_path: Path) -> None:
    slides = "{title: One, time: 1m}, {title: Tea, break: 5m}, {title: Two, time: 2m}"
    (tmp_path / "deck.yaml").write_text(f"title: T\nslides: [{slides}]\n", encoding="utf-8")
    text = plan_answer(load_deck(tmp_path), form="ics", at="14:00", clocks=TWO).text
    assert [line for line in text.splitlines() if line.startswith("SUMMARY")] == [
        "SUMMARY:T",
        "SUMMARY:T: Tea",
        "SUMMARY:T",
    ]


def test_runs_leave_breaks_out(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    record(deck, root, (540, 600, 100, 1200), (540, 600, 800, 1200), (540, 600, 5, 1200))
    assert "not complete" not in runs_answer(deck, root=root).text
    compared = json.loads(comparison_answer(deck, form="json", root=root).text)
    assert [each["id"] for each in compared["slides"]] == ["one", "two", "three"]
    assert (compared["total"]["plan"], compared["total"]["times"]) == (2400, [2340, 2340, 2340])
    assert [run["breaks"] for run in compared["runs"]] == [100, 800, 5]
    found = json.loads(report_answer(deck, json=True, root=root).text)
    assert (found["total"]["planned"], found["total"]["this"]) == (2400, 2340)
    assert [each["slide"] for each in found["breaks"]] == ["coffee"]
    assert "\nbreaks\nB1  Coffee" in report_answer(deck, root=root).text
    text = times_answer(deck, root=root).text
    assert "One" in text
    assert "Coffee" not in text.partition("---")[0]


def test_a_run_needs_no_break_to_be_complete(deck: Deck, tmp_path: Path) -> None:
    closing = replace(deck, slides=(*deck.slides[:2], deck.slides[3], deck.slides[2]))
    record(closing, tmp_path / "state", (600, 600, 1200))
    assert "not complete" not in runs_answer(closing, root=tmp_path / "state").text


def test_times_scaled_to_a_budget_know_that_breaks_are_none_of_it(deck: Deck) -> None:
    fit = scaled(make_plan(deck), {"one": 1200, "two": 1200, "three": 1200}, 5)
    assert fit["one"] + fit["two"] == 1200


def test_a_break_in_words(deck: Deck) -> None:
    text = join_paragraphs(outline(deck, deck.slides))
    assert "3 slides and 1 break, 55:00" in text
    assert "B1. Coffee\n   15 min of break\n   Caption: Downstairs" in text
    assert "H1. Break (hidden)" in text
    table = resolved_values(load(deck.path), (deck.slides[2],))
    assert "break     15m" in table


def test_a_divider_without_notes_says_where_its_time_comes_from(tmp_path: Path) -> None:
    text = "title: T\nsections: [{title: A, divider: true, slides: [{title: One}]}]\n"
    (tmp_path / "deck.yaml").write_text(text, encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.deck is not None
    assert "it names what comes" in resolved_values(loaded, loaded.deck.slides)


def test_a_part_of_a_footer_whose_fields_are_all_empty_goes_with_what_joins_them() -> None:
    facts = {"author": "", "slide": "", "slides": "", "title": "T"}
    assert fill_footer("{title} · by {author} · {slide}/{slides} · Rome", facts) == "T · Rome"
    assert fill_footer("{title} by {author}", facts) == "T by"
