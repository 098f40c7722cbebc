"""The least a Textual program can do, for `speed.py` to compare with: one Static with text that a key changes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static


class Bare(App[None]):
    """Shows `MARK-0001`, and one more with every press of the right arrow."""

    BINDINGS: ClassVar[list[BindingType]] = [("right", "next", "Next"), ("q", "quit", "Quit")]
    ENABLE_COMMAND_PALETTE = False
    number = 1

    def compose(self) -> ComposeResult:
        """Give the only widget."""
        yield Static(self.words())

    def words(self) -> Content:
        """Return the text of the current number."""
        return Content(f"MARK-{self.number:04d}\n\nOne widget with three lines of text,\nand nothing else.")

    def action_next(self) -> None:
        """Show the next number."""
        self.number += 1
        self.query_one(Static).update(self.words())


if __name__ == "__main__":
    Bare().run()
