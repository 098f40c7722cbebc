"""What a slide shows below its title, as the keys of a layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from presenter.convert.pieces import (
    BulletList,
    CodeBlock,
    Heading,
    ImageRef,
    Inline,
    Item,
    Loss,
    MarkdownTable,
    Pause,
    Piece,
    Prose,
    Quotation,
    VisiblePiece,
    YamlNode,
)
from presenter.safety import clean

SlideKeys = dict[str, YamlNode]

MAX_CAPTION: Final = 90
"""Characters of a paragraph that may be a caption."""
_GALLERY: Final = 6
"""Pictures of one slide."""
_KEY: Final = 80
"""Characters of a point that stands before a colon with its points below it."""


def is_caption(piece: Piece) -> bool:
    """Say whether a paragraph is short enough to be a caption."""
    return isinstance(piece, Prose) and piece.paragraph and len(piece.text) <= MAX_CAPTION and "\n" not in piece.text


def trim_pauses(body: Sequence[Piece]) -> list[Piece]:
    """Return a body without pauses that show nothing new: at its ends, and next to one another."""
    found: list[Piece] = []
    for piece in body:
        if not isinstance(piece, Pause) or (found and not isinstance(found[-1], Pause)):
            found.append(piece)
    while found and isinstance(found[-1], Pause):
        found.pop()
    return found


def visible_pieces(body: Sequence[Piece]) -> list[VisiblePiece]:
    """Return what is shown of a body."""
    return [
        piece
        for piece in body
        if isinstance(piece, Prose | Heading | BulletList | CodeBlock | MarkdownTable | Quotation | ImageRef)
    ]


def keys_of(body: Sequence[Piece], remarks: list[Loss]) -> list[SlideKeys]:
    """Return the keys of the slides that show a body: mostly one slide, several when no layout holds it all."""
    chunks = _chunks(trim_pauses(body))
    if len(chunks) > 1:
        line = visible_pieces(chunks[1])[0].line
        remarks.append(
            Loss(line, f"no layout holds all of this; it is shown on {len(chunks)} slides, one after the other")
        )
    return [_one(chunk, remarks) for chunk in chunks]


def _chunks(body: list[Piece]) -> list[list[Piece]]:
    """Cut a body where one slide cannot hold it: before and after code that is walked through, and pictures."""
    if not body:
        return []
    pictures = [piece for piece in body if isinstance(piece, ImageRef)]
    rest = trim_pauses([piece for piece in body if not isinstance(piece, ImageRef)])
    several = len(pictures) > 1 and bool(rest)
    chunks: list[list[Piece]] = []
    for piece in rest if several or (pictures and _walks(rest)) else body:
        alone = _walked(piece)
        if alone or not chunks or (chunks[-1] and _walked(chunks[-1][0]) and not _closes(chunks[-1], piece, body)):
            chunks.append([])
        chunks[-1].append(piece)
    chunks = [cut for chunk in chunks if (cut := trim_pauses(chunk)) and visible_pieces(cut)]
    if several or (pictures and _walks(rest)):
        chunks += [list(pictures[at : at + _GALLERY]) for at in range(0, len(pictures), _GALLERY)]
    elif len(pictures) > _GALLERY:
        chunks = [list(pictures[at : at + _GALLERY]) for at in range(0, len(pictures), _GALLERY)]
    return chunks


def _walked(piece: Piece) -> bool:
    """Say whether code needs the layout of code."""
    return isinstance(piece, CodeBlock) and bool(piece.highlight or piece.file)


def _walks(body: Sequence[Piece]) -> bool:
    return any(_walked(piece) for piece in body)


def _closes(chunk: Sequence[Piece], piece: Piece, body: Sequence[Piece]) -> bool:
    """Say whether a piece is the caption of the code before it."""
    return len(chunk) == 1 and is_caption(piece) and body[-1] is piece


def _one(body: list[Piece], remarks: list[Loss]) -> SlideKeys:
    """Return the keys of one slide."""
    pictures = [piece for piece in body if isinstance(piece, ImageRef)]
    rest = trim_pauses([piece for piece in body if not isinstance(piece, ImageRef)])
    if len(pictures) > 1:
        keys: SlideKeys = {"images": [image_of(picture) for picture in pictures]}
        if any(isinstance(piece, Pause) for piece in body):
            keys["reveal"] = True
        return keys
    if pictures:
        return _beside(pictures[0], rest, remarks, steps=len(rest) != len(body) - 1)
    first = rest[0]
    caption = rest[1].text if len(rest) == 2 and is_caption(rest[1]) and isinstance(rest[1], Prose) else ""  # noqa: PLR2004 - it and its caption
    if isinstance(first, CodeBlock) and (len(rest) == 1 or caption):
        return code_of(first, caption)
    if (
        isinstance(first, MarkdownTable)
        and (len(rest) == 1 or caption)
        and any(any(row) for row in (first.head, *first.rows))
    ):
        return _table(first, caption)
    if isinstance(first, Quotation) and first.plain and len(rest) == 1:
        return {"quote": first.plain, **({"by": first.by} if first.by else {})}
    points = points_of(rest)
    return points if points is not None else {"body": _texts(rest)}


def _beside(picture: ImageRef, rest: list[Piece], remarks: list[Loss], *, steps: bool) -> SlideKeys:
    """Return the keys of a picture, alone or beside what else there is."""
    image = image_of(picture)
    if not rest:
        return {"image": image}
    if picture.place == "behind":
        remarks.append(Loss(picture.line, "a picture behind the words stands beside them"))
    if (
        len(rest) == 1
        and is_caption(rest[0])
        and not picture.place
        and isinstance(rest[0], Prose)
        and not picture.caption
    ):
        return {"image": {**_as_mapping(image), "caption": rest[0].text}}
    points = points_of(rest)
    if points is not None:
        return {"image": image, **points}
    body = _texts(rest)
    if isinstance(body, list) or steps:
        remarks.append(Loss(picture.line, "steps beside a picture are shown at once; as points they come one by one"))
    return {"image": image, "body": "\n\n".join(str(text) for text in body) if isinstance(body, list) else body}


def _as_mapping(image: YamlNode) -> SlideKeys:
    return dict(image) if isinstance(image, dict) else {"src": image}


def image_of(picture: ImageRef) -> YamlNode:
    """Return a picture as the deck has it: its path alone, or with what is said of it."""
    keys: SlideKeys = {"src": picture.src}
    if picture.alt:
        keys["alt"] = picture.alt
    if picture.caption and picture.caption != picture.alt:
        keys["caption"] = picture.caption
    if picture.place == "left":
        keys["side"] = "left"
    if picture.width:
        keys["width"] = f"{picture.width}%"
    if picture.cover:
        keys["fit"] = "cover"
    return picture.src if len(keys) == 1 else keys


def code_of(listing: CodeBlock, caption: str) -> SlideKeys:
    """Return the keys of a slide with code."""
    keys: SlideKeys = {"code": listing.code} if not listing.file else {"file": listing.file}
    if listing.lines:
        keys["lines"] = listing.lines
    if listing.language:
        keys["language"] = listing.language
    if listing.highlight:
        keys["highlight"] = Inline(listing.highlight)
    told = " · ".join(text for text in (listing.caption, caption) if text)
    return {**keys, **({"caption": told} if told else {})}


def _table(grid: MarkdownTable, caption: str) -> SlideKeys:
    table: SlideKeys = {}
    if any(grid.head):
        table["columns"] = Inline(grid.head)
    if grid.rows:
        table["rows"] = [Inline(row) for row in grid.rows]
    if any(grid.align):
        table["align"] = Inline(side or "left" for side in grid.align)
    return {"table": table, **({"caption": caption} if caption else {})}


def points_of(body: Sequence[Piece]) -> SlideKeys | None:
    """Return the keys of a list of points; None when a body is more than one list, cut by pauses or not at all."""
    lists = [piece for piece in body if isinstance(piece, BulletList)]
    pauses = sum(isinstance(piece, Pause) for piece in body)
    if not lists or len(lists) + pauses != len(body) or any(not piece.items for piece in lists):
        return None
    if len(lists) > 1 and (pauses != len(lists) - 1 or any(len(piece.items) > 1 for piece in lists)):
        return None
    if len({piece.numbered for piece in lists}) > 1:
        return None
    items = [item for piece in lists for item in piece.items]
    if any(_has_numbers(text) for piece in lists for text in piece.texts[:0]):
        return None
    keys: SlideKeys = {"points": _entries(items)}
    if lists[0].numbered:
        keys["numbered"] = True
    if pauses or lists[0].reveal:
        keys["reveal"] = True
    return keys


def _has_numbers(text: str) -> bool:
    return text[:1].isdecimal()


def _entries(items: Sequence[Item]) -> list[YamlNode]:
    """Return points with the points below them, which stand below a key where that is short, else in a list after."""
    found: list[YamlNode] = []
    for item in items:
        if item.items and len(item.text) <= _KEY and item.text == clean(item.text):
            found.append({item.text: _entries(item.items)})
        elif item.items:
            found += [item.text, _entries(item.items)]
        else:
            found.append(item.text)
    return found


def markdown_of(piece: Piece) -> str:
    """Return a piece as Markdown."""
    if isinstance(piece, Heading):
        return f"{'#' * piece.level} {piece.text}"
    return piece.text if isinstance(piece, Prose | BulletList | CodeBlock | MarkdownTable | Quotation) else ""


def _texts(body: Sequence[Piece]) -> YamlNode:
    """Return a body as one text, or as a list of texts when it is shown in steps."""
    steps: list[list[str]] = [[]]
    for piece in body:
        if isinstance(piece, Pause):
            steps.append([])
        elif isinstance(piece, BulletList) and piece.reveal and len(piece.texts) > 1:
            if steps[-1]:
                steps.append([])
            steps[-1].append(piece.texts[0])
            steps += [[text] for text in piece.texts[1:]]
        else:
            steps[-1].append(markdown_of(piece))
    texts: list[YamlNode] = ["\n\n".join(step) for step in steps if step]
    return texts if len(texts) > 1 else texts[0]


def steps_of(keys: SlideKeys) -> int:
    """Return how many steps a slide with these keys has."""
    for name in ("body", "highlight"):
        value = keys.get(name)
        if isinstance(value, list):
            return len(value)
    points = keys.get("points") or keys.get("images")
    if keys.get("reveal") and isinstance(points, list):
        return sum(not isinstance(point, list) for point in points)
    return 2 if keys.get("reveal") and "left" in keys else 1
