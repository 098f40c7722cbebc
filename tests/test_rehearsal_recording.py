from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from presenter.pacing import Account, Clocks, plan, reflow
from presenter.rehearsal.folders import deck_key
from presenter.rehearsal.journal import Journal
from presenter.rehearsal.reading import Run, read_run, read_runs
from presenter.rehearsal.recording import Moment, Recorder
from presenter.rehearsal.resuming import ResumeFile
from talks import timed

DECK = timed(30, 40, 50, duration=180)


class Talk:
    """A window with a clock that a test moves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = 1000.0
        clocks = Clocks(talk=lambda: self.now, wall=lambda: 1_795_340_000.0 + self.now)
        self.journal = Journal(DECK, plan(DECK), clocks, "talk", root=root)
        self.resume = ResumeFile(DECK, clocks, root=root)
        self.recorder = Recorder(self.journal, self.resume)
        self.moment = Moment("s0", 0, 0.0, started=False, running=False, account=Account())
        self.see()

    def see(self, **changes: Any) -> None:  # noqa: ANN401 - fields of a moment
        self.moment = replace(self.moment, **changes)
        self.recorder.see(self.moment, self.now)

    def wait(self, seconds: float) -> None:
        """Let time pass, with a tick every second."""
        for _ in range(int(seconds)):
            self.now += 1
            running = self.moment.started and self.moment.running
            self.see(elapsed=self.moment.elapsed + 1 if running else self.moment.elapsed)

    def start(self, slide: str) -> None:
        self.see(slide=slide, started=True, running=True, how="next")

    def kinds(self) -> list[str]:
        assert self.journal.path is not None
        return [json.loads(line)["k"] for line in self.journal.path.read_bytes().splitlines()]

    def run(self) -> Run:
        assert self.journal.path is not None
        run = read_run(self.journal.path)
        assert run is not None
        return run


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path)


def test_a_talk_that_starts_with_its_first_move(talk: Talk) -> None:
    talk.wait(20)
    assert talk.journal.path is None
    talk.start("s1")
    talk.wait(12)
    talk.see(step=1)
    talk.see(slide="s2", step=0)
    talk.wait(3)
    talk.recorder.close()
    assert talk.kinds() == ["begin", "start", "go", "tick", "step", "go", "end"]
    assert talk.run().times == {"s0": 0, "s1": 12, "s2": 3}
    assert talk.run().complete
    assert talk.recorder.trouble == ""


def test_pauses_and_questions(talk: Talk) -> None:
    talk.start("s0")
    talk.wait(5)
    talk.see(running=False)
    talk.wait(7)
    talk.see(slide="s1")
    talk.see(running=True)
    talk.see(account=Account().ask(5))
    talk.wait(4)
    talk.see(account=Account().ask(5).answer(9))
    talk.wait(6)
    talk.recorder.close()
    assert talk.kinds() == ["begin", "start", "pause", "go", "resume", "question", "question", "end"]
    assert talk.run().times == {"s0": 5, "s1": 6}
    assert talk.run().questions == 4
    assert b'"gap":7.0' in (talk.journal.path or Path()).read_bytes()


def test_a_reset_keeps_the_old_run_and_begins_another(talk: Talk) -> None:
    talk.start("s0")
    talk.wait(8)
    talk.see(started=False, running=False, elapsed=0.0)
    talk.wait(3)
    talk.start("s1")
    talk.wait(2)
    talk.recorder.close()
    runs = read_runs(talk.root, deck_key(DECK))
    assert sorted((run.total, run.ended) for run in runs) == [(2, "quit"), (8, "reset")]


def test_a_reset_that_is_undone(talk: Talk) -> None:
    talk.start("s0")
    talk.wait(8)
    old = talk.moment
    talk.see(started=False, running=False, elapsed=0.0)
    talk.see(started=True, running=True, elapsed=old.elapsed)
    talk.wait(2)
    talk.recorder.close()
    assert talk.run().total == 10
    assert talk.run().ended == "quit"
    assert len(read_runs(talk.root, deck_key(DECK))) == 1


def test_marks_sleep_reload_and_reflow(talk: Talk) -> None:
    talk.recorder.mark()
    talk.start("s0")
    talk.wait(5)
    talk.recorder.mark("slow")
    talk.see(elapsed=305.0)
    talk.recorder.slept(300, counted=True)
    talk.recorder.slept(300, counted=False)
    talk.see(elapsed=5.0)
    talk.recorder.reflowed(reflow(plan(DECK), Account().to("s0", 0), 5, 50))
    talk.recorder.reloaded(timed(30, 40), plan(timed(30, 40)))
    talk.wait(1)
    talk.recorder.close()
    run = talk.run()
    assert run.times == {"s0": 6}
    assert [mark.text for mark in run.marks] == ["slow"]
    assert run.main == ("s0", "s1")


def test_a_window_that_is_only_opened_leaves_a_crashed_talk_to_be_taken_up(talk: Talk) -> None:
    talk.start("s0")
    talk.wait(8)
    talk.journal.close()  # and no word more
    other = Talk(talk.root)
    other.wait(3)
    other.recorder.close()
    found = talk.resume.find()
    assert found is not None
    assert found.slide == "s0"


def test_taking_a_talk_up_again(talk: Talk) -> None:
    talk.start("s0")
    talk.wait(8)
    talk.journal.close()
    clocks = Clocks(talk=lambda: talk.now + 4, wall=lambda: 1_795_340_000.0 + talk.now + 4)
    resume = ResumeFile(DECK, clocks, root=talk.root)
    found = resume.find()
    assert found is not None
    assert (found.slide, found.elapsed, found.running) == ("s0", 12.0, True)
    journal = Journal(DECK, plan(DECK), clocks, "talk", root=talk.root)
    journal.reopen(found.run, found.elapsed)
    recorder = Recorder(journal, resume)
    recorder.see(Moment("s0", 0, 12.0, started=True, running=True, account=found.account), clocks.talk())
    recorder.see(Moment("s1", 0, 15.0, started=True, running=True, account=found.account), clocks.talk())
    recorder.close()
    run = read_run(talk.journal.path or Path())
    assert run is not None
    assert run.times == {"s0": 15, "s1": 0}
    assert resume.find() is None


def test_an_end_leaves_nothing_to_take_up(talk: Talk) -> None:
    talk.start("s0")
    talk.wait(8)
    assert talk.resume.find() is not None
    talk.recorder.close()
    assert talk.resume.find() is None


def test_a_window_that_closes_at_once(talk: Talk) -> None:
    Recorder(talk.journal, talk.resume).close()
    assert talk.journal.path is None
    assert read_runs(talk.root, deck_key(DECK)) == []


def test_trouble_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("", encoding="utf-8")
    talk = Talk(tmp_path / "state")
    talk.start("s0")
    talk.wait(3)
    talk.recorder.close()
    assert talk.recorder.trouble.startswith("this run is not recorded: ")
