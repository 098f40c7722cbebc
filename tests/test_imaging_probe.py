from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.images import kitty_files
from presenter.terminal.probe import (
    AnswerFilter,
    TerminalAnswers,
    choose_image_mode,
    in_multiplexer,
    probe_queries,
    probe_terminal,
)

XTERM = {"TERM": "xterm-256color"}
TERMINALS = {
    # name: what it sends, what is shown without pixels, with pixels, TERM
    # These four were recorded: Debian 12's packages, asked this batch under Xvfb.
    "xterm 379": (b"\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c", "blocks", "blocks", "xterm"),
    "xterm 379 -ti vt340": (
        b"\x1bP>|XTerm(379)\x1b\\\x1b[?63;1;2;4;6;9;15;16;22;28c", "blocks", "blocks", "xterm"
    ),
    "kitty 0.26": (
        b"\x1bP>|kitty(0.26.5)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[6;20;9t\x1b[?62;c",
        "sextant", "sextant", "xterm-kitty",
    ),
    "tmux 3.3a": (b"\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2c", "blocks", "blocks", "tmux-256color"),
    # These follow what their documentation says.
    "kitty 0.28": (
        b"\x1bP>|kitty(0.28.1)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;18;9t\x1b[?62;c", "sextant", "kitty", "xterm-kitty"
    ),
    "kitty 0.41": (
        b"\x1bP>|kitty(0.41.1)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;52;c", "octant", "kitty", "xterm-kitty"
    ),
    "kitty 0.41 without graphics": (
        b"\x1bP>|kitty(0.41.1)\x1b\\\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?62c", "octant", "octant", "xterm-kitty"
    ),
    "foot 1.20": (b"\x1bP>|foot(1.20.2)\x1b\\\x1b[6;19;8t\x1b[?62;4;22;28;29c", "octant", "octant", "foot"),
    "foot 1.13": (b"\x1bP>|foot(1.13.1)\x1b\\\x1b[6;19;8t\x1b[?62;4;22c", "sextant", "sextant", "foot"),
    "VTE 0.80": (b"\x1bP>|VTE(8000)\x1b\\\x1b[6;0;0t\x1b[?61;1;21;22;28c", "octant", "octant", "xterm-256color"),
    "VTE 0.76": (b"\x1bP>|VTE(7600)\x1b\\\x1b[6;21;10t\x1b[?65;1;9c", "sextant", "sextant", "xterm-256color"),
    "alacritty": (b"\x1b[6;20;9t\x1b[?6c", "sextant", "sextant", "alacritty"),
    "konsole": (
        b"\x1bP>|Konsole 22.12.3\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;18;9t\x1b[?62;1;4c", "sextant", "sextant", "xterm"
    ),
    "tmux": (b"\x1bP>|tmux 3.5a\x1b\\\x1b[6;18;9t\x1b[?1;2;4c", "blocks", "blocks", "tmux-256color"),
    "a stranger": (b"\x1bP>|NoSuch 9.9\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?62c", "blocks", "blocks", "xterm-256color"),
    "silence": (b"", "blocks", "blocks", "xterm-256color"),
    "linux console": (b"\x1b[?6c", "half", "half", "linux"),
}  # fmt: skip


@pytest.mark.parametrize("name", TERMINALS)
def test_every_terminal_gets_what_it_shows_right(name: str) -> None:
    sent, cells, best, term = TERMINALS[name]
    sieve = AnswerFilter()

    assert sieve.feed(sent) == b""
    assert sieve.waiting == (not sent)
    assert choose_image_mode(sieve.answers, {"TERM": term}, pixels=False) == cells
    assert choose_image_mode(sieve.answers, {"TERM": term}) == best


def test_never_pixels_inside_a_multiplexer() -> None:
    answers = TerminalAnswers("kitty(0.41.1)", graphics=True)

    assert choose_image_mode(answers, {"TERM": "xterm-kitty"}) == "kitty"
    for env in ({"TERM": "xterm-kitty", "TMUX": "/tmp/t,1,0"}, {"TERM": "screen"}, {"TERM": "xterm", "STY": "1.x"}):  # noqa: S108
        assert in_multiplexer(env)
        assert choose_image_mode(answers, env) == "blocks"
        assert b"_G" not in probe_queries(env)


@pytest.mark.parametrize("term", ["linux", "dumb", "", "vt100"])
def test_terminals_that_would_show_the_questions_are_not_asked(term: str) -> None:
    assert probe_queries({"TERM": term}) == b""
    assert not probe_terminal(-1, {"TERM": term}).sieve.waiting


def test_what_is_told_is_understood() -> None:
    sieve = AnswerFilter()
    sieve.feed(TERMINALS["kitty 0.28"][0])

    assert sieve.answers == TerminalAnswers("kitty(0.28.1)", graphics=True, cell=(9, 18), attributes=(62,))
    assert sieve.answers.aspect == 0.5


@pytest.mark.parametrize(("cell", "aspect"), [((0, 0), None), ((9, 0), None), ((40, 20), None), ((9, 20), 0.45)])
def test_impossible_cells_are_not_believed(cell: tuple[int, int], aspect: float | None) -> None:
    assert TerminalAnswers(cell=cell).aspect == aspect


@given(st.sampled_from(sorted(TERMINALS)), st.lists(st.integers(0, 90), max_size=6))
def test_reads_may_cut_answers_anywhere(name: str, cuts: list[int]) -> None:
    sent = TERMINALS[name][0]
    whole, cut = AnswerFilter(), AnswerFilter()
    whole.feed(sent)
    places = [0, *sorted(min(place, len(sent)) for place in cuts), len(sent)]
    typed = b"".join(cut.feed(sent[start:end]) for start, end in pairwise(places))

    assert (typed, cut.answers, cut.waiting, cut.holding) == (b"", whole.answers, whole.waiting, False)


KEYS = [b"q", b"\x1b[C", b"\x1bOP", b"\x1bP", b"\x1b_", b"\x1b[6~", b"\xc3\xa9", b"\x1b[97;5u", b"\x1b[<0;3;4M", b"\r"]


@given(st.lists(st.sampled_from(KEYS), max_size=8), st.integers(0, 8), st.sampled_from(sorted(TERMINALS)))
def test_keys_among_answers_come_through(keys: list[bytes], place: int, name: str) -> None:
    sieve = AnswerFilter()
    before, after = b"".join(keys[:place]), b"".join(keys[place:])

    typed = sieve.feed(before + TERMINALS[name][0] + after) + sieve.flush()

    assert typed == before + after
    assert sieve.waiting == (not TERMINALS[name][0])


def test_an_escape_alone_is_given_back() -> None:
    sieve = AnswerFilter()

    assert sieve.feed(b"a\x1b") == b"a"
    assert sieve.holding
    assert (sieve.flush(), sieve.flush()) == (b"\x1b", b"")
    assert sieve.feed(b"b") == b"b"


@given(st.binary(max_size=60))
def test_anything_may_be_read(data: bytes) -> None:
    sieve = AnswerFilter()
    typed = sieve.feed(data) + sieve.flush()

    assert len(typed) <= len(data)
    assert typed == data or b"\x1b" in data


def test_a_kitty_nearby_is_asked_whether_it_sees_our_files(terminal: Terminal) -> None:
    near = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}
    seen: list[bytes] = []

    def read(asked: bytes) -> bytes:
        found = re.search(rb"\x1b_Gi=32,[^;]*t=t[^;]*;([^\x1b]*)\x1b", asked)
        assert found
        path = Path(b64decode(found[1]).decode())
        seen.append(path.read_bytes())
        path.unlink()
        return b"\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[?62c"

    terminal.answer(read)
    assert probe_terminal(terminal.theirs, near, deadline=30).answers == TerminalAnswers(
        graphics=True, files=True, attributes=(62,)
    )
    assert seen == [bytes(3)]


def test_a_file_that_was_not_read_is_deleted(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kitty_files, "MEMORY", tmp_path)
    terminal.answer(b"\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;EBADF:no\x1b\\\x1b[?62c")

    assert not probe_terminal(terminal.theirs, {"TERM": "xterm-kitty"}, deadline=30).answers.files
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("far", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
def test_a_kitty_at_the_other_end_of_a_line_is_not(terminal: Terminal, far: str) -> None:
    asked: list[bytes] = []

    def note(batch: bytes) -> bytes:
        asked.append(batch)
        return b"\x1b[?62c"

    terminal.answer(note)
    probe_terminal(terminal.theirs, {"TERM": "xterm-kitty", far: "somewhere"}, deadline=30)

    assert b"t=t" not in asked[0]


def test_what_a_killed_program_left_is_swept_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kitty_files, "MEMORY", tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, ours = tmp_path / f"{kitty_files.FILE_MARKER}{gone.pid}-abc", Path(kitty_files.write_file(b"x"))
    strange = tmp_path / f"{kitty_files.FILE_MARKER}x"
    for path in (left, strange):
        path.write_bytes(b"x")
    kitty_files.delete_stale_files()

    assert sorted(tmp_path.iterdir()) == sorted([ours, strange])
    assert ours.stat().st_mode & 0o777 == 0o600


class Terminal:
    """The other end of a terminal: answers the questions as it is told to."""

    def __init__(self) -> None:
        self.ours, self.theirs = pty.openpty()
        self._thread: threading.Thread | None = None

    def answer(self, *parts: bytes | Callable[[bytes], bytes], go: threading.Event | None = None) -> None:
        """Wait for the batch, then send each part by itself; the last one when `go` is set."""

        def work() -> None:
            asked = b""
            while not asked.endswith(b"\x1b[c"):
                asked += os.read(self.ours, 4096)
            for place, part in enumerate(parts):
                if go is not None and place == len(parts) - 1:
                    go.wait(30)
                os.write(self.ours, part(asked) if callable(part) else part)

        self._thread = threading.Thread(target=work)
        self._thread.start()

    def join(self) -> None:
        if self._thread is not None:
            self._thread.join(30)

    def read(self) -> bytes:
        return os.read(self.theirs, 4096) if select.select([self.theirs], [], [], 30)[0] else b""


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.join()
    os.close(terminal.ours)
    os.close(terminal.theirs)


def test_an_answer_ends_the_waiting(terminal: Terminal) -> None:
    terminal.answer(TERMINALS["kitty 0.28"][0])
    before = termios.tcgetattr(terminal.theirs)
    probe = probe_terminal(terminal.theirs, XTERM, deadline=30)

    assert probe.answers.version == "kitty(0.28.1)"
    assert (probe.typed, probe.sieve.waiting) == (b"", False)
    assert termios.tcgetattr(terminal.theirs) == before


def test_answers_in_pieces_with_keys_between(terminal: Terminal) -> None:
    terminal.answer(b"\x1bP>|fo", b"ot(1.20.2)\x1b", b"\\q\x1b[?6", b"2c")
    probe = probe_terminal(terminal.theirs, XTERM, deadline=30)

    assert probe.answers == TerminalAnswers("foot(1.20.2)", attributes=(62,))
    assert probe.typed == b"q"


def test_no_answer_costs_the_deadline(terminal: Terminal) -> None:
    start = time.monotonic()
    probe = probe_terminal(terminal.theirs, XTERM, deadline=0.05)

    assert probe.answers == TerminalAnswers()
    assert probe.sieve.waiting
    assert choose_image_mode(probe.answers, XTERM) == "blocks"
    assert time.monotonic() - start < 5


def test_late_answers_are_swallowed_by_the_sieve(terminal: Terminal) -> None:
    go = threading.Event()
    terminal.answer(b"\x1bP>|VTE(80", b"00)\x1b\\\x1b[?65;1;9cx", go=go)
    probe = probe_terminal(terminal.theirs, XTERM, deadline=0.05)
    assert (probe.typed, probe.sieve.waiting) == (b"", True)
    attributes = termios.tcgetattr(terminal.theirs)
    attributes[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(terminal.theirs, termios.TCSANOW, attributes)
    go.set()

    typed = b""
    while probe.sieve.waiting:
        typed += probe.sieve.feed(terminal.read())

    assert typed == b"x"
    assert probe.answers.version == "VTE(8000)"


def test_a_file_or_a_closed_terminal_is_no_terminal() -> None:
    reading, writing = os.pipe()
    try:
        assert probe_terminal(reading, XTERM).answers == TerminalAnswers()
    finally:
        os.close(reading)
        os.close(writing)
    assert probe_terminal(reading, XTERM).answers == TerminalAnswers()


def test_a_terminal_that_hangs_up_ends_it() -> None:
    ours, theirs = pty.openpty()
    os.close(ours)
    try:
        assert not probe_terminal(theirs, XTERM, deadline=30).sieve.answers.version
    finally:
        os.close(theirs)
