"""What is written behind the three backticks: the language, the lines that stand out, and what only one tool knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from presenter.render.code import known_language

_LANGUAGE: Final = re.compile(r"[^\s{\[+,]*(?:\+\+)?")
_GROUP: Final = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|[^\s{\[]+")
_RANGE: Final = re.compile(r"\d{1,6}(-\d{1,6})?")
_OFFSET: Final = re.compile(r"\d+\s*:\s*")
_ALL: Final = ("all", "*")
_NONE: Final = ("none", "hide")


@dataclass(frozen=True, slots=True)
class FenceInfo:
    """What a fence says of its code."""

    language: str = ""
    highlight: tuple[str, ...] = ()
    caption: str = ""
    lost: tuple[str, ...] = ()
    """Words that no slide knows, as they are written."""
    offset: str = ""
    """What told the numbers of the lines to begin elsewhere."""
    unknown: str = ""
    """A language that nothing here can colour."""


def read_info(info: str, code: str) -> FenceInfo:
    """Read the words of a fence. Line numbers past the end of the code are lost."""
    info = info.strip()
    match = _LANGUAGE.match(info)
    name = match[0] if match else ""
    rest = info[len(name) :]
    count = len(code.rstrip("\n").split("\n"))
    steps: tuple[str, ...] | None = None
    caption, offset, lost = "", "", []
    for group in _GROUP.findall(rest):
        inner = group[1:-1].strip() if group[0] in "{[" else ""
        if inner and steps is None and (read := _steps(_OFFSET.sub("", inner, count=1), count)) is not None:
            steps = read[0]
            lost += read[1]
            offset = group if _OFFSET.match(inner) else ""
        elif group[0] == "[" and inner and not caption and any(mark.isalpha() for mark in inner):
            caption = inner
        elif group[0] == "{" and inner.startswith(".") and not name:
            first, *others = inner.split()
            name = first[1:]
            lost += others
        else:
            lost.append(group)
    known = not name or known_language(name)
    highlight = () if steps in {None, ("all",)} else steps or ()
    return FenceInfo(name if known else "", highlight, caption, tuple(lost), offset, "" if known else name)


def _steps(text: str, count: int) -> tuple[tuple[str, ...], list[str]] | None:
    """Read `1-3|7|all`; None when it is something else. Second come the steps that cannot be shown."""
    steps, lost = [], []
    for step in text.split("|"):
        parts = step.replace(",", " ").split()
        if parts and all(part in _ALL for part in parts):
            steps.append("all")
        elif parts and all(part in _NONE for part in parts):
            lost += parts
        elif parts and all(_RANGE.fullmatch(part) for part in parts):
            if all(_inside(part, count) for part in parts):
                steps.append(",".join(parts))
            else:
                lost.append(step.strip())
        else:
            return None
    return tuple(steps), lost


def _inside(part: str, count: int) -> bool:
    first, _, last = part.partition("-")
    return 1 <= int(first) <= int(last or first) <= count
