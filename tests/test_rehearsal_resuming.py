from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from presenter.history import resume_file
from presenter.history.resume_file import ResumeFile, ResumePoint
from presenter.history.state_files import RESUME_FOLDER
from presenter.timing.clocks import Clocks
from presenter.timing.pace import measure_pace
from presenter.timing.plan import make_plan
from presenter.timing.time_log import TimeLog
from talks import talk, timed

DECK = timed(60, 60, duration=120)


class Clock:
    """The clocks of a machine that may be started again."""

    def __init__(self) -> None:
        self.talk = 5_000.0
        self.wall = 1_800_000_000.0

    def wait(self, seconds: float) -> None:
        self.talk += seconds
        self.wall += seconds

    @property
    def clocks(self) -> Clocks:
        return Clocks(talk=lambda: self.talk, wall=lambda: self.wall)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(root: Path, clock: Clock) -> ResumeFile:
    return ResumeFile(DECK, clock.clocks, root=root)


ACCOUNT = TimeLog().to("s0", 0).to("s1", 70).ask(80).answer(85).grant(60)
STANDING = ResumePoint("s1", 2, 100.0, running=True, account=ACCOUNT, run="run.jsonl")


@pytest.fixture
def boot(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    now = ["boot-1"]
    monkeypatch.setattr(resume_file, "boot_id", lambda: now[0])
    return now


@pytest.mark.usefixtures("boot")
def test_a_running_talk_goes_on_with_the_time_that_passed(tmp_path: Path, clock: Clock) -> None:
    opened(tmp_path, clock).keep(STANDING)
    clock.wait(30)
    found = opened(tmp_path, clock).find()
    assert found is not None
    assert found == replace(STANDING, elapsed=130.0, gap=30.0)
    before, after = (
        measure_pace(make_plan(DECK), ACCOUNT, 130),
        measure_pace(make_plan(DECK), found.account, found.elapsed),
    )
    assert after == before


@pytest.mark.usefixtures("boot")
def test_a_paused_talk_stays_where_it_was(tmp_path: Path, clock: Clock) -> None:
    opened(tmp_path, clock).keep(replace(STANDING, running=False))
    clock.wait(3000)
    assert opened(tmp_path, clock).find() == replace(STANDING, running=False)


def test_after_a_restart_the_wall_clock_tells(tmp_path: Path, clock: Clock, boot: list[str]) -> None:
    opened(tmp_path, clock).keep(STANDING)
    boot[0] = "boot-2"
    clock.talk = 20
    clock.wall += 300
    found = opened(tmp_path, clock).find()
    assert found is not None
    assert found.elapsed == 400
    clock.wall -= 1000
    found = opened(tmp_path, clock).find()
    assert found is not None
    assert found.elapsed == 100


@pytest.mark.usefixtures("boot")
def test_what_is_not_taken_up_again(tmp_path: Path, clock: Clock) -> None:
    assert opened(tmp_path, clock).find() is None
    opened(tmp_path, clock).keep(replace(STANDING, ended=True))
    assert opened(tmp_path, clock).find() is None
    opened(tmp_path, clock).keep(STANDING)
    clock.wait(12 * 3600 - 1)
    assert opened(tmp_path, clock).find() is not None
    clock.wait(1)
    assert opened(tmp_path, clock).find() is None


def test_between_moves_it_is_written_once_a_second(tmp_path: Path, clock: Clock) -> None:
    kept = opened(tmp_path, clock)
    kept.keep(STANDING)
    clock.wait(0.9)
    kept.keep(replace(STANDING, elapsed=100.9), moved=False)
    assert b"100.9" not in written(tmp_path)
    clock.wait(0.1)
    kept.keep(replace(STANDING, elapsed=101.0), moved=False)
    assert b"101.0" in written(tmp_path)
    kept.keep(replace(STANDING, elapsed=105.5))
    assert b"105.5" in written(tmp_path)


def written(root: Path) -> bytes:
    (path,) = (root / RESUME_FOLDER).iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    return path.read_bytes()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"v":1}', b"\xff", b'{"v":2,"slide":"s"}', b"[" * 5000])
def test_a_file_that_cannot_be_read_is_as_none(tmp_path: Path, clock: Clock, data: bytes) -> None:
    kept = opened(tmp_path, clock)
    kept.keep(STANDING)
    (path,) = (tmp_path / RESUME_FOLDER).iterdir()
    path.write_bytes(data)
    assert kept.find() is None


def test_a_link_is_not_followed(tmp_path: Path, clock: Clock) -> None:
    kept = opened(tmp_path / "state", clock)
    kept.keep(STANDING)
    (path,) = (tmp_path / "state" / RESUME_FOLDER).iterdir()
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    assert kept.find() is None
    kept.keep(STANDING)
    assert not path.is_symlink()


def test_trouble_is_one_line_and_nothing_is_raised(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = opened(tmp_path / "file", clock)
    kept.keep(STANDING)
    assert kept.find() is None
    assert kept.trouble.startswith("the talk cannot be taken up again after a crash: ")

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    kept = opened(tmp_path / "state", clock)
    monkeypatch.setattr(resume_file, "replace_private", full)
    kept.keep(STANDING)
    assert kept.trouble == "the talk cannot be taken up again after a crash: no space left on device"


def test_a_full_disk_keeps_the_old_file(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = opened(tmp_path, clock)
    kept.keep(STANDING)
    before = written(tmp_path)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self), None, str(target))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        kept.keep(replace(STANDING, elapsed=500))
    assert written(tmp_path) == before
    assert "no space" in kept.trouble


def test_an_account_without_anything(tmp_path: Path, clock: Clock) -> None:
    kept = ResumeFile(talk([]), clock.clocks, root=tmp_path)
    kept.keep(ResumePoint("", 0, 0.0, running=False, account=TimeLog()))
    found = kept.find()
    assert found is not None
    assert found.account == TimeLog(times=MappingProxyType({}))
