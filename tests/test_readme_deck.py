"""What the README teaches is true: its deck passes the strictest check, and its keys are those of the schema."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
from PIL import Image as Pixels

import core_yaml
from presenter.check.engine import CheckOptions, check_deck
from presenter.schema.json_schema import EDITOR_MODELINE, deck_schema

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def test_the_deck_of_the_readme_is_a_good_one(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    Pixels.new("RGB", (120, 80), "navy").save(tmp_path / "images" / "knee.png")
    text = next(block for block in BLOCKS if "slides:" in block)
    path = tmp_path / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    manner = CheckOptions(sizes=((80, 24), (120, 36), (200, 60)), strict=True)
    assert [(problem.line, problem.words) for problem in check_deck(path, manner=manner).problems] == []
    assert list(jsonschema.Draft7Validator(deck_schema()).iter_errors(core_yaml.read(text))) == []


def test_the_readme_tells_the_line_for_editors() -> None:
    assert f"{EDITOR_MODELINE}\n" in BLOCKS
