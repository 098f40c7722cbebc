"""Every `--json` that there is, over all decks and every key of a deck: JSON that is read back as the same data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from presenter.cli import cli

ROOT = Path(__file__).resolve().parents[1]
FULL = """\
title: All keys that a plan knows
duration: 10m
reserve: 1m30s
wpm: 120
stop: "15:05"
start: "14:00"
signals: [5m, 8m, 9m]
sections:
  - {title: One, time: 3m, slides: [{title: A, notes: "some [pause 3s] words"}, {title: B, optional: true}]}
  - {title: Two, slides: [{title: C, time: 1m30s, fixed: true}, {title: D, hidden: true}]}
  - {title: More, appendix: true, slides: [{title: E}]}
variants:
  short: {duration: 3m, only: [a, c]}
"""
DECKS = [*sorted((ROOT / "decks").glob("*.yaml")), *sorted((ROOT / "decks").glob("*/deck.yaml"))]
COMMANDS = [("plan",), ("plan", "--at", "14:00"), ("check",), ("runs",), ("runs", "--compare")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("deck", [*DECKS, None], ids=lambda deck: deck.name if deck else "all keys")
def test_json_is_read_back(
    command: tuple[str, ...], deck: Path | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    if deck is None:
        deck = tmp_path / "full.yaml"
        deck.write_text(FULL, encoding="utf-8")
    name, *options = command
    done = CliRunner().invoke(cli, [name, str(deck), *options, "--json"])
    assert name != "plan" or done.exit_code == 0, done.output
    if done.exit_code and not done.stdout:
        assert done.stderr  # there are no runs, say: words, and no traceback
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return
    data = json.loads(done.stdout)
    assert json.loads(json.dumps(data)) == data
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_plan_has_whole_words_a_minute(tmp_path: Path) -> None:
    deck = tmp_path / "full.yaml"
    deck.write_text(FULL, encoding="utf-8")
    done = CliRunner().invoke(cli, ["plan", str(deck), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["wpm"] == 120
