"""The command line. The window is imported only where one is needed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, get_args

import click

from presenter import __version__
from presenter.safety import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from presenter.deck.model import Deck
    from presenter.talk import Bindings, State

FINE, FOUND, USAGE = 0, 1, 2
"""Exit codes: all is well; problems found, or crashed; wrong usage."""


class _Commands(click.Group):
    """Commands of which `present` may be left out: `presenter DECK` presents."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in {"--help", "-h", "--version"}):
            args = ["present", *args]
        return super().parse_args(ctx, args)


def _fail(words: str, code: int = USAGE) -> NoReturn:
    """End with one line on standard error."""
    click.echo(f"presenter: {clean_line(words)}", err=True)
    sys.exit(code)


def _near(word: str, names: Iterable[str]) -> str:
    """Return `; did you mean "x"?`, or an empty text when nothing is near."""
    from presenter.deck.problems import did_you_mean  # noqa: PLC0415 - only when something is wrong

    return did_you_mean(word, names)


def bundled_talk() -> Path:
    """Return the talk that comes with the program: inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent / "decks"
    decks = inside if inside.is_dir() else Path(__file__).parent.parent / "decks"
    return decks / "inside-pictures" / "deck.yaml"


_PATH = click.Path(path_type=Path)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="presenter")
def cli() -> None:
    """Present slide decks written in YAML from a terminal, beside your notes and the clock.

    `presenter DECK` is short for `presenter present DECK`; without a deck the bundled talk is shown.
    """


@cli.command()
@click.argument("deck", type=_PATH, required=False)
@click.option("--start", metavar="ID_OR_NUMBER", help="Begin at this slide.")
@click.option("--theme", metavar="NAME", help="Colours instead of the deck's own; see `presenter themes`.")
@click.option(
    "--images", metavar="MODE", help="Draw all pictures so: auto half quad blocks sextant octant kitty off (alt text)."
)
@click.option("--speaker", is_flag=True, help="Begin in the speaker view.")
@click.option("--no-reload", is_flag=True, help="Do not follow changes of the deck's files.")
@click.option("--config", type=_PATH, metavar="FILE", help="Your own keys; see `presenter keys --help`.")
@click.option("--allow-outside", is_flag=True, help="Let the deck show files outside its folder.")
def present(  # noqa: PLR0913, PLR0917 - one parameter an option
    deck: Path | None,
    start: str | None,
    theme: str | None,
    images: str | None,
    speaker: bool,
    no_reload: bool,
    config: Path | None,
    allow_outside: bool,
) -> None:
    """Present a deck: a YAML file, or a folder with a deck.yaml; without one, the bundled talk.

    Press ? for all keys, s for the speaker view, q to quit (twice once the timer runs: your first move starts it).
    """
    _check_mode(images)
    _need_terminal()
    from presenter.talk import State  # noqa: PLC0415 - not for every command
    from presenter.themes import ThemeError, find  # noqa: PLC0415 - as above

    try:
        colours = find(theme) if theme else None
    except ThemeError as error:
        _fail(error.words)
    path = deck or bundled_talk()
    opened = _opened(path, allow_outside=allow_outside)
    bindings = _bindings(config)
    state = _placed(opened, start, State(view="speaker" if speaker else "audience"))

    def load() -> Deck:
        from presenter.deck.loading import load_deck  # noqa: PLC0415 - loaded already

        return load_deck(path, allow_outside=allow_outside)

    from presenter.ui import run  # noqa: PLC0415 - Textual loads only where a window is needed

    sys.exit(run(opened, load=load, state=state, theme=colours, bindings=bindings, follow=not no_reload, images=images))


def _check_mode(images: str | None) -> None:
    """Refuse a way to draw pictures that there is not."""
    from presenter.layouts.fields import REFUSED, Mode  # noqa: PLC0415 - not for every command

    names = get_args(Mode)
    if images is not None and images not in names:
        reason = REFUSED.get(images) or f'"{images}" is not possible; write {", ".join(names[:-1])} or {names[-1]}'
        _fail(f"--images: {reason}{_near(images, names)}")


def _need_terminal() -> None:
    """Refuse before anything is written where no slides can be shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _fail("needs a terminal to show slides; `presenter check DECK` works without one")
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        _fail("this terminal cannot show slides (TERM is dumb or unset); `presenter check DECK` works without one")


def _opened(path: Path, *, allow_outside: bool) -> Deck:
    """Load a deck, or end with everything that is wrong with it."""
    from presenter.deck.loading import load_deck  # noqa: PLC0415 - not for every command
    from presenter.deck.problems import DeckError  # noqa: PLC0415 - as above

    if not path.exists():
        _fail(f"there is no deck {path}{_near(str(path), cli.commands)}")
    try:
        return load_deck(path, allow_outside=allow_outside)
    except DeckError as error:
        from presenter.checking import Report, described  # noqa: PLC0415 - only when something is wrong

        for text in described(path, Report(error.problems, error.more), colour=_colours_wanted()):
            click.echo(text, err=True)
        sys.exit(FOUND)


def _placed(deck: Deck, start: str | None, state: State) -> State:
    """Put the talk at the slide that `--start` names, by id or by number."""
    if start is None:
        return state
    from dataclasses import replace  # noqa: PLC0415 - only with --start

    from presenter.talk import Position  # noqa: PLC0415 - as above

    labels = {slide.label.lower(): index for index, slide in enumerate(deck.slides)}
    index = deck.index.get(start, labels.get(start.lower()))
    if index is None:
        _fail(f'--start: no slide has the id or number "{start}"{_near(start, deck.index)}')
    return replace(state, at=Position(index))


@cli.command()
@click.argument("decks", type=_PATH, nargs=-1, required=True, metavar="DECK...")
@click.option("--allow-outside", is_flag=True, help="Let decks show files outside their folder.")
def check(decks: tuple[Path, ...], allow_outside: bool) -> None:
    """Say everything that is wrong with decks: path, line, column and the fix.

    Exit status: 0 when all is well, 1 when there are problems, 2 for wrong usage.
    """
    from presenter.checking import run  # noqa: PLC0415 - not for every command

    def complain(text: str) -> None:
        click.echo(text, err=True)

    sys.exit(run(decks, echo=click.echo, allow_outside=allow_outside, colour=_colours_wanted(), complain=complain))


def _colours_wanted() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@cli.command()
@click.option("--config", type=_PATH, metavar="FILE", help="Your own keys, instead of those in the usual place.")
@click.option("--markdown", is_flag=True, help="As a Markdown table.")
def keys(config: Path | None, markdown: bool) -> None:
    """Show all keys.

    Other keys go into config.yaml in your configuration folder, for example

    keys: {next: [PageDown, Right, Space], black: [b, "."]}
    """
    from presenter.talk import key_table, markdown_table  # noqa: PLC0415 - not for every command

    if markdown:
        click.echo(markdown_table())
        return
    rows = key_table(_bindings(config))
    wide = max(len(words) for *_, words in rows)
    heading = ""
    for group, name, shown, words in rows:
        if group != heading:
            click.echo(("\n" if heading else "") + click.style(group, bold=True))
            heading = group
        click.echo(f"  {words:<{wide}}  {click.style(f'{name:<14}', dim=True)}  {shown}")


def _bindings(config: Path | None) -> Bindings:
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


@cli.command()
def layouts() -> None:
    """Show the layouts of slides and the keys that each one has."""
    from presenter.layouts import LAYOUTS, Layout  # noqa: PLC0415 - not for every command

    common = list(Layout.__struct_fields__)
    for name, layout in LAYOUTS.items():
        own = [key for key in layout.__struct_fields__ if key not in common]
        click.echo(f"{click.style(f'{name:<10}', bold=True)} {(layout.__doc__ or '').splitlines()[0]}")
        if own:
            click.echo(f"{'':<10} keys: {' '.join(own)}")
    click.echo(f"\nEvery slide: {' '.join(['layout', *common])}")


@cli.command()
def themes() -> None:
    """Show the built-in themes with their colours."""
    from presenter.themes import THEMES  # noqa: PLC0415 - not for every command

    for theme in THEMES.values():
        swatches = ""
        if _colours_wanted():
            colours = (theme.text, theme.muted, theme.title, theme.accent, theme.second, theme.link)
            swatches = "".join(click.style(" Aa", fg=_rgb(colour), bg=_rgb(theme.background)) for colour in colours)
            swatches += click.style(" ", bg=_rgb(theme.background)) + "  "
        click.echo(f"{theme.name:<16} {swatches}{theme.about}")


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
