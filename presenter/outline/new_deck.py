"""The text of a new deck, which teaches the format to whoever opens it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import indent
from typing import Final, Literal

from presenter.safety import REPLACEMENT, clean_line
from presenter.timing.apportion import apportion
from presenter.timing.durations import format_exact

DEFAULT_SLIDES: Final = 12
MAX_SLIDES: Final = 500
MIN_SLIDE_SECONDS: Final = 10
"""Seconds that a slide should have at least: it is hardly seen in less."""
MAX_TITLE: Final = 120
"""Characters of the talk's or a section's title."""
_ASIDE: Final = 300
"""Seconds from which a talk keeps time for questions."""
_TENTH: Final = 30
"""Seconds to which that tenth of the talk is rounded down."""
MODELINE: Final = "# yaml-language-server: $schema=deck.schema.json\n"
_OFFER: Final = f"""\
# To have keys completed in your editor run `presenter schema > deck.schema.json` beside this file, and begin it with
{MODELINE.replace("# ", "#   # ")}#
"""


class NewDeckError(ValueError):
    """Wishes that no deck can fulfil, in words."""


@dataclass(frozen=True, slots=True)
class ExampleSlide:
    """A slide as an example."""

    id: str
    title: str
    keys: str
    """Its other keys as YAML."""
    remark: str = ""
    """What it teaches, said where it stands first."""
    again: str = ""
    """The title of the slides that repeat one without a title."""


_WELCOME: Final = ExampleSlide(
    "welcome",
    "",
    """\
subtitle: One sentence that says why it matters
notes: |
  What you want to say. The audience never sees it: press s for the speaker view.
  [pause 3s]
""",
    "The keys of a slide decide how it is laid out: with a subtitle it is a title page.",
)
_END: Final = ExampleSlide(
    "end",
    "Thank you",
    """\
subtitle: Where to find more
notes: Leave this one up while people ask.
""",
)
_SAMPLES: Final = (
    ExampleSlide(
        "question",
        "The question",
        """\
body: |
  Body text is **Markdown**: *stress*, `code`, lists, tables.

  Few words. You say the others.
notes: Ask it, and wait until somebody thinks of an answer.
""",
        "An `id` names a slide for jumps, for times and for rehearsals: keep it when the title changes.",
    ),
    ExampleSlide(
        "reasons",
        "Three reasons",
        """\
reveal: true
points: [the first, the second, "the third: quotes, because of the colon"]
# image: {src: images/reason.png, alt: what it shows, side: right}
notes:
  - Notes may be a list, with one entry a step.
  - This is said of the second point.
  - And this of the third one.
""",
        "With `reveal` the points come one by one. Remove the # to have a picture beside them.",
    ),
    ExampleSlide(
        "number",
        "",
        """\
big: "42"
caption: a number that stays in people's heads
notes: Say it once, and then be silent for a moment.
""",
        "A number or a few words in large letters.",
        "Another number",
    ),
    ExampleSlide(
        "code",
        "The heart of it",
        """\
code: |
  def answer(question):
      think(question)
      return 42
language: python
highlight: ["1", "2-3", all]
notes: Lines are pointed out step by step. `file:` instead of `code:` shows a file of your own.
""",
        "Code comes with its colours.",
    ),
    ExampleSlide(
        "compare",
        "Before and after",
        """\
left: {heading: Before, points: [slow, and nobody knew why]}
right: {heading: After, points: [fast, and everybody knows]}
notes: Two sides, of words or of pictures.
""",
    ),
    ExampleSlide(
        "table",
        "What it costs",
        """\
table:
  columns: [way, time, money]
  rows:
    - [on foot, 3 h, nothing]
    - [by train, 20 min, "4.20"]
notes: "`table: {file: data.csv}` takes it from a file."
""",
    ),
    ExampleSlide(
        "words",
        "",
        """\
quote: Somebody said it better than I could.
by: Somebody
optional: true
notes: Dropped first when time is short, because it is optional.
""",
        "`optional` slides go when the rest has to fit into the time that is left: press R.",
        "In other words",
    ),
    ExampleSlide(
        "steps",
        "How to go on",
        """\
numbered: true
points: [do this first, then that, and rest]
notes: What should people do tomorrow?
""",
    ),
)


_EMPTY: Final = (
    ExampleSlide(
        "", "what it says, in one sentence", "points: [one reason, another reason]\nnotes: What do you say here?\n"
    ),
    ExampleSlide("", "a thought of its own", "body: One thought, in few words.\nnotes: What do you say here?\n"),
    ExampleSlide(
        "", "two sides", "left: {heading: This, points: [a]}\nright: {heading: That, points: [b]}\nnotes: Which one?\n"
    ),
)
"""Slides to be filled, where more are wanted than there are kinds to be shown."""


def new_deck_text(  # noqa: PLR0913 - one parameter an option
    *,
    title: str,
    sections: Sequence[str] = (),
    duration: int = 1200,
    slides: int = DEFAULT_SLIDES,
    theme: str = "dark",
    file: str = "deck.yaml",
    schema: Literal["none", "offered", "there"] = "none",
) -> str:
    """Return the text of a new deck. It passes `presenter check`, and its planned times add up to its duration.

    Args:
        title: of the talk; made safe, and fit for one line.
        sections: their titles; none makes a deck with slides only.
        duration: of the talk in seconds, questions included.
        slides: how many there are.
        theme: its name.
        file: how the comments call the deck's file.
        schema: "there" begins with the line by which editors find the `deck.schema.json` beside the deck, "offered"
            says how to get that.

    Raises:
        StarterError: more sections than slides, no time for so many slides, or titles that are none.
    """
    title, sections = title_text(title), [title_text(name) for name in sections]
    _check(title, sections, duration, slides)
    reserve = duration // 10 // _TENTH * _TENTH if duration >= _ASIDE else 0
    parts = [_slide(sample, number, title) for number, sample in enumerate(_chosen(slides))]
    head = _head(title, duration, reserve, theme, clean_line(shlex.quote(file)), sections=bool(sections))
    body = _sections(sections, parts, duration - reserve) if sections else "slides:\n" + indent("\n".join(parts), "  ")
    return {"none": "", "offered": _OFFER, "there": MODELINE}[schema] + head + body


def _check(title: str, sections: Sequence[str], duration: int, slides: int) -> None:
    if not title:
        raise NewDeckError("the title is empty")
    if not all(sections):
        raise NewDeckError("the title of a section is empty")
    if long := next((name for name in (title, *sections) if len(name) > MAX_TITLE), ""):
        raise NewDeckError(f'"{long[:40]}…" is too long for a title: {len(long)} characters (limit {MAX_TITLE})')
    if not 1 <= slides <= MAX_SLIDES:
        raise NewDeckError(f"a new deck has 1 to {MAX_SLIDES} slides")
    if len(sections) > slides:
        raise NewDeckError(f"{len(sections)} sections need at least as many slides, not {slides}: use --slides")
    if duration < MIN_SLIDE_SECONDS * slides:
        raise NewDeckError(
            f"{slides} slides in {format_exact(duration)} are too many: each needs {MIN_SLIDE_SECONDS} s to be seen"
        )


def _chosen(slides: int) -> list[ExampleSlide]:
    """Return so many examples: the welcome, one of each kind, then empty ones, and last the thanks."""
    inner = []
    for number in range(max(0, slides - 2)):
        if number < len(_SAMPLES):
            inner.append(_SAMPLES[number])
        else:  # every kind was shown: from here on there is room for what there is to say
            empty = _EMPTY[(number - len(_SAMPLES)) % len(_EMPTY)]
            place = number + 2
            inner.append(replace(empty, id=f"slide-{place}", title=f"Slide {place}, {empty.title}"))
    return [_WELCOME, *inner, *[_END] * (slides > 1)]


def _slide(sample: ExampleSlide, number: int, title: str) -> str:
    shown = quote_scalar(title) if not number else sample.title
    remark = f"# {sample.remark}\n" if sample.remark else ""
    titled = f"title: {shown}\n" if shown else ""
    return remark + "- " + indent(f"id: {sample.id}\n{titled}{sample.keys}", "  ").lstrip()


def _head(title: str, duration: int, reserve: int, theme: str, file: str, *, sections: bool) -> str:  # noqa: PLR0913 - the keys of a deck
    place = "{title} · {section} · {slide}/{slides}" if sections else "{title} · {slide}/{slides}"
    kept = f"reserve: {format_exact(reserve):<16}# of that for questions\n" if reserve else ""
    return f"""\
# A deck for presenter. What stands behind a # is for you alone.
#
#   presenter {file}            presents it; keep it open while you write, a save shows at once
#   presenter check {file}      says what is wrong, and what does not fit on the screen
#   presenter layouts{" " * len(file)}     lists all kinds of slides with their keys

title: {quote_scalar(title)}
# author: A. Speaker
duration: {format_exact(duration):<15}# of the talk, questions included
{kept}theme: {theme:<18}# `presenter themes` shows them all
footer: "{place}"

# Shorter talks from the same slides, by their ids or tags: presenter {file} --variant lightning
# variants:
#   lightning: {{duration: {format_exact(max(MIN_SLIDE_SECONDS, duration // 4))}, only: [welcome, end]}}

# Slides without a `time:` share the time of their section, or of the talk, by the words of their notes.

"""


def _sections(titles: Sequence[str], slides: Sequence[str], seconds: int) -> str:
    """Cut the slides into sections, each with its share of the time."""
    sizes = apportion(len(slides), [1] * len(titles), 1)
    times = apportion(seconds, sizes)
    text, first = "sections:\n", 0
    for number, (title, size, time) in enumerate(zip(titles, sizes, times, strict=True)):
        head = f"- title: {quote_scalar(title)}\n  time: {format_exact(time)}"
        if not number:
            head += f"{'# a budget for its slides':>{41 - len(format_exact(time))}}\n"
            head += "  # divider: true       begins it with a slide that shows its title"
        text += "\n" * bool(number) + indent(f"{head}\n", "  ")
        text += "    slides:\n" + indent("\n".join(slides[first : first + size]), "      ")
        first += size
    return text


def quote_scalar(text: str) -> str:
    r"""Return a text of one line as a YAML value that is read back as the same text.

    >>> print(quoted('say "no": #1'))
    "say \"no\": #1"
    """
    return json.dumps(text, ensure_ascii=False)  # what JSON has for texts YAML has too


def title_text(text: str) -> str:
    """Return a text made safe and fit for one line, without the characters that may stand in no YAML file."""
    return clean_line(text).translate(dict.fromkeys((0xFFFE, 0xFFFF), REPLACEMENT))
