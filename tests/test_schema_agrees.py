"""The schema for editors and the loader take the same decks (Y37): those written here, and any that are made up.

Where they differ it is on purpose: the loader looks at what a schema cannot say (two slides with one id, a file that is
missing), and each such problem is named in `BEYOND`. A schema that refuses what the loader takes is always wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import core_yaml
from presenter.deck.load import load
from presenter.deck.schema import DeckEntry, SectionEntry
from presenter.layouts import LAYOUTS
from presenter.schema.json_schema import deck_schema
from presenter.themes import THEMES

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = jsonschema.Draft7Validator(deck_schema())
FILES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEYOND = re.compile(
    # Names and files, and what keys say together.
    r"two (slides|sections) have the id|there is no such file|is outside the deck's folder|is an address on the network"
    r"|no slides|no slide to begin with|no slide, section or tag is called"
    r"|needs a body, points or an image|needs either code or file|either points or body|is past the end"
    r"|each card goes up later|a table (needs rows|comes from)|cells, but there"
    r'|a section needs a title|"divider: true" needs a title'
    # What takes arithmetic, or letters of all scripts.
    r"|is longer than 24 h|line numbers count up|is no id: |is empty in slide|a nested list needs a point"
)
"""What only the program can know."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decks").resolve()
    (path / "code.py").write_text("one\ntwo\nthree\n", encoding="utf-8")
    (path / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (path / "part.yaml").write_text("title: Part\nslides: [{title: p}]\n", encoding="utf-8")
    return path


def judged(folder: Path, text: str) -> tuple[list[str], list[str]]:
    """Return what the loader says is wrong with a deck, and what the schema says."""
    path = folder / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    problems = load(path).problems
    said = [problem.words for problem in problems if problem.severity == "error"]
    value = core_yaml.read(text)
    return said, [f"{error.json_path}: {error.message}" for error in SCHEMA.iter_errors(value)]


def agree(folder: Path, text: str) -> bool:
    """Hold the schema against the loader; return whether both take the deck."""
    said, schema_said = judged(folder, text)
    if not said:
        assert schema_said == [], f"the schema refuses what the loader takes:\n{text}"
    elif not schema_said:
        known = [words for words in said if BEYOND.search(words)]
        assert known, f"the schema takes what the loader refuses:\n{text}\n{said}"
    return not said


# Written decks ----------------------------------------------------------------------------------------------------

SLIDES = {
    "good": (
        "{title: a}",
        "{title: 42, notes: true, tags: [1, yes, no], footer: 3.10}",
        "{title: No, time: 90}",
        "{title: on, time: 1:30}",
        "{title: a, time: 1m30s, id: my-slide, optional: true, fixed: false, hidden: True}",
        "{title: a, time: 0:45, notes: [b, c]}",
        "{title: a, time: 1:02:03}",
        "{title: a, time: 010}",
        '{title: a, time: "90"}',
        "{title: ~, points: [a]}",
        "{title: a, points: }",
        "{title: a, left: , quote: ~}",
        "{points: [a, b: [c, d], [e], f]}",
        "{points: [1, true, 2.5], numbered: true}",
        "{layout: section, title: a, subtitle: b}",
        "{layout: text, body: [a, b], points: }",
        "{body: [a, ~, b]}",
        "{image: a.png}",
        "{image: 5}",
        "{image: {src: a.png, alt: , width: 40%, side: left, fit: cover, focus: LEFT top}}",
        "{image: {src: a.png, width: 40, focus: 30% 60%, animate: false, mode: off}, points: [a]}",
        "{image: a.png, body: b}",
        "{images: [a.png, {src: b.png, alt: x}]}",
        "{left: a, right: {heading: b, points: [c]}}",
        "{left: {body: 4}, right: {image: a.png}, reveal: true}",
        "{quote: a, by: b, source: c}",
        "{code: 1, language: python, highlight: [1, 1, all]}",
        "{file: code.py, lines: 1-2, highlight: ['1,2']}",
        "{table: {rows: [[1, ~], [a]]}}",
        "{table: {file: table.csv, align: [left, right]}, caption: a}",
        "{big: 42, caption: b}",
        "{title: a, lint: {ignore: [L003]}}",
        "{title: a, lint: ~, id: ''}",
        "{title: a, byline: b}",
        "{subtitle: b}",
        "{title: }",
    ),
    "bad": (
        "{}",
        "{id: a}",
        "{titel: a}",
        "{title: a, tiem: 1}",
        "{title: a, tiem: }",
        "{title: [a]}",
        "{title: {a: b}}",
        "{title: a, time: -5}",
        "{title: a, time: 1.5}",
        "{title: a, time: 90x}",
        "{title: a, time: 99999}",
        "{title: a, time: [1]}",
        "{title: a, optional: yes}",
        "{title: a, hidden: 1}",
        "{title: a, id: My Slide}",
        "{title: a, id: 5}",
        "{title: a, notes: {b: c}}",
        "{title: a, notes: [[b]]}",
        "{title: a, tags: b}",
        "{title: a, footer: '{slyde}'}",
        "{title: a, layout: bullet}",
        "{title: a, layout: [text]}",
        "{title: a, layout: bullets}",
        "{title: a, caption: b}",
        "{points: x}",
        "{points: }",
        "{points: []}",
        "{points: [[a]]}",
        "{points: [a, ~]}",
        "{points: [{a: b}]}",
        "{points: [{a: }]}",
        "{points: [a], quote: b}",
        "{body: ''}",
        "{body: {a: b}}",
        "{image: []}",
        "{image: ''}",
        "{image: {alt: a}}",
        "{image: {src: a.png, size: 5}}",
        "{image: {src: a.png, width: 5%}}",
        "{image: {src: a.png, width: 95}}",
        "{image: {src: a.png, focus: middle}}",
        "{image: {src: a.png, fit: whole}}",
        "{image: {src: a.png, mode: sixel}}",
        "{images: [a.png]}",
        "{images: [a, b, c, d, e, f, g]}",
        "{images: [a, ~]}",
        "{left: a}",
        "{left: a, right: [b]}",
        "{left: a, right: {heading: b, foo: c}}",
        "{quote: [a]}",
        "{code: a, highlight: 1}",
        "{code: a, highlight: [x]}",
        "{code: a, highlight: [0]}",
        "{table: [a]}",
        "{table: {rows: [a]}}",
        "{table: {rows: [[a]], align: [middle]}}",
        "{big: {a: b}}",
        "{title: a, lint: {ignore: L003}}",
        "{title: a, lint: {skip: [L003]}}",
        "a",
        "~",
    ),
}
DECKS = {
    "good": (
        "title: a\nauthor: 5\nslides: [{title: a}]",
        "duration: 30m\nreserve: 3m\nstop: 15:05\nstart: manual\nwpm: 130\nslides: [{title: a}]",
        "start: 9:05\nsignals: [5m, 6m, 420]\nauto: true\nreload: move\nimages: half\nslides: [{title: a}]",
        "start: {at: 14:35}\nsizes: [80x24, 120x36]\nlint: {ignore: [L003, L006]}\nslides: [{title: a}]",
        "theme: midnight\nslides: [{title: a}]",
        "theme: {base: paper, name: mine, accent: '#f80'}\nslides: [{title: a}]",
        "theme: ~\nsections: \nslides: [{title: a}]",
        "defaults: {reveal: true, language: python, image: a.png, body: [a]}\nslides: [{title: a}]",
        "variants: {short: {duration: 5m, only: [a], title: b}}\nslides: [{title: a}]",
        "sections: [{title: A, slides: [{title: a}], divider: true, time: 5m, id: b, notes: [c]}]",
        "sections: [{title: A, slides: [{title: a}], defaults: {numbered: true}}, {include: part.yaml}]",
        "sections: [{include: part.yaml, title: P, appendix: false, slides: }]",
        "footer: '{title} {{x}} {slide}/{slides}'\nslides: [{title: a}]",
        "title: [a]\nslides: [{title: a}]".replace("[a]\n", "a\n"),
    ),
    "bad": (
        "title: a",
        "slides: x",
        "slides: {}",
        "slides: [{title: a}]\nsections: [{title: b, slides: [{title: c}]}]",
        "titel: a\nslides: [{title: a}]",
        "points: [a]\nslides: [{title: a}]",
        "duration: soon\nslides: [{title: a}]",
        "stop: 25:00\nslides: [{title: a}]",
        "start: later\nslides: [{title: a}]",
        "start: {on: 14:35}\nslides: [{title: a}]",
        "signals: []\nslides: [{title: a}]",
        "signals: [1, 2, 3, 4]\nslides: [{title: a}]",
        "wpm: 5\nslides: [{title: a}]",
        "wpm: fast\nslides: [{title: a}]",
        "sizes: [80]\nslides: [{title: a}]",
        "sizes: [2x2]\nslides: [{title: a}]",
        "sizes: 80x24\nslides: [{title: a}]",
        "theme: neon\nslides: [{title: a}]",
        "theme: {accent: red}\nslides: [{title: a}]",
        "theme: {name: dark}\nslides: [{title: a}]",
        "theme: {colour: '#ffffff'}\nslides: [{title: a}]",
        "theme: [a]\nslides: [{title: a}]",
        "reload: now\nslides: [{title: a}]",
        "auto: maybe\nslides: [{title: a}]",
        "defaults: {title: a}\nslides: [{title: a}]",
        "defaults: {lint: {ignore: [L003]}}\nslides: [{title: a}]",
        "defaults: {tiem: 5}\nslides: [{title: a}]",
        "defaults: [a]\nslides: [{title: a}]",
        "variants: {short: ~}\nslides: [{title: a}]",
        "variants: {short: {only: a}}\nslides: [{title: a}]",
        "variants: [a]\nslides: [{title: a}]",
        "sections: [a]",
        "sections: [{title: A}]",
        "sections: [{title: A, slides: }]",
        "sections: [{include: part.yaml, slides: [{title: a}]}]",
        "sections: [{include: ''}]",
        "sections: [{title: A, slides: [{title: a}], theme: dark}]",
        "footer: '{slyde}'\nslides: [{title: a}]",
        "id: A b\nslides: [{title: a}]",
        "[]",
        "a",
    ),
}


@pytest.mark.parametrize("slide", SLIDES["good"])
def test_good_slides_are_good_to_both(folder: Path, slide: str) -> None:
    assert judged(folder, f"slides:\n  - title: first\n  - {slide}\n") == ([], [])


@pytest.mark.parametrize("slide", SLIDES["bad"])
def test_bad_slides_are_bad_to_both(folder: Path, slide: str) -> None:
    said, schema_said = judged(folder, f"slides:\n  - title: first\n  - {slide}\n")
    assert said
    assert schema_said or any(BEYOND.search(words) for words in said)


@pytest.mark.parametrize("deck", DECKS["good"])
def test_good_decks_are_good_to_both(folder: Path, deck: str) -> None:
    assert judged(folder, deck) == ([], [])


@pytest.mark.parametrize("deck", DECKS["bad"])
def test_bad_decks_are_bad_to_both(folder: Path, deck: str) -> None:
    said, schema_said = judged(folder, deck)
    assert said
    assert schema_said


@pytest.mark.parametrize("path", sorted((ROOT / "decks").rglob("*.yaml")), ids=lambda path: path.name)
def test_bundled_decks_are_good_to_the_schema(path: Path) -> None:
    value = core_yaml.read(path.read_text(encoding="utf-8"))
    assert [error.message for error in SCHEMA.iter_errors(value)] == []


# Made-up decks ----------------------------------------------------------------------------------------------------

KEYS = sorted({key for layout in LAYOUTS.values() for key in layout.__struct_encode_fields__} | {"layout"})
WORDS = st.text(alphabet="abc Äß日-.:#'\"{}%1", max_size=12)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**7)
    | st.floats(0.1, 99.9).filter(lambda number: number != int(number))
    | WORDS
    | st.sampled_from(["45s", "1:30", "1h", "all", "1-3", "40%", "left top", "80x24", "12:30", "code.py", "table.csv"])
    | st.sampled_from(["true", "False", "live", "off", "midnight", "#f80", "L003", "manual", "part.yaml", *LAYOUTS])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*KEYS, "src", "alt", "rows", "columns", "heading", "ignore", "a b"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)
TEXTS = st.text(alphabet="abc Ä日#'\"%1:", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
IMAGES = st.just("a.png") | st.fixed_dictionaries(
    {"src": st.just("a.png")},
    optional={
        "alt": TEXTS,
        "side": st.sampled_from(["left", "right"]),
        "width": st.sampled_from([40, "40%", "95%"]),
        "fit": st.sampled_from(["cover", "contain", "whole"]),
        "focus": st.sampled_from(["left top", "30% 60%", "TOP", "left 5%"]),
    },
)
POINTS = st.recursive(
    st.lists(TEXTS | st.integers(0, 9), min_size=1, max_size=3),
    lambda inner: st.lists(
        TEXTS | inner | st.dictionaries(TEXTS, inner, min_size=1, max_size=2), min_size=1, max_size=3
    ),
    max_leaves=4,
)
NEARLY: dict[str, st.SearchStrategy[Any]] = {
    "title": TEXTS,
    "id": st.sampled_from(["knee", "the-knee", "x1", "A b", "5"]),
    "time": st.sampled_from([45, "45s", "1:30", "soon", -1]),
    "notes": TEXTS | st.lists(TEXTS, max_size=2),
    "reveal": st.sampled_from([True, "true", "yes"]),
    "points": POINTS,
    "body": TEXTS | st.lists(TEXTS, max_size=3),
    "image": IMAGES,
    "images": st.lists(IMAGES, max_size=7),
    "left": TEXTS | st.fixed_dictionaries({"heading": TEXTS}, optional={"points": POINTS, "image": IMAGES}),
    "right": TEXTS,
    "quote": TEXTS,
    "code": TEXTS,
    "highlight": st.lists(st.sampled_from([1, "1", "all", "x"]), max_size=2),
    "table": st.fixed_dictionaries({"rows": st.lists(st.lists(SCALARS, max_size=2), max_size=2)}),
    "big": TEXTS | st.integers(0, 99),
    "caption": TEXTS,
    "layout": st.sampled_from([*LAYOUTS, "bullet"]),
    "lint": st.sampled_from([{"ignore": ["L003"]}, {"ignore": "L003"}, {}]),
}


def dumped(value: object) -> str:
    """Write a value so that the program and an editor read the same: JSON is YAML 1.2."""
    return json.dumps(value, ensure_ascii=False)


@st.composite
def near_slides(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(sorted(NEARLY)), min_size=1, max_size=4, unique=True))
    return {key: draw(st.none() | NEARLY[key] if index else NEARLY[key]) for index, key in enumerate(keys)}


@FILES
@given(slide=near_slides())
def test_any_slide_that_is_nearly_right(folder: Path, slide: dict[str, Any]) -> None:
    agree(folder, dumped({"slides": [{"title": "first"}, slide]}))


@FILES
@given(slide=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_any_values_for_the_keys_of_slides(folder: Path, slide: dict[str, Any]) -> None:
    agree(folder, dumped({"slides": [{"title": "first"}, slide]}))


@FILES
@given(
    deck=st.dictionaries(
        st.sampled_from(sorted({*DeckEntry.__struct_fields__, "tiem"} - {"slides"})), VALUES, max_size=4
    ),
    theme=st.none()
    | st.sampled_from(sorted(THEMES))
    | st.dictionaries(st.sampled_from(["base", "name", "text"]), SCALARS),
)
def test_any_values_for_the_keys_of_decks(folder: Path, deck: dict[str, Any], theme: Any) -> None:  # noqa: ANN401
    agree(folder, dumped({**deck, "theme": theme, "slides": [{"title": "first"}]}))


@FILES
@given(section=st.dictionaries(st.sampled_from(sorted(SectionEntry.__struct_fields__)), VALUES, max_size=4))
def test_any_values_for_the_keys_of_sections(folder: Path, section: dict[str, Any]) -> None:
    agree(folder, dumped({"sections": [{"title": "first", "slides": [{"title": "a"}]}, section]}))


@FILES
@given(defaults=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3))
def test_any_values_for_defaults(folder: Path, defaults: dict[str, Any]) -> None:
    agree(folder, dumped({"defaults": defaults, "slides": [{"title": "first"}]}))


# Every key is told --------------------------------------------------------------------------------------------------


def keys_of(shape: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
    """Go through every key that the schema knows, with its shape."""
    if isinstance(shape, dict):
        for name, inner in shape.get("properties", {}).items() if isinstance(shape.get("properties"), dict) else ():
            yield f"{at}/{name}", inner
        for name, inner in shape.items():
            if name not in {"if", "examples", "defaultSnippets", "then", "else", "not"}:
                yield from keys_of(inner, f"{at}/{name}")
    elif isinstance(shape, list):
        for inner in shape:
            yield from keys_of(inner, at)


def test_every_key_has_a_description_examples_and_snippets() -> None:
    whole = deck_schema()
    told = 0
    for at, shape in keys_of(whole):
        if "$ref" in shape or shape == {"not": {"type": "null"}} or at.endswith(("/base", "/name", "/at")):
            continue
        assert shape.get("description"), at
        assert shape["defaultSnippets"], at
        bodies = [each["body"] for each in shape["defaultSnippets"]]
        unnamed = [body for body in bodies if isinstance(body, list | dict) or str(body).startswith('"')]
        assert shape.get("examples") or unnamed, at
        told += 1
    assert told > 100


def test_the_examples_of_every_key_are_taken_by_its_own_shape() -> None:
    whole = deck_schema()
    for at, shape in keys_of(whole):
        inner = {**shape, "definitions": whole["definitions"]}
        for example in shape.get("examples", ()):
            assert list(jsonschema.Draft7Validator(inner).iter_errors(example)) == [], at


def test_the_snippets_of_slides_and_decks_are_decks(folder: Path) -> None:
    whole = deck_schema()
    slides = whole["definitions"]["slide"]["defaultSnippets"]
    assert [snippet["label"] for snippet in slides] == [f"{name} slide" for name in LAYOUTS]
    for snippet in slides:
        text = f"slides: [{inserted(snippet['body'])}]\n"
        path = folder / "snippet.yaml"
        path.write_text(text, encoding="utf-8")
        errors = [problem.words for problem in load(path).problems if problem.severity == "error"]
        assert all("there is no such file" in words for words in errors), (text, errors)
        if not errors:
            deck = load(path).deck
            assert deck is not None
            assert f"{deck.slides[0].layout.name} slide" == snippet["label"]
    assert agree(folder, inserted(whole["defaultSnippets"][0]["body"]))


def inserted(body: Any) -> str:  # noqa: ANN401 - JSON
    """Return what an editor puts in for a snippet, in one line: texts as they stand, without the marks of snippets."""
    if isinstance(body, dict):
        return "{" + ", ".join(f"{key}: {inserted(value)}" for key, value in body.items()) + "}"
    if isinstance(body, list):
        return "[" + ", ".join(map(inserted, body)) + "]"
    return re.sub(r"\\([$}\\])", r"\1", body) if isinstance(body, str) else json.dumps(body)


def test_the_snippets_of_every_key_are_taken_by_its_own_shape() -> None:
    whole = deck_schema()
    for at, shape in keys_of(whole):
        inner = {**shape, "definitions": whole["definitions"]}
        for each in shape.get("defaultSnippets", ()):
            value = core_yaml.read(inserted(each["body"]))
            assert list(jsonschema.Draft7Validator(inner).iter_errors(value)) == [], (at, value)
