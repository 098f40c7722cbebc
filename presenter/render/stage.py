"""Where and how a slide is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from presenter.images import MODES, Depth
from presenter.themes import DEFAULT, Theme


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything but the slide that decides its cells. Hashable: slide and stage are the key of the paint cache.

    Attributes:
        width: cells across, 1 or more.
        height: rows, 1 or more.
        step: which step is shown, from 0.
        theme: the colours.
        images: how pictures are drawn that do not say it themselves: "half", "quad", "blocks", "sextant" or "octant"
            (see `images.Request`), "kitty", or "off" for their alt text.
        forced: what pictures say themselves does not count.
        glyphs: what letters, and pictures where pixels cannot be shown, are drawn with when `images` does not tell.
        pixels: pixels across and down a cell, where the terminal shows pixels; else None.
        depth: the colours of the terminal, as in `images.Request`.
        big_letters: draw titles in large letters where there is room.
        aspect: width of a cell divided by its height.
        patient: decode pictures that are not at hand; False draws their box empty and says so in `Frame.pending`.
        still: animations show their first frame.
        outlined: pictures are left empty at their size: for looking at how everything else comes out.
        tight: 0 as designed, 1 without the air between parts, 2 without margins too.
    """

    width: int
    height: int
    step: int = 0
    theme: Theme = DEFAULT
    images: str = "half"
    forced: bool = False
    glyphs: str = "blocks"
    pixels: tuple[int, int] | None = None
    depth: Depth = "truecolor"
    big_letters: bool = True
    aspect: float = 0.5
    patient: bool = True
    still: bool = False
    outlined: bool = False
    tight: int = 0

    def mode(self, own: str = "auto") -> str:
        """Return how a picture that asks for `own` is drawn: one of `images.MODES`, "kitty" or "off"."""
        wanted = self.images if self.forced or own == "auto" else own
        return self.glyphs if wanted == "kitty" and self.pixels is None else wanted

    @property
    def characters(self) -> str:
        """How letters are drawn: one of `images.MODES`."""
        return self.images if self.images in MODES else self.glyphs
