from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from presenter.convert.dialects import Dialect
from presenter.convert.image_paths import ImagePaths
from presenter.convert.markdown_source import SourceError
from presenter.convert.pipeline import Converted, convert_file, convert_text

PICTURE = Path(__file__).parent / "markdown" / "images" / "pot.png"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "images" / f"{name}.png").write_bytes(PICTURE.read_bytes())
    return tmp_path


def converted(text: str, dialect: Dialect | None = None, folder: Path = Path("nowhere")) -> Converted:
    return convert_text(text, "talk.md", ImagePaths(folder, folder / "deck.yaml"), dialect)


def slides(text: str, dialect: Dialect | None = None, folder: Path = Path("nowhere")) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load(converted(text, dialect, folder).text, yaml.BaseLoader)["slides"]  # noqa: S506  makes texts only
    return found


def told(text: str, dialect: Dialect | None = None, folder: Path = Path("nowhere")) -> list[tuple[int, str]]:
    return [(remark.line, remark.words) for remark in converted(text, dialect, folder).remarks]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("one\n\n<!-- end_slide -->\n\ntwo\n", "presenterm"),
        ("---\nmarp: true\n---\none\n", "marp"),
        ("# one\n\n![bg left](x.png)\n", "marp"),
        ("# one\n\n---\nlayout: two-cols\n---\n\na\n\n::right::\n\nb\n", "slidev"),
        ("# one\n\n. . .\n\ntwo\n", "patat"),
        ("# one\n\n<!-- stop -->\n\ntwo\n", "lookatme"),
        ("# one\n\nNote: say it\n", "reveal"),
        ("one\n\n----\n\ntwo\n", "reveal"),
        ("# one\n\ntwo\n", "markdown"),
        ("```\n<!-- end_slide -->\n----\n```\n", "markdown"),
    ],
)
def test_the_tool_is_found_out(text: str, dialect: Dialect) -> None:
    assert converted(text).dialect == dialect


def test_a_list_alone_is_points_and_with_words_it_is_text() -> None:
    first, second, third = slides("## a\n\n- x\n- y\n  - z\n\n---\n\n## b\n\nwords\n\n- x\n\n---\n\n- [ ] task\n")
    assert first == {"title": "a", "points": ["x", {"y": ["z"]}]}
    assert second == {"title": "b", "body": "words\n\n- x\n"}
    assert third == {"body": "- [ ] task"}


def test_code_table_and_quotation_have_their_layouts() -> None:
    text = "```py\na\nb\n```\n\n---\n\n| k | v |\n|---|--:|\n| 1 | a\\|b |\n\n---\n\n> words\n> — someone\n"
    code, table, quote = slides(text)
    assert code == {"code": "a\nb\n", "language": "py"}
    assert table["table"] == {"columns": ["k", "v"], "rows": [["1", "a|b"]], "align": ["left", "right"]}
    assert quote == {"quote": "words", "by": "someone"}


@pytest.mark.parametrize(
    ("info", "dialect", "steps"),
    [
        ("rust {1-2|3|all} +exec", "presenterm", ["1-2", "3", "all"]),
        ("ts {1,3}", "slidev", ["1,3"]),
        ("ts{1|2}{lines:true}", "slidev", ["1", "2"]),
        ("js [1-2|3]", "reveal", ["1-2", "3"]),
        ("js [5: 1|2]", "reveal", ["1", "2"]),
        ("js {1|99}", "slidev", ["1"]),
        ("js {all}", "slidev", None),
        ("js", "marp", None),
    ],
)
def test_lines_that_stand_out_become_steps(info: str, dialect: Dialect, steps: list[str] | None) -> None:
    (slide,) = slides(f"```{info}\none\ntwo\nthree\n```\n", dialect)
    assert slide.get("highlight") == steps


def test_pauses_become_texts_and_points_come_one_by_one() -> None:
    text = "a\n\n<!-- pause -->\n\nb\n\n<!-- end_slide -->\n\n- x\n\n<!-- pause -->\n\n- y\n"
    assert slides(text) == [{"body": ["a", "b"]}, {"points": ["x", "y"], "reveal": "true"}]
    assert slides("* x\n* y\n", "marp") == [{"points": ["x", "y"], "reveal": "true"}]
    assert slides("- x\n- y\n", "marp") == [{"points": ["x", "y"]}]
    assert slides("<v-clicks>\n\n- x\n- y\n\n</v-clicks>\n", "slidev") == [{"points": ["x", "y"], "reveal": "true"}]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("a\n\n<!-- speaker_note: words -->\n", "presenterm"),
        ("a\n\n<!--\nspeaker_note: |\n  words\n-->\n", "presenterm"),
        ("a\n\n<!-- words -->\n", "marp"),
        ("a\n\n<!--\n  words\n-->\n", "slidev"),
        ("a\n\n<!-- words -->\n", "patat"),
        ("a\n\n<!-- notes: words -->\n", "lookatme"),
        ("a\n\nNote: words\n", "reveal"),
        ("a\n\nnotes:\nwords\n", "reveal"),
        ("a\n\n<!-- note: words -->\n", "markdown"),
        ("a\n\n::: notes\nwords\n:::\n", "markdown"),
    ],
)
def test_notes_are_notes(text: str, dialect: Dialect) -> None:
    (slide,) = slides(text, dialect)
    assert slide == {"body": "a", "notes": "words"}
    assert not told(text, dialect)


def test_slidevs_notes_are_one_a_step_where_there_are_as_many() -> None:
    text = "a\n\n<v-click>\n\nb\n\n</v-click>\n\n<!--\none\n\n[click] two\n-->\n"
    assert slides(text, "slidev") == [{"body": ["a", "b"], "notes": ["one", "two"]}]
    (slide,) = slides(text.replace("<v-click>", "").replace("</v-click>", ""), "slidev")
    assert slide["notes"] == "one\n\n[click] two\n"


def test_a_comment_that_says_nothing_stays_a_comment() -> None:
    made = converted("a\n\n<!-- to do: look this up -->\n", "markdown")
    assert "  # to do: look this up\n" in made.text
    assert not made.remarks


def test_columns_are_a_comparison_or_a_picture_beside_words(folder: Path) -> None:
    text = "T\n===\n\n<!-- column_layout: [1, 1] -->\n<!-- column: 0 -->\n### L\n- x\n\n<!-- column: 1 -->\n{}\n"
    (two,) = slides(text.replace("{}", "### R\n\nwords"), folder=folder)
    assert two == {"title": "T", "left": {"heading": "L", "points": ["x"]}, "right": {"heading": "R", "body": "words"}}
    (beside,) = slides(text.replace("{}", "![A](images/a.png)").replace("### L\n", ""), folder=folder)
    assert beside == {"title": "T", "image": {"src": "images/a.png", "alt": "A"}, "points": ["x"]}


def test_three_columns_are_two_slides() -> None:
    columns = "".join(f"<!-- column: {number} -->\n{word}\n\n" for number, word in enumerate("abc"))
    first, second = slides(f"<!-- column_layout: [1, 1, 1] -->\n{columns}")
    assert (first["left"]["body"], first["right"]["body"], second["body"]) == ("a", "b", "c")


def test_what_columns_have_no_use_for_is_told() -> None:
    columns = "".join(f"<!-- column: {number} -->\n{word}\n\n" for number, word in enumerate("ab"))
    text = f"<!-- jump_to_middle -->\n<!-- column_layout: [1, 1] -->\n{columns}"
    assert [line for line, words in told(text) if "middle" in words] == [1]


def test_front_matter_that_is_no_yaml_is_told() -> None:
    ((line, words),) = told("---\ntitle: [a\n---\n\n# x\n")
    assert (line, "no YAML" in words) == (2, True)
    assert not told("---\n\n# x\n\n---\n\n# y\n")


def test_pictures_have_the_layouts_they_need(folder: Path) -> None:
    a, b = "![A](images/a.png)", "![B](images/b.png)"
    assert slides(a, "markdown", folder) == [{"image": {"src": "images/a.png", "alt": "A"}}]
    assert slides(f"{a} {b}", "markdown", folder)[0]["images"][1] == {"src": "images/b.png", "alt": "B"}
    (split,) = slides("# T\n\n![bg left:30%](images/a.png)\n\n- x\n", "marp", folder)
    assert split["image"] == {"src": "images/a.png", "side": "left", "width": "30%", "fit": "cover"}
    both = f"# T\n\nwords\n\n{a}\n\n{b}\n"
    assert [sorted(slide) for slide in slides(both, "markdown", folder)] == [["body", "title"], ["images", "title"]]
    assert "shown on 2 slides" in told(both, "markdown", folder)[0][1]


@pytest.mark.parametrize(
    ("src", "why"),
    [
        ("images/none.png", "there is no file"),
        ("https://example.org/x.png", "address on the network"),
        ("../outside.png", "outside the deck's folder"),
        ("images/words.png", "images/words.png"),
        ("images/x.svg", "SVG"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_and_leaves_its_words(folder: Path, src: str, why: str) -> None:
    (folder / "images" / "words.png").write_text("no picture")
    (folder / "images" / "x.svg").write_text("<svg/>")
    (folder.parent / "outside.png").write_bytes(PICTURE.read_bytes())
    text = f"# T\n\nwords\n\n![alt words]({src})\n"
    ((line, words),) = told(text, "markdown", folder)
    assert line == 5
    assert why in words
    assert slides(text, "markdown", folder)[0]["body"] == "words\n\nalt words\n"


def test_paths_are_written_from_where_the_deck_stands(folder: Path) -> None:
    (folder / "talk").mkdir()
    (folder / "talk" / "talk.md").write_text("![A](../images/a.png)\n\n---\n\n![B](../images/b%20c.png)\n")
    (folder / "images" / "b c.png").write_bytes(PICTURE.read_bytes())
    made = convert_file(folder / "talk" / "talk.md", folder / "deck.yaml")
    assert "images/a.png" in made.text
    assert "images/b c.png" in made.text
    assert not made.remarks
    assert (
        "outside the deck's folder"
        in convert_file(folder / "talk" / "talk.md", folder / "talk" / "x.yaml").remarks[0].words
    )


def test_sections_come_from_headings_of_the_first_level_when_there_are_several() -> None:
    text = "# One\n\n## a\n\nx\n\n# Two\n\nintro\n\n## b\n\ny\n"
    deck = yaml.load(converted(text).text, yaml.BaseLoader)  # noqa: S506  makes texts only
    assert [section["title"] for section in deck["sections"]] == ["One", "Two"]
    assert deck["sections"][0]["divider"] == "true"
    assert deck["sections"][1]["slides"][0] == {"title": "Two", "body": "intro"}
    assert len(slides("# One\n\n## a\n\nx\n")) == 2


def test_vertical_slides_make_sections() -> None:
    text = "# A\n\n----\n\n## a\n\n---\n\n# B\n\n----\n\n## b\n"
    deck = yaml.load(converted(text).text, yaml.BaseLoader)  # noqa: S506  makes texts only
    assert [section["title"] for section in deck["sections"]] == ["A", "B"]


def test_marps_footer_is_the_decks_and_changes_where_it_says_so() -> None:
    text = (
        "---\nmarp: true\nfooter: '{us}'\npaginate: true\n---\n# A\n\n---\n# B\n\n---\n<!-- _paginate: false -->\n# C\n"
    )
    made = yaml.load(converted(text).text, yaml.BaseLoader)  # noqa: S506  makes texts only
    assert made["footer"] == "{{us}} · {slide}/{slides}"
    assert [slide.get("footer") for slide in made["slides"]] == [None, None, "{{us}}"]


def test_an_opening_slide_comes_from_front_matter_where_the_tool_makes_one() -> None:
    text = "---\ntitle: T\nsub_title: S\nauthors: [A, B]\nevent: E\n---\n\na\n\n<!-- end_slide -->\n"
    assert slides(text)[0] == {"title": "T", "subtitle": "S", "byline": "A, B · E"}
    assert slides("---\ntitle: T\n---\n\n# T\n\nwords\n")[0] == {"title": "T", "subtitle": "words"}


def test_settings_of_slides_are_carried() -> None:
    text = "---\nlayout: fact\nrouteAlias: big-one\n---\n# 42\nanswers\n\n---\nhide: true\n---\n# B\n"
    assert slides(text, "slidev") == [
        {"id": "big-one", "big": "42", "caption": "answers"},
        {"title": "B", "hidden": "true"},
    ]
    timed = '<!-- .slide: data-timing="75" id="x" data-visibility="hidden" -->\n# A\n\n---\n\n# B\n'
    assert slides(timed, "reveal")[0] == {"id": "x", "title": "A", "time": "75s", "hidden": "true"}


def test_links_by_reference_get_their_address() -> None:
    text = "see [it][k] and [k]\n\n---\n\nmore\n\n[k]: http://example.org 'T'\n[unused]: /u\n"
    assert slides(text)[0]["body"] == 'see [it](http://example.org "T") and [k](http://example.org "T")'
    assert told(text) == [(8, "no link uses this address; it is left out")]


def test_html_is_left_out_and_its_words_are_kept() -> None:
    text = "<div class='x'>\n\na <b>b</b><br>c <mark>d</mark>\n\n</div>\n"
    assert slides(text) == [{"body": "a **b**\\\nc d\n"}]
    assert [line for line, _ in told(text)] == [1, 3]


def test_control_characters_become_symbols() -> None:
    made = converted("a\x1b[31m \u202eb\n")
    assert "␛[31m" in made.text
    assert "\x1b" not in made.text + str(made.remarks)
    assert made.remarks[0].line == 1


@pytest.mark.parametrize("text", ["", "\n\n---\n\n", "---\ntitle: T\nmarp: true\n---\n", "<!-- a comment -->\n"])
def test_nothing_to_show_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match="nothing to show"):
        converted(text)


def test_too_deep_nesting_is_an_error_and_no_silence() -> None:
    with pytest.raises(SourceError, match="nested too deeply"):
        converted(">" * 200 + "words")


def test_a_picture_behind_words_stands_beside_them_and_that_is_told(folder: Path) -> None:
    text = "# T\n\n![bg](images/a.png)\n\nwords\n"
    (slide,) = slides(text, "marp", folder)
    assert (slide["image"], slide["body"]) == ({"src": "images/a.png", "fit": "cover"}, "words")
    assert told(text, "marp", folder) == [(3, "a picture behind the words stands beside them")]


def test_states_of_moving_code_are_slides_of_their_own() -> None:
    text = "# T\n\n````md magic-move\n```js\none\n```\n\n```js {1}\ntwo\n```\n\n```js\nthree\n```\n````\n"
    assert [slide["code"] for slide in slides(text, "slidev")] == ["one", "two", "three"]


def test_files_of_code_are_named_and_lines_past_their_end_are_told(folder: Path) -> None:
    (folder / "x.py").write_text("one\ntwo\n")
    assert slides("<<< @/x.py {1|2}\n", "slidev", folder) == [{"file": "x.py", "highlight": ["1", "2"]}]
    assert "past the file's end" in told("<<< @/x.py {9}\n", "slidev", folder)[0][1]
    assert "no file" in told("<<< @/y.py\n", "slidev", folder)[0][1]


def test_a_grid_of_divisions_is_columns() -> None:
    grid = '<div style="display: grid">\n<div>\n\n**a**\n\n</div>\n<div>\n\n- b\n\n</div>\n</div>\n'
    (slide,) = slides(f"## T\n\n{grid}", "marp")
    assert slide == {"title": "T", "left": {"body": "**a**"}, "right": {"points": ["b"]}}
    assert not told(f"## T\n\n{grid}", "marp")
    first, second = slides(f"## T\n\n{grid}\nafter\n", "marp")
    assert ("left" in first, second["body"]) == (True, "after")


def test_a_footer_that_no_slide_has_is_told() -> None:
    text = "---\nmarp: true\nfooter: one\n---\n<!-- footer: two -->\n# A\n"
    assert told(text) == [(3, "no slide has this footer, since another one takes its place; it is left out")]
    assert "footer: two\n" in converted(text).text


def test_a_long_footer_is_cut_and_told() -> None:
    text = f"---\nmarp: true\nfooter: {'long ' * 60}end\n---\n# A\n"
    assert told(text) == [(3, "a footer is cut after 89 characters")]


def test_a_link_in_the_title_is_told() -> None:
    assert told("---\ntitle: '[T](http://x)'\n---\n\n# A\n") == [(2, "links in the title are left out")]
