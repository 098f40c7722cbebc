"""What `presenter doctor` finds out about this terminal and this machine, and how it is told."""

from __future__ import annotations

import locale
import os
import platform
import re
import select
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from presenter import __version__
from presenter.history.state_files import RUNS_FOLDER, StateFolderError, private_folder, state_root
from presenter.images.modes import IMAGE_MODES
from presenter.safety import clean_line
from presenter.session.keymap import default_path
from presenter.terminal.capabilities import detect_capabilities
from presenter.terminal.first_frame import color_system
from presenter.terminal.probe import TerminalAnswers, in_multiplexer, probe_terminal
from presenter.timing.clocks import system_clocks

WIDTHS: Final[tuple[tuple[str, str, int], ...]] = (
    ("an accent", "e\N{COMBINING ACUTE ACCENT}", 1),
    ("a letter of two bytes", "é", 1),
    ("a Chinese character", "世", 2),
    ("an emoji", "\N{WATCH}", 2),
    ("a family of emoji", "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}", 2),
)
"""Texts whose width terminals and programs do not always agree on: what it is, the text, the cells expected."""
SMALL: Final = (80, 24)
CURSOR_TIMEOUT: Final = 0.5
"""Seconds that the terminal has for saying where its cursor is."""
_PLACE: Final = re.compile(rb"\x1b\[\d{1,5};(\d{1,5})R")
_LIBRARIES: Final = ("textual", "rich", "pillow", "rich-pixels", "click", "markdown-it-py", "pyyaml", "msgspec")
_GLYPHS: Final = (
    ("half", "▀▄▀▄▀▄▀▄"),
    ("quad", "▘▝▖▗▚▞▛▟"),
    ("blocks", "▁▂▃▄▅▆▇█"),
    ("sextant", "\U0001fb00\U0001fb02\U0001fb07\U0001fb0f\U0001fb1e\U0001fb29\U0001fb34\U0001fb3b"),
    ("octant", "\U0001cd00\U0001cd05\U0001cd0a\U0001cd20\U0001cd3a\U0001cd55\U0001cd7c\U0001cdde"),
    ("lines", "─│━┌┐└┘├"),
    ("signs", "▽▼▲→←•…✓"),
)
"""Rows of eight characters; those of a way to draw pictures have its name."""


@dataclass(frozen=True)
class DoctorFindings:
    """What was found out.

    Attributes:
        versions: of the program, Python, the system and the libraries.
        terminal: what it is and what it can do, as name and words or number.
        pictures: how they are drawn, and why.
        machine: encoding, clocks and folders.
        widths: for each text of `WIDTHS` the cells it took; empty when the terminal does not tell.
        problems: what would disturb a talk, with the way to mend it.
    """

    versions: Mapping[str, str]
    terminal: Mapping[str, str | int | bool | None]
    pictures: Mapping[str, str]
    machine: Mapping[str, str | bool]
    widths: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """Return everything as it goes into JSON."""
        return {**asdict(self), "problems": list(self.problems)}


def examine(env: Mapping[str, str], *, live: bool) -> DoctorFindings:
    """Find everything out.

    Args:
        env: the environment.
        live: standard input and output are a terminal, which may be asked.
    """
    answers, widths, typed = TerminalAnswers(), dict[str, int](), b""
    if live:
        probe = probe_terminal(0, env, CURSOR_TIMEOUT)
        answers, typed = probe.answers, probe.typed
        if answers.attributes is not None and not typed:
            widths = dict(_widths())
    colours = color_system()
    machine, trouble = _machine()
    size = os.get_terminal_size(1) if live else None
    shown = detect_capabilities(answers, env, colours)
    terminal: dict[str, str | int | bool | None] = {
        "name": clean_line(answers.version) or "not told",
        "TERM": clean_line(env.get("TERM", "")) or "not set",
        "columns": size.columns if size else None,
        "rows": size.lines if size else None,
        "colours": {"standard": "16", "256": "256", "truecolor": "16 million"}[colours],
        "NO_COLOR": bool(env.get("NO_COLOR")),
        "cell": "x".join(map(str, shown.cell)) if live and shown.cell else "not told",
        "graphics": "kitty" if answers.graphics else "none",
        "inside": _inside(env),
    }
    pictures = {"auto": shown.best, "characters": shown.glyphs, "why": _why(answers, env, shown.best, colours)}
    problems = (*_problems(env, terminal, widths, live=live), *trouble)
    return DoctorFindings(_versions(), terminal, pictures, machine, widths, problems)


def _versions() -> Mapping[str, str]:
    found = {"presenter": __version__, "Python": platform.python_version(), "system": platform.platform(terse=True)}
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _inside(env: Mapping[str, str]) -> str:
    """Return what stands between the program and the terminal."""
    between = [name for name, sign in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_CONNECTION")) if env.get(sign)]
    return ", ".join(between) or "nothing"


def _why(answers: TerminalAnswers, env: Mapping[str, str], mode: str, colours: str) -> str:
    """Say why pictures are drawn so."""
    if "linux" in env.get("TERM", ""):
        return "the console's font has halves only"
    if in_multiplexer(env):
        return "through tmux or screen nobody knows which characters the font has"
    if mode == "kitty":
        return "it shows real pixels"
    told = f"{clean_line(answers.version)} " if answers.version else ""
    if mode == "blocks":
        return f"{told}is not known to show more" if told else "it did not tell its name; these are in every font"
    reason = " and real pixels need true colours" if answers.graphics and colours != "truecolor" else ""
    return f"{told or env.get('TERM', '')}shows these right{reason}"


def _machine() -> tuple[Mapping[str, str | bool], list[str]]:
    encoding = locale.getpreferredencoding(do_setlocale=False)
    trouble: list[str] = []
    try:
        folder = clean_line(str(private_folder(state_root(), RUNS_FOLDER).parent))
    except StateFolderError as error:
        folder = ""
        trouble.append(f"runs are not recorded and a talk cannot be taken up again: {error}")
    config = default_path()
    clocks = system_clocks()
    sleeps = hasattr(time, "CLOCK_BOOTTIME") or sys.platform == "darwin"
    return {
        "encoding": encoding,
        "utf8": encoding.lower().replace("-", "") == "utf8",
        "clock": f"{clocks.now().astimezone():%H:%M:%S %Z}; the timer {'counts' if sleeps else 'may not count'} sleep",
        "state": folder or "cannot be used",
        "settings": clean_line(str(config)) + ("" if config.is_file() else " (there is none)"),
    }, trouble


def _problems(
    env: Mapping[str, str], terminal: Mapping[str, object], widths: Mapping[str, int], *, live: bool
) -> Iterator[str]:
    """Go through what would disturb a talk."""
    if env.get("TERM", "dumb") in {"", "dumb"}:
        yield "slides cannot be shown: TERM is dumb or not set"
    if not live:
        return
    columns, rows = terminal["columns"], terminal["rows"]
    if isinstance(columns, int) and isinstance(rows, int) and (columns < SMALL[0] or rows < SMALL[1]):
        yield f"the window is small, {columns} by {rows}: make it 80 by 24 at least, or the letters smaller"
    if widths.get("a letter of two bytes", 1) != 1:
        yield "the terminal does not read UTF-8: switch it to that, or signs and pictures turn into letters"
    wrong = [what for what, text, cells in WIDTHS[2:] if widths.get(what, cells) != cells]
    if wrong:
        yield f"{', '.join(wrong)}: takes other room than slides reckon with; rows that hold one may be out of line"


def _widths() -> Iterator[tuple[str, int]]:
    """Write texts, ask where the cursor is, and wipe them out again."""
    with unbuffered_keys() as able:
        for what, text, _ in WIDTHS if able else ():
            os.write(1, f"\r{text}\x1b[6n".encode())
            column = _answered()
            os.write(1, b"\r\x1b[2K")
            if column is None:
                return
            yield what, column - 1


def _answered() -> int | None:
    """Read the column that the cursor is in; None when the terminal does not tell."""
    data, end = b"", time.monotonic() + CURSOR_TIMEOUT
    while (left := end - time.monotonic()) > 0 and select.select([0], [], [], left)[0]:
        data += os.read(0, 100)
        if found := _PLACE.search(data):
            return int(found[1])
    return None


@contextmanager
def unbuffered_keys() -> Iterator[bool]:
    """Let keys come one by one and unseen, as in a talk; say whether that is possible."""
    try:
        import termios  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        yield False
        return
    try:
        before = termios.tcgetattr(0)
    except termios.error:
        yield False
        return
    after = termios.tcgetattr(0)
    after[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    after[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    after[6][termios.VMIN], after[6][termios.VTIME] = 1, 0
    termios.tcsetattr(0, termios.TCSANOW, after)
    try:
        yield True
    finally:
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, before)


def doctor_lines(found: DoctorFindings) -> Iterator[str]:
    """Go through the lines that tell it to people."""
    tables: tuple[tuple[str, Mapping[str, str | int | bool | None]], ...] = (
        ("Versions", found.versions),
        ("Terminal", found.terminal),
        ("Pictures", found.pictures),
        ("Machine", found.machine),
    )
    for heading, facts in tables:
        yield heading
        yield from _table(facts)
        yield ""
    if found.widths:
        yield "Widths, in cells"
        expected = {what: cells for what, _, cells in WIDTHS}
        yield from _table({
            what: f"{took}" + ("" if took == expected[what] else f", not {expected[what]}")
            for what, took in found.widths.items()
        })  # fmt: skip
        yield ""


def _table(facts: Mapping[str, str | int | bool | None]) -> Iterator[str]:
    wide = max(map(len, facts))
    for name, value in facts.items():
        yield f"  {name:<{wide}}  {_said(value)}"


def _said(value: str | int | bool | None) -> str:
    if value is None:
        return "no terminal"
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def doctor_samples(colours: str) -> Iterator[str]:
    """Go through rows to be judged by eye.

    Args:
        colours: how many the terminal shows: "16", "256" or "16 million".
    """
    yield "Characters: every row is eight cells between two bars, without gaps or boxes"
    for name, characters in _GLYPHS:
        marked = f"  --images {name}" if name in IMAGE_MODES else ""
        yield f"  {name:<8} |{characters}|{marked}"
    yield ""
    yield "Colours: a smooth band from dark to light, and the sixteen"
    yield "  " + "".join(f"{_grey(step, colours)} " for step in range(48)) + "\x1b[0m"
    yield "  " + "".join(f"\x1b[{40 + number}m  \x1b[{100 + number}m  " for number in range(8)) + "\x1b[0m"
    yield ""


def _grey(step: int, colours: str) -> str:
    level = step * 255 // 47
    if colours == "16 million":
        return f"\x1b[48;2;{level};{level};{level}m"
    return f"\x1b[48;5;{232 + step // 2}m" if colours == "256" else f"\x1b[{(40, 100, 47, 107)[step // 12]}m"


def is_live() -> bool:
    """Say whether there is a terminal to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def strip_colors(rows: Sequence[str], *, plain: bool) -> Iterator[str]:
    """Take the colours out of rows where there shall be none."""
    for row in rows:
        yield re.sub(r"\x1b\[[\d;]*m", "", row) if plain else row
