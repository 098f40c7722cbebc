"""What the window wants of a driver beyond what Textual's have."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from textual.driver import Driver

from presenter.ui.kitty_images import KittyImages


class PatientDriver(Driver):
    """A driver that a slow or stopped terminal does not hold up.

    Attributes:
        drained: called, in any thread, when the terminal has taken all and `behind` was asked before.
        failed: called, in any thread, when nothing can be written any more.
        pixels: the pictures in the terminal's memory.
        stopped_for: seconds that the last stop of the process took.
    """

    drained: Callable[[], None]
    failed: Callable[[], None]
    pixels: KittyImages
    stopped_for: float = 0.0

    @property
    @abstractmethod
    def broken(self) -> bool:
        """Whether the terminal takes nothing any more, so that it could not be given back."""

    @abstractmethod
    def behind(self) -> bool:
        """Say whether the terminal has not taken yet what was written; `drained` tells when it has."""
