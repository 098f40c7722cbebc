"""The command for another window of a talk, and what is asked when a talk is shown already."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NoReturn

import click

from presenter.cli.main import cli
from presenter.cli.options import FINE, FOUND, check_mode, fail_with, load_bindings, need_terminal, theme_of
from presenter.cli.types import DECK_TYPE, MODE_TYPE, THEME_TYPE, YAML_TYPE
from presenter.safety import clean_line

if TYPE_CHECKING:
    from presenter.deck.model import Deck
    from presenter.peers.discovery import RunningTalk

PAUSE: Final = 0.1
"""Seconds after which an Escape is a key of its own."""
LONGEST: Final = 64
"""Bytes of a key."""
POLL_INTERVAL: Final = 0.25
"""Seconds between two looks for a talk that is waited for."""
ONE_WINDOW: Final = "a talk has one window on this system, which has no Unix sockets; s shows the speaker view in it"


_EXAMPLES_SPEAKER: Final = """\b
Examples:
  presenter speaker                             the talk that is running
  presenter speaker --wait                      or the next one to begin
  ssh -t laptop presenter speaker               from another machine
"""


@cli.command(short_help="Join a talk with the speaker view.", epilog=_EXAMPLES_SPEAKER)
@click.argument("deck", type=DECK_TYPE, required=False)
@click.option("--wait", is_flag=True, help="Wait for the talk when it has not begun.")
@click.option(
    "--theme", type=THEME_TYPE, metavar="NAME", help="Colours instead of the deck's own; see `presenter themes`."
)
@click.option(
    "--images",
    type=MODE_TYPE,
    metavar="MODE",
    help="Draw pictures so: auto half quad blocks sextant octant kitty off.",
)
@click.option("--bell", is_flag=True, help="Ring at alerts, such as 5 min left.")
@click.option("--no-reload", is_flag=True, help="Do not follow changes of the deck's files.")
@click.option("--config", type=YAML_TYPE, metavar="FILE", help="Your own keys; see `presenter keys --help`.")
@click.option("--allow-outside", is_flag=True, help="Let the deck show files outside its folder.")
def speaker(  # noqa: PLR0913, PLR0917 - one parameter an option
    deck: Path | None,
    wait: bool,
    theme: str | None,
    images: str | None,
    bell: bool,
    no_reload: bool,
    config: Path | None,
    allow_outside: bool,
) -> None:
    """Join a talk with the speaker view: notes, clock and what comes next, in a terminal of its own.

    Start the talk with `presenter DECK` in the projector's terminal first. Both windows are driven with the same keys;
    S swaps them. Over ssh, `ssh -t HOST presenter speaker` shows it on another machine or a phone.
    """
    check_mode(images)
    need_terminal()
    from presenter.peers.socket_path import supported  # noqa: PLC0415 - not for every command

    if not supported():
        fail_with(ONE_WINDOW, FOUND)
    found = _chosen(_talks(deck, wait=wait))
    join(
        found,
        theme=theme,
        images=images,
        bell=bell,
        follow=not no_reload,
        config=config,
        allow_outside=allow_outside,
    )


def join(  # noqa: PLR0913 - as the command
    found: RunningTalk,
    *,
    theme: str | None,
    images: str | None,
    bell: bool,
    follow: bool,
    config: Path | None,
    allow_outside: bool,
) -> NoReturn:
    """Open a window of a talk that is running, and end with its exit code."""
    if found.told is None:
        fail_with(f"the talk cannot be joined: {found.trouble}", FOUND)
    path, variant = found.deck, found.told.talk.variant
    talk, trouble = _copy(path, variant, allow_outside=allow_outside)
    colours, bindings = theme_of(theme), load_bindings(config)

    def load() -> Deck:
        from presenter.deck.load import load_deck  # noqa: PLC0415 - loaded already

        return load_deck(path, allow_outside=allow_outside, variant=variant)

    from presenter.session.state import State  # noqa: PLC0415 - not for every command
    from presenter.ui import RunOptions, run_talk  # noqa: PLC0415 - Textual loads only where a window is needed
    from presenter.ui.session_guest import SessionGuest  # noqa: PLC0415 - as above

    sys.exit(
        run_talk(
            talk,
            load=load,
            state=State(trouble=trouble),
            theme=colours,
            bindings=bindings,
            follow=follow,
            options=RunOptions(log=False, bell=bell),
            images=images,
            peers=SessionGuest(found.path, found.told),
        )
    )


def _copy(path: Path, variant: str, *, allow_outside: bool) -> tuple[Deck, str]:
    """Return the deck of a talk that is running, and what is wrong with it.

    One that is broken just now is empty until it is mended: the keys and the clock work all the same, and nobody on
    stage has the time to mend it first.
    """
    from presenter.deck.diagnostics import DeckError  # noqa: PLC0415 - as above
    from presenter.deck.load import load_deck  # noqa: PLC0415 - not for every command
    from presenter.deck.model import Deck  # noqa: PLC0415 - as above

    try:
        return load_deck(path, allow_outside=allow_outside, variant=variant), ""
    except DeckError as error:
        problem = next(iter(error.problems), None)
        where = f"{problem.path.name}:{problem.line}: {problem.words}" if problem else f"{path.name} is not there"
        return Deck(path), clean_line(f"{where}; slides and notes come when it is mended")


def _talks(deck: Path | None, *, wait: bool) -> list[RunningTalk]:
    """Return the talks that can be joined, at least one; those of a deck when one is given."""
    from presenter.peers.discovery import find_talks  # noqa: PLC0415 - not for every command

    path = _asked_for(deck) if deck is not None else None
    found = find_talks(os.environ, path)
    if not found and wait:
        click.echo("waiting for the talk to begin; Ctrl+C ends", err=True)
    while not found and wait:
        time.sleep(POLL_INTERVAL)
        found = find_talks(os.environ, path)
    if not found:
        which = f"no talk with {deck} is running" if deck is not None else "no talk is running"
        start = f"presenter {deck if deck is not None else 'DECK'}"
        fail_with(f"{which}; start it with `{start}` in the projector's terminal, or wait for it with --wait", FOUND)
    return found


def _asked_for(deck: Path) -> Path:
    """Return the file of a deck that was named; what is in it does not matter: it may be broken just now."""
    from presenter.deck.load import deck_file  # noqa: PLC0415 - not for every command

    if not deck.exists():
        fail_with(f"there is no deck {deck}")
    return deck_file(deck)


def _chosen(found: list[RunningTalk]) -> RunningTalk:
    """Return the only talk, or the one that the speaker chooses."""
    if len(found) == 1:
        return found[0]
    click.echo(f"{len(found)} talks are running:")
    for number, each in enumerate(found, 1):
        click.echo(f"  {number}  {describe_talk(each)}")
    number = click.prompt("Which one", type=click.IntRange(1, len(found)), default=1)
    return found[number - 1]


def describe_talk(found: RunningTalk) -> str:
    """Name a talk that is running, in one line."""
    if found.told is None:
        return f"{found.path.name}: {found.trouble}"
    talk = found.told.talk
    title = talk.title or "without a title"
    return clean_line(f"{title}, slide {talk.at.index + 1} ({talk.deck})")


def running_talk(deck: Path) -> RunningTalk | None:
    """Return the talk that another window shows of a deck; None when there is none, which takes no time to find out."""
    from presenter.peers.socket_path import list_sockets  # noqa: PLC0415 - loads nothing more

    if not list_sockets(os.environ):
        return None
    from presenter.peers.discovery import find_talks  # noqa: PLC0415 - hardly ever needed

    return next(iter(find_talks(os.environ, deck)), None)


def ask_about_running_talk(found: RunningTalk) -> Literal["join", "new"]:
    """Ask what to do about a talk that another window shows already; q ends the program."""
    with _keys() as key:
        click.echo(f"This talk is shown in another window already: {describe_talk(found)}.")
        click.echo("[j] join it with a speaker view   [n] a talk of its own here (--new)   [q] leave")
        while True:
            match key():
                case "j" | "J" | "\r" | "\n":
                    return "join"
                case "n" | "N":
                    return "new"
                case key_pressed if len(key_pressed) > 1:
                    continue  # an arrow, say
                case "" | "q" | "Q" | "\x1b" | "\x03" | "\x04":
                    sys.exit(FINE)


def _key() -> str:
    """Read a key: a character, or the whole of what the terminal sends for one with a name, such as an arrow."""
    key = os.read(0, 1)
    while key[:1] == b"\x1b" and len(key) < LONGEST and select.select([0], [], [], PAUSE)[0]:
        if not (more := os.read(0, 1)):
            break
        key += more
        if len(key) > 2 and 0x40 <= more[0] <= 0x7E:  # noqa: PLR2004 - ends a sequence
            break
    return key.decode("latin-1")


@contextmanager
def _keys() -> Iterator[Callable[[], str]]:
    """Read single keys, those typed ahead included, which `click.getchar` drops; empty when the terminal has gone."""
    import termios  # noqa: PLC0415 - there is none on Windows

    before = termios.tcgetattr(0)
    single = [*before[:3], before[3] & ~(termios.ICANON | termios.ECHO | termios.ISIG), *before[4:]]
    termios.tcsetattr(0, termios.TCSANOW, single)
    try:
        yield _key
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)
