"""Any deck can be checked: never a crash, every place inside its file, the same said twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mutation import DECKS, LINKS, mutated
from presenter.check.context import CheckReport
from presenter.check.engine import CheckOptions, check_deck
from presenter.check.output import check_json, github_annotations, report_lines
from presenter.deck.diagnostics import MAX_SHOWN
from presenter.layouts import LAYOUTS
from presenter.safety import is_clean

FILES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SLICE = range(40)
"""Seeds of `tests/bench/fuzz_decks.py` that are tried here, too."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decks").resolve()
    for name in LINKS:
        (path / name).symlink_to(DECKS / name)
    return path


def examined(folder: Path, data: bytes, manner: CheckOptions | None = None) -> CheckReport:
    path = folder / "deck.yaml"
    path.write_bytes(data)
    report = check_deck(path, allow_outside=True, manner=manner)
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in report.problems:
        if problem.path == path:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.rule == "" or problem.rule.startswith("L")
    assert len(report.problems) <= MAX_SHOWN
    assert report.deck is not None or report.errors
    assert check_deck(path, allow_outside=True, manner=manner).problems == report.problems
    for text in report_lines(path, report):
        assert all(is_clean(line) for line in text.split("\n"))
    assert json.loads(check_json([(path, report)]))["decks"][0]["errors"] == report.errors
    for text in github_annotations(report):
        assert is_clean(text)
        assert "\n" not in text
    return report


WORDS = st.text(max_size=30) | st.sampled_from(
    ["word " * 60, "★ ❤️ 👩‍👩‍👧", "[x](#y)", "| a | b |\n|---|---|\n| ★ | x |", "a\n" * 50]
)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "title": WORDS,
    "id": st.sampled_from(["a", "b", "a-b"]),
    "notes": WORDS | st.lists(WORDS, max_size=3),
    "time": st.integers(0, 100),
    "reveal": st.booleans(),
    "hidden": st.booleans(),
    "optional": st.booleans(),
    "fixed": st.booleans(),
    "lint": st.fixed_dictionaries(
        {"ignore": st.lists(st.sampled_from(["L002", "L003", "L016", "L0", "x"]), max_size=3)}
    ),
}
BODIES: tuple[dict[str, Any], ...] = (
    {"body": WORDS | st.lists(WORDS, min_size=1, max_size=4)},
    {"points": st.lists(WORDS.filter(bool), min_size=1, max_size=12)},
    {"quote": WORDS, "by": WORDS},
    {"code": WORDS, "highlight": st.just(["1", "all"])},
    {"table": st.fixed_dictionaries({"rows": st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=30)})},
    {"big": WORDS},
    {"image": st.fixed_dictionaries({"src": st.just("none.png"), "alt": WORDS, "caption": WORDS})},
    {"left": WORDS, "right": WORDS},
    {"layout": st.sampled_from(sorted(LAYOUTS))},
    {},
)


@st.composite
def slides(draw: st.DrawFn) -> dict[str, Any]:
    keys = {**draw(st.sampled_from(BODIES))}
    keys |= {key: COMMON[key] for key in draw(st.lists(st.sampled_from(sorted(COMMON)), unique=True, max_size=5))}
    return {key: draw(value) for key, value in keys.items()}


@FILES
@given(
    deck=st.lists(slides(), min_size=1, max_size=4),
    size=st.sampled_from([(80, 24), (4, 4), (20, 6), (200, 60)]),
    every=st.booleans(),
)
@example(deck=[{"title": "a", "body": ["x", ""]}], size=(4, 4), every=True)
def test_any_deck_that_is_made_up(folder: Path, deck: list[dict[str, Any]], size: tuple[int, int], every: bool) -> None:
    text = json.dumps({"title": "T", "duration": "5m", "slides": [{"title": "first"}, *deck]})
    manner = CheckOptions(sizes=(size,), every_rule=every, recorded=lambda _: True)
    examined(folder, text.encode("utf-8", "surrogatepass"), manner)


@pytest.mark.parametrize("seed", SLICE)
def test_decks_that_somebody_got_wrong(folder: Path, seed: int) -> None:
    examined(folder, mutated(seed))


def test_the_same_seed_makes_the_same_deck() -> None:
    assert [mutated(seed) for seed in range(5)] == [mutated(seed) for seed in range(5)]
    assert len({mutated(seed) for seed in range(50)}) == 50
