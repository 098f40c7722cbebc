"""HTML inside Markdown, taken apart: comments, tags and the text between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, Literal

_OPEN: Final = "<!--"
_CLOSE: Final = "-->"
_HIDDEN: Final = ("style", "script")


@dataclass(frozen=True, slots=True)
class HtmlToken:
    """A part of HTML; `line` counts from 0 inside the text that was taken apart."""

    kind: Literal["comment", "open", "close", "text", "hidden"]
    line: int
    source: str
    """As it is written; for a comment, what stands inside it."""
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def tokenize(text: str) -> list[HtmlToken]:
    """Take HTML apart; nothing of it is lost, broken HTML is text."""
    found: list[HtmlToken] = []
    at, line = 0, 0
    while at < len(text):
        start = text.find(_OPEN, at)
        end = text.find(_CLOSE, start + len(_OPEN)) if start >= 0 else -1
        if end < 0:
            break
        _tags(text[at:start], line, found)
        line += text.count("\n", at, start)
        found.append(HtmlToken("comment", line, text[start + len(_OPEN) : end]))
        line += text.count("\n", start, end)
        at = end + len(_CLOSE)
    _tags(text[at:], line, found)
    return found


def _tags(text: str, line: int, found: list[HtmlToken]) -> None:
    """Take apart what has no comments in it."""
    if not text.strip():
        return
    reader = _Reader(text)
    reader.feed(text)
    offsets = [0]
    for line_text in text.split("\n"):
        offsets.append(offsets[-1] + len(line_text) + 1)
    done, below, inside = 0, 0, ""
    for tag, (row, column), source, attributes in reader.tags:
        start = offsets[row - 1] + column
        if start < done or (inside and tag != f"/{inside}"):
            continue
        _between(text[done:start], line + below, found, hidden=bool(inside))
        inside = tag if tag in _HIDDEN else ""
        kind: Literal["open", "close"] = "close" if tag.startswith("/") else "open"
        found.append(HtmlToken(kind, line + row - 1, source, tag.removeprefix("/"), attributes))
        done = start + len(source)
        below = row - 1 + source.count("\n")
    _between(text[done:], line + below, found, hidden=bool(inside))


def _between(text: str, line: int, found: list[HtmlToken], *, hidden: bool) -> None:
    if text.strip():
        lead = len(text) - len(text.lstrip())
        found.append(HtmlToken("hidden" if hidden else "text", line + text.count("\n", 0, lead), text))


class _Reader(HTMLParser):
    """Notes where every tag stands."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._rows = text.split("\n")
        self.tags: list[tuple[str, tuple[int, int], str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens something."""
        written = {name: value or "" for name, value in attrs}
        self.tags.append((tag, self.getpos(), self.get_starttag_text() or "", written))

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes something."""
        row, column = self.getpos()
        end = self._rows[row - 1].find(">", column)
        source = self._rows[row - 1][column : end + 1 if end >= 0 else None]
        self.tags.append((f"/{tag}", (row, column), source, {}))
