"""Deck files written for a test, and what loading them says."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from presenter.deck.diagnostics import Problem
from presenter.deck.load import Loaded, load
from presenter.deck.model import Deck


def write(folder: Path, **files: str) -> Path:
    """Write files, named by keywords (`__` is a slash, `_yaml` an ending), and return the first one's path."""
    paths = []
    for name, text in files.items():
        path = folder / (name.replace("__", "/").replace("_yaml", ".yaml") + ("" if "_" in name else ".yaml"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8", newline="")
        paths.append(path)
    return paths[0]


def good(path: Path, *, allow_outside: bool = False) -> Deck:
    """Load a deck that has no problem at all."""
    loaded = load(path, allow_outside=allow_outside)
    assert not loaded.problems, brief(loaded)
    assert loaded.deck is not None
    return loaded.deck


def brief(loaded: Loaded) -> list[tuple[int, int, str]]:
    """Return the problems as line, column and words."""
    return [(problem.line, problem.column, problem.words) for problem in loaded.problems]


def only(path: Path) -> Problem:
    """Load a deck with exactly one problem."""
    loaded = load(path)
    assert len(loaded.problems) == 1, brief(loaded)
    return loaded.problems[0]
