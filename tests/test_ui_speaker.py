"""The instruments of the speaker view: exact rows at every size, the pace in words and in colour, what is given up."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.deck.load import load_deck
from presenter.deck.model import Deck
from presenter.render.block import Line
from presenter.render.text import row_text, row_width
from presenter.session.alerts import PaceNow
from presenter.session.bindings import Bindings
from presenter.session.commands import BY_NAME, act
from presenter.session.state import Outline, Position, State
from presenter.session.timer import after_sleep
from presenter.themes import THEMES
from presenter.ui.view_model import RenderContext, ViewModel
from presenter.ui.views.bars import draw_gauge
from presenter.ui.views.chrome import chrome
from presenter.ui.views.digits import DIGIT_ROWS, digits
from presenter.ui.views.notes import NotesLook, excerpt
from presenter.ui.views.window import draw_window

TEXT = """\
title: A talk
duration: 10m
reserve: 1m
sections:
  - title: Opening
    slides:
      - {id: hello, title: Hello, body: Welcome., time: 1m, notes: "Smile. [pause 3s] Breathe."}
      - {id: steps, title: Steps, points: [alpha, beta, gamma], reveal: true, time: 2m, notes: [one, two, three]}
  - title: Measurements
    slides:
      - {id: knee, title: The knee, body: It lies at 64 kB., time: 3m, optional: true}
      - {id: film, title: A film, body: Look., time: 2m, fixed: true}
      - {id: end, title: Thank you, body: Questions?, time: 1m, notes: "%s"}
  - title: Backup
    appendix: true
    slides:
      - {id: raw, title: Raw data, body: numbers}
"""
NOON = dt.datetime(2026, 11, 22, 12, 0, 0).astimezone().timestamp()
"""Local noon."""
SPEAKER = State(view="speaker")


@cache
def deck(**changes: object) -> Deck:
    with TemporaryDirectory() as folder:
        path = Path(folder, "deck.yaml")
        path.write_text(TEXT % ("word\\n\\n" * 60), encoding="utf-8")
        return replace(load_deck(path), **changes)  # type: ignore[arg-type]


def started(*presses: tuple[str, float], talk: Deck | None = None) -> State:
    state = SPEAKER
    for name, now in (("start", 0.0), *presses):
        state = act(BY_NAME[name], state, Outline.of(talk or deck()), now)
    return state


def scene(state: State, now: float = 0.0, *, talk: Deck | None = None, stop: float | None = None) -> ViewModel:
    outline = Outline.of(talk or deck())
    live = PaceNow().tick(state, outline, now, None if stop is None else stop - NOON - now)
    return ViewModel(
        talk or deck(),
        outline,
        state,
        Bindings(),
        THEMES["dark"],
        now=now,
        clock="12:00:00",
        wall=NOON + now,
        stop=stop,
        live=live,
    )


def lines(shown: ViewModel, size: tuple[int, int] = (80, 24)) -> list[Line]:
    return draw_window(RenderContext(shown), *size)


def rows(shown: ViewModel, size: tuple[int, int] = (80, 24)) -> list[str]:
    return [row_text(line) for line in lines(shown, size)]


def background(line: Line, words: str) -> str:
    """Return the colour behind the first segment with these words."""
    style = next(segment.style for segment in line if words in segment.text)
    assert style is not None
    assert style.bgcolor is not None
    return style.bgcolor.name


times = st.lists(
    st.tuples(
        st.sampled_from(
            ["next", "back", "timer", "question", "reflow", "reflow-take", "minute-more", "layout", "mark"]
        ),
        st.floats(0, 900),
    ),
    max_size=8,
)


@given(times, st.floats(0, 2000), st.integers(1, 210), st.integers(1, 62), st.sampled_from([None, NOON, NOON + 600]))
def test_every_moment_fills_every_window_exactly(
    presses: list[tuple[str, float]], now: float, width: int, height: int, stop: float | None
) -> None:
    state = started(*sorted(presses, key=lambda press: press[1]))
    shown = lines(scene(state, now, stop=stop), (width, height))
    assert len(shown) == height
    assert all(row_width(line) == width for line in shown)


def test_80x24_row_by_row() -> None:
    found = rows(scene(started(("next", 60.0), ("next", 70.0)), 105.0, stop=NOON + 900))
    assert found[0].startswith(" 12:00:00    1:45 / 10:00    8:15 left    on time    ends 12:09   stop 12:15 ")
    assert found[1].startswith("━" * 15 + "▽─")
    assert set(found[1]) <= set("━─┿┼▽")
    assert found[2].startswith(" slide 2/5  step 2/3 │ §1 Opening  1:15 left of 3:00 │")
    assert found[2].rstrip().endswith("this slide 1:15 left")
    assert found[3].startswith(" NOTES  Steps")
    assert found[5].startswith("  two")
    assert found[21].startswith(" NEXT  step 3/3: “gamma”")
    assert "then 3  The knee  (3:00)" in found[21]
    assert not found[22].strip()
    assert "→ next" in found[23]


def test_80x24_has_a_row_for_words_beside_the_one_for_keys_and_notes_of_sixteen_rows() -> None:
    found = rows(scene(replace(started(), at=Position(4), trouble="deck.yaml:1:1: no"), 10.0))
    assert [y for y, row in enumerate(found) if row.strip() == "word"] == [5, 7, 9, 11, 13, 15, 17, 19]
    assert found[22].startswith("  deck.yaml:1:1: no")
    assert "→ next" in found[23]
    low = rows(scene(replace(started(), trouble="deck.yaml:1:1: no"), 10.0), (80, 23))
    assert low[22].startswith("  deck.yaml:1:1: no")


def test_the_layouts_in_a_small_window() -> None:
    def kinds(size: tuple[int, int]) -> list[str]:
        found = []
        for layout in range(3):
            text = "\n".join(rows(scene(replace(started(), layout=layout), 10.0), size))
            found.append("tiles" if "NOTES" not in text else "both" if "ON SCREEN" in text else "notes")
        return found

    assert kinds((80, 24)) == kinds((99, 29)) == ["notes", "both", "tiles"]
    assert kinds((100, 24)) == kinds((80, 30)) == kinds((120, 36)) == kinds((200, 60)) == ["both", "notes", "tiles"]


def test_large_digits_can_be_had_in_a_medium_window() -> None:
    small, large = (rows(scene(replace(started(), layout=layout), 10.0), (120, 36)) for layout in (0, 3))
    assert sum("█" in row for row in large[:8]) == 5
    assert not any("█" in row for row in small[:8])
    assert "NOTES" in large[8]


def test_a_very_small_window_says_where_and_when() -> None:
    state = replace(started(), at=Position(2))
    assert [row.strip() for row in rows(scene(state, 700.0), (20, 5))[:2]] == ["3/5  11:40 / 10:00", "+1:40 OVER"]
    assert rows(scene(state, 700.0), (40, 8))[0].split() == ["3/5", "11:40", "/", "10:00", "+1:40", "OVER"]


def test_while_frozen_place_section_and_time_are_all_of_the_slide_that_the_audience_sees() -> None:
    state = replace(started(), at=Position(4), frozen=Position(0))
    found = rows(scene(state, 20.0))
    assert found[2].startswith(" slide 1/5 │ §1 Opening  2:40 left of 3:00 │")
    assert found[2].rstrip().endswith("this slide 0:40 left")
    assert found[3].startswith(" NOTES  5  ")


def test_a_section_that_is_used_up_goes_below_nothing_as_its_slide_does() -> None:
    found = rows(scene(started(("next", 10.0)), 200.0))[2]
    assert "-1:10 left of 3:00" in found
    assert found.rstrip().endswith("this slide -1:10 left")


def test_nothing_moves_when_the_tenth_minute_begins() -> None:
    for size in ((80, 24), (120, 36)):
        before, after = (rows(scene(started(), now), size) for now in (599.0, 600.0))
        for word in ("left", "OVER", "elapsed", "this slide"):
            assert [row.find(word) for row in after[:3] if word in row] in (
                [row.find(word) for row in before[:3] if word in row],
                [after[0].find("OVER")],
            ), word


def test_large_digits_do_not_move_either_and_the_elapsed_ones_go_first() -> None:
    def head(now: float, size: tuple[int, int]) -> str:
        return rows(scene(replace(started(), layout=3), now), size)[0]

    for now in (300.0, 500.0, 599.0, 600.0, 700.0):
        assert head(now, (120, 36)).index("left of") == 17
        assert head(now, (150, 40)).index("left of") == 42
    assert head(700.0, (120, 36)).startswith("  11:40 elapsed, left of 10:00 ")
    assert head(700.0, (150, 40)).startswith("  elapsed of 10:00 ")


def test_a_question_and_overtime_stand_in_large_digits_as_in_words() -> None:
    asked = scene(started(("question", 30.0)), 50.0)
    style = next(s.style for line in lines(asked, (200, 60))[1:6] for s in line if "█" in s.text and s.style)
    for shown, words in ((asked, "0:20"), (scene(started(), 700.0), "+1:40")):
        head = lines(shown, (200, 60))[1:6]
        wanted = [row_text(line).rstrip() for line in digits(words, style)]
        assert all(row in row_text(line) for row, line in zip(wanted, head, strict=True)), words


def test_a_pause_turns_the_first_row_round() -> None:
    shown = scene(started(("timer", 30.0)), 50.0)
    assert background(lines(shown)[0], "paused") != background(lines(shown)[0], "ends")
    assert background(lines(shown)[0], "ends") != background(lines(scene(started(), 50.0))[0], "ends")


def test_words_of_a_row_that_is_too_short_are_all_there_in_part() -> None:
    state = replace(started(), trouble="deck.yaml:1:1: " + "long " * 30)
    found = rows(replace(scene(state, 10.0), log="this run is not recorded: no space left on device"))[22]
    assert "deck.yaml:1:1: long" in found
    assert "…" in found
    assert "this run is not rec" in found


def test_the_most_urgent_word_of_a_row_is_said_to_its_end() -> None:
    state = replace(started(), word="the timer runs: press q again to quit", said_at=10.0, slept=4.0, slept_at=10.0)
    found = rows(scene(state, 10.0))[22]
    assert found.startswith("  the timer runs: press q again to quit  ·  a gap of 0:04, counted; ")
    assert "…" in found


def test_120x36_row_by_row() -> None:
    found = rows(scene(started(("next", 60.0)), 105.0, stop=NOON + 900), (120, 36))
    assert found[0].startswith(
        "   1:45 elapsed         8:15 left of 10:00         on time         (ends 12:09:00, stop 12:15)"
    )
    assert found[0].endswith("12:00:00  ")
    assert set(found[1]) <= set("━─┿┼▽")
    assert "§1 Opening  1:45 / 3:00" in found[2]
    assert "this slide  0:45 / 2:00" in found[2]
    assert found[2].endswith("slide 2/5  step 1/3  ")
    assert found[3].startswith(" ON SCREEN  2  Steps")
    assert found[3].index("│") == 62
    assert [y for y, row in enumerate(found) if row.startswith(" NEXT ")] == [3 + 19]
    assert found[33][62] == "│"
    assert not found[34].strip()
    assert "→ next" in found[35]


def test_200x60_row_by_row() -> None:
    found = rows(scene(started(("next", 60.0)), 105.0), (200, 60))
    assert found[0].startswith("  elapsed of 10:00")
    assert all("██" in row for row in found[1:6])
    assert set(found[6]) <= set("━─┿┼▽")
    assert "§1 Opening  1:45 / 3:00" in found[7]
    assert found[8].startswith(" ON SCREEN ")
    assert found[8].index("│") == 104
    assert found[41].startswith(" NEXT ")
    assert found[41][52:58] == " THEN "
    assert "▶ 2  Steps" in found[55]
    assert "plan 1:00   spent 1:00  0:00" in found[56]
    assert not found[58].strip()
    assert "→ next" in found[59]


@pytest.mark.parametrize(
    ("now", "words", "colour"),
    [
        (30.0, "on time", "good"),
        (100.0, "+0:40 late", "warn"),
        (300.0, "+4:00 LATE", "bad"),
        (605.0, "+0:05 OVER", "bad"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60), (40, 12)])
def test_the_pace_is_a_word_and_a_colour(now: float, words: str, colour: str, size: tuple[int, int]) -> None:
    state = started()
    calm = replace(scene(state, now), live=replace(PaceNow().tick(state, Outline.of(deck()), now), until=-1.0))
    shown = lines(calm, size)
    assert words in row_text(shown[0])
    assert background(shown[0], words) == getattr(THEMES["dark"], colour)


def test_leaving_early_is_early_at_once() -> None:
    shown = lines(scene(started(("next", 10.0)), 10.0))
    assert "-0:50 early" in row_text(shown[0])
    assert background(shown[0], "-0:50 early") == THEMES["dark"].link


def test_a_gap_that_shrinks_is_shown_quietly() -> None:
    outline, state = Outline.of(deck()), started()
    live = PaceNow().tick(state, outline, 100.0)
    state = act(BY_NAME["next"], state, outline, 100.0)
    state = act(BY_NAME["next-slide"], state, outline, 205.0)
    live = live.tick(state, outline, 205.0)
    assert live.trail.growing is False
    shown = lines(replace(scene(state, 206.0), live=live))
    ink = chrome(THEMES["dark"])
    assert ink.bar.bgcolor is not None
    assert background(shown[0], "late") == ink.bar.bgcolor.name


def test_a_pause_is_seen_at_once_though_there_is_an_alert() -> None:
    state = started()
    late = replace(scene(state, 10.0), live=PaceNow(alert="5 min left", until=20.0))
    assert "5 min left" in rows(late)[0]
    paused = rows(replace(late, state=replace(state, timer=state.timer.pause(10.0))))[0]
    assert "paused" in paused
    assert "5 min left" not in paused


def test_an_alert_turns_the_first_row_round_for_three_seconds() -> None:
    state, outline = started(), Outline.of(deck())
    live = PaceNow().tick(state, outline, 299.0)
    live = live.tick(state, outline, 300.0)
    for now, inverse in ((300.0, True), (302.9, True), (303.1, False)):
        shown = lines(replace(scene(state, now), live=live))
        assert ("5 min left" in row_text(shown[0])) is inverse
        assert (background(shown[0], "12:00:00") == THEMES["dark"].title) is inverse


def test_before_the_start_it_says_so_and_what_does_not_add_up() -> None:
    assert "not started" in rows(scene(SPEAKER))[0]
    assert "not started, over by 2:10" in rows(scene(SPEAKER, talk=deck(duration=470)))[0]
    assert "starts in 5:00" in rows(scene(SPEAKER, talk=deck(start="12:05")))[0]
    paused = started(("timer", 10.0))
    assert "paused" in rows(scene(paused, 50.0))[0]


def test_a_question_shows_how_long_it_takes_and_what_is_left_for_others() -> None:
    assert "question 0:20 (reserve 0:40)" in rows(scene(started(("question", 10.0)), 30.0))[0]


def test_a_stop_that_comes_too_soon_is_said_with_the_key_that_helps() -> None:
    found = rows(scene(started(), 10.0, stop=NOON + 300))
    assert "stop in 4:50, plan needs 8:50: press R" in found[22]
    assert "past the stop" in rows(scene(started(), 400.0, stop=NOON + 300))[22]


def test_the_cards_of_a_timekeeper_fill_the_first_row() -> None:
    talk = deck(signals=(300, 360, 420), duration=480)
    state = started(talk=talk)
    found, words = [], []
    for now in (200.0, 310.0, 370.0, 430.0, 455.25, 455.75):
        calm = replace(scene(state, now, talk=talk), live=PaceNow())
        found.append(background(lines(calm)[0], "12:00:00"))
        words.append(rows(calm)[22].strip().partition(" card")[0])
    theme = THEMES["dark"]
    assert found == [theme.panel, theme.good, theme.warn, theme.bad, theme.bad, theme.panel]
    assert words == ["", "green", "yellow", "red", "red", "red"]


def test_the_bar_shows_where_the_talk_is_and_where_it_should_be() -> None:
    late = rows(scene(started(), 270.0))[1]
    assert late.index("▽") == 40
    assert late.rindex("━") == 7
    early = rows(scene(started(("next", 10.0), ("next-slide", 20.0)), 20.0))[1]
    assert early.index("▽") < early.rindex("━")
    assert late.count("┼") == 1
    assert late.index("┼") == 26


def test_rows_are_given_up_in_order_but_never_pace_and_notes() -> None:
    state = started()
    for height, there, gone in (
        (12, ["━", "slide 1/5", "NEXT"], ["→ next", "ON SCREEN"]),
        (10, ["━", "NEXT"], ["slide 1/5"]),
        (6, ["NEXT"], ["━", "slide 1/5"]),
    ):
        found = "\n".join(rows(scene(state, 30.0), (60, height)))
        assert all(words in found for words in (*there, "on time", "Smile."))
        assert not any(words in found for words in gone)
    assert rows(scene(state, 30.0), (19, 4))[0].startswith("1/5 0:30 0:00")
    assert rows(scene(state, 100.0), (10, 1))[0].startswith("1/5 +0:40")
    assert background(lines(scene(state, 100.0), (19, 4))[0], "+0:40") == THEMES["dark"].warn


def test_the_last_rehearsal_stands_beside_the_plan() -> None:
    shown = replace(scene(started(), 10.0), last={"hello": 75.0, "steps": 100.0})
    assert "this slide 0:50 left, last 1:15" in rows(shown)[2]
    assert "last time 1:15" in rows(shown)[3]
    last = replace(scene(started(("last", 1.0)), 10.0), last={"end": 75.0})
    assert "§2 Measurements  0:51 left of 6:00 │" in rows(last)[2]
    assert rows(last)[2].rstrip().endswith("this slide 0:51 left")
    assert "last 1:15" not in rows(last)[2]
    assert "last 1:15" in rows(shown, (120, 36))[2]
    assert "last time 1:40" in rows(shown, (200, 60))[57]


def test_a_slide_off_the_main_path_has_no_times() -> None:
    found = rows(scene(replace(started(), at=Position(5)), 10.0))[2]
    assert found.startswith(" slide A1 │ Backup ")
    assert "this slide" not in found


def test_a_new_plan_is_shown_slide_by_slide_before_it_is_taken() -> None:
    shown = scene(started(("reflow", 300.0)), 300.0)
    found = rows(shown)
    assert found[3].startswith(" NEW PLAN ")
    assert found[3].endswith("Enter takes it, R shows another, Esc leaves it ")
    assert any("2:00 →" in row and "Steps" in row for row in found)
    assert any("dropped" in row and "The knee" in row for row in found)
    assert any("2:00 → 2:00" in row and "fixed" in row for row in found)
    assert "without 1 optional slide: 8:00 of plan into 4:00, slides get 67% of" in found[22]


def test_sleep_is_told_with_the_key_that_takes_it_out() -> None:
    state = after_sleep(started(), 300.0, 310.0)
    assert "a gap of 5:00, counted; press z to take it out" in rows(scene(state, 320.0))[22]
    assert "a gap of" not in rows(scene(state, 500.0))[22]


def test_trouble_with_the_record_is_one_note() -> None:
    assert "this run is not recorded" in rows(replace(scene(started()), log="this run is not recorded: full"))[22]


def test_cues_stand_out_in_the_notes_and_asides_stand_back() -> None:
    text = "Say this. [pause 3s] And that.\n\n[cue] click the film\n\n// not for today"
    found = excerpt(text, (60, 20), NotesLook(1, 0, THEMES["dark"])).lines
    theme = THEMES["dark"]
    colours = {
        segment.text.strip(): segment.style.color.name
        for line in found
        for segment in line
        if segment.style and segment.style.color and segment.text.strip()
    }
    assert colours["[pause 3s]"] == theme.warn
    assert colours["[cue] click the film"] == theme.warn
    assert colours["// not for today"] == theme.muted
    assert colours["Say this."] == theme.text


def test_notes_that_were_not_read_to_the_end_are_pointed_out() -> None:
    state = replace(started(), at=Position(4))
    state = replace(state, account=state.account.to("end", 1.0))
    assert "more below" not in rows(scene(state, 20.0))[3]
    assert "] more below" in rows(scene(state, 40.0))[3]


@pytest.mark.parametrize("text", ["0:00", "12:34", "-1:05", "+1:02:03"])
def test_big_digits_are_five_rows_of_one_width(text: str) -> None:
    drawn = digits(text, chrome(THEMES["dark"]).bar)
    assert len(drawn) == DIGIT_ROWS
    assert len({row_width(line) for line in drawn}) == 1


@given(st.floats(0, 3), st.integers(0, 60), st.one_of(st.none(), st.floats(0, 2)))
def test_gauges_have_their_width(share: float, width: int, tick: float | None) -> None:
    ink = chrome(THEMES["dark"])
    assert row_width(draw_gauge(share, width, (ink.bar, ink.bar), tick)) == width


def test_the_report_has_pages_and_colours() -> None:
    text = ("rehearsal of today: 3:00", "", "  planned", "", "Part", *(f"{n} slide    ━━│━━━  {n}" for n in range(60)))
    state = replace(started(), overlay="report", cursor=1)
    shown = lines(replace(scene(state), report=text), (80, 24))
    assert "Where the time went" in row_text(shown[0])
    assert "PageDown turns   q leaves" in row_text(shown[0])
    assert "rehearsal of today: 3:00" in row_text(shown[0])
    assert "planned" in row_text(shown[1])
    assert "18 slide" in row_text(shown[2])
    colours = [segment.style.color.name for segment in shown[2] if segment.style and segment.style.color]
    assert THEMES["dark"].bad in colours
    assert THEMES["dark"].link in colours
    narrow = lines(replace(scene(state), report=text), (60, 24))
    assert "Where the time went  3:00" in row_text(narrow[0])
    first = lines(replace(scene(replace(state, cursor=0)), report=text), (80, 24))
    assert any("Part" in segment.text and segment.style and segment.style.bold for segment in first[3])


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (100, 30), (120, 36)])
def test_a_long_section_title_never_hides_the_times(size: tuple[int, int]) -> None:
    sections = tuple(
        replace(section, title="A title that says far too much of its section") for section in deck().sections
    )
    found = rows(scene(started(), 10.0, talk=replace(deck(), sections=sections)), size)[2]
    assert "slide 1/5" in found
    assert re.search(r"this slide +0:", found)
    assert "§1 A" in found or size[0] == 60
