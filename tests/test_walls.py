from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted((ROOT / "presenter").rglob("*.py"))
FOLDERS = ("presenter", "decks", "tests", ".ci")
TEXT = {"", ".cfg", ".csv", ".css", ".ini", ".json", ".md", ".py", ".svg", ".tcss", ".toml", ".txt", ".yaml", ".yml"}
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")
OUTSIDE = re.compile(r"\.\./shared\b")
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

# Runs the program as `python -m presenter` does, then says which modules it loaded.
WRAPPER = """\
import json, runpy, sys
sys.argv = ["presenter", *sys.argv[1:]]
code = 0
try:
    runpy.run_module("presenter", run_name="__main__")
except SystemExit as end:
    code = end.code or 0
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def python(*arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60
    ).stdout


def project_texts() -> list[Path]:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")] + list(ROOT.iterdir())
    kept = [path for path in files if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts]
    # In a second working tree `.git` is a file that says where the first one is.
    return sorted(path for path in kept if path.name != ".git" and not path.name.startswith(".coverage"))


def test_checking_a_deck_never_loads_textual() -> None:
    last = python("-c", WRAPPER, "check", str(ROOT / "decks" / "tour.yaml")).splitlines()[-1]
    code, modules = json.loads(last)
    assert code == 0
    assert "msgspec" in modules  # a deck was really read
    assert "textual" not in modules


@pytest.mark.parametrize("command", ["layouts", "themes", "keys", "plan", "runs", "--version", "--help"])
def test_commands_without_a_window_never_load_textual(command: str) -> None:
    code, modules = json.loads(python("-c", WRAPPER, command).splitlines()[-1])
    assert code == 0
    assert not {"textual", "PIL"} & set(modules)


def test_the_command_line_alone_loads_nothing_heavy() -> None:
    script = "import sys, presenter.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = set(python("-c", script).split())
    assert "click" in loaded
    assert not loaded & {"textual", "PIL", "rich_pixels", "pygments", "watchfiles", "asyncio", "numpy"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 600
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {function.name: lines(function) for function in functions if lines(function) > 40}
    assert not long


def lines(function: Function) -> int:
    """Count the lines of a function without its decorators and its docstring."""
    total = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        total -= (first.end_lineno or 0) - first.lineno + 1
    return total


def test_a_docstring_does_not_count_as_code() -> None:
    (function,) = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').body
    assert isinstance(function, ast.FunctionDef)
    assert lines(function) == 2


@pytest.mark.parametrize("pattern", [MACHINE_PATH, OUTSIDE], ids=["machine", "outside"])
def test_no_file_points_outside_the_project(pattern: re.Pattern[str]) -> None:
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in project_texts()
    }
    assert {"pyproject.toml", "presenter/cli/main.py", "decks/tour.yaml", ".ci/run"} <= set(texts)
    found = {name: match[0] for name, text in texts.items() if (match := pattern.search(text))}
    assert not found


@pytest.mark.parametrize("text", ["see /" + "work/x", "'/" + "home/me'", "(/" + "root/a)"])
def test_machine_paths_are_recognised(text: str) -> None:
    assert MACHINE_PATH.search(text)
    assert not MACHINE_PATH.search(text.replace("/", "a/", 1).replace(" ", ""))
    assert OUTSIDE.search("../" + "shared/data")


@pytest.mark.parametrize("path", sorted((ROOT / "presenter").rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_a_room_tells_of_files_that_it_has(path: Path) -> None:
    told = re.findall(r"\b(\w+)\.py\b", ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
    assert [name for name in told if not (path.parent / f"{name}.py").is_file()] == []
