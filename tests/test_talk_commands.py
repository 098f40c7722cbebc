"""The commands keep to the deck, walk every step once, and undo each other."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.session.actions import go_to
from presenter.session.argument import NO_ARGUMENT, Argument
from presenter.session.commands import BY_NAME, COMMANDS, TYPE, Command, act
from presenter.session.reload import state_after_reload
from presenter.session.search import Index, Page
from presenter.session.state import Outline, Position, SlideKind, State, Timer

GO_TO = Command("go", (), "Go to the slide named by the argument", "", go_to)
KINDS: tuple[SlideKind, ...] = ("main", "main", "main", "appendix", "hidden")


def outline(kinds: tuple[SlideKind, ...], steps: tuple[int, ...]) -> Outline:
    labels, counts = [], {"main": 0, "appendix": 0, "hidden": 0}
    for kind in kinds:
        counts[kind] += 1
        labels.append({"main": "", "appendix": "A", "hidden": "H"}[kind] + str(counts[kind]))
    ids = tuple(f"slide-{number}" for number in range(len(kinds)))
    pages = [Page(f"Title {number}", "some words", "and notes") for number in range(len(kinds))]
    return Outline(ids, tuple(labels), steps[: len(kinds)], kinds, Index(pages))


outlines = st.lists(st.sampled_from(KINDS), max_size=12).flatmap(
    lambda kinds: st.builds(
        outline, st.just(tuple(kinds)), st.lists(st.integers(1, 4), min_size=12, max_size=12).map(tuple)
    )
)
commands = st.sampled_from([*COMMANDS, TYPE, GO_TO])
PLAIN = outline(("main",) * 5 + ("hidden", "main", "appendix", "appendix"), (1, 3, 1, 2, 1, 2, 1, 2, 1))


def give(state: State, *names: str, deck: Outline = PLAIN, now: float = 0.0, argument: Argument = NO_ARGUMENT) -> State:
    for name in names:
        state = act(BY_NAME[name], state, deck, now, argument)
    return state


def argument_of(command: Command, number: int, words: str) -> Argument:
    text = words if command.name in {"go", "type"} else str(number)
    return Argument(text, limit=number, columns=number, tiles=number * 3, seconds=float(number))


@given(outlines, st.lists(st.tuples(commands, st.integers(1, 9), st.sampled_from(["3", "A1", "title"])), max_size=40))
def test_no_command_leaves_the_deck(deck: Outline, given_commands: list[tuple[Command, int, str]]) -> None:
    state = State()
    for time, (command, number, words) in enumerate(given_commands):
        state = act(command, state, deck, float(time), argument_of(command, number, words))
        for position in filter(None, (state.at, state.frozen, state.back)):
            assert position == deck.clamp(position)
        assert 0 <= state.cursor <= max(len(deck.ids), 9), "a slide, or a page of the help"


@given(outlines)
def test_next_walks_every_step_of_the_main_path_once_and_stops(deck: Outline) -> None:
    if "main" not in deck.kinds:
        return
    state = give(State(), "first", deck=deck)
    seen = [state.at]
    while (following := give(state, "next", deck=deck)).at != state.at:
        state = following
        seen.append(state.at)
    main = [i for i, kind in enumerate(deck.kinds) if kind == "main"]
    assert seen == [Position(i, step) for i in main for step in range(deck.steps[i])]


@given(outlines, st.data())
def test_back_undoes_next_but_on_a_hidden_slide(deck: Outline, data: st.DataObject) -> None:
    places = [
        Position(i, step) for i, kind in enumerate(deck.kinds) if kind != "hidden" for step in range(deck.steps[i])
    ]
    if not places:
        return
    state = State(at=data.draw(st.sampled_from(places)))
    following = give(state, "next", deck=deck)
    if following.at != state.at:
        assert give(following, "back", deck=deck).at == state.at


def test_the_appendix_is_a_path_of_its_own() -> None:
    last_main = give(State(), "last")
    assert last_main.at == Position(6)
    assert give(last_main, "next").at == Position(6)
    appendix = act(GO_TO, last_main, PLAIN, 0, Argument("A1"))
    assert appendix.at == Position(7)
    assert give(appendix, "next", "next").at == Position(8)
    assert give(appendix, "next", "next", "next").at == Position(8)
    assert give(appendix, "back").at == Position(6)
    assert give(appendix, "return").at == Position(6)


def test_a_hidden_slide_is_left_to_the_main_slides_around_it() -> None:
    hidden = act(GO_TO, State(), PLAIN, 0, Argument("h1"))
    assert hidden.at == Position(5)
    assert give(hidden, "next", "next").at == Position(6)
    assert give(hidden, "back").at == Position(4)


def test_whole_slides_start_at_their_first_step() -> None:
    state = State(at=Position(1, 2))
    assert give(state, "previous-slide").at == Position(0)
    assert give(state, "next-slide").at == Position(2)
    assert give(State(at=Position(2)), "previous-slide").at == Position(1)
    assert give(State(at=Position(2)), "back").at == Position(1, 2)


def test_return_goes_back_and_forth_between_both_ends_of_a_jump() -> None:
    state = act(GO_TO, State(at=Position(1, 1)), PLAIN, 0, Argument("5"))
    assert give(state, "return").at == Position(1, 1)
    assert give(state, "return", "return").at == Position(4)
    assert give(State(), "return").word == "nothing to return to"


@pytest.mark.parametrize("name", [command.name for command in COMMANDS if command.name != "interrupt"])
def test_any_key_lights_a_blank_screen_and_does_nothing_else(name: str) -> None:
    state = give(State(at=Position(1, 1)), "start")
    blank = give(state, "black")
    assert blank == replace(state, blank="black")
    assert give(blank, name) == state
    assert act(None, blank, PLAIN, 0) == state


def test_digits_wait_for_enter_but_not_for_ever() -> None:
    typed = act(BY_NAME["digit"], State(), PLAIN, 1.0, Argument("0"))
    typed = act(BY_NAME["digit"], typed, PLAIN, 1.5, Argument("4"))
    assert act(BY_NAME["digits-go"], typed, PLAIN, 2.0).at == Position(3)
    assert act(BY_NAME["digit"], typed, PLAIN, 20.0, Argument("5")).digits == "5"
    assert give(typed, "next").digits == ""
    for sign in "123456":
        typed = act(BY_NAME["digit"], typed, PLAIN, 2.0, Argument(sign))
    assert (typed.digits, typed.word) == ("04123", "no slide has a number of more than 5 digits")
    typed = replace(typed, digits="04", word="", said_at=inf)
    assert give(typed, "digits-erase", "digits-erase").digits == ""
    assert give(typed, "leave").digits == ""
    assert act(BY_NAME["digits-go"], replace(typed, digits="77"), PLAIN, 2.0).word == "no slide “77”"


def test_go_to_knows_numbers_ids_and_words() -> None:
    assert act(GO_TO, State(), PLAIN, 0, Argument(" 6 ")).at == Position(6)
    assert act(GO_TO, State(), PLAIN, 0, Argument("slide-3")).at == Position(3)
    assert act(GO_TO, State(), PLAIN, 0, Argument("TITLE 2")).at == Position(2)
    assert act(GO_TO, State(), PLAIN, 0, Argument("nowhere")).word == "no slide “nowhere”"


def test_a_search_is_typed_chosen_walked_and_left() -> None:
    state = give(State(), "search")
    for sign in "title":
        state = act(TYPE, state, PLAIN, 0, Argument(sign))
    state = give(state, "hit-down", "hit-down", "hit-open")
    assert (state.at, state.overlay, state.cursor) == (Position(2), "", 2)
    assert len(state.hits) == len(PLAIN.ids)
    assert give(state, "next-hit").at == Position(3)
    assert give(state, "previous-hit", "previous-hit", "previous-hit").at == Position(8)
    assert give(state, "leave").hits == ()
    assert give(state, "next").hits == ()
    assert give(state, "speaker").hits == state.hits


def test_a_line_is_edited() -> None:
    state = act(TYPE, give(State(), "search"), PLAIN, 0, Argument("two words"))
    assert give(state, "line-word").typed == "two "
    assert give(state, "line-erase").typed == "two word"
    assert give(state, "line-all").typed == ""
    assert give(state, "line-all", "line-erase").overlay == ""
    assert give(state, "leave") == replace(state, overlay="", typed="")


def test_the_overview_moves_by_rows_pages_and_ends() -> None:
    state = give(State(at=Position(1)), "overview")
    assert state.cursor == 1
    assert give(state, "tile-down", argument=Argument(columns=3, tiles=6)).cursor == 4
    assert give(state, "tiles-down", argument=Argument(columns=3, tiles=6)).cursor == 7
    assert give(state, "tile-up", argument=Argument(columns=3, tiles=6)).cursor == 0
    assert give(state, "tile-last").cursor == len(PLAIN.ids) - 1
    assert give(state, "tile-right", "tile-open").at == Position(2)
    assert give(state, "tile-right", "tile-leave").at == Position(1)


def test_freezing_keeps_the_audience_and_letting_go_returns_there() -> None:
    state = give(State(at=Position(1, 1)), "freeze", "next-slide", "next-slide")
    assert state.shown == Position(1, 1)
    assert state.at == Position(3)
    for let_go in ("freeze", "leave"):
        free = give(state, let_go)
        assert (free.at, free.frozen, free.back) == (Position(1, 1), None, Position(3))


def test_escape_leaves_one_thing_at_a_time_and_never_quits() -> None:
    state = replace(give(State(), "freeze", "help"), digits="1")
    for left in ("overlay", "digits", "frozen"):
        state = give(state, "leave")
        assert not getattr(state, left)
    assert give(state, "leave", "leave", "leave") == state


def test_a_command_over_the_help_closes_it() -> None:
    assert give(State(), "help", "black") == State(blank="black")
    turned = give(State(), "help", "help-down", argument=Argument(limit=2))
    assert (turned.overlay, turned.cursor) == ("help", 1)
    assert give(turned, "help-down", argument=Argument(limit=2)).overlay == ""


def test_the_first_move_starts_the_timer_and_a_pause_stays() -> None:
    started = give(State(), "next", now=10.0)
    assert started.timer.elapsed(25.0) == 15.0
    paused = give(started, "timer", now=20.0)
    assert give(paused, "next", "next", now=30.0).timer.elapsed(99.0) == 10.0
    assert give(paused, "start", now=40.0).timer.elapsed(41.0) == 11.0
    assert give(State(), "back", "help", "speaker").timer == Timer()


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100)), max_size=20))
def test_elapsed_time_never_runs_backwards(toggles: list[tuple[bool, float]]) -> None:
    timer, now, before = Timer(), 0.0, 0.0
    for start, gap in toggles:
        now += gap
        timer = timer.start(now) if start else timer.pause(now)
        assert timer.elapsed(now) >= before
        assert timer.elapsed(now - 1000) >= 0
        before = timer.elapsed(now)


def test_quit_asks_twice_only_while_the_timer_runs() -> None:
    assert give(State(), "quit").over
    running = give(State(), "next", now=0.0)
    asked = give(running, "quit", now=5.0)
    assert not asked.over
    assert "again" in asked.word
    assert give(asked, "quit", now=6.0).over
    assert not give(asked, "quit", now=60.0).over
    assert not give(asked, "next", "quit", now=6.0).over
    assert give(give(running, "timer"), "quit").over


def test_the_word_of_a_command_outlives_the_change_of_view_and_nothing_else() -> None:
    asked = give(State(), "next", "quit", now=5.0)
    assert asked.said_at == 5.0
    seen = give(asked, "speaker", now=6.0)
    assert (seen.view, seen.word, seen.said_at) == ("speaker", asked.word, 5.0)
    assert give(seen, "quit", now=7.0).over
    assert give(asked, "speaker", now=8.5).word == ""
    assert give(asked, "next", now=6.0) == replace(give(asked, "next", now=6.0), word="", said_at=inf)
    assert give(replace(State(), word="stays"), "speaker", now=99.0).word == "stays"


def test_ctrl_c_always_asks_twice_within_a_second() -> None:
    asked = give(State(), "interrupt", now=5.0)
    assert not asked.over
    assert give(asked, "interrupt", now=5.9).over
    assert not give(asked, "interrupt", now=6.1).over
    assert give(replace(State(), blank="black"), "interrupt", "interrupt").over


def test_notes_scroll_within_their_length_and_can_be_larger_or_smaller() -> None:
    down = give(State(), "notes-down", "notes-down", "notes-down", argument=Argument(limit=2))
    assert down.notes == (2, 2)
    assert give(down, "notes-up", argument=Argument(limit=1)).notes == (0, 2)
    assert give(State(), *["notes-larger"] * 9).notes_size == 5
    assert give(State(), *["notes-smaller"] * 9).notes_size == 1
    assert give(down, "notes-larger").notes == give(down, "layout").notes == (0, 0)


def test_notes_are_where_they_were_left_on_each_slide_and_stay_while_its_steps_are_shown() -> None:
    deck = replace(PLAIN, noted=(1, 1, 0, 2, 1, 2, 1, 2, 1))
    second = give(State(), "next-slide", "notes-down", "notes-down", deck=deck)
    assert give(second, "next", deck=deck).notes == (2, 2)
    third = give(second, "next-slide", deck=deck)
    assert third.notes == (0, 0)
    assert give(third, "previous-slide", deck=deck).notes == (2, 2)
    fourth = give(third, "next-slide", "notes-down", deck=deck)
    assert give(fourth, "next", deck=deck).notes == (0, 0)  # its second step has notes of its own
    assert give(fourth, "next", "back", deck=deck).notes == (1, 1)
    moved = state_after_reload(fourth, deck, replace(deck, ids=("new", *deck.ids[1:])), held=False)
    assert give(moved, "previous-slide", "previous-slide", deck=deck).notes == (2, 2)


def test_reloading_keeps_the_slide_by_its_id() -> None:
    new = outline(("main",) * 4, (1, 1, 1, 1))
    moved = replace(new, ids=("new", "slide-0", "slide-1", "slide-2"))
    state = state_after_reload(State(at=Position(1, 2), back=Position(2), trouble="broken"), PLAIN, moved, held=False)
    assert (state.at, state.back, state.trouble, state.stale) == (Position(2, 0), Position(3), "", False)
    assert state_after_reload(state, moved, moved, held=True).stale


def test_a_slide_that_is_gone_stays_until_the_next_move() -> None:
    shorter = outline(("main",) * 4, (2, 2, 2, 2))
    shorter = replace(shorter, ids=("slide-0", "slide-1", "slide-3", "slide-4"))
    state = state_after_reload(State(at=Position(2)), PLAIN, shorter, held=False)
    assert (state.gone, state.stale) == (1, True)
    assert give(state, "speaker", deck=shorter).stale
    assert give(state, "next", deck=shorter).at == Position(2, 0)
    assert give(state, "back", deck=shorter).at == Position(1, 1)
    assert not give(state, "next", deck=shorter).stale
    back_again = state_after_reload(state, shorter, PLAIN, held=False)
    assert (back_again.at, back_again.gone, back_again.stale) == (Position(2), 0, False)


def test_when_nothing_follows_a_gone_slide_both_ways_lead_to_the_one_before() -> None:
    shorter = outline(("main",) * 2, (1, 3))
    state = state_after_reload(State(at=Position(8)), PLAIN, shorter, held=False)
    assert state.gone == -1
    assert give(state, "next", deck=shorter).at == Position(1, 0)
    assert give(state, "back", deck=shorter).at == Position(1, 2)


@given(outlines, outlines, st.integers(0, 11), st.booleans())
def test_reloading_never_leaves_the_deck(old: Outline, new: Outline, slide: int, held: bool) -> None:
    at = old.clamp(Position(slide, 2))
    state = state_after_reload(State(at=at, frozen=at, back=at, hits=(at.slide,)), old, new, held=held)
    for position in (state.at, state.frozen, state.back):
        assert position == new.clamp(position or Position())
    assert state.stale
