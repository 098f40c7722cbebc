"""The window: it holds the state of the talk, gives it commands, and draws nothing itself."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Final

from rich.console import Console
from textual import events
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.geometry import Size
from textual.timer import Timer

from presenter import painting
from presenter.crash import CrashLog
from presenter.deck.model import Deck
from presenter.safety import clean_line
from presenter.session.argument import NO_ARGUMENT, Argument
from presenter.session.bindings import Bindings
from presenter.session.commands import BY_NAME, TYPE, Command, Effect, act
from presenter.session.key_repeat import APART, REPEAT_GAP, KeyRepeat, PressKind
from presenter.session.keys import is_modifier
from presenter.session.session import Session
from presenter.session.state import State
from presenter.session.timer import after_sleep, start_talk
from presenter.terminal.capabilities import UNKNOWN_TERMINAL, TerminalCapabilities
from presenter.terminal.guard import tell_screen
from presenter.terminal.signals import handle_signals
from presenter.themes import Theme, ansi16, with_colors_of
from presenter.timing.clocks import Clocks
from presenter.timing.durations import format_elapsed
from presenter.ui.clock_monitor import ClockMonitor
from presenter.ui.driver_api import PatientDriver
from presenter.ui.peer_link import PeerLink
from presenter.ui.player import Player
from presenter.ui.prerender import pack_kitty_images, prerender_command, render_slide_fully, render_window
from presenter.ui.recorder import Recorder, with_note_size
from presenter.ui.reloader import Loader, Reloader
from presenter.ui.render_worker import RenderJob, RenderWorker
from presenter.ui.run import RunOptions
from presenter.ui.surface import Surface
from presenter.ui.timekeeper import Timekeeper
from presenter.ui.view_model import ViewModel
from presenter.watching import FileSignatures

SLIDES_AT_ONCE: Final = 3
"""Slides with pictures that are shown together, when a whole overview of them is waiting."""
WIDE_REPORT: Final = 104
"""Columns from which the report has long bars and titles."""
REFIT_DELAY: Final = 0.1
"""Seconds after the last change of the size after which pictures are fitted into it."""


class PresenterApp(App[None], inherit_bindings=False):
    """The window of a talk. `pass_on` is the only place where the state is assigned.

    Args:
        session: deck, outline and state to begin with.
        load: reads the deck again; raises DeckError or OSError.
        theme: instead of the deck's.
        bindings: which keys mean what, when not those of the program.
        follow: show changes of the deck's files as the deck wants it (`reload:`).
        seen: what these files looked like when the deck was read; as they are now when None.
        clocks: for everything that is timed.
        recorder: writes down what happens; nothing is when None.
        peers: the other windows of the talk; there are none when None.
        driver: makes the driver; Textual's for this system when None.
        terminal: how pictures are drawn to begin with.
        found: how they are drawn once the first slide is there; the same when None.
        options: what kind of run it is.
    """

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS: ClassVar[str | None] = None
    CSS = "Screen { overflow: hidden; }"

    report = ""
    """Where the time of a rehearsal went, when it has ended."""
    _asked_at = 0.0
    """When the last key came that was no second press, in seconds on the clock of events."""
    _confirming: Timer | None = None
    """Runs until it is clear that a second press is none of a key held down."""
    _fitting: Timer | None = None
    """Runs while the size of the window may still be changing."""
    _missing: frozenset[int] = frozenset()
    """Numbers of pictures in pixels that are shown but were not at hand."""
    _drawing = False
    """The window will be drawn when the waiting keys are taken in."""
    _prepared: tuple[State, Deck, Size] | None = None
    """What the render worker was given to paint ahead for."""

    def __init__(  # noqa: PLR0913 - what the outside world is, each with a default
        self,
        session: Session,
        *,
        load: Loader,
        theme: Theme | None = None,
        bindings: Bindings | None = None,
        follow: bool = True,
        seen: FileSignatures | None = None,
        clocks: Clocks | None = None,
        recorder: Recorder | None = None,
        peers: PeerLink | None = None,
        driver: Callable[..., Driver] | None = None,
        terminal: TerminalCapabilities | None = None,
        found: TerminalCapabilities | None = None,
        options: RunOptions | None = None,
    ) -> None:
        super().__init__(driver_class=driver)  # type: ignore[arg-type]  # only ever called
        self._session = session
        self._theme = theme
        self._keys = bindings or Bindings()
        self._follow = follow
        self._options = options or RunOptions()
        self._clocks = clocks or Clocks()
        self.now = self._clocks.talk
        self._terminal = terminal or UNKNOWN_TERMINAL
        self._found = found or self._terminal
        self.recorder = recorder or Recorder(session, self._clocks, log=False)
        self.clock_monitor = ClockMonitor(self._clocks, session)
        self.peers = peers or PeerLink()
        self.peers.join(self, self.clock_monitor, self.recorder)
        self.timekeeper = Timekeeper(self, self.clock_monitor, self.recorder, self.peers, self._options)
        self.reloader = Reloader(self, load, seen, self.recorder, follow_edits=self._options.follow_edits)
        self.render_worker = RenderWorker()
        self.crash_log = CrashLog()
        self.error_console = Console(file=self.crash_log, markup=False, highlight=False, width=160)
        self._held = KeyRepeat()
        self.surface = Surface(self._view_model(), self._resized, self.held_up)
        self.player = Player(self.surface.turn)

    # --- the window

    def compose(self) -> ComposeResult:
        """Put the surface into the window: there is nothing else."""
        yield self.surface

    def on_mount(self) -> None:
        """Hear what the system and the terminal have to say, and begin."""
        self.screen.styles.background = self._colours().background
        self._window_loop = loop = asyncio.get_running_loop()
        if not self.is_headless:
            handle_signals(loop, self._end, partial(self.give, "interrupt"))
            if isinstance(self._driver, PatientDriver):
                # What the terminal has missed is drawn when it has taken what it has.
                self._driver.drained = partial(self.from_thread, self.draw_soon)
                self._driver.failed = partial(self.from_thread, partial(self._end, 1))
            self.app_resume_signal.subscribe(self, self._went_on)
        if self._found.word:
            self.enter(replace(self.state, word=self._found.word))
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Do what the first slide did not have to wait for."""
        gc.freeze()  # what is here by now stays: no key has to wait for the collector to look at it again
        self.draw_soon()
        self.timekeeper.begin()
        self.peers.begin()
        self.reloader.begin(follow=self._follow)

    async def on_unmount(self) -> None:
        """Let nothing go on behind the end, and say goodbye to the other windows."""
        self.reloader.close()
        self.player.close()
        self.render_worker.close()
        await self.peers.close("quit" if self.state.over else "signal")

    def bell(self) -> None:
        """Stay silent: people are listening."""

    def present(self) -> None:
        """Show the talk, from the first slide to the end; the guard is told whether the terminal was given back."""
        self.run(mouse=False)
        tell_screen(taken=isinstance(self._driver, PatientDriver) and self._driver.broken)

    def from_thread(self, then: Callable[[], None]) -> None:
        """Do something in the window's own thread, when that still runs."""
        with suppress(RuntimeError):
            self._window_loop.call_soon_threadsafe(then)

    def held_up(self) -> bool:
        """Say whether the terminal has not taken the last picture yet; the window is drawn anew when it has."""
        return isinstance(self._driver, PatientDriver) and self._driver.behind()

    def _end(self, code: int) -> None:
        """End because the system says so; what was said and shown until now is on the disk before anything else."""
        self.recorder.end(self.state, self.now(), why="signal")
        self.exit(return_code=code)

    def _went_on(self, _app: object) -> None:
        """Draw everything anew after a stop, and tell the speaker how long it was: the timer went on."""
        seconds = self._driver.stopped_for if isinstance(self._driver, PatientDriver) else 0.0
        if seconds >= 1 and self.state.timer.running and self.peers.leads:
            state = after_sleep(self.state, seconds, self.now())
            self.pass_on(replace(state.saying("", self.now()), word=f"stopped for {format_elapsed(seconds)}"))
        self.screen.refresh()
        self.draw_soon()

    # --- for the collaborators

    @property
    def session(self) -> Session:
        """Deck, outline and state."""
        return self._session

    @property
    def state(self) -> State:
        """How the talk stands."""
        return self._session.state

    @property
    def columns_rows(self) -> tuple[int, int]:
        """The size of the terminal, in cells."""
        return self.size.width, self.size.height

    @property
    def for_audience_only(self) -> bool:
        """There is no terminal that could be lent to another program."""
        return self.is_headless

    def time_of_day(self) -> str:
        """Return the local time as `14:32`."""
        return self._clocks.now().strftime("%H:%M")

    def key_of(self, command: str) -> str:
        """Return the key to name for a command."""
        return self._keys.first(command)

    def after(self, seconds: float, then: Callable[[], None]) -> None:
        """Call something once, later."""
        self.set_timer(seconds, then)

    def every(self, seconds: float, then: Callable[[], None]) -> None:
        """Call something again and again."""
        self.set_interval(seconds, then)

    def start(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Run a coroutine beside the window; it ends with the window."""
        self.run_worker(work, group=group, exit_on_error=False)

    def lent(self) -> AbstractContextManager[None]:
        """Give the terminal to another program meanwhile."""
        return self.suspend()

    def ring(self) -> None:
        """Ring the terminal's bell, as an alert for the speaker."""
        if self._driver is not None:
            self._driver.write("\a")
            self._driver.flush()

    def deck_swapped(self) -> None:
        """Forget what was drawn and decoded of the deck before."""
        painting.clear_frame_cache()
        self.player.stop()
        self.screen.styles.background = self._colours().background

    def repaint(self) -> None:
        """Paint anew: pictures on disk have changed."""
        painting.clear_frame_cache()
        self.draw_soon()

    # --- the state

    def enter(self, state: State) -> None:
        """Go on with another state that no command led to."""
        self.pass_on(state)

    def pass_on(self, state: State, now: float | None = None, how: str = "") -> None:
        """Go on with another state: the only assignment of it.

        Args:
            state: how the talk stands from now on.
            now: seconds on the talk's clock; read when None.
            how: the name of the command that led to it.
        """
        now = self.now() if now is None else now
        before = self.state
        if state.timer.started and not before.timer.started:
            state = start_talk(state, self._session.outline, self.clock_monitor.until_stop())
        if state.view == "speaker" and before.view != "speaker":
            state = with_note_size(state, self.recorder, *self.size)
        elif state.notes_size != before.notes_size and how:
            self.recorder.sizes.chosen(*self.size, state.notes_size)
        self.recorder.saw(before, state, now, how)
        if state.overlay == "report" and before.overlay != "report":
            venue = self._options.venue
            columns = venue.columns if venue else self.size.width
            self.report = self.recorder.report(state, now, narrow=columns < WIDE_REPORT)
        self._session.state = state
        if state != before:
            self.reloader.state_changed(before, state)
            if state.over:
                self.exit()
            self.draw_soon()
        self.peers.saw()

    def do_effect(self, effect: Effect) -> None:
        """Do what a command does besides changing the state."""
        effects: Mapping[Effect, Callable[[], None]] = {
            Effect.RELOAD: self.reloader.reload,
            Effect.EDIT: self.reloader.edit,
            Effect.SUSPEND: self.action_suspend_process,
            Effect.SWAP: self.peers.swap,
            Effect.PUT_BACK: self.peers.put_back,
        }
        effects[effect]()

    # --- keys

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes before any widget does.

        What a key means depends on how the talk stands, and on when it was pressed: bindings of widgets know neither.
        """
        if isinstance(event, events.Key):
            self._press(event)
        elif isinstance(event, events.Paste):
            if self.state.overlay in ("search", "goto"):
                self.give(TYPE, Argument(clean_line(event.text)))
        else:
            await super().on_event(event)

    def _press(self, event: events.Key) -> None:
        if is_modifier(event.key):
            return
        command = self._keys.find(event.key, event.character, self.state, self.now())
        self._held, kind = self._held.press(event.key, event.time)
        if self._held_down(command, event, kind):
            return
        self._asked_at = event.time
        repeat = command.repeat if command is not None else "once"
        if kind == "press" or repeat == "free" or (kind == "due" and repeat == "step"):
            self.give(command, self._argument(command, event.character or ""))

    def _held_down(self, command: Command | None, event: events.Key, kind: PressKind) -> bool:
        """Take a second press that ends something only when it turns out to be none of a key held down.

        The first repeat of a held key looks like a press; the next one follows sooner than a finger.
        """
        waiting, self._confirming = self._confirming, None
        if waiting is not None:
            waiting.stop()
        if command is None or self.state.asked != command.name:
            return False
        gap = event.time - self._asked_at
        if waiting is None and kind == "press" and gap >= APART:
            # By the time between the presses, however fast the talk's clock goes.
            again = partial(self.give, command, now=self.state.asked_at + gap)
            self._confirming = self.set_timer(REPEAT_GAP, again)
        return True

    def _argument(self, command: Command | None, character: str) -> Argument:
        """Return what only the window knows: the character typed, the time until the stop, a measure of the picture."""
        if command is None:
            return NO_ARGUMENT
        if command.name == "reflow":
            return Argument(seconds=self.clock_monitor.until_stop())
        if command is TYPE or command.name == "digit":
            return Argument(clean_line(character) if character.strip() else character)
        if not command.measure:
            return NO_ARGUMENT
        if self._drawing:  # keys typed ahead: the picture that they are meant for has not been drawn
            self._draw()
        return self.surface.easel.measures.get(command.measure, NO_ARGUMENT)

    def give(self, command: Command | str | None, argument: Argument = NO_ARGUMENT, now: float | None = None) -> None:
        """Give a command to the talk, by row or by name; None is a key that means nothing.

        Args:
            command: what to do.
            argument: of the command.
            now: when it was given, in seconds on the talk's clock; read when None.
        """
        row = BY_NAME[command] if isinstance(command, str) else command
        if self.peers.takes(row, argument):
            return
        lit = bool(self.state.blank)
        now = self.now() if now is None else now
        self.pass_on(
            act(row, self.state, self._session.outline, now, argument), now, row.name if row is not None else ""
        )
        if row is not None and row.effect and not lit:
            self.do_effect(row.effect)

    # --- drawing

    def draw_peers(self) -> None:
        """Draw again when what is shown tells of the others: the audience's screen never does."""
        if self.state.view == "speaker" and not self.state.overlay:
            self.draw_soon()

    def draw_soon(self) -> None:
        """Draw once the keys that wait have been taken in."""
        if not self._drawing:
            self._drawing = self.call_later(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        self.recorder.settle()
        scene = self._view_model()
        self.surface.show(scene)
        if self._fitting or self.held_up():
            return
        self._show_pixels()
        quiet = scene.state.overlay or scene.state.blank or scene.state.frozen is not None
        self.player.play(() if quiet else self.surface.moving)
        wanted = (scene.state, scene.deck, self.surface.size)
        if wanted != self._prepared or ((self.surface.easel.pending or self._missing) and self.render_worker.idle):
            self._prepared = wanted
            self.render_worker.give(self._jobs(scene))

    def draw_time(self) -> None:
        """Draw what the time alone has changed, past Textual's layers."""
        if self._drawing or self.is_headless or self._driver is None:
            self.draw_soon()
            return
        self.surface.touch_up(self._view_model(), self._driver.write)
        if self.surface.easel.pending:
            self.draw_soon()

    def _show_pixels(self) -> None:
        """Send pictures that are shown in pixels, and take back those that no longer are."""
        if isinstance(self._driver, PatientDriver):
            pixels = self._driver.pixels
            pixels.tmux = self._terminal.tmux
            self._missing = pixels.show(self.surface.rows)
            self.call_after_refresh(pixels.prune)

    def _view_model(self) -> ViewModel:
        session, now = self._session, self.now()
        return ViewModel(
            session.deck,
            session.outline,
            session.state,
            self._keys,
            self._colours(),
            kept=session.kept,
            terminal=self._terminal,
            now=now,
            clock=self._clocks.now().strftime("%H:%M:%S"),
            wall=self._clocks.wall(),
            stop=self.clock_monitor.stop,
            live=self.clock_monitor.live(session.state, now),
            last=self.timekeeper.last_times,
            log=self.recorder.trouble,
            report=tuple(self.report.splitlines()),
            venue=self._options.venue,
            others=self.peers.others(now),
        )

    def _colours(self) -> Theme:
        theme = with_colors_of(self._session.deck.theme, self._theme)
        return ansi16(theme) if self.console.color_system == "standard" else theme

    def _jobs(self, scene: ViewModel) -> list[RenderJob]:
        """Return what to paint beside: pictures that are missing, then what the next key may show."""
        size = (self.surface.size.width, self.surface.size.height)
        if self._found != self._terminal:
            better = replace(scene, terminal=self._found)
            return [partial(render_window, better, size), partial(self.from_thread, self._take_terminal)]
        pending = self.surface.easel.pending
        shown = partial(self.from_thread, self.draw_soon)
        jobs: list[RenderJob] = []
        if self._missing:
            jobs = [partial(pack_kitty_images, self._missing), partial(self.from_thread, self._show_pixels)]
        for number, (slide, stage) in enumerate(pending, 1):
            jobs.append(partial(render_slide_fully, slide, stage))
            if number % SLIDES_AT_ONCE == 0 or number == len(pending):
                jobs.append(shown)
        if not scene.state.overlay and not scene.state.blank:
            jobs += [partial(prerender_command, self.surface, scene, BY_NAME[name], size) for name in ("next", "back")]
        return jobs

    def _take_terminal(self) -> None:
        """Go on with pictures as the terminal shows them best: those of this slide are painted by now."""
        self._terminal = self._found
        self.draw_soon()

    def _resized(self) -> None:
        """Draw in the new size; the cells may have another, too."""
        if not self.is_headless:
            self._terminal, self._found = self._terminal.resized(), self._found.resized()
        if (state := with_note_size(self.state, self.recorder, *self.size)) != self.state:
            self.enter(state)
        if self._prepared is not None:  # the first size needs no patience
            if self._fitting is not None:
                self._fitting.stop()
            self._fitting = self.set_timer(REFIT_DELAY, self._fit)
        self.draw_soon()

    def _fit(self) -> None:
        """Fit pictures into a size that has stayed for a moment."""
        self._fitting = None
        self.draw_soon()
