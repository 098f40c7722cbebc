"""The command `presenter check`: several decks, progress while it takes time, and again whenever they are saved."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TextIO, TypeAlias

from presenter.check.context import CheckReport
from presenter.check.engine import CheckOptions, check_deck
from presenter.check.output import check_json, github_annotations, report_lines, shown_path
from presenter.deck.files import DECK_NAME
from presenter.safety import clean_line

OutputFormat: TypeAlias = Literal["text", "json", "github"]
_Stamps: TypeAlias = dict[Path, tuple[int, int, int]]
"""When each file was changed, its size and its inode."""
Echo: TypeAlias = Callable[[str], object]

FINE, FOUND, USAGE = 0, 1, 2
_DEBOUNCE: Final = 150
"""Milliseconds of peace that end a change: editors write in several steps."""
_LOOK: Final = 1_000
"""Milliseconds between looks at the files themselves: some file systems tell nothing, and a change just before a watch
begins is not told either."""
_BAR: Final = 24
"""Cells of the bar of progress."""
_SOON: Final = 0.3
"""Seconds after which something that takes time says how far it is."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What is wanted of a check."""

    manner: CheckOptions = field(default_factory=CheckOptions)
    form: OutputFormat = "text"
    colour: bool = False
    """With SGR sequences."""
    width: int = 0
    """Cells of a line of text; 0 for lines of any length."""
    allow_outside: bool = False
    """Decks may name files outside their folder."""
    progress: TextIO | None = None
    """A terminal that shows how far it is; None for no such thing."""


def run_check(
    paths: Sequence[Path],
    *,
    echo: Echo,
    wishes: CheckRequest | None = None,
    complain: Echo | None = None,
) -> int:
    """Check decks and say what is wrong; return the exit status: 0 no errors, 1 errors, 2 wrong usage.

    Args:
        paths: deck files, or folders with a `deck.yaml`. Among several, folders without one are passed over, so that
            `decks/*` names decks.
        echo: writes a text as lines.
        wishes: how it is done and told.
        complain: writes a line about wrong usage; `echo` when left out.
    """
    return _checked(paths, echo, wishes or CheckRequest(), complain or echo)[0]


def _checked(paths: Sequence[Path], echo: Echo, wishes: CheckRequest, complain: Echo) -> tuple[int, frozenset[Path]]:
    """Check decks once; return the status, and every file that may change it."""
    status = FINE
    files: set[Path] = set()
    reports: list[tuple[Path, CheckReport]] = []
    for path in paths:
        fault = _usage_fault(path)
        if fault:
            if not (len(paths) > 1 and path.is_dir()):
                complain(f"presenter: {shown_path(path)}: {fault}")
                status = USAGE
            continue
        bar = _Bar(wishes.progress, shown_path(path))
        report = check_deck(path, allow_outside=wishes.allow_outside, manner=wishes.manner, progress=bar.show)
        bar.clear()
        files |= report.files
        status = max(status, FOUND if report.errors else FINE)
        reports.append((path, report))
        for text in _told(path, report, wishes):
            echo(text)
    if wishes.form == "json" and reports:
        echo(check_json(reports))
    return status, frozenset(files)


def _told(path: Path, report: CheckReport, wishes: CheckRequest) -> list[str]:
    if wishes.form == "text":
        return list(report_lines(path, report, colour=wishes.colour, width=wishes.width))
    return list(github_annotations(report)) if wishes.form == "github" else []


def _usage_fault(path: Path) -> str:
    try:
        if path.is_dir():
            return "" if os.path.exists(path / DECK_NAME) else f"a folder without a {DECK_NAME}"  # noqa: PTH110
        if path.suffix.lower() in {".md", ".markdown"} and os.path.exists(path):  # noqa: PTH110 - as below
            return f"Markdown; `presenter convert {clean_line(path.name)}` makes a deck of it"
        return "" if os.path.exists(path) else "no such file"  # noqa: PTH110 - Path.exists raises on odd names
    except (OSError, ValueError):
        return "no such file"


class _Bar:
    """A line on a terminal that says how far a check is, once that takes a while; no line where there is none."""

    def __init__(self, terminal: TextIO | None, name: str) -> None:
        self._terminal = terminal
        self._name = name if len(name) <= _BAR else f"…{name[1 - _BAR :]}"
        self._begun = time.monotonic()
        self._drawn = False

    def show(self, done: int, total: int) -> None:
        """Draw it anew."""
        if self._terminal is None or time.monotonic() - self._begun < _SOON:
            return
        full = _BAR * done // total
        self._terminal.write(f"\r\x1b[K{self._name} {'━' * full}{'─' * (_BAR - full)} slide {done} of {total}")
        self._terminal.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take it away."""
        if self._drawn and self._terminal is not None:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()


def watch_decks(
    paths: Sequence[Path], *, echo: Echo, wishes: CheckRequest, complain: Echo, fresh: Callable[[], object]
) -> int:
    """Check decks, and again whenever one of their files is saved, until Ctrl+C; return the last status.

    Args:
        paths: as for `run`.
        echo: as for `run`.
        wishes: as for `run`.
        complain: as for `run`.
        fresh: called before what is said anew: it clears the screen.
    """
    fresh()
    status, files = _checked(paths, echo, wishes, complain)
    if status == USAGE:
        return status
    seen = _stamps(files)
    try:
        while True:
            echo(f"{time.strftime('%H:%M:%S')}  watching {_many(len(files), 'file')}; Ctrl+C ends")
            seen = _changed(files, seen)
            fresh()
            status, found = _checked(paths, echo, wishes, complain)
            files |= found
            # What was saved during the check is seen in the next round: known files keep their marks from before it.
            seen = _stamps(files) | seen
    except KeyboardInterrupt:
        return status


def _changed(files: frozenset[Path], seen: _Stamps) -> _Stamps:
    """Wait until a file is not as it was; return how all are then."""
    from watchfiles import watch as changes  # noqa: PLC0415 - for this only

    while True:
        folders = sorted({path.parent for path in files if path.parent.is_dir()})
        if (now := _stamps(files)) != seen:
            return now
        if not folders:
            time.sleep(_LOOK / 1000)
            continue
        with contextlib.suppress(OSError):  # a folder went between looking and watching
            for _ in changes(
                *folders, recursive=False, debounce=_DEBOUNCE, step=_DEBOUNCE, rust_timeout=_LOOK, yield_on_timeout=True
            ):
                if (now := _stamps(files)) != seen:
                    return now


def _stamps(files: frozenset[Path]) -> _Stamps:
    """Return what tells one version of each file from another; zeros for a file that is not there."""
    found = {}
    for path in files:
        try:
            facts = path.stat()
        except (OSError, ValueError):
            found[path] = (0, 0, 0)
        else:
            found[path] = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
    return found


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
