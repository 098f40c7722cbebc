"""What every slide may say, and what a layout has to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, TypeAlias

from msgspec import Struct

from presenter.layouts.fields import Image, Lint, Seconds
from presenter.render.block import Block
from presenter.render.stage import Stage

FaultPath: TypeAlias = str | tuple[int | str, ...]
"""What a fault lies in: a key of the slide, or a path from there: keys of mappings, places in lists from 0."""


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of every slide. One subclass is one layout: its YAML keys, its steps and its drawing."""

    name: ClassVar[str] = ""
    """What `layout:` says to choose it."""
    counts: ClassVar[bool] = True
    """It is one of the slides of a talk: it has a number, and time that may be planned."""
    unused: ClassVar[frozenset[str]] = frozenset()
    """Keys of every slide that would mean nothing on this one."""

    id: str = ""
    """Names the slide for jumps, links and recorded times; the title's slug when left out, e.g. `the-knee`."""
    was: tuple[str, ...] = ()
    """Ids that the slide had before, so that its times in earlier rehearsals are found, e.g. `[the-bend]`."""
    title: str = ""
    """Stands at the top of the slide, e.g. `Three suspects`."""
    notes: str | tuple[str, ...] = ""
    """What the speaker wants to say: Markdown, or a list with one entry a step, e.g. `Say the number once, slowly.`."""
    time: Seconds | None = None
    """Planned time of the slide, e.g. `45s`, `1m30s`, `2:00`."""
    optional: bool = False
    """May be dropped when time is short."""
    fixed: bool = False
    """Takes its time whatever happens: a video, a live demonstration."""
    hidden: bool = False
    """Left out of the talk, reachable by go-to, search and overview."""
    tags: tuple[str, ...] = ()
    """Words by which variants choose slides, e.g. `[short]`."""
    reveal: bool = False
    """Show the parts one by one."""
    footer: str | None = None
    """Instead of the deck's footer, with the same fields; empty for none, e.g. `"{section} · {slide}"`."""
    big_letters: bool | None = None
    """Title and `big` in letters several rows tall, where there is room; as the deck says when left out."""
    lint: Lint | None = None
    """What `presenter check` shall not say of this slide, e.g. `{ignore: [L003]}`."""

    @property
    def steps(self) -> int:
        """How many steps the slide has, 1 or more."""
        return 1

    @property
    def bleeds(self) -> bool:
        """Whether the slide is drawn to the edges of the screen, without margins."""
        return False

    def draw(self, stage: Stage) -> Block:
        """Draw the slide below its margins: lines at most `stage.width` wide, as many as it needs.

        `stage.height` says what there is; `paint` tightens, then cuts, what is taller.
        """
        raise NotImplementedError

    def pictures(self) -> Iterator[Image]:
        """Go through the pictures of the slide, in reading order."""
        return iter(())

    def words(self) -> Iterator[str]:
        """Go through the visible words of the slide but for its title, in reading order, for search and outline."""
        return iter(())

    def faults(self) -> Iterator[tuple[FaultPath, str]]:
        """Go through what is wrong between keys: (where, words)."""
        return iter(())
