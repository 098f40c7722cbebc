"""`python -m presenter` and the command `presenter`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import MutableMapping
from typing import TextIO


def _limit_colours(environ: MutableMapping[str, str]) -> None:
    """Take no true colours from GNU screen, whatever the terminal around it has: it makes noise of them."""
    screen = "STY" in environ or environ.get("TERM", "").startswith("screen")
    if screen and "TMUX" not in environ:
        environ.pop("COLORTERM", None)
        if environ.get("TERM") == "screen":
            environ["TERM"] = "screen-256color"


def _write_ascii(stream: TextIO) -> None:
    from presenter.ascii_fallback import register  # noqa: PLC0415 - for few locales

    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=register())


def main() -> None:
    """Run the command line, guarded; a failure of the program is one line and a log."""
    from presenter.guardian import guard  # noqa: PLC0415 - a broken install still gets a readable error from Python

    guard()
    from presenter.cli import cli  # noqa: PLC0415 - the guardian stays small: it has nothing of this

    _limit_colours(os.environ)
    # What an encoding lacks is written in ASCII, and no reason to end.
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and "utf" not in (stream.encoding or "").lower():
            _write_ascii(stream)
    try:
        cli(prog_name="presenter")
    except Exception as error:  # noqa: BLE001 - whatever it is, a traceback helps nobody on stage
        from presenter.crash import crashed  # noqa: PLC0415 - only when something went wrong

        sys.stderr.write(crashed(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
