"""The strict side of kitty's graphics protocol: what a program wrote, or an error for everything a terminal might mind.

screen = Graphics()
screen.feed(terminal.output)
assert screen.pictures == {}      # all were taken back
"""

from __future__ import annotations

import io
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field

from PIL import Image

from presenter.images.kitty import PLACEHOLDER, ROW_COLUMN_MARKS

_SEQUENCE = re.compile(rb"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")
_UNFINISHED = re.compile(rb"\x1b(?:P(?:tmux;(?:\x1b\x1b|[^\x1b])*\x1b?)?|_[^\x1b]*\x1b?)?\Z")
_ANY = re.compile(rb"\x1b_")
_TMUX = re.compile(rb"\x1bPtmux;((?:\x1b\x1b|[^\x1b])*)\x1b\\")
_FIRST = {"a", "U", "q", "f", "t", "i", "c", "r", "m"}
_CHUNK = 4096


@dataclass
class Picture:
    """A picture that the terminal holds."""

    columns: int
    rows: int
    image: Image.Image


@dataclass
class Graphics:
    """A terminal's pictures; `feed` raises AssertionError for whatever is not exactly as the protocol has it."""

    pictures: dict[int, Picture] = field(default_factory=dict)
    sent: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What was in the files that the terminal read."""
    _open: dict[str, str] | None = None
    _data: bytes = b""

    def feed(self, output: bytes, *, tmux: bool = False, ended: bool = True) -> None:
        """Take all that a program wrote; unless it has not ended, so has every sequence and every picture."""
        if not ended:
            output = _UNFINISHED.sub(b"", output)
        if tmux:
            assert not _ANY.search(_TMUX.sub(b"", output)), "a picture that tmux would swallow"
            output = b"".join(match[1].replace(b"\x1b\x1b", b"\x1b") for match in _TMUX.finditer(output))
        sequences = [match for match in _SEQUENCE.finditer(output) if b"a=q" not in match[1]]
        whole = len(_ANY.findall(output))
        assert whole == len(_SEQUENCE.findall(output)), "a sequence that does not end"
        for match in sequences:
            keys = dict(pair.split("=") for pair in match[1].decode("ascii").split(","))
            assert len(keys) == match[1].count(b",") + 1, "a key twice"
            assert keys.get("q") == "2", "the terminal would answer into the keys"
            if keys.get("a") == "d":
                self._drop(keys, match[2])
            else:
                self._take(keys, match[2] or b"")
        assert not ended or self._open is None, "a picture that does not end"

    def _drop(self, keys: dict[str, str], payload: bytes | None) -> None:
        assert self._open is None, "something between the parts of a picture"
        assert set(keys) == {"a", "d", "q", "i"}
        assert keys["d"] == "I", "the terminal would keep the data"
        assert payload is None
        number = int(keys["i"])
        assert number in self.pictures, "forgets what was not sent"
        del self.pictures[number]
        self.dropped.append(number)

    def _take(self, keys: dict[str, str], payload: bytes) -> None:
        assert 0 < len(payload) <= _CHUNK
        more = keys["m"] == "1"
        assert not more or len(payload) % 4 == 0, "base64 cut inside a group"
        if self._open is None:
            raw = keys.get("f") == "24"
            assert set(keys) == (_FIRST | {"s", "v"} if raw else _FIRST)
            assert (keys["a"], keys["U"]) == ("T", "1")
            assert raw or keys["f"] == "100"
            assert keys["t"] in ({"t", "d"} if raw else {"d"})
            self._open, self._data = keys, b""
        else:
            assert set(keys) == {"q", "m"}
        self._data += payload
        if not more:
            self._finish(self._open)

    def _finish(self, keys: dict[str, str]) -> None:
        number, columns, rows = (int(keys[key]) for key in ("i", "c", "r"))
        assert 0 < number <= 0xFFFFFF, "no colour could name it"
        assert number not in self.pictures, "sent twice"
        assert 0 < columns <= len(ROW_COLUMN_MARKS)
        assert 0 < rows <= len(ROW_COLUMN_MARKS)
        image = self._image(keys, b64decode(self._data, validate=True))
        self.pictures[number] = Picture(columns, rows, image)
        self.sent.append(number)
        self._open = None

    def _image(self, keys: dict[str, str], data: bytes) -> Image.Image:
        if keys["t"] == "t":
            name = data.decode()
            assert "tty-graphics-protocol" in name, "the terminal would not delete it"
            assert name in self.files, "a file that was not there"
            data = self.files[name]
        if keys["f"] == "100":
            image = Image.open(io.BytesIO(data))
            image.load()
            return image
        size = int(keys["s"]), int(keys["v"])
        assert len(data) == 3 * size[0] * size[1], "not as many pixels as it says"
        return Image.frombytes("RGB", size, data)


def place(cell: str) -> tuple[int, int]:
    """Return row and column that a placeholder names."""
    assert cell[0] == PLACEHOLDER
    assert len(cell) == len("PRC")
    return ROW_COLUMN_MARKS.index(cell[1]), ROW_COLUMN_MARKS.index(cell[2])
