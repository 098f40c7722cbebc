"""What a comment means: each tool says other things in comments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from presenter.convert.dialects import Dialect, command_of, is_directive
from presenter.convert.html import tokenize
from presenter.convert.markdown_source import mapping_of
from presenter.convert.pieces import (
    Column,
    Columns,
    Fragment,
    ImageRef,
    Loss,
    Note,
    Pause,
    Piece,
    SlideBreak,
    SlideOption,
    YamlValue,
)

_NOTE_WORDS: Final = ("note", "notes", "speaker note", "speaker notes", "speaker_note")


def read_comment(text: str, line: int, dialect: Dialect) -> list[Piece]:
    """Return what a comment says in a tool's words; what it says to nobody is kept as a comment.

    Args:
        text: what stands between the marks.
        line: where it begins in the source.
        dialect: the tool.
    """
    if not text.strip():
        return []
    return _READ[dialect](text, line)


def kept_comment(text: str, line: int) -> Loss:
    """Return a comment that stays one."""
    return Loss(line, "a comment", _dedented(text), told=False)


def lost_comment(text: str, line: int, words: str) -> Loss:
    """Return a comment that asked for something there is not."""
    return Loss(line, words, f"<!--{text}-->")


def _presenterm(text: str, line: int) -> list[Piece]:
    command = command_of(text)
    if command is None:
        if text.strip().startswith("//") or text.strip().lower().startswith("comment:"):
            return [kept_comment(text, line)]
        return [_unknown(text, line)]
    name, value = command
    if name == "speaker_note":
        return [Note(line, value)] if value else []
    if name == "column_layout":
        shares = [int(part) for part in value.strip("[] ").split(",") if part.strip().isdecimal()]
        return [Columns(line, tuple(shares))]
    if name == "column" and value.isdecimal():
        return [Column(line, int(value[:3]))]
    simple: dict[str, Piece] = {
        "pause": Pause(line),
        "end_slide": SlideBreak(line),
        "reset_layout": Column(line, -1),
        "jump_to_middle": SlideOption(line, "middle"),
        "incremental_lists": SlideOption(line, "reveal", value or "true"),
        "no_footer": SlideOption(line, "footer", ""),
        "skip_slide": SlideOption(line, "hidden"),
    }
    return [simple[name] if name in simple else lost_comment(text, line, _ADVICE[name])]


_ADVICE: Final = {
    "new_line": "empty lines are left out; slides set their own room",
    "newline": "empty lines are left out; slides set their own room",
    "new_lines": "empty lines are left out; slides set their own room",
    "newlines": "empty lines are left out; slides set their own room",
    "list_item_newlines": "the room between points is left out; slides set their own",
    "font_size": 'a size of text is left out; for a few large words write "big: …"',
    "alignment": "an alignment is left out; layouts set their own",
    "include": "the included file is not converted with this one; convert it by itself and include the deck that comes "
    "of it",
    "snippet_output": "nothing is executed; put the output into the slide",
    "column": "this names no column",
}


def _unknown(text: str, line: int) -> Loss:
    return lost_comment(text, line, "this comment is no known command; it is kept as a comment")


def _marp(text: str, line: int) -> list[Piece]:
    if text.strip() == "fit":
        return [SlideOption(line, "fit")]
    read = mapping_of(text)
    if not read or not all(is_directive(name) for name in read):
        return [Note(line, _dedented(text))]
    pieces: list[Piece] = []
    for name, value in read.items():
        # An unquoted colour such as #123 is a comment to YAML.
        row = next((row for row in text.split("\n") if row.strip().startswith(f"{name}:")), "")
        pieces += directive(name, value or row.partition(":")[2].strip(), line)
    return pieces


def directive(name: str, value: YamlValue, line: int) -> list[Piece]:
    """Return what a directive of Marp says."""
    only, bare = name.startswith("_"), name.lstrip("_$")
    shown = value if isinstance(value, str) else str(value)
    if bare == "class":
        names = value if isinstance(value, list) else shown.split()
        told: list[Piece] = [SlideOption(line, "middle") for each in names if each in {"lead", "title", "cover"}]
        rest = [str(each) for each in names if each not in {"lead", "title", "cover"}]
        if rest:
            told.append(Loss(line, "a class is left out; colours come from the theme", f"{name}: {' '.join(rest)}"))
        return told
    if bare == "paginate":
        return [SlideOption(line, "paginate" if only else "paginate-on", shown)]
    if bare == "footer":
        return [SlideOption(line, "own-footer" if only else "footer-on", shown)]
    if bare == "backgroundImage" and (source := url_of(shown)):
        return [ImageRef(line, source, place="behind", cover=True)]
    words = _MARP_ADVICE.get(bare, "a colour or style is left out; colours come from the theme")
    return [Loss(line, words, f"{name}: {shown}")]


_MARP_ADVICE: Final = {
    "header": 'a header is left out; what every slide shows goes into "footer:"',
    "theme": 'the theme is left out; choose one of `presenter themes` with "theme:"',
    "size": "the size is left out; slides fill the terminal",
    "math": "formulas are shown as they are written",
    "headingDivider": "slides are cut at headings as the front matter says it; this one is left out",
    "lang": "the language is left out",
    "transition": "the transition is left out",
}


def url_of(text: str) -> str:
    """Return the address inside `url(…)`; empty when there is none."""
    before, mark, rest = text.strip().partition("url(")
    return rest.rpartition(")")[0].strip().strip("\"'") if mark and not before.strip() else ""


def _reveal(text: str, line: int) -> list[Piece]:
    words = text.strip()
    name, _, rest = words.partition(":")
    if name.strip() not in {".slide", ".element"}:
        return [kept_comment(text, line)]
    read = next((bit.attributes for bit in tokenize(f"<i {rest}>") if bit.kind == "open"), {})
    if name.strip() == ".element":
        classes = read.get("class", "").split()
        pieces: list[Piece] = [Fragment(line)] if "fragment" in classes else []
        if classes != ["fragment"] or len(read) > 1:
            pieces.append(lost_comment(text, line, "styles of an element are left out"))
        return pieces
    return _slide_attributes(read, text, line)


def _slide_attributes(read: dict[str, str], text: str, line: int) -> list[Piece]:
    pieces: list[Piece] = []
    left = dict(read)
    source = left.pop("data-background-image", "") or left.pop("data-background", "")
    if source and ("." in source or "/" in source) and not source.startswith("#"):
        pieces.append(ImageRef(line, source, place="behind", cover=True))
    elif source:
        left["data-background"] = source
    if left.get("data-visibility") == "hidden":
        pieces.append(SlideOption(line, "hidden"))
        del left["data-visibility"]
    for key, name in (("data-timing", "time"), ("id", "id")):
        if left.get(key):
            pieces.append(SlideOption(line, name, left.pop(key)))
    if left or not pieces:
        pieces.append(lost_comment(text, line, "attributes of the slide are left out; colours come from the theme"))
    return pieces


def _patat(text: str, line: int) -> list[Piece]:
    if text.startswith("config:"):
        return [lost_comment(text, line, "settings of one slide are left out")]
    return [Note(line, _dedented(text))]


def _lookatme(text: str, line: int) -> list[Piece]:
    if text.strip() == "stop":
        return [Pause(line)]
    return [Note(line, note_text(text) or _dedented(text))]


def _slidev(text: str, line: int) -> list[Piece]:
    # Whether it is a note shows at the slide's end: there the last comment is one.
    return [Loss(line, "slidev", _dedented(text), told=False)]


def _markdown(text: str, line: int) -> list[Piece]:
    if words := note_text(text):
        return [Note(line, words)]
    if text.strip() in {"pause", "stop"}:
        return [Pause(line)]
    return [kept_comment(text, line)]


def note_text(text: str) -> str:
    """Return the words of a comment that begins with `note:` or the like; empty for any other."""
    name, colon, words = text.strip().partition(":")
    return _dedented(words).strip() if colon and name.strip().lower() in _NOTE_WORDS else ""


def _dedented(text: str) -> str:
    """Return a comment's words without the indentation that all of its lines have."""
    rows = text.strip("\n").rstrip().split("\n")
    later = [len(row) - len(row.lstrip()) for row in rows[1:] if row.strip()]
    first = len(rows[0]) - len(rows[0].lstrip())
    common = min([*later, first] if text.startswith("\n") else later, default=0)
    return "\n".join([rows[0].strip(), *(row[common:].rstrip() for row in rows[1:])]).strip("\n")


_READ: Final[dict[Dialect, Callable[[str, int], list[Piece]]]] = {
    "presenterm": _presenterm,
    "marp": _marp,
    "slidev": _slidev,
    "patat": _patat,
    "lookatme": _lookatme,
    "reveal": _reveal,
    "markdown": _markdown,
}
