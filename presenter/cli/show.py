"""`presenter show`: slides, outlines and values as text, without a window."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from presenter.cli.main import cli
from presenter.cli.options import (
    bundled_talk,
    check_mode,
    fail_with,
    open_loaded,
    slide_number,
    theme_of,
    use_color,
    variant_option,
)
from presenter.cli.types import DECK_TYPE, MODE_TYPE, SIZE_TYPE, SLIDE_TYPE, THEME_TYPE

if TYPE_CHECKING:
    from presenter.deck.model import Deck, Slide
    from presenter.outline.printed import ColorMode
    from presenter.render.stage import Stage

_EXAMPLES = """\b
Examples:
  presenter show talk.yaml --slide knee              one slide, as it is here
  presenter show talk.yaml --size 80x24 --colors 16  as it looks elsewhere
  presenter show talk.yaml --colors 256 | less -RS   all slides, page by page
  presenter show talk.yaml --outline                 for a screen reader
  presenter show talk.yaml --slide 3 --resolved      where values come from
"""


@dataclass(frozen=True)
class ShowRequest:
    """What the command line asks for."""

    slide: str | None = None
    step: int | None = None
    size: tuple[int, int] | None = None
    colors: str | None = None
    light: bool = False
    theme: str | None = None
    images: str | None = None
    outline: bool = False
    with_notes: bool = False
    resolved: bool = False


@cli.command(short_help="Print slides, their words or their values.", epilog=_EXAMPLES)
@click.argument("deck", type=DECK_TYPE, required=False)
@variant_option
@click.option("--slide", type=SLIDE_TYPE, metavar="ID_OR_NUMBER", help="This slide only.")
@click.option("--step", type=click.IntRange(1), metavar="N", help="This step instead of the last one.")
@click.option("--size", type=SIZE_TYPE, help="Columns and rows; those of the terminal, or 80x24.")
@click.option(
    "--colors",
    type=click.Choice(["truecolor", "256", "16", "none"]),
    help="The terminal's; none, which is plain text, where there is no terminal.",
)
@click.option("--light", is_flag=True, help="The theme `light`.")
@click.option(
    "--theme", type=THEME_TYPE, metavar="NAME", help="Colours instead of the deck's own; see `presenter themes`."
)
@click.option(
    "--images", type=MODE_TYPE, metavar="MODE", help="Draw pictures so: auto half quad blocks sextant octant off."
)
@click.option("--outline", is_flag=True, help="The words of the slides, pictures by their alt text.")
@click.option("--with-notes", is_flag=True, help="The speaker's notes too, in the outline.")
@click.option("--resolved", is_flag=True, help="All values, and what says so: slide, defaults, plan.")
@click.option("--allow-outside", is_flag=True, help="Let the deck show files outside its folder.")
def show(deck: Path | None, variant: str | None, allow_outside: bool, **wishes: Any) -> None:  # noqa: ANN401 - `Wishes`
    """Print slides: all of them, or one; as they look here, or at a venue; as words; or as a table of values."""
    wished = ShowRequest(**wishes)
    _check(wished)
    loaded = open_loaded(deck or bundled_talk(), allow_outside=allow_outside, names=cli.commands, variant=variant)
    talk = cast("Deck", loaded.deck)
    slides = talk.slides if wished.slide is None else (talk.slides[slide_number(talk, wished.slide, "--slide")],)
    if wished.outline:
        from presenter.outline.text import join_paragraphs, outline  # noqa: PLC0415 - not for every command

        click.echo(join_paragraphs(outline(talk, slides, notes=wished.with_notes)), nl=False)
    elif wished.resolved:
        from presenter.outline.values import resolved_values  # noqa: PLC0415 - as above

        click.echo(resolved_values(loaded, slides), nl=False)
    else:
        _print(talk, slides, wished)


def _check(wished: ShowRequest) -> None:
    """Refuse wishes that do not go together."""
    if wished.outline and wished.resolved:
        fail_with("--outline and --resolved are two ways to tell a deck; take one")
    if wished.with_notes and not wished.outline:
        fail_with("--with-notes goes with --outline: notes are never on a slide")
    if wished.light and wished.theme:
        fail_with("--light is the theme `light`; take either --light or --theme")
    check_mode(wished.images)


def _print(talk: Deck, slides: Sequence[Slide], wished: ShowRequest) -> None:
    from presenter.bidi import reorders  # noqa: PLC0415 - as above
    from presenter.outline.printed import print_ruler, print_slide  # noqa: PLC0415 - as above

    colours = cast("ColorMode", wished.colors or _colours())
    stage = _stage(talk, wished, colours)
    alone = wished.slide is not None
    if alone and wished.step and wished.step > slides[0].steps:
        has = "one step" if slides[0].steps == 1 else f"{slides[0].steps} steps"
        fail_with(f'--step: slide {slides[0].label} "{slides[0].id}" has {has}')
    # Texts of a terminal are written as they are, also where click takes the output for a file.
    write: Callable[[str], object] = sys.stdout.write
    for slide in slides:
        here = replace(stage, step=slide.steps - 1 if wished.step is None else min(wished.step, slide.steps) - 1)
        if not alone:
            head = print_ruler(slide, talk.count, here)
            write(f"\x1b[2m{head}\x1b[0m\n" if colours != "none" else f"{head}\n")
        write(print_slide(slide, here, colours, order=sys.stdout.isatty(), undo=reorders(os.environ)))
        sys.stdout.flush()


def _colours() -> str:
    """Return the colours that are written to where the output goes."""
    if not use_color():
        return "none"
    from rich.console import Console  # noqa: PLC0415 - as above

    system = Console(force_terminal=True, legacy_windows=False).color_system or "standard"
    return "16" if system == "standard" else system


def _stage(talk: Deck, wished: ShowRequest, colours: ColorMode) -> Stage:
    """Return where slides are drawn."""
    from presenter.outline.printed import DEPTHS  # noqa: PLC0415 - as above
    from presenter.render.stage import Stage  # noqa: PLC0415 - as above
    from presenter.themes import ansi16  # noqa: PLC0415 - as above

    width, height = wished.size or _size()
    if sys.stdout.isatty() and width > (columns := os.get_terminal_size(1).columns):
        fail_with(
            f"--size: {width} columns do not fit into this terminal, which has {columns}; `| less -RS` shows them"
        )
    theme = theme_of("light" if wished.light else wished.theme) or talk.theme
    images, glyphs = _images(talk, wished, colours)
    return Stage(
        width,
        height,
        theme=ansi16(theme) if colours == "16" else theme,
        images=images,
        forced=wished.images is not None or colours == "none",
        glyphs=glyphs,
        depth=DEPTHS[colours],
        big_letters=colours != "none",
        still=True,
    )


def _size() -> tuple[int, int]:
    """Return the size of the terminal, with room for the line above and the prompt below; without one the usual."""
    if not sys.stdout.isatty():
        return 80, 24
    columns, rows = os.get_terminal_size(1)
    return max(1, columns), max(1, rows - 2)


def _images(talk: Deck, wished: ShowRequest, colours: ColorMode) -> tuple[str, str]:
    """Return how pictures are drawn, and what letters are drawn with."""
    if colours == "none":
        if wished.images not in {None, "auto", "off"}:
            fail_with("--images: without colours pictures are their alt text; add --colors, such as --colors truecolor")
        return "off", "blocks"
    from presenter.terminal.probe import TerminalAnswers, choose_image_mode  # noqa: PLC0415 - as above

    # The terminal is not asked what it can show: a late answer would stand on the next command line.
    best = choose_image_mode(TerminalAnswers(), os.environ if sys.stdout.isatty() else {"TERM": "xterm"}, pixels=False)
    mode = talk.images if wished.images is None else wished.images
    if wished.images == "kitty":
        click.echo(f"presenter: pixels are for the window; pictures are printed in {best}", err=True)
    return best if mode in {"auto", "kitty"} else mode, best
