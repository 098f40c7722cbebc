"""Which files a deck may read, and what is said of the others; files that are odd or change while they are read."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from presenter.deck.diagnostics import DeckError
from presenter.deck.load import load, load_deck
from presenter.layouts.fields import PictureFile
from written import brief, good, only, write


def picture(deck: Path, *, allow_outside: bool = False) -> PictureFile:
    """Return the picture of the first slide."""
    return next(good(deck, allow_outside=allow_outside).slides[0].layout.pictures()).src


def naming(folder: Path, text: str) -> Path:
    return write(folder, deck=f"slides:\n  - image: {{src: '{text}', alt: x}}\n")


REFUSED = [
    ("P01 parent", "../../etc/passwd", "is outside the deck's folder; put the file there, or allow it with"),
    ("P01 absolute", "/etc/shadow", "is outside the deck's folder"),
    ("P01 home", "~/x.png", "is outside the deck's folder"),
    ("P15 http", "http://example.org/x.png", "is an address on the network; a deck shows files only"),
    ("P15 https", "HTTPS://example.org/x.png", "is an address on the network"),
    ("P15 data", "data:image/png;base64,xx", "is no path but the data itself; save it as a file"),
    ("P15 file", "FILE:///etc/passwd", 'write the path from the deck\'s folder, without "file:"'),
    ("windows drive", "C:/x.png", "with / between folders"),
    ("windows path", "pics\\x.png", "with / between folders"),
    ("long name", "x" * 5000, ""),
]


@pytest.mark.parametrize(("text", "why"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_picture_that_may_not_be_read_comes_with_the_rule_and_the_deck_loads(
    tmp_path: Path, text: str, why: str
) -> None:
    found = picture(naming(tmp_path / "in", text))
    assert found.text == text
    assert why in found.why
    assert found.path is None or not why


@pytest.mark.parametrize("text", ["a.png", "./a.png", "pics/../a.png", "pics/a b.png", "pics/é.png"])
def test_paths_inside_the_folder_are_fine(tmp_path: Path, text: str) -> None:
    found = picture(naming(tmp_path, text))
    assert found.path is not None
    assert found.path.is_relative_to(tmp_path.resolve())
    assert found.why == ""


def test_p02_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    (inside / "up").symlink_to(tmp_path)
    for text in ("link.png", "up/secret.png"):
        assert "outside the deck's folder" in picture(naming(inside, text)).why
    assert picture(naming(inside, "link.png"), allow_outside=True).path == (tmp_path / "secret.png").resolve()


def test_allow_outside_lifts_the_wall_but_not_for_the_network(tmp_path: Path) -> None:
    deck = naming(tmp_path / "in", "../x.png")
    assert picture(deck, allow_outside=True).path == tmp_path.resolve() / "x.png"
    assert picture(naming(tmp_path / "in", "http://x.org/a.png"), allow_outside=True).path is None


def test_p14_a_deck_opened_through_a_link_reads_beside_the_real_file(tmp_path: Path) -> None:
    deck = naming(tmp_path / "real", "a.png")
    link = tmp_path / "talk.yaml"
    link.symlink_to(deck)
    assert picture(link).path == tmp_path.resolve() / "real/a.png"
    assert good(link).path == deck.resolve()


def test_a_folder_means_its_deck(tmp_path: Path) -> None:
    deck = naming(tmp_path, "a.png")
    assert good(tmp_path).path == deck.resolve()


def test_a_part_reads_from_the_folder_of_the_deck_around_it_three_levels_up_at_most(tmp_path: Path) -> None:
    includes = "".join(f"  - include: {place}/part.yaml\n" for place in ("a/b/c", "a/b/c/d"))
    write(tmp_path, deck=f"sections:\n{includes}")
    near = write(tmp_path, a__b__c__part_yaml="slides: [{image: {src: ../../../x.png, alt: x}}]")
    far = write(tmp_path, a__b__c__d__part_yaml="slides: [{image: {src: ../../../../x.png, alt: x}}]")
    assert picture(near).path == tmp_path.resolve() / "x.png"
    assert picture(far).path is None
    # Anybody may put a deck into a shared folder: one that does not include the file means nothing.
    write(tmp_path, deck="slides: [{title: D}]")
    assert picture(near).path is None


def test_a_link_or_somebody_elses_deck_above_widens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = write(tmp_path, a__part_yaml="slides: [{image: {src: ../x.png, alt: x}}]")
    real = write(tmp_path, real="sections:\n  - include: a/part.yaml\n")
    (tmp_path / "deck.yaml").symlink_to(real)
    assert picture(part).path is None
    (tmp_path / "deck.yaml").unlink()
    real.rename(tmp_path / "deck.yaml")
    assert picture(part).path is not None
    look = Path.lstat

    def theirs(path: Path) -> os.stat_result:
        found = look(path)
        return os.stat_result([*found[:4], found.st_uid + 1, *found[5:10]]) if path.name == "deck.yaml" else found

    monkeypatch.setattr(Path, "lstat", theirs)
    assert picture(part).path is None


def code(folder: Path, name: str = "x.txt") -> Path:
    return write(folder, deck=f"slides:\n  - file: {name}\n")


def test_a_text_file_has_to_be_text_and_not_too_large(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\xff")
    assert only(code(tmp_path)).words == '"x.txt" is not UTF-8 text'
    (tmp_path / "x.txt").write_bytes(b"x" * 1_000_001)
    assert only(code(tmp_path)).words == '"x.txt": the text file is too large: 1.0 MB (limit 1 MB)'
    (tmp_path / "x.txt").unlink()
    assert brief(load(code(tmp_path))) == [(2, 11, '"x.txt": there is no such file')]
    assert "outside the deck's folder" in only(code(tmp_path, "../x.txt")).words


def test_p04_p05_pipes_folders_devices_and_sockets_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        try:
            os.chdir(tmp_path)  # the name of a socket may only be short
            server.bind("socket")
        finally:
            os.chdir(here)
        assert "not a regular file" in only(code(tmp_path, "pipe")).words
        assert "this is a folder" in only(code(tmp_path, "folder")).words
        assert "cannot be read" in only(code(tmp_path, "socket")).words
    (tmp_path / "pipe").replace(tmp_path / "deck.yaml")
    assert only(tmp_path / "deck.yaml").words == "this is not a regular file, so no deck file"
    assert "not a regular file" in only(Path("/dev/zero")).words


def test_p05_no_permission(somebody: Path) -> None:
    path = code(somebody)
    path.chmod(0)
    assert only(path).words == "no permission to read this deck file"


def test_y32_y33_a_deck_that_is_half_written_deleted_or_replaced_is_one_clear_problem(tmp_path: Path) -> None:
    path = write(tmp_path, deck="title: T\nslides:\n  - title: A\n  - title: 'B and more'\n")
    whole = path.read_bytes()
    path.write_bytes(whole[:-8])
    assert only(path).words == "the quote opened here is never closed"
    path.write_bytes(b"")
    assert only(path).words.startswith("no slides")
    path.unlink()
    assert only(path).words == "there is no such file"
    path.mkdir()
    assert only(path).words == "this is a folder without a deck.yaml, not a deck file"
    path.rmdir()
    path.symlink_to(path)
    assert "cannot be read" in only(path).words
    path.unlink()
    path.write_bytes(whole)
    assert len(good(path).slides) == 2


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff.yaml", "no/such/folder/deck.yaml"])
def test_x02_odd_names_are_problems_of_the_deck(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeckError) as caught:
        load_deck(tmp_path / name)
    assert len(caught.value.problems) == 1


def test_load_deck_raises_all_problems(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match=r'deck.yaml:1:1: unknown field "titel".*\(and 1 more\)') as caught:
        load_deck(write(tmp_path, deck="titel: a\nslides: [{title: b}]\nstop: x"))
    assert [problem.line for problem in caught.value.problems] == [1, 3]
    assert caught.value.files == {tmp_path.resolve() / "deck.yaml"}


def test_a_broken_deck_names_the_files_worth_waiting_for(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, deck="sections:\n  - include: new/part.yaml\n"))
    assert loaded.deck is None
    assert loaded.files == {tmp_path.resolve() / "deck.yaml", tmp_path.resolve() / "new/part.yaml"}
