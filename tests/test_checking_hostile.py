"""`presenter check` on decks made to take long or to fill the memory: it ends soon, says so, and stays small."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from hostile import DECKS, written
from presenter.check.overflow_rules import looked_at
from presenter.deck.load import load
from presenter.painting import paint
from presenter.render.stage import Stage

MOST: Final = 150
"""Megabytes."""
SECONDS: Final = 2.0
"""Of the processor, on a machine where checking a deck of one slide takes `USUAL`;"""
USUAL: Final = 0.2
"""on a slower one as many times as much."""


STARTER: Final = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 1, 2)])
_, status, used = os.wait4(pid, 0)
sys.stderr.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss} {os.waitstatus_to_exitcode(status)}")
"""
"""A small process in between: the most memory that a process ever had counts what it was forked from."""


class Used(NamedTuple):
    """What a process and its own took: seconds of the processor, megabytes, its exit code, what it said."""

    seconds: float
    megabytes: float
    code: int
    said: str


def checked(deck: Path) -> Used:
    command = [sys.executable, "-c", STARTER, sys.executable, "-m", "presenter", "check", str(deck)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    seconds, kilobytes, code = done.stderr.rpartition("\n")[2].split()
    return Used(float(seconds), float(kilobytes) / 1024, int(code), done.stdout)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Return what the smallest deck takes here: the least of a few, after one that reads the program from the disk."""
    deck = tmp_path_factory.mktemp("small") / "deck.yaml"
    deck.write_text("slides: [{title: One}]\n", encoding="utf-8")
    return min(checked(deck).seconds for _ in range(4))


@pytest.mark.parametrize("make", DECKS, ids=lambda make: make.__name__)
def test_checking_ends_soon_and_stays_small(make: Callable[[Path], str], tmp_path: Path, usual: float) -> None:
    used = checked(written(make, tmp_path))
    assert used.code in {0, 1}
    assert "Traceback" not in used.said
    assert "please report it" not in used.said
    assert used.megabytes < MOST
    assert used.seconds < SECONDS * max(1.0, usual / USUAL), used.said[-300:]


@pytest.mark.parametrize("make", DECKS, ids=lambda make: make.__name__)
def test_no_slide_takes_long_to_paint(make: Callable[[Path], str], tmp_path: Path) -> None:
    """As a key press has it painted: pictures and colours may come later."""
    loaded = load(written(make, tmp_path))
    if loaded.deck is None:
        return
    paint(loaded.deck.slides[0], Stage(40, 12, patient=False))  # loads the modules
    for slide in loaded.deck.slides[:20]:
        for step in sorted({0, slide.steps // 2, slide.steps - 1}):
            begin = time.thread_time()
            paint(slide, Stage(120, 36, step=step, patient=False))
            assert time.thread_time() - begin < 0.5, f"slide {slide.label}, step {step}"


@pytest.mark.parametrize(("steps", "many"), [(1, 1), (2, 2), (48, 48), (49, 48), (800, 48), (100_000, 48)])
def test_of_very_many_steps_some_are_looked_at(steps: int, many: int) -> None:
    chosen = looked_at(steps)
    assert len(chosen) == many
    assert chosen == sorted(set(chosen))
    assert (chosen[0], chosen[-1]) == (0, steps - 1)
    assert max((after - before for before, after in pairwise(chosen)), default=1) <= steps / 40 + 1
