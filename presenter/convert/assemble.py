"""The deck as a whole: its own keys, its sections, its slides in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from presenter.convert.body import SlideKeys
from presenter.convert.comments import directive
from presenter.convert.dialects import BY_HEADINGS, TOOL_NAMES, Dialect, is_directive
from presenter.convert.pieces import DeckSlide, Front, FrontValue, Loss, SlideOption, SourceSlide
from presenter.convert.slide_builder import SlideBuilder
from presenter.convert.slidev import of_slide
from presenter.convert.splitter import marp_footers, separator_of
from presenter.deck.ids import MAX_FOOTER
from presenter.layouts.fields import Seconds
from presenter.render.inline import plain_text

_WORDS: Final = re.compile(r"(\d+)\s*(h|m|s)\w*", re.IGNORECASE)
_BYLINE: Final = ("institute", "institution", "affiliation", "event", "location", "date")
_COUNTED: Final = "{slide}/{slides}"
_MARP: Final = frozenset({"marp", "paginate", "footer", "headingDivider"})
"""Keys of Marp's front matter that are obeyed."""
_SETTINGS: Final = frozenset(
    {"incrementalLists", "slideLevel", "wrap", "incremental_lists", "end_slide_shorthand", "implicit_slide_ends"}
)
"""Settings of patat and presenterm that are obeyed."""
_LONGEST: Final = (MAX_FOOTER - len(_COUNTED)) // 2 - 3
"""Characters of a footer's words: each may be a brace, which is written twice."""
_SEVERAL: Final = 2


@dataclass(slots=True)
class DeckSection:
    """A section with its slides; its title is empty when the deck has no sections."""

    title: str = ""
    divider: bool = False
    notes: str = ""
    slides: list[DeckSlide] = field(default_factory=list)
    remarks: list[Loss] = field(default_factory=list)


@dataclass(slots=True)
class ConvertedDeck:
    """A deck ready to be written."""

    keys: SlideKeys
    sections: list[DeckSection]
    remarks: list[Loss]
    """Of the deck as a whole."""

    @property
    def slides(self) -> list[DeckSlide]:
        """All slides in order."""
        return [slide for section in self.sections for slide in section.slides]

    @property
    def count(self) -> int:
        """How many slides are shown, those of the sections' titles among them."""
        return len(self.slides) + sum(section.divider for section in self.sections)


def assemble(drafts: Sequence[SourceSlide], front: Front, dialect: Dialect, shaper: SlideBuilder) -> ConvertedDeck:
    """Make a deck of drafts and the front matter above them."""
    remarks: list[Loss] = []
    slides: list[DeckSlide] = []
    footers = _footers(drafts, front) if dialect == "marp" else []
    waiting: list[Loss] = []
    seen: set[str] = set()
    standard = Counter(footers).most_common(1)[0][0] if footers else ("", False)
    for number, draft in enumerate(drafts):
        made = shaper.shape(draft, number if slides or number == 0 else 0)
        if not made[0].keys:
            waiting += made[0].remarks
            continue
        seen.add(footers[number][0] if footers else "")
        made[0].remarks[:0] = waiting
        waiting = []
        if footers and footers[number] != standard:
            for each in made:
                each.keys.setdefault("footer", _footer(*footers[number]))
        slides += made
    if footers:
        remarks += _unseen(drafts, front, seen)
    keys, opening = _deck_keys(front, dialect, slides, remarks)
    if footers and any(standard):
        keys["footer"] = _footer(*standard)
    if opening:
        slides.insert(0, DeckSlide(1, opening, level=1, bare=True))
    if slides and all(slide.keys.get("hidden") for slide in slides):
        del slides[0].keys["hidden"]
        slides[0].remarks.append(Loss(slides[0].line, "all slides were hidden; the first one is shown"))
    own = "title" in front and bool(front["title"].text)
    sections = _sections(slides, str(keys.get("title", "")) if own else "", headed=dialect in BY_HEADINGS)
    if len(sections) > 1 and not own:
        keys.pop("title", None)  # the first section's heading is not the talk's
    return ConvertedDeck(_in_order(keys), sections, [*remarks, *waiting])


def _footer(text: str, counted: bool) -> str:
    """Return a footer for the deck, its braces doubled and not longer than a footer may be."""
    words = " ".join(text.split())[:_LONGEST].replace("{", "{{").replace("}", "}}")
    return " · ".join(part for part in (words, _COUNTED * counted) if part)


def _footers(drafts: Sequence[SourceSlide], front: Front) -> list[tuple[str, bool]]:
    """Hand what Marp's front matter says of the first slide to it, then return the footer of every slide."""
    first = [directive(name, entry.value, entry.line) for name, entry in front.items() if _of_first(name)]
    if drafts:
        drafts[0].pieces[:0] = [piece for pieces in first for piece in pieces]
    return marp_footers(drafts, front)


def _unseen(drafts: Sequence[SourceSlide], front: Front, seen: set[str]) -> list[Loss]:
    """Say which footers no slide has: another took their place."""
    said = [(front["footer"].line, front["footer"].text)] if "footer" in front else []
    for draft in drafts:
        switches = (piece for piece in draft.pieces if isinstance(piece, SlideOption))
        said += [(piece.line, piece.value) for piece in switches if piece.name in {"footer-on", "own-footer"}]
    words = "no slide has this footer, since another one takes its place; it is left out"
    long = f"a footer is cut after {_LONGEST} characters"
    return [
        Loss(line, long if text in seen else words, text)
        for line, text in said
        if text and (text not in seen or len(" ".join(text.split())) > _LONGEST)
    ]


def _of_first(name: str) -> bool:
    """Say whether a key of Marp's front matter speaks of the first slide only."""
    return name.startswith("_") and is_directive(name)


def _in_order(keys: SlideKeys) -> SlideKeys:
    order = ("title", "subtitle", "author", "duration", "auto", "footer")
    return {name: keys[name] for name in order if keys.get(name)}


# The deck's own keys --------------------------------------------------------------------------------------------------


def _deck_keys(
    front: Front, dialect: Dialect, slides: list[DeckSlide], remarks: list[Loss]
) -> tuple[SlideKeys, SlideKeys]:
    """Return the deck's own keys, and those of an opening slide when the tool makes one of its front matter."""
    keys: SlideKeys = {}
    used = _obeyed(front, dialect)
    for name, key in (("title", "title"), ("subtitle", "subtitle"), ("sub_title", "subtitle")):
        if name in front and front[name].text and key not in keys:
            keys[key] = " ".join(plain_text(front[name].text).split())
            used.add(name)
            if "](" in front[name].text:
                remarks.append(Loss(front[name].line, f"links in the {key} are left out", front[name].source))
    who = _who(front, used)
    if who:
        keys["author"] = who
    if (seconds := _duration(front)) is not None:
        keys["duration"] = seconds
        used.add("duration")
    if dialect in {"patat", "lookatme"} and keys.get("title"):
        keys["footer"] = f"{{title}} · {_COUNTED}"
    by = [front[name].text for name in _BYLINE if name in front and front[name].text]
    opening = _opening(keys, who, by, dialect, slides)
    if opening:
        used |= {name for name in _BYLINE if name in front}
    _settings(front, dialect, used, remarks)
    left = [entry for name, entry in front.items() if name not in used]
    if left:
        remarks.append(_left(left, dialect))
    if "title" not in keys and (heading := next((made for made in slides if made.level == 1), None)):
        keys["title"] = _name(heading) or " ".join(plain_text(str(heading.keys.get("big", ""))).split())
    return keys, opening


def _obeyed(front: Front, dialect: Dialect) -> set[str]:
    """Return the keys of the front matter that say nothing, or were obeyed where the slides were cut and shaped."""
    used = {name for name, entry in front.items() if _empty(entry)}
    if dialect == "marp":
        used |= {name for name in front if name in _MARP or _of_first(name)}
    elif dialect == "slidev":
        used |= set(of_slide(front))
    elif dialect == "reveal":
        used |= {
            name for name in ("separator", "verticalSeparator") if name in front and separator_of(front[name].text)
        }
    return used


def _empty(entry: FrontValue) -> bool:
    _, colon, value = entry.source.partition(":")
    return bool(colon) and not value.strip()


def _who(front: Front, used: set[str]) -> str:
    """Return who speaks."""
    names: list[str] = []
    for key in ("author", "authors"):
        if key not in front:
            continue
        value = front[key].value
        each = value if isinstance(value, list) else [value]
        texts = [" ".join(text.split()) for text in each if isinstance(text, str) and text.strip()]
        if len(texts) == len(each):
            names += [text for text in texts if text not in names]
            used.add(key)
    return ", ".join(names)


def _duration(front: Front) -> str | None:
    """Return how long the talk takes, when the front matter says it so that it can be read."""
    text = front["duration"].text if "duration" in front else ""
    shown = "".join(f"{number}{unit.lower()}" for number, unit in _WORDS.findall(text)) or text
    try:
        Seconds.parse(shown, None)  # type: ignore[arg-type]
    except ValueError:
        return None
    return shown


def _opening(keys: SlideKeys, who: str, by: list[str], dialect: Dialect, slides: list[DeckSlide]) -> SlideKeys:
    """Return the keys of the slide that a tool makes of the front matter; none when there is one already."""
    title = keys.get("title")
    if not title or dialect not in {"presenterm", "markdown"}:
        return {}
    if slides and " ".join(plain_text(str(slides[0].keys.get("title", ""))).split()) == title:
        return {}
    made: SlideKeys = {"title": title}
    if keys.get("subtitle"):
        made["subtitle"] = keys["subtitle"]
    byline = " · ".join(text for text in (who, *by) if text)
    return {**made, **({"byline": byline} if byline else {})}


def _settings(front: Front, dialect: Dialect, used: set[str], remarks: list[Loss]) -> None:
    """Obey what a tool's own settings say, and say what is left of them."""
    name = {"patat": "patat", "presenterm": "options"}.get(dialect, "")
    value = front[name].value if name in front else None
    if not isinstance(value, dict):
        return
    used.add(name)
    if rest := sorted(set(value) - _SETTINGS):
        words = f"settings of {TOOL_NAMES[dialect]} are left out: {', '.join(rest)}"
        remarks.append(Loss(front[name].line, words, front[name].source))


def _left(left: Sequence[FrontValue], dialect: Dialect) -> Loss:
    """Say which entries of the front matter the deck does not carry."""
    names = [entry.source.partition(":")[0].strip() for entry in left]
    advice = ""
    if "theme" in names:
        advice = '; choose one of `presenter themes` with "theme:"'
    elif dialect == "marp" and any(is_directive(name) for name in names):
        advice = "; colours come from the theme"
    words = f"front matter that a deck has no key for is left out: {', '.join(names)}{advice}"
    return Loss(left[0].line, words, "\n".join(entry.source for entry in left))


# Sections -------------------------------------------------------------------------------------------------------------


def _sections(slides: list[DeckSlide], title: str, *, headed: bool) -> list[DeckSection]:
    """Part a deck at its level-1 headings, or at its vertical slides, when there are several of them.

    Where a tool has every slide's title on the first level (not `headed`), only slides that are nothing but such a
    title begin a section.
    """
    if any(slide.below for slide in slides):
        starts = _stacks(slides)
    else:
        tops = [index for index, slide in enumerate(slides) if slide.level == 1 and (headed or slide.bare)]
        if tops and tops[0] == 0 and (not headed or tops[1:2] == [1] or _is_title(slides[0], title)):
            tops.pop(0)  # the first slide is the talk's title
        if tops and tops[-1] == len(slides) - 1 and not headed:
            tops.pop()  # the last one says goodbye
        lower = sum(slide.level != 1 for slide in slides) if headed else len(slides)
        starts = tops if lower >= len(tops) else []
    if len(starts) < _SEVERAL:
        return [DeckSection(slides=slides)]
    found = [] if starts[0] == 0 else [DeckSection(title or "Opening", slides=slides[: starts[0]])]
    for start, end in zip(starts, [*starts[1:], len(slides)], strict=True):
        found.append(_section(slides[start:end]))
    return found


def _is_title(slide: DeckSlide, title: str) -> bool:
    return " ".join(plain_text(str(slide.keys.get("title", ""))).split()) == title or "subtitle" in slide.keys


def _stacks(slides: list[DeckSlide]) -> list[int]:
    """Return where the stacks of vertical slides begin, and where what follows one begins."""
    starts = []
    for index, slide in enumerate(slides):
        if slide.below:
            continue
        opens = index + 1 < len(slides) and slides[index + 1].below
        if (opens or (index and slides[index - 1].below)) and _name(slide):
            starts.append(index)
    return starts


def _name(slide: DeckSlide) -> str:
    return " ".join(plain_text(str(slide.keys.get("title", ""))).split())


def _section(slides: list[DeckSlide]) -> DeckSection:
    """Make a section; a slide that is only its title becomes the section's first slide."""
    first = slides[0]
    name = _name(first)
    if (
        first.bare
        and len(slides) > 1
        and set(first.keys) <= {"title", "layout", "notes"}
        and name == first.keys["title"]
    ):
        notes = first.keys.get("notes", "")
        if isinstance(notes, str):
            return DeckSection(name, divider=True, notes=notes, slides=slides[1:], remarks=first.remarks)
    return DeckSection(name or "…", slides=slides)
