from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from presenter.cli import cli
from presenter.convert.dialects import DIALECTS
from presenter.convert.markdown_source import MAX_SOURCE_BYTES
from presenter.convert.save import SaveError, save_deck
from presenter.deck.load import load_deck
from terminal import Terminal

ROOT = Path(__file__).parent.parent
PRESENTER = [sys.executable, "-m", "presenter"]


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.md"
    path.write_text("# Hello\n\n---\n\n## There\n\nwords <mark>marked</mark>\n", encoding="utf-8")
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["convert", *map(str, words)], prog_name="presenter")


def test_a_deck_is_written_and_told(talk: Path) -> None:
    result = run(talk, "-o", talk.parent / "deck.yaml")
    assert result.exit_code == 0
    assert result.stdout == ""
    *remarks, last = result.stderr.splitlines()
    assert remarks == [f"{talk}:7: the tag <mark> is left out; the words inside it are kept"]
    assert last == f"{talk.parent / 'deck.yaml'}: 2 slides from {talk} (Markdown); 1 thing to look at"
    assert [slide.title for slide in load_deck(talk.parent / "deck.yaml").slides] == ["Hello", "There"]
    assert sorted(path.name for path in talk.parent.iterdir()) == ["deck.yaml", "talk.md"]


def test_a_deck_that_is_there_stays_unless_forced(talk: Path) -> None:
    deck = talk.parent / "deck.yaml"
    deck.write_text("mine", encoding="utf-8")
    result = run(talk, "-o", deck)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert deck.read_text(encoding="utf-8") == "mine"
    assert run(talk, "-o", deck, "--force").exit_code == 0
    assert "Hello" in deck.read_text(encoding="utf-8")


def test_in_a_pipe_and_with_a_dash_the_deck_is_printed(talk: Path) -> None:
    for words in ((talk,), (talk, "-o", "-")):
        result = run(*words)
        assert result.stdout.startswith("# Made from talk.md (Markdown)")
        assert "slides:" in result.stdout
    assert [path.name for path in talk.parent.iterdir()] == ["talk.md"]


def test_on_a_terminal_the_deck_stands_beside_the_file(talk: Path) -> None:
    with Terminal(
        [*PRESENTER, "convert", str(talk)], size=(120, 10), env={"PYTHONPATH": str(ROOT)}, cwd=talk.parent
    ) as terminal:
        assert terminal.wait_exit() == 0
    assert load_deck(talk.with_suffix(".yaml")).slides


def test_a_folder_gets_a_deck_of_the_same_name(talk: Path) -> None:
    (talk.parent / "out").mkdir()
    assert run(talk, "-o", talk.parent / "out").exit_code == 0
    assert (talk.parent / "out" / "talk.yaml").is_file()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "there is no such file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "something binary"),
        ("# caf\xe9\n".encode("latin-1"), "line 1 is not UTF-8 text (byte 0xe9)"),
        (b"x" * (MAX_SOURCE_BYTES + 1), "too large"),
        (b"", "nothing to show"),
        (b">" * 300 + b"x", "nested too deeply"),
    ],
)
def test_what_cannot_be_converted_is_said_in_one_line(tmp_path: Path, data: bytes | None, words: str) -> None:
    if data is not None:
        (tmp_path / "talk.md").write_bytes(data)
    result = run(tmp_path / "talk.md", "-o", tmp_path / "deck.yaml")
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "deck.yaml").exists()


def test_a_folder_and_a_pipe_are_no_source(tmp_path: Path) -> None:
    assert "folder" in run(tmp_path).stderr
    os.mkfifo(tmp_path / "pipe.md")
    assert "not a regular file" in run(tmp_path / "pipe.md").stderr


def test_messages_carry_no_control_characters(tmp_path: Path) -> None:
    talk = tmp_path / "ta\x1blk.md"
    talk.write_text("# a\x1b[2J\n\n<mark\x07> x </mark>\n", encoding="utf-8")
    result = run(talk, "-o", "-")
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


def test_another_tool_can_be_named(talk: Path) -> None:
    for dialect in DIALECTS:
        assert run(talk, "--from", dialect).exit_code == 0
    assert "(patat)" in run(talk, "--from", "patat").stdout
    assert run(talk, "--from", "powerpoint").exit_code == 2


def test_a_deck_that_could_not_be_shown_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="cannot be shown") as caught:
        save_deck("slides:\n  - {tiem: 3}\n", tmp_path / "deck.yaml")
    assert caught.value.problems
    assert list(tmp_path.iterdir()) == []


def test_converting_loads_no_window_and_no_pictures_without_need(talk: Path) -> None:
    script = (
        "import sys; from presenter.cli import cli; cli(['convert', sys.argv[1]], standalone_mode=False);"
        "print(*sorted({'textual', 'PIL'} & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(talk)], capture_output=True, text=True, check=True)
    assert ended.stderr.splitlines()[-1] == ""


def test_presenting_markdown_leads_to_this_command(talk: Path) -> None:
    result = CliRunner().invoke(cli, ["plan", str(talk)], prog_name="presenter")
    assert result.exit_code == 2
    assert f"presenter convert {talk}" in result.stderr


def test_the_source_is_never_written_over(talk: Path) -> None:
    before = talk.read_bytes()
    result = run(talk, "-o", talk, "--force")
    assert result.exit_code == 2
    assert talk.read_bytes() == before


def test_a_deck_that_cannot_be_written_is_said_in_one_line(talk: Path) -> None:
    result = run(talk, "-o", talk.parent / "nowhere" / "deck.yaml")
    assert result.exit_code == 1
    assert "cannot be written: no such file or directory" in result.stderr.splitlines()[-1]
