"""The part of the window that keeps it beside the other windows of its talk."""

from __future__ import annotations

from typing import Any

from presenter.deck.model import Deck
from presenter.session.commands import Command
from presenter.session.state import Outline, State
from presenter.ui.clock_monitor import ClockMonitor
from presenter.ui.peer_link import PeerLink
from presenter.ui.recorder import Recorder
from presenter.ui.timed import TimedApp


class LinkedApp(TimedApp, inherit_bindings=False):
    """A window that may have others."""

    _deck: Deck

    def link_with(self, link: PeerLink) -> None:
        """Take the connection to the others."""
        self._link = link
        link.app = self
        self.leads = link.leads

    def begin_time(self) -> None:
        """Look at the clocks, and at the others: the first slide is seen."""
        super().begin_time()
        self._link.begin()

    def pass_on(self, state: State, now: float | None = None, how: str = "") -> None:
        """Go on with another state, and tell the others."""
        super().pass_on(state, now, how)
        self._link.saw()

    def enter(self, state: State) -> None:
        """Go on with another state that no command led to."""
        self.pass_on(state)

    def _beat(self) -> None:
        super()._beat()
        self._link.beat()

    def moment(self) -> dict[str, Any]:
        """Return what a `Scene` has to know of the time and of the others."""
        return super().moment() | {"others": self._link.others(self._clock())}

    def do_effect(self, effect: str) -> None:
        """Do what a command does besides."""
        getattr(self, f"_effect_{effect}")()

    def _effect_swap(self) -> None:
        self._link.swap()

    def _effect_put_back(self) -> None:
        self._link.put_back()

    async def on_unmount(self) -> None:
        """Say goodbye to the others."""
        await self._link.close("quit" if self.state.over else "signal")

    # --- for the connection

    @property
    def deck(self) -> Deck:
        """What is presented."""
        return self._deck

    @property
    def outline(self) -> Outline:
        """The facts of it."""
        return self._outline

    @property
    def recorder(self) -> Recorder:
        """Who writes down what happens."""
        return self._recorder

    @property
    def pulse(self) -> ClockMonitor:
        """What looks at the clocks."""
        return self._pulse

    def time(self) -> float:
        """Read the talk's clock."""
        return self._clock()

    def key_of(self, command: str) -> str:
        """Return the key to name for a command."""
        raise NotImplementedError

    def draw_others(self) -> None:
        """Draw again when what is shown tells of the others: the audience's screen never does."""
        if self.state.view == "speaker" and not self.state.overlay:
            self._draw_soon()

    def give(self, command: Command | str | None, argument: str = "", now: float | None = None) -> None:
        """Give a command to the talk."""
        raise NotImplementedError
