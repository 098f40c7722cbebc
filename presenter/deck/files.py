"""The files that a deck may name: pictures, code, tables, other deck files.

The rule: a path is relative to the folder of the file that names it, and what it means, all links followed, lies in the
deck's folder. See `scan.allowed_folder` for which folder that is.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from presenter.deck.diagnostics import quote_for_message
from presenter.deck.source import UnreadableError, read_bytes
from presenter.layouts.fields import PictureFile
from presenter.safety import clean, clean_line

DECK_NAME: Final = "deck.yaml"
"""What the main file of a deck's folder is called."""
MAX_TEXT_BYTES: Final = 1_000_000
"""A code or CSV file."""
_LINKS: Final = 40
"""Links on the way to a file that are watched."""
_TABLES: Final = frozenset({".csv", ".tsv", ".tab", ".txt"})
"""Files in which a tab may stand between cells."""
_ENTRIES: Final = 10_000
"""Files of a folder that are looked through."""
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|(?:data|file|https?|javascript|mailto):", re.IGNORECASE)
_NETWORK: Final = "is an address on the network; a deck shows files only, so save it here"
_ADDRESSES: Final = {
    "file:": 'is an address; write the path from the deck\'s folder, without "file:"',
    "data:": "is no path but the data itself; save it as a file in the deck's folder and write its path",
    "javascript:": "is no path; a deck shows files only",
    "mailto:": "is no path; a deck shows files only",
}
"""What is said of addresses that are not on the network, by their scheme."""
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def _alike(path: Path) -> Path:
    """Return the file that a path with other spelling means, or the path itself when there is none.

    A deck's texts are cleaned, so a name with a control or bidi character is found by what is left of it; and `%20`
    stands for a space, as it does in Markdown, unless there is a file of that name.
    """
    decoded = path.with_name(unquote(path.name)) if "%" in path.name else path
    if decoded != path and "/" not in decoded.name and os.path.lexists(decoded):
        return Path(os.path.realpath(decoded))
    if path.name.isascii():
        return path
    try:
        with os.scandir(path.parent) as entries:
            found = [entry.name for entry in islice(entries, _ENTRIES) if clean_line(entry.name) == path.name]
    except OSError:
        return path
    return Path(os.path.realpath(path.with_name(found[0]))) if len(found) == 1 else path


def links_in(path: Path) -> set[Path]:
    """Return the links on the way to a path, which may be given another target while nothing else changes.

    Args:
        path: absolute; a link's own target may lead over further links, and these count too.
    """
    found: set[Path] = set()
    waiting = [path]
    while waiting and len(found) < _LINKS:
        current = waiting.pop()
        for part in (current, *current.parents):
            if part not in found and os.path.islink(part):  # noqa: PTH114 - raises where nothing may be read
                found.add(part)
                with suppress(OSError):
                    waiting.append(Path(os.path.abspath(part.parent / os.readlink(part))))  # noqa: PTH100, PTH115
    return found


@dataclass(slots=True)
class AllowedPaths:
    """What one deck may read, and what it has read."""

    folder: Path
    outside: bool = False
    """Files anywhere may be read."""
    used: set[Path] = field(default_factory=set)
    """Every file that was named, existing or not."""
    texts: dict[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeckFiles:
    """The files as one deck file names them."""

    wall: AllowedPaths
    folder: Path
    """The real folder of the deck file that names them."""

    def resolve(self, text: str) -> Path:
        """Return the real path that a text in the deck means; raise ValueError with the rule that refuses it."""
        if match := _URL.match(text):
            raise ValueError(f"{quote_for_message(text)} {_ADDRESSES.get(match[0].lower().rstrip('/'), _NETWORK)}")
        if "\\" in text or _DRIVE.match(text):
            raise ValueError(f"{quote_for_message(text)}: write paths from the deck's folder, with / between folders")
        outside = "outside the deck's folder; put the file there, or allow it with --allow-outside"
        if text.startswith(("~", "/")) and not self.wall.outside:
            raise ValueError(f"{quote_for_message(text)} is {outside}")
        try:
            real = Path(os.path.realpath(self.folder / Path(text).expanduser()))
        except (OSError, ValueError, RuntimeError):
            raise ValueError(f"{quote_for_message(text)} is no possible path") from None
        if not os.path.lexists(real):
            real = _alike(real)
        if not self.wall.outside and not real.is_relative_to(self.wall.folder):
            raise ValueError(f"{quote_for_message(text)} is {outside}")
        lexical = Path(os.path.abspath(self.folder / Path(text).expanduser()))  # noqa: PTH100 - links are not followed
        if lexical != real:
            self.wall.used |= links_in(lexical)
        return real

    def picture(self, text: str) -> PictureFile:
        """Find a picture; one that may not be read comes back with the reason."""
        try:
            path = self.resolve(text)
        except ValueError as error:
            return PictureFile(text, None, str(error))
        self.wall.used.add(path)
        return PictureFile(text, path)

    def read(self, text: str) -> str:
        """Return a text file's cleaned contents; raise ValueError when it cannot or may not be read."""
        path = self.resolve(text)
        self.wall.used.add(path)
        if path not in self.wall.texts:
            try:
                data = read_bytes(path, MAX_TEXT_BYTES, "text file", resolved=True)
                tabs = path.suffix.lower() not in _TABLES
                self.wall.texts[path] = clean(data.decode("utf-8").removeprefix("\ufeff"), tabs=tabs)
            except UnreadableError as error:
                raise ValueError(f"{quote_for_message(text)}: {error}") from None
            except UnicodeDecodeError:
                raise ValueError(f"{quote_for_message(text)} is not UTF-8 text") from None
        return self.wall.texts[path]
