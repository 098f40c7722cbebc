"""The commands that help while a deck is written: what is wrong with it, and the schema for editors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict, Unpack

import click

from presenter.cli.main import cli
from presenter.cli.options import FINE, FOUND, fail_with, stream_width, use_color, variant_option
from presenter.cli.types import DECK_TYPE, PATH_TYPE, SIZES_TYPE, THEMES_TYPE
from presenter.safety import clean_line

if TYPE_CHECKING:
    from presenter.check.runner import CheckRequest
    from presenter.deck.model import Deck
    from presenter.themes import Theme


class _Options(TypedDict):
    """The options of `check`."""

    sizes: tuple[str, ...]
    themes: tuple[str, ...]
    strict: bool
    every: bool
    json: bool
    github: bool
    watch: bool
    rules: bool
    markdown: bool
    variant: str | None
    allow_outside: bool


_EXAMPLES_CHECK: Final = """\b
Examples:
  presenter check talk.yaml
  presenter check talk.yaml --size 80x24 120x36    on screens of these sizes
  presenter check talk.yaml --watch                again after every save
  presenter check --strict --github *.yaml         for GitHub Actions
"""


@cli.command(short_help="Say everything that is wrong with decks.", epilog=_EXAMPLES_CHECK)
@click.argument("decks", type=DECK_TYPE, nargs=-1, metavar="DECK...")
@variant_option
@click.option(
    "--size",
    "sizes",
    type=SIZES_TYPE,
    metavar="COLUMNSxROWS",
    multiple=True,
    help="Slides have to fit on a screen so large; may be given several times. The deck's own `sizes:` count, too.  "
    "[default: 80x24]",
)
@click.option(
    "--theme",
    "themes",
    type=THEMES_TYPE,
    metavar="NAME",
    multiple=True,
    help="Check in these colours instead of the deck's own; `all` for every built-in theme.",
)
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option("--all", "every", is_flag=True, help="Also the rules that are left out usually.")
@click.option("--json", is_flag=True, help="For programs.")
@click.option("--github", is_flag=True, help="As annotations of GitHub Actions.")
@click.option("--watch", is_flag=True, help="Again whenever a file of the decks is saved, until Ctrl+C.")
@click.option("--rules", is_flag=True, help="List the rules, and do nothing else.")
@click.option("--markdown", is_flag=True, hidden=True, help="The rules as a Markdown table.")
@click.option("--allow-outside", is_flag=True, help="Let decks show files outside their folder.")
@click.pass_context
def check(context: click.Context, decks: tuple[Path, ...], **options: Unpack[_Options]) -> None:
    """Say everything that is wrong with decks: path, line, column and the fix.

    The times of all variants are looked at, too; with --variant, only the slides of that one.

    A deck silences a rule with  lint: {ignore: [L003]}  at its top, or in one of its slides.

    Exit status: 0 when all is well or there are only warnings, 1 when there are errors, 2 for wrong usage.
    """
    from presenter.check import rules, runner  # noqa: PLC0415 - not for every command

    if options["rules"]:
        click.echo(rules.rules_markdown() if options["markdown"] else rules.rules_text(), nl=False)
        sys.exit(FINE)
    decks, more = _told_apart(decks, given=bool(options["sizes"]))
    if not decks:
        raise click.UsageError("Missing argument 'DECK...'.", context)
    if options["json"] and options["github"]:
        fail_with("only one of --json and --github at a time")
    wishes = _wishes(options, more)
    if options["watch"]:
        sys.exit(runner.watch_decks(decks, echo=click.echo, wishes=wishes, complain=_complain, fresh=_fresh))
    sys.exit(runner.run_check(decks, echo=click.echo, wishes=wishes, complain=_complain))


def _wishes(options: _Options, more: Iterable[str]) -> CheckRequest:
    """Return what is wanted of a check; `more` are sizes beside those of `--size`."""
    from presenter.check.engine import DEFAULT_SIZES, CheckOptions  # noqa: PLC0415 - as above
    from presenter.check.runner import CheckRequest  # noqa: PLC0415 - as above

    manner = CheckOptions(
        sizes=_sizes((*options["sizes"], *more)) or DEFAULT_SIZES,
        themes=_themes(options["themes"]),
        every_rule=options["every"],
        strict=options["strict"],
        variant=options["variant"] or "",
        recorded=_recorded,
    )
    shows = sys.stderr.isatty() and os.environ.get("TERM", "dumb") not in {"", "dumb"}
    return CheckRequest(
        manner,
        "json" if options["json"] else "github" if options["github"] else "text",
        colour=use_color(),
        width=stream_width(sys.stdout),
        allow_outside=options["allow_outside"],
        progress=sys.stderr if shows else None,
    )


def _complain(text: str) -> None:
    click.echo(text, err=True)


def _fresh() -> None:
    """Clear a terminal: home, then all below, then what has scrolled away stays."""
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in {"", "dumb"}:
        click.echo("\x1b[H\x1b[2J", nl=False)


def _told_apart(decks: tuple[Path, ...], *, given: bool) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Tell decks from sizes: `--size 80x24 120x36` is what many will write."""
    import re  # noqa: PLC0415 - for this only

    sizes = [path for path in decks if given and re.fullmatch(r"\d+x\d+", str(path)) and not path.exists()]
    return tuple(path for path in decks if path not in sizes), tuple(map(str, sizes))


def _sizes(texts: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Read `--size`, which may hold several with commas between them."""
    from presenter.deck.schema import TerminalSize  # noqa: PLC0415 - not for every command

    found = []
    for text in texts:
        for word in text.replace(",", " ").split():
            try:
                found.append(TerminalSize.read(word).cells)
            except ValueError as error:
                fail_with(f"--size {word}: {error}")
    return tuple(found)


def _themes(names: Iterable[str]) -> tuple[Theme, ...]:
    from presenter.themes import THEMES, ThemeError, find_theme  # noqa: PLC0415 - not for every command

    found: list[Theme] = []
    for name in names:
        try:
            found += THEMES.values() if name == "all" else [find_theme(name)]
        except ThemeError as error:
            fail_with(f"--theme: {error.words}")
    return tuple(dict.fromkeys(found))


def _recorded(deck: Deck) -> bool:
    """Say whether runs of a deck are recorded on this machine."""
    from presenter.history.state_files import StateFolderError, deck_key, run_files, state_root  # noqa: PLC0415 - as above

    try:
        return bool(run_files(state_root(), deck_key(deck)))
    except StateFolderError:
        return False


@cli.command(short_help="Print the JSON Schema of decks, for editors.")
@click.option("-o", "--output", type=PATH_TYPE, metavar="FILE", help="Write it there instead of to the terminal.")
@click.option("--force", is_flag=True, help="Write over a file that stands there, unless it is a deck.")
def schema(output: Path | None, force: bool) -> None:
    """Print the JSON Schema of decks, for completion and checking in editors.

    Editors with yaml-language-server use it for every deck that begins with the line

    # yaml-language-server: $schema=deck.schema.json
    """
    from presenter.outline.new_file import SaveError, save_output  # noqa: PLC0415 - not for every command
    from presenter.schema.json_schema import EDITOR_MODELINE, schema_text  # noqa: PLC0415 - not for every command

    if output is None or str(output) == "-":
        click.echo(schema_text(), nl=False)
        sys.exit(FINE)
    try:
        save_output(output, schema_text(), force=force)
    except SaveError as error:
        fail_with(str(error), FOUND)
    line = EDITOR_MODELINE.rpartition("=")[0] + f"={clean_line(output.name)}"
    click.echo(f"written: {clean_line(str(output))}; decks beside it begin with  {line}")
