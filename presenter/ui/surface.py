"""The only widget: it shows rows of cells, and hands the terminal no more of them than have changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import ClassVar, Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from presenter.images import ImageCells, ImageRow, Request, animated_requests, plain_rows, with_frames
from presenter.images.image_cache import LruCache
from presenter.render.block import Line
from presenter.render.reorder import reordered
from presenter.terminal.sgr import REORDERED
from presenter.ui.textual_strips import make_strip
from presenter.ui.view_model import RenderContext, ViewModel
from presenter.ui.views.window import draw_window

STRIP_CACHE_BYTES: Final = 4_000_000
"""Bytes of rows kept as the terminal gets them: those of the slides around the current one."""
_ROW: Final = 3_000
"""Bytes that a row of text takes, with its strip;"""
_CELL: Final = 40
"""and a cell of a picture."""


class Surface(Widget):
    """The whole window, painted by `window.draw_window`; no part of it is a widget of its own."""

    DEFAULT_CSS = "Surface { width: 100%; height: 100%; }"
    can_focus = False
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, scene: ViewModel, resized: Callable[[], None], held: Callable[[], bool] = lambda: False) -> None:
        """Prepare to show a scene.

        Args:
            scene: to begin with.
            resized: called when the window has got another size.
            held: says that the terminal has not taken the last picture yet, and is given no other before it has.
        """
        super().__init__()
        self._resized = resized
        self._held = held
        self._scene = scene
        self._still: list[Line] = []
        self._rows: Sequence[Line] = []
        self._sent: tuple[Sequence[Line], tuple[int, int]] = ([], (0, 0))
        """The rows that the terminal has, or will have, and their size."""
        self._frames: Mapping[Request, ImageCells] = {}
        self._shape = (0, 0)
        self._made: LruCache[int, tuple[Line, Strip]] = LruCache(STRIP_CACHE_BYTES)
        self._making = Lock()
        self.easel = RenderContext(scene)
        """What the last picture told: slides to be painted again, and measures for the commands."""

    def show(self, scene: ViewModel) -> None:
        """Draw a scene, and mark the rows that are not as before to be sent to the terminal."""
        if scene.theme is not self._scene.theme:
            with self._making:
                self._made = LruCache(STRIP_CACHE_BYTES)
        self._scene = scene
        self._draw()
        self._send()

    def turn(self, frames: Mapping[Request, ImageCells]) -> None:
        """Show other frames of the pictures that move; those that are not named show their first."""
        self._frames = frames
        self._rows = with_frames(self._still, frames)
        self._send()

    @property
    def rows(self) -> Sequence[Line]:
        """What is shown."""
        return self._rows

    @property
    def moving(self) -> tuple[Request, ...]:
        """The pictures in the window that want to move."""
        return animated_requests(self._still)

    def touch_up(self, scene: ViewModel, write: Callable[[str], None]) -> None:
        """Draw a scene that differs from the last one by the time only, and write the rows that changed at once.

        Once a second this would go through all of Textual's layers for a few rows, which takes longer than drawing
        them. The compositor keeps no picture of the screen, so nothing is lost: what it draws later are these rows.
        """
        self._scene = scene
        self._draw()
        if self._held():
            return
        if (changed := self._changed()) is None:
            self.refresh()
            return
        console = self.app.console
        rows = (f"\x1b[{y + 1};1H{self._strip(self._rows[y]).render(console)}" for y in changed)
        if text := "".join(rows):
            write(text)

    def _send(self) -> None:
        """Mark the rows that are not as the terminal has them; of pictures that it has no time for, only the newest."""
        if self._held():
            return
        if (changed := self._changed()) is None:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _changed(self) -> list[int] | None:
        """Take what is drawn as sent; return the rows that the terminal had not, None when all of them are new."""
        (before, shape), self._sent = self._sent, (self._rows, self._shape)
        if shape != self._shape:
            return None
        pairs = enumerate(zip(before, self._rows, strict=True))
        return [y for y, (old, new) in pairs if old is not new and not _same(old, new)]

    def on_resize(self) -> None:
        """Tell the window, which has the pictures painted in the new size."""
        self._resized()

    def _draw(self) -> None:
        width, height = self.size
        self.easel = RenderContext(self._scene)
        # A row that looks as before stays the same object: what the terminal gets for it is at hand.
        before = self._still if self._shape == (width, height) else ()
        drawn = draw_window(self.easel, width, height)
        self._still = (
            [old if _same(old, new) else new for old, new in zip(before, drawn, strict=True)] if before else drawn
        )
        self._rows = with_frames(self._still, self._frames) if self._frames else self._still
        self._shape = (width, height)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows of a region; what came with a new size is drawn first."""
        if self._shape != (self.size.width, self.size.height):
            self._draw()
            self._sent = (self._rows, self._shape)  # Textual asks for all of it
        whole = crop.x == 0 and crop.width == self.size.width
        strips = [self._strip(row) for row in self._rows[crop.y : crop.bottom]]
        return strips if whole else [each.crop(crop.x, crop.right) for each in strips]

    def render_line(self, y: int) -> Strip:
        """Return one row, should Textual ask for that."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def prepare(self, rows: list[Line]) -> None:
        """Make ready what the terminal gets for rows that may be shown next; for any thread.

        A picture has a colour for each cell: spelling them out takes longer than all else that a key press does.
        """
        for row in rows:
            self._strip(row).render(self.app.console)

    def _strip(self, row: Line) -> Strip:
        """Return a row as Textual wants it, the same one for the same row."""
        with self._making:
            known = self._made.get(id(row))
        if known is not None and known[0] is row:
            return known[1]
        made = make_strip(self._filtered(reordered(row, undo=REORDERED)), self.size.width)
        if self._frames and any(isinstance(part, ImageRow) and part.sheet.request in self._frames for part in row):
            return made  # its turn is over before anybody asks for it again
        with self._making:
            self._made.put(id(row), (row, made), _weight(row))
        return made

    def _filtered(self, row: Line) -> Line:
        """Return a row in the colours that Textual's filters leave."""
        background = Color.parse(self._scene.theme.background)
        for each in self.app.get_line_filters():
            if isinstance(each, Monochrome) and self._scene.terminal.depth.startswith("grey"):
                row = [part for segment in row for part in _greyed(segment, each, background)]
            elif not isinstance(each, ANSIToTruecolor):  # every colour of ours is a true one
                row = each.apply(plain_rows([row])[0], background)
        return row


def _same(old: Line, new: Line) -> bool:
    """Say whether two rows look the same; of pictures, this row alone."""
    return len(old) == len(new) and all(
        one is other
        or (one.escapes == other.escapes if isinstance(one, ImageRow) and isinstance(other, ImageRow) else one == other)
        for one, other in zip(old, new, strict=True)
    )


def _weight(row: Line) -> int:
    return _ROW + _CELL * sum(segment.width for segment in row if isinstance(segment, ImageRow))


def _greyed(segment: Segment, each: LineFilter, background: Color) -> list[Segment]:
    """Return a segment in grey; pictures are, when they were drawn so."""
    return [segment] if isinstance(segment, ImageRow) else each.apply([segment], background)
