"""Decks and pictures behind links: a link that is given another target is a change, as a save is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

from presenter.deck.files import links_in
from presenter.deck.load import load_deck
from presenter.ui.reloader import DeckWatcher
from presenter.watching import file_signatures, watched_files
from terminal import Terminal

DECK = "slides: [{{title: {0}, image: {{src: pics/a.png, alt: x}}}}]\n"


def relink(link: Path, target: Path) -> None:
    """Do what `ln -sfn` does."""
    new = link.with_name("new-link")
    new.symlink_to(target)
    new.replace(link)


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    for number in (1, 2):
        folder = tmp_path / f"v{number}"
        (folder / "pics").mkdir(parents=True)
        (folder / "deck.yaml").write_text(DECK.format(f"Version{number}"), encoding="utf-8")
        Image.new("RGB", (4, 4), (number * 90, 0, 0)).save(folder / "pics" / "a.png")
    (tmp_path / "current").symlink_to(tmp_path / "v1")
    return tmp_path


def test_links_on_the_way_are_found_whatever_leads_to_them(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "one").symlink_to("real")
    (tmp_path / "two").symlink_to("one")
    (tmp_path / "round").symlink_to("round")
    assert links_in(tmp_path / "two" / "deck.yaml") >= {tmp_path / "two", tmp_path / "one"}
    assert tmp_path / "round" in links_in(tmp_path / "round")


@pytest.mark.parametrize("change", ["deck", "folder", "picture", "sed"])
def test_a_link_that_changes_is_a_change(linked: Path, change: str) -> None:
    path = linked / "current" / "deck.yaml"
    if change == "sed":
        path = linked / "deck.yaml"
        path.symlink_to(linked / "v1" / "deck.yaml")
    if change == "picture":
        (linked / "v1" / "pics" / "a.png").replace(linked / "v1" / "pics" / "b.png")
        (linked / "v1" / "pics" / "a.png").symlink_to("b.png")
        Image.new("RGB", (9, 9)).save(linked / "v1" / "pics" / "c.png")
    deck = load_deck(path)
    watch = DeckWatcher(lambda: watched_files(deck), file_signatures(watched_files(deck)))
    assert not watch.changed()
    if change == "sed":
        path.unlink()
        path.write_text(DECK.format("Sed").replace("pics/", "v1/pics/"), encoding="utf-8")
    elif change == "picture":
        relink(linked / "v1" / "pics" / "a.png", Path("c.png"))
    else:
        relink(linked / "current", linked / "v2")
    assert watch.changed()


def test_a_talk_behind_a_link_follows_it(linked: Path) -> None:
    command = [sys.executable, "-m", "presenter", str(linked / "current" / "deck.yaml"), "--no-log"]
    with Terminal(command) as terminal:
        terminal.wait_for("Version1")
        terminal.wait_until(lambda: b"\x1b[?2004h" in terminal.output, "the window")
        relink(linked / "current", linked / "v2")
        terminal.wait_for("Version2")
        (linked / "current").unlink()
        (linked / "current").symlink_to(linked / "v1")
        terminal.wait_for("Version1")
        terminal.twice()
        assert terminal.wait_exit() == 0
