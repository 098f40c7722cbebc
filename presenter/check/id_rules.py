"""Rules about ids, titles, sections, and what is to be left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presenter.check.context import CheckContext, Finding
from presenter.deck.diagnostics import FATAL, did_you_mean, quote_for_message
from presenter.deck.ids import id_error
from presenter.deck.model import Slide
from presenter.layouts import BigSlide, Break, QuoteSlide, SectionSlide


def without_id(case: CheckContext) -> Iterator[Finding]:
    """Find slides whose recorded times hang on their title: with another one these are lost."""
    for slide in case.slides if case.recorded else ():
        if slide.main and slide.layout.counts and not slide.layout.id and not isinstance(slide.layout, SectionSlide):
            name = slide.id if not id_error(slide.id) else ""
            fix = f"write  id: {name}" if name else None
            yield Finding(case.spot(slide), "no id, though runs of this deck are recorded", fix)


def duplicate_titles(case: CheckContext) -> Iterator[Finding]:
    """Find slides that have the title of another one and no id: nothing tells them apart but their order."""
    first: dict[str, Slide] = {}
    for slide in case.slides:
        if not slide.layout.title or not slide.layout.counts or isinstance(slide.layout, SectionSlide):
            continue
        other = first.setdefault(slide.title, slide)
        if other is not slide and not (slide.layout.id and other.layout.id):
            title = quote_for_message(slide.title)
            words = f"the title {title} is that of slide {other.label}, too (line {other.place.line})"
            yield Finding(case.spot(slide), words)


def untitled(case: CheckContext) -> Iterator[Finding]:
    """Find slides with neither title nor id: nothing to jump to, to search for, or to know them by."""
    for slide in case.slides:
        layout = slide.layout
        if not (layout.title or layout.id or isinstance(layout, QuoteSlide | BigSlide | Break)):
            yield Finding(case.spot(slide), "this slide has neither a title nor an id")


def empty_sections(case: CheckContext) -> Iterator[Finding]:
    """Find sections without slides."""
    filled = {slide.section for slide in case.slides}
    for index, section in enumerate(case.deck.sections if case.deck else ()):
        if index not in filled:
            yield Finding(case.loaded.parts[index], f"section {quote_for_message(section.title)} has no slides")


def unknown_rules(case: CheckContext) -> Iterator[Finding]:
    """Find ids in `lint: {ignore: ...}` that no rule has, or one that cannot be ignored."""
    for silence in case.loaded.silences:
        for name, spot in silence.rules:
            if name not in case.known:
                number = re.fullmatch(r"[Ll]?0*(\d{1,3})", name)
                meant = f"L{int(number[1]):03}" if number else name
                hint = did_you_mean(meant, case.known) or "; presenter check --rules lists them"
                yield Finding(spot, f"no rule is called {quote_for_message(name)}{hint}")
            elif name in FATAL:
                yield Finding(spot, f"{name} cannot be ignored: the deck cannot be shown with it", "remove it")
