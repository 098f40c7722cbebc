"""The mistakes that people make most in YAML, each in the middle of a deck, and what `presenter check` says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from presenter.check.engine import check_deck

TOP = "title: Why\nslides:\n  - title: One\n    notes: fine\n"
END = "  - title: Last\n    points: [a, b]\n    notes: |\n      one\n      two\n"

# what it is, the slide on line 5, line, column, words, fix
MISTAKES = [
    ("a colon", "  - title: Rust: good\n", 5, 16, 'text containing ": " needs quotes', 'write  title: "Rust: good"'),
    ("a tab", "  - title: A\n\tnotes: b\n", 6, 1, "a tab is used for indentation; YAML needs spaces", ""),
    ("no space", "  - title:A\n    notes: b\n", 5, 5, 'a space is missing after "title:" on line 5', "write  title: A"),
    ("an at", "  - title: @me\n", 5, 12, "text starting with @ needs quotes", 'write  title: "@me"'),
    ("a backquote", "  - title: `x` is\n", 5, 12, "text starting with ` needs quotes", 'write  title: "`x` is"'),
    ("a per cent", "  - title: %d items\n", 5, 12, "text starting with % needs quotes", 'write  title: "%d items"'),
    ("a star", "  - title: *bold*\n", 5, 12, "text starting with * needs quotes", 'write  title: "*bold*"'),
    ("two stars", "  - title: **x** y\n", 5, 12, "text starting with * needs quotes", 'write  title: "**x** y"'),
    ("a star for a list", "  - points:\n    * a\n    * b\n", 6, 5, 'the lines of a list begin with "- "', "write  - a"),
    ("a stuck dash", "  -title: A\n   notes: b\n", 5, 3, 'a space is missing after "-" on line 5', "write  - title: A"),
    ("braces", "  - title: {{ x }}\n", 5, 12, "text starting with { needs quotes", 'write  title: "{{ x }}"'),
    ("after a quote", '  - title: "A" B\n', 5, 16, "there is text after the closing quote", "write  '\"A\" B'"),
    ("an open quote", '  - title: "A b\n    notes: c\n', 5, 12, "the quote opened here is never closed", ""),
    ("an open bracket", "  - points: [a, b\n    notes: c\n", 5, 13, "the [ opened here is never closed with ]", ""),
    ("one space short", "  - title: A\n   notes: b\n", 6, 4, "this line is indented 3, its neighbours 4", ""),
    ("text after |", "  - notes: | text\n", 5, 14, "the text goes on the next line after |, indented", ""),
    (
        "less indented",
        "  - notes: |\n      a\n     b\n",
        7,
        6,
        "indent all lines of the text that begins on line 6",
        "",
    ),
]


@pytest.mark.parametrize("row", MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_common_mistake_gets_plain_advice_at_its_place(
    tmp_path: Path, row: tuple[str, str, int, int, str, str]
) -> None:
    _, slide, line, column, words, fix = row
    path = tmp_path / "deck.yaml"
    path.write_text(TOP + slide + END, encoding="utf-8")
    [problem] = check_deck(path).problems
    assert (problem.line, problem.column, problem.severity) == (line, column, "error")
    assert words in problem.words
    assert problem.fix == fix
