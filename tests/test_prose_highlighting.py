"""Colours of code come from a process that may be slow, hang, die or be missing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import OrderedDict
from pathlib import Path

import pytest

from presenter.check.engine import check_deck
from presenter.deck.load import load
from presenter.painting import clear_frame_cache, paint
from presenter.render import highlight
from presenter.render.highlight import asking, highlighted, known
from presenter.render.lexer import SECONDS
from presenter.render.stage import Stage
from presenter.themes import DEFAULT
from presenter.ui.views.notes import NotesLook, excerpt
from terminal import Terminal
from written import write

SLOW = "\n".join(["a " * 245] * 39)
"""Java that its lexer takes some ten seconds for, within the limits of length."""
ENDS = "def f():\n    return 1\n"


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlight, "_KNOWN", OrderedDict())
    monkeypatch.setattr(highlight, "_SLOW", {})
    highlight._PROCESS.close()  # noqa: SLF001 - the next one is begun as a test wants it
    clear_frame_cache()


def colours(lines: highlight.Lines) -> set[str]:
    return {colour for line in lines for _, colour in line}


def until_known(before: int) -> None:
    deadline = time.monotonic() + 30
    while known() == before:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_code_is_coloured_by_language_or_name() -> None:
    for language, name in (("python", ""), ("", "f.py")):
        found = highlighted(ENDS, language, name)
        assert colours(found.lines) >= {"keyword", "function", "number"}
        assert ["".join(text for text, _ in line) for line in found.lines] == ["def f():", "    return 1"]
        assert not found.remark
    for language, name in (("", ""), ("klingon", ""), ("", "f.klingon")):
        assert colours(highlighted(ENDS, language, name).lines) == {"text"}


def test_code_that_takes_too_long_is_plain_and_the_next_is_not() -> None:
    begin = time.monotonic()
    found = highlighted(SLOW, "java", "")
    assert colours(found.lines) == {"text"}
    assert len(found.lines) == 39
    assert found.remark == "the code has no colours: it takes too long to find them"
    middle = time.monotonic()
    assert middle - begin < 20
    assert highlighted(SLOW, "java", "") is found, "asked once only"
    assert highlighted(f"{SLOW}b", "java", "").remark == found.remark, "the lexer is left alone for a while"
    assert time.monotonic() - middle < SECONDS
    assert "keyword" in colours(highlighted(ENDS, "python", "").lines)


def test_who_does_not_wait_gets_plain_code_at_once_and_colours_later() -> None:
    before, begin = known(), time.process_time()
    with asking(patient=False) as asked:
        assert colours(highlighted(ENDS, "python", "").lines) == {"text"}
    assert asked.missed
    assert time.process_time() - begin < 0.5
    until_known(before)
    with asking(patient=False) as asked:
        assert "keyword" in colours(highlighted(ENDS, "python", "").lines)
    assert not asked.missed


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "print('no JSON', flush=True); input(); input()"],
        [sys.executable, "-c", "import os; os.write(1, b'[')"],
        ["/nowhere/python"],
    ],
    ids=["ends", "talks", "breaks off", "missing"],
)
def test_a_process_that_fails_leaves_code_plain(monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    begin = subprocess.Popen

    def other(_command: list[str], **options: object) -> object:
        return begin(command, **options)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(subprocess, "Popen", other)
    found = highlighted(ENDS, "python", "")
    assert colours(found.lines) == {"text"}
    assert found.remark


def test_a_painted_slide_says_that_its_colours_are_to_come(tmp_path: Path) -> None:
    deck = load(write(tmp_path, deck="slides:\n  - {code: 'x = 1', language: python}\n")).deck
    assert deck is not None
    before = known()
    first = paint(deck.slides[0], Stage(60, 12, patient=False))
    assert first.pending
    until_known(before)
    second = paint(deck.slides[0], Stage(60, 12, patient=False))
    assert not second.pending
    assert second.rows != first.rows
    assert paint(deck.slides[0], Stage(60, 12)).rows == second.rows


def test_code_in_notes_gets_its_colours_when_they_are_known() -> None:
    notes, before = "```python\nx = 1\n```", known()
    plain = excerpt(notes, (40, 10), NotesLook(1, 0, DEFAULT)).lines
    until_known(before)
    assert excerpt(notes, (40, 10), NotesLook(1, 0, DEFAULT)).lines != plain


def test_check_says_what_is_not_coloured(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides:\n  - {title: A, file: long.py}\n")
    (tmp_path / "long.py").write_text("x = 1\n" * 4_000, encoding="utf-8")
    found = [(problem.rule, problem.severity, problem.words) for problem in check_deck(path).problems]
    assert ("L032", "warning", "the code has no colours: it is too long, or has a line too long") in found


def test_no_deck_holds_up_a_key(tmp_path: Path) -> None:
    """The slide is there, plain, and the next one when its key is pressed."""
    path = write(
        tmp_path,
        deck="slides: [{file: Slow.java}, {title: Two, body: the second}, {title: Three, body: the third}]\n",
    )
    (tmp_path / "Slow.java").write_text(SLOW, encoding="utf-8")
    with Terminal([sys.executable, "-m", "presenter", path, "--no-log"], size=(80, 24)) as terminal:
        terminal.wait_for("a a a")
        begin = time.monotonic()
        terminal.press("right")
        terminal.wait_for("the second")
        terminal.press("left")
        terminal.wait_for("a a a")
        terminal.press("end")
        terminal.wait_for("the third")
        assert time.monotonic() - begin < SECONDS, "the lexer was waited for"
        terminal.twice()
        assert terminal.wait_exit() == 0
