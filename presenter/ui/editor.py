"""The speaker's own editor, at the line where a slide is written."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final

from presenter.deck.model import Place
from presenter.safety import clean_line
from presenter.terminal.job_control import RESET_AFTER_PROGRAM, ForegroundProgram, default_stop_signals

FALLBACKS: Final = ("vi", "vim", "nano", "nvim", "emacs", "micro", "hx")
NONE: Final = "no editor found: set EDITOR"

_PLUS = "+{line} {file}"
_COLON = "{file}:{line}"
_WHOLE = "{file}:{line}:{column}"
_GOTO = "--goto {file}:{line}:{column}"

LINES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "gvim", "mvim", "nano", "pico", "emacs", "emacsclient", "mg"), _PLUS),
    **dict.fromkeys(("kak", "joe", "jmacs", "jed", "ne", "micro", "gedit", "less"), _PLUS),
    **dict.fromkeys(("hx", "helix", "subl", "sublime_text"), _COLON),
    "zed": _WHOLE,
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"), _GOTO),
    "kate": "--line {line} {file}",
    "mate": "--line {line} {file}",
    "bbedit": "+{line} {file}",
    "notepad++": "-n{line} {file}",
}
"""How editors are told the line, by their names."""
WAITING: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"), ("--wait", "-w")),
    **dict.fromkeys(("subl", "sublime_text", "zed", "mate", "bbedit"), ("--wait", "-w")),
    "gedit": ("--wait", "-w"),
    "kate": ("--block", "-b"),
    **dict.fromkeys(("gvim", "mvim"), ("--nofork", "-f")),
}
"""What makes editors with windows of their own wait until the file is closed: the option, and its other name."""


def editor_command(place: Place, environment: Mapping[str, str]) -> list[str]:
    """Return the command that opens a file at a line, in $VISUAL, $EDITOR or what there is; empty when nothing is."""
    chosen = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    try:
        words = shlex.split(chosen)
    except ValueError:
        words = [chosen]
    if not words:
        words = [name for name in FALLBACKS if shutil.which(name, path=environment.get("PATH"))][:1]
    if not words:
        return []
    words[0] = str(Path(words[0]).expanduser()) if words[0].startswith("~") else words[0]
    name = Path(words[0]).name.removesuffix(".exe")
    options = WAITING.get(name, ())
    if options and not set(options) & set(words):
        words.append(options[0])
    line = LINES.get(name, "{file}")
    facts = {"file": str(place.path), "line": place.line, "column": place.column}
    return [*words, *(part.format(**facts) for part in line.split(" "))]


def run_editor(place: Place, errand: Callable[[list[str]], ForegroundProgram] = ForegroundProgram) -> str:
    """Run the editor in the terminal and wait for it; return what went wrong in words, empty when nothing did.

    Args:
        place: the file and the line.
        errand: makes the errand of a command line; for those who want to end it.
    """
    wanted = editor_command(place, os.environ)
    if not wanted:
        return NONE
    name = Path(wanted[0]).name or wanted[0]
    try:
        code = errand(wanted).run()
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return clean_line(f"{name}: {reason}")
    if not code:
        return ""
    if sys.stdout is not None and sys.__stdout__ is not None and sys.__stdout__.isatty():
        sys.__stdout__.write(RESET_AFTER_PROGRAM)
        sys.__stdout__.flush()
    return clean_line(f"{name} ended with {code}" if code > 0 else f"{name} was ended by {_signal(-code)}")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


async def run_editor_async(place: Place) -> str:
    """Run the editor as `edit` does, while everything else goes on; when this is cancelled, the editor ends too."""
    loop = asyncio.get_running_loop()
    word: asyncio.Future[str] = loop.create_future()
    errands: list[ForegroundProgram] = []

    def made(words: list[str]) -> ForegroundProgram:
        errands.append(ForegroundProgram(words))
        return errands[0]

    def tell(text: str) -> None:
        if not word.done():
            word.set_result(text)

    def work() -> None:
        text = run_editor(place, made)
        with suppress(RuntimeError):  # the window is gone
            loop.call_soon_threadsafe(tell, text)

    with default_stop_signals():
        thread = Thread(target=work, name="presenter-editing", daemon=True)
        thread.start()
        try:
            return await word
        except asyncio.CancelledError:
            for errand in errands:
                errand.end()
            thread.join(1.0)
            raise
