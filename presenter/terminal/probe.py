"""What the terminal can show: asked once, before the window opens, in one batch that never takes long.

    found = ask(descriptor, os.environ)         at most `DEADLINE` seconds
    mode = choose(found.answers, os.environ)    what pictures are drawn with

The batch ends with a question that every terminal answers, so its answer says that no other will follow. A terminal
that is slower than the deadline is taken for one that answers nothing. Its answers come later, among the keys: whoever
reads those then passes them through `found.sieve` until `found.sieve.waiting` is False or a few seconds are over, and
what came before, in `found.typed`, is the first of them.
"""

from __future__ import annotations

import os
import re
import select
import time
from base64 import standard_b64encode as b64encode
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from presenter.images import kitty_files

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBE_TIMEOUT: Final = 0.15
"""Seconds for everything."""
PATIENCE: Final = "PRESENTER_PROBE_SECONDS"
"""The variable that says another deadline, for connections that are slower; at most `LONGEST`."""
LONGEST: Final = 5.0
_VERSION: Final = b"\x1b[>0q"
_GRAPHICS: Final = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_FILE: Final = b"\x1b_Gi=32,s=1,v=1,a=q,t=t,f=24;%s\x1b\\"
_DOT: Final = bytes(3)
"""A black pixel."""
_CELL: Final = b"\x1b[16t"
_ATTRIBUTES: Final = b"\x1b[c"
_CHUNK: Final = 4096

# Alt with P or an underscore begins like two of the answers; the character after those tells them apart.
_ANSWER: Final = re.compile(
    rb"\x1bP>\|(?P<version>[^\x1b]{0,200})\x1b\\"
    rb"|\x1b_G(?P<graphics>[^\x1b]{0,200})\x1b\\"
    rb"|\x1b\[6;(?P<height>\d{1,5});(?P<width>\d{1,5})t"
    rb"|\x1b\[\?(?P<attributes>[\d;]{0,100})c"
)
_BEGINNING: Final = re.compile(
    rb"\x1b(?:P(?:>(?:\|[^\x1b]{0,200}\x1b?)?)?|_(?:G[^\x1b]{0,200}\x1b?)?"
    rb"|\[(?:6(?:;\d{0,5}(?:;\d{0,5})?)?|\?[\d;]{0,100})?)?"
)
_PLAUSIBLE: Final = (0.3, 0.8)
"""Width of a cell divided by its height, in fonts that people use."""


@dataclass(frozen=True, slots=True)
class TerminalAnswers:
    """What a terminal told.

    Attributes:
        version: its name and version in its own words, empty when it did not say (XTVERSION).
        graphics: it knows kitty's graphics protocol.
        files: it can read our files, and takes pictures from there.
        cell: pixels across and down a cell; None when it did not say.
        attributes: its primary device attributes; None when it did not even tell those.
    """

    version: str = ""
    graphics: bool = False
    files: bool = False
    cell: tuple[int, int] | None = None
    attributes: tuple[int, ...] | None = None

    @property
    def aspect(self) -> float | None:
        """Width of a cell divided by its height; None when it is not known or cannot be true."""
        if self.cell is None or not all(self.cell):
            return None
        aspect = self.cell[0] / self.cell[1]
        return aspect if _PLAUSIBLE[0] <= aspect <= _PLAUSIBLE[1] else None


class AnswerFilter:
    """Takes a terminal's answers out of what is read from it, wherever the reads cut them.

    Attributes:
        answers: what was told so far.
        waiting: the last answer has not come.
    """

    def __init__(self) -> None:
        self.answers = TerminalAnswers()
        self.waiting = True
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """Return what is typed among some bytes; what may be the beginning of an answer waits for its end."""
        data, self._held = self._held + data, b""
        typed = bytearray()
        place = 0
        while (escape := data.find(b"\x1b", place)) >= 0:
            typed += data[place:escape]
            if found := _ANSWER.match(data, escape):
                self._take(found)
                place = found.end()
            elif _BEGINNING.fullmatch(data, escape):
                self._held = data[escape:]
                return bytes(typed)
            else:
                typed += b"\x1b"
                place = escape + 1
        return bytes(typed + data[place:])

    def flush(self) -> bytes:
        """Return what was held back but turned out to be typed: an Escape, when nothing follows it for a moment."""
        held, self._held = self._held, b""
        return held

    @property
    def holding(self) -> bool:
        """Say whether something waits for its end."""
        return bool(self._held)

    def _take(self, found: re.Match[bytes]) -> None:
        kind = found.lastgroup
        if kind == "version":
            self.answers = replace(self.answers, version=found["version"].decode("ascii", "replace"))
        elif kind == "graphics":
            number, _, word = found["graphics"].partition(b";")
            if number == b"i=31":
                self.answers = replace(self.answers, graphics=word == b"OK")
            elif number == b"i=32":
                self.answers = replace(self.answers, files=word == b"OK")
        elif kind == "attributes":
            numbers = tuple(int(number) for number in found["attributes"].split(b";") if number)
            self.answers = replace(self.answers, attributes=numbers)
            self.waiting = False
        else:
            self.answers = replace(self.answers, cell=(int(found["width"]), int(found["height"])))


@dataclass(slots=True)
class ProbeResult:
    """The outcome of asking.

    Attributes:
        sieve: holds the answers, and catches those that come later.
        typed: what was typed meanwhile.
    """

    sieve: AnswerFilter = field(default_factory=AnswerFilter)
    typed: bytes = b""

    @property
    def answers(self) -> TerminalAnswers:
        """What the terminal told so far."""
        return self.sieve.answers


def in_multiplexer(env: Mapping[str, str]) -> bool:
    """Say whether tmux or screen stands between us and the terminal."""
    return bool(env.get("TMUX") or env.get("STY")) or env.get("TERM", "").startswith(("tmux", "screen"))


def probe_queries(env: Mapping[str, str], file: str = "") -> bytes:
    """Return the batch for a terminal; nothing for one that would show the questions instead of answering them.

    Args:
        env: the environment.
        file: a pixel that the terminal may be able to read; empty for none.
    """
    term = env.get("TERM", "")
    if term in {"", "dumb", "linux"} or term.startswith("vt"):
        return b""
    # tmux takes the question about graphics for the title of its window.
    pixels = b"" if in_multiplexer(env) else _GRAPHICS + (_FILE % b64encode(file.encode()) if file else b"")
    return _VERSION + pixels + _CELL + _ATTRIBUTES


def _deadline(env: Mapping[str, str]) -> float:
    try:
        return min(LONGEST, max(0.0, float(env.get(PATIENCE, PROBE_TIMEOUT))))
    except ValueError:
        return PROBE_TIMEOUT


def probe_terminal(descriptor: int, env: Mapping[str, str], deadline: float | None = None) -> ProbeResult:
    """Ask the terminal behind a descriptor; never raises, never takes longer than the deadline (seconds).

    Nothing may read from the terminal meanwhile. Its settings are as before afterwards.
    """
    probe = ProbeResult()
    end = time.monotonic() + (_deadline(env) if deadline is None else deadline)
    try:
        import termios  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        probe.sieve.waiting = False
        return probe
    with _file(env) as file:
        if not (batch := probe_queries(env, file)):
            probe.sieve.waiting = False
            return probe
        try:
            with _quiet(descriptor):
                _converse(probe, descriptor, batch, end)
        except (OSError, termios.error, ValueError):
            probe.sieve.waiting = False  # no terminal, or none any more
    return probe


@contextmanager
def _file(env: Mapping[str, str]) -> Iterator[str]:
    """Give the path of a pixel for a terminal that may be able to read it; empty for others."""
    if in_multiplexer(env) or not kitty_files.may_share_files(env):
        yield ""
        return
    kitty_files.delete_stale_files()
    path = ""
    with suppress(OSError):
        path = kitty_files.write_file(_DOT)
    try:
        yield path
    finally:
        if path:
            kitty_files.delete_file(path)


def _converse(probe: ProbeResult, descriptor: int, batch: bytes, end: float) -> None:
    """Write the questions and read until the last answer or the end of time."""
    # A terminal that was stopped takes nothing; its answers could not come in time anyway.
    if not select.select([], [descriptor], [], max(0.0, end - time.monotonic()))[1]:
        probe.sieve.waiting = False
        return
    os.write(descriptor, batch)
    while probe.sieve.waiting and (left := end - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            data = os.read(descriptor, _CHUNK)
            if not data:
                break
            probe.typed += probe.sieve.feed(data)


@contextmanager
def _quiet(descriptor: int) -> Iterator[None]:
    """Let characters come at once and unseen; settings come back without losing what was typed."""
    import termios  # noqa: PLC0415 - there is none on Windows

    before = termios.tcgetattr(descriptor)
    after = termios.tcgetattr(descriptor)
    after[3] &= ~(termios.ECHO | termios.ICANON)
    after[6][termios.VMIN], after[6][termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSANOW, after)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)


class _Known(NamedTuple):
    """From which version on a terminal shows a mode right."""

    mode: str
    name: str
    version: tuple[int, ...]


# What each was seen to draw right, the best first; anything else gets blocks.
_TABLE: Final = (
    _Known("kitty", "kitty", (0, 28)),
    _Known("octant", "kitty", (0, 41)),
    _Known("octant", "foot", (1, 20)),
    _Known("octant", "vte", (0, 80)),
    _Known("sextant", "kitty", (0, 26)),
    _Known("sextant", "foot", (1, 0)),
    _Known("sextant", "vte", (0, 70)),
    _Known("sextant", "konsole", (22,)),
)
_NAMED: Final = re.compile(r"([A-Za-z]+)[ (]v?(\d+(?:\.\d+)*)")
_SEXTANT_TERMS: Final = frozenset({"alacritty"})
"""Terminals that do not tell their version, known by TERM."""


def _named(version: str) -> tuple[str, tuple[int, ...]]:
    """Return the name, in small letters, and the version of a terminal."""
    found = _NAMED.match(version)
    if not found:
        return "", ()
    name, numbers = found[1].lower(), tuple(int(number) for number in found[2].split("."))
    if name == "vte" and len(numbers) == 1:  # 8003 is 0.80.3
        numbers = (numbers[0] // 10_000, numbers[0] // 100 % 100, numbers[0] % 100)
    return name, numbers


def choose_image_mode(answers: TerminalAnswers, env: Mapping[str, str], *, pixels: bool = True) -> str:
    """Return the best way to draw pictures that is known to be right here; `blocks` when in doubt.

    Args:
        answers: what the terminal told; without any, its name in `env` may still say enough.
        env: the environment; inside tmux or screen the answers are theirs, and fonts are anybody's guess.
        pixels: whether a protocol for pixels may be chosen; without, the best that characters can do.
    """
    term = env.get("TERM", "")
    if "linux" in term or term in {"", "dumb"}:
        return "half"  # the console's font has no quadrants
    if in_multiplexer(env):
        return "blocks"
    name, version = _named(answers.version)
    for known in _TABLE:
        if known.name == name and version >= known.version and (known.mode != "kitty" or (pixels and answers.graphics)):
            return known.mode
    return "sextant" if term in _SEXTANT_TERMS and not answers.version else "blocks"
