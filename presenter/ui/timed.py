"""The part of the window that keeps time: it looks at the clocks once a second, and has everything recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from textual.app import App
from textual.reactive import var

from presenter.session.alerts import advances
from presenter.session.commands import Command
from presenter.session.resume import OFFER_SEEN_SECONDS
from presenter.session.state import Outline, State
from presenter.session.timer import offer_expired, overdue, start_talk
from presenter.timing.clocks import Clocks
from presenter.timing.durations import format_elapsed
from presenter.ui.clock_monitor import ClockMonitor
from presenter.ui.recorder import Recorder, with_note_size
from presenter.ui.run import RunOptions
from presenter.ui.threads import in_thread

WIDE_REPORT: Final = 104
"""Columns from which the report has long bars and titles."""


class TimedApp(App[None], inherit_bindings=False):
    """The base of the window. It holds the state; what is drawn, and which keys there are, is not its concern."""

    state: var[State] = var(State, init=False)

    leads = True
    """The talk is this window's: it says when time has passed. Another one may show it as well."""
    _habits = RunOptions()
    report = ""
    """Where the time of a rehearsal went, when it has ended."""
    _rung = float("-inf")
    """Until when the last alert lasted that was looked at."""
    _last: Mapping[str, float] = MappingProxyType({})
    """Seconds of the slides in the last run."""

    @property
    def columns(self) -> int:
        """Columns that everything is drawn for."""
        venue = self._habits.venue
        return venue.columns if venue else self.size.width

    def keep_time(self, clocks: Clocks, recorder: Recorder, outline: Outline) -> None:
        """Take the clocks, and who writes down what happens."""
        self._clocks = clocks
        self._clock = clocks.talk
        self._recorder = recorder
        self._outline = outline
        self._pulse = ClockMonitor(clocks, outline)

    def give(self, command: Command | str | None, argument: str = "", now: float | None = None) -> None:
        """Give a command to the talk."""
        raise NotImplementedError

    def _draw_soon(self) -> None:
        """Draw once the keys that wait have been taken in."""
        raise NotImplementedError

    def _touch_up(self) -> None:
        """Draw what the time alone has changed."""
        raise NotImplementedError

    def begin_time(self) -> None:
        """Begin to look at the clocks; done when the first slide is seen."""
        self.set_interval(1.0, self._beat)
        # Finding a talk that broke off also finds where to write, and whether that is possible.
        found = None if self.state.timer.started else self._recorder.find()
        if found is not None:
            self.pass_on(replace(self.state, left=found, left_seen=True))
            self.set_timer(OFFER_SEEN_SECONDS, self._hide_offer)
        if self._recorder.notice:
            self.pass_on(self.state.saying(self._recorder.notice, self._clock()))
        self.run_worker(self._learn(), group="learning", exit_on_error=False)
        if self.state.auto == "loop" or (self._habits.rehearse and self._outline.start == "first-move"):
            self.give("start")
            if self._habits.rehearse and self.state.timer.started:
                self.pass_on(self.state.saying("the rehearsal runs: the first slide counts, too", self._clock()))

    def _hide_offer(self) -> None:
        """Offer to go on with an older talk only where no audience sees it."""
        self.pass_on(replace(self.state, left_seen=False))

    def _beat(self) -> None:
        """Look at the clocks, whatever is shown."""
        now = self._clock()
        noticed = list(self._pulse.noticed(self.state, now))
        if self.leads:
            self._go_on(noticed, now)
        self._recorder.tick(self.state, now)
        self._ring(now)
        if (self.state.view == "speaker" or self.state.left_seen) and not self.state.overlay:
            self._touch_up()
            if self._pulse.blinks(self.state, now):
                self.set_timer(0.5, self._touch_up)
        if self.leads and (late := overdue(self.state, self._outline, now)) is not None and late > -1:
            self.set_timer(-late, self._beat)

    def _go_on(self, noticed: Iterable[State], now: float) -> None:
        """Do what the time has brought: jumps of the clocks, a start that is due, slides that go on by themselves."""
        for state in noticed:
            self.pass_on(state, now)
        if not self.state.timer.started:
            self._start_by_clock(now)
        for due, state in advances(self.state, self._outline, now):
            self.pass_on(state, due, "next")
        if offer_expired(self.state, now):
            self.pass_on(replace(self.state, left=None), now)

    def _start_by_clock(self, now: float) -> None:
        """Start the timer when the deck's time for that has come, or tell that it was missed."""
        stated = self._outline.start
        if (late := self._pulse.due()) is not None:
            self.give("start", now=now - late)
            if late >= 1:
                self.pass_on(self.state.saying(f"started at {stated}, {format_elapsed(late)} ago", now), now)
        elif self._pulse.missed():
            word = f"{stated} is long past: the first move starts the timer"
            self.pass_on(replace(self.state, word=word, start_missed=True), now)

    def _ring(self, now: float) -> None:
        """Ring for a new alert, where the speaker wants that; never from a window that an audience looks at."""
        live = self._pulse.live(self.state, now)
        fresh, self._rung = live.until != self._rung, live.until
        wanted = fresh and self._habits.bell and self.state.view == "speaker"
        if wanted and live.alerted(now) and self._driver is not None:
            self._driver.write("\a")
            self._driver.flush()

    async def _learn(self) -> None:
        """Read the runs before this one."""
        self._last = await in_thread(self._recorder.last_times)

    def wall(self, pattern: str) -> str:
        """Return the local time of the day, in a format of `time.strftime`."""
        return self._clocks.now().strftime(pattern)

    def pass_on(self, state: State, now: float | None = None, how: str = "") -> None:
        """Go on with another state: the only assignment of it.

        Args:
            state: how the talk stands from now on.
            now: seconds on the talk's clock; read when None.
            how: the name of the command that led to it.
        """
        now = self._clock() if now is None else now
        if state.timer.started and not self.state.timer.started:
            state = start_talk(state, self._outline, self._pulse.until_stop())
        before = self.state
        if state.view == "speaker" and before.view != "speaker":
            state = self.sized(state)
        elif state.notes_size != before.notes_size and how:
            self._recorder.sizes.chosen(*self.size, state.notes_size)
        self._recorder.saw(before, state, now, how)
        if state.overlay == "report" and before.overlay != "report":
            self.report = self._recorder.report(state, now, narrow=self.columns < WIDE_REPORT)
        self.state = state

    def sized(self, state: State) -> State:
        """Return the state with notes as large as the speaker last wanted them in a terminal of this size."""
        return with_note_size(state, self._recorder, *self.size)

    def follow_deck(self, outline: Outline) -> None:
        """Go on with a deck that was read again."""
        self._outline = outline
        self._pulse.follow(outline)

    def until_stop(self) -> str:
        """Return the seconds until the hard stop, as an argument of commands; empty without one."""
        until = self._pulse.until_stop()
        return "" if until is None else str(until)

    def moment(self) -> dict[str, Any]:
        """Return what a `Scene` has to know of the time."""
        now = self._clock()
        return {
            "now": now,
            "clock": self.wall("%H:%M:%S"),
            "wall": self._clocks.wall(),
            "stop": self._pulse.stop,
            "live": self._pulse.live(self.state, now),
            "last": self._last,
            "log": self._recorder.trouble,
            "report": tuple(self.report.splitlines()),
        }
