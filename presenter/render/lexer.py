"""The process that finds out what is what in a piece of code: it may be slow, and be ended, without harm to the talk.

It is run as a file, not as a module, so that it loads Pygments and nothing of the program. It writes an empty line when
it is ready. A request is a line of JSON, `[code, language, filename]`; the answer is a line, too: the pieces of each
line of code, `[text, colour]`.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Final

Piece = tuple[str, str]
"""A stretch of code and the field of `Theme` that colours it."""

SECONDS: Final = 1.5
"""Seconds that a listing may take; after that it is shown plain."""


def pieces(code: str, language: str, filename: str) -> list[list[Piece]]:
    """Split code into lines of coloured pieces; a language that Pygments does not know is plain text."""
    from pygments import token  # noqa: PLC0415 - most decks show no code
    from pygments.lexers import get_lexer_by_name, get_lexer_for_filename  # noqa: PLC0415 - as above
    from pygments.token import is_token_subtype  # noqa: PLC0415 - as above
    from pygments.util import ClassNotFound  # noqa: PLC0415 - as above

    colours = (
        (token.Comment, "comment"),
        (token.Keyword, "keyword"),
        (token.Operator.Word, "keyword"),
        (token.Name.Tag, "keyword"),
        (token.String, "string"),
        (token.Number, "number"),
        (token.Name.Function, "function"),
        (token.Name.Decorator, "function"),
        (token.Name.Attribute, "function"),
        (token.Name.Class, "type"),
        (token.Name.Builtin, "type"),
        (token.Name.Exception, "type"),
        (token.Name.Constant, "number"),
        (token.Generic.Deleted, "bad"),
        (token.Generic.Inserted, "good"),
        (token.Generic.Heading, "title"),
    )
    find = get_lexer_by_name if language else get_lexer_for_filename
    try:
        lexer = find(language or filename, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return plain(code)
    lines: list[list[Piece]] = [[]]
    for kind, value in lexer.get_tokens(code):
        colour = next((name for parent, name in colours if is_token_subtype(kind, parent)), "text")
        first, *more = value.split("\n")
        lines[-1].append((first, colour))
        lines += [[(rest, colour)] for rest in more]
    return _trimmed(lines)


def plain(code: str) -> list[list[Piece]]:
    """Split code into lines without any colours."""
    return _trimmed([[(line, "text")] for line in code.split("\n")])


def _trimmed(lines: list[list[Piece]]) -> list[list[Piece]]:
    while len(lines) > 1 and not any(text.strip() for text, _ in lines[-1]):
        lines.pop()
    return [[piece for piece in line if piece[0]] for line in lines]


def _limited() -> None:
    """Have the system end this process when the next listing takes far too long: the program may be gone by then."""
    with suppress(ImportError, OSError, ValueError):  # as far as there are such limits
        import resource  # noqa: PLC0415 - not on every system

        used = resource.getrusage(resource.RUSAGE_SELF)
        soon = int(used.ru_utime + used.ru_stime + 2 * SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soon, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _main() -> None:
    import pygments.lexers  # noqa: F401, PLC0415 - the time it takes is not the first listing's

    sys.stdout.write("\n")
    sys.stdout.flush()
    for line in sys.stdin:
        _limited()
        code, language, filename = json.loads(line)
        try:
            found = pieces(code, language, filename)
        except Exception:  # noqa: BLE001 - lexers raise anything; code that cannot be understood is plain
            found = plain(code)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()
