"""The bundled talk as its author promises it: sources, times and notes that agree, few words, pictures explained.

The files are read with plain PyYAML, so that these tests speak about the words and not about the loader.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

TALK = Path(__file__).parents[1] / "decks" / "inside-pictures"
WPM = 130
WORD = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
CUE = re.compile(r"\[[^\]]*\]")
QUOTED = re.compile('\u201c[^\u201d]*\u201d|"[^"]*"')
RUNS = Path(__file__).parent / "article-runs.txt"
RUN = 8
PAUSE = re.compile(r"\[pause (\d+)s\]")
HEADINGS = (
    "(before the first heading)",
    "Why Inside Pictures … Rarely Match the Propaganda",
    "The Rural Divide",
    "The Secret Economy Captured on Camera",
    'Technology and the "Intranet"',
    "The Human Side: Beyond the Uniforms",
    "The Architecture of Power",
    "The Risks of Documenting the DPRK",
    "What We Miss in the Frame",
    "How to View These Images Critically",
    "Actionable Insights for the Curious",
)


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  texts only
    return found


def seconds(text: str) -> int:
    match = re.fullmatch(r"(?:(\d+)m)?(?:(\d+)s)?", text)
    assert match, text
    assert any(match.groups()), text
    return int(match[1] or 0) * 60 + int(match[2] or 0)


def count(text: str) -> int:
    return len(WORD.findall(text))


def spoken(notes: str) -> float:
    """Seconds that notes take: words at the usual pace, and the pauses."""
    return count(CUE.sub(" ", notes)) * 60 / WPM + sum(int(pause) for pause in PAUSE.findall(notes))


def images(value: object) -> Iterator[dict[str, str]]:
    """Go through every picture below a value of a slide."""
    if isinstance(value, dict):
        if "src" in value:
            yield value
        else:
            for below in value.values():
                yield from images(below)
    elif isinstance(value, list):
        for below in value:
            yield from images(below)


def texts(value: object) -> Iterator[str]:
    """Go through the points of a list and of the lists in it."""
    if isinstance(value, list):
        for below in value:
            yield from texts(below)
    else:
        yield str(value)


def every(value: object) -> Iterator[str]:
    """Go through every text below a value."""
    if isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from every(below)
    else:
        yield str(value)


def shown(value: object) -> str:
    """Join the words a slide shows below its title; of a picture its caption and credit."""
    if isinstance(value, dict):
        if "src" in value:
            return f"{value.get('caption', '')} {value.get('credit', '')}"
        return " ".join(shown(below) for below in value.values())
    if isinstance(value, list):
        return " ".join(shown(below) for below in value)
    return str(value)


DECK = read(TALK / "deck.yaml")
FILES = [TALK / section["include"] for section in DECK["sections"]]
SECTIONS = [read(file) for file in FILES]
SLIDES = [(file, slide) for file, section in zip(FILES, SECTIONS, strict=True) for slide in section["slides"]]
IDS = [slide["id"] for _, slide in SLIDES]
EACH_SLIDE = pytest.mark.parametrize(("file", "slide"), SLIDES, ids=IDS)
SOURCES = (TALK / "SOURCES.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in SOURCES.splitlines() if line.startswith("|")]


def test_the_talk_has_eleven_parts_and_every_section_file_belongs_to_it() -> None:
    assert len(FILES) == len(HEADINGS)
    assert sorted(FILES) == sorted((TALK / "sections").glob("*.yaml"))
    assert len({section["id"] for section in SECTIONS}) == len(SECTIONS)


def test_it_has_36_to_40_slides_each_with_an_id_of_its_own() -> None:
    assert 36 <= len(IDS) <= 40
    assert len(set(IDS)) == len(IDS)
    assert not set(IDS) & {section["id"] for section in SECTIONS}, "a variant could not tell them apart"


def test_the_sources_list_every_slide_once_and_in_order() -> None:
    assert [row[0].strip("`") for row in ROWS if row[0].startswith("`")] == IDS


def test_every_heading_and_every_paragraph_of_the_article_has_a_slide() -> None:
    parts = {row[0]: (row[1], int(row[2])) for row in ROWS if len(row) == 3 and row[2].isdigit()}
    assert tuple(heading for heading, _ in parts.values()) == HEADINGS
    cited = {
        (reference.rsplit(" ", 1)[0], int(re.sub(r"[a-z]$", "", reference.rsplit(" ", 1)[1])))
        for row in ROWS
        if row[0].startswith("`")
        for reference in row[1].split(", ")
    }
    assert cited == {(key, number) for key, (_, many) in parts.items() for number in range(1, many + 1)}


def test_every_source_row_says_what_it_carries_and_how_sure_it_is() -> None:
    for row in ROWS:
        if row[0].startswith("`"):
            assert len(row) == 4, row
            assert row[2], row
            assert re.match(r"[ACO\u2013]", row[3]), row


def fingerprints(text: str) -> dict[str, str]:
    """Every run of eight words, as its fingerprint and as itself: what was in quotation marks is left out.

    The article itself is not ours to keep here; `article-runs.txt` holds the fingerprints of its runs, made by this
    function. The first of them is that of a sentence of our own, so that it can be seen that one is found.
    """
    found = {}
    for part in QUOTED.split(text):
        words = [word.lower().replace("\u2019", "'") for word in WORD.findall(part)]
        for run in (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)):
            found[hashlib.blake2b(run.encode(), digest_size=5).hexdigest()] = run
    return found


def test_no_run_of_eight_words_is_the_article_s() -> None:
    known = set(RUNS.read_text(encoding="ascii").split())
    assert len(known) > 1000
    assert set(fingerprints("This line is here so that it can be found.")) & known
    for file, slide in SLIDES:
        same = [run for text in every(slide) for mark, run in fingerprints(text).items() if mark in known]
        assert not same, f"{file.name}, {slide['id']}: {same}"


@EACH_SLIDE
def test_notes_are_of_a_length_to_be_spoken(file: Path, slide: dict[str, Any]) -> None:
    words = count(CUE.sub(" ", slide["notes"]))
    assert 40 <= words <= 140, f"{file.name}: {words} words"


@EACH_SLIDE
def test_notes_fit_their_time(file: Path, slide: dict[str, Any]) -> None:
    planned, needed = seconds(slide["time"]), spoken(slide["notes"])
    assert planned >= 20
    assert abs(needed - planned) <= 0.2 * planned, f"{file.name}: {needed:.0f} s of words in {planned} s"


@EACH_SLIDE
def test_cues_stand_on_lines_of_their_own(file: Path, slide: dict[str, Any]) -> None:
    for line in slide["notes"].splitlines():
        assert not CUE.search(line) or CUE.fullmatch(line.strip()), f"{file.name}: {line}"


@pytest.mark.parametrize("section", SECTIONS, ids=[section["id"] for section in SECTIONS])
def test_slide_times_add_up_to_the_section_budget(section: dict[str, Any]) -> None:
    assert sum(seconds(slide["time"]) for slide in section["slides"]) == seconds(section["time"])


def test_section_budgets_add_up_to_the_talk_less_the_reserve() -> None:
    budgets = sum(seconds(section["time"]) for section in SECTIONS)
    assert budgets == seconds(DECK["duration"]) - seconds(DECK["reserve"])


@EACH_SLIDE
def test_every_picture_exists_and_says_what_it_shows_and_what_it_is(file: Path, slide: dict[str, Any]) -> None:
    for image in images(slide):
        assert image.get("alt"), f"{image['src']} needs an alt text"
        assert re.match("drawn for this talk|data: ", image.get("credit", "")), f"{image['src']} needs its credit"
        assert (file.parent / image["src"]).is_file(), f"{image['src']} is missing"


def test_at_least_fourteen_slides_have_a_picture() -> None:
    assert sum(any(images(slide)) for _, slide in SLIDES) >= 14


@EACH_SLIDE
def test_no_slide_shows_more_than_forty_words(file: Path, slide: dict[str, Any]) -> None:
    keys = ("subtitle", "byline", "body", "points", "image", "images", "left", "right", "quote", "by", "source")
    words = count(shown([slide.get(key, "") for key in (*keys, "big", "caption")]))
    assert words <= 40, f"{file.name}: {words} words"


@EACH_SLIDE
def test_titles_fit_one_line_and_points_stay_few(file: Path, slide: dict[str, Any]) -> None:
    assert 0 < len(slide["title"]) <= 40, file.name
    for place in (slide, slide.get("left", {}), slide.get("right", {})):
        points = list(texts(place.get("points", [])))
        assert len(points) <= 5, file.name
        assert all(count(point) <= 9 for point in points), file.name


def test_the_lightning_talk_is_made_of_slides_that_exist_and_lasts_five_minutes() -> None:
    lightning = DECK["variants"]["lightning"]
    times = {slide["id"]: seconds(slide["time"]) for _, slide in SLIDES}
    total = sum(times[slide] for slide in lightning["only"])
    assert seconds(lightning["duration"]) == 300
    assert abs(total - 300) <= 0.15 * 300
    assert [slide for slide in IDS if slide in lightning["only"]] == lightning["only"], "in the order of the talk"


def test_some_slides_may_be_dropped_but_none_of_the_lightning_talk() -> None:
    optional = {slide["id"] for _, slide in SLIDES if slide.get("optional") == "true"}
    assert len(optional) >= 5
    assert not optional & set(DECK["variants"]["lightning"]["only"])
