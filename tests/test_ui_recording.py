"""What happens to a talk is in its journal afterwards, and no fault of the record reaches the talk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.history.runs import Run, read_runs
from presenter.history.state_files import deck_key
from presenter.session.commands import BY_NAME, act
from presenter.session.session import Session
from presenter.session.state import Outline, Position, State
from presenter.session.timer import after_sleep, take_up
from presenter.timing.clocks import Clocks
from presenter.ui.recorder import Recorder
from talks import slide, talk

DECK = talk(
    [slide("a", 60, "say this"), slide("b", 60, steps=3), slide("x", 10, hidden=True), slide("c", 60)],
    240,
    60,
    name="a-talk",
)
OUTLINE = Outline.of(DECK)


class Stage:
    """A talk on clocks that a test moves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = 1000.0
        self.clocks = Clocks(lambda: self.now, lambda: self.now, lambda: 1.7e9 + self.now)
        self.state = State(view="speaker")
        self.recorder = self.fresh()

    def fresh(self) -> Recorder:
        return Recorder(Session(DECK, outline=OUTLINE), self.clocks, "rehearse", root=self.root / "presenter")

    def give(self, *names: str, after: float = 0.0) -> None:
        self.now += after
        for name in names:
            self.take(act(BY_NAME[name], self.state, OUTLINE, self.now), name)

    def take(self, state: State, how: str = "") -> None:
        old, self.state = self.state, state
        self.recorder.saw(old, state, self.now, how)
        self.recorder.settle()

    def end(self, after: float = 0.0) -> None:
        self.now += after
        self.recorder.end(self.state, self.now)

    def runs(self) -> list[Run]:
        return read_runs(self.root / "presenter", deck_key(DECK))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    yield (made := Stage(tmp_path))
    made.end()


KEYS = [
    "next",
    "back",
    "first",
    "last",
    "timer",
    "question",
    "freeze",
    "mark",
    "go-to",
    "minute-more",
    "reflow",
    "undo",
]


@given(st.lists(st.tuples(st.sampled_from([*KEYS, "sleep", "wake"]), st.floats(0, 90)), max_size=25))
def test_the_journal_says_of_every_slide_what_the_talk_knows_of_it(presses: list[tuple[str, float]]) -> None:
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        stage.give("start")
        for name, gap in presses:
            stage.now += gap
            if name == "sleep":
                stage.take(after_sleep(stage.state, min(gap, 20.0), stage.now))
            else:
                stage.give(name)
        stage.end(after=5.0)
        (run,) = stage.runs()
        elapsed = stage.state.timer.elapsed(stage.now)
        known = stage.state.account.spent(elapsed)
        assert run.total == pytest.approx(elapsed, abs=0.1)
        assert run.questions == pytest.approx(stage.state.account.asked(elapsed), abs=0.5)
        assert {name: run.times.get(name, 0.0) for name in known} == pytest.approx(known, abs=0.5)
        assert len(run.marks) == len(stage.state.marks)
        assert stage.recorder.trouble == ""


def test_a_reset_ends_the_run_and_undoing_it_goes_on_with_it(stage: Stage) -> None:
    stage.give("start")
    stage.give("next", after=30.0)
    stage.give("reset", "reset", after=10.0)
    stage.give("next", after=20.0)
    stage.give("next", after=5.0)
    stage.give("undo", after=5.0)
    stage.end(after=30.0)
    first, second = sorted(stage.runs(), key=lambda run: -run.total)
    assert first.total == pytest.approx(100.0, abs=0.1)
    assert first.ended == "quit"
    assert second.total == pytest.approx(10.0, abs=0.1)
    assert second.ended == "undone"


def test_a_reset_leaves_nothing_to_take_up(stage: Stage) -> None:
    stage.give("start")
    stage.give("reset", "reset", after=10.0)
    stage.end()
    assert stage.fresh().find() is None
    stage.give("undo", after=5.0)
    assert stage.fresh().find() is not None


def test_a_talk_that_broke_off_is_taken_up_with_its_time(stage: Stage) -> None:
    stage.give("start")
    stage.give("next", "next", after=30.0)
    stage.give("timer", after=10.0)
    again = stage.fresh()
    found = again.find()
    assert found is not None
    offered = State(left=found)
    state = take_up(offered, OUTLINE, stage.now + 500.0)
    assert (state.at, state.timer.elapsed(9e9), state.account.spent(40.0)) == (
        stage.state.at,
        40.0,
        stage.state.account.spent(40.0),
    )
    again.saw(offered, state, stage.now + 500.0, "resume")
    again.settle()
    assert again.find() is not None
    again.end(state, stage.now + 600.0)
    assert stage.fresh().find() is None
    (run,) = stage.runs()
    assert run.ended == "quit"


def test_while_a_talk_is_offered_a_new_one_does_not_take_its_place_and_going_on_ends_the_new_one(stage: Stage) -> None:
    stage.give("start")
    stage.give("next", after=30.0)
    stage.recorder, stage.state = stage.fresh(), State(view="speaker")
    found = stage.recorder.find()
    assert found is not None
    stage.take(replace(stage.state, left=found))
    stage.give("next", "next", after=10.0)
    assert stage.fresh().find() is not None
    before = stage.fresh().find()
    assert before is not None
    assert (before.slide, before.elapsed) == ("b", 30.0)
    stage.give("resume", after=5.0)
    assert (stage.state.at, stage.state.timer.elapsed(stage.now), stage.state.left) == (Position(1, 0), 45.0, None)
    stage.give("next", after=1.0)
    stage.end()
    old, new = stage.runs()
    assert (old.ended, old.total) == ("quit", 46.0)
    assert new.ended == "undone"
    stage.give("wake", after=1.0)
    assert stage.state.timer.elapsed(stage.now) == 33.0  # a second of the gap may have been spoken


def test_a_fault_is_one_line_of_trouble_and_nothing_is_recorded_from_then_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no such luck")

    stage.give("start")
    monkeypatch.setattr("presenter.history.journal.Journal.go", broken)
    stage.give("next", "next", "next", after=5.0)
    stage.recorder.tick(stage.state, stage.now)
    assert stage.recorder.trouble == "this run is not recorded: no such luck"
    assert "rehearsal of" in stage.recorder.report(stage.state, stage.now)


def test_the_report_stands_beside_the_runs_before(stage: Stage) -> None:
    for seconds in (70.0, 90.0):
        stage.give("start")
        stage.give("next", after=seconds)
        stage.give("last", after=60.0)
        stage.end(after=60.0)
        report = stage.recorder.report(stage.state, stage.now)
        assert "rehearsal of" in report
        stage.state, stage.recorder = State(view="speaker"), stage.fresh()
    assert "1:30" in report
    assert "1:10" in report
    assert stage.recorder.last_times()["a"] == pytest.approx(90.0, abs=0.1)
    narrow = max(
        map(len, stage.recorder.report(act(BY_NAME["start"], State(), OUTLINE, 0.0), 50.0, narrow=True).splitlines())
    )
    assert narrow <= 80
    assert stage.recorder.report(State(), 50.0) == ""
