"""The speaker's own editor, at the line where a slide is written."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from presenter.deck.model import Place
from presenter.safety import clean_line

FALLBACKS: Final = ("nano", "vim", "vi")
_COLON: Final = {"hx", "helix", "subl", "zed"}
_GOTO: Final = {"code", "code-insiders", "codium", "cursor"}
_WAIT: Final = {"code", "code-insiders", "codium", "cursor", "subl", "zed"}
_PLUS: Final = {"vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "ne", "mg", "jed"}


def command(place: Place, environment: Mapping[str, str]) -> list[str]:
    """Return the command that opens a file at a line, in $VISUAL, $EDITOR or what there is; empty when nothing is."""
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(chosen)
    except ValueError:
        words = [chosen]
    if not words:
        words = [name for name in FALLBACKS if shutil.which(name)][:1]
    if not words:
        return []
    name, path = Path(words[0]).name, str(place.path)
    if name in _WAIT and not {"-w", "--wait"} & set(words):
        words.append("--wait")
    if name in _GOTO:
        return [*words, "--goto", f"{path}:{place.line}:{place.column}"]
    if name in _COLON:
        return [*words, f"{path}:{place.line}"]
    return [*words, f"+{place.line}", path] if name in _PLUS else [*words, path]


def edit(place: Place) -> str:
    """Run the editor in the terminal and wait for it; return what went wrong in words, empty when nothing did.

    Ctrl+C belongs to the editor meanwhile; Ctrl+Z stops both.
    """
    wanted = command(place, os.environ)
    if not wanted:
        return "no editor found: set EDITOR"
    before = {signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None)}
    if hasattr(signal, "SIGTSTP"):
        before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        code = subprocess.run(wanted, check=False).returncode  # noqa: S603 - the reader's own editor
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return clean_line(f"{wanted[0]}: {reason}")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return clean_line(f"{wanted[0]} ended with {code}") if code else ""
