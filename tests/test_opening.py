"""Opening by a path whose links were resolved: what is put there afterwards leads nowhere else."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from presenter.deck.source import UnreadableError, read_bytes
from presenter.images.image_file import open_picture
from presenter.images.types import PictureError
from presenter.safe_open import open_resolved


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Return a folder with pictures, beside one outside of the deck that has a file of the same name."""
    for name in ("inside", "outside"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "picture.png").write_text(name)
    return tmp_path


def test_a_file_is_opened_by_its_parts(folders: Path) -> None:
    handle = open_resolved(folders / "inside" / "picture.png")
    with os.fdopen(handle, encoding="utf-8") as file:
        assert file.read() == "inside"


def test_every_part_that_became_a_link_is_refused(folders: Path) -> None:
    (folders / "inside").rename(folders / "real")
    (folders / "inside").symlink_to("outside")
    (folders / "real" / "link.png").symlink_to(folders / "outside" / "picture.png")
    for path in (folders / "inside" / "picture.png", folders / "real" / "link.png"):
        with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
            open_resolved(path)
        with pytest.raises(PictureError, match="became a link"):
            open_picture(path)
        with pytest.raises(UnreadableError, match="put there"):
            read_bytes(path, 100, "text file", resolved=True)


def test_what_is_missing_or_no_folder_is_told_as_ever(folders: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_resolved(folders / "nowhere" / "picture.png")
    with pytest.raises(NotADirectoryError):
        open_resolved(folders / "inside" / "picture.png" / "more.png")


def test_a_folder_that_flips_never_leads_outside(folders: Path) -> None:
    """The folder is exchanged for a link and back as fast as that goes, while the file is opened again and again."""
    inside, real = folders / "inside", folders / "real"
    done = threading.Event()

    def flip() -> None:
        while not done.is_set():
            inside.rename(real)
            inside.symlink_to("outside")
            inside.unlink()
            real.rename(inside)

    thread = threading.Thread(target=flip)
    thread.start()
    seen, refused = 0, 0
    try:
        while seen < 200 or not refused:
            try:
                data = read_bytes(inside / "picture.png", 100, "text file", resolved=True)
            except UnreadableError:
                refused += 1
            else:
                seen += 1
                assert data == b"inside"
    finally:
        done.set()
        thread.join()
