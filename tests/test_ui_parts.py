"""The parts behind the window: editor, watching, painting beside, crash log, and what is relied on in Textual."""

from __future__ import annotations

import inspect
import os
import string
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import _character_to_key

from emulator import Emulator
from presenter.crash import CrashLog
from presenter.deck.model import Deck, Place
from presenter.session.commands import COMMANDS
from presenter.session.keys import parse_key
from presenter.terminal import first_frame
from presenter.terminal.sgr import encode_row
from presenter.ui.editor import editor_command, run_editor
from presenter.ui.key_parser import PASTE, PASTE_ENDS, PASTED, KeyParser
from presenter.ui.reloader import DeckWatcher, Unreadable, watched_folders
from presenter.ui.render_worker import RenderWorker
from presenter.ui.textual_driver import StageDriver
from presenter.watching import file_signatures, watched_files

PLACE = Place(Path("/talks/deck.yaml"), 41, 3)


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vim", ["vim", "+41", "/talks/deck.yaml"]),
        ("/usr/bin/emacs -nw", ["/usr/bin/emacs", "-nw", "+41", "/talks/deck.yaml"]),
        ("code", ["code", "--wait", "--goto", "/talks/deck.yaml:41:3"]),
        ("code -w", ["code", "-w", "--goto", "/talks/deck.yaml:41:3"]),
        ("hx", ["hx", "/talks/deck.yaml:41"]),
        ("my-editor", ["my-editor", "/talks/deck.yaml"]),
        ("bad 'quote", ["bad 'quote", "/talks/deck.yaml"]),
    ],
)
def test_editors_are_asked_to_open_the_line(editor: str, expected: list[str]) -> None:
    assert editor_command(PLACE, {"EDITOR": editor}) == expected
    assert editor_command(PLACE, {"EDITOR": "nano", "VISUAL": editor}) == expected


def test_what_is_wrong_with_an_editor_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    assert run_editor(PLACE).startswith("no-such-editor: ")
    monkeypatch.setenv("VISUAL", "false")
    assert run_editor(PLACE) == "false ended with 1"
    monkeypatch.setenv("VISUAL", "true")
    assert run_editor(PLACE) == ""
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    assert run_editor(PLACE) == "no editor found: set EDITOR"


def test_a_change_is_what_differs_from_the_last_look(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("a", encoding="utf-8")
    files = frozenset({one, two})
    watch = DeckWatcher(lambda: files, file_signatures(files))
    assert watch.changed() == frozenset()
    one.write_text("ab", encoding="utf-8")
    two.write_text("new", encoding="utf-8")
    assert watch.changed() == files
    assert watch.changed() == frozenset()
    one.unlink()
    assert watch.changed() == {one}


def test_the_deck_itself_is_always_watched() -> None:
    deck = Deck(Path("/talks/deck.yaml"), files=frozenset({Path("/talks/images/a.png")}))
    assert watched_files(deck) == {Path("/talks/deck.yaml"), Path("/talks/images/a.png")}
    assert watched_folders(watched_files(deck)) == {Path("/talks"), Path("/talks/images")}


def test_trouble_names_place_and_version_before_the_reason() -> None:
    assert Unreadable("deck.yaml:41 error", "bad").told("14:32") == "deck.yaml:41 error (showing version of 14:32): bad"
    assert Unreadable("deck.yaml is not there").told("14:32") == "deck.yaml is not there (showing version of 14:32)"


def test_the_studio_does_the_latest_jobs_and_outlives_a_failing_one() -> None:
    studio, begun, go, done = RenderWorker(), Event(), Event(), Event()
    seen: list[str] = []

    def slow() -> None:
        begun.set()
        go.wait(20)
        seen.append("slow")

    def fail() -> None:
        raise RuntimeError

    studio.give([slow, lambda: seen.append("old")])
    assert begun.wait(20)
    studio.give([fail, lambda: seen.append("new"), done.set])
    assert not studio.idle
    go.set()
    assert done.wait(20)
    assert seen == ["slow", "new"]
    studio.close()


def test_a_crash_log_is_made_when_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presenter.crash._folders", lambda: iter([Path(os.devnull), tmp_path / "logs"]))
    log = CrashLog()
    log.write("\n")
    assert not (tmp_path / "logs").exists()
    log.write("a fault \udc80\n")
    assert log.path == tmp_path / "logs" / "crash.log"
    assert "a fault" in log.path.read_text(encoding="utf-8")


def test_rows_are_spelled_with_their_places_and_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    rows = [[Segment("one", Style(color="#010203"))], [Segment("two")]]
    assert first_frame.frame_bytes(rows) == "\x1b[1;1H\x1b[38;2;1;2;3mone\x1b[0m\x1b[2;1Htwo"


colours = st.none() | st.sampled_from(["#010203", "#ff8800", "#0000ff"])
styles = st.none() | st.builds(
    lambda color, bgcolor, bold, italic: Style(color=color, bgcolor=bgcolor, bold=bold, italic=italic),
    colours,
    colours,
    st.booleans(),
    st.booleans(),
)


@given(st.lists(st.tuples(st.text("ab世", min_size=1, max_size=3), styles), max_size=8))
def test_a_row_spelled_briefly_looks_as_rich_would_have_it(pieces: list[tuple[str, Style | None]]) -> None:
    row = [Segment(text, style) for text, style in pieces]
    plain = "".join(
        text if style is None else style.render(text, color_system=ColorSystem.TRUECOLOR) for text, style in pieces
    )
    brief, long = Emulator(30, 1), Emulator(30, 1)
    brief.feed(encode_row(row, "truecolor").encode() + b"\x1b[1;26Hx")
    long.feed(plain.encode() + b"\x1b[1;26Hx")
    assert brief.lines == long.lines
    assert [brief.style_at(x, 0) for x in range(30)] == [long.style_at(x, 0) for x in range(30)]
    assert len(encode_row(row, "truecolor")) <= len(plain)


@pytest.mark.parametrize(("system", "spelled"), [("", "one"), ("standard", "\x1b[31mone\x1b[0m")])
def test_colours_are_those_that_the_terminal_has(system: str, spelled: str) -> None:
    assert encode_row([Segment("one", Style(color="#ff0000"))], system) == spelled


def test_the_driver_still_has_the_seams_that_are_used() -> None:
    for name in ("run_input_thread", "process_message", "write", "start_application_mode", "stop_application_mode"):
        assert getattr(StageDriver, name) is not getattr(LinuxDriver, name)
    source = inspect.getsource(LinuxDriver)
    for seam in (
        "self._file = ",
        "self.exit_event",
        "self.attrs_before",
        "self.fileno = ",
        "XTermParser(self._debug)",
        'self.write("\\x1b[?1049h")',
    ):
        assert seam in source


class Typist:
    """Feeds bytes at times of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.keys = KeyParser(clock=lambda: self.now)

    def types(self, data: bytes, after: float = 0.0) -> list[str]:
        self.now += after
        return [
            message.key if isinstance(message, events.Key) else type(message).__name__
            for message in self.keys.feed(data)
        ]


def test_a_paste_without_an_end_is_over_after_a_while_and_keys_count_again() -> None:
    typist = Typist()
    assert typist.types(b"a\x1b[200~hello") == ["a"]
    assert typist.types(b"b", after=PASTE_ENDS / 2) == []
    assert typist.types(b"c", after=PASTE_ENDS / 2) == ["c"]
    assert typist.types(b"\x1b[200~hel") == []
    assert typist.types(b"", after=PASTE_ENDS) == []
    assert typist.types(b"d") == ["d"]


@pytest.mark.parametrize("place", range(len(PASTE)))
def test_a_paste_is_told_by_its_marks_even_when_they_come_in_pieces(place: int) -> None:
    typist = Typist()
    assert typist.types(PASTE[:place]) == []
    assert typist.types(PASTE[place:] + b"hello" + PASTED[:place]) == []
    assert typist.types(PASTED[place:]) == ["Paste"]
    assert typist.types(b"ab", after=PASTE_ENDS) == ["a", "b"]
    assert typist.types(PASTE + b"again" + PASTED + PASTE) == ["Paste"]
    assert typist.types(b"x", after=PASTE_ENDS) == ["x"]


def test_a_paste_that_goes_on_is_not_cut() -> None:
    typist = Typist()
    assert typist.types(b"\x1b[200~" + b"q" * 4000) == []
    for _ in range(5):
        assert typist.types(b"q" * 4000, after=PASTE_ENDS) == []
    assert typist.types(b"\x1b[201~") == ["Paste"]


@pytest.mark.parametrize("broken", [b"\xff", b"\xc3", b"\x1b[9999999999u", b"\x1b[55296u"])
def test_what_cannot_be_read_is_dropped(broken: bytes) -> None:
    typist = Typist()
    typist.types(broken)
    assert typist.types(b"a") == ["a"]


def test_keys_have_the_names_that_the_window_gives_them() -> None:
    for sign in string.ascii_letters + string.digits + string.punctuation:
        assert parse_key(sign) == _character_to_key(sign)
    assert all(parse_key(key) for row in COMMANDS for key in row.keys)
