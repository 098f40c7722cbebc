"""How long notes take to say: their words, and the cues in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from presenter.layouts.fields import Seconds

CUE: Final = re.compile(r"\[(?:pause(?:\s+[^\[\]\n]{1,20})?|cue)\]", re.IGNORECASE)
"""What a speaker view makes stand out: `[pause 3s]`, `[pause]`, `[cue]`."""

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
_LOOSE: Final = re.compile(r"['-](?:(?<![^\W_].)|(?![^\W_]))", re.DOTALL)
"""An apostrophe or hyphen that does not stand between letters or digits."""
_SPACED: Final = bytes(code if chr(code) in "'-" or chr(code).isalnum() else 32 for code in range(256))
_PAUSE: Final = re.compile(r"\[pause(?:\s+([^\[\]\n]{1,20}))?\]", re.IGNORECASE)
_UNSAID: Final = re.compile(r"^\s*(?://|\[cue\]).*$", re.IGNORECASE | re.MULTILINE)
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_CJK: Final = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


class Speech(NamedTuple):
    """What is said over a slide."""

    halves: int = 0
    """Words, counted in halves: a CJK character is half a word."""
    pause: int = 0
    """Seconds of `[pause 3s]`."""
    given: bool = False
    """There are notes, if only cues."""

    @property
    def words(self) -> float:
        """Words, in steps of a half."""
        return self.halves / 2

    def seconds(self, wpm: int) -> float:
        """Return how long it takes to say, at so many words a minute."""
        return self.pause + 30 * self.halves / wpm


def measure_speech(notes: Iterable[str]) -> Speech:
    """Count what all notes of a slide say.

    A word is a run of letters and digits, joined by apostrophes and hyphens (`don't`, `well-known` count once); a
    Chinese, Japanese or Korean character is half a word. Fenced code blocks, lines that begin with `//` or `[cue]` and
    the cues themselves are not said; `[pause 3s]` adds its seconds (any duration that `time:` takes).
    """
    halves = pause = 0
    given = False
    for text in notes:
        more = _speech(text)
        halves, pause, given = halves + more.halves, pause + more.pause, given or more.given
    return Speech(halves, pause, given)


@lru_cache(maxsize=4096)
def _speech(text: str) -> Speech:
    """Count one text; a reload counts again only what changed."""
    if not text.strip():
        return Speech()
    pause = 0
    if "```" in text or "~~~" in text:
        text = _without_code(text)
    if "//" in text or "[" in text:
        text = _UNSAID.sub("", text)
        for match in _PAUSE.finditer(text):
            pause += _duration(match[1])
        text = _PAUSE.sub(_silent, text)
    single = 0
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text, single = _CJK.subn(" ", text)
    return Speech(2 * _count(text) + single, pause, given=True)


def _count(text: str) -> int:
    """Count words. Text whose hyphens and apostrophes all join words is split, which is much faster than matching."""
    if text.isascii() and not _LOOSE.search(text):
        return len(text.encode("ascii").translate(_SPACED).split())
    return len(_WORD.findall(text))


def _without_code(text: str) -> str:
    """Leave out fenced code; a fence that is never closed goes on to the end."""
    said: list[str] = []
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.fullmatch(line)
        if not fence:
            fence = match[1] if match else ""
            if not match:
                said.append(line)
        elif match and match[1].startswith(fence) and not match[2].strip():
            fence = ""
    return "\n".join(said)


def _duration(text: str | None) -> int:
    """Read the length of a pause; 0 for one without a length, or with none that can be read."""
    try:
        return Seconds.parse("".join((text or "").split()), None)  # type: ignore[arg-type]  # durations read no files
    except ValueError:
        return 0


def _silent(match: re.Match[str]) -> str:
    """Take a pause out of the text; brackets that hold no duration were meant as words."""
    return " " if match[1] is None or _duration(match[1]) else match[0]
