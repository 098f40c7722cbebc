"""What the collaborators of the window need of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import Any, Protocol

from presenter.session.argument import NO_ARGUMENT, Argument
from presenter.session.commands import Command, Effect
from presenter.session.session import Session
from presenter.session.state import State


class Window(Protocol):
    """The window of a talk, as its collaborators see it."""

    @property
    def session(self) -> Session:
        """Deck, outline and state."""

    @property
    def columns_rows(self) -> tuple[int, int]:
        """The size of the terminal, in cells."""

    @property
    def for_audience_only(self) -> bool:
        """There is no terminal that could be lent to another program."""

    def now(self) -> float:
        """Return seconds on the talk's clock."""

    def time_of_day(self) -> str:
        """Return the local time as `14:32`."""

    def key_of(self, command: str) -> str:
        """Return the key to name for a command."""

    def give(self, command: Command | str | None, argument: Argument = NO_ARGUMENT, now: float | None = None) -> None:
        """Give a command to the talk."""

    def pass_on(self, state: State, now: float | None = None, how: str = "") -> None:
        """Go on with another state, to which the command `how` led."""

    def enter(self, state: State) -> None:
        """Go on with another state that no command led to."""

    def do_effect(self, effect: Effect) -> None:
        """Do what a command does besides changing the state."""

    def draw_soon(self) -> None:
        """Draw once the keys that wait have been taken in."""

    def draw_time(self) -> None:
        """Draw what the time alone has changed."""

    def draw_peers(self) -> None:
        """Draw again when what is shown tells of the other windows."""

    def deck_swapped(self) -> None:
        """Forget what was drawn and decoded of the deck before."""

    def repaint(self) -> None:
        """Paint anew: pictures on disk have changed."""

    def ring(self) -> None:
        """Ring the terminal's bell."""

    def after(self, seconds: float, then: Callable[[], None]) -> None:
        """Call something once, later."""

    def every(self, seconds: float, then: Callable[[], None]) -> None:
        """Call something again and again."""

    def start(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Run a coroutine beside the window; it ends with the window."""

    def lent(self) -> AbstractContextManager[None]:
        """Give the terminal to another program meanwhile."""
