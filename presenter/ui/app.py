"""The window: it holds the state of the talk, gives it commands, and draws nothing itself."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from rich.console import Console
from textual import events
from textual.app import ComposeResult
from textual.driver import Driver
from textual.geometry import Size
from textual.timer import Timer

from presenter.crash import CrashLog
from presenter.deck.model import Deck
from presenter.safety import clean_line
from presenter.session.bindings import Bindings
from presenter.session.commands import BY_NAME, TYPE, Command, act
from presenter.session.key_repeat import APART, REPEAT_GAP, KeyRepeat, PressKind
from presenter.session.keys import is_modifier
from presenter.session.state import Outline, State
from presenter.terminal.capabilities import UNKNOWN_TERMINAL, TerminalCapabilities
from presenter.themes import Theme, ansi16, with_colors_of
from presenter.timing.clocks import Clocks
from presenter.ui.hosted import HostedApp
from presenter.ui.kitty_images import KittyImages
from presenter.ui.peer_link import PeerLink
from presenter.ui.player import Player
from presenter.ui.prerender import pack_kitty_images, prerender_command, render_slide_fully, render_window
from presenter.ui.reading import ReadingApp
from presenter.ui.recorder import Recorder
from presenter.ui.reloader import Loader
from presenter.ui.render_worker import RenderJob, RenderWorker
from presenter.ui.run import RunOptions
from presenter.ui.surface import Surface
from presenter.ui.view_model import ViewModel
from presenter.watching import FileSignatures, file_signatures, watched_files

FACT_COMMANDS: Final = ("tile", "hits", "help", "notes", "report")
"""What the names of commands begin with whose argument is a fact of the picture, see `view_model.RenderContext`."""
SLIDES_AT_ONCE: Final = 3
"""Slides with pictures that are shown together, when a whole overview of them is waiting."""
REFIT_DELAY: Final = 0.1
"""Seconds after the last change of the size after which pictures are fitted into it."""


class PresenterApp(HostedApp, ReadingApp, inherit_bindings=False):
    """A running talk. `state` says all about it; `pass_on` is the only place where it is assigned.

    Args:
        deck: what is presented.
        load: reads the deck again; raises DeckError or OSError.
        state: to begin with.
        theme: instead of the deck's.
        bindings: which keys mean what, when not those of the program.
        follow: show changes of the deck's files as the deck wants it (`reload:`).
        seen: what these files looked like when the deck was read; as they are now when None.
        clocks: for everything that is timed.
        recorder: writes down what happens; nothing is when None.
        link: to the other windows of the talk; there are none when None.
        driver: instead of Textual's for this system.
        terminal: how pictures are drawn to begin with.
        found: how they are drawn once the first slide is there; the same when None.
        habits: what kind of run it is.
    """

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS: ClassVar[str | None] = None
    CSS = "Screen { overflow: hidden; }"

    _missing: frozenset[int] = frozenset()
    """Numbers of pictures in pixels that are shown but were not at hand."""
    _drawing = False
    """The window will be drawn when the waiting keys are taken in."""
    _prepared: tuple[State, Deck, Size] | None = None
    """What the studio was given to paint ahead for."""
    _asked_at = 0.0
    """When the last key came that was no second press, in seconds on the clock of events."""
    _confirming: Timer | None = None
    """Runs until it is clear that a second press is none of a key held down."""
    _fitting: Timer | None = None
    """Runs while the size of the window may still be changing."""

    def __init__(  # noqa: PLR0913 - what the outside world is, each with a default
        self,
        deck: Deck,
        *,
        load: Loader,
        state: State | None = None,
        theme: Theme | None = None,
        bindings: Bindings | None = None,
        follow: bool = True,
        seen: FileSignatures | None = None,
        clocks: Clocks | None = None,
        recorder: Recorder | None = None,
        link: PeerLink | None = None,
        driver: type[Driver] | None = None,
        terminal: TerminalCapabilities | None = None,
        found: TerminalCapabilities | None = None,
        habits: RunOptions | None = None,
    ) -> None:
        super().__init__(driver_class=driver)
        self._deck = deck
        self._outline = Outline.of(deck)
        self._theme = theme
        self._keys = bindings or Bindings()
        self._follow = follow
        self.read_with(load, file_signatures(watched_files(deck)) if seen is None else seen)
        clocks = clocks or Clocks()
        self.keep_time(clocks, recorder or Recorder(deck, self._outline, clocks, log=False), self._outline)
        self.link_with(link or PeerLink())
        self._read_at = self.wall("%H:%M")
        self._terminal = terminal or UNKNOWN_TERMINAL
        self._found = found or self._terminal
        self._habits = habits or RunOptions()
        self._held = KeyRepeat()
        self._studio = RenderWorker()
        self.crash_log = CrashLog()
        self.error_console = Console(file=self.crash_log, markup=False, highlight=False, width=160)
        self.set_reactive(PresenterApp.state, state or State())
        self._surface = Surface(self._scene(), self._resized, self.held_up)
        self._player = Player(self._surface.turn)

    # --- the window

    def compose(self) -> ComposeResult:
        """Put the surface into the window: there is nothing else."""
        yield self._surface

    def on_mount(self) -> None:
        """Hear what the system has to say, and begin to watch the deck."""
        self.screen.styles.background = self._colours().background
        self.host()
        if self._found.word:
            self.enter(replace(self.state, word=self._found.word))
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Do what the first slide did not have to wait for."""
        gc.freeze()  # what is here by now stays: no key has to wait for the collector to look at it again
        self._draw_soon()
        self.begin_time()
        self.run_worker(self._keep_reading(), group="reading", exit_on_error=False)
        self.run_worker(self._keep_pictures(), group="keeping", exit_on_error=False)
        if self._follow:
            self.run_worker(self._watch_files(), group="watching", exit_on_error=False)

    async def on_unmount(self) -> None:
        """Let nothing go on behind the end."""
        self._stop.set()
        self._player.close()
        self._studio.close()

    def bell(self) -> None:
        """Stay silent: people are listening."""

    # --- keys

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes before any widget does.

        What a key means depends on how the talk stands, and on when it was pressed: bindings of widgets know neither.
        """
        if isinstance(event, events.Key):
            self._press(event)
        elif isinstance(event, events.Paste):
            if self.state.overlay in ("search", "goto"):
                self.give(TYPE, clean_line(event.text))
        else:
            await super().on_event(event)

    def _press(self, event: events.Key) -> None:
        if is_modifier(event.key):
            return
        command = self._keys.find(event.key, event.character, self.state, self._clock())
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

    def _argument(self, command: Command | None, character: str) -> str:
        """Return what only the window knows: the character typed, or a number of the last picture."""
        if command is None:
            return ""
        if command.name == "reflow":
            return self.until_stop()
        if command is TYPE or command.name == "digit":
            return clean_line(character) if character.strip() else character
        return self._fact(command.name)

    def _fact(self, command: str) -> str:
        """Return the fact of the picture that is a command's argument; empty for most."""
        if not command.startswith(FACT_COMMANDS):
            return ""
        if self._drawing:  # keys typed ahead: the picture that they are meant for has not been drawn
            self._draw()
        return next((fact for name, fact in self._surface.easel.facts.items() if command.startswith(name)), "")

    def give(self, command: Command | str | None, argument: str = "", now: float | None = None) -> None:
        """Give a command to the talk, by row or by name; None is a key that means nothing.

        Args:
            command: what to do.
            argument: of the command.
            now: when it was given, in seconds on the talk's clock; read when None.
        """
        row = BY_NAME[command] if isinstance(command, str) else command
        if self._link.takes(row, argument):
            return
        lit = bool(self.state.blank)
        now = self._clock() if now is None else now
        self.pass_on(act(row, self.state, self._outline, now, argument), now, row.name if row is not None else "")
        if row is not None and row.effect and not lit:
            self.do_effect(row.effect)

    def key_of(self, command: str) -> str:
        """Return the key to name for a command."""
        return self._keys.first(command)

    def watch_state(self, old: State, new: State) -> None:
        """Draw the new state, or end."""
        if not new.stale:
            self._kept = None
        if new.over:
            self.exit()
        if old.locked and not new.locked:
            self._changed.set()
        if self._behind and not new.stale and new.frozen is None:
            self._behind = False
            self.run_worker(self._renew(), group="renewing", exit_on_error=False)
        if self._short and old.at.slide != new.at.slide:
            self._needed.set()
        self._draw_soon()

    # --- drawing

    def _draw_soon(self) -> None:
        """Draw once the keys that wait have been taken in."""
        if not self._drawing:
            self._drawing = self.call_later(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        self._recorder.settle()
        scene = self._scene()
        self._surface.show(scene)
        if self._fitting or self.held_up():
            return
        self._show_pixels()
        quiet = scene.state.overlay or scene.state.blank or scene.state.frozen is not None
        self._player.play(() if quiet else self._surface.moving)
        wanted = (scene.state, scene.deck, self._surface.size)
        if wanted != self._prepared or ((self._surface.easel.pending or self._missing) and self._studio.idle):
            self._prepared = wanted
            self._studio.give(self._jobs(scene))

    def _touch_up(self) -> None:
        if self._drawing or self.is_headless or self._driver is None:
            self._draw_soon()
            return
        self._surface.touch_up(self._scene(), self._driver.write)
        if self._surface.easel.pending:
            self._draw_soon()

    def _show_pixels(self) -> None:
        """Send pictures that are shown in pixels, and take back those that no longer are."""
        pixels = getattr(self._driver, "pixels", None)
        if isinstance(pixels, KittyImages):
            pixels.tmux = self._terminal.tmux
            self._missing = pixels.show(self._surface.rows)
            self.call_after_refresh(pixels.prune)

    def _scene(self) -> ViewModel:
        return ViewModel(
            self._deck,
            self._outline,
            self.state,
            self._keys,
            self._colours(),
            kept=self._kept,
            **self.moment(),
            terminal=self._terminal,
            venue=self._habits.venue,
        )

    def _colours(self) -> Theme:
        theme = with_colors_of(self._deck.theme, self._theme)
        return ansi16(theme) if self.console.color_system == "standard" else theme

    def _jobs(self, scene: ViewModel) -> list[RenderJob]:
        """Return what to paint beside: pictures that are missing, then what the next key may show."""
        size = (self._surface.size.width, self._surface.size.height)
        if self._found != self._terminal:
            better = replace(scene, terminal=self._found)
            return [partial(render_window, better, size), partial(self.from_thread, self._take_terminal)]
        pending = self._surface.easel.pending
        shown = partial(self.from_thread, self._draw_soon)
        jobs: list[RenderJob] = []
        if self._missing:
            jobs = [partial(pack_kitty_images, self._missing), partial(self.from_thread, self._show_pixels)]
        for number, (slide, stage) in enumerate(pending, 1):
            jobs.append(partial(render_slide_fully, slide, stage))
            if number % SLIDES_AT_ONCE == 0 or number == len(pending):
                jobs.append(shown)
        if not scene.state.overlay and not scene.state.blank:
            jobs += [partial(prerender_command, self._surface, scene, BY_NAME[name], size) for name in ("next", "back")]
        return jobs

    def _take_terminal(self) -> None:
        """Go on with pictures as the terminal shows them best: those of this slide are painted by now."""
        self._terminal = self._found
        self._draw_soon()

    def _resized(self) -> None:
        """Draw in the new size; the cells may have another, too."""
        if not self.is_headless:
            self._terminal, self._found = self._terminal.resized(), self._found.resized()
        if (state := self.sized(self.state)) != self.state:
            self.enter(state)
        if self._prepared is not None:  # the first size needs no patience
            if self._fitting is not None:
                self._fitting.stop()
            self._fitting = self.set_timer(REFIT_DELAY, self._fit)
        self._draw_soon()

    def _fit(self) -> None:
        """Fit pictures into a size that has stayed for a moment."""
        self._fitting = None
        self._draw_soon()

    def _effect_suspend(self) -> None:
        self.action_suspend_process()
