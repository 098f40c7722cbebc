"""The commands for those who write decks: a new one, slides printed, completion."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Literal

import click

from presenter.cli.main import cli
from presenter.cli.options import FOUND, fail_with
from presenter.cli.types import ENDINGS, PATH_TYPE, THEME_TYPE
from presenter.safety import clean_line, reason

_EXAMPLES_NEW = """\b
Examples:
  presenter new talk.yaml
  presenter new my-talk --title "Why the cache misses" --duration 30m
  presenter new talk.yaml --sections "Question, Answer" --slides 15
"""


@cli.command(short_help="Write a new deck that teaches the format.", epilog=_EXAMPLES_NEW)
@click.argument("path", type=PATH_TYPE)
@click.option(
    "--sections", multiple=True, metavar="TITLES", help="Sections, with commas between them or one each time."
)
@click.option("--duration", default="20m", show_default=True, help="Of the talk: 90s, 20m, 1h30m, 1:30.")
@click.option("--slides", type=int, default=12, show_default=True, help="How many slides.")
@click.option("--title", help="Of the talk; what the file is called when left out.")
@click.option(
    "--theme", type=THEME_TYPE, metavar="NAME", default="dark", show_default=True, help="See `presenter themes`."
)
def new(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path, sections: tuple[str, ...], duration: str, slides: int, title: str | None, theme: str
) -> None:
    """Write a new deck that teaches the format: PATH is its file, or a folder for it and its pictures.

    What is there is never overwritten. Exit status: 0, 1 when the file cannot be written, 2 for wrong usage.
    """
    from presenter.outline.new_deck import NewDeckError, new_deck_text  # noqa: PLC0415 - as above
    from presenter.outline.new_file import save_new  # noqa: PLC0415 - not for every command
    from presenter.themes import ThemeError, find_theme  # noqa: PLC0415 - as above

    file = _deck_file(path)
    try:
        text = new_deck_text(
            title=_title(file) if title is None else title,
            sections=_titles(sections),
            duration=_seconds(duration),
            slides=slides,
            theme=find_theme(theme).name,
            file=file.name,
            schema=_schema(file.parent),
        )
        save_new(file, text)
    except ThemeError as error:
        fail_with(f"--theme: {error.words}")
    except NewDeckError as error:
        fail_with(str(error))
    except FileExistsError:
        fail_with(f"{file} is there already; nothing was changed. Take another name", FOUND)
    except OSError as error:
        fail_with(f"{file} cannot be written: {reason(error)}", FOUND)
    name = clean_line(shlex.quote(str(file)))
    click.echo(f"{clean_line(str(file))} is there. Now try:")
    for command, why in (
        (f"presenter {name}", "shows it"),
        (f"presenter check {name}", "says what is wrong with it"),
        (f"presenter rehearse {name}", "times you while you speak"),
    ):
        click.echo(f"  {command:<{len(name) + 20}}  {why}")


def _deck_file(path: Path) -> Path:
    """Return the file of a new deck: the one that is named, or the `deck.yaml` of a folder."""
    if path.is_dir() or not path.suffix:
        return path / "deck.yaml"
    if path.suffix.lower() not in ENDINGS:
        fail_with(f"{path}: a deck's name ends in .yaml; a name without an ending makes a folder with a deck.yaml")
    return path


def _schema(folder: Path) -> Literal["none", "offered", "there"]:
    if (folder / "deck.schema.json").is_file():
        return "there"
    return "offered" if "schema" in cli.commands else "none"


def _title(file: Path) -> str:
    """Return a title out of the name of a file, or of its folder."""
    name = file.resolve().parent.name if file.stem == "deck" else file.stem
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or "A new talk"


def _titles(given: tuple[str, ...]) -> list[str]:
    """Return titles that commas divide; one with a comma in it stands in double quotes."""
    import csv  # noqa: PLC0415 - for this only

    rows = csv.reader(given, skipinitialspace=True)
    return [title.strip() for row in rows for title in row]


def _seconds(text: str) -> int:
    from presenter.layouts.fields import Seconds  # noqa: PLC0415 - as above

    try:
        return Seconds.of(text)
    except ValueError as error:
        fail_with(f"--duration: {error}")
