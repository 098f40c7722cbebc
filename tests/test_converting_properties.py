from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdown_decks import DECK
from presenter.check.engine import check_deck
from presenter.convert.dialects import DIALECTS, Dialect
from presenter.convert.image_paths import ImagePaths
from presenter.convert.markdown_source import SourceError
from presenter.convert.pipeline import Converted, convert_text
from presenter.deck.load import load

SAMPLES = sorted((Path(__file__).parent / "markdown").glob("*.md"))
OWN = re.compile(r"\bk?w\d+x\b")
FOLDER = Path(tempfile.gettempdir())


def made(text: str, dialect: Dialect | None) -> Converted | None:
    shelf = ImagePaths(FOLDER / "nowhere", FOLDER / "nowhere" / "deck.yaml")
    try:
        return convert_text(text, "talk.md", shelf, dialect)
    except SourceError as error:
        if not re.search("nothing to show|nested too deeply", str(error)):
            raise
        return None


def said(converted: Converted) -> str:
    return "\n".join([converted.text, *(f"{remark.words}\n{remark.quote}" for remark in converted.remarks)])


def faults(converted: Converted) -> list[str]:
    """Return what `presenter check` calls errors in a deck."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.yaml"
        path.write_text(converted.text, encoding="utf-8")
        report = check_deck(path)
    return [f"{problem.line}: {problem.words}" for problem in report.problems if problem.severity == "error"]


@settings(max_examples=150, deadline=None)
@given(DECK, st.sampled_from([None, *DIALECTS]))
def test_no_word_of_the_source_is_lost_and_the_deck_can_be_shown(text: str, dialect: Dialect | None) -> None:
    converted = made(text, dialect)
    if converted is None:
        return
    shown = said(converted)
    labels = set(re.findall(r"\]\[(k\w+)\]", text)) | set(re.findall(r"\[(k\w+)\]:", text))
    lost = set(OWN.findall(text)) - labels - set(OWN.findall(shown))
    assert not lost, converted.text
    assert not faults(converted), converted.text
    again = made(text, dialect)
    assert again == converted


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab #*-_`<>!|[](){}:.\n\t\"'&%\\@0123\x1b\u202e\u0085é—"), max_size=300))
def test_any_text_is_converted_or_refused(text: str) -> None:
    converted = made(text, None)
    assert converted is None or not faults(converted), converted.text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_word_of_the_samples_is_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    converted = convert_text(text, path.name, ImagePaths(path.parent, path.parent / "deck.yaml"))
    words = set(re.findall(r"[^\W\d_]{3,}", text))
    lost = words - set(re.findall(r"[^\W\d_]{3,}", said(converted)))
    # What is left are the names of commands and layouts that became layouts, steps and notes.
    assert lost <= {
        *("marp", "true", "false", "paginate", "lead", "slideLevel", "wrap", "incrementalLists", "sub", "title"),
        *("end", "slide", "jump", "middle", "column", "layout", "reset", "speaker", "note", "pause", "skip", "footer"),
        *(
            "incremental",
            "lists",
            "cols",
            "right",
            "two",
            "header",
            "section",
            "fact",
            "cover",
            "hide",
            "image",
            "clicks",
        ),
        *(
            "click",
            "div",
            "img",
            "src",
            "alt",
            "stop",
            "notes",
            "start",
            "path",
            "relative",
            "lang",
            "Note",
            "separator",
        ),
        *("element", "class", "fragment", "data", "background", "timing", "span", "event", "location", "options", "bg"),
        *("date", "name", "min", "fit", "hidden", "file", "author", "quote", "theme", "width", "slides", "default"),
    }, lost
    assert load(path.with_suffix(".yaml")).deck is not None


def test_the_samples_are_the_decks_that_stand_beside_them(request: pytest.FixtureRequest) -> None:
    for path in SAMPLES:
        beside = path.with_suffix(".yaml")
        text = path.read_text(encoding="utf-8")
        converted = convert_text(text, path.name, ImagePaths(path.parent, beside))
        if request.config.getoption("--update-goldens"):
            beside.write_text(converted.text, encoding="utf-8")
        assert converted.text == beside.read_text(encoding="utf-8"), path.name
        report = check_deck(beside)
        # Markdown has pictures without words, and slides with nothing else.
        assert {problem.rule for problem in report.problems} <= {"L001", "L016"}, path.name
        assert path.name in converted.text.split("\n")[0]
