"""The talk as it stands, held once: what a reload changes is changed here, and everybody looks here."""

from __future__ import annotations

from presenter.deck.model import Deck, Slide
from presenter.session.state import Outline, State


class Session:
    """A deck, its outline and the state of the talk.

    Only the window assigns `state`, and only a reload assigns the others.

    Attributes:
        deck: what is presented.
        outline: the facts of it.
        state: how the talk stands.
        kept: the slide that is still shown though the deck on disk has changed (`State.stale`); None otherwise.
    """

    __slots__ = ("deck", "kept", "outline", "state")

    def __init__(self, deck: Deck, state: State | None = None, outline: Outline | None = None) -> None:
        self.deck = deck
        self.outline = outline or Outline.of(deck)
        self.state = state or State()
        self.kept: Slide | None = None

    def swap(self, deck: Deck, outline: Outline, kept: Slide | None) -> None:
        """Go on with a deck that was read again."""
        self.deck, self.outline, self.kept = deck, outline, kept
