"""What `presenter check` prints, and its exit status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image as Pixels

from presenter.check.engine import check_deck
from presenter.check.output import problem_lines, report_lines
from presenter.check.runner import run_check
from presenter.safety import is_clean
from written import write


def lines_of(path: Path, *, allow_outside: bool = False) -> list[str]:
    return "\n".join(report_lines(path, check_deck(path, allow_outside=allow_outside))).split("\n")


def draw(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Pixels.new("RGB", (40, 30), "navy").save(path)


def test_a_problem_is_shown_with_its_line_a_caret_and_the_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(
        tmp_path, deck="slides:\n  - title: Why the cache misses\n    tiem: 1m30s\n  - title: b\n    time: x\n"
    )
    assert lines_of(path) == [
        'deck.yaml:3:5: error: unknown field "tiem" in slide 1 "Why the cache misses"; did you mean "time"?',
        "    3 |     tiem: 1m30s",
        "      |     ^^^^",
        'deck.yaml:5:11: error: "x" is not a duration; write 90, 90s, 1m30s, 1:30 (m:ss) or 1:02:03',
        "    5 |     time: x",
        "      |           ^",
        "deck.yaml: 2 errors",
    ]
    write(tmp_path, deck="slides:\n  - title: Rust: the good parts\n")
    assert lines_of(path) == [
        'deck.yaml:2:16: error: text containing ": " needs quotes',
        "    2 |   - title: Rust: the good parts",
        '      |                ^  write  title: "Rust: the good parts"',
        "deck.yaml: 1 error",
    ]


def test_the_caret_stands_below_wide_characters(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides:\n  - {title: 日本, tiem: 1}\n")
    _, source, caret, _ = lines_of(path)
    before = source[: source.index("tiem")]
    assert caret.index("^") == len(before) + 2  # two characters take two cells each


def test_the_including_places_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, deck="sections:\n  - include: a/one.yaml\n", a__one_yaml="title: P\nslides: [{tite: x}]\n")
    assert lines_of(path)[:2] == [
        'a/one.yaml:2:11: error: unknown field "tite" in slide 1; did you mean "title"?',
        "      included from deck.yaml:2",
    ]


def test_a_good_deck_has_no_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    draw(tmp_path / "a.png")
    slides = "  - {id: a, image: {src: a.png, alt: a blue field}}\n  - {id: b, image: {src: a.png, alt: ''}}\n"
    path = write(tmp_path, deck=f"slides:\n{slides}")
    assert lines_of(path) == ["deck.yaml: no problems in 2 slides"]


def test_more_than_fifty_problems_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides:\n" + "  - {title: a, time: x}\n" * 60)
    assert lines_of(path)[-2:] == ["… and 10 more", f"{path}: 50 errors"]


def test_pictures_are_looked_at(tmp_path: Path) -> None:
    draw(tmp_path / "in" / "a.png")
    draw(tmp_path / "b.png")
    (tmp_path / "in" / "text.png").write_text("no picture")
    os.mkfifo(tmp_path / "in" / "pipe.png")
    path = write(
        tmp_path / "in",
        deck="""
        lint: {ignore: [L016]}
        slides:
          - image: a.png
          - images: [{src: none.png, alt: x}, {src: text.png, alt: x}, {src: pipe.png, alt: x}]
          - image: {src: ../b.png, alt: x}
          - image: {src: http://x.org/a.png, alt: x}
        """,
    )
    report = check_deck(path)
    assert [(problem.line, problem.column, problem.severity, problem.rule) for problem in report.problems] == [
        (3, 12, "warning", "L001"),
        (4, 20, "error", "L009"),
        (4, 45, "error", "L009"),
        (4, 70, "error", "L009"),
        (5, 18, "error", "L009"),
        (6, 18, "error", "L009"),
    ]
    assert report.deck is not None
    assert report.errors == 5
    assert [problem.words.split(":")[0] for problem in report.problems[1:4]] == ["none.png", "text.png", "pipe.png"]
    assert len(check_deck(path, allow_outside=True).problems) == 5


def test_pictures_are_looked_at_in_a_broken_deck_too(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides:\n  - image: {src: none.png, alt: x}\n  - {title: a, time: b}\n")
    assert [problem.line for problem in check_deck(path).problems] == [2, 3]


def test_a_slide_that_does_not_fit_is_named_with_its_rows(tmp_path: Path) -> None:
    points = ", ".join(f"point {number}" for number in range(40))
    path = write(tmp_path, deck=f"lint: {{ignore: [L003]}}\nslides:\n  - {{title: a, points: [{points}]}}\n")
    [problem] = check_deck(path).problems
    assert (problem.line, problem.severity, problem.rule) == (3, "warning", "L002")
    assert re.fullmatch(r'\d\d rows do not fit at 80x24, from "• point \d\d" on', problem.words)
    assert check_deck(path, sizes=[(80, 90)]).problems == ()


def test_exit_status_and_several_decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fine = write(tmp_path, fine="slides: [{title: a}]")
    bad = write(tmp_path, bad="slides: [{titel: a}]")
    warned = write(tmp_path, warned="slides:\n  - {title: a, notes: [b, c]}")
    folder = tmp_path / "talk"
    write(folder, deck="slides: [{title: a}]")
    (tmp_path / "pictures").mkdir()
    said: list[str] = []
    assert run_check([fine], echo=said.append) == 0
    assert run_check([warned], echo=said.append) == 0
    assert run_check([fine, bad, warned], echo=said.append) == 1
    said.clear()
    assert run_check([fine, folder, tmp_path / "pictures"], echo=said.append) == 0
    assert said == ["fine.yaml: no problems in 1 slide", "talk: no problems in 1 slide"]


@pytest.mark.parametrize("name", ["none.yaml", "pictures", "a\0b", "x" * 5000])
def test_what_is_no_deck_is_wrong_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / "pictures").mkdir()
    said: list[str] = []
    complaints: list[str] = []
    assert run_check([tmp_path / name], echo=said.append, complain=complaints.append) == 2
    assert said == []
    assert len(complaints) == 1
    assert is_clean(complaints[0])


def test_colours_are_only_for_those_who_want_them(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides: [{titel: a}]")
    report = check_deck(path)
    assert "\x1b" not in "".join(report_lines(path, report))
    assert "\x1b[1;31merror\x1b[0m" in "".join(report_lines(path, report, colour=True))


def test_x02_nothing_of_a_deck_reaches_the_terminal_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[2Jb\u202e"
    path = write(folder, deck='"\\e[2J": 1\nslides: [{title: "\\e]0;x\\a", time: "\\e"}, {image: "\\e[2J.png"}]\n')
    for text in report_lines(path, check_deck(path)):
        assert is_clean(text)
        assert "␛" in text


def test_a_problem_without_a_source_line_has_no_caret(tmp_path: Path) -> None:
    [problem] = check_deck(tmp_path / "none.yaml").problems
    assert problem_lines(problem) == f"{tmp_path / 'none.yaml'}:1:1: error: there is no such file"


def test_checking_needs_no_window(tmp_path: Path) -> None:
    draw(tmp_path / "a.png")
    path = write(tmp_path, deck="slides:\n  - {id: a, image: {src: a.png, alt: x}}\n  - {id: b, body: '*x*'}\n")
    program = (
        "import sys; from pathlib import Path; from presenter.check.runner import run_check; "
        "status = run_check([Path(sys.argv[1])], echo=print); assert 'textual' not in sys.modules; sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("no problems in 2 slides\n")


def test_a_talk_that_nobody_can_say_in_its_time_is_a_warning(tmp_path: Path) -> None:
    slides = "\n".join(f"- {{title: S{n}, notes: {'word ' * 600}}}" for n in range(6))
    path = write(tmp_path, deck=f"title: T\nduration: 5m\nslides:\n{slides}\n")
    (problem,) = check_deck(path).problems
    assert (problem.line, problem.rule) == (2, "L004")
    assert "27:42 to say at 130 words a minute, but the talk has 5:00" in problem.words


def test_slides_without_any_time_are_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path, deck="duration: 1m\nslides:\n- {title: A, time: 1m}\n- {title: B}\n- {title: C}\n")
    (problem,) = check_deck(path).problems
    assert (problem.line, problem.rule) == (1, "L004")
    assert problem.words == '2 slides, from "B" on, have no time at all: the plan leaves 0:00'


def test_times_that_do_not_add_up_and_notes_that_take_too_long_are_warnings(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        deck=f"""
        duration: 5m
        sections:
          - title: A
            time: 1m
            slides:
              - {{title: a, time: 2m, optional: true, fixed: true}}
              - {{title: b, time: 10s, notes: "{"word " * 100}"}}
          - title: B
            slides:
              - {{title: c, time: 4m}}
        """,
    )
    problems = check_deck(path).problems
    assert [(problem.line, problem.rule) for problem in problems] == [
        (1, "L004"),
        (1, "L004"),
        (6, "L019"),
        (7, "L005"),
    ]
    assert "its slides take 1:10 more than its budget of 1:00" in problems[0].words
    assert "the slides take 1:10 more than the duration of 5:00" in problems[1].words
    assert "the notes take 0:46 to say at 130 words a minute, but the slide has 0:10" in problems[3].words
    nearly = write(tmp_path, deck="duration: 5m\nslides: [{title: a, time: 4m50s}]")
    assert not check_deck(nearly).problems
