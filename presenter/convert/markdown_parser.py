"""Markdown parsed so that it can be written again: every stretch of HTML, picture and reference keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

_DEEPEST = 100
"""As the slides' own Markdown has it."""
_PLACED = ("html_inline", "image", "link", "newline")
"""Inline rules whose place in the text is noted."""

TextEdit = tuple[int, int, str]
"""From, to, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class InlineMatch:
    """Something inside a paragraph that may have to be written otherwise."""

    kind: str
    start: int
    end: int
    token: Token


@cache
def markdown_parser() -> MarkdownIt:
    """Return the one parser: CommonMark with HTML, tables and strike-through; addresses stay as they are written."""
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    made.normalizeLink = _same  # type: ignore[method-assign]
    made.validateLink = _any  # type: ignore[method-assign]
    rules = {rule.name: rule.fn for rule in made.inline.ruler.__rules__ if rule.name in _PLACED}
    for name, rule in rules.items():
        made.inline.ruler.at(name, _placing(rule))
    return made


def _same(url: str) -> str:
    return url


def _any(url: str) -> bool:  # noqa: ARG001 - takes the place of the parser's own check: nothing here is followed
    return True


def _placing(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Make an inline rule note from where to where it read."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent and len(state.tokens) > count:
            kinds = {"html_inline", "image", "link_open", "hardbreak"}
            made = next((token for token in state.tokens[count:] if token.type in kinds), None)
            if made is not None:
                made.meta = {**made.meta, "span": (start, state.pos)}
        return done

    return placed


def parse_markdown(text: str, references: dict[str, Any] | None = None) -> SyntaxTreeNode:
    """Parse a text to a tree; `references` are the link definitions of the whole file."""
    return SyntaxTreeNode(markdown_parser().parse(text, {"references": dict(references or {})}))


def references_of(text: str) -> dict[str, Any]:
    """Return the link definitions of a text, by their labels.

    Raises:
        RecursionError: lists and quotations are nested so deeply that the parser leaves out what stands below.
    """
    env: dict[str, Any] = {}
    tokens = markdown_parser().parse(text, env)
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 1:
        raise RecursionError
    found: dict[str, Any] = env.get("references", {})
    return found


def inline_matches(token: Token) -> list[InlineMatch]:
    """Return what stands inside a paragraph's token, in order, but not what lies inside a picture's words."""
    placed = (child for child in token.children or () if "span" in child.meta)
    return [InlineMatch(child.type, child.meta["span"][0], child.meta["span"][1], child) for child in placed]


def apply_edits(text: str, edits: Sequence[TextEdit]) -> str:
    """Return a text with some of its stretches replaced; of overlapping ones, the first holds."""
    pieces, at = [], 0
    for start, end, new in sorted(edits):
        if start >= at:
            pieces += [text[at:start], new]
            at = end
    return "".join([*pieces, text[at:]])


def link_edit(text: str, found: InlineMatch) -> TextEdit | None:
    """Return how a link by reference is written with its address in place; None for one that has it there."""
    label_end = _label_end(text, found.start)
    if text[label_end : label_end + 2] == "](" and text[found.end - 1 : found.end] == ")" and found.end > label_end + 1:
        return None
    return (label_end + 1, found.end, f"({_target(found.token)})")


def _label_end(text: str, start: int) -> int:
    """Return where the words of a link end."""
    state = StateInline(text, markdown_parser(), {}, [])
    state.posMax = len(text)
    end = markdown_parser().helpers.parseLinkLabel(state, start, False)  # noqa: FBT003 - the library's signature
    return end if end >= 0 else text.find("]", start)


def _target(token: Token) -> str:
    href, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
    shown = f"<{href}>" if not href or any(mark in href for mark in " ()") else href
    said = title.replace('"', '\\"')
    return f'{shown} "{said}"' if title else shown
