"""What several commands need: reading decks and keys, and ending with words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO, cast, get_args

import click

from presenter.cli.types import VARIANT_TYPE
from presenter.safety import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from presenter.deck.load import Loaded
    from presenter.deck.model import Deck
    from presenter.session.bindings import Bindings
    from presenter.themes import Theme

FINE, FOUND, USAGE = 0, 1, 2
"""Exit codes: all is well; problems found, or crashed; wrong usage."""


variant_option = click.option(
    "--variant", type=VARIANT_TYPE, metavar="NAME", help="Another talk of the same deck: one of its `variants:`."
)


def fail_with(words: str, code: int = USAGE) -> NoReturn:
    """End with one line on standard error."""
    click.echo(f"presenter: {clean_line(words)}", err=True)
    sys.exit(code)


def suggestion(word: str, names: Iterable[str]) -> str:
    """Return `; did you mean "x"?`, or an empty text when nothing is near."""
    from presenter.deck.diagnostics import did_you_mean  # noqa: PLC0415 - only when something is wrong

    return did_you_mean(word, names)


def bundled_talk() -> Path:
    """Return the talk that comes with the program: inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent.parent / "decks"
    decks = inside if inside.is_dir() else Path(__file__).parents[2] / "decks"
    return decks / "inside-pictures" / "deck.yaml"


def need_terminal() -> None:
    """Refuse before anything is written where no slides can be shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail_with("needs a terminal to show slides; `presenter check DECK` works without one")
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        fail_with("this terminal cannot show slides (TERM is dumb or unset); `presenter check DECK` works without one")


def slide_number(deck: Deck, name: str, option: str) -> int:
    """Return the index of the slide that an option names, by its id or its number, or end with what is wrong."""
    labels = {slide.label.lower(): index for index, slide in enumerate(deck.slides)}
    index = deck.index.get(name, labels.get(name.lower()))
    if index is None:
        fail_with(f'{option}: no slide has the id or number "{name}"{suggestion(name, deck.index)}')
    return index


def check_mode(images: str | None) -> None:
    """Refuse a way to draw pictures that there is not."""
    from presenter.layouts.fields import UNSUPPORTED_MODES, ImageModeField  # noqa: PLC0415 - not for every command

    names = get_args(ImageModeField)
    if images is not None and images not in names:
        reason = (
            UNSUPPORTED_MODES.get(images) or f'"{images}" is not possible; write {", ".join(names[:-1])} or {names[-1]}'
        )
        fail_with(f"--images: {reason}{suggestion(images, names)}")


def theme_of(name: str | None) -> Theme | None:
    """Return the theme that is asked for, if any, or end with the names that there are."""
    from presenter.themes import ThemeError, find_theme  # noqa: PLC0415 - as above

    try:
        return find_theme(name) if name else None
    except ThemeError as error:
        fail_with(error.words)


def open_deck(path: Path, *, allow_outside: bool, names: Iterable[str] = (), variant: str | None = None) -> Deck:
    """Load a deck, or one of its variants, or end with everything that is wrong with it.

    `names` are commands that may have been meant.
    """
    loaded = open_loaded(path, allow_outside=allow_outside, names=names, variant=variant)
    return cast("Deck", loaded.deck)


def open_loaded(path: Path, *, allow_outside: bool, names: Iterable[str] = (), variant: str | None = None) -> Loaded:
    """Load a deck as `open_deck` does, with all that was noticed; its `deck` is there."""
    from presenter.deck.load import load  # noqa: PLC0415 - not for every command

    if not path.exists():
        fail_with(f"there is no deck {path}{suggestion(str(path), names)}")
    if path.suffix.lower() in {".md", ".markdown"}:
        fail_with(f"{path} is Markdown; make a deck of it with `presenter convert {path}`")
    loaded = load(path, allow_outside=allow_outside, variant=variant or "")
    if loaded.deck is not None:
        return loaded
    if loaded.no_variant:
        fail_with(f"--variant: {loaded.no_variant}")
    from presenter.check.context import CheckReport  # noqa: PLC0415 - only when something is wrong
    from presenter.check.output import report_lines  # noqa: PLC0415 - as above

    report = CheckReport(loaded.problems, loaded.more)
    for text in report_lines(path, report, colour=use_color(), width=stream_width(sys.stderr)):
        click.echo(text, err=True)
    sys.exit(FOUND)


def use_color() -> bool:
    """Say whether standard output shows colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def stream_width(stream: TextIO) -> int:
    """Return the columns of the terminal that a stream writes to; 0 for what is none."""
    if not stream.isatty():
        return 0
    from shutil import get_terminal_size  # noqa: PLC0415 - only where something long is said

    return get_terminal_size().columns


def load_bindings(config: Path | None) -> Bindings:
    """Return which keys give which command: the reader's own where there are some, else those of the program."""
    from presenter.session.bindings import Bindings  # noqa: PLC0415 - not for every command
    from presenter.session.keymap import KeymapError, default_path, load_keymap  # noqa: PLC0415 - as above

    path = config or default_path()
    if config is None and not path.exists():
        return Bindings()
    try:
        return Bindings(load_keymap(path))
    except KeymapError as error:
        click.echo(str(error), err=True)
        sys.exit(USAGE)
