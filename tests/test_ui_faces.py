"""The faces of the window, as rows of cells: exact in any size, and nothing for the audience that is not theirs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from presenter.deck.load import load_deck
from presenter.deck.model import Deck
from presenter.painting import paint
from presenter.render.text import row_text, row_width
from presenter.session.argument import Argument
from presenter.session.bindings import Bindings
from presenter.session.commands import BY_NAME, act
from presenter.session.state import Outline, Position, Scrolled, State, Timer
from presenter.timing.durations import format_elapsed as span
from presenter.ui.view_model import RenderContext, ViewModel
from presenter.ui.views.large_notes import LETTER_ROWS
from presenter.ui.views.notes import NotesLook, excerpt
from presenter.ui.views.overview import tile_grid
from presenter.ui.views.window import draw_window

TEXT = """\
title: A talk
duration: 20m
footer: "{slide}/{slides}"
sections:
  - title: First part
    slides:
      - {id: hello, title: "Hello, 世界 [bold]", body: Welcome., notes: Smile and *breathe*.}
      - {id: steps, title: Steps, points: [alpha, beta, gamma], reveal: true, notes: [note one, note two, note three]}
      - {id: long, title: Long, points: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w]}
      - {id: lost, title: No picture, image: {src: nowhere.png, alt: what it shows}}
  - title: Backup
    appendix: true
    slides:
      - {id: raw, title: Raw data, body: "numbers", notes: "%s"}
"""
SIZES = ((80, 24), (120, 36), (200, 60), (40, 10), (20, 5), (12, 3), (1, 1))
OVERLAYS = ("", "help", "overview", "search", "goto")


@cache
def deck() -> Deck:
    with TemporaryDirectory() as folder:
        path = Path(folder, "deck.yaml")
        path.write_text(TEXT % ("word " * 400), encoding="utf-8")
        return load_deck(path)


def scene(state: State, now: float = 0.0) -> ViewModel:
    return ViewModel(deck(), Outline.of(deck()), state, Bindings(), deck().theme, now=now, clock="14:47:12")


def picture(state: State, size: tuple[int, int] = (120, 36), now: float = 0.0) -> list[str]:
    easel = RenderContext(scene(state, now))
    draw_window(easel, *size)
    for slide, stage in easel.pending:
        paint(slide, replace(stage, patient=True))
    return [row_text(row) for row in draw_window(RenderContext(scene(state, now)), *size)]


def shows(rows: list[str], text: str) -> bool:
    return any(text in row for row in rows)


states = st.builds(
    State,
    at=st.builds(Position, st.integers(0, 4), st.just(0)),
    blank=st.sampled_from(["", "black", "white"]),
    frozen=st.sampled_from([None, Position(1, 2)]),
    view=st.sampled_from(["audience", "speaker"]),
    overlay=st.sampled_from(OVERLAYS),
    typed=st.sampled_from(["", "note", "世界", "nothing like it"]),
    cursor=st.integers(0, 4),
    digits=st.sampled_from(["", "12"]),
    notes_size=st.integers(1, 5),
    notes=st.builds(Scrolled, st.integers(0, 9)),
    layout=st.integers(0, 2),
    word=st.sampled_from(["", "a word"]),
    trouble=st.sampled_from(["", "deck.yaml:41 error (showing version of 14:32)"]),
)


@given(states, st.integers(0, 210), st.integers(0, 62))
@example(State(view="speaker"), 0, 0)
@example(State(view="speaker"), 500, 2)
@example(State(overlay="overview"), 48, 14)
def test_every_face_is_exactly_as_large_as_the_window(state: State, width: int, height: int) -> None:
    rows = draw_window(RenderContext(scene(state)), width, height)
    assert len(rows) == height
    assert all(row_width(row) == width for row in rows)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("typed", ["", "breathe", "smile"])
def test_the_audience_never_sees_notes(size: tuple[int, int], overlay: str, typed: str) -> None:
    rows = picture(State(overlay=overlay, typed=typed), size)  # type: ignore[arg-type]
    assert not shows(rows, "breathe.")
    assert not shows(rows, "Smile and")


def test_the_audience_sees_the_slide_and_nothing_else() -> None:
    state = State(trouble="broken", word="a word", digits="12", locked=True, timer=Timer(since=0.0, started=True))
    assert picture(state) == picture(State())
    assert picture(replace(state, frozen=Position(0), at=Position(1))) == picture(State())
    assert not "".join(picture(State(blank="black"))).strip()


def test_a_slide_that_was_removed_stays_on_screen() -> None:
    kept = deck().slides[1]
    gone = replace(scene(State(at=Position(2), gone=1, lost=("steps", 1), stale=True)), kept=kept)
    rows = [row_text(row) for row in draw_window(RenderContext(gone), 120, 36)]
    assert shows(rows, "beta")
    assert not shows(rows, "gamma")
    rows = [
        row_text(row)
        for row in draw_window(RenderContext(replace(gone, state=replace(gone.state, view="speaker"))), 120, 36)
    ]
    assert shows(rows, "note two")
    assert shows(rows, "left the deck")
    assert shows(rows, "NEXT  3  Long")


def test_the_speaker_sees_place_time_notes_and_what_comes_next() -> None:
    timer = Timer(since=0.0, started=True)
    rows = picture(State(view="speaker", at=Position(1, 1), timer=timer), now=754.9)
    assert "12:34 elapsed         7:26 left of 20:00         +12:35 LATE" in rows[0]
    assert rows[0].rstrip().endswith("14:47:12")
    assert "First part" in rows[2]
    assert "slide 2/4  step 2/3" in rows[2]
    assert "ON SCREEN" in rows[3]
    assert "NOTES" in rows[3]
    assert shows(rows, "note two")
    assert shows(rows, "NEXT  step 3/3")
    assert shows(rows, "gamma")
    assert not shows(rows, "note three")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State(blank="black"), "BLACK SCREEN"),
        (State(frozen=Position(2)), "FROZEN at 3"),
        (State(locked=True), "reload locked"),
        (
            State(trouble="deck.yaml:41 error (showing version of 14:32)"),
            "deck.yaml:41 error (showing version of 14:32)",
        ),
        (State(digits="12"), "go to 12"),
        (State(hits=(1, 2), cursor=1, typed="note"), "hit 2/2 “note”"),
        (State(at=Position(3)), "nowhere.png"),
        (State(stale=True), "the next move shows it"),
        (State(timer=Timer(accrued=5.0, started=True)), "paused"),
        (State(), "not started"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60), (50, 12)])
def test_what_needs_attention_is_said_in_words(state: State, words: str, size: tuple[int, int]) -> None:
    rows = picture(replace(state, view="speaker"), size)
    needed = words[: size[0] - 2]
    assert shows(rows, needed) or (size == (50, 12) and "nowhere" in words)


def test_rows_that_only_the_audience_sees_are_counted() -> None:
    state = State(view="speaker", at=Position(2))
    assert shows(picture(state), "more rows on the audience screen")
    assert not shows(picture(state), "do not fit here")
    assert shows(picture(state, (80, 24)), "rows of the slide do not fit")
    assert shows(picture(replace(state, layout=1), (80, 24)), "rows do not fit here")
    assert not shows(picture(state, (80, 24)), "on the audience screen")


def test_a_word_goes_after_a_while_unless_it_is_to_stay() -> None:
    state = State(view="speaker", word="read again", said_at=10.0)
    assert shows(picture(state, now=13.9), "read again")
    assert not shows(picture(state, now=14.1), "read again")
    assert shows(picture(replace(state, said_at=inf), now=99.0), "read again")


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (30, 10), (18, 10)])
def test_the_title_of_the_help_is_never_cut(size: tuple[int, int]) -> None:
    title = picture(State(overlay="help"), size)[0]
    assert title.rstrip().endswith("leaves")
    assert ("turns" in title) == (size[0] >= 40)


def test_each_size_has_its_arrangement() -> None:
    speaker = State(view="speaker")
    wide, compact, small, tiny = (picture(speaker, size) for size in ((200, 60), (80, 24), (50, 12), (12, 3)))
    assert shows(wide, "THEN")
    assert not shows(compact, "ON SCREEN")
    both = picture(replace(speaker, layout=1), (80, 24))
    assert any("ON SCREEN" in row and "NOTES" in row for row in both), "side by side"
    assert shows(compact, "NEXT  2  Steps")
    assert shows(small, "NEXT  2  Steps")
    assert shows(small, "Smile and breathe.")
    assert tiny[0].strip() == "1/4 0:00"
    assert picture(speaker, (6, 1)) == ["1     "]
    tall = picture(speaker, (64, 40))
    assert next(i for i, row in enumerate(tall) if "ON SCREEN" in row) < next(
        i for i, row in enumerate(tall) if "NOTES" in row
    )
    assert not shows(picture(replace(speaker, layout=1)), "ON SCREEN")
    assert shows(picture(replace(speaker, layout=2)), "●1")


def test_long_notes_scroll_to_their_end_and_say_so() -> None:
    state = State(view="speaker", at=Position(4))
    easel = RenderContext(scene(state))
    draw_window(easel, 80, 24)
    most = easel.measures["notes"].limit
    assert most is not None
    assert most > 1
    assert shows(picture(state, (80, 24)), "▼")
    end = picture(replace(state, notes=Scrolled(most, most)), (80, 24))
    assert shows(end, "▲")
    assert end == picture(replace(state, notes=Scrolled(most + 9, most + 9)), (80, 24))
    assert act(
        BY_NAME["notes-down"], replace(state, notes=Scrolled(most, most)), Outline.of(deck()), 0, Argument(limit=most)
    ) == replace(state, notes=Scrolled(most, most))


def test_larger_notes_have_shorter_rows_and_more_air() -> None:
    def rows(size: int) -> list[str]:
        return [row_text(line) for line in excerpt("word " * 60, (100, 99), NotesLook(size, 0, deck().theme)).lines]

    widths = [max(map(len, rows(size))) for size in (1, 2, 4)]
    assert widths == sorted(widths, reverse=True)
    assert "" not in rows(2)
    assert rows(4)[1::2] == [""] * (len(rows(4)) // 2)
    assert len(rows(5)) % LETTER_ROWS == 0
    assert not any("word" in row for row in rows(5))


def test_the_overview_draws_tiles_and_marks_where_we_are() -> None:
    easel = RenderContext(scene(State(overlay="overview", at=Position(0), cursor=1)))
    rows = [row_text(row) for row in draw_window(easel, 120, 36)]
    assert shows(rows, "gamma")
    assert shows(rows, "▶ 2  Steps")
    assert shows(rows, " ●1  Hello")
    assert easel.measures["tiles"] == Argument(columns=4, tiles=12)
    listed = picture(State(overlay="overview", cursor=1), (40, 10))
    assert shows(listed, "▶  2  Steps")


@given(st.integers(48, 500), st.integers(14, 200))
def test_the_grid_fits_the_window(width: int, height: int) -> None:
    shape = tile_grid(width, height)
    assert shape.columns * (shape.width + 1) + 1 <= width
    assert shape.rows * (shape.height + 2) + 1 <= height
    assert min(shape.columns, shape.rows, shape.height) >= 1


def test_search_shows_context_and_marks_the_choice() -> None:
    rows = picture(State(overlay="search", typed="alpha", view="speaker"))
    assert "alpha" in rows[0]
    assert rows[0].rstrip().endswith("1/1")
    assert "▶   2  Steps   alpha" in rows[2]
    assert "nothing found" in picture(State(overlay="search", typed="zzz"))[0]
    assert shows(picture(State(overlay="search", typed="breathe", view="speaker")), "notes: Smile and breathe.")
    assert shows(picture(State(overlay="search", typed="breathe")), "in the notes")


def test_go_to_says_where_it_leads_over_the_slide() -> None:
    rows = picture(State(overlay="goto", typed="steps"))
    assert "Welcome." in "".join(rows)
    assert "2  Steps" in rows[-1]
    assert "no such slide" in picture(State(overlay="goto", typed="zzz"))[-1]


def test_the_help_has_every_key_on_its_pages() -> None:
    easel = RenderContext(scene(State(overlay="help")))
    draw_window(easel, 80, 24)
    pages = easel.measures["help"].limit or 0
    seen = "\n".join(row for page in range(pages) for row in picture(State(overlay="help", cursor=page), (80, 24)))
    for _, rows in Bindings().table():
        for keys, words in rows:
            assert words.split()[0] in seen
            assert all(key in seen for key in keys.split())


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (754, "12:34"), (3723, "1:02:03")])
def test_durations_are_shown_as_people_read_them(seconds: float, shown: str) -> None:
    assert span(seconds) == shown
