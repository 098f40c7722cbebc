from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from presenter.deck.load import load_deck
from presenter.deck.model import Deck
from presenter.history.answers import (
    FINE,
    FOUND,
    USAGE,
    comparison_answer,
    plan_answer,
    report_answer,
    runs_answer,
    times_answer,
)
from presenter.history.fit_times import scaled
from presenter.history.journal import Journal
from presenter.layouts.fields import Seconds
from presenter.timing.clocks import Clocks
from presenter.timing.plan import make_plan
from talks import slide, talk

TWO = Clocks(wall=dt.datetime(2026, 11, 22, 13, 0).astimezone().timestamp)
TEXT = """\
title: A talk
duration: 3m
sections:
  - title: First
    time: 1m40s
    slides:
      - title: One
        body: words
        time: 40s   # as planned
        notes: one two three four five
      - title: Two
        body: words
  - title: Second
    slides:
      - {title: Three, body: words}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    (tmp_path / "deck.yaml").write_text(TEXT, encoding="utf-8")
    return load_deck(tmp_path)


def record(deck: Deck, root: Path, *runs: Sequence[float]) -> None:
    """Give the talk, so many times, from a day in November on."""
    for number, times in enumerate(runs):
        now = 1_795_340_000.0 + 86_400 * number
        log = Journal(deck, make_plan(deck), Clocks(talk=lambda: 1.0, wall=lambda now=now: now), "rehearse", root=root)  # type: ignore[misc]  # the default binds the day
        elapsed = 0.0
        for index, seconds in enumerate(times):
            name = deck.slides[index].id
            (log.start if index == 0 else log.go)(name, 0, elapsed)
            elapsed += seconds
        log.end(elapsed)
        log.close()
        assert log.trouble == ""


def test_the_agenda(deck: Deck) -> None:
    assert plan_answer(deck).text == (
        "             planned  from          ends at   words  to say\n"
        "\n"
        "First  1:40 of 1:40\n"
        "1     One       0:40  explicit         0:40       5    0:02  ████████\n"
        "2     Two       1:00  section/even     1:40                  ████████████\n"
        "\n"
        "Second  1:20\n"
        "3     Three     1:20  even             3:00                  ████████████████\n"
        "\n"
        "3 slides, 3:00 planned of 3:00; notes of 5 words take 0:02 at 130 a minute\n"
    )
    assert "at 100 a minute" in plan_answer(deck, wpm=100).text


def test_the_agenda_says_what_does_not_add_up() -> None:
    text = plan_answer(talk([slide("a", 400, "word " * 1200), slide("b")], 300, 30)).text
    assert "1200    9:14! ██" in text
    assert "6:40 planned and 0:30 for questions of 5:00: over by 2:10" in text
    assert text.endswith("! the slides take 2:10 more than the duration of 5:00 less 0:30 for questions\n")


def test_the_agenda_of_odd_decks() -> None:
    assert plan_answer(talk([])).text.endswith("0 slides, 0:00 planned\n")
    assert "default" in plan_answer(talk([slide("a")])).text


def test_the_agenda_as_json(deck: Deck) -> None:
    data = json.loads(plan_answer(deck, form="json").text)
    assert (data["duration"], data["planned"], data["slack"], data["warnings"]) == (180, 180, 0, [])
    assert [(row["id"], row["planned"], row["source"], row["ends_at"]) for row in data["slides"]] == [
        ("one", 40, "explicit", 40),
        ("two", 60, "section/even", 100),
        ("three", 80, "even", 180),
    ]
    assert data["sections"][0] == {"title": "First", "budget": 100, "planned": 100}


def test_runs_and_their_comparison(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    record(deck, root, (60, 50, 80), (64, 50, 80), (62, 50, 80))
    assert runs_answer(deck, root=root).text.count("rehearse") == 3
    assert len(json.loads(runs_answer(deck, form="json", root=root).text)) == 3
    text = comparison_answer(deck, root=root).text
    assert "▶ One" in text
    assert "RUNS OVER  suggest 1:00" in text
    assert json.loads(comparison_answer(deck, form="json", root=root).text)["slides"][0]["median"] == 62
    assert comparison_answer(deck, form="csv", root=root).text.startswith("id,label,title,plan")
    assert comparison_answer(deck, form="html", root=root).text.startswith("<!doctype html>")
    assert comparison_answer(deck, every_version=True, root=root).code == FINE


def test_without_runs_there_is_a_word_of_advice(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    assert "presenter rehearse DECK" in runs_answer(deck, root=root).text
    assert "presenter rehearse DECK" in comparison_answer(deck, root=root).text
    assert times_answer(deck, root=root).code == FOUND
    assert report_answer(deck, root=root).error.startswith("There are no runs of this deck")
    short = report_answer(replace(deck, variant="short"), root=root).error
    assert short.startswith('There are no runs of the variant "short"')
    assert "`presenter rehearse DECK --variant short`" in short
    assert runs_answer(replace(deck, variant="short"), root=root).text == f"{short}\n"
    assert not root.exists()


def test_the_report_of_a_run_by_number_and_name(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    record(deck, root, (60, 50, 80), (30, 50))
    assert "0:30" in report_answer(deck, root=root).text
    assert "not shown" in report_answer(deck, "2", root=root).text
    data = json.loads(report_answer(deck, "1", json=True, root=root).text)
    assert data["total"]["this"] == 190
    assert json.loads(report_answer(deck, data["run"], json=True, root=root).text) == data
    assert json.loads(report_answer(deck, f"some/{data['run']}.jsonl", json=True, root=root).text) == data
    for wrong in ("0", "3", "yesterday"):
        assert f'there is no run "{wrong}"' in report_answer(deck, wrong, root=root).error


def test_times_are_shown_first_and_written_on_demand(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    record(deck, root, (60, 50, 80), (64, 50, 80), (62, 50, 90))
    shown = times_answer(deck, root=root)
    assert shown.code == FINE
    assert shown.text == (
        "  One     0:40 -> 1m\n"
        "  Two     1:00 -> 50s\n"
        "\n"
        "--- deck.yaml\n"
        "+++ deck.yaml\n"
        "@@ -6,9 +6,10 @@\n"
        "     slides:\n"
        "       - title: One\n"
        "         body: words\n"
        "-        time: 40s   # as planned\n"
        "+        time: 1m   # as planned\n"
        "         notes: one two three four five\n"
        "       - title: Two\n"
        "+        time: 50s\n"
        "         body: words\n"
        "   - title: Second\n"
        "     slides:\n"
        "\n"
        '! with these times section "First": its slides take 0:10 more than its budget of 1:40\n'
        "\n"
        "2 times would change; add --write to write them.\n"
    )
    assert (tmp_path / "deck.yaml").read_text(encoding="utf-8") == TEXT
    done = times_answer(deck, write_them=True, root=root)
    assert done.text.endswith("\n2 times written.\n")
    after = load_deck(tmp_path)
    assert [slide.layout.time for slide in after.slides] == [60, 50, None]
    # The runs still belong to the slides, and suggest nothing more for them.
    again = times_answer(after, root=root)
    assert "One" not in again.text
    assert "Two" not in again.text


def test_times_of_one_run_and_of_some_slides(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    record(deck, root, (60, 50, 80), (20, 100))
    assert "One     0:40 -> 1m\n" in times_answer(deck, root=root).text
    assert "One     0:40 -> 20s\n" in times_answer(deck, source="2", root=root).text
    assert "Two     1:00 -> 1m40s\n" in times_answer(deck, source="2", root=root).text
    assert "Two" not in times_answer(deck, source="2", only=["one"], root=root).text.split("---")[0]
    assert "0:40 -> 1m\n" in times_answer(deck, source="last", step=1, root=root).text
    assert times_answer(deck, source="1", only=["three"], root=root).text == "No time would change by 5 s or more.\n"


def test_wrong_usage(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    record(deck, root, (60, 50, 80))
    answer = times_answer(deck, only=["on"], root=root)
    assert (answer.code, answer.error) == (USAGE, 'no slide has the id "on"; did you mean "one"?')
    answer = times_answer(deck, source="7", root=root)
    assert (answer.code, answer.error) == (USAGE, 'there is no run "7"; see `presenter runs DECK`')


def test_what_is_refused_is_said_and_the_rest_is_written(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("slides:\n  - {title: A, body: x, time: &t 10s}\n  - {title: B, body: x}\n", encoding="utf-8")
    deck, root = load_deck(path), tmp_path / "state"
    record(deck, root, (60, 20))
    answer = times_answer(deck, write_them=True, root=root)
    assert answer.code == FOUND
    assert 'not changed: slide 1 "A" (deck.yaml:2): its time has an anchor or a tag\n' in answer.text
    assert answer.text.endswith("1 time written.\n")
    assert load_deck(path).slides[1].layout.time == 20


def test_a_write_that_fails_is_an_error(deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "state"
    record(deck, root, (60, 50, 80))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = times_answer(deck, write_them=True, root=root)
    assert (answer.code, answer.error) == (FOUND, "the deck is as it was: no space left on device")
    assert (tmp_path / "deck.yaml").read_text(encoding="utf-8") == TEXT


def test_without_a_state_folder_it_is_said(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: Path("~/nowhere"))
    for answer in (runs_answer(deck), comparison_answer(deck), report_answer(deck), times_answer(deck)):
        assert (answer.code, "HOME" in answer.error) == (FOUND, True)


def test_times_of_a_variant_are_shown_and_never_written(deck: Deck, tmp_path: Path) -> None:
    root, short = tmp_path / "state", replace(deck, variant="short")
    record(short, root, (10, 10, 10))
    shown = times_answer(short, source="last", root=root)
    assert "One       0:40 -> 10s" in shown.text
    assert 'of the variant "short"' in shown.text
    refused = times_answer(short, source="last", write_them=True, root=root)
    assert refused.code == FOUND
    assert "are not written" in refused.error
    assert (tmp_path / "deck.yaml").read_text(encoding="utf-8") == TEXT


def test_times_that_leave_a_slide_nothing_are_refused_scaled_or_forced(deck: Deck, tmp_path: Path) -> None:
    root = tmp_path / "state"
    record(deck, root, (110, 60, 80))
    for wanted in (False, True):
        refused = times_answer(deck, write_them=wanted, root=root)
        assert refused.code == FOUND
        assert refused.error.startswith("these times leave 0:00 for Two; --scale")
    assert (tmp_path / "deck.yaml").read_text(encoding="utf-8") == TEXT
    scaled = times_answer(deck, write_them=True, scale=True, root=root)
    assert scaled.code == FINE
    assert "no time would change" in scaled.text.lower()
    forced = times_answer(deck, write_them=True, force=True, root=root)
    assert forced.code == FINE
    assert make_plan(load_deck(tmp_path)).times == (110, 0, 70)


def test_scaled_times_leave_the_others_theirs(deck: Deck) -> None:
    made = make_plan(deck)
    assert scaled(made, {deck.slides[0].id: 110}, 5) == {deck.slides[0].id: 40}
    assert scaled(made, {slide.id: 90 for slide in deck.slides}, 5) == {
        slide.id: t for slide, t in zip(deck.slides, (50, 50, 80), strict=True)
    }


def test_a_plan_tells_the_time_of_the_day_the_questions_the_stop_and_what_a_new_plan_may_change() -> None:
    slides = [slide("a", 60, optional=True), slide("b", 60, fixed=True)]
    made = replace(talk(slides, 180, 60), start="14:00", stop="14:05")
    text = plan_answer(made, clocks=TWO).text
    assert re.search(r"^14:00:00  a +A +1:00 .*  optional$", text, re.MULTILINE)
    assert re.search(r"^14:01:00  b +B +1:00 .*  fixed$", text, re.MULTILINE)
    assert re.search(r"^14:02:00 +questions +1:00  reserve +3:00$", text, re.MULTILINE)
    late = plan_answer(replace(made, stop="14:04"), at="14:02", clocks=TWO).text
    assert re.search(r"^14:05:00 +stop, 2:00 after the plan ends$", text, re.MULTILINE)
    assert re.search(r"^14:04:00 +stop, 1:00 before the plan ends$", late, re.MULTILINE)
    data = json.loads(plan_answer(made, form="json", clocks=TWO).text)
    assert [row["begins"] for row in data["slides"]] == ["14:00:00", "14:01:00"]
    assert (data["begins"], data["stop"]) == ("14:00:00", "14:05:00")
    assert plan_answer(made, at="2 o'clock").code == USAGE
    rows = list(csv.DictReader(plan_answer(made, form="csv", clocks=TWO).text.splitlines()))
    assert [(row["kind"], row["begins"]) for row in rows] == [
        ("slide", "14:00:00"),
        ("slide", "14:01:00"),
        ("reserve", "14:02:00"),
        ("stop", "14:05:00"),
    ]


def test_a_plan_as_a_calendar_has_an_event_for_each_section_and_for_questions(deck: Deck) -> None:
    assert plan_answer(deck, form="ics").code == USAGE
    made = replace(deck, title="Ärger; mit, " + "ü" * 60, reserve=Seconds(30))
    text = plan_answer(made, form="ics", at="14:00", clocks=TWO).text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Ärger\\; mit\\, " in whole
    starts = [line.split(":", 1)[1] for line in whole.split("\r\n") if line.startswith("DTSTART")]
    began = dt.datetime(2026, 11, 22, 14, 0).astimezone()
    assert starts == [
        (began + dt.timedelta(seconds=after)).astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ") for after in (0, 100, 150)
    ]
    assert whole.count("END:VEVENT") == 3
