"""Where sockets may lie, who may use them, and that a living owner never loses its own."""

from __future__ import annotations

import fcntl
import os
import socket
import stat
import struct
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from presenter.link import peers, place
from presenter.link.finding import alive, find
from presenter.link.place import (
    Claim,
    PlaceError,
    TakenError,
    candidates,
    folder,
    name_of,
    sockets,
    squatted,
    why_not,
)

NOBODY = 65534


@pytest.fixture
def run() -> Iterator[Path]:
    with TemporaryDirectory(prefix="p-") as made:
        yield Path(made)


def environ(run: Path) -> dict[str, str]:
    return {"XDG_RUNTIME_DIR": str(run)}


def test_the_folder_is_made_for_this_user_alone(run: Path) -> None:
    made = folder(environ(run))
    assert made == run / "presenter"
    assert stat.S_IMODE(made.lstat().st_mode) == 0o700
    assert folder(environ(run)) == made


def test_a_relative_or_too_long_folder_is_not_taken() -> None:
    usual = Path(f"/tmp/presenter-{os.geteuid()}")  # noqa: S108  where it is
    for environment in ({"XDG_RUNTIME_DIR": "run"}, {"XDG_RUNTIME_DIR": f"/{'x' * 80}"}, {}):
        assert next(iter(candidates(environment))) == usual


def test_where_somebody_sits_on_the_usual_name_another_one_is_used_and_told(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [run / name for name in ("usual", "usual-1", "usual-2")]
    monkeypatch.setattr(place, "candidates", lambda _: iter(names))
    names[0].symlink_to("/")
    used = folder({})
    assert used == names[1]
    assert squatted({}, used) == f"{names[0]} is a link; remove it; windows meet in {names[1]}"
    names[0].unlink()
    assert squatted({}, folder({})) == ""


def test_the_best_folder_is_the_systems_own(run: Path) -> None:
    assert next(iter(candidates(environ(run)))) == run / "presenter"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.symlink_to("/"), "is a link"),
        (lambda path: path.write_text(""), "is not a folder"),
        (lambda path: (path.mkdir(), path.chmod(0o750)), "is open to others"),
    ],
)
def test_what_cannot_be_trusted_is_refused(run: Path, make: object, words: str) -> None:
    assert callable(make)
    path = run / "presenter"
    make(path)
    assert words in why_not(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_elses_folder_is_refused(run: Path) -> None:
    path = run / "presenter"
    path.mkdir(mode=0o700)
    os.chown(path, NOBODY, NOBODY)
    assert why_not(path) == "belongs to somebody else"


def test_without_any_folder_there_is_a_reason(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run / "presenter").write_text("in the way")
    monkeypatch.setattr(place, "candidates", lambda _: iter([run / "presenter", run / "none" / "presenter"]))
    with pytest.raises(PlaceError, match=r"is not a folder; remove it; .* no such file"):
        folder({})


def test_without_unix_sockets_there_is_one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    assert not place.supported()
    with pytest.raises(PlaceError, match="no Unix sockets"):
        folder({})


def test_every_deck_has_its_name() -> None:
    names = {name_of(Path("/a.yaml")), name_of(Path("/b.yaml")), name_of(Path("/a.yaml\udcff"))}
    assert len(names) == 3
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in names)


def test_a_claim_is_held_by_one_until_it_is_released(run: Path) -> None:
    first = Claim.make(run, "a")
    with pytest.raises(TakenError):
        Claim.make(run, "a")
    other = Claim.make(run, "b")
    with first.bind() as bound:
        bound.listen()
        assert alive(first.path)
        assert stat.S_IMODE(first.path.lstat().st_mode) == 0o600
        with pytest.raises(TakenError):
            Claim.make(run, "a")
        assert alive(first.path)
    first.release()
    assert [path.name for path in run.iterdir()] == ["b.lock"]
    Claim.make(run, "a").release()
    other.release()


def test_what_a_dead_owner_left_is_taken_over_and_anything_else_is_not(run: Path) -> None:
    left = run / "a.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(left))
    assert not alive(left)
    claim = Claim.make(run, "a")
    claim.bind().close()
    claim.release()
    left.write_text("precious")
    claim = Claim.make(run, "a")
    with pytest.raises(PlaceError, match="address already in use"):
        claim.bind()
    assert left.read_text() == "precious"
    os.close(claim._handle)  # noqa: SLF001 - what is not ours must stay


def test_a_path_that_is_too_long_is_refused(run: Path) -> None:
    long = run / ("x" * 90)
    long.mkdir()
    with pytest.raises(PlaceError, match="too long"):
        Claim.make(long, "a")


def test_a_lock_that_is_a_link_is_not_followed(run: Path) -> None:
    (run / "a.lock").symlink_to(run / "elsewhere")
    with pytest.raises(PlaceError):
        Claim.make(run, "a")
    assert not (run / "elsewhere").exists()


def test_sockets_are_found_by_their_deck(run: Path) -> None:
    where, deck = folder(environ(run)), Path("/a.yaml")
    for name in (name_of(deck), f"{name_of(deck)}-4711", name_of(Path("/b.yaml"))):
        (where / f"{name}.sock").touch()
    usual = [path for path in sockets(environ(run)) if path.parent == where]
    assert len(usual) == 3
    assert [path.stem for path in sockets(environ(run), deck)] == [name_of(deck), f"{name_of(deck)}-4711"]
    assert find(environ(run), deck) == []


def test_the_kernels_answer_is_read() -> None:
    assert peers.linux_uid(struct.pack("=iII", 4711, 1000, 100)) == 1000
    assert peers.bsd_uid(struct.pack("=IIh2x16I", 0, 501, 1, *range(16))) == 501
    assert peers.bsd_uid(struct.pack("=IIh2x16I", 1, 501, 1, *range(16))) is None
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        assert peers.ours(one)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_cannot_even_enter_the_folder(run: Path) -> None:
    run.chmod(0o755)
    claim = Claim.make(folder(environ(run)), "a")
    with claim.bind() as bound, socket.socket(socket.AF_UNIX) as other:
        bound.listen()
        os.seteuid(NOBODY)
        try:
            with pytest.raises(PermissionError):
                other.connect(str(claim.path))
        finally:
            os.seteuid(0)
    claim.release()


def test_a_lock_on_a_file_that_was_removed_meanwhile_is_not_believed(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims: list[Claim] = []
    whole = fcntl.flock

    def slow(handle: int, how: int) -> None:
        if claims:
            claims.pop().release()  # between the opening of the file and its locking
        whole(handle, how)

    claims.append(Claim.make(run, "a"))
    monkeypatch.setattr(fcntl, "flock", slow)
    second = Claim.make(run, "a")
    with pytest.raises(TakenError):
        Claim.make(run, "a")
    second.release()
