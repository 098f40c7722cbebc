"""The deck: its data, loading it from YAML, and what can be wrong with it.

The names below load when they are first asked for: completing a word on the command line needs `deck.glance` alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from presenter.deck.loading import Loaded, load, load_deck
    from presenter.deck.model import Deck, Place, Section, Slide, Variant
    from presenter.deck.problems import DeckError, Problem

__all__ = ["Deck", "DeckError", "Loaded", "Place", "Problem", "Section", "Slide", "Variant", "load", "load_deck"]

_HOMES = {
    "presenter.deck.loading": {"Loaded", "load", "load_deck"},
    "presenter.deck.model": {"Deck", "Place", "Section", "Slide", "Variant"},
    "presenter.deck.problems": {"DeckError", "Problem"},
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - classes and functions
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
