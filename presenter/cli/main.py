"""The commands that show decks, and what there is to use in them. The window is imported only where one is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypedDict, TypeVar, Unpack

import click
from click.shell_completion import CompletionItem

from presenter import __version__
from presenter.cli.options import (
    FINE,
    bundled_talk,
    check_mode,
    fail_with,
    load_bindings,
    need_terminal,
    open_deck,
    slide_number,
    suggestion,
    theme_of,
    use_color,
    variant_option,
)
from presenter.cli.types import DECK_TYPE, LAYOUT_TYPE, MODE_TYPE, SIMULATE_TYPE, SLIDE_TYPE, THEME_TYPE, YAML_TYPE
from presenter.safety import clean
from presenter.streams import quiet

if TYPE_CHECKING:
    from presenter.deck.model import Deck
    from presenter.session.state import State
    from presenter.ui import RunOptions


_GROUPS: Final = {
    "Write a deck": ("new", "convert", "check", "show", "layouts", "themes", "schema", "completion"),
    "Rehearse": ("plan", "rehearse", "runs", "times"),
    "Speak": ("present", "speaker", "doctor", "keys"),
}
"""The commands as they are wanted, one after the other."""
_EXAMPLES: Final = """\b
Examples:
  presenter                       the bundled talk
  presenter talk.yaml             your talk
  presenter speaker               its notes and clock, in another terminal
  presenter COMMAND --help        what a command does, and its options
"""


@contextmanager
def _harmless() -> Iterator[None]:
    """Clean the words of click's errors, which quote what was typed; end in peace when a reader has gone."""
    try:
        yield
    except BrokenPipeError:
        quiet(sys.stdout)
        sys.exit(FINE)
    except click.ClickException as error:
        vars(error)["message"] = clean(error.message)
        raise


class _Commands(click.Group):
    """Commands of which `present` may be left out: `presenter DECK` presents."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands by what they are for."""
        for heading, names in _GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in names])

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401 - click's own
        """Prepare a command; what is wrong with its words is told without whatever they may hold."""
        with _harmless():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as above
        """Run a command; as above."""
        with _harmless():
            return super().invoke(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:
            return super().parse_args(ctx, args)  # a first word is being typed: it may be a command
        if not args or (args[0] not in self.commands and args[0] not in {"--help", "-h", "--version"}):
            if args and not ctx.resilient_parsing:
                self._refuse_slip(ctx, args[0])
            args = ["present", *args]
        return super().parse_args(ctx, args)

    def _refuse_slip(self, ctx: click.Context, word: str) -> None:
        """Refuse what is no deck but nearly a command, before it is taken for a deck with other words behind it."""
        if word.isalpha() and not Path(word).exists() and (hint := suggestion(word, self.commands)):
            raise click.UsageError(f'There is no command and no deck "{word}"{hint}', ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        """Offer commands, and decks and options to be presented."""
        shown = self.commands["present"]
        options = shown.shell_complete(click.Context(shown, ctx, "present"), incomplete)
        known = {item.value for item in options}
        own = [item for item in super().shell_complete(ctx, incomplete) if item.value not in known]
        return own + options + DECK_TYPE.shell_complete(ctx, shown.params[0], incomplete)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXAMPLES,
)
@click.version_option(__version__, prog_name="presenter")
def cli() -> None:
    """Present slide decks written in YAML from a terminal, beside your notes and the clock.

    `presenter DECK` is short for `presenter present DECK`; without a deck the bundled talk is shown.
    """


class WindowOptions(TypedDict):
    """The options of every command that opens the window."""

    variant: str | None
    start: str | None
    theme: str | None
    images: str | None
    venue: str | None
    follow_edits: bool
    no_reload: bool
    no_log: bool
    resume: bool
    bell: bool
    fresh: bool
    config: Path | None
    allow_outside: bool


_Command = TypeVar("_Command", bound="Callable[..., None]")
_WINDOW: Final = (
    click.argument("deck", type=DECK_TYPE, required=False),
    variant_option,
    click.option("--start", type=SLIDE_TYPE, metavar="ID_OR_NUMBER", help="Begin at this slide."),
    click.option(
        "--theme", type=THEME_TYPE, metavar="NAME", help="Colours instead of the deck's own; see `presenter themes`."
    ),
    click.option(
        "--images",
        type=MODE_TYPE,
        metavar="MODE",
        help="Draw pictures so: auto half quad blocks sextant octant kitty off.",
    ),
    click.option(
        "--venue",
        type=SIMULATE_TYPE,
        metavar="COLUMNSxROWS",
        help="As in a terminal of this size: 80x24, with colours 80x24/256, /16 or /mono.",
    ),
    click.option("--follow-edits", is_flag=True, help="Go to the slide that a saved change has changed."),
    click.option("--no-reload", is_flag=True, help="Do not follow changes of the deck's files."),
    click.option("--no-log", is_flag=True, help="Record nothing; see `presenter runs`."),
    click.option("--resume", is_flag=True, help="Go on where the last talk with this deck broke off."),
    click.option("--fresh", is_flag=True, help="Do not offer to go on with a talk that broke off."),
    click.option("--bell", is_flag=True, help="Ring at alerts, such as 5 min left, while the speaker view is shown."),
    click.option("--config", type=YAML_TYPE, metavar="FILE", help="Your own keys; see `presenter keys --help`."),
    click.option("--allow-outside", is_flag=True, help="Let the deck show files outside its folder."),
)


def _window(command: _Command) -> _Command:
    """Give a command the options of those that open the window."""
    for option in reversed(_WINDOW):
        command = option(command)
    return command


_EXAMPLES_PRESENT: Final = """\b
Examples:
  presenter talk.yaml                      the slides, in this terminal
  presenter talk.yaml --start knee         from that slide on
  presenter talk.yaml --variant lightning  a shorter talk of the same deck
  presenter talk.yaml --venue 80x24/16     as it will look in a room
"""


@cli.command(short_help="Present a deck, or the bundled talk.", epilog=_EXAMPLES_PRESENT)
@_window
@click.option("--speaker", "--speaker-here", "speaker", is_flag=True, help="Begin in the speaker view, in this window.")
@click.option("--new", is_flag=True, help="A talk of its own, when another window shows this deck already.")
def present(deck: Path | None, speaker: bool, new: bool, **options: Unpack[WindowOptions]) -> None:
    """Present a deck: a YAML file, or a folder with a deck.yaml; without one, the bundled talk.

    Press ? for all keys, s for the speaker view, q to quit (twice once the timer runs: your first move starts it).
    `presenter speaker` in another terminal shows the speaker view there.
    """
    _show(deck, options, speaker=speaker, new=new)


_EXAMPLES_REHEARSE: Final = """\b
Examples:
  presenter rehearse talk.yaml
  presenter rehearse talk.yaml --start knee --no-log  a part, not recorded
  presenter rehearse talk.yaml --auto                 against the clock
"""


@cli.command(short_help="Rehearse a deck, and see where the time went.", epilog=_EXAMPLES_REHEARSE)
@_window
@click.option("--auto", is_flag=True, help="The slides go on by themselves, as Ignite and PechaKucha have it.")
def rehearse(deck: Path | None, auto: bool, **options: Unpack[WindowOptions]) -> None:
    """Rehearse a deck in the speaker view; at the end it says where the time went.

    Several rehearsals make `presenter runs DECK --compare` and `presenter times DECK` useful.
    """
    _show(deck, options, speaker=True, rehearse=True, auto=auto)


def _show(  # noqa: PLR0913 - what the commands decide
    deck: Path | None,
    options: WindowOptions,
    *,
    speaker: bool,
    rehearse: bool = False,
    auto: bool = False,
    new: bool = False,
) -> NoReturn:
    """Open the window, and end with its exit code."""
    _check(options)
    need_terminal()
    from presenter.session.state import State  # noqa: PLC0415 - not for every command

    path, outside, variant = deck or bundled_talk(), options["allow_outside"], options["variant"]
    talk = open_deck(path, allow_outside=outside, names=cli.commands, variant=variant)
    talk = _as_rehearsed(talk, rehearse=rehearse)
    own = rehearse or new or _shown_already(talk, options)
    bindings = load_bindings(options["config"])
    state = _placed(talk, options["start"], State(view="speaker" if speaker else "audience"))

    def load() -> Deck:
        from presenter.deck.load import load_deck  # noqa: PLC0415 - loaded already

        return _as_rehearsed(load_deck(path, allow_outside=outside, variant=variant or ""), rehearse=rehearse)

    from presenter.ui import SessionHost, run_talk  # noqa: PLC0415 - Textual loads only where a window is needed

    sys.exit(
        run_talk(
            talk,
            load=load,
            state=state,
            theme=theme_of(options["theme"]),
            bindings=bindings,
            follow=not options["no_reload"],
            options=_habits(options, rehearse=rehearse, auto=auto),
            images=options["images"],
            peers=SessionHost(own=own),
        )
    )


def _shown_already(deck: Deck, options: WindowOptions) -> bool:
    """Ask what to do when another window shows this talk: join it, which ends here, or begin one beside it."""
    from presenter.cli.speaker import ask_about_running_talk, join, running_talk  # noqa: PLC0415 - it imports this module

    found = running_talk(deck.path)
    if found is None:
        return False
    if ask_about_running_talk(found) == "join":
        join(
            found,
            theme=options["theme"],
            images=options["images"],
            bell=options["bell"],
            follow=not options["no_reload"],
            config=options["config"],
            allow_outside=options["allow_outside"],
        )
    return True


def _check(options: WindowOptions) -> None:
    """Refuse options that make no sense."""
    check_mode(options["images"])
    if options["resume"] and options["fresh"]:
        fail_with("--resume goes on with the last talk and --fresh does not: write one of them")


def _habits(options: WindowOptions, *, rehearse: bool, auto: bool) -> RunOptions:
    from presenter.ui import RunOptions, SimulatedTerminal  # noqa: PLC0415 - as above

    try:
        venue = SimulatedTerminal.parse(options["venue"]) if options["venue"] is not None else None
    except ValueError as error:
        fail_with(f"--venue: {error}")
    return RunOptions(
        rehearse,
        auto,
        log=not options["no_log"] and (rehearse or venue is None),  # to look at a venue is no talk
        resume=options["resume"],
        fresh=options["fresh"],
        bell=options["bell"],
        venue=venue,
        follow_edits=options["follow_edits"],
    )


def _as_rehearsed(deck: Deck, *, rehearse: bool) -> Deck:
    """Return the deck without the times of the day that only the talk itself has: nobody rehearses at five to three."""
    if not rehearse:
        return deck
    from dataclasses import replace  # noqa: PLC0415 - as in `_placed`

    return replace(
        deck,
        stop="" if deck.duration else deck.stop,
        start="first-move" if ":" in deck.start else deck.start,
    )


def _placed(deck: Deck, start: str | None, state: State) -> State:
    """Put the talk at the slide that `--start` names, by id or by number."""
    if start is None:
        return state
    from dataclasses import replace  # noqa: PLC0415 - only with --start

    from presenter.session.state import Position  # noqa: PLC0415 - as above

    return replace(state, at=Position(slide_number(deck, start, "--start")))


@cli.command(short_help="Show all keys.")
@click.option("--config", type=YAML_TYPE, metavar="FILE", help="Your own keys, instead of those in the usual place.")
@click.option("--markdown", is_flag=True, help="As a Markdown table.")
def keys(config: Path | None, markdown: bool) -> None:
    """Show all keys.

    Other keys go into config.yaml in your configuration folder, for example

    keys: {next: [PageDown, Right, Space], black: [b, "."]}
    """
    from presenter.session.bindings import key_table, markdown_table  # noqa: PLC0415 - not for every command

    if markdown:
        click.echo(markdown_table())
        return
    rows = key_table(load_bindings(config))
    wide = max(len(words) for *_, words in rows)
    heading = ""
    for group, name, shown, words in rows:
        if group != heading:
            click.echo(("\n" if heading else "") + click.style(group, bold=True))
            heading = group
        click.echo(f"  {words:<{wide}}  {click.style(f'{name:<14}', dim=True)}  {shown}")


@cli.command(short_help="Show the layouts of slides, and their keys.")
@click.argument("name", type=LAYOUT_TYPE, required=False)
def layouts(name: str | None) -> None:
    """Show the layouts of slides, or the one of that NAME, and the keys that each one has."""
    from presenter.layouts import LAYOUTS, Layout  # noqa: PLC0415 - not for every command

    if name is not None and name not in LAYOUTS:
        fail_with(f'there is no layout "{name}"{suggestion(name, LAYOUTS)}; there are {", ".join(LAYOUTS)}')
    common = list(Layout.__struct_fields__)
    for layout in [LAYOUTS[name]] if name else LAYOUTS.values():
        own = [key for key in layout.__struct_encode_fields__ if key not in common]
        click.echo(f"{click.style(f'{layout.name:<10}', bold=True)} {(layout.__doc__ or '').splitlines()[0]}")
        if own:
            click.echo(f"{'':<10} keys: {' '.join(own)}")
    click.echo(f"\nEvery slide: {' '.join(['layout', *common])}")


@cli.command(short_help="Show the built-in themes with their colours.")
def themes() -> None:
    """Show the built-in themes with their colours."""
    from presenter.themes import THEMES  # noqa: PLC0415 - not for every command

    for theme in THEMES.values():
        swatches = ""
        if use_color():
            colours = (theme.text, theme.muted, theme.title, theme.accent, theme.second, theme.link)
            swatches = "".join(click.style(" Aa", fg=_rgb(colour), bg=_rgb(theme.background)) for colour in colours)
            swatches += click.style(" ", bg=_rgb(theme.background)) + "  "
        click.echo(f"{theme.name:<16} {swatches}{theme.about}")


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
