"""The commands about time: the plan of a talk, its recorded runs, and times put back into the deck."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, cast

import click

from presenter.cli.main import cli
from presenter.cli.options import FINE, FOUND, bundled_talk, fail_with, open_deck, variant_option
from presenter.cli.types import DECK_TYPE, PATH_TYPE, RUN_TYPE, RUNS_TYPE, SLIDES_TYPE
from presenter.safety import clean_line

if TYPE_CHECKING:
    from presenter.deck.model import Deck
    from presenter.history.answers import Answer, AnswerFormat, PlanForm

_OUTSIDE = click.option("--allow-outside", is_flag=True, help="Let the deck name files outside its folder.")
_DECK = click.argument("deck", type=DECK_TYPE, required=False)


@cli.command(short_help="Show how the time of a talk is planned.")
@_DECK
@variant_option
@click.option("--at", metavar="HH:MM", default="", help="When it starts: shows when every slide begins.")
@click.option("--json", is_flag=True, help="For programs.")
@click.option("--csv", is_flag=True, help="For spreadsheets.")
@click.option("--ics", is_flag=True, help="For calendars: an event for each section; needs a start.")
@click.option("--wpm", type=click.IntRange(40, 400), metavar="WORDS", help="Words a minute, instead of the deck's.")
@_OUTSIDE
def plan(  # noqa: PLR0913, PLR0917 - one parameter an option
    deck: Path | None,
    variant: str | None,
    at: str,
    json: bool,
    csv: bool,
    ics: bool,
    wpm: int | None,
    allow_outside: bool,
) -> None:
    """Show how the time of a talk is planned: every slide, where its time comes from, what its notes take to say."""
    if json + csv + ics > 1:
        fail_with("only one of --json, --csv and --ics at a time")
    from presenter.history.answers import plan_answer  # noqa: PLC0415 - not for every command

    form: PlanForm = "ics" if ics else "csv" if csv else "json" if json else "text"
    _end(plan_answer(_opened(deck, variant, allow_outside=allow_outside), form=form, wpm=wpm, at=at))


_EXAMPLES_RUNS: Final = """\b
Examples:
  presenter runs talk.yaml                   all runs
  presenter runs talk.yaml --report          where the time of the last went
  presenter runs talk.yaml --report 2        and of the second one
  presenter runs talk.yaml --compare         slide by slide
  presenter runs talk.yaml --html runs.html  the same with plots
"""


@cli.command(short_help="Show the recorded runs of a talk.", epilog=_EXAMPLES_RUNS)
@_DECK
@variant_option
@click.option("--compare", is_flag=True, help="Compare them slide by slide: medians, trends, which run over.")
@click.option(
    "--report",
    type=RUN_TYPE,
    metavar="[RUN]",
    is_flag=False,
    flag_value="last",
    help="Where the time of one run went: its number, or the last one.",
)
@click.option("--json", is_flag=True, help="For programs.")
@click.option("--csv", is_flag=True, help="The comparison for spreadsheets.")
@click.option(
    "--html", type=PATH_TYPE, metavar="FILE", help="The comparison as a page with plots; - writes it to the terminal."
)
@click.option("--force", is_flag=True, help="Write the page over a file that stands there, unless it is a deck.")
@click.option("--all-versions", is_flag=True, help="Count the times of slides that were changed since, too.")
@_OUTSIDE
def runs(  # noqa: PLR0913, PLR0917 - one parameter an option
    deck: Path | None,
    variant: str | None,
    compare: bool,
    report: str | None,
    json: bool,
    csv: bool,
    html: Path | None,
    force: bool,
    all_versions: bool,
    allow_outside: bool,
) -> None:
    """Show the recorded runs of a talk, compare them, or say where the time of one went."""
    if sum((json, csv, html is not None)) > 1:
        fail_with("only one of --json, --csv and --html at a time")
    if report is not None and (compare or csv or html is not None):
        fail_with("--report is about one run; it goes with --json only")
    from presenter.history.answers import comparison_answer, report_answer, runs_answer  # noqa: PLC0415 - as above

    talk = _opened(deck, variant, allow_outside=allow_outside)
    if report is not None:
        _end(report_answer(talk, report, json=json))
    if not (compare or csv or html is not None):
        _end(runs_answer(talk, form="json" if json else "text"))
    chosen = {"html": html is not None, "csv": csv, "json": json}
    form = next((name for name, wanted in chosen.items() if wanted), "text")
    answer = comparison_answer(talk, form=cast("AnswerFormat", form), every_version=all_versions)
    if html is None or str(html) == "-" or answer.error:
        _end(answer)
    _save(html, answer.text, force=force)


_EXAMPLES_TIMES: Final = """\b
Examples:
  presenter times talk.yaml                     what would change
  presenter times talk.yaml --write             change it
  presenter times talk.yaml --from last --only knee,end
"""


@cli.command(short_help="Show or write the times rehearsals suggest.", epilog=_EXAMPLES_TIMES)
@_DECK
@variant_option
@click.option("--write", is_flag=True, help="Write them into the deck's files; nothing else in these changes.")
@click.option(
    "--from",
    "source",
    type=RUNS_TYPE,
    metavar="RUNS",
    default="median3",
    show_default=True,
    help="median3, last, or one run: its number or its file.",
)
@click.option(
    "--round",
    "step",
    type=click.IntRange(1, 60),
    metavar="SECONDS",
    default=5,
    show_default=True,
    help="Round times to so many seconds.",
)
@click.option(
    "--only",
    type=SLIDES_TYPE,
    metavar="IDS",
    default="",
    help="Only these slides: their ids, with commas between them.",
)
@click.option("--scale", is_flag=True, help="Shorten them until the slides without a time keep theirs.")
@click.option("--force", is_flag=True, help="Write them even when they leave slides 0:00.")
@_OUTSIDE
def times(  # noqa: PLR0913, PLR0917 - one parameter an option
    deck: Path | None,
    variant: str | None,
    write: bool,
    source: str,
    step: int,
    only: str,
    scale: bool,
    force: bool,
    allow_outside: bool,
) -> None:
    """Show the times that rehearsals suggest and how the deck's files would change; with --write, change them.

    Exit status: 0 when all is well, 1 when a time could not be written or there are no runs yet, 2 for wrong usage.
    """
    from presenter.history.answers import times_answer  # noqa: PLC0415 - as above

    names = tuple(filter(None, (name.strip() for name in only.split(","))))
    talk = _opened(deck, variant, allow_outside=allow_outside)
    _end(
        times_answer(
            talk,
            source=source,
            step=step,
            only=names,
            write_them=write,
            scale=scale,
            force=force,
            allow_outside=allow_outside,
        )
    )


def _opened(deck: Path | None, variant: str | None, *, allow_outside: bool) -> Deck:
    return open_deck(deck or bundled_talk(), allow_outside=allow_outside, names=cli.commands, variant=variant)


def _end(answer: Answer) -> NoReturn:
    """Print what a command has to say, and end."""
    if answer.text:
        click.echo(answer.text, nl=False)
    if answer.error:
        fail_with(answer.error, answer.code)
    sys.exit(answer.code)


def _save(path: Path, text: str, *, force: bool) -> NoReturn:
    """Write a page, and say where it is."""
    from presenter.outline.new_file import SaveError, save_output  # noqa: PLC0415 - not for every command

    try:
        save_output(path, text, force=force)
    except SaveError as error:
        fail_with(str(error), FOUND)
    click.echo(f"written: {clean_line(str(path))}; open it in a browser")
    sys.exit(FINE)
