"""The schema in a real editor's server: it completes keys, flags wrong ones, and says what they are for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import language_server
from presenter.schema.json_schema import EDITOR_MODELINE, SCHEMA_NAME, schema_text

ROOT = Path(__file__).resolve().parents[1]
GOOD = f"""{EDITOR_MODELINE}
title: Why the cache misses
duration: 1:30
slides:
  - title: No
    points: [a, {{b: [c]}}]
    time: 010
  - image: {{src: a.png, alt: x}}
    points: [d]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[language_server.Server]:
    try:
        command = language_server.install()
    except language_server.Missing as reason:
        pytest.skip(str(reason))
    folder = tmp_path_factory.mktemp("editor").resolve()
    (folder / SCHEMA_NAME).write_text(schema_text(), encoding="utf-8")
    with language_server.Server(command, folder) as running:
        yield running


def flagged(server: language_server.Server, name: str, slide: str) -> list[str]:
    text = f"{EDITOR_MODELINE}\nslides:\n  - title: a\n{slide}"
    return [f"{found['range']['start']['line']}: {found['message']}" for found in server.open(name, text)]


def test_a_good_deck_is_not_flagged(server: language_server.Server) -> None:
    assert server.open("good.yaml", GOOD) == []


@pytest.mark.parametrize("path", sorted((ROOT / "decks").rglob("*.yaml")), ids=lambda path: path.name)
def test_the_bundled_decks_are_not_flagged(server: language_server.Server, path: Path) -> None:
    text = f"{EDITOR_MODELINE}\n{path.read_text(encoding='utf-8')}"
    assert [(found["range"]["start"], found["message"]) for found in server.open(f"its-{path.name}", text)] == []


@pytest.mark.parametrize(
    ("slide", "words"),
    [
        ("    tiem: 1m30s\n", "3: Property tiem is not allowed."),
        ("  - points: [a]\n    quote: b\n", "3: this slide has layout quote, and the key belongs to another layout"),
        ("  - title: [a]\n", "3: expected text, not a list or a mapping"),
        ("  - points: [a]\n    time: soon\n", "4: "),
        ("  - left: a\n", "3: Missing property"),
        ("  - {image: {src: a.png, fit: whole}}\n", "3: "),
        ("  - {title: a, lint: {ignore: [L999]}}\n", "3: Value is not accepted"),
    ],
)
def test_a_wrong_key_or_value_is_flagged_at_its_line(
    server: language_server.Server, slide: str, words: str, request: pytest.FixtureRequest
) -> None:
    found = flagged(server, f"wrong-{abs(hash(request.node.name))}.yaml", slide)
    assert any(words in message for message in found), found


def test_keys_of_the_deck_are_completed_and_told(server: language_server.Server) -> None:
    server.open("deck.yaml", f"{EDITOR_MODELINE}\ntitle: a\nd\nslides:\n  - title: b\n")
    offered = server.complete("deck.yaml", 2, 1)
    assert {"duration", "defaults", "theme", "footer", "sizes", "lint"} <= set(offered)
    assert "Of the whole talk" in str(offered["duration"]["documentation"])
    assert "title" not in offered  # it is there already


def test_keys_of_a_slide_are_completed(server: language_server.Server) -> None:
    server.open("slide.yaml", f"{EDITOR_MODELINE}\nslides:\n  - title: b\n    \n")
    offered = set(server.complete("slide.yaml", 3, 4))
    assert {"points", "body", "image", "notes", "time", "layout", "code", "table", "big"} <= offered
    server.open("points.yaml", f"{EDITOR_MODELINE}\nslides:\n  - title: b\n    points: [c]\n    \n")
    offered = set(server.complete("points.yaml", 4, 4))
    assert {"numbered", "reveal", "notes", "image"} <= offered  # an image beside them makes a split slide
    assert not {"quote", "highlight", "left", "points"} & offered


def test_values_and_whole_slides_are_offered(server: language_server.Server) -> None:
    server.open("value.yaml", f"{EDITOR_MODELINE}\ntheme: \nslides:\n  - title: b\n")
    offered = server.complete("value.yaml", 1, 7)
    assert {"midnight", "paper"} <= set(offered)
    server.open("new.yaml", f"{EDITOR_MODELINE}\nslides:\n  - title: b\n  - \n")
    offered = server.complete("new.yaml", 3, 4)
    assert {"bullets slide", "split slide", "title"} <= set(offered)
    assert "points:" in offered["bullets slide"]["insertText"]
    server.open("rules.yaml", f"{EDITOR_MODELINE}\nlint:\n  ignore:\n    - \nslides:\n  - title: b\n")
    assert {"L001", "L003", "L020"} <= set(server.complete("rules.yaml", 3, 6))


def test_what_a_key_is_for_is_said(server: language_server.Server) -> None:
    server.open("hover.yaml", GOOD)
    assert "Of the whole talk, questions included" in server.hover("hover.yaml", 2, 2)
    assert "Planned time of the slide" in server.hover("hover.yaml", 6, 6)
    assert "with those below a point in a list of their own" in server.hover("hover.yaml", 5, 6)
    assert "What the picture shows" in server.hover("hover.yaml", 7, 26)
