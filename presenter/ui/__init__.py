"""The window: the only room that imports Textual.

`run_talk` gives a talk. One app (`app.PresenterApp`) takes the keys and changes the state; it has collaborators for
time, reloading, recording and other windows, which know it as `window_api.Window`. What is shown is made by pure
functions (`views.window.draw_window` of a `view_model.ViewModel`) and put on the screen by one widget
(`surface.Surface`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

from presenter import images as imaging
from presenter.deck.model import Deck
from presenter.import_guard import without_modules
from presenter.session.bindings import Bindings
from presenter.session.session import Session
from presenter.session.state import START, Outline, Position, State
from presenter.terminal import first_frame
from presenter.terminal.capabilities import TerminalCapabilities, detect_capabilities
from presenter.terminal.probe import ProbeResult, TerminalAnswers, probe_terminal
from presenter.themes import Theme, ansi16, with_colors_of
from presenter.timing.clocks import Clocks
from presenter.ui.peer_link import PeerLink
from presenter.ui.recorder import with_note_size
from presenter.ui.run import Run, RunOptions, print_safely
from presenter.ui.session_host import SessionHost
from presenter.ui.simulate import SimulatedTerminal
from presenter.ui.view_model import RenderContext, ViewModel
from presenter.ui.views.window import draw_window
from presenter.watching import file_signatures, watched_files

if TYPE_CHECKING:
    from textual.driver import Driver

    from presenter.ui.app import PresenterApp

DEFAULT_RUN = RunOptions()
"""A talk that is recorded, as most are."""

__all__ = ["PeerLink", "RunOptions", "SessionHost", "SimulatedTerminal", "initial_state", "run_talk"]


def run_talk(  # noqa: PLR0913 - what the command line decides
    deck: Deck,
    *,
    load: Callable[[], Deck],
    state: State | None = None,
    theme: Theme | None = None,
    bindings: Bindings | None = None,
    follow: bool = True,
    options: RunOptions = DEFAULT_RUN,
    images: str | None = None,
    peers: PeerLink | None = None,
) -> int:
    """Give a talk in this terminal, from its first slide to the end.

    Args:
        deck: what is presented.
        load: reads the deck again; raises DeckError or OSError.
        state: to begin with; the first slide of the main path when None.
        theme: instead of the deck's.
        bindings: which keys mean what, when not those of the program.
        follow: show changes of the deck's files as the deck wants it (`reload:`).
        options: what kind of run it is.
        images: how all pictures are drawn, see `fields.ImageModeField`, whatever the deck says.
        peers: the other windows of the talk; there are none when None.

    Returns:
        The exit code: 0; 1 after a failure of the program, which a line tells; 128 + n when a signal ended it.
    """
    seen = file_signatures(watched_files(deck))
    session = Session(deck)
    run = Run(session, options)
    peers = peers or PeerLink()
    session.state = _placed(run, peers, initial_state(state or State(), session.outline), session.outline)
    guess = detect_capabilities(TerminalAnswers(), os.environ, first_frame.color_system(), images or "")
    colors = with_colors_of(deck.theme, theme)
    keys = bindings or Bindings()
    view = ViewModel(deck, session.outline, session.state, keys, colors, terminal=guess, venue=options.venue)
    with _first_frame(view, run.clocks, peers) as settings:
        window_class, probe = _loaded()
        app = window_class(
            session,
            load=load,
            theme=theme,
            bindings=keys,
            follow=follow,
            seen=seen,
            clocks=run.clocks,
            recorder=run.recorder,
            peers=peers,
            driver=_driver(settings, probe),
            terminal=guess,
            found=_found(probe.answers, images or ""),
            options=options,
        )
        app.present()
    return _ended(app, run)


def _placed(run: Run, peers: PeerLink, state: State, outline: Outline) -> State:
    """Return the state to begin with: where the talk stands, and notes as they are wanted in this terminal."""
    state = peers.begun(run.begin(state), outline)
    return with_note_size(state, run.recorder, *(first_frame.terminal_size() or (0, 0)))


def _loaded() -> tuple[type[PresenterApp], ProbeResult]:
    """Load the window while the terminal is asked what it can show."""
    asking = ProbeTask()
    with without_modules("ssl"):
        from presenter.ui.app import PresenterApp  # noqa: PLC0415 - the first slide is seen while this loads
    asking.join()
    return PresenterApp, asking.probe


def _ended(app: PresenterApp, run: Run) -> int:
    """Say what is left to say when the window has closed; return the exit code."""
    run.close(app.state, app.report)
    if app.crash_log.path is not None:
        print_safely(sys.stderr, app.crash_log.words)
    for stream in (sys.stdout, sys.stderr):
        print_safely(stream, "")  # what a terminal that is gone has not taken must not become another exit code
    return app.return_code or int(app.crash_log.path is not None)


class ProbeTask(Thread):
    """Asks the terminal at once what it can show; what it told is in `probe` when the thread ends."""

    def __init__(self) -> None:
        super().__init__(name="presenter-asking", daemon=True)
        self.probe = ProbeResult()
        self.probe.sieve.waiting = False
        self.start()

    def run(self) -> None:
        """Ask; nothing else may read from the terminal meanwhile."""
        if sys.platform != "win32":
            self.probe = probe_terminal(0, os.environ)


def _found(answers: TerminalAnswers, images: str) -> TerminalCapabilities:
    """Return what is known of the terminal, which also says how it gets pixels."""
    found = detect_capabilities(answers, os.environ, first_frame.color_system(), images)
    imaging.use_files(wanted=found.files)
    return found


def initial_state(state: State, outline: Outline) -> State:
    """Return the state to begin with: where it says, or, when it says nothing, at the first slide of the main path."""
    at = Position(next(iter(outline.main), 0)) if state.at == START else state.at
    return replace(state, at=outline.clamp(at))


@contextmanager
def _first_frame(view: ViewModel, clocks: Clocks, peers: PeerLink) -> Iterator[list[Any] | None]:
    """Show the first slide while the window loads, where that can be done."""
    size = first_frame.terminal_size()
    if size is None:
        yield None
        return
    view = replace(
        view,
        theme=ansi16(view.theme) if first_frame.color_system() == "standard" else view.theme,
        now=clocks.talk(),
        clock=clocks.now().strftime("%H:%M:%S"),
        wall=clocks.wall(),
        others=peers.others(clocks.talk()),
    )
    with first_frame.first_frame(draw_window(RenderContext(view), *size)) as settings:
        yield settings


def _driver(settings: list[Any] | None, probe: ProbeResult) -> Callable[..., Driver] | None:
    """Return what makes the driver for this system; None for Textual's own."""
    if sys.platform == "win32":
        return None
    from presenter.ui.textual_driver import DriverStart, StageDriver  # noqa: PLC0415 - as above

    start = DriverStart(first_frame.terminal_size() is not None, settings, probe.sieve, probe.typed)
    return partial(StageDriver, start)
