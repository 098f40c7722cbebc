"""The end of `presenter doctor`: press keys, or the buttons of a clicker, and see what they are and what they do."""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable, Iterator
from typing import Final

from textual import events
from textual.message import Message

from presenter.imaging.probe import Sieve
from presenter.talk import Bindings, State
from presenter.talk.keys import is_modifier, normal, show
from presenter.ui.doctor import quiet
from presenter.ui.driver import CHUNK, PAUSE
from presenter.ui.keyboard import Keys

BEGIN: Final = "\x1b[?2004h\x1b[>25u"
"""What a talk switches on for its keys, too: pastes told apart, and every key with a name of its own."""
END: Final = "\x1b[<u\x1b[?2004l"
LEAVE: Final = ("q", "ctrl+c")
TIMES: Final = 2


def key_test(bindings: Bindings, say: Callable[[str], None]) -> None:
    """Tell what keys are until q, or Ctrl+C, comes twice in a row; the terminal is as before afterwards.

    Args:
        bindings: what keys mean in a talk.
        say: writes a line.
    """
    with quiet() as able:
        if not able:
            return
        os.write(1, BEGIN.encode())
        try:
            say("\nKeys: press them, or the buttons of a clicker; q twice ends")
            _listen(bindings, say)
        finally:
            os.write(1, END.encode())


def _listen(bindings: Bindings, say: Callable[[str], None]) -> None:
    # A slow terminal may answer what it was asked before only now: that is no key.
    keys, sieve, last, count = Keys(), Sieve(), "", 0
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        while True:
            data = b""
            if selector.select(PAUSE):
                data = os.read(0, CHUNK)
                if not data:
                    return  # the terminal is gone
            messages = list(keys.feed(sieve.feed(data) if data else sieve.flush()))
            sent = data if len(messages) == 1 else b""  # of several together nobody knows which bytes were whose
            for message in messages:
                for line in described(message, bindings, sent):
                    say(line)
                name = message.key if isinstance(message, events.Key) else ""
                if name and not is_modifier(name):
                    last, count = name, count + 1 if name == last else 1
                if last in LEAVE and count >= TIMES:
                    return


def described(message: Message, bindings: Bindings, data: bytes) -> Iterator[str]:
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
        yield f"  {show(normal(message.key)):<16} {sent:<12} {means}"
