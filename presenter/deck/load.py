"""From a file to a deck.

    read_source  bytes, UTF-8, characters     source.py
    compose      the tree, within all limits  nodes.py
    read_pairs   typed values                 reading.py, entries.py, slides.py
    sections     includes, defaults           here and gathering.py
    naming       ids, labels, footers         naming.py

Every problem of every file is collected; nothing but `DeckError` leaves this module, whatever the bytes are.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from presenter.deck.diagnostics import DeckError, Diagnostics, Problem, quote_for_message
from presenter.deck.files import DECK_NAME, AllowedPaths, links_in
from presenter.deck.ids import UniqueIds, fill_footer, slug
from presenter.deck.includes import DeckSource, read_deck_files
from presenter.deck.model import Deck, Place, Section, Slide, Variant
from presenter.deck.scan import allowed_folder
from presenter.deck.schema import DeckEntry
from presenter.deck.slides import Origin, ParsedSlide
from presenter.deck.source import IgnoredRules, Source, SourcePosition
from presenter.deck.struct_reader import NamedImage, ReadContext
from presenter.deck.variants import (
    VariantSlides,
    duration_place,
    read_variants,
    select_slides,
    total_duration,
    unknown_variant,
)
from presenter.deck.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode
from presenter.images import PictureError, try_font
from presenter.layouts.fields import Seconds
from presenter.themes import DEFAULT, Theme, ThemeError, find_theme, theme_errors, theme_from


@dataclass(frozen=True, slots=True)
class Loaded:
    """A deck with everything that was noticed while it was read."""

    deck: Deck | None
    """None when a problem is an error."""
    problems: tuple[Problem, ...] = ()
    """In file order; warnings too."""
    more: int = 0
    """Problems beyond those listed."""
    images: tuple[NamedImage, ...] = ()
    """The pictures of the slides, and where each is named."""
    spots: Mapping[str, SourcePosition] = field(default_factory=lambda: MappingProxyType({}))
    """Where each slide stands, by its id."""
    files: frozenset[Path] = frozenset()
    """Every file that was read or looked for."""
    time: SourcePosition | None = None
    """Where the deck says how long it takes, or else where it begins."""
    theme: SourcePosition | None = None
    """Where it says its colours, or else where it begins."""
    parts: tuple[SourcePosition, ...] = ()
    """Where each section stands."""
    silences: tuple[IgnoredRules, ...] = ()
    """What its author does not want to hear from `presenter check`."""
    written: tuple[ParsedSlide, ...] = ()
    """What each slide of the deck was made of."""
    origin: Origin | None = None
    """What the deck was made of."""
    no_variant: str = ""
    """What is wrong with the variant's name, when that is all that is wrong."""


def load_deck(path: Path, *, allow_outside: bool = False, variant: str = "") -> Deck:
    """Load a deck.

    Args:
        path: the deck file, or a folder with a `deck.yaml`.
        allow_outside: files outside the deck's folder may be read.
        variant: the name of a variant; the whole talk when empty.

    Raises:
        DeckError: it cannot be shown; says all that is wrong. No other error, for any bytes.
    """
    loaded = load(path, allow_outside=allow_outside, variant=variant)
    if loaded.deck is None:
        raise DeckError(loaded.problems, loaded.more, loaded.files)
    return loaded.deck


def load(path: Path, *, allow_outside: bool = False, variant: str = "") -> Loaded:
    """Load a deck as `load_deck` does, and say what was noticed instead of raising."""
    findings, wall, loaded = Diagnostics(), AllowedPaths(path.parent, outside=allow_outside), Loaded(None)
    try:
        real = deck_file(path)
        for given in (path, path / DECK_NAME):
            wall.used |= links_in(Path(os.path.abspath(given)))  # noqa: PTH100 - links are not followed
        wall.folder = allowed_folder(real)
        loaded = _load(real, wall, findings, variant)
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        # Names that no file can have, folders that vanish between two looks, memory: still a problem of that deck.
        findings.add(Source(path).problem(0, 0, f"the deck cannot be read ({str(error) or type(error).__name__})"))
    problems, more = findings.listed()
    deck = None if findings.errors else loaded.deck
    return replace(
        loaded,
        deck=deck,
        problems=problems,
        more=more,
        files=frozenset(wall.used),
        silences=tuple(findings.silences),
    )


def deck_file(path: Path) -> Path:
    """Return the real path of a deck: the file itself, or the `deck.yaml` in a folder."""
    real = Path(os.path.realpath(path))
    inside = real / DECK_NAME
    return Path(os.path.realpath(inside)) if os.path.isfile(inside) else real  # noqa: PTH113 - is_file can raise


def _load(real: Path, wall: AllowedPaths, findings: Diagnostics, variant: str) -> Loaded:
    gathered = read_deck_files(real, wall, findings)
    if gathered is None:
        return Loaded(None)
    sections = _sections(gathered, findings)
    talk = VariantSlides(sections, tuple(gathered.slides), tuple(_ids(gathered, sections, findings)))
    theme = _theme(gathered.node.get("theme"), gathered.desk)
    variants = read_variants(gathered, talk)
    if variant and variant not in variants and not gathered.broken:
        return _without(variant, variants, gathered, findings)
    if findings.errors:
        return Loaded(None, images=tuple(gathered.images))
    own = variants.get(variant)
    talk = select_slides(talk, own.only if own else ())
    title = (own.title if own else "") or _one_line(gathered.entry.title)
    slides = _slides(gathered.entry, talk, title)
    deck = replace(
        _facts(gathered.entry, own),
        path=real,
        title=title,
        theme=theme,
        sections=talk.sections,
        slides=slides,
        variants=variants,
        variant=variant,
        files=frozenset(wall.used),
    )
    spots = {slide.id: written.spot for slide, written in zip(slides, talk.slides, strict=True)}
    return Loaded(
        deck,
        images=_shown(gathered, talk),
        spots=MappingProxyType(spots),
        time=gathered.desk.spot(duration_place(gathered.node, variant)),
        theme=gathered.desk.spot(gathered.node.get("theme") or gathered.node),
        parts=_parts(gathered, sections, talk),
        written=talk.slides,
        origin=Origin(gathered.node, gathered.desk, gathered.defaults),
    )


def _without(variant: str, variants: Mapping[str, Variant], gathered: DeckSource, findings: Diagnostics) -> Loaded:
    """Say that the deck has no such variant."""
    place = gathered.node.pairs["variants"][0] if variants else gathered.node
    words, alone = unknown_variant(variant, variants), not findings.errors
    findings.add(gathered.desk.spot(place).problem(words))
    return Loaded(None, images=tuple(gathered.images), no_variant=words if alone else "")


def _parts(gathered: DeckSource, sections: tuple[Section, ...], talk: VariantSlides) -> tuple[SourcePosition, ...]:
    """Return where the sections of the talk stand, in its order."""
    places = {section.id: part.spot for section, part in zip(sections, gathered.parts, strict=False)}
    return tuple(places[section.id] for section in talk.sections if section.id in places)


def _shown(gathered: DeckSource, talk: VariantSlides) -> tuple[NamedImage, ...]:
    """Return the pictures of the slides that are in the talk."""
    if len(talk.slides) == len(gathered.slides):
        return tuple(gathered.images)
    here = {id(image) for written in talk.slides for image in written.layout.pictures()}
    return tuple(named for named in gathered.images if id(named.image) in here)


def _facts(entry: DeckEntry, own: Variant | None) -> Deck:
    """Return what the deck says of the talk, but for its slides; a variant's own duration has its own times of day."""
    timed = own is not None and own.duration is not None
    start = entry.start or "first-move"
    return Deck(
        path=Path(),
        subtitle=_one_line(entry.subtitle),
        author=entry.author,
        id=entry.id,
        duration=own.duration if own is not None and timed else total_duration(entry),
        reserve=own.reserve if own is not None else entry.reserve or Seconds(0),
        stop="" if timed else entry.stop or "",
        start="first-move" if timed and ":" in start else start,
        signals=() if timed else entry.signals or (),
        wpm=entry.wpm or 0,
        auto=entry.auto,
        resume_on_move=entry.resume_on_move,
        reload=entry.reload,
        images=entry.images,
        sizes=tuple(size.cells for size in entry.sizes),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sections(gathered: DeckSource, findings: Diagnostics) -> tuple[Section, ...]:
    """Give every section its id; say which have none of their own, and no title."""
    seen: dict[str, SourcePosition] = {}
    for part in gathered.parts:
        if part.id and part.id in seen:
            findings.add(
                part.spot.problem(f"two sections have the id {quote_for_message(part.id)}: first at {seen[part.id]}")
            )
        seen.setdefault(part.id, part.spot)
        if not part.title and len(gathered.parts) > 1:
            findings.add(part.spot.problem('a section needs a title: write "title: …"'))
    names = UniqueIds(seen)
    made = []
    for number, part in enumerate(gathered.parts, 1):
        derived = slug(part.title) or (f"section-{number}" if part.title else "")
        name = part.id or (names.take(derived) if derived else "")
        made.append(Section(name, _one_line(part.title), part.time, part.appendix))
    return tuple(made)


def _ids(gathered: DeckSource, sections: tuple[Section, ...], findings: Diagnostics) -> list[str]:
    """Give every slide its id: its own, a divider its section's, the others what their title or first words say."""
    seen: dict[str, SourcePosition] = {}
    for written in gathered.slides:
        name = written.layout.id
        if name and name in seen:
            words = f"two slides have the id {quote_for_message(name)}: first at {seen[name]}; give one another id"
            findings.add(written.id_spot.problem(words))
        elif name:
            seen[name] = written.id_spot
    names = UniqueIds(seen)
    ids = [written.layout.id for written in gathered.slides]
    for index in gathered.dividers:
        section = sections[gathered.slides[index].section].id
        ids[index] = names.take(section if section not in names.taken else f"section-{section}")
    for index, written in enumerate(gathered.slides):
        if not ids[index]:
            ids[index] = names.take(_derived(written, index))
    _check_former(gathered.slides, set(ids), findings)
    return ids


def _check_former(slides: list[ParsedSlide], ids: set[str], findings: Diagnostics) -> None:
    """An id that a slide had once cannot be one that a slide has now, or had by another one's account."""
    seen: set[str] = set()
    for written in slides:
        for name in written.layout.was:
            taken = "is the id of a slide" if name in ids else "is said of another slide, too" if name in seen else ""
            if taken:
                words = f"was: {quote_for_message(name)} {taken}; its times cannot be had from there"
                findings.add(written.spot.problem(words, severity="warning", fix="remove it"))
            seen.add(name)


def _derived(written: ParsedSlide, index: int) -> str:
    words = written.layout.title or next(iter(written.layout.words()), "")
    return slug(words) or f"slide-{index + 1}"


def _slides(entry: DeckEntry, talk: VariantSlides, title: str) -> tuple[Slide, ...]:
    """Number the slides and fill their footers in."""
    labels, count = _labels(talk.slides, talk.sections)
    facts = {
        "title": title,
        "subtitle": _one_line(entry.subtitle),
        "author": entry.author,
        "slides": str(count),
    }
    made = []
    for written, name, label in zip(talk.slides, talk.ids, labels, strict=True):
        layout, section = written.layout, talk.sections[written.section]
        template = entry.footer if layout.footer is None else layout.footer
        number = {"slide": label} if layout.counts else {"slide": "", "slides": ""}
        notes = layout.notes if isinstance(layout.notes, tuple) else (layout.notes,) if layout.notes else ()
        made.append(
            Slide(
                id=name,
                label=label,
                layout=layout,
                section=written.section,
                place=Place(written.spot.source.path, written.spot.line + 1, written.spot.column + 1),
                notes=notes,
                footer=fill_footer(template, {**facts, "section": section.title, **number}) if template else "",
                main=not layout.hidden and not section.appendix,
                big_letters=entry.big_letters if layout.big_letters is None else layout.big_letters,
            )
        )
    return tuple(made)


def _labels(slides: Sequence[ParsedSlide], sections: tuple[Section, ...]) -> tuple[list[str], int]:
    """Return how every slide is counted, and how many are on the main path."""
    counts = {"": 0, "A": 0, "H": 0, "B": 0}
    labels = []
    for written in slides:
        kind = "H" if written.layout.hidden else "A" if sections[written.section].appendix else ""
        kind = kind or "B" * (not written.layout.counts)
        counts[kind] += 1
        labels.append(f"{kind}{counts[kind]}")
    return labels, counts[""]


def _theme(node: Node | None, desk: ReadContext) -> Theme:
    """Return the deck's theme: a built-in one by name, or its own colours."""
    if isinstance(node, ScalarNode):
        try:
            return find_theme(node.clean.strip())
        except ThemeError as error:
            desk.error(node, error.words)
    elif isinstance(node, SequenceNode):
        desk.error(node, "expected the name of a theme, or a mapping of colours")
    elif isinstance(node, MappingNode):
        values = {key: _colour(value, desk) for key, (_, value) in node.pairs.items() if key != "font"}
        font = _font(node.get("font"), desk)
        wrong = theme_errors({key: value for key, value in values.items() if value is not None})
        for fault in wrong:
            key, value = node.pairs[fault.key]
            desk.error(key if value.absent or fault.words.startswith("unknown field") else value, fault.words)
        if not wrong and None not in values.values():
            return theme_from({key: value for key, value in values.items() if value is not None}, font)
    return DEFAULT


def _font(node: Node | None, desk: ReadContext) -> Path | None:
    """Return the font file that a theme names, None without one that can be used; that was said."""
    if node is None or node.absent:
        return None
    if not isinstance(node, ScalarNode) or not node.clean.strip():
        desk.error(node, "expected the path of a font file in the deck's folder")
        return None
    text = node.clean.strip()
    try:
        path = desk.files.resolve(text)
        desk.files.wall.used.add(path)
        try_font(path)
    except PictureError as error:
        desk.error(node, f"{quote_for_message(text)}: {error.reason}")
    except ValueError as error:
        desk.error(node, str(error))
    else:
        return path
    return None


def _colour(node: Node, desk: ReadContext) -> str | None:
    if isinstance(node, ScalarNode):
        return "" if node.absent else node.clean.strip()
    desk.error(node, 'expected a colour such as "#f0a35e"')
    return None
