"""Rules about pictures. Every file is decoded once, however many slides show it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from presenter.check.context import CheckContext, Finding
from presenter.deck.diagnostics import did_you_mean
from presenter.safety import clean_line

_LOOKED_AT: Final = 1_000
"""Files of a folder among which one like it is looked for."""


def without_alt(case: CheckContext) -> Iterator[Finding]:
    """Find pictures without alt text; an empty one says that a picture is mere decoration."""
    for named in case.loaded.images:
        if not named.described:
            yield Finding(named.spot, "an image without alt text")


def broken_images(case: CheckContext) -> Iterator[Finding]:
    """Find pictures that cannot be shown (errors), or not to their end (warnings)."""
    if not case.loaded.images:
        return
    known: dict[Path, tuple[str, str]] = {}
    for named in case.loaded.images:
        source = named.image.src
        error, remark = source.why, ""
        if source.path is not None:
            error, remark = known[source.path] = known.get(source.path) or _looked_at(source.path)
        if error or remark:
            words = error if source.path is None else f"{source.text}: {error or remark}"
            if error and source.path is not None and not os.path.lexists(source.path):
                words += _alike(source.path)
            yield Finding(named.spot, words, "", "error" if error else "warning")


def faint(case: CheckContext) -> Iterator[Finding]:
    """Find transparent pictures that can hardly be seen on what lies below them, where no mat helps."""
    from presenter import images  # noqa: PLC0415 - loads when there is something to look at

    for named in case.loaded.images:
        path, mat = named.image.src.path, named.image.mat
        if path is None or mat == "auto":
            continue
        for theme in case.themes:
            below = theme.background if mat == "none" else str(mat)
            with suppress(images.PictureError):
                if images.faint(path, below):
                    where = f"the background of {theme.name}" if mat == "none" else f"its mat {below}"
                    yield Finding(named.spot, f"{named.image.src.text} can hardly be seen on {where}")
                    break


def _alike(path: Path) -> str:
    """Name the picture in the same folder that may have been meant; nothing when there is none like it."""
    try:
        with os.scandir(path.parent) as entries:
            names = [clean_line(entry.name) for entry in islice(entries, _LOOKED_AT)]
    except OSError:
        return ""
    return did_you_mean(path.name, names)


def _looked_at(path: Path) -> tuple[str, str]:
    """Return why a picture cannot be shown, and what else there is to say of it."""
    from presenter.images import PictureError, verify  # noqa: PLC0415 - loads when there is something to look at

    try:
        return "", verify(path).remark
    except PictureError as fault:
        return fault.reason, ""
