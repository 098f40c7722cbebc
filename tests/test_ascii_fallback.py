"""Where the locale knows no UTF-8, what is printed has ASCII marks and borders, each as wide as what it stands for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from presenter.__main__ import _limit_colours
from presenter.ascii_fallback import register

DECK = """\
slides:
  - {title: "Größe \N{EN DASH} naïve", points: ["first … “one”", "a → b"], table: null}
"""


def test_slides_are_printed_in_ascii(tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(DECK.replace(", table: null", ""), encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment.pop("PYTHONIOENCODING", None)
    done = subprocess.run(
        [sys.executable, "-m", "presenter", "show", str(deck)], env=environment, capture_output=True, check=True
    )
    text = done.stdout.decode("ascii")
    assert "?" not in text
    assert '*  first . "one"' in text
    assert "Grose - naive" in text


@given(st.text())
def test_any_text_can_be_printed_and_keeps_its_columns(text: str) -> None:
    handler = register()
    text.encode("ascii", handler)
    for character in text:
        assert len(character.encode("ascii", handler)) <= 1


def test_screen_gets_no_true_colours() -> None:
    for environ, term in (
        ({"STY": "1.pts", "TERM": "screen", "COLORTERM": "truecolor"}, "screen-256color"),
        ({"TERM": "screen.xterm-256color", "COLORTERM": "truecolor"}, "screen.xterm-256color"),
    ):
        _limit_colours(environ)
        assert environ["TERM"] == term
        assert "COLORTERM" not in environ
    for environ in (
        {"TERM": "screen-256color", "TMUX": "/tmp/t,1,0", "COLORTERM": "truecolor"},  # noqa: S108 - never opened
        {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    ):
        _limit_colours(environ)
        assert environ["COLORTERM"] == "truecolor"
