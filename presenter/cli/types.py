"""What stands on the command line: decks, and names in them. Each knows how the shell completes it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click
from click import Context, Parameter
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    _Type = click.ParamType[str]
else:
    _Type = click.ParamType  # generic since click 8.4 only

Completions: TypeAlias = Mapping[str, str] | Iterable[str]
"""Names, or names with a few words about each."""

ENDINGS: Final = (".yaml", ".yml")
PATH_ITEM: Final = "path"
"""The kind of a completion that is a deck or a folder."""


_LEAST: Final = 4
MAX_SIZE: Final = 1000
"""Columns and rows that a size may have."""
_NO_SIZE: Final = '"{}" is no size; write columns and rows, such as 80x24'
_USUAL: Final = ("80x24", "100x30", "120x36", "160x45", "200x60")


class DeckPath(click.Path):
    """A deck: a YAML file, or a folder with a `deck.yaml`."""

    name = "deck"

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def shell_complete(self, ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem[Any]]:  # noqa: ARG002 - click's signature
        """Offer the YAML files and the folders that begin so."""
        return [CompletionItem(name, type=PATH_ITEM) for name in complete_paths(incomplete)]


class FilePath(click.Path):
    """Another file.

    Args:
        endings: what the files end with that are offered; none for all files.
    """

    name = "file"

    def __init__(self, *endings: str) -> None:
        super().__init__(path_type=Path)
        self._endings = endings

    def shell_complete(self, ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem[Any]]:  # noqa: ARG002 - click's signature
        """Offer the files and the folders that begin so; the help of each is the pattern that zsh finds them by."""
        pattern = f"*({'|'.join(self._endings)})" if self._endings else "*"
        return [
            CompletionItem(name, type=PATH_ITEM, help=pattern)
            for name in complete_paths(incomplete, self._endings or ("",))
        ]


def complete_paths(begun: str, endings: tuple[str, ...] = ENDINGS) -> list[str]:
    """Return files with these endings and folders (with a / at their end) that begin so; hidden ones when asked for."""
    head, tail = os.path.split(begun)
    found = []
    try:
        with os.scandir(os.path.expanduser(head) or ".") as entries:  # noqa: PTH111 - `~` stays as it was typed
            for entry in entries:
                if entry.name.startswith(tail) and (tail or not entry.name.startswith(".")):
                    folder = entry.is_dir()
                    if folder or entry.name.lower().endswith(endings):
                        found.append(os.path.join(head, entry.name) + "/" * folder)  # noqa: PTH118 - as above
    except OSError:
        return []
    return sorted(found)


class NameType(_Type):
    """A name out of a list that completing looks up; whether it is one is said by whoever takes it.

    Args:
        name: what it is.
        find: the names that there are, from the context.
        many: several of them, with commas between.
    """

    def __init__(self, name: str, find: Callable[[Context], Completions], *, many: bool = False) -> None:
        self.name = name
        self._find = find
        self._many = many

    def convert(self, value: str, param: Parameter | None, ctx: Context | None) -> str:  # noqa: ARG002 - as above
        """Take the name as it is."""
        return value

    def shell_complete(self, ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem[Any]]:  # noqa: ARG002 - as above
        """Offer the names that begin so."""
        before, comma, begun = incomplete.rpartition(",") if self._many else ("", "", incomplete)
        found = self._find(ctx)
        about = found if isinstance(found, Mapping) else dict.fromkeys(found, "")
        return [
            CompletionItem(before + comma + name, help=words or None)
            for name, words in about.items()
            if name.startswith(begun)
        ]


class SizeType(click.ParamType[tuple[int, int]] if TYPE_CHECKING else click.ParamType):  # type: ignore[misc]
    """Columns and rows."""

    name = "COLUMNSxROWS"

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> tuple[int, int]:  # noqa: ANN401 - click's signature
        """Read `80x24`."""
        return (
            value
            if isinstance(value, tuple)
            else parse_size(str(value)) or self.fail(_NO_SIZE.format(value), param, ctx)
        )

    def shell_complete(self, ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem[Any]]:  # noqa: ARG002 - as above
        """Offer the usual sizes."""
        return [CompletionItem(each) for each in _USUAL if each.startswith(incomplete)]


def parse_size(text: str) -> tuple[int, int] | None:
    """Read a size such as `80x24`; None when it is none that a terminal could have."""
    columns, _, rows = text.lower().replace("\u00d7", "x").partition("x")
    if not (columns.isascii() and columns.isdigit() and rows.isascii() and rows.isdigit()):
        return None
    found = int(columns[:6]), int(rows[:6])
    return found if _LEAST <= found[0] <= MAX_SIZE and 1 <= found[1] <= MAX_SIZE else None


def _deck(ctx: Context) -> Path:
    """Return the deck that the command line names so far, or the bundled talk."""
    from presenter.cli.options import bundled_talk  # noqa: PLC0415 - that module needs this one

    # Click has no arguments yet when an option waits for its value; whoever completes leaves all words in `obj`.
    typed = [Path(word).expanduser() for word in ctx.obj or () if not word.startswith("-")]
    decks = (path for path in typed if path.is_dir() or (path.suffix.lower() in ENDINGS and path.exists()))
    return next(decks, typed[-1] if any(path.suffix in ENDINGS for path in typed) else bundled_talk())


def _slides(ctx: Context) -> Completions:
    from presenter.deck.scan import scan  # noqa: PLC0415 - only while a name of it is completed

    return scan(_deck(ctx)).slides


def _variants(ctx: Context) -> Completions:
    from presenter.deck.scan import scan  # noqa: PLC0415 - as above

    return scan(_deck(ctx)).variants


def _themes(_ctx: Context) -> Mapping[str, str]:
    from presenter.themes import THEMES  # noqa: PLC0415 - as above

    return {name: theme.about for name, theme in THEMES.items()}


def _layouts(_ctx: Context) -> Completions:
    from presenter.layouts import LAYOUTS  # noqa: PLC0415 - as above

    return {name: (layout.__doc__ or "").splitlines()[0] for name, layout in LAYOUTS.items()}


def _modes(_ctx: Context) -> Completions:
    return ("auto", "half", "quad", "blocks", "sextant", "octant", "kitty", "off")


def _venues(_ctx: Context) -> Completions:
    return [each + colours for each in _USUAL for colours in ("", "/256", "/16", "/mono")]


DECK_TYPE: Final = DeckPath()
PATH_TYPE: Final = FilePath()
YAML_TYPE: Final = FilePath(*ENDINGS)
MARKDOWN_TYPE: Final = FilePath(".md", ".markdown")
RUN_TYPE: Final = NameType("run", lambda _: ("last",))
RUNS_TYPE: Final = NameType("runs", lambda _: ("median3", "last"))
SIZES_TYPE: Final = NameType("size", lambda _: _USUAL)
THEMES_TYPE: Final = NameType(
    "theme", lambda ctx: {**_themes(ctx), "all": "Every built-in theme, one after the other."}
)
SLIDE_TYPE: Final = NameType("slide", _slides)
SLIDES_TYPE: Final = NameType("slides", _slides, many=True)
VARIANT_TYPE: Final = NameType("variant", _variants)
THEME_TYPE: Final = NameType("theme", _themes)
LAYOUT_TYPE: Final = NameType("layout", _layouts)
SIZE_TYPE: Final = SizeType()
SIMULATE_TYPE: Final = NameType("COLUMNSxROWS", _venues)
MODE_TYPE: Final = NameType("mode", _modes)
