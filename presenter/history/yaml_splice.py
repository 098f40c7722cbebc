"""Times put into the text of a deck file so that every other byte stays.

The file is composed to nodes, whose marks say where values stand; a time is replaced where it stands, or a line is put
before the slide's first key. Then the new text is composed as well, and has to be the old tree but for those times.
What cannot be done so is refused, slide by slide, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from presenter.layouts.fields import Seconds
from presenter.safety import MAX_DEPTH, MAX_EVENTS
from presenter.timing.durations import format_clock, format_exact

TextPosition: TypeAlias = tuple[int, int]
"""Line and column of a place, both from 0."""

TIME_KEY: Final = "time"
NAMES: Final = ("id", "title")
"""What a slide is known by: a time reads better below these."""
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BREAK: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line to YAML."""
_NEWLINE: Final = re.compile("\r\n|\r|\n")
_COLON: Final = re.compile(r"\s*:")
_CLOCK: Final = re.compile(r"\d{1,3}:[0-5]\d(:[0-5]\d)?")


class SpliceError(Exception):
    """The text cannot be changed safely; says why, in words for its author."""


class SpliceEdit(NamedTuple):
    """A change: the characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Spliced:
    """A text with its times, and what was left alone."""

    text: str
    edits: tuple[SpliceEdit, ...]
    """In the order of the text; offsets count characters of the old one."""
    written: frozenset[TextPosition]
    """The slides that have their time now."""
    refused: Mapping[TextPosition, str]
    """The others, with the reason."""


def splice_times(text: str, times: Mapping[TextPosition, int]) -> Spliced:
    """Put times into a deck file.

    Args:
        text: the file without a byte order mark, its line ends as they are.
        times: seconds for the slides that begin at these places.

    Raises:
        RefusedError: the text is no YAML that could be changed at all.
    """
    page = _Page(text)
    edits: dict[TextPosition, SpliceEdit] = {}
    refused: dict[TextPosition, str] = {}
    for spot, seconds in times.items():
        try:
            edits[spot] = page.edit(spot, seconds)
        except SpliceError as error:
            refused[spot] = str(error)
    fine = _fine(page, times, sorted(edits, key=lambda spot: edits[spot].start), edits)
    for spot in edits.keys() - fine:
        refused[spot] = "the file would not read back the same"
    chosen = tuple(sorted(edits[spot] for spot in fine))
    return Spliced(apply_splices(text, chosen), chosen, frozenset(fine), refused)


def apply_splices(text: str, edits: Collection[SpliceEdit]) -> str:
    """Make changes that do not overlap; they come in the order of the text."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def _fine(
    page: _Page, times: Mapping[TextPosition, int], spots: list[TextPosition], edits: Mapping[TextPosition, SpliceEdit]
) -> list[TextPosition]:
    """Return the slides whose changes, all together, read back as they should; halves find those that do not."""
    if not spots:
        return []
    wanted = {spot: times[spot] for spot in spots}
    if page.same_but_for(apply_splices(page.text, [edits[spot] for spot in spots]), wanted):
        return spots
    if len(spots) == 1:
        return []
    half = len(spots) // 2
    left, right = _fine(page, times, spots[:half], edits), _fine(page, times, spots[half:], edits)
    both = [*left, *right]
    if len(both) == len(spots):
        return []  # each alone is fine and all together are not: nothing is certain here
    wanted = {spot: times[spot] for spot in both}
    return both if page.same_but_for(apply_splices(page.text, [edits[spot] for spot in both]), wanted) else []


class _Page:
    """A file as text and as nodes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        self.root = _compose(text)
        self.shared: set[int] = set()
        self.slides: dict[TextPosition, Any] = {}
        self._walk()

    def _at(self, mark: Any) -> int:  # noqa: ANN401 - PyYAML has a class of mark for each parser
        """Return the offset of a mark. Its own index is not used: the parsers count a byte order mark differently."""
        offset: int = self.starts[mark.line] + mark.column if mark.line < len(self.starts) else len(self.text)
        return offset

    def _walk(self) -> None:
        """Find the slides, and what more than one place refers to."""
        seen: set[int] = set()
        stack = [self.root]
        while stack:
            node = stack.pop()
            if id(node) in seen:
                self._share(node)
                continue
            seen.add(id(node))
            stack += list(_children(node))
            for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
                if (
                    isinstance(name, yaml.ScalarNode)
                    and name.value == "slides"
                    and isinstance(value, yaml.SequenceNode)
                ):
                    slides = [item for item in value.value if isinstance(item, yaml.MappingNode)]
                    self.slides |= {(item.start_mark.line, item.start_mark.column): item for item in slides}

    def _share(self, node: Any) -> None:  # noqa: ANN401 - PyYAML's nodes
        """Note that a node stands in several places, and all that is in it."""
        stack = [node]
        while stack:
            node = stack.pop()
            if id(node) not in self.shared:
                self.shared.add(id(node))
                stack += list(_children(node))

    def edit(self, spot: TextPosition, seconds: int) -> SpliceEdit:
        """Return the change that gives a slide its time."""
        node = self.slides.get(spot)
        if node is None:
            raise SpliceError("no slide begins there any more, or it is a section's divider")
        if id(node) in self.shared:
            raise SpliceError("the slide is used in several places through an alias")
        if not node.value:
            raise SpliceError("the slide is empty")
        found = [
            pair for pair in node.value if isinstance(pair[0], yaml.ScalarNode) and pair[0].value.strip() == TIME_KEY
        ]
        if len(found) > 1:
            raise SpliceError('"time" stands there twice')
        if any(self._explicit(key) for key, _ in [*found, *node.value[:1]]):
            raise SpliceError('a key is written as "? key"')
        if found:
            return self._replaced(found[0][0], found[0][1], seconds)
        return self._in_flow(node, seconds) if node.flow_style else self._in_block(node, seconds)

    def _explicit(self, key: Any) -> bool:  # noqa: ANN401 - PyYAML's nodes
        start = self._at(key.start_mark)
        return self.text[self.starts[key.start_mark.line] : start].rstrip().endswith("?")

    def _replaced(self, key: Any, value: Any, seconds: int) -> SpliceEdit:  # noqa: ANN401 - PyYAML's nodes
        """Replace the value that a time has."""
        start, end = self._at(value.start_mark), self._at(value.end_mark)
        raw = self.text[start:end]
        if id(value) in self.shared or start < self._at(key.end_mark):
            raise SpliceError("its time is an alias, or has an anchor that others use")
        if not isinstance(value, yaml.ScalarNode):
            raise SpliceError("its time is a list or a mapping")
        if raw[:1] in {"&", "!", "*"}:
            raise SpliceError("its time has an anchor or a tag")
        if value.style in {"|", ">"} or "\n" in raw or "\r" in raw:
            raise SpliceError("its time stands over several lines")
        if not raw:
            # The mark of an empty value in braces stands at whatever comes next.
            colon = _COLON.match(self.text, self._at(key.end_mark))
            if colon is None:
                raise SpliceError("its time has no value, and it is not clear where one would go")
            return SpliceEdit(colon.end(), colon.end(), f" {format_exact(seconds)}")
        words = _written(value.value, seconds)
        return SpliceEdit(start, end, f"{value.style}{words}{value.style}" if value.style else words)

    def _in_block(self, node: Any, seconds: int) -> SpliceEdit:  # noqa: ANN401 - PyYAML's nodes
        """Put a line below what names the slide, else before the first key, whose column the others have as well."""
        mark = node.value[0][0].start_mark
        start = self._at(mark)
        following = _NEWLINE.search(self.text, start) or _NEWLINE.search(self.text)
        newline, line = following[0] if following else "\n", f"{TIME_KEY}: {format_exact(seconds)}"
        row = self._named_until(node)
        if row is None:
            return SpliceEdit(start, start, f"{line}{newline}{' ' * mark.column}")
        if row < len(self.starts):
            return SpliceEdit(self.starts[row], self.starts[row], f"{' ' * mark.column}{line}{newline}")
        return SpliceEdit(len(self.text), len(self.text), f"{newline}{' ' * mark.column}{line}")

    def _named_until(self, node: Any) -> int | None:  # noqa: ANN401 - PyYAML's nodes
        """Return the row below the keys that name a slide and come first; None where it does not begin with one.

        Only values on one line count: where the others end is for YAML to say.
        """
        row = None
        for key, value in node.value:
            plain = (
                isinstance(key, yaml.ScalarNode) and key.value.strip() in NAMES and isinstance(value, yaml.ScalarNode)
            )
            if not plain or value.style in {"|", ">"} or id(value) in self.shared or self._explicit(key):
                break
            start, end = value.start_mark, value.end_mark
            if not key.start_mark.line == start.line == end.line or not self._at(key.end_mark) < self._at(start):
                break
            if self._at(start) == self._at(end):
                break
            row = end.line + 1
        return row

    def _in_flow(self, node: Any, seconds: int) -> SpliceEdit:  # noqa: ANN401 - PyYAML's nodes
        """Put an entry behind the last value; before the first key where the end of that value is not certain."""
        if self.text[self._at(node.end_mark) - 1] != "}":
            raise SpliceError("the slide is a mapping without braces inside a list in brackets")
        first, (key, value) = node.value[0][0], node.value[-1]
        entry = f"{TIME_KEY}: {format_exact(seconds)}"
        if first.style == '"':
            entry = f'"{TIME_KEY}": "{format_exact(seconds)}"'
        start, end = self._at(value.start_mark), self._at(value.end_mark)
        if self._at(key.end_mark) <= start < end and id(value) not in self.shared:
            return SpliceEdit(end, end, f", {entry}")
        start = self._at(first.start_mark)
        return SpliceEdit(start, start, f"{entry}, ")

    def same_but_for(self, text: str, times: Mapping[TextPosition, int]) -> bool:
        """Say whether a text reads as this page does, but for the times of these slides, which are as they should."""
        try:
            root = _compose(text)
        except SpliceError:
            return False
        wanted = {id(self.slides[spot]): seconds for spot, seconds in times.items()}
        pairs = [(self.root, root)]
        twins: dict[int, Any] = {}
        taken: set[int] = set()
        while pairs:
            old, new = pairs.pop()
            if id(old) in twins:
                if twins[id(old)] is not new:
                    return False
                continue
            below = None if id(new) in taken else _matched(old, new, wanted.get(id(old)))
            if below is None:
                return False
            twins[id(old)] = new
            taken.add(id(new))
            pairs += below
        return True


def _compose(text: str) -> Any:  # noqa: ANN401 - PyYAML's nodes
    """Compose a file to nodes, within the limits of depth and length: libyaml's composer crashes on deep nesting."""
    try:
        # Looking at the events first keeps the limits without building anything.
        fine = _within_limits(yaml.parse(text, Loader=_LOADER))
        root = yaml.compose(text, Loader=_LOADER) if fine else None
    except Exception as error:  # parsers raise ValueError, IndexError... on odd input
        raise SpliceError("the file cannot be read as YAML") from error
    if root is None:
        raise SpliceError("the file is empty, too long or nested too deeply")
    return root


def _within_limits(events: Iterable[Any]) -> bool:
    depth = 0
    for count, event in enumerate(events):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH or count > MAX_EVENTS:
            return False
    return True


def _children(node: Any) -> Iterator[Any]:  # noqa: ANN401 - PyYAML's nodes
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value


def _matched(old: Any, new: Any, seconds: int | None) -> list[tuple[Any, Any]] | None:  # noqa: ANN401 - PyYAML's nodes
    """Return what has to match below two nodes that match; None when they do not.

    Args:
        old: a node of the old text.
        new: the node in its place.
        seconds: the time that the new one has to have, when it is a slide that got one.
    """
    if (type(old), old.tag) != (type(new), new.tag):
        return None
    if isinstance(old, yaml.ScalarNode):
        return [] if (old.value, old.style) == (new.value, new.style) else None
    before, after = list(old.value), list(new.value)
    if seconds is not None:
        given = [pair[1] for pair in after if _is_time(pair)]
        if len(given) != 1 or not isinstance(given[0], yaml.ScalarNode) or _seconds(given[0].value) != seconds:
            return None
        before, after = ([pair for pair in pairs if not _is_time(pair)] for pairs in (before, after))
    if old.flow_style != new.flow_style or len(before) != len(after):
        return None
    if isinstance(old, yaml.SequenceNode):
        return list(zip(before, after, strict=True))
    return [twin for (a, b), (c, d) in zip(before, after, strict=True) for twin in ((a, c), (b, d))]


def _is_time(pair: tuple[Any, Any]) -> bool:
    return isinstance(pair[0], yaml.ScalarNode) and pair[0].value.strip() == TIME_KEY


def _seconds(text: str) -> int | None:
    try:
        return int(Seconds.parse(text, None))  # type: ignore[arg-type]  # durations read no files
    except ValueError:
        return None


def _written(old: str, seconds: int) -> str:
    """Write a time as the old one is written: `90`, `1:30` or `1m30s`."""
    old = old.strip()
    if old.isascii() and old.isdigit():
        return str(seconds)
    return format_clock(seconds) if _CLOCK.fullmatch(old) else format_exact(seconds)
