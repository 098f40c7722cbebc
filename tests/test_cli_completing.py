"""Words completed on the command line: what click finds, and what real shells make of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenter.cli.completion import SHELLS
from presenter.cli.types import complete_paths
from presenter.deck.load import load
from presenter.deck.scan import scan
from presenter.layouts import LAYOUTS
from presenter.themes import THEMES
from terminal import Terminal

ROOT = Path(__file__).parent.parent
DECK = """\
title: A talk
variants: {short: {only: [knee]}, five minutes: {only: [end]}}
slides:
  - {id: hello, title: Hello}
  - {title: The knee, id: knee}
  - {title: Thank you, subtitle: all}
  - {title: Thank you, subtitle: again}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "talks"
    (home / "deep").mkdir(parents=True)
    for name in ("my talk.yaml", "other.yml", "notes.txt", "slides.md", "deep/deck.yaml", ".hidden.yaml"):
        (home / name).write_text(DECK, encoding="utf-8")
    return home


def complete(folder: Path, *words: str, of: str = "bash") -> list[str]:
    environment = {
        **os.environ,
        "COMP_WORDS": "\n".join(["presenter", *words]),
        "COMP_CWORD": str(len(words)),
        "_PRESENTER_COMPLETE": f"{of}_complete",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-X", "importtime", "-m", "presenter"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=60)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert not loaded & {"textual", "PIL", "pygments"}
    assert all(line.startswith("import time:") for line in done.stderr.splitlines())
    return done.stdout.splitlines()


def words_of(lines: list[str]) -> set[str]:
    return {line.partition(",")[2] for line in lines}


def test_the_first_word_is_a_command_or_a_deck(folder: Path) -> None:
    found = complete(folder, "")
    assert {"check", "show", "new", "rehearse", "my talk.yaml", "other.yml", "deep"} <= words_of(found)
    assert "path,my talk.yaml" in found
    assert "notes.txt" not in words_of(found)
    assert ".hidden.yaml" not in words_of(found)
    assert words_of(complete(folder, "ch")) == {"check"}
    assert words_of(complete(folder, ".h")) == {".hidden.yaml"}
    assert words_of(complete(folder, "deep/")) == {"deep/deck.yaml"}
    assert "--start" in words_of(complete(folder, "--st"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("my talk.yaml", "--start", ""), {"hello", "knee", "thank-you", "'thank-you#2'"}),
        (("my\\ talk.yaml", "--start", "k"), {"knee"}),
        (("'my talk.yaml'", "--start", "=", "k"), {"knee"}),
        (("show", "deep", "--slide", "h"), {"hello"}),
        (("times", "deep", "--only", "hello,k"), {"hello,knee"}),
        (("check", "deep", "--variant", ""), {"short", "'five minutes'"}),
        (("plan", "deep", "--variant", "s"), {"short"}),
        (("deep", "--theme", "contrast"), {"contrast-dark", "contrast-light"}),
        (("show", "--images", "se"), {"sextant"}),
        (("layouts", "sp"), {"split"}),
        (("show", "--size", "80"), {"80x24"}),
        (("deep", "--venue", "80x24/1"), {"80x24/16"}),
        (("completion", "z"), {"zsh"}),
        (("check", "--size", "12"), {"120x36"}),
        (("check", "--theme", "a"), {"all"}),
        (("times", "deep", "--from", ""), {"median3", "last"}),
        (("convert", ""), {"deep", "slides.md"}),
        (("convert", "slides.md", "-o", ""), {"deep", "my talk.yaml", "other.yml"}),
        (("doctor", "--config", "o"), {"other.yml"}),
        (("schema", "-o", "n"), {"notes.txt"}),
        (("schema", "-o", "none such"), set()),
        (("nothing.yaml", "--start", ""), set()),
    ],
)
def test_names_come_from_the_deck_that_is_named(folder: Path, typed: tuple[str, ...], expected: set[str]) -> None:
    assert words_of([line for line in complete(folder, *typed) if line]) == expected


def test_all_themes_and_layouts_are_offered(folder: Path) -> None:
    assert words_of(complete(folder, "deep", "--theme", "")) == {
        f"{name}" if "-" not in name else name for name in THEMES
    }
    assert words_of(complete(folder, "layouts", "")) == set(LAYOUTS)


def test_zsh_and_fish_are_told_what_words_mean(folder: Path) -> None:
    assert complete(folder, "deep", "--start", "kn", of="zsh") == ["plain", "knee", "The knee"]
    assert complete(folder, "deep", "--start", "kn", of="fish") == ["knee\tThe knee"]


@pytest.mark.parametrize("text", [": [", "slides: {", "slides: 3", "slides: [1, [2], {}]", "variants: 7", "\0", ""])
def test_a_deck_that_is_broken_has_no_names_and_no_errors(folder: Path, text: str) -> None:
    (folder / "bad.yaml").write_text(text, encoding="utf-8")
    assert [line for line in complete(folder, "bad.yaml", "--start", "") if line] == []


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_a_glance_never_fails(text: str) -> None:
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"glance-{os.getpid()}.yaml"  # noqa: S108 - removed below
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
        scan(path)
    finally:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("name", ["tour.yaml", "inside-pictures"])
def test_a_glance_knows_the_ids_and_variants_that_loading_gives(name: str) -> None:
    deck = load(ROOT / "decks" / name).deck
    assert deck is not None
    found = scan(ROOT / "decks" / name)
    dividers = {slide.id for slide in deck.slides if slide.layout.name == "section" and not slide.layout.id}
    assert set(found.slides) == set(deck.index) - dividers
    assert set(found.variants) == set(deck.variants)


def test_a_glance_goes_round_no_includes(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("sections: [{include: deck.yaml}, {slides: [{id: a, title: A}]}]", encoding="utf-8")
    assert set(scan(path).slides) == {"a"}


def test_paths_keep_what_was_typed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))
    assert complete_paths("~/tal") == ["~/talks/"]
    assert complete_paths("~/talks/de") == ["~/talks/deep/"]
    assert complete_paths("/no/such/folder/") == []


# Real shells ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str | None]:
    """A command `presenter` on the path, and the completion of each shell in a file."""
    tools = tmp_path / "tools"
    tools.mkdir()
    command = tools / "presenter"
    command.write_text(f'#!/bin/sh\nexec env PYTHONPATH={ROOT} {sys.executable} -m presenter "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    for name in SHELLS:
        printed = subprocess.run([command, "completion", name], capture_output=True, check=True, timeout=60)
        (tools / name).write_bytes(printed.stdout)
    return {"PATH": f"{tools}:{os.environ['PATH']}", "TOOLS": str(tools), "PS1": "READY> "}


def shell(name: str, folder: Path, environment: dict[str, str | None]) -> Terminal:
    commands = {
        "bash": ["bash", "--norc", "--noprofile", "-i"],
        "zsh": ["zsh", "-f", "-i"],
        "fish": ["fish", "--no-config", "-i"],
    }
    if shutil.which(name) is None:
        pytest.skip(f"no {name} here")
    return Terminal(commands[name], cwd=folder, env=environment, size=(100, 30))


def clear(terminal: Terminal) -> None:
    terminal.press("ctrl+u")
    terminal.wait_until(
        lambda: [row for row in terminal.screen if row.strip()][-1].strip() == "READY>", "an empty line"
    )


READY = {
    "bash": ". $TOOLS/bash; bind 'set enable-bracketed-paste off'; echo LOADED\r",
    "zsh": "autoload -Uz compinit && compinit -u -D; . $TOOLS/zsh; PROMPT='READY> '; echo LOADED\r",
    "fish": "source $TOOLS/fish; function fish_prompt; echo -n 'READY> '; end; echo LOADED\r",
}


def ready(terminal: Terminal, name: str) -> None:
    """Load the completion, and wait for the prompt: what is typed before that is echoed where no shell knows of it."""
    if name == "bash":
        terminal.wait_for("READY>")
    terminal.write(READY[name].encode())
    terminal.wait_until(lambda: any(row.startswith("LOADED") for row in terminal.screen), "the shell")
    terminal.wait_until(lambda: [row for row in terminal.screen if row.strip()][-1].strip() == "READY>", "the prompt")


@pytest.mark.parametrize("name", list(SHELLS))
def test_a_real_shell_completes_decks_and_slides(name: str, folder: Path, program: dict[str, str | None]) -> None:
    with shell(name, folder, program) as terminal:
        ready(terminal, name)
        terminal.write(b"presenter sh\t")
        terminal.wait_for("presenter show ")
        terminal.write(b"my\t")
        terminal.wait_until(lambda: terminal.shows("my\\ talk.yaml") or terminal.shows("'my talk.yaml'"), "the deck")
        terminal.write(b" --slide kn\t" if not terminal.shows("yaml ") else b"--slide kn\t")
        terminal.wait_for("--slide knee")
        clear(terminal)
        terminal.write(b"presenter plan deep --variant fiv\t")
        terminal.wait_until(lambda: terminal.shows("five\\ minutes") or terminal.shows("'five minutes'"), "the variant")
        clear(terminal)
        terminal.write(b"presenter --theme contr\t")
        terminal.wait_for("--theme contrast-")
        assert not terminal.shows("Error")
        assert not terminal.shows("command not found")


@pytest.mark.parametrize("name", list(SHELLS))
def test_a_real_shell_completes_other_files(name: str, folder: Path, program: dict[str, str | None]) -> None:
    with shell(name, folder, program) as terminal:
        ready(terminal, name)
        terminal.write(b"presenter convert sli\t")
        terminal.wait_for("convert slides.md")
