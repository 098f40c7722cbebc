"""The deck: its data, loading it from YAML, and what can be wrong with it."""

from presenter.deck.loading import Loaded, load, load_deck
from presenter.deck.model import Deck, Place, Section, Slide, Variant
from presenter.deck.problems import DeckError, Problem

__all__ = ["Deck", "DeckError", "Loaded", "Place", "Problem", "Section", "Slide", "Variant", "load", "load_deck"]
