"""What is wrong with a deck, said so that its author can mend it.

The errors of this room:

- `DeckError`: the deck cannot be shown; it carries every `Problem` found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from presenter.deck.source import IgnoredRules

_SLIPS: Final = 2
"""Letters by which a name may differ from what was meant."""
MAX_SHOWN: Final = 50
"""Problems listed in one run; the rest are counted."""
FATAL: Final = frozenset({"L011"})
"""Rules without which a deck cannot be shown: they cannot be silenced."""
_MAX_KEPT: Final = 200
_MAX_QUOTED: Final = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, where it stands, and what to do.

    `line` and `column` count from 1 (columns in characters of the file). `source` is that line, cleaned and, when it is
    long, cut to the part around the problem; `caret` is how many cells of `source` stand before the problem, `length`
    how many cells it covers, at least 1. `fix` is said after the caret. `chain` names the including places, innermost
    first.
    """

    path: Path
    line: int
    column: int
    words: str
    severity: Literal["error", "warning"] = "error"
    source: str = ""
    length: int = 1
    fix: str = ""
    rule: str = ""
    """The lint rule (`L010`), or empty."""
    chain: tuple[str, ...] = ()
    caret: int = 0


class DeckError(Exception):
    """A deck that cannot be shown, with all its problems in file order.

    `more` counts the problems beyond those listed; `files` are those that were read or looked for, so that a change in
    one of them is worth another try.
    """

    def __init__(self, problems: tuple[Problem, ...], more: int = 0, files: frozenset[Path] = frozenset()) -> None:
        super().__init__(f"{len(problems) + more} problems")
        self.problems = problems
        self.more = more
        self.files = files

    def __str__(self) -> str:
        """The first problem in one line."""
        if not self.problems:
            return "the deck cannot be shown"
        first, rest = self.problems[0], len(self.problems) + self.more - 1
        others = f" (and {rest} more)" if rest else ""
        return f"{first.path.name}:{first.line}:{first.column}: {first.words}{others}"


@dataclass(slots=True)
class Diagnostics:
    """Problems as they are found, over all files of a deck; of each severity some are kept, the others counted."""

    kept: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0
    dropped: int = 0
    silences: list[IgnoredRules] = field(default_factory=list)
    """What the deck's author does not want to hear."""

    def dismiss(self, severity: Literal["error", "warning"]) -> bool:
        """Count a problem without making it, when enough of its severity are kept; False when it is wanted."""
        if (self.errors if severity == "error" else self.warnings) < _MAX_KEPT:
            return False
        self._count(severity)
        self.dropped += 1
        return True

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        if not self.dismiss(problem.severity):
            self._count(problem.severity)
            self.kept.append(problem)

    def _count(self, severity: str) -> None:
        self.errors += severity == "error"
        self.warnings += severity == "warning"

    @property
    def full(self) -> bool:
        """More problems than are listed: no need to think of good advice for the next."""
        return len(self.kept) >= MAX_SHOWN

    def listed(self) -> tuple[tuple[Problem, ...], int]:
        """Return the problems in file order, each once, and how many more there are; warnings make room for errors."""
        order = {path: index for index, path in enumerate(dict.fromkeys(problem.path for problem in self.kept))}

        def place(problem: Problem) -> tuple[int, int, int]:
            return order[problem.path], problem.line, problem.column

        every = sorted((each for each in dict.fromkeys(self.kept) if not self._silenced(each)), key=place)
        if len(every) > MAX_SHOWN:
            chosen = sorted(every, key=lambda problem: problem.severity != "error")[:MAX_SHOWN]
            return tuple(sorted(chosen, key=place)), len(every) - MAX_SHOWN + self.dropped
        return tuple(every), self.dropped

    def _silenced(self, problem: Problem) -> bool:
        """Say whether the author does not want to hear of it; what keeps a deck from the screen is always said."""
        unheard = problem.rule and problem.rule not in FATAL
        return bool(unheard) and any(silence.covers(problem) for silence in self.silences)


def closest_name(word: str, names: Iterable[str]) -> str:
    """Return the name the author may have meant, or an empty text."""
    import difflib  # noqa: PLC0415 - only when something is wrong

    by_shape = {name.casefold(): name for name in names}
    given = word.casefold()[:_MAX_QUOTED]
    close = difflib.get_close_matches(given, by_shape, n=3)
    # Two slips of the finger at most, or a part of a long name: a name that is merely alike would lead astray.
    meant = [name for name in close if _slips(given, name) <= min(_SLIPS, len(name) // 2) or _begins(given, name)]
    return by_shape[meant[0]] if meant else ""


def _begins(given: str, name: str) -> bool:
    """Say whether a longer text is the beginning of a name, or the other way round."""
    return min(len(given), len(name)) > _SLIPS * 2 and (name.startswith(given) or given.startswith(name))


def _slips(one: str, other: str) -> int:
    """Return how many letters were left out, put in, mistaken or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return `; did you mean "x"?`, or an empty text when nothing is near."""
    name = closest_name(word, names)
    return f'; did you mean "{name}"?' if name else ""


def quote_for_message(text: str) -> str:
    """Quote a deck's text for a message, on one line and not too long."""
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= _MAX_QUOTED else f'"{text[:_MAX_QUOTED]}…"'


def join_names(names: Iterable[str], last: str = "or") -> str:
    """Join names as in a sentence: `a, b or c`."""
    *most, final = names
    return f"{', '.join(most)} {last} {final}" if most else final
