"""Short marks of what slides say, so that a later run can tell whether a slide has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from presenter.deck.model import Deck, Slide
from presenter.import_guard import sha256

_ASIDE: Final = frozenset({"id", "was", "time", "optional", "fixed", "hidden", "tags", "footer", "big_letters"})
"""Keys that change nothing of what is shown and said: new times must not make all old runs strangers."""
_DIGITS: Final = 8


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Write a value that JSON has no form for; where a picture lies on this machine is no part of it."""
    if isinstance(value, Path):
        return ""
    return int(value) if isinstance(value, int) else str(value)


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_plain)


def slide_hash(slide: Slide) -> str:
    """Return the mark of a slide: eight hex digits of what it shows and of its notes."""
    layout = slide.layout
    said = {key: getattr(layout, key) for key in layout.__struct_fields__ if key not in _ASIDE}
    data = _ENCODER.encode((layout.name, slide.title, slide.notes, said))
    return sha256(data)[:_DIGITS]


def slide_hashes(deck: Deck) -> dict[str, str]:
    """Return the marks of all slides on the main path by their ids."""
    return {deck.slides[index].id: slide_hash(deck.slides[index]) for index in deck.main}


def former_ids(deck: Deck) -> dict[str, str]:
    """Return the present ids of slides by those that they had before, as `was:` says; an id in use is nobody else's."""
    return {old: slide.id for slide in reversed(deck.slides) for old in slide.layout.was if old not in deck.index}


def deck_hash(hashes: dict[str, str]) -> str:
    """Return the mark of a whole talk."""
    return "sha256:" + sha256(msgspec.json.encode(hashes))
