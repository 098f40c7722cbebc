"""Every way to get YAML wrong, and what the author is told: where, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from presenter.deck.diagnostics import Problem
from presenter.deck.load import load
from written import brief, good

TEXT = "slides:\n  - notes: |\n      aa\n"
BROKEN = [
    # id, file, line, column, words, fix
    ("Y13 tab indentation", "slides:\n\t- title: x\n", 2, 1, "a tab is used for indentation; YAML needs spaces", ""),
    ("Y13 tab later", "slides:\n  - title: A\n\t  notes: b\n", 3, 1, "a tab is used for indentation", ""),
    (
        "Y14 colon",
        "slides:\n  - title: Rust: the good parts\n",
        2,
        16,
        'text containing ": " needs quotes',
        'write  title: "Rust: the good parts"',
    ),
    ("colon in a flow mapping", "slides: [{title: a: b}]\n", 1, 19, 'text containing ": " needs quotes', ""),
    ("colon in a flow list", "slides: [a, b: c: d]\n", 1, 17, 'text containing ": " needs quotes', ""),
    ("no space", "title:A\nslides:\n", 1, 1, 'a space is missing after "title:" on line 1', "write  title: A"),
    ("no space below", "title: A\nauthor:B\nslides: []\n", 2, 1, 'a space is missing after "author:" on line 2', ""),
    ("Y17 star", "title: *bold*\n", 1, 8, "text starting with * needs quotes", 'write  title: "*bold*"'),
    ("Y17 two stars", "title: **x**\n", 1, 8, "text starting with * needs quotes", 'write  title: "**x**"'),
    ("Y17 one star", "title: *bold\n", 1, 8, "text starting with * needs quotes", 'write  "*bold"'),
    ("Y17 at", "title: @me\n", 1, 8, "text starting with @ needs quotes", 'write  title: "@me"'),
    ("Y17 backtick", "title: `x`\n", 1, 8, "text starting with ` needs quotes", 'write  title: "`x`"'),
    ("Y17 percent", "title: %a\n", 1, 8, "text starting with % needs quotes", 'write  title: "%a"'),
    ("Y17 braces", "slides:\n  - title: {{ x }}\n", 2, 12, "text starting with { needs quotes", ""),
    ("ampersand", "title: & more\n", 1, 8, "text starting with & needs quotes", 'write  title: "& more"'),
    ("anchor on nothing", "title: &Co\n", 1, 8, "text starting with & needs quotes", 'write  "&Co"'),
    ("comma", "title: , x\n", 1, 8, "text starting with , needs quotes", 'write  title: ", x"'),
    ("brace in front", "title: {x} y\n", 1, 8, "text starting with { needs quotes", 'write  title: "{x} y"'),
    ("bracket in front", "title: [WIP] x\n", 1, 8, "text starting with [ needs quotes", 'write  title: "[WIP] x"'),
    ("bracket too many", "title: [a, b]]\n", 1, 14, "this ] closes nothing; remove it", ""),
    ("text after quote", 'title: "A" B\n', 1, 12, "there is text after the closing quote", "write  '\"A\" B'"),
    ("apostrophe", "title: 'it's'\n", 1, 12, "there is text after the closing quote", "inside '…' write ''"),
    ("bracket alone", "title: a\n]\n", 2, 1, "this ] closes nothing; remove it", ""),
    ("quote never closed", 'title: "abc\nauthor: c\n', 1, 8, "the quote opened here is never closed", ""),
    ("quote closed later", 'title: "abc\nauthor: "c"\n', 1, 8, "the quote opened here closes only on line 2", ""),
    ("backslash", 'title: "C:\\dir"\n', 1, 11, "\\d means nothing inside", ""),
    ("bad escape", 'title: "x\\uZZ"\n', 1, 10, "\\u means nothing inside", ""),
    ("escaped surrogate", 'title: "x\\ud800"\n', 1, 10, "\\ud800 is no character: none has this number", ""),
    ("escaped surrogates", 'title: "\\ud83d\\uDE00"\n', 1, 9, "\\ud83d is no character", "write  \\U0001f600"),
    ("escape too large", 'title: "\\U00110000"\n', 1, 9, "\\U00110000 is no character", ""),
    ("bracket never closed", "title: [a, b\nauthor: d\n", 1, 8, "the [ opened here is never closed with ]", ""),
    ("bracket at the end", "title: [", 1, 8, "[ or {", ""),
    ("comma missing", 'slides:\n  - points: ["a" "b"]\n', 2, 18, "a comma is missing before this", ""),
    (
        "indented one less",
        "slides:\n  - title: b\n   notes: d\n",
        3,
        4,
        "this line is indented 3, its neighbours 4",
        "",
    ),
    ("indented more", "title: a\n  author: b\n", 2, 3, "this line is indented 2, its neighbours 0", ""),
    ("list after keys", "title: a\n- b\n", 2, 1, 'this line begins with "- "', ""),
    ("key after list", "- title: a\nauthor: b\n", 2, 1, 'this line needs a "- " in front', ""),
    ("text after |", "notes: | text\n", 1, 10, "the text goes on the next line after |", ""),
    ("text after >", "notes: >text\n", 1, 9, "the text goes on the next line after >", ""),
    ("text less indented", "notes: |\n    aa\n  bb\ntitle: d\n", 3, 3, "indent all lines of the text that begins", ""),
    ("less than its key", f"{TEXT}   bb\n", 4, 4, "indent all lines of the text that begins on line 3 alike", ""),
    ("less than its entry", f"{TEXT} bb\n    id: c\n", 4, 2, "indent all lines of the text that begins on line 3", ""),
    ("no indentation", f"{TEXT}b\n  - title: c\n", 4, 1, "indent all lines of the text that begins on line 3", ""),
    ("as its key", f"{TEXT}    b c\n    id: c\n", 4, 5, "indent all lines of the text that begins on line 3", ""),
    ("key below a text", f"{TEXT}   time: 5\n", 4, 4, "this line is indented 3, its neighbours 4", ""),
    ("entry below a text", f"{TEXT}   - title: a\n", 4, 4, "this line is indented 3, its neighbours 4", ""),
    ("word below a text", f"{TEXT}    bbb\n    id: c\n", 4, 5, 'expected "key: value", but no ":" follows "bbb"', ""),
    ("text of another key", f"{TEXT}    id: c\n   bb\n", 5, 4, "this line is indented 3, its neighbours 4", ""),
    ("no colon", "title: b\nfoo\nauthor: d\n", 2, 1, 'expected "key: value", but no ":" follows "foo"', ""),
    ("dash as text", "title: - x\n", 1, 8, "a list begins on a line of its own", 'write  title: "- x"'),
    ("directive", "%foo\ntitle: b\n", 1, 1, "a line may not begin with %", ""),
    ("Y20 second document", "title: x\n---\ntitle: y\n", 2, 1, "a second document begins here; one deck per file", ""),
    ("Y20 after the end", "title: b\n...\nauthor: d\n", 3, 1, "one deck per file", ""),
    (
        "Y11 duplicate key",
        "slides:\n  - title: a\n    title: b\n",
        3,
        5,
        '"title" stands twice here: first on line 2',
        "",
    ),
    (
        "Y02 merge key",
        "slides:\n  - <<: {title: a}\n    title: b\n",
        2,
        5,
        'put values for many slides into "defaults:"',
        "",
    ),
    ("key is a list", "? [a]\n: b\n", 1, 3, "a key must be a plain text", ""),
    (
        "Y19 python tag",
        "slides:\n  - title: !!python/object/apply:os.system [x]\n",
        2,
        12,
        'tags such as "!!python/object/apply:os.system" are not allowed',
        "",
    ),
    ("tag", "title: !important\nslides: [{title: a}]\n", 1, 8, 'tags such as "!important" are not allowed', ""),
    ("tag without end", "title: !<x\n", 1, 8, "text starting with ! needs quotes", ""),
    ("tag of nobody", "title: !x!y z\n", 1, 8, "text starting with ! needs quotes", ""),
    ("Y24 escape", "title: a\nauthor: \x1b[2J\n", 2, 9, "the character U+001B (ESC) may not stand in a deck", ""),
    ("Y24 nul", "title: a\0\n", 1, 9, "the character U+0000 (NUL) may not stand in a deck", ""),
    ("Y24 delete", "title: a\x7f\n", 1, 9, "the character U+007F (DEL) may not stand in a deck", ""),
    ("Y24 C1", "title: a\x9b2J\n", 1, 9, "the character U+009B may not stand in a deck", ""),
    ("Y24 next line", "title: a\x85b\n", 1, 9, "the character U+0085 may not stand in a deck", ""),
    ("Y21 empty", "", 1, 1, "no slides", ""),
    ("Y21 comments", "# nothing\n\n# here\n", 1, 1, "no slides", ""),
    ("Y21 text", "hello\n", 1, 1, 'no slides: the file is only the text "hello"', ""),
    ("Y21 list", "- title: a\n", 1, 1, 'no slides: the file is a list; write "slides:" above it', ""),
    ("Y21 null", "~\n", 1, 1, "no slides", ""),
    ("Y03 alias to itself", "slides: &a [*a]\n", 1, 13, "the alias *a refers to itself", ""),
]


def first(folder: Path, text: str) -> Problem:
    path = folder / "deck.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    loaded = load(path)
    assert loaded.deck is None
    return loaded.problems[0]


@pytest.mark.parametrize(
    ("text", "line", "column", "words", "fix"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_broken_file_is_explained_at_its_place(  # noqa: PLR0913, PLR0917 - the columns of the table
    tmp_path: Path, text: str, line: int, column: int, words: str, fix: str
) -> None:
    problem = first(tmp_path, text)
    assert words in problem.words
    assert (problem.line, problem.column) == (line, column)
    assert problem.fix.startswith(fix)


# The Python parser takes an escaped surrogate, which is then shown as a symbol.
EVERYWHERE = [row for row in BROKEN if not row[0].startswith("escape")]


@pytest.mark.parametrize("row", EVERYWHERE, ids=[row[0] for row in EVERYWHERE])
def test_without_the_c_parser_the_same_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: tuple[str, str, int, int, str, str]
) -> None:
    import yaml  # noqa: PLC0415 - used here only

    monkeypatch.setattr("presenter.deck.yaml_tree._LOADER", yaml.BaseLoader)
    _, text, line, _, words, _ = row
    problem = first(tmp_path, text)
    assert words in problem.words
    assert problem.line == line


def test_a_byte_that_is_no_utf8_is_shown_at_its_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes("title: é\nauthor: ".encode() + b"\xe9t\xe9\n")
    problem = load(path).problems[0]
    assert (problem.line, problem.column) == (2, 9)
    assert "not UTF-8 text (byte 0xe9)" in problem.words


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbftitle: A\nslides:\n  - title: B\n",
        b"title: A\r\nslides:\r\n  - title: B\r\n",
        b"title: A\rslides:\r  - title: B\r",
        b"title: A\nslides:\n  - title: B",
    ],
    ids=["BOM", "CRLF", "CR", "no final newline"],
)
def test_y22_byte_order_marks_and_line_ends_of_all_kinds_load(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(data)
    deck = good(path)
    assert deck.title == "A"
    assert (deck.slides[0].title, deck.slides[0].place.line, deck.slides[0].place.column) == ("B", 3, 5)


def test_y22_places_are_those_of_an_editor_after_every_kind_of_line_end(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(b"\xef\xbb\xbftitel: A\rslides:\r\n  - titel: B\n")
    assert [(line, column) for line, column, _ in brief(load(path))] == [(1, 1), (3, 5)]


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("title: C# rocks #1", 17, 'write  "C# rocks #1"'),
        ("title: see issue #12 and #13", 18, 'write  "see issue #12 and #13"'),
        ("title: #1", 8, 'write  "#1"'),
    ],
)
def test_y15_text_lost_after_a_hash_is_a_warning(tmp_path: Path, line: str, column: int, shown: str) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(f"{line}\nslides:\n  - title: A # a comment\n  - title: B #!\n  - title: '#1' #\n")
    loaded = load(path)
    assert loaded.deck is not None
    [problem] = loaded.problems
    assert (problem.severity, problem.rule, problem.line, problem.column) == ("warning", "L010", 1, column)
    assert problem.fix == shown


LOST = [
    # id, a slide, line, column, length, rule, words, fix
    (
        "list below a point",
        "points:\n      - red\n        - apple\n        - pear\n      - veg",
        (4, 9, 7, "L021"),
        'this "- " begins no list: the line is joined to the text of line 3',
        "for points below it write  - red:",
    ),
    (
        "list below two lines",
        "points:\n      - red\n        fruit\n        -\n          pear",
        (5, 9, 1, "L021"),
        "is joined to the text of line 3",
        "for points below it write  - red fruit:",
    ),
    (
        "list below a key",
        "body: hello\n      - one\n      - two",
        (3, 7, 5, "L021"),
        "is joined to the text of line 2",
        "write  body:  with the list below it, or  body: |  with the text below it",
    ),
    (
        "anchor",
        "title: &foo bar",
        (2, 12, 4, "L022"),
        '"&foo" will not be shown: it is an anchor, though no alias *foo uses it',
        'write  "&foo bar"',
    ),
    ("anchor of a quote", "title: &foo 'bar'", (2, 12, 4, "L022"), '"&foo" will not', "remove it, or put quotes"),
    (
        "anchor used later",
        "title: &a x\n  - title: &a y\n  - title: *a",
        (2, 12, 2, "L022"),
        '"&a" will',
        'write  "&a x"',
    ),
]


@pytest.mark.parametrize("parser", ["C", "Python"])
@pytest.mark.parametrize(("text", "place", "words", "fix"), [row[1:] for row in LOST], ids=[row[0] for row in LOST])
def test_what_yaml_loses_without_a_word_is_a_warning(  # noqa: PLR0913, PLR0917 - the columns of the table
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    parser: str,
    text: str,
    place: tuple[int, int, int, str],
    words: str,
    fix: str,
) -> None:
    import yaml  # noqa: PLC0415 - used here only

    if parser == "Python":
        monkeypatch.setattr("presenter.deck.yaml_tree._LOADER", yaml.BaseLoader)
    path = tmp_path / "deck.yaml"
    path.write_text(f"slides:\n  - {text}\n  - title: end\n")
    loaded = load(path)
    assert loaded.deck is not None
    [problem] = loaded.problems
    assert (problem.line, problem.column, problem.length, problem.rule) == place
    assert problem.severity == "warning"
    assert words in problem.words
    assert problem.fix.startswith(fix)


@pytest.mark.parametrize(
    "text",
    [
        "points:\n      - red:\n        - apple\n        - pear",
        "points: ['red\n        - apple']",
        "notes: |\n      one\n      - two",
        "notes: one\n      -two\n      three - four",
        "title: &a x\n  - title: *a\n  - body: *a",
        "&slide title: a\n  - {*slide : b}",
        "points: &all [a]",
    ],
)
def test_what_yaml_keeps_is_no_warning(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(f"slides:\n  - {text}\n")
    assert [problem.rule for problem in load(path).problems if problem.severity == "warning"] == []


def test_y25_x01_escaped_control_characters_load_and_are_shown_as_symbols(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(
        'slides:\n  - title: "\\x1b]52;c;aGk=\\x07"\n    body: "\\e[2J\\u202e\\x9b"\n    notes: "\\x1b]0;x\\x07"\n'
    )
    loaded = load(path)
    assert loaded.deck is not None
    layout = loaded.deck.slides[0].layout
    assert (layout.title, *layout.words(), layout.notes) == ("␛]52;c;aGk=␇", "␛[2J�", "␛]0;x␇")
    assert [(problem.rule, problem.severity, problem.line) for problem in loaded.problems] == [
        ("L015", "warning", 2),
        ("L015", "warning", 3),
        ("L015", "warning", 4),
    ]


def test_x03_markup_in_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text('slides:\n  - title: "[@click=app.quit]x[/]"\n    notes: "[/"\n')
    slide = good(path).slides[0]
    assert (slide.title, slide.notes) == ("[@click=app.quit]x[/]", ("[/",))


def test_the_caret_stands_below_the_place_after_wide_characters_and_tabs(tmp_path: Path) -> None:
    problem = first(tmp_path, "slides:\n  - {title:\t日本語, tiem: 5}\n")
    assert problem.source[problem.caret :] != ""
    assert (problem.column, problem.length) == (18, 4)
    assert problem.source == "  - {title: 日本語, tiem: 5}"
    assert problem.caret == len("  - {title: ") + 2 * len("日本語") + len(", ")


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    problem = first(tmp_path, f"slides: [{{title: {'x' * 5000}, tiem: 5, body: {'y' * 5000}}}]\n")
    assert len(problem.source) < 120
    assert problem.source[problem.caret : problem.caret + problem.length] == "tiem"
    assert problem.source.startswith("…")
    assert problem.source.endswith("…")


def test_all_mistakes_that_leave_the_tree_whole_are_said_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("titel: x\nslides:\n  - title: a\n    title: b\n  - title: !x c\n    time: -5\n  - tytle: d\n")
    assert [(line, column) for line, column, _ in brief(load(path))] == [(1, 1), (4, 5), (5, 12), (6, 11), (7, 5)]


def test_fifty_problems_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("slides:\n" + "".join(f"  - time: no{number}\n    title: x\n" for number in range(1500)))
    loaded = load(path)
    assert len(loaded.problems) == 50
    assert loaded.more == 1450
    assert loaded.problems[0].line == 2
