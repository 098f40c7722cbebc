"""Columns: a comparison, a picture beside words, or several slides where there are more than two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from presenter.converting.bodies import Keys, image_of, keys_of, points_of, settled, shown, text_of
from presenter.converting.model import Column, Columns, Heading, Listing, Pause, Picture, Piece, Points, Prose, Remark

_LEAST, _MOST = 10, 90
"""A picture's share of the slide, in percent."""
_PAIR: Final = 2


def has_columns(body: Sequence[Piece]) -> bool:
    """Say whether a body has columns."""
    return any(isinstance(piece, Column) and piece.index >= 0 for piece in body)


def parted(
    body: Sequence[Piece], *, opening: bool
) -> tuple[list[Piece], list[list[Piece]], list[Piece], tuple[int, ...]]:
    """Return what stands before the columns, the columns, what stands after them, and their shares.

    Args:
        body: a slide's pieces.
        opening: what stands before the first mark is the first column (Slidev's `two-cols`).
    """
    before: list[Piece] = []
    after: list[Piece] = []
    columns: dict[int, list[Piece]] = {}
    shares: tuple[int, ...] = ()
    at = 0 if opening else -1
    seen = opening
    for piece in body:
        if isinstance(piece, Columns):
            shares = shares or piece.shares
        elif isinstance(piece, Column):
            at = piece.index
            seen = seen or at >= 0
        elif at >= 0:
            columns.setdefault(at, []).append(piece)
        else:
            (after if seen else before).append(piece)
    return before, [columns[index] for index in sorted(columns) if shown(columns[index])], after, shares


def columns_of(columns: list[list[Piece]], shares: tuple[int, ...], remarks: list[Remark]) -> list[Keys]:
    """Return the keys of the slides that show columns: two on each."""
    pictures = [shown(column) for column in columns]
    if len(columns) > 1 and all(len(column) == 1 and isinstance(column[0], Picture) for column in pictures):
        return keys_of([piece for column in columns for piece in column], remarks)
    made: list[Keys] = []
    if len(columns) > _PAIR:
        line = shown(columns[_PAIR])[0].line
        remarks.append(Remark(line, "a slide has two columns; the others are on slides of their own, after it"))
    for at in range(0, len(columns), _PAIR):
        pair = columns[at : at + _PAIR]
        made += (
            keys_of(pair[0], remarks) if len(pair) == 1 else _pair(pair[0], pair[1], shares[at : at + _PAIR], remarks)
        )
    return made


def _pair(left: list[Piece], right: list[Piece], shares: tuple[int, ...], remarks: list[Remark]) -> list[Keys]:
    """Return the keys of two columns: a picture beside words, or two sides."""
    revealed = isinstance(right[0], Pause) or isinstance(left[-1], Pause)
    left, right = settled(left), settled(right)
    alone = [shown(side)[0] if len(shown(side)) == 1 else None for side in (left, right)]
    for index, piece in enumerate(alone):
        if isinstance(piece, Picture) and not revealed:
            words = (right, left)[index]
            if not any(isinstance(other, Picture) for other in words):
                return _split(piece, words, "left" if index == 0 else "right", _share(shares, index), remarks)
    sides: list[Keys] = []
    later: list[Keys] = []
    for side in (left, right):
        made, rest = _side(side, remarks)
        sides.append(made)
        later += rest
    if len(set(shares)) > 1:
        remarks.append(Remark(shown(left)[0].line, f"the columns are equally wide, not {list(shares)}"))
    keys: Keys = {"left": dict(sides[0]), "right": dict(sides[1])}
    return [{**keys, **({"reveal": True} if revealed else {})}, *later]


def _share(shares: tuple[int, ...], index: int) -> int:
    """Return the percent that a column has; 0 for half of it, or when nothing is said."""
    if len(shares) != _PAIR or len(set(shares)) == 1 or not sum(shares):
        return 0
    percent = shares[index] * 100 // sum(shares)
    return percent if _LEAST <= percent <= _MOST else 0


def _split(picture: Picture, words: list[Piece], side: str, width: int, remarks: list[Remark]) -> list[Keys]:
    placed = Picture(
        picture.line,
        picture.src,
        picture.alt,
        picture.caption,
        "left" if side == "left" else "right",
        width,
        picture.cover,
    )
    return keys_of([placed, *words], remarks)


def _side(body: list[Piece], remarks: list[Remark]) -> tuple[Keys, list[Keys]]:
    """Return one side of a comparison, and slides for what it cannot hold."""
    keys: Keys = {}
    rest = list(body)
    if isinstance(rest[0], Heading) and len(rest) > 1:
        keys["heading"] = rest.pop(0).text  # type: ignore[union-attr]
    pictures = [piece for piece in rest if isinstance(piece, Picture)]
    rest = [piece for piece in rest if not isinstance(piece, Picture)]
    if any(isinstance(piece, Pause) for piece in settled(rest)):
        remarks.append(Remark(shown(body)[0].line, "steps inside a column are shown at once"))
    rest = [piece for piece in rest if not isinstance(piece, Pause)]
    later = [piece for piece in rest if isinstance(piece, Listing) and piece.file]
    rest = [piece for piece in rest if piece not in later]
    points = points_of(rest)
    if points is not None and not points.get("numbered"):
        keys["points"] = points["points"]
    elif rest:
        keys["body"] = "\n\n".join(text_of(piece) for piece in rest)
    _tell_steps(rest, points, remarks)
    if pictures:
        keys["image"] = image_of(pictures[0])
    moved = keys_of([*pictures[1:]], remarks) if pictures[1:] else []
    for piece in later:
        moved += keys_of([piece], remarks)
    if moved:
        remarks.append(
            Remark(shown(body)[0].line, "a column holds words and one picture; the rest is on slides after it")
        )
    if set(keys) <= {"heading"}:
        keys["body"] = str(keys.pop("heading", "")) or "…"
    return keys, moved


def _tell_steps(rest: Sequence[Piece], points: Keys | None, remarks: list[Remark]) -> None:
    """Say which steps a column does not have."""
    for piece in rest:
        if isinstance(piece, Listing) and (piece.highlight or piece.caption):
            what = " ".join((*piece.highlight, piece.caption))
            remarks.append(
                Remark(piece.line, "code inside a column has no lines that stand out and no caption", what.strip())
            )
        elif isinstance(piece, Points) and piece.reveal:
            remarks.append(Remark(piece.line, "points inside a column are shown at once"))
    if points is None and any(isinstance(piece, Prose) and not piece.text for piece in rest):
        remarks.append(Remark(rest[0].line, "an empty column"))
