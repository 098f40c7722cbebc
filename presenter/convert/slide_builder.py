"""From a slide of the source to slides of the deck: its title, its layout, its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from presenter.convert.body import SlideKeys, is_caption, keys_of, steps_of, trim_pauses, visible_pieces
from presenter.convert.columns import column_slides, has_columns, split_columns
from presenter.convert.dialects import Dialect
from presenter.convert.image_paths import ImagePaths
from presenter.convert.pieces import (
    BulletList,
    CodeBlock,
    Column,
    Columns,
    DeckSlide,
    Fragment,
    Heading,
    ImageRef,
    Loss,
    Note,
    Pause,
    Piece,
    Prose,
    SlideOption,
    SourceSlide,
    YamlNode,
)
from presenter.convert.slidev import front_pieces
from presenter.deck.ids import id_error, slug
from presenter.layouts.fields import Seconds

_CLICK: Final = "[click]"
_LARGE: Final = 24
"""Characters of words that may be as large as the slide."""
_NAMED: Final = 2
"""Lines below the title of an opening slide."""


class SlideBuilder:
    """Makes slides of drafts."""

    def __init__(self, dialect: Dialect, shelf: ImagePaths) -> None:
        self._dialect: Dialect = dialect
        self._shelf = shelf

    def shape(self, draft: SourceSlide, number: int) -> list[DeckSlide]:
        """Return the slides that show a draft; one without keys when it shows nothing.

        Args:
            draft: a slide of the source.
            number: its place, from 0.
        """
        remarks: list[Loss] = []
        front = front_pieces(draft.front) if draft.front else []
        settings, body, notes = self._sorted([*front, *draft.pieces], remarks)
        body = self._usable(_fragmented(body), remarks)
        title, below, keys = self._keys(body, settings, number, remarks)
        line = next((piece.line for piece in draft.pieces), draft.line)
        if title is None and not keys:
            if notes:
                keys = [{"title": "…"}]
                remarks.append(Loss(line, "a slide that shows nothing; it is kept for its notes"))
            else:
                said = [
                    switch for switch in settings.values() if switch.name in {"id", "time", "footer"} and switch.value
                ]
                remarks += [Loss(each.line, "a slide that shows nothing is left out", each.value) for each in said]
                return [DeckSlide(line, {}, remarks)]
        made = []
        for index, each in enumerate(keys):
            first = index == 0
            whole: SlideKeys = {"title": title.text} if title and title.text and "title" not in each else {}
            whole |= each
            self._set(whole, settings, remarks, line, first=first)
            if notes and first:
                whole["notes"] = _parted_notes(notes, steps_of(whole), self._dialect)
            made.append(DeckSlide(line, whole, remarks if first else [], title.level if title and first else 0))
        made[0].below = draft.below
        made[0].bare = below
        return made

    # What there is ----------------------------------------------------------------------------------------------------

    def _sorted(self, pieces: Sequence[Piece], remarks: list[Loss]) -> tuple[dict[str, SlideOption], list[Piece], str]:
        """Part what is shown from what is said of the slide, and from its notes."""
        settings: dict[str, SlideOption] = {}
        body: list[Piece] = []
        notes = []
        for piece in pieces:
            if isinstance(piece, Loss):
                remarks.append(piece)
            elif isinstance(piece, Note):
                notes.append(piece.text)
            elif isinstance(piece, SlideOption):
                settings[piece.name] = piece
            else:
                body.append(piece)
        return settings, body, "\n\n".join(note.strip() for note in notes if note.strip())

    def _usable(self, body: Sequence[Piece], remarks: list[Loss]) -> list[Piece]:
        """Return a body with its pictures and files as the deck names them; words for those it cannot show."""
        found: list[Piece] = []
        for piece in body:
            if isinstance(piece, ImageRef):
                path, why = self._shelf.picture(piece.src)
                if not why:
                    found.append(replace(piece, src=path))
                    continue
                quote = f"image: {{src: {piece.src}, alt: {piece.alt or piece.caption}}}"
                remarks.append(Loss(piece.line, f"a picture is left out: {why}", quote))
                words = " ".join(text for text in (piece.alt, piece.caption) if text)
                found += [Prose(piece.line, words, paragraph=False)] if words and not piece.place else []
            elif isinstance(piece, CodeBlock) and piece.file:
                found += self._file(piece, remarks)
            else:
                found.append(piece)
        return found

    def _file(self, piece: CodeBlock, remarks: list[Loss]) -> list[Piece]:
        """Return code that lies in a file, if the deck may show it."""
        path, why, count = self._shelf.code(piece.file)
        quote = f"file: {piece.file} {piece.caption}".strip()
        if why:
            remarks.append(Loss(piece.line, f"the code of a file is left out: {why}", quote))
            return [Prose(piece.line, f"`{piece.file}`")]
        last = max((int(part) for part in _numbers([piece.lines, *piece.highlight])), default=0)
        if last > count:
            remarks.append(
                Loss(piece.line, f"the lines {piece.lines or piece.highlight} are past the file's end", quote)
            )
            piece = replace(piece, lines="", highlight=())
        if piece.caption:
            remarks.append(Loss(piece.line, 'all of the file is shown; "lines:" names a part of it', piece.caption))
        return [replace(piece, file=path, caption="")]

    # What it becomes --------------------------------------------------------------------------------------------------

    def _keys(
        self, body: list[Piece], settings: dict[str, SlideOption], number: int, remarks: list[Loss]
    ) -> tuple[Heading | None, bool, list[SlideKeys]]:
        """Return the title, whether nothing else is shown, and the keys of the slides."""
        layout = settings["layout"].value if "layout" in settings else ""
        if has_columns(body):
            title, keys = self._columned(body, layout, remarks)
            if keys:
                self._tell_unused(settings, remarks)
                return title, False, keys
        body = [piece for piece in body if not isinstance(piece, Column | Columns)]
        title, rest = _titled(body)
        _tell_pause(title, body, remarks)
        if title is None and "title" in settings:
            title = Heading(settings["title"].line, 2, settings["title"].value)
        elif title and "title" in settings and settings["title"].value != title.text:
            words = "the heading is the slide's title, not that of its front matter"
            remarks.append(Loss(settings["title"].line, words, settings["title"].value))
        if layout in {"fact", "statement"} or "fit" in settings:
            large = _large(title, rest)
            if large:
                return None, False, [large]
        opening = number == 0 or "middle" in settings or layout in {"cover", "intro", "center", "section", "end"}
        if title and (opened := _opening(title, rest, opening=opening)) is not None:
            if layout == "section" or ("middle" in settings and self._dialect == "presenterm"):
                opened = _divider(opened)
            return title, not rest, [opened]
        self._tell_unused(settings, remarks)
        if layout == "quote" and len(rest) == 1 and isinstance(rest[0], Prose):
            return title, False, [{"quote": rest[0].text}]
        return title, False, keys_of(rest, remarks)

    def _columned(self, body: list[Piece], layout: str, remarks: list[Loss]) -> tuple[Heading | None, list[SlideKeys]]:
        """Return the title and the slides of a body with columns."""
        opening = self._dialect == "slidev" and layout != "two-cols-header"
        before, columns, after, shares = split_columns(body, opening=opening)
        if len(columns) < 2:  # noqa: PLR2004 - one column is none
            return None, []
        title, before = _titled(before)
        heads = [visible_pieces(column)[0] for column in columns]
        if title is None and opening and isinstance(heads[0], Heading) and not isinstance(heads[1], Heading):
            title = heads[0]
            columns[0] = [piece for piece in columns[0] if piece is not title]
            columns = [column for column in columns if visible_pieces(column)]
        parts = [keys_of(before, remarks) if visible_pieces(before) else []]
        parts.append(column_slides(columns, shares, remarks))
        parts.append(keys_of(after, remarks) if visible_pieces(after) else [])
        if parts[0] or parts[2]:
            line = visible_pieces([*before, *after])[0].line
            remarks.append(Loss(line, "what stands above or below columns has a slide of its own"))
        return title, [keys for part in parts for keys in part]

    @staticmethod
    def _tell_unused(settings: dict[str, SlideOption], remarks: list[Loss]) -> None:
        """Say what the layout that was chosen has no use for."""
        for name, words in (
            ("middle", "the middle of the slide is left out; layouts place their text themselves"),
            ("fit", 'a heading as wide as the slide is left out; write "big: …" for a few large words'),
        ):
            if name in settings:
                remarks.append(Loss(settings[name].line, words))

    def _set(
        self, keys: SlideKeys, settings: dict[str, SlideOption], remarks: list[Loss], line: int, *, first: bool
    ) -> None:
        """Add the keys that every slide may have."""
        if "id" in settings and first:
            name = slug(settings["id"].value)
            if name and not id_error(name):
                front = {"id": name, **keys}
                keys.clear()
                keys.update(front)
            if name != settings["id"].value:
                remarks.append(Loss(line, "an id is lower-case letters, digits and hyphens", settings["id"].value))
        if "time" in settings and first:
            text = settings["time"].value
            try:
                keys["time"] = f"{Seconds.parse(text, None)}s"  # type: ignore[arg-type]
            except ValueError as error:
                remarks.append(Loss(line, str(error), text))
        if settings.get("hidden", SlideOption(0, "", "false")).value == "true":
            keys["hidden"] = True
        if "footer" in settings and "footer" not in keys:
            keys["footer"] = settings["footer"].value


def _titled(body: Sequence[Piece]) -> tuple[Heading | None, list[Piece]]:
    """Return a body's title, when a heading is the first of its words, and the rest."""
    body = trim_pauses(body)
    first = next((piece for piece in visible_pieces(body) if not isinstance(piece, ImageRef)), None)
    if not isinstance(first, Heading):
        return None, body
    return first, trim_pauses([piece for piece in body if piece is not first])


def _tell_pause(title: Heading | None, body: Sequence[Piece], remarks: list[Loss]) -> None:
    """Say that a title is not shown by itself first."""
    after = [piece for piece in trim_pauses(body) if not isinstance(piece, ImageRef)]
    if title and len(after) > 1 and after[0] is title and isinstance(after[1], Pause):
        remarks.append(Loss(after[1].line, "the pause below the title is left out; what follows is shown with it"))


def _opening(title: Heading, rest: Sequence[Piece], *, opening: bool) -> SlideKeys | None:
    """Return the keys of a slide that is its title with a line or two; None when there is more."""
    if not rest:
        return {"title": title.text}
    lines = [piece for piece in rest if is_caption(piece) or isinstance(piece, Heading)]
    if not opening or len(lines) != len(rest) or len(lines) > _NAMED:
        return None
    texts = [piece.text for piece in lines if isinstance(piece, Prose | Heading)]
    return {"title": title.text, **dict(zip(("subtitle", "byline"), texts, strict=False))}


def _divider(keys: SlideKeys) -> SlideKeys:
    """Return the keys of an opening as those of a section's first slide."""
    lines = [str(keys[name]) for name in ("subtitle", "byline") if name in keys]
    made: SlideKeys = {"layout": "section", "title": keys["title"]}
    return {**made, **({"subtitle": " · ".join(lines)} if lines else {})}


def _large(title: Heading | None, rest: Sequence[Piece]) -> SlideKeys | None:
    """Return the keys of a few large words with a caption; None when there is more."""
    if title is None or len(title.text) > _LARGE or len(rest) > 1 or any(not is_caption(piece) for piece in rest):
        return None
    caption = rest[0].text if rest and isinstance(rest[0], Prose) else ""
    return {"big": title.text, **({"caption": caption} if caption else {})}


def _fragmented(body: Sequence[Piece]) -> list[Piece]:
    """Give what comes with a step of its own the pause before it."""
    found: list[Piece] = []
    for piece in body:
        if not isinstance(piece, Fragment):
            found.append(piece)
        elif found and isinstance(found[-1], BulletList):
            found[-1] = replace(found[-1], reveal=True)
        elif found:
            found.insert(len(found) - 1, Pause(piece.line))
    return found


def _numbers(texts: Sequence[str]) -> list[str]:
    return [part for text in texts for part in text.replace("-", " ").replace(",", " ").split() if part.isdecimal()]


def _parted_notes(notes: str, steps: int, dialect: Dialect) -> YamlNode:
    """Return notes as one text, or as one a step where Slidev's marks say so."""
    if dialect != "slidev" or _CLICK not in notes or steps == 1:
        return notes
    parts = [part.strip() for part in notes.split(_CLICK)]
    return list(parts) if len(parts) <= steps and all(parts) else notes
