"""`python -m presenter` and the command `presenter`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, guarded; a failure of the program is one line and a log."""
    from presenter.guardian import guard  # noqa: PLC0415 - a broken install still gets a readable error from Python

    guard()
    from presenter.cli import cli  # noqa: PLC0415 - the guardian stays small: it has nothing of this

    # What an encoding cannot say becomes a question mark, and no reason to end.
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors=errors)
    try:
        cli(prog_name="presenter")
    except Exception as error:  # noqa: BLE001 - whatever it is, a traceback helps nobody on stage
        from presenter.crash import crashed  # noqa: PLC0415 - only when something went wrong

        sys.stderr.write(crashed(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
