"""From what happens in a window to the journal: the recorder looks at each moment and writes down what is new.

A window tells every change of its state, and every tick of its clock, with `see`; nothing else has to be remembered
there, and no kind of change can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass

from presenter.deck.model import Deck
from presenter.pacing import Account, Plan, Reflow
from presenter.rehearsal.journal import Journal
from presenter.rehearsal.resuming import ResumeFile, Standing


@dataclass(frozen=True, slots=True)
class Moment:
    """How a talk stands, as far as it is recorded."""

    slide: str
    """Id of the speaker's slide."""
    step: int
    elapsed: float
    """Elapsed talk time in seconds."""
    started: bool
    """The timer was set going once, and not reset since."""
    running: bool
    account: Account
    how: str = ""
    """The command that led here."""


class Recorder:
    """Records one talk. Nothing here raises; `trouble` says what went wrong."""

    def __init__(self, journal: Journal, resume_file: ResumeFile) -> None:
        self._journal = journal
        self._resume = resume_file
        self._last: Moment | None = None
        self._paused_at: float | None = None
        self._ended_at: float | None = None
        """Elapsed time of the run that was reset last: it may be undone."""

    @property
    def trouble(self) -> str:
        """What went wrong first, in one line for the speaker; empty when all is well."""
        return self._journal.trouble or self._resume.trouble

    def see(self, moment: Moment, now: float) -> None:
        """Look at a moment.

        Args:
            moment: how the talk stands.
            now: the talk's clock, in seconds.
        """
        last, self._last = self._last, moment
        if not moment.started:
            # A window that has only been opened leaves alone what may be taken up again.
            if last is not None and last.started:
                self._journal.end(last.elapsed, "reset")
                self._ended_at = last.elapsed
                self._keep(moment, moved=True, ended=True)
            return
        if last is None or not last.started:
            self._begin(moment, last)
        self._changes(moment, last if last is not None and last.started else None, now)
        moved = last is None or (last.slide, last.step, last.running) != (moment.slide, moment.step, moment.running)
        self._keep(moment, moved=moved)

    def reloaded(self, deck: Deck, plan: Plan) -> None:
        """The deck was changed while it is shown."""
        self._journal.reloaded(deck, plan, self._elapsed)

    def reflowed(self, done: Reflow) -> None:
        """The rest of the plan was fitted into the time left."""
        self._journal.reflowed(done, self._elapsed)

    def mark(self, text: str = "") -> None:
        """The speaker marks this moment."""
        self._journal.mark(self._last.slide if self._last else "", self._elapsed, text)

    def slept(self, gap: float, *, counted: bool) -> None:
        """The machine slept; when it is not counted, call this before the shorter time is seen."""
        self._journal.sleep(self._elapsed - (0.0 if counted else gap), gap, counted=counted)

    def close(self, why: str = "quit") -> None:
        """The talk is over, and there is nothing to take up again."""
        last = self._last
        if last is not None and last.started:
            self._journal.end(last.elapsed, why)
            self._keep(last, moved=True, ended=True)
        self._journal.close()

    @property
    def _elapsed(self) -> float:
        return self._last.elapsed if self._last else 0.0

    def _begin(self, moment: Moment, last: Moment | None) -> None:
        """The timer was started: a new run, one that a reset had ended, or one taken up after a crash."""
        if self._ended_at is not None and moment.elapsed >= self._ended_at > 0:
            self._journal.resume(moment.elapsed)
        elif self._journal.path is None or self._ended_at is not None:
            # A talk that starts with its first move was on the slide before.
            self._journal.start(
                last.slide if last else moment.slide, last.step if last else moment.step, moment.elapsed
            )
            if last and last.slide != moment.slide:
                self._journal.go(moment.slide, moment.step, moment.elapsed, moment.how)
        self._ended_at = None

    def _changes(self, moment: Moment, last: Moment | None, now: float) -> None:
        """Write down what is new since the last moment of this run."""
        log, elapsed = self._journal, moment.elapsed
        if last is not None and last.slide != moment.slide:
            log.go(moment.slide, moment.step, elapsed, moment.how)
        elif last is not None and last.step != moment.step:
            log.step(moment.slide, moment.step, elapsed)
        asked, before = moment.account.asked_at is not None, last is not None and last.account.asked_at is not None
        if asked != before:
            log.question(elapsed, asked=asked)
        if last is not None and last.running and not moment.running:
            log.pause(elapsed)
            self._paused_at = now
        elif last is not None and moment.running and not last.running:
            log.resume(elapsed, now - self._paused_at if self._paused_at is not None else 0.0)
        log.tick(elapsed)

    def _keep(self, moment: Moment, *, moved: bool, ended: bool = False) -> None:
        path = self._journal.path
        name = path.name if path else ""
        standing = Standing(moment.slide, moment.step, moment.elapsed, moment.running, moment.account, name, ended)
        self._resume.keep(standing, moved=moved)
