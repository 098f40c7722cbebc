"""From a terminal's bytes to keys: other keyboards, wheels, stalls, and sequences that never end."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from presenter.session.bindings import Bindings
from presenter.session.keys import placed
from presenter.session.state import State
from presenter.ui.key_parser import ANSWER_ENDS, MOST, KeyParser, pressed


def keys(*chunks: bytes) -> list[tuple[str, str | None]]:
    reader = KeyParser()
    found = [message for chunk in (*chunks, b"") for message in reader.feed(chunk)]
    return [(message.key, message.character) for message in found if isinstance(message, events.Key)]


def command(data: bytes, state: State | None = None) -> str:
    ((key, character),) = keys(data)
    found = Bindings().find(key, character, state or State(), now=1.0)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x1b[1089;5u", "interrupt"),  # Ctrl with the key of c, on a Russian keyboard
        (b"\x1b[1081;5u", "quit"),
        (b"\x1b[1103;5u", "suspend"),
        (b"\x1b[1089::99;5u", "interrupt"),  # the same, with the key at its place told
        (b"\x1b[4321::98;;4321u", "black"),  # Georgian, known by its place alone
        (b"\x1b[1080::98;;1080u", "black"),
        (b"\x1b[1058:1090:110;2;1058u", "next-slide"),  # Shift and n
        ("и".encode(), "black"),
        ("И".encode(), "black"),
        ("\N{CYRILLIC CAPITAL LETTER TE}".encode(), "next-slide"),
        ("β".encode(), "black"),
        ("נ".encode(), "black"),
        ("。".encode(), "black"),
        ("\N{FULLWIDTH FULL STOP}".encode(), "black"),
        (b"\x1b[224::48;;224u", ""),  # a digit's key that writes a letter of its own is no digit
    ],
)
def test_keys_of_other_keyboards_act_by_their_place(data: bytes, name: str) -> None:
    assert command(data) == name


def test_a_key_bound_by_what_it_writes_keeps_that_meaning() -> None:
    bindings = Bindings({"white": ("и",)})
    found = bindings.find("и", "и", State(), 1.0)
    assert found is not None
    assert found.name == "white"


def test_letters_of_any_script_are_typed_into_lines() -> None:
    for overlay in ("search", "goto"):
        for letter in ("и", "。", "N"):
            assert command(letter.encode(), State(overlay=overlay, typed="x")) == "type"


@pytest.mark.parametrize("overlay", ["search", "goto"])
def test_clickers_move_out_of_a_line_that_is_empty(overlay: str) -> None:
    empty = State(overlay=overlay)  # type: ignore[arg-type]
    assert command(b"\x1b[6~", empty) == "next"
    assert command(b"\x1b[5~", empty) == "back"
    typed = State(overlay=overlay, typed="knee")  # type: ignore[arg-type]
    assert command(b"\x1b[6~", typed) == ("hits-down" if overlay == "search" else "")


@given(st.text(max_size=3), st.none() | st.text(max_size=2))
def test_any_key_has_a_place_or_none(key: str, character: str | None) -> None:
    assert placed(key, character).isascii()


def events_of(data: bytes) -> list[str]:
    return [event.key for event in pressed([*KeyParser().feed(data)]) if isinstance(event, events.Key)]


def test_a_notch_of_the_wheel_moves_nothing() -> None:
    assert events_of(b"\x1b[B" * 3) == []
    assert events_of(b"\x1bOA" * 2) == []
    assert events_of(b"\x1b[B") == ["down"]
    assert events_of(b"\x1b[6~" * 5) == ["pagedown"] * 5


def test_presses_that_piled_up_count_a_few_times() -> None:
    read = [*KeyParser().feed(b"\x1b[6~" * 100 + b"b" + b"\x1b[6~")]
    kept = [event.key for event in pressed(read, stalled=True) if isinstance(event, events.Key)]
    assert kept == ["pagedown"] * MOST + ["b", "pagedown"]


@pytest.mark.parametrize("data", [b"\x1b[" + b"9" * 20_000 + b"u", b"\x1b[<" + b"1;" * 10_000 + b"M"])
@pytest.mark.parametrize("size", [7, 61, 4096, 100_000])
def test_endless_sequences_are_dropped_in_no_time_and_the_next_key_counts(data: bytes, size: int) -> None:
    began = time.process_time()
    found = keys(*(data[at : at + size] for at in range(0, len(data), size)), b"q")
    assert found == [("q", "q")]
    assert time.process_time() - began < 2  # it was nine seconds


@given(
    st.lists(st.sampled_from([b"\x1b[6~", b"\x1b[1;2C", b"\x1b[1089::99;5u", b"q", b"\x1bOP"]), max_size=6), st.data()
)
def test_keys_are_the_same_wherever_reads_cut_them(parts: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=5)) | {0, len(whole)})
    # An Escape that comes alone is taken for the key.
    cuts = [at for at in cuts if at == len(whole) or at - 1 not in cuts or whole[at - 1 : at] != b"\x1b"]
    reader = KeyParser()
    pieces = [message for start, end in pairwise(cuts) for message in reader.feed(whole[start:end])]
    assert [event.key for event in pieces if isinstance(event, events.Key)] == [key for key, _ in keys(whole)]


ANSWERS = [
    b"\x1bP>|kitty(0.40)\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b]11;rgb:1/2/3\x07",
    b"\x1bP1$r0 q\x1b\\",
    b"\x1b^x\x1b\\",
]


@given(st.lists(st.sampled_from([*ANSWERS, b"q", b"\x1b[6~"]), max_size=6), st.data())
def test_late_answers_of_the_terminal_are_no_keys(parts: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(parts) + b"x"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=5)) | {0, len(whole)})
    cuts = [at for at in cuts if at == len(whole) or whole[at - 1 : at] != b"\x1b" or whole[at : at + 1] == b"\\"]
    reader = KeyParser()
    pieces = [message for start, end in pairwise(cuts) for message in reader.feed(whole[start:end])]
    expected = [{b"q": "q", b"\x1b[6~": "pagedown"}[part] for part in parts if part not in ANSWERS]
    assert [event.key for event in pieces if isinstance(event, events.Key)] == [*expected, "x"]


def test_an_answer_that_never_ends_is_dropped_after_a_while() -> None:
    now = [0.0]
    reader = KeyParser(clock=lambda: now[0])

    def told(data: bytes) -> list[str]:
        return [event.key for event in reader.feed(data) if isinstance(event, events.Key)]

    assert told(b"\x1bP>|kitty") == []
    now[0] += 0.5
    assert told(b"") == []
    assert told(b"(0.4") == []
    now[0] += ANSWER_ENDS
    assert told(b"") == []
    assert told(b"n") == ["n"]


def test_alt_and_the_letter_that_begins_an_answer_is_a_key() -> None:
    reader = KeyParser()
    found = [*reader.feed(b"\x1bP")]
    deadline = time.monotonic() + 20
    while not found and time.monotonic() < deadline:
        found = [*reader.feed(b"")]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["alt+shift+p"]
