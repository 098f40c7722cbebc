from __future__ import annotations

import re
import signal
import sys
import textwrap
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator import Emulator, Queries
from terminal import KEYS, Terminal, key_bytes

RAW = """\
import os, sys, termios, tty
old = termios.tcgetattr(0)
tty.setraw(0)
def ask(question, end):
    os.write(1, question)
    got = b""
    while not got.endswith(end):
        got += os.read(0, 1)
    return got
"""
Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    opened: list[Terminal] = []

    def run(script: str, **options: object) -> Terminal:
        path = tmp_path / f"child{len(opened)}.py"
        path.write_text(textwrap.dedent(script))
        opened.append(Terminal([sys.executable, "-u", path], **options))  # type: ignore[arg-type]  # as given
        return opened[-1]

    yield run
    for terminal in opened:
        terminal.close()


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


# --- a program in a terminal


def test_what_a_program_writes_is_seen_and_its_exit_code_returned(start: Start) -> None:
    terminal = start("print('hello'); print('\\x1b[3;5Hthere'); raise SystemExit(7)")
    terminal.wait_for("there")
    assert terminal.row(0).rstrip() == "hello"
    assert terminal.row(2) == "    there".ljust(80)
    assert len(terminal.screen) == 24
    assert terminal.wait_exit() == 7
    assert not terminal.alive
    assert terminal.output.startswith(b"hello\r\n")


def test_the_last_words_are_not_lost(start: Start) -> None:
    terminal = start("import os; print('x' * 20_000 + '\\nthe end', flush=True); os._exit(0)")
    assert terminal.wait_exit() == 0
    assert terminal.output.endswith(b"x\r\nthe end\r\n")
    assert terminal.shows("the end")


def test_a_program_has_its_own_terminal_home_and_environment(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = start(
        """
        import os, pathlib
        assert os.getsid(0) == os.getpid() == os.tcgetpgrp(0)
        assert os.ttyname(0) == os.ttyname(1) == os.ttyname(2)
        assert open("/dev/tty").isatty()
        assert os.get_terminal_size() == (100, 30)
        assert not [name for name in os.environ if name.startswith("PYTHON") or name == "NO_COLOR"]
        home = pathlib.Path.home()
        assert all(home in pathlib.Path(os.environ[f"XDG_{n}_HOME"]).parents for n in ("CONFIG", "STATE", "DATA"))
        print(os.environ["TERM"], os.environ["COLORTERM"], os.environ["MINE"], os.environ.get("LANG"), "all well")
        """,
        size=(100, 30),
        env={"MINE": "yes", "LANG": None},
    )
    terminal.wait_for("xterm-256color truecolor yes None all well")
    assert terminal.wait_exit() == 0


def test_no_process_is_left_behind(start: Start) -> None:
    terminal = start(
        """
        import os, signal, subprocess, sys, time
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        child = [sys.executable, "-c", "import signal; print('child', flush=True); signal.pause()"]
        other = subprocess.Popen(child, process_group=0)
        print("pids", os.getpid(), other.pid, "end")
        signal.pause()
        """
    )
    terminal.wait_for("child")
    terminal.wait_for("end")
    found = re.search(rb"pids (\d+) (\d+) end", terminal.output)
    assert found
    pids = [int(number) for number in found.groups()]
    assert pids[0] == terminal.pid
    assert not any(gone(pid) for pid in pids)
    terminal.close()
    assert all(gone(pid) for pid in pids)


def test_a_wait_in_vain_shows_the_screen_and_stops_when_the_program_does(start: Start) -> None:
    terminal = start("print('all there is'); input()")
    terminal.wait_for("all there is")
    with pytest.raises(AssertionError, match=r"(?s)no 'more' in 0.01 s\nthe program is running.*80x24.*\|all there is"):
        terminal.wait_for("more", timeout=0.01)
    with pytest.raises(AssertionError, match=r"still running after 0.01 s"):
        terminal.wait_exit(timeout=0.01)
    terminal.press("enter")
    with pytest.raises(AssertionError, match=r"the program ended without 'more'\nthe program has ended with 0"):
        terminal.wait_for("more")


def test_signals_are_sent_and_told_as_negative_codes(start: Start) -> None:
    terminal = start("import signal; print('ready'); signal.pause()")
    terminal.wait_for("ready")
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_exit() == -signal.SIGTERM


def test_closing_the_terminal_hangs_up(start: Start) -> None:
    terminal = start("import signal; print('ready'); signal.pause()")
    terminal.wait_for("ready")
    terminal.hang_up()
    assert terminal.wait_exit() == -signal.SIGHUP


def test_keys_arrive_as_terminals_send_them(start: Start) -> None:
    terminal = start(RAW + "print(ask(b'ready', b'!'), end='\\r\\n')")
    terminal.wait_for("ready")
    terminal.press("right", "pagedown", "shift+left", "space", "ctrl+c", "é", "!")
    terminal.wait_for(repr(b"\x1b[C\x1b[6~\x1b[1;2D \x03\xc3\xa9!"))
    assert terminal.wait_exit() == 0


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown key 'rihgt'"):
        key_bytes("rihgt")
    assert all(key_bytes(name) for name in KEYS)


def test_much_input_does_not_block(start: Start) -> None:
    terminal = start(RAW + "print(len(ask(b'ready', b'!')), end=' bytes\\r\\n')")
    terminal.wait_for("ready")
    terminal.write(b"x" * 50_000 + b"!")
    terminal.wait_for("50001 bytes")


def test_resizing_tells_the_program_and_empties_the_screen(start: Start) -> None:
    terminal = start(
        """
        import os, signal
        def tell(*_):
            size = os.get_terminal_size()
            print(f"now {size.columns}x{size.lines}")
        signal.signal(signal.SIGWINCH, tell)
        print("ready")
        while True:
            signal.pause()
        """
    )
    terminal.wait_for("ready")
    terminal.resize(40, 10)
    assert not terminal.shows("ready")
    terminal.wait_for("now 40x10")
    assert [len(row) for row in terminal.screen] == [40] * 10
    assert terminal.alive


def test_questions_are_answered(start: Start) -> None:
    terminal = start(
        RAW
        + """
answers = [
    ask(b"\\x1b[c", b"c"), ask(b"\\x1b[?2026$p", b"y"), ask(b"\\x1b[?2048$p", b"y"), ask(b"ab\\x1b[6n", b"R"),
    ask(b"\\x1b[16t", b"t"), ask(b"\\x1b[14t", b"t"), ask(b"\\x1b]11;?\\x07", b"\\\\"),
]
os.write(1, b"\\x1b[?u")  # not answered: this terminal has no such keyboard
termios.tcsetattr(0, termios.TCSADRAIN, old)
print()
for answer in answers:
    print(answer)
""",
        size=(50, 20),
    )
    assert terminal.wait_exit() == 0
    expected = [
        b"\x1b[?62;22c",
        b"\x1b[?2026;2$y",
        b"\x1b[?2048;0$y",
        b"\x1b[1;3R",
        b"\x1b[6;20;10t",
        b"\x1b[4;400;500t",
    ]
    rows = [row.rstrip() for row in terminal.screen]
    assert rows[1:7] == [repr(answer) for answer in expected]
    assert terminal.modes_left() == []


def test_what_is_not_given_back_is_named(start: Start) -> None:
    terminal = start(
        RAW + r"os.write(1, b'\x1b[?1049h\x1b[?1000;1006h\x1b[?25l\x1b[?7l\x1b[>25u\x1b[?2004h\x1b[?2004l')"
    )
    assert terminal.wait_exit() == 0
    assert terminal.modes_left() == [
        "mouse clicks (1000)",
        "mouse SGR coding (1006)",
        "alternate screen (1049)",
        "no line wrap (7)",
        "cursor hidden (25)",
        "kitty keyboard (1 deep)",
        "raw mode",
    ]


def test_a_synchronised_update_is_seen_whole_or_not_at_all(start: Start) -> None:
    terminal = start(
        """
        import os
        os.write(1, b"\\x1b[?2026hhalf")
        input()
        os.write(1, b" whole\\x1b[?2026l")
        """
    )
    with pytest.raises(AssertionError, match="no 'half'"):
        terminal.wait_for("half", timeout=0.3)
    terminal.press("enter")
    terminal.wait_for("whole")
    assert terminal.wait_exit() == 0


def test_a_textual_program_works_and_gives_everything_back() -> None:
    bare = Path(__file__).parent / "bench" / "bare_textual.py"
    with Terminal([sys.executable, bare], size=(60, 12)) as terminal:
        terminal.wait_for("MARK-0001")
        terminal.press("right", "right")
        terminal.wait_for("MARK-0003")
        terminal.resize(30, 6)
        terminal.wait_for("MARK-0003")
        left = " ".join(terminal.modes_left())
        assert all(name in left for name in ("alternate screen", "mouse", "paste", "cursor", "kitty", "raw mode"))
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []


# --- the screen


def fed(*chunks: bytes | str, size: tuple[int, int] = (20, 4)) -> Emulator:
    emulator = Emulator(*size)
    for chunk in chunks:
        emulator.feed(chunk.encode() if isinstance(chunk, str) else chunk)
    return emulator


def test_styles_are_told() -> None:
    emulator = fed("\x1b[1;38;2;1;2;255;48;2;16;32;48ma\x1b[0;3;4;7mb\x1b[0;31mc")
    assert emulator.style_at(0, 0) == ("#0102ff", "#102030", True, False, False, False)
    assert emulator.style_at(1, 0) == ("default", "default", False, True, True, True)
    assert emulator.style_at(2, 0).fg == "red"
    with pytest.raises(IndexError, match="no cell 20,0 on a screen of 20x4"):
        emulator.style_at(20, 0)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("한글|", 5),
        ("e\u0301|", 2),
        ("\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}|", 3),
        ("\N{AIRPLANE}\ufe0f|", 3),
        ("a\u200bb|", 3),
    ],
)
def test_wide_and_joined_characters_take_the_cells_they_should(text: str, cells: int) -> None:
    emulator = fed("\x1b[38;2;9;9;9m", text)
    assert emulator.cursor == (cells, 0)
    assert emulator.lines[0].startswith(text)
    assert emulator.style_at(0, 0).fg == "#090909"


def test_the_alternate_screen_gives_the_main_one_back() -> None:
    emulator = fed("before\r\n", "\x1b[?1049h\x1b[Hslide")
    assert emulator.lines[0].rstrip() == "slide"
    emulator.feed(b"\x1b[?1049lafter")
    assert [row.rstrip() for row in emulator.lines] == ["before", "after", "", ""]


def test_what_is_not_text_is_not_shown() -> None:
    emulator = fed(
        "a\x1bPq#0;1~\x1b\\b\x1b_Gi=1;AAAA\x1b\\c\x1b[>25ud\x1b[<ue\x1b[?2026$pf\x1b[2 qg\x1b]0;title\x07h\x1b[4:3mi"
    )
    assert emulator.lines[0].rstrip() == "abcdefghi"
    assert emulator.modes_left() == []


STREAM = (
    "x\x1b[?1049h\x1b[2;3H\x1b[38;2;1;2;3mé한\x1b[0m\x1bPdata\x1b\\y\x1b[>1u\x1b]0;t\x1b\\z\x1b[?25l\N{SLICE OF PIZZA}"
).encode()


@given(st.lists(st.integers(0, len(STREAM)), max_size=6))
def test_chunks_may_end_anywhere(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[a:b] for a, b in pairwise(edges)]
    whole, cut = fed(STREAM), fed(*pieces)
    assert cut.lines == whole.lines
    assert cut.lines[1].rstrip() == "  é한yz\N{SLICE OF PIZZA}"
    assert cut.modes_left() == whole.modes_left() != []


@given(st.lists(st.integers(0, 24), max_size=4))
def test_a_question_cut_in_two_is_answered_once(cuts: list[int]) -> None:
    stream = b"ab\x1b[6ncd\x1b]11;?\x1b\\\x1b[?2026$p"
    edges = [0, *sorted(cuts), len(stream)]
    queries = Queries()
    pieces = [stream[a:b] for a, b in pairwise(edges)]
    answers = [answer for piece in pieces for answer in queries.answers(piece, (80, 24), lambda: (4, 2))]
    assert answers == [b"\x1b[3;5R", b"\x1b]11;rgb:1010/1010/1414\x1b\\", b"\x1b[?2026;2$y"]


@given(st.binary(max_size=60))
def test_no_output_breaks_the_screen(data: bytes) -> None:
    emulator = fed(data, b"\x18", b"!")
    assert [len(emulator.lines), emulator.columns] == [4, 20]
    assert all(answer.startswith(b"\x1b") for answer in Queries().answers(data, (1, 1), lambda: (0, 0)))
