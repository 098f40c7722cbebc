"""Text of Hebrew, Arabic and other scripts that run from right to left, in the order in which cells stand in a row.

The order is that of Unicode's bidirectional algorithm (UAX #9), by python-bidi. Arabic letters get the forms that join
them (the Unicode Standard, 9.2), as a terminal does not join what was put in order for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import split_graphemes

_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_PRESENTED: Final = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))
"""Where Unicode has the joining forms of Arabic letters."""
_LAM, _TATWEEL = "\u0644", "\u0640"
_BLANK: Final = "\N{BRAILLE PATTERN BLANK}"
"""A space that counts as a letter from left to right."""
_OTHER: Final = "\u00b7"
"""Stands for a character that the algorithm takes out of the text."""
_TAKEN_OUT: Final = frozenset({"", "B", "S", "BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_ITERM_DOES: Final = (3, 7)
"""The version of iTerm2 from which it puts text in order unless told not to."""


class Placed(NamedTuple):
    """A character in its place.

    Attributes:
        text: with what combines with it; mirrored or joined where that is due.
        of: which of the characters it is.
    """

    text: str
    of: int


def turns(text: str) -> bool:
    """Say whether any part of a text may run from right to left."""
    return not text.isascii() and _RIGHT.search(text) is not None


def leads_right(text: str) -> bool:
    """Say whether a paragraph begins at the right: its first letter is of such a script (UAX #9, P2 and P3)."""
    for character in text if turns(text) else "":
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL", "L"}:
            return kind != "L"
    return False


def ordered(clusters: Sequence[str], *, right: bool, joined: bool = True) -> list[Placed]:
    """Return the characters of a row as they stand from left to right.

    Args:
        clusters: in the order in which they are read; each is a character with what combines with it.
        right: the paragraph runs from right to left.
        joined: Arabic letters get their joining forms. Lam and alef become one; a space at the end keeps the width.
    """
    from bidi import algorithm  # noqa: PLC0415 - few decks need it

    shapes = _shaped(clusters) if joined else [Placed(cluster, at) for at, cluster in enumerate(clusters)]
    level = int(right)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = level, "LR"[level]
    text = "".join(_first(shape.text) for shape in shapes)
    algorithm.get_embedding_levels(text, storage)
    for at, character in enumerate(storage["chars"]):
        character["at"] = at
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    placed = []
    for character in storage["chars"]:
        shape = shapes[character["at"]]
        own = character["ch"] if text[character["at"]] == shape.text[0] else shape.text[0]
        placed.append(Placed(own + shape.text[1:], shape.of))
    return placed


def shaped(text: str) -> str:
    """Return text with its Arabic letters joined, still in the order in which it is read."""
    return "".join(each.text for each in _shaped(_clusters(text))).rstrip() if turns(text) else text


def shown(text: str) -> str:
    """Return a line of text, its letters joined already, as its characters stand from left to right."""
    if not turns(text):
        return text
    return "".join(each.text for each in ordered(_clusters(text), right=leads_right(text), joined=False))


def _clusters(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split_graphemes(text)[0]]


def _first(cluster: str) -> str:
    return _OTHER if unicodedata.bidirectional(cluster[0]) in _TAKEN_OUT else cluster[0]


def unordered(clusters: Sequence[str]) -> list[Placed]:
    """Return the characters of a row so that a terminal that puts it in order itself shows them as they stand here.

    Such a terminal turns round whatever lies between the first and the last letter from right to left with none from
    left to right between them, but for numbers. It takes a number that stands at the right of such letters for a part
    of their text: a space between them becomes one that counts as a letter from left to right.
    """
    placed: list[Placed] = []
    stretch: list[Placed] = []
    for at, cluster in enumerate(clusters):
        if unicodedata.bidirectional(cluster[0]) == "L":
            placed += [*_stretch_unordered(stretch), Placed(cluster, at)]
            stretch = []
        else:
            stretch.append(Placed(cluster, at))
    return placed + _stretch_unordered(stretch)


def _stretch_unordered(stretch: list[Placed]) -> list[Placed]:
    """Do what `unordered` does for a part of a row without a letter from left to right."""
    strong = [index for index, each in enumerate(stretch) if unicodedata.bidirectional(each.text[0]) in {"R", "AL"}]
    if not strong:
        return stretch
    first, last = strong[0], strong[-1] + 1
    middle = _turned_round([Placed(_mirrored(each.text), each.of) for each in stretch[first:last]])
    after = stretch[last:]
    digit = next((index for index, each in enumerate(after) if each.text[0].isdecimal()), 0)
    space = next((index for index in range(digit - 1, -1, -1) if after[index].text == " "), None)
    if space is not None:
        after[space] = Placed(_BLANK, after[space].of)
    return [*stretch[:first], *middle, *after]


def _turned_round(placed: Sequence[Placed]) -> list[Placed]:
    """Return characters last first, the digits of a number in their order."""
    text = "".join(each.text[0] for each in placed)
    parts = [match.span() for match in re.finditer(r"\d+(?:[.,:/]\d+)*|.", text, re.DOTALL)]
    return [each for start, end in reversed(parts) for each in placed[start:end]]


def _mirrored(cluster: str) -> str:
    from bidi.mirror import MIRRORED  # noqa: PLC0415 - as above

    return str(MIRRORED.get(cluster[0], cluster[0])) + cluster[1:]


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Return the joining forms of letters, and of lam with each alef: by what they are made of, then by their place."""
    forms: dict[str, dict[str, str]] = {}
    for block in _PRESENTED:
        for code in block:
            kind, *parts = unicodedata.decomposition(chr(code)).split() or [""]
            letters = "".join(chr(int(part, 16)) for part in parts)
            if kind.startswith("<") and (len(letters) == 1 or (len(letters) == 2 and letters[0] == _LAM)):  # noqa: PLR2004
                forms.setdefault(letters, {}).setdefault(kind[1:-1], chr(code))
    return forms


def _shaped(clusters: Sequence[str]) -> list[Placed]:
    """Join Arabic letters."""
    if not any(unicodedata.bidirectional(cluster[0]) == "AL" for cluster in clusters):
        return [Placed(cluster, at) for at, cluster in enumerate(clusters)]
    forms = _forms()
    units: list[tuple[str, str, int]] = []  # the letters that are drawn as one, what combines with them, which they are
    for at, cluster in enumerate(clusters):
        alone = units and units[-1][0] == _LAM
        if alone and "isolated" in forms.get(both := _LAM + cluster[0], {}) and both in _LIGATURES:
            units[-1] = both, units[-1][1] + cluster[1:], units[-1][2]
        else:
            units.append((cluster[0], cluster[1:], at))
    shaped = []
    for index, (letters, marks, at) in enumerate(units):
        before = units[index - 1][0] if index else ""
        after = units[index + 1][0] if index + 1 < len(units) else ""
        back = _joins(before, "initial") and _joins(letters, "final")
        on = _joins(letters, "initial") and _joins(after, "final")
        place = ("medial" if on else "final") if back else ("initial" if on else "isolated")
        shaped.append(Placed(forms.get(letters, {}).get(place, letters[0]) + marks, at))
    return shaped + [Placed(" ", len(clusters) - 1)] * (len(clusters) - len(units))


_LIGATURES: Final = frozenset(_LAM + alef for alef in "\u0622\u0623\u0625\u0627")


def _joins(letters: str, place: str) -> bool:
    """Say whether letters join what follows them ("initial") or what goes before ("final")."""
    return letters == _TATWEEL or place in _forms().get(letters, {})


def reorders(env: Mapping[str, str]) -> bool:
    """Say whether a terminal puts every row in order itself and cannot be told not to.

    Terminals with VTE can (`CSI 8 l`), but not through tmux or screen.
    """
    if env.get("TERM_PROGRAM") == "Apple_Terminal" or "KONSOLE_VERSION" in env:
        return True
    if env.get("LC_TERMINAL") == "iTerm2" or env.get("TERM_PROGRAM") == "iTerm.app":
        version = env.get("LC_TERMINAL_VERSION") or env.get("TERM_PROGRAM_VERSION") or ""
        numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
        return numbers >= _ITERM_DOES
    return "VTE_VERSION" in env and ("TMUX" in env or "STY" in env)
