"""The part of the window that deals with what runs it: signals, being stopped, and a terminal that does not keep up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from presenter.session.timer import after_sleep
from presenter.terminal.guard import tell_screen
from presenter.terminal.signals import handle_signals
from presenter.timing.durations import format_elapsed
from presenter.ui.timed import TimedApp


class HostedApp(TimedApp, inherit_bindings=False):
    """A base of the window."""

    _window_loop: asyncio.AbstractEventLoop

    def host(self) -> None:
        """Hear what the system and the terminal have to say."""
        self._window_loop = loop = asyncio.get_running_loop()
        if self.is_headless:
            return
        handle_signals(loop, self._end, partial(self.give, "interrupt"))
        if self._driver is not None:
            # What the terminal has missed is drawn when it has taken what it has.
            vars(self._driver)["drained"] = partial(self.from_thread, self._draw_soon)
            vars(self._driver)["failed"] = partial(self.from_thread, partial(self._end, 1))
        self.app_resume_signal.subscribe(self, self._went_on)

    def from_thread(self, then: Callable[[], None]) -> None:
        """Do something in the window's own thread, when that still runs."""
        with suppress(RuntimeError):
            self._window_loop.call_soon_threadsafe(then)

    def held_up(self) -> bool:
        """Say whether the terminal has not taken the last picture yet; the window is drawn anew when it has."""
        behind: Callable[[], bool] | None = getattr(self._driver, "behind", None)
        return behind() if behind is not None else False

    def present(self) -> None:
        """Show the talk, from the first slide to the end; the guardian is told whether the terminal was given back."""
        self.run(mouse=False)
        tell_screen(taken=self.output_lost)

    @property
    def output_lost(self) -> bool:
        """Whether the terminal takes nothing any more, so that it could not be given back."""
        return bool(getattr(self._driver, "broken", False))

    def _end(self, code: int) -> None:
        """End because the system says so; what was said and shown until now is on the disk before anything else."""
        self._recorder.end(self.state, self._clock(), why="signal")
        self.exit(return_code=code)

    def _went_on(self, _app: object) -> None:
        """Draw everything anew after a stop, and tell the speaker how long it was: the timer went on."""
        seconds = float(getattr(self._driver, "stopped_for", 0.0))
        if seconds >= 1 and self.state.timer.running and self.leads:
            state = after_sleep(self.state, seconds, self._clock())
            self.pass_on(replace(state.saying("", self._clock()), word=f"stopped for {format_elapsed(seconds)}"))
        self.screen.refresh()
        self._draw_soon()
