"""What windows say to each other, and that nothing else is taken for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.peers import protocol
from presenter.peers.protocol import (
    ByeMessage,
    CommandMessage,
    FailureMessage,
    HelloMessage,
    MalformedMessageError,
    Message,
    OtherVersionError,
    SharedPlan,
    SharedPosition,
    SharedState,
    StateMessage,
    decode_message,
    encode_message,
)
from presenter.peers.sync import (
    clean_state,
    content_hash,
    find_position,
    is_behind,
    merge_state,
    put_back,
    shared_state,
)
from presenter.session.argument import Argument
from presenter.session.commands import ARRIVE, BY_NAME, act
from presenter.session.state import Outline, Position, State, Timer
from presenter.timing.time_log import TimeLog
from talks import slide, talk

DECK = talk([slide("a", 60), slide("b", 60, steps=3), slide("x", 10, hidden=True), slide("c", 60)], 240, 60)
OUTLINE = Outline.of(DECK)
COMMANDS = ["next", "back", "next-slide", "first", "last", "return", "black", "freeze", "timer", "question", "mark"]
COMMANDS += ["reflow", "reflow-take", "minute-more", "lock", "wake", "undo"]


def texts(most: int = 20) -> st.SearchStrategy[str]:
    return st.text(st.characters(codec="utf-8"), max_size=most)


MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(
        HelloMessage, client=texts(), pid=st.integers(0, 2**22), face=st.sampled_from(["", "audience", "speaker"])
    ),
    st.builds(
        StateMessage,
        epoch=texts(),
        talk=st.builds(SharedState, word=texts(), at=st.builds(SharedPosition, texts(), st.integers(0, 9))),
    ),
    st.builds(CommandMessage, n=st.integers(1, 2**53), do=texts(), arg=texts(), at=st.floats(-1e12, 1e12)),
    st.builds(FailureMessage, texts()),
    st.builds(ByeMessage, texts()),
)


@given(MESSAGES)
def test_what_is_said_is_heard_on_one_line(message: Message) -> None:
    line = encode_message(message)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode_message(line) == message


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(line: bytes) -> None:
    with suppress(MalformedMessageError, OtherVersionError):
        assert decode_message(line) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["n", "do", "talk", "at", "plan", "face", "arg"]), inner, max_size=5)
        ),
        max_leaves=12,
    ),
    st.sampled_from(["hello", "state", "cmd", "err", "bye"]),
)
def test_no_json_does_more_than_be_refused(value: object, kind: str) -> None:
    fields = value if isinstance(value, dict) else {"talk": value}
    line = msgspec.json.encode({**fields, "v": 1, "t": kind})
    try:
        heard = decode_message(line)
    except MalformedMessageError:
        return
    assert heard is not None


def test_unknown_messages_and_fields_are_ignored_and_other_versions_are_not() -> None:
    assert decode_message(b'{"v":1,"t":"wave","hand":"left"}') is None
    assert decode_message(b'{"v":1,"t":"cmd","n":1,"do":"next","colour":"red"}') == CommandMessage(1, "next")
    with pytest.raises(OtherVersionError, match="version 2"):
        decode_message(b'{"v":2,"t":"cmd"}')
    for line in (b"", b"{}", b"[]", b'{"v":1}', b'{"v":"1","t":"cmd"}', b'{"v":1,"t":"cmd","n":0,"do":"next"}'):
        with pytest.raises(MalformedMessageError):
            decode_message(line)
    with pytest.raises(MalformedMessageError):
        decode_message(b'{"v":1,"t":"cmd","n":1,"do":"' + b"x" * 600 + b'"}')
    with pytest.raises(MalformedMessageError):
        decode_message(b"[" * 100_000)


def walked(names: list[str], state: State | None = None) -> State:
    state = state or State(view="speaker")
    for moment, name in enumerate(names):
        argument = Argument(seconds=60.0)
        state = act(BY_NAME[name], state, OUTLINE, 100.0 + 7 * moment, argument)
    return state


@given(st.lists(st.sampled_from(COMMANDS), max_size=20))
def test_a_talk_goes_over_the_wire_as_it_is(names: list[str]) -> None:
    state = walked(names)
    line = encode_message(StateMessage("e", shared_state(state, OUTLINE)))
    heard = decode_message(line)
    assert isinstance(heard, StateMessage)
    found = merge_state(State(view="speaker", asked=state.asked, asked_at=state.asked_at), heard.talk, OUTLINE)
    # How far notes are scrolled is each window's own.
    mine = replace(state, notes=found.notes, scrolled=found.scrolled)
    assert found == replace(mine, undo=(), offer=None, stale=False)


@given(st.lists(st.sampled_from(COMMANDS), max_size=12), st.lists(st.sampled_from(COMMANDS), max_size=12))
def test_hearing_twice_changes_nothing_more_and_windows_keep_their_own(one: list[str], two: list[str]) -> None:
    told = shared_state(walked(one), OUTLINE)
    mine = replace(walked(two), overlay="search", typed="knee", notes_size=4, layout=1)
    once = merge_state(mine, told, OUTLINE)
    assert merge_state(once, told, OUTLINE) == once
    assert (once.overlay, once.typed, once.notes_size, once.layout) == ("search", "knee", 4, 1)


def test_a_large_talk_fits_into_a_line() -> None:
    slides = [slide(f"a-slide-with-a-long-name-{number}", 60) for number in range(2000)]
    outline = Outline.of(talk(slides, 120_000))
    times = dict.fromkeys(outline.ids, 1234.56789)
    state = State(
        timer=Timer(5.0, 1.0, started=True), plan=outline.plan, account=TimeLog(times=MappingProxyType(times))
    )
    assert len(encode_message(StateMessage("e", shared_state(state, outline)))) < protocol.STATE_LIMIT


def test_another_deck_is_followed_by_ids_and_else_by_number() -> None:
    other = Outline.of(talk([slide("c", 60), slide("new", 60), slide("b", 60)]))
    told = shared_state(State(at=Position(1, 2), frozen=Position(3)), OUTLINE)
    heard = merge_state(State(), told, other)
    assert (heard.at, heard.frozen) == (Position(2, 0), Position(0))
    assert find_position(SharedPosition("gone", 4, 1), other) == (Position(1, 0), False)
    assert find_position(SharedPosition("gone", 4, 99), other) == (Position(2, 0), False)
    assert find_position(SharedPosition(), Outline()) == (Position(), True)


def test_a_slide_that_has_left_one_windows_deck_stays_in_the_other() -> None:
    less = Outline.of(talk([slide("a", 60), slide("c", 60)]))
    gone = State(at=Position(1), gone=1, lost=("b", 2), stale=True)
    still = merge_state(State(at=Position(1, 2)), shared_state(gone, less), OUTLINE)
    assert (still.at, still.gone) == (Position(1, 2), 0)
    kept = merge_state(gone, shared_state(State(at=Position(1, 2)), OUTLINE), less)
    assert (kept.at, kept.gone, kept.lost, kept.stale) == (Position(1), 1, ("b", 2), True)
    moved = merge_state(kept, shared_state(State(at=Position(3)), OUTLINE), less)
    assert moved == replace(kept, gone=0, stale=False, scrolled=moved.scrolled)


def test_clocks_of_another_machine_are_shifted() -> None:
    told = shared_state(State(timer=Timer(5.0, 100.0, started=True), word="hm", said_at=101.0), OUTLINE)
    heard = merge_state(State(), told, OUTLINE, shift=50.0)
    assert heard.timer.elapsed(160.0) == 15.0
    assert heard.said_at == 151.0


def test_a_jump_is_said_by_step_and_id() -> None:
    state = act(ARRIVE, State(), OUTLINE, 0.0, Argument(slide="b", step=2))
    assert (state.at, state.back) == (Position(1, 2), Position(0))
    for nonsense in (Argument(), Argument("2 b"), Argument(slide="b", step=-1), Argument(slide="nowhere", step=2)):
        assert act(ARRIVE, state, OUTLINE, 0.0, nonsense) == state
    assert act(ARRIVE, state, OUTLINE, 0.0, Argument(slide="b", step=99)).at == Position(1, 2)


def test_who_began_anew_is_behind_until_it_has_the_time_back() -> None:
    far = shared_state(State(at=Position(3), timer=Timer(0.0, 0.0, started=True)), OUTLINE)
    fresh = shared_state(State(), OUTLINE)
    assert is_behind(fresh, far, 300.0)
    assert not is_behind(far, fresh, 300.0)
    assert not is_behind(far, far, 300.0)
    back = put_back(State(view="audience", left_seen=True), far, OUTLINE)
    assert not back.left_seen  # or the audience would go on reading of an offer that is over
    assert back.at.slide == len(DECK.slides) - 1
    assert back.timer.elapsed(300.0) == 300.0
    assert not is_behind(shared_state(back, OUTLINE), far, 300.0)


def test_words_that_were_told_are_harmless() -> None:
    talk_told = clean_state(SharedState(word="\x1b[2Jhello", trouble="a\x9bb", title="\u202eT", log="x\ny"))
    assert "\x1b" not in talk_told.word
    assert talk_told.log == "x y"
    assert merge_state(State(), SharedState(word="\x1b]52;c;x\x07"), OUTLINE).word.isprintable()


def test_a_plan_keeps_its_times_by_id() -> None:
    other = Outline.of(talk([slide("c", 60), slide("new", 30)], 240, 60))
    heard = merge_state(State(), SharedState(plan=SharedPlan(240, 100.0, {"c": 70.5, "a": 1.0})), other)
    assert heard.plan is not None
    assert (*heard.plan.times, heard.plan.target) == (70.5, 30, 100.0)


def test_decks_with_the_same_mark_say_the_same() -> None:
    assert content_hash(DECK) == content_hash(talk(DECK.slides, 999))
    assert content_hash(DECK) != content_hash(talk(DECK.slides[:-1]))
    assert content_hash(DECK) != content_hash(talk((*DECK.slides[:-1], slide("c", 60, body="other"))))
    assert content_hash(DECK) != content_hash(talk((*DECK.slides[:-1], slide("c", 60, "a note"))))
