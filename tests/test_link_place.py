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

from presenter.peers import peercred, socket_path
from presenter.peers.discovery import alive, find_talks
from presenter.peers.socket_path import (
    SocketClaim,
    SocketError,
    SocketTakenError,
    candidates,
    distrust_reason,
    list_sockets,
    socket_folder,
    socket_name,
    squatted,
)

NOBODY = 65534


@pytest.fixture
def run() -> Iterator[Path]:
    with TemporaryDirectory(prefix="p-") as made:
        yield Path(made)


def environ(run: Path) -> dict[str, str]:
    return {"XDG_RUNTIME_DIR": str(run)}


def test_the_folder_is_made_for_this_user_alone(run: Path) -> None:
    made = socket_folder(environ(run))
    assert made == run / "presenter"
    assert stat.S_IMODE(made.lstat().st_mode) == 0o700
    assert socket_folder(environ(run)) == made


def test_a_relative_or_too_long_folder_is_not_taken() -> None:
    usual = Path(f"/tmp/presenter-{os.geteuid()}")  # noqa: S108  where it is
    for environment in ({"XDG_RUNTIME_DIR": "run"}, {"XDG_RUNTIME_DIR": f"/{'x' * 80}"}, {}):
        assert next(iter(candidates(environment))) == usual


def test_where_somebody_sits_on_the_usual_name_another_one_is_used_and_told(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [run / name for name in ("usual", "usual-1", "usual-2")]
    monkeypatch.setattr(socket_path, "candidates", lambda _: iter(names))
    names[0].symlink_to("/")
    used = socket_folder({})
    assert used == names[1]
    assert squatted({}, used) == f"{names[0]} is a link; remove it; windows meet in {names[1]}"
    names[0].unlink()
    assert squatted({}, socket_folder({})) == ""


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
    assert words in distrust_reason(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_elses_folder_is_refused(run: Path) -> None:
    path = run / "presenter"
    path.mkdir(mode=0o700)
    os.chown(path, NOBODY, NOBODY)
    assert distrust_reason(path) == "belongs to somebody else"


def test_without_any_folder_there_is_a_reason(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run / "presenter").write_text("in the way")
    monkeypatch.setattr(socket_path, "candidates", lambda _: iter([run / "presenter", run / "none" / "presenter"]))
    with pytest.raises(SocketError, match=r"is not a folder; remove it; .* no such file"):
        socket_folder({})


def test_without_unix_sockets_there_is_one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    assert not socket_path.supported()
    with pytest.raises(SocketError, match="no Unix sockets"):
        socket_folder({})


def test_every_deck_has_its_name() -> None:
    names = {socket_name(Path("/a.yaml")), socket_name(Path("/b.yaml")), socket_name(Path("/a.yaml\udcff"))}
    assert len(names) == 3
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in names)


def test_a_claim_is_held_by_one_until_it_is_released(run: Path) -> None:
    first = SocketClaim.make(run, "a")
    with pytest.raises(SocketTakenError):
        SocketClaim.make(run, "a")
    other = SocketClaim.make(run, "b")
    with first.bind() as bound:
        bound.listen()
        assert alive(first.path)
        assert stat.S_IMODE(first.path.lstat().st_mode) == 0o600
        with pytest.raises(SocketTakenError):
            SocketClaim.make(run, "a")
        assert alive(first.path)
    first.release()
    assert [path.name for path in run.iterdir()] == ["b.lock"]
    SocketClaim.make(run, "a").release()
    other.release()


def test_what_a_dead_owner_left_is_taken_over_and_anything_else_is_not(run: Path) -> None:
    left = run / "a.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(left))
    assert not alive(left)
    claim = SocketClaim.make(run, "a")
    claim.bind().close()
    claim.release()
    left.write_text("precious")
    claim = SocketClaim.make(run, "a")
    with pytest.raises(SocketError, match="address already in use"):
        claim.bind()
    assert left.read_text() == "precious"
    os.close(claim._handle)  # noqa: SLF001 - what is not ours must stay


def test_a_path_that_is_too_long_is_refused(run: Path) -> None:
    long = run / ("x" * 90)
    long.mkdir()
    with pytest.raises(SocketError, match="too long"):
        SocketClaim.make(long, "a")


def test_a_lock_that_is_a_link_is_not_followed(run: Path) -> None:
    (run / "a.lock").symlink_to(run / "elsewhere")
    with pytest.raises(SocketError):
        SocketClaim.make(run, "a")
    assert not (run / "elsewhere").exists()


def test_sockets_are_found_by_their_deck(run: Path) -> None:
    where, deck = socket_folder(environ(run)), Path("/a.yaml")
    for name in (socket_name(deck), f"{socket_name(deck)}-4711", socket_name(Path("/b.yaml"))):
        (where / f"{name}.sock").touch()
    usual = [path for path in list_sockets(environ(run)) if path.parent == where]
    assert len(usual) == 3
    assert [path.stem for path in list_sockets(environ(run), deck)] == [socket_name(deck), f"{socket_name(deck)}-4711"]
    assert find_talks(environ(run), deck) == []


def test_the_kernels_answer_is_read() -> None:
    assert peercred.linux_uid(struct.pack("=iII", 4711, 1000, 100)) == 1000
    assert peercred.bsd_uid(struct.pack("=IIh2x16I", 0, 501, 1, *range(16))) == 501
    assert peercred.bsd_uid(struct.pack("=IIh2x16I", 1, 501, 1, *range(16))) is None
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        assert peercred.is_own_peer(one)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_cannot_even_enter_the_folder(run: Path) -> None:
    run.chmod(0o755)
    claim = SocketClaim.make(socket_folder(environ(run)), "a")
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
    claims: list[SocketClaim] = []
    whole = fcntl.flock

    def slow(handle: int, how: int) -> None:
        if claims:
            claims.pop().release()  # between the opening of the file and its locking
        whole(handle, how)

    claims.append(SocketClaim.make(run, "a"))
    monkeypatch.setattr(fcntl, "flock", slow)
    second = SocketClaim.make(run, "a")
    with pytest.raises(SocketTakenError):
        SocketClaim.make(run, "a")
    second.release()
