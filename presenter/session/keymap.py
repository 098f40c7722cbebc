"""The reader's own keys, from a YAML file, checked before the talk begins.

    keys:
      next: [PageDown, Right, Space]   # instead of the keys that `presenter keys` shows
      black: b
      edit: []                         # no key

The error of this module:

- `KeymapError`: the file cannot be used; it carries every problem as a line of text.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from presenter.deck.source import Source, UnreadableError, read_bytes
from presenter.safety import clean_line
from presenter.session import keys
from presenter.session.commands import BY_NAME, COMMANDS, Command

if TYPE_CHECKING:
    from yaml import MarkedYAMLError, ScalarNode

MAX_CONFIG_BYTES: Final = 100_000
_TYPING: Final = ("line", "search", "goto", "any")


class KeymapError(Exception):
    """The reader's keys cannot be used; `lines` say why, each as `path:line:column: error: words`."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def default_path() -> Path:
    """Return where the reader's configuration stands on this system; there need be no file."""
    from platformdirs import user_config_path  # noqa: PLC0415 - most starts need it once

    return user_config_path("presenter") / "config.yaml"


def load_keymap(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Read the keys of a configuration file: keys as people write them, by command.

    Raises:
        KeymapError: when the file cannot be read or says something that has no meaning.
    """
    return _Reader(path).read()


class _Reader:
    """One pass over a file, with the problems it met."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[tuple[int, int, str]] = []
        self.places: dict[tuple[str, str], tuple[int, int]] = {}

    def read(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for key, value in self.pairs(self.document(), "the configuration"):
            if key.value != "keys":
                self.unknown(key, ("keys",), "setting")
                continue
            for name, wanted in self.pairs(value, "keys"):
                if name.value in BY_NAME:
                    found[name.value] = self.keys_of(name.value, wanted)
                else:
                    self.unknown(name, tuple(BY_NAME), "command")
        if not self.problems:
            self.clashes(found)
        if self.problems:
            raise KeymapError(tuple(self.line(*problem) for problem in sorted(self.problems)))
        return found

    def line(self, line: int, column: int, words: str) -> str:
        return f"{clean_line(str(self.path))}:{line}:{column}: error: {clean_line(words)}"

    def document(self) -> object:
        import yaml  # noqa: PLC0415 - only readers with a file of their own need it

        text = ""
        try:
            # The null device is how people say that they want no file.
            if str(self.path) != os.devnull:
                text = read_bytes(self.path, MAX_CONFIG_BYTES, "configuration file").decode("utf-8-sig")
            return yaml.compose(text, Loader=yaml.BaseLoader)
        except UnreadableError as error:
            self.problems.append((1, 1, str(error)))
        except UnicodeDecodeError:
            self.problems.append((1, 1, "the file is not UTF-8 text"))
        except yaml.MarkedYAMLError as error:
            self.problems.append(_explained(error, Source(self.path, text, tuple(text.split("\n")))))
        except (yaml.YAMLError, ValueError, RecursionError):
            self.problems.append((1, 1, "not valid YAML"))
        return None

    def at(self, node: object) -> tuple[int, int]:
        mark = node.start_mark  # type: ignore[attr-defined]
        return mark.line + 1, mark.column + 1

    def pairs(self, node: object, what: str) -> Iterator[tuple[ScalarNode, object]]:
        import yaml  # noqa: PLC0415 - loaded by `document`

        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.MappingNode):
            self.problems.append((*self.at(node), f'expected lines such as "next: [PageDown, Space]" in {what}'))
            return
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append((*self.at(key), "expected a name"))
            elif key.value in seen:
                self.problems.append((*self.at(key), f'"{key.value}" was given on line {seen[key.value]} already'))
            else:
                seen[key.value] = self.at(key)[0]
                yield key, value

    def unknown(self, node: ScalarNode, known: tuple[str, ...], what: str) -> None:
        import difflib  # noqa: PLC0415 - only when something is wrong

        name = node.value
        near = difflib.get_close_matches(name.lower().replace("_", "-").replace(" ", "-"), known, n=1, cutoff=0.5)
        hint = f'; did you mean "{near[0]}"?' if near else '; "presenter keys" lists them' if what == "command" else ""
        self.problems.append((*self.at(node), f'unknown {what} "{name}"{hint}'))

    def keys_of(self, name: str, node: object) -> tuple[str, ...]:
        import yaml  # noqa: PLC0415 - loaded by `document`

        scalars = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found: list[str] = []
        for scalar in scalars:
            if not isinstance(scalar, yaml.ScalarNode) or not scalar.value.strip():
                self.problems.append((*self.at(scalar), f'expected keys such as [PageDown, Space] for "{name}"'))
                continue
            try:
                key = keys.parse_key(scalar.value)
            except keys.UnknownKeyError as error:
                self.problems.append((*self.at(scalar), str(error)))
                continue
            if BY_NAME[name].mode in _TYPING and (len(key) == 1 or len(keys.format_key(key)) == 1 or key == "space"):
                words = f'"{name}" works while text is typed; give it a key that writes nothing, such as Esc or Ctrl+X'
                self.problems.append((*self.at(scalar), words))
            self.places[name, key] = self.at(scalar)
            found.append(scalar.value)
        return tuple(found)

    def clashes(self, found: Mapping[str, tuple[str, ...]]) -> None:
        """Complain of keys that would mean two things at the same time."""
        taken: dict[tuple[str, str], str] = {}
        for command in COMMANDS:
            for written in found.get(command.name, command.keys):
                key = keys.parse_key(written)
                for mode in _modes_beside(command):
                    other = taken.get((mode, key))
                    if other and other != command.name:
                        self.clash(key, other, command.name)
                        break
                taken.setdefault((command.mode, key), command.name)

    def clash(self, key: str, first: str, second: str) -> None:
        name, other = (second, first) if (second, key) in self.places else (first, second)
        line, column = self.places.get((name, key), (1, 1))
        words = f'{keys.format_key(key)} is a key of "{name}" and of "{other}"; give one of them other keys'
        self.problems.append((line, column, words))


def _explained(error: MarkedYAMLError, source: Source) -> tuple[int, int, str]:
    """Return line, column and words of what a YAML parser complains of, as for a deck."""
    from presenter.deck.yaml_hints import YamlFault, explain  # noqa: PLC0415 - only when something is wrong

    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    trouble = YamlFault(
        problem=error.problem or "",
        context=error.context or "",
        line=mark.line if mark else 0,
        column=mark.column if mark else 0,
        opened=(opened.line, opened.column) if opened else None,
    )
    found = explain(source, trouble)
    ended = "the deck ended above this line; one deck per file"
    words = found.words.removeprefix("this is no YAML: ").replace(ended, "the configuration ended above this line")
    return found.line, found.column, f"not valid YAML: {words}" + (f"; {found.fix}" if found.fix else "")


def _modes_beside(command: Command) -> tuple[str, ...]:
    """Return the modes whose keys would be met together with a command's; the narrower ones may differ from "" ."""
    if command.mode == "any":
        return ("any", "", "line", "search", "goto", "overview", "help")
    beside = {"search": ("search", "line"), "goto": ("goto", "line"), "line": ("line", "search", "goto")}
    return (*beside.get(command.mode, (command.mode,)), "any")
