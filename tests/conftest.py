"""What all tests share: the flag that writes goldens anew, a deck, an empty home."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write tests/goldens anew from what is painted now")


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture
def deck(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The deck that a module of tests calls DECK, in a file."""
    path = tmp_path / "deck.yaml"
    path.write_text(request.module.DECK, encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    return path
