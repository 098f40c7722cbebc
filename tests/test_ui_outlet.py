"""A terminal that does not keep up, sizes that come too fast, and modules that are kept out."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from presenter.deck.load import load_deck
from presenter.import_guard import sha256, without_modules
from presenter.session.session import Session
from presenter.terminal.capabilities import TerminalCapabilities
from presenter.terminal.guard import resume_command
from presenter.terminal.output import SIZE_INTERVAL, BackpressureWriter, SizeThrottle
from presenter.ui.app import PresenterApp

ROOT = Path(__file__).resolve().parents[1]


def test_an_outlet_is_behind_until_all_is_flushed_and_tells_once_when_asked() -> None:
    told: list[str] = []
    file = io.StringIO()
    outlet = BackpressureWriter(file, lambda: told.append("drained"))
    assert not outlet.behind()
    outlet.hand()
    outlet.hand()
    assert outlet.behind()
    outlet.write("one ")
    assert outlet.behind()
    outlet.write("two")
    assert outlet.behind()
    assert told == []
    outlet.flush()
    assert told == ["drained"]
    assert not outlet.behind()
    assert file.getvalue() == "one two"
    outlet.hand()
    outlet.write("three")
    outlet.flush()
    assert told == ["drained"]


class Hands:
    """A loop of which only the clock and `call_later` are used."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[tuple[float, object]] = []

    def call_later(self, wait: float, then: object) -> asyncio.TimerHandle:
        self.due.append((self.now + wait, then))
        return self  # type: ignore[return-value]  # it is only kept

    def cancel(self) -> None:
        self.due.clear()

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while self.due and self.due[0][0] <= end:
            self.now, then = self.due.pop(0)
            then()  # type: ignore[operator]  # as given
        self.now = end


def test_t10_at_most_thirty_sizes_a_second_are_taken_on_and_the_last_one_always_is() -> None:
    hands = Hands()
    seen: list[float] = []
    sizes = SizeThrottle(hands, lambda: seen.append(hands.now), lambda: hands.now)  # type: ignore[arg-type]  # see Hands
    for _ in range(1000):
        sizes.changed()
        hands.pass_time(0.001)
    assert 28 <= len(seen) <= 31
    assert seen[0] == 0.0
    assert all(after - before >= SIZE_INTERVAL - 1e-9 for before, after in pairwise(seen))
    last = hands.now
    hands.pass_time(1)
    assert last - 0.002 <= seen[-1] <= last + SIZE_INTERVAL
    sizes.changed()
    sizes.forget()
    count = len(seen)
    hands.pass_time(1)
    assert len(seen) == count


async def test_t10_pictures_are_fitted_once_when_the_size_has_stayed_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deck.yaml").write_text("title: T\nslides: [{title: One}, {title: Two}]\n", encoding="utf-8")
    deck = load_deck(tmp_path / "deck.yaml")
    app = PresenterApp(Session(deck), load=lambda: deck, follow=False, terminal=TerminalCapabilities())
    fits: list[tuple[int, int]] = []
    fitted = asyncio.Event()

    def fit(_jobs: object) -> None:
        fits.append(app.surface.size)
        fitted.set()

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app.render_worker, "give", fit)
        for number in range(20):
            await pilot.resize_terminal(60 + number, 20)
        assert fits == []
        async with asyncio.timeout(20):
            await fitted.wait()
        await pilot.pause()
        assert fits == [(79, 20)]


async def test_t20_a_held_picture_is_not_sent_and_then_only_the_newest_is(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(
        "title: T\nslides: [{title: One}, {title: Two}, {title: Six}]\n", encoding="utf-8"
    )
    deck = load_deck(tmp_path / "deck.yaml")
    app = PresenterApp(Session(deck), load=lambda: deck, follow=False, terminal=TerminalCapabilities())
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        surface = app.surface
        surface._held = lambda: True  # noqa: SLF001  as above
        sent = surface._sent  # noqa: SLF001  as above
        await pilot.press("N", "n")
        await pilot.pause()
        assert app.state.at.slide == 2
        assert surface._sent is sent  # noqa: SLF001  as above
        surface._held = lambda: False  # noqa: SLF001  as above
        app.draw_soon()
        await pilot.pause()
        assert surface._sent[0] is surface.rows  # noqa: SLF001  as above


def test_going_on_is_said_with_the_words_it_was_begun_with() -> None:
    assert resume_command(["my talk.yaml", "--theme", "paper"]) == "presenter 'my talk.yaml' --theme paper --resume"
    assert resume_command(["present", "x.yaml", "--fresh"]) == "presenter present x.yaml --resume"
    assert resume_command([]) == "presenter --resume"
    assert "\x1b" not in resume_command(["\x1b]0;x\x07.yaml"])


def test_modules_are_kept_out_only_while_others_load() -> None:
    with without_modules("json", "antigravity"):
        assert "json" in sys.modules
        with pytest.raises(ImportError):
            __import__("antigravity")
    assert "antigravity" not in sys.modules
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_window_runs_without_openssl() -> None:
    script = (
        "import sys\nfrom presenter.ui import run_talk\nfrom presenter.import_guard import sha256, without_modules\n"
        "with without_modules('ssl'): import presenter.ui.app\n"
        "sha256(b'')\nprint(sorted({'ssl', '_ssl', '_hashlib', 'anyio'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_a_terminal_there_is_no_guardian() -> None:
    script = (
        "import os, sys\nbefore = os.getpid()\n"
        "from presenter.terminal.guard import guard, guard_pipe, tell_guard\nguard()\n"
        "tell_guard(resumable=True)\nprint(before == os.getpid(), guard_pipe())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    assert done.stdout == "True None\n"
