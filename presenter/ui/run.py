"""One run of the program: its clocks, its record, and what is said when the window has closed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal, TextIO

from presenter.session.session import Session
from presenter.session.state import State
from presenter.session.timer import take_up
from presenter.terminal.guard import resume_command
from presenter.timing.clocks import system_clocks
from presenter.timing.durations import format_elapsed
from presenter.ui.recorder import Recorder
from presenter.ui.simulate import SimulatedTerminal


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What kind of run it is.

    Attributes:
        rehearse: a rehearsal, whose end is a report.
        auto: the slides go on by themselves, to the last one.
        log: record the run. A deck that goes round and round by itself is never recorded.
        resume: go on with the talk that broke off last.
        fresh: do not even offer that.
        bell: alerts ring, in the speaker view.
        venue: show everything in a frame of this size and in its colours.
        follow_edits: go to the first slide that has changed when a change is read.
    """

    rehearse: bool = False
    auto: bool = False
    log: bool = True
    resume: bool = False
    fresh: bool = False
    bell: bool = False
    venue: SimulatedTerminal | None = None
    follow_edits: bool = False


class Run:
    """One run of the program, for the window."""

    def __init__(self, session: Session, options: RunOptions) -> None:
        """Begin it; nothing is read or written yet."""
        self._options = options
        self._session = session
        self._variant = f" --variant {session.deck.variant}" if session.deck.variant else ""
        loops = session.deck.auto and not options.rehearse
        self._auto: Literal["", "once", "loop"] = "loop" if loops else "once" if options.auto else ""
        self.clocks = system_clocks()
        mode: Literal["rehearse", "talk"] = "rehearse" if options.rehearse else "talk"
        self.recorder = Recorder(session, self.clocks, mode, log=options.log and not loops)

    def begin(self, state: State) -> State:
        """Return the state to begin with: as given, or where the last talk broke off."""
        state = replace(state, report=self._options.rehearse, auto=self._auto)
        if self._options.fresh:
            self.recorder.forget()
        if not self._options.resume:
            return state
        found = self.recorder.find()
        if found is None:
            return replace(state, word="no talk broke off in the last twelve hours")
        now, offered = self.clocks.talk(), replace(state, left=found)
        goes_on = take_up(offered, self._session.outline, now)
        self.recorder.saw(offered, goes_on, now, "resume")
        return goes_on

    def close(self, state: State, report: str) -> None:
        """End the record, and print what is left to say: of a rehearsal the report, of a talk how to see it.

        Args:
            state: at the end.
            report: what the window showed of a rehearsal; empty when it closed without.
        """
        now = self.clocks.talk()
        if self._options.rehearse:
            print_safely(sys.stdout, report or self.recorder.report(state, now))
        self.recorder.end(state, now, why="quit" if state.over else "signal")
        if not self._options.rehearse and self.recorder.recorded and not self.recorder.trouble:
            took = format_elapsed(state.timer.elapsed(now))
            hint = f"`presenter runs DECK{self._variant} --report` says where the time went"
            if self.recorder.resumable:
                hint = f"go on with:  {resume_command(sys.argv[1:])}"
            print_safely(sys.stdout, f"{took}, recorded; {hint}\n")
        for words in (self.recorder.trouble, self.recorder.notice):
            if words:
                print_safely(sys.stderr, f"presenter: {words}\n")


def print_safely(stream: TextIO, text: str) -> None:
    """Write a text where somebody may read it; a terminal that is gone is no reason for another exit code."""
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        with suppress(OSError):  # Python writes what is left at the very end, and fails if that fails
            nowhere = os.open(os.devnull, os.O_WRONLY)
            if nowhere != stream.fileno():  # as it is when that was closed
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
