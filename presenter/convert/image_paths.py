"""Pictures: what Marp says in their alt texts, and whether the deck may show them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from markdown_it.token import Token

from presenter.convert.dialects import Dialect
from presenter.convert.pieces import ImageRef, Loss, Piece
from presenter.deck.files import MAX_TEXT_BYTES, AllowedPaths, DeckFiles
from presenter.deck.scan import allowed_folder
from presenter.deck.source import UnreadableError, read_bytes
from presenter.safety import clean_line

_SIDE: Final = re.compile(r"(left|right)(?::(\d{1,3})%)?")
_SIZED: Final = re.compile(r"(?:w|width|h|height|image:width|image:w):\S+|\d{1,3}%|auto|contain|fit|cover|vertical")
_FILTER: Final = re.compile(
    r"(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(?::\S*)?"
)
_LEAST, _MOST = 10, 90
"""A picture's share of the slide, in percent."""


def picture_of(token: Token, line: int, dialect: Dialect) -> tuple[ImageRef | None, list[Piece]]:
    """Read a picture's token: the picture, and remarks on what is left out."""
    source, title = str(token.attrs.get("src", "")).strip(), str(token.attrs.get("title", ""))
    words = token.content
    if dialect not in {"marp", "presenterm"}:
        made = ImageRef(line, source, " ".join(words.split()), title)
        return (made, []) if source else (None, [Loss(line, "a picture without a source is left out", f"![{words}]()")])
    picture, lost = _directed(words, source, title, line)
    extra: list[Piece] = []
    if lost:
        what = " ".join(lost)
        extra.append(Loss(line, f'"{what}" of a picture is left out; "fit:" and "width:" say its size', what))
    if not source or ("bg" in words.split() and _is_colour(source)):
        extra.append(
            Loss(line, "a background colour is left out; colours come from the theme", f"![{words}]({source})")
        )
        return None, extra
    return picture, extra


def _directed(words: str, source: str, title: str, line: int) -> tuple[ImageRef, list[str]]:
    """Take Marp's and presenterm's words for place and size out of an alt text."""
    behind, cover, sized = "bg" in words.split(), False, False
    place, width = ("behind" if behind else ""), 0
    alt, lost = [], []
    for word in words.split():
        side = _SIDE.fullmatch(word) if behind else None
        if word == "bg":
            continue
        if side:
            place, width = side[1], int(side[2] or 0)
        elif behind and word in {"cover", "contain", "fit", "auto"}:
            cover = word == "cover"
            sized = True
        elif word.startswith(("image:width:", "image:w:")) and word.rstrip("%").rpartition(":")[2].isdecimal():
            width = int(word.rstrip("%").rpartition(":")[2])
        elif _SIZED.fullmatch(word) or _FILTER.fullmatch(word):
            lost.append(word)
        else:
            alt.append(word)
    kept = width if _LEAST <= width <= _MOST else 0
    if width and not kept:
        lost.append(f"{width}%")
    where = {"behind": "behind", "left": "left", "right": "right"}.get(place, "")
    return ImageRef(line, source, " ".join(alt), title, where, kept, cover or (behind and not sized)), lost  # type: ignore[arg-type]


def _is_colour(source: str) -> bool:
    return source.startswith(("#", "rgb", "hsl")) or (source.isalpha() and source.islower())


@dataclass(slots=True)
class ImagePaths:
    """The files that the deck may show, seen from the folder where it will stand."""

    source: Path
    """The real folder of the Markdown file."""
    deck: Path
    """The real path that the deck will have."""
    public: bool = False
    """Paths that begin with a slash lie in `public/` (Slidev)."""
    _known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def picture(self, src: str) -> tuple[str, str]:
        """Return a picture's path as the deck names it, and why it cannot be shown, if so."""
        if src not in self._known:
            path, why = self._path(src)
            self._known[src] = (path, why or self._decoded(path))
        return self._known[src]

    def code(self, name: str) -> tuple[str, str, int]:
        """Return a text file's path as the deck names it, why it cannot be shown if so, and how many lines it has."""
        path, why = self._path(name)
        if why:
            return path, why, 0
        try:
            text = read_bytes(self.deck.parent / path, MAX_TEXT_BYTES, "text file").decode("utf-8")
        except UnreadableError as error:
            return path, str(error), 0
        except UnicodeDecodeError:
            return path, "it is not UTF-8 text", 0
        return path, "", len(text.rstrip("\n").split("\n"))

    def _path(self, src: str) -> tuple[str, str]:
        """Return the path from the deck's folder, and why it cannot be taken."""
        wall = AllowedPaths(allowed_folder(self.deck))
        bare = src
        candidates = [unquote(bare), bare] if "%" in bare else [bare]
        if self.public and bare.startswith("/"):
            candidates = [f"public{each}" for each in candidates] + [each.lstrip("/") for each in candidates]
        here = DeckFiles(AllowedPaths(self.source, outside=True), self.source)
        for each in candidates:
            try:
                real = here.resolve(each)
            except ValueError as error:
                return bare, clean_line(str(error))
            if real.is_file():
                break
        else:
            return bare, f'there is no file "{clean_line(bare)}"'
        named = os.path.relpath(self.source / each, self.deck.parent) if not each.startswith("/") else each
        try:
            DeckFiles(wall, self.deck.parent).resolve(named)
        except ValueError as error:
            return named, clean_line(str(error))
        return Path(named).as_posix(), ""

    def _decoded(self, path: str) -> str:
        """Return why a picture cannot be shown; empty when it can."""
        if Path(path).suffix.lower() == ".svg":
            return f'"{clean_line(path)}" is a drawing in SVG; save it as PNG'
        from presenter.images import PictureError, verify  # noqa: PLC0415 - most decks have no pictures

        try:
            verify(self.deck.parent / path)
        except PictureError as error:
            return f'"{clean_line(path)}": {error.reason}'
        return ""
