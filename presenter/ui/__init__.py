"""The window: the only room that imports Textual.

`run` gives a talk. The pictures of the window are made by pure functions (`window.window` of a `scene.Scene`), shown
by one widget (`surface.Surface`) of one app (`app.PresenterApp`), which holds the state and takes the keys.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, Any

from presenter import imaging
from presenter.deck.model import Deck
from presenter.imaging.probe import Answers, Probe, ask
from presenter.lean import without
from presenter.pacing import Clocks
from presenter.talk import Bindings, Outline, Position, State
from presenter.talk.state import START
from presenter.themes import Theme, ansi16, instead
from presenter.ui import curtain
from presenter.ui.leading import Leading
from presenter.ui.others import Link
from presenter.ui.recording import with_size
from presenter.ui.scene import Easel, Scene
from presenter.ui.sitting import Habits, Sitting, say
from presenter.ui.stamps import stamps, watched_files
from presenter.ui.terminal import Terminal, recognise
from presenter.ui.venue import Venue
from presenter.ui.window import window

if TYPE_CHECKING:
    from textual.driver import Driver

    from presenter.ui.app import PresenterApp

TALK = Habits()
"""A talk that is recorded, as most are."""

__all__ = ["Habits", "Leading", "Link", "Venue", "initial", "run"]


def run(  # noqa: PLR0913 - what the command line decides
    deck: Deck,
    *,
    load: Callable[[], Deck],
    state: State | None = None,
    theme: Theme | None = None,
    bindings: Bindings | None = None,
    follow: bool = True,
    habits: Habits = TALK,
    images: str | None = None,
    link: Link | None = None,
) -> int:
    """Give a talk in this terminal, from its first slide to the end.

    Args:
        deck: what is presented.
        load: reads the deck again; raises DeckError or OSError.
        state: to begin with; the first slide of the main path when None.
        theme: instead of the deck's.
        bindings: which keys mean what, when not those of the program.
        follow: show changes of the deck's files as the deck wants it (`reload:`).
        habits: what kind of run it is.
        images: how all pictures are drawn, see `fields.Mode`, whatever the deck says.
        link: to other windows of the talk; there are none when None.

    Returns:
        The exit code: 0; 1 after a failure of the program, which a line tells; 128 + n when a signal ended it.
    """
    seen = stamps(watched_files(deck))
    outline = Outline.of(deck)
    sitting = Sitting(deck, outline, habits)
    link = link or Link()
    begin = _placed(sitting, link, initial(state or State(), outline), outline)
    guess = recognise(Answers(), os.environ, curtain.color_system(), images or "")
    shown = instead(deck.theme, theme)
    first = Scene(deck, outline, begin, bindings or Bindings(), shown, terminal=guess, venue=habits.venue)
    with _curtain(first, sitting.clocks, link) as settings:
        window_class, probe = _loaded()
        app = window_class(
            deck,
            load=load,
            state=first.state,
            theme=theme,
            bindings=bindings,
            follow=follow,
            seen=seen,
            clocks=sitting.clocks,
            recorder=sitting.recorder,
            link=link,
            driver=_driver(settings, probe),
            terminal=guess,
            found=_found(probe.answers, images or ""),
            habits=habits,
        )
        app.present()
    return _ended(app, sitting)


def _placed(sitting: Sitting, link: Link, state: State, outline: Outline) -> State:
    """Return the state to begin with: where the talk stands, and notes as they are wanted in this terminal."""
    return with_size(link.begun(sitting.begin(state), outline), sitting.recorder, *(curtain.size() or (0, 0)))


def _loaded() -> tuple[type[PresenterApp], Probe]:
    """Load the window while the terminal is asked what it can show."""
    asking = Asking()
    with without("ssl"):
        from presenter.ui.app import PresenterApp  # noqa: PLC0415 - the first slide is seen while this loads
    asking.join()
    return PresenterApp, asking.probe


def _ended(app: PresenterApp, sitting: Sitting) -> int:
    """Say what is left to say when the window has closed; return the exit code."""
    sitting.close(app.state, app.report)
    if app.crash_log.path is not None:
        say(sys.stderr, app.crash_log.words)
    for stream in (sys.stdout, sys.stderr):
        say(stream, "")  # what a terminal that is gone has not taken must not become another exit code
    return app.return_code or int(app.crash_log.path is not None)


class Asking(Thread):
    """Asks the terminal at once what it can show; what it told is in `probe` when the thread ends."""

    def __init__(self) -> None:
        super().__init__(name="presenter-asking", daemon=True)
        self.probe = Probe()
        self.probe.sieve.waiting = False
        self.start()

    def run(self) -> None:
        """Ask; nothing else may read from the terminal meanwhile."""
        if sys.platform != "win32":
            self.probe = ask(0, os.environ)


def _found(answers: Answers, images: str) -> Terminal:
    """Return what is known of the terminal, which also says how it gets pixels."""
    found = recognise(answers, os.environ, curtain.color_system(), images)
    imaging.by_files(wanted=found.files)
    return found


def initial(state: State, outline: Outline) -> State:
    """Return the state to begin with: where it says, or, when it says nothing, at the first slide of the main path."""
    at = Position(next(iter(outline.main), 0)) if state.at == START else state.at
    return replace(state, at=outline.clamp(at))


@contextmanager
def _curtain(scene: Scene, clocks: Clocks, link: Link) -> Iterator[list[Any] | None]:
    """Show the first slide while the window loads, where that can be done."""
    size = curtain.size()
    if size is None:
        yield None
        return
    scene = replace(
        scene,
        theme=ansi16(scene.theme) if curtain.color_system() == "standard" else scene.theme,
        now=clocks.talk(),
        clock=clocks.now().strftime("%H:%M:%S"),
        wall=clocks.wall(),
        others=link.others(clocks.talk()),
    )
    with curtain.curtain(window(Easel(scene), *size)) as settings:
        yield settings


def _driver(settings: list[Any] | None, probe: Probe) -> type[Driver] | None:
    """Return the driver for this system; None for Textual's own."""
    if sys.platform == "win32":
        return None
    from presenter.ui.driver import StageDriver  # noqa: PLC0415 - as above

    StageDriver.curtain = curtain.size() is not None
    StageDriver.settings = settings
    StageDriver.sieve, StageDriver.typed = probe.sieve, probe.typed
    return StageDriver
