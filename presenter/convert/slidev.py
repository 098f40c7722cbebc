"""What the front matter of one slide says to Slidev."""

from __future__ import annotations

from typing import Final

from presenter.convert.pieces import Front, ImageRef, Loss, Piece, SlideOption

_LAYOUTS: Final = frozenset(
    {
        "center",
        "cover",
        "default",
        "end",
        "fact",
        "full",
        "image",
        "image-left",
        "image-right",
        "intro",
        "none",
        "quote",
    }
    | {"section", "statement", "two-cols", "two-cols-header"}
)


def front_pieces(front: Front) -> list[Piece]:
    """Return what a slide's front matter stands for; what it cannot be is remarked."""
    pieces: list[Piece] = []
    left: list[str] = []
    line = min(entry.line for entry in front.values())
    layout = front["layout"].text if "layout" in front else ""
    if layout:
        pieces.append(SlideOption(front["layout"].line, "layout", layout))
    for name, entry in front.items():
        source = entry.text.removeprefix("url(").removesuffix(")").strip("\"'")
        if name in {"image", "background"} and _is_path(source):
            place = {"image-left": "left", "image-right": "right"}.get(layout, "behind")
            pieces.append(ImageRef(entry.line, source, place=place, cover=True))  # type: ignore[arg-type]
        elif name in {"hide", "disabled"} and entry.on:
            pieces.append(SlideOption(entry.line, "hidden"))
        elif name == "routeAlias" and entry.text:
            pieces.append(SlideOption(entry.line, "id", entry.text))
        elif name == "title" and entry.text:
            pieces.append(SlideOption(entry.line, "title", entry.text))
        elif name == "src":
            words = "the slides of another file are not converted with this one; convert it and include its deck"
            pieces.append(Loss(entry.line, words, entry.source))
        elif name != "layout" or layout not in _LAYOUTS:
            left.append(entry.source)
    if left:
        pieces.append(Loss(line, "some of the slide's front matter is left out", "\n".join(left)))
    return pieces


def of_slide(front: Front) -> Front:
    """Return the part of the headmatter that speaks of the first slide."""
    own = {"layout", "image", "background", "hide", "disabled", "routeAlias", "src", "url"}
    return {name: entry for name, entry in front.items() if name in own}


def _is_path(text: str) -> bool:
    return bool(text) and not text.startswith(("#", "rgb", "linear-gradient")) and ("/" in text or "." in text)
