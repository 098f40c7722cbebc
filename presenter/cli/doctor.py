"""`presenter doctor`: what this terminal can do, before a talk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from presenter.cli.main import cli
from presenter.cli.options import FINE, FOUND, load_bindings
from presenter.cli.types import YAML_TYPE


@cli.command(short_help="Say what this terminal and its keys can do.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, without samples and keys.")
@click.option("--no-keys", is_flag=True, help="Do not wait for keys.")
@click.option("--config", type=YAML_TYPE, metavar="FILE", help="Your own keys; see `presenter keys --help`.")
def doctor(as_json: bool, no_keys: bool, config: Path | None) -> None:
    """Say what this terminal can do: size, colours, pictures, characters, and what each key or clicker button does.

    Run it in the terminal and at the size that you will present with. On a terminal it waits for keys: press them, or
    the buttons of your clicker, and read what they do; q twice ends.

    Exit status: 0 when all is well, 1 when something would disturb a talk, 2 for wrong usage.
    """
    from presenter.ui.doctor import doctor_lines, doctor_samples, examine, is_live, strip_colors  # noqa: PLC0415 - not for every command

    bindings, live = load_bindings(config), is_live()
    found = examine(os.environ, live=live)
    code = FOUND if found.problems else FINE
    if as_json:
        import json  # noqa: PLC0415 - as above

        click.echo(json.dumps(found.told(), ensure_ascii=False, indent=2))
        sys.exit(code)
    plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
    rows = [*doctor_lines(found), *doctor_samples(str(found.terminal["colours"]))]
    for row in strip_colors(rows, plain=plain):
        click.echo(row)
    click.echo("All is well." if not found.problems else "What would disturb a talk:")
    for problem in found.problems:
        click.echo(f"  {problem}")
    if live and not no_keys and os.environ.get("TERM", "dumb") not in {"", "dumb"} and sys.platform != "win32":
        from presenter.ui.key_test import key_test  # noqa: PLC0415 - Textual, for the names of the keys

        key_test(bindings, click.echo)
    sys.exit(code)
