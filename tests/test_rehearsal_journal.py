from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from presenter.deck.model import Deck
from presenter.history import journal
from presenter.history.hashes import slide_hash
from presenter.history.journal import Journal
from presenter.history.runs import RunMark, fold_journal, read_run, read_runs
from presenter.history.state_files import RUNS_FOLDER, StateFolderError, deck_key, private_folder, run_files, state_root
from presenter.timing.clocks import Clocks
from presenter.timing.plan import make_plan
from presenter.timing.reflow import reflow
from presenter.timing.time_log import TimeLog
from talks import NOWHERE, slide, talk, timed

ROOT = Path(__file__).resolve().parents[1]
DECK = timed(30, 40, 50, duration=180)
CLOCKS = Clocks(talk=lambda: 81_234.5, wall=lambda: 1_795_354_478.12)


def opened(root: Path, deck: Deck = DECK) -> Journal:
    return Journal(deck, make_plan(deck), CLOCKS, "rehearse", root=root)


def lines(log: Journal) -> list[dict[str, Any]]:
    assert log.path is not None
    return [json.loads(line) for line in log.path.read_bytes().splitlines()]


@pytest.fixture
def log(tmp_path: Path) -> Journal:
    return opened(tmp_path / "state")


def test_a_run_is_written_line_by_line(log: Journal) -> None:
    log.start("s0", 0, 0.0)
    log.go("s1", 0, 41.3, "next")
    log.step("s1", 1, 55.0)
    log.pause(60.2)
    log.resume(60.2, 33.1)
    log.mark("s1", 71.0, "slow\x1b[2J")
    log.sleep(90.1, 252.0, counted=True)
    log.question(95, asked=True)
    log.question(105, asked=False)
    log.reflowed(reflow(make_plan(DECK), TimeLog().to("s0", 0), 95, 50), 106)
    log.reloaded(timed(30, 40), make_plan(timed(30, 40)), 107)
    log.end(1790.2)
    log.close()
    begin, start, *rest = lines(log)
    assert begin["k"] == "begin"
    assert begin["v"] == 1
    assert begin["mode"] == "rehearse"
    assert begin["T"] == 180
    assert begin["main"] == ["s0", "s1", "s2"]
    assert begin["plan"] == {"s0": 30, "s1": 40, "s2": 50}
    assert begin["src"] == dict.fromkeys(begin["main"], "explicit")
    assert set(begin["h"]) == set(begin["main"])
    assert begin["hash"].startswith("sha256:")
    assert begin["deck"] == str(NOWHERE)
    assert start == {"k": "start", "e": 0.0, "b": 81234.5, "s": "s0", "p": 0}
    assert [line["k"] for line in rest] == [
        "go", "step", "pause", "resume", "mark", "sleep", "question", "question", "reflow", "deck", "end",
    ]  # fmt: skip
    assert rest[0]["how"] == "next"
    assert rest[4]["text"] == "slow␛[2J"
    assert rest[9]["main"] == ["s0", "s1"]
    assert log.trouble == ""


def test_folders_and_files_are_private(log: Journal, tmp_path: Path) -> None:
    log.start("s0", 0, 0.0)
    log.close()
    assert log.path is not None
    assert log.path.stat().st_mode & 0o777 == 0o600
    for folder in (tmp_path / "state", tmp_path / "state" / RUNS_FOLDER, log.path.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert log.path.parent.name == deck_key(DECK)
    assert log.path.name.startswith("2026-11-22T")
    assert run_files(tmp_path / "state", deck_key(DECK)) == [log.path]


def test_a_mere_look_leaves_no_file(log: Journal, tmp_path: Path) -> None:
    log.go("s1", 0, 1.0)
    log.tick(50)
    log.end(50)
    log.close()
    assert log.path is None
    assert run_files(tmp_path / "state", deck_key(DECK)) == []


def test_a_tick_every_ten_seconds(log: Journal) -> None:
    log.start("s0", 0, 0.0)
    for tenth in range(350):
        log.tick(tenth / 10)
    log.close()
    assert [line["e"] for line in lines(log) if line["k"] == "tick"] == [10, 20, 30]


def test_a_reset_ends_the_run_and_the_next_start_is_a_new_one(log: Journal, tmp_path: Path) -> None:
    log.start("s0", 0, 0.0)
    log.end(12, "reset")
    first = log.path
    log.tick(50)
    log.go("s1", 0, 0)
    log.start("s1", 0, 0.0)
    log.go("s2", 0, 5)
    log.close()
    assert log.path != first
    runs = read_runs(tmp_path / "state", deck_key(DECK))
    assert sorted((run.total, run.ended) for run in runs) == [(5, ""), (12, "reset")]


def test_a_reset_that_is_undone_goes_on_in_the_old_run(log: Journal) -> None:
    log.start("s0", 0, 0.0)
    log.end(12, "reset")
    log.resume(12)
    log.go("s1", 0, 20)
    log.end(30)
    log.close()
    assert log.path is not None
    run = read_run(log.path)
    assert run is not None
    assert (run.total, run.ended, run.times) == (30, "quit", {"s0": 20, "s1": 10})


def test_a_run_that_broke_off_is_continued(log: Journal, tmp_path: Path) -> None:
    log.start("s0", 0, 0.0)
    log.close()
    assert log.path is not None
    with log.path.open("ab") as file:
        file.write(b'{"k":"go","e":5')
    again = opened(tmp_path / "state")
    again.reopen(log.path.name, 40)
    again.go("s1", 0, 50)
    again.end(60)
    again.close()
    run = read_run(log.path)
    assert run is not None
    assert run.times == {"s0": 50, "s1": 10}
    again.reopen("../../elsewhere.jsonl", 0)
    again.reopen("gone.jsonl", 0)
    assert again.path == log.path


def test_a_run_that_is_continued_gets_no_empty_line(log: Journal, tmp_path: Path) -> None:
    log.start("s0", 0, 0.0)
    log.close()
    assert log.path is not None
    again = opened(tmp_path / "state")
    again.reopen(log.path.name, 40)
    again.close()
    assert b"\n\n" not in log.path.read_bytes()


def fail_to_write(_handle: int, _data: bytes) -> int:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_one_line_of_trouble(log: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    log.start("s0", 0, 0.0)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail_to_write)
        log.go("s1", 0, 10)
        log.tick(30)
    assert log.trouble == "this run is not recorded: no space left on device (2 entries wait)"
    log.retry()  # there is room again
    assert log.trouble == ""
    log.go("s2", 0, 40)
    log.close()
    run = read_run(log.path or Path())
    assert run is not None
    assert run.times == {"s0": 10, "s1": 30, "s2": 0}


def test_a_disk_that_is_full_from_the_start_gets_everything_later(
    log: Journal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_path: Path) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "create_private", refuse)
        log.start("s0", 0, 0.0)
        log.go("s1", 0, 10)
        assert not list(tmp_path.rglob("*.jsonl"))
        assert "(3 entries wait)" in log.trouble
    log.tick(60)
    assert log.trouble == ""
    log.end(70)
    log.close()
    assert log.path is not None
    run = read_run(log.path)
    assert run is not None
    assert run.times == {"s0": 10, "s1": 60}


def test_after_a_short_write_the_next_line_is_whole(log: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    log.start("s0", 0, 0.0)
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, data[:9]))
        log.go("s1", 0, 10)
    log.go("s2", 0, 40)
    log.end(50)
    log.close()
    assert log.path is not None
    raw = log.path.read_bytes().splitlines()
    assert raw[2].startswith(b'{"k":"go"')
    run = read_run(log.path)
    assert run is not None
    assert (run.times, run.total) == ({"s0": 10, "s1": 30, "s2": 10}, 50)
    assert log.trouble == ""


def test_a_slow_disk_does_not_hold_up_the_talk(log: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    asked: list[int] = []

    def slow(handle: int) -> None:
        asked.append(handle)
        release.wait()

    monkeypatch.setattr(journal, "_sync", slow)
    monkeypatch.setattr(journal, "_PATIENCE", 0.01)
    log.start("s0", 0, 0.0)
    log.go("s1", 0, 10)
    log.step("s1", 1, 11)
    assert len(lines(log)) == 4
    log.close()
    release.set()
    assert len(asked) <= 2


def test_a_disk_that_fails_is_told(log: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(journal, "_sync", broken)
    log.start("s0", 0, 0.0)
    log.close()
    assert log.trouble == "this run is not recorded: input/output error"


# Folders --------------------------------------------------------------------------------------------------------------


def whole_run(log: Journal) -> str:
    """Do everything that a talk does; nothing may be raised."""
    log.start("s0", 0, 0.0)
    log.go("s1", 0, 10)
    log.pause(11)
    log.resume(11)
    log.tick(50)
    log.end(60)
    log.close()
    return log.trouble


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "state").symlink_to(elsewhere)
    assert "is a link; remove it" in whole_run(opened(tmp_path / "state"))
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "real" / RUNS_FOLDER).symlink_to(elsewhere)
    assert "is a link; remove it" in whole_run(opened(tmp_path / "real"))
    assert list(elsewhere.iterdir()) == []


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("", encoding="utf-8")
    assert "is not a folder; remove it" in whole_run(opened(tmp_path / "state"))
    assert whole_run(opened(tmp_path / "state" / "below"))


def test_a_folder_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert "belongs to somebody else" in whole_run(opened(tmp_path / "state"))


def test_a_folder_that_is_open_to_others_is_closed(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(0o777)
    private_folder(tmp_path / "state")
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_home_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert "read-only file system" in whole_run(opened(tmp_path / "state"))


def test_a_file_that_cannot_be_made(log: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> int:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(journal, "create_private", refuse)
    assert whole_run(log).startswith("this run is not recorded: permission denied (7 entries wait")


def test_names_that_are_taken_are_tried_again(log: Journal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = iter([b"\xaa\xaa", b"\xaa\xaa", b"\xbb\xbb"])
    monkeypatch.setattr(os, "urandom", lambda _count: next(names))
    whole_run(log)
    whole_run(opened(tmp_path / "state"))
    assert [path.stem[-4:] for path in run_files(tmp_path / "state", deck_key(DECK))] == ["aaaa", "bbbb"]


def test_without_a_home_there_is_one_line_of_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: Path("~/.local/state/presenter"))
    with pytest.raises(StateFolderError, match="HOME"):
        state_root()
    assert "HOME" in whole_run(Journal(DECK, make_plan(DECK), CLOCKS, "talk"))
    assert "is HOME set?" in whole_run(Journal(DECK, make_plan(DECK), CLOCKS, "talk"))


def test_the_state_folder_is_the_systems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    assert state_root() == tmp_path / "xdg" / "presenter"
    whole_run(Journal(DECK, make_plan(DECK), CLOCKS, "talk"))
    assert len(run_files(state_root(), deck_key(DECK))) == 1


def test_the_key_of_a_deck() -> None:
    assert deck_key(talk([], name="my-talk")) == "my-talk"
    key = deck_key(talk([], path=Path("/a/Cache Misses/deck.yaml")))
    assert key.startswith("cache-misses-")
    assert len(key) == len("cache-misses-") + 12
    assert deck_key(talk([], path=Path("/a/Überblick.yaml"))).startswith("uberblick-")
    assert deck_key(talk([], path=Path("/b/Überblick.yaml"))) != deck_key(talk([], path=Path("/a/Überblick.yaml")))
    for odd in ("..", "a/b", "", "."):
        assert "/" not in deck_key(talk([], name=odd))
        assert len(deck_key(talk([], name=odd))) > 12


# Reading --------------------------------------------------------------------------------------------------------------


BEGIN = (
    b'{"k":"begin","v":1,"t":"2026-11-22T14:34:38.120+01:00","mode":"talk","T":60,'
    b'"main":["a","b"],"plan":{"a":30,"b":30},"h":{"a":"1"}}'
)


def times_of(*events: str) -> dict[str, float]:
    run = fold_journal("r", [BEGIN, *(event.encode() for event in events)])
    assert run is not None
    return dict(run.times)


def test_a_journal_is_folded_to_the_seconds_of_each_slide() -> None:
    run = fold_journal("r", [
        BEGIN,
        b'{"k":"start","e":0,"s":"a","p":0}',
        b'{"k":"go","e":10.5,"s":"b","p":0,"how":"next","unknown":[1]}',
        b'{"k":"something new","e":12}',
        b'{"k":"go","e":15.5,"s":"a","p":0}',
        b'{"k":"mark","e":16,"s":"a","text":"slow"}',
        b'{"k":"end","e":20,"why":"quit"}',
    ])  # fmt: skip
    assert run is not None
    assert run.times == {"a": 15, "b": 5}
    assert (run.total, run.ended, run.complete, run.mode, run.duration) == (20, "quit", True, "talk", 60)
    assert run.day == "2026-11-22 14:34"
    assert run.marks == (RunMark(16, "a", "slow"),)


def test_a_torn_last_line_and_bad_lines_are_passed_over() -> None:
    assert times_of('{"k":"start","e":0,"s":"a"}', '{"k":"tick","e":10}', '{"k":"go","e":1') == {"a": 10}
    assert times_of(
        '{"k":"start","e":0,"s":"a"}', "[]", "\x00\xff", '{"k":"go","e":"x","s":"b"}', '{"k":1}', '{"e":3}',
        '{"k":"go","e":-4,"s":"b"}', '{"k":"go","e":1e300,"s":"b"}', '{"k":"tick","e":7}', "[" * 9999,
    ) == {"a": 7}  # fmt: skip


def test_a_run_that_never_began_is_none() -> None:
    assert fold_journal("r", []) is None
    assert fold_journal("r", [BEGIN, b'{"k":"tick","e":10}']) is None


def test_questions_and_sleep_that_is_taken_out_belong_to_no_slide() -> None:
    assert times_of(
        '{"k":"start","e":0,"s":"a"}', '{"k":"question","e":10,"on":true}', '{"k":"go","e":15,"s":"b"}',
        '{"k":"question","e":30,"on":false}', '{"k":"end","e":40}',
    ) == {"a": 10, "b": 10}  # fmt: skip
    run = fold_journal("r", [BEGIN, b'{"k":"start","e":0,"s":"a"}', b'{"k":"sleep","e":310,"gap":300,"counted":true}',
                     b'{"k":"tick","e":315}', b'{"k":"sleep","e":20,"gap":300,"counted":false}',
                     b'{"k":"go","e":25,"s":"b"}', b'{"k":"end","e":30}'])  # fmt: skip
    assert run is not None
    assert run.times == {"a": 25, "b": 5}
    assert run.total == 30


def test_times_never_run_backwards() -> None:
    assert times_of('{"k":"start","e":10,"s":"a"}', '{"k":"go","e":5,"s":"b"}', '{"k":"go","e":12,"s":"a"}') == {
        "a": 0,
        "b": 2,
    }


def test_a_run_is_complete_when_the_end_was_reached_and_most_was_seen() -> None:
    end = b'{"k":"end","e":120,"why":"quit"}'
    again = b'{"k":"go","e":110,"s":"s9","how":"resume"}'

    def complete(seen: int, *more: bytes, last: bool) -> bool:
        names = [f"s{n}" for n in range(10)]
        begin = json.dumps({"k": "begin", "main": names}).encode()
        events = [f'{{"k":"{"go" if n else "start"}","e":{n},"s":"s{n}"}}'.encode() for n in range(seen)]
        run = fold_journal("r", [begin, *events, *([b'{"k":"go","e":99,"s":"s9"}'] if last else []), *more])
        assert run is not None
        return run.complete

    assert complete(7, end, last=True)
    assert not complete(6, end, last=True)
    assert not complete(9, end, last=False)
    assert not complete(9, last=True), "it broke off on the last slide"
    assert not complete(9, again, end, last=True), "and nobody knows how long that was"


def test_runs_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "state", RUNS_FOLDER, "key")
    good = folder / "2026-11-22T10-00-00Z-aaaa.jsonl"
    good.write_bytes(BEGIN + b'\n{"k":"start","e":0,"s":"a"}\n')
    (folder / "2026-11-22T10-00-00Z-bbbb.jsonl").symlink_to(good)
    (folder / "2026-11-22T10-00-00Z-cccc.jsonl").mkdir()
    os.mkfifo(folder / "2026-11-22T10-00-00Z-dddd.jsonl")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert [run.name for run in read_runs(tmp_path / "state", "key")] == [good.stem]
    assert read_runs(tmp_path / "state", "no such key") == []


# A real writer that is killed -----------------------------------------------------------------------------------------


def write_on(root: Path, ready: int) -> None:
    """Write a journal until somebody ends it."""
    log = opened(root)
    log.start("s0", 0, 0.0)
    os.write(ready, b"x")
    count = 0
    while True:
        count += 1
        log.step("s1" * (count % 40), count, count / 100)
        if count % 50 == 0:
            log.go(f"s{count % 3}", 0, count / 100)


def kill_writers(root: Path, count: int) -> None:
    """Begin a writer and kill it, so many times, each with a folder of its own and a little later than the last."""
    for number in range(count):
        ready, write = os.pipe()
        child = os.fork()
        if child == 0:
            write_on(root / str(number), write)
        os.read(ready, 1)
        for _ in range(20_000 * (number % 7)):
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(write)


def python(call: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Run a function of this module in another process: none of our threads is forked."""
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r}); from {__name__} import *; {call}"
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE)


def check_lines(path: Path) -> int:
    """Return how many complete lines a file has; all of them have to be whole objects."""
    *whole, _torn = path.read_bytes().split(b"\n")
    assert all(isinstance(json.loads(line), dict) for line in whole)
    assert read_run(path) is not None
    return len(whole)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks writers, so that sixty of them start fast")
def test_after_sixty_kills_every_complete_line_is_good(tmp_path: Path) -> None:
    killer = python("kill_writers(Path(sys.argv[1]), 60)", str(tmp_path))
    killer.communicate(timeout=60)
    assert killer.returncode == 0
    files = [run_files(tmp_path / str(number), deck_key(DECK)) for number in range(60)]
    assert {len(found) for found in files} == {1}
    assert sum(check_lines(found[0]) for found in files) > 120


def test_two_writers_have_a_file_each(tmp_path: Path) -> None:
    both = [python("write_on(Path(sys.argv[1]), 1)", str(tmp_path / "state")) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"x"
    for process in both:
        process.kill()
        process.communicate()
    files = run_files(tmp_path / "state", deck_key(DECK))
    assert len(files) == 2
    for path in files:
        check_lines(path)


def test_two_writers_of_one_file_do_not_mix_their_lines(tmp_path: Path) -> None:
    first, second = opened(tmp_path / "state"), opened(tmp_path / "state")
    first.start("s0", 0, 0.0)
    assert first.path is not None
    second.reopen(first.path.name, 0)

    def write(log: Journal, name: str) -> None:
        for count in range(3000):
            log.step(name * 20, count, count / 10)

    threads = [threading.Thread(target=write, args=pair) for pair in ((first, "a"), (second, "b"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first.close()
    second.close()
    events = [json.loads(line) for line in first.path.read_bytes().splitlines() if line]
    assert sum(event["k"] == "step" for event in events) == 6000


def test_slides_are_told_apart_by_what_they_say() -> None:
    same = slide_hash(slide("a", 30, "notes"))
    assert slide_hash(slide("a", 90, "notes", optional=True, fixed=True)) == same
    assert slide_hash(slide("a", 30, "other notes")) != same
    assert slide_hash(slide("a", 30, "notes", body="other")) != same
    assert slide_hash(slide("a", 30, "notes", steps=2)) != same
    assert len(same) == 8
