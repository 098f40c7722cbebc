"""The pictures that the terminal was sent in pixels: each once, and none for longer than it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from rich.segment import Segment

from presenter import images
from presenter.images import kitty_files
from presenter.images.kitty import KittyImage, delete, image_numbers, tmux_passthrough, transmit


class KittyImages:
    """Knows what the terminal has.

    Args:
        write: sends text to the terminal.
        parcel: finds what is to be sent for a picture's number; None when it is not at hand.
    """

    def __init__(
        self, write: Callable[[str], None], parcel: Callable[[int], KittyImage | None] = images.kitty_payload
    ) -> None:
        self._write = write
        self._parcel = parcel
        self._sent: dict[int, str] = {}
        """Numbers of pictures, with the files that were made for them."""
        self._wanted: frozenset[int] = frozenset()
        self.tmux = False
        """The terminal is behind tmux."""

    def show(self, rows: Iterable[Sequence[Segment]]) -> frozenset[int]:
        """Send the pictures among some rows that the terminal does not have; return those that are not at hand."""
        self._wanted = image_numbers(rows)
        return self._send()

    def prune(self) -> None:
        """Make the terminal forget what is no longer shown; when the rows that do not show it are written."""
        self._drop(self._sent.keys() - self._wanted)

    def clear(self) -> None:
        """Make the terminal forget everything: it goes to somebody else."""
        self._drop(set(self._sent))

    def again(self) -> None:
        """Send everything again that is shown: the terminal has come back."""
        self._forget(list(self._sent))
        self._send()

    def _send(self) -> frozenset[int]:
        missing = set()
        for number in sorted(self._wanted - self._sent.keys()):
            parcel = self._parcel(number)
            if parcel is None:
                missing.add(number)
            else:
                self._sent[number] = _file(parcel)
                self._out(transmit(parcel, self._sent[number]))
        return frozenset(missing)

    def _drop(self, gone: set[int]) -> None:
        if gone:
            self._forget(gone)
            self._out(map(delete, sorted(gone)))

    def _forget(self, gone: Iterable[int]) -> None:
        for number in gone:
            if path := self._sent.pop(number):
                kitty_files.delete_file(path)

    def _out(self, sequences: Iterable[str]) -> None:
        self._write("".join(map(tmux_passthrough, sequences) if self.tmux else sequences))


def _file(parcel: KittyImage) -> str:
    """Write the pixels for a terminal that reads them; an empty path when they were packed, or there is no room."""
    if parcel.size is not None:
        with suppress(OSError):
            return kitty_files.write_file(parcel.data)
    return ""
