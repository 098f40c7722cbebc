"""How large notes are wanted is remembered, by the size of the terminal."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from presenter.history.note_sizes import FILE_NAME, MAX_REMEMBERED_SIZES, NoteSizes


def test_a_choice_is_remembered_for_terminals_of_that_size(tmp_path: Path) -> None:
    root = tmp_path / "state"
    sizes = NoteSizes(root)
    assert sizes.at(120, 36) is None
    sizes.chosen(120, 36, 3)
    sizes.chosen(200, 60, 1)
    again = NoteSizes(root)
    assert (again.at(120, 36), again.at(200, 60), again.at(80, 24)) == (3, 1, None)
    assert stat.S_IMODE((root / FILE_NAME).stat().st_mode) == 0o600


def test_a_terminal_of_nearly_the_size_is_like_it_and_the_latest_choice_counts(tmp_path: Path) -> None:
    sizes = NoteSizes(tmp_path)
    sizes.chosen(120, 36, 3)
    sizes.chosen(125, 38, 4)
    assert sizes.at(122, 37) == 4
    sizes.chosen(120, 36, 5)
    assert sizes.at(122, 37) == 5
    assert sizes.at(125, 38) == 4
    assert sizes.at(120, 50) is None


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    sizes = NoteSizes(tmp_path)
    for number in range(MAX_REMEMBERED_SIZES + 1):
        sizes.chosen(100 * (number + 1), 10, 2)
    assert NoteSizes(tmp_path).at(100, 10) is None
    assert NoteSizes(tmp_path).at(200, 10) == 2


@pytest.mark.parametrize("data", [b"", b"{", b'{"80x24": "x"}', b"[]", b'{"80x24": 0, "x": 2, "ax9": 3}', b"\xff"])
def test_what_cannot_be_read_is_as_if_nothing_were_known(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(data)
    assert NoteSizes(tmp_path).at(80, 24) is None


def test_nothing_is_written_where_that_is_not_wanted_or_cannot_be_done(tmp_path: Path) -> None:
    NoteSizes(tmp_path, keep=False).chosen(80, 24, 3)
    assert not (tmp_path / FILE_NAME).exists()
    (tmp_path / "file").write_text("no folder")
    sizes = NoteSizes(tmp_path / "file")
    sizes.chosen(80, 24, 3)
    assert sizes.at(80, 24) == 3
