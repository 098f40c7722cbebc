from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from presenter.deck.load import load_deck
from presenter.deck.model import Deck
from presenter.history.write_times import WriteError, changes_diff, prepare_changes, write_changes
from presenter.layouts import Layout

DECK = """\
# yaml-language-server: $schema=deck.schema.json
title: A talk
duration: 5m
defaults: {time: 20s}
sections:
  - title: First
    time: 2m
    divider: true
    slides:
      - title: One       # the first
        body: words
        time: 30s        # measured
      - {title: Two, body: "words, more"}
  - include: part.yaml
"""
PART = """\
title: Second
slides:
  - title: Three
    body: |
      time: 9
    notes: Überlegt 日本 👩\u200d👩
  - title: Four
    body: words
    time: "1:00"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deck.yaml").write_text(DECK, encoding="utf-8", newline="")
    (tmp_path / "part.yaml").write_text(PART, encoding="utf-8", newline="")
    return tmp_path


def times(deck: Deck) -> dict[str, int | None]:
    return {slide.id: slide.layout.time for slide in deck.slides}


def read(path: Path) -> str:
    return path.read_bytes().decode()


def test_times_go_into_the_file_that_a_slide_came_from(folder: Path) -> None:
    deck = load_deck(folder)
    draft = prepare_changes(deck, {"one": 45, "two": 15, "three": 90, "four": 75})
    assert not draft.refused
    assert draft.written == ("one", "two", "three", "four")
    assert (read(folder / "deck.yaml"), read(folder / "part.yaml")) == (DECK, PART)  # nothing is written yet
    write_changes(draft)
    assert read(folder / "deck.yaml") == DECK.replace("30s ", "45s ").replace('more"}', 'more", time: 15s}')
    assert read(folder / "part.yaml") == PART.replace("- title: Three", "- title: Three\n    time: 1m30s").replace(
        '"1:00"', '"1:15"'
    )
    after = load_deck(folder)
    assert times(after) == {**times(deck), "one": 45, "two": 15, "three": 90, "four": 75}
    assert sorted(path.name for path in folder.iterdir()) == ["deck.yaml", "part.yaml"]


def test_a_diff_shows_it_first(folder: Path) -> None:
    draft = prepare_changes(load_deck(folder), {"one": 45, "three": 90})
    assert changes_diff(draft, folder) == dedent("""\
        --- deck.yaml
        +++ deck.yaml
        @@ -9,6 +9,6 @@
             slides:
               - title: One       # the first
                 body: words
        -        time: 30s        # measured
        +        time: 45s        # measured
               - {title: Two, body: "words, more"}
           - include: part.yaml
        --- part.yaml
        +++ part.yaml
        @@ -1,6 +1,7 @@
         title: Second
         slides:
           - title: Three
        +    time: 1m30s
             body: |
               time: 9
             notes: Überlegt 日本 👩\u200d👩
        """)


def test_a_divider_has_no_time_of_its_own(folder: Path) -> None:
    deck = load_deck(folder)
    (slide,) = [slide for slide in deck.slides if slide.id not in {"one", "two", "three", "four"}]
    draft = prepare_changes(deck, {slide.id: 30, "one": 45})
    assert [(refused.id, "divider" in why) for refused, why in draft.refused] == [(slide.id, True)]
    assert draft.written == ("one",)


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path, line_end: str, mark: str) -> None:
    text = mark + "title: T\nslides:\n  - title: É 👩\n    body: x\n  - title: B\n    body: x\n    time: 10s\n"
    path = tmp_path / "deck.yaml"
    path.write_bytes(text.replace("\n", line_end).encode())
    draft = prepare_changes(load_deck(path), {"e": 45, "b": 20})
    assert draft.written == ("e", "b")
    assert changes_diff(draft, tmp_path).count("\n+") == 3
    write_changes(draft)
    expected = text.replace("É 👩\n", "É 👩\n    time: 45s\n").replace("10s", "20s")
    assert path.read_bytes() == expected.replace("\n", line_end).encode()


def test_a_deck_that_has_changed_since_it_was_loaded_is_refused(folder: Path) -> None:
    deck = load_deck(folder)
    (folder / "deck.yaml").write_text(DECK.replace("title: One ", "title: Uno "), encoding="utf-8")
    draft = prepare_changes(deck, {"one": 45, "three": 30})
    assert not draft.changes
    assert {why for _, why in draft.refused} == {"the deck has changed since it was loaded; try again"}


def test_a_deck_that_changes_before_it_is_written_stays(folder: Path) -> None:
    draft = prepare_changes(load_deck(folder), {"one": 45})
    changed = DECK.replace("5m", "6m")
    (folder / "deck.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(WriteError, match=r"the deck is as it was: deck\.yaml has changed meanwhile"):
        write_changes(draft)
    assert read(folder / "deck.yaml") == changed
    assert sorted(path.name for path in folder.iterdir()) == ["deck.yaml", "part.yaml"]


def test_the_words_say_what_was_written_when_a_later_file_fails(folder: Path) -> None:
    draft = prepare_changes(load_deck(folder), {"one": 45, "three": 30})
    (folder / "part.yaml").write_text(PART + "# more\n", encoding="utf-8")
    with pytest.raises(WriteError, match=r"1 file written, but not part\.yaml"):
        write_changes(draft)
    assert "45s" in read(folder / "deck.yaml")


def test_the_mode_stays(folder: Path) -> None:
    (folder / "deck.yaml").chmod(0o640)
    write_changes(prepare_changes(load_deck(folder), {"one": 45}))
    assert stat.S_IMODE((folder / "deck.yaml").stat().st_mode) == 0o640


def test_a_link_stays_a_link(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "talk.yaml"
    elsewhere.symlink_to(folder / "deck.yaml")
    write_changes(prepare_changes(load_deck(elsewhere), {"one": 45}))
    assert elsewhere.is_symlink()
    assert "time: 45s" in read(folder / "deck.yaml")


def test_a_file_with_two_names_is_refused(folder: Path) -> None:
    os.link(folder / "part.yaml", folder / "same.yaml")
    draft = prepare_changes(load_deck(folder), {"one": 45, "three": 30})
    assert draft.written == ("one",)
    assert [why for _, why in draft.refused] == [
        "part.yaml has 2 names (hard links), and only one would change; make it a copy first"
    ]


def test_an_include_that_may_not_be_written_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "part.yaml")
    draft = prepare_changes(load_deck(folder), {"one": 45, "three": 30})
    assert draft.written == ("one",)
    assert [why for _, why in draft.refused] == ["no permission to write part.yaml"]


def test_a_file_that_is_gone_is_refused(folder: Path) -> None:
    deck = load_deck(folder)
    (folder / "part.yaml").unlink()
    draft = prepare_changes(deck, {"three": 30})
    assert [why for _, why in draft.refused] == ["part.yaml: there is no such file"]


def test_an_alias_for_two_slides_is_refused_for_both(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("slides:\n  - &s {title: A, body: x}\n  - *s\n  - {title: B, body: x}\n", encoding="utf-8")
    draft = prepare_changes(load_deck(path), {"a": 45, "a#2": 50, "b": 30})
    assert [(slide.id, "alias" in why) for slide, why in draft.refused] == [("a", True), ("a#2", True)]
    assert draft.written == ("b",)


def test_a_file_that_is_included_twice_is_refused(folder: Path) -> None:
    (folder / "deck.yaml").write_text(DECK + "  - {title: Again, include: part.yaml}\n", encoding="utf-8")
    draft = prepare_changes(load_deck(folder), {"one": 45, "three": 30, "four#2": 80})
    assert draft.written == ("one",)
    assert [(slide.id, "included twice" in why) for slide, why in draft.refused] == [("three", True), ("four#2", True)]


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fsync(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield


def test_a_full_disk_leaves_the_deck_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = prepare_changes(load_deck(folder), {"one": 45, "three": 30})
    with full_disk(monkeypatch), pytest.raises(WriteError, match="the deck is as it was: no space left on device"):
        write_changes(draft)
    assert (read(folder / "deck.yaml"), read(folder / "part.yaml")) == (DECK, PART)
    assert sorted(path.name for path in folder.iterdir()) == ["deck.yaml", "part.yaml"]


def test_nothing_to_write(folder: Path) -> None:
    draft = prepare_changes(load_deck(folder), {"unknown": 45})
    assert (draft.changes, draft.written, draft.refused) == ((), (), ())
    assert changes_diff(draft) == ""
    write_changes(draft)
    assert prepare_changes(replace(load_deck(folder), slides=()), {"one": 3}).changes == ()


def test_hunks_that_are_far_apart_and_close(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    slides = "".join(f"  - title: S{n}\n    body: x\n    notes: y\n" for n in range(12))
    path.write_text(f"slides:\n{slides}", encoding="utf-8")
    draft = prepare_changes(load_deck(path), {"s0": 5, "s1": 5, "s6": 5, "s11": 5})
    shown = changes_diff(draft, tmp_path)
    assert [line for line in shown.splitlines() if line.startswith("@@")] == [
        "@@ -1,8 +1,10 @@",
        "@@ -18,6 +20,7 @@",
        "@@ -33,5 +36,6 @@",
    ]
    patched = apply_diff(path.read_text(encoding="utf-8").splitlines(), shown.splitlines()[2:])
    write_changes(draft)
    assert patched == path.read_text(encoding="utf-8").splitlines()


def apply_diff(lines: list[str], shown: list[str]) -> list[str]:
    """Do what `patch` does: take the new lines, and check the old ones."""
    out, at = [], 0
    for line in shown:
        if line.startswith("@@"):
            start = int(line.split()[1].split(",")[0].removeprefix("-")) - 1
            out += lines[at:start]
            at = start
            continue
        if line[0] in " -":
            assert lines[at] == line[1:]
            at += 1
        if line[0] in " +":
            out.append(line[1:])
    return [*out, *lines[at:]]


def timeless(layout: Layout) -> Layout:
    return structs.replace(layout, time=None)


titles = st.sampled_from(["A", "Why?", "É 日本 👩", "x: y", "# no", "- a", "* b", "time", "1:30"])
keys = st.sampled_from(
    ["", "    time: 30s\n", "    time: 1:30 # c\n", "    time:\n", '    time: "20"\n', "    hidden: false\n"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(titles, keys, st.booleans(), st.sampled_from(["", "    # why?\n", "\n"])), min_size=1, max_size=6
    ),
    st.lists(st.integers(1, 4000), min_size=6, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_a_deck_loads_with_its_new_times_and_nothing_else_changed(
    tmp_path_factory: pytest.TempPathFactory,
    given_slides: list[tuple[str, str, bool, str]],
    seconds: list[int],
    line_end: str,
    marked: bool,
) -> None:
    text = "title: T\nslides:\n"
    for title, key, flow, gap in given_slides:
        quoted = '"' + title + '"'
        text += f"{gap}  - {{title: {quoted}, body: x}}\n" if flow else f"{gap}  - title: {quoted}\n    body: x\n{key}"
    path = tmp_path_factory.mktemp("deck") / "deck.yaml"
    path.write_bytes((b"\xef\xbb\xbf" * marked) + text.replace("\n", line_end).encode())
    deck = load_deck(path)
    wanted = {slide.id: time for slide, time in zip(deck.slides, seconds, strict=False)}
    draft = prepare_changes(deck, wanted)
    assert not draft.refused
    patched = apply_diff(text.removesuffix("\n").split("\n"), changes_diff(draft).splitlines()[2:])
    write_changes(draft)
    after = load_deck(path)
    assert times(after) == wanted
    assert [(slide.id, timeless(slide.layout)) for slide in after.slides] == [
        (slide.id, timeless(slide.layout)) for slide in deck.slides
    ]
    assert path.read_bytes().decode().removeprefix("\ufeff").replace(line_end, "\n") == "\n".join([*patched, ""])
