from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presenter.check.engine import check_deck
from presenter.deck.diagnostics import DeckError
from presenter.deck.load import load, load_deck
from presenter.deck.model import Deck
from presenter.history.state_files import deck_key
from presenter.timing.plan import make_plan
from written import brief, good, only, write

ROOT = Path(__file__).parent.parent
DECK = """
    title: The whole talk
    footer: "{title} · {section} · {slide}/{slides}"
    duration: 20m
    reserve: 2m
    stop: "15:05"
    start: {at: "14:45"}
    signals: [5m, 6m, 7m]
    variants:
      short: {title: In short, duration: 5m, reserve: 30s, only: [opening, knee, key, secret]}
      managers: {only: [key]}
      quick: {duration: 10m}
    sections:
      - title: Opening
        time: 4m
        divider: true
        slides:
          - {id: hello, title: Hello}
          - {id: unseen, title: Unseen, hidden: true}
      - title: Measurements
        time: 9m
        slides:
          - {id: knee, title: The knee, tags: [key]}
          - {id: loop, title: The loop}
          - {id: secret, title: Secret, hidden: true}
      - title: Answer
        time: 3m
        slides: [{id: answer, title: Answer, tags: [key]}]
      - {title: Backup, appendix: true, slides: [{id: raw, title: Raw}, {id: rare, title: Rare, tags: [key]}]}
"""


NAMES = ("opening", "measurements", "answer", "knee", "key", "hello", "loop", "rare")


def labels(deck: Deck) -> list[str]:
    return [f"{slide.label} {slide.id}" for slide in deck.slides]


def test_a_variant_is_a_talk_of_its_own(tmp_path: Path) -> None:
    path = write(tmp_path, deck=DECK)
    short = load_deck(path, variant="short")
    assert labels(short) == [
        *("1 opening", "2 hello", "H1 unseen", "3 knee", "4 secret", "5 answer", "6 rare"),
    ]
    assert (short.title, short.duration, short.reserve, short.variant) == ("In short", 300, 30, "short")
    assert [slide.footer for slide in short.slides][3] == "In short · Measurements · 3/6"
    assert (short.stop, short.start, short.signals) == ("", "first-move", ())
    assert [(section.title, section.time, section.appendix) for section in short.sections] == [
        ("Opening", 240, False),
        ("Measurements", None, False),
        ("Answer", 180, False),
        ("Backup", None, False),
    ]
    assert short.main == (0, 1, 3, 4, 5, 6)


def test_what_a_variant_does_not_say_is_as_in_the_deck(tmp_path: Path) -> None:
    path = write(tmp_path, deck=DECK)
    whole, managers, quick = (load_deck(path, variant=name) for name in ("", "managers", "quick"))
    assert labels(managers) == ["1 knee", "2 answer", "3 rare"]
    assert (managers.title, managers.duration, managers.reserve) == (whole.title, whole.duration, whole.reserve)
    assert (managers.stop, managers.start, managers.signals) == (whole.stop, whole.start, whole.signals)
    assert labels(quick) == labels(whole)
    assert (quick.duration, quick.reserve, quick.stop) == (600, 60, "")  # a share of what the whole talk keeps
    assert [section.time for section in quick.sections] == [section.time for section in whole.sections]


def test_runs_of_variants_are_kept_apart(tmp_path: Path) -> None:
    path = write(tmp_path, deck=DECK.replace("quick:", '"Quick!":').replace("managers:", "quick:"))
    keys = [deck_key(load_deck(path, variant=name)) for name in ("", "short", "quick", "Quick!")]
    assert len(set(keys)) == 4
    assert keys[1] == f"{keys[0]}--short"
    assert all("/" not in key for key in keys)


def test_an_unknown_variant_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = write(tmp_path, deck=DECK)
    with pytest.raises(DeckError) as caught:
        load_deck(path, variant="shrot")
    problem = caught.value.problems[-1]
    assert problem.words == (
        'there is no variant "shrot"; did you mean "short"? (the deck has "short", "managers" and "quick")'
    )
    assert problem.line == 8
    assert not problem.rule
    plain = write(tmp_path, plain="slides: [{title: A}]")
    with pytest.raises(DeckError, match="this deck has no variants"):
        load_deck(plain, variant="short")


@pytest.mark.parametrize(
    ("variants", "column", "words"),
    [
        ("a: {only: [knee, kne]}", 29, 'no slide, section or tag is called "kne"; did you mean "knee"?'),
        ("a: {only: []}", 22, '"only" names nothing; name slides, sections or tags, or remove it'),
        ("a: {}", 12, 'the variant "a" is empty; it may have only, title, duration and reserve'),
        ("a: {only: , title: }", 12, 'the variant "a" is empty; it may have only, title, duration and reserve'),
        ("a: {only: [back]}", 22, 'the variant "a" has no slide to begin with: all are hidden or in an appendix'),
        ("a: {olny: [knee]}", 16, 'unknown field "olny" in variants; did you mean "only"?'),
        ('" ": {only: [knee]}', 12, "a variant needs a name, to be given after --variant"),
    ],
)
def test_what_is_wrong_with_a_variant_is_said_where_it_stands(
    tmp_path: Path, variants: str, column: int, words: str
) -> None:
    slides = "sections: [{title: A, slides: [{title: The knee, id: knee}]}, "
    slides += "{title: Back, appendix: true, slides: [{title: Z}]}]"
    problem = only(write(tmp_path, deck=f"variants: {{{variants}}}\n{slides}\n"))
    assert (problem.line, problem.column, problem.words) == (1, column, words)


def test_names_are_not_looked_for_in_a_deck_that_lacks_slides(tmp_path: Path) -> None:
    path = write(tmp_path, deck="variants: {a: {only: [gone]}}\nslides: [{title: A}, {titel: gone}]\n")
    assert [words for *_, words in brief(load(path))] == ['unknown field "titel" in slide 2; did you mean "title"?']


def test_check_looks_at_the_times_of_all_variants(tmp_path: Path) -> None:
    path = write(tmp_path, deck=DECK.replace("duration: 5m", "duration: 2m").replace("knee, key", "knee"))
    words = [problem.words for problem in check_deck(path).problems]
    assert any(each.startswith('variant "short": ') for each in words)
    assert not any(each.startswith("variant") for each in (p.words for p in check_deck(path, variant="short").problems))


def test_a_deck_with_variants_is_a_deck_without_trouble(tmp_path: Path) -> None:
    assert set(good(write(tmp_path, deck=DECK)).variants) == {"short", "managers", "quick"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["opening", "measurements", "answer", "knee", "key", "hello", "loop", "rare"]), min_size=1)
)
def test_a_variant_has_what_it_names_in_the_order_of_the_deck(tmp_path: Path, names: list[str]) -> None:
    path = write(tmp_path, deck=DECK.replace("only: [key]", f"only: [{', '.join(names)}]"))
    whole, made = load_deck(path), load_deck(path, variant="managers")
    order = [slide.id for slide in whole.slides]
    kept = [slide.id for slide in made.slides]
    assert kept == [name for name in order if name in kept]
    assert {name for name in names if name in whole.index} <= set(kept)
    assert [slide.label for slide in made.slides if slide.main] == [str(n) for n in range(1, len(made.main) + 1)]
    assert all(made.sections[slide.section].title for slide in made.slides)
    assert len(make_plan(made).slides) == len(made.main)


def test_the_lightning_talk_of_the_bundled_deck_adds_up_and_can_be_said() -> None:
    report = check_deck(ROOT / "decks" / "inside-pictures", variant="lightning")
    assert report.problems == ()
    assert report.deck is not None
    made = make_plan(report.deck)
    assert made.duration == 300
    assert made.slack == 0
    assert sum(slide.speech.seconds(made.wpm) for slide in made.slides) <= made.duration
