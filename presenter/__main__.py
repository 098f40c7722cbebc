"""`python -m presenter` and the command `presenter`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    from presenter.cli import cli  # noqa: PLC0415 - a broken install still gets a readable error from Python

    # What an encoding cannot say becomes a question mark, and no reason to end.
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors=errors)
    cli(prog_name="presenter")


if __name__ == "__main__":
    main()
