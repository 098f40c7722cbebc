"""Decks that are made to hurt: each is refused at a place, before it costs time or memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from presenter.deck.load import load
from written import only, write


def laughs(levels: int, width: int) -> str:
    """Return lists of aliases of lists of aliases..."""
    rows = [f"b0: &a0 [{', '.join('x' * width)}]"]
    rows += [f"b{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]" for level in range(1, levels)]
    return "\n".join(rows) + "\n"


LONG = "x" * 99_000
BOMBS = [
    ("Y01 aliases", laughs(9, 10), 9, 10, "aliases expand to 1.2e9 values (limit 200,000)"),
    ("Y01 fifty levels", laughs(50, 2), 32, 12, "nested more than 32 deep through this alias"),
    ("Y01 long texts", f"a: &a {LONG}\nb: [{'*a, ' * 300}]\n", 2, 5, "aliases expand to 3.0e5 values"),
    ("Y02 merges", "a: &a {x: 1}\nb:\n  <<: [*a, *a]\n", 3, 3, '"<<" does not merge here'),
    ("Y03 alias to itself", "a: &a\n  - *a\n", 2, 5, "the alias *a refers to itself"),
    ("Y04 depth", "[" * 100_000, 1, 33, "lists and mappings are nested more than 32 deep"),
    ("Y04 depth of mappings", "{a: " * 10_000, 1, 129, "nested more than 32 deep"),
    ("Y04 depth of dashes", "- " * 10_000, 1, 65, "nested more than 32 deep"),
    ("long text", "title: " + "x" * 100_001, 1, 8, "this text has 100,001 characters (limit 100,000)"),
    (
        "anchors",
        "slides:\n" + "".join(f"- &a{number} x\n" for number in range(1001)),
        1002,
        3,
        "more than 1,000 anchors",
    ),
    ("events", "slides:\n" + "- a\n" * 400_000, 399_997, 3, "the deck is too long: more than 400,000 YAML events"),
    ("values", "slides: [" + "a, " * 200_000 + "]", 1, 1, "the deck is too long: more than 200,000 values"),
    ("Y27 size", "#" * 5_000_001, 1, 1, "the deck file is too large: 5.0 MB (limit 5 MB)"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), [row[1:] for row in BOMBS], ids=[row[0] for row in BOMBS])
def test_a_bomb_is_refused_at_its_place(tmp_path: Path, text: str, line: int, column: int, words: str) -> None:
    loaded = load(write(tmp_path, deck=text))
    assert loaded.deck is None
    found = next(problem for problem in loaded.problems if words in problem.words)
    assert (found.line, found.column) == (line, column)
    assert len(found.source) < 120


def test_y27_the_size_limit_is_of_all_files_together(tmp_path: Path) -> None:
    part = "title: P\nslides: [{title: A}]\n#" + "x" * 2_600_000
    write(tmp_path, one=part, two=part)
    path = write(tmp_path, deck="sections:\n  - include: one.yaml\n  - include: two.yaml\n")
    problem = only(path)
    assert problem.line == 3
    assert problem.words.startswith('"two.yaml": the deck file is too large: 2.6 MB')


def test_aliases_of_a_sane_size_are_fine(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, deck="slides:\n  - {title: A, points: &p [a, b]}\n  - {title: B, points: *p}\n"))
    assert loaded.problems == ()


def test_thousands_of_mistakes_stay_a_short_list(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, deck="slides:\n- title: x #1\n" + "".join(f"  titl{n}: x #1\n" for n in range(5000))))
    assert len(loaded.problems) == 50
    assert all(problem.severity == "error" for problem in loaded.problems)
    assert loaded.more == 5000 - 50 + 5001
