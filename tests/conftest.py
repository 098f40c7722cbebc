"""What all tests share: the flag that writes goldens anew, a deck, an empty home."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_NOBODY = 65534


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail when any test was skipped")
    parser.addoption("--update-goldens", action="store_true", help="write tests/goldens anew from what is painted now")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were skipped, where none may be."""
    skipped = len(terminalreporter.stats.get("skipped", ()))
    if skipped and config.getoption("--no-skips"):
        terminalreporter.write_line(f"{skipped} skipped: install what they need, named above", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when a test was skipped, where none may be."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.config.getoption("--no-skips"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def somebody(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody who is not root, and this process as that user: root may read everything."""
    if os.geteuid() != 0:
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="nobody-") as made:
        os.chown(made, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
        try:
            yield Path(made)
        finally:
            os.seteuid(0)


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
