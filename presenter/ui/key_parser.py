"""From the bytes that a terminal sends to Textual's events, patient with what is broken or never ends."""

from __future__ import annotations

import re
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Final

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

PASTE: Final = b"\x1b[200~"
PASTED: Final = b"\x1b[201~"
_WHEEL: Final = frozenset({"up", "down"})
PASTE_ENDS: Final = 2.0
"""Seconds after which a paste is over whose end never came: until then all keys are taken for a part of it."""
ANSWER_ENDS: Final = 1.0
"""Seconds after which an answer of the terminal is dropped whose end never came."""
MAX_KEY_BYTES: Final = 64
"""Bytes that come at once from the keys of a speaker at most; more are the rest of a long paste."""
_PIECES: Final = re.compile("\x1b?[^\x1b]+|\x1b")
_BEGUN: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[PX\]^_](?:[^\0-\x1f]*\x1b?)?)?\Z")
"""A sequence or string at the end of what was read that is still to end."""
_STRING: Final = re.compile(r"\x1b[PX\]^_][^\0-\x1f]*(?:\x1b\\|\x07)")
"""What a terminal answers (DCS, SOS, OSC, PM, APC), however late: no key, and none of its letters is one."""
_UNENDED: Final = re.compile(r"\x1b[PX\]^_][^\0-\x1f]+\x1b?")
_LONG: Final = 4096
"""Characters of an answer; what is longer is dropped before it ends."""
_ENDLESS: Final = re.compile(rf"\x1b\[[0-?]{{{MAX_KEY_BYTES},}}[ -/]*(?:[@-~]|(?=[^ -~])|\Z)")
"""No key is that long; to look for one in it would take time that grows with the square of its length."""
_BY_POSITION: Final = re.compile(r"\x1b\[(\d{1,7}):\d{0,7}(?::(\d{1,7}))?(;[\d:]{0,5})?(;[\d:]{1,40})?u")
"""A key of kitty's protocol with its other names: shifted, and as the key at its place on a Latin keyboard."""
_LAST: Final = 0x10FFFF
MOST: Final = 3
"""Presses of one key that count of those that came while nothing was read: people press on when nothing happens."""


class KeyParser:
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
        self._held = ""
        """The beginning of a sequence whose rest has not come yet."""
        self._answering: float | None = None
        """When an answer of the terminal began whose end has not come."""
        self._endless = False
        """What comes is the rest of a sequence that is too long for a key."""

    def feed(self, data: bytes) -> Iterator[Message]:
        """Go through the events of some bytes; without any an Escape becomes a key after a while, a paste ends."""
        if self._pasting is not None and len(data) <= MAX_KEY_BYTES and self._clock() - self._pasting >= PASTE_ENDS:
            self._begin()
        if data:
            self._follow(data)
        text, at = self._whole(self._decoder.decode(data), waiting=bool(data)), 0
        for found in _BY_POSITION.finditer(text):
            yield from self._plain(text[at : found.start()])
            yield from self._by_position(found)
            at = found.end()
        yield from self._plain(text[at:])
        yield from self._harmless(self._parser.tick())

    def _plain(self, text: str) -> Iterator[Message]:
        for part in _parts(text):
            yield from self._harmless(self._parser.feed(part))

    def _whole(self, text: str, *, waiting: bool) -> str:
        """Return text without endless sequences, and without one that has only begun: its rest is waited for."""
        text, self._held = self._held + text, ""
        if self._pasting is not None:
            return text
        if self._endless:
            end = re.search(r"[^0-?]", text)
            text = "" if end is None else text[end.start() + (end[0] != "\x1b") :]
            self._endless = end is None and (waiting or bool(text))
        text = _STRING.sub("", _ENDLESS.sub(self._cut, text))
        begun = _BEGUN.search(text)
        if begun and _UNENDED.fullmatch(begun[0]):
            self._answering = self._clock() if self._answering is None else self._answering
            if len(begun[0]) <= _LONG and self._clock() - self._answering < ANSWER_ENDS:
                self._held = begun[0]
            return text[: begun.start()]
        self._answering = None
        if waiting and begun and len(text) > 1:  # an Escape alone is the key
            text, self._held = text[: begun.start()], begun[0]
        return text

    def _cut(self, found: re.Match[str]) -> str:
        self._endless = found.end() == len(found.string) and "0" <= found[0][-1] <= "?"
        return ""

    def _by_position(self, found: re.Match[str]) -> Iterator[Message]:
        """Go through the events of a key with more than one name: one that writes no ASCII goes by its place."""
        code, base, modifiers, text = found[1], found[2], found[3] or "", found[4] or ""
        place = chr(min(int(base or "0"), _LAST))
        own = chr(min(int(code), _LAST)).isascii() or not (place.isascii() and place.isalpha())
        sequence = f"\x1b[{code if own else base}{modifiers}{text if own else ''}u"
        for message in self._harmless(self._parser.feed(sequence)):
            if not own and text and isinstance(message, events.Key):
                with suppress(ValueError, OverflowError):
                    written = "".join(chr(int(each)) for each in text[1:].split(":"))
                    name = message.key.removeprefix("shift+")
                    yield events.Key(name.upper() if written.isupper() and len(name) == 1 else name, written)
                    continue
            yield message

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
        if began > ended or (ended < 0 and self._pasting is not None and len(data) > MAX_KEY_BYTES):
            self._pasting = self._clock()
        elif ended > began:
            self._pasting = None
        self._tail = data[1 - len(PASTED) :]


def pressed(messages: Sequence[Message], *, stalled: bool = False) -> list[Message]:
    """Return the events of one read without those that nobody's finger made.

    A terminal that makes arrow keys of the mouse wheel sends several at once; the mouse does nothing here.

    Args:
        messages: what was read at once.
        stalled: nothing was read for a while, so that a clicker's presses may have piled up.
    """
    kept: list[Message] = []
    for key, group in groupby(messages, lambda message: message.key if isinstance(message, events.Key) else None):
        run = list(group)
        if key in _WHEEL and len(run) > 1:
            continue
        kept += run[:MOST] if stalled and key is not None else run
    return kept


def _parts(text: str) -> Iterator[str]:
    """Cut a text where its reading may fail, so that no key behind the failure is lost with it: at every character.

    The middle of a long text without an Escape, such as a paste, is one part.
    """
    for piece in _PIECES.findall(text):
        yield from piece[:MAX_KEY_BYTES]
        if rest := piece[MAX_KEY_BYTES:]:
            yield rest
