"""Files of state that are damaged, absurd or of a later version: kept aside, and told once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presenter.history.answers import runs_answer
from presenter.history.note_sizes import FILE_NAME, NoteSizes
from presenter.history.resume_file import ResumeFile, ResumePoint
from presenter.history.runs import read_runs
from presenter.history.state_files import RESUME_FOLDER, RUNS_FOLDER, deck_key
from presenter.timing.clocks import Clocks
from presenter.timing.time_log import TimeLog
from talks import timed

DECK = timed(60, 60, duration=120)
STANDING = ResumePoint("s1", 0, 60.0, running=True, account=TimeLog())


def changed(data: bytes, **values: object) -> bytes:
    return json.dumps(json.loads(data) | values).encode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-9],
        lambda data: b"\xff" + data,
        lambda _: b"[]",
        lambda data: changed(data, v=2),
        lambda data: changed(data, e=1e300),
        lambda data: changed(data, step=-1),
        lambda data: changed(data, b=1e300),
    ],
)
def test_where_a_talk_stood(tmp_path: Path, damage: object) -> None:
    ResumeFile(DECK, Clocks(), root=tmp_path).keep(STANDING)
    path = tmp_path / RESUME_FOLDER / f"{deck_key(DECK)}.json"
    damaged = damage(path.read_bytes())  # type: ignore[operator]
    path.write_bytes(damaged)
    again = ResumeFile(DECK, Clocks(), root=tmp_path)
    assert again.find() is None
    kept = path.with_name(f"{path.name}.bad")
    assert again.notice == f"where an earlier talk stood cannot be read; the file is kept as {kept}"
    assert kept.read_bytes() == damaged
    once_more = ResumeFile(DECK, Clocks(), root=tmp_path)
    assert (once_more.find(), once_more.notice) == (None, "")


def test_sizes_of_notes(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"{")
    sizes = NoteSizes(tmp_path)
    assert sizes.at(80, 24) is None
    assert sizes.notice.endswith(f"the file is kept as {tmp_path / FILE_NAME}.bad")
    again = NoteSizes(tmp_path)
    assert (again.at(80, 24), again.notice) == (None, "")


@pytest.mark.parametrize("data", [b"garbage\n", b'{"k":"begin","v":2}\n', b'{"k":"go","e":1.0}\n'])
def test_a_run(tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / RUNS_FOLDER / deck_key(DECK)
    folder.mkdir(parents=True, mode=0o700)
    path = folder / "2026-06-01T14-00-00Z-aaaa.jsonl"
    path.write_bytes(data)
    assert read_runs(tmp_path, deck_key(DECK)) == []
    assert path.exists()  # a talk that runs changes nothing
    text = runs_answer(DECK, root=tmp_path).text
    assert "! the run 2026-06-01T14-00-00Z-aaaa cannot be read; the file is kept as" in text
    assert path.with_name(f"{path.name}.bad").read_bytes() == data
    assert "cannot be read" not in runs_answer(DECK, root=tmp_path).text
