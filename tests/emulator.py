"""The screen side of a terminal: bytes in, cells and modes out. No process, no time.

pyte draws; what it would print as text or cannot do is taken out or done here: private sequences, strings (DCS, APC,
PM, SOS), the alternate screen, and characters of more than one code point, which take the cells a modern terminal gives
them. `Queries` finds what programs ask a terminal.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pyte
import wcwidth
from pyte.screens import Char

CELL: Final = (10, 20)
"""Width and height of a cell in pixels, as told to programs that ask."""

MODES: Final = {
    1: "cursor keys in application mode",
    47: "alternate screen",
    1000: "mouse clicks",
    1002: "mouse drags",
    1003: "mouse motion",
    1004: "focus reports",
    1005: "mouse UTF-8 coding",
    1006: "mouse SGR coding",
    1015: "mouse urxvt coding",
    1016: "mouse pixel coding",
    1047: "alternate screen",
    1049: "alternate screen",
    2004: "bracketed paste",
    2026: "synchronised output",
    2031: "colour scheme reports",
    2048: "in-band resize reports",
}
"""Private modes that a program has to switch off again, with what stays when it does not."""
_ON_AT_REST: Final = {7: "no line wrap", 25: "cursor hidden"}
"""Private modes that a program has to leave on."""
_SYNC: Final = 2026
_ALTERNATE: Final = frozenset({47, 1047, 1049})

_SPECIAL: Final = re.compile(
    rb"\x1b(?:"
    rb"\[\?(?P<modes>[0-9;]+)(?P<set>[hl])"
    rb"|\[(?P<kitty>[<>=])(?P<flags>[0-9;]*)u"
    rb"|\[[<=>?][0-9;:]*[ -/]*[@-~]"  # any other private sequence
    rb"|\[[0-9;:]*[ -/]+[@-~]"  # with intermediate bytes: cursor shape, soft reset, mode queries
    rb"|\[[0-9;]*:[0-9;:]*[@-~]"  # parameters with colons
    rb"|[P_X^][^\x1b\x9c]*(?:\x1b\\|\x9c)"  # a string that is not shown
    rb")"
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;:]*[ -/]*|[P_X^\]][^\x07\x1b\x9c]*\x1b?|[ -/]*)?\Z")


class Style(NamedTuple):
    """How a cell is drawn. Colours are `#rrggbb`, a name of the sixteen, or `default`."""

    fg: str
    bg: str
    bold: bool
    italic: bool
    underline: bool
    reverse: bool


class _Screen(pyte.Screen):
    """pyte's screen, with the cells a modern terminal gives to characters of more than one code point."""

    def draw(self, data: str) -> None:
        if data.isascii():
            super().draw(data)
            return
        for cluster in wcwidth.iter_graphemes(data):
            if len(cluster) == 1 and wcwidth.wcwidth(cluster) > 0:
                super().draw(cluster)
            else:
                self._draw_cluster(cluster)

    def _draw_cluster(self, cluster: str) -> None:
        width = wcwidth.wcswidth(cluster)
        if width > 0:  # drawn as a plain character of its width, then named by all its code points
            super().draw("x" if width == 1 else "\N{FULLWIDTH LATIN SMALL LETTER X}")
        at = self.cursor.x - max(1, width)
        if at >= 0:
            cell = self.buffer[self.cursor.y][at]
            self.buffer[self.cursor.y][at] = cell._replace(data=cluster if width > 0 else cell.data + cluster)


class Emulator:
    """A screen that bytes are fed to.

    Attributes:
        columns, rows: its size in cells.
        modes: private modes by number, as last set.
        kitty: depth of the kitty keyboard protocol's stack.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.modes: dict[int, bool] = {}
        self.kitty = 0
        self._rest = b""
        self._begin(_Screen(columns, rows))
        self._main = self._screen

    def _begin(self, screen: _Screen) -> None:
        self._screen = screen
        self._stream = pyte.ByteStream(screen)

    def feed(self, data: bytes) -> None:
        """Draw what a program wrote; a sequence or character cut at the end is kept until the rest comes."""
        data = self._rest + data
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        data, self._rest = data[:cut], data[cut:]
        at = 0
        for match in _SPECIAL.finditer(data):
            self._stream.feed(data[at : match.start()])
            self._special(match)
            at = match.end()
        self._stream.feed(data[at:])

    def _special(self, match: re.Match[bytes]) -> None:
        if match["modes"]:
            for number in filter(None, match["modes"].split(b";")):
                self._set_mode(int(number), on=match["set"] == b"h")
        elif match["kitty"] == b">":
            self.kitty += 1
        elif match["kitty"] == b"<":
            self.kitty = max(0, self.kitty - int(match["flags"] or b"1"))

    def _set_mode(self, mode: int, *, on: bool) -> None:
        was = self.alternate
        self.modes[mode] = on
        if mode in _ON_AT_REST:
            self._stream.feed(b"\x1b[?%d%c" % (mode, b"h" if on else b"l"))
        elif self.alternate and not was:
            self._begin(_Screen(self.columns, self.rows))
        elif was and not self.alternate:
            self._begin(self._main)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size and empty the screen, so that what is seen afterwards was painted at the new size."""
        self.columns, self.rows = columns, rows
        self._main.resize(rows, columns)
        if self.alternate:
            self._begin(_Screen(columns, rows))
        else:
            self._screen.erase_in_display(2)

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return any(self.modes.get(mode) for mode in _ALTERNATE)

    @property
    def painting(self) -> bool:
        """Whether a synchronised update is under way, so that a terminal would still show the screen before it."""
        return self.modes.get(_SYNC, False)

    @property
    def cursor(self) -> tuple[int, int]:
        """The cursor's column and row, from 0."""
        return min(int(self._screen.cursor.x), self.columns - 1), int(self._screen.cursor.y)

    @property
    def lines(self) -> list[str]:
        """The rows as text; the second cell of a wide character adds nothing."""
        return ["".join(self._cell(x, y).data for x in range(self.columns)) for y in range(self.rows)]

    def _cell(self, x: int, y: int) -> Char:
        return self._screen.buffer[y][x]

    def style_at(self, x: int, y: int) -> Style:
        """Return how the cell in column x of row y is drawn, both from 0."""
        if not (0 <= x < self.columns and 0 <= y < self.rows):
            raise IndexError(f"no cell {x},{y} on a screen of {self.columns}x{self.rows}")
        cell = self._cell(x, y)
        fg, bg = ("#" + c if re.fullmatch("[0-9a-f]{6}", c) else c for c in (cell.fg, cell.bg))
        return Style(fg, bg, cell.bold, cell.italics, cell.underscore, cell.reverse)

    def modes_left(self) -> list[str]:
        """Say in words which modes are not as a program finds them; empty when all is given back."""
        left = [f"{name} ({mode})" for mode, name in MODES.items() if self.modes.get(mode)]
        left += [f"{name} ({mode})" for mode, name in _ON_AT_REST.items() if not self.modes.get(mode, True)]
        return [*left, f"kitty keyboard ({self.kitty} deep)"] if self.kitty else left


class Queries:
    """Finds what programs ask a terminal, and knows the answers of a plain modern one.

    It has true colour, synchronised output and pixel sizes; it has no kitty keyboard, no in-band resizing and no
    pictures, and says so by a "no" or by silence, as such terminals do.

    Args:
        version: the name and version that it tells; None for a terminal that answers nothing at all.
        graphics: it knows kitty's graphics protocol.
        files: it reads the files that it is given there, and deletes them, as a terminal on the same machine does.

    Attributes:
        read: what was in these files.
    """

    _ASKED: Final = re.compile(
        rb"\x1b(?:\[(?P<pre>[<=>?]?)(?P<par>[0-9;]*)(?P<fin>\$p|[cnqtu])|\](?P<osc>1[0-2]);\?(?:\x07|\x1b\\)"
        rb"|_G(?P<graphics>[^;\x1b]*(?:a=q|t=t)[^;\x1b]*);(?P<payload>[^\x1b]*)\x1b\\)"
    )

    def __init__(self, version: str | None = "harness(1)", *, graphics: bool = False, files: bool = False) -> None:
        self._version = version
        self._graphics = graphics
        self.files = files
        self.read: dict[str, bytes] = {}
        self._rest = b""

    def answers(self, data: bytes, size: tuple[int, int], cursor: Callable[[], tuple[int, int]]) -> Iterator[bytes]:
        """Give the answer to each question in a chunk of output.

        Args:
            data: the chunk; a question cut at its end is answered with the next one.
            size: columns and rows.
            cursor: gives the cursor's column and row from 0; called only when asked for.
        """
        data = self._rest + data
        end = 0
        for match in self._ASKED.finditer(data):
            end = match.end()
            if match["osc"]:
                answer = self._colour(match["osc"])
            elif match["graphics"]:
                answer = self._known(match["graphics"].split(b","), match["payload"])
            else:
                answer = self._csi(match, size, cursor)
            if answer and self._version is not None:
                yield answer
        unfinished = _UNFINISHED.search(data, end)
        self._rest = data[unfinished.start() :] if unfinished else b""

    @staticmethod
    def _colour(osc: bytes) -> bytes:
        return b"\x1b]%s;rgb:%s\x1b\\" % (osc, b"1010/1010/1414" if osc == b"11" else b"e0e0/e0e0/e0e0")

    def _known(self, keys: list[bytes], payload: bytes) -> bytes:
        try:
            word = self._take(b64decode(payload).decode()) if b"t=t" in keys else b"OK"
        except ValueError:
            word = b"EINVAL:no name of a file"
        number = next((key for key in keys if key.startswith(b"i=")), b"i=0")
        return b"\x1b_G%s;%s\x1b\\" % (number, word) if self._graphics and b"a=q" in keys else b""

    def _take(self, name: str) -> bytes:
        path = Path(name)
        if not self.files or not path.is_file():
            return b"EBADF:no such file"
        self.read[name] = path.read_bytes()
        path.unlink()
        return b"OK"

    def _csi(self, match: re.Match[bytes], size: tuple[int, int], cursor: Callable[[], tuple[int, int]]) -> bytes:
        kind, par = match["pre"] + match["fin"], match["par"]
        if kind == b"?$p":  # is this mode known: 2 = yes and off, 0 = no
            return b"\x1b[?%s;%d$y" % (par, 2 if par == b"%d" % _SYNC else 0)
        if kind == b"n" and par == b"6":
            column, row = cursor()
            return b"\x1b[%d;%dR" % (row + 1, column + 1)
        (columns, rows), (across, down) = size, CELL
        fixed = {
            (b"c", b""): b"\x1b[?62;22c",
            (b">c", b""): b"\x1b[>1;1;0c",
            (b"n", b"5"): b"\x1b[0n",
            (b">q", b""): b"\x1bP>|%s\x1b\\" % (self._version or "").encode(),
            (b"t", b"14"): b"\x1b[4;%d;%dt" % (rows * down, columns * across),
            (b"t", b"16"): b"\x1b[6;%d;%dt" % (down, across),
            (b"t", b"18"): b"\x1b[8;%d;%dt" % (rows, columns),
        }
        return fixed.get((kind, b"" if par == b"0" else par), b"")
