from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import presenter
from terminal import Terminal

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TALK = "presenter/decks/inside-pictures"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder))
    return Path(path)


@pytest.fixture(scope="module")
def unpacked(wheel: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(wheel.parent / "unpacked")
    return wheel.parent / "unpacked"


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def run(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program from the wheel's files, in a folder where there is no other."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PYTHONPATH"] = str(unpacked)
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=unpacked.parent, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_installed_version_is_the_one_in_the_code() -> None:
    try:
        installed = metadata.version(PROJECT["name"])
    except metadata.PackageNotFoundError:
        pytest.skip("not installed; run from the source tree")
    assert installed == presenter.__version__


def test_the_version_has_three_numbers() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", presenter.__version__)


def test_the_newest_version_of_the_changelog_is_the_one_in_the_code() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1] == presenter.__version__


def test_the_wheel_carries_program_decks_and_types(wheel: Path) -> None:
    inside = names(wheel)
    assert {
        "presenter/__main__.py",
        "presenter/cli/main.py",
        "presenter/py.typed",
        f"{TALK}/deck.yaml",
        "presenter/decks/tour.yaml",
    } <= inside
    # Every file of the decks that the project keeps is there under the same name, but for what draws the pictures.
    kept = {f"presenter/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "decks").rglob("*") if path.is_file()}
    wanted = {name for name in kept if "__pycache__" not in name and f"{TALK}/art/" not in name}
    assert wanted == {name for name in inside if name.startswith("presenter/decks/")}
    assert any(name.startswith(f"{TALK}/sections/") for name in inside)
    assert any(name.startswith(f"{TALK}/") and name.endswith(".png") for name in inside)


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    inside = names(wheel)
    assert {name.split("/")[0] for name in inside} == {"presenter", f"presenter_tui-{presenter.__version__}.dist-info"}
    assert not [name for name in inside if "__pycache__" in name or name.endswith(".pyc") or "/test_" in name]


def test_the_wheel_says_what_it_is(unpacked: Path) -> None:
    info = unpacked / f"presenter_tui-{presenter.__version__}.dist-info"
    facts = (info / "METADATA").read_text(encoding="utf-8")
    assert "\nName: presenter-tui\n" in facts
    assert "\nLicense-Expression: MIT\n" in facts
    assert "\nRequires-Python: >=3.11\n" in facts
    assert (info / "entry_points.txt").read_text(encoding="utf-8") == (
        "[console_scripts]\npresenter = presenter.__main__:main\n"
    )
    assert (info / "licenses" / "LICENSE").is_file()


def test_the_bundled_talk_is_clean_where_the_wheel_is_unpacked(unpacked: Path) -> None:
    where = run(unpacked, "-c", "import presenter; print(presenter.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(unpacked)
    result = run(unpacked, "-m", "presenter", "check", str(unpacked / TALK / "deck.yaml"))
    assert (result.returncode, result.stderr) == (0, ""), result.stdout


def test_without_a_deck_the_bundled_talk_opens(unpacked: Path) -> None:
    environment = {"PYTHONPATH": str(unpacked)}
    argv = [sys.executable, "-m", "presenter"]
    with Terminal(argv, size=(120, 36), env=environment, cwd=unpacked.parent) as terminal:
        terminal.wait_until(lambda: sum(bool(row.strip()) for row in terminal.screen) > 3, "first slide")
        terminal.press("s")
        # The talk has 30 to 40 slides; no other deck does.
        counted = re.compile(r"\b1/(?:3\d|40)\b")
        terminal.wait_until(lambda: any(counted.search(row) for row in terminal.screen), "slide number 1 of the talk")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert terminal.modes_left() == []
