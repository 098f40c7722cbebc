"""What is printed where the locale knows no UTF-8: plain ASCII marks and borders instead of question marks."""

from __future__ import annotations

import codecs
import unicodedata
from typing import Final

NAME: Final = "presenter-ascii"
"""The error handler, for `reconfigure(errors=NAME)` of a stream."""

_ALIKE: Final = {
    **dict.fromkeys("─━┄┅┈┉╌╍═‐‑‒–—―−", "-"),  # noqa: RUF001 - meant
    **dict.fromkeys("│┃┆┇┊┋╎╏║", "|"),
    **dict.fromkeys("┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╰╯", "+"),
    **dict.fromkeys("•●▪■◆▸▶", "*"),
    **dict.fromkeys("○◦□◇", "o"),
    **dict.fromkeys("·‧", "."),
    **dict.fromkeys("…", "."),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‘’‚‛", "'"),  # noqa: RUF001 - meant
    **dict.fromkeys("→⇒", ">"),
    **dict.fromkeys("←⇐", "<"),
    **dict.fromkeys("↑△▲⇧", "^"),
    **dict.fromkeys("↓▽▼⇩", "v"),
    **dict.fromkeys("×✕✗✘", "x"),  # noqa: RUF001 - meant
    **dict.fromkeys("✓✔", "+"),
    **dict.fromkeys("█▓▇▆▉▊", "#"),
    **dict.fromkeys("▒▅▄▋▌", "="),
    **dict.fromkeys("░▃▂▁▍▎▏", "-"),
    **dict(zip("ßæøłđþðıÆØŁĐÞ", "saoldtdiAOLDT", strict=True)),
    **dict.fromkeys("§", "S"),
    **dict.fromkeys("±", "~"),
}


def _one(character: str) -> str:
    if (alike := _ALIKE.get(character)) is not None:
        return alike
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    # As many characters as before: what stands in columns stays there.
    return plain[0] if plain else "" if unicodedata.combining(character) else "?"


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for the characters that an encoding lacks, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_one, error.object[error.start : error.end])), error.end


def register() -> str:
    """Make the error handler known to Python; return its name."""
    codecs.register_error(NAME, _replaced)
    return NAME
