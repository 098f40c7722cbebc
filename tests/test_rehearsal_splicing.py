from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from presenter.history import yaml_splice
from presenter.history.yaml_splice import SpliceError, apply_splices, splice_times

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SLIDE = (1, 4)


def put(slide: str, seconds: int = 45) -> str:
    """Put a time into a deck whose only slide is given as the lines of a list item; return the item's lines."""
    head = "slides:\n"
    lines = "".join(f"  {line}" for line in slide.splitlines(keepends=True))
    done = splice_times(head + lines, {places(head + lines)[0]: seconds})
    assert not done.refused, done.refused
    assert done.text.startswith(head)
    return "".join(line.removeprefix("  ") for line in done.text.removeprefix(head).splitlines(keepends=True))


def refusal(text: str, spot: tuple[int, int] | None = None) -> str:
    spot = spot or next(iter(places(text)), SLIDE)
    done = splice_times(text, {spot: 45})
    assert done.text == text
    assert not done.edits
    return done.refused[spot]


SHAPES = [
    ("- title: A\n  time: 30s\n", "- title: A\n  time: 45s\n"),
    ("- title: A\n  time: 30s   # enough\n", "- title: A\n  time: 45s   # enough\n"),
    ("- title: A\n  time: 30\n", "- title: A\n  time: 45\n"),
    ("- title: A\n  time: 0:30\n", "- title: A\n  time: 0:45\n"),
    ("- title: A\n  time: '30s'\n", "- title: A\n  time: '45s'\n"),
    ('- title: A\n  time: "0:30"\n', '- title: A\n  time: "0:45"\n'),
    ("- title: A\n  time:\n", "- title: A\n  time: 45s\n"),
    ("- title: A\n  time:   # none yet\n", "- title: A\n  time: 45s   # none yet\n"),
    ("- title: A\n  time: ~\n", "- title: A\n  time: 45s\n"),
    ("- title: A\n  time: null\n", "- title: A\n  time: 45s\n"),
    ('- title: A\n  time: ""\n', '- title: A\n  time: "45s"\n'),
    ("- time:\n    30s\n  title: A\n", "- time:\n    45s\n  title: A\n"),
    ('- title: A\n  "time": 30s\n', '- title: A\n  "time": 45s\n'),
    ("- title: A\n", "- title: A\n  time: 45s\n"),
    ("- title: A", "- title: A\n  time: 45s"),
    ("-    title: A\n     body: x\n", "-    title: A\n     time: 45s\n     body: x\n"),
    ("-\n     title: A\n     body: x\n", "-\n     title: A\n     time: 45s\n     body: x\n"),
    ("- # a comment\n  title: A\n", "- # a comment\n  title: A\n  time: 45s\n"),
    ("- title: A\r\n  body: x\r\n", "- title: A\r\n  time: 45s\r\n  body: x\r\n"),
    ("- title: 👩‍👩‍👧‍👦 é\n  body: |\n    time: 1\n", "- title: 👩‍👩‍👧‍👦 é\n  time: 45s\n  body: |\n    time: 1\n"),
    ("- {title: A, time: 30s}\n", "- {title: A, time: 45s}\n"),
    ("- {title: A, time: }\n", "- {title: A, time: 45s }\n"),
    ("- {title: A}\n", "- {title: A, time: 45s}\n"),
    ("- {title: A,}\n", "- {title: A, time: 45s,}\n"),
    ("- { title: A }\n", "- { title: A, time: 45s }\n"),
    ("- {title: A, hidden: }\n", "- {time: 45s, title: A, hidden: }\n"),
    ('- {"title":"A"}\n', '- {"title":"A", "time": "45s"}\n'),
    ("- {title: A,\n   points: [a, b] # two\n  }\n", "- {title: A,\n   points: [a, b], time: 45s # two\n  }\n"),
    ("- &a title: A\n  body: x\n", "- &a title: A\n  time: 45s\n  body: x\n"),
    ("- id: a # so\n  title: A\n  body: x\n", "- id: a # so\n  title: A\n  time: 45s\n  body: x\n"),
    ("- id: a\n  title: >\n    A\n  body: x\n", "- id: a\n  time: 45s\n  title: >\n    A\n  body: x\n"),
    ("- body: x\n  title: A\n", "- time: 45s\n  body: x\n  title: A\n"),
    ("- title: Who knows ?\n  time: 30s\n", "- title: Who knows ?\n  time: 45s\n"),
]


@pytest.mark.parametrize("parser", ["CBaseLoader", "BaseLoader"])
@pytest.mark.parametrize(("before", "after"), SHAPES)
def test_only_the_time_changes(before: str, after: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_splice, "_LOADER", getattr(yaml, parser, yaml.BaseLoader))
    assert put(before) == after


def test_a_long_time_is_written_as_the_old_one_was() -> None:
    assert put("- title: A\n  time: 30s\n", 3725) == "- title: A\n  time: 1h2m5s\n"
    assert put("- title: A\n  time: 1:02:03\n", 3725) == "- title: A\n  time: 1:02:05\n"
    assert put("- title: A\n  time: 90\n", 125) == "- title: A\n  time: 125\n"


def test_an_anchored_slide_that_is_used_once_is_no_trouble() -> None:
    assert put("- &a\n  title: A\n") == "- &a\n  title: A\n  time: 45s\n"


def test_shared_values_inside_a_slide_are_no_trouble() -> None:
    text = "slides:\n  - title: &t A\n    body: *t\n"
    assert splice_times(text, {SLIDE: 45}).text == "slides:\n  - time: 45s\n    title: &t A\n    body: *t\n"
    text = "slides:\n  - {title: &t A, body: *t}\n"
    assert splice_times(text, {SLIDE: 45}).text == "slides:\n  - {time: 45s, title: &t A, body: *t}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("slides:\n  - &s {title: A}\n  - *s\n", "alias"),
        ("slides:\n  - &s\n    title: A\n  - *s\n", "alias"),
        ("slides: &l\n  - title: A\nother: *l\n", "alias"),
        ("other: &l\n  - title: A\nslides: *l\n", "alias"),
        ("slides:\n  - title: A\n    time: &t 30s\n", "anchor or a tag"),
        ("slides:\n  - title: A\n    time: !!str 30s\n", "anchor or a tag"),
        ("slides:\n  - title: A\n    time: |\n      30s\n", "several lines"),
        ("slides:\n  - title: A\n    time: >\n      30s\n", "several lines"),
        ("slides:\n  - title: A\n    time: '30\n      s'\n", "several lines"),
        ("slides:\n  - title: A\n    time: [30s]\n", "a list or a mapping"),
        ("slides:\n  - title: A\n    time: 1\n    time: 2\n", "twice"),
        ("slides:\n  - ? title\n    : A\n", '"? key"'),
        ("slides:\n  - title: A\n    ? time\n    : 30s\n", '"? key"'),
        ("slides:\n  - {? title : A}\n", '"? key"'),
        ("slides:\n  - {}\n", "empty"),
        ("slides:\n  - text\n", "no slide begins there"),
        ("slides:\n  [title: A]\n", "without braces"),
        ("pages:\n  - title: A\n", "no slide begins there"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    assert words in refusal(text)


def test_a_time_that_is_an_alias_is_refused() -> None:
    text = "slides:\n  - title: &t 30s\n    time: *t\n"
    assert "alias" in refusal(text)
    text = "slides:\n  - title: A\n    time: &t 30s\n  - title: B\n    time: *t\n"
    assert "alias" in refusal(text, (3, 4))
    assert "alias" in refusal(text)


def test_a_pair_without_braces_is_refused() -> None:
    assert "without braces" in refusal("slides: [title: A]\n", (0, 9))


def test_a_section_is_no_slide() -> None:
    text = "sections:\n  - title: A\n    divider: true\n    slides:\n      - title: B\n"
    assert "divider" in refusal(text, (1, 4))
    assert splice_times(text, {(4, 8): 45}).edits


def test_refused_slides_do_not_hold_up_the_others() -> None:
    text = "slides:\n  - title: A\n  - {}\n  - title: B\n    time: [1]\n  - title: C\n    time: 10\n"
    done = splice_times(text, {(1, 4): 5, (2, 4): 5, (3, 4): 5, (5, 4): 20})
    assert (
        done.text
        == "slides:\n  - title: A\n    time: 5s\n  - {}\n  - title: B\n    time: [1]\n  - title: C\n    time: 20\n"
    )
    assert done.written == {(1, 4), (5, 4)}
    assert set(done.refused) == {(2, 4), (3, 4)}


@pytest.mark.parametrize("text", ["", "# nothing\n", "a: [", "a: b: c", "---\na: 1\n---\nb: 2\n", "[" * 100, "&a [*a"])
def test_what_cannot_be_read_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(SpliceError):
        splice_times(text, {SLIDE: 45})


def test_a_list_that_holds_itself_does_not_hang() -> None:
    assert "alias" in refusal("slides: &l\n  - title: A\n  - *l\n")


def test_changes_are_made_in_their_places() -> None:
    done = splice_times("slides:\n  - time: 1\n    title: A\n", {SLIDE: 23})
    assert apply_splices("slides:\n  - time: 1\n    title: A\n", done.edits) == done.text
    assert done.edits[0][:2] == (18, 19)


# Decks made at random -------------------------------------------------------------------------------------------------

NAMES = ("title", "body", "notes", "id", "points", "hidden")
words = st.text(alphabet="ab é日👩\u200d?:#-,'\"&*!|>%@`{}[]~ ", max_size=12)
plain = st.sampled_from(["A", "Why ?", "a b", "#x", "é日本", "- a", "~", "", "👩\u200d👩", "time: 1", "1:30", "a #b"])
comments = st.sampled_from(["", "  # why?", " # time: 3"])
times = st.sampled_from(
    [
        "30",
        "30s",
        "1m30s",
        "1:30",
        "'45s'",
        '"2m"',
        "",
        "~",
        "&t 30s",
        "!!str 30s",
        "|\n%s  30s",
        "[30s]",
        "*t",
        "\n%s    30s",
    ]
)


def scalar(value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


@st.composite
def values(draw: st.DrawFn, indent: str) -> str:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return draw(plain)
    if kind == 1:
        return scalar(draw(words))
    if kind == 2:
        return "'" + draw(words).replace("'", "''") + "'"
    if kind == 3:
        style = draw(st.sampled_from(["|", "|-", ">", "|+"]))
        lines = draw(st.lists(words.filter(lambda text: text.strip() == text), min_size=1, max_size=3))
        return style + "".join(f"\n{indent}  {line}" for line in lines)
    if kind == 4:
        return "[" + ", ".join(scalar(word) for word in draw(st.lists(words, max_size=3))) + "]"
    return "{a: 1, b: [x, y]}"


@st.composite
def block_slide(draw: st.DrawFn, indent: str) -> str:
    gap = draw(
        st.sampled_from([" ", "   ", "\n" + indent + "  ", " # remark\n" + indent + "  ", " &s\n" + indent + "  "])
    )
    column = indent + "  " if "\n" in gap else indent + " " * (1 + len(gap))
    keys = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    lines = []
    for key in keys:
        name = draw(st.sampled_from([key, key, key, f'"{key}"', f"'{key}'", f"? {key}\n{column}"]))
        lines.append(f"{name}: {draw(values(column))}{draw(comments)}")
        if draw(st.integers(0, 5)) == 0:
            lines.append(draw(st.sampled_from(["", "# between?", "#time: 9"])))
    if draw(st.booleans()):
        value = draw(times)
        key = draw(st.sampled_from(["time", "time", "time", '"time"', "time "]))
        lines.insert(
            draw(st.integers(0, len(lines))), f"{key}: {value % column if '%s' in value else value}{draw(comments)}"
        )
    return f"{indent}-{gap}" + f"\n{column}".join(lines)


@st.composite
def flow_slide(draw: st.DrawFn, indent: str) -> str:
    keys = draw(st.lists(st.sampled_from(NAMES), min_size=0, max_size=4, unique=True))
    space = draw(st.sampled_from(["", " ", f"\n{indent}    ", f" # c\n{indent}     "]))
    entries = []
    for key in keys:
        value = draw(st.sampled_from(["A", "a b", '"q, }"', "'it''s'", "[1, 2]", "{x: y}", "", "é日👩", "*s"]))
        entries.append(f"{draw(st.sampled_from([key, scalar(key)]))}: {value}")
    if draw(st.booleans()):
        entries.insert(
            draw(st.integers(0, len(entries))),
            f"time: {draw(st.sampled_from(['30', '1:30', '', chr(39) + '5s' + chr(39)]))}",
        )
    tail = draw(st.sampled_from(["", ","])) if entries else ""
    return f"{indent}- {{{space}" + f",{space or ' '}".join(entries) + f"{tail}{space}}}{draw(comments)}"


@st.composite
def decks(draw: st.DrawFn) -> str:
    indent = draw(st.sampled_from(["", "  ", "     "]))
    slides = draw(st.lists(block_slide(indent) | flow_slide(indent) | st.just(f"{indent}- *s"), min_size=1, max_size=5))
    head = draw(st.sampled_from(["", "# yaml-language-server: x\n", "%YAML 1.1\n---\n", "---\n"]))
    body = "\n".join(slides)
    # An alias needs its anchor; sometimes it comes from a slide before it.
    head += "title: &t 30s\n" * ("*t" in body) + "other: &s {title: S}\n" * ("*s" in body and "&s" not in slides[0])
    text = head + "slides:" + draw(comments) + "\n" + body + draw(st.sampled_from(["", "\n", "\n\n...\n", "\n# end"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


def parsed(text: str) -> object:
    return yaml.load(text, LOADER)  # noqa: S506 - makes nothing but text


def places(text: str) -> list[tuple[int, int]]:
    root = yaml.compose(text, LOADER)
    slides = next((value for key, value in root.value if key.value == "slides"), None) if root else None
    if not isinstance(slides, yaml.SequenceNode):
        return []
    return [
        (node.start_mark.line, node.start_mark.column) for node in slides.value if isinstance(node, yaml.MappingNode)
    ]


@settings(max_examples=1500, deadline=None)
@given(decks(), st.lists(st.sampled_from([5, 45, 90, 3725]), min_size=5, max_size=5))
@example("slides:\n- title: A\n", [5] * 5)
def test_any_deck_gets_its_times_or_stays_as_it_is(text: str, seconds: list[int]) -> None:
    try:
        before = parsed(text)
        spots = places(text)
    except (yaml.YAMLError, ValueError, TypeError):
        with pytest.raises(SpliceError):
            splice_times(text, {SLIDE: 45})
        return
    wanted = dict(zip(spots, seconds, strict=False))
    done = splice_times(text, wanted)
    assert set(wanted) == done.written | set(done.refused)
    assert not done.written & set(done.refused)
    # Whatever is not inside an edit is where it was.
    assert apply_splices(text, done.edits) == done.text
    kept_old = "".join(part for part in outside(text, [(edit.start, edit.end) for edit in done.edits]))
    shift, new_spans = 0, []
    for edit in done.edits:
        new_spans.append((edit.start + shift, edit.start + shift + len(edit.text)))
        shift += len(edit.text) - (edit.end - edit.start)
    assert "".join(outside(done.text, new_spans)) == kept_old
    after = parsed(done.text)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    nodes = [slide for slide in before["slides"] if isinstance(slide, dict)]
    for slide, spot in zip(nodes, spots, strict=True):
        if spot in done.written:
            slide[next((key for key in slide if key.strip() == "time"), "time")] = wanted[spot]
    assert plain_seconds(after) == plain_seconds(before)


def outside(text: str, spans: list[tuple[int, int]]) -> list[str]:
    parts, at = [], 0
    for start, end in spans:
        parts.append(text[at:start])
        at = end
    return [*parts, text[at:]]


def plain_seconds(deck: dict[str, object]) -> dict[str, object]:
    """Read times as durations, so that `90` and `1:30` compare equal; all else stays."""
    from presenter.layouts.fields import Seconds  # noqa: PLC0415 - one use

    def read(value: object) -> object:
        try:
            return int(Seconds.parse(str(value), None))  # type: ignore[arg-type]  # durations read no files
        except ValueError:
            return value

    slides = deck["slides"]
    assert isinstance(slides, list)
    changed = [
        {key: read(value) if key.strip() == "time" else value for key, value in slide.items()}
        if isinstance(slide, dict) else slide
        for slide in slides
    ]  # fmt: skip
    return {**deck, "slides": changed}
