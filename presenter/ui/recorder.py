"""The record of a talk: what happens to its state is written down, and nothing of that can harm the talk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from presenter.history.hashes import former_ids, slide_hashes
from presenter.history.journal import Journal, RunMode
from presenter.history.note_sizes import NoteSizes
from presenter.history.resume_file import ResumeFile, ResumePoint
from presenter.history.runs import Run, RunMark, read_runs
from presenter.history.state_files import StateFolderError, deck_key, state_root
from presenter.safety import clean_line
from presenter.session.navigation import slide_id
from presenter.session.resume import InterruptedTalk
from presenter.session.session import Session
from presenter.session.state import NOTE_SIZES, TOP, State
from presenter.terminal.guard import tell_guard
from presenter.timing.clocks import Clocks
from presenter.timing.plan import Plan
from presenter.timing.reflow import Reflow


class Recorder:
    """Writes down one run of the program.

    Args:
        session: the talk.
        clocks: of the program.
        mode: whether it is a rehearsal.
        log: False writes nothing at all.
        root: the state folder; the system's when left out.
    """

    def __init__(
        self,
        session: Session,
        clocks: Clocks,
        mode: RunMode = "talk",
        *,
        log: bool = True,
        root: Path | None = None,
    ) -> None:
        self._session = session
        self._clocks = clocks
        self._mode: RunMode = mode
        self._log = log
        self._root = root
        self.sizes = NoteSizes(root, keep=log)
        """How large the speaker wants the notes."""
        self._journal: Journal | None = None
        self._file: ResumeFile | None = None
        self._runs: list[Path | None] = []
        """The journals that a reset ended, for its undoing."""
        self._paused_at = 0.0
        self._began = clocks.wall()
        self._fault = ""
        self._resumable = False
        self._unkept: tuple[State, float] | None = None
        """Where the talk stands, and when, if that is not on the disk yet."""

    @property
    def trouble(self) -> str:
        """What the speaker should know, in one line; empty when all is well."""
        known = self._journal.trouble if self._journal is not None else ""
        return self._fault or known or (self._file.trouble if self._file is not None else "")

    @property
    def notice(self) -> str:
        """What is to be said once of files of earlier talks that could not be read; empty for nothing."""
        return (self._file.notice if self._file is not None else "") or self.sizes.notice

    @property
    def recorded(self) -> bool:
        """Whether there is a file of this run."""
        return self._journal is not None and self._journal.path is not None

    def open(self) -> None:
        """Find the places for it; done when the first slide is seen, or when the timer starts."""
        if self._log and self._journal is None:
            self._safely(self._open)

    def saw(self, old: State, new: State, now: float, how: str = "") -> None:
        """Write down how a state became another.

        Args:
            old: before.
            new: after.
            now: seconds on the talk's clock.
            how: the name of the command.
        """
        if not (old.timer.started or new.timer.started):
            return
        if new.timer.started and not old.timer.started:
            self._began = self._clocks.wall()
        if self._log:
            self.open()
            self._safely(lambda: self._saw(old, new, now, how))

    def settle(self) -> None:
        """Have on the disk where the talk stands; done before it is shown, once for keys that came together."""
        if self._unkept is not None:
            (state, now), self._unkept = self._unkept, None
            # A timer that was set to nothing leaves nothing to take up.
            self._safely(lambda: self._keep(state, now, moved=True, ended=not state.timer.started))

    def tick(self, state: State, now: float) -> None:
        """Note that time passes."""
        if state.timer.running and state.overlay != "report":
            self._safely(lambda: self._tick(state, now))

    def reloaded(self, state: State, now: float) -> None:
        """Write down that the deck was read again."""
        deck, outline = self._session.deck, self._session.outline
        if self._journal is not None and state.timer.started:
            journal = self._journal
            self._safely(lambda: journal.reloaded(deck, outline.plan, state.timer.elapsed(now)))

    def end(self, state: State, now: float, *, why: str = "quit") -> None:
        """End the run. One that did not end by the speaker's will can be taken up again."""
        self._unkept = None
        self._safely(lambda: self._end(state, now, why))

    def find(self) -> InterruptedTalk | None:
        """Return where a talk with this deck broke off, if one did."""
        self.open()
        found: list[InterruptedTalk] = []
        self._safely(lambda: found.extend(self._found()))
        tell_guard(resumable=bool(found))
        return found[0] if found else None

    def forget(self) -> None:
        """Let the talk that broke off be over."""
        self.open()
        self._safely(lambda: self._file.forget() if self._file is not None else None)

    @property
    def resumable(self) -> bool:
        """Whether this talk could be gone on with if it ended now."""
        return self._resumable

    def report(self, state: State, now: float, *, narrow: bool = False) -> str:
        """Return the report of this run beside those before it; empty when the timer never started.

        Args:
            state: at the end.
            now: seconds on the talk's clock.
            narrow: to fit 80 columns.
        """
        if not state.timer.started:
            return ""
        made: list[str] = []
        self._safely(lambda: made.append(self._report(state, now, narrow=narrow)))
        return made[0] if made else ""

    def last_times(self) -> Mapping[str, float]:
        """Return the seconds of slides in the last complete run before this one."""
        found: list[Mapping[str, float]] = []
        self._safely(lambda: found.extend(run.times for run in self._earlier() if run.complete))
        return found[-1] if found else {}

    # --- what may fail

    def _safely(self, do: Callable[[], object]) -> None:
        """Do something that must not harm the talk, whatever happens."""
        try:
            do()
        except Exception as error:  # noqa: BLE001 - a fault here may not end a talk
            self._fault = f"this run is not recorded: {clean_line(str(error) or type(error).__name__)}"
            self._log, self._journal = False, None

    def _open(self) -> None:
        self._file = ResumeFile(self._session.deck, self._clocks, root=self._root)
        self._journal = Journal(
            self._session.deck, self._session.outline.plan, self._clocks, self._mode, root=self._root
        )

    def _saw(self, old: State, new: State, now: float, how: str) -> None:
        journal, elapsed = self._journal, new.timer.elapsed(now)
        if journal is None:
            return
        if how == "resume" and old.left is not None and new.left is None:
            self._go_on(journal, old, new, now)
        elif new.run != old.run:
            self._another_run(journal, old, new, now)
        elif new.overlay == "report" and old.overlay != "report":
            self._end(new, now, "quit")
        elif new.timer.started and not old.timer.started:
            journal.start(self._name(new), new.at.step, elapsed, new.account.before)
        else:
            self._events(journal, old, new, now, how)
        self._unkept = (new, now)

    def _events(self, journal: Journal, old: State, new: State, now: float, how: str) -> None:
        elapsed = new.timer.elapsed(now)
        if gone := old.timer.elapsed(now) - elapsed:
            journal.sleep(elapsed, gone, counted=False, of=old.slept_on)
        elif new.slept > old.slept:
            journal.sleep(elapsed, new.slept - old.slept, counted=True, of=new.slept_on)
        if old.timer.running and not new.timer.running:
            self._paused_at = now
            journal.pause(elapsed)
        elif new.timer.running and not old.timer.running:
            journal.resume(elapsed, max(0.0, now - self._paused_at))
        if new.account.slide != old.account.slide:
            journal.go(self._name(new), new.at.step, elapsed, how)
        elif new.at.step != old.at.step and new.frozen is None:
            journal.step(self._name(new), new.at.step, elapsed)
        if (new.account.asked_at is None) != (old.account.asked_at is None):
            journal.question(elapsed, asked=new.account.asked_at is not None)
        for moment in new.marks[len(old.marks) :]:
            journal.mark(moment.slide, moment.elapsed)
        if new.plan is not old.plan:
            offer = old.offer if how == "reflow-take" else None
            plans = (old.plan or self._session.outline.plan, new.plan or self._session.outline.plan)
            journal.reflowed(offer or Reflow(*plans), elapsed)

    def _found(self) -> list[InterruptedTalk]:
        stands = self._file.find() if self._file is not None else None
        if stands is None:
            return []
        before, now = stands.elapsed - stands.gap, self._clocks.talk()
        where = (stands.slide, stands.step, before, stands.gap, now, stands.running, stands.account, stands.run)
        return [InterruptedTalk(*where)]

    def _go_on(self, journal: Journal, old: State, new: State, now: float) -> None:
        """Go on with the record of a talk that broke off; a new one that had begun meanwhile ends."""
        elapsed, name = new.timer.elapsed(now), self._name(new)
        if old.timer.started:
            journal.end(old.timer.elapsed(now), "undone")
            journal.close()
        if old.left is None or not old.left.run or not journal.reopen(old.left.run, elapsed):
            journal.start(name, new.at.step, elapsed)
        if not new.timer.running:
            journal.pause(elapsed)
        journal.go(name, new.at.step, elapsed, "resume")

    def _another_run(self, journal: Journal, old: State, new: State, now: float) -> None:
        """A reset ends the run; undoing it goes on with it, and ends the one that began in between."""
        if new.run > old.run:
            journal.end(old.timer.elapsed(now), "reset")
            self._runs.append(journal.path)
            return
        before = self._runs.pop() if self._runs else None
        elapsed = new.timer.elapsed(now)
        if before is None or before == journal.path:
            journal.resume(elapsed)
        else:
            journal.end(old.timer.elapsed(now), "undone")
            journal.close()
            journal.reopen(before.name, elapsed)
        if not new.timer.running:
            journal.pause(elapsed)
        journal.go(self._name(new), new.at.step, elapsed, "undo")

    def _tick(self, state: State, now: float) -> None:
        if self._journal is not None:
            self._journal.retry()
            self._journal.tick(state.timer.elapsed(now))
            self._keep(state, now, moved=False)

    def _end(self, state: State, now: float, why: str) -> None:
        if self._journal is None or not state.timer.started:
            return
        self._journal.end(state.timer.elapsed(now), why)
        self._keep(state, now, moved=True, ended=why == "quit")
        self._journal.close()

    def _keep(self, state: State, now: float, *, moved: bool, ended: bool = False) -> None:
        if self._file is None or self._journal is None or (state.left is not None and not ended):
            return  # as long as an older talk may be gone on with, it is the one that is kept
        run = self._journal.path.name if self._journal.path is not None else ""
        elapsed = state.timer.elapsed(now)
        stands = ResumePoint(
            self._name(state), state.at.step, elapsed, state.timer.running, state.account, run, ended=ended
        )
        self._file.keep(stands, moved=moved)
        self._resumable = not ended and not self._file.trouble
        tell_guard(resumable=self._resumable)

    def _name(self, state: State) -> str:
        return slide_id(state, self._session.outline)[0] if self._session.outline.ids else ""

    def _earlier(self) -> list[Run]:
        try:
            runs = read_runs(self._root or state_root(), deck_key(self._session.deck), former_ids(self._session.deck))
        except StateFolderError:
            return []
        mine = self._journal.path.stem if self._journal is not None and self._journal.path is not None else ""
        return [run for run in runs if run.name != mine]

    def _report(self, state: State, now: float, *, narrow: bool) -> str:
        plan, hashes, elapsed = self._session.outline.plan, slide_hashes(self._session.deck), state.timer.elapsed(now)
        run = Run(
            name="",
            began=dt.datetime.fromtimestamp(self._began, dt.UTC).astimezone().isoformat(timespec="seconds"),
            mode=self._mode,
            duration=plan.duration,
            main=tuple(slide.id for slide in plan.talk),
            breaks=frozenset(slide.id for slide in plan.breaks),
            plan=_times(plan),
            hashes=hashes,
            times=state.account.spent(elapsed),
            total=elapsed,
            questions=state.account.asked(elapsed),
            ended="quit",
            marks=tuple(RunMark(moment.elapsed, moment.slide, "") for moment in state.marks),
            before=state.account.before,
        )
        from presenter.history.compare import compare  # noqa: PLC0415 - only when the talk is over
        from presenter.history.report import make_report, report_text  # noqa: PLC0415 - as above

        return report_text(make_report(plan, run, compare(plan, hashes, self._earlier())), narrow=narrow)


def _times(plan: Plan) -> Mapping[str, float]:
    return {slide.id: slide.seconds for slide in plan.talk}


def with_note_size(state: State, recorder: Recorder, columns: int, rows: int) -> State:
    """Return the state with notes as large as the speaker last wanted them in a terminal of this size, if ever."""
    size = recorder.sizes.at(columns, rows) if state.view == "speaker" else None
    known = state.notes_size if size is None else min(size, NOTE_SIZES)
    return state if known == state.notes_size else replace(state, notes_size=known, notes=TOP)
