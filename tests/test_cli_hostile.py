"""Names that would command a terminal, given to every command: nothing of them is printed as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

BAD = "evil\x1b[31m\u202e\x9b7m\a"
CODED = BAD.replace("\x1b", "\\e").replace("\u202e", "\\u202e").replace("\x9b", "\\x9b").replace("\a", "\\a")
DECK = f"""\
title: T
sections:
- include: "{CODED}-part.yaml"
- title: S
  slides:
  - {{title: B, id: b, image: {{src: "{CODED}.png", alt: x}}}}
  - {{title: C, file: "{CODED}.py"}}
"""
COMMANDS: list[tuple[str, ...]] = [
    ("check", "DECK"),
    ("check", "DECK", "--json"),
    ("check", "DECK", "--github"),
    ("check", "NONE.yaml"),
    ("show", "DECK"),
    ("show", "DECK", "--outline"),
    ("show", "DECK", "--resolved"),
    ("show", "DECK", "--slide", BAD),
    ("show", "DECK", "--size", BAD),
    ("plan", "DECK"),
    ("plan", "NONE.yaml"),
    ("runs", "DECK", "--report", BAD),
    ("runs", "DECK", "--html", "DECK"),
    ("times", "DECK", "--from", BAD),
    ("new", "DECK"),
    ("new", f"{BAD}-new.yaml"),
    ("new", f"{BAD}-folder"),
    ("convert", f"{BAD}.md"),
    ("convert", f"{BAD}.md", "-o", "DECK"),
    ("convert", f"{BAD}.md", "-o", f"{BAD}-converted.yaml"),
    ("schema", "-o", f"{BAD}.json"),
    ("schema", "-o", f"{BAD}/none/{BAD}"),
    ("keys", "--config", "NONE.yaml"),
    ("keys", "--config", "DECK"),
    ("layouts", BAD),
    ("themes", BAD),
    ("speaker", "DECK"),
    ("speaker", "NONE"),
    ("completion", BAD),
    ("rehearse", "NONE.yaml"),
    ("DECK", "--theme", BAD),
    ("DECK", "--start", BAD),
    ("DECK", "--variant", BAD),
    ("DECK", "--images", BAD),
    (BAD,),
    ("doctor", "--json"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile") / BAD
    place.mkdir()
    (place / f"{BAD}.yaml").write_text(DECK, encoding="utf-8")
    (place / f"{BAD}-part.yaml").write_text("title: P\nslides: [{title: A}]\n", encoding="utf-8")
    (place / f"{BAD}.py").write_text("x = 1\n", encoding="utf-8")
    (place / f"{BAD}.md").write_text("# A\n\n---\n\n# B\n", encoding="utf-8")
    Image.new("RGB", (4, 4)).save(place / f"{BAD}.png")
    return place


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command).replace(BAD, "BAD"))
def test_no_name_reaches_the_terminal_as_it_is(command: tuple[str, ...], folder: Path) -> None:
    words = [word.replace("DECK", f"{BAD}.yaml").replace("NONE", f"none-{BAD}") for word in command]
    # click takes escape sequences out for a pipe; here they are wanted, as a terminal would get them.
    keep = "import click._compat as c, click.utils as u; c.should_strip_ansi = u.should_strip_ansi = "
    run = f"{keep}lambda *a, **k: False; from presenter.__main__ import main; main()"
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / BAD), "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", run, *words],
        check=False,
        cwd=folder,
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in text
    assert not {"\x1b", "\u202e", "\x9b", "\a"} & set(text)


def test_a_picture_with_such_a_name_is_found(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "presenter", "check", f"{BAD}.yaml"],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "error" not in done.stdout.replace("0 errors", "")


@pytest.mark.parametrize("suffix", [".yaml", ".html"])
def test_nothing_is_written_over_and_a_deck_never(tmp_path: Path, suffix: str) -> None:
    there = tmp_path / f"mine{suffix}"
    there.write_text("title: mine\n", encoding="utf-8")
    for extra in ((), ("--force",)):
        done = subprocess.run(
            [sys.executable, "-m", "presenter", "schema", "-o", str(there), *extra],
            check=False,
            capture_output=True,
            text=True,
        )
        kept = suffix == ".yaml" or not extra
        assert done.returncode == (1 if kept else 0)
        assert (there.read_text(encoding="utf-8") == "title: mine\n") == kept
    assert [path.name for path in tmp_path.iterdir()] == [there.name]
