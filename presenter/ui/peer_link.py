"""What a window knows of the other windows of its talk, and what it has to do for them: here, nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from presenter.session.argument import Argument
    from presenter.session.commands import Command
    from presenter.session.state import Outline, State
    from presenter.ui.clock_monitor import ClockMonitor
    from presenter.ui.recorder import Recorder
    from presenter.ui.window_api import Window

Urgency: TypeAlias = Literal["plain", "warn", "bad"]
"""How urgent words of the status row are."""


@dataclass(frozen=True, slots=True)
class PeerStatus:
    """The other windows, for the speaker view; the audience never sees any of it.

    Attributes:
        corner: what the speaker view says in a corner, so that nobody takes it for the slides; empty for one window.
        words: for the status row, the most urgent first.
        size: columns and rows of the audience window; None when that is this one, or nobody knows.
    """

    corner: str = ""
    words: tuple[tuple[str, Urgency], ...] = ()
    size: tuple[int, int] | None = None


NO_PEERS = PeerStatus()


class PeerLink:
    """The connection of a window to the others of its talk; as it is, there are none.

    Attributes:
        window: which is linked.
        clock_monitor: of the window.
        recorder: of the window.
        leads: the talk is this window's.
    """

    leads = True
    window: Window
    clock_monitor: ClockMonitor
    recorder: Recorder

    def join(self, window: Window, clock_monitor: ClockMonitor, recorder: Recorder) -> None:
        """Take the window, whose talk this is from now on."""
        self.window, self.clock_monitor, self.recorder = window, clock_monitor, recorder

    def begun(self, state: State, outline: Outline) -> State:  # noqa: ARG002 - for those who join
        """Return the state to begin with."""
        return state

    def begin(self) -> None:
        """Open the connection; done when the first slide is seen."""

    def takes(self, row: Command | None, argument: Argument) -> bool:  # noqa: ARG002 - for those who join
        """Take a command that is not this window's alone; False leaves it to the window."""
        return False

    def saw(self) -> None:
        """The state is another."""

    def beat(self) -> None:
        """A second has passed."""

    def others(self, now: float) -> PeerStatus:  # noqa: ARG002 - for those with others
        """Return what the speaker view says of the others."""
        return NO_PEERS

    def swap(self) -> None:
        """Change roles with another window."""
        self.say("there is no other window to swap with: `presenter speaker` in another terminal makes one")

    def put_back(self) -> None:
        """Put the talk where this window was."""
        self.say("nothing has to be put back")

    async def close(self, why: str) -> None:
        """Say goodbye: "quit", or "signal" when nobody wanted it."""

    def say(self, words: str) -> None:
        """Tell the speaker something."""
        window = self.window
        window.enter(window.session.state.saying(words, window.now()))
