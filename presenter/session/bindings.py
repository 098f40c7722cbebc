"""Which key means which command: the table's own keys, or the reader's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from presenter.session import keys
from presenter.session.commands import COMMANDS, TYPE, Command, KeyMode, modes
from presenter.session.state import State

CLICKER: Final = frozenset({"pagedown", "pageup", "right", "left"})
"""Keys of clickers, which move also where a line was opened by the clicker's own key for a black screen."""
NO_CHANGES: Final[Mapping[str, tuple[str, ...]]] = {}


class Bindings:
    """Keys of the window, each with what it means in every mode."""

    def __init__(self, changes: Mapping[str, tuple[str, ...]] = NO_CHANGES) -> None:
        """Take the table's keys, and the reader's own instead where there are any.

        Args:
            changes: keys as people write them, by command, checked before (see `keymap.load_keymap`).
        """
        self._written = {command.name: tuple(changes.get(command.name, command.keys)) for command in COMMANDS}
        self._found: dict[KeyMode, dict[str, Command]] = {}
        for command in COMMANDS:
            table = self._found.setdefault(command.mode, {})
            for written in self._written[command.name]:
                table[keys.parse_key(written)] = command

    def find(self, key: str, character: str | None, state: State, now: float) -> Command | None:
        """Return what a pressed key means now; None when it means nothing.

        Args:
            key: as the window names it.
            character: what it writes, if it writes something.
            state: which decides the mode.
            now: seconds on the talk's clock.
        """
        line = state.overlay in ("search", "goto")
        wanted = keys.normalize_key(key)
        if line and not state.typed and wanted in CLICKER:
            return self._found[""].get(wanted)
        if command := self._command(wanted, state, now):
            return command
        if line and character is not None and character.isprintable():
            return TYPE
        return self._command(keys.placed(key, character), state, now)

    def _command(self, key: str, state: State, now: float) -> Command | None:
        for mode in modes(state, now) if key else ():
            if command := self._found.get(mode, {}).get(key):
                return command
        return None

    def written(self, name: str) -> tuple[str, ...]:
        """Return the keys of a command as they are shown: `→`, `PageDown`, `?`."""
        return tuple(keys.format_key(keys.parse_key(key)) for key in self._written[name])

    def first(self, name: str) -> str:
        """Return the key of a command to name in a hint; empty when it has none."""
        return next(iter(self.written(name)), "")

    def shortest(self, name: str) -> str:
        """Return the key of a command that takes the least room; empty when it has none."""
        return min(self.written(name), key=len, default="")

    def table(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return what `help` shows: for each heading, rows of keys and words. Commands without a key are left out."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for command in COMMANDS:
            if shown := self.shown(command.name):
                groups.setdefault(command.group, []).append((shown, command.help))
        return list(groups.items())

    def shown(self, name: str) -> str:
        """Return the keys of a command in one text."""
        written = self.written(name)
        if written == tuple("0123456789"):
            return "0 … 9"
        return " ".join(written)


def key_table(bindings: Bindings | None = None) -> list[tuple[str, str, str, str]]:
    """Return the rows of `presenter keys`: heading, command, keys, words."""
    chosen = bindings or Bindings()
    rows = []
    for command in COMMANDS:
        shown = chosen.shown(command.name)
        rows.append((command.group, command.name, shown, command.help))
    return rows


def markdown_table() -> str:
    """Return the README's table of keys, headings as rows."""
    lines = ["| what | keys | name |", "| --- | --- | --- |"]
    heading = ""
    for group, name, shown, words in key_table():
        if group != heading:
            heading = group
            lines.append(f"| **{group}** | | |")
        marked = " ".join(f"`{key}`" for key in shown.split(" ") if key != "…") if shown != "0 … 9" else "`0` … `9`"
        lines.append(f"| {words} | {marked} | {name} |")
    return "\n".join(lines) + "\n"
