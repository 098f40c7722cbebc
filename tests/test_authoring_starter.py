from __future__ import annotations

import os
import re
import shlex
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presenter.check.engine import check_deck
from presenter.cli import cli
from presenter.deck.load import load
from presenter.layouts import LAYOUTS
from presenter.outline.new_deck import (
    MAX_SLIDES,
    MAX_TITLE,
    MIN_SLIDE_SECONDS,
    NewDeckError,
    new_deck_text,
    quote_scalar,
    title_text,
)
from presenter.outline.new_file import save_new
from presenter.safety import clean_line
from presenter.themes import THEMES
from presenter.timing.plan import make_plan
from written import good

titles = st.text(min_size=1, max_size=MAX_TITLE).filter(lambda text: 0 < len(clean_line(text)) <= MAX_TITLE)
HARD = [
    "a: b",
    "# no",
    "- x",
    "'",
    '"',
    "\\",
    "{}",
    "[",
    "!",
    "&a *b",
    "yes",
    "1:30",
    "null",
    "~",
    "%d",
    "日本語",
    "\ufffe\uffff",
]


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["new", *words], prog_name="presenter")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    title=titles | st.sampled_from(HARD),
    sections=st.lists(titles | st.sampled_from(HARD), max_size=4),
    slides=st.integers(4, 30),
    each=st.integers(MIN_SLIDE_SECONDS, 400),
)
def test_any_titles_are_read_back_as_they_are(
    tmp_path: Path, title: str, sections: list[str], slides: int, each: int
) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(
        new_deck_text(title=title, sections=sections, slides=slides, duration=slides * each), encoding="utf-8"
    )
    deck = good(path)
    assert deck.title == deck.slides[0].layout.title == title_text(title)
    if sections:
        assert [section.title for section in deck.sections] == [title_text(name) for name in sections]
        assert len({slide.section for slide in deck.slides}) == len(sections)
    assert len(deck.slides) == slides
    made = make_plan(deck)
    assert (made.duration, made.target + made.reserve, made.slack, made.warnings) == (
        slides * each,
        slides * each,
        0,
        (),
    )
    assert min(slide.seconds for slide in made.slides) > 0


@pytest.mark.parametrize("theme", list(THEMES))
@pytest.mark.parametrize(
    ("slides", "sections"), [(1, []), (2, ["One", "Two"]), (12, []), (25, ["Why", "How", "So what"])]
)
def test_it_passes_check_and_fits(tmp_path: Path, theme: str, slides: int, sections: list[str]) -> None:
    path = tmp_path / "deck.yaml"
    text = new_deck_text(title="My talk", sections=sections, slides=slides, theme=theme, file="my talk.yaml")
    path.write_text(text, encoding="utf-8")
    report = check_deck(path, sizes=((80, 24), (60, 20), (200, 60)))
    assert report.problems == ()
    assert report.deck is not None
    assert report.deck.theme.name == theme
    assert len({slide.title for slide in report.deck.slides}) == slides


def test_it_shows_what_there_is(tmp_path: Path) -> None:
    text = new_deck_text(title="My talk", file="my talk.yaml")
    assert "presenter check 'my talk.yaml'" in text
    assert text.count("#") > 20
    assert all(len(line) <= 110 and line == line.rstrip() for line in text.splitlines())
    path = tmp_path / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    assert len({slide.layout.name for slide in good(path).slides}) >= 7
    assert {"title", "bullets", "code", "table", "compare", "quote", "big"} <= set(LAYOUTS)
    # What is commented out works as well.
    lively = re.sub(r"# (variants:|  lightning:|author:)", r"\1", text).replace("# image:", "image:")
    path.write_text(lively, encoding="utf-8")
    loaded = load(path)
    assert loaded.deck is not None
    assert list(loaded.deck.variants) == ["lightning"]
    assert any(slide.layout.name == "split" for slide in loaded.deck.slides)


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"title": " \t"}, "the title is empty"),
        ({"sections": ["a", ""]}, "the title of a section is empty"),
        ({"title": "x" * 121}, "too long for a title: 121 characters (limit 120)"),
        ({"slides": 0}, "1 to 500 slides"),
        ({"slides": MAX_SLIDES + 1, "duration": 86400}, "1 to 500 slides"),
        ({"slides": 2, "sections": ["a", "b", "c"]}, "3 sections need at least as many slides, not 2"),
        ({"duration": 60, "slides": 7}, "7 slides in 1m are too many: each needs 10 s"),
    ],
)
def test_wishes_that_no_deck_can_fulfil_are_refused(wishes: dict[str, object], words: str) -> None:
    with pytest.raises(NewDeckError) as caught:
        new_deck_text(**{"title": "T", **wishes})  # type: ignore[arg-type]
    assert words in str(caught.value)


def test_a_quoted_text_is_one_line() -> None:
    assert quote_scalar('a "b" \\ #') == '"a \\"b\\" \\\\ #"'


# The command ----------------------------------------------------------------------------------------------------------


def test_new_writes_a_deck_and_says_what_to_try(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "why-the_cache misses.yaml"
    result = run(str(path), "--sections", 'Question, "Facts, and figures"', "--sections", "Answer", "--duration", "1h")
    assert result.exit_code == 0, result.output
    deck = good(path)
    assert deck.title == "Why the cache misses"
    assert [section.title for section in deck.sections] == ["Question", "Facts, and figures", "Answer"]
    assert deck.duration == 3600
    commands = [line.strip() for line in result.output.splitlines() if line.startswith("  ")]
    assert len(commands) == 3
    assert [shlex.split(line)[:3] for line in commands][1] == ["presenter", "check", str(path)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()
    assert names_in(path.parent) == [path.name]  # no draft is left


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_name_without_an_ending_is_a_folder(tmp_path: Path) -> None:
    assert run(str(tmp_path / "my-talk")).exit_code == 0
    assert good(tmp_path / "my-talk" / "deck.yaml").title == "My talk"


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("mine", encoding="utf-8")
    for name in (path, tmp_path):
        result = run(str(name))
        assert result.exit_code == 1
        assert f"{path} is there already; nothing was changed" in result.output
    link = tmp_path / "link.yaml"
    link.symlink_to(tmp_path / "nothing.yaml")
    assert run(str(link)).exit_code == 1
    assert path.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nothing.yaml").exists()


def test_somebody_who_is_faster_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("theirs", encoding="utf-8")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    with pytest.raises(FileExistsError):
        save_new(path, "mine")
    assert path.read_text(encoding="utf-8") == "theirs"
    assert names_in(tmp_path) == ["deck.yaml"]


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    save_new(tmp_path / "deck.yaml", "mine")
    assert (tmp_path / "deck.yaml").read_text(encoding="utf-8") == "mine"
    assert names_in(tmp_path) == ["deck.yaml"]


def test_the_modeline_is_there_when_the_schema_is(tmp_path: Path) -> None:
    (tmp_path / "deck.schema.json").write_text("{}", encoding="utf-8")
    assert run(str(tmp_path / "deck.yaml")).exit_code == 0
    first = (tmp_path / "deck.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=deck.schema.json"
    text = new_deck_text(title="T", schema="offered")
    assert first in text
    assert not text.startswith(first)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["talk.txt"], "a deck's name ends in .yaml"),
        (["x.yaml", "--duration", "soon"], '"soon" is not a duration'),
        (["x.yaml", "--theme", "drak"], 'did you mean "dark"?'),
        (["x.yaml", "--slides", "900"], "1 to 500 slides"),
        (["x.yaml", "--title", ""], "the title is empty"),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage_is_told(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output
