"""A window that joined a talk: it shows what the owner tells from its own copy of the deck, and gives commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from presenter.deck.model import Deck
from presenter.history.journal import boot_id
from presenter.peers.guest import Guest
from presenter.peers.protocol import SharedState, StateMessage, ViewName
from presenter.peers.sync import clean_state, content_hash, encode_plan, is_behind, merge_state, shared_state
from presenter.session.argument import Argument
from presenter.session.commands import ARRIVE, Command, act
from presenter.session.state import Outline, State, Timer
from presenter.timing.durations import format_elapsed
from presenter.ui.peer_link import PeerLink, PeerStatus, Urgency

OWNER_FIELDS: Final = (
    *("at", "back", "gone", "lost", "stale", "blank", "frozen", "locked", "timer", "account", "plan", "undo", "marks"),
    *("slept", "slept_at", "slept_on", "run", "word", "said_at"),
)
"""Fields of `State` that the owner has the last word about."""
UNCONFIRMED_SECONDS: Final = 1.0
"""Seconds for which a command may go unconfirmed before the speaker is told."""
DECKS_DIFFER_SECONDS: Final = 1.5
"""Seconds for which the decks may differ: after a save, the windows do not read it at the same moment."""
GUEST_NOTICE_SECONDS: Final = 60.0
"""Seconds for which the speaker is told that a window has gone."""
PUT_BACK_SECONDS: Final = 120.0
"""Seconds for which the place is offered to an owner that began anew."""


class SessionGuest(PeerLink):
    """A follower's end.

    Args:
        path: of the socket.
        told: what the owner has said already.
    """

    leads = False

    def __init__(self, path: Path, told: StateMessage) -> None:
        self._told = told
        self._talk = told.talk
        self._shift = 0.0
        """Seconds from the owner's clock to this window's."""
        self._epoch = told.epoch
        self._turn = told.face[0]
        self._follower = Guest(path, self._face, self._heard, self._changed)
        self._gone_at: float | None = None
        self._mine: tuple[SharedState, float] | None = None
        """Where this window was before the owner began anew, and when that was."""
        self._marked: tuple[Deck, str] | None = None
        self._differs: float | None = None
        """Since when the decks differ."""
        self._begun = False
        self._outline = Outline()
        """In which the talk's place was found last."""

    def begun(self, state: State, outline: Outline) -> State:
        """Return the state to begin with: as the talk stands."""
        self._outline = outline
        return replace(merge_state(state, self._talk, outline), view=self._told.face[1])

    def begin(self) -> None:
        """Follow from now on."""
        from presenter.peers.log_file import log_to_file  # noqa: PLC0415 - nothing is logged before

        log_to_file()
        self._begun = True
        self.clock_monitor.heard(self._talk.band)
        self.window.start(self._follower.run(), "link")

    def saw(self) -> None:
        """Find the talk's place in a deck that was read again; say goodbye when the speaker closes this window."""
        window = self.window
        if window.session.state.over:
            self._follower.leave()  # nobody has to miss it then
        if window.session.outline is not self._outline:
            self._outline = window.session.outline
            if self._follower.linked and self._follower.settled:
                window.pass_on(merge_state(window.session.state, self._talk, window.session.outline, self._shift))

    def _face(self) -> ViewName:
        return self.window.session.state.view

    # --- what the owner tells

    def _heard(self, told: StateMessage) -> None:
        window, now = self.window, self.window.now()
        talk = clean_state(told.talk)
        self._shift = shift = now - talk.clock if talk.boot != boot_id() else 0.0
        if told.epoch != self._epoch:
            self._epoch = told.epoch
            mine = shared_state(window.session.state, window.session.outline)
            self._mine = (mine, now) if is_behind(talk, mine, now) else None
        elif self._mine is not None and not is_behind(talk, self._mine[0], now):
            self._mine = None
        self._talk = talk
        state = window.session.state
        if self._follower.settled:
            state = merge_state(state, talk, window.session.outline, shift)
        if told.face[0] != self._turn:
            self._turn = told.face[0]
            state = replace(state, view=told.face[1], overlay="", typed="", cursor=0)
        window.pass_on(state)
        window.draw_peers()

    def _changed(self) -> None:
        window, now = self.window, self.window.now()
        if self._follower.linked:
            self._gone_at = None
        else:
            first, self._gone_at = self._gone_at is None, self._gone_at or now
            if first and self._follower.ended == "quit":
                window.pass_on(replace(window.session.state, timer=window.session.state.timer.pause(now)))
        window.draw_peers()

    # --- what this window wants

    def takes(self, row: Command | None, argument: Argument) -> bool:
        """Give the talk's commands to its owner; without one, this window goes on alone."""
        if self._gone_at is not None:
            return False
        if row is None:
            return True
        if row.scope == "window":
            self._mine_alone(row, argument)
        else:
            self._for_the_talk(row, argument)
        if row.effect:
            self.window.do_effect(row.effect)
        return True

    def _mine_alone(self, row: Command, argument: Argument) -> None:
        """Do what concerns this window; it lights no blank screen. What it leads to in the talk the owner is told."""
        window, now = self.window, self.window.now()
        old = window.session.state
        new = replace(act(row, replace(old, blank=""), window.session.outline, now, argument), blank=old.blank)
        if new.frozen != old.frozen:
            self._follower.give("freeze", at=now)
        elif new.at != old.at:
            place = Argument(slide=window.session.outline.ids[new.at.slide], step=new.at.step)
            self._follower.give(ARRIVE.name, place, at=now)
        if new.view != old.view:
            self._follower.give("face", Argument(new.view))
        window.pass_on(new, now, row.name)

    def _for_the_talk(self, row: Command, argument: Argument) -> None:
        """Tell the owner; a step is shown at once, everything else when it has been done."""
        window, now = self.window, self.window.now()
        old = window.session.state
        new = act(row, old, window.session.outline, now, argument)
        plan = encode_plan(old.offer.after) if row.name == "reflow-take" and old.offer is not None else None
        self._follower.give(row.name, argument, at=now, plan=plan)
        if row.scope != "move":
            new = replace(new, **{name: getattr(old, name) for name in OWNER_FIELDS})
        window.pass_on(new, now, row.name)

    def swap(self) -> None:
        """Change roles with the owner."""
        if self._gone_at is None:
            self._follower.give("swap")
        else:
            self.say("the audience window is gone: there is nothing to swap with")

    def put_back(self) -> None:
        """Put an owner that began anew where this window was."""
        if self._mine is None or not self._follower.linked:
            super().put_back()
            return
        self._follower.give("put-back", talk=self._mine[0])
        self._mine = None

    # --- what the speaker view says

    def others(self, now: float) -> PeerStatus:
        """Return what the speaker view says of the others."""
        size = self._talk.size if self._gone_at is None and all(self._talk.size) else None
        corner = "SPEAKER ○" if self._gone_at is not None else "SPEAKER"
        if self._follower.linked:
            corner = f"SPEAKER ● {self._talk.windows}"
        return PeerStatus(corner, tuple(self._words(now)) if self._begun else (), size)

    def _words(self, now: float) -> Iterator[tuple[str, Urgency]]:
        yield from self._connected(now)
        lost = self._talk.lost_at
        if lost is not None and now - self._shift - lost < GUEST_NOTICE_SECONDS:
            yield f"speaker window gone {format_elapsed(now - self._shift - lost)}", "warn"
        if self._mine is not None and now - self._mine[1] < PUT_BACK_SECONDS:
            yield self._offer(self._mine[0], now), "warn"
        elif self._talk.left:
            yield f"{self.window.key_of('resume')}: resume at {self._talk.left}", "warn"
        if self._differing(now):
            yield f"deck differs; {self.window.key_of('reload')} reads it again", "warn"
        if self._talk.trouble and not self.window.session.state.trouble:
            yield f"audience window: {self._talk.trouble}", "bad"
        if self._talk.log:
            yield self._talk.log, "bad"

    def _connected(self, now: float) -> Iterator[tuple[str, Urgency]]:
        """Go through what is the matter with the connection."""
        follower = self._follower
        if self._gone_at is not None:
            if follower.ended == "quit":
                yield f"the talk has ended; {self.window.key_of('quit')} closes this window", "warn"
            else:
                yield f"audience window gone {format_elapsed(now - self._gone_at)}", "bad"
        if follower.refused:
            yield follower.refused, "bad"
        if (silence := follower.unanswered) > UNCONFIRMED_SECONDS:
            yield f"the audience window does not answer {format_elapsed(silence)}", "bad"

    def _offer(self, mine: SharedState, now: float) -> str:
        outline = self.window.session.outline
        places = dict(zip(outline.ids, outline.labels, strict=True))
        spent = format_elapsed(Timer(mine.timer.accrued, mine.timer.since, mine.timer.started).elapsed(now))
        key = self.window.key_of("put-back")
        return f"the audience window began anew; {key} puts it back to slide {places.get(mine.at.slide, '?')}, {spent}"

    def _differing(self, now: float) -> bool:
        deck = self.window.session.deck
        if self._marked is None or self._marked[0] is not deck:
            self._marked = (deck, content_hash(deck))
        if self._marked[1] == self._talk.mark:
            self._differs = None
            return False
        self._differs = now if self._differs is None else self._differs
        return now - self._differs > DECKS_DIFFER_SECONDS
