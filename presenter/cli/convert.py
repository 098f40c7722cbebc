"""The command that makes decks of Markdown files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from presenter.cli.main import cli
from presenter.cli.options import FOUND, fail_with
from presenter.cli.types import MARKDOWN_TYPE, YAML_TYPE
from presenter.safety import clean_line

if TYPE_CHECKING:
    from presenter.convert.dialects import Dialect
    from presenter.convert.pipeline import Converted

_FROM = ("presenterm", "marp", "slidev", "patat", "lookatme", "reveal", "markdown")


_EXAMPLES_CONVERT: Final = """\b
Examples:
  presenter convert talk.md                     writes talk.yaml beside it
  presenter convert slides.md -o deck.yaml --from marp
  presenter convert talk.md | less              looks first
"""


@cli.command(short_help="Make a deck of a talk in Markdown.", epilog=_EXAMPLES_CONVERT)
@click.argument("source", type=MARKDOWN_TYPE, metavar="FILE.md")
@click.option("-o", "--output", type=YAML_TYPE, metavar="DECK.yaml", help="Where the deck goes; - for standard output.")
@click.option("--from", "tool", type=click.Choice(_FROM), help="The tool it was written for, instead of a good guess.")
@click.option("--force", is_flag=True, help="Write over a deck that is there already.")
def convert(source: Path, output: Path | None, tool: str | None, force: bool) -> None:
    """Make a deck of a Markdown file that was written for another tool.

    presenterm, Marp, Slidev, patat, lookatme and reveal-md are understood, and plain Markdown with slides between rules
    or below headings. What a deck has no place for is told here with its line, and stands as a comment in the deck.

    Without -o the deck stands beside the file, with the same name and the ending .yaml; in a pipe it goes to standard
    output, with paths as from beside the file.
    """
    from presenter.convert.markdown_source import SourceError  # noqa: PLC0415 - not for every command
    from presenter.convert.pipeline import convert_file as made_from  # noqa: PLC0415 - as above

    beside = source.with_suffix(".yaml")
    printed = str(output) == "-" if output else not sys.stdout.isatty()
    target = beside if printed or output is None else output
    if not printed and target.is_dir():
        target /= beside.name
    if not printed and target.exists() and source.exists() and target.samefile(source):
        fail_with(f"{target} is the file that would be converted; name another with -o")
    try:
        converted = made_from(source, target, cast("Dialect | None", tool))
    except SourceError as error:
        fail_with(f"{source}: {error}", FOUND)
    for remark in converted.remarks:
        click.echo(clean_line(f"{source}:{remark.line}: {remark.words}"), err=True)
    if printed:
        click.echo(converted.text, nl=False)
    else:
        _save(converted, source, target, force=force)


def _save(converted: Converted, source: Path, target: Path, *, force: bool) -> None:
    """Write the deck, and say what came of it."""
    from presenter.convert.dialects import TOOL_NAMES  # noqa: PLC0415 - loaded already
    from presenter.convert.save import SaveError, save_deck  # noqa: PLC0415 - as above

    try:
        save_deck(converted.text, target, force=force)
    except SaveError as error:
        for problem in error.problems:
            click.echo(clean_line(f"{target}:{problem.line}: {problem.words}"), err=True)
        fail_with(str(error), FOUND)
    slides = f"{converted.slides} slide{'s' * (converted.slides != 1)}"
    count = len(converted.remarks)
    look = f"; {count} thing{'s' * (count != 1)} to look at" if count else ""
    click.echo(clean_line(f"{target}: {slides} from {source} ({TOOL_NAMES[converted.dialect]}){look}"), err=True)
