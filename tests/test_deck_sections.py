"""Sections, includes, defaults, dividers, variants; ids, labels and footers."""

from __future__ import annotations

from pathlib import Path

import pytest

from presenter.deck.load import load
from presenter.layouts.text_slides import SectionSlide
from written import brief, good, only, write

FACTS = """
# yaml-language-server: $schema=deck.schema.json
title: Why the cache misses
subtitle: A story
author: A. Speaker
id: cache
duration: 30m
reserve: 3m
stop: "9:05"
theme: light
reload: move
variants: {short: {duration: 5m, only: [a, part, x], title: In short}}
sections:
  - title: Part
    time: 9m
    slides: [{title: A}, {title: B, tags: [x]}]
  - {title: Backup, appendix: true, slides: [{title: C}]}
"""


def test_the_facts_of_a_deck(tmp_path: Path) -> None:
    deck = good(write(tmp_path, deck=FACTS))
    assert (deck.title, deck.subtitle, deck.author, deck.id) == (
        "Why the cache misses",
        "A story",
        "A. Speaker",
        "cache",
    )
    assert (deck.duration, deck.reserve, deck.stop, deck.theme.name, deck.reload) == (
        1800,
        180,
        "09:05",
        "light",
        "move",
    )
    assert [(section.id, section.title, section.time, section.appendix) for section in deck.sections] == [
        ("part", "Part", 540, False),
        ("backup", "Backup", None, True),
    ]
    short = deck.variants["short"]
    assert (short.only, short.title, short.duration) == (("a", "part", "x"), "In short", 300)
    assert [slide.section for slide in deck.slides] == [0, 0, 1]


@pytest.mark.parametrize(
    ("deck", "variant", "seconds"),
    [
        ("duration: 20m\nreserve: 1m30s", "duration: 5m", 20),
        ("duration: 20m\nreserve: 1m30s", "duration: 5m, reserve: 1m", 60),
        ("duration: 20m\nreserve: 1m30s", "duration: 5m, reserve: 0", 0),
        ("duration: 20m\nreserve: 1m30s", "duration: 40m", 90),
        ("duration: 20m\nreserve: 1m30s", "only: [a]", 90),
        ("reserve: 1m30s", "duration: 5m", 90),
        ("duration: 0\nreserve: 1m30s", "duration: 5m", 90),
        ("duration: 20m", "duration: 5m", 0),
    ],
)
def test_a_variant_keeps_its_share_for_questions_unless_it_says_otherwise(
    tmp_path: Path, deck: str, variant: str, seconds: int
) -> None:
    path = write(tmp_path, deck=f"{deck}\nvariants: {{v: {{{variant}}}}}\nslides: [{{title: A}}]")
    assert good(path).variants["v"].reserve == seconds


def test_the_ids_that_a_slide_had_before(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides: [{id: a, was: [x, y], title: A}, {title: B}]")
    assert good(path).slides[0].layout.was == ("x", "y")
    path = write(tmp_path, deck="slides:\n  - {id: a, was: [b, x], title: A}\n  - {id: b, was: [x], title: B}")
    loaded = load(path)
    assert loaded.deck is not None
    assert [(problem.line, problem.words.partition(";")[0]) for problem in loaded.problems] == [
        (2, 'was: "b" is the id of a slide'),
        (3, 'was: "x" is said of another slide, too'),
    ]


def test_slides_at_the_top_are_one_section_without_a_name(tmp_path: Path) -> None:
    deck = good(write(tmp_path, deck="slides: [{title: A}]"))
    assert [(section.id, section.title) for section in deck.sections] == [("", "")]


def test_y36_ids_come_from_titles_or_first_words_and_are_unique(tmp_path: Path) -> None:
    deck = good(
        write(
            tmp_path,
            deck="""
            slides:
              - {title: Same}
              - {title: Same}
              - {id: other, title: Same}
              - {title: Other}
              - {title: "Überblick: die Größe"}
              - {title: 서론}
              - {quote: "Less, but better."}
              - {title: 2024}
              - {image: a.png}
            """,
        )
    )
    assert [slide.id for slide in deck.slides] == [
        "same",
        "same#2",
        "other",
        "other#2",
        "uberblick-die-grosse",
        "서론",
        "less-but-better",
        "slide-2024",
        "slide-9",
    ]
    assert deck.index["other"] == 2


def test_y36_the_same_id_twice_is_an_error_with_both_places(tmp_path: Path) -> None:
    path = write(tmp_path, deck="slides:\n  - {title: A, id: x}\n  - {title: B}\n  - {title: C, id: x}\n")
    problem = only(path)
    assert (problem.line, problem.column) == (4, 20)
    assert problem.words == 'two slides have the id "x": first at deck.yaml:2; give one another id'


def test_slides_are_counted_by_where_they_stand(tmp_path: Path) -> None:
    deck = good(
        write(
            tmp_path,
            deck="""
            sections:
              - {title: P, slides: [{title: A}, {title: B, hidden: true}, {title: C}]}
              - {title: Q, appendix: true, slides: [{title: D}, {title: E}, {title: F, hidden: true}]}
              - {title: R, slides: [{title: G}]}
            """,
        )
    )
    assert [slide.label for slide in deck.slides] == ["1", "H1", "2", "A1", "A2", "H2", "3"]
    assert deck.main == (0, 2, 6)


def test_footers_are_filled_in(tmp_path: Path) -> None:
    deck = good(
        write(
            tmp_path,
            deck="""
            title: T
            footer: "{title} · {author} · {section} · {slide}/{slides}"
            sections:
              - title: P
                slides: [{title: A}, {title: B, footer: ""}, {title: C, footer: "{{{slide}}} only"}]
              - {title: Q, defaults: {footer: "Q {slide} - x"}, appendix: true, slides: [{title: D}]}
            """,
        )
    )
    assert [slide.footer for slide in deck.slides] == ["T · P · 1/3", "", "{3} only", "Q A1 - x"]


def test_without_a_footer_there_is_none(tmp_path: Path) -> None:
    assert good(write(tmp_path, deck="title: T\nslides: [{title: A}]")).slides[0].footer == ""


def test_the_nearest_default_wins_and_serves_the_layouts_that_know_it(tmp_path: Path) -> None:
    deck = good(
        write(
            tmp_path,
            deck="""
            defaults: {reveal: true, caption: deck, tags: [a]}
            sections:
              - title: P
                slides:
                  - {title: A, points: [x, y]}
                  - {title: B, points: [x, y], reveal: false, tags: [own]}
                  - {big: 1}
              - title: Q
                defaults: {caption: section, reveal: }
                slides: [{big: 1}, {big: 2, caption: own}, {points: [x, y]}]
            """,
        )
    )
    assert [slide.steps for slide in deck.slides] == [2, 1, 1, 1, 1, 2]
    captions = [getattr(slide.layout, "caption", None) for slide in deck.slides]
    assert captions == [None, None, "deck", "section", "own", None]
    assert [slide.layout.tags for slide in deck.slides][:2] == [("a",), ("own",)]


def test_a_divider_begins_its_section(tmp_path: Path) -> None:
    deck = good(
        write(
            tmp_path,
            deck="""
            defaults: {time: 1m, footer: "{section}"}
            sections:
              - {title: One, subtitle: s, id: one, divider: true, notes: [n], slides: [{title: A}]}
              - {title: Two, divider: true, slides: [{title: Two}, {title: B, id: two}]}
            """,
        )
    )
    first = deck.slides[0]
    assert isinstance(first.layout, SectionSlide)
    assert (first.layout.title, first.layout.subtitle, first.layout.time) == ("One", "s", None)
    assert (first.id, first.label, first.notes, first.footer) == ("one", "1", ("n",), "One")
    assert [slide.id for slide in deck.slides] == ["one", "a", "section-two", "two#2", "two"]


def test_a_divider_needs_a_title(tmp_path: Path) -> None:
    problem = only(write(tmp_path, deck="sections:\n  - {divider: true, slides: [{title: A}]}\n"))
    assert (problem.line, problem.words) == (2, '"divider: true" needs a title to show')


SECTIONS_WRONG = [
    ("text", "sections:\n  - Part\n", 2, 5, "a section is a mapping"),
    ("no slides", "sections:\n  - title: Part\n", 2, 5, 'a section needs "slides:"'),
    ("no title", "sections:\n  - slides: [{title: A}]\n  - {title: B, slides: [{title: C}]}", 2, 5, "needs a title"),
    ("typo", "sections:\n  - {titel: P, slides: [{title: A}]}", 2, 6, 'unknown field "titel" in a section; did you'),
    ("slide's key", "sections:\n  - {title: P, points: [x], slides: [{title: A}]}", 2, 16, "it belongs to a slide"),
    ("no list", "sections: {title: a}", 1, 11, "expected a list of sections"),
    ("same id", "sections:\n  - &a {id: p, title: P, slides: [{title: A}]}\n  - *a", 2, 5, "two sections have the id"),
    ("slides no list", "sections:\n  - {title: P, slides: A}", 2, 24, "expected a list of slides"),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"), [row[1:] for row in SECTIONS_WRONG], ids=[row[0] for row in SECTIONS_WRONG]
)
def test_a_wrong_section_is_said_at_its_place(tmp_path: Path, text: str, line: int, column: int, words: str) -> None:
    problem = only(write(tmp_path, deck=text))
    assert words in problem.words
    assert (problem.line, problem.column) == (line, column)


PART = """
title: Part
time: 4m
divider: true
notes: spoken
defaults: {footer: part}
slides:
  - {title: A, image: pics/a.png}
"""


def test_an_included_file_is_a_section(tmp_path: Path) -> None:
    deck = good(
        write(
            tmp_path,
            deck="footer: deck\nsections:\n  - include: parts/one.yaml\n  - {title: Q, slides: [{title: B}]}\n",
            parts__one_yaml=PART,
        )
    )
    section = deck.sections[0]
    assert (section.id, section.title, section.time) == ("part", "Part", 240)
    assert [(slide.id, slide.footer) for slide in deck.slides] == [("part", "part"), ("a", "part"), ("b", "deck")]
    assert deck.slides[0].notes == ("spoken",)
    assert deck.slides[1].place.path == tmp_path.resolve() / "parts/one.yaml"
    pictures = [image.src.path for image in deck.slides[1].layout.pictures()]
    assert pictures == [tmp_path.resolve() / "parts/pics/a.png"]
    assert deck.files == {tmp_path.resolve() / name for name in ("deck.yaml", "parts/one.yaml", "parts/pics/a.png")}


def test_the_including_deck_has_the_last_word(tmp_path: Path) -> None:
    include = "{include: one.yaml, id: i, title: Other, time: 1m, divider: false, appendix: false, notes: }"
    deck = good(write(tmp_path, deck=f"sections:\n  - {include}\n", one=PART))
    assert [(section.id, section.title, section.time) for section in deck.sections] == [("i", "Other", 60)]
    assert [slide.title for slide in deck.slides] == ["A"]


def test_a_part_without_time_gives_its_duration(tmp_path: Path) -> None:
    one = "title: P\nduration: 3m\nslides: [{title: A}]\n"
    assert good(write(tmp_path, deck="sections: [{include: one.yaml}]", one=one)).sections[0].time == 180


def test_a_part_can_be_presented_alone(tmp_path: Path) -> None:
    write(tmp_path, deck="sections: [{include: parts/one.yaml}]", pics__x_yaml="a: b")
    one = PART.replace("pics/a.png", "../pics/a.png").replace("divider: true", "divider: true\nappendix: true")
    deck = good(write(tmp_path, parts__one_yaml=one))
    assert deck.duration == 240
    assert [slide.title for slide in deck.slides] == ["A"]
    assert deck.main == (0,)
    assert [image.src.path for image in deck.slides[0].layout.pictures()] == [tmp_path.resolve() / "pics/a.png"]


def test_a_file_with_sections_contributes_them_all(tmp_path: Path) -> None:
    two = "title: T2\ntime: 9m\nsections:\n  - include: sub/three.yaml\n  - {title: P2, slides: [{title: B}]}\n"
    deck = good(
        write(
            tmp_path,
            deck="sections:\n  - {title: P0, slides: [{title: A}]}\n  - include: two.yaml\n",
            two=two,
            sub__three_yaml="title: P1\nslides: [{title: C}]\n",
        )
    )
    assert [section.title for section in deck.sections] == ["P0", "P1", "P2"]
    assert [slide.title for slide in deck.slides] == ["A", "C", "B"]
    problem = only(write(tmp_path, deck="sections:\n  - {include: two.yaml, time: 5m}\n"))
    assert (problem.line, problem.column) == (2, 25)
    assert problem.words == '"time" cannot be set here: "two.yaml" has sections of its own'


INCLUDES_WRONG = [
    ("Y31 itself", "deck.yaml", "", "this include goes round: deck.yaml → deck.yaml"),
    ("Y31 cycle", "one.yaml", "sections: [{include: deck.yaml}]", "goes round: deck.yaml → one.yaml → deck.yaml"),
    ("Y31 missing", "two.yaml", "", '"two.yaml": there is no such file'),
    ("Y31 outside", "../x.yaml", "", "is outside the deck's folder; put the file there"),
    ("Y31 absolute", "/etc/passwd", "", "is outside the deck's folder"),
    ("a folder", ".", "", "this is a folder"),
    ("a URL", "https://x.org/a.yaml", "", "is an address on the network"),
    ("not text", "[a]", "", "expected text, not a list"),
    ("no slides", "one.yaml", "title: x", "no slides"),
    ("nothing", "one.yaml", "", "no slides"),
    ("broken", "one.yaml", "title: a: b", 'text containing ": " needs quotes'),
]


@pytest.mark.parametrize(
    ("name", "one", "words"), [row[1:] for row in INCLUDES_WRONG], ids=[row[0] for row in INCLUDES_WRONG]
)
def test_a_wrong_include_is_explained(tmp_path: Path, name: str, one: str, words: str) -> None:
    folder = tmp_path / "in"
    (tmp_path / "x.yaml").write_text("slides: [{title: secret}]")
    problem = only(write(folder, deck=f"sections:\n  - include: {name}\n", one=one))
    assert words in problem.words
    if problem.path.name == "one.yaml":
        assert problem.chain == ("deck.yaml:2",)
    else:
        assert (problem.line, problem.column) == (2, 14)


def test_y31_problems_in_includes_name_the_chain_and_all_files_are_read(tmp_path: Path) -> None:
    loaded = load(
        write(
            tmp_path,
            deck="sections:\n  - include: a/one.yaml\n  - {title: P, slides: [{tite: x}]}\n",
            a__one_yaml="sections:\n\n  - include: two.yaml\n",
            a__two_yaml="title: P\nslides:\n  - {title: A, tiem: 5}\n",
        )
    )
    assert [(problem.path.name, problem.line, problem.chain) for problem in loaded.problems] == [
        ("two.yaml", 3, ("a/one.yaml:3", "deck.yaml:2")),
        ("deck.yaml", 3, ()),
    ]


def test_an_include_has_no_slides_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, deck="sections:\n  - {include: one.yaml, slides: [{title: A}]}\n", one=PART)
    assert brief(load(path)) == [(2, 25, 'a section with "include" has its slides in that file')]


@pytest.mark.parametrize("empty", ['""', "' '"])
def test_an_empty_include_is_no_section_that_vanishes(tmp_path: Path, empty: str) -> None:
    path = write(tmp_path, deck=f"sections:\n  - include: {empty}\n  - {{title: P, slides: [{{title: A}}]}}\n")
    assert brief(load(path)) == [(2, 14, '"include" is empty; write the path of a deck file')]


def test_includes_go_eight_deep(tmp_path: Path) -> None:
    for number in range(10):
        write(tmp_path, **{f"p{number}": f"sections: [{{include: p{number + 1}.yaml}}]"})
    write(tmp_path, p10="title: P\nslides: [{title: A}]")
    assert only(tmp_path / "p1.yaml").words == "includes are nested more than 8 deep"
    assert good(tmp_path / "p2.yaml").slides[0].title == "A"


def test_a_variant_is_not_blamed_for_slides_that_could_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, deck="variants: {v: {only: [a]}}\nslides:\n  - {title: B}\n  - {id: a, time: x, title: A}\n")
    assert [problem.line for problem in load(path).problems] == [4]
