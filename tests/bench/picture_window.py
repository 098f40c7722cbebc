"""Measures pictures inside the window: what a change of slides takes of its thread, and the memory of the program.

Called by `pictures.py`, whose tables these are.

The thread's time is that of everything between a command and the bytes for the terminal: the state, the rows, the
strips that Textual wants, and their escape sequences. The pictures were made ready by the studio beforehand, as they
are in a talk when the slide before has been seen for a tenth of a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from speed import Watched
from textual._compositor import LayoutUpdate  # its name is only needed for its type

from presenter.deck.load import load
from presenter.deck.model import Deck
from presenter.session.session import Session
from presenter.terminal.capabilities import TerminalCapabilities
from presenter.ui.app import PresenterApp

MARK = "MARK-0001"


def deck_of(folder: Path, photographs: Iterable[Path]) -> Path:
    """Write a deck of two slides of text, then each photograph over the whole of one."""
    slides: list[object] = [{"body": MARK}, {"body": "Nothing is painted ahead for the slide before this one."}]
    slides += [
        {"id": f"p{number}", "image": {"src": path.name, "alt": "a photograph", "fit": "cover"}}
        for number, path in enumerate(photographs)
    ]
    path = folder / "photographs.yaml"
    path.write_text(json.dumps({"title": "Photographs", "slides": slides}), encoding="utf-8")
    return path


async def thread_ms(deck: Path, size: tuple[int, int], mode: str, rounds: int) -> tuple[float, float]:
    """Return the median and the worst milliseconds of the window's thread, to and fro between two photographs."""

    def read() -> Deck:
        found = load(deck).deck
        assert found is not None
        return found

    # A window without a terminal has the colours that its surroundings tell.
    os.environ |= {"COLORTERM": "truecolor", "TERM": "xterm-256color"}
    app = PresenterApp(Session(read()), load=read, follow=False, terminal=TerminalCapabilities(best=mode, glyphs=mode))
    times = []
    async with app.run_test(size=size) as pilot:
        for _ in range(4):
            app.give("next")
            await _settled(app)
        for number in range(2 * rounds):
            start = time.thread_time()
            app.give("back" if number % 2 == 0 else "next")
            app._draw()  # noqa: SLF001  what the window does next, once no more keys wait
            update = cast("LayoutUpdate", app.screen._compositor.render_update(full=True))  # noqa: SLF001  for the driver
            update.render_segments(app.console)
            times.append(1000 * (time.thread_time() - start))
            await _settled(app)
        await pilot.pause()
    return statistics.median(times), max(times)


async def _settled(app: PresenterApp) -> None:
    """Wait until the studio has made ready what the next key may show."""
    while True:
        await asyncio.sleep(0.15)
        if app.render_worker.idle:
            return


def memory_mb(deck: Path, size: tuple[int, int], mode: str) -> tuple[float, float]:
    """Return the peak of the program's memory on its slide of text, and how much higher photographs take it."""
    argv: list[str | Path] = [sys.executable, "-m", "presenter", "--images", mode, deck]
    with Watched(argv, size) as program:
        program.seen(MARK)
        program.calm()
        idle = program.peak()
        for _ in range(3):
            program.write(b"\x1b[C")
            program.calm()
        return idle, program.peak() - idle
