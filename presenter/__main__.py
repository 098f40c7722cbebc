"""`python -m presenter` and the command `presenter`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from presenter.cli import cli  # noqa: PLC0415 - a broken install still gets a readable error from Python

    cli(prog_name="presenter")


if __name__ == "__main__":
    main()
