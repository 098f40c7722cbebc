"""From the bytes that a terminal sends to Textual's events, patient with what is broken or never ends."""

from __future__ import annotations

import re
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

PASTE: Final = b"\x1b[200~"
PASTED: Final = b"\x1b[201~"
PASTE_ENDS: Final = 2.0
"""Seconds after which a paste is over whose end never came: until then all keys are taken for a part of it."""
LONGEST: Final = 64
"""Bytes that come at once from the keys of a speaker at most; more are the rest of a long paste."""
_PIECES: Final = re.compile("\x1b?[^\x1b]+|\x1b")


class Keys:
    """Turns bytes into events; what cannot be read is dropped.

    An invalid UTF-8 byte, or a key code that means no character, would otherwise end the program, and a paste without
    an end would swallow all keys after it.

    Args:
        debug: write what happens into Textual's log of keys.
        clock: seconds.
    """

    def __init__(self, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._debug = debug
        self._clock = clock
        self._begin()

    def _begin(self) -> None:
        self._parser = XTermParser(self._debug)
        self._decoder = getincrementaldecoder("utf-8")("ignore")
        self._pasting: float | None = None
        """When the paste that has not ended began, or last went on."""
        self._tail = b""

    def feed(self, data: bytes) -> Iterator[Message]:
        """Go through the events of some bytes; without any an Escape becomes a key after a while, a paste ends."""
        if self._pasting is not None and len(data) <= LONGEST and self._clock() - self._pasting >= PASTE_ENDS:
            self._begin()
        if data:
            self._follow(data)
        for part in _parts(self._decoder.decode(data)):
            yield from self._harmless(self._parser.feed(part))
        yield from self._harmless(self._parser.tick())

    def _harmless(self, messages: Iterable[Message]) -> Iterator[Message]:
        """Go through events; what cannot be read ends them, and the parser begins anew behind it."""
        try:
            yield from messages
        except (ValueError, OverflowError, ParseError):
            self._parser = XTermParser(self._debug)

    def _follow(self, data: bytes) -> None:
        """Notice where pastes begin and end; their marks may come in pieces."""
        data = self._tail + data
        began, ended = data.rfind(PASTE), data.rfind(PASTED)
        if began > ended or (ended < 0 and self._pasting is not None and len(data) > LONGEST):
            self._pasting = self._clock()
        elif ended > began:
            self._pasting = None
        self._tail = data[1 - len(PASTED) :]


def _parts(text: str) -> Iterator[str]:
    """Cut a text where its reading may fail, so that no key behind the failure is lost with it: at every character.

    The middle of a long text without an Escape, such as a paste, is one part.
    """
    for piece in _PIECES.findall(text):
        yield from piece[:LONGEST]
        if rest := piece[LONGEST:]:
            yield rest
