"""Every rule finds what it is for, at its place, and nothing in a deck that keeps it; and keeps silent when told to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pixels

from presenter.check.engine import CheckOptions, check_deck
from presenter.check.rules import RULES, rules_markdown
from presenter.deck.diagnostics import FATAL, Problem

ROOT = Path(__file__).resolve().parents[1]
MANY = " ".join(["word"] * 41)
POINTS = "[a, b, [c, d, e], f, g, h]"

# rule, deck, line, column, severity, a part of the words, a part of the fix
FOUND = [
    ("L001", "slides:\n  - {id: a, image: a.png}", 2, 20, "warning", "an image without alt text", "alt: …"),
    (
        "L002",
        "lint: {ignore: [L003]}\nslides:\n  - {title: a, points: [" + ", ".join(f"p{n}" for n in range(30)) + "]}",
        3,
        5,
        "warning",
        'rows do not fit at 80x24, from "• p',
        "make two slides of it",
    ),
    ("L003", f"slides:\n  - {{title: a, body: {MANY}}}", 2, 5, "warning", "42 words on one slide (more than 40)", ""),
    ("L003", f"slides:\n  - {{title: a, points: {POINTS}}}", 2, 5, "warning", "8 points on one slide", "notes"),
    (
        "L003",
        f"slides:\n  - {{title: a, left: x, right: {{points: {POINTS}}}}}",
        2,
        5,
        "warning",
        "8 points on one slide",
        "",
    ),
    ("L004", "duration: 5m\nslides:\n  - {title: a, time: 6m}", 1, 11, "warning", "1:00 more than the duration", ""),
    (
        "L005",
        f"slides:\n  - {{title: a, time: 10s, notes: {MANY}}}",
        2,
        5,
        "warning",
        "the notes take 0:19 to say at 130 words a minute, but the slide has 0:10",
        "shorten the notes",
    ),
    ("L006", "slides:\n  - {title: a, notes: b}\n  - title: c", 3, 5, "warning", "this slide has no notes", "notes: …"),
    ("L007", "slides:\n  - title: The knee", 2, 5, "warning", "no id, though runs", "write  id: the-knee"),
    ("L008", "slides:\n  - title: a\n  - title: a", 3, 5, "warning", 'the title "a" is that of slide 1, too', "id"),
    ("L009", "slides:\n  - {id: a, image: {src: no.png, alt: x}}", 2, 26, "error", "no.png: ", ""),
    ("L009", "slides:\n  - {id: a, image: {src: cut.png, alt: x}}", 2, 26, "warning", "cut.png: ", ""),
    ("L010", "slides:\n  - title: C# rocks #1", 2, 21, "warning", "is a comment", 'write  "C# rocks #1"'),
    ("L011", "slides:\n  - title: !important a", 2, 12, "error", "tags such as", ""),
    (
        "L012",
        "sections:\n  - {title: A, slides: [{title: a}]}\n  - {title: B, slides: []}",
        3,
        5,
        "warning",
        'section "B" has no slides',
        "give it slides",
    ),
    (
        "L013",
        'theme: {background: "#ffffff", text: "#cccccc"}\nslides:\n  - title: a',
        1,
        8,
        "warning",
        "hard to read on background #ffffff, with a contrast below 4.5:1: text 1.6:1, ",
        "further apart",
    ),
    ("L014", "slides:\n  - {title: a, code: 'x = 1 # ★'}", 2, 5, "warning", '"★" (U+2605)', "plain characters"),
    ("L014", "slides:\n  - {title: a, table: {rows: [[a, ❤️]]}}", 2, 5, "warning", "U+FE0F", ""),
    ("L014", "slides:\n  - title: a\n    body: |\n      | a | ★ |\n      |---|---|", 2, 5, "warning", "U+2605", ""),
    ("L015", 'slides:\n  - title: "a\\u202eb"', 2, 12, "warning", "U+202E", "remove"),
    ("L016", "slides:\n  - image: {src: a.png, alt: x}", 2, 5, "warning", "neither a title nor an id", "give it"),
    ("L017", "slides:\n  - {id: raw, title: '[x](#rwa)'}", 2, 5, "warning", 'id "rwa"; did you mean "raw"?', ""),
    ("L017", "slides:\n  - {title: a, notes: 'go to [x](#y)'}", 2, 5, "warning", 'no slide has the id "y"', ""),
    ("L018", f"slides:\n  - {{title: a, code: {'x' * 100}}}", 2, 5, "warning", "cells too wide at 80x24", "break"),
    ("L019", "slides:\n  - {title: a, fixed: true, optional: true}", 2, 5, "warning", "together", "keep one"),
    (
        "L020",
        "slides:\n  - {title: a, reveal: true, points: [b, c, d], time: 5s}",
        2,
        5,
        "warning",
        "0:05 for 3 steps: less than 2 seconds each",
        "more time",
    ),
    ("L020", "slides:\n  - {title: a, time: 0}", 2, 5, "warning", "0:00 for 1 step", ""),
    ("L021", "slides:\n  - title: a\n    points:\n      - b\n        - c", 5, 9, "warning", "begins no list", "- b:"),
    ("L022", "slides:\n  - title: &a b", 2, 12, "warning", '"&a" will not be shown', 'write  "&a b"'),
    ("L023", "slides:\n  - {id: a, layout: title}", 2, 5, "warning", "shows nothing", "give it a title"),
    ("L024", "slides:\n  - {title: a, notes: [b, c]}", 2, 23, "warning", "there are 2 notes", "one entry"),
    (
        "L025",
        "slides:\n  - {title: a, lint: {ignore: [L03]}}",
        2,
        32,
        "warning",
        'no rule is called "L03"; did you mean "L003"?',
        "write the id",
    ),
    ("L025", "lint: {ignore: [x]}\nslides: [{title: a}]", 1, 17, "warning", 'called "x"; presenter check --rules', ""),
    (
        "L027",
        "slides:\n  - {code: x, language: pyhton}",
        2,
        5,
        "warning",
        '"pyhton"; did you mean "python"?',
        "Pygments",
    ),
    ("L027", "slides:\n  - body: |\n      ~~~ yml5\n      a: b\n      ~~~", 2, 5, "warning", '"yml5"', ""),
    ("L028", "slides:\n  - body: see ![it](a.png)", 2, 5, "warning", '"a.png" stands in a text', "image: {src:"),
    ("L029", "slides:\n  - body: <b>x</b> <!-- y -->", 2, 5, "warning", '"<b>", "</b>", "<!--"', "Markdown"),
    ("L030", "slides:\n  - body: >\n      first\n      - one\n      - two", 4, 7, "warning", "joined to one line", "|"),
    (
        "L031",
        "slides:\n  - {id: a, image: {src: dark.png, alt: x, mat: none}}",
        2,
        26,
        "warning",
        "dark.png can hardly be seen on the background of dark",
        "mat: auto",
    ),
    (
        "L032",
        f"slides:\n  - {{title: a, language: c, code: 'a{' ' * 600}b'}}",
        2,
        5,
        "warning",
        "the code has no colours: it is too long, or has a line too long",
        "shorter ones",
    ),
    ("L025", "lint: {ignore: [L011]}\nslides: [{title: a}]", 1, 17, "warning", "L011 cannot be ignored", "remove it"),
]
FINE = [
    ("L002", "slides: [{title: a, points: [b, c]}]"),
    ("L003", "slides: [{title: a, body: " + " ".join(["word"] * 39) + "}]"),
    ("L003", "slides: [{title: a, points: [a, b, [c, d, e], f, g]}]"),
    ("L003", f"slides: [{{title: a, code: {MANY}}}]"),
    ("L003", f"slides: [{{id: a, image: {{src: a.png, alt: {MANY}, credit: {MANY}}}}}]"),
    ("L004", "duration: 5m\nslides: [{title: a, time: 4m50s}]"),
    ("L005", f"slides: [{{title: a, time: 20s, notes: {MANY}}}]"),
    ("L006", "slides: [{title: a}, {title: b}]"),
    ("L006", "slides: [{title: a, notes: b}, {title: c, hidden: true}]"),
    ("L007", "sections: [{title: S, divider: true, slides: [{title: a, id: b}]}]"),
    ("L008", "slides: [{title: a, id: b}, {title: a, id: c}]"),
    ("L012", "sections: [{title: A, slides: [{title: a}]}]"),
    ("L013", "theme: paper\nslides: [{title: a}]"),
    ("L014", "slides: [{title: a, code: 'Ω → “x” 日本'}, {body: ★ is not aligned, id: b}]"),
    ("L016", "slides: [{big: 42}, {quote: Less is more}, {body: x, id: b}]"),
    ("L017", "slides: [{id: raw, title: '[x](#raw) [y](https://example.org/#z) `[z](#z)`'}]"),
    ("L018", f"slides: [{{title: a, code: {'x' * 60}}}]"),
    ("L019", "slides: [{title: a, fixed: true}, {title: b, optional: true}]"),
    (
        "L027",
        "slides:\n- {code: x, language: python}\n- body: |\n    ```\n    x\n    ```\n- body: |\n    ``` text\n    ```",
    ),
    ("L028", "slides: [{body: '`![it](a.png)` and [x](https://example.org)'}]"),
    ("L029", "slides: [{body: 'a < b > c, List<T>, `<b>`, <3'}]"),
    (
        "L030",
        "slides:\n- body: >\n    one - two\n    three\n- body: |\n    a\n    - b\n- body: >\n    a\n\n      - b",
    ),
    ("L031", "slides: [{id: a, image: {src: dark.png, alt: x}}]"),
    ("L031", "slides: [{id: a, image: {src: dark.png, alt: x, mat: '#fff'}}]"),
    ("L020", "slides: [{title: a, reveal: true, points: [b, c, d], time: 6s}]"),
    ("L025", "lint: {ignore: [L003, L013]}\nslides: [{title: a}]"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Pixels.effect_noise((80, 60), 90).save(tmp_path / "a.png")
    dark = Pixels.new("RGBA", (40, 40))
    dark.paste((20, 20, 30, 255), (5, 5, 35, 12))
    dark.save(tmp_path / "dark.png")
    data = (tmp_path / "a.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(data[: len(data) // 2])
    return tmp_path


def found(folder: Path, text: str, **manner: Any) -> list[Problem]:  # noqa: ANN401 - fields of Manner
    path = folder / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    manner = {"recorded": lambda _: "knee" in text or "divider" in text, "every_rule": True, **manner}
    return list(check_deck(path, manner=CheckOptions(**manner)).problems)


@pytest.mark.parametrize("row", FOUND, ids=[f"{row[0]} {number}" for number, row in enumerate(FOUND)])
def test_a_rule_finds_what_it_is_for(folder: Path, row: tuple[str, str, int, int, str, str, str]) -> None:
    rule, text, line, column, severity, words, fix = row
    problem = next(problem for problem in found(folder, text) if problem.rule == rule)
    assert (problem.line, problem.column, problem.severity) == (line, column, severity)
    assert words in problem.words
    assert fix in problem.fix


@pytest.mark.parametrize(("rule", "text"), FINE, ids=[f"{row[0]} {number}" for number, row in enumerate(FINE)])
def test_a_rule_finds_nothing_where_it_is_kept(folder: Path, rule: str, text: str) -> None:
    assert [problem.words for problem in found(folder, text) if problem.rule in {rule, ""}] == []


@pytest.mark.parametrize("row", FOUND, ids=[f"{row[0]} {number}" for number, row in enumerate(FOUND)])
def test_a_rule_is_silenced_on_the_deck(folder: Path, row: tuple[str, str, int, int, str, str, str]) -> None:
    rule, text = row[0], row[1]
    if text.startswith("lint: {ignore: ["):
        quiet = text.replace("lint: {ignore: [", f"lint: {{ignore: [{rule}, ", 1)
    else:
        quiet = f"lint: {{ignore: [{rule}]}}\n{text}"
    left = [problem for problem in found(folder, quiet) if problem.rule == rule]
    assert bool(left) == (rule in FATAL)


def test_every_rule_has_a_test_that_finds_it() -> None:
    drawn = {"L026"}  # a slide that cannot be drawn, below
    assert {row[0] for row in FOUND} | drawn == set(RULES)


def test_a_slide_that_cannot_be_drawn_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr("presenter.layouts.text_slides.TitleSlide.draw", fail)
    [problem] = found(folder, "slides: [{title: a}]")
    assert (problem.rule, problem.severity) == ("L026", "error")
    assert "this slide could not be drawn (RuntimeError: no ink)" in problem.words


def test_a_slide_silences_itself_and_nothing_else(folder: Path) -> None:
    text = "slides:\n  - {title: a, body: W, lint: {ignore: [L003]}}\n  - {title: b, body: W}\n".replace("W", MANY)
    assert [(problem.line, problem.rule) for problem in found(folder, text)] == [(3, "L003")]
    block = "slides:\n  - title: a #1\n    lint:\n      ignore: [L010]\n  - title: b #2\n"
    assert [(problem.line, problem.rule) for problem in found(folder, block)] == [(5, "L010")]


def test_an_included_file_silences_itself_and_nothing_else(folder: Path) -> None:
    (folder / "part.yaml").write_text(
        "title: P\nlint: {ignore: [L003]}\nslides: [{title: a, body: W}]".replace("W", MANY)
    )
    text = f"sections:\n  - include: part.yaml\n  - {{title: Q, slides: [{{title: b, body: {MANY}}}]}}\n"
    assert [(problem.path.name, problem.line) for problem in found(folder, text)] == [("deck.yaml", 3)]
    above = f"lint: {{ignore: [L003]}}\n{text}".replace("part.yaml", "other.yaml")
    (folder / "other.yaml").write_text(f"title: P\nslides: [{{title: a, body: {MANY}}}]")
    assert found(folder, above) == []


def test_silenced_problems_make_room_for_others(folder: Path) -> None:
    lines = "".join(f"  - {{title: a{number}, body: {MANY}}}\n" for number in range(80))
    problems = found(
        folder, f"lint: {{ignore: [L003]}}\nslides:\n{lines}  - {{title: z, fixed: true, optional: true}}\n"
    )
    assert [problem.rule for problem in problems] == ["L019"]


def test_broken_decks_keep_silent_too(folder: Path) -> None:
    text = "slides:\n  - {title: a, tiem: 1, image: a.png, lint: {ignore: [L001]}}\n  - image: a.png\n"
    assert [(problem.line, problem.rule) for problem in found(folder, text)] == [(2, ""), (3, "L001")]


def test_rules_that_are_left_out_usually_are_asked_for(folder: Path) -> None:
    text = "slides: [{title: a, notes: b}, {title: c}]"
    assert [problem.rule for problem in found(folder, text)] == ["L006"]
    assert found(folder, text, every_rule=False) == []


def test_strict_makes_errors_of_warnings(folder: Path) -> None:
    text = "slides: [{title: a, fixed: true, optional: true}]"
    assert [problem.severity for problem in found(folder, text)] == ["warning"]
    assert [problem.severity for problem in found(folder, text, strict=True)] == ["error"]


def test_every_size_asked_for_and_of_the_deck_is_painted(folder: Path) -> None:
    points = "[" + ", ".join(f"p{number}" for number in range(14)) + "]"
    text = f"sizes: [60x12, 200x60]\nlint: {{ignore: [L003]}}\nslides:\n  - {{title: a, points: {points}}}\n"
    words = [problem.words for problem in found(folder, text, sizes=((80, 14), (60, 12)))]
    assert [word.split(", from")[0].rpartition(" ")[2] for word in words] == ["80x14", "60x12"]
    assert all('from "• p' in word for word in words)


def test_overflow_tells_the_step_and_the_words_of_a_picture(folder: Path) -> None:
    caption = " ".join(["caption"] * 200)
    [problem] = found(
        folder, f"lint: {{ignore: [L003]}}\nslides: [{{id: a, image: {{src: a.png, alt: x, caption: {caption}}}}}]"
    )
    assert 'from "caption caption' in problem.words
    body = "".join(f"      - paragraph {number}\n" for number in range(24))
    [problem] = found(folder, f"lint: {{ignore: [L003]}}\nslides:\n  - title: a\n    body:\n{body}")
    assert re.search(r'not fit at 80x24, from "paragraph \d+" on', problem.words)


def test_themes_asked_for_are_measured(folder: Path) -> None:
    from presenter.themes import THEMES, theme_from  # noqa: PLC0415 - for this only

    bad = theme_from({"background": "#ffffff", "text": "#cccccc", "name": "mist"})
    problems = found(folder, "slides: [{title: a}]", themes=(*THEMES.values(), bad))
    assert problems
    assert {problem.words.split(":")[0] for problem in problems} == {'theme "mist"'}


def test_a_variant_is_checked_instead(folder: Path) -> None:
    text = f"variants: {{first: {{only: [a]}}}}\nslides:\n  - title: a\n  - {{title: b, body: {MANY}}}\n"
    assert [problem.rule for problem in found(folder, text)] == ["L003"]
    assert found(folder, text, variant="first") == []


def test_progress_is_told_slide_by_slide(folder: Path) -> None:
    path = folder / "deck.yaml"
    path.write_text("slides: [{title: a}, {title: b}]")
    told: list[tuple[int, int]] = []
    check_deck(path, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(("text", "words"), [("80", "such as"), ("3x24", "each 4 to 500"), ("[80, 24]", "such as")])
def test_a_size_that_no_terminal_has_is_an_error(folder: Path, text: str, words: str) -> None:
    [problem] = found(folder, f"sizes: [{text}]\nslides: [{{title: a}}]")
    assert words in problem.words
    assert problem.severity == "error"


def test_the_readme_lists_the_rules() -> None:
    assert rules_markdown() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_rules_are_numbered_and_have_words() -> None:
    for number, (name, rule) in enumerate(RULES.items(), 1):
        assert name == rule.id == f"L{number:03}"
        assert rule.what
        assert rule.fix
