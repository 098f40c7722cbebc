"""Pictures in pixels, by kitty's graphics protocol with Unicode placeholders.

The picture is sent once, under a number. What stands on the slide is text: one placeholder a cell, in a colour that is
the picture's number, with two marks that say which row and column of the picture the cell shows. So it is cut, covered
and cleared like any text, and belongs to no place on the screen.

Protocol: https://sw.kovidgoyal.net/kitty/graphics-protocol/, "Unicode placeholders".
"""

from __future__ import annotations

import os
import threading
from base64 import standard_b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from rich.segment import Segment
from rich.style import Style

from presenter.images.cells import ImageBlock, ImageCells
from presenter.images.file_copies import Identity
from presenter.images.image_cache import LruCache
from presenter.images.image_file import file_identity
from presenter.images.types import Cells, PictureError, Raster, Request

PLACEHOLDER: Final = "\U0010eeee"
PAYLOAD_CHUNK: Final = 4096
"""Characters of a picture in one escape sequence."""
MAX_PACKED_BYTES: Final = 24_000_000
"""Bytes of packed pictures that are kept; those left out are packed again when they are shown again."""
_MARKS: Final = (
    "305 30D-30E 310 312 33D-33F 346 34A-34C 350-352 357 35B 363-36F 483-487 592-595 597-599 59C-5A1 5A8-5A9 5AB-5AC "
    "5AF 5C4 610-617 657-65B 65D-65E 6D6-6DC 6DF-6E2 6E4 6E7-6E8 6EB-6EC 730 732-733 735-736 73A 73D 73F-741 743 745 "
    "747 749-74A 7EB-7F1 7F3 816-819 81B-823 825-827 829-82D 951 953-954 F82-F83 F86-F87 135D-135F 17DD 193A 1A17 "
    "1A75-1A7C 1B6B 1B6D-1B73 1CD0-1CD2 1CDA-1CDB 1CE0 1DC0-1DC1 1DC3-1DC9 1DCB-1DCC 1DD1-1DE6 1DFE 20D0-20D1 "
    "20D4-20D7 20DB-20DC 20E1 20E7 20E9 20F0 2CEF-2CF1 2DE0-2DFF A66F A67C-A67D A6F0-A6F1 A8E0-A8F1 AAB0 AAB2-AAB3 "
    "AAB7-AAB8 AABE-AABF AAC1 FE20-FE26 10A0F 10A38 1D185-1D189 1D1AA-1D1AD 1D242-1D244"
)
"""The marks for 0, 1, 2 and so on: those above a letter that Unicode 6.0 had and that never melt into it."""


def _unpacked(ranges: str) -> Iterator[str]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


ROW_COLUMN_MARKS: Final = tuple(_unpacked(_MARKS))
MAX_PLACEHOLDERS: Final = len(ROW_COLUMN_MARKS)
"""Rows and columns of a picture at most."""


@dataclass(frozen=True, slots=True)
class KittyImage:
    """A picture ready to be sent.

    Attributes:
        number: by which the terminal knows it, 1 to 0xffffff.
        columns: cells across.
        rows: cells down.
        data: a PNG file; or pixels, three bytes each.
        size: pixels across and down, when it is pixels.
        remark: as in `Cells`.
    """

    number: int
    columns: int
    rows: int
    data: bytes
    size: tuple[int, int] | None = None
    remark: str = ""


class KittyStore:
    """The pictures that are shown in pixels: their numbers for good, their data as long as there is room.

    Args:
        pack: turns a picture into pixels, and those into what is sent: themselves, or a PNG file.
    """

    def __init__(self, pack: Callable[[Request, tuple[int, int]], tuple[Raster, bytes]]) -> None:
        self._pack = pack
        self.unpacked = False
        """What is packed from now on goes by files: it need not be small."""
        # Far from the small numbers that other programs use in the same window.
        self._numbers = count(0x10000 + int.from_bytes(os.urandom(3)) % 0xE00000)
        self._lock = threading.Lock()
        self._parcels: LruCache[int, KittyImage] = LruCache(MAX_PACKED_BYTES)
        self._known: dict[tuple[Request, tuple[int, int]], tuple[Identity, ImageBlock, int]] = {}
        self._sources: dict[int, tuple[Request, tuple[int, int]]] = {}

    def at_hand(self, request: Request, cell: tuple[int, int]) -> ImageBlock | None:
        """Return a picture that was drawn before, of whatever state of its file."""
        with self._lock:
            known = self._known.get((request, cell))
        return known[1] if known else None

    def picture(self, request: Request, cell: tuple[int, int], now: Identity) -> ImageBlock:
        """Draw a picture; decodes it unless that was done with this state of the file.

        Raises:
            PictureError: the file cannot be shown.
        """
        with self._lock:
            known = self._known.get((request, cell))
        if known is not None and known[0] == now:
            return known[1]
        parcel = self._made(next(self._numbers), request, cell)
        made = _placed(parcel, request)
        with self._lock:
            self._known[request, cell] = now, made, parcel.number
            self._sources[parcel.number] = request, cell
        return made

    def renew(self) -> bool:
        """Pack pictures again whose files have changed; return whether there were any. A lost file changes nothing."""
        with self._lock:
            known = dict(self._known)
        changed = False
        for (request, cell), (before, _, _) in known.items():
            with suppress(PictureError):
                now = file_identity(request.path)
                if now != before:
                    self.picture(request, cell, now)
                    changed = True
        return changed

    def parcel(self, number: int, *, patient: bool = False) -> KittyImage | None:
        """Return what is to be sent for a number; None when it would have to be packed again, unless `patient`.

        Raises:
            PictureError: the file cannot be shown any more.
        """
        with self._lock:
            found, source = self._parcels.get(number), self._sources.get(number)
        return self._made(number, *source) if found is None and source is not None and patient else found

    def _made(self, number: int, request: Request, cell: tuple[int, int]) -> KittyImage:
        raster, data = self._pack(request, cell)
        columns, rows = -(-raster.width // cell[0]), -(-raster.height // cell[1])
        size = (raster.width, raster.height) if data is raster.data else None
        parcel = KittyImage(number, columns, rows, data, size, raster.remark)
        with self._lock:
            self._parcels.put(number, parcel, len(data))
        return parcel


def pad_to_cells(raster: Raster, cell: tuple[int, int], background: str) -> Raster:
    """Return pixels widened and heightened to whole cells, so that no terminal has to scale them."""
    width, height = (-(-size // each) * each for size, each in zip((raster.width, raster.height), cell, strict=True))
    colour = bytes.fromhex(background.removeprefix("#"))
    side = colour * (width - raster.width)
    data = raster.data
    if side:
        step = raster.width * len(colour)
        data = b"".join(data[start : start + step] + side for start in range(0, len(data), step))
    return replace(raster, width=width, height=height, data=data + colour * width * (height - raster.height))


def _placed(parcel: KittyImage, request: Request) -> ImageBlock:
    """Return the placeholders of a picture."""
    style = Style(color=f"#{parcel.number:06x}", bgcolor=request.background)
    columns = ROW_COLUMN_MARKS[: parcel.columns]
    lines = tuple(
        [Segment("".join(f"{PLACEHOLDER}{row}{column}" for column in columns), style)]
        for row in ROW_COLUMN_MARKS[: parcel.rows]
    )
    return ImageBlock(lines, parcel.columns, parcel.rows, ImageCells(Cells(0, 0, b"", "", b"", b"")), parcel.remark)


def image_numbers(lines: Iterable[Sequence[Segment]]) -> frozenset[int]:
    """Return the numbers of the pictures that some lines show in pixels, wholly or in part."""
    return frozenset(
        int.from_bytes(bytes(style.color.triplet))
        for line in lines
        for text, style, _ in line
        if text.startswith(PLACEHOLDER) and style and style.color and style.color.triplet
    )


def transmit(parcel: KittyImage, path: str = "") -> Iterator[str]:
    """Go through the escape sequences that send a picture; nothing is answered, nothing is shown yet.

    Args:
        parcel: the picture.
        path: of a file with its data, for a terminal that can read that, and deletes it; empty to send them.
    """
    way = "t" if path else "d"
    data = standard_b64encode(path.encode() if path else parcel.data).decode("ascii")
    form = "f=100" if parcel.size is None else f"f=24,s={parcel.size[0]},v={parcel.size[1]}"
    keys = f"a=T,U=1,q=2,{form},t={way},i={parcel.number},c={parcel.columns},r={parcel.rows},"
    for start in range(0, len(data), PAYLOAD_CHUNK):
        more = int(start + PAYLOAD_CHUNK < len(data))
        yield f"\x1b_G{keys}m={more};{data[start : start + PAYLOAD_CHUNK]}\x1b\\"
        keys = "q=2,"


def delete(number: int) -> str:
    """Return the escape sequence that makes the terminal forget a picture."""
    return f"\x1b_Ga=d,d=I,q=2,i={number}\x1b\\"


def tmux_passthrough(sequence: str) -> str:
    """Return an escape sequence as tmux hands it on to the terminal (`allow-passthrough`)."""
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
