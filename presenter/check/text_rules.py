"""Rules about what slides say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from markdown_it.token import Token

from presenter.check.context import CheckContext, Finding
from presenter.deck.diagnostics import did_you_mean, quote_for_message
from presenter.deck.model import Slide
from presenter.layouts import CodeSlide, CompareSlide, PointsSlide, SplitSlide, TableSlide
from presenter.layouts.base import Layout
from presenter.layouts.fields import Point
from presenter.render.code import known_language, language_names
from presenter.render.inline import markdown_parser
from presenter.themes import low_contrast

MAX_WORDS_PER_SLIDE: Final = 40
MAX_POINTS_PER_SLIDE: Final = 7
_LISTED: Final = 8
"""Colours of one theme that a message names."""
_WORD: Final = re.compile(r"\w")
_FENCE: Final = re.compile(r"^ {0,3}(?:```|~~~|\|)|^ {4}\S|^.*\|[ :|-]*-{3}", re.MULTILINE)
"""Where Markdown may hold code or a table."""
_MARKED: Final = re.compile(r"```|~~~|!\[|<[A-Za-z/!]")
"""What the rules about Markdown look for, so that most texts need not be parsed."""
_HTML: Final = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|del|details|div|em|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|"
    r"pre|q|s|small|span|strong|style|sub|summary|sup|table|td|th|tr|tt|u|ul|video)(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)
_PLAIN: Final = frozenset({"text", "plain", "txt", "none", "output", "console", "mermaid"})
"""Names for code that is meant to be plain, or that other programs draw."""
_MOVABLE: Final = re.compile("[\ufe0f\u200d\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
"""Parts of emoji that terminals count in different ways: variation selector 16, zero-width joiner, keycap, flags,
skin tones."""


def too_many_words(case: CheckContext) -> Iterator[Finding]:
    """Find slides that nobody reads to their end while listening."""
    for slide in case.slides:
        words, points = _count(slide.layout), _points(slide.layout)
        if points > MAX_POINTS_PER_SLIDE:
            yield Finding(case.spot(slide), f"{points} points on one slide (more than {MAX_POINTS_PER_SLIDE})")
        if words > MAX_WORDS_PER_SLIDE:
            yield Finding(case.spot(slide), f"{words} words on one slide (more than {MAX_WORDS_PER_SLIDE})")


def _count(layout: Layout) -> int:
    """Count the words that people are to read; code, tables, credits and alt texts are looked at, not read."""
    if isinstance(layout, CodeSlide | TableSlide):
        return 0
    aside = {text for image in layout.pictures() for text in (image.alt, image.credit)}
    texts = [layout.title, *(text for text in layout.words() if text not in aside)]
    return sum(1 for text in texts for word in text.split() if _WORD.search(word))


def _points(layout: Layout) -> int:
    """Count points, those below others too; of two sides the longer one counts."""
    if isinstance(layout, PointsSlide | SplitSlide):
        return _below(layout.points)
    if isinstance(layout, CompareSlide):
        return max(_below(layout.left.points), _below(layout.right.points))
    return 0


def _below(points: tuple[Point, ...]) -> int:
    return sum(1 + _below(point.points) for point in points)


def without_notes(case: CheckContext) -> Iterator[Finding]:
    """Find slides of the talk without notes, when others have them."""
    main = [slide for slide in case.slides if slide.main and slide.layout.counts]
    if any(any(slide.notes) for slide in main):
        for slide in main:
            if not any(slide.notes):
                yield Finding(case.spot(slide), "this slide has no notes, though others have")


def low_contrast_colors(case: CheckContext) -> Iterator[Finding]:
    """Find colours of a theme that are hard to read."""
    deck, spot = case.deck, case.loaded.theme
    if deck is None or spot is None:
        return
    for theme in case.themes:
        weak: dict[str, list[str]] = {}
        for name, behind, value in low_contrast(theme):
            weak.setdefault(behind, []).append(f"{name} {value:.1f}:1")
        for behind, colours in weak.items():
            listed = ", ".join(colours[:_LISTED]) + (f" and {len(colours) - _LISTED} more" * (len(colours) > _LISTED))
            words = f"hard to read on {behind} {getattr(theme, behind)}, with a contrast below 4.5:1: {listed}"
            yield Finding(spot, words if theme is deck.theme else f'theme "{theme.name}": {words}')


def ambiguous_width(case: CheckContext) -> Iterator[Finding]:
    """Find characters in code and tables that terminals draw one or two cells wide, as they please."""
    for slide in case.slides:
        found = dict.fromkeys(
            character for text in _aligned(slide) if not text.isascii() for character in text if _wavers(character)
        )
        if found:
            names = ", ".join(_shown(character) for character in list(found)[:4])
            yield Finding(case.spot(slide), f"terminals differ in how wide they draw {names}: columns may not line up")


def _aligned(slide: Slide) -> Iterator[str]:
    """Go through the texts whose characters have to stand below each other."""
    layout = slide.layout
    texts = layout.words()
    yield from texts if isinstance(layout, CodeSlide | TableSlide) else (text for text in texts if _FENCE.search(text))


def _wavers(character: str) -> bool:
    if _MOVABLE.match(character):
        return True
    # Ambiguous letters and punctuation are narrow wherever people do not ask for the contrary; symbols often are not.
    return unicodedata.east_asian_width(character) == "A" and unicodedata.category(character) in {"So", "No", "Co"}


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f'"{character}" ({code})' if unicodedata.category(character) in {"So", "No"} else code


def unknown_languages(case: CheckContext) -> Iterator[Finding]:
    """Find languages of code that nobody colours: the code is shown plain then."""
    for slide in case.slides:
        given = [slide.layout.language] if isinstance(slide.layout, CodeSlide) else []
        given += [token.info.split()[0] for token in _blocks(slide) if token.type == "fence" and token.info.split()]
        for language in dict.fromkeys(filter(None, given)):
            if language.lower() not in _PLAIN and not known_language(language):
                hint = did_you_mean(language, language_names())
                yield Finding(case.spot(slide), f"no language is called {quote_for_message(language)}{hint}")


def body_pictures(case: CheckContext) -> Iterator[Finding]:
    """Find pictures inside text, which are not shown there."""
    for slide in case.slides:
        for token in _inline(slide):
            if token.type == "image":
                source = quote_for_message(str(token.attrs.get("src", "")))
                yield Finding(case.spot(slide), f"the picture {source} stands in a text, where it is not shown")


def literal_html(case: CheckContext) -> Iterator[Finding]:
    """Find HTML in text, which is shown as it is written."""
    for slide in case.slides:
        found = dict.fromkeys(
            match[0] for token in _inline(slide) if token.type == "text" for match in _HTML.finditer(token.content)
        )
        if found:
            shown = ", ".join(map(quote_for_message, list(found)[:3]))
            yield Finding(case.spot(slide), f"HTML is shown as it is written: {shown}")


def _blocks(slide: Slide) -> Iterator[Token]:
    """Go through the tokens of the texts of a slide that are Markdown."""
    if isinstance(slide.layout, CodeSlide | TableSlide):
        return
    for text in slide.layout.words():
        if _MARKED.search(text):
            yield from markdown_parser(text).parse(text)


def _inline(slide: Slide) -> Iterator[Token]:
    for block in _blocks(slide):
        yield from block.children or ()


def broken_links(case: CheckContext) -> Iterator[Finding]:
    """Find links to slides, `[backup](#raw-data)`, that are not there."""
    ids = case.deck.index if case.deck else {}
    for slide in case.slides:
        texts = (slide.layout.title, *slide.layout.words(), *slide.notes)
        for target in dict.fromkeys(target for text in texts for target in _targets(text)):
            if target not in ids:
                yield Finding(
                    case.spot(slide), f"no slide has the id {quote_for_message(target)}{did_you_mean(target, ids)}"
                )


def _targets(text: str) -> Iterator[str]:
    """Go through the ids that links in Markdown lead to."""
    if "](#" not in text and "]: #" not in text:
        return
    for block in markdown_parser(text).parse(text):
        for token in block.children or ():
            target = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            if target.startswith("#") and len(target) > 1:
                yield target[1:]
