"""The whole program on a real terminal, as a speaker uses it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from emulator import Emulator
from terminal import KEYS, Terminal

DECK = """\
title: A talk
footer: "{slide}/{slides}"
slides:
  - {id: hello, title: Hello, body: Welcome everybody., notes: Smile before the first word.}
  - {id: steps, title: Three steps, points: [alpha, beta, gamma], reveal: true, notes: [first, second, third]}
  - {id: markup, title: "[bold]Not[/bold] markup [/]", body: "[@click=app.quit]a[0][/usr/bin]"}
  - {id: knee, title: The knee, body: It lies at 64 kB., notes: A secret about the *cache*.}
  - {id: end, title: Thank you, body: Questions?}
"""
LONG = "title: Long\nslides:\n" + "".join(f"  - {{title: Slide, body: number {n} of many}}\n" for n in range(1, 71))


def present(
    deck: Path, *options: str, size: tuple[int, int] = (80, 24), env: Mapping[str, str | None] | None = None
) -> Terminal:
    return Terminal([sys.executable, "-m", "presenter", deck, *options], size=size, env=env)


def is_blank(terminal: Terminal) -> bool:
    return not any(row.strip() for row in terminal.screen)


def quit_talk(terminal: Terminal) -> None:
    """Press q twice, as the timer may run."""
    terminal.twice()
    assert terminal.wait_exit() == 0
    assert terminal.modes_left() == []


def test_a_clicker_walks_the_talk_and_blanks_the_screen(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.press("pagedown")
        terminal.wait_for("alpha")
        assert not terminal.shows("beta")
        terminal.press("pagedown")
        terminal.wait_for("beta")
        terminal.press("pageup")
        terminal.wait_until(lambda: not terminal.shows("beta"))
        for key in ("b", "."):
            terminal.press(key)
            terminal.wait_until(lambda: is_blank(terminal), "blank screen")
            terminal.press("pagedown")
            terminal.wait_for("alpha")
            assert not terminal.shows("beta")
        for key in ("f5", "esc", "shift+f5"):
            terminal.press(key)
        terminal.press("pagedown")
        terminal.wait_for("beta")
        quit_talk(terminal)
        assert b"\x07" not in terminal.output


def test_the_first_slide_stays_while_the_window_loads_and_keys_pressed_meanwhile_count(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.write(KEYS["pagedown"].encode() + b"x")
        terminal.wait_for("alpha")
        emulator, seen = Emulator(80, 24), False
        for _, data in terminal.chunks:
            emulator.feed(data)
            shown = "\n".join(emulator.lines)
            seen = seen or "Welcome everybody." in shown
            assert not seen or emulator.painting or "Welcome everybody." in shown or "alpha" in shown
            assert "^[" not in shown
        assert seen
        quit_talk(terminal)


def test_enter_typed_while_the_window_loads_is_enter(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.press("2", "enter")
        terminal.wait_for("alpha")
        quit_talk(terminal)


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGHUP"])
def test_a_signal_while_the_window_loads_gives_the_terminal_back(deck: Path, signal_name: str) -> None:
    with present(deck) as terminal:
        terminal.wait_until(lambda: b"\x1b[?1049h" in terminal.output)
        terminal.signal(signal.Signals[signal_name])
        assert terminal.wait_exit() == 128 + signal.Signals[signal_name]
        assert terminal.modes_left() == []


def test_presses_typed_ahead_all_count_and_a_held_key_does_not_race(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(LONG, encoding="utf-8")
    with present(path) as terminal:
        terminal.wait_for("number 1 of")
        terminal.write(KEYS["pagedown"].encode() * 50)
        terminal.wait_for("number 51 of")
        terminal.press("home")
        terminal.wait_until(lambda: not terminal.shows("number 51 of"))
        for _ in range(40):
            terminal.press("right")
            end = time.monotonic() + 0.03
            while time.monotonic() < end:
                terminal.read(0.005)
        terminal.press("s")
        terminal.wait_for("slide ")
        place = next(row.split("slide ")[1].split("/")[0] for row in terminal.screen if "slide " in row)
        assert 3 <= int(place) <= 25
        quit_talk(terminal)


def test_notes_are_in_the_speaker_view_only(deck: Path) -> None:
    with present(deck, size=(120, 36)) as terminal:
        terminal.wait_for("Welcome everybody.")
        assert not terminal.shows("Smile")
        terminal.press("s")
        terminal.wait_for("Smile before the first word.")
        terminal.wait_for("slide 1/5")
        terminal.wait_for("Three steps")
        terminal.press("f", "right", "right")
        terminal.wait_for("FROZEN at 1")
        terminal.wait_for("second")
        terminal.press("s")
        terminal.wait_for("Welcome everybody.")
        terminal.wait_until(lambda: not terminal.shows("beta"))
        quit_talk(terminal)


def test_a_slide_is_found_by_words_number_and_sight(deck: Path) -> None:
    with present(deck, size=(40, 10)) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.write(b"/SECRET")
        terminal.wait_for("in the notes")
        assert not terminal.shows("cache")
        terminal.press("enter")
        terminal.wait_for("It lies at 64 kB.")
        terminal.press("'")
        terminal.wait_for("Welcome everybody.")
        terminal.write(b"5\r")
        terminal.wait_for("Questions?")
        terminal.write(b":knee\r")
        terminal.wait_for("It lies at 64 kB.")
        terminal.press("o")
        terminal.wait_for("Three steps")
        terminal.press("home", "down", "enter")
        terminal.wait_for("alpha")
        quit_talk(terminal)


def test_markup_is_text(deck: Path) -> None:
    with present(deck, "--start", "markup") as terminal:
        terminal.wait_for("[bold]Not[/bold] markup [/]")
        terminal.wait_for("[@click=app.quit]a[0][/usr/bin]")
        quit_talk(terminal)


def test_a_saved_change_is_shown_and_a_broken_one_only_told(deck: Path) -> None:
    with present(deck, "--start", "knee", size=(120, 36)) as terminal:
        terminal.wait_for("It lies at 64 kB.")
        terminal.press("s")
        terminal.wait_for("slide 4/5")
        more = DECK.replace("slides:\n", "slides:\n  - {title: New}\n  - {title: Newer}\n").replace("64 kB", "96 kB")
        deck.write_text(more, encoding="utf-8")
        terminal.wait_for("It lies at 96 kB.")
        terminal.wait_for("slide 6/7")
        deck.write_text(more.replace("  - {id: end", "  - {idd: end"), encoding="utf-8")
        terminal.wait_for("deck.yaml:10 error (showing version of")
        terminal.wait_for("It lies at 96 kB.")
        deck.write_text(more.replace("96 kB", "128 kB"), encoding="utf-8")
        terminal.wait_for("It lies at 128 kB.")
        terminal.wait_until(lambda: not terminal.shows("error (showing"))
        terminal.press("L")
        terminal.wait_for("reload locked")
        quit_talk(terminal)


def test_a_change_in_an_included_file_is_seen_and_a_removed_slide_stays(tmp_path: Path) -> None:
    path, part = tmp_path / "deck.yaml", tmp_path / "parts" / "one.yaml"
    part.parent.mkdir()
    path.write_text("title: Talk\nsections:\n  - include: parts/one.yaml\n", encoding="utf-8")
    first, second = "  - {id: a, title: Fruit, body: Apple}\n", "  - {id: b, title: Fruit, body: Banana}\n"
    part.write_text(f"title: One\nslides:\n{first}{second}", encoding="utf-8")
    with present(path) as terminal:
        terminal.wait_for("Apple")
        part.write_text(f"title: One\nslides:\n{first.replace('Apple', 'Apricot')}{second}", encoding="utf-8")
        terminal.wait_for("Apricot")
        part.write_text(f"title: One\nslides:\n{second}", encoding="utf-8")
        terminal.press("s")
        terminal.wait_for("left the deck")
        terminal.press("s")
        terminal.wait_for("Apricot")
        terminal.press("right")
        terminal.wait_for("Banana")
        quit_talk(terminal)


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGQUIT", 131)])
def test_a_signal_ends_the_talk_and_gives_the_terminal_back(deck: Path, name: str, code: int) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.signal(signal.Signals[name])
        assert terminal.wait_exit() == code
        assert terminal.modes_left() == []


def test_closing_the_terminal_ends_the_program(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.hang_up()
        assert terminal.wait_exit() == 129


def test_the_talk_can_be_put_aside_and_taken_up_again(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.press("right", "ctrl+z")
        stopped = os.WSTOPPED | os.WNOWAIT | os.WNOHANG
        terminal.wait_until(lambda: os.waitid(os.P_PID, terminal.pid, stopped) is not None, "sign of a stop")
        assert terminal.modes_left() == []
        assert not terminal.shows("alpha")
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("alpha")
        terminal.press("right")
        terminal.wait_for("beta")
        quit_talk(terminal)


def test_ctrl_c_ends_the_talk_only_when_pressed_twice(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.press("ctrl+c", "right")
        terminal.wait_for("alpha")
        terminal.twice("ctrl+c")
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []


def test_any_size_will_do(deck: Path) -> None:
    with present(deck, size=(1, 1)) as terminal:
        for size in ((10, 3), (500, 2), (2, 200), (1, 1), (80, 24)):
            terminal.resize(*size)
        terminal.wait_for("Welcome everybody.")
        terminal.press("s")
        terminal.wait_for("NOTES")
        terminal.resize(12, 3)
        terminal.wait_for("1/5")
        terminal.resize(80, 24)
        terminal.wait_for("NOTES")
        quit_talk(terminal)


def test_keys_that_arrive_broken_and_pastes_do_no_harm(deck: Path) -> None:
    with present(deck) as terminal:
        terminal.wait_for("Welcome everybody.")
        for data in (b"\xff", b"\xc3", b"\x1b[6;1:1~", b"\x1b[9999999999u", b"\x1b[55296u"):
            terminal.write(data)
            terminal.read(0.2)
        terminal.write(b"\x1b[48;99999;99999;1;1t\x1b[200~qq\x1b[201~\x1b[<0;10;10M")
        terminal.read(0.2)
        terminal.press("end")
        terminal.wait_for("Questions?")
        quit_talk(terminal)


@pytest.mark.parametrize("replaced", [True, False])
def test_a_picture_that_is_saved_anew_takes_the_place_of_the_old_one(tmp_path: Path, replaced: bool) -> None:
    path, picture = tmp_path / "deck.yaml", tmp_path / "picture.png"
    path.write_text("title: T\nslides:\n  - {title: One, image: {src: picture.png, alt: a colour}}\n", encoding="utf-8")
    red, blue = "#ff0000", "#0000ff"
    Image.new("RGB", (400, 200), red).save(picture)
    with present(path) as terminal:
        terminal.wait_until(lambda: terminal.style_at(40, 12).bg == red, "red picture")
        terminal.wait_until(lambda: b"\x1b[?2004h" in terminal.output, "window")
        new = tmp_path / "new.png" if replaced else picture
        Image.new("RGB", (400, 200), blue).save(new)
        new.replace(picture)
        terminal.wait_until(lambda: terminal.style_at(40, 12).bg == blue, "blue picture", timeout=5)
        emulator, seen = Emulator(80, 24), list[str]()
        for _, data in terminal.chunks:
            emulator.feed(data)
            if not emulator.painting and (not seen or emulator.style_at(40, 12).bg != seen[-1]):
                seen.append(emulator.style_at(40, 12).bg)
        assert seen[seen.index(red) :] == [red, blue]
        quit_talk(terminal)


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "LANG": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_slides_are_shown_whatever_the_encoding_of_the_output(tmp_path: Path, env: dict[str, str | None]) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(
        "title: T\nslides:\n  - {title: Plain, body: Plain words}\n  - {title: Ώρα, body: x → 世界}\n", encoding="utf-8"
    )
    with present(path, env=env) as terminal:
        terminal.wait_for("Plain words")
        terminal.press("right")
        terminal.wait_for("Ώρα")
        terminal.wait_for("x → 世界")
        quit_talk(terminal)


def test_a_paste_without_an_end_does_not_swallow_the_keys_for_ever(deck: Path) -> None:
    script = (
        "import sys, presenter.ui.key_parser as keyboard; keyboard.PASTE_ENDS = 0.2; sys.argv[0] = 'presenter'\n"
        "from presenter.__main__ import main; main()\n"
    )
    with Terminal([sys.executable, "-c", script, deck]) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.write(b"\x1b[200~hello")
        while not terminal.shows("Questions?"):
            terminal.press("end")
            terminal.read(0.05)
        quit_talk(terminal)


@pytest.mark.parametrize(
    ("editor", "words"), [("false", "false ended with 1"), ("no-such-editor", "no-such-editor: No")]
)
def test_an_editor_that_fails_leaves_the_talk_as_it_was(deck: Path, editor: str, words: str) -> None:
    with present(deck, "--speaker", env={"EDITOR": editor, "VISUAL": None}) as terminal:
        terminal.wait_for("Smile")
        terminal.press("e")
        terminal.wait_for(words)
        terminal.press("s", "right")
        terminal.wait_for("alpha")
        quit_talk(terminal)


def test_after_an_edit_the_slide_is_shown_as_it_is_now(deck: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i s/everybody/all/ "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    with present(deck, env={"VISUAL": str(editor)}) as terminal:
        terminal.wait_for("Welcome everybody.")
        terminal.press("e")
        terminal.wait_for("Welcome all.")
        quit_talk(terminal)


def test_a_failure_of_the_program_is_one_line_and_a_log(deck: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from presenter.ui.surface import Surface; show = Surface.show\n"
        "def broken(self, scene):\n"
        "    if scene.state.at.step: raise RuntimeError('a fault')\n"
        "    show(self, scene)\n"
        "Surface.show = broken; sys.argv[0] = 'presenter'\n"
        "from presenter.__main__ import main; main()\n"
    )
    (tmp_path / "home").mkdir()
    with Terminal([sys.executable, "-c", script, deck, "--start", "steps"], home=tmp_path / "home") as terminal:
        terminal.wait_for("alpha")
        terminal.press("right")
        assert terminal.wait_exit() == 1
        assert terminal.modes_left() == []
        assert terminal.shows("presenter: something went wrong")
        assert not terminal.shows("Traceback")
    logs = list((tmp_path / "home").rglob("crash.log"))
    assert len(logs) == 1
    assert "a fault" in logs[0].read_text(encoding="utf-8")
    assert logs[0].stat().st_mode & 0o077 == 0


def test_the_clock_goes_on_in_the_speaker_view_beside_the_slide_and_keys_find_the_window_as_it_is(
    tmp_path: Path,
) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("duration: 1h\nslides: [{title: One}, {title: Two}, {title: Three}]\n", encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "presenter", path, "--speaker"]
    with Terminal(command, size=(120, 36), home=tmp_path, env={"PRESENTER_CLOCK_SPEED": "60"}) as terminal:
        terminal.wait_for("0:00 elapsed")
        terminal.press("t")
        terminal.wait_until(lambda: any(f"{minute}:" in terminal.screen[0] for minute in (1, 2, 3)), "a minute")
        assert any("ON SCREEN  1  One" in row for row in terminal.screen)
        terminal.press("right")
        terminal.wait_for("ON SCREEN  2  Two")
        before = terminal.screen[0]
        terminal.wait_until(lambda: terminal.screen[0] != before, "another minute")
        terminal.resize(80, 24)
        terminal.wait_for(" / 1:00:00")
        terminal.twice()
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []
