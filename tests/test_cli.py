from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from presenter import __version__
from presenter.cli import bundled_talk, cli
from presenter.deck.load import load_deck
from presenter.history.journal import Journal
from presenter.layouts import LAYOUTS
from presenter.layouts.fields import ImageModeField
from presenter.session.bindings import markdown_table
from presenter.session.commands import COMMANDS
from presenter.themes import THEMES
from presenter.timing.clocks import Clocks
from presenter.timing.plan import make_plan
from terminal import Terminal

ROOT = Path(__file__).parent.parent
PRESENTER = [sys.executable, "-m", "presenter"]


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="presenter")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "deck.yaml"
    path.write_text(
        "slides:\n  - {title: One, id: one, body: first}\n  - {title: Two, id: two, body: second}\n", encoding="utf-8"
    )
    return path


def test_version_and_help() -> None:
    assert run("--version").output == f"presenter, version {__version__}\n"
    for words in (["--help"], ["-h"], ["present", "--help"], ["check", "--help"], ["keys", "--help"]):
        result = run(*words)
        assert result.exit_code == 0
        assert result.output.startswith("Usage: presenter")


def test_the_help_lists_every_command_once_with_all_of_its_words() -> None:
    rows = [row.split() for row in run("--help").output.splitlines() if row.startswith("  ")]
    assert {name: sum(row[0] == name for row in rows) for name in cli.commands} == dict.fromkeys(cli.commands, 1)
    assert not any(row[-1].endswith("...") for row in rows)


def test_the_examples_of_every_command_are_within_80_columns() -> None:
    for words in [(), *((name,) for name in cli.commands if name != "completion")]:  # whose paths are long
        long = [row for row in run(*words, "--help").output.splitlines() if len(row) > 80]
        assert not long, words


def test_the_bundled_talk_is_there() -> None:
    assert bundled_talk().is_file()


def test_keys_shows_every_command_and_key() -> None:
    output = run("keys", "--config", os.devnull).output
    assert all(command.name in output and command.help in output for command in COMMANDS)


def test_layouts_and_themes_are_all_listed() -> None:
    layouts, themes = run("layouts").output, run("themes").output
    assert all(re.search(rf"^{name} ", layouts, re.MULTILINE) for name in LAYOUTS)
    assert all(re.search(rf"^{name} ", themes, re.MULTILINE) for name in THEMES)
    assert "\x1b" not in layouts + themes


def test_check_has_three_exit_codes(deck: Path, tmp_path: Path) -> None:
    assert run("check", str(deck)).exit_code == 0
    broken = tmp_path / "broken.yaml"
    broken.write_text("slides: [{tilte: x}]", encoding="utf-8")
    result = run("check", str(broken), str(deck))
    assert result.exit_code == 1
    assert 'did you mean "title"?' in result.output
    assert run("check").exit_code == 2
    assert run("check", str(tmp_path / "nothing.yaml")).exit_code == 2


@pytest.mark.parametrize("words", [["keys"], ["keys", "--markdown"], ["check", "deck.yaml"], ["check", "bad.yaml"]])
def test_an_output_that_lacks_characters_is_no_reason_to_fail(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "deck.yaml").write_text("title: Ώ\nslides: [{title: →, body: x, image: ώ.png}]", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("slides: [{titel: Ώ →}]", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": "/nowhere"}
    done = subprocess.run([*PRESENTER, *words], capture_output=True, env=environment, cwd=tmp_path, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode == int("check" in words)
    assert b"?" in done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_keys_that_are_no_file_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = [*PRESENTER, "keys", "--config", str(pipe)]
    done = subprocess.run(words, capture_output=True, timeout=30, check=False)
    assert done.returncode == 2
    assert b"not a regular file" in done.stderr


def test_the_readme_shows_the_keys_as_they_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- keys:.*?-->\n(.*?)<!-- /keys -->", text, re.DOTALL)
    assert shown is not None
    assert shown[1].strip() == markdown_table().strip(), "run `presenter keys --markdown` and put it there"


def test_every_way_to_draw_pictures_is_told() -> None:
    modes = set(get_args(ImageModeField))
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Pictures")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE)) == modes - {"auto"}
    assert modes <= set(re.findall(r"\w+", run("present", "--help").output.partition("--images")[2]))


@pytest.mark.parametrize(
    ("term", "stdin", "words"),
    [("xterm-256color", subprocess.DEVNULL, b"needs a terminal"), ("dumb", subprocess.DEVNULL, b"needs a terminal")],
)
def test_without_a_terminal_nothing_is_shown(deck: Path, term: str, stdin: int, words: bytes) -> None:
    environment = {**os.environ, "TERM": term}
    done = subprocess.run([*PRESENTER, str(deck)], stdin=stdin, capture_output=True, env=environment, check=False)
    assert done.returncode == 2
    assert done.stdout == b""
    assert words in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(
    ("words", "term", "said"),
    [
        ([], "dumb", "TERM is dumb"),
        (["--theme", "drak"], "xterm-256color", 'did you mean "dark"?'),
        (["--start", "tow"], "xterm-256color", 'did you mean "two"?'),
        (["--config", "/nowhere/keys.yaml"], "xterm-256color", "/nowhere/keys.yaml"),
        (["--images", "octants"], "xterm-256color", 'did you mean "octant"?'),
        (["--images", "sixel"], "xterm-256color", "sixel is not offered, because"),
        (["--nonsense"], "xterm-256color", "No such option"),
    ],
)
def test_wrong_usage_is_one_line_before_the_screen_changes(
    deck: Path, tmp_path: Path, words: list[str], term: str, said: str
) -> None:
    with Terminal([*PRESENTER, str(deck), *words], home=tmp_path, env={"TERM": term}) as terminal:
        assert terminal.wait_exit() == 2
        assert said in " ".join(" ".join(terminal.screen).split())
        assert b"\x1b[?1049h" not in terminal.output


def test_a_mistyped_command_is_guessed(tmp_path: Path) -> None:
    with Terminal([*PRESENTER, "chekc"], home=tmp_path) as terminal:
        assert terminal.wait_exit() == 2
        assert 'did you mean "check"?' in " ".join(terminal.screen)


@pytest.mark.parametrize("word", ["chekc", "spaeker"])
def test_a_mistyped_command_is_no_deck_with_other_words_behind_it(word: str) -> None:
    result = CliRunner().invoke(cli, [word, "talk.yaml", "--strict"])
    assert result.exit_code == 2
    assert f'no command and no deck "{word}"; did you mean' in result.output


def test_a_deck_may_be_called_nearly_as_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chek").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "needs a terminal" in CliRunner().invoke(cli, ["chek"]).output


def test_a_broken_deck_is_explained_instead_of_shown(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("slides:\n  - title: A\n    tiem: 10s\n", encoding="utf-8")
    with Terminal([*PRESENTER, str(path)], home=tmp_path, size=(160, 30)) as terminal:
        assert terminal.wait_exit() == 1
        screen = "\n".join(terminal.screen)
        assert "deck.yaml:3:5: error:" in screen
        assert 'did you mean "time"?' in screen
        assert "^^^^" in screen


def test_start_takes_an_id_or_a_number(deck: Path, tmp_path: Path) -> None:
    for start in ("two", "2"):
        with Terminal([*PRESENTER, str(deck), "--start", start], home=tmp_path) as terminal:
            terminal.wait_for("second")
            terminal.press("q")
            assert terminal.wait_exit() == 0


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def record(deck: Path, *times: int) -> None:
    """Rehearse a deck of two slides, so many seconds each."""
    now = [100.0]
    clocks = Clocks(lambda: now[0], lambda: now[0], lambda: 1.7e9 + now[0])
    loaded = load_deck(deck)
    journal = Journal(loaded, make_plan(loaded), clocks, "rehearse")
    journal.start("one", 0, 0.0)
    journal.go("two", 0, float(times[0]), "next")
    journal.end(float(sum(times)))
    journal.close()


def test_plan_is_a_table_or_json(deck: Path) -> None:
    table = run("plan", str(deck))
    assert table.exit_code == 0
    assert "One" in table.output
    assert json.loads(run("plan", str(deck), "--json").output)["planned"] == 120
    assert json.loads(run("plan", str(deck), "--json", "--wpm", "200").output)["wpm"] == 200
    assert run("plan", str(deck), "--wpm", "1").exit_code == 2


@pytest.mark.usefixtures("home")
def test_runs_are_listed_compared_and_reported(deck: Path, tmp_path: Path) -> None:
    assert "no runs" in run("runs", str(deck)).output
    for _ in range(3):
        record(deck, 90, 40)
    assert "2:10" in run("runs", str(deck)).output
    assert "One" in run("runs", str(deck), "--compare").output
    assert run("runs", str(deck), "--csv").output.count("\n") >= 3
    assert json.loads(run("runs", str(deck), "--json").output)
    assert "+0:30" in run("runs", str(deck), "--report").output
    assert "+0:30" in run("runs", str(deck), "--report", "1").output
    page = tmp_path / "page.html"
    assert str(page) in run("runs", str(deck), "--html", str(page)).output
    assert "<svg" in page.read_text(encoding="utf-8")
    assert run("runs", str(deck), "--html", str(tmp_path / "no" / "page.html")).exit_code == 1
    assert run("runs", str(deck), "--csv", "--json").exit_code == 2
    assert run("runs", str(deck), "--report", "1", "--csv").exit_code == 2


@pytest.mark.usefixtures("home")
def test_times_are_shown_and_written_only_when_that_is_wanted(deck: Path) -> None:
    assert run("times", str(deck)).exit_code == 1
    record(deck, 90, 40)
    before = deck.read_text(encoding="utf-8")
    after = before.replace("body: first}", "body: first, time: 1m30s}")
    assert "body: first, time: 1m30s}" in run("times", str(deck), "--only", "one").output
    assert deck.read_text(encoding="utf-8") == before
    assert run("times", str(deck), "--only", "won").exit_code == 2
    assert run("times", str(deck), "--write", "--only", "one").exit_code == 0
    assert deck.read_text(encoding="utf-8") == after
