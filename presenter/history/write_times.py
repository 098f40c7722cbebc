"""Times written back into the files of a deck: prepared and shown first, then written as a whole or not at all."""

from __future__ import annotations

import contextlib
import difflib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from presenter.deck.load import load
from presenter.deck.model import Deck, Slide
from presenter.deck.source import UnreadableError, read_bytes
from presenter.history.yaml_splice import Spliced, SpliceEdit, SpliceError, TextPosition, splice_times
from presenter.safety import MAX_DECK_BYTES, clean, clean_line, reason

_BOM: Final = b"\xef\xbb\xbf"
_CONTEXT: Final = 3
"""Lines around a change in a diff."""


class WriteError(Exception):
    """The deck could not be written; says what happened to its files."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file, before and after. Nothing is written yet."""

    path: Path
    before: bytes
    after: bytes
    spliced: Spliced


@dataclass(frozen=True, slots=True)
class TimesDraft:
    """What would be written."""

    changes: tuple[FileChange, ...]
    written: tuple[str, ...]
    """Ids of the slides that get their time, in the deck's order."""
    refused: tuple[tuple[Slide, str], ...]
    """Slides that do not, with the reason, in the deck's order."""


def prepare_changes(deck: Deck, times: Mapping[str, int], *, allow_outside: bool = False) -> TimesDraft:
    """Work out how the files of a deck change when slides get new times. Nothing is written.

    Args:
        deck: as it was loaded from its files a moment ago.
        times: seconds by slide id; ids that the deck does not know are passed over.
        allow_outside: as it was loaded.
    """
    uses = Counter(slide.place for slide in deck.slides)
    by_file: dict[Path, list[Slide]] = {}
    contents: dict[Path, bytes] = {}
    reasons: dict[str, str] = {}
    for slide in deck.slides:
        if slide.id in times and uses[slide.place] > 1:
            reasons[slide.id] = "the slide is used in several places, through an alias or a file included twice"
        elif slide.id in times:
            by_file.setdefault(slide.place.path, []).append(slide)
    for path, slides in by_file.items():
        try:
            contents[path] = _read(path)
        except SpliceError as error:
            reasons |= dict.fromkeys((slide.id for slide in slides), str(error))
    if contents and _outline(load(deck.path, allow_outside=allow_outside, variant=deck.variant).deck) != _outline(deck):
        reasons = dict.fromkeys(times, "the deck has changed since it was loaded; try again")
        contents = {}
    changes = []
    for path, data in contents.items():
        change, refused = _change(path, data, by_file[path], times)
        reasons |= refused
        if change is not None:
            changes.append(change)
    wanted = [slide for slide in deck.slides if slide.id in times]
    return TimesDraft(
        tuple(changes),
        tuple(slide.id for slide in wanted if slide.id not in reasons),
        tuple((slide, reasons[slide.id]) for slide in wanted if slide.id in reasons),
    )


def _outline(deck: Deck | None) -> list[tuple[object, ...]]:
    """Return what has to be the same for places in files to mean the same slides."""
    return [(slide.id, slide.place, slide.layout) for slide in deck.slides] if deck else []


def _read(path: Path) -> bytes:
    """Read a file that is to be written; refuse one that cannot be replaced."""
    name = clean_line(path.name)
    try:
        data = read_bytes(path, MAX_DECK_BYTES, "deck file")
        links = path.stat().st_nlink
    except (UnreadableError, OSError) as error:
        raise SpliceError(f"{name}: {clean_line(str(error))}") from None
    if links > 1:
        raise SpliceError(f"{name} has {links} names (hard links), and only one would change; make it a copy first")
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise SpliceError(f"no permission to write {name}")
    return data


def _change(
    path: Path, data: bytes, slides: Sequence[Slide], times: Mapping[str, int]
) -> tuple[FileChange | None, dict[str, str]]:
    """Return how a file changes, and the reasons for slides that do not."""
    mark = _BOM if data.startswith(_BOM) else b""
    spots: dict[TextPosition, str] = {(slide.place.line - 1, slide.place.column - 1): slide.id for slide in slides}
    try:
        text = data[len(mark) :].decode("utf-8")
        spliced = splice_times(text, {spot: times[name] for spot, name in spots.items()})
    except UnicodeDecodeError:
        return None, dict.fromkeys((slide.id for slide in slides), "the file is not UTF-8 text")
    except SpliceError as error:
        return None, dict.fromkeys((slide.id for slide in slides), str(error))
    refused = {spots[spot]: why for spot, why in spliced.refused.items()}
    after = mark + spliced.text.encode("utf-8")
    return (FileChange(path, data, after, spliced) if spliced.edits else None), refused


def changes_diff(draft: TimesDraft, folder: Path | None = None) -> str:
    """Show what would change, as a unified diff; names of files are relative to a folder where that is shorter."""
    lines: list[str] = []
    for change in draft.changes:
        name = str(change.path)
        if folder is not None and change.path.is_relative_to(folder):
            name = str(change.path.relative_to(folder))
        lines += [f"--- {name}", f"+++ {name}", *_hunks(change)]
    return "".join(f"{clean(line)}\n" for line in lines)


def _hunks(change: FileChange) -> Iterator[str]:
    """Compare only the lines around each change: a whole deck of thousands of slides takes difflib too long."""
    old = change.before.removeprefix(_BOM).decode("utf-8")
    before, after = _split(old), _split(change.spliced.text)
    grown = 0
    for first, last, more in _groups(old, change.spliced.edits):
        top, end = max(0, first - _CONTEXT), min(len(before), last + 1 + _CONTEXT)
        window = after[top + grown : end + grown + more]
        hunk = list(difflib.unified_diff(before[top:end], window, lineterm="", n=_CONTEXT))
        yield f"@@ -{top + 1},{end - top} +{top + grown + 1},{end - top + more} @@"
        yield from hunk[3:]
        grown += more


def _split(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


def _groups(text: str, edits: Sequence[SpliceEdit]) -> Iterator[tuple[int, int, int]]:
    """Go through changes that stand close together: first and last line, from 0, and how many lines they add."""
    text_at, line = 0, 0
    group: tuple[int, int, int] | None = None
    for edit in edits:
        line += _lines(text[text_at : edit.start])
        text_at = edit.start
        added = _lines(edit.text)
        # Whole lines put between two others touch neither.
        first = line + edit.text.startswith(("\n", "\r"))
        last = first - 1 if first > line or edit.text.endswith(("\n", "\r")) else first
        if group and first - group[1] <= 2 * _CONTEXT:
            group = (group[0], last, group[2] + added)
        else:
            if group:
                yield group
            group = (first, last, added)
    if group:
        yield group


def _lines(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def write_changes(draft: TimesDraft) -> None:
    """Write the files: each is there as a whole, the old one or the new one, whatever happens.

    Raises:
        WriteError: a file changed meanwhile, or cannot be written. When several files change and only one of the later
            ones fails, the words say which are written.
    """
    made: list[tuple[Path, FileChange]] = []
    try:
        for change in draft.changes:
            # Noted before it is filled, so that a full disk leaves nothing behind.
            made.append((change.path.with_name(f".{change.path.name}.{os.getpid()}.new"), change))
            _fill(*made[-1])
        for done, (new, change) in enumerate(made):
            _put(new, change, done)
    except OSError as error:
        why = reason(error)
        raise WriteError(f"the deck is as it was: {why}") from None
    finally:
        for new, _ in made:
            with contextlib.suppress(OSError):
                new.unlink()


def _fill(new: Path, change: FileChange) -> None:
    """Write the new file beside the old one, with its mode, and have it on the disk."""
    mode = change.path.stat().st_mode & 0o7777
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(change.after)
        file.flush()
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())


def _put(new: Path, change: FileChange, done: int) -> None:
    """Put the new file in the old one's place, if that is still the one that was read."""
    name = clean_line(change.path.name)
    state = f"{done} file{'s' * (done != 1)} written, but not {name}" if done else "the deck is as it was"
    try:
        if read_bytes(change.path, MAX_DECK_BYTES, "deck file") != change.before:
            raise WriteError(f"{state}: {name} has changed meanwhile; try again")
        new.replace(change.path)
    except (OSError, UnreadableError) as error:
        raise WriteError(f"{state}: {reason(error)}") from None
    with contextlib.suppress(OSError):
        folder = os.open(change.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
