"""Rules about pictures. Every file is decoded once, however many slides show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from presenter.checking.case import Case, Finding


def without_alt(case: Case) -> Iterator[Finding]:
    """Find pictures without alt text; an empty one says that a picture is mere decoration."""
    for named in case.loaded.images:
        if not named.described:
            yield Finding(named.spot, "an image without alt text")


def unshowable(case: Case) -> Iterator[Finding]:
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
            yield Finding(named.spot, words, "", "error" if error else "warning")


def _looked_at(path: Path) -> tuple[str, str]:
    """Return why a picture cannot be shown, and what else there is to say of it."""
    from presenter.imaging import PictureError, verify  # noqa: PLC0415 - loads when there is something to look at

    try:
        return "", verify(path).remark
    except PictureError as fault:
        return fault.reason, ""
