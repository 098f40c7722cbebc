"""What the values of a deck may be, beyond plain text, numbers and lists.

A field type is read from plain values (texts, lists and mappings, all text cleaned already) by its `parse`, which
raises ValueError with words for the author; the loader adds the place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal, Protocol, Self, TypeAlias

from msgspec import Struct

PlainValue: TypeAlias = "str | Sequence[PlainValue] | Mapping[str, PlainValue] | None"
"""A YAML value with everything as text; None is a value left empty."""

MAX_SECONDS = 24 * 60 * 60
_SHOWN = 40
"""Characters of a wrong value that a message repeats."""
_UNITS = re.compile(
    r"(?=\d)(?:(\d{1,3}(?:\.\d{1,2})?)\s?h(?:(?:ou)?rs?)?\s?)?"
    r"(?:(\d{1,4}(?:\.\d{1,2})?)\s?m(?:in(?:ute)?s?)?\s?)?(?:(\d{1,5})\s?s(?:ec(?:ond)?s?)?)?"
)
_DIGITS = r"[0-7]?\d{1,4}|8[0-5]\d{3}|86[0-3]\d{2}|86400"
"""Seconds alone, up to 24 h."""
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")


Shape: TypeAlias = "Mapping[str, object]"
"""What values a type takes, as JSON Schema, draft 7: what `presenter schema` tells editors. A number or a truth value
without quotes is no text to them, so a shape names these types where a deck takes them."""
_NO_TEXT: Final[Shape] = {"type": "string", "errorMessage": "expected text, not a list or a mapping"}
TEXTS: Final[Shape] = {"if": {"type": ["array", "object", "null"]}, "then": _NO_TEXT}
"""A text. To name its types would have editors propose `true` and `false` for it."""
MAYBE: Final[Shape] = {"if": {"type": ["array", "object"]}, "then": _NO_TEXT}
"""A text that may be missing."""
WORDS: Final[Shape] = {**TEXTS, "pattern": r"\S"}
"""A text that is not empty."""


def any_case(*words: str) -> str:
    """Return a regular expression for words in capitals, small letters or both, as JavaScript and Python read it."""
    return "|".join("".join(f"[{letter.upper()}{letter}]" for letter in word) for word in words)


class DeckFolder(Protocol):
    """The files that a deck may name: paths are relative to the file that names them."""

    def picture(self, text: str) -> PictureFile:
        """Find a picture; one that may not be read comes back with the reason."""

    def read(self, text: str) -> str:
        """Return a text file's cleaned contents; raise ValueError when it cannot or may not be read."""


class MisreadError(ValueError):
    """A value inside a list or mapping is wrong; `path` leads to it: places in lists from 0, keys of mappings."""

    def __init__(self, words: str, path: tuple[int | str, ...]) -> None:
        super().__init__(words)
        self.path = path


class Field(Protocol):
    """A value type that reads itself."""

    SHAPE: ClassVar[Shape]
    """What `parse` takes; never less, and more only where JSON Schema cannot say it."""

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:
        """Read the value; raise ValueError with words for the author."""


class Seconds(int):
    """A duration: `90`, `90s`, `1m30s`, `1.5m`, `2 minutes`, `1:30` (minutes and seconds) or `1:02:03`; 0 to 24 h."""

    __slots__ = ()

    SHAPE: ClassVar[Shape] = {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": MAX_SECONDS},
            {"type": "string", "pattern": rf"^\s*(?:{_DIGITS}|{_UNITS.pattern}|{_CLOCK.pattern})\s*$"},
        ]
    }

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the protocol's signature
        """Read a duration; raise ValueError when it is none."""
        return cls.of(plain if isinstance(plain, str) else None)

    @classmethod
    def of(cls, given: str | None) -> Self:
        """Read a duration as people write it; raise ValueError when it is none."""
        text = (given or "").strip()
        seconds = _seconds(text)
        shown = f'"{text if len(text) <= _SHOWN else text[:_SHOWN] + "…"}"' if given is not None else "this"
        if seconds is None:
            raise ValueError(f"{shown} is not a duration; write 90, 90s, 1m30s, 1:30 (m:ss) or 1:02:03")
        if seconds > MAX_SECONDS:
            raise ValueError(f"{shown} is longer than 24 h")
        return cls(seconds)


def _seconds(text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_SECONDS)):
        return int(text)
    if text and (match := _UNITS.fullmatch(text)):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return int(hours * 3600 + minutes * 60 + seconds + 0.5)
    if match := _CLOCK.fullmatch(text):
        first, second, third = match.groups()
        return int(first) * 60 + int(second) if third is None else int(first) * 3600 + int(second) * 60 + int(third)
    return None


def lasting(seconds: int) -> str:
    """Write a length as people say it everywhere: `15 min`, `1 h 30 min`, `2:30 min`, `45 s`.

    >>> lasting(900), lasting(5400), lasting(150), lasting(45)
    ('15 min', '1 h 30 min', '2:30 min', '45 s')
    """
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    if rest:
        return f"{hours}:{minutes:02}:{rest:02} h" if hours else f"{minutes}:{rest:02} min"
    return " ".join(filter(None, (f"{hours} h" * bool(hours), f"{minutes} min" * bool(minutes))))


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as the deck names it, and the file it means."""

    text: str
    path: Path | None = None
    """The real path; None when the deck may not read it."""
    why: str = ""
    """Why it may not be read, in words; empty when it may."""

    SHAPE: ClassVar[Shape] = WORDS

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> PictureFile:
        """Find the picture; raise ValueError when the value is not a text."""
        if not isinstance(plain, str) or not plain.strip():
            raise ValueError("expected the path of a picture")
        return files.picture(plain.strip())


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that the deck names (code, CSV), with its contents."""

    name: str
    text: str

    SHAPE: ClassVar[Shape] = WORDS

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:
        """Read the file; raise ValueError when it cannot or may not be read."""
        if not isinstance(plain, str) or not plain.strip():
            raise ValueError("expected the path of a text file")
        return cls(plain.strip(), files.read(plain.strip()))


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list, with the points below it."""

    text: str
    points: tuple[Point, ...] = ()


class Lint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `presenter check` shall not say here."""

    ignore: tuple[str, ...] = ()
    """Rules by their ids, as `presenter check --rules` lists them, e.g. `[L003]`."""


class PointList(tuple[Point, ...]):
    """Texts or nested lists: `[a, [a1, a2], b]` or `[{a: [a1, a2]}, b]` puts a1 and a2 below a."""

    __slots__ = ()

    _POINT: ClassVar[Shape] = {**TEXTS, "minLength": 1}
    _PARENT: ClassVar[Shape] = {"type": "object", "additionalProperties": {"$ref": "#/definitions/points"}}
    SHAPE: ClassVar[Shape] = {
        "type": "array",
        "items": [{"anyOf": [_POINT, _PARENT]}],
        "additionalItems": {"anyOf": [_POINT, _PARENT, {"$ref": "#/definitions/points"}]},
    }

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the protocol's signature
        """Read the list; raise ValueError when something in it is neither a text nor a list."""
        return cls(_points(plain, ()))


def _below(text: str, plain: PlainValue, path: tuple[int | str, ...]) -> list[Point]:
    if plain is None:
        raise MisreadError(f'nothing stands below "{text}"; a text that ends in ":" needs quotes', path)
    if isinstance(plain, str):
        raise MisreadError('a point containing ": " needs quotes; points below it are a list', path)
    return _points(plain, path)


def _points(plain: PlainValue, path: tuple[int | str, ...]) -> list[Point]:
    if not isinstance(plain, Sequence) or isinstance(plain, str):
        raise MisreadError("expected a list of points, each on a line that begins with -", path)
    found: list[Point] = []
    for index, item in enumerate(plain):
        here = (*path, index)
        if item is None or item == "":
            raise MisreadError("a point is empty", here)
        if isinstance(item, str):
            found.append(Point(item.strip()))
        elif isinstance(item, Mapping):
            found.extend(Point(text, tuple(_below(text, below, (*here, text)))) for text, below in item.items())
        elif found:
            found[-1] = Point(found[-1].text, found[-1].points + tuple(_points(item, here)))
        else:
            raise MisreadError("a nested list needs a point before it", here)
    return found


class Percent(int):
    """A share of the slide: `40` or `40%`; 10 to 90."""

    __slots__ = ()

    SHAPE: ClassVar[Shape] = {
        "anyOf": [
            {"type": "integer", "minimum": 10, "maximum": 90},
            {"type": "string", "pattern": r"^\s*(?:[1-8]\d|90)\s*%?\s*$"},
        ]
    }

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the protocol's signature
        """Read the share; raise ValueError when it is none."""
        text = plain.strip().removesuffix("%").strip() if isinstance(plain, str) else ""
        if not re.fullmatch(r"[1-8]\d|90", text):
            raise ValueError("expected a share of the slide from 10% to 90%")
        return cls(int(text))


class Mat(str):
    """What lies below a transparent picture: `auto` (something where it could not be seen), `none`, or a colour."""

    __slots__ = ()

    SHAPE: ClassVar[Shape] = {"type": "string", "pattern": r"^\s*(?:auto|none|#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\s*$"}

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the protocol's signature
        """Read it; raise ValueError when it is none."""
        text = plain.strip() if isinstance(plain, str) else ""
        if text in {"auto", "none"}:
            return cls(text)
        if re.fullmatch(r"#[0-9a-fA-F]{3}", text):
            return cls("#" + "".join(2 * digit for digit in text[1:].lower()))
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
            raise ValueError('expected auto, none, or a colour such as "#ffffff" in quotes')
        return cls(text.lower())


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a picture that `fit: cover` keeps: shares of its width and height from the top left, 0 to 1."""

    x: float = 0.5
    y: float = 0.5

    NAMES: ClassVar[dict[str, tuple[float | None, float | None]]] = {
        "center": (None, None),
        "left": (0.0, None),
        "right": (1.0, None),
        "top": (None, 0.0),
        "bottom": (None, 1.0),
    }
    _NAME: ClassVar[str] = f"(?:{any_case(*NAMES)})"
    _PART: ClassVar[str] = r"(?:\d{1,2}|100)%"
    SHAPE: ClassVar[Shape] = {
        "type": "string",
        "pattern": rf"^\s*(?:{_NAME}(?:\s+{_NAME})*|{_PART}\s+{_PART})\s*$",
    }

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the protocol's signature
        """Read names (`left top`) or shares (`30% 60%`); raise ValueError when it is neither."""
        words = plain.lower().split() if isinstance(plain, str) else []
        shares = [int(word[:-1]) / 100 for word in words if re.fullmatch(r"(\d{1,2}|100)%", word)]
        if len(words) == len(shares) == 2:  # noqa: PLR2004 - x and y
            return cls(*shares)
        if not words or any(word not in cls.NAMES for word in words):
            raise ValueError('expected a place in the picture such as "left top" or "30% 60%"')
        x, y = 0.5, 0.5
        for word in words:
            across, down = cls.NAMES[word]
            x, y = (x if across is None else across), (y if down is None else down)
        return cls(x, y)


ImageFit: TypeAlias = Literal["contain", "cover", "fill", "actual"]
ImageModeField: TypeAlias = Literal["auto", "half", "quad", "blocks", "sextant", "octant", "kitty", "off"]
"""How pictures are drawn; `auto` goes by the terminal, `kitty` is pixels by that terminal's protocol."""
UNSUPPORTED_MODES: Final[Mapping[str, str]] = {
    "sixel": "sixel is not offered, because where its pixels stand is unsure in most terminals that have it; "
    "write auto for the best that the terminal shows right",
}
"""What one might ask for instead, with the reason why there is none."""


class Image(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture with its words. A plain text stands for `{src: text}`."""

    shorthand: ClassVar[str] = "src"

    src: PictureFile
    """Path of the picture from the folder of this file: PNG, JPEG, GIF, WebP or BMP, e.g. `images/knee.png`."""
    alt: str = ""
    """What the picture shows, for those who cannot see it, e.g. `Two curves that part at 64 kB`."""
    caption: str = ""
    """Stands below the picture, e.g. `Read bandwidth, one thread`."""
    credit: str = ""
    """Who made it, or what it is, e.g. `own measurement`."""
    kind: Literal["photo", "drawing", "chart", "pixels"] = "drawing"
    """What kind of picture it is; `pixels` keeps hard edges when it is scaled."""
    fit: ImageFit = "contain"
    """How it fills its box: `contain` whole, `cover` cut to fill it, `fill` stretched, `actual` not enlarged."""
    focus: Focus = Focus()
    """The point that stays in sight with `fit: cover`: names, or shares of width and height,
    e.g. `left top`, `30% 60%`.
    """
    side: Literal["left", "right"] = "right"
    """Where it stands beside text."""
    width: Percent | None = None
    """Its share of the slide beside text, e.g. `40%`."""
    mode: ImageModeField = "auto"
    """How it is drawn; `auto` goes by the deck's `images`."""
    mat: Mat = Mat("auto")
    """What lies below a transparent picture: auto, none, or a colour, e.g. `"#ffffff"`."""
    animate: bool = True
    """Whether an animation plays; otherwise its first frame is shown."""


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """Line numbers: `7`, `1-3`, `1-3,7`, or `all`."""

    ranges: tuple[tuple[int, int], ...] = ()
    """First and last line of each range, from 1; none means all."""

    _NUMBER: ClassVar[str] = r"0{0,5}[1-9]\d{0,5}"
    _RANGE: ClassVar[str] = rf"{_NUMBER}(?:-{_NUMBER})?"
    SHAPE: ClassVar[Shape] = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 999_999},
            {"type": "string", "pattern": rf"^\s*(?:all|{_RANGE}(?:\s*,\s*{_RANGE})*)\s*$"},
        ]
    }

    @classmethod
    def parse(cls, plain: PlainValue, files: DeckFolder) -> Self:  # noqa: ARG003 - the protocol's signature
        """Read line numbers; raise ValueError when they are none."""
        text = plain.strip() if isinstance(plain, str) else ""
        if text == "all":
            return cls()
        if not re.fullmatch(r"\d{1,6}(-\d{1,6})?(\s*,\s*\d{1,6}(-\d{1,6})?)*", text):
            raise ValueError('expected line numbers such as "7", "1-3" or "1-3,7", or all')
        ranges = [tuple(map(int, part.split("-"))) for part in text.split(",")]
        pairs = tuple((numbers[0], numbers[-1]) for numbers in ranges)
        if any(first < 1 or last < first for first, last in pairs):
            raise ValueError("line numbers count up from 1")
        return cls(pairs)

    @property
    def last(self) -> int:
        """The largest line number; 0 for all."""
        return max((last for _, last in self.ranges), default=0)

    def __contains__(self, line: object) -> bool:
        """Say whether a line, from 1, is among them."""
        return isinstance(line, int) and (not self.ranges or any(a <= line <= b for a, b in self.ranges))
