"""What a deck file may say, but for its slides, whose keys are the layouts': the classes are the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, Literal, Self

from msgspec import Struct

from presenter.deck.struct_reader import LazyNode
from presenter.layouts.fields import DeckFolder, ImageModeField, Lint, MisreadError, PlainValue, Seconds, Shape

MIN_WPM: Final = 40
MAX_WPM: Final = 400
"""Words a minute."""
SIGNAL_COLORS: Final = 3
MIN_CELLS: Final = 4
MAX_CELLS: Final = 500
"""Cells across or down that a terminal may have."""
_SIZE: Final = re.compile(r"(\d{1,3})x(\d{1,3})")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class ClockTime(str):
    """A time of the day, `hh:mm`, 24 hours."""

    __slots__ = ()

    SHAPE: ClassVar[Shape] = {"type": "string", "pattern": rf"^\s*(?:{_CLOCK.pattern})\s*$"}

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the fields' protocol
        """Read the time; raise ValueError when it is none."""
        match = _CLOCK.fullmatch(plain.strip()) if isinstance(plain, str) else None
        if match is None:
            raise ValueError("expected a time of the day from 00:00 to 23:59, such as 15:05")
        return cls(f"{int(match[1]):02}:{match[2]}")


class WordsPerMinute(int):
    """Words that a speaker says in a minute."""

    __slots__ = ()

    SHAPE: ClassVar[Shape] = {
        "anyOf": [
            {"type": "integer", "minimum": MIN_WPM, "maximum": MAX_WPM},
            {"type": "string", "pattern": r"^\s*0{0,6}(?:[4-9]\d|[1-3]\d\d|400)\s*$"},
        ]
    }

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the fields' protocol
        """Read the number; raise ValueError when nobody speaks like that."""
        text = plain.strip() if isinstance(plain, str) else ""
        if not (text.isascii() and text.isdigit() and MIN_WPM <= int(text[:9]) <= MAX_WPM):
            raise ValueError(f"expected the words you say in a minute, {MIN_WPM} to {MAX_WPM}; most people say 130")
        return cls(text)


class Signals(tuple[Seconds, ...]):
    """When a timekeeper's cards go up: green, yellow, red."""

    __slots__ = ()

    SHAPE: ClassVar[Shape] = {"type": "array", "items": Seconds.SHAPE, "minItems": 1, "maxItems": SIGNAL_COLORS}

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:
        """Read the times; raise ValueError when they are no times, too many or not in order."""
        if not isinstance(plain, Sequence) or isinstance(plain, str) or not 1 <= len(plain) <= SIGNAL_COLORS:
            raise ValueError("expected when the green, yellow and red cards go up, such as [5m, 6m, 7m]")
        times: list[Seconds] = []
        for number, entry in enumerate(plain):
            try:
                times.append(Seconds.parse(entry, files))
            except ValueError as error:
                raise MisreadError(str(error), (number,)) from None
            if number and times[-1] <= times[-2]:
                raise MisreadError("each card goes up later than the one before", (number,))
        return cls(times)


class Start(str):
    """When the timer starts: `first-move`, `manual`, or a time of the day."""

    __slots__ = ()

    _WORD: ClassVar[Shape] = {"type": "string", "pattern": rf"^\s*(?:first-move|manual|{_CLOCK.pattern})\s*$"}
    SHAPE: ClassVar[Shape] = {
        "anyOf": [
            {"enum": ["first-move", "manual"]},
            _WORD,
            {"type": "object", "properties": {"at": _WORD}, "required": ["at"], "additionalProperties": False},
        ]
    }

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:
        """Read it; raise ValueError when it is none of these."""
        if isinstance(plain, Mapping) and list(plain) == ["at"]:
            plain = plain["at"]
        text = plain.strip() if isinstance(plain, str) else ""
        if text in {"first-move", "manual"}:
            return cls(text)
        try:
            return cls(ClockTime.parse(text, files))
        except ValueError:
            raise ValueError('expected first-move, manual, or a time of the day such as "14:35"') from None


class TerminalSize(str):
    """A terminal's size: columns and rows, such as `80x24`."""

    __slots__ = ()

    _CELLS: ClassVar[str] = r"(?:0{0,2}[4-9]|0?[1-9]\d|[1-4]\d\d|500)"
    SHAPE: ClassVar[Shape] = {"type": "string", "pattern": rf"^\s*{_CELLS}x{_CELLS}\s*$"}

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the fields' protocol
        """Read the size; raise ValueError when it is none."""
        return cls.read(plain if isinstance(plain, str) else "")

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the size; raise ValueError when it is none, or one that no terminal has."""
        match = _SIZE.fullmatch(text.strip())
        columns, rows = (int(match[1]), int(match[2])) if match else (0, 0)
        if not (MIN_CELLS <= columns <= MAX_CELLS and MIN_CELLS <= rows <= MAX_CELLS):
            raise ValueError(
                f'expected columns and rows of a terminal, such as "80x24", each {MIN_CELLS} to {MAX_CELLS}'
            )
        return cls(f"{columns}x{rows}")

    @property
    def cells(self) -> tuple[int, int]:
        """Columns and rows as numbers."""
        columns, _, rows = self.partition("x")
        return int(columns), int(rows)


class VariantEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shorter or other talk from the same deck."""

    only: tuple[str, ...] = ()
    """Ids of slides or sections, or tags, e.g. `[hello, knee, end]`."""
    title: str = ""
    """Instead of the deck's title, e.g. `The same in five minutes`."""
    duration: Seconds | None = None
    """Instead of the deck's duration; its times of the day and its signals do not count then, e.g. `5m`."""
    reserve: Seconds | None = None
    """Kept for questions, e.g. `20s`; left out, the same share of its duration as the whole talk keeps."""


class SectionFields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a section says of itself, in the deck or in a file of its own."""

    id: str = ""
    """Names the section, or the deck for its records, e.g. `measurements`."""
    title: str = ""
    """What the section or the talk is called, e.g. `Why the cache misses`."""
    subtitle: str = ""
    """A line below the title, e.g. `A story in four graphs`."""
    time: Seconds | None = None
    """Budget of the section, e.g. `9m`."""
    divider: bool = False
    """Begin with a slide that shows the title."""
    appendix: bool = False
    """Stands after the talk: reachable, not on the main path."""
    notes: str | tuple[str, ...] = ""
    """Notes for the divider, e.g. `Breathe.`."""


class SectionEntry(SectionFields, frozen=True, kw_only=True):
    """A section of a deck: with its slides, or the file that holds them."""

    include: str = ""
    """Path of a deck file whose slides are the section's, e.g. `sections/demo.yaml`."""
    defaults: LazyNode | None = None
    """Keys for all slides of the section that know them, e.g. `{reveal: true}`."""
    slides: LazyNode | None = None
    """The slides of the section, e.g. `[{title: The knee, points: [flat to 64 kB, then slower]}]`."""


class DeckEntry(SectionFields, frozen=True, kw_only=True):
    """A deck file. Included in another deck it is a section, or all its sections."""

    author: str = ""
    """Who speaks, e.g. `A. Speaker`."""
    duration: Seconds | None = None
    """Of the whole talk, questions included, e.g. `20m`, `1h`."""
    reserve: Seconds | None = None
    """Kept for questions, e.g. `3m`."""
    stop: ClockTime | None = None
    """Hard stop on the wall clock, e.g. `"15:05"`."""
    start: Start | None = None
    """When the timer starts: `first-move`, `manual`, or a time of the day, e.g. `first-move`, `manual`, `"14:35"`."""
    signals: Signals | None = None
    """When the green, yellow and red cards go up in the speaker view, e.g. `[15m, 17m, 19m]`."""
    wpm: WordsPerMinute | None = None
    """Words that the speaker says in a minute, e.g. `130`."""
    auto: bool = False
    """The slides go on by themselves, round and round."""
    resume_on_move: bool = False
    """A move ends a pause of the timer."""
    theme: LazyNode | None = None
    """A name, or a mapping of colours and a font, e.g. `midnight`."""
    footer: str = ""
    """The last row of every slide; a part whose fields are empty goes, e.g. `"{title} · {slide}/{slides}"`."""
    big_letters: bool = True
    """Titles and `big` in letters several rows tall, where there is room."""
    defaults: LazyNode | None = None
    """Keys for all slides that know them, e.g. `{reveal: true}`."""
    variants: dict[str, VariantEntry] = {}
    """Shorter or other talks from the same deck, by their names,
    e.g. `{lightning: {duration: 5m, only: [hello, knee, end]}}`.
    """
    reload: Literal["live", "move", "off"] = "live"
    """`live`: a saved change is shown at once; `move`: the current slide changes at the next move; `off`."""
    images: ImageModeField = "auto"
    """How pictures are drawn that do not say it themselves; `auto` goes by the terminal."""
    sizes: tuple[TerminalSize, ...] = ()
    """Sizes of terminals on which `presenter check` makes sure that every slide fits, beside 80x24, e.g. `[120x36]`."""
    lint: Lint | None = None
    """What `presenter check` shall not say of this deck, e.g. `{ignore: [L003]}`."""
    sections: LazyNode | None = None
    """The parts of a long talk, each with slides of its own, e.g. `[{title: Opening, slides: [{title: Hello}]}]`."""
    slides: LazyNode | None = None
    """The slides of a short talk, or of an included section, e.g. `[{title: Hello}]`."""
