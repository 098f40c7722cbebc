"""What `presenter check` gives to programs, to pages that show a change, and to a terminal while it works."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from presenter.check.engine import check_deck
from presenter.check.output import report_lines
from presenter.check.rules import RULES, rules_text
from presenter.cli import cli
from terminal import Terminal
from written import write

CHECK = (sys.executable, "-m", "presenter", "check")


def check(*words: str) -> Result:
    return CliRunner().invoke(cli, ["check", *words])


@pytest.fixture
def warned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, deck="slides:\n  - title: C# rocks #1\n  - {title: b, fixed: true, optional: true}\n")


def test_json_has_the_fields_that_the_readme_tells(warned: Path) -> None:
    result = check("deck.yaml", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output) == {
        "version": 1,
        "decks": [
            {
                "deck": "deck.yaml",
                "slides": 2,
                "errors": 0,
                "warnings": 2,
                "more": 0,
                "problems": [
                    {
                        "path": "deck.yaml",
                        "line": 2,
                        "column": 21,
                        "severity": "warning",
                        "rule": "L010",
                        "message": 'text after " #" is a comment and will not be shown',
                        "fix": 'write  "C# rocks #1"',
                        "source": "  - title: C# rocks #1",
                        "included_from": [],
                    },
                    {
                        "path": "deck.yaml",
                        "line": 3,
                        "column": 5,
                        "severity": "warning",
                        "rule": "L019",
                        "message": '"fixed" and "optional" together: the time stands, but the slide may be dropped',
                        "fix": "keep one of them",
                        "source": "  - {title: b, fixed: true, optional: true}",
                        "included_from": [],
                    },
                ],
            }
        ],
    }
    assert warned.exists()


def test_json_of_several_decks_is_one_document(warned: Path) -> None:
    write(warned.parent, bad="slides: [{titel: a}]", fine="slides: [{title: a}]")
    result = check("fine.yaml", "bad.yaml", "--json")
    decks: list[dict[str, Any]] = json.loads(result.output)["decks"]
    assert result.exit_code == 1
    assert [(deck["deck"], deck["slides"], deck["errors"]) for deck in decks] == [
        ("fine.yaml", 1, 0),
        ("bad.yaml", None, 1),
    ]
    [problem] = decks[1]["problems"]
    assert problem["rule"] is None
    assert problem["fix"] is None


def test_github_annotations_are_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "50%, a: b"
    write(
        folder,
        deck="sections:\n  - include: part.yaml\n",
        part="title: P\nslides: [{title: '100%', tiem: '%0A::error::'}]\n",
    )
    result = check("50%, a: b/deck.yaml", "--github")
    assert result.exit_code == 1
    place = "::error file=50%25%2C a%3A b/part.yaml,line=2,col=26,title=presenter::"
    words = 'unknown field "tiem" in slide 1 "100%25"; did you mean "time"?%0Aincluded from deck.yaml:2'
    assert result.output.splitlines() == [place + words]


def test_github_annotations_name_rule_severity_and_fix(warned: Path) -> None:
    lines = check(str(warned), "--github").output.splitlines()
    assert lines[1] == (
        '::warning file=deck.yaml,line=3,col=5,title=presenter L019::"fixed" and "optional" together: '
        "the time stands, but the slide may be dropped%0Akeep one of them"
    )
    assert check(str(warned), "--github", "--strict").output.startswith("::error file=deck.yaml,line=2")


def test_github_counts_what_is_not_listed(warned: Path) -> None:
    write(warned.parent, long="slides:\n" + "  - {title: a, tiem: 1}\n" * 70)
    lines = check("long.yaml", "--github").output.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "::notice title=presenter::and 20 more problems"


def test_strict_decides_the_exit_code(warned: Path) -> None:
    assert check(str(warned)).exit_code == 0
    result = check(str(warned), "--strict")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "deck.yaml: 2 errors"


def test_rules_are_listed_without_a_deck() -> None:
    result = check("--rules")
    assert (result.exit_code, result.output) == (0, rules_text())
    assert all(f"{rule.id}  {rule.severity}" in result.output for rule in RULES.values())
    assert check("--rules", "--markdown").output.startswith("| id |")


@pytest.mark.parametrize(
    "words",
    [
        ["--size", "80x14", "--size", "60x12"],
        ["--size", "80x14", "60x12"],
        ["--size", "80x14,60x12"],
    ],
)
def test_sizes_are_taken_as_people_write_them(tmp_path: Path, words: list[str]) -> None:
    points = ", ".join(f"p{number}" for number in range(24))
    path = write(tmp_path, deck=f"lint: {{ignore: [L003]}}\nslides: [{{title: a, points: [{points}]}}]\n")
    assert re.findall(r"at (\d+x\d+)", check(str(path), *words).output) == ["80x14", "60x12"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--size", "80"], "--size 80: expected columns and rows"),
        (["--size", "2x900"], "each 4 to 500"),
        (["--theme", "midnite"], 'did you mean "midnight"?'),
        (["--json", "--github"], "only one of --json and --github"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(warned: Path, words: list[str], said: str) -> None:
    result = check(str(warned), *words)
    assert result.exit_code == 2
    assert said in result.output


def test_without_a_deck_usage_is_told() -> None:
    result = check()
    assert result.exit_code == 2
    assert "DECK" in result.output


def test_every_built_in_theme_can_be_tried(warned: Path) -> None:
    result = check(str(warned), "--theme", "all", "--theme", "paper")
    assert result.exit_code == 0
    assert "L013" not in result.output


def test_runs_that_are_recorded_are_seen(warned: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from presenter.deck.load import load_deck  # noqa: PLC0415 - for this only
    from presenter.history.state_files import deck_key  # noqa: PLC0415 - for this only

    monkeypatch.setattr("presenter.history.state_files.state_root", lambda: tmp_path / "state")
    assert "L007" not in check(str(warned)).output
    runs = tmp_path / "state" / "runs" / deck_key(load_deck(warned))
    runs.mkdir(parents=True)
    (runs / "2026-11-22T14-34-38Z-9f2c.jsonl").write_text("{}\n")
    output = check(str(warned)).output
    assert "no id, though runs of this deck are recorded [L007]" in output
    assert "write  id: b" in output


# On a terminal ----------------------------------------------------------------------------------------------------


def long_deck(folder: Path) -> Path:
    """Write a deck that takes a while to check."""
    slides = "".join(f"  - {{title: Slide {n}, reveal: true, points: [a, b, c, d, e, f, g]}}\n" for n in range(400))
    return write(folder, deck=f"slides:\n{slides}")


def test_a_bar_of_progress_is_shown_on_a_terminal_and_goes_again(tmp_path: Path) -> None:
    path = long_deck(tmp_path)
    with Terminal([*CHECK, str(path), "--size", "80x24", "200x60"], size=(160, 24)) as terminal:
        terminal.wait_for("of 400")
        assert "━" in " ".join(terminal.screen) or terminal.shows("slide ")
        terminal.wait_for("no problems in 400 slides")
        assert terminal.wait_exit() == 0
        assert not terminal.shows("of 400")
        assert terminal.modes_left() == []


def test_in_a_pipe_no_progress_is_shown(tmp_path: Path) -> None:
    path = long_deck(tmp_path)
    done = subprocess.run([*CHECK, str(path)], capture_output=True, check=True)
    assert done.stderr == b""
    assert b"\r" not in done.stdout
    assert b"\x1b" not in done.stdout


def test_it_works_without_any_terminal_or_home(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides: [{title: a}]")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    done = subprocess.run(
        [*CHECK, str(path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment,
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_color_shows_no_colours(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides: [{titel: a}]")
    for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        with Terminal([*CHECK, str(path)], size=(120, 24), env=env) as terminal:
            terminal.wait_for("1 error")
            assert terminal.wait_exit() == 1
            assert (b"\x1b[1;31m" in terminal.output) == coloured


def test_watching_says_anew_what_is_wrong_after_a_save(tmp_path: Path) -> None:
    path = write(tmp_path, deck="sections:\n  - include: part.yaml\n", part="title: P\nslides: [{title: a, tiem: 1}]\n")
    part = tmp_path / "part.yaml"
    with Terminal([*CHECK, str(path), "--watch"], size=(120, 24)) as terminal:
        terminal.wait_for("watching 2 files")
        assert terminal.shows('did you mean "time"?')
        _replace(part, "title: P\nslides: [{title: a, time: 1m}]\n")
        terminal.wait_for("no problems in 1 slide")
        terminal.wait_until(lambda: not terminal.shows("tiem"))
        terminal.wait_for("watching 2 files")
        path.unlink()
        terminal.wait_for("no such file")
        _replace(path, "slides: [{title: a, tags: x}]\n")
        terminal.wait_for("expected a list")
        terminal.wait_for("Ctrl+C ends")
        terminal.write(b"\x03")
        assert terminal.wait_exit() == 1
        assert terminal.modes_left() == []
        assert not terminal.shows("Traceback")


def _replace(path: Path, text: str) -> None:
    """Save a file as editors do: under another name first."""
    other = path.with_suffix(".tmp")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


def test_watching_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert check(str(tmp_path / "none.yaml"), "--watch").exit_code == 2


# The schema ---------------------------------------------------------------------------------------------------------


def test_the_schema_is_printed_or_written(tmp_path: Path) -> None:
    printed = CliRunner().invoke(cli, ["schema"])
    assert printed.exit_code == 0
    assert json.loads(printed.output)["$schema"] == "http://json-schema.org/draft-07/schema#"
    path = tmp_path / "my.schema.json"
    written = CliRunner().invoke(cli, ["schema", "-o", str(path)])
    assert written.exit_code == 0
    assert "# yaml-language-server: $schema=my.schema.json" in written.output
    assert path.read_text(encoding="utf-8") == printed.output
    assert CliRunner().invoke(cli, ["schema", "-o", str(tmp_path)]).exit_code == 1


# For people -----------------------------------------------------------------------------------------------------------


def test_on_a_terminal_messages_are_wrapped_between_words(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides:\n  - {title: a, time: 5m, image: 'none.png', fixed: true, optional: true}\n")
    report = check_deck(path)
    for width in (40, 60, 80):
        texts = "\n".join(report_lines(path, report, width=width)).split("\n")
        long = [
            text for text in texts if len(text) > width and " | " not in text and not text.startswith(str(tmp_path))
        ]
        assert long == []
    words = " ".join(" ".join(report_lines(path, report, width=60)).split())
    assert "the time stands, but the slide may be dropped [L019]" in words


def test_a_long_source_line_is_cut_around_the_caret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(
        tmp_path, deck="slides:\n  - {title: Why the cache misses and what it costs, tiem: 5, notes: say it slowly}\n"
    )
    texts = "\n".join(report_lines(path, check_deck(path), width=60)).split("\n")
    at = next(number for number, text in enumerate(texts) if text.startswith("    2 |"))
    source, caret = texts[at : at + 2]
    assert max(len(source), len(caret)) <= 60
    assert source[caret.index("^") : caret.rindex("^") + 1] == "tiem"
    assert source.startswith("    2 | …")
    assert "\n".join(report_lines(path, check_deck(path), width=200)).split("\n")[1].endswith("slowly}")


def test_one_place_shows_its_line_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(
        tmp_path, deck="slides:\n  - {title: a, body: W, fixed: true, optional: true}\n".replace("W", "word " * 41)
    )
    assert "\n".join(report_lines(path, check_deck(path), width=0)).split("\n")[1:] == [
        f"    2 |   - {{title: a, body: {'word ' * 15}word…",
        "      |     ^  say it in the notes, or make two slides of it",
        'deck.yaml:2:5: warning: "fixed" and "optional" together: the time stands, but the slide may be dropped [L019]',
        "      | keep one of them",
        "deck.yaml: 2 warnings",
    ]
