"""What several commands need: reading decks and keys, and ending with words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from presenter.safety import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from presenter.deck.model import Deck
    from presenter.talk import Bindings

FINE, FOUND, USAGE = 0, 1, 2
"""Exit codes: all is well; problems found, or crashed; wrong usage."""


PATH = click.Path(path_type=Path)


def fail(words: str, code: int = USAGE) -> NoReturn:
    """End with one line on standard error."""
    click.echo(f"presenter: {clean_line(words)}", err=True)
    sys.exit(code)


def near(word: str, names: Iterable[str]) -> str:
    """Return `; did you mean "x"?`, or an empty text when nothing is near."""
    from presenter.deck.problems import did_you_mean  # noqa: PLC0415 - only when something is wrong

    return did_you_mean(word, names)


def bundled_talk() -> Path:
    """Return the talk that comes with the program: inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent.parent / "decks"
    decks = inside if inside.is_dir() else Path(__file__).parents[2] / "decks"
    return decks / "inside-pictures" / "deck.yaml"


def need_terminal() -> None:
    """Refuse before anything is written where no slides can be shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail("needs a terminal to show slides; `presenter check DECK` works without one")
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        fail("this terminal cannot show slides (TERM is dumb or unset); `presenter check DECK` works without one")


def open_deck(path: Path, *, allow_outside: bool, names: Iterable[str] = ()) -> Deck:
    """Load a deck, or end with everything that is wrong with it; `names` are commands that may have been meant."""
    from presenter.deck.loading import load_deck  # noqa: PLC0415 - not for every command
    from presenter.deck.problems import DeckError  # noqa: PLC0415 - as above

    if not path.exists():
        fail(f"there is no deck {path}{near(str(path), names)}")
    if path.suffix.lower() in {".md", ".markdown"}:
        fail(f"{path} is Markdown; make a deck of it with `presenter convert {path}`")
    try:
        return load_deck(path, allow_outside=allow_outside)
    except DeckError as error:
        from presenter.checking import Report, described  # noqa: PLC0415 - only when something is wrong

        for text in described(path, Report(error.problems, error.more), colour=colours_wanted()):
            click.echo(text, err=True)
        sys.exit(FOUND)


def colours_wanted() -> bool:
    """Say whether standard output shows colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bindings_of(config: Path | None) -> Bindings:
    """Return which keys give which command: the reader's own where there are some, else those of the program."""
    from presenter.talk import Bindings, KeymapError, load_keymap  # noqa: PLC0415 - not for every command
    from presenter.talk.keymap import default_path  # noqa: PLC0415 - as above

    path = config or default_path()
    if config is None and not path.exists():
        return Bindings()
    try:
        return Bindings(load_keymap(path))
    except KeymapError as error:
        click.echo(str(error), err=True)
        sys.exit(USAGE)
