"""The order of Hebrew and Arabic in a row of cells, for terminals that keep it and for those with one of their own."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from presenter.bidi import leads_right, ordered, reorders, shaped, shown, turns, unordered
from presenter.painting import paint
from presenter.render.reorder import CODE, EDGE, FROM_LEFT, FROM_RIGHT, from_right, isolated, reordered
from presenter.render.stage import Stage
from presenter.render.text import beside, indented, row_text, row_width, sided, wrap
from presenter.terminal.guard import OWN_MODES
from samples import image, layouts, slide
from terminal import Terminal
from written import good, write

RED, BLUE = Style(color="red"), Style(color="blue")
LETTERS = "abגדהלא ב12.,()-سلام"


def row(line: list[Segment]) -> str:
    return row_text(reordered(line))


def plain(text: str, *, right: bool) -> str:
    """Return what a terminal makes of a row: python-bidi's own order of whole texts."""
    from bidi.algorithm import get_display  # noqa: PLC0415 - an independent road to the order

    return str(get_display(text, base_dir="R" if right else "L"))


@pytest.mark.parametrize(
    ("text", "right", "expected"),
    [
        ("abc", False, "abc"),
        ("שלום", True, "םולש"),
        ("שלום (abc) עולם", True, "םלוע (abc) םולש"),
        ("שלום 12:30", True, "12:30 םולש"),
        ("see שלום עולם, then", False, "see םלוע םולש, then"),
        ("שׁלום", True, "םולשׁ"),  # the point stays with its letter
    ],
)
def test_text_stands_as_it_is_read_by_those_who_can(text: str, right: bool, expected: str) -> None:
    assert shown(text) == expected
    assert leads_right(text) is right


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام", "\ufeb3\ufefc\ufee1"),  # initial seen, final lam-alef, isolated meem
        ("بب", "\ufe91\ufe90"),
        ("ببب", "\ufe91\ufe92\ufe90"),
        ("دب", "\ufea9\ufe8f"),  # dal joins nothing that follows
        ("ب ب", "\ufe8f \ufe8f"),
        ("لا", "\ufefb"),
        ("ـب", "ـ\ufe90"),
        ("بَب", "\ufe91\u064e\ufe90"),  # marks between letters do not part them
        ("abc", "abc"),
    ],
)
def test_arabic_letters_are_joined(text: str, expected: str) -> None:
    assert shaped(text) == expected


def test_lam_and_alef_are_one_letter_and_the_row_keeps_its_width() -> None:
    line: list[Segment] = [FROM_RIGHT, Segment("سلام", RED)]
    done = reordered(line)
    assert row_text(done) == " \ufee1\ufefc\ufeb3"
    assert row_width(done) == row_width(line)


def test_what_stands_beside_one_another_is_put_in_order_alone() -> None:
    columns = [([[Segment("ימין", RED)]], 8), ([[Segment("שמאל 5", BLUE)]], 8)]
    line = beside(columns, [Segment(" ", RED)], RED)[0]
    assert row(line) == "ןימי     5 לאמש  "
    assert [(part.text.strip(), part.style) for part in reordered(line) if part.text.strip()] == [
        ("ןימי", RED),
        ("5 לאמש", BLUE),
    ]


def test_gaps_and_lines_part_a_row_where_nothing_else_does() -> None:
    assert row([Segment("שלום  1 │ עולם", RED)]) == "םולש  1 │ םלוע"
    assert row([Segment(" שלום ", RED), EDGE, Segment("3/9", RED)]) == " םולש 3/9"


def test_styles_go_with_their_letters() -> None:
    line = [Segment("אב", RED), Segment("גד", BLUE), Segment(" x", RED)]
    assert [(part.text, part.style) for part in reordered(line) if part.text.strip()] == [
        ("x ", RED),
        ("דג", BLUE),
        ("בא", RED),
    ]


def test_a_paragraph_has_one_direction_and_stands_at_its_side() -> None:
    rows = wrap([Segment("שלום abc def עולם", RED)], 8)
    assert all(map(from_right, rows))
    assert [row(line) for line in sided(rows, 10, RED)] == ["  abc םולש", "  םלוע def"]
    left = wrap([Segment("abc שלום עולם ועוד", RED)], 10)
    assert [row(line) for line in sided(left, 12, RED)] == ["abc םולש", "דועו םלוע"]
    assert not any(map(from_right, left))


def test_marks_of_a_list_stand_at_the_right_of_what_begins_there() -> None:
    def hung(text: str, mark: str) -> str:
        rows = sided(wrap([Segment(text, RED)], 7), 7, RED)
        return row(indented(rows, [Segment(mark, RED)], [Segment(" " * len(mark), RED)], 10, RED)[0])

    assert hung("שלום", "•  ") == "   םולש  •"
    assert hung("שלום", "1. ") == "   םולש .1"
    assert hung("▌ab", "•  ") == "•  ▌ab"


def test_code_is_read_from_the_left() -> None:
    assert row([CODE, Segment("שלום עולם = 1", RED)]) == "םלוע םולש = 1"
    assert row([CODE, Segment('x = "שלום, עולם"  # הערה: abc', RED)]) == 'x = "םולש, םלוע"  # הרעה: abc'


def test_the_parts_of_a_footer_keep_their_places() -> None:
    assert row(isolated("שקופיות · פרק · 3/9", RED)) == "תויפוקש · קרפ · 3/9"
    assert isolated("Deck · 3/9", RED) == [Segment("Deck · 3/9", RED)]


def test_a_row_without_such_letters_stays_the_object_it_was() -> None:
    line = [Segment("a", RED), Segment("│ é 中", BLUE)]
    assert reordered(line) is line


@given(st.text(LETTERS, max_size=30), st.booleans())
def test_every_character_keeps_its_cells(text: str, right: bool) -> None:
    line = [FROM_RIGHT if right else FROM_LEFT, Segment(text, RED)]
    done = reordered(line)
    assert row_width(done) == row_width(line)
    if "ل" not in text:
        alike = str.maketrans("()", "((")  # what is mirrored
        assert sorted(unicodedata.normalize("NFKC", row_text(done)).translate(alike)) == sorted(text.translate(alike))


@given(st.text("abגדהא 12,()", max_size=30), st.booleans())
def test_the_order_is_that_of_whole_texts(text: str, right: bool) -> None:
    placed = ordered(list(text), right=right)
    assert "".join(each.text for each in placed) == plain(text, right=right)
    assert sorted(each.of for each in placed) == list(range(len(text)))


@given(st.lists(st.sampled_from(["שלום", "(גד)", "abc", "12", "3/9", "│", "•", "א,ב"]), max_size=8))
def test_a_terminal_that_makes_an_order_of_its_own_shows_what_was_meant(words: list[str]) -> None:
    meant = " ".join(words)
    sent = "".join(each.text for each in unordered(list(meant)))
    assert plain(sent, right=False).replace("\u2800", " ") == meant


def test_a_row_for_a_terminal_with_an_order_of_its_own() -> None:
    line = [Segment("אבא", RED), EDGE, Segment("  ", RED), Segment("10 kB", BLUE)]
    sent = row_text(reordered(line, undo=True))
    assert plain(sent, right=False).replace("\u2800", " ") == row(line) == "אבא"[::-1] + "  10 kB"


@pytest.mark.parametrize(
    ("env", "does"),
    [
        ({}, False),
        ({"VTE_VERSION": "7006"}, False),  # it can be told not to
        ({"VTE_VERSION": "7006", "TMUX": "/x"}, True),
        ({"VTE_VERSION": "7006", "STY": "1.x"}, True),
        ({"KONSOLE_VERSION": "221203"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, True),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.10"}, False),
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.7.0"}, True),
        ({"LC_TERMINAL": "iTerm2", "LC_TERMINAL_VERSION": "3.10.1", "TMUX": "/x"}, True),
        ({"TERM": "xterm-kitty"}, False),
    ],
)
def test_terminals_that_cannot_be_told_are_known(env: dict[str, str], does: bool) -> None:
    assert reorders(env) is does


def test_turns_knows_scripts() -> None:
    assert all(map(turns, ("ש", "س", "ܐ", "ﭏ", "𐡀")))
    assert not any(map(turns, ("abc", "é", "中", "│")))


DECK = """\
title: שקופיות
footer: "{title} · {slide}/{slides}"
slides:
  - title: שלום עולם
    left: {heading: "ימין", points: ["שלום עולם"]}
    right: {heading: "שמאל", points: ["להתראות"]}
    notes: הערות
  - table: {columns: [שם, Size], rows: [[אבא, 10 kB], [אמא, abc]]}
"""


def painted(path: Path, number: int) -> list[str]:
    slide = good(path).slides[number]
    return [row(line) for line in paint(slide, Stage(80, 24, big_letters=False)).rows]


def test_two_columns_stay_where_the_deck_puts_them(tmp_path: Path) -> None:
    rows = painted(write(tmp_path, deck=DECK), 0)
    heads = next(line for line in rows if "ןימי" in line)
    assert heads.index("ןימי") < 40 < heads.index("לאמש")
    points = next(line for line in rows if "תוארתהל" in line)
    assert points.index("םלוע םולש  •") < 40 < points.index("תוארתהל  •")
    title = next(line for line in rows if "םלוע םולש" in line and "•" not in line)
    assert title.rstrip().endswith("םלוע םולש")
    assert len(title.rstrip()) == 80 - 5  # at the right margin
    assert any(line.startswith("     תויפוקש · 1/2") for line in rows)


def test_cells_of_a_table_stay_in_their_columns(tmp_path: Path) -> None:
    rows = painted(write(tmp_path, deck=DECK), 1)
    for words in (("םש", "Size"), ("אבא", "10 kB"), ("אמא", "abc")):
        line = next(line for line in rows if words[1] in line)
        assert line.index(words[0]) < line.index(words[1])


def test_slides_are_printed_as_text_into_files_and_in_order_on_a_terminal(tmp_path: Path) -> None:
    path = write(tmp_path, deck=DECK)
    command = [sys.executable, "-m", "presenter", "show", str(path), "--slide", "1"]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    assert "שלום עולם" in told
    assert "\x1b" not in told
    with Terminal(command) as terminal:
        terminal.wait_for("םלוע םולש")
        terminal.wait_exit()
        assert terminal.output.find(b"\x1b[8l") < terminal.output.find("ם".encode()) < terminal.output.rfind(b"\x1b[8h")


def test_the_speaker_view_keeps_notes_beside_the_slide(tmp_path: Path) -> None:
    path = write(tmp_path, deck=DECK)
    with Terminal([sys.executable, "-m", "presenter", path, "--new", "--no-log"], size=(120, 36)) as terminal:
        terminal.wait_for("םלוע םולש")
        terminal.press("s")
        terminal.wait_for("תורעה")
        line = next(line for line in terminal.screen if "תורעה" in line)
        assert line.index("│") < line.index("תורעה")
        assert OWN_MODES.encode() in terminal.output
        terminal.twice()
        terminal.wait_exit()
        assert terminal.output.rfind(b"\x1b[8h") > terminal.output.rfind(b"\x1b[8l")


WORDS = st.lists(
    st.sampled_from(
        ["שלום", "سلام", "لا", "(א)", "abc", "12:30", "•", "中文", "*ב*", "`ג`", "[ד](x)", "- ה", "\n", "1.", "שׁ"]
    ),
    max_size=25,
)


@settings(deadline=None)
@given(WORDS, st.integers(1, 130), st.integers(1, 40), st.booleans())
def test_every_layout_is_exact_in_any_order(words: list[str], width: int, height: int, undo: bool) -> None:
    for layout in layouts(" ".join(words), image()):
        stage = Stage(width, height, step=1, big_letters=False)
        for line in paint(slide(layout, footer="קטע · 3/9"), stage).rows:
            assert row_width(reordered(line, undo=undo)) == width
