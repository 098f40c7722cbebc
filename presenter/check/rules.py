"""The rules, each in one row: its id, how bad it is, what is wrong, how to mend it, and the function that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from presenter.check import id_rules, image_rules, overflow_rules, text_rules, time_rules
from presenter.check.context import CheckContext, Finding, Severity


class Rule(NamedTuple):
    """One kind of problem that is told with an id, and can be silenced by it."""

    id: str
    severity: Severity
    what: str
    fix: str
    find: Callable[[CheckContext], Iterator[Finding]] | None = None
    """None for what loading finds, since only that sees the file as it is written."""
    usual: bool = True
    """Looked for without being asked."""


_ROWS: Final = (
    Rule("L001", "warning", "a picture without alt text", "say what it shows: alt: …", image_rules.without_alt),
    Rule(
        "L002", "warning", "a slide that does not fit", "shorten it, or make two slides of it", overflow_rules.overflow
    ),
    Rule(
        "L003",
        "warning",
        f"more than {text_rules.MAX_WORDS_PER_SLIDE} words or {text_rules.MAX_POINTS_PER_SLIDE} points on a slide",
        "say it in the notes, or make two slides of it",
        text_rules.too_many_words,
    ),
    Rule(
        "L004",
        "warning",
        "times that miss the duration by more than 5 %, or a section's budget",
        "change time: or duration:, which presenter plan DECK shows",
        time_rules.duration_mismatch,
    ),
    Rule(
        "L005",
        "warning",
        "notes that take more than 125 % of the slide's time to say",
        "shorten the notes, or give the slide more time",
        time_rules.long_notes,
    ),
    Rule(
        "L006",
        "warning",
        "a slide of the talk without notes, though others have some",
        "write notes: …",
        text_rules.without_notes,
        usual=False,
    ),
    Rule(
        "L007",
        "warning",
        "a slide without id, though runs of the deck are recorded",
        "give it an id: its times stay with it when its title changes",
        id_rules.without_id,
    ),
    Rule(
        "L008",
        "warning",
        "the title of another slide, and no id",
        "give both an id, or one another title",
        id_rules.duplicate_titles,
    ),
    Rule(
        "L009",
        "error",
        "a picture that is missing, broken or too large",
        "put it in its place, or make it smaller",
        image_rules.broken_images,
    ),
    Rule("L010", "warning", 'text lost after " #"', "put quotes around the text"),
    Rule("L011", "error", "a YAML tag such as !important", "put quotes around the text"),
    Rule("L012", "warning", "a section without slides", "give it slides, or remove it", id_rules.empty_sections),
    Rule(
        "L013",
        "warning",
        "colours with a contrast below 4.5:1",
        "choose colours further apart, one light and one dark",
        text_rules.low_contrast_colors,
    ),
    Rule(
        "L014",
        "warning",
        "characters of uncertain width in code or a table",
        "write plain characters there",
        text_rules.ambiguous_width,
    ),
    Rule("L015", "warning", "control or bidi characters", "remove them: they are shown as symbols"),
    Rule("L016", "warning", "a slide with neither title nor id", "give it a title or an id", id_rules.untitled),
    Rule("L017", "warning", "a link to a slide that is not there", "write the id of a slide", text_rules.broken_links),
    Rule("L018", "warning", "code that is wider than the slide", "break the line", overflow_rules.wide_code),
    Rule("L019", "warning", "fixed and optional together", "keep one of them", time_rules.fixed_and_optional),
    Rule(
        "L020",
        "warning",
        f"less than {time_rules.MIN_STEP_SECONDS} seconds for a step",
        "give it more time, or show it in fewer steps",
        time_rules.too_little_time,
    ),
    Rule("L021", "warning", "a list that is joined to the text above it", 'end the line above with ":"'),
    Rule("L022", "warning", "text lost as an anchor, such as &this", "put quotes around the text"),
    Rule("L023", "warning", "a slide that shows nothing", "give it a title, or remove it"),
    Rule("L024", "warning", "more notes than the slide has steps", "one entry of notes for every step"),
    Rule("L025", "warning", "a rule in lint: that is not there", "write the id of a rule", id_rules.unknown_rules),
    Rule(
        "L026",
        "error",
        "a slide that cannot be drawn",
        "please report it with the deck",
        overflow_rules.render_failures,
    ),
    Rule(
        "L027",
        "warning",
        "a language of code that is not known",
        "write its name as Pygments has it, or text",
        text_rules.unknown_languages,
    ),
    Rule(
        "L028",
        "warning",
        "a picture inside a text",
        "write it as the slide's picture: image: {src: …, alt: …}",
        text_rules.body_pictures,
    ),
    Rule("L029", "warning", "HTML inside a text", "write it in Markdown, or leave it out", text_rules.literal_html),
    Rule("L030", "warning", "a list that is folded into one line", "write | instead of >"),
    Rule(
        "L031",
        "warning",
        "a transparent picture that is hard to see on its background",
        "give it a mat: auto, or a colour",
        image_rules.faint,
    ),
    Rule("L032", "warning", "code that has no colours", "show fewer lines, or shorter ones", overflow_rules.plain_code),
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.id: rule for rule in _ROWS})
"""The rules by their ids."""


def rules_text() -> str:
    """List the rules for a terminal."""
    lines = []
    for rule in RULES.values():
        usual = "" if rule.usual else " (only with --all)"
        lines.append(f"{rule.id}  {rule.severity:<7}  {rule.what}{usual}\n{'':15}{rule.fix}")
    return "\n".join(lines) + "\n"


def rules_markdown() -> str:
    """List the rules as a Markdown table, as it stands in the README."""
    rows = ["| id | | what | what to do |", "| --- | --- | --- | --- |"]
    for rule in RULES.values():
        usual = "" if rule.usual else " (only with `--all`)"
        rows.append(f"| {rule.id} | {rule.severity} | {rule.what}{usual} | {rule.fix} |")
    return "\n".join(rows) + "\n"
