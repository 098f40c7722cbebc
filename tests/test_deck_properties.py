"""Whatever stands in a deck file: a deck or its problems, at places inside the file, the same each time."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from presenter.deck.diagnostics import DeckError
from presenter.deck.ids import id_error, slug
from presenter.deck.load import Loaded, load, load_deck
from presenter.layouts import LAYOUTS
from presenter.safety import is_clean

# Files are written: a slow disk is no failure.
FILES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

GOOD = """\
title: Why the cache misses
author: A. Speaker
duration: 30m
footer: "{title} · {section} · {slide}/{slides}"
theme: dark
defaults: {reveal: true}
variants: {short: {duration: 5m, only: [knee, backup]}}
sections:
  - title: Measurements
    time: 9m
    divider: true
    slides:
      - id: knee
        title: "The knee: 64 kB"
        points: [the knee, [deep, "deeper"], {more: [a, b]}]
        time: 45s
        notes: |
          Say the number once, slowly.
      - quote: Less is more
        by: somebody
      - {big: 42, caption: the answer, tags: [x, y]}
      - {left: a, right: {heading: b, points: [c]}}
      - {table: {columns: [a, b], rows: [[1, 2], [3, 4]]}}
      - {code: "print(1)", language: python, highlight: ["1", all]}
      - {image: {src: x.png, alt: a picture, fit: cover, focus: left top}}
  - {title: Backup, appendix: true, slides: [{title: Raw data, body: [one, two]}]}
"""


@pytest.fixture(scope="module")
def deck_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder).resolve() / "deck.yaml"


def check(path: Path, data: bytes) -> Loaded:
    """Load a file and look whether the result is one that can be shown to people."""
    path.write_bytes(data)
    loaded = load(path)
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in loaded.problems:
        assert problem.path == path
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.length >= 1
        assert problem.caret >= 0
        for text in (problem.words, problem.fix, problem.source, *problem.chain):
            assert is_clean(text)
            assert "\n" not in text
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    assert (loaded.deck is None) == bool(errors)
    assert load(path).problems == loaded.problems
    if errors:
        with pytest.raises(DeckError) as caught:
            load_deck(path)
        assert caught.value.problems == loaded.problems
        assert is_clean(str(caught.value))
    return loaded


@FILES
@given(data=st.binary(max_size=300))
def test_any_bytes(deck_file: Path, data: bytes) -> None:
    check(deck_file, data)


@FILES
@given(text=st.text(alphabet=st.sampled_from("ab-:#&*!|>'\"%@`{}[],?~ \n\n  \t\\0\r\ud83d日́"), max_size=80))
@example(text="? ? ? ?")
@example(text="- - - -\n -")
@example(text="a: |\n\n\n  b\n c")
def test_any_text_of_yaml_marks(deck_file: Path, text: str) -> None:
    check(deck_file, text.encode("utf-8", "surrogatepass"))


@FILES
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 6))
def test_a_good_deck_with_a_few_mutations(deck_file: Path, seed: int, changes: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - mutations, not secrets
    data = bytearray(GOOD.encode())
    for _ in range(changes):
        first = dice.randrange(len(data))
        last = min(len(data), first + dice.randrange(1, 30))
        match dice.randrange(4):
            case 0:
                del data[first:last]
            case 1:
                data[first:first] = data[dice.randrange(len(data)) :][: dice.randrange(1, 60)]
            case 2:
                data[first] = dice.choice(b"\n \t:-#[]{}\"'|>&*!%@0az\x00\x1b\xff")
            case _:
                data[first:last] = bytes(reversed(data[first:last]))
    check(deck_file, bytes(data))


def test_the_deck_that_is_mutated_is_a_good_one(deck_file: Path) -> None:
    loaded = check(deck_file, GOOD.encode())
    assert loaded.deck is not None
    assert loaded.problems == ()


KEYS = sorted(
    {key for layout in LAYOUTS.values() for key in layout.__struct_encode_fields__} | {"layout", "src", "rows", "x"}
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["text", "1:30"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


@FILES
@given(slides=st.lists(st.dictionaries(st.sampled_from(KEYS), PLAIN, max_size=5), min_size=1, max_size=3), top=PLAIN)
def test_any_values_for_the_keys_of_slides(deck_file: Path, slides: list[Any], top: Any) -> None:  # noqa: ANN401
    deck = {"slides": slides, "defaults": top, "theme": top, "sections": top, "variants": top}
    chosen = {key: value for key, value in deck.items() if key == "slides" or value not in ([], {}, None)}
    check(deck_file, yaml.safe_dump(chosen, allow_unicode=True).encode("utf-8", "surrogatepass"))


WORDS = st.text(alphabet="abcdefgh ÄÖ日本:#-'\"", min_size=1, max_size=20).filter(lambda text: text.strip() != "")
SLIDE = st.one_of(
    st.fixed_dictionaries({"title": WORDS, "points": st.lists(WORDS, min_size=1, max_size=4)}),
    st.fixed_dictionaries({"quote": WORDS, "by": WORDS}),
    st.fixed_dictionaries({"title": WORDS, "body": WORDS, "notes": WORDS}),
    st.fixed_dictionaries({"left": WORDS, "right": WORDS}, optional={"hidden": st.booleans()}),
    st.fixed_dictionaries({"big": WORDS, "time": st.sampled_from(["45s", "1:30", "2m"])}),
)


@FILES
@given(slides=st.lists(SLIDE, min_size=1, max_size=8))
def test_generated_good_decks_load_as_they_were_meant(deck_file: Path, slides: list[dict[str, Any]]) -> None:
    slides = [{"title": "Begin"}, *slides]
    loaded = check(deck_file, yaml.safe_dump({"slides": slides}, allow_unicode=True, width=10**6).encode())
    assert loaded.deck is not None
    made = loaded.deck.slides
    assert len(made) == len(slides)
    assert len({slide.id for slide in made}) == len(slides)
    assert [slide.title for slide in made[1:] if slide.layout.title] == [
        " ".join(slide["title"].split()) for slide in slides[1:] if "title" in slide
    ]
    main = [slide.label for slide in made if slide.main]
    assert main == [str(number) for number in range(1, len(main) + 1)]
    assert [slide.place.line for slide in made] == sorted(slide.place.line for slide in made)


@given(text=st.text(max_size=100))
def test_a_slug_is_an_id_and_its_own_slug(text: str) -> None:
    name = slug(text)
    assert slug(name) == name
    assert id_error(name) == ""
    assert len(name) <= 66
    assert is_clean(name)
