"""Typed values of slides and of the deck: what is accepted, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from presenter.deck.load import load
from presenter.layouts import LAYOUTS
from presenter.layouts.code_slides import CodeSlide, TableSlide
from presenter.layouts.fields import Focus, LineNumbers, Percent, Point
from presenter.layouts.image_slides import CompareSlide, GallerySlide, ImageSlide, SplitSlide
from presenter.layouts.text_slides import PointsSlide, TextSlide
from written import brief, good, write


def slide(folder: Path, text: str) -> Any:  # noqa: ANN401 - a layout, whose keys the test knows
    """Return the layout of the only slide of a deck."""
    return good(write(folder, deck=f"slides:\n  - {text}\n")).slides[0].layout


def faults(folder: Path, text: str) -> list[tuple[int, int, str]]:
    loaded = load(write(folder, deck=f"slides:\n  - {text}\n"))
    assert loaded.deck is None
    return brief(loaded)


@pytest.mark.parametrize("typed", ["No", "on", "y", "3.10", "010", "1e3", "2024-01-02", "0x1F", "Null", "TRUE", "1:30"])
def test_y10_texts_are_shown_as_typed(tmp_path: Path, typed: str) -> None:
    assert slide(tmp_path, f"title: {typed}").title == typed


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_y10_only_an_empty_value_is_nothing(tmp_path: Path, nothing: str) -> None:
    assert slide(tmp_path, f"{{title: A, notes: {nothing}, time: {nothing}}}").time is None
    assert slide(tmp_path, f'{{title: "{nothing}", body: x}}').title == nothing


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("1:30", 90),
        ("0:45", 45),
        ("09:30", 570),
        ("45:00", 2700),
        ("90", 90),
        ("90s", 90),
        ("1m30s", 90),
        ("1:02:03", 3723),
        ("24h", 86400),
        ("0", 0),
        ("1.5m", 90),
        ("2 minutes", 120),
        ("1 h 30 min", 5400),
        ("1h", 3600),
        ("90 sec", 90),
        ("0.5 hours", 1800),
    ],
)
def test_y09_durations_are_all_read_the_same_way(tmp_path: Path, typed: str, seconds: int) -> None:
    assert slide(tmp_path, f"{{title: x, time: {typed}}}").time == seconds


@pytest.mark.parametrize(
    "typed",
    [
        "-5",
        "1.5",
        "1:60",
        "1 hx",
        "5x",
        "1.5s",
        "m",
        "\N{FULLWIDTH DIGIT ONE}",
        "9" * 90_000,
        "1:01" * 20_000,
        "[1]",
        '""',
    ],
)
def test_y07_y29_what_is_no_duration_is_said_with_examples(tmp_path: Path, typed: str) -> None:
    [(line, column, words)] = faults(tmp_path, f"{{title: x, time: {typed}}}")
    assert (line, column) == (2, 22)
    assert "is not a duration; write 90, 90s, 1m30s, 1:30 (m:ss) or 1:02:03" in words
    assert len(words) < 150


def test_a_duration_is_at_most_a_day(tmp_path: Path) -> None:
    assert faults(tmp_path, "{title: x, time: 24h1s}") == [(2, 22, '"24h1s" is longer than 24 h')]


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("title: a", "title"),
        ("{title: a, byline: b}", "title"),
        ("{title: a, layout: section}", "section"),
        ("body: a", "text"),
        ("points: [a]", "bullets"),
        ("image: a.png", "image"),
        ("{image: a.png, body: a}", "split"),
        ("{image: a.png, points: [a]}", "split"),
        ("images: [a.png, b.png]", "gallery"),
        ("{left: a, right: b}", "compare"),
        ("quote: a", "quote"),
        ("code: a", "code"),
        ("table: {rows: [[a]]}", "table"),
        ("big: 100", "big"),
        ("{layout: big, big: 100, points: }", "big"),
        ("break: 15m", "break"),
        ("{title: Coffee, break: 15m}", "break"),
    ],
)
def test_keys_tell_the_layout(tmp_path: Path, text: str, layout: str) -> None:
    assert slide(tmp_path, text).name == layout


def test_the_table_above_knows_every_layout() -> None:
    row: Any = next(mark for mark in test_keys_tell_the_layout.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    assert {layout for _, layout in row.args[1]} == set(LAYOUTS)


def test_points_may_be_nested_in_two_ways(tmp_path: Path) -> None:
    layout = slide(tmp_path, "points: [a, [a1, [a2]], {b: [b1]}, c]")
    assert isinstance(layout, PointsSlide)
    deep = Point("a", (Point("a1", (Point("a2"),)),))
    assert layout.points == (deep, Point("b", (Point("b1"),)), Point("c"))


def test_an_image_is_a_path_or_a_mapping(tmp_path: Path) -> None:
    short = slide(tmp_path, "image: a.png")
    assert isinstance(short, ImageSlide)
    assert short.image.src.path == tmp_path.resolve() / "a.png"
    text = "{points: [x], image: {src: a.png, alt: ' A  b ', fit: cover, focus: left top, width: 40%}}"
    whole = slide(tmp_path, text)
    assert isinstance(whole, SplitSlide)
    image = whole.image
    assert (image.alt, image.fit, image.focus, image.width) == ("A b", "cover", Focus(0.0, 0.0), Percent(40))


def test_sides_may_be_texts(tmp_path: Path) -> None:
    layout = slide(tmp_path, "{left: a, right: {heading: b, image: c.png}}")
    assert isinstance(layout, CompareSlide)
    assert (layout.left.body, layout.right.heading) == ("a", "b")
    assert [image.src.text for image in layout.pictures()] == ["c.png"]


def test_a_gallery_has_two_to_six_pictures(tmp_path: Path) -> None:
    layout = slide(tmp_path, "images: [a.png, {src: b.png, alt: b}]")
    assert isinstance(layout, GallerySlide)
    assert faults(tmp_path, "images: [a.png]") == [(2, 13, "expected 2 to 6 entries, not 1")]
    assert faults(tmp_path, f"images: [{', '.join('abcdefg')}]") == [(2, 13, "expected 2 to 6 entries, not 7")]


def test_code_comes_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_bytes(b"\xef\xbb\xbfa = 1\r\n\tb = '\x1b'\r\n")
    layout = slide(tmp_path, '{file: x.py, lines: "1-2", highlight: ["1", all]}')
    assert isinstance(layout, CodeSlide)
    assert layout.file is not None
    assert layout.file.text == "a = 1\n    b = '␛'\n"
    assert layout.highlight == (LineNumbers(((1, 1),)), LineNumbers())


def test_a_table_comes_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n")
    layout = slide(tmp_path, "table: {file: x.csv}")
    assert isinstance(layout, TableSlide)
    assert (layout.head, layout.body) == (("a", "b"), (("1", "2"),))


def test_every_row_that_is_too_long_is_said_at_its_place(tmp_path: Path) -> None:
    text = "table:\n      columns: [a, b]\n      rows:\n      - [1, 2]\n      - [1, 2, 3]\n      - - 1\n        - 2\n"
    assert faults(tmp_path, text + "        - 3\n        - 4\n") == [
        (6, 9, "this row has 3 cells, but there are 2 columns"),
        (7, 9, "this row has 4 cells, but there are 2 columns"),
    ]


def test_rows_of_a_csv_file_that_are_too_long_are_said_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('\n a,b\n1,2,3\n\n"1\n2",2\n1,2,3,\n')
    assert faults(tmp_path, "table: {file: t.csv}") == [
        (2, 19, "t.csv line 3 has 3 cells, but there are 2 columns"),
        (2, 19, "t.csv line 7 has 4 cells, but there are 2 columns"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n , \n", "t.csv is empty; a table needs rows"),
        (f'a,b\n\n1,"2\n{"x," * 90_000}', "t.csv line 3 has a cell that is too long; is a quote never closed?"),
    ],
    ids=["empty", "quote"],
)
def test_a_csv_file_that_is_no_table_is_said_at_its_name(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    assert faults(tmp_path, "table: {file: t.csv}") == [(2, 19, words)]


@pytest.mark.parametrize(
    "text",
    ["layout: title", "layout: section", "title: ~", '{title: " ", byline: ""}', 'points: [" "]', "file: none.py"],
)
def test_a_slide_that_shows_nothing_is_a_warning(tmp_path: Path, text: str) -> None:
    (tmp_path / "none.py").write_text("\n \n")
    loaded = load(write(tmp_path, deck=f"slides:\n  - {text}\n  - title: A\n"))
    assert loaded.deck is not None
    [problem] = loaded.problems
    assert (problem.line, problem.column, problem.severity, problem.rule) == (2, 5, "warning", "L023")
    assert problem.words == "slide 1 shows nothing: it has no title, no words and no picture"
    assert problem.fix == "give it a title, or remove it"


@pytest.mark.parametrize("text", ["image: a.png", "byline: me", "{title: A, layout: section}", "points: [a]"])
def test_a_slide_that_shows_something_is_fine(tmp_path: Path, text: str) -> None:
    assert good(write(tmp_path, deck=f"slides:\n  - {text}\n")).slides


def test_a_body_may_be_a_list_of_steps(tmp_path: Path) -> None:
    layout = slide(tmp_path, "{body: [a, ], title: }")
    assert isinstance(layout, TextSlide)
    assert layout.body == ("a",)
    assert slide(tmp_path, "body:\n    - a\n    -\n").body == ("a", "")


def test_titles_keep_the_lines_that_the_author_breaks(tmp_path: Path) -> None:
    deck = good(
        write(
            tmp_path,
            deck="slides:\n  - title: |\n\n      One   two \n      three\n\n    quote: |\n      a\n       b\n",
        )
    )
    layout: Any = deck.slides[0].layout
    assert layout.title == "One two\nthree"
    assert deck.slides[0].title == "One two three"
    assert layout.quote == "a\n b"


@pytest.mark.parametrize("typed", ["yes", "no", "on", "1", "[true]", '"tru"'])
def test_only_true_and_false_are_truths(tmp_path: Path, typed: str) -> None:
    [(line, column, words)] = faults(tmp_path, f"{{title: x, hidden: {typed}}}")
    assert (line, column) == (2, 24)
    assert words.startswith("expected true or false")


def test_truths_in_any_case(tmp_path: Path) -> None:
    layout = slide(tmp_path, "{title: x, optional: TRUE, fixed: True, reveal: False}")
    assert (layout.optional, layout.fixed, layout.reveal) == (True, True, False)


WRONG = [
    ("Y12 unknown key", "{title: A, tiem: 5}", 2, 16, 'unknown field "tiem" in slide 1 "A"; did you mean "time"?'),
    ("Y29 unknown key of another name", "{title: A, bullets: x}", 2, 16, 'did you mean "points"?'),
    ("Y29 text for points", "points: x", 2, 13, "expected a list of points, each on a line that begins with -"),
    ("list for title", "title: [a]", 2, 12, "expected text, not a list"),
    ("mapping for body", "body: {a: b}", 2, 11, 'expected text, not a mapping; text containing ": " needs quotes'),
    ("text for list", "{title: a, tags: b}", 2, 22, "expected a list"),
    ("text for slide", "Hello", 2, 5, "a slide is a mapping"),
    ("nothing for slide", "", 2, 4, "a slide is a mapping"),
    ("empty mapping", "{}", 2, 5, "a slide is a mapping"),
    ("nothing to show", "notes: x", 2, 5, "slide 1 has nothing to show; give it title, body, points"),
    ("only a typo", "pionts: [a]", 2, 5, 'unknown field "pionts" in slide 1; did you mean "points"?'),
    ("unknown layout", "{layout: qoute, quote: x}", 2, 14, 'unknown layout "qoute" in slide 1; did you mean "quote"?'),
    (
        "list for layout",
        "{layout: [a], quote: x}",
        2,
        14,
        "expected the name of a layout in slide 1, not a list; there",
    ),
    ("mapping for layout", "{layout: {a: b}}", 2, 14, "expected the name of a layout in slide 1, not a mapping; there"),
    ("key of another layout", "{quote: a, big: b}", 2, 16, '"big" belongs to layout big, but slide 1 has layout quote'),
    ("not for this layout", "{layout: big, big: b, points: [a]}", 2, 27, '"points" belongs to layout bullets or split'),
    ("missing", "left: a", 2, 5, 'slide 1 (layout compare) needs "right"'),
    ("empty", "{layout: quote, quote: }", 2, 21, '"quote" is empty in slide 1 (layout quote)'),
    ("empty text", 'body: ""', 2, 5, '"body" is empty in slide 1 (layout text)'),
    ("empty texts", '{title: A, body: ["", " "]}', 2, 16, '"body" is empty in slide 1 "A" (layout text)'),
    ("empty quote", 'quote: " "', 2, 5, '"quote" is empty in slide 1 (layout quote)'),
    ("empty big", '{title: "", id: end, big: ""}', 2, 26, '"big" is empty in slide 1 "end" (layout big)'),
    ("empty list", "points: []", 2, 5, '"points" is empty in slide 1 (layout bullets)'),
    ("choice", "image: {src: a, fit: covr}", 2, 26, "write contain, cover, fill or actual; did you mean"),
    ("unknown key in an image", "image: {src: a, atl: b}", 2, 21, 'unknown field "atl" in image; did you mean "alt"?'),
    ("image without path", "image: {alt: a}", 2, 12, 'image needs "src"'),
    ("image of a list", "image: [a]", 2, 12, "expected a mapping for image"),
    ("empty path", 'image: ""', 2, 12, "expected the path of a picture"),
    ("width", "{points: [x], image: {src: a, width: 95%}}", 2, 42, "a share of the slide from 10% to 90%"),
    ("focus", "image: {src: a, focus: up}", 2, 28, 'such as "left top" or "30% 60%"'),
    ("lines", "{code: x, highlight: [a]}", 2, 27, 'expected line numbers such as "7"'),
    ("line past the end", '{code: x, highlight: ["2"]}', 2, 26, "line 2 is past the end: the code has 1 lines"),
    ("code and file", "{code: x, file: x.py}", 2, 21, '"x.py": there is no such file'),
    ("empty point", "points:\n    - a\n    -\n", 4, 6, "a point is empty"),
    ("colon in a point", "points:\n    - a: b\n", 3, 10, 'a point containing ": " needs quotes'),
    ("colon after a point", "points:\n    - 'x'\n    - a:\n", 4, 7, 'a text that ends in ":" needs quotes'),
    ("nested first", "points: [[a]]", 2, 14, "a nested list needs a point before it"),
    ("wrong inside", "points: [a, {b: [c, [d, {e: f}]]}]", 2, 33, "a point containing"),
    ("empty table", "table: {columns: []}", 2, 12, "a table needs rows, or a file"),
    ("row of texts", "table: {rows: [a]}", 2, 20, "expected a list"),
    ("long row", "table: {columns: [a], rows: [[b, c]]}", 2, 34, "this row has 2 cells, but there is 1 column"),
    ("Y36 bad id", "{title: x, id: My Slide}", 2, 20, 'lower-case letters, digits and hyphens; write "my-slide"'),
    ("id of digits", "{title: x, id: 12}", 2, 20, 'an id needs a letter; write "slide-12"'),
    ("long id", f"{{title: x, id: {'a' * 99}}}", 2, 20, "an id has at most 60 characters"),
    (
        "footer field",
        '{title: x, footer: "{slid}"}',
        2,
        24,
        'unknown field "{slid}" in the footer; did you mean "{slide}"?',
    ),
    ("footer brace", '{title: x, footer: "{"}', 2, 24, "a single { in a footer; write {{ to show one"),
    ("X02 key with escapes", '"\\e[2J": x', 2, 5, "the character U+001B (ESC) in this text is shown as a symbol"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_value_is_said_at_its_place(tmp_path: Path, text: str, line: int, column: int, words: str) -> None:
    found = faults(tmp_path, text)
    assert words in found[0][2]
    assert found[0][:2] == (line, column)


def test_y29_all_mistakes_in_one_run(tmp_path: Path) -> None:
    deck = write(
        tmp_path,
        deck="""
        slides:
          - {title: a, bullets: x}
          - {title: b, notes: {c: d}}
          - {title: c, time: -5}
          - {title: d, time: 1.5, hidden: maybe}
        stop: noon
        """,
    )
    places = [(line, column) for line, column, _ in brief(load(deck))]
    assert places == [(2, 16), (3, 23), (4, 22), (5, 22), (5, 35), (6, 7)]


DECK_WRONG = [
    ("Y29 slides no list", "slides: {}", 1, 9, "expected a list of slides"),
    ("no slides in the list", "slides: []", 1, 1, "no slides"),
    ("only hidden slides", "slides: [{title: a, hidden: true}]", 1, 1, "no slide to begin with"),
    ("both", "slides: [{title: a}]\nsections: []", 2, 1, 'either "slides" or "sections", not both'),
    ("unknown key", "titel: a\nslides: [{title: a}]", 1, 1, 'unknown field "titel" in the deck; did you mean "title"?'),
    ("key of a slide", "points: [a]\nslides: [{title: a}]", 1, 1, "it belongs to a slide"),
    ("stop", "stop: 25:00\nslides: [{title: a}]", 1, 7, "expected a time of the day from 00:00 to 23:59"),
    ("wpm", "wpm: fast\nslides: [{title: a}]", 1, 6, "expected the words you say in a minute, 40 to 400"),
    ("wpm 0", "wpm: 0\nslides: [{title: a}]", 1, 6, "expected the words you say in a minute"),
    ("signals", "signals: 5m\nslides: [{title: a}]", 1, 10, "when the green, yellow and red cards go up"),
    ("signals order", "signals: [5m, 4m]\nslides: [{title: a}]", 1, 15, "each card goes up later"),
    ("signals time", "signals: [5m, x]\nslides: [{title: a}]", 1, 15, '"x" is not a duration'),
    ("start", "start: soon\nslides: [{title: a}]", 1, 8, "expected first-move, manual, or a time of the day"),
    ("auto", "auto: 5s\nslides: [{title: a}]", 1, 7, "expected true or false"),
    ("reload", "reload: never\nslides: [{title: a}]", 1, 9, '"never" is not possible here; write live, move or off'),
    ("images", "images: octants\nslides: [{title: a}]", 1, 9, 'did you mean "octant"?'),
    ("images refused", "images: sixel\nslides: [{title: a}]", 1, 9, "sixel is not offered"),
    ("mode refused", "slides: [{image: {src: a.png, mode: sixel}}]", 1, 37, "sixel is not offered"),
    ("theme", "theme: drak\nslides: [{title: a}]", 1, 8, 'unknown theme "drak"; did you mean "dark"?'),
    ("X10 theme", 'theme: "red; } * {"\nslides: [{title: a}]', 1, 8, "unknown theme"),
    ("X10 colour", 'theme: {text: "red; }"}\nslides: [{title: a}]', 1, 15, "is not a colour"),
    ("colour without quotes", "theme:\n  text: #ff0000\nslides: [{title: a}]", 2, 3, "an unquoted # begins a comment"),
    ("unknown colour", "theme: {txt: '#fff'}\nslides: [{title: a}]", 1, 9, 'did you mean "text"?'),
    ("list for theme", "theme: [a]\nslides: [{title: a}]", 1, 8, "expected the name of a theme"),
    ("list for colour", "theme: {text: [a]}\nslides: [{title: a}]", 1, 15, "expected a colour"),
    ("footer", 'footer: "{x}"\nslides: [{title: a}]', 1, 9, 'unknown field "{x}" in the footer; there are title'),
    ("long footer", f"footer: {'x' * 300}\nslides: [{{title: a}}]", 1, 9, "a footer has at most 200 characters"),
    ("variant", "variants: {a: {only: [b]}}\nslides: [{title: b1}]", 1, 23, 'is called "b"; did you mean "b1"?'),
    ("variant no mapping", "variants: {a: b}\nslides: [{title: b}]", 1, 15, "expected a mapping for variants"),
    ("variants no mapping", "variants: a\nslides: [{title: b}]", 1, 11, "expected a mapping: a name and what"),
    ("default unknown", "defaults: {revel: true}\nslides: [{title: b}]", 1, 12, 'did you mean "reveal"?'),
    ("default of one", "defaults: {id: a}\nslides: [{title: b}]", 1, 12, '"id" belongs to one slide'),
    ("default wrong", "defaults: {reveal: 5}\nslides: [{title: b}, {title: c}]", 1, 20, "expected true or false"),
    ("defaults no mapping", "defaults: a\nslides: [{title: b}]", 1, 11, "expected a mapping for defaults"),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"), [row[1:] for row in DECK_WRONG], ids=[row[0] for row in DECK_WRONG]
)
def test_a_wrong_key_of_the_deck_is_said_once_at_its_place(
    tmp_path: Path, text: str, line: int, column: int, words: str
) -> None:
    loaded = load(write(tmp_path, deck=text))
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    assert [(problem.line, problem.column) for problem in errors] == [(line, column)]
    assert words in errors[0].words


@pytest.mark.parametrize("start", ['"14:35"', '{at: "14:35"}', "14:35"])
def test_the_keys_of_timing_are_read(tmp_path: Path, start: str) -> None:
    text = f"start: {start}\nsignals: [5m, 6m, 7m]\nwpm: 150\nauto: true\nslides: [{{title: a}}]"
    deck = load(write(tmp_path, deck=text)).deck
    assert deck is not None
    assert (deck.start, deck.signals, deck.wpm, deck.auto) == ("14:35", (300, 360, 420), 150, True)
    plain = load(write(tmp_path, deck="slides: [{title: a}]")).deck
    assert plain is not None
    assert (plain.start, plain.signals, plain.wpm, plain.auto) == ("first-move", (), 0, False)


def test_more_notes_than_steps_is_a_warning(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, deck="slides:\n  - {title: a, notes: [b, c]}\n"))
    assert loaded.deck is not None
    assert loaded.deck.slides[0].notes == ("b", "c")
    assert brief(loaded) == [(2, 23, "there are 2 notes, but the slide has one step; the rest is never seen")]


def test_a_slide_is_called_by_its_title_without_marks(tmp_path: Path) -> None:
    deck = "slides:\n  - title: A **short** title\n  - {quote: Less *is* `more`}\n  - title: 2 * 3 < 7\n"
    named = [slide.title for slide in good(write(tmp_path, deck=deck)).slides]
    assert named == ["A short title", "Less is more", "2 * 3 < 7"]
