"""Columns: a comparison, a picture beside words, or several slides where there are more than two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from presenter.convert.body import SlideKeys, image_of, keys_of, markdown_of, points_of, trim_pauses, visible_pieces
from presenter.convert.pieces import (
    BulletList,
    CodeBlock,
    Column,
    Columns,
    Heading,
    ImageRef,
    Loss,
    Pause,
    Piece,
    Prose,
)

_LEAST, _MOST = 10, 90
"""A picture's share of the slide, in percent."""
_PAIR: Final = 2


def has_columns(body: Sequence[Piece]) -> bool:
    """Say whether a body has columns."""
    return any(isinstance(piece, Column) and piece.index >= 0 for piece in body)


def split_columns(
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
    return before, [columns[index] for index in sorted(columns) if visible_pieces(columns[index])], after, shares


def column_slides(columns: list[list[Piece]], shares: tuple[int, ...], remarks: list[Loss]) -> list[SlideKeys]:
    """Return the keys of the slides that show columns: two on each."""
    pictures = [visible_pieces(column) for column in columns]
    if len(columns) > 1 and all(len(column) == 1 and isinstance(column[0], ImageRef) for column in pictures):
        return keys_of([piece for column in columns for piece in column], remarks)
    made: list[SlideKeys] = []
    if len(columns) > _PAIR:
        line = visible_pieces(columns[_PAIR])[0].line
        remarks.append(Loss(line, "a slide has two columns; the others are on slides of their own, after it"))
    for at in range(0, len(columns), _PAIR):
        pair = columns[at : at + _PAIR]
        made += (
            keys_of(pair[0], remarks) if len(pair) == 1 else _pair(pair[0], pair[1], shares[at : at + _PAIR], remarks)
        )
    return made


def _pair(left: list[Piece], right: list[Piece], shares: tuple[int, ...], remarks: list[Loss]) -> list[SlideKeys]:
    """Return the keys of two columns: a picture beside words, or two sides."""
    revealed = isinstance(right[0], Pause) or isinstance(left[-1], Pause)
    left, right = trim_pauses(left), trim_pauses(right)
    alone = [visible_pieces(side)[0] if len(visible_pieces(side)) == 1 else None for side in (left, right)]
    for index, piece in enumerate(alone):
        if isinstance(piece, ImageRef) and not revealed:
            words = (right, left)[index]
            if not any(isinstance(other, ImageRef) for other in words):
                return _split(piece, words, "left" if index == 0 else "right", _share(shares, index), remarks)
    sides: list[SlideKeys] = []
    later: list[SlideKeys] = []
    for side in (left, right):
        made, rest = _side(side, remarks)
        sides.append(made)
        later += rest
    if len(set(shares)) > 1:
        remarks.append(Loss(visible_pieces(left)[0].line, f"the columns are equally wide, not {list(shares)}"))
    keys: SlideKeys = {"left": dict(sides[0]), "right": dict(sides[1])}
    return [{**keys, **({"reveal": True} if revealed else {})}, *later]


def _share(shares: tuple[int, ...], index: int) -> int:
    """Return the percent that a column has; 0 for half of it, or when nothing is said."""
    if len(shares) != _PAIR or len(set(shares)) == 1 or not sum(shares):
        return 0
    percent = shares[index] * 100 // sum(shares)
    return percent if _LEAST <= percent <= _MOST else 0


def _split(picture: ImageRef, words: list[Piece], side: str, width: int, remarks: list[Loss]) -> list[SlideKeys]:
    placed = ImageRef(
        picture.line,
        picture.src,
        picture.alt,
        picture.caption,
        "left" if side == "left" else "right",
        width,
        picture.cover,
    )
    return keys_of([placed, *words], remarks)


def _side(body: list[Piece], remarks: list[Loss]) -> tuple[SlideKeys, list[SlideKeys]]:
    """Return one side of a comparison, and slides for what it cannot hold."""
    keys: SlideKeys = {}
    rest = list(body)
    if isinstance(rest[0], Heading) and len(rest) > 1:
        keys["heading"] = rest.pop(0).text  # type: ignore[union-attr]
    pictures = [piece for piece in rest if isinstance(piece, ImageRef)]
    rest = [piece for piece in rest if not isinstance(piece, ImageRef)]
    if any(isinstance(piece, Pause) for piece in trim_pauses(rest)):
        remarks.append(Loss(visible_pieces(body)[0].line, "steps inside a column are shown at once"))
    rest = [piece for piece in rest if not isinstance(piece, Pause)]
    later = [piece for piece in rest if isinstance(piece, CodeBlock) and piece.file]
    rest = [piece for piece in rest if piece not in later]
    points = points_of(rest)
    if points is not None and not points.get("numbered"):
        keys["points"] = points["points"]
    elif rest:
        keys["body"] = "\n\n".join(markdown_of(piece) for piece in rest)
    _tell_steps(rest, points, remarks)
    if pictures:
        keys["image"] = image_of(pictures[0])
    moved = keys_of([*pictures[1:]], remarks) if pictures[1:] else []
    for piece in later:
        moved += keys_of([piece], remarks)
    if moved:
        remarks.append(
            Loss(visible_pieces(body)[0].line, "a column holds words and one picture; the rest is on slides after it")
        )
    if set(keys) <= {"heading"}:
        keys["body"] = str(keys.pop("heading", "")) or "…"
    return keys, moved


def _tell_steps(rest: Sequence[Piece], points: SlideKeys | None, remarks: list[Loss]) -> None:
    """Say which steps a column does not have."""
    for piece in rest:
        if isinstance(piece, CodeBlock) and (piece.highlight or piece.caption):
            what = " ".join((*piece.highlight, piece.caption))
            remarks.append(
                Loss(piece.line, "code inside a column has no lines that stand out and no caption", what.strip())
            )
        elif isinstance(piece, BulletList) and piece.reveal:
            remarks.append(Loss(piece.line, "points inside a column are shown at once"))
    if points is None and any(isinstance(piece, Prose) and not piece.text for piece in rest):
        remarks.append(Loss(rest[0].line, "an empty column"))
