"""`python -m presenter` and the command `presenter`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import MutableMapping
from typing import Final, TextIO

_INTERRUPTED: Final = 130


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
    try:
        code = _run()
    except KeyboardInterrupt:  # before there is a window that asks twice
        code = _INTERRUPTED
    from presenter.streams import finish  # noqa: PLC0415 - loaded already

    sys.exit(finish(code))


def _run() -> int:
    """Return the exit code."""
    from presenter.streams import fill  # noqa: PLC0415 - a broken install still gets a readable error from Python

    fill()
    from presenter.terminal.guard import guard  # noqa: PLC0415 - as above

    guard()
    from click import Abort, ClickException  # noqa: PLC0415 - as above

    from presenter.cli import cli  # noqa: PLC0415 - the guardian stays small: it has nothing of this

    _limit_colours(os.environ)
    # What an encoding lacks is written in ASCII, and no reason to end.
    for stream in (sys.stdout, sys.stderr):
        if "utf" not in (stream.encoding or "").lower():
            _write_ascii(stream)
    try:
        return int(cli(prog_name="presenter", standalone_mode=False) or 0)
    except ClickException as error:
        error.show()
        return error.exit_code
    except Abort:
        sys.stderr.write("presenter: interrupted\n")
        return _INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception as error:  # noqa: BLE001 - whatever it is, a traceback helps nobody on stage
        return _failed(error)


def _failed(error: Exception) -> int:
    """Say what went wrong; return the exit code."""
    from presenter.streams import is_of_output, quiet, told  # noqa: PLC0415 - only when something went wrong

    if isinstance(error, OSError) and is_of_output(error):
        quiet(sys.stdout)
        return told(error)
    from presenter.crash import crashed  # noqa: PLC0415 - as above

    sys.stderr.write(crashed(error))
    return 1


if __name__ == "__main__":
    main()
