"""The part of the window that draws when there is time for it: after the keys that wait, and not into a full pipe."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress

from presenter.imaging import Request, Sheet
from presenter.ui.linked import LinkedApp
from presenter.ui.outlet import Outlet
from presenter.ui.surface import Surface


class PatientApp(LinkedApp, inherit_bindings=False):
    """A window that never waits for its terminal. What a picture is made of is not its concern."""

    _surface: Surface
    window_loop: asyncio.AbstractEventLoop
    _drawing = False
    """The window will be drawn when the waiting keys are taken in."""
    _holding: ExitStack | None = None
    """Keeps Textual from drawing by itself."""

    def _draw(self) -> None:
        """Draw."""
        raise NotImplementedError

    def _draw_soon(self) -> None:
        """Draw once the keys that wait have been taken in."""
        if not self._drawing:
            self._drawing = self.call_later(self._draw_when_free)

    def _draw_when_free(self) -> None:
        if self._full():
            self._drawing = False
        elif self._drawing:
            self._draw()

    def _full(self) -> bool:
        """Say whether the terminal has not got the last picture yet: when it has, the newest is drawn."""
        outlet = getattr(self._driver, "outlet", None)
        return isinstance(outlet, Outlet) and outlet.when_free(lambda: self._from_studio(self._catch_up))

    def _catch_up(self) -> None:
        if self._holding is not None:
            self._holding.close()
            self._holding = None
            self._surface.refresh()
        self._draw_soon()

    def _turn(self, frames: Mapping[Request, Sheet]) -> None:
        """Show the next frames of moving pictures, unless the terminal has not got the last ones."""
        if not frames or not self._full():
            self._surface.turn(frames)

    def hold(self) -> None:
        """Keep Textual from drawing by itself, as it does in a new size, while the terminal takes nothing in."""
        if self._holding is None and self._full():
            self._holding = ExitStack()
            self._holding.enter_context(self.batch_update())

    def _from_studio(self, then: Callable[[], None]) -> None:
        """Do something in the window's own thread, when that still runs."""
        with suppress(RuntimeError):
            self.window_loop.call_soon_threadsafe(then)
