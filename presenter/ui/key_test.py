"""The end of `presenter doctor`: press keys, or the buttons of a clicker, and see what they are and what they do."""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable, Iterator
from typing import Final

from textual import events
from textual.message import Message

from presenter.session.bindings import Bindings
from presenter.session.keys import format_key, is_modifier, normalize_key
from presenter.session.state import State
from presenter.terminal.probe import AnswerFilter
from presenter.ui.doctor import unbuffered_keys
from presenter.ui.key_parser import KeyParser
from presenter.ui.textual_driver import ESCAPE_TIMEOUT, INPUT_CHUNK

ENABLE_KEYS: Final = "\x1b[?2004h\x1b[>25u"
"""What a talk switches on for its keys, too: pastes told apart, and every key with a name of its own."""
DISABLE_KEYS: Final = "\x1b[<u\x1b[?2004l"
LEAVE: Final = ("q", "ctrl+c")
TIMES: Final = 2


def key_test(bindings: Bindings, say: Callable[[str], None]) -> None:
    """Tell what keys are until q, or Ctrl+C, comes twice in a row; the terminal is as before afterwards.

    Args:
        bindings: what keys mean in a talk.
        say: writes a line.
    """
    with unbuffered_keys() as able:
        if not able:
            return
        os.write(1, ENABLE_KEYS.encode())
        try:
            say("\nKeys: press them, or the buttons of a clicker; q twice ends")
            _listen(bindings, say)
        finally:
            os.write(1, DISABLE_KEYS.encode())


def _listen(bindings: Bindings, say: Callable[[str], None]) -> None:
    # A slow terminal may answer what it was asked before only now: that is no key.
    keys, sieve, last, count = KeyParser(), AnswerFilter(), "", 0
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        while True:
            data = b""
            if selector.select(ESCAPE_TIMEOUT):
                data = os.read(0, INPUT_CHUNK)
                if not data:
                    return  # the terminal is gone
            messages = list(keys.feed(sieve.feed(data) if data else sieve.flush()))
            sent = data if len(messages) == 1 else b""  # of several together nobody knows which bytes were whose
            for message in messages:
                for line in describe_input(message, bindings, sent):
                    say(line)
                name = message.key if isinstance(message, events.Key) else ""
                if name and not is_modifier(name):
                    last, count = name, count + 1 if name == last else 1
                if last in LEAVE and count >= TIMES:
                    return


def describe_input(message: Message, bindings: Bindings, data: bytes) -> Iterator[str]:
    """Go through what is to be said of something that came from the terminal: nothing of what is none of the user's.

    Args:
        message: what it is.
        bindings: what keys mean.
        data: the bytes it was; none when they are not known.
    """
    raw = data.decode("ascii", "backslashreplace").replace("\x1b", "Esc ")
    sent = "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in raw)
    if isinstance(message, events.Paste):
        yield f"  {'a paste':<29} does nothing in a talk"
    elif isinstance(message, events.MouseEvent):
        yield f"  {'the mouse':<29} does nothing in a talk"
    elif isinstance(message, events.Key) and not is_modifier(message.key):
        command = bindings.find(message.key, message.character, State(), 0.0)
        means = f"{command.name}: {command.help}" if command is not None else "does nothing in a talk"
        yield f"  {format_key(normalize_key(message.key)):<16} {sent:<12} {means}"
