from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import features
from rich.color import Color, ColorSystem
from rich.segment import Segment

import letterforms
from imaging_cells import ACROSS, DOWN, covered, dots_of
from presenter.images import (
    MODES,
    Depth,
    ImageRow,
    LetterBox,
    LetterLook,
    PictureError,
    large_letters,
    plain_rows,
    try_font,
)
from presenter.images import modes as picture_modes
from presenter.images.letters.glyph_fit import FULL_INK, GLYPH_FAMILIES, dots_down, fit_glyphs
from presenter.images.letters.outlines import BUILTIN_FONT
from presenter.images.letters.typeset import size_letters
from presenter.images.linear_light import linear_luminance
from presenter.render.text import row_width

RAMP = (bytes(range(FULL_INK + 1)),)
LATIN = "ÀÉÎÕÜåçčđěğıłñőřßşţůžÆœ¿¡€—→“”…" + "\N{EN DASH}\N{RIGHT SINGLE QUOTATION MARK}\N{MULTIPLICATION SIGN}"


def drawn(text: str, columns: int = 100, rows: int = 16, mode: str = "half") -> tuple[list[Segment], ...] | None:
    return large_letters(text, LetterLook("#ffffff", "#000000", mode), LetterBox(columns, rows))


def sheet(lines: tuple[list[Segment], ...] | None) -> ImageRow:
    assert lines is not None
    row = lines[0][0]
    assert isinstance(row, ImageRow)
    return row


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=40),
    st.integers(1, 200),
    st.integers(1, 60),
    st.sampled_from(MODES),
    st.sampled_from([0.4, 0.5, 0.61]),
)
def test_letters_stay_in_their_box(text: str, columns: int, rows: int, mode: str, aspect: float) -> None:
    lines = large_letters(text, LetterLook("#ffffff", "#000000", mode, aspect=aspect), LetterBox(columns, rows))
    if lines is not None:
        assert 0 < len(lines) <= rows
        assert all(row_width(line) <= columns for line in lines)
        assert len({row_width(line) for line in lines}) == 1


@pytest.mark.parametrize("mode", MODES)
def test_words_fill_the_box_in_one_direction(mode: str) -> None:
    lines = drawn("25 million", mode=mode)
    assert lines is not None
    assert len(lines) >= 14 or row_width(lines[0]) >= 90


def test_letters_are_seen_on_their_background() -> None:
    colours = {
        style.bgcolor.name
        for line in plain_rows(drawn("O") or ())
        for _, style, _ in line
        if style is not None and style.bgcolor
    }
    assert {"#ffffff", "#000000"} <= colours


@pytest.mark.parametrize("text", ["", "   ", "日本", "Москва", "🙂", "x" * 81, "a\u0301\u0301"])
def test_what_the_letters_cannot_say_is_left_to_plain_text(text: str) -> None:
    assert drawn(text) is None


@pytest.mark.parametrize("character", LATIN)
def test_letters_with_accents_are_there_and_like_no_others(character: str) -> None:
    assert BUILTIN_FONT.knows(character)
    large = sheet(drawn(character, mode="octant")).sheet.cells
    assert {large.shapes} != {sheet(drawn("x", mode="octant")).sheet.cells.shapes}
    base = sheet(drawn({"É": "E", "ñ": "n", "ü": "u"}.get(character, "?"), mode="octant")).sheet.cells
    assert large != base


@pytest.mark.parametrize("color", ["#ffffff", "#000000"])
@pytest.mark.parametrize("character", '“”"…%«»&@#:;!?=')
def test_all_of_a_character_is_within_its_breadth(character: str, color: str) -> None:
    for size in (9, 16, 24):
        form = size_letters(size, LetterLook(color, "#808080", "blocks"), BUILTIN_FONT)
        rows = BUILTIN_FONT.drawn(character, form, 4 * 300, 400, 200)
        broad = max(300 * 4 - (row & -row).bit_length() + 1 for row in rows if row)
        assert 0 < broad <= BUILTIN_FONT.width(character, form) + 1  # bits; both ends of a stroke are rounded


def test_accents_may_come_in_two_characters() -> None:
    assert drawn("cafe\u0301") is drawn("café")


def test_letters_too_small_to_help_are_left_to_plain_text() -> None:
    assert drawn("a title that is rather long for this box", 40, 6) is None


def test_asking_again_costs_nothing() -> None:
    assert drawn("Twice") is drawn("Twice")


def test_large_letters_need_no_pillow() -> None:
    from test_walls import python  # noqa: PLC0415 - runs a program, which few tests here do

    said = python(
        "-c",
        "import sys; modes = ('octant', 'sextant', 'blocks', 'quad', 'half')\n"
        "from presenter.images import LetterBox, LetterLook, large_letters\n"
        "[large_letters('Déjà vu?', LetterLook('#ffffff', '#000000', mode, depth), LetterBox(90, 12)).__len__()"
        " for mode in modes for depth in ('truecolor', '256', '16', 'grey', 'grey256', 'grey16')];"
        "print('PIL' in sys.modules)",
    )
    assert said == "False\n"


def test_the_outlines_are_those_that_the_script_makes() -> None:
    assert letterforms.TARGET.read_text(encoding="ascii") == letterforms.text()


def test_letters_have_the_characters_of_pictures() -> None:
    assert set(GLYPH_FAMILIES) == set(MODES) == set(picture_modes.IMAGE_MODES)
    for name, mode in picture_modes.IMAGE_MODES.items():
        keywords = getattr(mode.paint, "keywords", None)
        assert keywords is None or keywords["families"] == GLYPH_FAMILIES[name]


def test_even_letters_stand_at_one_height_whatever_the_words() -> None:
    look = LetterLook("#ffffff", "#000000", "quad")
    drawn_words = [
        large_letters(words, look, LetterBox(104, 31, 10, lines=1, even=True)) for words in ("one", "Why", "happy, fly")
    ]

    assert [len(lines or ()) for lines in drawn_words] == [5, 5, 5]
    last = [plain_rows(lines or ())[4] for lines in drawn_words]
    inked = [any((style and style.color) or text.strip() for text, style, _ in line) for line in last]
    assert inked == [False, True, True]  # what hangs below the baseline


def test_long_words_are_made_narrower_before_they_are_made_smaller() -> None:
    look, box = LetterLook("#ffffff", "#000000", "blocks"), LetterBox(104, 10, 10, lines=1, even=True, narrow=0.76)
    short, long = large_letters("Two streets", look, box), large_letters("Published and snapped it", look, box)
    assert short is not None
    assert long is not None
    assert len(short) == len(long)
    assert row_width(long[0]) / 24 < 0.95 * row_width(short[0]) / 11


@pytest.mark.parametrize("size", range(8, 45))
@pytest.mark.parametrize("color", ["#ffffff", "#000000"])
def test_heights_are_whole_dots_in_order(size: int, color: str) -> None:
    form = size_letters(size, LetterLook(color, "#808080", "blocks"), BUILTIN_FONT)
    heights = [rows for _, rows in form.knots]
    assert heights == sorted(heights)
    assert [y for y, _ in form.knots] == sorted({y for y, _ in form.knots})
    rows = dots_down("blocks") / 2
    for y in (BUILTIN_FONT.x_height, BUILTIN_FONT.capital):
        assert (form.up(y) + 2 * form.bold[1]) / rows == pytest.approx(round((form.up(y) + 2 * form.bold[1]) / rows))
    for low, high in pairwise([-0.2, 0.0, BUILTIN_FONT.x_height, BUILTIN_FONT.capital]):
        middle = (low + high) / 2
        assert form.height(form.up(middle)) == pytest.approx(middle, abs=0.03)


@pytest.mark.parametrize("mode", ["quad", "blocks", "sextant", "octant"])
def test_upright_strokes_are_sharp(mode: str) -> None:
    found = sheet(
        large_letters("IIII", LetterLook("#ffffff", "#000000", mode), LetterBox(104, 10, 10, lines=1))
    ).sheet.cells
    size = found.columns * found.rows
    levels = set(found.ink[:size]) | set(found.paper[:size])
    assert levels == {0, 255}


def test_letters_never_touch() -> None:
    lines = large_letters("rtfaLTill", LetterLook("#ffffff", "#000000", "quad"), LetterBox(104, 10, 10, lines=1))
    found = sheet(lines).sheet
    columns = [False] * found.cells.columns * 2
    for y in range(found.cells.rows):
        for x, (character, (ink, paper)) in enumerate(
            zip(found.text(y, 0, found.cells.columns), found.pairs(y, 0, found.cells.columns), strict=True)
        ):
            for half in range(2):
                points = {px * 2 // ACROSS == half for px, _ in covered(character)} - {False}
                columns[2 * x + half] |= bool(points and max(ink)) or bool(max(paper))
    assert sum(before and not after for before, after in pairwise([*columns, False])) == len("rtfaLTill")


def test_dark_letters_are_as_heavy_as_light_ones() -> None:
    def share(ink: str, paper: str) -> float:
        lines = large_letters("The far bank", LetterLook(ink, paper, "half"), LetterBox(100, 10, 10))
        assert lines is not None
        values = [colour for row in dots_of(lines) for colour in row]
        return sum(abs(red - int(paper[1:3], 16)) for red, _, _ in values) / len(values) / 255

    assert share("#000000", "#ffffff") > 0.8 * share("#ffffff", "#000000")


@pytest.mark.parametrize("depth", ["truecolor", "grey"])
@pytest.mark.parametrize(("ink", "paper"), [("#ffffff", "#14161b"), ("#1a1a1a", "#fbf9f4"), ("#ff8800", "#002244")])
@pytest.mark.parametrize("mode", ["quad", "blocks", "sextant", "octant"])
def test_there_are_no_faint_boxes_around_letters(mode: str, ink: str, paper: str, depth: Depth) -> None:
    lines = large_letters("She would rather", LetterLook(ink, paper, mode, depth), LetterBox(100, 6, lines=1))
    assert lines is not None
    styles = [style for line in plain_rows(lines) for _, style, _ in line if style is not None]
    levels = {colour.triplet for style in styles for colour in (style.color, style.bgcolor) if colour}
    lights = [linear_luminance(triplet.hex) for triplet in levels if triplet is not None]
    empty, full = linear_luminance(paper), linear_luminance(ink)
    shares = [(light - empty) / (full - empty) for light in lights]
    assert min(shares) == pytest.approx(0, abs=0.01)
    assert max(shares) == pytest.approx(1, abs=0.01)
    assert not [share for share in shares if 0.02 < share < 0.14 or 0.83 < share < 0.98]


@pytest.mark.parametrize("mode", ["blocks", "octant"])
def test_cells_of_one_colour_have_no_character(mode: str) -> None:
    found = sheet(large_letters("She would", LetterLook("#ffffff", "#14161b", mode), LetterBox(100, 8))).sheet.cells
    size = found.columns * found.rows
    for place in range(size):
        ink, paper = (tuple(plane[place::size]) for plane in (found.ink, found.paper))
        assert (ink == paper) == (not found.shapes[place])


@pytest.mark.parametrize("depth", ["16", "grey16"])
def test_sixteen_colours_are_ink_and_paper_only(depth: Depth) -> None:
    lines = large_letters("Sixteen", LetterLook("#ffffff", "#000000", "octant", depth), LetterBox(80, 10))
    assert lines is not None
    styles = [style for line in plain_rows(lines) for _, style, _ in line if style]
    found = {colour.number for style in styles for colour in (style.color, style.bgcolor) if colour}
    assert found == {0, 15}


@pytest.mark.parametrize("paper", ["#14161b", "#fbf9f4", "#0b1021"])
def test_letters_of_a_palette_stand_on_the_number_of_the_cells_around_them(paper: str) -> None:
    lines = large_letters("Palette", LetterLook("#ff8800", paper, "blocks", "256"), LetterBox(80, 10))
    assert lines is not None
    found = [style.bgcolor.number for line in plain_rows(lines) for _, style, _ in line if style and style.bgcolor]
    around = Color.parse(paper).downgrade(ColorSystem.EIGHT_BIT).number
    assert found.count(around) > len(found) / 10
    assert Color.parse("#ff8800").downgrade(ColorSystem.EIGHT_BIT).number in found


def test_no_more_lines_than_asked() -> None:
    one = large_letters("a few words here", LetterLook("#ffffff", "#000000"), LetterBox(100, 30, lines=1))
    three = large_letters("a few words here", LetterLook("#ffffff", "#000000"), LetterBox(100, 30))
    assert one is not None
    assert three is not None
    assert len(one) < len(three)


# The fit ------------------------------------------------------------------------------------------------------------


def shown(mode: str, pattern: int) -> tuple[str, int, int]:
    down = dots_down(mode)
    rows = [pattern >> 8 * (down - 1 - y) & 0xFF for y in range(down)]
    found = fit_glyphs(rows, 1, mode, RAMP, "truecolor")
    return found.characters[found.shapes[0]], found.ink[0], found.paper[0]


def wrong(mode: str, pattern: int, character: str, ink: float, paper: float) -> float:
    """Return the squared error of a cell of 8 dots across, dot by dot."""
    down = dots_down(mode)
    inside = covered(character)
    total = 0.0
    for y in range(down):
        for x in range(8):
            there = pattern >> 8 * (down - 1 - y) + 7 - x & 1
            total += (there - (ink if (x, y * DOWN // down) in inside else paper)) ** 2
    return total


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.sampled_from(["quad", "blocks", "octant"]))
def test_the_character_of_a_cell_is_the_best_there_is(one: int, other: int, mode: str) -> None:
    pattern = one & other
    character, ink, paper = shown(mode, pattern)
    if character == " ":
        return
    known = {c for family in GLYPH_FAMILIES[mode] for c in family.characters}
    best = min(
        wrong(mode, pattern, each, inked / (len(inside) / 3), (pattern.bit_count() - inked) / (64 - len(inside) / 3))
        for each in known
        for inside in [covered(each)]
        for inked in [
            sum(pattern >> 8 * (7 - y) + 7 - x & 1 for y in range(8) for x in range(8) if (x, y * 3) in inside)
        ]
    )
    inside = covered(character)
    inked = sum(pattern >> 8 * (7 - y) + 7 - x & 1 for y in range(8) for x in range(8) if (x, y * 3) in inside)
    mine = wrong(
        mode, pattern, character, inked / (len(inside) / 3), (pattern.bit_count() - inked) / (64 - len(inside) / 3)
    )
    assert mine == pytest.approx(best)
    assert 0 <= min(ink, paper) < max(ink, paper) <= FULL_INK


@pytest.mark.parametrize("mode", ["quad", "blocks", "sextant", "octant"])
def test_every_character_is_shown_by_itself(mode: str) -> None:
    down = dots_down(mode)
    for character in {c for family in GLYPH_FAMILIES[mode] for c in family.characters}:
        inside = covered(character)
        pattern = sum(
            1 << 8 * (down - 1 - y) + 7 - x for y in range(down) for x in range(8) if (x, y * DOWN // down) in inside
        )
        found, ink, paper = shown(mode, pattern)
        area = covered(found)
        assert (area, ink, paper) in {(inside, FULL_INK, 0), (_rest(inside), 0, FULL_INK)}


def _rest(points: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset((x, y) for x in range(ACROSS) for y in range(DOWN)) - points


# Fonts of decks -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def font_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fonts") / "own.ttf"
    path.write_bytes(letterforms.font_bytes())
    return path


@pytest.mark.parametrize("mode", MODES)
def test_a_font_of_the_deck_is_drawn_with(mode: str, font_file: Path) -> None:
    own = large_letters("Sharp", LetterLook("#ffffff", "#000000", mode, font=font_file), LetterBox(90, 12, 16))
    ours = large_letters("Sharp", LetterLook("#ffffff", "#000000", mode), LetterBox(90, 12, 16))
    assert own is not None
    assert ours is not None
    assert sheet(own).sheet.cells != sheet(ours).sheet.cells  # as heavy as the font has them
    assert len(own) == pytest.approx(len(ours), abs=1)
    assert "PIL" in sys.modules
    assert features.check("freetype2")


def test_what_a_font_lacks_is_drawn_with_the_letters_that_come_along(font_file: Path) -> None:
    own = large_letters("café", LetterLook("#ffffff", "#000000", "quad", font=font_file), LetterBox(90, 12, 16))
    ours = large_letters("café", LetterLook("#ffffff", "#000000", "quad"), LetterBox(90, 12, 16))
    assert sheet(own).sheet.cells == sheet(ours).sheet.cells


def test_a_font_that_changes_is_read_again_and_one_that_goes_is_done_without(tmp_path: Path, font_file: Path) -> None:
    path = tmp_path / "font.ttf"
    look, box = LetterLook("#ffffff", "#000000", "quad", font=path), LetterBox(90, 12, 16)
    plainly = large_letters("Changed", LetterLook("#ffffff", "#000000", "quad"), box)
    path.write_bytes(font_file.read_bytes())
    assert sheet(large_letters("Changed", look, box)).sheet.cells != sheet(plainly).sheet.cells
    path.write_bytes(b"no font any more")
    assert sheet(large_letters("Changed", look, box)).sheet.cells == sheet(plainly).sheet.cells
    path.unlink()
    assert sheet(large_letters("Changed", look, box)).sheet.cells == sheet(plainly).sheet.cells


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "file not found"),
        (b"", "the file is empty"),
        (b"<svg/>", "not a font; TrueType and OpenType files (.ttf, .otf, .ttc) can be used"),
        (b"OTTO" + bytes(200), "a broken font"),
        (b"\0\1\0\0\xff\xff" + bytes(40), "a broken font"),
    ],
)
def test_what_is_no_font_is_said(tmp_path: Path, data: bytes | None, reason: str) -> None:
    path = tmp_path / "font.ttf"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PictureError) as error:
        try_font(path)
    assert error.value.reason == reason


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 255)), min_size=1, max_size=40))
def test_damaged_fonts_never_raise_anything_else(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(letterforms.font_bytes())
    for place, value in changes:
        data[place] = value
    path = tmp_path_factory.mktemp("broken") / "font.ttf"
    path.write_bytes(data)
    look = LetterLook("#ffffff", "#000000", "quad", font=path)
    lines = large_letters("Any words, 12?", look, LetterBox(90, 12, 16))
    assert lines is None or len(lines) <= 12
