"""The window: the only room that imports Textual.

`run_talk` gives a talk. The pictures of the window are made by pure functions (`window.draw_window` of a
`view_model.ViewModel`), shown
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

from presenter import images as imaging
from presenter.deck.model import Deck
from presenter.import_guard import without_modules
from presenter.session.bindings import Bindings
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
    habits: RunOptions = DEFAULT_RUN,
    images: str | None = None,
    link: PeerLink | None = None,
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
        images: how all pictures are drawn, see `fields.ImageModeField`, whatever the deck says.
        link: to other windows of the talk; there are none when None.

    Returns:
        The exit code: 0; 1 after a failure of the program, which a line tells; 128 + n when a signal ended it.
    """
    seen = file_signatures(watched_files(deck))
    outline = Outline.of(deck)
    sitting = Run(deck, outline, habits)
    link = link or PeerLink()
    begin = _placed(sitting, link, initial_state(state or State(), outline), outline)
    guess = detect_capabilities(TerminalAnswers(), os.environ, first_frame.color_system(), images or "")
    shown = with_colors_of(deck.theme, theme)
    first = ViewModel(deck, outline, begin, bindings or Bindings(), shown, terminal=guess, venue=habits.venue)
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


def _placed(sitting: Run, link: PeerLink, state: State, outline: Outline) -> State:
    """Return the state to begin with: where the talk stands, and notes as they are wanted in this terminal."""
    return with_note_size(
        link.begun(sitting.begin(state), outline), sitting.recorder, *(first_frame.terminal_size() or (0, 0))
    )


def _loaded() -> tuple[type[PresenterApp], ProbeResult]:
    """Load the window while the terminal is asked what it can show."""
    asking = ProbeTask()
    with without_modules("ssl"):
        from presenter.ui.app import PresenterApp  # noqa: PLC0415 - the first slide is seen while this loads
    asking.join()
    return PresenterApp, asking.probe


def _ended(app: PresenterApp, sitting: Run) -> int:
    """Say what is left to say when the window has closed; return the exit code."""
    sitting.close(app.state, app.report)
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
def _curtain(scene: ViewModel, clocks: Clocks, link: PeerLink) -> Iterator[list[Any] | None]:
    """Show the first slide while the window loads, where that can be done."""
    size = first_frame.terminal_size()
    if size is None:
        yield None
        return
    scene = replace(
        scene,
        theme=ansi16(scene.theme) if first_frame.color_system() == "standard" else scene.theme,
        now=clocks.talk(),
        clock=clocks.now().strftime("%H:%M:%S"),
        wall=clocks.wall(),
        others=link.others(clocks.talk()),
    )
    with first_frame.first_frame(draw_window(RenderContext(scene), *size)) as settings:
        yield settings


def _driver(settings: list[Any] | None, probe: ProbeResult) -> type[Driver] | None:
    """Return the driver for this system; None for Textual's own."""
    if sys.platform == "win32":
        return None
    from presenter.ui.textual_driver import StageDriver  # noqa: PLC0415 - as above

    StageDriver.curtain = first_frame.terminal_size() is not None
    StageDriver.settings = settings
    StageDriver.sieve, StageDriver.typed = probe.sieve, probe.typed
    return StageDriver
