"""What time brings to a talk: a start that is due, slides that advance by themselves, alerts, sleep of the computer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from presenter.session.alerts import advances
from presenter.session.resume import OFFER_SEEN_SECONDS
from presenter.session.state import State
from presenter.session.timer import offer_expired, overdue
from presenter.timing.durations import format_elapsed
from presenter.ui.clock_monitor import ClockMonitor
from presenter.ui.peer_link import PeerLink
from presenter.ui.recorder import Recorder
from presenter.ui.run import RunOptions
from presenter.ui.threads import in_thread
from presenter.ui.window_api import Window


class Timekeeper:
    """Looks at the clocks for the window, and has the passing of time recorded.

    Args:
        window: whose state time changes.
        monitor: knows the clocks.
        recorder: is told that time passes.
        peers: the other windows, one of which may own the talk.
        options: what kind of run it is.

    Attributes:
        last_times: seconds of the slides in the last run, by their ids.
    """

    def __init__(
        self, window: Window, monitor: ClockMonitor, recorder: Recorder, peers: PeerLink, options: RunOptions
    ) -> None:
        self._window = window
        self._session = window.session
        self._monitor = monitor
        self._recorder = recorder
        self._peers = peers
        self._options = options
        self._rung = float("-inf")
        """Until when the last alert lasted that was looked at."""
        self.last_times: Mapping[str, float] = MappingProxyType({})

    def begin(self) -> None:
        """Begin to look at the clocks; done when the first slide is seen."""
        window = self._window
        window.every(1.0, self.beat)
        # Finding a talk that broke off also finds where to write, and whether that is possible.
        state = self._session.state
        found = None if state.timer.started else self._recorder.find()
        if found is not None:
            window.pass_on(replace(state, left=found, left_seen=True))
            window.after(OFFER_SEEN_SECONDS, self._hide_offer)
        if self._recorder.notice:
            self._say(self._recorder.notice)
        window.start(self._learn(), "learning")
        rehearses = self._options.rehearse and self._session.outline.start == "first-move"
        if self._session.state.auto == "loop" or rehearses:
            window.give("start")
            if self._options.rehearse and self._session.state.timer.started:
                self._say("the rehearsal runs: the first slide counts, too")

    def _say(self, words: str) -> None:
        self._window.pass_on(self._session.state.saying(words, self._window.now()))

    def _hide_offer(self) -> None:
        """Offer to go on with an older talk only where no audience sees it."""
        self._window.pass_on(replace(self._session.state, left_seen=False))

    def beat(self) -> None:
        """Look at the clocks, whatever is shown."""
        window, session = self._window, self._session
        now = window.now()
        noticed = list(self._monitor.noticed(session.state, now))
        if self._peers.leads:
            self._go_on(noticed, now)
        self._recorder.tick(session.state, now)
        self._ring(now)
        if (session.state.view == "speaker" or session.state.left_seen) and not session.state.overlay:
            window.draw_time()
            if self._monitor.blinks(session.state, now):
                window.after(0.5, window.draw_time)
        late = overdue(session.state, session.outline, now) if self._peers.leads else None
        if late is not None and late > -1:
            window.after(-late, self.beat)
        self._peers.beat()

    def _go_on(self, noticed: Iterable[State], now: float) -> None:
        """Do what the time has brought: jumps of the clocks, a start that is due, slides that go on by themselves."""
        window, session = self._window, self._session
        for state in noticed:
            window.pass_on(state, now)
        if not session.state.timer.started:
            self._start_by_clock(now)
        for due, state in advances(session.state, session.outline, now):
            window.pass_on(state, due, "next")
        if offer_expired(session.state, now):
            window.pass_on(replace(session.state, left=None), now)

    def _start_by_clock(self, now: float) -> None:
        """Start the timer when the deck's time for that has come, or tell that it was missed."""
        window, stated = self._window, self._session.outline.start
        if (late := self._monitor.due()) is not None:
            window.give("start", now=now - late)
            if late >= 1:
                words = f"started at {stated}, {format_elapsed(late)} ago"
                window.pass_on(self._session.state.saying(words, now), now)
        elif self._monitor.missed():
            word = f"{stated} is long past: the first move starts the timer"
            window.pass_on(replace(self._session.state, word=word, start_missed=True), now)

    def _ring(self, now: float) -> None:
        """Ring for a new alert, where the speaker wants that; never from a window that an audience looks at."""
        state = self._session.state
        live = self._monitor.live(state, now)
        fresh, self._rung = live.until != self._rung, live.until
        if fresh and self._options.bell and state.view == "speaker" and live.alerted(now):
            self._window.ring()

    async def _learn(self) -> None:
        """Read the runs before this one."""
        self.last_times = await in_thread(self._recorder.last_times)
