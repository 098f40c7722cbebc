"""What the window shows, as one value, and what painting it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from presenter.deck.model import Deck, Slide
from presenter.painting import Frame, paint
from presenter.render.block import Line
from presenter.render.stage import Stage
from presenter.session.alerts import PaceNow
from presenter.session.argument import Argument, Measure
from presenter.session.bindings import Bindings
from presenter.session.state import Outline, Position, State
from presenter.terminal.capabilities import UNKNOWN_TERMINAL, TerminalCapabilities
from presenter.themes import Theme
from presenter.ui.peer_link import NO_PEERS, PeerStatus
from presenter.ui.timing_view import TimingView
from presenter.ui.timing_view import timing_view as read_gauges
from presenter.ui.views.chrome import Chrome, chrome

if TYPE_CHECKING:
    from presenter.ui.simulate import SimulatedTerminal


@dataclass(frozen=True, slots=True, eq=False)
class ViewModel:
    """A talk at one moment, and how it is drawn.

    Attributes:
        deck: what is presented.
        outline: the facts of it.
        state: how the talk stands.
        bindings: for the keys named in hints and help.
        theme: the colours of slides and everything else.
        kept: the slide that is still shown though the deck on disk has changed (`State.stale`), else None.
        terminal: how pictures are drawn.
        now: seconds on the talk's clock.
        clock: the time of day, `14:47:12`.
        wall: the same in seconds since the epoch.
        stop: when the talk has to end, in seconds since the epoch; None when no time is set.
        live: what changed while time passed.
        last: seconds of slides in the last rehearsal, by their ids.
        log: what the speaker should know of the record of the talk; empty for nothing.
        report: the lines of the report that ends a rehearsal.
        venue: whose terminal the window is drawn for, in a frame; this one's when None.
        others: what is known of the other windows of the talk.
    """

    deck: Deck
    outline: Outline
    state: State
    bindings: Bindings
    theme: Theme
    kept: Slide | None = None
    terminal: TerminalCapabilities = UNKNOWN_TERMINAL
    now: float = 0.0
    clock: str = ""
    wall: float = 0.0
    stop: float | None = None
    live: PaceNow = field(default_factory=PaceNow)
    last: Mapping[str, float] = field(default_factory=dict)
    log: str = ""
    report: tuple[str, ...] = ()
    venue: SimulatedTerminal | None = None
    others: PeerStatus = NO_PEERS

    def slide(self, position: Position) -> Slide | None:
        """Return the slide of a position as the deck has it now; None in an empty deck."""
        return self.deck.slides[position.slide] if position.slide < len(self.deck.slides) else None

    @property
    def here(self) -> Slide | None:
        """The slide where the speaker is; None in an empty deck."""
        kept = self.kept if self.state.frozen is None else None
        return kept or self.slide(self.state.at)

    def stage(self, width: int, height: int, step: int, *, small: bool = False) -> Stage:
        """Return the stage for a slide of this size, painted without waiting for pictures.

        A `small` one, beside the slide that is shown, keeps still and has no pixels.
        """
        terminal = self.terminal
        return Stage(
            max(1, width),
            max(1, height),
            step,
            self.theme,
            images=terminal.images(self.deck.images),
            forced=bool(terminal.asked),
            glyphs=terminal.glyphs,
            pixels=None if small else terminal.pixels,
            depth=terminal.depth,
            aspect=terminal.aspect,
            patient=False,
            still=small,
        )


@dataclass
class RenderContext:
    """Paints the slides of one picture of the window, and remembers what has to be known afterwards.

    Attributes:
        scene: what is shown.
        pending: slides with pictures that are still being decoded.
        remarks: what the speaker should know of the slide on screen.
        window: columns and rows of the whole window, of which the speaker view shows the slide in a part.
        measures: what commands need to know of the picture.
    """

    scene: ViewModel
    pending: list[tuple[Slide, Stage]] = field(default_factory=list)
    remarks: tuple[str, ...] = ()
    window: tuple[int, int] = (0, 0)
    measures: dict[Measure, Argument] = field(default_factory=dict)

    @cached_property
    def gauges(self) -> TimingView:
        """How the talk stands, for everything in the picture."""
        return read_gauges(self.scene)

    @property
    def ink(self) -> Chrome:
        """The styles of everything around the slides."""
        return chrome(self.scene.theme)

    def paint(self, slide: Slide, width: int, height: int, step: int, *, small: bool = False) -> Frame:
        """Paint a slide, noting it when its pictures are not at hand; `small` for one that is not the one shown."""
        stage = self.scene.stage(width, height, step, small=small)
        frame = paint(slide, stage)
        if frame.pending:
            self.pending.append((slide, stage))
        return frame

    def empty(self, rows: int) -> list[Line]:
        """Return empty rows."""
        return [[] for _ in range(rows)]
